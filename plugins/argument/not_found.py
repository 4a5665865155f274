"""The page that hosts show at an address where there is nothing. Knows Jinja, but no Pelican.

It is shown at any address, however deep, so a relative link on it would lead anywhere: its links begin at the root of the
host. Where the site does not know its own address it has none, and no style.
"""

from urllib.parse import urlsplit

from argument.addresses import NOT_FOUND
from argument.bibliography import Site
from argument.model import Origin, Page
from argument.problems import Place
from argument.render import Shared, View

# What every other page has in its front matter; checked from a mapping, since mypy sees no defaults of fields.
PAGE = Page.model_validate(
    {
        "origin": Origin(NOT_FOUND.removesuffix(".html"), Place("theme/templates/404.html"), ""),
        "title": "There is nothing at this address",
        "description": "The address leads to no page of this site.",
    }
)


class ViewFromAnywhere(View):
    """The page being drawn; `address` is where it stands itself."""

    anywhere = True

    def __init__(self, shared: Shared, site: Site) -> None:
        super().__init__(PAGE.address, shared)
        self.root = urlsplit(site.url).path.rstrip("/")

    def url(self, address: str) -> str:
        """A link from the root of the host."""
        return f"{self.root}/{address}"
