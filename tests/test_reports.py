"""The same problems for machines: each form is what its readers expect, and nothing else is printed where they read."""

import json
import re
from pathlib import Path

import pytest

from argument.problems import Place, Problem, SourceText
from argument.reports import Format, told
from building import build, small_site

WORDS = Problem(
    SourceText("content/a,b.md", "one\ntwo: [@three]").place_at(11, 5), 'is 100 %: "three", none.', "Write\nfour: five."
)
FILE = Problem(Place("content/pages/index.md"), "there is no home page.", "Write it.")
SETTING = Problem(Place("settings"), "there is no setting A.", "Take it out.")


def test_json_holds_every_field_and_counts_from_one() -> None:
    """Null where there is no line or no column; each problem once, in order."""
    document = json.loads(told([WORDS, FILE, WORDS], Format.JSON)[0])
    assert document == {
        "count": 2,
        "problems": [
            {
                "path": "content/a,b.md",
                "line": 2,
                "column": 8,
                "end_column": 13,
                "text": "two: [@three]",
                "rule": 'is 100 %: "three", none.',
                "remedy": "Write\nfour: five.",
            },
            {
                "path": "content/pages/index.md",
                "line": None,
                "column": None,
                "end_column": None,
                "text": "",
                "rule": "there is no home page.",
                "remedy": "Write it.",
            },
        ],
    }


def test_github_is_given_commands_and_a_person_the_text() -> None:
    """What would end a property, the properties or the command is written as % and two figures."""
    commands, text = told([WORDS, FILE, SETTING], Format.GITHUB)
    assert commands.split("\n") == [
        '::error file=content/a%2Cb.md,line=2,col=8,endColumn=13,title=is 100 %25%3A "three"%2C none.::Write%0Afour: five.',
        "::error file=content/pages/index.md,title=there is no home page.::Write it.",
        "::error title=there is no setting A.::Take it out.",
    ]
    assert text == told([WORDS, FILE, SETTING], Format.TEXT)[1]


def test_an_editor_is_given_a_line_for_each() -> None:
    """As compilers tell theirs; a file as a whole is its first line, and what is in no file has no line."""
    lines = told([WORDS, FILE, SETTING], Format.LINES)[0].split("\n")
    assert lines == [
        'content/a,b.md:2:8: error: is 100 %: "three", none. Write four: five.',
        "content/pages/index.md:1:1: error: there is no home page. Write it.",
        "settings: error: there is no setting A. Take it out.",
    ]


@pytest.mark.parametrize(
    ("form", "said"), [("text", ""), ("json", '{\n  "count": 0,\n  "problems": []\n}'), ("github", ""), ("lines", "")]
)
def test_without_problems_only_json_says_so(form: str, said: str) -> None:
    assert told([], Format(form)) == (said, "")


def test_nothing_but_json_is_on_the_standard_output(tmp_path: Path) -> None:
    """Whether the build succeeds, the content has problems, or the settings have."""
    folder = small_site(tmp_path)
    as_json = ("-e", 'ARGUMENT_PROBLEMS="json"')
    assert json.loads(build(folder, *as_json).stdout) == {"count": 0, "problems": []}
    (folder / "content/pages/faulty.md").write_text("Title: Faulty\nDescription: A page.\n\nWords [@nobody].\n", "utf-8")
    done = build(folder, *as_json)
    assert (done.returncode, done.stderr) == (1, "")
    (problem,) = json.loads(done.stdout)["problems"]
    assert (problem["path"], problem["line"], problem["column"], problem["end_column"]) == ("content/pages/faulty.md", 4, 9, 15)
    done = build(folder, *as_json, "ARGUMENT_NOTISE=1")
    assert json.loads(done.stdout)["problems"][0]["rule"] == "there is no setting ARGUMENT_NOTISE."


def test_an_unknown_form_is_refused_with_those_that_there_are(tmp_path: Path) -> None:
    done = build(small_site(tmp_path), "-e", 'ARGUMENT_PROBLEMS="xml"')
    assert done.returncode == 1
    assert all(f"'{form}'" in done.stderr for form in Format)
    assert not re.search("Traceback", done.stderr)
