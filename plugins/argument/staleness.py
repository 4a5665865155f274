"""Sources that were last read long ago, as advice. Knows no Pelican.

A page that is cited may have changed or gone since it was read; twelve months are how often most hosts look over what they
publish. What was read on paper does not change: a source without `URL` is let be.
"""

from collections.abc import Iterator
from contextlib import suppress
from datetime import date

from argument import frontmatter
from argument.dates import PartialDate
from argument.matter import SourceMatter
from argument.problems import Advice, SourceText

MONTHS = 12  # for which a reading holds
MONTHS_OF_A_YEAR = 12


def stale(text: SourceText, folder: str, today: date) -> Iterator[Advice]:
    """Advice if a source's live document was last read more than twelve months before a day.

    A date that is known to the month or the year is taken for its end.
    """
    values, _, _ = frontmatter.split(text)
    if folder != SourceMatter.folder or not {"seen", "url"} <= values.keys():
        return
    with suppress(ValueError):  # which a build tells
        seen = PartialDate.parse(values["seen"].content)
        months = (today.year - (seen.year or today.year)) * MONTHS_OF_A_YEAR + today.month - (seen.month or MONTHS_OF_A_YEAR)
        if seen.year and (months, today.day) > (MONTHS, seen.day or today.day):
            rule = f"this document was last read {'on' if seen.day else 'in'} {seen}, more than {MONTHS} months ago."
            yield Advice(
                values["seen"].place, rule, "Look whether it still says what is quoted, and write the day: Seen: 2014-05-30."
            )
