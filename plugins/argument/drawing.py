"""Where everything in a picture stands: what is shown → lines of text, marks and their places. Knows no HTML and no Pelican.

All places are in the units of the picture's own view box, `WIDTH` wide: narrow enough to be read on a phone without being
made much smaller.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import ceil
from typing import Any

from argument.argument import Argument
from argument.claims import RELATIONS, Branch, Claim, branches
from argument.pictures import Bar, Event, Grid, shown
from argument.tables import VERDICTS, Picture, Verdict
from argument.typesetting import BODY, BOLD, SMALL, Line, lines_of, width, wrapped
from argument.values import PictureKind

WIDTH = 300


@dataclass(frozen=True)
class DrawnBar:
    label: tuple[Line, ...]
    y: float
    length: float
    value: Line


@dataclass(frozen=True)
class Bars:
    """Bars below their labels; `track` is how long a bar of 100% is, nothing where the numbers are no percentages."""

    height: float
    bars: tuple[DrawnBar, ...]
    track: float
    thickness: float = 14
    width: float = WIDTH

    @classmethod
    def of(cls, bars: Sequence[Bar]) -> "Bars":
        most = WIDTH - 8 - SMALL * max(width(bar.words) for bar in bars)
        whole = max(bar.value for bar in bars) or 1
        whole = max(whole, 100) if bars[0].unit else whole
        y, drawn = 0.0, []
        for bar in bars:
            label = lines_of(wrapped(bar.label, WIDTH / BODY), 0, y, BODY)
            top = label[-1].y + 6
            length = round(bar.value / whole * most, 1)
            drawn.append(DrawnBar(label, top, length, Line(length + 6, top + 11.5, bar.words)))
            y = top + cls.thickness + 12
        return cls(round(y - 8, 1), tuple(drawn), round(most * 100 / whole, 1) if bars[0].unit else 0)


@dataclass(frozen=True)
class Square:
    """One square of a grid: what its likelihood and consequence make together."""

    x: float
    y: float
    height: float
    rating: int


@dataclass(frozen=True)
class Mark:
    """A numbered mark, and the name of what it stands for."""

    x: float
    y: float
    number: int
    name: str


@dataclass(frozen=True)
class DrawnGrid:
    title: str
    height: float
    squares: tuple[Square, ...]
    marks: tuple[Mark, ...]
    rows: tuple[Line, ...]
    columns: tuple[Line, ...]


@dataclass(frozen=True)
class Entry:
    """A line of a picture's key."""

    number: int
    name: str
    address: str
    scores: tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Matrix:
    """Grids of likelihood (upwards) against consequence (to the right), five steps each, beside each other."""

    grids: tuple[DrawnGrid, ...]
    key: tuple[Entry, ...]
    side: float = 54
    radius: float = 11
    width: float = WIDTH

    @classmethod
    def of(cls, grids: Sequence[Grid]) -> "Matrix":
        named = list(dict.fromkeys((about or name, name, about) for grid in grids for name, about, _ in grid.scored))
        heights = [max(cls.height(grid, row) for grid in grids) for row in range(5, 0, -1)]
        numbers = {which: number for number, (which, _, _) in enumerate(named, 1)}
        scores = {
            which: tuple(
                (grid.title, str(score)) for grid in grids for name, about, score in grid.scored if (about or name) == which
            )
            for which in numbers
        }
        key = tuple(Entry(numbers[which], name, about, scores[which]) for which, name, about in named)
        return cls(tuple(cls.drawn(grid, numbers, heights) for grid in grids), key)

    @classmethod
    def height(cls, grid: Grid, likelihood: int) -> float:
        """How high a row of squares must be for the marks in it: two beside each other."""
        crowd = max(sum(score.steps == (likelihood, consequence) for _, _, score in grid.scored) for consequence in range(1, 6))
        return max(44, ceil(crowd / 2) * (2 * cls.radius + 3) + 17)

    @classmethod
    def drawn(cls, grid: Grid, numbers: dict[str, int], heights: Sequence[float]) -> DrawnGrid:
        left, tops = WIDTH - 5 * cls.side, [sum(heights[:row]) for row in range(5)]
        squares, marks = [], []
        for row, (top, height) in enumerate(zip(tops, heights, strict=True)):
            for column in range(5):
                x, steps = left + column * cls.side, (5 - row, column + 1)
                squares.append(Square(x, top, height, steps[0] * steps[1]))
                here = [(about or name, name) for name, about, score in grid.scored if score.steps == steps]
                for place, (which, name) in enumerate(here):
                    beside = 0.5 if place == len(here) - 1 and place % 2 == 0 else place % 2
                    across = x + cls.side / 2 + (beside - 0.5) * (2 * cls.radius + 3)
                    marks.append(Mark(across, top + 15 + cls.radius + place // 2 * (2 * cls.radius + 3), numbers[which], name))
        rows = tuple(
            Line(left - 8, top + height / 2 + 4, str(5 - row)) for row, (top, height) in enumerate(zip(tops, heights, strict=True))
        )
        bottom = sum(heights)
        columns = tuple(Line(left + (column + 0.5) * cls.side, bottom + 16, str(column + 1)) for column in range(5))
        return DrawnGrid(grid.title, bottom + 22, tuple(squares), tuple(marks), rows, columns)


@dataclass(frozen=True)
class DrawnEvent:
    """An event: where it is named, and the verdict on it, if there is one."""

    label: Line
    verdict: Verdict | None


@dataclass(frozen=True)
class Year:
    """The band of one year in which something happened; `quiet` if nothing did in the year before it."""

    name: Line
    height: float
    events: tuple[DrawnEvent, ...]
    quiet: bool


@dataclass(frozen=True)
class Timeline:
    """A band for each year with its events, evenly spaced. Each is a drawing of its own, so that a page may end between two."""

    years: tuple[Year, ...]
    legend: tuple[Verdict, ...]
    mark: float = 50
    radius: float = 7
    width: float = WIDTH

    @classmethod
    def of(cls, events: Sequence[Event]) -> "Timeline":
        pitch = 20
        found: dict[int, list[Event]] = {}
        for event in events:
            found.setdefault(event.date.year or 0, []).append(event)
        years: list[Year] = []
        for year, named in found.items():
            lines = [Line(cls.mark + 12, (number + 0.5) * pitch + 6, event.label) for number, event in enumerate(named)]
            drawn = tuple(DrawnEvent(line, event.verdict) for line, event in zip(lines, named, strict=True))
            quiet = bool(years) and year - 1 not in found
            years.append(Year(Line(cls.mark - 14, lines[0].y, str(year)), len(named) * pitch + 4, drawn, quiet))
        given = dict.fromkeys(event.verdict for event in events if event.verdict)
        legend = (
            Verdict(sign, " / ".join(verdict.word for verdict in given if verdict.sign == sign))
            for sign in VERDICTS
            if any(verdict.sign == sign for verdict in given)
        )
        return cls(tuple(years), tuple(legend))


@dataclass(frozen=True)
class DrawnClaim:
    """A claim on the map, or what bears on one: its lines of text, and from where to where it reaches.

    A claim is a drawing of its own, `whole` high with what bears on it, so that a page may end between two.
    """

    claim: Claim
    lines: tuple[Line, ...]
    y: float
    height: float
    below: tuple["DrawnClaim", ...] = ()
    whole: float = 0

    @classmethod
    def of(cls, claim: Claim) -> "DrawnClaim":
        lines = lines_of(wrapped(claim.name, (WIDTH - 24) / BODY / BOLD), 13, 6, BODY)
        height = round(lines[-1].y + 8, 1)
        y, below = height + 6, []
        for bearing in claim.below:
            words = lines_of(wrapped(bearing.name, (WIDTH - 46) / SMALL, 2), 46, y + 2, SMALL)
            below.append(cls(bearing, words, round(y, 1), max(26, round(words[-1].y + 7 - y, 1))))
            y += below[-1].height
        return cls(claim, lines, 1, height, tuple(below), round(y, 1))


@dataclass(frozen=True)
class DrawnBranch:
    """The claims of one kind, each with what bears on it."""

    branch: Branch
    claims: tuple[DrawnClaim, ...]


@dataclass(frozen=True)
class Map:
    """The branches of what is said for the main claim and against it, beside each other."""

    branches: tuple[DrawnBranch, ...]
    relations: tuple[tuple[str, str], ...]
    width: float = WIDTH

    @classmethod
    def of(cls, branches: Iterable[Branch]) -> "Map":
        drawn = tuple(DrawnBranch(branch, tuple(map(DrawnClaim.of, branch.claims))) for branch in branches)
        used = {bearing.relation for one in drawn for claim in one.branch.claims for bearing in claim.below}
        return cls(drawn, tuple((relation, words) for relation, words in RELATIONS.items() if relation in used))


def draw(picture: Picture, argument: Argument) -> Bars | Matrix | Timeline | Map:
    """The picture, drawn. What keeps it from being drawn was told before."""
    if picture.kind is PictureKind.MAP:
        return Map.of(branches(argument))
    found = shown(picture, argument.comparisons[picture.of], [])
    drawings: dict[PictureKind, Any] = {PictureKind.BARS: Bars, PictureKind.MATRIX: Matrix, PictureKind.TIMELINE: Timeline}
    drawn: Bars | Matrix | Timeline = drawings[picture.kind].of(found)
    return drawn
