"""The whole argument: everything by its key, who rests on whom, and the checks that need the whole. Knows no Pelican."""

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from argument.cache import Cache
from argument.cards import Card
from argument.comparisons import gather
from argument.evidence import Check, Passage, Tally
from argument.model import (
    POINTS,
    Benefit,
    Comparison,
    Document,
    Gathering,
    Guidance,
    Item,
    Page,
    Quotation,
    Reference,
    Risk,
    Source,
)
from argument.passages import marked, passage_id
from argument.problems import Place, Problem, did_you_mean, one_of
from argument.relations import Bearing, Relation, bearings, relations
from argument.verbatim import Verbatim, names

Thing = TypeVar("Thing")

ID = re.compile(r'(?<!<x-comparison)\sid="([^"]+)"')
# What the theme calls parts of every page.
RESERVED = ("main", "references", "moved")
# What citations and the references they lead to are called (render.py).
OF_CITATIONS = re.compile(r"ref-(?P<reference>.+)|cite-(?P<cited>.+)-\d+")
HOME = "pages/index.md"


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
    pages: Mapping[str, Page]
    cited_in: Mapping[str, tuple[Item, ...]]
    shown_in: Mapping[str, tuple[Item, ...]]
    checks: tuple[Check, ...]

    @cached_property
    def check_of(self) -> Mapping[str, Check]:
        """The check of each quotation by its slug."""
        return {check.quoted.slug: check for check in self.checks if check.quoted.slug}

    @cached_property
    def passages(self) -> Mapping[str, list[tuple[str, Passage]]]:
        """The passages of each source that were found quoted: the id that each has on the source's page, if any."""
        found: dict[str, list[tuple[str, Passage]]] = defaultdict(list)
        for check in self.checks:
            if check.passage:
                name = passage_id(check.quoted.slug) if check.quoted.slug else ""
                found[check.passage.source].append((name, check.passage))
        return found

    def item(self, path: str) -> Item | None:
        """The item of a path such as `risks/cost`, also if it is a quotation that was defined in place."""
        folder, _, slug = path.partition("/")
        document = self.documents.get(f"{path}.md")
        return self.quotations.get(slug) if folder == Quotation.folder else document.item if document else None

    @cached_property
    def relations(self) -> list[Relation]:
        """Who supports, answers and contradicts whom."""
        points = [point for row in self.points.values() for point in row]
        return relations([*points, *self.quotations.values()], self.item)

    @cached_property
    def bearings(self) -> Mapping[str, tuple[Bearing, ...]]:
        """What each item, by its address, bears on, and what bears on it."""
        return bearings(self.relations)

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
            return marked(item.origin.body, [(name, passage.pieces) for name, passage in self.passages.get(item.key, ())])
        return item.origin.body

    @property
    def navigation(self) -> tuple[Page, ...]:
        """The pages of the main navigation, in order."""
        return tuple(sorted((page for page in self.pages.values() if page.nav), key=lambda page: (page.order, page.nav)))

    @property
    def footer(self) -> tuple[Page, ...]:
        """The pages that are not in the main navigation, but for the home page."""
        rest = (page for page in self.pages.values() if not page.nav and page.address != "index.html")
        return tuple(sorted(rest, key=lambda page: (page.order, page.title)))

    def quoted_from(self, source: Source) -> tuple[Quotation, ...]:
        """The quotations whose words stand in a source."""
        return tuple(quotation for quotation in self.quotations.values() if quotation.source == source.key)

    def citing(self, source: Source) -> tuple[Item, ...]:
        """The points and pages that cite a source or show a quotation from it."""
        items = [*self.cited_in.get(source.key, ())]
        items += [user for quotation in self.quoted_from(source) for user in self.shown_in.get(quotation.slug, ())]
        return tuple({item.address: item for item in items if not isinstance(item, Quotation)}.values())

    def overview(self, item: Item) -> Page | None:
        """The page that lists an item's kind: `pages/risks.md` for a risk."""
        return self.pages.get(item.folder)

    def neighbours(self, point: Guidance | Risk | Benefit) -> tuple[Item | None, Item | None]:
        """The points of the same kind before and after this one."""
        row = self.points[point.folder]
        at = row.index(point)
        return (row[at - 1] if at else None), (row[at + 1] if at + 1 < len(row) else None)


def assemble(
    documents: Sequence[Document], static: Collection[str], cache: Cache | None = None, *, allow_unchecked: bool = True
) -> tuple[Argument, list[Problem]]:
    """The argument that the documents make up, and what is wrong with the whole of it.

    `static` are the paths of the other files that are published, relative to the content folder; `cache` remembers which
    quotations held; `allow_unchecked` lets those stand whose source has no excerpt to check them against. Where a document could
    not be read (its own problems are told elsewhere), what it would define counts as there.
    """
    problems: list[Problem] = []
    names = {f"{document.folder}/{document.slug}.md": document for document in documents}
    items = [document.item for document in documents if document.item]
    points = {
        folder: tuple(sorted((item for item in items if isinstance(item, kind)), key=lambda point: (point.order, point.slug)))
        for folder, kind in POINTS.items()
    }
    sources = {item.key: item for item in items if isinstance(item, Source)}
    verbatim = Verbatim({key: source.excerpts for key, source in sources.items()}, cache)
    argument = Argument(
        documents=names,
        sources=sources,
        quotations=unique(
            ((quotation.slug, quotation) for document in documents for quotation in document.quotations),
            lambda quotation: quotation.origin.place.narrowed(quotation.slug),
            "quotation",
            problems,
        ),
        points=points,
        comparisons=unique(
            ((table.id, whole(table, points)) for document in documents for table in document.comparisons),
            lambda table: table.place,
            "comparison",
            problems,
        ),
        pages={item.slug: item for item in items if isinstance(item, Page)},
        cited_in=resting(documents, "citation"),
        shown_in=resting(documents, "quotation"),
        checks=tuple(checked(documents, verbatim)),
    )
    problems += [*verbatim.problems, *([] if allow_unchecked else unchecked(argument.checks))]
    if HOME not in names:
        problems.append(Problem(Place(f"content/{HOME}"), "there is no home page.", "Write content/pages/index.md."))
    for document in documents:
        problems += unresolved(document, argument, static)
        problems += addresses_twice(document, argument)
    return argument, problems


def checked(documents: Sequence[Document], verbatim: Verbatim) -> Iterator[Check]:
    """The check of every quotation, wherever it stands; one that names a source that is not there has its own problem."""
    keys = {document.slug for document in documents if document.folder == Source.folder}
    read = {document.slug for document in documents if isinstance(document.item, Source)}
    for document in documents:
        for quoted in document.quoted:
            if all(key in read or key not in keys for key in quoted.sources) and any(key in read for key in quoted.sources):
                yield verbatim.check(quoted)


def unchecked(checks: Iterable[Check]) -> Iterator[Problem]:
    """A problem for each quotation that could not be checked."""
    for check in checks:
        if not check.holds and not check.differs:
            keys = one_of(names(check.quoted.sources))
            remedy = f"Add the passage to content/{Source.folder}/{check.quoted.sources[0]}.md as a > paragraph."
            yield Problem(check.quoted.place, f"there is no excerpt of {keys} to check these words against.", remedy)


def whole(table: Comparison | Gathering, points: Mapping[str, Sequence[Guidance | Risk | Benefit]]) -> Comparison:
    """The comparison with its rows, gathered if need be."""
    return gather(table, points[table.rows]) if isinstance(table, Gathering) else table


def unique(
    pairs: Iterable[tuple[str, Thing]], place: Callable[[Thing], Place], noun: str, problems: list[Problem]
) -> dict[str, Thing]:
    """The pairs as a mapping; a key that comes twice is a problem at its second place."""
    found: dict[str, Thing] = {}
    for key, thing in pairs:
        if key in found:
            first = place(found[key])
            rule = f'there are two {noun}s "{key}"; the other is in {first.path}:{first.line}.'
            problems.append(Problem(place(thing), rule, "Every address must be the only one of its kind. Rename one."))
        else:
            found[key] = thing
    return found


def resting(documents: Sequence[Document], kind: str) -> dict[str, tuple[Item, ...]]:
    """The items that point at each target by references of one kind, each once."""
    found: dict[str, dict[str, Item]] = defaultdict(dict)
    for document in documents:
        for reference in document.references:
            if reference.kind == kind and document.item:
                found[reference.target][document.path] = document.item
    return {target: tuple(items.values()) for target, items in found.items()}


def unresolved(document: Document, argument: Argument, static: Collection[str]) -> Iterator[Problem]:
    """A problem for each reference of the document that leads nowhere."""
    sources = [name for name in argument.documents if name.startswith(f"{Source.folder}/")]
    keys = {argument.documents[name].slug for name in sources}
    slugs = {*argument.quotations, *(doc.slug for doc in argument.documents.values() if doc.folder == Quotation.folder)}
    for reference in document.references:
        target, place = reference.target, reference.place
        match reference.kind:
            case "citation" if target not in keys:
                remedy = did_you_mean(target, keys)
                yield Problem(place, f'citation "{target}" names no source.', f"{remedy} Sources live in content/sources/.".strip())
            case "quotation" if target not in slugs:
                remedy = did_you_mean(target, slugs)
                yield Problem(
                    place, f'there is no quotation "{target}".', f"{remedy} Quotations live in content/quotations/.".strip()
                )
            case "relation" if argument.item(target) is None and f"{target}.md" not in argument.documents:
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


def addresses_twice(document: Document, argument: Argument) -> Iterator[Problem]:
    """A problem for each id that two things of a page would have."""
    for name in [name for name, count in ids_on(document, argument).items() if count > 1]:
        remedy = "Give a heading another one, {#like-this}, or the comparison another id."
        yield Problem(Place(document.path), f'"#{name}" would be the address of two things on this page.', remedy)


def ids_on(document: Document, argument: Argument) -> Counter[str]:
    """The ids of a document's page, and how many things on it would have each."""
    ids = Counter(ID.findall(document.item.origin.body) if document.item else ())
    ids.update(RESERVED)
    ids.update(f"quotation-{quotation.slug}" for quotation in document.quotations)
    for table in document.comparisons:
        comparison = argument.comparisons.get(table.id)
        rows = [comparison.row_id(row) for row in comparison.rows] if comparison else []
        ids.update([table.id, f"{table.id}--caption", *set(rows)])
    for name in list(ids):
        found = OF_CITATIONS.fullmatch(name)
        ids[name] += bool(found and (found["reference"] or found["cited"]) in argument.sources)
    return ids


def no_such_fragment(reference: Reference, target: Document, argument: Argument) -> Iterator[Problem]:
    """A problem if the link's fragment is the address of nothing on the page it leads to."""
    if target.item is None:
        return
    known = set(ID.findall(target.item.origin.body))
    for table in target.comparisons:
        comparison = argument.comparisons.get(table.id)
        known |= {table.id, *(comparison.row_id(row) for row in comparison.rows)} if comparison else {table.id}
    if reference.fragment not in known:
        rule = f'"#{reference.fragment}" is the address of nothing in {target.path}.'
        yield Problem(reference.place, rule, did_you_mean(reference.fragment, known, "Link to the page without it."))
