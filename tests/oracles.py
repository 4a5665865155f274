"""Worked examples of other projects, read with the plugin and by Python-Markdown alone: `python3 tasks.py oracles`.

CommonMark's (as markdown-it-py's tests have them), Python-Markdown's own, those of pymdown-extensions with the extensions that each
is of, and Pelican's sample content. What the plugin makes of a text must be what Python-Markdown makes of it, or else a problem is
told. What is read the same is then built with the plugin and without (`oracles_built.py`): the text of each page must be the same.
Nothing of the examples is kept: `oracles.txt` says which packages they are in.
"""

import ast
import copy
import importlib
import json
import re
import subprocess
import sys
import tarfile
import tempfile
import textwrap
import warnings
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml
from markdown import Markdown

from argument.allowed import let_through
from argument.problems import Problem
from argument.reading import NEEDED, Converter, read
from oracles_built import built

WANTED = Path(__file__).with_name("oracles.txt")
PIP = ("-m", "pip", "--disable-pip-version-check", "download", "--quiet", "--no-deps", "--no-binary", ":all:", "--require-hashes")
HEAD = "Title: Words of others\nDescription: As they wrote them.\n\n"
# What is the plugin's own, and no difference: sections round headings, marks that are told of where they stay, comments left out.
OWN = re.compile(r'</?section>|<!--.*?-->|(?<=<tr) x-line="[^"]*"', re.S)
SPACES = re.compile(r"\s+")
AT_THE_END = re.compile(r" +(?=</(?:p|li|h\d|t[dh]|d[dt])>)")  # of a paragraph, which nobody sees
# A comment is one also where four spaces make code; that these do is told where there is more on the line.
EXPECTED = {"CommonMark 183"}
SAME, TOLD, OTHERWISE, UNREAD, FAILED = (
    "read the same",
    "read the same, and a problem told",
    "read otherwise, and a problem told",
    "a problem told, and nothing read",
    "Python-Markdown alone fails, and a problem told",
)
DESIGNED, DIFFERENT = "read otherwise by design", "read otherwise, and NO problem told"


@dataclass(frozen=True)
class Example:
    """A text in Markdown, and the extensions that it is written for, with their configurations."""

    name: str
    text: str
    extensions: list[str] = field(default_factory=list)
    configs: Mapping[str, Any] = field(default_factory=dict)

    @property
    def options(self) -> dict[str, Any]:
        """As Pelican's setting MARKDOWN has them; what reads by them may keep them."""
        return {"extensions": [*self.extensions], "extension_configs": copy.deepcopy(dict(self.configs))}


def alone(example: Example) -> str:
    """What Python-Markdown makes of an example by itself, of which only what may stand in a page is kept."""
    options = example.options
    made = Markdown(**{**options, "extensions": [*NEEDED, *options["extensions"]]}).convert(example.text)
    return let_through(made)[0]


def with_plugin(example: Example) -> tuple[str | None, tuple[Problem, ...]]:
    """What the plugin makes of it, None where it reads nothing, and the problems that it tells."""
    found = read("content/pages/others.md", "pages/others.md", HEAD + example.text, Converter(example.options))
    item = found.document.item
    return (item.origin.body if item else None), found.problems


def plain(html: str) -> list[str]:
    """HTML without what is the plugin's own, line by line, however it is spaced."""
    return [line for line in (AT_THE_END.sub("", SPACES.sub(" ", line).strip()) for line in OWN.sub("", html).splitlines()) if line]


def compared(example: Example) -> str:
    """How the two readings of an example compare."""
    ours, problems = with_plugin(example)
    try:
        theirs = alone(example)
    except TypeError:  # of what stands in the braces of a code fence (fenced_code.py of Python-Markdown 3.11)
        return FAILED if problems else DIFFERENT
    if ours is None:
        return UNREAD if problems else DIFFERENT
    if plain(ours) == plain(theirs):
        return TOLD if problems else SAME
    return OTHERWISE if problems else DIFFERENT


def commonmark(folder: Path) -> Iterator[Example]:
    """CommonMark's examples, by their numbers."""
    for example in json.loads((folder / "tests/test_cmark_spec/commonmark.json").read_text("utf-8")):
        yield Example(f"CommonMark {example['example']}", example["markdown"])


def of_markdown(folder: Path) -> Iterator[Example]:
    """Python-Markdown's own."""
    for path in sorted((folder / "tests").rglob("*.txt")):
        yield Example(path.relative_to(folder).as_posix(), path.read_text("utf-8", "replace"))


def of_pelican(folder: Path) -> Iterator[Example]:
    """Pelican's sample content, without what stands above the text: its front matter is not ours."""
    for path in sorted(folder.rglob("content/**/*.md")):
        yield Example(path.relative_to(folder).as_posix(), path.read_text("utf-8-sig").partition("\n\n")[2])


class Configurations(yaml.SafeLoader):
    """The configurations of pymdown-extensions' tests, which name functions of theirs."""


def function(_: yaml.Loader, name: str, __: yaml.Node) -> Any:
    """A function by its name. Raises ValueError for any but theirs."""
    module, _, called = name.rpartition(".")
    if not module.startswith("pymdownx."):
        raise ValueError(name)
    return getattr(importlib.import_module(module), called)


Configurations.add_multi_constructor("tag:yaml.org,2002:python/name:", function)


def of_pymdown(folder: Path) -> Iterator[Example]:
    """Those of pymdown-extensions in files, with the extensions that the file beside them names."""
    tests = folder / "tests"
    for file in sorted(tests.glob("extensions/*/tests.yml")):
        named = file.read_text("utf-8").replace("{{BASE}}", str(file.parent)).replace("{{RELATIVE}}", str(tests))
        configs = yaml.load(named, Configurations)
        for path in sorted(file.parent.glob("*.txt")):
            parts = [configs.get(key) or {} for key in ("__default__", path.stem)]
            given = {name: config for part in parts for name, config in (part.get("extensions") or {}).items()}
            text = path.read_text("utf-8")
            yield Example(path.relative_to(folder).as_posix(), text, [*given], {name: one for name, one in given.items() if one})


def of_pymdown_in_code(folder: Path) -> Iterator[Example]:
    """Those that stand in its tests: the first argument of `check_markdown`, in a class that names the extensions."""
    for path in sorted(folder.glob("tests/test_extensions/**/test_*.py")):
        for one in (node for node in ast.parse(path.read_text("utf-8")).body if isinstance(node, ast.ClassDef)):
            given = {}
            for node in one.body:
                if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name):
                    try:
                        given[node.targets[0].id] = ast.literal_eval(node.value)
                    except ValueError:  # it names a function: what is asked for is not known
                        given["extension"] = None
            calls = (node for node in ast.walk(one) if isinstance(node, ast.Call) and node.args)
            for call in calls if given.get("extension", []) is not None else ():
                text = call.args[0].value if isinstance(call.args[0], ast.Constant) else None
                if isinstance(call.func, ast.Attribute) and call.func.attr == "check_markdown" and isinstance(text, str):
                    name = f"{path.name}:{call.lineno}"
                    yield Example(name, textwrap.dedent(text), given.get("extension", []), given.get("extension_configs", {}))


PACKAGES = {
    "markdown_it_py": [("CommonMark’s", commonmark)],
    "markdown": [("Python-Markdown’s", of_markdown)],
    "pymdown_extensions": [("pymdown-extensions’, in files", of_pymdown), ("pymdown-extensions’, in code", of_pymdown_in_code)],
    "pelican": [("Pelican’s", of_pelican)],
}
# Their block is called as one of the plugin's: the setting is refused.
REFUSED = {"pymdownx.blocks.admonition"}


def fetched(folder: Path, python: str) -> dict[str, Path]:
    """The packages of `oracles.txt`, unpacked in a folder, by their names; `python` has pip."""
    subprocess.run([python, *PIP, "-d", folder, "-r", WANTED], check=True)
    found = {}
    for archive in sorted(folder.glob("*.tar.gz")):
        with tarfile.open(archive) as opened:
            opened.extractall(folder, filter="data")
        name = archive.name.removesuffix(".tar.gz")
        found[name.rpartition("-")[0]] = folder / name
    return found


def main(python: str) -> None:
    warnings.simplefilter("ignore")  # of deprecated extensions, which the examples are of too
    different, same = [], []
    with tempfile.TemporaryDirectory() as temporary:
        folders = fetched(Path(temporary), python)
        for package, kinds in PACKAGES.items():
            for whose, examples in kinds:
                counted: Counter[str] = Counter()
                for example in examples(folders[package]):
                    if REFUSED.isdisjoint(example.extensions):
                        kind = DESIGNED if example.name in EXPECTED else compared(example)
                        counted[kind] += 1
                        different += [example] if kind == DIFFERENT else []
                        same += [example] if kind == SAME else []
                print(f"{whose}: {counted.total()} examples")
                for kind, count in counted.most_common():
                    print(f"  {count:5} {kind}", flush=True)
        counted, otherwise = built(same, Path(temporary) / "sites")
        print(f"Built, of those that are read the same: {counted.total()} examples")
        for kind, count in counted.most_common():
            print(f"  {count:5} {kind}")
    for example in different:
        print(f"\n{example.name} {example.extensions}\n{example.text}\n--- alone\n{alone(example)}\n--- with the plugin")
        print(with_plugin(example)[0])
    print(*otherwise, sep="\n")
    if different or otherwise:
        sys.exit(f"{len(different) + len(otherwise)} examples are other with the plugin, and no problem is told.")


if __name__ == "__main__":
    main(sys.argv[1])
