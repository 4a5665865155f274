"""What authors write in front matter and block options, key by key, typed. No input or output, no Pelican."""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Annotated, ClassVar

from pydantic import AfterValidator, AnyHttpUrl, BaseModel, BeforeValidator, ConfigDict, Field, TypeAdapter, ValidationError

TARGET = re.compile(r"[a-z]+/[a-z0-9]+(?:-[a-z0-9]+)*")
SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
# A page, or what has an address on it: `risks/cost.html`, `risks.html#table`, `risks.html#table--row`.
ADDRESS = re.compile(rf"(?:{SLUG.pattern}/)?{SLUG.pattern}\.html(?:#{SLUG.pattern}(?:--{SLUG.pattern})?)?")


def slug_text(value: str) -> str:
    """The value, if it can stand in an address: lower-case letters, figures and single hyphens."""
    if not SLUG.fullmatch(value):
        raise ValueError("lower-case letters, figures and single hyphens")
    return value


def url_text(value: str) -> str:
    """The value as it was written, if it is an absolute HTTP address."""
    try:
        HTTP_URL.validate_python(value)
    except ValidationError:
        raise ValueError("a full address with http:// or https://") from None
    return value


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
Url = Annotated[str, AfterValidator(url_text)]
Aliases = Annotated[
    tuple[str, ...],
    BeforeValidator(former_addresses),
    Field(description="What it was called before: risks/old.html, page.html#table; a comma between two."),
]
# HTML that Markdown made from an author's words; `x-…` elements in it stand for cards, tables and citations.
Prose = Annotated[str, "prose"]


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


def targets(value: object) -> tuple[str, ...]:
    """From `risks/cost, quotations/a-slug`. Raises ValueError for anything else."""
    found = tuple(part.strip() for part in str(value).split(",")) if not isinstance(value, tuple) else value
    if not all(TARGET.fullmatch(part) for part in found):
        raise ValueError("paths such as risks/name, with commas between them")
    return found


class Frozen(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", arbitrary_types_allowed=True, ignored_types=(property,))


DateKnown = Annotated[PartialDate, BeforeValidator(PartialDate.parse)]
Targets = Annotated[tuple[str, ...], BeforeValidator(targets)]


class SourceMatter(Frozen):
    """The front matter of a source."""

    noun: ClassVar[str] = "source"
    folder: ClassVar[str] = "sources"

    title: str = Field(description="The document's own title.")
    type: SourceType = Field(SourceType.WEBPAGE, description="What it is to a bibliography, by CSL's names.")
    author: str = Field(
        "",
        description="Who wrote it: “Family, Given” for a person, a body by its name (in braces if that has a comma), a semicolon "
        "between two; without it the publisher is named.",
    )
    publisher: str = Field(description="Who published it, or where the copy stands that was read.")
    container: str = Field("", description="The journal, newspaper or larger work that it stands in.")
    volume: str = Field("", description="The volume of its container.")
    issue: str = Field("", description="The issue of its container.")
    pages: str = Field("", description="Its pages in its container.")
    doi: str = Field("", description="Its DOI, without an address before it.")
    isbn: str = Field("", description="Its ISBN.")
    date: DateKnown = Field(description="2014-05-30, 2014-05, 2014 or undated.")
    date_note: str = Field("", description="How the date is known, if not from the document itself.")
    url: Url | None = Field(None, description="The live document.")
    archive_url: Url | None = Field(None, description="A lasting copy of it.")
    seen: DateKnown | None = Field(None, description="When it was last read.")
    kind: SourceKind = Field(description="What kind of source it is.")
    kind_note: str = Field("", description="What else a reader should know of its kind.")
    confidence: Confidence = Field(description="How far its excerpts prove what they are cited for.")
    confidence_note: str = Field("", description="Why, in a sentence.")
    unused: Prose = Field("", description="Why it is kept although nothing on the site rests on it.")
    aliases: Aliases = ()


class QuotationMatter(Frozen):
    """The front matter of a quotation, and the options of a quotation block with a body."""

    noun: ClassVar[str] = "quotation"
    folder: ClassVar[str] = "quotations"

    source: Slug = Field(description="The key of the source that the words stand in.")
    by: str = Field(description="Who said it.")
    role: str = Field("", description="In what role.")
    side: Side = Field(description="Whom it helps: for, against, both or context.")
    place: str = Field("", description="Where in the source it stands.")
    date: DateKnown | None = Field(None, description="When it was said, if not on the source's date.")
    emphasis: Emphasis | None = Field(None, description="added, if the source has not emphasised what is emphasised here.")
    supports: Targets = Field((), description="What it speaks for: risks/name, benefits/name …, with commas between.")
    answers: Targets = Field((), description="What it answers.")
    contradicts: Targets = Field((), description="What it speaks against.")
    unused: Prose = Field("", description="Why it is kept although no page shows it.")
    aliases: Aliases = ()


class PointMatter(Frozen):
    """What the front matter of every point has."""

    noun: ClassVar[str]
    folder: ClassVar[str]

    # What each field speaks for.
    sides: ClassVar[dict[str, Side]] = {}

    title: str = Field(description="The point in a few words.")
    order: int = Field(description="Its position among the points of its kind.")
    claim: Prose = Field(description="What it says, in one sentence.")
    evidence: Prose = Field("", description="The strongest evidence for it.")
    supports: Targets = Field((), description="What it speaks for: risks/name, quotations/slug …, with commas between.")
    answers: Targets = Field((), description="What it answers.")
    contradicts: Targets = Field((), description="What it speaks against.")
    without_evidence: Prose = Field("", description="Why the claim stands although no source is cited for it.")
    aliases: Aliases = ()


class GuidanceMatter(PointMatter):
    noun: ClassVar[str] = "guidance"
    folder: ClassVar[str] = "guidance"
    sides: ClassVar[dict[str, Side]] = {"claim": Side.FOR, "evidence": Side.FOR, "objection": Side.AGAINST}

    objection: Prose = Field(description="The best objection to it.")


class RiskMatter(PointMatter):
    noun: ClassVar[str] = "risk"
    folder: ClassVar[str] = "risks"
    sides: ClassVar[dict[str, Side]] = {
        "claim": Side.AGAINST,
        "evidence": Side.AGAINST,
        "answer": Side.FOR,
        "remains": Side.AGAINST,
    }

    likelihood: Likelihood = Field(description="How likely it is, by the authors' reading.")
    answer: Prose = Field("", description="What answers it.")
    remains: Prose = Field("", description="What remains when that is done.")
    without_answer: Prose = Field("", description="Why it stands although nothing answers it and nothing is said to remain.")


class BenefitMatter(PointMatter):
    noun: ClassVar[str] = "benefit"
    folder: ClassVar[str] = "benefits"
    sides: ClassVar[dict[str, Side]] = {"claim": Side.FOR, "evidence": Side.FOR, "limits": Side.AGAINST}

    strength: Strength = Field(description="How strong the evidence is, by the authors' reading.")
    limits: Prose = Field("", description="The best evidence against, and what the evidence cannot show.")
    without_limits: Prose = Field("", description="Why it stands although nothing is said against it.")


class PageMatter(Frozen):
    """The front matter of a page."""

    noun: ClassVar[str] = "page"
    folder: ClassVar[str] = "pages"

    title: str = Field(description="The page's heading.")
    description: str = Field(description="What it is, in a sentence or two, for search results and previews.")
    nav: str = Field("", description="Its label in the main navigation; without one it is not in it.")
    order: int = Field(0, description="Its position in the navigation.")
    quotes: Slug | None = Field(None, description="The key of the source that its quotations without a citation stand in.")
    template: Slug = Field("page", description="The template in theme/templates/ that shows it.")
    aliases: Aliases = ()


class ComparisonMatter(Frozen):
    """The options of a comparison block."""

    noun: ClassVar[str] = "comparison"

    id: Slug = Field(description="Its lasting address on the page.")
    corner: str = Field("", description="What the row headings are; in a pipe table the first heading says it.")
    rows: str = Field("", description="The points to gather: guidance, risks or benefits.")
    columns: dict[str, str] = Field({}, description="For gathered rows: heading: field of the front matter.")
    one_sided: str = Field("", description="Why all of its columns speak for one side.")
    aliases: Aliases = ()


class NoteMatter(Frozen):
    """The options of a note block: none."""

    noun: ClassVar[str] = "note"


Matter = SourceMatter | QuotationMatter | GuidanceMatter | RiskMatter | BenefitMatter | PageMatter
MATTERS: dict[str, type[Matter]] = {
    matter.folder: matter for matter in (SourceMatter, QuotationMatter, GuidanceMatter, RiskMatter, BenefitMatter, PageMatter)
}
