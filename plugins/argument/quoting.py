"""Every place in a file where somebody's words stand: cards, block quotations, words in double quotation marks.

Double marks say that somebody said so; such words need a source, cited in the same paragraph, cell or note, and are
checked like any other quotation. Single marks are for words that are nobody's. Knows no Pelican.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from html import escape

from argument import marks, markup
from argument.evidence import Quoted
from argument.frontmatter import Value, prose_fields
from argument.locating import OPENING, QUOTED_LINE, located
from argument.matter import Matter, PageMatter, QuotationMatter, ResponseMatter, SourceMatter
from argument.model import Document, Quotation
from argument.plain_words import plain
from argument.problems import Place, Problem, SourceText
from argument.tables import Comparison, Gathering
from argument.words import EMPHASIS, PHRASE

BLOCK_TAG = re.compile(rf"<(?P<end>/?)(?!(?:{'|'.join(PHRASE)}|br|wbr|img|x-cite)[\s/>])(?P<name>[a-z][\w-]*)(?P<rest>[^>]*)>")
# What quoted words may be made of; anything else would not be the source's.
IN_WORDS = {*EMPHASIS, "p", "br", "wbr", "ul", "ol", "li", "sub", "sup"}
# In running text also a link to the source, and what the site does to abbreviations.
IN_RUNNING_WORDS = {*IN_WORDS, "a", "abbr", "x-cite"}
CITE = re.compile(r'<x-cite keys="([^"]*)"')
OUR_WORDS = ("date_note", "kind_note", "confidence_note")  # in the front matter of a source; the rest is its own


@dataclass
class Container:
    """A block quotation or a note, and the sources cited anywhere in it, or else by what introduces it."""

    quotes: bool
    introduced: Sequence[str] = ()
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
                quotes = tag["name"] == "blockquote"
                stack.append(Container(quotes, found[-1].keys if quotes and found else ()))
                title = next((pair for pair in markup.ATTRIBUTE.finditer(tag["rest"]) if pair[1] == "title"), None)
                add(title[2] if title else "", stack)
    add(html[position:], stack)
    return found


@dataclass
class Quoting:
    """One file being searched. `default` are sources that need not be cited again: a page's own, or the source itself."""

    text: SourceText
    default: tuple[str, ...]
    problems: list[Problem] = field(default_factory=list)
    told: dict[str, Place] = field(default_factory=dict)

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
        if strange(body, IN_WORDS):
            rule = "a quotation holds its words and nothing else."
            remedy = "Take citations, links, pictures, headings and blocks out of it; its source is named in its first lines."
            self.problems.append(Problem(place, rule, remedy))
        added = quotation.emphasis is not None
        yield Quoted(body, located(self.text, body, place), (quotation.source,), quotation.slug, added)
        for said in (quotation.by, quotation.role, quotation.place, quotation.objection):
            yield from self.chunk(Chunk(escape(said, quote=False)), [quotation.source])

    def chunk(self, chunk: Chunk, more: Sequence[str] = ()) -> Iterator[Quoted]:
        """The quoted words in a piece of running text; `more` are sources cited close by.

        They stand in the source of the nearest citation, or the page's own, or one cited in the same note or row.
        """
        near = [key for container in chunk.containers for key in container.keys or container.introduced] or list(more)
        for end, words in [(0, chunk.html)] if chunk.whole else self.marked(chunk.html):
            if not any(map(str.isalnum, plain(words))):
                continue
            place = self.place_of(words, QUOTED_LINE if chunk.whole else OPENING)
            if not chunk.whole and strange(words, IN_RUNNING_WORDS):
                rule = "quoted words are marked up as the source’s are not."
                self.problems.append(Problem(place, rule, "Within quotation marks only emphasis and links may stand."))
            if sources := nearest_cited(chunk.html, end) or self.default or tuple(dict.fromkeys(near)):
                yield Quoted(words, place, sources)
                continue
            what = "this block quotation has" if chunk.whole else "words in double quotation marks have"
            remedy = "Cite it close by, [@key]" + ("." if chunk.whole else "; words that are nobody’s stand in ‘single’ marks.")
            self.problems.append(Problem(place, f"{what} no source.", remedy))

    def marked(self, html: str) -> list[tuple[int, str]]:
        """The words between double quotation marks, and where they end; a mark without its partner is a problem."""
        found, lone = marks.marked(html)
        if lone:
            remedy = "Marks open and close within one paragraph; marks within marks are single; inches are written ″."
            self.problems.append(Problem(self.place_of(lone, ""), "this quotation mark has no partner.", remedy))
        return found

    def place_of(self, words: str, before: str) -> Place:
        """Where some words stand; if they have been told of, after where that was."""
        key = plain(words)
        found = located(self.text, words, self.told.get(key, Place(self.text.path, 1)), before)
        self.told[key] = replace(found, line=found.line + 1)
        return found

    def table(self, table: Comparison | Gathering) -> Iterator[Quoted]:
        """The quoted words in a comparison: a row's cells share what they cite."""
        heads = [
            *(
                escape(words, quote=False)
                for words in (table.caption, table.one_sided, table.stance.objection, *dict(table.stance.objections).values())
            ),
            table.corner,
        ]
        if isinstance(table, Gathering):
            heads += [escape(heading, quote=False) for heading, _ in table.columns]
            return (quoted for head in heads for quoted in self.chunk(Chunk(head)))
        return self.rows(table, [*heads, *(column.heading for column in table.columns)])

    def rows(self, table: Comparison, heads: Sequence[str]) -> Iterator[Quoted]:
        every: list[str] = []
        for row in table.rows:
            verdicts = (escape(cell.verdict.word, quote=False) for cell in row.cells if cell.verdict)
            proses = (row.heading, *(cell.prose for cell in row.cells), *verdicts)
            parts = [part for prose in proses for part in chunks(prose)]
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
    quoting = Quoting(text, (document.slug,) if is_source else (own,) if own else ())
    # A block without words has been told of.
    worded = [one for one in document.quotations if one is document.item or plain(one.origin.body).strip()]
    found = [quoted for quotation in worded for quoted in quoting.card(quotation)]
    if issubclass(matter, ResponseMatter):  # a reader's own words, as they came: whom they quote is not ours to prove
        return found, quoting.problems
    prose = prose_fields(matter)
    everything = [key for part in [body, *(str(values[name].content) for name in prose if name in values)] for key in cited(part)]
    for chunk in chunks(body):
        if not (is_source and chunk.whole):  # a source's block quotations are its excerpts
            found += quoting.chunk(chunk)
    for table in document.comparisons:
        found += quoting.table(table)
    for picture in document.pictures:
        found += quoting.chunk(Chunk(escape(picture.caption, quote=False)), everything)
    for name, value in values.items():
        if name in prose:
            found += quoting.chunk(Chunk(str(value.content)))
        elif name in (OUR_WORDS if is_source else matter.model_fields) and not issubclass(matter, QuotationMatter):
            found += quoting.chunk(Chunk(escape(str(value.content), quote=False)), everything)
    return found, quoting.problems


def strange(html: str, allowed: Collection[str]) -> bool:
    """Whether there is anything in quoted words that may not be there."""
    return any(tag[1] not in allowed for tag in re.finditer(r"<([a-z][\w-]*)", html))


def nearest_cited(html: str, end: int) -> tuple[str, ...]:
    """The sources of the first citation after an offset, or, if there is none, of the last one before it."""
    cites = list(CITE.finditer(html))
    after = [cite for cite in cites if cite.start() >= end]
    found = after[:1] or cites[-1:]
    return tuple(found[0][1].split(";")) if found else ()
