"""The ledger: one text file with every address that was ever published. Knows no Pelican and no model.

One address a line, in any order: lines that two branches have added merge, and one that stands twice does no harm.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from pathlib import Path

from argument.problems import Place, Problem, SourceText
from argument.values import ADDRESS

FILE = "addresses.txt"  # in the content folder
ABOUT = (
    "# Every address that was ever published. None may be lost: the build names those that lead nowhere.",
    "# `python3 tasks.py addresses` adds what is new. Take no line out; their order does not matter.",
)
CONFLICT = re.compile(r"(<{7}|\|{7}|={7}|>{7})( |$)")


@dataclass(frozen=True)
class Ledger:
    """The addresses with the line that each stands in, and what is wrong with the file."""

    places: Mapping[str, Place]
    problems: tuple[Problem, ...] = ()


def read(file: Path, path: str) -> Ledger:
    """The ledger in a file that problems call `path`; an empty one where nothing was ever recorded."""
    try:
        text = SourceText(path, file.read_text("utf-8-sig") if file.exists() else "")
    except UnicodeDecodeError:
        return Ledger({}, (Problem(Place(path), "this is no UTF-8 text.", "Save the file in the encoding UTF-8."),))
    places: dict[str, Place] = {}
    problems = []
    for number, line in enumerate(text.lines, 1):
        address = line.strip()
        place = text.place(number, 0, len(line))
        if CONFLICT.match(line):
            remedy = "Keep the lines of both and take this mark out."
            problems.append(Problem(place, "two versions of this file were never joined.", remedy))
        elif ADDRESS.fullmatch(address):
            places.setdefault(address, place)
        elif address and not address.startswith("#"):
            remedy = "One address a line, such as risks/cost.html or page.html#table--row."
            problems.append(Problem(place, "this line is no address.", remedy))
    return Ledger(places, tuple(problems))


def record(file: Path, addresses: Collection[str]) -> None:
    """Add the addresses to the file; those that are there stay. It is whole at every moment."""
    before = file.read_text("utf-8-sig").splitlines() if file.exists() else []
    about = [line for line in before if line.startswith("#")] or ABOUT
    kept = {line.strip() for line in before if not line.startswith("#")} - {""}
    new = file.with_name(f".{file.name}.new")
    new.write_text("\n".join([*about, "", *sorted(kept | set(addresses)), ""]), "utf-8", newline="\n")
    new.replace(file)
