"""Are these words in that source? Exactly, but for typography; nothing is let pass because it is near. Knows no Pelican.

All of a quotation must stand in one excerpt; a word or a capital that was changed, and emphasis that was added, must say so.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import chain

from markupsafe import Markup

from argument.cache import Cache, digest
from argument.difference import Nearest, nearest
from argument.evidence import Check, Excerpt, Passage, Quoted
from argument.matching import Match, find
from argument.problems import Problem, one_of
from argument.words import Words, words

ENOUGH = 2  # spaces in words that are not found elsewhere by chance


def names(keys: Sequence[str]) -> list[str]:
    """The keys of sources, as problems show them."""
    return [f'"{key}"' for key in keys]


class Verbatim:
    """Checks quotations against the excerpts of sources, which it reads once each; a cache remembers those that held."""

    def __init__(self, excerpts: Mapping[str, Sequence[Excerpt]], cache: Cache | None = None) -> None:
        self.excerpts = excerpts
        self.cache = cache
        self.digests: dict[str, str] = {}
        self.read: dict[str, list[Words]] = {}
        self.problems: list[Problem] = []

    def words_of(self, key: str) -> list[Words]:
        """The excerpts of a source as words."""
        if key not in self.read:
            self.read[key] = [words(excerpt.html) for excerpt in self.excerpts.get(key, ())]
        return self.read[key]

    def digest_of(self, key: str) -> str:
        """What the excerpts of a source are, in short."""
        if key not in self.digests:
            self.digests[key] = digest(f"{excerpt.start} {excerpt.html}" for excerpt in self.excerpts.get(key, ()))
        return self.digests[key]

    def check(self, quoted: Quoted) -> Check:
        """What the check of one quotation found, now or in an earlier build; what is wrong with it joins the problems."""
        if self.cache is None:
            return self.checked(quoted)
        sources = [part for key in quoted.sources for part in (key, self.digest_of(key))]
        key = self.cache.key("check", quoted.words, quoted.slug, str(quoted.emphasis_added), *sources)
        before: Check | None = self.cache.get(key)
        if before is not None:
            return replace(before, quoted=quoted)  # it may stand in another line now
        problems = len(self.problems)
        found = self.checked(quoted)
        if found.holds and len(self.problems) == problems:
            self.cache.put(key, found)
        return found

    def checked(self, quoted: Quoted) -> Check:
        """What the check finds."""
        own = words(quoted.words)
        for key in quoted.sources:
            match = find(own.text, self.words_of(key))
            if match is not None:
                return self.held(quoted, own, key, match)
        if not any(self.words_of(key) for key in quoted.sources):
            return Check(quoted)
        rule = f"these words do not stand in {one_of(names(quoted.sources))}."
        self.problems.append(Problem(quoted.place, rule, self.instead(own.text, quoted.sources)))
        return Check(quoted, differs=True)

    def held(self, quoted: Quoted, own: Words, key: str, match: Match) -> Check:
        """The check of words that were found; their emphasis must be the source's, or said to be added."""
        excerpt, whole = self.excerpts[key][match.excerpt], self.words_of(key)[match.excerpt]
        added = [
            span
            for start, end in own.emphases()
            for part in match.parts
            for span, at in part.literals
            if not whole.all_emphasised(max(start, span.start) - span.start + at, min(end, span.end) - span.start + at)
        ]
        if added and not quoted.emphasis_added:
            remedy = "Take it out" + (", or say so with “emphasis: added”." if quoted.slug else ".")
            self.problems.append(Problem(quoted.place, f'this emphasis is not in "{key}".', remedy))
        if quoted.emphasis_added and not added:
            rule = "no emphasis was added to these words."
            self.problems.append(Problem(quoted.place, rule, "Take “emphasis” out, or emphasise what you mean."))
        parts = [part for part in match.parts if part.end > part.start]
        pieces = chain.from_iterable(whole.pieces(part.start, part.end) for part in parts)
        first = whole.pieces(parts[0].start, parts[0].end)
        text = " ".join(Markup(excerpt.html[first[0][0] : first[-1][1]]).striptags().split())  # noqa: S704 - only read
        ours = [own.pieces(span.start, span.end) for part in match.parts for span in part.insertions]
        return Check(
            quoted,
            Passage(key, tuple((start + excerpt.start, end + excerpt.start) for start, end in pieces), text),
            tuple((found[0][0], found[-1][1]) for found in ours),
            left_out=len(match.parts) > 1,
        )

    def instead(self, text: str, keys: Sequence[str]) -> str:
        """What the nearest passage has instead, and where else the words stand."""
        others = [key for key in self.excerpts if key not in keys] if text.count(" ") >= ENOUGH else []
        elsewhere = next((key for key in others if find(text, self.words_of(key))), None)
        if elsewhere:
            return f'They stand in "{elsewhere}".'
        found: Nearest | None = nearest(text, [excerpt.text for key in keys for excerpt in self.words_of(key)])
        if found is None:
            return "Nothing near them stands in its excerpts. Quote what does, or add the passage to the source as a > paragraph."
        marks = "Mark words left out with […] and words put in with [word]; everything else must be the source’s own."
        return "\n".join([*found.lines("here", "source"), marks])
