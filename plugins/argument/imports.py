"""A reference manager's file → source files, none of which is ever overwritten. Knows no Pelican.

`python -m argument.imports FILE` is what the task `import-sources` runs. What an entry does not say is left out; the next
build asks for what must be there.
"""

import argparse
import json
import logging
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

from argument import bibtex, csl, frontmatter
from argument.matter import SourceMatter
from argument.problems import Place, Problem, SourceText
from argument.values import Confidence, SourceKind

FOLDER = PurePosixPath("content", SourceMatter.folder)
# What the next build asks for where an entry does not say it, and a value that would do.
ASKED_FOR = {"publisher": "x", "kind": SourceKind.PRIMARY, "confidence": Confidence.LOW}
NAME_LENGTH = 40  # characters of an author's name that go into a key
EXPORT_AGAIN = "Mend it in the reference manager, export it again and run the same command: what was written is left alone."


@dataclass(frozen=True)
class Entry:
    """One entry of the file: where it stands, what it is called in a message, and what it says."""

    place: Place
    called: str
    item: csl.Item


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


def entries(text: SourceText) -> Iterator[Entry | Problem]:
    """The entries of a file of CSL-JSON or BibTeX, and a problem for each that cannot be read."""
    start = text.text.lstrip()[:1]
    if start in ("[", "{"):
        yield from json_entries(text)
    elif "@" in text.text:
        yield from bibtex_entries(text)
    else:
        yield Problem(
            Place(text.path), "this is neither CSL-JSON nor BibTeX.", "Export it from the reference manager as one of them."
        )


def json_entries(text: SourceText) -> Iterator[Entry | Problem]:
    """The entries of CSL-JSON: a list of items, or an object with a list called `items`."""
    try:
        found = json.loads(text.text)
    except RecursionError:
        yield Problem(Place(text.path), "this JSON is nested too deep to be a list of references.", "Export it as CSL-JSON.")
        return
    except json.JSONDecodeError as error:
        yield Problem(text.place(error.lineno, error.colno - 1, 1), f"here the JSON breaks off: {error.msg}.", "Export it again.")
        return
    listed = found.get("items") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        yield Problem(Place(text.path), "this JSON is no list of references.", "Export it as CSL-JSON.")
        return
    for number, item in enumerate(listed, 1):
        if isinstance(item, dict):
            yield Entry(Place(text.path), f"entry {number} ({item.get('citation-key') or item.get('id') or 'without a key'})", item)
        else:
            yield Problem(Place(text.path), f"entry {number} is no reference.", EXPORT_AGAIN)


def bibtex_entries(text: SourceText) -> Iterator[Entry | Problem]:
    """The entries of BibTeX or BibLaTeX."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is told as a problem
    library = parse_string(text.text)
    for block in library.entries:
        yield Entry(text.place((block.start_line or 0) + 1), f"entry {block.key}", bibtex.item(block))
    for failed in library.failed_blocks:
        place = text.place((failed.start_line or 0) + 1)
        match failed:
            case DuplicateBlockKeyBlock():
                yield Problem(place, f'there are two entries "{failed.key}".', "Rename one.")
            case DuplicateFieldKeyBlock():
                yield Problem(
                    place, f"this entry has the same field twice: {', '.join(sorted(failed.duplicate_keys))}.", EXPORT_AGAIN
                )
            case _:
                yield Problem(place, "this entry cannot be read: a brace or a quotation mark is not closed.", EXPORT_AGAIN)


def plan(found: Sequence[Entry | Problem], there: Mapping[str, Mapping[str, str]], judged: Mapping[str, str]) -> list[Outcome]:
    """What becomes of each entry, in order. `there` are the sources that exist, their front matter by field, by key."""
    known = dict(there)
    outcomes: list[Outcome] = []
    for entry in found:
        outcome = entry if isinstance(entry, Problem) else new_source(entry, known, judged)
        if isinstance(outcome, NewSource) and isinstance(entry, Entry):
            known[outcome.key] = csl.fields(entry.item)
        outcomes.append(outcome)
    return outcomes


def new_source(entry: Entry, known: Mapping[str, Mapping[str, str]], judged: Mapping[str, str]) -> Outcome:
    """The source file that an entry becomes, unless there is one already or it says something that cannot stand in one."""
    try:
        fields = csl.fields(entry.item)
    except (AttributeError, TypeError, ValueError):  # a list where a text should be, and the like
        return Problem(entry.place, f"{entry.called} is no reference as CSL-JSON has them.", EXPORT_AGAIN)
    for what, same in (("DOI", by_doi), ("address", by_address)):
        for key, other in known.items():
            if same(fields) and same(fields) == same(other):
                return LeftAlone(entry.called, f"{FOLDER / key}.md has the same {what}")
    key = key_of(entry.item, fields, known)
    if key in known:
        return LeftAlone(entry.called, f"{FOLDER / key}.md is there already")
    text = written({**fields, **judged})
    if wrong := next(iter(problems(text)), None):
        return Problem(entry.place, f"{entry.called}: {wrong.rule}", EXPORT_AGAIN)
    theirs = str(entry.item.get("type", ""))
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
    theirs = str(item.get("citation-key") or item.get("id") or "")
    if slug(theirs) and "/" not in theirs and not theirs.isdigit():
        return slug(theirs)
    (first, *_) = csl.names(fields.get("author", "")) or [{"literal": fields.get("publisher", "")}]
    made = f"{slug(first.get('family') or first['literal'])[:NAME_LENGTH].strip('-') or 'source'}-{fields['date'][:4]}"
    made = made if fields["date"] != "undated" else made.rpartition("-")[0] + "-undated"
    taken = [made, *(f"{made}-{number}" for number in range(2, len(known) + 2))]
    return next(key for key in taken if key not in known)


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


def carried_out(outcome: Outcome) -> str:
    """Do what was planned for an entry, and say so."""
    match outcome:
        case NewSource():
            path = FOLDER / f"{outcome.key}.md"
            with Path(path).open("x", encoding="utf-8", newline="\n") as file:  # x: never over another file
                file.write(outcome.text)
            return f"{path}: written{'; ' * bool(outcome.note)}{outcome.note}."
        case LeftAlone():
            return f"{outcome.called}: left alone, {outcome.reason}."
        case _:
            return str(outcome)


if __name__ == "__main__":
    raise SystemExit(main())
