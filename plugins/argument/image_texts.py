"""What each share image says, taken from the argument. Knows no Pelican."""

from collections.abc import Iterator, Mapping
from functools import partial

from argument.argument import Argument
from argument.model import Item, Page, Point, Quotation, Response, Source, Update
from argument.openings import opening
from argument.plain_words import plain, plain_text
from argument.share_image import ShareImage
from argument.values import Side


def share_images(argument: Argument, sides: Mapping[Side, str]) -> Iterator[ShareImage]:
    """The image of everything that has one: all but sources, which are shared for what is quoted from them.

    A quotation whose source could not be read has none yet.
    """
    for item in argument.by_address.values():
        if isinstance(item, Quotation):
            yield from [of_quotation(item, argument, sides)] if item.slug in argument.check_of else []
        elif not isinstance(item, Source):
            document = argument.documents[f"{item.folder}/{item.slug}.md"]
            yield document.once("image", partial(of_item, item))
    yield from (page.image for page in argument.share_pages)


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
