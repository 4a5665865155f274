"""What of the theme is published, each file under a name that follows from its content, so that it may be kept for ever.

Knows no Pelican.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

import rjsmin

from argument import icons
from argument.cache import Cache
from argument.reads import Node, take
from argument.style_sheets import Styles, styles

STYLE = "site.css"
TOKENS = "styles/00-tokens.css"
LIGHT = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),")
FIGURES = 8  # of the digest in a name
ASKED = "asked"  # of the theme, as a node


@dataclass(frozen=True)
class ThemeFiles:
    """The published files of a theme by their plain names, the folder of the site that they stand in, and its light colours.

    `scripts` are those that pages may be given, without comments; `asked` is what pages have asked for so far, by its address.
    """

    folder: str
    files: Mapping[str, bytes]
    colours: Mapping[str, str]
    styles: Styles
    scripts: Mapping[str, str]
    asked: dict[str, bytes] = field(default_factory=dict)

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Where each stands, by its plain name: `icon.svg` is in `theme/icon.0a1b2c3d.svg`."""
        return {name: f"{self.folder}/{named(name, file)}" for name, file in self.files.items()}

    def address(self, name: str) -> str:
        """Where one of them stands."""
        return self.addresses[name]

    def style(self, html: str) -> str:
        """Where the style sheet of a page of this HTML stands. Pages made of the same components share one."""
        return self.made(STYLE, self.styles.sheet(html))

    def script(self, *names: str) -> str:
        """Where a script made of these of the theme's stands: a page asks for one file, whatever it does."""
        return self.made(f"{'-'.join(names)}.js", "\n".join(self.scripts[name] for name in names).encode())

    def made(self, name: str, file: bytes) -> str:
        """Where a file stands that was put together for a page."""
        address = f"{self.folder}/{named(name, file)}"
        self.asked[address] = file
        take(Node(ASKED, "", address))
        return address

    def written(self) -> Mapping[str, bytes]:
        """The files by their addresses, with the style sheets and scripts of all pages that have been drawn."""
        return {**self.asked, **{self.addresses[name]: file for name, file in self.files.items()}}


def named(name: str, file: bytes) -> str:
    """A file's name with the digest of its content before its ending."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(file).hexdigest()[:FIGURES]}{dot}{ending}"


def theme_files(theme: Path, folder: str, cache: Cache | None = None) -> ThemeFiles:
    """The files of a theme: its icons, what is in `static/`, and what style sheets and scripts are made of."""
    static = {
        path.relative_to(theme / "static").as_posix(): path for path in sorted((theme / "static").rglob("*")) if path.is_file()
    }
    colours = dict(LIGHT.findall((theme / TOKENS).read_text("utf-8")))
    files = {**{name: path.read_bytes() for name, path in static.items()}, **icons.drawn(theme, colours["accent"], cache)}
    scripts = {path.stem: rjsmin.jsmin(path.read_text("utf-8")) for path in sorted((theme / "scripts").glob("*.js"))}
    return ThemeFiles(folder, files, colours, styles(theme), scripts)


def is_named(address: str, file: bytes) -> bool:
    """Whether a file at an address has the name that follows from its content."""
    *_, digest, _ending = ["", *address.rpartition("/")[2].split(".")]
    return digest == hashlib.sha256(file).hexdigest()[:FIGURES]
