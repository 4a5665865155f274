"""Every file of the content folder, read for its spelling, house words, dates and figures. Knows no Pelican.

`python -m argument.proofreading` is what the task `lint` runs, in the folder that `content/` lies in. What is checked is in
`language`; the spelling checker is typos, which pyproject.toml configures under [tool.typos].
"""

import json
import shutil
import subprocess
import sysconfig
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from argument.abbreviations import meanings
from argument.language import HOUSE_WORDS, Doubt, faults, house_words
from argument.matter import MATTERS
from argument.problems import Place, Problem, SourceText, listed
from argument.reading import Converter, read
from argument.tables import Comparison

CONTENT = Path("content")
MISSPELT = 2  # typos' exit status where it found something


def main() -> int:
    """Tell everything that is wrong with the words of the content; 1 if anything is."""
    problems: list[Problem] = []
    texts = [text for path in paths() if (text := text_of(path, problems))]
    words = CONTENT / HOUSE_WORDS
    house = house_words((text_of(words, problems) if words.exists() else None) or SourceText(words.as_posix(), ""))
    explained = glossary(texts)
    doubts = misspelt([Path(text.path) for text in texts])
    for text in texts:
        problems += faults(text, Path(text.path).parent.name, house, explained, doubts.get(text.path, ()))
    problems += house.problems
    print(listed(problems) if problems else f"{len(texts)} files of {CONTENT}/ are in the words of the house.")
    return 1 if problems else 0


def paths() -> Iterator[Path]:
    """The files that hold words, by kind and name."""
    return (path for folder in MATTERS for path in sorted((CONTENT / folder).glob("*.md")))


def text_of(path: Path, problems: list[Problem]) -> SourceText | None:
    """The text of a file; None and a problem if it has none."""
    try:
        return SourceText(path.as_posix(), path.read_text("utf-8-sig"))
    except UnicodeDecodeError:
        problems.append(Problem(Place(path.as_posix()), "this file is no text in UTF-8.", "Save it in the encoding UTF-8."))
        return None


def glossary(texts: Sequence[SourceText]) -> set[str] | None:
    """The abbreviations that the site's glossary explains; None if it has none."""
    converter = Converter({})
    found: set[str] = set()
    named = [text for text in texts if "abbreviations:" in text.text]
    for text in named:
        name = Path(text.path).relative_to(CONTENT).as_posix()
        for table in read(text.path, name, text.text, converter).document.comparisons:
            found |= meanings(table).keys() if isinstance(table, Comparison) else set()
    return found or None


def misspelt(files: Sequence[Path]) -> Mapping[str, Sequence[Doubt]]:
    """What typos does not know, by file."""
    program = shutil.which("typos", path=sysconfig.get_path("scripts"))
    if program is None:
        raise FileNotFoundError("the spelling checker typos is not installed; requirements.txt names it")
    command = [program, "--format", "json", "--no-check-filenames", "--file-list", "-"]
    names = "\n".join(file.as_posix() for file in files)
    done = subprocess.run(command, input=names, capture_output=True, encoding="utf-8", check=False)  # noqa: S603 - a fixed command
    if done.returncode not in (0, MISSPELT):
        raise RuntimeError(f"typos: {done.stderr}")
    found = defaultdict(list)
    for line in done.stdout.splitlines():
        told = json.loads(line)
        if told["type"] == "typo":
            path = Path(told["path"])
            written = path.read_text("utf-8-sig").split("\n")[told["line_num"] - 1]
            column = len(written.encode()[: told["byte_offset"]].decode())
            found[path.as_posix()].append(Doubt(told["line_num"], column, told["typo"], told["corrections"] or ["it otherwise"]))
    return found


if __name__ == "__main__":
    raise SystemExit(main())
