"""Where a quotation stands in the words of an excerpt: exactly, but for what its square brackets say. Knows no Pelican.

`[…]` stands for words left out, `[word]` for words put in by an editor and `[T]he` for a capital changed. Everything else
must stand in the excerpt, in the same order. Part of a word or of a figure is no quotation of it.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from argument.words import Words

BRACKETS = re.compile(r" ?\[([^\[\]]*)\]")
GAP = ("…", "...")
# Where a part may begin and end: not inside a word or a figure, nor between a figure and its sign.
# A possessive's word may stand without its s; three figures after a space belong to the figure before them.
BEGIN = (
    r"(?:(?=\W)|(?<![^\W_])(?<![^\W_]')(?<!\d-)(?<!\^)(?<!\d_)"
    r"(?:(?=\D)|(?<!\d[.,·/:⁄-])(?<![.·£$€¥±<>≈~-])(?<![£$€¥±<>≈~] )(?!(?<=\d )\d{3}(?!\d))))"
)
END = (
    r"(?:(?<=\W)|(?![^\W_])(?!'(?!s\b)[^\W_])(?![\^_]\d)"
    r"(?:(?<=\D)|(?![.,·/:⁄-]\d)(?! ?[%‰°½¼¾])(?! \d{3}(?!\d))))"
)
BEGINS, ENDS = re.compile(BEGIN), re.compile(END)


@dataclass(frozen=True)
class Span:
    """Characters of a quotation's words."""

    start: int
    end: int


@dataclass(frozen=True)
class Piece:
    """Some of a quotation's words that must stand in the excerpt as they are: `text`.

    Words in brackets are `ours` where the excerpt has `instead` in their place: a letter, a space or nothing.
    """

    span: Span
    text: str
    instead: str | None = None

    def ours(self, words: str, at: int) -> bool:
        """Whether the excerpt has at this place what an insertion stands for. A capital may be changed."""
        return self.instead is not None and words[at : at + len(self.instead)].lower() == self.instead.lower()


@dataclass(frozen=True)
class Found:
    """Where words stand in an excerpt, in characters of its words.

    `literals` are pairs of a span in the quotation and where it begins in the excerpt, `insertions` the spans in the
    quotation that the excerpt does not have.
    """

    start: int
    end: int
    literals: tuple[tuple[Span, int], ...] = ()
    insertions: tuple[Span, ...] = ()


@dataclass(frozen=True)
class Part:
    """Words of a quotation that follow each other without a gap: `first` must stand in the excerpt in any case."""

    before: tuple[Piece, ...]
    first: Piece | None
    after: tuple[Piece, ...]

    def find(self, words: str, position: int) -> Found | None:
        """Where the words have this part, at or after a position."""
        if self.first is None:
            return Found(position, position)
        at = words.find(self.first.text, position)
        while at >= 0:
            found = self.around(words, at)
            if found and found.start >= position and BEGINS.match(words, found.start) and ENDS.match(words, found.end):
                return found
            at = words.find(self.first.text, at + 1)
        return None

    def around(self, words: str, at: int) -> Found | None:
        """Where the whole part stands if its first literal begins here."""
        assert self.first is not None  # noqa: S101 - the caller has looked for it
        literals, insertions = [(self.first.span, at)], []
        start, end = at, at + len(self.first.text)
        for piece in reversed(self.before):
            if words.endswith(piece.text, 0, start):
                start -= len(piece.text)
            elif piece.ours(words, start - len(piece.instead or "")):
                start -= len(piece.instead or "")
                insertions.append(piece.span)
            else:
                return None
        for piece in self.after:
            if words.startswith(piece.text, end):
                literals += [(piece.span, end)] if piece.instead is None else []
                end += len(piece.text)
            elif piece.ours(words, end):
                end += len(piece.instead or "")
                insertions.append(piece.span)
            else:
                return None
        return Found(start, end, tuple(literals), tuple(insertions))


@dataclass(frozen=True)
class Match:
    """Which of the excerpts has a quotation's words, and where it has each part of them."""

    excerpt: int
    parts: tuple[Found, ...]


def parts_of(text: str) -> list[Part]:
    """The words of a quotation, taken apart at their gaps."""
    parts: list[list[Piece]] = [[]]
    position = 0
    for found in BRACKETS.finditer(text):
        parts[-1] += literal(text, position, found.start())
        inner, position = found[1].strip(), found.end()
        following = text[position : position + 1]
        if not inner:  # nothing was put in: the source must have it so
            parts[-1] += literal(text, found.start(), position)
            continue
        if inner in GAP:
            parts.append([])
            position += following == " "
            continue
        # With an insertion goes the space before it, or, where a part begins with it, the one after it.
        space, tail, letter = "", "", ""
        if following.isalnum():
            space, letter = found[0][:1].strip("["), inner if len(inner) == 1 else ""
        elif not parts[-1] and following == " ":
            tail = following
        parts[-1].append(Piece(Span(found.end() - len(found[0].lstrip()), position), found[0] + tail, space + letter))
        position += len(tail)
    parts[-1] += literal(text, position, len(text))
    return [part(pieces) for pieces in parts]


def literal(text: str, start: int, end: int) -> list[Piece]:
    """The characters as a piece, if there are any."""
    return [Piece(Span(start, end), text[start:end])] if end > start else []


def part(pieces: Sequence[Piece]) -> Part:
    """The pieces as a part, with the first of them found that is no insertion."""
    number = next((number for number, piece in enumerate(pieces) if piece.instead is None), len(pieces))
    first = pieces[number] if number < len(pieces) else None
    return Part(tuple(pieces[:number]), first, tuple(pieces[number + 1 :]))


def find(text: str, excerpts: Sequence[Words]) -> Match | None:
    """The first excerpt in which all of a quotation's words stand, in their order."""
    theirs, ours = BRACKETS.sub("", text), " ".join(inner for inner in BRACKETS.findall(text) if inner.strip() not in GAP)
    if not any(map(str.isalnum, theirs)) or len(ours.split()) > len(theirs.split()):
        return None  # most of it would not be the source's
    parts = parts_of(text)
    for number, excerpt in enumerate(excerpts):
        if found := find_in_order(parts, excerpt.text):
            return Match(number, found)
    return None


def find_in_order(parts: Sequence[Part], words: str) -> tuple[Found, ...] | None:
    """Where the words have the parts, each after the one before; the first place of each leaves most room for the next."""
    found: list[Found] = []
    position = 0
    for part in parts:
        if found:  # a gap leaves something out: a sign at least, after the white space if there is any
            position += 2 if words[position : position + 1] == " " else 1
        here = part.find(words, position)
        if here is None:
            return None
        found.append(here)
        position = here.end
    return tuple(found)
