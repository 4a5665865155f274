"""The words of a content file, as far as they are this site's own: house words, dates, figures, marks. Text → problems.

Other people's words keep their spelling: excerpts, quotations, responses, what stands in double quotation marks, the titles of
sources. Those, code, addresses and what is no text at all are blanked out, every other character where it was. Knows no
Pelican.
"""

import re
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import get_args

from pydantic import BaseModel

from argument import frontmatter, marks, options
from argument.abbreviations import SHORT
from argument.citations import CITATION
from argument.frontmatter import MORE_LINE, Value, prose_fields
from argument.matter import MATTERS, QuotationMatter, ResponseMatter, SourceMatter
from argument.problems import Place, Problem, SourceText, one_of
from argument.quoting import OUR_WORDS
from argument.references import masked
from argument.scanner import BLOCKS, ScannedBlock, closing_line, scan
from argument.values import Plain

HOUSE_WORDS = "house-words.txt"  # in the content folder
PLAIN = get_args(Plain)[1:]  # what a field that holds plain words is checked by
GONE = "\0"  # stands where something was that is not ours to mend; no word and no white space, so that nothing meets across it
QUOTED_LINES = re.compile(r"(?m)^ {0,3}>.*(?:\n(?!\s*$|/{3}).+)*")
# Addresses and tags: signs that readers do not see as they are written.
NO_TEXT = re.compile(
    r"(?mi)(?<=\])\((?:[^()\n]|\([^()\n]*\))*\)|^ {0,3}\[(?!\^)[^\]\n]+\]:.*|<[^<>\n]*>|\{#[^}\n]*\}"
    r"|(?:https?://|mailto:|www\.)[^\s<>)]*|\b(?:[\w-]+\.)+[a-z]{2,}/\S*|[\w.+-]+@[\w-]+(?:\.[\w-]+)+"
)
PARAGRAPH = re.compile(r"[^\n]+(?:\n[^\n]+)*")
GAP = r"(?:[ \u00a0]+|[ ]*\n[ ]*)"  # between two words of a phrase, which may go on in the next line
MONTHS = "January|February|March|April|May|June|July|August|September|October|November|December"
SHORT_MONTHS = "Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec"
# One, also in the plural. That a reader may not know it, takes two capitals: A4 is no such thing.
ABBREVIATION = re.compile(rf"(?<![\w@#&/.]){SHORT}(?=s?(?!\w))")
CAPITALS = 2


@dataclass(frozen=True)
class Habit:
    """A pattern of words that this site writes otherwise; `{}` in the rule stands for what was found."""

    pattern: re.Pattern[str]
    rule: str
    remedy: str


HABITS = (
    Habit(
        re.compile(
            rf"\b(?:{MONTHS}|{SHORT_MONTHS})\.? (?:the )?\d{{1,2}}(?:st|nd|rd|th)?\b(?![%:.]\d)(?:, ?\d{{4}}\b)?"
            rf"|\b(?:\d{{1,2}}(?:st|nd|rd|th)(?: of)?|0\d) (?:{MONTHS}|{SHORT_MONTHS})\b(?:,? \d{{4}}\b)?"
            rf"|\b\d{{1,2}} (?:(?:{MONTHS}), \d{{4}}|(?:{SHORT_MONTHS})(?:\b\.?|\.)(?: \d{{4}})?)(?!\w)"
            r"|(?<![\w./-])(?:\d{1,2}([/-])\d{1,2}\1(?:\d{4}|\d\d)|\d{1,2}\.\d{1,2}\.\d{4}|\d{4}-\d\d-\d\d)(?![\w/-])"
        ),
        'the date "{}" is not written as this site writes dates.',
        "Day, month and year, without commas: 17 May 2012.",
    ),
    Habit(
        # A year has four figures and no comma; nor what has a name before it (ISO 27001) or a number (of a telephone).
        re.compile(r"(?<![\w.,/:#+-])(?<![A-Z\d] )(?!(?:1[5-9]|20)\d\d(?!\d))[1-9]\d{3,}(?![\w/:-]|[.,]\d)"),
        'the figures of "{}" stand in one row.',
        "Put a comma before each three of them: 12,000.",
    ),
    Habit(
        re.compile(r"(?<![\w.,/-])£?\d[\d,.]*[%m]?(?: - |-)£?\d[\d,.]*[%m]?(?![\w/-]|,\d)"),
        '"{}" has a hyphen where a range has a dash.',
        "Write an en dash between the figures, without spaces: 2008–2011.",
    ),
    Habit(
        re.compile(r"(?<!\\)[\"']"),
        "this mark is straight.",
        "Quotation marks are “double” or ‘single’ ones; an apostrophe is ’.",
    ),
)
*_, RANGES, MARKS = HABITS


@dataclass(frozen=True)
class HouseWords:
    """What is not written and what is written instead, in lower case where capitals mean nothing; and what may stand."""

    instead: Mapping[str, str]
    stand: frozenset[str] = frozenset()
    problems: tuple[Problem, ...] = ()

    def found(self, words: str) -> Iterator[tuple[re.Match[str], str]]:
        """Each place in a text where a house word is not used, and what to write there."""
        longest_first = sorted(self.instead, key=len, reverse=True)
        patterns = (GAP.join(map(re.escape, phrase.split())) for phrase in longest_first)
        pattern = re.compile(rf"(?i)(?<![\w-])(?:{'|'.join(patterns)})(?![\w-])")
        for found in pattern.finditer(words) if self.instead else ():
            yield found, self.instead[" ".join(found[0].lower().split())]


def house_words(text: SourceText) -> HouseWords:
    """The list: `not this → this` in each line, `#` before a comment; what leads to itself may stand as it is."""
    instead: dict[str, str] = {}
    stand: set[str] = set()
    problems = []
    for number, line in enumerate(text.lines, 1):
        words = line.partition("#")[0].strip()
        wrong, arrow, right = (part.strip() for part in words.partition("→"))
        place = text.place(number, 0, len(words))
        if words and not (wrong and arrow and right):
            remedy = "Write them with an arrow between: utilise → use. A # begins a comment."
            problems.append(Problem(place, "this line says of no words what is written instead.", remedy))
        elif wrong.lower() in instead or wrong in stand:
            problems.append(Problem(place, f'"{wrong}" stands in this list a second time.', "Keep one of the two lines."))
        elif words and wrong == right:
            stand.add(wrong)
        elif words:
            instead[wrong.lower()] = right
    return HouseWords(instead, frozenset(stand), tuple(problems))


@dataclass(frozen=True)
class Doubt:
    """A word that a spelling checker does not know, where it stands (lines from 1, columns from 0), and what may be meant."""

    line: int
    column: int
    word: str
    meant: Sequence[str]


def faults(
    text: SourceText, folder: str, house: HouseWords, glossary: Collection[str] | None, doubts: Sequence[Doubt] = ()
) -> Iterator[Problem]:
    """A problem for each of a file's own words that this site writes otherwise.

    `folder` says what kind of file it is; `glossary` holds the abbreviations that readers are told, None without one.
    """
    words = own_words(text, folder)
    for found, right in house.found(words):
        rule = f'the house does not write "{" ".join(found[0].split())}".'
        yield Problem(text.place_at(*span(found)), rule, f"Write “{right}”; the list is {HOUSE_WORDS} in the content folder.")
    for habit in HABITS:
        seen = own_words(text, folder, marks_too=True) if habit is MARKS else words
        for found in habit.pattern.finditer(seen):
            yield Problem(text.place_at(*span(found)), habit.rule.replace("{}", found[0]), habit.remedy)
    if glossary is not None:
        yield from unexplained(text, words, {*glossary, *house.stand})
    lines = words.split("\n")
    for doubt in doubts:
        if lines[doubt.line - 1][doubt.column : doubt.column + 1] != GONE:
            remedy = f"Write {one_of(doubt.meant)}, or name it in [tool.typos] of pyproject.toml if it is right."
            yield Problem(text.place(doubt.line, doubt.column, len(doubt.word)), f'"{doubt.word}" is misspelt.', remedy)


def unexplained(text: SourceText, words: str, known: Collection[str]) -> Iterator[Problem]:
    """A problem for each abbreviation that is not known, where a file has it first."""
    told = set(known)
    for found in ABBREVIATION.finditer(words):
        name = found[0]
        if name in told or sum(map(str.isupper, name)) < CAPITALS:
            continue
        told.add(name)
        remedy = f"Add it there, write it out, or let it stand: {name} → {name} in {HOUSE_WORDS}."
        yield Problem(text.place_at(*span(found)), f'the glossary does not say what "{name}" stands for.', remedy)


def span(found: re.Match[str]) -> tuple[int, int]:
    """Where a match begins and how long it is."""
    return found.start(), len(found[0])


def own_words(text: SourceText, folder: str, *, marks_too: bool = False) -> str:
    """The text with all blanked out that is not the site's own words, every other character where it was.

    `marks_too` leaves quotation marks and says nothing of what stands between them.
    """
    values, skip, _ = frontmatter.split(text)
    lines = QUOTED_LINES.sub(lambda found: gone(found[0]), masked(text)).split("\n")
    shown = [gone(line) for line in lines]
    for at, last in own_values(text, folder, values):
        first = lines[at.line - 1]
        shown[at.line - 1 : last] = [gone(first[: at.column]) + first[at.column :], *lines[at.line : last]]
    if folder not in (QuotationMatter.folder, ResponseMatter.folder):  # what stands below their front matter is somebody else's
        shown[skip:] = lines[skip:]
        frames_gone(text, skip, shown)
    words = "\n".join(shown)
    for pattern in (CITATION, NO_TEXT):
        words = pattern.sub(lambda found: gone(found[0]), words)
    # Code and comments are white space until here, as they are where Markdown looks for the end of a quotation.
    words = "".join(GONE if hidden == GONE else sign for sign, hidden in zip(words, masked(text, GONE), strict=True))
    return PARAGRAPH.sub(lambda found: quoted_gone(found[0], marks_too=marks_too), words)


def quoted_gone(words: str, *, marks_too: bool) -> str:
    """A paragraph without what stands between its double quotation marks, one of which opens and the next one closes."""
    found = list(marks.places(words))
    for (start, opened), (closing, end) in zip(found[::2], found[1::2], strict=False):
        first, last = (opened, closing) if marks_too else (start, end)
        words = words[:first] + gone(words[first:last]) + words[last:]
    return words


def gone(words: str) -> str:
    """As many signs as the words have, line ends kept."""
    return re.sub(r"[^\n]", GONE, words)


def own_fields(matter: type[BaseModel]) -> Collection[str]:
    """The fields of front matter or options that hold words of ours, and no address, date, key or word from a list."""
    fields = {name: info for name, info in matter.model_fields.items() if info.annotation is str}
    plain = [name for name, info in fields.items() if tuple(info.metadata) in ((), PLAIN)]
    if issubclass(matter, SourceMatter):
        plain = [*OUR_WORDS]  # the rest of it is the source's own
    if issubclass(matter, QuotationMatter):
        plain.remove("by")
    if issubclass(matter, ResponseMatter):
        plain = []  # all of it came from a reader
    return {*plain, *prose_fields(matter)}


def own_values(text: SourceText, folder: str, values: Mapping[str, Value]) -> Iterator[tuple[Place, int]]:
    """Where each value of the front matter begins that holds words of ours, and the last line that it goes on in."""
    for name in own_fields(MATTERS[folder]) & values.keys():
        yield values[name].place, last_line(text, values[name])


def last_line(text: SourceText, value: Value) -> int:
    """The last line that a value of the front matter goes on in."""
    last = value.place.line
    while last < len(text.lines) and MORE_LINE.fullmatch(text.lines[last].rstrip()):
        last += 1
    return last


def frames_gone(text: SourceText, skip: int, shown: list[str]) -> None:
    """Blank out the first lines of blocks, their options and the words of quotations, but for what of it is ours."""
    for block in scan(text, skip).blocks.values():
        values, _, end = options.read(text, block.line, block.kind, [])
        kept = own_options(block, values) | ({} if BLOCKS[block.kind].slug else {block.line: block.argument})
        last = closing_line(text, block, end) if block.kind == QuotationMatter.noun else end
        for number in range(block.line, last + 1):
            ours = kept.get(number, "")
            before, _, after = shown[number - 1].rpartition(ours) if ours else (shown[number - 1], "", "")
            shown[number - 1] = gone(before) + ours + gone(after)


def own_options(block: ScannedBlock, values: Mapping[str, Value]) -> dict[int, str]:
    """The words of ours in a block's options, by their lines; of options that take further lines, the headings."""
    ours = own_fields(BLOCKS[block.kind].matter)
    found: dict[int, str] = {}
    for name, value in values.items():
        if isinstance(value.content, dict):
            below = value.place.line
            found |= {below + number: heading for number, heading in enumerate(value.content, 1)}
        elif name in ours:
            found[value.place.line] = str(value.content)
    return found
