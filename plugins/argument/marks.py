"""Words between double quotation marks in a piece of HTML, whatever the marks look like. Knows no Pelican and no model."""

import re
from collections.abc import Iterator
from html import unescape

DOUBLE = '“”„‟«»"＂〝〞〟❝❞❠🙶🙷🙸⹂ˮʺ˝״‶「」『』《》'
SINGLE = r"(?:['‘’‚‛]|&(?:lsquo|rsquo|sbquo|apos|#39|#x27|#8216|#8217);)"
# A mark, or what may hold signs that are none: code, tags and entities. A double prime after a figure is inches.
TOKEN = re.compile(
    rf"(?i:<code\b.*?</code>|(?P<q></?q\b[^>]*>))|<[^>]*>|(?P<mark>[{DOUBLE}]|{SINGLE}{{2}}|(?<!`)``(?!`)|(?<!\d)″)|(?P<entity>&(?:#\w+|\w+);)",
    re.S,
)
# Attributes whose words readers see or hear; an `x-cite` shows the place in the source that an author wrote.
SHOWN = re.compile(r'\s(?:alt|title|locators)="([^"]*)"')
WHOLE = re.compile(rf"[{DOUBLE}][^{DOUBLE}]*[{DOUBLE}]")


def marked(html: str) -> tuple[list[tuple[int, str]], str]:
    """The HTML between each pair of marks with where it ends, and what begins with a mark that has no partner, if one has none.

    One mark opens and the next one closes, whichever way they turn.
    """
    found, lone = [], ""
    for piece in (html, *shown(html)):
        marks = list(places(piece))
        at = html.find(piece)
        pairs = zip(marks[::2], marks[1::2], strict=False)
        found += [(at + closing[0], piece[opening[1] : closing[0]]) for opening, closing in pairs]
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
