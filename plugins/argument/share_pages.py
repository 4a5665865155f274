"""The share pages of tables and rows: what a link to one of them leads to. Knows no Pelican.

A quotation, a point and a response are shared by the pages that they have; a table and a row stand in the middle of one, where
no service that makes a preview can see them, so each has a page of its own, with a way back to its place.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, partial
from itertools import accumulate
from typing import ClassVar

from argument.model import Document, Item, Origin
from argument.plain_words import plain, plain_text
from argument.problems import Problem
from argument.share_image import ImageCell, ShareImage
from argument.tables import SHARED, Cell, Column, Comparison, Row

WHOLE_CELL = 70  # characters that the words of a cell may have to be told whole in the description of a row
MOST_WORDS = 5  # different ones, for verdicts to be counted
ROWS_TOLD = 180  # characters of row headings that the description of a table has
DESCRIBED = 300  # characters that such a description has at most


@dataclass(frozen=True)
class SharePage:
    """A comparison, or one row of it, and the item on whose page it stands."""

    comparison: Comparison
    context: Item
    row: Row | None = None

    folder: ClassVar[str] = SHARED
    template: ClassVar[str] = "share"

    @property
    def noun(self) -> str:
        return "row" if self.row else "table"

    @cached_property
    def heading(self) -> str:
        """What it is called on its own page, in plain words."""
        return plain(self.row.heading) if self.row else self.comparison.caption

    @cached_property
    def title(self) -> str:
        return f"{self.heading}: {self.comparison.caption}" if self.row else self.comparison.caption

    @cached_property
    def address(self) -> str:
        return self.comparison.row_address(self.row) if self.row else self.comparison.address

    @cached_property
    def place(self) -> str:
        """Its address in context, where it is marked."""
        return f"{self.context.address}#{self.comparison.row_id(self.row) if self.row else self.comparison.id}"

    @property
    def bearing(self) -> str:
        """The address of what bears on something for it: the point that a row was gathered from, else the table."""
        return (self.row.about if self.row else "") or self.comparison.address

    @property
    def origin(self) -> Origin:
        return Origin(self.comparison.id, self.comparison.place, "")

    @property
    def supports(self) -> tuple[str, ...]:
        return self.comparison.stance.supports

    @property
    def answers(self) -> tuple[str, ...]:
        return self.comparison.stance.answers

    @property
    def contradicts(self) -> tuple[str, ...]:
        return self.comparison.stance.contradicts

    @property
    def cells(self) -> tuple[tuple[Column, Cell], ...]:
        """The cells of the row, each with its column."""
        return tuple(zip(self.comparison.columns, self.row.cells, strict=True)) if self.row else ()

    @property
    def shape(self) -> str:
        """How many rows and columns the table has."""
        rows, columns = len(self.comparison.rows), len(self.comparison.columns) + 1
        return f"{rows} {'row' if rows == 1 else 'rows'} and {columns} columns"

    @property
    def tally(self) -> str:
        """How often each verdict was given in each column; empty if none was, or if each has words of its own."""
        told = []
        for number, column in enumerate(self.comparison.columns):
            cells = [row.cells[number] for row in self.comparison.rows if len(row.cells) > number]
            count = Counter(cell.verdict.word.lower() for cell in cells if cell.verdict)
            if 0 < len(count) <= MOST_WORDS:
                told.append(f"{plain(column.heading)}: {', '.join(f'{many} {word}' for word, many in count.most_common())}")
        return f"{'; '.join(told)}." if told else ""

    @property
    def rows_told(self) -> str:
        """As many of its row headings as a description holds, and how many more there are."""
        headings = [plain(row.heading) for row in self.comparison.rows]
        ends = accumulate(len(heading) + len("; ") for heading in headings)
        told = [heading for heading, end in zip(headings, ends, strict=True) if end < ROWS_TOLD]
        more = len(headings) - len(told)
        return "; ".join([*told, *([f"and {more} more"] if more else [])])

    @property
    def description(self) -> str:
        """A table's verdicts or rows; a row's verdicts and short cells, as many as can be told whole."""
        if self.row is None:
            return self.tally or f"{self.shape}: {self.rows_told}."
        told: list[str] = []
        for column, cell in self.cells:
            words = cell.verdict.word.lower() if cell.verdict else plain_text(cell.prose)
            part = f"{plain(column.heading)}: {words.rstrip('.')}"
            if len(words) <= WHOLE_CELL and len("; ".join([*told, part])) < DESCRIBED:
                told.append(part)
        columns = ", ".join(plain(column.heading) for column in self.comparison.columns)
        return f"{'; '.join(told)}." if told else f"One row of a table: {plain(self.row.heading)}, by {columns}."

    @cached_property
    def image(self) -> ShareImage:
        """What its picture shows: the caption and shape of a table; the heading of a row and its cells, each with its verdict."""
        place = self.comparison.place
        if not self.row:
            kicker, foot = f"Comparison: {self.shape}", (self.context.title,)
            return ShareImage(self.address, kicker, self.heading, self.description, (), foot, place)
        cells = tuple(ImageCell(plain(column.heading), cell.verdict, plain_text(cell.prose)) for column, cell in self.cells)
        return ShareImage(self.address, "One row of a table", self.heading, self.comparison.caption, cells, (), place)


def share_pages(documents: Iterable[Document], comparisons: Mapping[str, Comparison]) -> Iterator[SharePage]:
    """A page for each table, and after it one for each of its rows."""
    for document in documents:
        if document.item:
            for one in document.comparisons:
                make = partial(pages_of, comparisons[one.id], document.item)
                own = comparisons[one.id] is one  # else its rows are gathered from other documents
                yield from document.once(f"share pages of {one.id}", make) if own else make()


def pages_of(table: Comparison, context: Item) -> tuple[SharePage, ...]:
    """A page for a table, and one for each of its rows."""
    rows = (row for row in table.rows if len(row.cells) == len(table.columns))
    return (SharePage(table, context), *(SharePage(table, context, row) for row in rows))


def same_address(pages: Iterable[SharePage]) -> Iterator[Problem]:
    """A problem for rows whose share pages would have one address, since that holds the first words of a name only."""
    of_rows = [page for page in pages if page.row]  # tables of one name have a problem of their own, and so have rows
    if len({page.address for page in of_rows}) == len(of_rows):
        return
    alike: dict[str, dict[str, SharePage]] = defaultdict(dict)
    for page in of_rows:
        alike[page.address][page.place.rpartition("#")[2]] = page
    for address, by_row in alike.items():
        if len(by_row) > 1:
            rows = " and ".join(f'"{page.heading}"' for page in by_row.values())
            rule = f'the rows {rows} would both have the share page "{address}".'
            remedy = "Give one of them a short address of its own at the end of its heading, {#like-this}, or rename its file."
            yield Problem(next(iter(by_row.values())).comparison.place, rule, remedy)
