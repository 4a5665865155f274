"""Are these words in that source? Exactly, but for typography; nothing is let pass because it is near. Knows no Pelican.

All of a quotation must stand in one excerpt; a word or a capital that was changed, and emphasis that was added, must say so.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from argument.difference import Nearest, nearest
from argument.evidence import Check, Excerpt, Passage, Quoted
from argument.matching import Match, find
from argument.model import plain
from argument.problems import Problem, one_of
from argument.words import Words, words

ENOUGH = 2  # spaces in words that are not found elsewhere by chance


def names(keys: Sequence[str]) -> list[str]:
    """The keys of sources, as problems show them."""
    return [f'"{key}"' for key in keys]


class Verbatim:
    """Checks quotations against the excerpts of sources, which it reads once each."""

    def __init__(self, excerpts: Mapping[str, Sequence[Excerpt]]) -> None:
        self.excerpts = excerpts
        self.read: dict[str, list[Words]] = {}
        self.problems: list[Problem] = []

    def words_of(self, key: str) -> list[Words]:
        """The excerpts of a source as words."""
        if key not in self.read:
            self.read[key] = [words(excerpt.html) for excerpt in self.excerpts.get(key, ())]
        return self.read[key]

    def check(self, quoted: Quoted) -> Check:
        """What the check of one quotation found; what is wrong with it joins the problems."""
        own = words(quoted.words)
        for key in quoted.sources:
            match = find(own.text, self.words_of(key))
            if match is not None:
                return self.held(quoted, own, key, match)
        if any(not self.words_of(key) for key in quoted.sources):
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
        text = " ".join(plain(excerpt.html[first[0][0] : first[-1][1]]).split())
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
        return "\n    ".join([*found.lines("here", "source"), marks])
