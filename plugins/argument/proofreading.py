"""Every file of the content folder, read for how it is written: problems, and after them advice. Knows no Pelican.

`python -m argument.proofreading` is what the task `lint` runs, in the folder that `content/` lies in. What is checked is in
`language` and `accessibility`, what is advised in `readability` and `staleness`, what can be mended in `mending`; the spelling
checker is typos, which pyproject.toml configures under [tool.typos].
"""

import argparse
import json
import shutil
import subprocess
import sysconfig
from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from argument.abbreviations import meanings
from argument.accessibility import link_advice, link_problems
from argument.language import HOUSE_WORDS, Doubt, HouseWords, faults, house_words
from argument.matter import MATTERS
from argument.mending import Mend, mends, rewrite
from argument.problems import Place, Problem, SourceText, listed, listed_advice
from argument.publication import today
from argument.readability import long_ones
from argument.reading import Converter, read
from argument.staleness import stale
from argument.tables import Comparison

CONTENT = Path("content")
MISSPELT = 2  # typos' exit status where it found something


@dataclass(frozen=True)
class Reading:
    """All files of the content, with what they are held against."""

    texts: Sequence[SourceText]
    house: HouseWords
    explained: Collection[str] | None
    doubts: Mapping[str, Sequence[Doubt]]
    problems: Sequence[Problem]

    def mends(self, text: SourceText) -> list[Mend]:
        """What can be mended in a file."""
        return mends(text, folder(text), self.house, self.doubts.get(text.path, ()))


def main(arguments: Sequence[str] | None = None) -> int:
    """Tell everything that is wrong with how the content is written, and then advice; 1 if anything is wrong."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--fix", action="store_true")
    parser.add_argument("--today", type=date.fromisoformat, default=date.fromisoformat(today().iso))
    chosen = parser.parse_args(arguments)
    reading = everything()
    if chosen.fix and mend_all(reading):
        reading = everything()
    problems, advice, certain = [*reading.problems], [], 0
    for text in reading.texts:
        kind = folder(text)
        problems += faults(text, kind, reading.house, reading.explained, reading.doubts.get(text.path, ()))
        problems += link_problems(text, kind)
        advice += [*long_ones(text, kind), *link_advice(text, kind), *stale(text, kind, chosen.today)]
        found = reading.mends(text)
        advice += [one for mend in found for one in mend.advice]
        certain += len(found)
    print(listed(problems) if problems else f"{len(reading.texts)} files of {CONTENT}/ are in the words of the house.")
    if advice:
        print(f"\n{listed_advice(advice)}")
    if certain:
        print(f"\n{certain} of these can be mended in one way only: python3 tasks.py lint --fix does it.")
    return 1 if problems else 0


def everything() -> Reading:
    """The content as it stands now."""
    problems: list[Problem] = []
    texts = [text for path in paths() if (text := text_of(path, problems))]
    words = CONTENT / HOUSE_WORDS
    house = house_words((text_of(words, problems) if words.exists() else None) or SourceText(words.as_posix(), ""))
    doubts = misspelt([Path(text.path) for text in texts])
    return Reading(texts, house, glossary(texts), doubts, (*problems, *house.problems))


def mend_all(reading: Reading) -> int:
    """Mend what can be mended, and say what and where; the number of files that were."""
    count = 0
    for text in reading.texts:
        found = reading.mends(text)
        if found and rewrite(Path(text.path), text, found):
            count += 1
            print("\n".join(map(str, found)))
    if count:
        print()
    return count


def folder(text: SourceText) -> str:
    """The folder of the content that a file lies in, which says of what kind it is."""
    return Path(text.path).parent.name


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
