"""What no content file stands for: quotations defined in place, redirects, tables as data, downloads, share images, styles."""

import shutil
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer
from rich.console import Console

from argument import csv_tables, feed
from argument.exports import FORMATS
from argument.model import Item, Quotation
from argument.render import View
from argument.share_pages import SharePage


def theme_file(generator: Generator, source: str, name: str) -> None:
    """Copy a file of the theme to the folder of its static files."""
    target = Path(generator.output_path, generator.settings["THEME_STATIC_DIR"], name)
    target.parent.mkdir(parents=True, exist_ok=True)
    shutil.copyfile(Path(generator.theme, source), target)


@dataclass(frozen=True)
class BuiltPage:
    """What a template needs of a page, for one that is built and not written."""

    item: Item | SharePage
    view: View

    @property
    def title(self) -> str:
        return self.item.title


class QuotationsGenerator(Generator):
    """Writes a page for each quotation that has no file of its own, from the same template as for those that have."""

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("quotation")  # type: ignore[no-untyped-call]
        argument = self.context["argument"]
        for quotation in argument.quotations.values():
            if f"{Quotation.folder}/{quotation.slug}.md" in argument.documents:
                continue
            view = self.context["view_of"](quotation.address)
            context: dict[str, Any] = self.context
            writer.write_file(  # type: ignore[no-untyped-call]
                quotation.address, template, context, relative_urls=True, page=BuiltPage(quotation, view), url=quotation.address
            )


class SharePagesGenerator(Generator):
    """Writes a page for each table and each row, and the script of all share pages."""

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("share")  # type: ignore[no-untyped-call]
        context: dict[str, Any] = self.context
        for item in self.context["argument"].share_pages:
            page = BuiltPage(item, self.context["view_of"](item.address))
            writer.write_file(  # type: ignore[no-untyped-call]
                item.address, template, context, relative_urls=True, page=page, url=item.address
            )
        theme_file(self, "scripts/share.js", "share.js")


class TablesGenerator(Generator):
    """Writes the data of each table."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        argument = self.context["argument"]
        for table in argument.comparisons.values():
            file = Path(self.output_path, table.csv)
            file.parent.mkdir(parents=True, exist_ok=True)
            made = csv_tables.written(table, argument, self.context["label"])
            file.write_text(made, csv_tables.ENCODING, newline="")


class CodesGenerator(Generator):
    """Writes the QR code of each page's address, where the site knows its own."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        for address, code in self.context["codes"].items():
            file = Path(self.output_path, address)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_text(code, "utf-8", newline="\n")


class RedirectsGenerator(Generator):
    """Writes a plain page at each former address, and, if there is one, the script that goes on from it."""

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("redirect")  # type: ignore[no-untyped-call]
        context: dict[str, Any] = self.context
        for redirect in self.context["moves"].redirects():
            view = self.context["view_of"](redirect.old)
            site = self.settings["SITEURL"].rstrip("/")
            canonical = f"{site}/{redirect.address}" if site else view.url(redirect.address)
            writer.write_file(  # type: ignore[no-untyped-call]
                redirect.old, template, context, relative_urls=True, redirect=redirect, view=view, canonical=canonical
            )
            theme_file(self, "scripts/redirect.js", "redirect.js")


class ReferencesGenerator(Generator):
    """Writes all sources as files that reference managers read."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        for name, export in FORMATS.items():
            Path(self.output_path, name).write_text(export.write(self.context["argument"].sources), "utf-8", newline="\n")


class FeedGenerator(Generator):
    """Writes the feed, where the site knows its own address."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        if self.context["feed"]:
            argument, site = self.context["argument"], self.context["site"]
            made = feed.written(site, self.settings["DEFAULT_LANG"], [*argument.updates, *argument.responses])
            Path(self.output_path, self.context["feed"]).write_text(made, "utf-8", newline="\n")


class ShareImagesGenerator(Generator):
    """Writes the share images; what does not fit into one is found only when it is drawn.

    How far it has come it says where Pelican says what it does, and only to a person.
    """

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        shown_on = (console if console.is_terminal else Console(stderr=True)) if sys.stderr.isatty() else None
        found = self.context["drawing"].write(self.context["share_images"], Path(self.output_path), shown_on)
        self.context["problems"].extend(found)


class PapersGenerator(Generator):
    """Writes the PDFs; what is wrong with them joins the problems of the build."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        printer = self.context["printer"]
        made, problems = printer.printed(self.context["papers"])
        self.context["problems"] += problems
        for address, file in made.items():
            path = Path(self.output_path, address)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file)
        if not problems:
            printer.store.sweep()


class StylesheetGenerator(Generator):
    """Joins the theme's `styles/*.css`, one file a component, into one `theme/site.css`: a reader asks for one file.

    The order of the files does not matter: the first of them declares the order of the layers.
    """

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        styles = sorted(Path(self.theme, "styles").glob("*.css"))
        target = Path(self.output_path, self.settings["THEME_STATIC_DIR"], "site.css")
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text("\n".join(style.read_text("utf-8") for style in styles), "utf-8")
