"""Words as they are compared: HTML → running text, the same whatever its typography. Knows no Pelican and no model.

Only typography is made equal: quotation marks, single or double, and dashes in all their shapes, white space, soft hyphens
and other signs that take no room. Letters, figures, capitals and all other punctuation stay as they are. (Unicode's form is
made one, NFC, when a file is read.)
"""

import re
from bisect import bisect_right
from dataclasses import dataclass
from functools import cached_property
from html import unescape

from argument.marks import DOUBLE

SHAPES = {
    **dict.fromkeys(f"‘’‚‛`´′″{DOUBLE}", "'"),
    **dict.fromkeys("‐‑‒–—―−﹘﹣－", "-"),
    **dict.fromkeys(
        "\t\n\r\f\v\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u202f\u205f\u3000", " "
    ),
}
FOLDED = str.maketrans(SHAPES)
# Where the HTML's characters, their shapes made equal, and those of its words part company: all else is one for one. Each
# branch begins with one certain sign, which lets Python's `re` look for those alone.
APART = re.compile(
    r"<sup id='fnref[^>]*>.*?</sup>|<(?P<end>/?)(?P<tag>[a-zA-Z][\w-]*)[^>]*>|<!--.*?-->|(?P<entity>&(?:#\w+|\w+);)"
    "|(?P<space>  +)|(?P<dashes>---?)|(?P<marks>'')|\u00ad|\u200b|\u2060|\ufeff",
)
NOTHING = "\u00ad\u200b\u2060\ufeff"
# Signs that stand for what raises or lowers a figure: without them 10 to the 6th would be 106.
RAISED = {"sup": "^", "sub": "_"}
EMPHASIS = ("em", "strong", "b", "i", "mark")
# Elements of a phrase; every other element parts words as white space does.
PHRASE = (
    *EMPHASIS,
    "a",
    "abbr",
    "bdo",
    "cite",
    "code",
    "dfn",
    "kbd",
    "q",
    "s",
    "samp",
    "small",
    "span",
    "sub",
    "sup",
    "time",
    "var",
    "wbr",
)


@dataclass(frozen=True)
class Run:
    """Characters of the words that stand in one piece in the HTML: from `start` in the words, from `at` in the HTML.

    `length` is theirs in the HTML; an entity has more there than in the words.
    """

    start: int
    at: int
    length: int
    emphasised: bool


@dataclass(frozen=True)
class Words:
    """The words of a piece of HTML: `text` as it is compared, and where each character stands in the HTML."""

    text: str
    runs: tuple[Run, ...]

    @cached_property
    def starts(self) -> list[int]:
        return [run.start for run in self.runs]

    def pieces(self, start: int, end: int) -> list[tuple[int, int]]:
        """Where the characters from `start` to `end` stand in the HTML: pairs of offsets with no tag between."""
        found = []
        for number in range(bisect_right(self.starts, start) - 1, len(self.runs)):
            run = self.runs[number]
            if run.start >= end:
                break
            after = self.runs[number + 1].start if number + 1 < len(self.runs) else len(self.text)
            first, last = max(start, run.start) - run.start, min(end, after) - run.start
            whole = last == after - run.start  # an entity's one character is all of it
            found.append((run.at + first, run.at + (run.length if whole else last)))
        return found

    def all_emphasised(self, start: int, end: int) -> bool:
        """Whether every letter and figure from `start` to `end` is emphasised; so are none at all."""
        return not any(
            not run.emphasised and any(map(str.isalnum, self.text[max(start, run.start) : min(end, after)]))
            for run, after in zip(self.runs, [*self.starts[1:], len(self.text)], strict=True)
            if run.start < end and after > start
        )

    def emphases(self) -> list[tuple[int, int]]:
        """Where the emphasised runs of the words begin and end."""
        ends = [*self.starts[1:], len(self.text)]
        return [(run.start, end) for run, end in zip(self.runs, ends, strict=True) if run.emphasised and end > run.start]


class Builder:
    """Words being read, piece by piece."""

    def __init__(self) -> None:
        self.texts: list[str] = []
        self.runs: list[Run] = []
        self.length = 0
        self.spaced = True  # white space at the beginning goes, and where some has been
        self.emphasis = 0

    def add(self, text: str, at: int, taken: int) -> None:
        """Characters, their shapes made equal, that take up `taken` of the HTML from `at` on."""
        if self.spaced and text[:1] == " ":
            text, at, taken = text[1:], at + 1, taken - 1
        if text:
            self.runs.append(Run(self.length, at, taken, self.emphasis > 0))
            self.texts.append(text)
            self.length += len(text)
            self.spaced = text[-1] == " "

    def tag(self, name: str, at: int, *, ends: bool) -> None:
        """A tag: it emphasises what follows, is a quotation mark, parts words, or is nothing to them."""
        if name in EMPHASIS:
            self.emphasis += -1 if ends else 1
        if name in RAISED and not ends:
            self.add(RAISED[name], at, 0)
        if name == "q":
            self.add("'", at, 0)
        elif name not in PHRASE and not name.startswith("x-"):
            self.add(" ", at, 0)

    def apart(self, found: re.Match[str]) -> None:
        """What is not one for one in the HTML and the words."""
        at, size = found.start(), found.end() - found.start()
        if found["tag"]:
            self.tag(found["tag"].lower(), at, ends=bool(found["end"]))
        elif found["entity"]:
            for sign in unescape(found["entity"]):
                if sign not in NOTHING:
                    self.add(sign.translate(FOLDED), at, size)
        elif found["space"]:
            self.add(" ", at, size)
        elif found["dashes"]:
            self.add("-", at, size)
        elif found["marks"]:
            self.add("'", at, size)


def words(html: str) -> Words:
    """The words of a piece of HTML, without its tags and comments."""
    builder = Builder()
    folded = html.translate(FOLDED)  # one for one: every character stays where it is
    position = 0
    for apart in APART.finditer(folded):
        if apart.start() > position:
            builder.add(folded[position : apart.start()], position, apart.start() - position)
        builder.apart(apart)
        position = apart.end()
    builder.add(folded[position:], position, len(html) - position)
    return Words("".join(builder.texts).rstrip(), tuple(builder.runs))
