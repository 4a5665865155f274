"""Begin a source, quotation, point, page, response, update or comparison: ask for what it needs, and write it. Knows no Pelican.

`python -m argument.new KIND` is what the task `new` runs, in the folder that `content/` lies in. On a terminal it asks, and
every answer is checked at once; otherwise all must be given, and everything that is wrong is told together. No file is ever
written over; of a file that a comparison joins, every byte stays.
"""

import argparse
import os
import re
import shlex
import signal
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from argument import frontmatter, saved_pages
from argument.imports import HALF, write_new
from argument.matter import MATTERS, SourceMatter
from argument.model import POINTS
from argument.problems import Place, Problem, in_order
from argument.publication import today
from argument.reading import Converter, read
from argument.scaffold_texts import block_text, file_text
from argument.scaffolds import (
    KINDS,
    WORDS,
    Kind,
    NewComparison,
    Present,
    columns_of,
    suggested,
    suggested_key,
    wrong,
    wrong_key,
)

CONTENT = Path("content")
DEFINED = {"quotation": re.compile(r"(?m)^/{3,} quotation \| ([a-z0-9-]+)"), "table": re.compile(r"(?m)^ +id: ([a-z0-9-]+)")}
ORDER = re.compile(r"(?m)^Order:\s*(\d+)")
SET = re.compile(r"\s*(?P<key>[\w-]+)\s*[:=]\s*(?P<value>.*)", re.S)
NOTHING = "Nothing was written."
HOW = 'Give each key with --set "Title: What it is", or begin it on a terminal, where you are asked.'
INTERRUPTED = 130  # the exit status that shells give to Ctrl-C


def present(content: Path) -> Present:
    """What is in the content folder already."""
    files = {folder: sorted((content / folder).glob("*.md")) for folder in MATTERS}
    texts = {path: path.read_text("utf-8", errors="replace") for paths in files.values() for path in paths}
    found = {kind: [name for text in texts.values() for name in pattern.findall(text)] for kind, pattern in DEFINED.items()}
    orders = {folder: [int(number[1]) for path in files[folder] if (number := ORDER.search(texts[path]))] for folder in POINTS}
    return Present(
        {folder: [path.stem for path in paths] for folder, paths in files.items()},
        found["quotation"],
        found["table"],
        {folder: max(numbers, default=0) for folder, numbers in orders.items()},
    )


def given_by(options: Sequence[str], place: Place, problems: list[Problem]) -> dict[str, str]:
    """The fields that `--set` gives: `Title: What it is`, or `Title=What it is`."""
    found = {}
    for option in options:
        if pair := SET.fullmatch(option):
            found[frontmatter.field_name(pair["key"])] = " ".join(pair["value"].split())
        else:
            problems.append(Problem(place, f'"{option}" gives no key a value.', 'Write --set "Title: What it is".'))
    return found


def known_from(origin: str, kind: Kind, place: Place, problems: list[Problem]) -> dict[str, str]:
    """The fields of a source that its address, or a file in which its page was saved, tells."""
    if origin and kind.matter is not SourceMatter:
        rule = f"{frontmatter.a_or_an(kind.noun)} is not begun from a page elsewhere."
        problems.append(Problem(place, rule, "Leave --from out; it is for a source."))
        return {}
    if re.match(r"https?://", origin):
        return saved_pages.of_address(origin)
    try:
        return saved_pages.of_file(Path(origin).read_bytes()) if origin else {}
    except OSError as error:
        rule = f"{origin} cannot be read ({error.strerror})."
        problems.append(Problem(place, rule, "Name the file in which a browser saved the page, or its address."))
    except (ValueError, LookupError, RecursionError):
        rule = f"{origin} cannot be read as a page: it is in no encoding that is known, or nested too deep."
        problems.append(Problem(place, rule, "Save the page anew, or write its address after --from."))
    return {}


def asked(kind: Kind, given: dict[str, str], known: Mapping[str, str], there: Present) -> dict[str, str]:
    """Every field that is asked for, by questions on the terminal until each answer holds."""
    print(f"A new {kind.noun}. Enter alone takes what stands in [brackets]. Ctrl-C ends this, and nothing is written.")
    names = [*kind.asked, *(name for name in known if name not in kind.asked), *([WORDS] if kind.words else [])]
    for name in names:
        if name in given:
            continue
        default = known.get(name) or suggestion(kind, name, given, there)
        answer = answered(kind, name, default, given, there)
        given = {**given, **({name: answer} if answer else {})}
    return given


def suggestion(kind: Kind, name: str, given: Mapping[str, str], there: Present) -> str:
    """What stands in brackets beside a question."""
    if kind.matter is NewComparison and name == "columns" and given.get("gather"):
        return ", ".join(columns_of(given["gather"]))
    return suggested(kind, name, given, there, today().iso)


def answered(kind: Kind, name: str, default: str, given: Mapping[str, str], there: Present) -> str:
    """The answer to one question, asked again until it holds."""
    needed = kind.needs(name)
    while True:
        print(f"\n{kind.title_of(name)}: {kind.meaning_of(name)}{'' if needed else ' May be empty.'}")
        answer = input(f"[{default}] > " if default else "> ").strip() or default
        found = [one for one in wrong(kind, {**given, name: answer}, there, Place) if one.place.path == name] if answer else []
        if not found and (answer or not needed):
            return answer
        told = [f"  {problem.rule}\n  {problem.remedy}" for problem in found]
        print("\n".join(told or ["  Something must stand here; Ctrl-C ends this."]))


def asked_for_key(kind: Kind, given: Mapping[str, str], there: Present) -> str:
    """The name of the file, asked for until it holds."""
    default = suggested_key(kind, given, there)
    while True:
        print(f"\nKey: The name of its file, and its lasting address: {kind.folder}/{default}.html, say.")
        key = input(f"[{default}] > ").strip() or default
        found = wrong_key(kind, key, there, Place("Key"))
        if not found:
            return key
        print(f"  {found[0].rule}\n  {found[0].remedy}")


def written(kind: Kind, key: str, given: Mapping[str, str]) -> Path:
    """The file with the new thing in it. Raises FileExistsError rather than write over one."""
    if kind.matter is NewComparison:
        path = CONTENT / f"{given['page']}.md"
        joined(path, block_text(given))
        return path
    path = CONTENT / kind.folder / f"{key}.md"
    path.parent.mkdir(parents=True, exist_ok=True)
    write_new(path, file_text(kind, given))
    return path


def joined(path: Path, block: str) -> None:
    """Put a block at the end of a file, which is whole at every moment, and leave every byte that it has."""
    before = path.read_bytes()
    end = b"\r\n" if b"\r\n" in before else b"\n"
    between = end if before.endswith(b"\n") else end * 2
    beside = path.with_name(f".{path.name}.new")
    beside.write_bytes(before + between + block.encode().replace(b"\n", end))
    beside.replace(path)


def what_a_build_says(path: Path) -> list[Problem]:
    """What is wrong with a file by itself."""
    text = path.read_text("utf-8-sig")
    return list(read(path.as_posix(), path.relative_to(CONTENT).as_posix(), text, Converter({})).problems)


def opened(path: Path) -> None:
    """Open the file in the editor that the environment names, if it names one and somebody is there."""
    editor = os.environ.get("VISUAL") or os.environ.get("EDITOR")
    if editor and sys.stdin.isatty():
        subprocess.run([*shlex.split(editor, posix=os.name != "nt"), path], check=False)  # noqa: S603 - the author's own editor


def in_utf_8(argument: str) -> str:
    """The argument, if it is text: bytes that are none come as halves of characters. Raises ArgumentTypeError."""
    if HALF.search(argument):
        raise argparse.ArgumentTypeError("this is no text in UTF-8")
    return argument


def main(arguments: Sequence[str] | None = None) -> int:
    """Begin what was asked for; 1 if something is wrong with it, and then nothing is written."""
    parser = argparse.ArgumentParser(prog="new", description="Begin a content file, or a comparison in one.")
    parser.add_argument("kind", choices=KINDS, help="what to begin")
    parser.add_argument("--set", type=in_utf_8, action="append", default=[], metavar="KEY: VALUE", help="a key and its value")
    parser.add_argument("--key", type=in_utf_8, default="", help="the name of the file, and its lasting address")
    parser.add_argument("--from", type=in_utf_8, dest="origin", default="", help="of a source: a saved page, or its address")
    options = parser.parse_args(arguments)
    kind, there = KINDS[options.kind], present(CONTENT)
    place = Place(f"new {kind.noun}")
    problems: list[Problem] = []
    given = given_by(options.set, place, problems)
    known = known_from(options.origin, kind, place, problems)
    # What was given is checked before anything is asked, so that no answer is lost by it.
    if options.key and kind.matter is NewComparison:
        given.setdefault("id", options.key)
    problems += wrong_key(kind, options.key, there, place) if options.key else []
    faulty = any(one.place.path in given for one in wrong(kind, given, there, Place))
    asking = sys.stdin.isatty() and not problems and not faulty
    if asking:
        given = asked(kind, given, known, there)
    else:
        given = {**known, **given}
        names = [name for name in kind.asked if kind.needs(name) or kind.matter is NewComparison]
        given = {**{name: usual for name in names if (usual := suggestion(kind, name, given, there))}, **given}
    problems += wrong(kind, given, there, lambda _: place)
    key = options.key or (asked_for_key(kind, given, there) if asking and kind.folder else suggested_key(kind, given, there))
    if not problems:
        problems += wrong_key(kind, given["id"] if kind.matter is NewComparison else key, there, place)
    if problems:
        print("\n\n".join([*map(str, in_order(problems)), NOTHING if asking else f"{NOTHING} {HOW}"]))
        return 1
    path = written(kind, key, given)
    print(f"{path.as_posix()}: {'a comparison joined it' if kind.matter is NewComparison else 'written'}.")
    if found := what_a_build_says(path):
        print("\nThe next build will say, until that is mended:\n\n" + "\n\n".join(map(str, found)))
    opened(path)
    return 0


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.default_int_handler)  # also where the starter ignores it, as a shell does in the background
    try:
        raise SystemExit(main())
    except (KeyboardInterrupt, EOFError):
        print(f"\n{NOTHING}")
        raise SystemExit(INTERRUPTED) from None
