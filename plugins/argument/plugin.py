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

from argument import addresses, inventory, ledger, offline, output, packs, settings, style_sheets
from argument.argument import Argument
from argument.assembling import assemble
from argument.cache import Cache
from argument.context import Workshop
from argument.generators import (
    CodesGenerator,
    FeedGenerator,
    FilesGenerator,
    NotFoundGenerator,
    PapersGenerator,
    QuotationsGenerator,
    RedirectsGenerator,
    ReferencesGenerator,
    SearchGenerator,
    ShareImagesGenerator,
    SharePagesGenerator,
    TablesGenerator,
)
from argument.image_texts import share_images
from argument.model import ITEMS, Page
from argument.papers import Paper, in_the_way, paper_of_parts, papers
from argument.pelican_log import ProblemHandler, leave_output_free
from argument.printing import Printer
from argument.problems import Place, Problem, did_you_mean
from argument.reader import ArgumentReader
from argument.render import View
from argument.reports import Format, told
from argument.share_images import ShareImages
from argument.share_pages import SharePage
from argument.structure import weaknesses
from argument.topics import misnamed
from argument.values import Offline

# Templates that need more than a page: frames, and those of other things.
OF_ITEMS = {kind.template for kind in ITEMS.values() if kind is not Page and isinstance(kind.template, str)}
NOT_FOR_PAGES = {"404", "base", "offline", "pack", "redirect", "unstyled", SharePage.template, *OF_ITEMS}


class Build:
    """One Pelican run: its settings, the folder it builds into, and the problems found so far."""

    addresses: Collection[str] = ()
    unrecorded: Sequence[str] = ()
    late: Sequence[Problem] = ()  # found while the site was being written
    worker: Callable[[Path], str] | None = None  # the script that keeps the site, once that is built
    pack: Callable[[Path], dict[str, bytes]] | None = None  # what of the site goes into a pack, if one was asked for

    def __init__(self, pelican: Pelican) -> None:
        self.pelican = pelican
        self.output = Path(pelican.settings["OUTPUT_PATH"])
        self.content = Path(pelican.settings["PATH"])
        self.settings = settings.read(pelican.settings)
        settings.impose(pelican.settings, DEFAULT_CONFIG)
        self.log = ProblemHandler(self.content)
        kept = self.content.parent / ".cache"
        self.cache = Cache(kept / "argument.pickle")
        theme = Path(pelican.theme)
        self.drawing = ShareImages(theme, pelican.settings["SITENAME"], kept / "share-images")
        self.workshop = Workshop(self.settings, pelican.settings, theme, self.content, self.cache, self.drawing)

    def use_reader(self, readers: Readers) -> None:
        """readers_init: Markdown files are read by the plugin, and nothing else is (the inventory names what is left)."""
        ours: Any = partial(ArgumentReader, cache=self.cache)  # Pelican calls it as it would call a class
        readers.reader_classes = {"md": ours, "static": readers.reader_classes["static"]}

    def begin(self, pelican: Pelican) -> list[type[Generator]]:
        """get_generators, the first signal of a run: build beside the old output, and miss no warning."""
        self.log.attach()
        pelican.output_path = str(output.staging(self.output))
        own: list[type[Generator]] = [QuotationsGenerator, SharePagesGenerator, TablesGenerator, CodesGenerator]
        own += [RedirectsGenerator, ReferencesGenerator]
        own += [FeedGenerator, PapersGenerator, ShareImagesGenerator, SearchGenerator]
        return [*own, NotFoundGenerator, FilesGenerator]

    def check_argument(self, generators: list[Generator]) -> None:
        """all_generators_finalized: every file is read and nothing is written yet."""
        pages = [page for generator in generators if isinstance(generator, PagesGenerator) for page in generator.pages]
        documents = sorted((page.read.document for page in pages), key=lambda document: document.path)
        names = list(inventory.files(self.content, self.pelican.settings["IGNORE_FILES"]))
        static, unread = inventory.sort_out(names, self.pelican.settings["STATIC_PATHS"], self.content.name)
        argument, unresolved = assemble(documents, static, self.cache, allow_unchecked=self.settings.allow_unchecked)
        templates = generators[0].env
        themed = {path.stem for path in Path(self.pelican.theme, "templates").glob("*.html")} - NOT_FOR_PAGES
        problems = [problem for page in pages for problem in page.read.problems]
        problems += [*unread, *unresolved, *without_template(argument, themed), *self.log.problems]
        broken = {problem.place.path for page in pages for problem in page.read.problems}
        printed, lacking = papers(argument) if self.settings.paper is None else self.paper(argument)
        problems += lacking
        problems += weaknesses(argument, {problem.place.path for problem in problems})
        problems += misnamed(argument)
        recorded = ledger.read(self.content / ledger.FILE, f"{self.content.name}/{ledger.FILE}")
        problems += [*recorded.problems, *addresses.wrong_aliases(argument, recorded.places)]
        problems += [*addresses.taken(argument), *(offline.taken(argument) if self.settings.offline is Offline.ON else ())]
        problems += [*addresses.gone(argument, recorded, broken)]
        images = tuple(share_images(argument, self.settings.sides))
        problems += [*self.drawing.undrawable(images), *style_sheets.broken(self.workshop.theme)]
        known, site = addresses.current(argument), self.workshop.site
        packed, unpackable = packs.chosen(self.settings.pack, known, site, Place(f"{settings.PREFIX}PACK"))
        problems += [*unpackable, *packs.in_the_way(self.settings.pack_file), *in_the_way(self.settings.paper_file)]
        problems += packs.in_the_way(self.settings.bundle, packs.BUNDLE) if self.settings.bundle else []
        if problems:
            self.stop(problems)
        moves = addresses.moves(argument, recorded.places)
        self.addresses = moves.names
        self.unrecorded = sorted(moves.names.keys() - recorded.places.keys()) if recorded.places else []
        context = self.workshop.context(argument, moves, images, printed, templates)
        self.late = context["problems"]
        self.worker = context["keeping"].worker if self.settings.offline is not Offline.OFF else None
        self.cache.save()
        if self.settings.paper is not None:
            self.print_alone(context["printer"], printed)
        if packed:
            pack = self.workshop.pack(packed, argument, images, printed)
            drawn = templates.get_template("pack.html").render({**self.pelican.settings, **context, "pack": pack})
            self.pack = partial(packs.packed, pack, index=drawn, site=site)
        generators[0].context.update(context)
        self.prepare(pages, context["view_of"])

    def paper(self, argument: Argument) -> tuple[list[Paper], list[Problem]]:
        """The papers that are asked for by themselves."""
        place = Place(f"{settings.PREFIX}PAPER")
        return paper_of_parts(self.settings.paper or [], argument, place, self.pelican.settings["SITENAME"])

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
        self.log.detach()
        if self.worker:
            staged = Path(pelican.output_path)
            (staged / offline.WORKER).write_text(self.worker(staged), "utf-8", newline="\n")
        output.publish(Path(pelican.output_path), self.output)
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
            for remark in settings.left_empty(self.settings, self.pelican.settings["SITEURL"]):
                print(remark)
        tell([], self.settings.problems)

    def stop(self, problems: list[Problem]) -> NoReturn:
        """Print every problem and end the run. SystemExit, because Pelican shows any Exception with a traceback."""
        self.log.detach()
        self.cache.save()
        tell(problems, self.settings.problems)
        raise SystemExit(1)


def without_template(argument: Argument, themed: Collection[str]) -> list[Problem]:
    """A problem for each page whose template the theme does not have."""
    return [
        Problem(
            argument.documents[f"{page.folder}/{page.slug}.md"].places["template"],
            f'the theme has no template "{page.template}".',
            did_you_mean(page.template, themed, "Templates live in templates/ of the theme."),
        )
        for page in argument.pages.values()
        if page.template not in themed
    ]


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
