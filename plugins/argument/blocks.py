"""The blocks that authors write, as a Python-Markdown extension over pymdown-extensions' Blocks. Knows no Pelican.

A block becomes an `x-…` element; what it stands for is put in its place when the whole argument is known. Frames and
options were checked by the scanner, which hands each block its line; here a comparison's body is taken apart into rows.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from markdown import Markdown
from markdown.extensions.fenced_code import FencedBlockPreprocessor
from markdown.extensions.tables import TableProcessor
from markdown.util import AtomicString
from pymdownx.blocks import BlocksExtension, BlocksProcessor
from pymdownx.blocks.block import Block, type_integer

from argument.citations import CitationProcessor
from argument.fences import FencedBlocks
from argument.misreadings import FileState, Misread, OnlyAddresses, Sections
from argument.problems import Problem, did_you_mean, one_of
from argument.tables import VERDICTS

MARK = re.compile(r"\((?P<sign>[^\w\s\[\]()])(?: (?P<word>[^()\[\]*_]+))?\)(?:\s+|$)")
ROW_ID = re.compile(r"\s*\{#(?P<id>[a-z0-9]+(?:-[a-z0-9]+)*)\}\s*$")
# A mark that is not quite one; a figure after the sign makes it words.
NEAR_MARK = re.compile(r"\(\s*[+\-~?](?!\d)[^)]*\)?")
BRACED = re.compile(r"\{[^{}]*\}$")
NO_OPTIONS_BUT_LINE: dict[str, Any] = {"line": [0, type_integer]}


class AuthorBlock(Block):
    """What the project's blocks share: an `x-` element that carries the line the block begins in."""

    ARGUMENT = True
    OPTIONS = NO_OPTIONS_BUT_LINE

    def on_create(self, parent: ET.Element) -> ET.Element:
        element = ET.SubElement(parent, f"x-{self.NAME}")
        element.set("line", str(self.options["line"]))
        return element

    def on_markdown(self) -> str:
        return "block"

    @property
    def state(self) -> FileState:
        extension: AuthorBlocks = self.config["extension"]
        return extension.state


class QuotationBlock(AuthorBlock):
    NAME = "quotation"


class NoteBlock(AuthorBlock):
    NAME = "note"

    def on_create(self, parent: ET.Element) -> ET.Element:
        element = super().on_create(parent)
        element.set("title", self.argument)
        return element


class ExampleBlock(NoteBlock):
    """What stands in it, to be read twice: as it is written, and what becomes of it."""

    NAME = "example"

    def on_end(self, block: ET.Element) -> None:
        scanned = self.state.scan.blocks.get(self.options["line"])
        written = element("x-source")
        ET.SubElement(written, "code").text = AtomicString(scanned.source if scanned else "")
        block.insert(0, written)


class PictureBlock(AuthorBlock):
    NAME = "picture"


class ComparisonBlock(AuthorBlock):
    NAME = "comparison"

    def on_end(self, block: ET.Element) -> None:
        scanned = self.state.scan.blocks.get(self.options["line"])
        if scanned is None or not scanned.has_body:
            return
        body = TableBody(self.state, scanned.line)
        parts = list(block)
        for part in parts:
            block.remove(part)
        if len(parts) == 1 and parts[0].tag == "table":
            block.set("form", "table")
            block.extend(body.rows_of_table(parts[0]))
        else:
            block.set("form", "prose")
            block.extend(body.rows_of_prose(parts))


@dataclass
class TableBody:
    """The body of the comparison that begins in line `start`."""

    state: FileState
    start: int

    def problem(self, line: str, rule: str, remedy: str, *, words: str = "", nth: int = 0) -> None:
        """A problem at the nth line of the body that reads so, or holds that (else at the block's first line)."""
        numbered = list(enumerate(self.state.text.lines, 1))[self.start :]
        equal = [number for number, text in numbered if text.strip() == line]
        holding = [number for number, text in numbered if line and line in text]
        found = equal or holding or [self.start]
        place = self.state.text.place(found[min(nth, len(found) - 1)])
        self.state.problems.append(Problem(place.narrowed(words) if words else place, rule, remedy))

    def rows_of_table(self, table: ET.Element) -> Iterator[ET.Element]:
        """The rows of a pipe table: the first cell of each is its heading."""
        head, body = table.find("thead/tr"), table.find("tbody")
        assert head is not None  # noqa: S101 - Python-Markdown's tables have one
        names = [cell.text or "" for cell in head]
        if not all(names):
            self.problem(
                head.get("x-line", ""), "a column has no heading.", "Say what stands in it; the first says what the rows are."
            )
        yield element("x-corner", names[0])
        yield from (element("x-column", cell.text or "", align=cell.get("align", "")) for cell in list(head)[1:])
        for tr in body if body is not None else ():
            line = tr.get("x-line", "")
            if not line.strip():  # Python-Markdown gives a table without rows an empty one (extensions/tables.py)
                continue
            name, *cells = [cell.text or "" for cell in tr]
            if count := int(tr.get("x-cells", "0")):
                rule = f"this row has {count} cell{'s' * (count != 1)}, the table {len(names)} columns."
                remedy = "A | that belongs to a cell is written \\|."
                if count < len(names):
                    remedy = f"Nothing is left for {one_of(names[count:])}: is a | missing? A cell without anything says “No data”."
                self.problem(line, rule, remedy)
            if not name:
                self.problem(line, "a row has no heading in its first cell.", "Say what the row is about.")
            row = self.row(name)
            if not count:
                row.extend(self.cell(text, [], line, column) for column, text in zip(names[1:], cells, strict=True))
            yield row

    def rows_of_prose(self, parts: Sequence[ET.Element]) -> Iterator[ET.Element]:
        """The rows of a comparison written with headings: `###` opens a row, `####` a cell."""
        rows = self.prose_by_heading(parts)
        names = list(rows[0][1]) if rows else []
        yield from (element("x-column", name, align="") for name in names)
        for heading, cells in rows:
            line = f"### {heading}"
            for extra in [name for name in cells if name not in names]:
                remedy = did_you_mean(extra, names, f"The first row has: {', '.join(names)}.")
                rule = f'the row "{heading}" has a cell "{extra}" that the first row has not.'
                self.problem(f"#### {extra}", rule, remedy, words=extra)
            row = self.row(heading)
            for name in names:
                if name in cells:
                    first, *rest = cells[name] or [ET.Element("p")]
                    row.append(self.cell(first.text or "", [first, *rest], line, name))
                else:
                    remedy = f"Add #### {name}, and write “No data” if there is none."
                    self.problem(line, f'the row "{heading}" has no cell "{name}".', remedy)
            yield row

    def prose_by_heading(self, parts: Sequence[ET.Element]) -> list[tuple[str, dict[str, list[ET.Element]]]]:
        """The rows, each a heading and its cells by name; what stands in no cell is a problem."""
        rows: list[tuple[str, dict[str, list[ET.Element]]]] = []
        cell: list[ET.Element] | None = None
        for part in parts:
            words = part.text or ""
            if part.tag in ("h1", "h2", "h5", "h6"):
                remedy = "In a comparison ### opens a row and #### a cell."
                self.problem(f"{'#' * int(part.tag[1])} {words}", "this heading is neither row nor cell.", remedy)
            elif part.tag == "table":
                head = part.find("thead/tr")
                line = head.get("x-line", "") if head is not None else ""
                remedy = "A blank line ends a table; take out what stands above or below it."
                self.problem(line, "a table is all that its comparison may hold.", remedy)
            elif part.tag == "h3":
                rows.append((words, {}))
                cell = None
            elif part.tag == "h4" and rows:
                if words in rows[-1][1]:
                    self.problem(f"#### {words}", f'the row "{rows[-1][0]}" has two cells "{words}".', "Join them.", nth=1)
                cell = rows[-1][1].setdefault(words, [])
            elif cell is None:
                remedy = "A comparison holds one pipe table, or rows (### name) of cells (#### name)."
                self.problem(words.split("\n")[0], "this stands in no cell.", remedy)
            else:
                cell.append(part)
        return rows

    def row(self, heading: str) -> ET.Element:
        """A row element with its heading; `{#id}` at the heading's end is the row's address."""
        given = ROW_ID.search(heading)
        if not given and (braced := BRACED.search(heading)):
            rule = f'"{braced[0]}" is no address.'
            remedy = "An address is written {#like-this}: lower-case letters, figures and single hyphens."
            self.problem(braced[0], rule, remedy, words=braced[0])
        row = element("x-row", id=given["id"] if given else "")
        row.append(element("x-heading", heading[: given.start()] if given else heading))
        return row

    def cell(self, text: str, parts: Sequence[ET.Element], line: str, column: str) -> ET.Element:
        """A cell element, its verdict mark taken off its words. `line` is where its row stands."""
        sign = word = ""
        if found := MARK.match(text):
            mark = found[0].strip()
            if found["sign"] in VERDICTS:
                sign, word, text = found["sign"], found["word"] or "", text[found.end() :]
            else:
                marks = one_of(f"({known})" for known in VERDICTS)
                self.problem(mark, f'there is no verdict mark "{mark}".', f"There are {marks}.", words=mark)
        elif near := NEAR_MARK.match(text):
            remedy = "Write (+), or (+ Word) with a word of your own, and a space after it."
            self.problem(near[0], f'"{near[0]}" is no verdict mark.', remedy, words=near[0])
        cell = element("x-cell", "" if parts else text, sign=sign, word=word)
        if parts:
            parts[0].text = text
            cell.extend(parts)
        filled = text.strip() or sign or len(parts) > 1 or any(len(part) or part.tag.startswith("x-") for part in parts)
        if not filled:
            self.problem(line, f'the cell "{column.strip()}" is empty.', "Write “No data” if there is none.")
        return cell


def element(tag: str, text: str = "", **attributes: str) -> ET.Element:
    """An element with text in it."""
    made = ET.Element(tag, attributes)
    made.text = text
    return made


class CountingTableProcessor(TableProcessor):
    """Python-Markdown's pipe tables, which drop cells too many and add cells too few without a word: count them."""

    def _build_row(self, row: str, parent: ET.Element, align: Sequence[str | None]) -> None:
        super()._build_row(row, parent, align)  # type: ignore[misc]  # not in the stubs
        parent[-1].set("x-line", row)
        count = len(self._split_row(row))  # type: ignore[attr-defined]
        if count != len(align):
            parent[-1].set("x-cells", str(count))


class AuthorBlocks(BlocksExtension):
    """The extension: the five blocks, citations, and pipe tables that lose nothing.

    `state` is that of the file being converted; who converts sets it.
    """

    state: FileState

    def extendMarkdownBlocks(self, md: Markdown, block_mgr: BlocksProcessor) -> None:  # noqa: N802 - pymdown's name
        for block in (QuotationBlock, ComparisonBlock, PictureBlock, NoteBlock, ExampleBlock):
            block_mgr.register(block, {"extension": self})
        if "meta" in md.preprocessors:
            md.preprocessors.deregister("meta")  # the front matter is read before, strictly
        fenced = md.preprocessors["fenced_code_block"]
        if type(fenced) is FencedBlockPreprocessor:  # else another extension has put its own in that place
            md.preprocessors.register(FencedBlocks(md, vars(fenced)["config"]), "fenced_code_block", 25)
        md.parser.blockprocessors.deregister("abbr")  # the glossary says what abbreviations stand for
        md.parser.blockprocessors.register(CountingTableProcessor(md.parser, {"use_align_attribute": True}), "table", 75)
        md.inlinePatterns.register(CitationProcessor(md), "citation", 175)  # before links, after code and escapes
        md.treeprocessors.register(Misread(md, lambda: self.state), "misread", 31)  # before codehilite takes code away
        md.treeprocessors.register(OnlyAddresses(md, lambda: self.state), "attr_list", 8)  # in the place of Python-Markdown's
        md.treeprocessors.register(Sections(md), "sections", 1)  # after the table of contents has given headings ids
