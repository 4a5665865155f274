"""What no content file stands for: pages of quotations defined in place, redirects, downloads, and the style sheet."""

import shutil
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.writers import Writer

from argument import feed
from argument.exports import FORMATS
from argument.model import Item, Quotation
from argument.render import View


@dataclass(frozen=True)
class BuiltPage:
    """What a template needs of a page, for one that is built and not written."""

    item: Item
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
            script = Path(self.output_path, self.settings["THEME_STATIC_DIR"], "redirect.js")
            script.parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(Path(self.theme, "scripts/redirect.js"), script)


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
