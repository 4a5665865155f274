"""A whole site, read, checked and held in memory: any file of it is drawn when it is asked for.

What is drawn is what a build writes: the same files are read, the same things are checked, the same templates draw.
"""

from collections.abc import Collection, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment

from argument import inventory, made
from argument.checking import Checked, check, check_for_author
from argument.context import Workshop
from argument.made import Drawing
from argument.problems import Problem
from argument.reader import ArgumentReader
from argument.reading import Read
from argument.search import FOLDER, Search

if TYPE_CHECKING:
    from argument.printing import Printer
    from argument.theme_files import ThemeFiles


class DrawnSite:
    """One site, as it is published or, with what is not published yet and its marks, as its author is shown it."""

    def __init__(self, workshop: Workshop, templates: Environment, *, for_author: bool) -> None:
        self.workshop, self.templates, self.for_author = workshop, templates, for_author
        self.check = check_for_author if for_author else check
        self.pelican, self.content = workshop.pelican, workshop.content
        self.reader = ArgumentReader({**workshop.pelican}, workshop.cache)
        self.read: dict[str, tuple[tuple[int, int], Read]] = {}
        self.context: dict[str, Any] = {}
        self.drawings: Mapping[str, Drawing] = {}
        self.files: Mapping[str, Any] = {}

    def look(self) -> Sequence[Problem]:
        """Read what has changed, and check everything. Without a problem, what is drawn from now on is what was found."""
        names = list(inventory.files(self.content, self.pelican["IGNORE_FILES"]))
        first = not self.read
        self.read = {name: self.read_now(name) for name in inventory.texts(names)}
        checked = self.check([read for _, read in self.read.values()], self.workshop)
        if first:  # later states are of no use to another session
            self.workshop.cache.save()
        if not checked.problems:
            self.show(checked)
        return checked.problems

    def read_now(self, name: str) -> tuple[tuple[int, int], Read]:
        """When a file of the content folder was written, and what is in it: read again only if it has been written since."""
        path = self.content / name
        state = path.stat()
        written = (state.st_mtime_ns, state.st_size)
        if name in self.read and self.read[name][0] == written:
            return self.read[name]
        return written, self.reader.remembered(f"{self.workshop.shown}/{name}", name, path.read_bytes())

    def show(self, checked: Checked) -> None:
        """From now on the site is this one."""
        argument, moves = checked.argument, checked.moves
        known = self.context.get("bibliography")
        made_of = (argument, moves, checked.images, checked.papers, self.templates)
        found = self.workshop.context(*made_of, known=known, kept_back=checked.kept_back if self.for_author else None)
        if self.context:  # a page that a browser has still open may ask for its style sheet again
            found["theme_files"].asked.update(self.context["theme_files"].asked)
        self.context = {**self.pelican, **found}
        items = (made.of(item, item.template, self.context) for item in argument.by_address.values())
        self.drawings = {drawing.address: drawing for drawing in (*items, *made.pages(self.context))}
        self.files = made.files(self.context)

    def file(self, address: str) -> bytes | None:
        """What stands at an address of the site, made now; None where there is nothing."""
        if address in self.drawings:
            return self.drawn(self.drawings[address])
        for kind in (self.files.get, self.of_theme, self.paper, self.image, self.of_search, self.for_hosts, self.copied):
            found = kind(address)
            if found is not None:
                return found() if callable(found) else found
        return None

    def write(self, folder: Path) -> Sequence[Problem]:
        """Write every file into a folder; what could not be made is a problem."""
        drawing, printer = self.workshop.drawing, self.context["printer"]
        problems = drawing.write(self.context["share_images"], folder)
        papers, unprinted = printer.printed(self.context["papers"])
        found, unfound = self.context["search"].files()
        made = {**papers, **found, **{name: (self.content / name).read_bytes() for name in self.static()}}
        made |= {address: self.drawn(page) for address, page in self.drawings.items()}
        made |= {address: file() for address, file in self.files.items()}
        made |= self.context["theme_files"].written()  # after the pages, which ask for them
        made |= {address: text.encode() for address, text in self.context["hosting"]().items()}
        for address, file in made.items():
            path = folder / address
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(file)
        return [*problems, *unprinted, *unfound]

    def drawn(self, page: Drawing) -> bytes:
        """A page."""
        template = self.templates.get_template(f"{page.template}.html")
        return str(template.render({**self.context, **page.values()})).encode()

    def of_theme(self, address: str) -> bytes | None:
        """A file of the theme, or a style sheet or script of a page that has been drawn."""
        theme: ThemeFiles = self.context["theme_files"]
        return theme.written().get(address)

    def paper(self, address: str) -> bytes | None:
        """A PDF. Raises ProblemsError for one that cannot be made."""
        wanted = [paper for paper in self.context["papers"] if paper.file == address]
        if not wanted:
            return None
        printer: Printer = self.context["printer"]
        files, problems = printer.printed(wanted)
        if problems:
            raise ProblemsError(*problems)
        return files[address]

    def image(self, address: str) -> bytes | None:
        """A share image. Raises ProblemsError for one that cannot be drawn."""
        wanted = [image for image in self.context["share_images"] if image.file == address]
        if not wanted:
            return None
        drawn = self.workshop.drawing.one(wanted[0])
        if drawn.problem:
            raise ProblemsError(drawn.problem)
        return drawn.picture

    def of_search(self, address: str) -> bytes | None:
        """A file of the search index."""
        if not address.startswith(f"{FOLDER}/"):
            return None
        search: Search = self.context["search"]
        files, problems = search.files()
        if problems:
            raise ProblemsError(*problems)
        return files.get(address)

    def for_hosts(self, address: str) -> bytes | None:
        """A file that hosts and robots ask for."""
        text = self.context["hosting"]().get(address)
        return None if text is None else text.encode()

    def copied(self, address: str) -> bytes | None:
        """A file of the content folder that is published as it is."""
        return (self.content / address).read_bytes() if address in self.static() else None

    def static(self) -> Collection[str]:
        """The files of the content folder that are published as they are."""
        names = inventory.files(self.content, self.pelican["IGNORE_FILES"])
        return inventory.sort_out(list(names), self.pelican["STATIC_PATHS"], self.workshop.shown)[0]


class ProblemsError(Exception):
    """What was asked for cannot be made; `args` are the problems."""
