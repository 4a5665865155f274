"""What is known of the words that the argument quotes: where they stand, and what a check of them found. Knows nothing else.

The records of the checks are the only source of every count that the site publishes.
"""

from collections.abc import Iterable
from dataclasses import dataclass

from argument.problems import Place


@dataclass(frozen=True)
class Excerpt:
    """A passage of a source's own words, as HTML, and where it begins in the HTML of the source's body."""

    html: str
    start: int


@dataclass(frozen=True)
class Quoted:
    """Words that a file gives as somebody's, as HTML, and the keys of the sources in one of which they must stand.

    `slug` is that of the quotation, empty for words quoted in running text.
    """

    words: str
    place: Place
    sources: tuple[str, ...]
    slug: str = ""
    emphasis_added: bool = False


@dataclass(frozen=True)
class Passage:
    """Where quoted words stand in their source: `pieces` are offsets in the HTML of its body, `text` its own words.

    `text` is of the first part only, where the quotation leaves some out.
    """

    source: str
    pieces: tuple[tuple[int, int], ...]
    text: str


@dataclass(frozen=True)
class Check:
    """What became of one check. Without a passage the words are unchecked, or (`differs`) are not those of the source.

    `insertions` are the words put in by an editor: offsets in the quotation's own HTML. `left_out` says that a gap is
    marked in it.
    """

    quoted: Quoted
    passage: Passage | None = None
    insertions: tuple[tuple[int, int], ...] = ()
    left_out: bool = False
    differs: bool = False

    @property
    def holds(self) -> bool:
        return self.passage is not None

    @property
    def editing(self) -> str:
        """What a reader must know of the signs in the words, in a sentence; empty if there are none."""
        signs = ["words in square brackets are ours"] if self.insertions else []
        signs += ["[…] marks words left out"] if self.left_out else []
        signs += ["the emphasis is ours"] if self.quoted.emphasis_added else []
        return f"{'; '.join(signs)}.".capitalize() if signs else ""


@dataclass(frozen=True)
class Tally:
    """How many of the quotations were found word for word in their sources."""

    checked: int
    total: int

    @classmethod
    def of(cls, checks: Iterable[Check]) -> "Tally":
        held = [check.holds for check in checks]
        return cls(sum(held), len(held))

    def __str__(self) -> str:
        return f"{self.checked} of {self.total}"
