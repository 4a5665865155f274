"""Pictures: what one is, and what it shows, read from the comparison that it is drawn from. No input or output, no Pelican.

A picture has no data of its own: what it shows is what a table on the same page says in words, so that the two cannot differ
and nobody has to see it.
"""

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from argument.dates import PartialDate
from argument.plain_words import plain
from argument.problems import Problem, did_you_mean, one_of
from argument.tables import Cell, Comparison, Picture, Row, Verdict
from argument.typesetting import width
from argument.values import PictureKind, Score

# A cell that holds one number and its source: `67%`, `1,200`, `98.9% [@a-key]`; anything more could mean another number.
NUMBER = re.compile(r"(?P<words>(?P<figures>\d{1,3}(?:,\d{3}){1,3}|\d{1,9})(?P<decimals>\.\d{1,6})?(?P<unit>[ \u00a0]?%)?)")
SOURCES = re.compile(r"<x-cite [^>]*></x-cite>")
LABEL = 19.0  # ems of an event that fit beside its year on a phone: about 36 characters


@dataclass(frozen=True)
class Bar:
    """One row's number; `unit` is `%` or nothing, `words` what the table prints."""

    label: str
    value: float
    unit: str
    words: str


@dataclass(frozen=True)
class Event:
    """One row's date, the few words beside it, and the verdict on it."""

    date: PartialDate
    label: str
    verdict: Verdict | None


@dataclass(frozen=True)
class Grid:
    """One column of scores: the name of each row, its address, and its score."""

    title: str
    scored: tuple[tuple[str, str, Score], ...]


def faults(pictures: Iterable[Picture], tables: Mapping[str, Comparison], points: int) -> list[Problem]:
    """What keeps the pictures of one page from being drawn from its `tables`, or from the `points` of the argument."""
    problems: list[Problem] = []
    for picture in pictures:
        if picture.kind is PictureKind.MAP:
            if picture.of or picture.column:
                rule = 'a map is drawn from the points; it has no "of" and no "column".'
                problems.append(Problem(picture.place, rule, "Take it out."))
            elif not points:
                remedy = "Write what there is in guidance, risks or benefits."
                problems.append(Problem(picture.place, "a map needs points, and there are none.", remedy))
        elif (table := table_of(picture, tables, problems)) is not None:
            shown(picture, table, problems)
    return problems


def table_of(picture: Picture, tables: Mapping[str, Comparison], problems: list[Problem]) -> Comparison | None:
    """The comparison that a picture is drawn from."""
    if picture.of in tables:
        return tables[picture.of]
    if picture.of:
        rule = f'there is no comparison "{picture.of}" on this page.'
        remedy = did_you_mean(picture.of, tables, "What a picture shows must stand beside it as a table.")
    else:
        rule = f'a picture of the kind {picture.kind} must have "of".'
        remedy = "of: the id of the comparison on this page that it is drawn from."
    problems.append(Problem(picture.place, rule, remedy))
    return None


def shown(picture: Picture, table: Comparison, problems: list[Problem]) -> Sequence[Bar | Event | Grid]:
    """What a picture shows of its table, in the order in which it is drawn."""
    match picture.kind:
        case PictureKind.BARS:
            return bars(picture, table, problems)
        case PictureKind.TIMELINE:
            return events(picture, table, problems)
        case PictureKind.MATRIX:
            return grids(picture, table, problems)
    raise ValueError(f"a {picture.kind} is drawn from no table")


def bars(picture: Picture, table: Comparison, problems: list[Problem]) -> list[Bar]:
    """A number for each row, all in one unit."""
    found = []
    for row, cell in cells(picture, table, problems):
        number = NUMBER.fullmatch(SOURCES.sub("", cell.prose).strip())
        if number is None:
            rule = f'the row "{plain(row.heading)}" has no number to draw in "{picture.column}".'
            remedy = (
                "Its cell must hold one and nothing else but its source, such as 67% or 1,200; the rest goes into another column."
            )
            problems.append(Problem(picture.place, rule, remedy))
            continue
        value = float(number["figures"].replace(",", "") + (number["decimals"] or ""))
        found.append(Bar(plain(row.heading), value, (number["unit"] or "").strip(), number["words"]))
    if odd := next((bar for bar in found if bar.unit != found[0].unit), None):
        rule = f'the numbers in "{picture.column}" are not all of one kind: "{found[0].label}" and "{odd.label}".'
        problems.append(Problem(picture.place, rule, "Draw either percentages or plain numbers."))
    return found


def events(picture: Picture, table: Comparison, problems: list[Problem]) -> list[Event]:
    """A dated event for each row, the earliest first; what is known by its year or month alone stands before the days of it."""
    found = []
    for row, cell in cells(picture, table, problems):
        heading, label = plain(row.heading), plain(cell.prose)
        date = PartialDate.written(heading)
        if date is None:
            rule = f'the row "{heading}" is no date to draw.'
            problems.append(Problem(picture.place, rule, "Write it as 17 May 2012, May 2012 or 2012."))
        elif not label:
            rule = f'the row "{heading}" has no words to draw in "{picture.column}".'
            problems.append(Problem(picture.place, rule, "Say in a few words what happened."))
        elif width(label) > LABEL:
            rule = f'"{label}" is too long to stand in a picture.'
            problems.append(Problem(picture.place, rule, "About 36 characters fit; say the rest in another column."))
        else:
            found.append(Event(date, label, cell.verdict))
    return sorted(found, key=lambda event: (event.date.year or 0, event.date.month or 0, event.date.day or 0))


def grids(picture: Picture, table: Comparison, problems: list[Problem]) -> list[Grid]:
    """A grid for each column that holds scores, with all rows that are scored."""
    if picture.column:
        rule = f'a picture of the kind {picture.kind} shows every column of scores; it has no "column".'
        problems.append(Problem(picture.place, rule, "Take it out."))
    found = []
    whole = [row for row in table.rows if len(row.cells) == len(table.columns)]  # another one has a problem of its own
    for number, column in enumerate(table.columns):
        scored = [(plain(row.heading), row.about, row.cells[number].score) for row in whole]
        holding = tuple((name, about, score) for name, about, score in scored if score)
        if holding:
            found.append(Grid(plain(column.heading), holding))
    if not found:
        rule = f'the comparison "{table.id}" has no column of scores.'
        remedy = "Gather rows: risks with the columns score_now and score."
        problems.append(Problem(picture.place, rule, remedy))
    return found


def cells(picture: Picture, table: Comparison, problems: list[Problem]) -> list[tuple[Row, Cell]]:
    """Each row of the table and its cell in the picture's column."""
    names = [plain(column.heading) for column in table.columns]
    if picture.column in names:
        number = names.index(picture.column)
        whole = [(row, row.cells[number]) for row in table.rows if len(row.cells) == len(names)]
        if not all(plain(row.heading) for row, _ in whole):
            unnamed = f'a row of the comparison "{table.id}" has a heading without words.'
            problems.append(Problem(picture.place, unnamed, "Say in words what the row is; a picture of it names it."))
        return [(row, cell) for row, cell in whole if plain(row.heading)]
    if picture.column:
        rule = f'the comparison "{table.id}" has no column "{picture.column}".'
        remedy = did_you_mean(picture.column, names, f"It has {one_of(names)}.")
    else:
        rule = f'a picture of the kind {picture.kind} must have "column".'
        remedy = f"column: the heading of the one that is drawn, {one_of(names)}."
    problems.append(Problem(picture.place, rule, remedy))
    return []
