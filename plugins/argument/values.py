"""The kinds of value that keys and options hold, each read and checked by itself. No input or output, no Pelican."""

import re
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

from argument.written import Written

# A tag of BCP 47 (RFC 5646, 2.1) in the capitals that it recommends: language, script, region, variants.
LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Z][a-z]{3})?(-([A-Z]{2}|[0-9]{3}))?(-([a-z0-9]{5,8}|[0-9][a-z0-9]{3}))*")
TARGET = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")
# A part of a paper: `decision`, `risks/cost`, or what has an address on one, `trial#measures`.
PART = re.compile(r"(?:[a-z]+/)?[a-z0-9]+(?:-[a-z0-9]+)*(?:#[^\s\ufeff#,]+)?")
# A topic, as readers see it: a capital or a figure, then words.
TOPIC = re.compile(r"[A-Z0-9][\w’& -]*")
HOST = re.compile(r"[a-z0-9-]+(?:\.[a-z0-9-]+)+")
# No emphasis, code, links, notes or tags; citations are refused where they stand.
PLAIN = re.compile(r"(?!.*(?:(?<!\w)[*_]+\w|`|\]\(|\[\^|<[A-Za-z/!])).*")
# White space, which pydantic and browsers take out, would make it another address than is shown.
WEB = re.compile(r"[Hh][Tt][Tt][Pp][Ss]?://\S+")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A page, or what has an address on it: `risks/cost.html`, `risks.html#table`, `risks.html#table--row`.
ADDRESS = re.compile(rf"(?:{SLUG.pattern}/)?{SLUG.pattern}(?:--{SLUG.pattern})?\.html(?:#{SLUG.pattern}(?:--{SLUG.pattern})?)?")


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
    """The value as it was written, if it is an absolute HTTP address."""
    with suppress(ValidationError):
        HTTP_URL.validate_python(WEB_ADDRESS.one(value))
        if value.isprintable():
            return value
    raise ValueError(WEB_ADDRESS.such)


def whole_number(value: object) -> int:
    """From `3` or `-3`. Raises ValueError for anything else."""
    return int(WHOLE.one(str(value)))


def former_addresses(value: object) -> tuple[str, ...]:
    """From `risks/old.html, page.html#table--row`. Raises ValueError for anything else."""
    return FORMER.several(value)


A_SLUG = Written(SLUG, "lower-case letters, figures and single hyphens", "a-name")
WEB_ADDRESS = Written(WEB, "a full address with http:// or https://, without spaces", "https://example.org/page")
PLAIN_WORDS = Written(PLAIN, "plain words, without Markdown")
WHOLE = Written(re.compile("-?[0-9]+"), "a whole number", "1")
CAPITAL = Written(re.compile("[A-Z]"), "a capital letter from A to Z", "N")
LANGUAGE_TAG = Written(LANGUAGE, "a language tag such as cy, ur or pt-BR", "cy")
ONE_PATH = Written(TARGET, "one path such as risks/name or pages/name, without .md", "risks/name")
PATHS = Written(TARGET, "paths such as risks/name", "risks/name")
PARTS = Written(PART, "paths such as decision, risks/name or trial#measures", "decision")
TOPIC_NAMES = Written(TOPIC, "topics in plain words that begin with a capital", "Bandwidth")
FORMER = Written(ADDRESS, "addresses such as risks/old.html or page.html#table--row", "risks/old.html")
HTTP_URL = TypeAdapter(AnyHttpUrl, config=ConfigDict(defer_build=True))
Slug = Annotated[str, AfterValidator(A_SLUG.one), A_SLUG]
Host = Annotated[str, AfterValidator(host_text)]
Url = Annotated[str, AfterValidator(url_text), WEB_ADDRESS]
Whole = Annotated[int, BeforeValidator(whole_number), WHOLE]
Letter = Annotated[str, AfterValidator(CAPITAL.one), CAPITAL]
Language = Annotated[str, AfterValidator(LANGUAGE_TAG.one), LANGUAGE_TAG]
Plain = Annotated[str, AfterValidator(PLAIN_WORDS.one), PLAIN_WORDS]
Target = Annotated[str, AfterValidator(ONE_PATH.one), ONE_PATH]
Targets = Annotated[tuple[str, ...], BeforeValidator(PATHS.several), PATHS]
PaperParts = Annotated[tuple[str, ...], BeforeValidator(PARTS.several), PARTS]
Aliases = Annotated[
    tuple[str, ...],
    BeforeValidator(FORMER.several),
    FORMER,
    Field(description="What it was called before: risks/old.html, page.html#table; a comma between two."),
]
Topics = Annotated[
    tuple[str, ...],
    BeforeValidator(TOPIC_NAMES.several),
    TOPIC_NAMES,
    Field(description="What it is about, for the list of topics: Bandwidth, Own devices; a comma between two."),
]
# HTML that Markdown made from an author's words; `x-…` elements in it stand for cards, tables and citations.
Prose = Annotated[str, "prose"]


class Status(StrEnum):
    """Whether a content file is published; the words are Pelican's."""

    PUBLISHED = "published"
    DRAFT = "draft"


class Speaker(StrEnum):
    PERSON = "person"
    ORGANIZATION = "organization"


class Offline(StrEnum):
    """Whether readers' browsers keep the site, to be read without a connection."""

    OFF = "off"
    ON = "on"
    WITHDRAWN = "withdrawn"  # they did, and are to keep it no more


def offline_setting(value: object) -> Offline:
    """What the setting of that name says. Raises ValueError for anything else."""
    states: dict[object, Offline] = {False: Offline.OFF, True: Offline.ON, Offline.WITHDRAWN.value: Offline.WITHDRAWN}
    if not isinstance(value, bool | str) or value not in states:
        raise ValueError('False, True or "withdrawn"')
    return states[value]


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


class Narrow(StrEnum):
    """What a table becomes where its columns have no room: a block for each row, or a part of the page that scrolls sideways."""

    BLOCKS = "blocks"
    SCROLLER = "scroller"


class Emphasis(StrEnum):
    """What a reader must know of the emphasis in a quotation."""

    ADDED = "added"


class Strength(StrEnum):
    STRONG = "strong"
    MODERATE = "moderate"
    WEAK = "weak"


class Frozen(BaseModel):
    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        arbitrary_types_allowed=True,
        ignored_types=(property,),
        defer_build=True,  # most builds find what they need of most kinds already checked
    )
