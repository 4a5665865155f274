"""A paper's data → a tagged PDF (PDF/UA-1), the same bytes each time. Knows no Pelican and no model.

Typst draws and tags it. That the first cell of a row is its heading, the Typst that PyPI has cannot be told: those tags are
put in afterwards (ISO 32000-1, 14.8.4.3.4 and table 349).
"""

import io
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pikepdf
import typst
from pikepdf import Array, Dictionary, Name

if TYPE_CHECKING:
    from typst import PDFStandard

STANDARD: "PDFStandard" = "ua-1"
TEMPLATE = "paper.typ"
RowHeadings = Sequence[Sequence[Sequence[bool]]]  # for each table, each row of its body and each cell: is it the row's heading


class PdfError(Exception):
    """The PDF cannot be made; the first argument says why."""


class Press:
    """Makes PDFs by one template, with no fonts but those of one folder."""

    def __init__(self, templates: Path, fonts: Path) -> None:
        only = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(fonts)])
        self.compiler = typst.Compiler(str(templates / TEMPLATE), root=str(templates), font_paths=only)

    def printed(self, data: str, made: int, headings: RowHeadings) -> bytes:
        """The PDF of some data as JSON; `made` is its time, in seconds since 1970. Raises PdfError."""
        try:
            drawn = self.compiler.compile(format="pdf", pdf_standards=STANDARD, sys_inputs={"data": data}, timestamp=made)
        except typst.TypstError as error:
            raise PdfError(error.message) from error
        assert isinstance(drawn, bytes)  # noqa: S101 - nothing else comes of one PDF without a file to write
        return with_row_headings(drawn, headings)


def with_row_headings(drawn: bytes, headings: RowHeadings) -> bytes:
    """The PDF with the tags of row headings."""
    with pikepdf.open(io.BytesIO(drawn)) as pdf:
        tables = list(structure(pdf.Root.StructTreeRoot, "/Table"))
        for table, rows in zip(tables, headings, strict=True):
            tagged = [row for body in structure(table, "/TBody") for row in structure(body, "/TR")]
            for row, cells in zip(tagged, rows, strict=True):
                for cell, heading in zip(children(row), cells, strict=True):
                    if heading:
                        make_heading(cell)
        written = io.BytesIO()
        pdf.save(written, deterministic_id=True)
    return written.getvalue()


def make_heading(cell: Any) -> None:
    """Tag a cell as the heading of its row."""
    cell.S = Name.TH
    given = cell.get("/A")
    attributes = [] if given is None else list(given) if isinstance(given, Array) else [given]
    kept = [attribute for attribute in attributes if attribute.get("/O") != Name.Table]
    spans = [{key: attribute[key] for key in ("/ColSpan", "/RowSpan") if key in attribute} for attribute in attributes]
    cell.A = Array([*kept, Dictionary({"/O": Name.Table, "/Scope": Name.Row} | {k: v for span in spans for k, v in span.items()})])


def children(element: Any) -> list[Any]:
    """The elements right below one in the structure tree."""
    kids = element.get("/K")
    found = [] if kids is None else list(kids) if isinstance(kids, Array) else [kids]
    return [kid for kid in found if isinstance(kid, Dictionary) and "/S" in kid]


def structure(element: Any, role: str) -> Iterator[Any]:
    """The elements of a role below one, in reading order."""
    for child in children(element):
        if str(child.S) == role:
            yield child
        yield from structure(child, role)


def page_count(made: bytes) -> int:
    """How many pages a PDF has."""
    with pikepdf.open(io.BytesIO(made)) as pdf:
        return len(pdf.pages)
