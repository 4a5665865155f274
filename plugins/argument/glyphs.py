"""Which characters the theme's fonts can draw, by their own tables. Knows no Pelican, and of the theme only its fonts."""

import re
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path

FOLDER = "fonts"
SUFFIXES = (".ttf", ".otf")
READ: dict[tuple[int, ...], frozenset[str]] = {}  # what files of fonts can draw, as they were when they were read
# White space, and what is shown by nothing: Default_Ignorable_Code_Point in Unicode 16 (DerivedCoreProperties.txt).
UNSEEN = re.compile(
    "[\\s\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff"
    "\uffa0\ufff0-\ufff8\U0001bca0-\U0001bca3\U0001d173-\U0001d17a\U000e0000-\U000e0fff]"
)


def files(theme: Path) -> list[Path]:
    """The font files of a theme."""
    return sorted(path for path in (theme / FOLDER).glob("*") if path.suffix.lower() in SUFFIXES)


class Font:
    """One font file; it is read when somebody asks."""

    def __init__(self, file: Path) -> None:
        self.file = file

    @cached_property
    def characters(self) -> frozenset[str]:
        """What it has a glyph for; remembered by its file, since a preview asks after each save."""
        found = self.file.stat()
        written = (found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns)
        if written not in READ:
            from fontTools.ttLib import TTFont  # noqa: PLC0415 - most builds draw nothing, and it takes longer than they notice

            with TTFont(self.file, lazy=True) as font:
                READ[written] = frozenset(map(chr, font.getBestCmap() or {}))
        return READ[written]


def lacking(words: str, fonts: Sequence[Font]) -> list[str]:
    """The characters that no font can draw, in the order in which they come."""
    wanted = dict.fromkeys(UNSEEN.sub("", words))
    for font in fonts:
        if not wanted:
            break
        wanted = dict.fromkeys(sign for sign in wanted if sign not in font.characters)
    return list(wanted)
