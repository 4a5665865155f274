"""What a search can find: one record for each thing that has an address, and no text in more than one of them.

A point's row in a gathered table holds what the point says, and so is none; a page has a record for each of its sections,
without the tables, cards and pictures in it, which have their own. Knows no Pelican, and nothing of what searches.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from argument import csl, markup
from argument.argument import FINDER, Argument
from argument.model import Item, Page, Point, Quotation, Response, Source, Update
from argument.papers import HEADING
from argument.plain_words import plain, plain_text
from argument.share_pages import SharePage
from argument.topics import TEMPLATE as TOPICS
from argument.wayfinding import NAMED, title_of

OWN = ("quotation", "comparison", "picture", "cite")  # what stands in a text and has a record of its own, or is no text
LISTS = (FINDER, TOPICS)  # pages that only name what is found without them


@dataclass(frozen=True)
class Record:
    """One thing to be found: where it is, what it is called, what kind of thing that is, where it stands, what it says."""

    address: str
    title: str
    kind: str
    where: str
    words: str


def records(argument: Argument) -> Iterator[Record]:
    """Every record of the site."""
    for item in argument.by_address.values():
        match item:
            case Quotation():
                yield of_quotation(item, argument)
            case Source():
                yield of_source(item, argument)
            case Page() if item.template in LISTS:
                continue
            case _:
                yield from of_text(item, argument)
    yield from (of_table(page, argument) for page in argument.share_pages if not page.row or not page.row.about)
    places = {one.id: document.item for document in argument.documents.values() for one in document.pictures if document.item}
    for picture in argument.pictures.values():
        page = places[picture.id]
        yield Record(f"{page.address}#{picture.id}", picture.caption, "Picture", called(page, argument), "")


def of_quotation(quotation: Quotation, argument: Argument) -> Record:
    """Somebody's words, and who said them."""
    source = argument.sources[quotation.source]
    by = f"{quotation.by}, {quotation.role}" if quotation.role else quotation.by
    words = f"“{text(quotation.origin.body)}” {by}."
    return Record(quotation.address, title_of(quotation, argument), "Quotation", source.title, words)


def of_source(source: Source, argument: Argument) -> Record:
    """What we hold of a source, but for the words that are found as quotations."""
    words = text(source.origin.body)
    for quotation in argument.quoted_from(source):
        words = words.replace(text(quotation.origin.body), "…")
    by = csl.in_words(source.author) or source.publisher
    names = ". ".join(dict.fromkeys((by, source.publisher, str(source.date))))
    return Record(source.address, source.title, "Source", by, f"{names}. {words}")


def of_text(item: Item, argument: Argument) -> Iterator[Record]:
    """A page, point, response or update: what stands above its first section, then each section."""
    kind, above = kind_of(item)
    body = item.origin.body
    headings = [found for found in HEADING.finditer(body) if found["level"] == "2" and found["id"]]
    ends = [*(found.start() for found in headings), len(body)]
    yield Record(item.address, item.title, kind, "", f"{above} {text(body[: ends[0]])}")
    for heading, end in zip(headings, ends[1:], strict=True):
        words = text(body[heading.end() : end])
        if words:
            title = plain(heading["words"])
            yield Record(f"{item.address}#{heading['id']}", title, "Part of a page", called(item, argument), words)


def kind_of(item: Item) -> tuple[str, str]:
    """What an item is in a word or two, and what its head says besides its title."""
    match item:
        case Point():
            facets = " ".join(f"{facet.label}: {text(facet.prose)}" for facet in item.facets)
            return item.noun.capitalize(), f"{text(item.claim)} {facets}"
        case Response():
            return "A reader’s response", f"{item.by}. {item.role}"
        case Update():
            return "Update", str(item.date)
    return "Page", item.description


def called(item: Item, argument: Argument) -> str:
    """What the page is called on which something stands."""
    return NAMED if item is argument.pages.get("index") else item.title


def of_table(page: SharePage, argument: Argument) -> Record:
    """A row with its cells; a table by its caption and columns, since its rows are found one by one."""
    columns = [plain(column.heading) for column in page.comparison.columns]
    if not page.row:
        return Record(page.address, page.heading, "Table", page.context.title, ". ".join(columns))
    glossary = argument.explains_words(page)
    cells = []
    for column, cell in page.cells:
        words = f"{cell.verdict.word if cell.verdict else ''} {text(cell.prose)}".strip()
        cells.append(words if glossary else f"{plain(column.heading)}: {words}")
    kind = "Word explained" if glossary else "Row of a table"
    return Record(page.address, page.heading, kind, page.comparison.caption, " · ".join(cells))


def text(html: str) -> str:
    """The words of a text without what has a record of its own."""
    kept = markup.replaced(html, lambda element: "" if element.name in OWN else f" {text(element.inner)} ")
    return re.sub(r"\s+", " ", plain_text(kept)).strip()
