"""A quotation as its card shows it: its words, whether they were checked, and the ways to see them in the source.

Knows no Pelican.
"""

from dataclasses import dataclass

from argument.evidence import Check
from argument.model import Quotation, Source
from argument.passages import live_address, passage_id
from argument.relations import Bearing


@dataclass(frozen=True)
class Card:
    """A quotation with its source, what its check found, and what it supports, answers or contradicts."""

    quotation: Quotation
    source: Source
    check: Check
    bearings: tuple[Bearing, ...] = ()

    @property
    def words(self) -> str:
        """The words as HTML, those that an editor put in marked as such."""
        body = self.quotation.origin.body
        for start, end in sorted(self.check.insertions, reverse=True):
            body = f'{body[:start]}<span class="insertion">{body[start:end]}</span>{body[end:]}'
        return body

    @property
    def date(self) -> str:
        """When it was said, where that is not the date of its source."""
        date = self.quotation.date
        return str(date) if date and date != self.source.date else ""

    @property
    def passage(self) -> str:
        """The address of the words on our own page of the source; of its excerpts, if they were not found."""
        return f"{self.source.address}#{passage_id(self.quotation.slug)}" if self.check.holds else self.source.address

    @property
    def live(self) -> str:
        """The address of the live document, at these words where a browser can find them; empty if there is none."""
        url = self.source.url or ""
        return live_address(url, self.check.passage.text) if url and self.check.passage else url
