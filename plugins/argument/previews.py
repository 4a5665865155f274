"""What services that show a link before it is opened are told of a page. Knows no Pelican and no HTML."""

import re
from collections.abc import Mapping
from dataclasses import dataclass

from argument.argument import Argument
from argument.bibliography import HOME, Site
from argument.linked_data import Described, linked_data
from argument.model import Item, Quotation, Update
from argument.openings import opening
from argument.plain_words import plain, plain_text
from argument.share_image import ShareImage
from argument.share_pages import SharePage
from argument.wayfinding import title_of

LONGEST = 300  # characters of a description; services show no more
WIDTH, HEIGHT = 1200, 630  # pixels of a share image
SENTENCE = re.compile(r"\S.*?(?:[.!?…][”’)]*(?=\s)|$)", re.S)


@dataclass(frozen=True)
class Preview:
    """What stands in the head of a page; addresses are whole, and empty where the site does not know its own."""

    title: str
    description: str
    kind: str
    site: str
    url: str
    canonical: str
    image: str
    alt: str
    data: str
    width: int = WIDTH
    height: int = HEIGHT


@dataclass(frozen=True)
class Previews:
    """The previews of a site; `images` by the address of the page that each is of."""

    argument: Argument
    site: Site
    language: str
    images: Mapping[str, ShareImage]

    def of(self, thing: Item | SharePage) -> Preview:
        """The preview of a page. What has no image of its own is shown with that of the home page.

        The page of a table or a row says of itself what it is, and that the page on which it stands is the one to be
        found by a search: that holds the same words.
        """
        image = self.images.get(thing.address) or self.images.get(HOME)
        url = self.url(thing.address)
        described = Described(
            thing,
            title_of(thing, self.argument),
            description_of(thing, self.argument),
            url,
            self.url(image.file) if image else "",
            self.language,
        )
        return Preview(
            title=described.title,
            description=described.description,
            kind="website" if thing.address == HOME else "article",
            site=self.site.name,
            url=url,
            canonical=self.url(thing.context.address) if isinstance(thing, SharePage) else url,
            image=described.image,
            alt=image.alt if image else "",
            data=linked_data(described, self.argument, self.site),
        )

    def url(self, address: str) -> str:
        """The whole address of a page, as readers know it; empty where the site does not know its own."""
        return self.site.address_of(address)


def description_of(thing: Item | SharePage, argument: Argument) -> str:
    """What it says, in as many whole sentences as a preview shows, but at least one; a gathered row says what its point does."""
    if isinstance(thing, Quotation):
        return f"“{plain_text(thing.origin.body)}”"
    words = plain(opening(thing.origin.body).prose) if isinstance(thing, Update) else ""
    point = argument.by_address.get(thing.row.about) if isinstance(thing, SharePage) and thing.row else None
    words = f"{point.description} {thing.description}" if point else words
    return in_whole_sentences(words or thing.description)


def in_whole_sentences(words: str) -> str:
    """As many whole sentences as a preview shows, but at least one."""
    sentences = SENTENCE.findall(words)
    while len(sentences) > 1 and len(" ".join(sentences)) > LONGEST:
        sentences.pop()
    return " ".join(sentences)
