"""A whole site, read, checked and held in memory: any file of it is made when it is asked for, or all of them are written.

What is shown is what a build writes: the same files are read, the same things are checked, the same templates draw.
"""

import shutil
from collections.abc import Collection, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from jinja2 import Environment

from argument import inventory, reads, record, strangers
from argument.checking import Checked, check, check_for_author
from argument.compiled import Compiled
from argument.context import Workshop
from argument.folders import State
from argument.making import Answers, Making
from argument.pickles import Pickle, told
from argument.problems import Problem
from argument.progress import NOBODY, Progress
from argument.reader import Reader
from argument.reading import Read
from argument.reads import noting
from argument.record import Record
from argument.search import FOLDER
from argument.writing import Writing

RECORD = "made.pickle"  # beside the other things that builds keep


class DrawnSite:
    """One site, as it is published or, with what is not published yet and its marks, as its author is shown it."""

    def __init__(self, workshop: Workshop, templates: Environment, *, for_author: bool, progress: Progress = NOBODY) -> None:
        self.workshop, self.templates, self.for_author, self.progress = workshop, templates, for_author, progress
        self.check = check_for_author if for_author else check
        self.pelican, self.content = workshop.pelican, workshop.content
        self.reader = Reader(self.content, workshop.shown, self.pelican["MARKDOWN"], workshop.cache)
        self.read: dict[str, tuple[State, Read]] = {}
        self.making: Making | None = None
        self.writing: Writing | None = None

    def look(self) -> Sequence[Problem]:
        """Read what has changed, and check everything. Without a problem, what is made from now on is what was found."""
        first = not self.read
        checked = self.look_at_all()
        if first:  # later states are of no use to another session
            self.workshop.cache.save()
        if not checked.problems:
            self.show(checked)
        return checked.problems

    def look_at_all(self) -> Checked:
        """The same, and nothing is made of it yet."""
        states = inventory.files(self.content, self.pelican["IGNORE_FILES"])
        self.read = self.read_changed(states)
        return self.check([read for _, read in self.read.values()], [*states], self.workshop)

    def read_changed(self, states: Mapping[str, State]) -> dict[str, tuple[State, Read]]:
        """What is in each file of text of these, and its state: read again only if that is another one."""
        found = {name: states[name] for name in inventory.texts(states)}
        changed = [name for name, state in found.items() if name not in self.read or self.read[name][0] != state]
        new = self.reader.read(changed, self.progress)
        return {name: (state, new[name] if name in new else self.read[name][1]) for name, state in found.items()}

    def show(self, checked: Checked) -> None:
        """From now on the site is this one."""
        before = self.making
        self.making = self.workshop.making(
            checked.argument,
            checked.moves,
            checked.images,
            checked.papers,
            self.templates,
            known=before.bibliography if before else None,
            kept_back=checked.kept_back if self.for_author else None,
        )
        if before:  # a page that a browser has still open may ask for its style sheet again
            self.making.theme.asked.update(before.theme.asked)

    @property
    def shown(self) -> Making:
        """What the site that is shown is made from and with. Raises LookupError before there is one."""
        if self.making is None:
            raise LookupError("No site is shown yet.")
        return self.making

    def file(self, address: str) -> bytes | None:
        """What stands at an address of the site, made now; None where there is nothing."""
        making = self.making
        if making is None:
            return None
        if product := making.product(address):
            with noting():
                return product.make()
        for kind in (self.of_theme, self.paper, self.image, self.of_search, self.for_hosts, self.copied):
            found = kind(address, making)
            if found is not None:
                return found
        return None

    @cached_property
    def record(self) -> Pickle:
        """Where it is kept what the last build made."""
        return Pickle(self.workshop.cache.file.with_name(RECORD), record.__name__, reads.__name__)

    @cached_property
    def compiled(self) -> Compiled | None:
        """Its templates, compiled; none where they may do more than is known. A guide has those of its site."""
        kept = not self.workshop.within and not strangers.among_pages(self.pelican)
        return Compiled(self.workshop.cache.file.parent) if kept else None

    def write(self, folder: Path, before: Path) -> Sequence[Problem]:
        """Write every file into a folder, those that are the same as `before` from there; what could not be made is a problem."""
        found = self.record.value() or Record()
        if self.compiled:
            self.templates.bytecode_cache = self.compiled
        answers = Answers(self.shown, (read for _, read in self.read.values()))
        self.writing = Writing(self.shown, answers, (folder, before), found, self.progress)
        if self.workshop.within:  # what stands in the content of a whole site is copied by Pelican
            self.copy(folder)
        return self.writing.write()

    def copy(self, folder: Path) -> None:
        """Copy the files that are published as they are."""
        for name in self.static():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copyfile(self.content / name, folder / name)

    def remember(self, left: Mapping[str, State]) -> None:
        """Keep what was made, for the next build, and how it was left, when it has its place."""
        if self.writing:
            self.record.keep(self.writing.recorded(left))
            self.workshop.keep(self.writing.making.bibliography)
        if self.compiled:
            self.compiled.save()

    @property
    def said(self) -> Sequence[str]:
        """What is to be said of what earlier builds kept."""
        return told([self.workshop.cache.kept, self.record, *([self.compiled.kept] if self.compiled else [])])

    def of_theme(self, address: str, making: Making) -> bytes | None:
        """A file of the theme, or a style sheet or script of a page that has been drawn."""
        return making.theme.written().get(address)

    def paper(self, address: str, making: Making) -> bytes | None:
        """A PDF. Raises ProblemsError for one that cannot be made."""
        if address not in making.facts.papers:
            return None
        printed = making.printer.printed([making.facts.papers[address]])
        if printed.problems:
            raise ProblemsError(*printed.problems)
        return printed.files[address]

    def image(self, address: str, making: Making) -> bytes | None:
        """A share image. Raises ProblemsError for one that cannot be drawn."""
        wanted = [image for image in making.facts.images.values() if image.file == address]
        if not wanted:
            return None
        drawn = self.workshop.drawing.one(wanted[0])
        if drawn.problem:
            raise ProblemsError(drawn.problem)
        return drawn.picture

    def of_search(self, address: str, making: Making) -> bytes | None:
        """A file of the search index."""
        if not address.startswith(f"{FOLDER}/"):
            return None
        files, problems = making.search.files()
        if problems:
            raise ProblemsError(*problems)
        return files.get(address)

    def for_hosts(self, address: str, making: Making) -> bytes | None:
        """A file that hosts and robots ask for."""
        text = making.hosting().get(address)
        return None if text is None else text.encode()

    def copied(self, address: str, _: Making) -> bytes | None:
        """A file of the content folder that is published as it is."""
        return (self.content / address).read_bytes() if address in self.static() else None

    def static(self) -> Collection[str]:
        """The files of the content folder that are published as they are."""
        names = inventory.files(self.content, self.pelican["IGNORE_FILES"])
        return inventory.sort_out(list(names), self.pelican["STATIC_PATHS"], self.workshop.shown)[0]


class ProblemsError(Exception):
    """What was asked for cannot be made; `args` are the problems."""
