"""The README says what is so."""

import ast
import re

from argument.matter import MATTERS
from argument.settings import PREFIX, ArgumentSettings
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


def test_every_kind_of_file_is_in_the_readme() -> None:
    """With a page of the guide that says how to write one."""
    named = re.findall(r"^\| `content/(\w+)/<\w+>\.md` \|.*\]\((content/writers-guide/.*)\) \|$", README, re.M)
    assert {folder for folder, _ in named} == {*MATTERS}
    assert all((ROOT / page).is_file() for _, page in named)


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
