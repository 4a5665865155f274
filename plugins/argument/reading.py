"""One content file's text → one `Document`, from that file alone. Knows Markdown, but no Pelican.

Because nothing else is looked at, what is read depends on the file's content only; what it points at is checked later,
when the whole argument is known.
"""

import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Any

from markdown import Markdown
from markdown.extensions.toc import slugify
from markupsafe import Markup

from argument import allowed, browsers, characters, comparisons, frontmatter, markup, quoting
from argument.blocks import AuthorBlocks
from argument.brackets import unclosed
from argument.excerpts import excerpts, excerpts_apart
from argument.headings import heading_problems
from argument.matter import MATTERS, ComparisonMatter, Matter, PictureMatter, PointMatter, QuotationMatter, ResponseMatter
from argument.misplaced import misplaced
from argument.misreadings import FileState
from argument.model import ITEMS, Alias, Document, Item, Origin, Page, Point, Quotation, Reference, Response, Source
from argument.near_misses import stray_keys
from argument.problems import Place, Problem, SourceText
from argument.publication import Publication
from argument.references import scan_prose, written_in
from argument.relations import KINDS
from argument.scanner import PARTED, Scan, ScannedBlock, scan
from argument.tables import Comparison, Gathering, Picture
from argument.values import SLUG, former_addresses

# A picture that its table follows at once.
BEFORE_A_TABLE = re.compile(r'<x-picture id="([^"]+)">(?=</x-picture>\s*<x-comparison id="([^"]+)")')
# Pipe tables and the like; lists that stay apart; an id for every heading.
NEEDED = ("markdown.extensions.extra", "markdown.extensions.sane_lists", "markdown.extensions.toc")


@dataclass(frozen=True)
class Read:
    """A document and the problems of its own file; `faces` tell what it defines from what it would define otherwise."""

    document: Document
    problems: tuple[Problem, ...]
    faces: tuple[str, ...] = ()


class Converter:
    """Python-Markdown with the project's extension, used for one file after another.

    `options` are the keyword arguments of `markdown.Markdown`, as in Pelican's setting MARKDOWN.
    """

    def __init__(self, options: Mapping[str, Any]) -> None:
        self.options = options
        self.begin()

    def begin(self) -> None:
        """Make a new one of what does the work."""
        self.blocks = AuthorBlocks()
        extensions = [*NEEDED, *self.options.get("extensions", []), self.blocks]
        self.markdown = Markdown(**{**self.options, "extensions": extensions})

    def convert(self, lines: list[str], state: FileState) -> str:
        """HTML of the lines, with `x-…` elements for what is to be put in their place; problems go into the state."""
        self.markdown.reset()
        self.blocks.state = state
        try:
            return str(self.markdown.convert("\n".join(lines)))
        except RecursionError:
            self.begin()  # what has stopped amidst its work is of no more use
            raise


def read(path: str, name: str, content: str, converter: Converter) -> Read:
    """Read one file. `path` is shown in problems; `name` is relative to the content folder: `risks/malware.md`."""
    try:
        return read_through(path, name, content, converter)
    except RecursionError:
        return too_deep(path, name, content)


def too_deep(path: str, name: str, content: str) -> Read:
    """What is known of a file in which so much stands within other things that reading it comes to no end."""
    folder, slug = PurePosixPath(name).parts[0], PurePosixPath(name).stem
    text = SourceText(path, content.removeprefix("\ufeff").replace("\r\n", "\n"))
    _, skip, problems = frontmatter.split(text, MATTERS[folder].model_fields)
    line = next((number for number, line in enumerate(text.lines, 1) if number > skip and line.strip()), 1)
    remedy = "Take some of the lists or quotations within others apart."
    problems.append(Problem(text.place(line), "this is nested too deep to be read.", remedy))
    return Read(Document(path, folder, slug, None, (), (), (), {}), tuple(problems))


def read_through(path: str, name: str, content: str, converter: Converter) -> Read:
    """Read one file in which not too much stands within other things."""
    written = unicodedata.normalize("NFC", content.removeprefix("\ufeff").replace("\r\n", "\n"))
    text, unreadable = characters.readable(SourceText(path, written.expandtabs(4)))
    folder, slug = PurePosixPath(name).parts[0], PurePosixPath(name).stem
    fields = MATTERS[folder].model_fields
    values, skip, problems = frontmatter.split(text, fields)
    problems += unreadable
    found = scan(text, skip)
    references = found.references
    for key in frontmatter.prose_fields(MATTERS[folder]):
        if key in values:
            shown = written_in(text, values[key])
            references += scan_prose(text, shown, problems)
            values[key] = replace(values[key], content=prose(values[key], text, shown, converter, problems))
    if not SLUG.fullmatch(slug):
        rule = f'a file name must be lower-case letters, figures and single hyphens (got "{slug}").'
        meant = str(slugify(slug, "-")).replace("_", "-")
        slug = meant if SLUG.fullmatch(meant) else slug  # what points at it by that name is right
        called = f"Call it {meant}.md: that" if slug == meant else "It"
        problems.append(Problem(Place(path), rule, f"{called} is the lasting address of what the file holds."))
    strayed = dict(stray_keys(text, skip, fields, values))
    problems += strayed.values()
    whole = Place(path, 1)
    noun = frontmatter.a_or_an(MATTERS[folder].noun)
    matter, wrong = frontmatter.check(MATTERS[folder], values, whole, noun, told=strayed)
    state = FileState(text, found)
    html = converter.convert(found.prepared, state).replace(PARTED, "")
    problems += [*wrong, *found.problems, *heading_problems(text, skip, found, folder)]
    html, refused = let_through(html, text, found.body, Place(path), problems + state.problems)
    problems += refused if found.frames_hold else []
    quotations, tables, body = taken_apart(html, text, found, references, state.problems, known=bool(problems))
    problems += state.problems if found.frames_hold else []

    item = whole_item(folder, matter, Origin(slug, whole, body)) if matter and found.frames_hold else None
    if isinstance(item, Quotation):
        quotations = [item, *quotations]
        references.append(Reference("citation", item.source, values["source"].place))
    problems += misplaced(item, text, found) if item else []
    if isinstance(item, Quotation | Point | Response):
        references += related(item, lambda kind, target: values[kind].place.narrowed(target))
    if isinstance(item, Page) and item.quotes:
        references.append(Reference("citation", item.quotes, values["quotes"].place))
    places = {field: value.place for field, value in values.items()}
    pictures = tuple(
        picture(block, block.matter, text) for block in found.blocks.values() if isinstance(block.matter, PictureMatter)
    )
    document = Document(path, folder, slug, item, tuple(quotations), tuple(tables), tuple(references), places, pictures=pictures)
    quoted, unsourced = quoting.quoted_in(document, body, MATTERS[folder], values, text)
    problems += unsourced
    former = aliases(document.address, values, found)
    publication = Publication.of(values)
    document = replace(document, quoted=tuple(quoted), aliases=tuple(former), publication=publication, lost=tuple(found.lost))
    return Read(document, tuple(problems))


def prose(value: frontmatter.Value, text: SourceText, shown: str, converter: Converter, problems: list[Problem]) -> str:
    """The HTML of one value of the front matter; `shown` is the text with all else blanked out."""
    if endless := [*unclosed(text, shown)]:
        problems += endless
        return str(Markup.escape(value.content))
    alone = FileState(text, Scan())
    html = converter.convert([str(value.content)], alone)
    problems += alone.problems
    html, refused = let_through(html, text, shown, value.place, problems)
    problems += refused
    if html.strip() and not markup.PARAGRAPH.fullmatch(html.strip()):
        rule = f'"{value.key}" must be plain running text.'
        problems.append(Problem(value.place, rule, "A backslash before its first sign keeps that from meaning more."))
    return markup.inline(html)


def let_through(html: str, text: SourceText, body: str, otherwise: Place, known: list[Problem]) -> tuple[str, list[Problem]]:
    """The HTML as it may stand in a page; what may not is a problem, unless its line has been told of.

    What nothing in the text shows, mostly the other end of something else, is told if that is all there is to tell.
    """
    kept, refused = allowed.let_through(html)
    refused = refused or browsers.misread(kept)
    told = {problem.place.line for problem in known}
    places = [(one, one.place(text, body)) for one in refused]
    made = [Problem(place, one.rule, one.remedy) for one, place in places if place and place.line not in told]
    if refused and not made and not known:
        made = [Problem(otherwise, refused[0].rule, refused[0].remedy)]
    return kept, made


def aliases(address: str, values: Mapping[str, frontmatter.Value], found: Scan) -> Iterator[Alias]:
    """What the file at that address, and the things that it defines, were called before."""
    named = [(address, values)]
    for block in found.blocks.values():
        if isinstance(block.matter, ComparisonMatter | PictureMatter):
            named.append((f"{address}#{block.matter.id}", block.values))
        elif block.kind == Quotation.noun:
            named.append((f"{Quotation.folder}/{block.argument}.html", block.values))
    for new, given in named:
        if "aliases" in given:
            with suppress(ValueError):  # told where the value is checked
                former = former_addresses(given["aliases"].content)
                yield from (Alias(old, new, given["aliases"].place.narrowed(old)) for old in former)


def whole_item(folder: str, matter: Matter, origin: Origin) -> Item:
    """The item itself: its front matter, its name and its body."""
    if folder == Source.folder:
        apart = replace(origin, body=excerpts_apart(origin.body))
        return Source(**dict(matter), origin=apart, excerpts=tuple(excerpts(apart.body)))
    return ITEMS[folder](**dict(matter), origin=origin)


def taken_apart(
    body: str, text: SourceText, found: Scan, references: list[Reference], problems: list[Problem], *, known: bool
) -> tuple[list[Quotation], list[Comparison | Gathering], str]:
    """The quotations and comparisons that a body defines, wherever they are nested, and the body that points at them.

    A block that the scanner would not have is left out if a problem with the file is `known`.
    """
    quotations: list[Quotation] = []
    tables: list[Comparison | Gathering] = []

    def take(element: markup.Element) -> str:
        inner = markup.replaced(element.inner, take)
        element = replace(element, inner=inner)
        scanned = found.blocks.get(int(element.attributes["line"])) if "line" in element.attributes else None
        if element.name in ("quotation", "comparison", "picture") and scanned is None:
            if not known:
                raise LookupError(f"{text.path}: {element} was never scanned")
            return ""
        if element.name == "quotation" and scanned is not None:
            if isinstance(scanned.matter, QuotationMatter):
                quotations.append(quotation(scanned, scanned.matter, inner, text, references))
            return f'<x-quotation slug="{Markup.escape(scanned.argument)}"></x-quotation>'
        if element.name == "comparison" and scanned is not None and isinstance(scanned.matter, ComparisonMatter):
            place = text.place(scanned.line)
            table = comparisons.from_block(element, scanned.argument, scanned.matter, place, problems)
            tables.extend([table] if table else [])
            references.extend(related(scanned.matter, lambda _, target: option_place(text, place.line, target)))
            references.extend(Reference("relation", one, option_place(text, place.line, one)) for one in scanned.matter.only)
            return f'<x-comparison id="{scanned.matter.id}"></x-comparison>'
        if element.name == "picture" and scanned is not None and isinstance(scanned.matter, PictureMatter):
            return f'<x-picture id="{scanned.matter.id}"></x-picture>'
        return element.written()

    whole = BEFORE_A_TABLE.sub(r'<x-picture id="\1" before="\2">', markup.replaced(body, take))
    return quotations, tables, whole


def quotation(
    scanned: ScannedBlock, matter: QuotationMatter, body: str, text: SourceText, references: list[Reference]
) -> Quotation:
    """A quotation that was defined in place."""
    place = text.place(scanned.line)
    references.append(Reference("citation", matter.source, option_place(text, scanned.line, matter.source)))
    references += related(matter, lambda _, target: option_place(text, scanned.line, target))
    references.append(Reference("quotation", scanned.argument, place.narrowed(scanned.argument)))
    return Quotation(**dict(matter), origin=Origin(scanned.argument, place, body))


def picture(scanned: ScannedBlock, matter: PictureMatter, text: SourceText) -> Picture:
    """A picture that a block asks for."""
    return Picture(matter.id, scanned.argument, matter.kind, matter.of, matter.column, text.place(scanned.line))


def related(
    matter: QuotationMatter | PointMatter | ResponseMatter | ComparisonMatter, place: Callable[[str, str], Place]
) -> Iterator[Reference]:
    """What something says that it supports, answers or contradicts; `place` says where it does so."""
    return (Reference("relation", target, place(kind, target)) for kind in KINDS for target in getattr(matter, kind))


def option_place(text: SourceText, line: int, words: str) -> Place:
    """Where some words of a block's options stand; the block begins in `line`."""
    numbers = range(line + 1, len(text.lines) + 1)
    return next((text.place(n) for n in numbers if words in text.lines[n - 1]), text.place(line)).narrowed(words)
