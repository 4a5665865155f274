"""Where a page stands: the way up from it, what comes before and after it along the argument, what it holds. Knows no Pelican."""

from collections.abc import Iterator
from dataclasses import dataclass

from argument.argument import Argument
from argument.bibliography import HOME
from argument.model import POINTS, Item, Page, Quotation
from argument.papers import HEADING
from argument.plain_words import plain, plain_text
from argument.share_pages import SharePage

SECTIONS = 5  # sections that a text has at least for a list of them to help,
WORDS = 500  # and words
NAMED = "Home"  # what the home page is called, whose title is the claim of the whole site


@dataclass(frozen=True)
class Step:
    """A page, or a part of one, and what it is called where the way is shown."""

    name: str
    address: str


@dataclass(frozen=True)
class Frame:
    """What stands round every page: the navigation, the foot, and the addresses of the pages to find things and of all quotations.

    `about` leads to what the argument is about: the home page and the first of the navigation, by their titles.
    """

    navigation: tuple[Step, ...]
    footer: tuple[Step, ...]
    about: tuple[Step, ...]
    finder: str
    quotations: str


def frame(argument: Argument) -> Frame:
    """That of an argument; a page whose front matter says something else that stands in none of it leaves it as it is."""
    home = [page for page in argument.pages.values() if page.address == HOME]
    return Frame(
        tuple(Step(page.nav, page.address) for page in argument.navigation),
        tuple(Step(page.foot or page.title, page.address) for page in argument.footer),
        tuple(Step(page.title, page.address) for page in (*home, *argument.navigation[:1])),
        argument.finder.address if argument.finder else "",
        argument.pages[Quotation.folder].address if Quotation.folder in argument.pages else "",
    )


def title_of(thing: Item | SharePage, argument: Argument) -> str:
    """What it is, whole: of a quotation, who said it and when, since its words are the description."""
    if isinstance(thing, Quotation):
        date = thing.date or argument.sources[thing.source].date
        return f"{thing.by}, {date}" if date.year else f"{thing.by}: a quotation"
    return thing.title


def way_up(thing: Item | SharePage, argument: Argument) -> tuple[Step, ...]:
    """The way from the home page to this one, both with it; a page is called what the navigation or the foot calls it."""
    match thing:
        case SharePage():
            table = Step(thing.comparison.caption, thing.comparison.address)
            row = (Step(thing.heading, thing.address),) if thing.row else ()
            return (*way_up(thing.context, argument), table, *row)
        case Page() if thing.address == HOME:
            return (Step(NAMED, HOME),)
    over = argument.overview(thing)
    named = thing.nav or thing.foot if isinstance(thing, Page) else ""
    return (*(way_up(over, argument) if over else (Step(NAMED, HOME),)), Step(named or title_of(thing, argument), thing.address))


def sequence(argument: Argument) -> tuple[Item, ...]:
    """The argument from beginning to end: the home page and those of the navigation, each with its parts and its points after it.

    Points whose kind has no page in the navigation come at the end, so that none is left out.
    """
    home = [page for page in argument.pages.values() if page.address == HOME]
    rest = [overview for kind in POINTS if (overview := argument.pages.get(kind))]
    found: list[Item] = []
    for page in [*home, *argument.navigation, *rest]:
        found += [page, *argument.parts_of(page), *argument.points.get(page.slug, ())]
    found += [point for row in argument.points.values() for point in row]
    return tuple({item.address: item for item in found}.values())


def neighbours(argument: Argument) -> dict[str, tuple[Step | None, Step | None]]:
    """What comes before and after each page along the argument, by its address."""
    steps = [Step(NAMED if item.address == HOME else item.title, item.address) for item in sequence(argument)]
    return {
        step.address: (before, after) for before, step, after in zip([None, *steps[:-1]], steps, [*steps[1:], None], strict=True)
    }


def contents(html: str) -> tuple[Step, ...]:
    """The sections of a text in plain words, by their ids; none of one that is seen through at a glance."""
    found = tuple(sections(html))
    return found if len(found) >= SECTIONS and len(plain_text(html).split()) >= WORDS else ()


def sections(html: str) -> Iterator[Step]:
    """Every section of a text."""
    return (Step(plain(found["words"]), found["id"]) for found in HEADING.finditer(html) if found["level"] == "2" and found["id"])
