"""Where references lead: to a source, a quotation, a file or a heading that is there, and to one thing each. Knows no Pelican."""

import re
from collections import Counter
from collections.abc import Collection, Iterable, Iterator, Sequence
from functools import lru_cache, partial
from operator import is_

from argument.argument import Argument
from argument.model import Document, Page, Quotation, Reference, Response, Source
from argument.problems import Place, Problem, did_you_mean
from argument.tables import Comparison

ID = re.compile(r'(?<!<x-comparison)(?<!<x-picture)\sid="([^"]+)"')
# What the theme calls parts of every page.
RESERVED = ("main", "references", "moved", "what-readers-wrote")
# And of the pages of one kind of item.
RESERVED_IN = {Source.folder: ("excerpts", "quotations", "cited", "readers"), Quotation.folder: ("where",)}
LISTS_SOURCES = "sources"  # the template of a page that does
# What citations and the references they lead to are called (render.py).
CITING = ("ref-", "cite-")
OF_CITATIONS = re.compile(r"ref-(?P<reference>.+)|cite-\d+")


def unresolved(document: Document, argument: Argument, static: Collection[str]) -> Iterator[Problem]:
    """A problem for each reference of the document that leads nowhere."""
    keys, slugs = argument.source_keys, argument.quotation_slugs
    for reference in document.references:
        target, place = reference.target, reference.place
        match reference.kind:
            case "citation" if target not in keys:
                remedy = did_you_mean(target, keys)
                yield Problem(place, f'citation "{target}" names no source.', f"{remedy} Sources live in content/sources/.".strip())
            case "bare" if target in keys:
                rule = f'"@{target}" stands in no brackets and would be printed as it stands.'
                yield Problem(place, rule, f"Write [@{target}], or put it between ` signs.")
            case "quotation" if target not in slugs:
                remedy = did_you_mean(target, slugs)
                yield Problem(
                    place, f'there is no quotation "{target}".', f"{remedy} Quotations live in content/quotations/.".strip()
                )
            case "relation" if not argument.holds(target):
                known = [name.removesuffix(".md") for name in argument.documents if not name.startswith(f"{Source.folder}/")]
                known += [f"{Quotation.folder}/{slug}" for slug in argument.quotations]
                remedy = did_you_mean(target, known, "Write its path without .md, such as risks/name or quotations/slug.")
                yield Problem(place, f'there is no point, quotation or page "{target}".', remedy)
            case "static" if target not in static:
                remedy = did_you_mean(target, static, "It must stand in one of the folders of STATIC_PATHS.")
                yield Problem(place, f'there is no file "{target}".', remedy)
            case "filename" if target in static:
                yield Problem(place, f'"{target}" is no content file.', f"Write {{static}}/{target}.")
            case "filename" if target not in argument.documents:
                remedy = did_you_mean(target, argument.documents, "Write its path from content/, with a slash before it.")
                yield Problem(place, f'there is no content file "{target}".', remedy)
            case "filename" | "fragment" if reference.fragment:
                yield from no_such_fragment(reference, argument.documents.get(target, document), argument)


def misdirected(document: Document, argument: Argument) -> Iterator[Problem]:
    """A problem if single keys of the document lead nowhere."""
    if isinstance(document.item, Response):
        yield from answers_nothing(document, document.item.to, argument)
    elif isinstance(document.item, Page):
        if document.item.part_of:
            yield from part_of_nothing(document, document.item.part_of, argument)
        if document.item.letter and document.item.template != LISTS_SOURCES:
            rule = f'"Letter" is for a page with “Template: {LISTS_SOURCES}”.'
            yield Problem(document.places["letter"], rule, "Take it out, or say which template shows the page.")


def answers_nothing(document: Document, path: str, argument: Argument) -> Iterator[Problem]:
    """A problem if the document is a response to nothing that is there, or to itself."""
    place = document.places["to"]
    if argument.item(path) == document.item:
        yield Problem(place, "a response cannot answer itself.", "Name what its writer had read.")
    elif not argument.holds(path):
        known = [name.removesuffix(".md") for name in argument.documents]
        known += [f"{Quotation.folder}/{slug}" for slug in argument.quotations]
        remedy = did_you_mean(path, known, "Write the path of what it answers without .md, such as pages/name.")
        yield Problem(place, f'there is nothing "{path}" to respond to.', remedy)


def part_of_nothing(document: Document, slug: str, argument: Argument) -> Iterator[Problem]:
    """A problem if the document is a page that goes on from none that is there, or from a part of another one."""
    place = document.places["part_of"]
    whole = argument.pages.get(slug)
    if whole and (whole.part_of or whole == document.item):
        rule = f'"{slug}" is no page that another could be a part of.'
        yield Problem(place, rule, "Name a page that is itself part of none.")
    elif not whole and f"{Page.folder}/{slug}.md" not in argument.documents:
        yield Problem(
            place, f'there is no page "{slug}".', did_you_mean(slug, argument.pages, "Write the name of its file without .md.")
        )


def addresses_twice(document: Document, argument: Argument) -> Iterator[Problem]:
    """A problem for each id that two things of a page would have."""
    ids = ids_on(document, argument)
    for name in [name for name, count in ids.items() if count > 1] if ids.total() > len(ids) else ():
        remedy = "Give a heading another one, {#like-this}, or the comparison or picture another id."
        yield Problem(Place(document.path), f'"#{name}" would be the address of two things on this page.', remedy)


def ids_on(document: Document, argument: Argument) -> Counter[str]:
    """The ids of a document's page, and how many things on it would have each."""
    tables = [argument.comparisons.get(table.id) for table in document.comparisons]
    make = partial(own_ids, document, tables)
    own = all(map(is_, tables, document.comparisons))  # else rows are gathered from other documents
    ids, citing = document.once("ids", make) if own else make()
    passages = argument.passages.get(document.slug, ()) if document.folder == Source.folder else ()
    if not (passages or citing):
        return ids
    ids = ids + Counter({name for name, _, _ in passages if name})
    for name in citing:
        found = OF_CITATIONS.fullmatch(name)
        ids[name] += bool(found and (found["reference"] is None or found["reference"] in argument.sources))
    return ids


def own_ids(document: Document, tables: Iterable[Comparison | None]) -> tuple[Counter[str], Sequence[str]]:
    """Those that follow from the document and its tables, which may not be known; and which of them are called as citations are."""
    names = [*(ids_in(document.item.origin.body) if document.item else ()), *RESERVED, *RESERVED_IN.get(document.folder, ())]
    names += [f"quotation-{quotation.slug}" for quotation in document.quotations]
    for known, table in zip(document.comparisons, tables, strict=True):
        names += [known.id, f"{known.id}--caption", *({table.row_id(row) for row in table.rows} if table else ())]
    names += [f"{picture.id}{part}" for picture in document.pictures for part in ("", "--caption", "--text")]
    ids = Counter(names)
    return ids, [name for name in ids if name.startswith(CITING)]


@lru_cache(1 << 14)
def ids_in(html: str) -> tuple[str, ...]:
    """The ids that stand in the HTML of a text; remembered, since a preview asks for all of them after each save."""
    return tuple(ID.findall(html))


def no_such_fragment(reference: Reference, target: Document, argument: Argument) -> Iterator[Problem]:
    """A problem if the link's fragment is the address of nothing on the page it leads to."""
    if target.item is None or target.lost:
        return
    known = {*ids_in(target.item.origin.body), *(picture.id for picture in target.pictures)}
    for table in target.comparisons:
        comparison = argument.comparisons.get(table.id)
        known |= {table.id, *(comparison.row_id(row) for row in comparison.rows)} if comparison else {table.id}
    if reference.fragment not in known:
        rule = f'"#{reference.fragment}" is the address of nothing in {target.path}.'
        yield Problem(reference.place, rule, did_you_mean(reference.fragment, known, "Link to the page without it."))
