"""What of the theme is published, each file under a name that follows from its content, so that it may be kept for ever.

Knows no Pelican.
"""

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from argument import icons

STYLE = "site.css"
SCRIPT = "share.js"
SCRIPT_OF_REDIRECTS = "redirect.js"
SCRIPT_TO_KEEP = "offline.js"
TOKENS = "styles/00-tokens.css"
LIGHT = re.compile(r"--([a-z-]+): light-dark\((#[0-9a-f]{6}),")
FIGURES = 8  # of the digest in a name


@dataclass(frozen=True)
class ThemeFiles:
    """The published files of a theme by their plain names, the folder of the site that they stand in, and its light colours."""

    folder: str
    files: Mapping[str, bytes]
    colours: Mapping[str, str]

    @cached_property
    def addresses(self) -> Mapping[str, str]:
        """Where each stands, by its plain name: `site.css` is in `theme/site.0a1b2c3d.css`."""
        return {name: f"{self.folder}/{named(name, file)}" for name, file in self.files.items()}

    def address(self, name: str) -> str:
        """Where one of them stands."""
        return self.addresses[name]

    def written(self) -> Mapping[str, bytes]:
        """The files by their addresses."""
        return {self.addresses[name]: file for name, file in self.files.items()}


def named(name: str, file: bytes) -> str:
    """A file's name with the digest of its content before its ending."""
    stem, dot, ending = name.rpartition(".")
    return f"{stem}.{hashlib.sha256(file).hexdigest()[:FIGURES]}{dot}{ending}"


def theme_files(theme: Path, folder: str, *, redirects: bool, offline: bool) -> ThemeFiles:
    """The files of a theme: its style, its scripts as far as they are needed, its icons, and what is in `static/`."""
    static = {
        path.relative_to(theme / "static").as_posix(): path for path in sorted((theme / "static").rglob("*")) if path.is_file()
    }
    colours = dict(LIGHT.findall((theme / TOKENS).read_text("utf-8")))
    scripts = (SCRIPT, *([SCRIPT_OF_REDIRECTS] if redirects else []), *([SCRIPT_TO_KEEP] if offline else []))
    files = {
        STYLE: style(theme),
        **{name: (theme / "scripts" / name).read_bytes() for name in scripts},
        **{name: path.read_bytes() for name, path in static.items()},
        **icons.drawn(theme, colours["accent"]),
    }
    return ThemeFiles(folder, files, colours)


def style(theme: Path) -> bytes:
    """The theme's `styles/*.css`, one file a component, as one style sheet: a reader asks for one file.

    The order of the files does not matter: the first of them declares the order of the layers.
    """
    return "\n".join(path.read_text("utf-8") for path in sorted((theme / "styles").glob("*.css"))).encode()
