"""The whole argument: everything by its key, and what rests on what. Knows no Pelican."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property, partial

from argument.abbreviations import meanings
from argument.cards import Card
from argument.evidence import Check, Tally
from argument.model import Benefit, Document, Guidance, Item, Page, Quotation, Response, Risk, Source, Update
from argument.passages import marked, passage_id
from argument.plain_words import plain
from argument.relations import Bearing, Relation, bearings, relations
from argument.share_pages import SharePage, share_pages
from argument.tables import Comparison, Picture

FINDER = "a-z"  # the template of the page where things are found


@dataclass(frozen=True)
class Argument:
    """Everything that the content files define, by key, slug or id; points in their order.

    `cited_in` and `shown_in` name the items that rest on a source and that show a quotation.
    """

    documents: Mapping[str, Document]
    sources: Mapping[str, Source]
    quotations: Mapping[str, Quotation]
    points: Mapping[str, tuple[Guidance | Risk | Benefit, ...]]
    comparisons: Mapping[str, Comparison]
    pictures: Mapping[str, Picture]
    pages: Mapping[str, Page]
    cited_in: Mapping[str, tuple[Item, ...]]
    shown_in: Mapping[str, tuple[Item, ...]]
    checks: tuple[Check, ...]

    @cached_property
    def source_keys(self) -> frozenset[str]:
        """What citations may name, also where the source could not be read."""
        return frozenset(document.slug for document in self.documents.values() if document.folder == Source.folder)

    @cached_property
    def quotation_slugs(self) -> frozenset[str]:
        """The same for quotations."""
        whole = {document.slug for document in self.documents.values() if document.folder == Quotation.folder}
        lost = {name for document in self.documents.values() for name in document.lost}
        return frozenset(whole | self.quotations.keys() | lost)

    @cached_property
    def check_of(self) -> Mapping[str, Check]:
        """The check of each quotation by its slug."""
        return {check.quoted.slug: check for check in self.checks if check.quoted.slug}

    @cached_property
    def passages(self) -> Mapping[str, list[tuple[str, str, tuple[tuple[int, int], ...]]]]:
        """The passages of each source that were found quoted: its id on the source's page, its language, where it stands."""
        found = defaultdict(list)
        for check in self.checks:
            if check.passage:
                quotation = self.quotations.get(check.quoted.slug)
                name = passage_id(quotation.slug) if quotation else ""
                found[check.passage.source].append((name, (quotation and quotation.language) or "", check.passage.pieces))
        return found

    def item(self, path: str) -> Item | None:
        """The item of a path such as `risks/cost`, also if it is a quotation that was defined in place."""
        folder, _, slug = path.partition("/")
        document = self.documents.get(f"{path}.md")
        return self.quotations.get(slug) if folder == Quotation.folder else document.item if document else None

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """The address of the page of each file, by its path."""
        return {name: document.address for name, document in self.documents.items()}

    def holds(self, path: str) -> bool:
        """Whether a path such as `risks/cost` leads to something, be it that it could not be read."""
        folder, _, slug = path.partition("/")
        return f"{path}.md" in self.documents or (folder == Quotation.folder and slug in self.quotation_slugs)

    @cached_property
    def unread(self) -> bool:
        """Whether more may be defined and used than is known, until the problems of some file are mended."""
        return any(document.item is None or document.lost for document in self.documents.values())

    @cached_property
    def by_address(self) -> Mapping[str, Item]:
        """Every item by the address of its page."""
        items = (document.item for document in self.documents.values() if document.item)
        return {item.address: item for item in [*self.quotations.values(), *items]}

    @cached_property
    def rows_about(self) -> Mapping[str, list[SharePage]]:
        """The rows that were gathered from each point, by its address."""
        found: dict[str, list[SharePage]] = defaultdict(list)
        for page in self.share_pages:
            if page.row and page.row.about:
                found[page.row.about].append(page)
        return found

    @cached_property
    def relations(self) -> list[Relation]:
        """Who supports, answers and contradicts whom."""
        points = [point for row in self.points.values() for point in row]
        tables = [page for page in self.share_pages if not page.row and not isinstance(page.context, Response)]
        return relations([*points, *self.quotations.values(), *tables], self.item)

    @cached_property
    def share_pages(self) -> tuple[SharePage, ...]:
        """The share pages of every table and of each of its rows."""
        return tuple(share_pages(self.documents.values(), self.comparisons))

    @cached_property
    def shared(self) -> Mapping[str, str]:
        """The address of each share page by that of its table or row in context."""
        return {page.place: page.address for page in self.share_pages}

    @cached_property
    def names(self) -> Mapping[str, str]:
        """Every address that there is: of pages, tables, rows, pictures and share pages, and what each is called."""
        found = {quotation.address: quotation.title for quotation in self.quotations.values()}
        for document in self.documents.values():
            tables = [self.comparisons[table.id] for table in document.comparisons]
            make = partial(names_on, document, tables)
            found |= document.once("names", make) if tables == list(document.comparisons) else make()
        return found | {page.address: page.title for page in self.share_pages}

    @cached_property
    def relations_of_readers(self) -> list[Relation]:
        """What responses support, answer and contradict: told like the others, and no part of the argument."""
        return relations(self.responses, self.item)

    @cached_property
    def responses(self) -> tuple[Response, ...]:
        """What readers wrote back, newest first."""
        found = [item for document in self.documents.values() if isinstance(item := document.item, Response)]
        return tuple(sorted(found, key=lambda response: (response.date, response.slug), reverse=True))

    @cached_property
    def updates(self) -> tuple[Update, ...]:
        """What is new, newest first."""
        found = [item for document in self.documents.values() if isinstance(item := document.item, Update)]
        return tuple(sorted(found, key=lambda update: (update.date, update.slug), reverse=True))

    @cached_property
    def responses_to(self) -> Mapping[str, list[Response]]:
        """The responses to each item, by its address, in the order in which they were written."""
        found: dict[str, list[Response]] = defaultdict(list)
        for response in reversed(self.responses):
            if answered := self.item(response.to):
                found[answered.address].append(response)
        return found

    @cached_property
    def bearings(self) -> Mapping[str, tuple[Bearing, ...]]:
        """What each item, by its address, bears on, and what bears on it."""
        return bearings([*self.relations, *self.relations_of_readers])

    @cached_property
    def abbreviations(self) -> Mapping[str, str]:
        """What abbreviations stand for, by the site's glossary."""
        return {name: meaning for table in self.comparisons.values() for name, meaning in meanings(table).items()}

    @cached_property
    def tally(self) -> Tally:
        """How many quotations were checked and how many there are, wherever they stand."""
        return Tally.of(self.checks)

    @cached_property
    def tallies(self) -> tuple[Tally, Tally]:
        """The same for those that have a card, and for those in running text."""
        own, running = ([check for check in self.checks if bool(check.quoted.slug) is carded] for carded in (True, False))
        return Tally.of(own), Tally.of(running)

    def card(self, quotation: Quotation) -> Card:
        """A quotation as its card shows it."""
        borne_on = tuple(bearing for bearing in self.bearings.get(quotation.address, ()) if not bearing.passive)
        return Card(quotation, self.sources[quotation.source], self.check_of[quotation.slug], borne_on)

    def body(self, item: Item) -> str:
        """The HTML of an item's text; a source's with the passages marked that are quoted."""
        if isinstance(item, Source):
            return marked(item.origin.body, self.passages.get(item.key, ()))
        return item.origin.body

    @cached_property
    def navigation(self) -> tuple[Page, ...]:
        """The pages of the main navigation, in order."""
        return tuple(sorted((page for page in self.pages.values() if page.nav), key=lambda page: (page.order, page.nav)))

    @cached_property
    def footer(self) -> tuple[Page, ...]:
        """The pages in no main navigation, but for the home page, what goes on from another one, and what every head leads to."""
        apart = ("index.html", self.finder.address if self.finder else "")
        rest = (page for page in self.pages.values() if not page.nav and not page.part_of and page.address not in apart)
        return tuple(sorted(rest, key=lambda page: (page.order, page.title)))

    def parts_of(self, page: Page) -> tuple[Page, ...]:
        """The pages that go on from this one, in order."""
        return self.parts.get(page.slug, ())

    @cached_property
    def parts(self) -> Mapping[str, tuple[Page, ...]]:
        """The pages that go on from each page, by its slug, in order."""
        found: dict[str, list[Page]] = defaultdict(list)
        for page in sorted(self.pages.values(), key=lambda page: (page.order, page.title)):
            found[page.part_of or ""].append(page)
        return {slug: tuple(pages) for slug, pages in found.items() if slug}

    def letters_of(self, page: Page) -> tuple[str, str]:
        """The letter from which on a page lists sources, and that of the page which goes on; empty where nothing is left out."""
        letters = sorted(other.letter or "" for other in self.pages.values() if other.template == page.template)
        mine = page.letter or ""
        return "" if mine == letters[0] else mine, next((letter for letter in letters if letter > mine), "")

    def explains_words(self, table: SharePage) -> bool:
        """Whether a table is a glossary: that of abbreviations, or one on its page or on a part of that page."""
        context = table.context
        beside = isinstance(context, Page) and not self.glossaries.isdisjoint({context.slug, context.part_of or context.slug})
        return bool(table.comparison.abbreviations) or beside

    @cached_property
    def glossaries(self) -> frozenset[str]:
        """The pages that say what abbreviations stand for."""
        return frozenset(one.context.slug for one in self.share_pages if not one.row and one.comparison.abbreviations)

    @cached_property
    def finder(self) -> Page | None:
        """The page where things are found: with the A–Z, and the search."""
        return next((page for page in self.pages.values() if page.template == FINDER), None)

    def quoted_from(self, source: Source) -> tuple[Quotation, ...]:
        """The quotations whose words stand in a source."""
        return self.quotations_from.get(source.key, ())

    @cached_property
    def quotations_from(self) -> Mapping[str, tuple[Quotation, ...]]:
        """The quotations by the keys of their sources."""
        found: dict[str, list[Quotation]] = defaultdict(list)
        for quotation in self.quotations.values():
            found[quotation.source].append(quotation)
        return {key: tuple(quotations) for key, quotations in found.items()}

    def citing(self, source: Source) -> tuple[Item, ...]:
        """The points, pages and updates that cite a source or show a quotation from it."""
        items = [*self.cited_in.get(source.key, ())]
        items += [user for quotation in self.quoted_from(source) for user in self.shown_in.get(quotation.slug, ())]
        return tuple({item.address: item for item in items if not isinstance(item, Quotation | Response)}.values())

    def citing_readers(self, source: Source) -> tuple[Response, ...]:
        """The responses that cite a source."""
        return tuple(item for item in self.cited_in.get(source.key, ()) if isinstance(item, Response))

    def overview(self, item: Item) -> Page | None:
        """The page above an item: of a page the one that it goes on from, of a risk the one of its kind, `pages/risks.md`."""
        return self.pages.get((item.part_of or "") if isinstance(item, Page) else item.folder)


def names_on(document: Document, tables: Iterable[Comparison]) -> dict[str, str]:
    """Every address on the page of a document with these tables, its own first, and what each is called."""
    found = {document.address: document.item.title if document.item else document.slug}
    for comparison in tables:
        found[f"{document.address}#{comparison.id}"] = comparison.caption
        for row in comparison.rows:
            found[f"{document.address}#{comparison.row_id(row)}"] = f"{comparison.caption}: {plain(row.heading)}"
    return found | {f"{document.address}#{picture.id}": picture.caption for picture in document.pictures}
