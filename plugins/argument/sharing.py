"""Ways to pass a page on that need nobody's script: a letter, plain links to services. Knows no Pelican."""

from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import quote

from argument import qr_codes
from argument.model import Item, Point, Quotation, Response
from argument.objections import Objection, objections
from argument.previews import Preview, Previews
from argument.share_pages import SharePage
from argument.values import Side, url_text

ADDRESS, WORDS = "{address}", "{words}"  # what stands for them in the address of a service
BREAK = "\r\n\r\n"
SAFE = "=:/,.-"  # what a data: address of a picture may hold as it is


def service_address(value: str) -> str:
    """The value, if it is the address of a service with a place for that of a page. Raises ValueError for anything else."""
    host, _, rest = url_text(value.replace(ADDRESS, "{}").replace(WORDS, "words")).removeprefix("https://").partition("/")
    if not value.startswith("https://") or "{" in host or "{}" not in rest:
        raise ValueError("an address with https:// in which {address} stands for the page’s, and {words} for what it says")
    return value


@dataclass(frozen=True)
class Link:
    """A link and what it is called."""

    name: str
    href: str


@dataclass(frozen=True)
class Sharing:
    """How the pages of a site are passed on; `services` are the addresses that take one, by their names."""

    previews: Previews
    services: Mapping[str, str]
    icon: str  # as a data: address, for pages that have a script to ask for besides their style

    def shared(self, thing: Item | SharePage) -> bool:
        """Whether a page is a share page: of a quotation, a point, a response, a table or a row."""
        return isinstance(thing, Quotation | Point | Response | SharePage)

    def links(self, thing: Item | SharePage, preview: Preview) -> list[Link]:
        """A letter and the services, each with the page's address filled in; none where the site does not know its own."""
        if not preview.url:
            return []
        said = f"{preview.title}: {preview.description}" if self.shared(thing) else preview.title
        address, words = (quote(part, safe="") for part in (preview.url, said))
        filled = {name: where.replace(ADDRESS, address).replace(WORDS, words) for name, where in self.services.items()}
        return [Link("Email", letter(preview, said)), *(Link(name, where) for name, where in filled.items())]

    def code(self, thing: Item | SharePage) -> str:
        """The address of the file with the QR code of its page."""
        return qr_codes.file_of(thing.address)

    def objections(self, thing: Item | SharePage) -> list[Objection]:
        """The best objection to what is shared; a point states its own."""
        return objections(thing, self.previews.argument) if isinstance(thing, Quotation | Response | SharePage) else []

    def side(self, thing: SharePage) -> Side | None:
        """Whom a row helps that was gathered from a point."""
        about = self.previews.argument.by_address.get(thing.row.about) if thing.row else None
        return about.sides["claim"] if isinstance(about, Point) else None

    def places(self, thing: Item | SharePage) -> list[Link]:
        """Where what is shared stands in context, each place as one that is scrolled to and marked."""
        argument = self.previews.argument
        match thing:
            case SharePage():
                whole = (
                    [
                        Link(
                            f"The whole table: {thing.comparison.caption}",
                            f"{thing.comparison.address}#{thing.comparison.row_id(thing.row)}",
                        )
                    ]
                    if thing.row
                    else []
                )
                return [Link(f"On the page: {thing.context.title}", thing.place), *whole]
            case Quotation():
                users = argument.shown_in.get(thing.slug, ())
                return [Link(user.title, f"{user.address}#quotation-{thing.slug}") for user in users if user != thing]
            case Point():
                return [
                    Link(f"In the table: {row.comparison.caption}", row.place) for row in argument.rows_about.get(thing.address, ())
                ]
        return []


def letter(preview: Preview, words: str) -> str:
    """A letter to nobody yet, with the page's title as its subject, and some words and its address as its text (RFC 6068)."""
    subject = quote(f"{preview.title} · {preview.site}", safe="")
    return f"mailto:?subject={subject}&body={quote(f'{words}{BREAK}{preview.url}{BREAK}', safe='')}"


def data_address(svg: str) -> str:
    """A small SVG picture as a data: address."""
    single = svg.strip().replace('"', "'")
    return f"data:image/svg+xml,{quote(single, safe=SAFE)}"
