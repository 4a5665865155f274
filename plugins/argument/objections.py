"""The best objection to what a shared link leads to, taken from where the argument states it. Knows no Pelican."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from markupsafe import escape

from argument.argument import Argument
from argument.model import NOTHING, Benefit, Guidance, Item, Point, Quotation, Response, Risk
from argument.relations import KINDS
from argument.share_pages import SharePage

# The field of a point that speaks against it, and so against what supports it; and the one that speaks for it.
AGAINST: Mapping[type[Point], str] = {Guidance: "objection", Risk: "answer", Benefit: "limits"}
FOR: Mapping[type[Point], str] = {Guidance: "evidence", Risk: "remains", Benefit: "evidence"}
BEST, LIMITS, OF_TABLE = "The best objection", "How far its source goes", "The best objection to the whole table"


@dataclass(frozen=True)
class Objection:
    """What speaks against a thing, as HTML, and the item that says so, if it is not the thing itself."""

    prose: str
    about: Item | None = None
    label: str = BEST


def objections(thing: Quotation | Response | SharePage, argument: Argument) -> list[Objection]:
    """The best objection to a quotation, a response, a table or a row; more than one where it bears on several points.

    It is the author's own; else what speaks against the points that it speaks for, or for those that it speaks against; else
    what is known of a quotation's source.
    """
    if isinstance(thing, SharePage):
        about = argument.by_address.get(thing.row.about) if thing.row else None
        if isinstance(about, Guidance | Risk | Benefit):
            return [Objection(about.filled(AGAINST[type(about)]), about)]
        if thing.row and thing.comparison.abbreviations:
            return []  # it says what words mean
        return of_table(thing) or list(of_what_it_bears_on(thing, argument)) or [Objection(NOTHING)]
    if isinstance(thing, Quotation) and thing.objection:
        return [Objection(str(escape(thing.objection)))]
    found = list(of_what_it_bears_on(thing, argument))
    if not found and isinstance(thing, Quotation):
        source = argument.sources[thing.source]
        note = f"Our confidence in it is {source.confidence}. {source.confidence_note}".strip()
        found = [Objection(str(escape(note)), source, LIMITS)]
    return found or [Objection(NOTHING)]


def of_table(thing: SharePage) -> list[Objection]:
    """What its author says against a row, else against its table."""
    stance = thing.comparison.stance
    own = dict(stance.objections).get(thing.row.slug, "") if thing.row else stance.objection
    if own:
        return [Objection(str(escape(own)))]
    return [Objection(str(escape(stance.objection)), label=OF_TABLE)] if stance.objection else []


def of_what_it_bears_on(thing: Quotation | Response | SharePage, argument: Argument) -> Iterator[Objection]:
    """The other side of each point that it supports, answers or contradicts."""
    for kind in KINDS:
        for path in getattr(thing, kind):
            point = argument.item(path)
            if isinstance(point, Guidance | Risk | Benefit):
                field = (AGAINST if kind == "supports" else FOR)[type(point)]
                yield from [Objection(getattr(point, field), point)] if getattr(point, field) else []
