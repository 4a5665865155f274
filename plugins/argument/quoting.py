"""Every place in a file where somebody's words stand: cards, block quotations, words in double quotation marks.

Double marks say that somebody said so; such words need a source, cited in the same paragraph, cell or note, and are
checked like any other quotation. Single marks are for words that are nobody's. Knows no Pelican.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from html import escape

from argument import marks, markup
from argument.evidence import Quoted
from argument.frontmatter import Value, prose_fields
from argument.matter import Matter, PageMatter, QuotationMatter, SourceMatter
from argument.model import Document, Quotation, plain
from argument.problems import Place, Problem, SourceText
from argument.tables import Comparison, Gathering
from argument.words import EMPHASIS, PHRASE

BLOCK_TAG = re.compile(rf"<(?P<end>/?)(?!(?:{'|'.join(PHRASE)}|br|wbr|img|x-cite)[\s/>])(?P<name>[a-z][\w-]*)(?P<rest>[^>]*)>")
# What running words may be made of; in a quotation anything else is not the source's.
IN_WORDS = {*EMPHASIS, "p", "br", "wbr", "ul", "ol", "li", "sub", "sup"}
WORDS = 6  # of a quotation's first words are looked for in the file's text
BETWEEN = r"[\s*_>\\]+"
OPENING = rf"(?<=[{marks.DOUBLE}>;'`])[*_]*"
QUOTED_LINE = r"(?m:^)[ ]*>[\s>*+-]*"


@dataclass
class Container:
    """A block quotation or a note, and the sources cited anywhere in it."""

    quotes: bool
    keys: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Chunk:
    """Running text between two tags of blocks, and what it stands in."""

    html: str
    containers: tuple[Container, ...] = ()

    @property
    def keys(self) -> list[str]:
        """The sources cited in it."""
        return cited(self.html)

    @property
    def whole(self) -> bool:
        """Whether all of it is somebody's words."""
        return any(container.quotes for container in self.containers)


def cited(html: str) -> list[str]:
    """The keys of the sources that a piece of HTML cites."""
    return [key for piece in markup.elements(html, "cite") for key in piece.attributes["keys"].split(";")]


def chunks(html: str) -> list[Chunk]:
    """The running text of a body, note titles with it."""
    found: list[Chunk] = []
    stack: list[Container] = []
    position = 0

    def add(piece: str, inside: Sequence[Container]) -> None:
        if piece.strip():
            found.append(Chunk(piece, tuple(inside)))
            for container in inside:
                container.keys.extend(cited(piece))

    for tag in BLOCK_TAG.finditer(html):
        add(html[position : tag.start()], stack)
        position = tag.end()
        if tag["name"] in ("blockquote", "x-note"):
            if tag["end"]:
                stack.pop()
            else:
                stack.append(Container(tag["name"] == "blockquote"))
                title = next((pair for pair in markup.ATTRIBUTE.finditer(tag["rest"]) if pair[1] == "title"), None)
                add(title[2] if title else "", stack)
    add(html[position:], stack)
    return found


@dataclass
class Quoting:
    """One file being searched. `default` are sources that need not be cited again: a page's own, or the source itself."""

    text: SourceText
    default: tuple[str, ...]
    problems: list[Problem]

    def card(self, quotation: Quotation) -> Iterator[Quoted]:
        """The words of a quotation, which may only be running words, and any that are quoted in its caption."""
        body, place = quotation.origin.body, quotation.origin.place
        words = plain(body).strip()
        if not words or marks.stand_in_marks(words):
            rule, remedy = "a quotation must have words.", "Write them under the front matter."
            if words:
                rule = f'the words of "{quotation.slug}" stand in quotation marks.'
                remedy = "Take them off: the card puts them there."
            self.problems.append(Problem(place, rule, remedy))
            return
        strange = next((tag for tag in re.finditer(r"<([a-z][\w-]*)", body) if tag[1] not in IN_WORDS), None)
        if strange:
            rule = "a quotation holds its words and nothing else."
            remedy = "Take citations, links, pictures, headings and blocks out of it; its source is named in its first lines."
            self.problems.append(Problem(place, rule, remedy))
        added = quotation.emphasis is not None
        yield Quoted(body, located(self.text, body, place), (quotation.source,), quotation.slug, added)
        for said in (quotation.by, quotation.role, quotation.place):
            yield from self.chunk(Chunk(escape(said, quote=False)), [quotation.source])

    def chunk(self, chunk: Chunk, more: Sequence[str] = ()) -> Iterator[Quoted]:
        """The quoted words in a piece of running text; `more` are sources cited close by."""
        near = [key for container in chunk.containers for key in container.keys]
        sources = tuple(dict.fromkeys([*chunk.keys, *near, *more, *self.default]))
        for words in [chunk.html] if chunk.whole else self.marked(chunk.html):
            place = located(self.text, words, Place(self.text.path, 1), marks=QUOTED_LINE if chunk.whole else OPENING)
            if not plain(words).strip():
                continue
            if sources:
                yield Quoted(words, place, sources)
                continue
            what = "this block quotation has" if chunk.whole else "words in double quotation marks have"
            remedy = "Cite it close by, [@key]" + ("." if chunk.whole else "; words that are nobody’s stand in ‘single’ marks.")
            self.problems.append(Problem(place, f"{what} no source.", remedy))

    def marked(self, html: str) -> list[str]:
        """The words between double quotation marks; a mark without its partner is a problem."""
        found, lone = marks.marked(html)
        if lone:
            place = located(self.text, lone, Place(self.text.path, 1))
            rule = "this quotation mark has no partner."
            self.problems.append(Problem(place, rule, "Marks open and close within one paragraph. Inches are written ″."))
        return found

    def table(self, table: Comparison | Gathering) -> Iterator[Quoted]:
        """The quoted words in a comparison: a row's cells share what they cite."""
        heads = [escape(table.caption, quote=False), table.corner]
        if isinstance(table, Gathering):
            return (quoted for head in heads for quoted in self.chunk(Chunk(head)))
        return self.rows(table, [*heads, *(column.heading for column in table.columns)])

    def rows(self, table: Comparison, heads: Sequence[str]) -> Iterator[Quoted]:
        every: list[str] = []
        for row in table.rows:
            parts = [part for prose in (row.heading, *(cell.prose for cell in row.cells)) for part in chunks(prose)]
            keys = [key for part in parts for key in part.keys]
            every += keys
            for part in parts:
                yield from self.chunk(part, keys)
        for head in heads:
            yield from self.chunk(Chunk(head), every)


def quoted_in(
    document: Document, body: str, matter: type[Matter], values: Mapping[str, Value], text: SourceText
) -> tuple[list[Quoted], list[Problem]]:
    """Every quotation of a file with the sources it may stand in, and what is wrong with how it is marked.

    `body` is the HTML of the file's text, its cards and comparisons taken out; `values` its front matter.
    """
    is_source = issubclass(matter, SourceMatter)
    own = str(values["quotes"].content) if issubclass(matter, PageMatter) and "quotes" in values else ""
    quoting = Quoting(text, (document.slug,) if is_source else (own,) if own else (), [])
    # A block without words has been told of.
    worded = [one for one in document.quotations if one is document.item or plain(one.origin.body).strip()]
    found = [quoted for quotation in worded for quoted in quoting.card(quotation)]
    prose = prose_fields(matter)
    everything = [key for part in [body, *(str(values[name].content) for name in prose if name in values)] for key in cited(part)]
    for chunk in chunks(body):
        if not (is_source and chunk.whole):  # a source's block quotations are its excerpts
            found += quoting.chunk(chunk)
    for table in document.comparisons:
        found += quoting.table(table)
    for name, value in values.items():
        if name in prose:
            found += quoting.chunk(Chunk(str(value.content)))
        elif name in matter.model_fields and not issubclass(matter, SourceMatter | QuotationMatter):
            found += quoting.chunk(Chunk(escape(str(value.content), quote=False)), everything)
    return found, quoting.problems


def located(text: SourceText, html: str, otherwise: Place, marks: str = "") -> Place:
    """Where some words stand in the file's text, at or after `otherwise`, whatever marks of Markdown stand among them.

    `marks` is a pattern for what stands before them.
    """
    first = plain(html).split()[:WORDS]
    lines = text.text.split("\n")
    offset = sum(len(line) + 1 for line in lines[: max(otherwise.line - 1, 0)])
    found = re.compile(marks + BETWEEN.join(map(re.escape, first))).search(text.text, offset) if first else None
    return text.place_at(found.start(), found.end() - found.start()) if found else otherwise
