"""What is wrong with the content, and how it is told to a person. Knows no Pelican and no model.

A `Problem` is the only way in which content fails a build: a place, a rule, the words themselves and a remedy. `Advice` has
the same parts and fails nothing.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import TypeVar

from rapidfuzz import process

EXCERPT_WIDTH = 88  # characters of a source line shown under a problem


@dataclass(frozen=True, order=True)
class Place:
    """Somewhere in a file: `line` counts from 1 (0: the file as a whole), `column` from 0, in characters."""

    path: str
    line: int = 0
    column: int = 0
    width: int = 0
    text: str = ""

    def narrowed(self, words: str) -> "Place":
        """The same line, with the caret under the first occurrence of `words` at or after the present column."""
        at = self.text.find(words, self.column)
        at = self.text.find(words) if at < 0 else at
        return self if at < 0 else replace(self, column=at, width=len(words))


@dataclass(frozen=True, order=True)
class Problem:
    """One thing wrong with the content: what must hold, and what to do at once, in a line or more."""

    place: Place
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        return told(self.place, self.rule, self.remedy)


@dataclass(frozen=True, order=True)
class Advice:
    """What would be better otherwise, by somebody's judgement: told like a problem, called advice, and nothing fails by it."""

    place: Place
    rule: str
    remedy: str = ""

    def __str__(self) -> str:
        return told(self.place, f"advice: {self.rule}", self.remedy)


Told = TypeVar("Told", Problem, Advice)


@dataclass(frozen=True)
class SourceText:
    """The text of one content file, which can point at its own lines."""

    path: str
    text: str
    lines: tuple[str, ...] = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lines", tuple(self.text.split("\n")))

    def place(self, line: int, column: int = 0, width: int = 0) -> Place:
        """The place at `line` (from 1), `column` (from 0) that is `width` characters wide."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(self.path, line, column, width, text)

    def place_at(self, offset: int, width: int = 0) -> Place:
        """The place of a character offset into `text`; a span over several lines is cut at the end of the first."""
        line = self.text.count("\n", 0, offset) + 1
        column = offset - (self.text.rfind("\n", 0, offset) + 1)
        return self.place(line, column, min(width, len(self.lines[line - 1]) - column))


def told(place: Place, words: str, remedy: str) -> str:
    """One problem or one piece of advice as a person reads it: where, what, the line that it is in, what to do."""
    where = f"{place.path}:{place.line}" if place.line else place.path
    return "\n".join([f"{where}: {words}", *excerpt(place), *(f"    {line}" for line in remedy.splitlines())])


def excerpt(place: Place) -> list[str]:
    """The line that a place is in, shortened around its caret, as one or two indented lines of text."""
    if not place.text.strip():
        return []
    start = 0
    if len(place.text) > EXCERPT_WIDTH and place.column + place.width > EXCERPT_WIDTH * 2 // 3:
        start = max(0, min(place.column - EXCERPT_WIDTH // 2, len(place.text) - EXCERPT_WIDTH))
    shown = place.text[start : start + EXCERPT_WIDTH].rstrip()
    before, after = "… " if start else "", " …" if start + EXCERPT_WIDTH < len(place.text) else ""
    gutter = f"    {place.line} | "
    lines = [f"{gutter}{before}{shown}{after}"]
    if place.width:
        width = min(place.width, len(shown) - (place.column - start))
        lines.append(f"{' ' * (len(gutter) - 2)}| {' ' * (len(before) + place.column - start)}{'^' * max(width, 1)}")
    return lines


def did_you_mean(wrong: str, known: Iterable[str], otherwise: str = "") -> str:
    """`Did you mean "x"?` if one of the known words is near, else the sentence given."""
    ordered = sorted(known) if isinstance(known, set | frozenset) else known  # the same of several that are near, in every run
    near = nearest(wrong, {word: word for word in ordered})
    return f'Did you mean "{near}"?' if near else otherwise


def nearest(wrong: str, known: Mapping[str, str]) -> str:
    """The name of the known word that is nearest, the first one of several; empty if none is near."""
    near = process.extractOne(wrong.lower(), {name: word.lower() for name, word in known.items()}, score_cutoff=70)
    return near[2] if near else ""


def one_of(words: Iterable[str]) -> str:
    """The words as a list in a sentence: `a, b or c`."""
    *most, last = [str(word) for word in words]
    return f"{', '.join(most)} or {last}" if most else last


def in_order(found: Sequence[Told]) -> list[Told]:
    """Every problem or all advice of a run, once each, by file and line."""
    return sorted(set(found))


def listed(problems: Sequence[Problem]) -> str:
    """Every problem of a run as a person reads it, and then one line of count."""
    found = in_order(problems)
    return "\n\n".join([*map(str, found), f"{len(found)} problem{'s' * (len(found) != 1)} {in_files(found)}"])


def listed_advice(advice: Sequence[Advice]) -> str:
    """All advice of a run as a person reads it, under a line that says what it is, and then one line of count."""
    found = in_order(advice)
    count = f"{len(found)} piece{'s' * (len(found) != 1)} of advice {in_files(found)} Advice fails nothing."
    return "\n\n".join(["ADVICE, to take or to leave", *map(str, found), count])


def in_files(found: Sequence[Problem] | Sequence[Advice]) -> str:
    """In how many files they are: `in 3 files.`, as the end of a sentence."""
    files = len({one.place.path for one in found})
    return f"in {files} file{'s' * (files != 1)}."


def report(problems: Sequence[Problem]) -> str:
    """The same as `listed`, of a build."""
    return f"{listed(problems)} Nothing was published; the last good site is as it was."
