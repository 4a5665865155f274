"""The wiring: which of Pelican's signals calls what. Everything that decides anything is elsewhere."""

import sys
from collections.abc import Callable, Collection, Sequence
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from pelican import Pelican
from pelican.generators import Generator, PagesGenerator
from pelican.plugins import signals
from pelican.readers import Readers
from pelican.settings import DEFAULT_CONFIG

from argument import inventory, ledger, offline, output, packs, settings, unpublished, writers_guide
from argument.checking import check
from argument.context import Workshop
from argument.drawn_site import DrawnSite
from argument.generators import (
    BuiltFilesGenerator,
    BuiltPagesGenerator,
    FilesGenerator,
    PapersGenerator,
    SearchGenerator,
    ShareImagesGenerator,
)
from argument.papers import Paper
from argument.pelican_log import ProblemHandler, leave_output_free
from argument.printing import Printer
from argument.problems import Problem
from argument.reader import ArgumentReader
from argument.render import View
from argument.reports import Format, told
from argument.values import Offline


class Build:
    """One Pelican run: its settings, the folder it builds into, and the problems found so far."""

    addresses: Collection[str] = ()
    unrecorded: Sequence[str] = ()
    left_out: Sequence[str] = ()  # what is to be said of files that are not published
    late: Sequence[Problem] = ()  # found while the site was being written
    worker: Callable[[Path], str] | None = None  # the script that keeps the site, once that is built
    guide: DrawnSite | None = None  # the writer's guide, if it is published
    pack: Callable[[Path], dict[str, bytes]] | None = None  # what of the site goes into a pack, if one was asked for

    def __init__(self, pelican: Pelican) -> None:
        self.pelican = pelican
        self.output = Path(pelican.settings["OUTPUT_PATH"])
        self.workshop = Workshop.of(pelican.settings, DEFAULT_CONFIG)
        self.settings, self.content, self.cache = self.workshop.settings, self.workshop.content, self.workshop.cache
        self.log = ProblemHandler(self.content)

    def use_reader(self, readers: Readers) -> None:
        """readers_init: Markdown files are read by the plugin, and nothing else is (the inventory names what is left)."""
        ours: Any = partial(ArgumentReader, cache=self.cache)  # Pelican calls it as it would call a class
        readers.reader_classes = {"md": ours, "static": readers.reader_classes["static"]}

    def begin(self, pelican: Pelican) -> list[type[Generator]]:
        """get_generators, the first signal of a run: build beside the old output, and miss no warning."""
        self.log.attach()
        pelican.output_path = str(output.staging(self.output))
        own: list[type[Generator]] = [BuiltPagesGenerator, BuiltFilesGenerator, PapersGenerator, ShareImagesGenerator]
        return [*own, SearchGenerator, FilesGenerator]

    def check_argument(self, generators: list[Generator]) -> None:
        """all_generators_finalized: every file is read and nothing is written yet."""
        pages = [page for generator in generators if isinstance(generator, PagesGenerator) for page in generator.pages]
        checked = check([page.read for page in pages], self.workshop)
        problems = [*checked.problems, *self.log.problems]
        if self.workshop.has_guide:
            workshop = writers_guide.workshop(self.workshop, DEFAULT_CONFIG)
            self.guide = DrawnSite(workshop, generators[0].env, for_author=False)
            problems += self.guide.look()
        if problems:
            self.stop(problems)
        recorded, moves, templates = checked.recorded.places, checked.moves, generators[0].env
        self.addresses = moves.names
        self.unrecorded = sorted(moves.names.keys() - recorded.keys()) if recorded else []
        context = self.workshop.context(checked.argument, moves, checked.images, checked.papers, templates)
        self.late = context["problems"]
        self.worker = context["keeping"].worker if self.settings.offline is not Offline.OFF else None
        self.cache.save()
        if self.settings.paper is not None:
            self.print_alone(context["printer"], checked.papers)
        if checked.packed:
            pack = self.workshop.pack(checked.packed, checked.argument, checked.images, checked.papers)
            drawn = templates.get_template("pack.html").render({**self.pelican.settings, **context, "pack": pack})
            self.pack = partial(packs.packed, pack, index=drawn, site=self.workshop.site)
        generators[0].context.update(context)
        self.left_out = list(unpublished.remarks((page.read.document for page in pages), checked.kept_back, self.workshop.today))
        pages = [page for page in pages if page.read.document.name not in checked.kept_back]
        for generator in generators:
            if isinstance(generator, PagesGenerator):
                generator.pages = [page for page in generator.pages if page in pages]
        self.prepare(pages, context["view_of"])

    def print_alone(self, printer: Printer, printed: Sequence[Paper]) -> NoReturn:
        """Write the papers that are asked for and no site, and end the run."""
        from argument.pdf import page_count  # noqa: PLC0415 - no other build needs it

        made, problems = printer.printed(printed)
        if problems:
            self.stop(problems)
        self.log.detach()
        for address, file in made.items():
            path = Path(self.settings.paper_file or Path(address).name)
            path.write_bytes(file)
            print(f"{path}: {page_count(file)} pages")
        raise SystemExit(0)

    def prepare(self, pages: list[Any], view_of: Callable[[str], View]) -> None:
        """Give each page what its template needs. The template draws it, from the top down, so that citations count so."""
        for page in pages:
            page.item = page.read.document.item
            page.view = view_of(page.read.document.address)

    def publish(self, pelican: Pelican) -> None:
        """finalized: the whole site is on disk; it takes the place of the old one, unless a generator or Pelican complained."""
        if problems := [*self.log.problems, *self.late]:
            self.stop(problems)
        staged = Path(pelican.output_path)
        if self.guide and (unwritten := self.guide.write(staged / inventory.WRITERS_GUIDE)):
            self.stop([*unwritten])
        self.log.detach()
        if self.worker:
            (staged / offline.WORKER).write_text(self.worker(staged), "utf-8", newline="\n")
        output.publish(staged, self.output)
        if self.pack:
            packs.write(self.pack(self.output), Path(self.settings.pack_file))
        if self.settings.bundle:
            packs.write(packs.bundled(self.output), Path(self.settings.bundle), packs.BUNDLE)
        if self.settings.record_addresses:
            ledger.record(self.content / ledger.FILE, self.addresses)
        elif self.unrecorded and self.settings.problems is Format.TEXT:
            what = "1 address is" if len(self.unrecorded) == 1 else f"{len(self.unrecorded)} addresses are"
            print(f"{what} not in {ledger.FILE} yet, such as {self.unrecorded[0]}: python3 tasks.py addresses keeps them for good.")
        if self.settings.problems is Format.TEXT:
            for remark in [*self.left_out, *settings.left_empty(self.settings, self.pelican.settings["SITEURL"])]:
                print(remark)
        tell([], self.settings.problems)

    def stop(self, problems: list[Problem]) -> NoReturn:
        """Print every problem and end the run. SystemExit, because Pelican shows any Exception with a traceback."""
        self.log.detach()
        self.cache.save()
        tell(problems, self.settings.problems)
        raise SystemExit(1)


def tell(problems: Sequence[Problem], form: Format) -> None:
    """Print the problems of a run, or that there are none."""
    for words, stream in zip(told(problems, form), (sys.stdout, sys.stderr), strict=True):
        if words:
            print(words, file=stream)


def start(pelican: Pelican) -> None:
    """initialized: the settings are known and nothing has begun."""
    form = settings.format_of(pelican.settings)
    if form is not Format.TEXT:
        leave_output_free()
    try:
        build = Build(pelican)
    except settings.SettingsError as error:
        tell(error.args, form)
        raise SystemExit(1) from None
    pelican.argument_build = build  # type: ignore[attr-defined]  # Pelican's signals hold handlers weakly
    signals.readers_init.connect(build.use_reader)
    signals.get_generators.connect(build.begin)
    signals.all_generators_finalized.connect(build.check_argument)
    signals.finalized.connect(build.publish)


def register() -> None:
    """Called by Pelican once, for each process."""
    signals.initialized.connect(start)
