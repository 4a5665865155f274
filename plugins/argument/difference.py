"""The passage nearest to some words, with the difference marked, as a person reads it. Knows no Pelican and no model."""

from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from unicodedata import name

from rapidfuzz import fuzz

ALIKE = 60  # of 100: a passage less alike than that is no help
WIDTH = 84  # characters of each that are shown
BEFORE = 32  # of which stand before the first difference


@dataclass(frozen=True)
class Nearest:
    """Some words and the passage nearest to them."""

    words: str
    passage: str

    def lines(self, *names: str) -> list[str]:
        """Both, one above the other, with carets under the words in which they differ; named by `names`."""
        mine, theirs = self.words.split(), self.passage.split()
        codes = SequenceMatcher(None, mine, theirs, autojunk=False).get_opcodes()
        if codes[-1][0] == "insert":  # what the passage has after the last of the words is no difference
            theirs, codes = theirs[: codes[-1][3]], codes[:-1]
        changes = [code for code in codes if code[0] != "equal"]
        indent = max(map(len, names)) + 2
        return [
            *marked(f"{names[0]}:".ljust(indent), mine, [(start, end) for _, start, end, _, _ in changes]),
            *marked(f"{names[1]}:".ljust(indent), theirs, [(start, end) for _, _, _, start, end in changes]),
            *self.look_alikes(),
        ]

    def look_alikes(self) -> list[str]:
        """The names of signs that look like others, where nothing else differs."""
        if len(self.words) != len(self.passage):
            return []
        pairs = [(mine, theirs) for mine, theirs in zip(self.words, self.passage, strict=True) if mine != theirs]
        odd = [sign for pair in pairs for sign in pair if not sign.isascii()]
        return [f"{sign} is {name(sign, f'U+{ord(sign):04X}').lower()} (U+{ord(sign):04X})." for sign in dict.fromkeys(odd)]


def marked(name: str, listed: Sequence[str], spans: Sequence[tuple[int, int]]) -> list[str]:
    """A line of words and one of carets under those of the spans; an empty span has its caret where words are missing."""
    offsets = [0]
    for word in listed:
        offsets.append(offsets[-1] + len(word) + 1)
    line = " ".join(listed)
    carets = [" "] * (len(line) + 2)
    for start, end in spans:
        first = offsets[start] if end > start or start == 0 else offsets[start] - 1
        last = offsets[end] - 1 if end > start else first + 1
        carets[first:last] = "^" * (last - first)
    begin = max(0, carets.index("^") - BEFORE) if "^" in carets and len(line) > WIDTH else 0
    before, after = "… " if begin else "", " …" if begin + WIDTH < len(line) else ""
    under = "".join(carets)[begin : begin + WIDTH].rstrip()
    shown = [f"{name}{before}{line[begin : begin + WIDTH].rstrip()}{after}"]
    return [*shown, *([f"{' ' * (len(name) + len(before))}{under}"] if under else [])]


def nearest(words: str, passages: Sequence[str]) -> Nearest | None:
    """The part of one of the passages that is nearest to the words, in whole words; None if nothing is near."""
    best = None
    for passage in passages:
        found = fuzz.partial_ratio_alignment(words, passage, score_cutoff=ALIKE)
        if found is None or (best and found.score <= best[0]):
            continue
        # The shorter of the two is what is aligned; the longer is the passage, or, for a short excerpt, the words.
        start, end = (found.dest_start, found.dest_end) if len(words) <= len(passage) else (0, len(passage))
        start = passage.rfind(" ", 0, start + 1) + 1
        space = passage.find(" ", max(end - 1, 0))
        best = (found.score, passage[start : space if space >= 0 else len(passage)])
    return Nearest(words, best[1]) if best else None
