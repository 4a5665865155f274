"""The argument's own classes, frozen: what authors write, and what becomes of it. No input or output, no Pelican."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeVar
from urllib.parse import urlsplit

from argument import csl
from argument.evidence import Excerpt, Quoted
from argument.matter import (
    BenefitMatter,
    GuidanceMatter,
    PageMatter,
    PointMatter,
    QuotationFileMatter,
    ResponseMatter,
    RiskMatter,
    SourceMatter,
    UpdateMatter,
)
from argument.plain_words import plain
from argument.problems import Place
from argument.publication import PUBLISHED, Publication
from argument.reads import NotedText
from argument.tables import Comparison, Gathering, Picture
from argument.values import KINDS, Frozen, Score, State

Made = TypeVar("Made")
# What readers see where a point's author has nothing to say.
NOTHING = "Nothing stated."
# The field that holds the reason why another may be empty.
WAIVERS = {"evidence": "without_evidence", "answer": "without_answer", "limits": "without_limits"}
TITLE_LENGTH = 90  # characters of a quotation go into the title of its page


@dataclass(frozen=True)
class Facet:
    """One labelled part of a point."""

    label: str
    prose: str


@dataclass(frozen=True)
class Origin:
    """What every thing that a file or block defines knows of itself."""

    slug: str
    place: Place
    body: str = NotedText()  # type: ignore[assignment]  # a descriptor, read as a text


class Defined(Frozen):
    """What every item has: where it is defined, and so its address."""

    folder: ClassVar[str]

    origin: Origin

    @property
    def slug(self) -> str:
        return self.origin.slug

    @property
    def address(self) -> str:
        return f"{self.folder}/{self.slug}.html"


class Source(SourceMatter, Defined):
    template: ClassVar[str] = "source"

    excerpts: tuple[Excerpt, ...] = ()

    @property
    def key(self) -> str:
        """What citations call it."""
        return self.slug

    @property
    def host(self) -> str:
        """Where the live document stands, as a reader may know it."""
        return host(self.url)

    @property
    def archive_host(self) -> str:
        """Where the lasting copy stands."""
        return host(self.archive_url)

    @property
    def particulars(self) -> tuple[tuple[str, str], ...]:
        """What the head of the source's page lists, by name."""
        dated = f"{self.date} ({self.date_note})" if self.date_note else str(self.date)
        kind = f"{self.kind.capitalize()}: {KINDS[self.kind]}{f' ({self.kind_note})' if self.kind_note else ''}"
        found = [("Author", csl.in_words(self.author)), ("Publisher", self.publisher), ("Date", dated), ("Kind", kind)]
        why = f"{self.confidence.capitalize()}: {self.confidence_note}" if self.confidence_note else self.confidence.capitalize()
        found += [("Confidence", why), ("Last seen", str(self.seen or "Not recorded"))]
        return tuple((name, value) for name, value in found if value)

    @property
    def description(self) -> str:
        return f"What we hold of “{self.title}” ({self.publisher}, {self.date}): excerpts, kind, and what rests on it."


class Quotation(QuotationFileMatter, Defined):
    template: ClassVar[str] = "quotation"

    @property
    def words(self) -> str:
        """Its words as far as they go into a title."""
        words = plain(self.origin.body)
        if len(words) > TITLE_LENGTH:
            words = words[:TITLE_LENGTH].rsplit(" ", 1)[0].rstrip(" .,;:–…") + "…"
        return words

    @property
    def title(self) -> str:
        return f"{self.by}: “{self.words}”"

    @property
    def description(self) -> str:
        return f"{self.by}{', ' + self.role if self.role else ''}: “{plain(self.origin.body)}”"


class Point(PointMatter, Defined):
    template: ClassVar[str] = "point"
    # What can be gathered into tables besides what its front matter holds.
    computed: ClassVar[tuple[str, ...]] = ()

    @property
    def description(self) -> str:
        return plain(self.claim)

    @property
    def facets(self) -> tuple[Facet, ...]:
        """What the head of the point's page shows, in order; the claim stands above them."""
        raise NotImplementedError

    @property
    def scores(self) -> tuple[tuple[State, Score], ...]:
        """What it scores as things are and if what is proposed is done; nothing if it is not scored."""
        return ()

    def filled(self, name: str) -> str:
        """A field as readers see it: its prose, and the reason given where something that must stand there does not."""
        reason = getattr(self, WAIVERS.get(name, ""), "")
        return getattr(self, name) or (f"None. {reason}" if reason else NOTHING)


class Guidance(GuidanceMatter, Point):
    @property
    def facets(self) -> tuple[Facet, ...]:
        return (Facet("Strongest evidence", self.filled("evidence")), Facet("Best objection", self.objection))


class Risk(RiskMatter, Point):
    computed: ClassVar[tuple[str, ...]] = ("score_now", "score")

    @property
    def score(self) -> Score | None:
        """What it scores if what is proposed is done; None if it is not scored."""
        return Score(self.likelihood, self.consequence) if self.consequence else None

    @property
    def scores(self) -> tuple[tuple[State, Score], ...]:
        return ((State.NOW, self.score_now), (State.PROPOSED, self.score)) if self.score_now and self.score else ()

    @property
    def score_now(self) -> Score | None:
        """What it scores as things are; None if it is not scored."""
        return Score(self.likelihood_now, self.consequence_now) if self.likelihood_now and self.consequence_now else None

    @property
    def facets(self) -> tuple[Facet, ...]:
        found = [
            Facet("Evidence that it is real", self.filled("evidence")),
            Facet("What answers it", self.filled("answer")),
            Facet("What remains", self.filled("remains")),
        ]
        if not self.scores:
            found.append(Facet("How likely, by our reading", self.likelihood.capitalize()))
        if self.owner:
            found.append(Facet("Who would own it", self.owner))
        return tuple(found)


class Benefit(BenefitMatter, Point):
    @property
    def facets(self) -> tuple[Facet, ...]:
        return (
            Facet("Strongest evidence", self.filled("evidence")),
            Facet("Evidence against, and limits", self.filled("limits")),
            Facet("How strong the evidence is, by our reading", self.strength.capitalize()),
        )


class Page(PageMatter, Defined):
    @property
    def address(self) -> str:
        return f"{self.slug}.html"


class Response(ResponseMatter, Defined):
    template: ClassVar[str] = "response"

    @property
    def description(self) -> str:
        return f"{self.by}{', ' + self.role if self.role else ''}, on {self.date}: a reader’s response, in the reader’s own words."


class Update(UpdateMatter, Defined):
    template: ClassVar[str] = "update"

    @property
    def description(self) -> str:
        return f"What is new of {self.date}: {self.title}."


Item = Source | Quotation | Guidance | Risk | Benefit | Page | Response | Update
ITEMS: dict[str, type[Item]] = {kind.folder: kind for kind in (Source, Quotation, Guidance, Risk, Benefit, Page, Response, Update)}
POINTS: dict[str, type[Guidance | Risk | Benefit]] = {kind.folder: kind for kind in (Guidance, Risk, Benefit)}


@dataclass(frozen=True)
class Reference:
    """A pointer from one file to something elsewhere: a citation, a quotation, a link or a static file."""

    kind: str
    target: str
    place: Place
    fragment: str = ""


@dataclass(frozen=True)
class Alias:
    """A former address of something, where that is written, and the address that it has now."""

    old: str
    new: str
    place: Place


@dataclass(frozen=True)
class Document:
    """One content file, read: what it defines and what it points at. `item` is None where it could not be read.

    `places` says where each field of the front matter stands, `quoted` holds every quotation that is to be checked; `lost`
    is what those of its blocks are called that could not be read.
    """

    path: str
    folder: str
    slug: str
    item: Item | None
    quotations: tuple[Quotation, ...]
    comparisons: tuple[Comparison | Gathering, ...]
    references: tuple[Reference, ...]
    places: Mapping[str, Place]
    quoted: tuple[Quoted, ...] = ()
    aliases: tuple[Alias, ...] = ()
    pictures: tuple[Picture, ...] = ()
    publication: Publication = PUBLISHED
    lost: tuple[str, ...] = ()

    made: dict[str, Any] = field(default_factory=dict, init=False, repr=False, compare=False)  # by what follows from it alone

    def __getstate__(self) -> dict[str, Any]:
        """What was made of it is made anew where it is read again."""
        return {**self.__dict__, "made": {}}

    def once(self, what: str, make: Callable[[], Made]) -> Made:
        """Something that follows from this document alone, made once."""
        if what not in self.made:
            self.made[what] = make()
        found: Made = self.made[what]
        return found

    @property
    def name(self) -> str:
        """Its path in the content folder."""
        return f"{self.folder}/{self.slug}.md"

    @property
    def address(self) -> str:
        return f"{self.slug}.html" if self.folder == PageMatter.folder else f"{self.folder}/{self.slug}.html"


def host(url: str | None) -> str:
    """The host of an address, without `www.`; empty without an address."""
    return urlsplit(url).netloc.removeprefix("www.") if url else ""
