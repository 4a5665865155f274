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
BEST, LIMITS = "The best objection", "How far its source goes"


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
    own = ""
    if isinstance(thing, SharePage):
        about = argument.by_address.get(thing.row.about) if thing.row else None
        if isinstance(about, Guidance | Risk | Benefit):
            return [of_row(thing, about)]
        own = thing.comparison.stance.objection
    elif isinstance(thing, Quotation):
        own = thing.objection
    if own:
        return [Objection(str(escape(own)))]
    found = list(of_what_it_bears_on(thing, argument))
    if not found and isinstance(thing, Quotation):
        source = argument.sources[thing.source]
        note = f"Our confidence in it is {source.confidence}. {source.confidence_note}".strip()
        found = [Objection(str(escape(note)), source, LIMITS)]
    return found or [Objection(NOTHING)]


def of_row(thing: SharePage, point: Guidance | Risk | Benefit) -> Objection:
    """What speaks against the point that a row was gathered from, or where in the row that stands."""
    prose = point.filled(AGAINST[type(point)])
    above = next((column.heading for column, cell in thing.cells if cell.prose == prose), "")
    return Objection(f"It stands above, under ‘{above}’." if above else prose, point)


def of_what_it_bears_on(thing: Quotation | Response | SharePage, argument: Argument) -> Iterator[Objection]:
    """The other side of each point that it supports, answers or contradicts."""
    for kind in KINDS:
        for path in getattr(thing, kind):
            point = argument.item(path)
            if isinstance(point, Guidance | Risk | Benefit):
                field = (AGAINST if kind == "supports" else FOR)[type(point)]
                yield from [Objection(getattr(point, field), point)] if getattr(point, field) else []
