"""Are these words in that source? Exactly, but for typography; nothing is let pass because it is near. Knows no Pelican.

In a quotation `[…]` stands for words left out, `[word]` for words put in by an editor and `[T]he` for a capital changed.
Everything else must stand in one excerpt, in the same order. Part of a word or of a figure is no quotation of it.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain

from argument.difference import Nearest, nearest
from argument.evidence import Check, Excerpt, Passage, Quoted
from argument.model import plain
from argument.problems import Problem, one_of
from argument.words import Words, words

BRACKETS = re.compile(r" ?\[([^\[\]]*)\]")
ENOUGH = 2  # spaces in words that are not found elsewhere by chance
GAP = ("…", "...")
# Where a part may begin and end: not inside a word or a figure, nor between a figure and its sign.
BEGIN = r"(?:(?=\W)|(?<![^\W_])(?<![^\W_]')(?:(?=\D)|(?<!\d[.,])(?<![£$€-])))"
END = r"(?:(?<=\W)|(?![^\W_])(?!'[^\W_])(?:(?<=\D)|(?![.,]\d)(?! ?%)))"
BEGINS, ENDS = re.compile(BEGIN), re.compile(END)


@dataclass(frozen=True)
class Span:
    """Characters of a quotation's words, and the group of the pattern that matches them, or matches instead of them."""

    start: int
    end: int
    group: str


@dataclass(frozen=True)
class Part:
    """Words of a quotation that follow each other without a gap."""

    pattern: re.Pattern[str]
    literals: tuple[Span, ...]
    insertions: tuple[Span, ...]


@dataclass(frozen=True)
class Match:
    """Where a quotation stands in an excerpt, in characters of its words.

    `parts` are the spans of its parts, `literals` pairs of a span in the quotation and where it begins in the excerpt,
    `insertions` the spans in the quotation that the excerpt does not have.
    """

    excerpt: int
    parts: tuple[tuple[int, int], ...]
    literals: tuple[tuple[Span, int], ...]
    insertions: tuple[Span, ...]


def parts_of(text: str) -> tuple[Part, ...]:
    """The words of a quotation as patterns, taken apart at their gaps."""
    pieces: list[tuple[list[str], list[Span], list[Span]]] = [([], [], [])]
    count = position = 0

    def literal(start: int, end: int) -> None:
        if end > start:
            pattern, literals, _ = pieces[-1]
            literals.append(Span(start, end, f"own{start}"))
            pattern.append(f"(?P<own{start}>{re.escape(text[start:end])})")

    for found in BRACKETS.finditer(text):
        literal(position, found.start())
        inner, position = found[1].strip(), found.end()
        count += 1
        if inner in GAP:
            pieces.append(([], [], []))
            position += text[position : position + 1] == " "
            continue
        pattern, _, insertions = pieces[-1]
        insertions.append(Span(found.end() - len(found[0].lstrip()), position, f"ours{count}"))
        joined = text[position : position + 1].isalnum()
        space = " " if found[0][0] == " " and joined else ""
        instead = f"(?i:{re.escape(inner)})" if joined and len(inner) == 1 else ""
        tail = ""
        if not pattern and text[position : position + 1] == " ":
            tail, position = " ", position + 1
        # The source may have the brackets itself; then they are no insertion.
        pattern.append(f"(?:{re.escape(found[0])}{tail}|{space}(?P<ours{count}>{instead}))")
    literal(position, len(text))
    return tuple(
        Part(re.compile(f"{BEGIN}{''.join(pattern)}{END}"), tuple(literals), tuple(insertions))
        for pattern, literals, insertions in pieces
    )


def find(text: str, excerpts: Sequence[Words]) -> Match | None:
    """The first excerpt in which all of a quotation's words stand, in their order."""
    if not any(map(str.isalnum, BRACKETS.sub("", text))):
        return None  # nothing of it would be the source's
    if "[" not in text:
        return find_plain(text, excerpts)
    parts = parts_of(text)
    for number, excerpt in enumerate(excerpts):
        matches: list[re.Match[str]] = []
        position = 0
        for index, part in enumerate(parts):
            found = part.pattern.search(excerpt.text, position)
            if found is None:
                break
            matches.append(found)
            # A gap leaves something out: a sign at least, after the white space if there is any.
            position = found.end() + (2 if excerpt.text[found.end() : found.end() + 1] == " " else 1) * (index < len(parts) - 1)
        else:
            pairs = list(zip(parts, matches, strict=True))
            return Match(
                number,
                tuple(match.span() for match in matches if match.end() > match.start()),
                tuple((span, match.start(span.group)) for part, match in pairs for span in part.literals),
                tuple(span for part, match in pairs for span in part.insertions if match[span.group] is not None),
            )
    return None


def find_plain(text: str, excerpts: Sequence[Words]) -> Match | None:
    """The same for words without brackets, without a pattern: that is many times faster."""
    for number, excerpt in enumerate(excerpts):
        at = excerpt.text.find(text) if text else -1
        while at >= 0:
            end = at + len(text)
            if BEGINS.match(excerpt.text, at) and ENDS.match(excerpt.text, end):
                return Match(number, ((at, end),), ((Span(0, len(text), ""), at),), ())
            at = excerpt.text.find(text, at + 1)
    return None


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
        where = one_of(f'"{key}"' for key in quoted.sources)
        rule = f"these words do not stand in {where}." if len(quoted.sources) == 1 else f"these words stand neither in {where}."
        self.problems.append(Problem(quoted.place, rule.replace(" or ", " nor "), self.remedy(own.text, quoted.sources)))
        return Check(quoted, differs=True)

    def held(self, quoted: Quoted, own: Words, key: str, match: Match) -> Check:
        """The check of words that were found; their emphasis must be the source's, or said to be added."""
        excerpt, whole = self.excerpts[key][match.excerpt], self.words_of(key)[match.excerpt]
        added = [
            span
            for start, end in own.emphases()
            for span, at in match.literals
            if not whole.all_emphasised(max(start, span.start) - span.start + at, min(end, span.end) - span.start + at)
        ]
        if added and not quoted.emphasis_added:
            remedy = "Take it out" + (", or say so with “emphasis: added”." if quoted.slug else ".")
            self.problems.append(Problem(quoted.place, f'this emphasis is not in "{key}".', remedy))
        if quoted.emphasis_added and not added:
            rule = "no emphasis was added to these words."
            self.problems.append(Problem(quoted.place, rule, "Take “emphasis” out, or emphasise what you mean."))
        pieces = chain.from_iterable(whole.pieces(start, end) for start, end in match.parts)
        first = whole.pieces(*match.parts[0])
        text = " ".join(plain(excerpt.html[first[0][0] : first[-1][1]]).split())
        ours = [own.pieces(span.start, span.end) for span in match.insertions]
        return Check(
            quoted,
            Passage(key, tuple((start + excerpt.start, end + excerpt.start) for start, end in pieces), text),
            tuple((found[0][0], found[-1][1]) for found in ours),
            left_out=len(match.parts) > 1 or any(gap in own.text for gap in ("[…]", "[...]")),
        )

    def remedy(self, text: str, keys: Sequence[str]) -> str:
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
