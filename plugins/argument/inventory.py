"""Every file in the content folder is published or is a problem: nothing is left out without a word. Knows no Pelican."""

import fnmatch
import os
import re
from collections.abc import Iterable, Sequence
from pathlib import Path

from argument.folders import State, states
from argument.language import HOUSE_WORDS
from argument.ledger import FILE as LEDGER
from argument.model import ITEMS
from argument.problems import Place, Problem, did_you_mean, one_of

WRITERS_GUIDE = "writers-guide"  # holds a content of its own


def files(content: Path, ignored: Sequence[str]) -> dict[str, State]:
    """All files below the content folder, by their paths in it, but for the guide's and those that Pelican ignores."""
    left_out = re.compile("|".join(map(fnmatch.translate, map(os.path.normcase, ignored))) or r"\Z.")
    found = ((name.split("/"), name, state) for name, state in states(str(content)).items())
    return {
        name: state
        for parts, name, state in sorted(found)
        if parts[0] != WRITERS_GUIDE and not any(left_out.match(os.path.normcase(part)) for part in parts)
    }


def texts(names: Iterable[str]) -> list[str]:
    """Those of the files that are read as text of the site."""
    return [name for name in names if name.endswith(".md") and name.count("/") == 1 and name.split("/")[0] in ITEMS]


def sort_out(names: Sequence[str], static: Sequence[str], prefix: str) -> tuple[set[str], list[Problem]]:
    """Which of the files are copied as they are, and a problem for each that nothing would publish.

    `static` are Pelican's STATIC_PATHS; `prefix` is the content folder as problems show it.
    """
    copied = {name for name in names if any(name == folder or name.startswith(f"{folder}/") for folder in static)}
    problems = []
    for name in names:
        folder, *rest = name.split("/")
        place = Place(f"{prefix}/{name}")
        if name in copied or name in (LEDGER, HOUSE_WORDS):
            continue
        if not rest or folder not in ITEMS:
            remedy = f"Text lives in {one_of(ITEMS)}; pictures and other files in {one_of(static)}."
            near = did_you_mean(folder, ITEMS) if rest else ""
            problems.append(Problem(place, "no folder that is published holds this file.", f"{near} {remedy}".strip()))
        elif not name.endswith(".md"):
            problems.append(
                Problem(place, "only Markdown files (.md) are read here.", f"Rename it, or move it to {one_of(static)}.")
            )
        elif len(rest) > 1:
            problems.append(Problem(place, f"{folder}/ has no folders of its own.", f"Move the file up to {folder}/."))
    return copied, problems
