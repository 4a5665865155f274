"""The theme's styles, one file a component; for each page one style sheet, without rules for what does not stand there.

Knows no Pelican. What a rule is for is told by the classes in its selector; a class that only a script would give to something
must therefore stand in the page as well, in a `<template>`, say.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lightningcss import process_stylesheet

from argument.problems import Problem, SourceText

FOLDER = "styles"
IN_HTML = re.compile(r'\bclass="([^"]*)"')
IN_STYLES = re.compile(r"\.([A-Za-z][\w-]*)")
TOLD = re.compile(r"[^:]*: (?P<what>.*) at .*:(?P<line>\d+):(?P<column>\d+)")  # lines are counted from 0, columns from 1


@dataclass(frozen=True)
class Styles:
    """All styles of a theme as one text; `made` are the sheets made of it so far, by the classes that they are for."""

    text: str
    made: dict[frozenset[str], bytes] = field(default_factory=dict)

    @cached_property
    def classes(self) -> frozenset[str]:
        """Every class that a rule is for, and perhaps words that are none."""
        return frozenset(IN_STYLES.findall(self.text))

    def sheet(self, html: str) -> bytes:
        """The style sheet of a page of this HTML, minified. Raises ValueError if the styles are not CSS."""
        there = self.classes.intersection(name for names in IN_HTML.findall(html) for name in names.split())
        if there not in self.made:
            self.made[there] = process_stylesheet(self.text, minify=True, unused_symbols=set(self.classes - there)).encode()
        return self.made[there]


def texts(theme: Path) -> dict[Path, str]:
    """The theme's files of styles. Their order decides nothing: the first of them declares the order of the layers."""
    return {path: path.read_text("utf-8") for path in sorted((theme / FOLDER).glob("*.css"))}


def styles(theme: Path) -> Styles:
    """The styles of a theme."""
    return Styles("\n".join(texts(theme).values()))


def broken(theme: Path) -> Iterator[Problem]:
    """A problem for each file that is not CSS."""
    for path, text in texts(theme).items():
        try:
            process_stylesheet(text, filename=path.name)
        except ValueError as error:
            found = TOLD.fullmatch(str(error))
            what, line, column = (found["what"], int(found["line"]) + 1, int(found["column"])) if found else (error, 0, 1)
            place = SourceText(f"{theme.name}/{FOLDER}/{path.name}", text).place(line, column - 1)
            yield Problem(place, f"this is not CSS: {what}.", "Mend it there, or just before.")
