"""A comparison: a table that sets things side by side, with its rows, columns, cells and verdicts; a picture of one.

Knows nothing but places, and the elements that stand in HTML for quotations.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from argument import markup
from argument.problems import Place
from argument.values import Narrow, PictureKind, Score, Side

SHARED = "tables"  # the folder of the share pages of tables and rows
SHORT = 24  # characters of a row's name go into the address of its share page, in whole words


@dataclass(frozen=True)
class Verdict:
    """A judgement on one cell: `sign` is one of the marks of VERDICTS, `word` says it in words."""

    sign: str
    word: str

    @property
    def name(self) -> str:
        return VERDICTS[self.sign][0]

    @property
    def symbol(self) -> str:
        return VERDICTS[self.sign][1]


# The mark that authors type: its name, the symbol shown, and the word shown where the author gives none.
VERDICTS = {
    "+": ("good", "✓", "Better"),
    "-": ("poor", "✗", "Worse"),
    "~": ("mixed", "≈", "Mixed"),
    "?": ("unknown", "?", "Not known"),
}
VERDICT_SIDES = {"good": Side.FOR, "poor": Side.AGAINST, "mixed": Side.BOTH}


@dataclass(frozen=True)
class Cell:
    """One cell: its prose, with the verdict that it begins with or the score that it shows."""

    prose: str
    verdict: Verdict | None = None
    score: Score | None = None

    @property
    def voices(self) -> Iterator[Side | str]:
        """The side that its verdict takes, and the slugs of quotations in it."""
        if self.verdict and self.verdict.name in VERDICT_SIDES:
            yield VERDICT_SIDES[self.verdict.name]
        yield from (quotation.attributes["slug"] for quotation in markup.elements(self.prose, "quotation"))


@dataclass(frozen=True)
class Row:
    """One row: `heading` is its row header, `about` the address of the point that it was gathered from, if any."""

    slug: str
    heading: str
    cells: tuple[Cell, ...]
    about: str = ""


@dataclass(frozen=True)
class Column:
    """One column; `side` is what the field speaks for that it was gathered from."""

    heading: str
    align: str = ""
    side: Side | None = None


@dataclass(frozen=True)
class Stance:
    """What a table is said to bear on, by paths such as `risks/cost`, and the best objections to it, in plain words."""

    objection: str = ""
    objections: tuple[tuple[str, str], ...] = ()  # to single rows, by their slugs
    supports: tuple[str, ...] = ()
    answers: tuple[str, ...] = ()
    contradicts: tuple[str, ...] = ()


@dataclass(frozen=True)
class Comparison:
    """A table that sets things side by side, however it was written. Every row has a cell for every column."""

    id: str
    caption: str
    corner: str
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    place: Place
    one_sided: str = ""
    abbreviations: str = ""  # the heading of the column that says what row headings stand for
    stance: Stance = Stance()
    narrow: Narrow = Narrow.BLOCKS
    low_head: bool = True  # whether its head is so low that it may stay in sight while the rows are scrolled below it
    former: tuple[str, ...] = ()  # the addresses that it and its rows had before

    @cached_property
    def voices(self) -> tuple[tuple[Side | str, ...], ...]:
        """What may take a side in the cells of each column: verdicts, as sides, and quotations, by their slugs."""
        rows = [row for row in self.rows if len(row.cells) == len(self.columns)]  # another one has a problem of its own
        return tuple(tuple(voice for row in rows for voice in row.cells[number].voices) for number in range(len(self.columns)))

    def row_id(self, row: Row) -> str:
        """The row's address on its page."""
        return f"{self.id}--{row.slug}"

    @property
    def address(self) -> str:
        """The address of its share page."""
        return f"{SHARED}/{self.id}.html"

    @property
    def csv(self) -> str:
        """The address of its data."""
        return f"{SHARED}/{self.id}.csv"

    def row_address(self, row: Row) -> str:
        """The address of the row's share page, which stays what it was where the row was taken over from another table."""
        before = (old for old in self.former if old.endswith(f"--{row.slug}"))
        return shared_address(next(before, f"#{self.row_id(row)}"))


@dataclass(frozen=True)
class Gathering:
    """A comparison whose rows are yet to be gathered from content, of `only` those points if it names any.

    `columns` are pairs of heading and field.
    """

    id: str
    caption: str
    corner: str
    rows: str
    columns: tuple[tuple[str, str], ...]
    place: Place
    one_sided: str = ""
    stance: Stance = Stance()
    narrow: Narrow | None = None
    only: tuple[str, ...] = ()
    former: tuple[str, ...] = ()


@dataclass(frozen=True)
class Picture:
    """A picture as its author asks for it: drawn from the comparison `of`, its column `column`; a map needs neither."""

    id: str
    caption: str
    kind: PictureKind
    of: str
    column: str
    place: Place


def shortened(slug: str) -> str:
    """As many of a row's first words as an address holds that somebody may have to type; at least one."""
    words = slug.split("-")
    while len(words) > 1 and len("-".join(words)) > SHORT:
        words.pop()
    return "-".join(words)


def shared_address(address: str) -> str:
    """`page.html#table--row` → the address of the share page that such a table or row has if it was never called otherwise."""
    table, mark, row = address.partition("#")[2].partition("--")
    return f"{SHARED}/{table}{mark}{shortened(row)}.html"
