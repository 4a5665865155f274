"""What every page of a site is made with, whatever it says: settings, theme, code and libraries. Knows no Pelican.

All of it counts, also what a page may not need: whoever changes a template has every page drawn anew.
"""

import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from argument.cache import digest
from argument.unchanged import installed

OVERRIDES = "THEME_TEMPLATES_OVERRIDES"  # Pelican's setting: folders whose templates come before those of the theme
LEFT = ("__pycache__",)


def means(pelican: Mapping[str, Any], theme: Path, *others: object) -> str:
    """The digest of all of it; `others` are what else is known of a site before its content is."""
    folders = [Path(__file__).parent, theme, *map(Path, pelican.get(OVERRIDES, ()))]
    files = [part for folder in folders for path in files_of(folder) for part in (str(path.relative_to(folder)), path.read_bytes())]
    return digest([sys.version, *installed(), repr(sorted(pelican.items())), *map(repr, others), *files])


def files_of(folder: Path) -> Iterator[Path]:
    """All files below a folder, in order, but for what Python keeps there."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file() and not set(LEFT) & set(path.parts))
