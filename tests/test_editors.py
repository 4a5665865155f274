"""What editors are given: files as they would be made now, snippets that teach nothing wrong, tasks that find problems."""

import configparser
import fnmatch
import json
import re
import shlex
import tomllib
from collections.abc import Iterator

import pytest

from argument.editors import EDITOR, files
from argument.frontmatter import key_name, split
from argument.matter import MATTERS
from argument.problems import SourceText, listed
from argument.reading import Converter, read
from argument.reports import Format, told
from argument.schemas import schemas
from argument.snippets import escaped, numbered, snippets
from argument.structure import weaknesses
from argument.values import PictureKind
from building import ROOT, TESTS
from reading_small import small_argument

SNIPPETS = snippets()
FILES = {f"new-{matter.noun}": folder for folder, matter in MATTERS.items()}
BLOCKS = [name for name in SNIPPETS if name not in FILES]
PLACE = re.compile(r"\$\{\d+(?::(?P<words>(?:\\.|[^\\}])*)|\|(?P<choices>(?:\\.|[^\\|])*)\|)\}|\\(?P<sign>[\\$}])", re.S)
PAGE = "Title: A page\nDescription: What it is.\n\nBefore it.\n\n{}\n\nAfter it.\n"
WRITTEN = ("content", "plugins", "tests", "theme", EDITOR)
NO_TEXT = (".pyc", ".ttf", ".png", ".bmp", ".zip")
BROKEN = {"faults", "imports", "language", "saved_pages"}  # folders of tests in which the bytes are meant


def filled(body: list[str], number: int = 0) -> str:
    """The text as an editor leaves it if nobody writes anything: of each choice, the one of that number, or the last."""

    def words(found: re.Match[str]) -> str:
        if found["choices"] is not None:
            choices = re.split(r"(?<!\\),", found["choices"])
            return re.sub(r"\\([\\,|])", r"\1", choices[min(number, len(choices) - 1)])
        return found["sign"] or re.sub(r"\\([\\$}])", r"\1", found["words"])

    return PLACE.sub(words, "\n".join(body))


def choices(body: list[str]) -> int:
    """How many choices the longest list of a snippet has; at least one."""
    found = [place["choices"].count(",") + 1 for place in PLACE.finditer("\n".join(body)) if place["choices"]]
    return max(found, default=1)


def cases(names: list[str]) -> Iterator[tuple[str, str]]:
    """Each snippet's name and its text, with every choice."""
    for name in names:
        for number in range(choices(SNIPPETS[name]["body"])):
            yield name, filled(SNIPPETS[name]["body"], number)


def test_every_file_is_as_it_would_be_made_now() -> None:
    """Else: python3 tasks.py editors."""
    made = files()
    assert {name: (ROOT / name).read_text("utf-8") for name in made} == made
    there = [path for path in (ROOT / EDITOR).rglob("*") if path.is_file()]
    assert {path.relative_to(ROOT).as_posix() for path in there} == {*made}


def test_there_is_a_snippet_for_every_kind_of_file_block_and_picture() -> None:
    assert {*FILES} <= {*SNIPPETS}
    first = {found[1] for _, text in cases(BLOCKS) if (found := re.match(r"/{3,4} (\w+) \|", text))}
    assert first == {name.removesuffix("-options") for name in schemas() if name.endswith("-options")}
    assert {f"picture-{kind}" for kind in PictureKind} <= {*SNIPPETS}
    assert all(snippet["prefix"] == name and snippet["scope"] == "markdown" for name, snippet in SNIPPETS.items())


@pytest.mark.parametrize(("name", "text"), [*cases([*FILES])])
def test_a_new_file_reads_without_a_problem(name: str, text: str) -> None:
    """It has what it must have in the order of the schema, and explains all that it may have, in a comment that can go."""
    folder = FILES[name]
    for kept in (text, re.sub(r"<!--.*?-->", "", text, flags=re.S)):
        found = read(f"content/{folder}/a-name.md", f"{folder}/a-name.md", f"{kept}\n", Converter({}))
        assert found.problems == (), listed(found.problems)
        assert found.document.item
    schema = schemas()[folder]
    assert [key_name(key) for key in split(SourceText("f", text))[0]] == schema["required"]
    comment = text.split("<!--")[1]
    for key in schema["properties"].keys() - schema["required"]:
        assert f"\n{key}: " in comment
        assert all(one in comment for one in schema["properties"][key].get("enum", ()))


@pytest.mark.parametrize(("name", "text"), [*cases(BLOCKS)])
def test_a_block_reads_without_a_problem(name: str, text: str) -> None:
    """In a page, and it becomes a block: nothing of it is left as it was written."""
    found = read("content/pages/a-name.md", "pages/a-name.md", PAGE.format(text), Converter({}))
    assert found.problems == (), listed(found.problems)
    body = found.document.item.origin.body
    assert "<x-" in body
    assert not re.search(r"///|\[@|</p>\s*<pre", re.sub("<x-source>.*?</x-source>", "", body, flags=re.S))


@pytest.mark.parametrize("name", [name for name in SNIPPETS if name.startswith(("comparison", "picture-map"))])
def test_a_block_that_refers_to_nothing_of_ones_own_holds_in_an_argument(name: str) -> None:
    """Its fields exist, it gathers something, and its columns do not all speak for one side."""
    text = filled(SNIPPETS[name]["body"])
    argument, problems = small_argument({"pages/a-name.md": PAGE.format(text)})
    assert problems == []
    assert [problem.rule for problem in weaknesses(argument, ()) if "a-name" in problem.place.path] == []


@pytest.mark.parametrize("kind", ["matrix", "timeline", "bars"])
def test_a_picture_names_what_it_is_drawn_from(kind: str) -> None:
    """By the ids and headings that are there once they are filled in."""
    body = "\n".join(SNIPPETS[f"picture-{kind}"]["body"])
    assert ("of: ${" in body, "column: ${" in body) == (True, kind != "matrix")


def test_what_means_something_to_an_editor_is_escaped() -> None:
    """So that it comes back as it was; the same words are one place, the same choices are not."""
    body = numbered(r"$1 \ {a $x} {b|c,d\e} {a $x} {b|c,d\e}")
    assert body == r"\$1 \\ ${1:a \$x} ${2|b,c\,d\\e|} ${1:a \$x} ${3|b,c\,d\\e|}"
    assert filled([body], 0) == r"$1 \ a $x b a $x b"
    assert filled([body], 1) == r"$1 \ a $x c,d\e a $x c,d\e"
    assert escaped("a}b") == r"a\}b"


def tasks() -> list[dict]:
    """The tasks that an editor reads."""
    return json.loads((ROOT / EDITOR / "tasks.json").read_text("utf-8"))["tasks"]


def test_every_task_is_a_command_of_the_readme() -> None:
    """And each of its options is one that the command has."""
    readme, source = (ROOT / "README.md").read_text("utf-8"), (ROOT / "tasks.py").read_text("utf-8")
    for task in tasks():
        script, command, *options = task["args"]
        assert (task["command"], script) == ("python3", "tasks.py")
        assert f"`python3 tasks.py {command}`" in readme
        signature = re.search(rf"^def {command}\((.*)\) -> None", source, re.M)[1]
        assert all(f"{option[2:]}: " in signature for option in options if option.startswith("--"))
        assert all(word in [*Format] for word in options if not word.startswith("--"))


def matcher(*command: str) -> re.Pattern[str]:
    """By what an editor knows a problem in what that command prints; each group is named."""
    (task,) = [task for task in tasks() if task["args"] == ["tasks.py", *command]]
    (found,) = task["problemMatcher"]
    assert found["fileLocation"] == ["relative", "${workspaceFolder}"]
    form = found["pattern"]
    names = sorted(form.keys() - {"regexp"}, key=form.get)
    assert [form[name] for name in names] == [*range(1, len(names) + 1)]
    pattern = re.compile(form["regexp"])
    assert pattern.groups == len(names)
    groups = iter(names)
    return re.compile(re.sub(r"(?<!\\)\((?!\?)", lambda _: f"(?P<{next(groups)}>", form["regexp"]))


def problems() -> list:
    """What is wrong with a broken site: a line with a column, a line as a whole, a file as a whole."""
    fault = TESTS / "faults/matter-values-wrong/content"
    texts = {path.relative_to(fault).as_posix(): path.read_text("utf-8") for path in fault.rglob("*.md")}
    texts["pages/another.md"] = "Title: A\n\nWords [@nobody], and <!-- no end.\n"
    found = small_argument(texts)[1]
    assert {bool(problem.place.width) for problem in found} == {True, False}
    return found


def test_an_editor_finds_each_problem_of_a_build() -> None:
    """File, line, column and words; and nothing in what a build prints when all is well."""
    found = problems()
    pattern = matcher("build", "--format", "lines")
    lines = told(found, Format.LINES)[0].split("\n")
    matched = [pattern.match(line) for line in lines]
    assert all(matched)
    assert {(one["file"], int(one["line"]), int(one["column"]), one["severity"]) for one in matched} == {
        (problem.place.path, problem.place.line or 1, problem.place.column + 1 if problem.place.width else 1, "error")
        for problem in found
    }
    assert all(any(problem.rule in one["message"] for one in matched) for problem in found)
    assert not pattern.match("settings: error: there is no setting A. Take it out.")
    assert not pattern.match("The site is in output/: open output/index.html")


@pytest.mark.parametrize("command", ["lint --content", "lint", "addresses"])
def test_an_editor_finds_each_problem_that_is_told_to_a_person(command: str) -> None:
    """Once: the line that is shown below it, and the remedy, are no problems of their own."""
    found = [problem for problem in problems() if problem.place.line]
    pattern = matcher(*shlex.split(command))
    matched = [one for line in listed(found).split("\n") if (one := pattern.match(line))]
    assert {(one["file"], int(one["line"]), one["message"]) for one in matched} == {
        (problem.place.path, problem.place.line, problem.rule) for problem in found
    }
    assert len(matched) == len({*found})


def test_files_are_written_as_editors_are_told() -> None:
    """By .editorconfig, as far as a text shows it, and each of its sections is of use."""
    config = configparser.ConfigParser(default_section="")
    config.read_string("[top]\n" + (ROOT / ".editorconfig").read_text("utf-8"))
    top, *sections = config.sections()
    assert config[top]["root"] == "true"
    used = set()
    for path in [path for folder in WRITTEN for path in (ROOT / folder).rglob("*") if path.is_file()]:
        if path.suffix in NO_TEXT or BROKEN & {*path.relative_to(ROOT).parts[1:]}:
            continue
        fit = [name for name in sections if any(fnmatch.fnmatch(path.name, one) for one in spread(name))]
        rules = {rule: value for name in fit for rule, value in config[name].items()}
        used |= {*fit}
        text = path.read_bytes().decode(rules["charset"])
        assert "\r" not in text, path
        assert "\t" not in text, path
        assert text.endswith("\n") or not text, path
        if rules["trim_trailing_whitespace"] == "true":
            assert not re.search(" +$", text, re.M), path
        if path.suffix in (".css", ".js", ".json", ".code-snippets"):
            margins = {len(found) for found in re.findall(r"^ +(?=[^ *])", text, re.M)}
            assert not margins or min(margins) == int(rules["indent_size"]), path
    assert used == {*sections}
    ruff = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["ruff"]
    assert config["*"]["max_line_length"] == str(ruff["line-length"])


def spread(name: str) -> list[str]:
    """`*.{css,js}` → `*.css` and `*.js`."""
    found = re.fullmatch(r"(.*)\{(.*)\}(.*)", name)
    return [f"{found[1]}{one}{found[3]}" for one in found[2].split(",")] if found else [name]
