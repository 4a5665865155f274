"""The site kept in readers' browsers, to be read without a connection: what is kept unasked, and the script that keeps it.

Knows no Pelican.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from argument.argument import Argument
from argument.model import Origin, Page
from argument.packs import named
from argument.problems import Place, Problem
from argument.qr_codes import file_of
from argument.render import View
from argument.theme_files import ThemeFiles
from argument.values import Offline
from argument.wayfinding import sequence

WORKER = "offline-worker.js"  # at the site's root, since a worker has to do with what is below it
ADDRESS = "offline.html"
SCRIPTS = {Offline.ON: "scripts/offline-worker.js", Offline.WITHDRAWN: "scripts/offline-withdrawn.js"}
# Bytes of pages and their pictures, unpacked, that browsers keep before anybody asks for them: about 450 kB on the way there,
# as much as three photographs, and no more than a reader who has opened one page can be made to pay for.
AT_MOST = 2_000_000
SHOWN = re.compile(r'<(?:(?:img|script)\b[^>]*? src|link rel="(?:stylesheet|icon)" href)="(?P<to>[^"]*)"')
PAGE = Page.model_validate(
    {
        "origin": Origin(ADDRESS.removesuffix(".html"), Place("theme/templates/offline.html"), ""),
        "title": "This page was not kept",
        "description": "There is no connection, and this browser has not kept the page that was asked for.",
    }
)


class ViewWithoutConnection(View):
    """The page being drawn; the worker shows it at other addresses and sees to its links."""

    anywhere = True


@dataclass(frozen=True)
class Keeping:
    """What a build does so that its site is kept, or so that one that was is no more."""

    state: Offline
    argument: Argument
    theme: ThemeFiles
    folder: Path  # of the theme

    def worker(self, output: Path) -> str:
        """The script, for the site that was built in a folder.

        It begins with what the site is. The edition is a digest of all pages and of what is kept unasked, so that another
        content is another edition, and the same is the same.
        """
        script = (self.folder / SCRIPTS[self.state]).read_text("utf-8")
        if self.state is Offline.WITHDRAWN:
            return script
        files = list(dict.fromkeys([*self.with_files(ADDRESS, output), *self.unasked(output)]))
        digest = hashlib.sha256(script.encode())
        for name in sorted({*files, *(path.relative_to(output).as_posix() for path in output.rglob("*.html"))}):
            digest.update(f"{name}\0".encode() + (output / name).read_bytes())
        site = {"edition": digest.hexdigest()[:16], "files": files, "theme": f"{self.theme.folder}/", "page": ADDRESS}
        return f"const site = {json.dumps(site, indent=1)};\n{script}"

    def unasked(self, output: Path) -> list[str]:
        """The pages of the argument from its beginning, each with its pictures, as far as there is room for them whole."""
        found: dict[str, int] = {}
        for item in sequence(self.argument):
            new = {name: (output / name).stat().st_size for name in self.with_files(item.address, output)}
            if sum((found | new).values()) > AT_MOST:
                break
            found |= new
        return list(found)

    def with_files(self, address: str, output: Path) -> list[str]:
        """A page and what it consists of: its style sheet, script, icon and pictures; its QR code is for paper."""
        html = (output / address).read_text("utf-8")
        shown = [name for name in named(SHOWN, html, address) if name != file_of(address)]
        return [address, *(name for name in shown if (output / name).is_file())]


def taken(argument: Argument) -> Iterator[Problem]:
    """A problem for what has, or had, the address of the page that is shown without a connection."""
    remedy = f"While ARGUMENT_OFFLINE is set, {ADDRESS} is what readers see at an address that was not kept. Take another name."
    for document in argument.documents.values():
        if document.address == ADDRESS:
            yield Problem(Place(document.path), f'"{ADDRESS}" is a page of the site already.', remedy)
        for alias in document.aliases:
            if alias.old.partition("#")[0] == ADDRESS:
                yield Problem(alias.place, f'the alias "{alias.old}" is on a page that the site has already.', remedy)
