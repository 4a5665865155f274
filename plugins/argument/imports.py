"""A reference manager's file → source files, none of which is ever overwritten. Knows no Pelican.

`python -m argument.imports FILE` is what the task `import-sources` runs. What an entry does not say is left out; the next
build asks for what must be there.
"""

import argparse
import re
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain, count
from pathlib import Path, PurePosixPath

from argument import csl, frontmatter
from argument.entries import EXPORT_AGAIN, Entry, entries, key_said, quoted
from argument.matter import SourceMatter
from argument.problems import Place, Problem, SourceText
from argument.values import Confidence, SourceKind

FOLDER = PurePosixPath("content", SourceMatter.folder)
# What the next build asks for where an entry does not say it, and a value that would do.
ASKED_FOR = {"publisher": "x", "kind": SourceKind.PRIMARY, "confidence": Confidence.LOW}
NAME_LENGTH = 40  # characters of an author's name that go into a key
KEY_LENGTH = 100  # characters of a key, which is the name of a file
HALF = re.compile("[\ud800-\udfff]")  # one of the two that UTF-16 has for a character; JSON can hold one alone, no text can


@dataclass(frozen=True)
class NewSource:
    """A source file to be written, and what there is to say of it."""

    key: str
    text: str
    asked_for: frozenset[str]
    note: str = ""


@dataclass(frozen=True)
class LeftAlone:
    """An entry whose source is there already."""

    called: str
    reason: str


Outcome = NewSource | LeftAlone | Problem


def plan(found: Sequence[Entry | Problem], there: Mapping[str, Mapping[str, str]], judged: Mapping[str, str]) -> list[Outcome]:
    """What becomes of each entry, in order. `there` are the sources that exist, their front matter by field, by key."""
    known = Known(there)
    outcomes: list[Outcome] = []
    for entry in found:
        outcome = entry if isinstance(entry, Problem) else new_source(entry, known, judged)
        if isinstance(outcome, NewSource) and isinstance(entry, Entry):
            known.add(outcome.key, csl.fields(entry.item))
        outcomes.append(outcome)
    return outcomes


class Known:
    """The sources that are there, and those that the import has made, by key, DOI and address."""

    def __init__(self, there: Mapping[str, Mapping[str, str]]) -> None:
        self.there = frozenset(there)
        self.keys: dict[str, Mapping[str, str]] = {}
        self.alike: dict[tuple[str, str], str] = {}
        for key, fields in there.items():
            self.add(key, fields)

    def add(self, key: str, fields: Mapping[str, str]) -> None:
        """One source more."""
        self.keys[key] = fields
        for what, same in SAME.items():
            self.alike.setdefault((what, same(fields)), key)

    def same(self, fields: Mapping[str, str]) -> tuple[str, str] | None:
        """What an entry has in common with a source, and the source's key."""
        found = ((what, self.alike.get((what, same(fields)))) for what, same in SAME.items() if same(fields))
        return next(((what, key) for what, key in found if key), None)


def new_source(entry: Entry, known: Known, judged: Mapping[str, str]) -> Outcome:
    """The source file that an entry becomes, unless there is one already or it says something that cannot stand in one."""
    try:
        fields = csl.fields(entry.item)
    except (AttributeError, TypeError, ValueError, LookupError, RecursionError):  # a list where a text should be, and the like
        return Problem(entry.place, f"{entry.called} is no reference as CSL-JSON has them.", EXPORT_AGAIN)
    if half := next((field for field, value in fields.items() if HALF.search(value)), ""):
        rule = f"{entry.called} holds half of a character in its {frontmatter.key_name(half)}."
        return Problem(entry.place, rule, EXPORT_AGAIN)
    if alike := known.same(fields):
        return LeftAlone(entry.called, f"{FOLDER / alike[1]}.md has the same {alike[0]}")
    key = key_of(entry.item, fields, known.keys)
    if key not in known.there and known.keys.get(key, fields) != fields:
        key = free(key, known.keys)  # an entry of this file whose key differs in capitals only, or in what is cut off
    if key in known.keys:
        return LeftAlone(entry.called, f"{FOLDER / key}.md is there already")
    text = written({**fields, **judged})
    if wrong := next(iter(problems(text)), None):
        return Problem(entry.place, f"{entry.called}: {wrong.rule}", EXPORT_AGAIN)
    theirs = quoted(str(entry.item.get("type", "")))
    return NewSource(
        key,
        text,
        frozenset({*ASKED_FOR} - {*fields} - {*judged}),
        "" if theirs == fields["type"] else f"its type “{theirs}” became “{fields['type']}”",
    )


def problems(text: str) -> list[Problem]:
    """What a build would find wrong with a source's front matter, but for what it will ask for."""
    values, _, unreadable = frontmatter.split(SourceText("", text))
    given = {
        **values,
        **{field: frontmatter.Value(field, allowed, Place("")) for field, allowed in ASKED_FOR.items() if field not in values},
    }
    return [*unreadable, *frontmatter.check(SourceMatter, given, Place(""), "a source")[1]]


def written(fields: Mapping[str, str]) -> str:
    """Front matter as authors write it."""
    return (
        "".join(f"{frontmatter.key_name(field)}: {fields[field]}\n" for field in SourceMatter.model_fields if fields.get(field))
        + "\n"
    )


def key_of(item: csl.Item, fields: Mapping[str, str], known: Mapping[str, object]) -> str:
    """A source's key: its citation key, or author and year, with a number if that is taken."""
    theirs = key_said(item)
    if slug(theirs) and "/" not in theirs and not theirs.isdigit():
        return slug(theirs)[:KEY_LENGTH].strip("-")
    (first, *_) = csl.names(fields.get("author", "")) or [{"literal": fields.get("publisher", "")}]
    made = f"{slug(first.get('family') or first['literal'])[:NAME_LENGTH].strip('-') or 'source'}-{fields['date'][:4]}"
    made = made if fields["date"] != "undated" else made.rpartition("-")[0] + "-undated"
    return free(made, known)


def free(key: str, known: Mapping[str, object]) -> str:
    """The key, with a number if it is taken."""
    return next(made for made in chain([key], (f"{key}-{number}" for number in count(2))) if made not in known)


def slug(text: str) -> str:
    """The text as it can stand in an address; empty if nothing of it can."""
    plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode().lower()
    return "-".join(re.findall(r"[a-z0-9]+", plain))


def by_doi(fields: Mapping[str, str]) -> str:
    """The DOI, in which capitals mean nothing."""
    return fields.get("doi", "").lower()


def by_address(fields: Mapping[str, str]) -> str:
    """The address without what does not change where it leads."""
    return re.sub(r"^https?://(www\.)?|/$", "", fields.get("url", ""), flags=re.I)


# What tells that two are the same, and what that is called.
SAME = {"DOI": by_doi, "address": by_address}


def present(folder: Path) -> dict[str, dict[str, str]]:
    """The front matter of the sources that are there, by key."""
    found = {}
    for path in sorted(folder.glob("*.md")):
        values, _, _ = frontmatter.split(SourceText(str(path), path.read_text("utf-8", errors="replace")))
        found[path.stem] = {field: str(value.content) for field, value in values.items()}
    return found


def main() -> int:
    """Import a file, telling what becomes of every entry; 1 if some cannot be read."""
    parser = argparse.ArgumentParser(
        prog="import-sources", description="Write a source file for each entry of a reference manager's file."
    )
    parser.add_argument("file", type=Path, help="CSL-JSON or BibTeX")
    parser.add_argument("--kind", choices=[str(kind) for kind in SourceKind], help="the kind of all these sources")
    parser.add_argument(
        "--confidence", choices=[str(confidence) for confidence in Confidence], help="the confidence in all of them"
    )
    given = parser.parse_args()
    try:
        text = SourceText(str(given.file), given.file.read_text("utf-8-sig"))
    except OSError as error:
        parser.error(f"{given.file} cannot be read: {error.strerror}.")
    except UnicodeDecodeError:
        parser.error(f"{given.file} is no text in UTF-8. Export it again, in UTF-8.")
    judged = {field: getattr(given, field) for field in ("kind", "confidence") if getattr(given, field)}
    outcomes = plan(list(entries(text)), present(Path(FOLDER)), judged)
    Path(FOLDER).mkdir(parents=True, exist_ok=True)
    for outcome in outcomes:
        print(carried_out(outcome))
    new = [outcome for outcome in outcomes if isinstance(outcome, NewSource)]
    left = [outcome for outcome in outcomes if isinstance(outcome, LeftAlone)]
    wrong = len(outcomes) - len(new) - len(left)
    print(f"{len(new)} written, {len(left)} left alone, {wrong} could not be read.")
    missing = [frontmatter.key_name(field) for field in ASKED_FOR if any(field in outcome.asked_for for outcome in new)]
    if missing:
        print(f"The next build will ask for {' and '.join(missing)}: read each source, and say what it is worth.")
    return 1 if wrong else 0


def write_new(path: Path, text: str) -> None:
    """Write a file that is whole or not there. Raises FileExistsError rather than write over one."""
    content = text.encode()  # before anything is there
    beside = path.with_name(f".{path.name}.new")
    try:
        beside.write_bytes(content)
        path.touch(exist_ok=False)  # never over another file
        try:
            beside.replace(path)
        except OSError:
            path.unlink()
            raise
    finally:
        beside.unlink(missing_ok=True)


def carried_out(outcome: Outcome) -> str:
    """Do what was planned for an entry, and say so."""
    match outcome:
        case NewSource():
            path = FOLDER / f"{outcome.key}.md"
            write_new(Path(path), outcome.text)
            return f"{path}: written{'; ' * bool(outcome.note)}{outcome.note}."
        case LeftAlone():
            return f"{outcome.called}: left alone, {outcome.reason}."
        case _:
            return str(outcome)


if __name__ == "__main__":
    raise SystemExit(main())
