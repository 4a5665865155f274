"""What editors read: snippets, tasks and schemas, as files made from the model and from the commands there are. Knows no Pelican.

Nothing but JSON: `python3 tasks.py editors` writes it, and a test says when that has to be done again.
"""

import json
from pathlib import Path

from argument.reports import Format
from argument.schemas import schemas
from argument.snippets import snippets

EDITOR = ".vscode"
SCHEMAS = f"{EDITOR}/schemas"
# A path, a line, a column and the words, as reports.one_line writes them. What lies in no file stands in the terminal only.
LINES = r"^(content/.+?):(\d+):(\d+): (error): (.*)$"
# The first line of a problem as a person reads it.
TEXT = r"^(content/.+?):(\d+): (.*)$"
# Only VS Code with this reads .editorconfig; it is free software (MIT).
EXTENSIONS = {"recommendations": ["EditorConfig.EditorConfig"]}
# In Markdown no snippet is offered unasked: what was typed becomes one by the Tab key.
SETTINGS = {"[markdown]": {"editor.tabCompletion": "onlySnippets"}}


def main() -> int:
    """Write every file, and take away schemas of what there is no more."""
    made = files()
    for old in Path(SCHEMAS).glob("*.json"):
        if old.as_posix() not in made:
            old.unlink()
    for name, text in made.items():
        path = Path(name)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, "utf-8", newline="\n")
    print(f"{len(made)} files are in {EDITOR}/. Commit them.")
    return 0


def files() -> dict[str, str]:
    """The text of each file by its path in the project's folder."""
    made: dict[str, object] = {f"{SCHEMAS}/{name}.json": schema for name, schema in schemas().items()}
    made[f"{EDITOR}/argument.code-snippets"] = snippets()
    made[f"{EDITOR}/tasks.json"] = tasks()
    made[f"{EDITOR}/settings.json"] = SETTINGS
    made[f"{EDITOR}/extensions.json"] = EXTENSIONS
    return {name: json.dumps(value, indent=2, ensure_ascii=False) + "\n" for name, value in made.items()}


def tasks() -> dict[str, object]:
    """The commands that those who write need, for an editor's menu; problems go into its list where they stand in a file."""
    lines = matcher("argument", LINES, "file", "line", "column", "severity", "message")
    text = matcher("argument", TEXT, "file", "line", "message")
    words = matcher("argument-words", TEXT, "file", "line", "message")
    return {
        "version": "2.0.0",
        "tasks": [
            task("Build the site", "build", "--format", Format.LINES.value, finds=[lines], group="build"),
            task("Show the site while you write", "livereload", isBackground=True),
            task("Check the words of the content", "lint", "--content", finds=[words]),
            task("Check words and code", "lint", finds=[words]),
            task("Run the tests", "test", group="test"),
            task("Build, and keep the addresses", "addresses", finds=[text]),
        ],
    }


def task(label: str, *command: str, finds: object = (), group: str = "", **more: object) -> dict[str, object]:
    """A command of tasks.py; the first of a group is what the editor's key for that starts."""
    grouped = {"group": {"kind": group, "isDefault": True}} if group else {}
    return {
        "label": label,
        "type": "process",
        "command": "python3",
        "windows": {"command": "py"},  # there python3 may open the store
        "args": ["tasks.py", *command],
        **grouped,
        **more,
        "problemMatcher": finds,
    }


def matcher(owner: str, pattern: str, *groups: str) -> dict[str, object]:
    """How an editor finds problems in what a command prints: what each group of the pattern is.

    They stay in its list until a command of the same owner is run again.
    """
    numbered = {name: number for number, name in enumerate(groups, 1)}
    return {
        "owner": owner,
        "severity": "error",
        "fileLocation": ["relative", "${workspaceFolder}"],
        "pattern": {"regexp": pattern, **numbered},
    }


if __name__ == "__main__":
    raise SystemExit(main())
