"""Dates as authors write them and as exactly as they are known. No input or output, no Pelican."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator


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


DateKnown = Annotated[PartialDate, BeforeValidator(PartialDate.parse)]
Day = Annotated[PartialDate, BeforeValidator(whole_day)]
