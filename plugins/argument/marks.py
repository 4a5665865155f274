"""Words between double quotation marks in a piece of HTML, whatever the marks look like. Knows no Pelican and no model."""

import re
from collections.abc import Iterator
from html import unescape

DOUBLE = '“”„‟«»"＂〝〞'
# A mark, or what may hold signs that are none: code, tags and entities. A double prime after a figure is inches.
TOKEN = re.compile(
    rf"<code\b.*?</code>|(?P<q></?q>)|<[^>]*>|(?P<entity>&(?:#\w+|\w+);)|(?P<mark>[{DOUBLE}]|''|``|’’|‘‘|(?<!\d)″)", re.S
)
# Attributes whose words readers see or hear.
SHOWN = re.compile(r'\s(?:alt|title)="([^"]*)"')
WHOLE = re.compile(rf"[{DOUBLE}][^{DOUBLE}]*[{DOUBLE}]")


def marked(html: str) -> tuple[list[str], str]:
    """The HTML between each pair of marks, and what begins with a mark that has no partner (empty if all have).

    One mark opens and the next one closes, whichever way they turn.
    """
    found, lone = [], ""
    for piece in (html, *shown(html)):
        marks = list(places(piece))
        found += [piece[opening[1] : closing[0]] for opening, closing in zip(marks[::2], marks[1::2], strict=False)]
        lone = lone or (piece[marks[-1][0] :] if len(marks) % 2 else "")
    return found, lone


def shown(html: str) -> Iterator[str]:
    """The attributes of a piece of HTML whose words readers see or hear."""
    return (value for tag in re.findall(r"<[^>]*>", html) for value in SHOWN.findall(tag))


def places(html: str) -> Iterator[tuple[int, int]]:
    """Where each double quotation mark begins and ends."""
    for token in TOKEN.finditer(html):
        if token["q"] or token["mark"] or (token["entity"] and unescape(token["entity"]) in (*DOUBLE, "″")):
            yield token.span()


def stand_in_marks(words: str) -> bool:
    """Whether some words stand in quotation marks as a whole."""
    return bool(WHOLE.fullmatch(words))
