"""The wiring: which of Pelican's signals calls what. Everything that decides anything is elsewhere."""

import atexit
import gc
import sys
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any, NoReturn

from pelican import Pelican
from pelican.generators import Generator, PagesGenerator
from pelican.plugins import signals
from pelican.settings import DEFAULT_CONFIG

from argument import inventory, ledger, offline, packs, settings, unpublished, writers_guide
from argument.checking import Checked
from argument.context import Workshop
from argument.drawn_site import DrawnSite
from argument.folders import State, states
from argument.output import Staging, taken, unwritable
from argument.papers import Paper
from argument.pelican_log import ProblemHandler, for_person, leave_output_free
from argument.printing import Printer
from argument.problems import Problem
from argument.reads import noting
from argument.reports import Format, told
from argument.unchanged import LastBuild
from argument.values import Offline


class Build:
    """One Pelican run: its settings, the folder it builds into, and the problems found so far."""

    addresses: Collection[str] = ()
    unrecorded: Sequence[str] = ()
    left_out: Sequence[str] = ()  # what is to be said of files that are not published
    staging: Staging | None = None  # from the time when it has begun to write, to the end
    site: DrawnSite
    guide: DrawnSite | None = None  # the writer's guide, if it is published
    pages: PagesGenerator  # Pelican's own, which has nothing to write
    pack: Callable[[Path], dict[str, bytes]] | None = None  # what of the site goes into a pack, if one was asked for

    def __init__(self, pelican: Pelican, last: LastBuild) -> None:
        self.pelican, self.last = pelican, last
        self.output = Path(pelican.settings["OUTPUT_PATH"]).resolve()
        self.workshop = Workshop.of(pelican.settings, DEFAULT_CONFIG)
        self.settings, self.content, self.cache = self.workshop.settings, self.workshop.content, self.workshop.cache
        self.log = ProblemHandler(self.content)

    def begin(self, pelican: Pelican) -> None:
        """get_generators, the first signal of a run: build beside the old output, and miss no warning."""
        self.log.attach()
        code, theme = Path(__file__).resolve().parent, self.workshop.theme.resolve()
        if problems := [*taken(self.output, (self.content.resolve(), theme, code, self.cache.file.parent.resolve()))]:
            self.stop(problems)
        try:
            self.staging = Staging(self.output, self.wait)
        except OSError as error:
            self.stop([unwritable(self.output, error)])
        pelican.output_path = str(self.staging.folder)

    def wait(self) -> None:
        """Say why nothing happens."""
        print(f"Another build or publication has {self.output.name}/: this waits until that is done.", file=sys.stderr, flush=True)

    @contextmanager
    def writing(self) -> Iterator[Staging]:
        """What is written, for a part of the run; whatever ends that part before its time leaves nothing of it."""
        if not self.staging:
            raise LookupError("Nothing has begun.")
        try:
            yield self.staging
        except OSError as error:
            problem = self.staging.unwritable(error)
            self.staging.leave()
            if not problem:
                raise
            self.stop([problem])
        except BaseException:
            self.staging.leave()
            raise

    def check_argument(self, generators: list[Generator]) -> None:
        """all_generators_finalized: what Pelican itself copies is known, and nothing is written yet."""
        with self.writing():
            self.check(generators)

    def check(self, generators: list[Generator]) -> None:
        """Read and check everything; stop if anything is wrong."""
        self.pages = next(generator for generator in generators if isinstance(generator, PagesGenerator))
        templates = generators[0].env
        progress = for_person(sys.stdout if self.settings.problems is Format.TEXT else None)
        self.site = DrawnSite(self.workshop, templates, for_author=False, progress=progress)
        checked = self.site.look_at_all()
        problems = [*checked.problems, *self.log.problems]
        if self.workshop.has_guide:
            workshop = writers_guide.workshop(self.workshop, DEFAULT_CONFIG)
            self.guide = DrawnSite(workshop, templates, for_author=False, progress=progress)
            problems += self.guide.look()
        if problems:
            self.stop(problems)
        self.site.show(checked)
        self.take_note(checked)

    def take_note(self, checked: Checked) -> None:
        """Keep what is needed of an argument that holds; print what is asked for alone."""
        making = self.site.shown
        recorded, names = checked.recorded.places, checked.moves.names
        self.addresses = names
        self.unrecorded = sorted(names.keys() - recorded.keys()) if recorded else []
        if self.settings.paper is not None:
            self.print_alone(making.printer, checked.papers)
        if checked.packed:
            pack = self.workshop.pack(checked.packed, checked.argument, checked.images, checked.papers)
            with noting():
                drawn = self.site.templates.get_template("pack.html").render({**making.context, "pack": pack})
            self.pack = partial(packs.packed, pack, index=drawn, site=self.workshop.site)
        documents = (read.document for _, read in self.site.read.values())
        self.left_out = list(unpublished.remarks(documents, checked.kept_back, self.workshop.today))

    def print_alone(self, printer: Printer, papers: Sequence[Paper]) -> NoReturn:
        """Write the papers that are asked for and no site, and end the run."""
        from argument.pdf import page_count  # noqa: PLC0415 - no other build needs it

        printed = printer.printed(papers)
        if printed.problems:
            self.stop(printed.problems)
        self.log.detach()
        self.cache.save()
        for address, file in printed.files.items():
            path = Path(self.settings.paper_file or Path(address).name)
            path.write_bytes(file)
            print(f"{path}: {page_count(file)} pages")
        raise SystemExit(0)

    def publish(self, _: Pelican) -> None:
        """finalized: write the site, which takes the place of the old one unless something or Pelican complained."""
        with self.writing() as staging:
            self.write(staging.folder)
            self.pack_up(staging.folder)
            self.log.detach()
            staging.publish()
            left = states(str(self.output))
            self.remember(left)
            self.hand_out(left)
            staging.leave()
        tell([], self.settings.problems)

    def write(self, folder: Path) -> None:
        """Write the site into a folder; stop if that cannot be done."""
        problems = [*self.site.write(folder, self.output), *self.log.problems]
        if self.guide and not problems:
            problems += self.guide.write(folder / inventory.WRITERS_GUIDE, self.output / inventory.WRITERS_GUIDE)
        if problems:
            self.stop(problems)
        if self.settings.offline is not Offline.OFF:
            (folder / offline.WORKER).write_text(self.site.shown.keeping.worker(folder), "utf-8", newline="\n")

    def pack_up(self, folder: Path) -> None:
        """Write what is asked for of the site in a folder, before readers have that: stop if it cannot be written."""
        wanted = {self.settings.pack_file: (packs.PACK, self.pack)} if self.pack else {}
        wanted |= {self.settings.bundle: (packs.BUNDLE, packs.bundled)} if self.settings.bundle else {}
        for file, (noun, made) in wanted.items():
            try:
                packs.write(made(folder), Path(file), noun)
            except OSError as error:
                self.stop([packs.unwritable(file, noun, error)])

    def hand_out(self, left: Mapping[str, State]) -> None:
        """Make what follows from the published site, as it was left, and say what is to be said of it."""
        pages: list[Any] = [document.item for document in self.site.shown.argument.documents.values()]
        self.pages.pages = pages  # so that Pelican says how many there are
        if self.settings.record_addresses:
            ledger.record(self.content / ledger.FILE, self.addresses)
        if self.settings.problems is Format.TEXT:
            said = [*self.remarks()]
            sites = [self.site, *([self.guide] if self.guide else [])]
            for remark in [*(remark for site in sites for remark in site.said), *said]:
                print(remark)
            self.last.keep(said, left)

    def remarks(self) -> Iterator[str]:
        """What is to be said of a site that is published."""
        if self.unrecorded and not self.settings.record_addresses:
            what = "1 address is" if len(self.unrecorded) == 1 else f"{len(self.unrecorded)} addresses are"
            yield f"{what} not in {ledger.FILE} yet, such as {self.unrecorded[0]}: python3 tasks.py addresses keeps them for good."
        yield from self.left_out
        yield from settings.left_empty(self.settings, self.pelican.settings["SITEURL"])

    def remember(self, left: Mapping[str, State]) -> None:
        """Keep what was made and how it was left, for the next build."""
        self.site.remember(left)
        if self.guide:
            below = f"{inventory.WRITERS_GUIDE}/"
            self.guide.remember({name.removeprefix(below): state for name, state in left.items() if name.startswith(below)})

    def stop(self, problems: Sequence[Problem]) -> NoReturn:
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


def start(pelican: Pelican, last: LastBuild) -> None:
    """The settings are known, something has changed since the last build, and nothing has begun."""
    gc.disable()  # a build ends soon, and what it makes it needs to the end
    atexit.register(gc.freeze)  # nor is it looked through then: that took a sixth of a build in which a page had changed
    form = settings.format_of(pelican.settings)
    if form is not Format.TEXT:
        leave_output_free()
    try:
        build = Build(pelican, last)
    except settings.SettingsError as error:
        tell(error.args, form)
        raise SystemExit(1) from None
    pelican.argument_build = build  # type: ignore[attr-defined]  # Pelican's signals hold handlers weakly
    signals.get_generators.connect(build.begin)
    signals.all_generators_finalized.connect(build.check_argument)
    signals.finalized.connect(build.publish)
