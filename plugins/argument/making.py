"""All that one state of a site is made from and with: the argument, what is known of it, what draws, prints and indexes it.

Knows no Pelican, but its settings.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

from argument import hosting, made, offline, strangers
from argument.argument import Argument
from argument.bibliography import Bibliography
from argument.facts import Facts
from argument.fingerprints import Fingerprints
from argument.made import Product
from argument.offline import Keeping
from argument.printing import Printer
from argument.reading import Read
from argument.reads import TEXT, WHOLE
from argument.search import Search
from argument.share_images import ShareImages
from argument.theme_files import ASKED, ThemeFiles
from argument.values import Offline

GONE = "gone"


@dataclass(frozen=True)
class Making:
    """`roots` are what pages are made from, by the names under which answers are noted; `context` is what templates may name."""

    roots: Mapping[str, Any]
    context: Mapping[str, Any]
    theme: ThemeFiles
    folder: Path  # of the theme
    drawing: ShareImages
    printer: Printer
    search: Search
    digest: Callable[[], str]  # of all that pages are made with, whatever they say

    def __getstate__(self) -> dict[str, Any]:
        """In another process the products are made anew. Raises TypeError where others may have changed what makes them."""
        if strangers.among_pages(self.context):
            raise TypeError
        return {name: value for name, value in self.__dict__.items() if name != "products"}

    @property
    def argument(self) -> Argument:
        found: Argument = self.roots["argument"]
        return found

    @property
    def facts(self) -> Facts:
        found: Facts = self.roots["facts"]
        return found

    @property
    def bibliography(self) -> Bibliography:
        found: Bibliography = self.roots["bibliography"]
        return found

    @cached_property
    def products(self) -> Mapping[str, Product]:
        """The files that are made one by one, by their addresses."""
        return dict(made.products(self.facts, self.context))

    def product(self, address: str) -> Product | None:
        """The file at an address, if it is made by itself; where one is asked for, the others need not be known."""
        if address in self.facts.things:
            return made.page(address, self.facts, self.context)
        return self.products.get(address)

    @cached_property
    def means(self) -> str:
        """The digest of all that pages are made with, whatever they say."""
        return self.digest()

    def hosting(self) -> dict[str, str]:
        """What hosts and robots ask for; for when all pages have been drawn."""
        worker = [offline.WORKER] if self.context["settings"].offline is not Offline.OFF else []
        items = self.argument.by_address.values()
        return hosting.files(self.context["site"], self.context["DEFAULT_LANG"], items, self.theme, worker)

    @property
    def keeping(self) -> Keeping:
        """What keeps the site in browsers."""
        return Keeping(self.context["settings"].offline, self.argument, self.theme, self.folder)


class Answers:
    """What the nodes of this state of a site say now, as fingerprints."""

    def __init__(self, making: Making, read: Iterable[Read]) -> None:
        self.roots = making.roots
        documents = [(one.document, one.faces) for one in read]
        self.prints = Fingerprints(documents)
        things = [thing for one, _ in documents for thing in (one.item, *one.quotations) if thing]
        self.texts = {(thing.origin.place.path, thing.slug): thing.origin.body for thing in things}

    def of(self, node: tuple[str, str, Hashable]) -> str:
        """The fingerprint of what a node says. One that nothing answers any more says just that."""
        of, name, key = node
        if of == TEXT:
            return self.prints.of(self.texts.get((name, str(key))))
        if of == ASKED:
            return ""  # follows from the theme and the page
        value = getattr(self.roots[of], name)
        if callable(value):
            try:
                return self.prints.of(value(*key))  # type: ignore[misc]  # what was asked
            except (LookupError, ValueError):
                return GONE
        return self.prints.of(value if key is WHOLE else value.get(key))
