"""Abbreviations: what the site's glossary says that each stands for, and its first occurrence on a page made an `abbr`.

The glossary is a comparison with the option `abbreviations`. Knows no Pelican.
"""

import re
from collections import Counter
from collections.abc import Mapping
from html import escape, unescape

from argument.plain_words import plain
from argument.tables import Cell, Comparison

# Capitals, figures and &, one capital at least, and more than one sign: N3, R&D, WCAG. In HTML an & is an entity.
SHORT = r"(?=[0-9&;amp]*[A-Z])[A-Z0-9](?:(?:[A-Z0-9]|&(?:amp;)?)*[A-Z0-9])"
# As a whole word, which is no part of an address, of somebody's handle or of a hashtag.
WORD = rf"(?<![\w@#&]){SHORT}(?!\w)"
# What may not have an `abbr` inside: what is one, and what is typed or printed by a computer.
CLOSED = "abbr|code|kbd|pre|samp|var"
# Looked ahead for first is what each of them begins with: that lets Python's `re` pass over all else at once.
TOKEN = re.compile(rf"(?=[<A-Z0-9])(?:<!--.*?-->|<(?P<end>/?)(?:(?P<closed>{CLOSED})\b)?[^>]*>|(?P<word>{WORD}))", re.S)

# What authors write in a cell that has nothing to say.
NO_DATA = "No data"


def is_abbreviation(words: str) -> bool:
    """Whether some words are one abbreviation and nothing else."""
    return bool(re.fullmatch(SHORT, words))


def explained(table: Comparison) -> dict[str, Cell]:
    """The cell that says what each abbreviation among a comparison's row headings stands for; none if it is no glossary."""
    headings = [plain(column.heading) for column in table.columns]
    if table.abbreviations not in headings:
        return {}
    at = headings.index(table.abbreviations)
    named = ((plain(row.heading), row.cells[at]) for row in table.rows if len(row.cells) == len(headings))
    return {name: cell for name, cell in named if is_abbreviation(name) and plain(cell.prose).strip(" .") != NO_DATA}


def told_twice(table: Comparison) -> list[str]:
    """The abbreviations that more than one of a glossary's rows explains."""
    named = Counter(plain(row.heading) for row in table.rows) if table.abbreviations else {}
    return [name for name, count in named.items() if count > 1 and is_abbreviation(name)]


def meanings(table: Comparison) -> dict[str, str]:
    """What each abbreviation stands for, in words."""
    return {name: plain(cell.prose) for name, cell in explained(table).items()}


class Expander:
    """One page being drawn: what is handed to it, in reading order, has an `abbr` where an abbreviation stands first."""

    def __init__(self, meanings: Mapping[str, str]) -> None:
        self.left = dict(meanings)
        self.inside = 0

    def expanded(self, html: str) -> str:
        """A piece of the page's HTML; its words stay the same."""
        return TOKEN.sub(self.token, html) if self.left else html

    def token(self, found: re.Match[str]) -> str:
        """A tag as it is, and an abbreviation with what it stands for, unless the page has told that."""
        if found["closed"]:
            self.inside += -1 if found["end"] else 1
        meaning = self.left.pop(unescape(found["word"]), "") if found["word"] and not self.inside else ""
        return f'<abbr title="{escape(meaning)}">{found[0]}</abbr>' if meaning else found[0]
