"""A reference manager's file → its entries as items of CSL-JSON, and what cannot be read of it. Knows no Pelican and no source."""

import json
import logging
import re
from collections.abc import Iterator
from dataclasses import dataclass

from bibtexparser.entrypoint import parse_string
from bibtexparser.model import DuplicateBlockKeyBlock, DuplicateFieldKeyBlock

from argument import bibtex, csl
from argument.characters import SHOWN_INSTEAD
from argument.problems import Place, Problem, SourceText

# A value that bibtexparser has left as it is: strings put together.
NOT_A_TEXT = re.compile(r'["}\w]\s+#\s+["{\w]')
QUOTED = 60  # characters of what a file says that a message repeats
EXPORT_AGAIN = "Mend it in the reference manager, export it again and run the same command: what was written is left alone."


@dataclass(frozen=True)
class Entry:
    """One entry of the file: where it stands, what it is called in a message, and what it says."""

    place: Place
    called: str
    item: csl.Item


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
    except ValueError:  # Python reads no number of thousands of digits
        yield Problem(Place(text.path), "this JSON holds a number longer than any of a reference is.", EXPORT_AGAIN)
        return
    listed = found.get("items") if isinstance(found, dict) else found
    if not isinstance(listed, list):
        yield Problem(Place(text.path), "this JSON is no list of references.", "Export it as CSL-JSON.")
        return
    for number, item in enumerate(listed, 1):
        if isinstance(item, dict):
            yield Entry(Place(text.path), f"entry {number} ({quoted(key_said(item)) or 'without a key'})", item)
        else:
            yield Problem(Place(text.path), f"entry {number} is no reference.", EXPORT_AGAIN)


def key_said(item: csl.Item) -> str:
    """The key that an item gives itself; empty if it gives none."""
    said = item.get("citation-key") or item.get("id")
    return str(said) if said and isinstance(said, str | int | float) else ""


def quoted(said: str) -> str:
    """What a file says, as a message can repeat it: not too long, with a sign in the place of what cannot be printed."""
    shown = "".join(one if one.isprintable() else SHOWN_INSTEAD for one in said[:QUOTED])
    return shown + "…" * (len(said) > QUOTED)


def bibtex_entries(text: SourceText) -> Iterator[Entry | Problem]:
    """The entries of BibTeX or BibLaTeX."""
    logging.getLogger("bibtexparser").setLevel(logging.CRITICAL)  # what it would log is told as a problem
    library = parse_string(text.text)
    for block in library.entries:
        place = text.place((block.start_line or 0) + 1)
        if unread := next((field.key for field in block.fields if NOT_A_TEXT.search(str(field.value))), ""):
            rule = f"the field {unread} of this entry is put together with #, or refers to another entry."
            yield Problem(place, rule, "Write it out in full, and run the same command.")
            continue
        if block.fields_dict.get("crossref") or block.fields_dict.get("xdata"):
            rule = "this entry takes some of its fields from another one."
            yield Problem(place, rule, "Write them out in it, and run the same command.")
            continue
        called = f"entry {quoted(block.key)}"
        try:
            yield Entry(place, called, bibtex.item(block))
        except (
            AttributeError,
            TypeError,
            ValueError,
            LookupError,
            RecursionError,
        ):  # of pylatexenc, where an argument is missing, say
            yield Problem(
                place, f"{called} holds LaTeX that is broken or nested too deep, or a number that is too long.", EXPORT_AGAIN
            )
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
