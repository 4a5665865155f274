"""The site from A to Z, like the index of a book: each thing once, under what a reader would call it. Knows no Pelican."""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from argument.argument import FINDER, Argument
from argument.bibliography import HOME
from argument.model import Quotation
from argument.plain_words import plain, plain_text
from argument.values import Speaker

OTHER = "0–9"  # where what begins with no letter stands
FEW = 5  # words of a quotation tell it from another one of the same speaker
# What a title may begin with that nobody looks for: “How to respond” is under R, “The post” under P.
ASKING = r"(?:(?:what|who|how|why|when|where|which|for)\s+)?(?:(?:has|have|is|are|does|do|can|it would be|we|to)\s+)?"
BEFORE = re.compile(rf"^\W*{ASKING}(?:(?:the|an?)\s+)?", re.I)
NAME = re.compile(r"((?:[A-Z][\w’.-]+ )+)([A-Z][\w’-]+)")


@dataclass(frozen=True)
class Entry:
    """One line: its words, where they lead, and what that is, if the words do not say it."""

    words: str
    address: str
    what: str = ""

    @property
    def key(self) -> str:
        """What it is sorted by: its words without accents, capitals and what nobody looks for."""
        bare = BEFORE.sub("", self.words, count=1) or self.words
        letters = "".join(sign for sign in unicodedata.normalize("NFKD", bare) if not unicodedata.combining(sign))
        return re.sub(r"[^\w ]+", "", letters).casefold().strip()

    @property
    def letter(self) -> str:
        return self.key[:1].upper() if self.key[:1].isalpha() else OTHER


@dataclass(frozen=True)
class Letter:
    """A letter and what stands under it."""

    name: str
    entries: tuple[Entry, ...]

    @property
    def id(self) -> str:
        return f"letter-{self.name.casefold()}" if self.name != OTHER else "figures"


def a_to_z(argument: Argument) -> tuple[Letter, ...]:
    """Every letter that something begins with, and what does."""
    by_letter: dict[str, list[Entry]] = defaultdict(list)
    for entry in sorted(set(entries(argument)), key=lambda entry: (entry.key, entry.words, entry.address)):
        by_letter[entry.letter].append(entry)
    return tuple(Letter(name, tuple(by_letter[name])) for name in sorted(by_letter))


def entries(argument: Argument) -> Iterator[Entry]:
    """A line for each point, page, table and picture, for whoever is quoted, and for each word of the glossary and its parts."""
    for row in argument.points.values():
        yield from (Entry(point.title, point.address, point.noun) for point in row)
    for page in argument.pages.values():
        if page.address != HOME and page.template != FINDER:
            yield Entry(page.title, page.address)
    for table in (page for page in argument.share_pages if not page.row):
        yield Entry(table.heading, table.place, "table")
        if argument.explains_words(table):
            rows = table.comparison.rows
            yield from (
                Entry(plain(row.heading), f"{table.context.address}#{table.comparison.row_id(row)}", "word") for row in rows
            )
    places = {name: document.address for document in argument.documents.values() for name in (one.id for one in document.pictures)}
    for picture in argument.pictures.values():
        yield Entry(picture.caption, f"{places[picture.id]}#{picture.id}", "picture")
    often = Counter(quotation.by for quotation in argument.quotations.values())
    for quotation in argument.quotations.values():
        yield Entry(speaker(quotation, alone=often[quotation.by] == 1), quotation.address, "quoted")


def speaker(quotation: Quotation, *, alone: bool) -> str:
    """Who is quoted, a person by the last name first; with the first words, if there is more from the same."""
    name = quotation.by
    if quotation.speaker is Speaker.PERSON and (parts := NAME.fullmatch(name)):
        name = f"{parts[2]}, {parts[1].strip()}"
    words = plain_text(quotation.origin.body).split()
    return name if alone else f"{name}: “{' '.join(words[:FEW])}…”"
