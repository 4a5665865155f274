"""All documents together → the whole argument, and what is wrong with how they fit. Knows no Pelican."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar

from argument import pictures
from argument.argument import Argument
from argument.cache import Cache
from argument.comparisons import gather
from argument.evidence import Check
from argument.model import POINTS, Benefit, Document, Guidance, Item, Page, Risk, Source
from argument.problems import Place, Problem, one_of
from argument.resolving import addresses_twice, misdirected, unresolved
from argument.share_pages import same_address
from argument.tables import Comparison, Gathering
from argument.verbatim import Verbatim, names

Thing = TypeVar("Thing")

HOME = "pages/index.md"


def assemble(
    documents: Sequence[Document],
    static: Collection[str],
    cache: Cache | None = None,
    *,
    allow_unchecked: bool = True,
    shown: str = "content",
) -> tuple[Argument, list[Problem]]:
    """The argument that the documents make up, and what is wrong with the whole of it.

    `static` are the paths of the other files that are published, relative to the content folder; `cache` remembers which
    quotations held; `allow_unchecked` lets those stand whose source has no excerpt to check them against. Where a document
    could not be read (its own problems are told elsewhere), what it would define counts as there.
    """
    problems: list[Problem] = []
    names = {document.name: document for document in documents}
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
        pictures=unique(
            ((picture.id, picture) for document in documents for picture in document.pictures),
            lambda picture: picture.place,
            "picture",
            problems,
        ),
        pages={item.slug: item for item in items if isinstance(item, Page)},
        cited_in=resting(documents, "citation"),
        shown_in=resting(documents, "quotation"),
        checks=tuple(checked(documents, verbatim)),
    )
    problems += same_address(argument.share_pages)
    problems += glossaries_beside_the_first(argument.comparisons.values())
    problems += [*verbatim.problems, *([] if allow_unchecked else unchecked(argument.checks))]
    if HOME not in names:
        problems.append(Problem(Place(f"{shown}/{HOME}"), "there is no home page.", "Write that file."))
    for document in documents:
        problems += [*unresolved(document, argument, static), *misdirected(document, argument)]
        problems += addresses_twice(document, argument)
        if not document.pictures:
            continue
        tables = {table.id: argument.comparisons[table.id] for table in document.comparisons}
        # What a picture is drawn from may stand in a block that could not be read.
        drawn = [picture for picture in document.pictures if not document.lost or not picture.of or picture.of in tables]
        problems += pictures.faults(drawn, tables, sum(map(len, points.values())))
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


def glossaries_beside_the_first(tables: Iterable[Comparison]) -> Iterator[Problem]:
    """A problem for each comparison after the first that says what abbreviations stand for."""
    glossaries = [table for table in tables if table.abbreviations]
    for table in glossaries[1:]:
        first = glossaries[0]
        rule = f'the comparison "{first.id}" is the glossary already; it is in {first.place.path}:{first.place.line}.'
        yield Problem(table.place, rule, "One comparison of the site has the option abbreviations. Join the two.")


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


def targets(document: Document, kind: str) -> tuple[str, ...]:
    """What a document points at by references of one kind."""
    return tuple({reference.target: None for reference in document.references if reference.kind == kind})


def resting(documents: Sequence[Document], kind: str) -> dict[str, tuple[Item, ...]]:
    """The items that point at each target by references of one kind, each once."""
    found: dict[str, dict[str, Item]] = defaultdict(dict)
    for document in documents:
        if document.item:
            for target in document.once(kind, partial(targets, document, kind)):
                found[target][document.path] = document.item
    return {target: tuple(items.values()) for target, items in found.items()}
