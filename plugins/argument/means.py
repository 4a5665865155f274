"""What every page of a site is made with, whatever it says: settings, theme, code and libraries. Knows no Pelican.

All of it counts, also what a page may not need: whoever changes a template has every page drawn anew.
"""

import sys
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from argument import strangers
from argument.cache import digest
from argument.folders import states
from argument.unchanged import installed

OVERRIDES = "THEME_TEMPLATES_OVERRIDES"  # Pelican's setting: folders whose templates come before those of the theme


def means(pelican: Mapping[str, Any], theme: Path, *others: object) -> str:
    """The digest of all of it; `others` are what else is known of a site before its content is."""
    folders = [Path(__file__).parent, theme, *map(Path, pelican.get(OVERRIDES, ()))]
    files = [part for folder in folders for name in sorted(states(str(folder))) for part in (name, (folder / name).read_bytes())]
    ever = [str(time.time_ns())] if strangers.among_pages(pelican) else []  # nobody can tell when that changes: each time
    return digest([sys.version, *ever, *installed(), repr(sorted(pelican.items())), *map(repr, others), *files])
