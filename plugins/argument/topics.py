"""What the argument is about, topic by topic: what authors say of points and pages, and what bears on those. Knows no Pelican."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain

from markdown.extensions.toc import slugify

from argument.argument import Argument
from argument.model import POINTS, Item, Page, Point, Quotation, Response
from argument.problems import Place, Problem, did_you_mean
from argument.share_pages import SharePage

TEMPLATE = "topics"  # of the page that lists them
ORDER = (Point, Page, SharePage, Quotation, Response)  # in which what belongs to one is listed


@dataclass(frozen=True)
class Topic:
    """One topic and all that belongs to it: points first, then pages, tables, quotations and responses."""

    name: str
    items: tuple[Item | SharePage, ...]

    @property
    def id(self) -> str:
        return str(slugify(self.name, "-"))


def stated(argument: Argument) -> Iterator[Item]:
    """What says its topics itself: points in their order, then pages by what they are called."""
    for folder in POINTS:
        yield from argument.points[folder]
    yield from sorted(argument.pages.values(), key=lambda page: page.title)


def topics(argument: Argument) -> tuple[Topic, ...]:
    """Every topic, from A to Z."""
    things: dict[str, Item | SharePage] = {thing.address: thing for thing in stated(argument)}
    names: dict[str, set[str]] = {address: set(getattr(thing, "topics", ())) for address, thing in things.items()}
    relations = [*argument.relations, *argument.relations_of_readers]
    passing: list[tuple[Item | SharePage, Item]] = [
        (relation.subject, relation.object) for relation in relations if not isinstance(relation.subject, Point)
    ]
    passing += [(response, to) for response in argument.responses if (to := argument.item(response.to))]
    things |= {thing.address: thing for thing, _ in passing}
    before = -1
    # What bears on something belongs where that does, and so does what bears on it in turn: until nothing more comes.
    while before != (before := sum(map(len, names.values()))):
        for thing, onto in passing:
            names.setdefault(thing.address, set()).update(names.get(onto.address, ()))
    found: dict[str, list[Item | SharePage]] = defaultdict(list)
    for thing in sorted(things.values(), key=rank):
        for name in names.get(thing.address, ()):
            found[name].append(thing)
    return tuple(Topic(name, tuple(found[name])) for name in sorted(found, key=str.casefold))


def rank(thing: Item | SharePage) -> int:
    """Where things of its kind stand in the list of a topic."""
    return next(number for number, kind in enumerate(ORDER) if isinstance(thing, kind))


def misnamed(argument: Argument) -> Iterator[Problem]:
    """A problem for each topic that only one file has, or that is written in two ways; and where no page lists them."""
    named: dict[str, list[Place]] = defaultdict(list)
    for document in argument.documents.values():
        for name in getattr(document.item, "topics", ()):
            named[name].append(document.places["topics"].narrowed(name))
    by_id: dict[str, list[str]] = defaultdict(list)
    for name in sorted(named):
        by_id[Topic(name, ()).id].append(name)
    for first, *others in by_id.values():
        for name in others:
            yield Problem(named[name][0], f'the topic "{name}" is also written "{first}".', "Write it in one way.")
    for name in named if not argument.unread else ():
        if len(named[name]) == 1:
            others = [other for other in named if other != name]
            remedy = did_you_mean(name, others, "Give it to what else it is about, or take it out.")
            yield Problem(named[name][0], f'nothing else has the topic "{name}".', remedy)
    if named and not argument.unread and all(page.template != TEMPLATE for page in argument.pages.values()):
        remedy = f"Write “Template: {TEMPLATE}” into the front matter of a page, such as content/pages/{TEMPLATE}.md."
        first_place = next(chain.from_iterable(named.values()))
        yield Problem(first_place, "no page lists the topics.", remedy)
