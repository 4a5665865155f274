"""What `lint --fix` mends by itself: only what can be meant in one way, in running text, and every other byte stays.

Headings, tables and the frames of blocks are left alone, since other files find what is in them by its words. Knows no Pelican.
"""

import os
import re
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from argument import frontmatter
from argument.language import GONE, RANGES, Doubt, HouseWords, gone
from argument.problems import Advice, Place, SourceText
from argument.running import running_words
from argument.scanner import scan

LINE_END = re.compile(r"(\r\n|\r|\n)")
MARK = "\ufeff"  # the byte order mark
LABEL = re.compile(r"\[[^\[\]]*\](?!\()")  # the name of a link that is defined elsewhere
APOSTROPHE = re.compile(r"(?<=[^\W\d_])'(?=[^\W\d_])")
SPELLING = re.compile(r"[a-z]+")  # a name begins with a capital, and is spelt as it likes
YEARS = re.compile(r"((?:1[5-9]|20)\d\d)-((?:1[5-9]|20)\d\d)")
AMOUNTS = re.compile(r"£\d[\d.,]*m?-£\d[\d.,]*m?|\d[\d.,]*%?-\d[\d.,]*%")
BEFORE = rf"(?<=[\w.,;:!?)’”‘“{GONE}])"  # a sign after which two spaces mean no more than one
SPACES = re.compile(rf"{BEFORE}  +(?=\S)")
# Two at the end of a line break it, unless no line follows.
SPACES_AT_AN_END = re.compile(rf"(?m){BEFORE}(?: $| +(?=\n[ ]*(?:\n|\Z)|\Z))")


@dataclass(frozen=True, order=True)
class Mend:
    """Some characters of one line, and what is to stand in their place."""

    place: Place
    instead: str

    @property
    def was(self) -> str:
        """The characters as they were."""
        return self.place.text[self.place.column : self.place.column + self.place.width]

    def __str__(self) -> str:
        what = f"“{self.was}” is “{self.instead}” now."
        if self.instead == "\n":
            what = "the last line ends now."
        elif not self.was.strip():
            what = "spaces that no reader sees are gone."
        return f"{self.place.path}:{self.place.line}: mended: {what}"

    @property
    def advice(self) -> Iterator[Advice]:
        """Advice for white space, which is told nowhere else."""
        if not self.was.strip():
            rule = "the last line of this file does not end." if self.instead == "\n" else "spaces stand here that no reader sees."
            yield Advice(self.place, rule, "python3 tasks.py lint --fix mends it.")


def mends(text: SourceText, folder: str, house: HouseWords, doubts: Sequence[Doubt] = ()) -> list[Mend]:
    """All that can be mended in a file, in order; nothing in one whose blocks do not hold."""
    _, skip, _ = frontmatter.split(text)
    if not scan(text, skip).frames_hold:
        return []
    words = running_words(text, folder)
    for label in LABEL.finditer(text.text):
        words = words[: label.start()] + gone(label[0]) + words[label.end() :]
    found: list[Mend] = []
    taken: set[tuple[int, int]] = set()
    for mend in (*spellings(text, words, house, doubts), *spaces(text, words)):
        signs = {(mend.place.line, mend.place.column + number) for number in range(mend.place.width)}
        if not signs & taken:
            found.append(mend)
            taken |= signs
    if text.lines[-1]:
        found.append(Mend(text.place(len(text.lines), len(text.lines[-1])), "\n"))
    return sorted(found)


def spellings(text: SourceText, words: str, house: HouseWords, doubts: Sequence[Doubt]) -> Iterator[Mend]:
    """House words that are the same letters, words that are misspelt in one way only, apostrophes, and dashes of certain ranges."""
    for found, right in house.found(words):
        plain = right.islower() and found[0][1:].islower() and "\n" not in found[0]
        if plain and letters(found[0].lower()) == letters(right) and not any(house.found(right)):
            instead = right[0].upper() + right[1:] if found[0][0].isupper() else right
            yield Mend(text.place_at(found.start(), len(found[0])), instead)
    lines = words.split("\n")
    for doubt in doubts:
        instead, place = doubt.meant[0], text.place(doubt.line, doubt.column, len(doubt.word))
        ours = lines[doubt.line - 1][doubt.column : doubt.column + place.width] == doubt.word
        small = all(SPELLING.fullmatch(word) for word in (doubt.word, instead))
        if ours and small and len(doubt.meant) == 1 and instead not in house.instead:
            yield Mend(place, instead)
    for found in APOSTROPHE.finditer(words):
        yield Mend(text.place_at(found.start(), 1), "’")
    for found in RANGES.pattern.finditer(words):
        if certain(found[0].rstrip(",.")):
            yield Mend(text.place_at(found.start() + found[0].index("-"), 1), "–")


def certain(figures: str) -> bool:
    """Whether figures with a hyphen between them can only be a range: two years that follow each other, or amounts."""
    years = YEARS.fullmatch(figures)
    return int(years[1]) < int(years[2]) if years else bool(AMOUNTS.fullmatch(figures))


def letters(words: str) -> str:
    """The letters of some words, whatever stands between them."""
    return "".join(filter(str.isalpha, words))


def spaces(text: SourceText, words: str) -> Iterator[Mend]:
    """Spaces that no reader sees: beyond the first between two words, and at the end of a line that they do not break."""
    for pattern, instead in ((SPACES, " "), (SPACES_AT_AN_END, "")):
        for found in pattern.finditer(words):
            yield Mend(text.place_at(found.start(), len(found[0])), instead)


def mended(written: str, found: Sequence[Mend]) -> str:
    """A file's text as it was written, with some mends that were found in it; a mark at its beginning and its line ends stay."""
    first = len(MARK) if written.startswith(MARK) else 0
    parts = LINE_END.split(written)  # a line, its end, the next line …
    for mend in sorted(found, reverse=True):
        number = (mend.place.line - 1) * 2
        at = mend.place.column + (0 if number else first)
        instead = (parts[1] if len(parts) > 1 else "\n") if mend.instead == "\n" else mend.instead
        parts[number] = parts[number][:at] + instead + parts[number][at + mend.place.width :]
    return "".join(parts)


def rewrite(path: Path, text: SourceText, found: Sequence[Mend]) -> bool:
    """Mend a file, whole or not at all; False if it is not any more what was read of it."""
    written = path.read_bytes().decode()
    if LINE_END.sub("\n", written.removeprefix(MARK)) != text.text:
        return False
    target = path.resolve()
    handle, beside = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(mended(written, found).encode())
        shutil.copymode(target, beside)
        Path(beside).replace(target)
    finally:
        Path(beside).unlink(missing_ok=True)
    return True
