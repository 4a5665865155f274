"""Dates as authors write them and as exactly as they are known. No input or output, no Pelican."""

import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import date, datetime
from typing import Annotated

from pydantic import BeforeValidator

from argument.written import Written

YEAR, MONTH = "(?!0000)[0-9]{4}", "(?:0[1-9]|1[0-2])"
LEAP = "(?:[0-9]{2}(?:0[48]|[2468][048]|[13579][26])|(?:0[48]|[2468][048]|[13579][26])00)"
# A day that there is: no 31 June, and 29 February in leap years.
DAY = f"{YEAR}-(?:{MONTH}-(?:0[1-9]|1[0-9]|2[0-8])|(?:0[13-9]|1[0-2])-(?:29|30)|(?:0[13578]|1[02])-31)|{LEAP}-02-29"
KNOWN = Written(re.compile(f"undated|{YEAR}(?:-{MONTH})?|{DAY}"), "a date as 2014-05-30, 2014-05 or 2014, or undated", "2014-05-30")
TO_THE_DAY = Written(re.compile(DAY), "a day as 2014-05-30", "2014-05-30")


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
        text = KNOWN.one(str(value))
        return cls(*map(int, text.split("-"))) if text != "undated" else cls()

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
    return value if isinstance(value, PartialDate) and value.day else PartialDate.parse(TO_THE_DAY.one(str(value)))


DateKnown = Annotated[PartialDate, BeforeValidator(PartialDate.parse), KNOWN]
Day = Annotated[PartialDate, BeforeValidator(whole_day), TO_THE_DAY]
