"""The kinds of value that keys and options hold, each read and checked by itself. No input or output, no Pelican."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

TARGET = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")
# A part of a paper: `decision`, `risks/cost`, or what has an address on one, `trial#measures`.
PART = re.compile(r"(?:[a-z]+/)?[a-z0-9]+(?:-[a-z0-9]+)*(?:#[^\s#,]+)?")
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A page, or what has an address on it: `risks/cost.html`, `risks.html#table`, `risks.html#table--row`.
ADDRESS = re.compile(rf"(?:{SLUG.pattern}/)?{SLUG.pattern}(?:--{SLUG.pattern})?\.html(?:#{SLUG.pattern}(?:--{SLUG.pattern})?)?")


def slug_text(value: str) -> str:
    """The value, if it can stand in an address: lower-case letters, figures and single hyphens."""
    if not SLUG.fullmatch(value):
        raise ValueError("lower-case letters, figures and single hyphens")
    return value


def host_text(value: str) -> str:
    """The value, if it is the name of a host."""
    if not HOST.fullmatch(value):
        raise ValueError("a host in lower-case letters, such as example.org")
    return value


def some_words(value: str) -> str:
    """The value, if it says anything."""
    if not value.strip():
        raise ValueError("words")
    return value


def url_text(value: str) -> str:
    """The value as it was written, if it is an absolute HTTP address.

    White space in it, which pydantic and browsers take out, would make it another than is shown.
    """
    with suppress(ValidationError):
        HTTP_URL.validate_python(value)
        if value.isprintable() and not any(map(str.isspace, value)):
            return value
    raise ValueError("a full address with http:// or https://, without spaces")


def former_addresses(value: object) -> tuple[str, ...]:
    """The addresses between the commas of the value, if each is one of this site. Raises ValueError for anything else."""
    if isinstance(value, tuple):
        return value
    addresses = tuple(part.strip() for part in str(value).split(","))
    if not all(ADDRESS.fullmatch(address) for address in addresses):
        raise ValueError("addresses such as risks/old.html or page.html#table--row, with a comma between two")
    return addresses


HTTP_URL = TypeAdapter(AnyHttpUrl)
Slug = Annotated[str, AfterValidator(slug_text)]
Host = Annotated[str, AfterValidator(host_text)]
Url = Annotated[str, AfterValidator(url_text)]
Aliases = Annotated[
    tuple[str, ...],
    BeforeValidator(former_addresses),
    Field(description="What it was called before: risks/old.html, page.html#table; a comma between two."),
]
# HTML that Markdown made from an author's words; `x-…` elements in it stand for cards, tables and citations.
Prose = Annotated[str, "prose"]


class Speaker(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"


class Side(StrEnum):
    """Whom a piece of evidence helps."""

    FOR = "for"
    AGAINST = "against"
    BOTH = "both"
    CONTEXT = "context"


class SourceKind(StrEnum):
    PRIMARY = "primary"
    SECONDARY = "secondary"
    OPINION = "opinion"
    SURVEY = "survey"


# What each kind means to a reader.
KINDS = {
    SourceKind.PRIMARY: "from those it is about, in their own words or figures",
    SourceKind.SECONDARY: "others reporting it",
    SourceKind.OPINION: "what its author thinks",
    SourceKind.SURVEY: "answers to questions, counted",
}


class SourceType(StrEnum):
    """What a source is to a bibliography: the commoner ones of CSL's item types (CSL 1.0.2, appendix III)."""

    ARTICLE = "article"
    ARTICLE_JOURNAL = "article-journal"
    ARTICLE_MAGAZINE = "article-magazine"
    ARTICLE_NEWSPAPER = "article-newspaper"
    BOOK = "book"
    BROADCAST = "broadcast"
    CHAPTER = "chapter"
    INTERVIEW = "interview"
    LEGAL_CASE = "legal_case"
    LEGISLATION = "legislation"
    MOTION_PICTURE = "motion_picture"
    PAPER_CONFERENCE = "paper-conference"
    POST = "post"
    POST_WEBLOG = "post-weblog"
    REPORT = "report"
    SPEECH = "speech"
    THESIS = "thesis"
    WEBPAGE = "webpage"


class Confidence(StrEnum):
    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


class Likelihood(StrEnum):
    """The five steps of the usual risk matrix (NPSA, A risk matrix for risk managers, 2008)."""

    RARE = "rare"
    UNLIKELY = "unlikely"
    POSSIBLE = "possible"
    LIKELY = "likely"
    ALMOST_CERTAIN = "almost certain"


class Consequence(StrEnum):
    """The five steps of the other side of that matrix, from insignificant to catastrophic."""

    INSIGNIFICANT = "insignificant"
    MINOR = "minor"
    MODERATE = "moderate"
    MAJOR = "major"
    CATASTROPHIC = "catastrophic"


class State(StrEnum):
    """For which state of the world something is scored."""

    NOW = "now"
    PROPOSED = "proposed"


@dataclass(frozen=True)
class Score:
    """How likely something is and how much it would matter, each a step of five; `rating` is their product, 1 to 25."""

    likelihood: Likelihood
    consequence: Consequence

    @property
    def steps(self) -> tuple[int, int]:
        """The step of the likelihood and that of the consequence, each from 1 to 5."""
        return [*Likelihood].index(self.likelihood) + 1, [*Consequence].index(self.consequence) + 1

    @property
    def rating(self) -> int:
        return self.steps[0] * self.steps[1]

    def __str__(self) -> str:
        return f"{self.rating} ({self.likelihood} × {self.consequence})"


class PictureKind(StrEnum):
    """What a picture is: the argument's points and what bears on them, scores on a grid, events in time, numbers."""

    MAP = "map"
    MATRIX = "matrix"
    TIMELINE = "timeline"
    BARS = "bars"


class Emphasis(StrEnum):
    """What a reader must know of the emphasis in a quotation."""

    ADDED = "added"


class Strength(StrEnum):
    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


@dataclass(frozen=True, order=True)
class PartialDate:
    """A date as exactly as it is known: year, year and month, or the day; with no year, undated."""

    year: int | None = None
    month: int | None = None
    day: int | None = None

    @classmethod
    def parse(cls, value: object) -> "PartialDate":
        """From `2014-05-30`, `2014-05`, `2014` or `undated`. Raises ValueError for anything else."""
        if isinstance(value, cls):
            return value
        text = str(value)
        if text == "undated":
            return cls()
        parts = [int(part) for part in text.split("-")] if re.fullmatch(r"\d{4}(-\d\d){0,2}", text) else []
        try:
            date(*[*parts, 1, 1][:3])  # refuses a 13th month and a 31 June
        except (TypeError, ValueError):
            parts = []
        if not parts:
            raise ValueError("a date as 2014-05-30, 2014-05 or 2014, or undated")
        return cls(*parts)

    @classmethod
    def written(cls, text: str) -> "PartialDate | None":
        """From `17 May 2012`, `May 2012` or `2012`, as a date is written on a page; None from anything else."""
        for form, known in (("%d %B %Y", 3), ("%B %Y", 2), ("%Y", 1)):
            with suppress(ValueError):
                found = datetime.strptime(text, form)  # noqa: DTZ007 - a day, not a moment
                return cls(*(found.year, found.month, found.day)[:known])
        return None

    def __str__(self) -> str:
        if self.year is None:
            return "undated"
        if self.month is None:
            return str(self.year)
        month = f"{date(self.year, self.month, 1):%B %Y}"
        return f"{self.day} {month}" if self.day else month

    @property
    def iso(self) -> str:
        """For the `datetime` attribute of HTML's `time`; empty if undated."""
        return "-".join(f"{part:02d}" for part in (self.year, self.month, self.day) if part is not None)


def whole_day(value: object) -> PartialDate:
    """A date that is known to the day. Raises ValueError for anything else."""
    with suppress(ValueError):
        found = PartialDate.parse(value)
        if found.day is not None:
            return found
    raise ValueError("a day as 2014-05-30")


def target(value: str) -> str:
    """The value, if it is one path such as `risks/cost`. Raises ValueError for anything else."""
    if not TARGET.fullmatch(value):
        raise ValueError("one path such as risks/name or pages/name, without .md")
    return value


def targets(value: object) -> tuple[str, ...]:
    """From `risks/cost, quotations/a-slug`. Raises ValueError for anything else."""
    found = tuple(part.strip() for part in str(value).split(",")) if not isinstance(value, tuple) else value
    if not all(TARGET.fullmatch(part) for part in found):
        raise ValueError("paths such as risks/name, with commas between them")
    return found


def parts_of_a_paper(value: object) -> tuple[str, ...]:
    """From `decision, trial#measures, risks/cost`. Raises ValueError for anything else."""
    found = tuple(part.strip() for part in str(value).split(",")) if not isinstance(value, tuple) else value
    if not all(PART.fullmatch(part) for part in found):
        raise ValueError("paths such as decision, risks/name or trial#measures, with commas between them")
    return found


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, ignored_types=(property,))


DateKnown = Annotated[PartialDate, BeforeValidator(PartialDate.parse)]
Day = Annotated[PartialDate, BeforeValidator(whole_day)]
Target = Annotated[str, AfterValidator(target)]
Targets = Annotated[tuple[str, ...], BeforeValidator(targets)]
PaperParts = Annotated[tuple[str, ...], BeforeValidator(parts_of_a_paper)]
