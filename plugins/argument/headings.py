"""Headings as they are met by who hears a page, or jumps through it. Knows no Pelican.

No PDF can be made in which a level is left out (PDF/UA-1).
"""

import re
from collections.abc import Iterator

from argument.matter import ComparisonMatter, QuotationMatter, ResponseMatter
from argument.problems import Problem, SourceText
from argument.scanner import Scan, closing_line

HEADING = re.compile(r"\s*(?:(?:[-*+]|\d+\.)\s+)*(?P<signs>#{1,6})(?:\s.*)?")
WORDS = re.compile(r"[\s\d.*+-]*#+\s+[^\s#].*")
UNDERLINED = re.compile(r" {0,3}-+\s*")  # a heading of the second level is above it


def heading_problems(text: SourceText, skip: int, found: Scan, folder: str) -> Iterator[Problem]:
    """A problem for each heading that leaves out a level or has no words.

    The tables that are written as headings have rules of their own, and what readers wrote is theirs.
    """
    if folder in (QuotationMatter.folder, ResponseMatter.folder):
        return
    lines = found.body.split("\n")
    tables = (block for block in found.blocks.values() if block.kind == ComparisonMatter.noun)
    inside = {number for table in tables for number in range(table.line, closing_line(text, table, table.line) + 1)}
    before = 1
    for number in range(skip + 1, len(lines) + 1):
        line, above = lines[number - 1], lines[number - 2]
        heading = HEADING.fullmatch(line)
        underlined = UNDERLINED.fullmatch(line) and number > skip + 1 and above.strip() and not above.startswith((">", "#"))
        if number in inside or not (heading or underlined):
            continue
        at, level = (heading.start("signs"), len(heading["signs"])) if heading else (0, 2)
        if heading and not WORDS.fullmatch(text.lines[number - 1]):
            rule, remedy = "this heading has no words.", "Say what stands below it, or take the signs out."
            yield Problem(text.place(number, at, level), rule, remedy)
        elif level > before + 1:
            follows = "the title of the page" if before == 1 else f"one of level {before}"
            rule = f"this heading of level {level} follows {follows}."
            remedy = (
                f"Write {'#' * (before + 1)}: who goes from heading to heading takes a level that is left out for a part that is."
            )
            yield Problem(text.place(number, at, level), rule, remedy)
        before = level
