"""A comparison → CSV (RFC 4180): its row names and cells as words, for whoever wants to work with them. Knows no Pelican.

The files begin with a byte order mark: without one, Excel takes UTF-8 for the code page of its machine, and most cells have
quotation marks, dashes or a pound sign in them. Whatever else reads CSV knows the mark, or can be told of it (`utf-8-sig`).
"""

import csv
import io
import re
from collections.abc import Callable
from html import escape

from argument import markup
from argument.argument import Argument
from argument.plain_words import BLOCK_END, plain
from argument.tables import Cell, Comparison

ENCODING = "utf-8-sig"
# What spreadsheets take for a formula (OWASP, CSV injection), whatever nobody sees before it; and where a cell would begin for one
# that takes semicolons, tabs or line ends for the ends of cells. Not a number with its sign. An apostrophe makes it words.
UNSEEN = (
    r"[\s\x00-\x1f\x7f-\xa0\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202f\u205f-\u206f\u3164"
    r"\ufe00-\ufe0f\ufeff\uffa0]"
)
NUMBER = re.compile(r"[+-]\d[\d,.]*%?")
FORMULA = re.compile(rf"(?P<before>\A|[;\t\n\r\v\f\x85\u2028\u2029]['\"]?)(?={UNSEEN}*[=+\-@＝＋－＠﹢﹣﹦﹫])")
IMAGE = re.compile(r'<img\b[^>]*? alt="(?P<words>[^"]*)"[^>]*>')
FOOTNOTE = re.compile(r'<sup id="fnref.*?</sup>')


def file(table: Comparison, argument: Argument, label: Callable[[str], str]) -> bytes:
    """The file of a comparison; `label` says what a source is called in a line of text."""
    return written(table, argument, label).encode(ENCODING)


def written(table: Comparison, argument: Argument, label: Callable[[str], str]) -> str:
    """Its text."""

    def words(html: str) -> str:
        """A piece of prose, a line for each of its paragraphs and items."""
        text = FOOTNOTE.sub("", markup.replaced(html, lambda element: escape(said(element), quote=False)))
        lines = (plain(line) for line in BLOCK_END.split(IMAGE.sub(r"\g<words>", text)))
        return "\n".join(line for line in lines if line)

    def said(element: markup.Element) -> str:
        """What stands in a line for a citation or a block."""
        attributes = element.attributes
        match element.name:
            case "cite":
                cited = zip(attributes["keys"].split(";"), attributes["locators"].split(";"), strict=True)
                return f"({'; '.join(label(key) + (f', {locator}' if locator else '') for key, locator in cited)})"
            case "quotation":
                quotation = argument.quotations[attributes["slug"]]
                return f"“{words(quotation.origin.body)}” ({quotation.by}; {label(quotation.source)})"
            case "note" | "example":
                return f"{attributes['title']}: {words(element.inner)}"
            case "comparison":
                return argument.comparisons[attributes["id"]].caption
            case "picture":
                return argument.pictures[attributes["id"]].caption
        raise ValueError(f"no words for x-{element.name}")

    def value(cell: Cell) -> str:
        """A cell, its verdict as the word for it."""
        return ": ".join(filter(None, [cell.verdict.word if cell.verdict else "", words(cell.prose)]))

    file = io.StringIO()
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)  # RFC 4180 otherwise: commas, lines that end in CRLF, marks doubled
    writer.writerow(map(safe, map(words, [table.corner, *(column.heading for column in table.columns)])))
    writer.writerows([safe(words(row.heading)), *(safe(value(cell)) for cell in row.cells)] for row in table.rows)
    return file.getvalue()


def safe(value: str) -> str:
    """A value that no spreadsheet runs as a formula."""
    return value if NUMBER.fullmatch(value) else FORMULA.sub(r"\g<before>'", value)
