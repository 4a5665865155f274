"""The README says what is so."""

import ast
import re

import pytest

from argument.frontmatter import key_name
from argument.matter import MATTERS, ComparisonMatter, PictureMatter
from argument.scanner import BLOCKS
from argument.settings import PREFIX, ArgumentSettings
from argument.tables import VERDICTS
from argument.values import PictureKind
from building import ROOT

README = (ROOT / "README.md").read_text("utf-8")


def test_every_task_is_in_the_readme_and_no_other() -> None:
    tasks = set(re.findall(r"^@task(?:.*|\(\n(?: .*\n)+\))\ndef (\w+)", (ROOT / "tasks.py").read_text("utf-8"), re.M))
    named = re.findall(r"`python3 tasks\.py ([\w-]+)(?: [A-Z]+)?`", README)
    assert {name.replace("-", "_") for name in named} == tasks


def test_ci_runs_what_the_readme_names() -> None:
    commands = [line for line in (ROOT / ".ci/run").read_text("utf-8").splitlines() if line.startswith("python3")]
    assert commands == ["python3 tasks.py test"]
    assert all(command in README for command in commands)


@pytest.mark.parametrize("folder", MATTERS)
def test_every_key_of_the_front_matter_is_in_the_readme(folder: str) -> None:
    """In its file's row, with a star if it must be there."""
    row = next(line for line in README.splitlines() if line.startswith(f"| `content/{folder}/"))
    for name, info in MATTERS[folder].model_fields.items():
        assert f"`{key_name(name)}`{'*' * info.is_required()}" in row


def test_every_block_option_and_verdict_is_in_the_readme() -> None:
    assert all(f"/// {name} |" in README for name in BLOCKS)
    options = [*ComparisonMatter.model_fields, *PictureMatter.model_fields]
    assert all(re.search(rf"^ {{8}}{name}:", README, re.M) for name in options)
    assert all(f"| `{kind}` |" in README for kind in PictureKind)
    assert all(f"`({sign})`" in README for sign in VERDICTS)


def test_every_setting_is_in_the_readme() -> None:
    assert set(re.findall(rf"`({PREFIX}\w+)`", README)) == {f"{PREFIX}{name.upper()}" for name in ArgumentSettings.model_fields}


def test_every_module_is_in_the_readme_and_no_other() -> None:
    table = README.split("| module |")[1].split("\n\n")[0]
    modules = {path.stem for path in (ROOT / "plugins/argument").glob("*.py")} - {"__init__"}
    named = {name for line in table.splitlines() for name in re.findall(r"`(\w+)`", line.split("|")[1])}
    assert named == modules


def test_modules_know_pelican_only_where_the_readme_says() -> None:
    said = re.search(r"Only ([^.]*) know Pelican", README)[1]
    knows = {path.stem for path in (ROOT / "plugins/argument").glob("*.py") if "from pelican" in path.read_text("utf-8")}
    assert knows == set(re.findall(r"`(\w+)`", said))


def test_every_path_in_the_readme_exists() -> None:
    for path in re.findall(r"`((?:plugins|theme|tests|content)/[\w./-]*)`", README):
        assert (ROOT / path).exists(), path


def test_imports_run_one_way() -> None:
    """No module needs one that needs it."""
    trees = {path.stem: ast.parse(path.read_text("utf-8")) for path in (ROOT / "plugins/argument").glob("*.py")}
    needs = {name: {word for node in ast.walk(tree) for word in imported(node) if word in trees} for name, tree in trees.items()}
    needs.pop("__init__")
    while needs:
        lowest = {name for name, needed in needs.items() if not needed & needs.keys()}
        assert lowest, needs
        needs = {name: needed for name, needed in needs.items() if name not in lowest}


def imported(node: ast.AST) -> set[str]:
    """The plugin's modules that an import names."""
    if not isinstance(node, ast.ImportFrom) or not node.module:
        return set()
    return {alias.name for alias in node.names} if node.module == "argument" else {node.module.removeprefix("argument.")}
