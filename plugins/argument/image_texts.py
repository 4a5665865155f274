"""What each share image says, taken from the argument. Knows no Pelican."""

from collections.abc import Iterator, Mapping

from argument.argument import Argument
from argument.model import Item, Page, Point, Quotation, Response, Source, Update
from argument.openings import opening
from argument.plain_words import plain, plain_text
from argument.share_image import ImageCell, ShareImage
from argument.share_pages import SharePage
from argument.values import Side


def share_images(argument: Argument, sides: Mapping[Side, str]) -> Iterator[ShareImage]:
    """The image of everything that has one: all but sources, which are shared for what is quoted from them.

    A quotation whose source could not be read has none yet.
    """
    for item in argument.by_address.values():
        if isinstance(item, Quotation):
            yield from [of_quotation(item, argument, sides)] if item.slug in argument.check_of else []
        elif not isinstance(item, Source):
            yield of_item(item)
    yield from (of_row(page) if page.row else of_table(page) for page in argument.share_pages)


def of_quotation(quotation: Quotation, argument: Argument, sides: Mapping[Side, str]) -> ShareImage:
    """Its words with their marks, who said them and where, whom they help and whether they were checked."""
    source = argument.sources[quotation.source]
    checked = "checked word for word" if argument.check_of[quotation.slug].holds else "not checked"
    kicker = f"Quotation · {sides[quotation.side]} · {checked}"
    speaker = f"{quotation.by}, {quotation.role}" if quotation.role else quotation.by
    where = f"{source.title}, {source.publisher}, {source.date}"
    words = f"“{plain_text(quotation.origin.body)}”"
    return ShareImage(quotation.address, kicker, words, "", (), (speaker, where), quotation.origin.place)


def of_item(item: Item) -> ShareImage:
    """A point with its claim, a response with how it begins, a page with what it is about."""
    kicker, body = "", item.description
    foot: tuple[str, ...] = ()
    match item:
        case Point():
            kicker = item.noun.capitalize()
        case Response():
            kicker, foot = "A reader’s response", (f"{item.by}, {item.role}" if item.role else item.by, str(item.date))
            body = plain(opening(item.origin.body).prose)
        case Update():
            kicker, body = f"Update, {item.date}", plain(opening(item.origin.body).prose)
        case Page():
            kicker = item.nav
    return ShareImage(item.address, kicker, item.title, body, (), foot, item.origin.place)


def of_table(page: SharePage) -> ShareImage:
    """Its caption and shape."""
    return ShareImage(
        page.address, f"Comparison: {page.shape}", page.heading, page.description, (), (page.context.title,), page.comparison.place
    )


def of_row(page: SharePage) -> ShareImage:
    """Its heading and its cells, with the verdict of each."""
    cells = tuple(ImageCell(plain(column.heading), cell.verdict, plain_text(cell.prose)) for column, cell in page.cells)
    return ShareImage(page.address, "One row of a table", page.heading, page.comparison.caption, cells, (), page.comparison.place)
