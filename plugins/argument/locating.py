"""Where words stand in a file's text, whatever marks of Markdown stand among them. Knows no Pelican.

No search tries the same thing twice: what an author may write without end, signs in a row, must not take time without end.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import lru_cache

from argument import marks
from argument.plain_words import plain
from argument.problems import Place, SourceText

# What may stand between two words in the file's text: marks of Markdown, ends of links, tags, entities, footnotes.
BETWEEN = (r"[\s*_>\\`\[\]!]", r"\]\([^)\s]*\)", r"<[^>]*>", r"\[\^\w+\]", r"&\w+;")
ONE_BETWEEN = tuple(map(re.compile, BETWEEN))
# All of it, where the word after it begins with none of its signs: the longer first, so that there is one way to read it.
ALL_BETWEEN = f"(?:{'|'.join((*BETWEEN[1:], BETWEEN[0]))})++"
# A word that begins with one of these may have its beginning taken for what stands before it.
TAKEN = "*_>\\`[]!<&(^+-"
OPENING = rf"(?<=[{marks.DOUBLE}>;'`])[*_`\[]*"
QUOTED_LINE = r"(?m:^)[ ]*>[\s>*+-]*"
WORD, MORE = range(2)
COUNTS = (40, 6, 2)  # of a quotation's words that are looked for in the file's text, as many as can be found


def located(text: SourceText, html: str, otherwise: Place, before: str = "") -> Place:
    """Where some words stand in the file's text, at or after `otherwise`, whatever marks of Markdown stand among them.

    `before` is a pattern for what stands before them, all in one run.
    """
    listed = plain(html).split()
    begins = beginnings(text.text)
    offset = begins[min(max(otherwise.line - 1, 0), len(begins) - 1)]
    as_written = re.search(r"<(?!/?p>)", html) is None
    if as_written and (at := written_out(text.text, " ".join(listed[: COUNTS[0]]), offset, marked=before == OPENING)) >= 0:
        return text.place_at(at, len(" ".join(listed[: COUNTS[0]])))
    for count in COUNTS if listed else ():
        words = listed[:count]
        if span := search(text.text, words, before, offset) or (search(text.text, words, before) if offset else None):
            return text.place_at(span[0], span[1] - span[0])
    return replace(otherwise, line=min(otherwise.line, len(text.lines)))


@lru_cache(4)
def beginnings(text: str) -> list[int]:
    """Where each line begins, and last of all where one after them would."""
    found = [0]
    for line in text.split("\n"):
        found.append(found[-1] + len(line) + 1)
    return found


def written_out(text: str, words: str, offset: int, *, marked: bool) -> int:
    """Where the words stand as they are, or -1: to look for that first saves a pattern for each quotation.

    `marked`: a sign of some kind must stand before them.
    """
    at = text.find(words, offset) if words else -1
    while marked and at > 0 and (text[at - 1].isalnum() or text[at - 1].isspace()):
        at = text.find(words, at + 1)
    return at


def search(text: str, words: Sequence[str], before: str, offset: int = 0) -> tuple[int, int] | None:
    """From where to where the words stand with what must stand before them, the first time after an offset."""
    if any(word[0] in TAKEN for word in words):
        return Search(text, words).first(before, offset)
    pattern = ALL_BETWEEN.join(map(re.escape, words))
    if not before:
        found = re.compile(pattern).search(text, offset)
        return found.span() if found else None
    # Where the words do not follow a run of signs, they follow no part of it.
    runs = re.compile(f"{before}+(?P<words>{pattern})?+").finditer(text, offset)
    return next((run.span() for run in runs if run["words"]), None)


class Search:
    """Words that may begin as what stands between them does: of the ways to read the text, each is tried once."""

    def __init__(self, text: str, words: Sequence[str]) -> None:
        self.text, self.words = text, words
        self.tried = [bytearray(len(text) + 1) for _ in words]  # for each word, where what stands before it may end
        self.one: dict[int, tuple[int, ...]] = {}

    def first(self, before: str, offset: int) -> tuple[int, int] | None:
        """From where to where the words stand, as a pattern with `BETWEEN` between them would find them."""
        for start, at in self.begun(before, offset):
            end = self.end(at)
            if end >= 0:
                return start, end
        return None

    def begun(self, before: str, offset: int) -> Iterator[tuple[int, int]]:
        """Where what stands before the first word may begin, and that word; of one run, its longest part first."""
        word = self.words[0]
        if not before:
            at = self.text.find(word, offset)
            while at >= 0:
                yield at, at
                at = self.text.find(word, at + 1)
            return
        for run in re.compile(before).finditer(self.text, offset):
            least = self.text.index(">", run.start()) + 1 if before == QUOTED_LINE else run.start()
            at = self.text.rfind(word, least, run.end() + len(word))
            while at >= 0:
                yield run.start(), at
                at = self.text.rfind(word, least, at + len(word) - 1)

    def end(self, at: int) -> int:
        """Where the words end of which the first stands here, or -1."""
        steps = [(0, at, WORD)]  # the number of a word, a place, and what is to be looked for there; what comes first is last
        while steps:
            nth, at, what = steps.pop()
            if what == WORD:
                after = at + len(self.words[nth])
                if nth + 1 == len(self.words):
                    return after
                steps += [(nth + 1, end, MORE) for end in reversed(self.ends(after))]
            elif not self.tried[nth][at]:
                self.tried[nth][at] = True
                if self.text.startswith(self.words[nth], at):
                    steps.append((nth, at, WORD))
                steps += [(nth, end, MORE) for end in reversed(self.ends(at))]
        return -1

    def ends(self, at: int) -> tuple[int, ...]:
        """Where one thing that may stand between words ends if it begins here."""
        if at not in self.one:
            found = (pattern.match(self.text, at) for pattern in ONE_BETWEEN)
            self.one[at] = tuple(one.end() for one in found if one)
        return self.one[at]
