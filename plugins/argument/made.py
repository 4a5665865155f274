"""What no content file stands for: pages that are built and not written, each with its template, and files of text.

Nothing is drawn or written before it is asked for. Knows no Pelican.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any

from argument import browser_editor, csv_tables, feed, not_found, offline
from argument.addresses import Redirect
from argument.argument import Argument
from argument.exports import FORMATS, Export
from argument.model import Item, Quotation
from argument.render import View
from argument.share_pages import SharePage

Context = Mapping[str, Any]  # what templates may name (context.py)


@dataclass(frozen=True)
class BuiltPage:
    """What a template needs of a page, for one that is built and not written."""

    item: Item | SharePage
    view: View

    @property
    def title(self) -> str:
        return self.item.title


@dataclass(frozen=True)
class Drawing:
    """A page to be drawn: its address, its template, and what that is given beside the context."""

    address: str
    template: str
    values: Callable[[], dict[str, Any]]


def of(thing: Item | SharePage, template: str, context: Context) -> Drawing:
    """The page of one thing. Its view is made when it is drawn, from the top down, so that citations count so."""
    return Drawing(thing.address, template, lambda: {"page": BuiltPage(thing, context["view_of"](thing.address))})


def pages(context: Context) -> Iterator[Drawing]:
    """Quotations that were defined in place, tables and rows, former addresses, and what is shown where there is nothing."""
    argument = context["argument"]
    for quotation in argument.quotations.values():
        if f"{Quotation.folder}/{quotation.slug}.md" not in argument.documents:
            yield of(quotation, quotation.template, context)
    for item in argument.share_pages:
        yield of(item, item.template, context)
    for redirect in context["moves"].redirects():
        yield Drawing(redirect.old, "redirect", partial(former, redirect, context))
    yield Drawing(not_found.PAGE.address, "404", lambda: {"page": BuiltPage(not_found.PAGE, context["lost"])})
    if context["offline"]:
        yield Drawing(offline.ADDRESS, "offline", lambda: {"page": BuiltPage(offline.PAGE, context["without_connection"])})


def former(redirect: Redirect, context: Context) -> dict[str, Any]:
    """What the page of a former address is given: canonical is where it leads."""
    view = context["view_of"](redirect.old)
    canonical = context["site"].address_of(redirect.address) or view.url(redirect.address)
    return {"redirect": redirect, "view": view, "canonical": canonical}


def exported(export: Export, argument: Argument) -> bytes:
    """All sources in one format."""
    return export.write(argument.sources).encode()


def files(context: Context) -> dict[str, Callable[[], bytes]]:
    """The data of each table, QR codes, all sources for reference managers, the feed, the editor, by their addresses."""
    argument = context["argument"]
    found: dict[str, Callable[[], bytes]] = {}
    for table in argument.comparisons.values():
        found[table.csv] = partial(csv_tables.file, table, argument, context["label"])
    for address, code in context["codes"].items():
        found[address] = code.encode
    for name, export in FORMATS.items():
        found[name] = partial(exported, export, argument)
    if context["feed"]:
        found[context["feed"]] = lambda: feed.written(
            context["site"], context["DEFAULT_LANG"], [*argument.updates, *argument.responses]
        ).encode()
    settings = context["settings"]
    if settings.editor:
        found |= browser_editor.files(
            settings.editor, settings.editor_repository, Path(context["THEME"]), Path(context["PATH"]).name
        )
    return found
