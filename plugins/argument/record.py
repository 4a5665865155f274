"""What the last build of a site made and what each file of it follows from, kept for the next one. Knows no Pelican.

A record is of one output folder. Files there that are not as they were left do not count, whoever changed them.
"""

from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from argument.folders import State
from argument.reads import Node


class Made(NamedTuple):
    """How one file was made: with what, what was read for it (numbers of nodes), and the key under which a store keeps it."""

    means: str
    reads: Sequence[int] = ()
    key: str = ""


@dataclass
class Record:
    """`nodes` are all that was read, `answers` what each said, `files` how each was made, `states` how it was left."""

    nodes: Sequence[tuple[str, str, Hashable]] = ()
    answers: Sequence[str] = ()
    files: Mapping[str, Made] = field(default_factory=dict)
    states: Mapping[str, State] = field(default_factory=dict)
    asked: Mapping[str, bytes] = field(default_factory=dict)  # of the theme, by pages
    sources: str = ""  # what all citations follow from


def numbered(nodes: Iterable[Node], numbers: dict[Any, int]) -> tuple[int, ...]:
    """Nodes by their numbers, those that are new after the others."""
    return tuple([numbers.setdefault(node, len(numbers)) for node in nodes])
