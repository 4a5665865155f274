"""What is read while something is made, noted as it is read: so it need not be made again before any of that changes.

Nothing says beforehand what a page depends on. What pages are made from is handed to them as `Noted`, and each answer that
they are given becomes a `Node` in the notes of the page that is being made. Asked outside of any, it refuses: what would be
read there would be in nobody's notes. Knows nothing else.
"""

from collections.abc import Callable, Hashable, Iterator, Mapping
from contextlib import contextmanager
from types import FunctionType, MethodType
from typing import Any, NamedTuple

WHOLE = None  # the key of an answer that is no part of a mapping


class Node(NamedTuple):
    """One answer: of what, to which question, and with which key or arguments."""

    of: str
    name: str
    key: Hashable = WHOLE


Notes = dict[Node, None]  # in the order in which they were read, each once


class Desk:
    """Where the notes lie that are being taken: one thing is made at a time."""

    notes: Notes | None = None


@contextmanager
def noting() -> Iterator[Notes]:
    """Everything that is read within goes into these notes."""
    before, Desk.notes = Desk.notes, {}
    try:
        yield Desk.notes
    finally:
        Desk.notes = before


def note(node: Node) -> None:
    """Note an answer. Raises LookupError where no notes are being taken."""
    if Desk.notes is None:
        raise LookupError(f"{node} was read where nobody takes notes.")
    Desk.notes[node] = None


def take(node: Node) -> None:
    """Note an answer, if notes are being taken."""
    if Desk.notes is not None:
        Desk.notes[node] = None


class Noted:
    """An object of whose attributes each is noted when it is read; its own methods read through it as well.

    A mapping is noted key by key, anything else as a whole.
    """

    def __init__(self, of: object, name: str) -> None:
        self.__dict__.update(_of=of, _name=name)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.__dict__["_of"], self.__dict__["_name"])

    def __getattr__(self, name: str) -> Any:
        of = self.__dict__["_of"]
        found = getattr(type(of), name, None)
        if isinstance(found, FunctionType):
            return MethodType(found, self)
        if isinstance(found, property) and found.fget:
            return found.fget(self)
        value = getattr(of, name)
        if isinstance(value, Mapping):
            self.__dict__[name] = NotedMapping(value, self.__dict__["_name"], name)
            return self.__dict__[name]
        note(Node(self.__dict__["_name"], name))
        return value


class NotedMapping(Mapping[Any, Any]):
    """A mapping whose values are noted one by one, as they are asked for; or as a whole, if all of it is, or if it is empty."""

    def __init__(self, of: Mapping[Any, Any], owner: str, name: str) -> None:
        self._of, self._owner, self._name = of, owner, name
        self._whole = Node(owner, name)

    def __getitem__(self, key: Any) -> Any:
        self._note(key)
        return self._of[key]

    def get(self, key: Any, default: Any = None) -> Any:
        self._note(key)
        return self._of.get(key, default)

    def __contains__(self, key: object) -> bool:
        self._note(key)
        return key in self._of

    def __iter__(self) -> Iterator[Any]:
        note(self._whole)
        return iter(self._of)

    def __len__(self) -> int:
        note(self._whole)
        return len(self._of)

    def _note(self, key: Any) -> None:
        """Note one value. That there is nothing at all is one answer to every page, and not a question of each."""
        note(Node(self._owner, self._name, key) if self._of else self._whole)


class NotedAnswers:
    """An object of whose methods each answer is noted, with what was asked; what is no method is given as it is."""

    def __init__(self, of: object, name: str) -> None:
        self.__dict__.update(_of=of, _name=name)

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), (self.__dict__["_of"], self.__dict__["_name"])

    def __getattr__(self, name: str) -> Any:
        value = getattr(self.__dict__["_of"], name)
        if not callable(value):
            return value
        return self.__dict__.setdefault(name, Noting(value, self.__dict__["_name"], name))


class Noting:
    """A method whose answers are noted."""

    def __init__(self, of: Callable[..., Any], owner: str, name: str) -> None:
        self.of, self.owner, self.name = of, owner, name

    def __call__(self, *asked: Any) -> Any:
        note(Node(self.owner, self.name, tuple(tuple(one) if isinstance(one, list) else one for one in asked)))
        return self.of(*asked)


TEXT = "text"  # of which a field of this kind is noted


class NotedText:
    """A field of frozen classes that have a `place` and a `slug`: who reads it while notes are being taken has it in them."""

    def __get__(self, owner: Any, kind: type | None = None) -> str:
        if owner is None:
            raise AttributeError  # so that a data class takes it for no default
        if Desk.notes is not None:
            Desk.notes[Node(TEXT, owner.place.path, owner.slug)] = None
        text: str = owner.__dict__["text"]
        return text

    def __set__(self, owner: Any, value: str) -> None:
        owner.__dict__["text"] = value
