"""Problems as machines read them: JSON, GitHub's annotations, and the lines that editors jump by. Knows no Pelican, no model.

Columns are told from 1, in characters of the line as problems show it (a tab is four spaces); an end column is the one
after the last.
"""

import json
from collections.abc import Sequence
from enum import StrEnum

from argument.problems import Problem, in_order, report

NO_FILES = ("settings", "pelican")  # what stands as the path of a problem that lies in no content file


class Format(StrEnum):
    """In what form the problems of a build are told."""

    TEXT = "text"
    JSON = "json"
    GITHUB = "github"
    LINES = "lines"


def told(problems: Sequence[Problem], form: Format) -> tuple[str, str]:
    """What goes to the standard output and to the standard error; with no problems, what says that there are none."""
    text = report(problems) if problems else ""
    match form:
        case Format.TEXT:
            return "", text
        case Format.JSON:
            return as_json(problems), ""
        case Format.GITHUB:
            return "\n".join(map(annotation, in_order(problems))), text
        case Format.LINES:
            return "\n".join(map(one_line, in_order(problems))), ""


def as_json(problems: Sequence[Problem]) -> str:
    """One document: how many problems there are, and each with the text of its line; null where it has no line or column."""
    found = [
        {
            "path": problem.place.path,
            "line": problem.place.line or None,
            "column": columns(problem)[0],
            "end_column": columns(problem)[1],
            "text": problem.place.text,
            "rule": problem.rule,
            "remedy": problem.remedy,
        }
        for problem in in_order(problems)
    ]
    return json.dumps({"count": len(found), "problems": found}, indent=2)


def columns(problem: Problem) -> tuple[int | None, int | None]:
    """The first column of the words at fault and the one after them; None where it is the line as a whole."""
    place = problem.place
    return (place.column + 1, place.column + place.width + 1) if place.width else (None, None)


def annotation(problem: Problem) -> str:
    """The workflow command that makes GitHub show a problem beside its line (actions/toolkit, command.ts)."""
    place = problem.place
    start, end = columns(problem)
    told = [("file", place.path if place.path not in NO_FILES else None), ("line", place.line or None)]
    told += [("col", start), ("endColumn", end), ("title", problem.rule)]
    properties = ",".join(f"{name}={escaped(str(value), ':,')}" for name, value in told if value is not None)
    return f"::error {properties}::{escaped(problem.remedy or problem.rule)}"


def escaped(words: str, also: str = "") -> str:
    """The words as a workflow command writes them: signs that mean something to it as % and two figures."""
    for sign in f"%\r\n{also}":
        words = words.replace(sign, f"%{ord(sign):02X}")
    return words


def one_line(problem: Problem) -> str:
    """A problem as compilers tell theirs, `path:line:column: error: words`; a file as a whole is its beginning."""
    place = problem.place
    where = place.path if place.path in NO_FILES else f"{place.path}:{place.line or 1}:{columns(problem)[0] or 1}"
    return f"{where}: error: {' '.join(f'{problem.rule} {problem.remedy}'.split())}"
