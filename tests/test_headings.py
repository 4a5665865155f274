"""No level of headings is left out, and each has words."""

import pytest

from argument.headings import heading_problems
from argument.problems import Problem, SourceText
from argument.scanner import scan


def problems(folder: str, words: str) -> list[Problem]:
    """What is wrong with the headings of a file whose text begins in its fourth line."""
    text = SourceText("p.md", f"Title: T\nDescription: D\n\n{words}\n")
    return [*heading_problems(text, 3, scan(text, 3), folder)]


@pytest.mark.parametrize(
    ("words", "lines"),
    [
        ("## A\n\n### B\n\n#### C\n\n## D", []),
        ("### A\n\n### B", [4]),
        ("## A\n\n#### B\n\n#### C", [6]),
        ("A\n---\n\n### B", []),
        ("## A ##\n\n##", [6]),
        ("### `code`", [4]),
        ("## `code`", []),
        ("```\n#### A\n```\n\n<!--\n#### A\n-->\n\n> #### A", []),
        ("- ## A\n\n    #### B\n\n1. #### C\n\n    - ##", [6, 10]),
        ("## A\n    ---", []),
        ("/// comparison | C\n    id: c\n    corner: W\n\n### A\n\n#### B\n\nWords\n///\n\n## D", []),
        ("/// note | N\n\n#### A\n///", [6]),
    ],
)
def test_no_level_of_headings_is_left_out(words: str, lines: list[int]) -> None:
    assert [problem.place.line for problem in problems("pages", words)] == lines


@pytest.mark.parametrize("folder", ["quotations", "responses"])
def test_headings_of_somebody_else_are_let_be(folder: str) -> None:
    assert problems(folder, "#### A") == []
    assert problems("sources", "#### A")
