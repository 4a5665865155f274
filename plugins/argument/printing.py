"""All PDFs of a build: each put together, those that are not in the store made, several at once. Knows no Pelican."""

import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import cached_property, partial
from importlib.metadata import version
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argument import glyphs
from argument.board_paper import Composed, Composer, Edition
from argument.cache import Cache, digest
from argument.papers import Paper
from argument.problems import Place, Problem
from argument.reads import Node, noting
from argument.render import Shared
from argument.store import Store
from argument.workers import cores

if TYPE_CHECKING:
    from argument.pdf import Press

MOST_PAGES = 11  # of a paper that is put together from parts
TEMPLATE = "paper.typ"
USED = ("typst", "pikepdf", "segno", "jinja2", "lxml")


@dataclass(frozen=True)
class Proof:
    """A paper ready to be printed: as Typst is told of it, what was read for it, and the key of its PDF in the store."""

    composed: Composed
    notes: Sequence[Node]
    key: str


@dataclass
class Printed:
    """PDFs by their addresses, and what is wrong with them."""

    files: dict[str, bytes] = field(default_factory=dict)
    problems: list[Problem] = field(default_factory=list)


@dataclass(frozen=True)
class Printer:
    """What makes the PDFs of one build."""

    theme: Path
    store: Store
    cache: Cache
    shared: Shared
    edition: Edition
    context: Mapping[str, Any]

    def __getstate__(self) -> dict[str, Any]:
        """In another process nothing has been printed yet."""
        return {name: value for name, value in self.__dict__.items() if name not in {"presses", "fonts"}}

    def printed(self, papers: Sequence[Paper]) -> Printed:
        """These papers; with any problem, there may be no file."""
        return self.print(self.composed(papers))

    def composed(self, papers: Sequence[Paper]) -> list[Proof]:
        """These papers put together."""
        proofs = []
        for paper in papers:
            with noting() as notes:
                noted: Paper = self.context["facts"].papers[paper.file]
                composed = Composer(noted, self.shared, self.edition, self.context).composed()
            proofs.append(Proof(composed, tuple(notes), self.cache.key(self.means, composed.json)))
        return proofs

    def print(self, proofs: Sequence[Proof]) -> Printed:
        """These papers made, several at once: Typst lets other threads run meanwhile. In a copied process it would stand still."""
        found = Printed(problems=[problem for proof in proofs for problem in proof.composed.problems])
        if not found.problems:
            found.problems += [sign for one in proofs if not self.store.has(one.key) for sign in self.lacking(one.composed)]
        if not found.problems:
            made = self.store.all({one.key: one.composed for one in proofs}, partial(self.make, found.problems), cores())
            found.files = {one.composed.paper.file: made[one.key] for one in proofs if one.key in made}
            papers = [one.composed.paper for one in proofs if one.key in made]
            found.problems += [long for paper in papers if (long := too_long(paper, found.files[paper.file]))]
        return found

    def lacking(self, composed: Composed) -> Iterator[Problem]:
        """A problem if its words need what the fonts do not have."""
        if signs := glyphs.lacking(composed.words, self.fonts):
            listed = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in signs)
            rule = f"its PDF needs what no font of the theme has: {listed}."
            remedy = f"Put it in other words, or put a font that has it into {glyphs.FOLDER}/ of the theme."
            yield Problem(place_of(composed.paper), rule, remedy)

    def make(self, wrong: list[Problem], composed: Composed) -> bytes | None:
        """One PDF; None, and a problem more, if it cannot be made."""
        from argument.pdf import PdfError  # noqa: PLC0415 - most builds find all PDFs in the store, and what makes them loads slowly

        try:
            return self.press.printed(composed.json, self.moment, composed.headings)
        except PdfError as error:
            rule = f"no PDF can be made of this: {error}."
            wrong.append(Problem(place_of(composed.paper), rule, "Mend what it names: a picture’s file, say."))
            return None

    @property
    def press(self) -> "Press":
        """The press of the thread that asks: one makes one PDF at a time."""
        from argument.pdf import Press  # noqa: PLC0415 - the same

        if not hasattr(self.presses, "press"):
            self.presses.press = Press(self.theme / "typst", self.theme / "fonts")
        press: Press = self.presses.press
        return press

    @cached_property
    def presses(self) -> threading.local:
        return threading.local()

    @cached_property
    def means(self) -> str:
        """The digest of what every PDF is made with, but for its words."""
        fonts = [font.read_bytes() for font in glyphs.files(self.theme)]
        return digest([*map(version, USED), (self.theme / "typst" / TEMPLATE).read_bytes(), *fonts, str(self.moment)])

    @cached_property
    def fonts(self) -> list[glyphs.Font]:
        return [glyphs.Font(file) for file in glyphs.files(self.theme)]

    @property
    def moment(self) -> int:
        """The day of the edition, in seconds since 1970; 0 without one."""
        date = self.edition.date
        return int(datetime(date.year, date.month or 1, date.day or 1, tzinfo=UTC).timestamp()) if date.year else 0


def place_of(paper: Paper) -> Place:
    """Where a paper's words come from."""
    return Place(paper.item.origin.place.path) if paper.item else paper.place


def too_long(paper: Paper, made: bytes) -> Problem | None:
    """A problem if a paper that is put together from parts is longer than a board would read."""
    if not paper.parts:
        return None
    from argument.pdf import page_count  # noqa: PLC0415 - the same

    if (pages := page_count(made)) <= MOST_PAGES:
        return None
    rule = f"the paper has {pages} pages, and a board paper at most {MOST_PAGES}."
    return Problem(paper.place, rule, "Take a section or a table (page#id) in the place of a whole page, or leave out a part.")
