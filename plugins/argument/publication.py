"""When a content file is published, and when it should be read again: three keys that every file may have.

No input or output, no Pelican, and no model.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated

from pydantic import Field

from argument.dates import Day, PartialDate, whole_day
from argument.frontmatter import Value
from argument.values import Status

Standing = Annotated[Status, Field(description="draft, as long as it is not to be published; else published.")]
PublishOn = Annotated[Day | None, Field(description="The day from which on it is published: 2027-01-31.")]
ReviewBy = Annotated[Day | None, Field(description="The day by which it should be read again: 2027-01-31.")]


@dataclass(frozen=True)
class Publication:
    """What a file says of its own publication, whatever else is wrong with it."""

    draft: bool = False
    on: PartialDate | None = None
    review_by: PartialDate | None = None

    @classmethod
    def of(cls, values: Mapping[str, Value]) -> "Publication":
        """From front matter by field name; what cannot be read is told where it is checked."""
        return cls(said(values, "status") == Status.DRAFT, day(values, "publish_on"), day(values, "review_by"))

    def kept_back(self, today: PartialDate) -> str:
        """Why it is not published on that day: “it is a draft”, or from when on it will be; empty if it is."""
        if self.draft:
            return "it is a draft"
        return f"it is for {self.on}" if self.on and self.on.iso > today.iso else ""

    def overdue(self, today: PartialDate) -> bool:
        """Whether it should have been read again before that day."""
        return bool(self.review_by and self.review_by.iso < today.iso)


PUBLISHED = Publication()


def said(values: Mapping[str, Value], name: str) -> str:
    """What stands at a field, empty where nothing does."""
    return str(values[name].content).strip() if name in values else ""


def day(values: Mapping[str, Value], name: str) -> PartialDate | None:
    """The day at a field; None where there is none."""
    with suppress(ValueError):
        return whole_day(said(values, name))
    return None


def today(epoch: str = "") -> PartialDate:
    """The day on which a site is built: that of `epoch`, seconds since 1970 as SOURCE_DATE_EPOCH has them, or now, here.

    Raises ValueError for an epoch that is no number of seconds.
    """
    moment = datetime.fromtimestamp(int(epoch), UTC) if epoch else datetime.now().astimezone()
    return PartialDate(moment.year, moment.month, moment.day)
