"""What no content file stands for: quotations defined in place, redirects, tables as data, downloads, share images, files."""

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer
from rich.console import Console

from argument import csv_tables, feed, not_found, offline
from argument.exports import FORMATS
from argument.model import Item, Quotation
from argument.render import View
from argument.share_pages import SharePage


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
    """Writes a page for each table and each row."""

    def generate_output(self, writer: Writer) -> None:
        template = self.get_template("share")  # type: ignore[no-untyped-call]
        context: dict[str, Any] = self.context
        for item in self.context["argument"].share_pages:
            page = BuiltPage(item, self.context["view_of"](item.address))
            writer.write_file(  # type: ignore[no-untyped-call]
                item.address, template, context, relative_urls=True, page=page, url=item.address
            )


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
    """Writes a plain page at each former address."""

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


class SearchGenerator(Generator):
    """Writes the index of the search; what keeps it from being made joins the problems of the build."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        files, problems = self.context["search"].files()
        self.context["problems"] += problems
        for address, file in files.items():
            path = Path(self.output_path, address)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file)


class NotFoundGenerator(Generator):
    """Writes the page that hosts show at an address where there is nothing, and that of what a browser has not kept."""

    def generate_output(self, writer: Writer) -> None:
        context: dict[str, Any] = self.context
        pages = {"404": BuiltPage(not_found.PAGE, self.context["lost"])}
        if self.context["offline"]:
            pages["offline"] = BuiltPage(offline.PAGE, self.context["without_connection"])
        for name, page in pages.items():
            template = self.get_template(name)  # type: ignore[no-untyped-call]
            address = page.view.address
            writer.write_file(  # type: ignore[no-untyped-call]
                address, template, context, relative_urls=True, page=page, url=address
            )


class FilesGenerator(Generator):
    """Writes the files of the theme, and those that hosts and robots ask for; the last, since pages ask for style sheets."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        texts = {address: text.encode() for address, text in self.context["hosting"]().items()}
        for address, file in {**self.context["theme_files"].written(), **texts}.items():
            path = Path(self.output_path, address)
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file)
