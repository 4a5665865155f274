"""The files that are made of an argument one by one: pages, each with its template, and files of data and text.

Nothing is made before it is asked for. Knows no Pelican.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from argument import browser_editor, cache, csv_tables, feed, not_found, offline, qr_codes
from argument.addresses import Redirect
from argument.argument import Argument
from argument.bibliography import Site
from argument.exports import FORMATS, Export
from argument.facts import Facts
from argument.model import Item
from argument.render import View
from argument.share_pages import SharePage

Context = Mapping[str, Any]  # what templates may name (context.py)


@dataclass(frozen=True)
class BuiltPage:
    """What a template needs of a page."""

    item: Item | SharePage
    view: View

    @property
    def title(self) -> str:
        return self.item.title


@dataclass(frozen=True)
class Product:
    """One file, and what makes it; of `means` where it follows from less than what all pages are made with."""

    make: Callable[[], bytes]
    means: str = ""


def products(facts: Facts, context: Context) -> Iterator[tuple[str, Product]]:
    """Every file with its address: of pages, then of the rest. `facts` say which there are, and are not noted."""
    for address in facts.things:
        yield address, page(address, facts, context)
    lost, without = not_found.PAGE, offline.PAGE
    yield lost.address, Product(partial(drawn, "404", context, lambda: {"page": BuiltPage(lost, context["lost"]())}))
    if context["offline"]:
        view = context["without_connection"]
        yield offline.ADDRESS, Product(partial(drawn, "offline", context, lambda: {"page": BuiltPage(without, view())}))
    yield from files(facts, context)


def page(address: str, facts: Facts, context: Context) -> Product:
    """The page of a thing. Raises KeyError where there is none."""
    thing = facts.things[address]
    template, values = ("redirect", former) if isinstance(thing, Redirect) else (str(thing.template), present)
    return Product(partial(drawn, template, context, partial(values, address, context)))


def drawn(template: str, context: Context, values: Callable[[], Context]) -> bytes:
    """A page by its template."""
    templates = context["templates"]
    return str(templates.get_template(f"{template}.html").render({**context, **values()})).encode()


def present(address: str, context: Context) -> Context:
    """What the template of a page is given. Its view is made when it is drawn, from the top down, so that citations count so."""
    return {"page": BuiltPage(context["facts"].things[address], context["view_of"](address))}


def former(address: str, context: Context) -> Context:
    """What the page of a former address is given: canonical is where it leads."""
    redirect: Redirect = context["facts"].things[address]
    view = context["view_of"](redirect.old)
    canonical = context["site"].address_of(redirect.address) or view.url(redirect.address)
    return {"redirect": redirect, "view": view, "canonical": canonical}


def files(facts: Facts, context: Context) -> Iterator[tuple[str, Product]]:
    """The data of each table, QR codes, all sources for reference managers, the feed, the editor."""
    argument: Argument = context["argument"]
    for page in facts.things.values():
        if isinstance(page, SharePage) and not page.row:
            yield page.comparison.csv, Product(partial(data, page.comparison.id, context))
        if context["site"].url and not isinstance(page, Redirect):
            yield qr_codes.file_of(page.address), code(page.address, context["site"])
    for name, export in FORMATS.items():
        yield name, Product(partial(exported, export, argument))
    if context["feed"]:
        yield context["feed"], Product(partial(news, context))
    settings = context["settings"]
    if settings.editor:
        theme, content = Path(context["THEME"]), Path(context["PATH"]).name
        made = browser_editor.files(settings.editor, settings.editor_repository, theme, content)
        yield from ((address, Product(make)) for address, make in made.items())


def data(table: str, context: Context) -> bytes:
    """A table as data."""
    argument: Argument = context["argument"]
    return csv_tables.file(argument.comparisons[table], argument, context["label"])


def code(page: str, site: Site) -> Product:
    """The QR code of a page: a drawing that follows from its address alone, and takes long."""
    address = site.address_of(page)
    means = cache.digest([cache.code_of(qr_codes.__name__, qr_codes.USED), address])
    return Product(lambda: qr_codes.drawn(address).encode(), means)


def exported(export: Export, argument: Argument) -> bytes:
    """All sources in one format."""
    return export.write(argument.sources).encode()


def news(context: Context) -> bytes:
    """The feed."""
    argument: Argument = context["argument"]
    return feed.written(context["site"], context["DEFAULT_LANG"], [*argument.updates, *argument.responses]).encode()
