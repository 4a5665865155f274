"""The argument as a tree: the main claim, the points that speak for it and against it, and what bears on each of them."""

from collections.abc import Iterator
from dataclasses import dataclass

from argument.argument import Argument
from argument.model import POINTS
from argument.values import Side

# What something does to a claim, in the order in which it is shown, and how that is said of it.
RELATIONS = {"supports": "supports it", "contradicts": "speaks against it", "answers": "answers it"}


@dataclass(frozen=True)
class Claim:
    """Something claimed, or that bears on a claim by its `relation`; `side` is what that does for the main claim."""

    name: str
    address: str
    side: Side
    relation: str = ""
    below: tuple["Claim", ...] = ()


@dataclass(frozen=True)
class Branch:
    """The points of one kind, and whether they speak for the main claim or against it."""

    title: str
    address: str
    side: Side
    claims: tuple[Claim, ...]


def branches(argument: Argument) -> list[Branch]:
    """A branch for each kind of points that there are, those that speak for the main claim first."""
    return sorted(kinds(argument), key=lambda branch: branch.side is not Side.FOR)


def kinds(argument: Argument) -> Iterator[Branch]:
    """The same, in the order of the kinds."""
    bearing: dict[tuple[str, str], list[tuple[str, str]]] = {}
    for relation in argument.relations:
        bearing.setdefault((relation.object.address, relation.kind), []).append((relation.subject.title, relation.subject.address))
    for folder, points in argument.points.items():
        if not points:
            continue
        side = POINTS[folder].sides["claim"]
        overview = argument.overview(points[0])
        claims = tuple(
            Claim(
                point.title,
                point.address,
                side,
                below=tuple(
                    Claim(name, address, side if relation == "supports" else other(side), relation)
                    for relation in RELATIONS
                    for name, address in bearing.get((point.address, relation), ())
                ),
            )
            for point in points
        )
        title, address = (overview.title, overview.address) if overview else (points[0].noun.capitalize(), points[0].address)
        yield Branch(title, address, side, claims)


def other(side: Side) -> Side:
    """The side across."""
    return Side.AGAINST if side is Side.FOR else Side.FOR
