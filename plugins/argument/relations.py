"""Who supports, answers and contradicts whom: what authors say of it, seen from both ends. Knows no Pelican."""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from argument.model import Item, Point, Quotation, Response
from argument.share_pages import SharePage

# The field of the front matter: what it says of the one that has it, and of the one that it names.
KINDS = {
    "supports": ("Evidence for", "Evidence for it"),
    "answers": ("Answers", "Answered by"),
    "contradicts": ("Speaks against", "Spoken against by"),
}
# The same where a reader says so: what a response claims is not ours, and no evidence.
OF_RESPONSES = {
    "supports": ("Speaks for", "A response speaks for it"),
    "answers": ("Answers", "A response answers it"),
    "contradicts": ("Speaks against", "A response speaks against it"),
}


@dataclass(frozen=True)
class Relation:
    """One item that bears on another: `subject` supports, answers or contradicts `object`."""

    kind: str
    subject: Item | SharePage
    object: Item


@dataclass(frozen=True)
class Bearing:
    """The items that stand in one relation to a given one, under the words for it; `passive` if they do it to that one."""

    label: str
    items: tuple[Item | SharePage, ...]
    passive: bool


def relations(items: Iterable[Item | SharePage], find: Callable[[str], Item | None]) -> list[Relation]:
    """Every relation that the items state; `find` gives the item of a path such as `risks/cost`."""
    return [
        Relation(kind, item, other)
        for item in items
        if isinstance(item, Point | Quotation | Response | SharePage)
        for kind in KINDS
        for target in getattr(item, kind)
        if (other := find(target))
    ]


def bearings(found: Iterable[Relation]) -> Mapping[str, tuple[Bearing, ...]]:
    """For the address of each item: what it bears on, then what bears on it."""
    seen: dict[str, dict[str, list[Item | SharePage]]] = defaultdict(lambda: defaultdict(list))
    for relation in found:
        does, is_done = words_of(relation.subject)[relation.kind]
        seen[relation.subject.address][does].append(relation.object)
        seen[relation.object.address][is_done].append(relation.subject)
    every = [*KINDS.values(), *OF_RESPONSES.values()]
    order = dict.fromkeys((words[passive], bool(passive)) for passive in (0, 1) for words in every)
    return {
        address: tuple(Bearing(label, tuple(by_label[label]), passive) for label, passive in order if label in by_label)
        for address, by_label in seen.items()
    }


def words_of(subject: Item | SharePage) -> Mapping[str, tuple[str, str]]:
    """What is said of the relations that an item states."""
    return OF_RESPONSES if isinstance(subject, Response) else KINDS
