"""What no content file stands for, written: pages, tables as data, downloads, share images, papers, the search, files."""

import sys
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.log import console
from pelican.writers import Writer
from rich.console import Console

from argument import made


class BuiltPagesGenerator(Generator):
    """Writes the pages that no content file stands for."""

    def generate_output(self, writer: Writer) -> None:
        context: dict[str, Any] = self.context
        for page in made.pages(context):
            template = self.get_template(page.template)  # type: ignore[no-untyped-call]
            writer.write_file(  # type: ignore[no-untyped-call]
                page.address, template, context, relative_urls=True, url=page.address, **page.values()
            )


class BuiltFilesGenerator(Generator):
    """Writes what is made of the argument as plain files: tables as data, sources, QR codes, the feed."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        for address, file in made.files(self.context).items():
            put(self.output_path, address, file())


class ShareImagesGenerator(Generator):
    """Writes the share images; what does not fit into one is found only when it is drawn.

    How far it has come it says where Pelican says what it does, and only to a person.
    """

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        shown_on = (console if console.is_terminal else Console(stderr=True)) if sys.stderr.isatty() else None
        drawing = self.context["drawing"]
        self.context["problems"] += drawing.write(self.context["share_images"], Path(self.output_path), shown_on)


class PapersGenerator(Generator):
    """Writes the PDFs; what is wrong with them joins the problems of the build."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        printer = self.context["printer"]
        printed, problems = printer.printed(self.context["papers"])
        self.context["problems"] += problems
        for address, file in printed.items():
            put(self.output_path, address, file)
        if not problems:
            printer.store.sweep()


class SearchGenerator(Generator):
    """Writes the index of the search; what keeps it from being made joins the problems of the build."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        files, problems = self.context["search"].files()
        self.context["problems"] += problems
        for address, file in files.items():
            put(self.output_path, address, file)


class FilesGenerator(Generator):
    """Writes the files of the theme, and those that hosts and robots ask for; the last, since pages ask for style sheets."""

    def generate_output(self, writer: Writer) -> None:
        del writer  # for templates only
        texts = {address: text.encode() for address, text in self.context["hosting"]().items()}
        for address, file in {**self.context["theme_files"].written(), **texts}.items():
            put(self.output_path, address, file)


def put(folder: str, address: str, file: bytes) -> None:
    """Write a file to its address in a folder."""
    path = Path(folder, address)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(file)
