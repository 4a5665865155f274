"""Model → HTML, through the theme's component macros. Knows Jinja, but no Pelican.

A `View` is one page being drawn: it knows where the page stands, so that links are relative, and what it has cited.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment
from markupsafe import Markup

from argument import markup
from argument.addresses import Moved, Moves
from argument.argument import Argument
from argument.matter import Side
from argument.model import Item, Quotation, Source

LINK = re.compile(r'(?P<attribute>(?:href|src)=")\{(?P<kind>filename|static)\}/(?P<path>[^"#]+)(?P<fragment>#[^"]*)?"')


class View:
    """One page being drawn. `address` is its path in the output, such as `risks/malware.html`."""

    def __init__(self, address: str, argument: Argument, sides: Mapping[Side, str], templates: Environment, moves: Moves) -> None:
        self.address = address
        self.argument = argument
        self.sides = sides
        self.templates = templates
        self.moves = moves
        self.cited: dict[str, Source] = {}
        self.ids: set[str] = set()

    def url(self, address: str) -> str:
        """A link from this page to an address of the site, relative, so that it works in any folder and from disk."""
        page, mark, fragment = address.partition("#")
        if page == self.address and fragment:
            return f"#{fragment}"
        return "../" * self.address.count("/") + page + mark + fragment

    def prose(self, html: str) -> Markup:
        """HTML made from an author's Markdown, with cards, tables, notes and citations in their places."""
        return Markup(LINK.sub(self.link, markup.replaced(html, self.component)))  # noqa: S704 - Markdown made it

    def link(self, found: re.Match[str]) -> str:
        """The link to a content file (`{filename}`) or another file (`{static}`), as it must be on this page."""
        path = found["path"]
        address = self.argument.documents[path].address if found["kind"] == "filename" else path
        return f'{found["attribute"]}{self.url(address + (found["fragment"] or ""))}"'

    def component(self, element: markup.Element) -> str:
        """What stands on the page for one `x-…` element."""
        attributes = element.attributes
        match element.name:
            case "quotation":
                return self.quotation_card(self.argument.quotations[attributes["slug"]])
            case "comparison":
                return self.macro("comparison", self.argument.comparisons[attributes["id"]])
            case "note":
                return self.macro("note", attributes["title"], self.prose(element.inner))
            case "cite":
                return self.citation(attributes["keys"].split(";"), attributes["locators"].split(";"))
        raise ValueError(f"no component for x-{element.name}")

    def citation(self, keys: list[str], locators: list[str]) -> str:
        """A citation in running text; its sources join the list at the foot of the page."""
        cited = [(self.argument.sources[key], locator) for key, locator in zip(keys, locators, strict=True)]
        self.cited.update((source.key, source) for source, _ in cited)
        return self.macro("citation", cited)

    def macro(self, name: str, *what: Any) -> str:
        """A component drawn by the macro of its own name in `components/`."""
        module: Any = self.templates.get_template(f"components/{name}.html").module
        return str(getattr(module, name)(self, *what)).strip()

    def quotation_card(self, quotation: Quotation) -> Markup:
        """The card of a quotation."""
        return Markup(self.macro("quotation_card", self.argument.card(quotation)))  # noqa: S704 - a component made it

    def reference(self, source: Source) -> Markup:
        """A source in the list at the foot of the page."""
        return Markup(self.macro("reference", source))  # noqa: S704 - a component made it

    def bearings(self, item: Item) -> Markup:
        """What an item supports, answers or contradicts, and what does so to it; nothing if nothing is said of that.

        What a quotation does is said on its card.
        """
        found = [one for one in self.argument.bearings.get(item.address, ()) if one.passive or not isinstance(item, Quotation)]
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

    @property
    def moved_away(self) -> tuple[Moved, ...]:
        """What had an address on this page and is on another one now."""
        return self.moves.away(self.address)

    def side(self, side: Side) -> str:
        """The words for a side, from the settings."""
        return self.sides[side]

    @property
    def references(self) -> list[Source]:
        """Every source cited on the page so far, in the order of their labels."""
        return sorted(self.cited.values(), key=lambda source: (source.label.lower(), source.key))
