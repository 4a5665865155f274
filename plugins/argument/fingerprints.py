"""What a value is, in a few characters: equal values have equal fingerprints, in every run. Knows no Pelican.

What files define is told apart by what was read of them. Its text is left out, since only few things that show an item show
its text too; who reads that is noted (model.Origin).
"""

import dataclasses
from collections.abc import Iterable, Mapping
from enum import Enum
from hashlib import blake2b
from typing import Any

from pydantic import BaseModel

from argument.model import Document, Item
from argument.share_pages import SharePage
from argument.tables import Comparison, Gathering, Picture

SIZE = 12  # bytes of a digest: enough that no two of a site are ever alike
SHORT = 2 * SIZE  # what is no longer stands for itself
PLAIN = (str, int, float, bool, type(None))


def face(thing: Item | Comparison | Gathering | Picture | None) -> str:
    """The fingerprint of one thing that a file defines, but for its text."""
    if isinstance(thing, BaseModel):
        origin = dataclasses.replace(thing.origin, body="")
        return digest(repr(thing.model_copy(update={"origin": origin})))
    return digest(repr(thing))


def things(document: Document) -> list[Item | Comparison | Gathering | Picture | None]:
    """What a file defines."""
    return [document.item, *document.quotations, *document.comparisons, *document.pictures]


class Fingerprints:
    """Fingerprints of values in which things of these documents may stand; `faces` are those of each, in their order."""

    def __init__(self, documents: Iterable[tuple[Document, Iterable[str]]]) -> None:
        self.kept: list[Any] = []  # so that no other object has the place of one that is known
        self.known: dict[int, str] = {}
        for document, faces in documents:
            for thing, known in zip(things(document), faces, strict=True):
                self.know(thing, known)

    def know(self, thing: Any, fingerprint: str) -> None:
        """Remember that of an object."""
        if thing is not None:
            self.kept.append(thing)
            self.known[id(thing)] = fingerprint

    def of(self, value: Any) -> str:
        """The fingerprint of a value. Raises TypeError for a kind of which nobody can tell when it has changed."""
        if isinstance(value, PLAIN):
            words = repr(value)
            return words if len(words) <= SHORT else digest(words)
        known = self.known.get(id(value))
        if known is None:
            known = digest("\0".join(self.parts(value)))
            if isinstance(value, Comparison):
                self.know(value, known)
        return known

    def parts(self, value: Any) -> Iterable[str]:
        """What the fingerprint of anything but plain values is made of."""
        yield type(value).__qualname__
        if isinstance(value, SharePage):
            yield from (value.address, self.of(value.comparison), self.of(value.context))
        elif isinstance(value, Mapping):
            yield from (self.of(one) for pair in value.items() for one in pair)
        elif isinstance(value, (tuple, list)):
            yield from map(self.of, value)
        elif isinstance(value, (set, frozenset)):
            yield from sorted(map(self.of, value))
        elif isinstance(value, Enum | bytes):
            yield repr(value)
        elif isinstance(value, BaseModel):
            yield face(value)  # type: ignore[arg-type]  # one that no file defines
        elif dataclasses.is_dataclass(value):
            yield from (self.of(getattr(value, field.name)) for field in dataclasses.fields(value))
        else:
            raise TypeError(f"Nobody can tell when {type(value)} has changed.")


def digest(words: str) -> str:
    """A digest of some words."""
    return blake2b(words.encode("utf-8", "surrogatepass"), digest_size=SIZE).hexdigest()
