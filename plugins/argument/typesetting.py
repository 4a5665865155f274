"""Text in pictures: how wide it is, and where its lines break, because SVG breaks none. Knows nothing else.

Its width is estimated, since every reader's font differs: no common one is wider.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from unicodedata import east_asian_width

# How wide a character is in the widest of common sans-serif fonts (DejaVu Sans), in ems: narrow ones, wide ones, capitals and
# figures, the rest; and how much wider bold type is.
NARROW, WIDE = frozenset("iljtfrI.,:;'’‘|!()[]/- "), frozenset("mwMWQO@%—…")
EMS = (0.37, 0.97, 0.7, 0.61)
BOLD = 1.14
LINE = 1.32  # from one line of text to the next, in ems
BODY, SMALL = 13, 12  # sizes of type; the style sheet sets the same


def width(text: str) -> float:
    """How wide a text is at most, in ems."""
    return sum(map(width_of, text))


def width_of(sign: str) -> float:
    """How wide one character is at most, in ems; those of East Asian scripts and pictures fill a square (UAX #11)."""
    if east_asian_width(sign) in "WF":
        return 1.1
    return EMS[0 if sign in NARROW else 1 if sign in WIDE else 2 if sign.isupper() or sign.isdigit() else 3]


def pieces(word: str, ems: float) -> list[str]:
    """A word in pieces that are no wider than that: a line must be broken somewhere."""
    found = [""]
    for sign in word:
        if found[-1] and width(found[-1] + sign) > ems:
            found.append("")
        found[-1] += sign
    return found


def wrapped(text: str, ems: float, most: int = 9) -> tuple[str, ...]:
    """The text in lines no wider than that, and no more than `most` of them; what does not fit ends in an ellipsis."""
    lines: list[str] = []
    for word in (piece for whole in text.split() for piece in pieces(whole, ems)):
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and width(longer) <= ems:
            lines[-1] = longer
        else:
            lines.append(word)
    if len(lines) > most:
        cut = lines[most - 1]
        while " " in cut and width(f"{cut} …") > ems:
            cut = cut.rpartition(" ")[0]
        lines[most - 1 :] = [cut.rstrip(" .,;:–") + "…"]
    return tuple(lines)


@dataclass(frozen=True)
class Line:
    """One line of text and where its base line is."""

    x: float
    y: float
    words: str


def lines_of(words: Sequence[str], x: float, top: float, size: float) -> tuple[Line, ...]:
    """Lines of text of a size, one below the other from `top`."""
    return tuple(Line(x, round(top + size + number * size * LINE, 1), text) for number, text in enumerate(words))
