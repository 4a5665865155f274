"""A page drawn for paper: by the same macros and templates as on the site, with links that a PDF can resolve.

Knows Jinja, but no Pelican.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from argument import qr_codes
from argument.model import Item, Quotation
from argument.paper_tree import HERE
from argument.papers import HEADING, Part
from argument.render import Shared, View


@dataclass(frozen=True)
class Drawn:
    """What a template needs of a page."""

    item: Item
    view: View


class PaperView(View):
    """One part of a paper being drawn. What was cited and explained before it in the paper counts for it too."""

    paper = True

    def __init__(self, part: Part, shared: Shared, site: str, before: "PaperView | None" = None) -> None:
        super().__init__(part.item.address, shared)
        self.part = part
        self.site = site.rstrip("/")
        if before:
            self.cited, self.expander = before.cited, before.expander

    def url(self, address: str) -> str:
        return HERE + address

    def former_ids(self, name: str = "") -> list[str]:  # noqa: ARG002 - nobody comes here by a former address
        return []

    def contents(self, item: Item) -> Markup:  # noqa: ARG002 - a PDF has an outline of its own
        return Markup()

    def printed(self, address: str) -> str:
        """An address of the site as it stands on paper: whole where the site knows its own."""
        return f"{self.site}/{address}" if self.site else address

    def qr_code(self, address: str) -> Markup:
        """The same as a QR code, an inline SVG; nothing where the site does not know its own address."""
        return qr_codes.inline(self.printed(address)) if self.site else Markup()

    @property
    def level(self) -> int:
        """The level of its first heading on the site's page."""
        found = HEADING.search(self.part.html) if self.part.fragment else None
        return int(found["level"]) if found else 1

    def body(self, context: Mapping[str, Any]) -> str:
        """The HTML of the part: by its own template, one section of its text, or a quotation's card."""
        item = self.part.item
        if self.part.fragment:
            return self.prose(self.part.html)
        if isinstance(item, Quotation):
            return self.quotation_card(item)
        name = item.template if isinstance(item.template, str) else "page"
        return self.templates.get_template(f"{name}.html").render({**context, "page": Drawn(item, self)})

    def reference_list(self) -> str:
        """Every source cited in the paper so far, as a list."""
        entries = "".join(self.reference(reference) for reference in self.references)
        return f'<ul class="references__list">{entries}</ul>' if entries else ""
