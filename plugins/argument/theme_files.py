"""What of the theme is published, each file under a name that follows from its content, so that it may be kept for ever.

Knows no Pelican.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from argument import icons
from argument.style_sheets import Styles, styles

STYLE = "site.css"
SCRIPT = "share.js"
SCRIPT_OF_REDIRECTS = "redirect.js"
TOKENS = "styles/00-tokens.css"
LIGHT = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),")
FIGURES = 8  # of the digest in a name


@dataclass(frozen=True)
class ThemeFiles:
    """The published files of a theme by their plain names, the folder of the site that they stand in, and its light colours.

    `sheets` are the style sheets that pages have asked for so far, by their addresses.
    """

    folder: str
    files: Mapping[str, bytes]
    colours: Mapping[str, str]
    styles: Styles
    sheets: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Where each stands, by its plain name: `site.css` is in `theme/site.0a1b2c3d.css`."""
        return {name: f"{self.folder}/{named(name, file)}" for name, file in self.files.items()}

    def address(self, name: str) -> str:
        """Where one of them stands."""
        return self.addresses[name]

    def style(self, html: str) -> str:
        """Where the style sheet of a page of this HTML stands. Pages made of the same components share one."""
        sheet = self.styles.sheet(html)
        address = f"{self.folder}/{named(STYLE, sheet)}"
        self.sheets[address] = sheet
        return address

    def written(self) -> Mapping[str, bytes]:
        """The files by their addresses, with the style sheets of all pages that have been drawn."""
        return {**self.sheets, **{self.addresses[name]: file for name, file in self.files.items()}}


def named(name: str, file: bytes) -> str:
    """A file's name with the digest of its content before its ending."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(file).hexdigest()[:FIGURES]}{dot}{ending}"


def theme_files(theme: Path, folder: str, *, redirects: bool) -> ThemeFiles:
    """The files of a theme: its styles, its scripts (with that of redirects or without), its icons, and what is in `static/`."""
    static = {
        path.relative_to(theme / "static").as_posix(): path for path in sorted((theme / "static").rglob("*")) if path.is_file()
    }
    colours = dict(LIGHT.findall((theme / TOKENS).read_text("utf-8")))
    files = {
        **{name: (theme / "scripts" / name).read_bytes() for name in (SCRIPT, *([SCRIPT_OF_REDIRECTS] if redirects else []))},
        **{name: path.read_bytes() for name, path in static.items()},
        **icons.drawn(theme, colours["accent"]),
    }
    return ThemeFiles(folder, files, colours, styles(theme))
