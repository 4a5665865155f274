"""What each kind of new content file or comparison needs, what may be suggested for it, and what is wrong with what was given.

Knows no Pelican, and no file but by what is handed over.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from pydantic import BaseModel, Field

from argument import frontmatter
from argument.frontmatter import Value, a_or_an, key_name
from argument.imports import KEY_LENGTH, free, key_of, slug
from argument.matter import (
    MATTERS,
    PageMatter,
    PointMatter,
    QuotationFileMatter,
    ResponseMatter,
    SourceMatter,
    UpdateMatter,
)
from argument.model import POINTS
from argument.problems import Place, Problem, did_you_mean, one_of
from argument.schemas import field_schema, meaning
from argument.values import Frozen, Slug, Target

SLUG_WORDS = 5  # of a title or of what is quoted, in the name of a file
WORDS = "words"  # the field of what is no key: the text itself
# Fields that name something by the name of its file, and the folder that it is in.
NAMES: Mapping[str, str] = {"source": "sources", "quotes": "sources", "part_of": "pages"}
PATHS = ("to", "page")  # fields that name something by its path


class Gathered(StrEnum):
    """The points that a comparison may gather."""

    GUIDANCE = "guidance"
    RISKS = "risks"
    BENEFITS = "benefits"


class NewComparison(Frozen):
    """What is asked for a comparison: a block that joins the end of a file that is there."""

    page: Target = Field(description="The path of the file that it joins, at the end: pages/name.")
    caption: str = Field(description="What the table compares, in a few words.")
    id: Slug = Field(description="Its lasting address on the page.")
    gather: Gathered | None = Field(None, description="guidance, risks or benefits, for a row for each of those points.")
    corner: str = Field("Question", description="What its rows are, in a word.")
    columns: str = Field(
        "", description="The headings of its columns, with commas between; of gathered ones, fields such as claim."
    )
    rows: str = Field("", description="The headings of its rows, with commas between; of gathered ones, none.")


@dataclass(frozen=True)
class Kind:
    """A kind of thing that can be begun: its keys, what its text is, and how that is written where it must stand apart.

    `least` are the fields that are asked for although they may be left out.
    """

    matter: type[BaseModel]
    words: str = ""
    must_have_words: bool = False
    mark: str = ""
    least: tuple[str, ...] = ()

    @property
    def noun(self) -> str:
        return "comparison" if self.matter is NewComparison else str(getattr(self.matter, "noun", ""))

    @property
    def folder(self) -> str:
        return str(getattr(self.matter, "folder", ""))

    @property
    def asked(self) -> list[str]:
        """The fields that are asked for, in their order."""
        return [name for name, info in self.matter.model_fields.items() if info.is_required() or name in self.least]

    @property
    def begins_as_draft(self) -> bool:
        """Whether there is more to write than what is asked for."""
        return issubclass(self.matter, PageMatter | PointMatter)

    def needs(self, name: str) -> bool:
        """Whether it cannot be without a field."""
        return self.must_have_words if name == WORDS else self.matter.model_fields[name].is_required()

    def title_of(self, name: str) -> str:
        """What an author calls a field."""
        return "Words" if name == WORDS else key_name(name)

    def meaning_of(self, name: str) -> str:
        """What a field is, in one line, with the words that it may be."""
        return self.words if name == WORDS else meaning(field_schema(self.matter.model_fields[name]))


MORE: Mapping[str, Kind] = {
    SourceMatter.noun: Kind(
        SourceMatter,
        "A passage of the document that the site relies on, word for word.",
        mark="> ",
        least=("author", "url", "seen"),
    ),
    QuotationFileMatter.noun: Kind(
        QuotationFileMatter, "What was said, exactly as in an excerpt of the source.", must_have_words=True
    ),
    ResponseMatter.noun: Kind(ResponseMatter, "What the reader wrote, in their own words.", must_have_words=True),
    UpdateMatter.noun: Kind(UpdateMatter, "What has changed, and why.", must_have_words=True),
}
KINDS: Mapping[str, Kind] = {
    **{matter.noun: MORE.get(matter.noun, Kind(matter)) for matter in MATTERS.values()},
    "comparison": Kind(NewComparison, least=("gather", "corner", "columns", "rows")),
}


@dataclass(frozen=True)
class Present:
    """What is in the content folder already: the names of its files by folder, and those of quotations that stand in them."""

    names: Mapping[str, Collection[str]] = field(default_factory=dict)
    quotations: Collection[str] = ()
    tables: Collection[str] = ()
    orders: Mapping[str, int] = field(default_factory=dict)  # the highest of the points of each folder

    @property
    def paths(self) -> list[str]:
        """Everything that has a path."""
        files = [f"{folder}/{name}" for folder, names in self.names.items() for name in names]
        return [*files, *(f"{QuotationFileMatter.folder}/{name}" for name in self.quotations)]

    def taken(self, kind: Kind) -> set[str]:
        """The keys that a new thing of a kind cannot have."""
        own = set(self.names.get(kind.folder, ()))
        more = self.quotations if kind.matter is QuotationFileMatter else self.tables if kind.matter is NewComparison else ()
        return own | set(more)


def wrong(kind: Kind, given: Mapping[str, str], present: Present, place: Callable[[str], Place]) -> list[Problem]:
    """Everything that is wrong with what was given, or is missing, in the words of a build; `place` is that of a field."""
    values = {name: Value(kind.title_of(name), text, place(name)) for name, text in given.items() if name != WORDS}
    found = frontmatter.check(kind.matter, values, place(""), a_or_an(kind.noun))[1]
    if kind.must_have_words and not given.get(WORDS, "").strip():
        found.append(Problem(place(""), f'{a_or_an(kind.noun)} must have "Words".', f"Words: {kind.words}"))
    if given.get(WORDS, "").strip() and not kind.words:
        found.append(Problem(place(WORDS), f'{a_or_an(kind.noun)} has no "Words" yet.', "Write its text into the file."))
    for name, folder in NAMES.items():
        if given.get(name) and given[name] not in present.names.get(folder, ()):
            begin = f"Begin it first: python3 tasks.py new {MATTERS[folder].noun}"
            remedy = did_you_mean(given[name], present.names.get(folder, ()), begin)
            found.append(Problem(place(name), f'there is no {MATTERS[folder].noun} "{given[name]}".', remedy))
    for name in PATHS:
        if name in kind.matter.model_fields and given.get(name) and given[name] not in present.paths:
            remedy = did_you_mean(given[name], present.paths, "Write the path of a file of the content folder: pages/index.")
            found.append(Problem(place(name), f'there is nothing at "{given[name]}".', remedy))
    return [*found, *(wrong_table(given, place) if kind.matter is NewComparison else ())]


def wrong_table(given: Mapping[str, str], place: Callable[[str], Place]) -> Iterator[Problem]:
    """What keeps a comparison from having rows and columns."""
    gathers, columns, rows = given.get("gather", ""), listed(given.get("columns", "")), listed(given.get("rows", ""))
    if gathers in POINTS and rows:
        yield Problem(place("rows"), "a comparison that gathers its rows has none of its own.", "Leave them out.")
    fields = columns_of(gathers) if gathers in POINTS else columns
    for name in columns:
        if name not in fields:
            remedy = did_you_mean(name, fields, f"It has {one_of(fields)}.")
            yield Problem(place("columns"), f'a row of {gathers} has no "{name}".', remedy)
    if not columns:
        yield Problem(place("columns"), "a comparison must have columns.", "Write their headings, with commas between.")
    if not gathers and not rows:
        yield Problem(place("rows"), "a comparison must have rows.", "Write their headings, with commas between, or gather points.")


def wrong_key(kind: Kind, key: str, present: Present, place: Place) -> list[Problem]:
    """What keeps a key from being that of a new thing."""
    if slug(key) != key or not key:
        remedy = "Lower-case letters, figures and single hyphens: it is a lasting address."
        return [Problem(place, f'"{key}" is no key.', remedy)]
    if len(key) > KEY_LENGTH:
        return [Problem(place, "this key is too long for the name of a file.", f"Take at most {KEY_LENGTH} characters.")]
    if key in present.taken(kind):
        remedy = f'Choose another one: "{free(key, dict.fromkeys(present.taken(kind)))}" is free.'
        return [Problem(place, f'there is a {kind.noun} "{key}" already.', remedy)]
    return []


def suggested_key(kind: Kind, given: Mapping[str, str], present: Present) -> str:
    """A free key from what the thing is called, or from its first words."""
    taken = dict.fromkeys(present.taken(kind))
    if kind.matter is SourceMatter:
        return key_of({}, {"date": "undated", **given}, taken)
    called = given.get("title") or given.get("caption") or given.get(WORDS, "")
    return free("-".join(slug(called).split("-")[:SLUG_WORDS])[:KEY_LENGTH].strip("-") or kind.noun, taken)


def suggested(kind: Kind, name: str, given: Mapping[str, str], present: Present, today: str) -> str:
    """What a field is if its author does not say otherwise; empty if that cannot be known."""
    if name == "date" and kind.matter in (ResponseMatter, UpdateMatter):
        return today
    if name == "seen":
        return today
    if name == "order":
        return str(present.orders.get(kind.folder, 0) + 1)
    if name == "id":
        return suggested_key(kind, given, present)
    default = kind.matter.model_fields[name].default if name in kind.matter.model_fields else None
    return default if isinstance(default, str) else ""


def listed(text: str) -> list[str]:
    """The parts between the commas of a text."""
    return [part for part in re.split(r"\s*,\s*", text.strip()) if part]


def columns_of(gathers: str) -> list[str]:
    """The fields that a gathered comparison begins with as its columns, all of them in prose."""
    return [name for name in frontmatter.prose_fields(POINTS[gathers]) if not name.startswith("without")]
