"""The running text of a content file: its own words in paragraphs and lists, and nothing that has another form or is found by name.

What is left out beside other people's words are headings and tables, whose words make addresses, the frames of blocks, and front
matter that is no Markdown. Knows no Pelican.
"""

import re
from collections.abc import Iterator

from argument import frontmatter, options
from argument.frontmatter import prose_fields
from argument.language import GONE, gone, last_line, own_words
from argument.matter import MATTERS
from argument.problems import SourceText
from argument.references import masked
from argument.scanner import BLOCK_LINE, scan

HEADING = re.compile(r"#{1,6}(?:\s|$)")
UNDERLINE = re.compile(r" {0,3}(?:=+|-+)\s*")  # below a heading
ITEM = re.compile(r"[ \t]*(?:[-*+:]|\d+[.)])[ \t]+|[ \t]*\[\^[^\]\n]+\]:[ \t]*")  # how an entry of a list or a footnote begins


def running_words(text: SourceText, folder: str) -> str:
    """The text with all blanked out but its running text, every other character where it was."""
    values, skip, _ = frontmatter.split(text)
    named = [values[name] for name in prose_fields(MATTERS[folder]) if name in values]
    prose = {number for value in named for number in range(value.place.line, last_line(text, value) + 1)}
    framed = frames(text, skip)
    coded = masked(text).split("\n")
    shown = own_words(text, folder).split("\n")
    for number, line in enumerate(coded, 1):
        below = coded[number] if number < len(coded) else ""
        heading = HEADING.match(line) or (line.strip() and UNDERLINE.fullmatch(below))
        if (number <= skip and number not in prose) or number in framed or heading or "|" in line or BLOCK_LINE.fullmatch(line):
            shown[number - 1] = gone(shown[number - 1])
        elif number > skip and (item := ITEM.match(line)):
            shown[number - 1] = gone(item[0]) + shown[number - 1][item.end() :]
    return "\n".join(shown)


def frames(text: SourceText, skip: int) -> set[int]:
    """The lines, from 1, in which blocks have their first line and their options."""
    blocks = scan(text, skip).blocks.values()
    return {number for block in blocks for number in range(block.line, options.read(text, block.line, block.kind, [])[2] + 1)}


def paragraphs(text: SourceText, words: str) -> Iterator[tuple[int, int]]:
    """Where each paragraph and each entry of a list begins and ends, in characters; `words` are its running words."""
    start = end = at = 0
    values, skip, _ = frontmatter.split(text)
    first = {value.place.line for value in values.values()}
    for number, line in enumerate(words.split("\n"), 1):
        begins = number in first if number <= skip else ITEM.match(text.lines[number - 1])
        if begins or not line.strip(f"{GONE} "):
            if start < end:
                yield start, end
            start = at
        end = at + len(line) if line.strip(f"{GONE} ") else at
        start = start if start < end else end
        at += len(line) + 1
    if start < end:
        yield start, end
