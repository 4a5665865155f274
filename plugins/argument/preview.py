"""The site as it is now, for one who writes it: read again when something changes, and drawn page by page when it is asked for.

What is drawn is what a build writes: the same files are read, the same things are checked, the same templates draw. Nothing
is written, and a problem leaves what was there before it: at the start, what the last build wrote.
"""

import traceback
from collections.abc import Sequence
from http import HTTPStatus
from pathlib import Path
from typing import Any

from pelican.generators import Generator
from pelican.settings import DEFAULT_CONFIG, read_settings

from argument import inventory, writers_guide
from argument.context import Workshop
from argument.drawn_site import DrawnSite, ProblemsError
from argument.not_found import PAGE as NOT_FOUND
from argument.problems import Problem, listed
from argument.settings import SettingsError

AS_IT_WAS = "What the browser shows is as it was."


class Preview(DrawnSite):
    """One site, by its settings file, with its writer's guide below it. Raises SettingsError for settings that are wrong."""

    def __init__(self, settings_file: str) -> None:
        settings: dict[str, Any] = read_settings(settings_file)
        workshop = Workshop.of(settings, DEFAULT_CONFIG)
        # Only Pelican knows how its templates are found.
        generator: Any = Generator
        templates = generator({}, settings, str(workshop.content), str(workshop.theme), "").env
        super().__init__(workshop.with_guide(), templates, for_author=True)
        self.guide: DrawnSite | None = None  # once somebody has asked for a page of it

    def look(self) -> Sequence[Problem]:
        """The same, with the guide if somebody reads it."""
        return [*super().look(), *(self.guide.look() if self.guide else ())]

    def file(self, address: str) -> bytes | None:
        """What stands at an address of the site, made now; None where there is nothing."""
        if not self.making:
            return self.as_built(address) if self.read else None
        if address.startswith(f"{inventory.WRITERS_GUIDE}/") and self.workshop.has_guide:
            return self.of_guide(address.removeprefix(f"{inventory.WRITERS_GUIDE}/"))
        return super().file(address)

    def of_guide(self, address: str) -> bytes | None:
        """A file of the guide. Raises ProblemsError as long as nothing of it can be shown."""
        if not self.guide:
            workshop = writers_guide.workshop(self.workshop, DEFAULT_CONFIG)
            self.guide = DrawnSite(workshop, self.templates, for_author=True)
        if not self.guide.making and (problems := self.guide.look()):
            raise ProblemsError(*problems)
        return self.guide.file(address)

    def as_built(self, address: str) -> bytes | None:
        """What the last build wrote there: shown as long as nothing has been without a problem since the start."""
        output = Path(self.pelican["OUTPUT_PATH"]).resolve()
        path = (output / address).resolve()
        return path.read_bytes() if path.is_relative_to(output) and path.is_file() else None


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
