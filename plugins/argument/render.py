"""Model → HTML, through the theme's component macros. Knows Jinja, but no Pelican.

A `View` is one page being drawn: it knows where the page stands, so that links are relative, and what it has cited.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from html import escape
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from argument import markup
from argument.abbreviations import Expander
from argument.addresses import Moved, Moves
from argument.argument import Argument
from argument.bibliography import Bibliography, Cite, Entry, Reference
from argument.blocked import Blocked
from argument.contact import Contact
from argument.drawing import draw
from argument.facts import Facts
from argument.model import Item, Page, Quotation, Response, Source, Update
from argument.openings import opening
from argument.papers import pdf_of
from argument.plain_words import plain
from argument.share_pages import SharePage
from argument.sharing import Sharing
from argument.tables import Comparison
from argument.values import Side
from argument.wayfinding import Step, contents, way_up

RESPOND = "respond"  # the page that says how to respond
LINKING = re.compile(r"<(?:a|img) [^<>]*>")
LINK = re.compile(r'(?P<attribute>(?:href|src)=")\{(?P<kind>filename|static)\}/(?P<path>[^"#]+)(?P<fragment>#[^"]*)?"')


@dataclass(frozen=True)
class Shared:
    """What every page is drawn from."""

    argument: Argument
    bibliography: Bibliography
    sides: Mapping[Side, str]
    templates: Environment
    moves: Moves
    contact: Contact
    blocked: Blocked
    blocked_note: str
    sharing: Sharing
    facts: Facts
    has_papers: bool  # whether pages have PDFs


class View:
    """One page being drawn. `address` is its path in the output, such as `risks/malware.html`."""

    paper = False  # whether it is drawn for a PDF, which has no use for what can only be clicked
    anywhere = False  # whether it is shown at addresses that are not its own, and so has nothing to pass on

    def __init__(self, address: str, shared: Shared) -> None:
        self.address = address
        self.argument = shared.argument
        self.bibliography = shared.bibliography
        self.sides = shared.sides
        self.facts = shared.facts
        self.templates = shared.templates
        self.moves = shared.moves
        self.contact = shared.contact
        self.blocked = shared.blocked
        self.blocked_note = shared.blocked_note
        self.sharing = shared.sharing
        self.marks = shared.facts.marks
        self.has_papers = shared.has_papers
        self.cited: dict[str, list[str]] = {}
        self.ids: set[str] = set()
        self.expander = Expander(shared.argument.abbreviations)

    def url(self, address: str) -> str:
        """A link from this page to an address of the site, relative, so that it works in any folder and from disk."""
        page, mark, fragment = address.partition("#")
        if page == self.address and fragment:
            return f"#{fragment}"
        return "../" * self.address.count("/") + page + mark + fragment

    def prose(self, html: str) -> Markup:
        """HTML made from an author's Markdown, with cards, tables, notes and citations in their places."""
        pieces = (
            self.linked(self.expander.expanded(piece)) if isinstance(piece, str) else self.component(piece)
            for piece in markup.split(html)
        )
        return Markup("".join(pieces))  # noqa: S704 - Markdown made it

    def linked(self, html: str) -> str:
        """HTML with its links as they must be on this page; what only looks like one, in code, stays as it is."""
        return LINKING.sub(lambda tag: LINK.sub(self.link, tag[0]), html) if "{" in html else html

    def link(self, found: re.Match[str]) -> str:
        """The link to a content file (`{filename}`) or another file (`{static}`), as it must be on this page."""
        path = found["path"]
        address = self.argument.addresses[path] if found["kind"] == "filename" else path
        address += found["fragment"] or ""
        at = self.at(address) if found["attribute"].startswith("href") else ""
        return f'{found["attribute"]}{self.url(address)}"{at}'

    def at(self, address: str) -> Markup:
        """An attribute with the whole address of a link, for paper: on pages in a folder a relative one would say too little."""
        whole = "" if self.paper or "/" not in self.address else self.sharing.previews.site.address_of(address)
        return Markup(' data-at="{}"').format(whole) if whole else Markup()

    def component(self, element: markup.Element) -> str:
        """What stands on the page for one `x-…` element."""
        attributes = element.attributes
        match element.name:
            case "quotation":
                return self.quotation_card(self.argument.quotations[attributes["slug"]])
            case "comparison":
                return self.comparison(self.argument.comparisons[attributes["id"]])
            case "picture":
                picture = self.argument.pictures[attributes["id"]]
                beside = attributes.get("before") == picture.of != ""
                return self.macro(picture.kind, picture, draw(picture, self.argument), beside)
            case "note":
                return self.macro("note", attributes["title"], self.prose(element.inner))
            case "example":
                written = next(markup.elements(element.inner, "source"))
                result = self.prose(element.inner.removeprefix(written.written()))
                return self.macro("example", attributes["title"], Markup(written.inner), result)  # noqa: S704 - Markdown made it
            case "cite":
                return self.citation(attributes["keys"].split(";"), attributes["locators"].split(";"))
        raise ValueError(f"no component for x-{element.name}")

    def comparison(self, table: Comparison) -> str:
        """A comparison; one that says what abbreviations stand for is the place where they need not be told."""
        expander = self.expander
        if table.abbreviations:
            self.expander = Expander({})
        drawn = self.macro("comparison", table)
        self.expander = expander
        return drawn

    def citation(self, keys: list[str], locators: list[str]) -> str:
        """A citation in running text; its sources join the list at the foot of the page."""
        for key in keys:
            self.cited.setdefault(key, [])
        cited = self.bibliography.in_cite_order(list(zip(keys, locators, strict=True)))
        return self.macro("citation", [self.cite(key, locator) for key, locator in cited], self.bibliography.style)

    def cite(self, key: str, locator: str) -> Cite:
        """One part of a citation, counted, so that its reference leads back to it."""
        id_ = f"cite-{sum(map(len, self.cited.values())) + 1}"
        self.cited[key].append(id_)
        return Cite(id_, f"ref-{key}", self.bibliography.cite(key, locator, self.number(key)))

    def number(self, key: str) -> int:
        """The number of a source that is cited on the page: they count in the order in which they were first cited."""
        return list(self.cited).index(key) + 1

    def macro(self, name: str, *what: Any) -> str:
        """A component drawn by the macro of its own name in `components/`."""
        module: Any = self.templates.get_template(f"components/{name}.html").module
        return str(getattr(module, name)(self, *what)).strip()

    def quotation_card(self, quotation: Quotation) -> Markup:
        """The card of a quotation; its source joins the list at the foot of the page."""
        self.cited.setdefault(quotation.source, [])
        return Markup(self.macro("quotation_card", self.argument.card(quotation)))  # noqa: S704 - a component made it

    def way(self, item: Item | SharePage) -> tuple[Step, ...]:
        """The way from the home page to this one."""
        return way_up(item, self.argument)

    def contents(self, item: Item) -> Markup:
        """The list of what a long text holds; nothing for a short one."""
        found = contents(item.origin.body)
        return Markup(self.macro("contents", found)) if found else Markup()  # noqa: S704 - a component made it

    def neighbours(self, item: Item | SharePage) -> Markup:
        """The ways back and on along the argument; nothing beside what is not of it."""
        found = self.facts.beside.get(item.address)
        return Markup(self.macro("neighbours", *found)) if found else Markup()  # noqa: S704 - the same

    def entry(self, entry: Entry) -> Markup:
        """An entry of a list of references."""
        return Markup(self.macro("entry", entry))  # noqa: S704 - a component made it

    def reference(self, reference: Reference) -> Markup:
        """A source in the list at the foot of the page."""
        return Markup(self.macro("reference", reference))  # noqa: S704 - a component made it

    def source_entry(self, source: Source) -> Markup:
        """How a source is cited, on its own page."""
        return self.entry(self.bibliography.lone_entry(source.key))

    def cite_this(self, item: Item) -> Markup:
        """How to cite the page itself."""
        entry = self.bibliography.page(in_its_language(item), self.address)
        return Markup(self.macro("cite_this", item, entry))  # noqa: S704 - the same

    def pdf(self, item: Item) -> str:
        """The address of the item's PDF, if it has one."""
        return pdf_of(item) if self.has_papers else ""

    def respond(self, item: Item) -> Markup:
        """Where to respond to the page: the contact, else the page that says how; nothing if that is this one, or not there."""
        told = self.argument.pages.get(RESPOND)
        link = self.contact.about(item.title, self.address) or (self.url(told.address) if told and told is not item else "")
        return Markup(self.macro("respond", link)) if link else Markup()  # noqa: S704 - a component made it

    def responses(self, item: Item) -> Markup:
        """What readers wrote back to an item."""
        return Markup(self.macro("responses", self.argument.responses_to[item.address]))  # noqa: S704 - a component made it

    def response(self, response: Response) -> Markup:
        """A response in a list."""
        return Markup(self.macro("response", response, opening(response.origin.body)))  # noqa: S704 - a component made it

    def update(self, update: Update) -> Markup:
        """An update in a list."""
        return Markup(self.macro("update", update, opening(update.origin.body)))  # noqa: S704 - a component made it

    def marked(self, html: str) -> Markup:
        """A page's HTML with words after each link to a host that is commonly blocked."""
        made = self.blocked.marked(html, lambda link: self.macro("blocked", Markup(link)))  # noqa: S704 - it stood in a page
        return Markup(made)  # noqa: S704 - the same

    def label(self, key: str) -> str:
        """What a source is called in a line of text."""
        return self.bibliography.label(key)

    def words(self, html: str) -> str:
        """The words of an author's prose, without citations or links: for what is shown a second time."""
        return plain(html)

    def bearings(self, item: Item | SharePage) -> Markup:
        """What an item supports, answers or contradicts, and what does so to it; nothing if nothing is said of that.

        What a quotation does is said on its card. A row bears on what its point does; what its table does is said of that.
        """
        address = item.bearing if isinstance(item, SharePage) else item.address
        found = [one for one in self.argument.bearings.get(address, ()) if one.passive or not isinstance(item, Quotation)]
        if isinstance(item, SharePage) and item.row and not item.row.about:
            found = [replace(one, label=f"The whole table: {one.label[0].lower()}{one.label[1:]}") for one in found]
        return Markup(self.macro("bearings", found)) if found else Markup()  # noqa: S704 - a component made it

    def kept(self, item: Source | Quotation) -> Markup:
        """Why an item stands on the site that nothing rests on; nothing if something does."""
        return Markup(self.macro("kept", item.unused)) if item.unused else Markup()  # noqa: S704 - a component made it

    def new_id(self, name: str) -> str:
        """The name if nothing on this page has it as its id yet, else an empty string."""
        if name in self.ids:
            return ""
        self.ids.add(name)
        return name

    def former_ids(self, name: str = "") -> list[str]:
        """The ids that what has this one on this page had here before; without one, those that lead to the page itself."""
        return [old for old in self.moves.onto(f"{self.address}#{name}" if name else self.address) if self.new_id(old)]

    def moved_away(self) -> list[Moved]:
        """What had an address on this page and is on another one now, with the ids of it that nothing on this page has."""
        return [part.with_ids(self.new_id) for part in self.moves.away(self.address)]

    def side(self, side: Side) -> str:
        """The words for a side, from the settings."""
        return self.sides[side]

    @property
    def references(self) -> list[Reference]:
        """Every source cited on the page so far, in the order that the style has for a list of references."""
        return [
            Reference(
                self.argument.sources[key], self.label(key), self.bibliography.entry(key, self.number(key)), tuple(self.cited[key])
            )
            for key in self.bibliography.in_order(list(self.cited))
        ]

    def listed(self, page: Page) -> list[Reference]:
        """The sources that a page lists, in order, without their addresses."""
        keys = self.bibliography.between(*self.argument.letters_of(page))
        return [Reference(self.argument.sources[key], self.label(key), Entry(self.bibliography.brief_entry(key))) for key in keys]


def in_its_language(item: Item) -> Markup:
    """The title of a page, with the words in another language that it quotes marked as such."""
    if not isinstance(item, Quotation) or not item.language:
        return of_text(item.title)
    before, words, after = item.title.partition(item.words)
    quoted = Markup('<span lang="{}">{}</span>').format(item.language, of_text(words)) if words else ""
    return Markup("{}{}{}").format(of_text(before), quoted, of_text(after))


def of_text(words: str) -> Markup:
    """Words as HTML between tags: quotation marks stay as they are."""
    return Markup(escape(words, quote=False))  # noqa: S704 - escaped
