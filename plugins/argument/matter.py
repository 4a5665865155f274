"""What authors write in front matter and block options, key by key, typed. No input or output, no Pelican."""

from typing import ClassVar

from pydantic import Field

from argument.dates import DateKnown, Day
from argument.publication import PublishOn, ReviewBy, Standing
from argument.values import (
    Aliases,
    Confidence,
    Consequence,
    Emphasis,
    Frozen,
    Language,
    Letter,
    Likelihood,
    Narrow,
    PaperParts,
    PictureKind,
    Plain,
    Prose,
    Side,
    Slug,
    SourceKind,
    SourceType,
    Speaker,
    Status,
    Strength,
    Target,
    Targets,
    Topics,
    Url,
    Whole,
)


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
    kind: SourceKind = Field(description="What kind of source it is: primary, secondary, opinion or survey.")
    kind_note: str = Field("", description="What else a reader should know of its kind.")
    confidence: Confidence = Field(description="How far its excerpts prove what they are cited for: high, medium or low.")
    confidence_note: str = Field("", description="Why, in a sentence.")
    unused: Prose = Field("", description="Why it is kept although nothing on the site rests on it.")
    status: Standing = Status.PUBLISHED
    publish_on: PublishOn = None
    review_by: ReviewBy = None
    aliases: Aliases = ()


class QuotationMatter(Frozen):
    """The options of a quotation block with a body, which the front matter of a quotation has, too."""

    noun: ClassVar[str] = "quotation"
    folder: ClassVar[str] = "quotations"

    source: Slug = Field(description="The key of the source that the words stand in.")
    by: Plain = Field(description="Who said it.")
    role: Plain = Field("", description="In what role.")
    speaker: Speaker = Field(Speaker.ORGANIZATION, description="What speaks: organization (a body of any kind), or person.")
    side: Side = Field(description="Whom it helps: for, against, both or context.")
    place: Plain = Field("", description="Where in the source it stands.")
    date: DateKnown | None = Field(None, description="When it was said, if not on the source's date.")
    language: Language | None = Field(None, description="The language of its words, if that is not the site's: cy, ur, pt-BR.")
    emphasis: Emphasis | None = Field(None, description="added, if the source has not emphasised what is emphasised here.")
    supports: Targets = Field((), description="What it speaks for: risks/name, benefits/name …, with commas between.")
    answers: Targets = Field((), description="What it answers.")
    contradicts: Targets = Field((), description="What it speaks against.")
    objection: Plain = Field(
        "", description="The best objection to it, in plain words, if that is not what speaks against its points."
    )
    unused: Prose = Field("", description="Why it is kept although no page shows it.")
    aliases: Aliases = ()


class QuotationFileMatter(QuotationMatter):
    """The front matter of a quotation."""

    status: Standing = Status.PUBLISHED
    publish_on: PublishOn = None
    review_by: ReviewBy = None


class PointMatter(Frozen):
    """What the front matter of every point has."""

    noun: ClassVar[str]
    folder: ClassVar[str]

    # What each field speaks for.
    sides: ClassVar[dict[str, Side]] = {}

    title: str = Field(description="The point in a few words.")
    order: Whole = Field(description="Its position among the points of its kind.")
    claim: Prose = Field(description="What it says, in one sentence.")
    evidence: Prose = Field("", description="The strongest evidence for it.")
    supports: Targets = Field((), description="What it speaks for: risks/name, quotations/slug …, with commas between.")
    answers: Targets = Field((), description="What it answers.")
    contradicts: Targets = Field((), description="What it speaks against.")
    without_evidence: Prose = Field("", description="Why the claim stands although no source is cited for it.")
    topics: Topics = ()
    status: Standing = Status.PUBLISHED
    publish_on: PublishOn = None
    review_by: ReviewBy = None
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

    likelihood: Likelihood = Field(description="How likely it is if what is proposed is done, by the authors' reading.")
    consequence: Consequence | None = Field(None, description="How much it would then matter, by the authors' reading.")
    likelihood_now: Likelihood | None = Field(None, description="How likely it is as things are, by the authors' reading.")
    consequence_now: Consequence | None = Field(None, description="How much it matters as things are, by the authors' reading.")
    scoring: Prose = Field("", description="Why the scores are what they are, and what the proposal changes.")
    owner: Prose = Field("", description="Who would own it, or should.")
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
    foot: str = Field("", description="Its label at the foot of every page, where it stands without a label in the navigation.")
    order: Whole = Field(0, description="Its position in the navigation.")
    part_of: Slug | None = Field(None, description="The page that it goes on from, by its file's name: positions.")
    letter: Letter | None = Field(None, description="The letter from which on it lists sources; another page lists those before.")
    quotes: Slug | None = Field(None, description="The key of the source that its quotations without a citation stand in.")
    template: Slug = Field("page", description="The template in theme/templates/ that shows it.")
    paper: PaperParts = Field(
        (), description="What its PDF holds after its text: decision, risks/name, trial#measures, with commas between."
    )
    topics: Topics = ()
    status: Standing = Status.PUBLISHED
    publish_on: PublishOn = None
    review_by: ReviewBy = None
    aliases: Aliases = ()


class ResponseMatter(Frozen):
    """The front matter of what a reader wrote back."""

    noun: ClassVar[str] = "response"
    folder: ClassVar[str] = "responses"

    title: str = Field(description="What the reader calls it, or what it says in a few words.")
    by: str = Field(description="Who wrote it, as they want to be named.")
    role: str = Field("", description="In what role.")
    date: Day = Field(description="The day on which it was written: 2014-05-30.")
    to: Target = Field(description="The path of what it answers: pages/name, risks/name, quotations/slug or sources/key.")
    supports: Targets = Field((), description="What it speaks for: risks/name, quotations/slug …, with commas between.")
    answers: Targets = Field((), description="What it answers.")
    contradicts: Targets = Field((), description="What it speaks against.")
    status: Standing = Status.PUBLISHED
    publish_on: PublishOn = None
    review_by: ReviewBy = None
    aliases: Aliases = ()


class UpdateMatter(Frozen):
    """The front matter of a piece of news about the site or the case."""

    noun: ClassVar[str] = "update"
    folder: ClassVar[str] = "updates"

    title: str = Field(description="What is new, in a few words.")
    date: Day = Field(description="The day of which it is: 2014-05-30.")
    status: Standing = Status.PUBLISHED
    publish_on: PublishOn = None
    review_by: ReviewBy = None
    aliases: Aliases = ()


class ComparisonMatter(Frozen):
    """The options of a comparison block."""

    noun: ClassVar[str] = "comparison"

    id: Slug = Field(description="Its lasting address on the page.")
    corner: str = Field("", description="What the row headings are; in a pipe table the first heading says it.")
    rows: str = Field("", description="The points to gather: guidance, risks or benefits.")
    only: Targets = Field((), description="For gathered rows: those points and no others, risks/name, with commas between.")
    columns: dict[str, str] = Field({}, description="For gathered rows: heading: field of the front matter.")
    one_sided: str = Field("", description="Why all of its columns speak for one side.")
    abbreviations: str = Field("", description="The heading of the column that says what abbreviations in row headings stand for.")
    narrow: Narrow | None = Field(None, description="Where there is no room for its columns: blocks, one a row, or a scroller.")
    objection: Plain = Field("", description="The best objection to it, in plain words.")
    objections: dict[str, Plain] = Field({}, description="For single rows: address of the row: best objection to it.")
    supports: Targets = Field((), description="What it speaks for: risks/name, benefits/name …, with commas between.")
    answers: Targets = Field((), description="What it answers.")
    contradicts: Targets = Field((), description="What it speaks against.")
    aliases: Aliases = ()


class PictureMatter(Frozen):
    """The options of a picture block."""

    noun: ClassVar[str] = "picture"

    id: Slug = Field(description="Its lasting address on the page.")
    kind: PictureKind = Field(description="What is drawn: map, matrix, timeline or bars.")
    of: str = Field("", description="The id of the comparison on the same page that it is drawn from; a map needs none.")
    column: str = Field("", description="The heading of the column that is drawn, for bars and a timeline.")
    aliases: Aliases = ()


class NoteMatter(Frozen):
    """The options of a note block: none."""

    noun: ClassVar[str] = "note"


class ExampleMatter(Frozen):
    """The options of an example block: none."""

    noun: ClassVar[str] = "example"


Matter = (
    SourceMatter | QuotationFileMatter | GuidanceMatter | RiskMatter | BenefitMatter | PageMatter | ResponseMatter | UpdateMatter
)
MATTERS: dict[str, type[Matter]] = {
    matter.folder: matter
    for matter in (
        SourceMatter,
        QuotationFileMatter,
        GuidanceMatter,
        RiskMatter,
        BenefitMatter,
        PageMatter,
        ResponseMatter,
        UpdateMatter,
    )
}
