"""The site as it is now, for one who writes it: read again when something changes, and drawn page by page when it is asked for.

What is drawn is what a build writes: the same files are read, the same things are checked, the same templates draw. Nothing
is written, and a problem leaves what was there before it: at the start, what the last build wrote.
"""

import traceback
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pelican.generators import Generator
from pelican.settings import DEFAULT_CONFIG, read_settings

from argument import inventory, made
from argument.checking import Checked, check_for_author
from argument.context import Workshop
from argument.made import Drawing
from argument.not_found import PAGE as NOT_FOUND
from argument.problems import Problem, listed
from argument.reader import ArgumentReader
from argument.reading import Read
from argument.search import FOLDER, Search
from argument.settings import SettingsError

if TYPE_CHECKING:
    from argument.printing import Printer
    from argument.theme_files import ThemeFiles

AS_IT_WAS = "What the browser shows is as it was."


class Preview:
    """One site, by its settings file. Raises SettingsError for settings that are wrong."""

    def __init__(self, settings_file: str) -> None:
        self.pelican: dict[str, Any] = read_settings(settings_file)
        self.workshop = Workshop.of(self.pelican, DEFAULT_CONFIG)
        self.content = self.workshop.content
        self.reader = ArgumentReader(self.pelican, self.workshop.cache)
        # Only Pelican knows how its templates are found.
        generator: Any = Generator
        self.templates = generator({}, self.pelican, str(self.content), str(self.workshop.theme), "").env
        self.read: dict[str, tuple[tuple[int, int], Read]] = {}
        self.context: dict[str, Any] = {}
        self.drawings: Mapping[str, Drawing] = {}
        self.files: Mapping[str, Any] = {}

    def look(self) -> Sequence[Problem]:
        """Read what has changed, and check everything. Without a problem, what is shown from now on is what was found."""
        names = list(inventory.files(self.content, self.pelican["IGNORE_FILES"]))
        first = not self.read
        self.read = {name: self.read_now(name) for name in inventory.texts(names)}
        checked = check_for_author([read for _, read in self.read.values()], self.workshop)
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
        return written, self.reader.remembered(f"{self.content.name}/{name}", name, path.read_bytes())

    def show(self, checked: Checked) -> None:
        """From now on the site is this one."""
        argument, moves = checked.argument, checked.moves
        known = self.context.get("bibliography")
        made_of = (argument, moves, checked.images, checked.papers, self.templates)
        found = self.workshop.context(*made_of, known=known, kept_back=checked.kept_back)
        if self.context:  # a page that a browser has still open may ask for its style sheet again
            found["theme_files"].asked.update(self.context["theme_files"].asked)
        self.context = {**self.pelican, **found}
        items = (made.of(item, item.template, self.context) for item in argument.by_address.values())
        self.drawings = {drawing.address: drawing for drawing in (*items, *made.pages(self.context))}
        self.files = made.files(self.context)

    def file(self, address: str) -> bytes | None:
        """What stands at an address of the site, made now; None where there is nothing."""
        if not self.context:
            return self.as_built(address) if self.read else None
        if address in self.drawings:
            return self.drawn(self.drawings[address])
        for kind in (self.files.get, self.of_theme, self.paper, self.image, self.of_search, self.for_hosts, self.copied):
            found = kind(address)
            if found is not None:
                return found() if callable(found) else found
        return None

    def as_built(self, address: str) -> bytes | None:
        """What the last build wrote there: shown as long as nothing has been without a problem since the start."""
        output = Path(self.pelican["OUTPUT_PATH"]).resolve()
        path = (output / address).resolve()
        return path.read_bytes() if path.is_relative_to(output) and path.is_file() else None

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
        names = inventory.files(self.content, self.pelican["IGNORE_FILES"])
        static, _ = inventory.sort_out(list(names), self.pelican["STATIC_PATHS"], self.content.name)
        return (self.content / address).read_bytes() if address in static else None


class ProblemsError(Exception):
    """What was asked for cannot be made; `args` are the problems."""


class Session:
    """A preview as it is spoken to: whatever goes wrong is answered in words, also where settings or code are at fault."""

    def __init__(self, settings_file: str) -> None:
        self.preview: Preview | None = None
        self.wrong: Sequence[Problem] = ()
        try:
            self.preview = Preview(settings_file)
        except SettingsError as error:
            self.wrong = error.args

    def look(self) -> str:
        """The words of every problem with the site as it is now; empty if there is none."""
        try:
            problems = self.preview.look() if self.preview else self.wrong
        except Exception:
            return f"The site could not be read.\n\n{traceback.format_exc()}\n{AS_IT_WAS}"
        return f"{listed(problems)} {AS_IT_WAS}" if problems else ""

    def file(self, address: str) -> tuple[int, bytes]:
        """A status of HTTP and the file at an address, or what to say in its place."""
        try:
            found = self.preview.file(address) if self.preview else None
            if found is None:
                there = (self.preview and self.preview.file(NOT_FOUND.address)) or b""
                return (HTTPStatus.NOT_FOUND if there else HTTPStatus.SERVICE_UNAVAILABLE), there
        except ProblemsError as error:
            return HTTPStatus.INTERNAL_SERVER_ERROR, listed(error.args).encode()
        except Exception:
            return HTTPStatus.INTERNAL_SERVER_ERROR, traceback.format_exc().encode()
        return HTTPStatus.OK, found
