"""Content that no author would write, to keep a build busy for ever or to break it: it is read, or it is a problem.

No test asks how long something takes; an alarm ends what would not end by itself. What is quick now finds the same as what
was plain to read, and slow.
"""

import re
import signal
from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis.strategies import integers, lists, sampled_from

from argument.excerpts import excerpts_apart
from argument.fences import FENCED, fenced
from argument.locating import OPENING, QUOTED_LINE, search
from argument.options import PAIR
from argument.references import without_code
from argument.scanner import BLOCK_HEAD

HANG = 60  # seconds
SEPARATOR = r"(?:[\s*_>\\`\[\]!]|\]\([^)\s]*\)|<[^>]*>|\[\^\w+\]|&\w+;)+"
CODE_SPAN = re.compile(r"(?<!\\)(?:\\\\)*(`+)(?!`)(.+?)(?<!`)\1(?!`)")
QUOTED_BREAK = re.compile(r"</p>\s*<p>(?=(?:(?!<blockquote>).)*?</blockquote>)", re.S)
HEAD = re.compile(r"[ ]*(?P<name>[\w-]+)[ ]*(?:\|[ ]*(?P<argument>.*?)[ ]*)?")
OPTION = re.compile(r"(?P<margin> *)(?P<name>[^:]+):(?:\s+(?P<value>.*))?")
SIGNS = [*"ab> \n*_\\`[]!()<&;^+-'\"“", "](", "[^a]", "&a;", "<a>"]


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    signal.alarm(HANG)
    yield
    signal.alarm(0)


@given(
    lists(sampled_from(SIGNS), max_size=30).map("".join),
    lists(
        sampled_from(["a", "b", "ab", ">", ">>", "(a", "[a", "[", "]", "*", "&", "^a]", "<", "-", "`", "!"]), min_size=1, max_size=4
    ),
    sampled_from(["", OPENING, QUOTED_LINE]),
    integers(0, 12),
)
def test_words_are_found_where_one_pattern_would_find_them(text: str, words: list[str], before: str, offset: int) -> None:
    found = re.compile(before + SEPARATOR.join(map(re.escape, words))).search(text, offset)
    assert search(text, words, before, offset) == (found.span() if found else None)


@given(lists(sampled_from(["`", "``", "```", "\\", "x", "\n", " "]), max_size=24).map("".join))
def test_code_is_found_where_one_pattern_would_find_it(text: str) -> None:
    blanked = CODE_SPAN.sub(lambda found: re.sub(r"[^\n]", "#", found[0]), text)
    assert without_code(text, "#") == blanked


@given(lists(sampled_from(["<p>", "</p>", "\n", "a", "<blockquote>", "</blockquote>", "</p>\n<p>"]), max_size=20).map("".join))
def test_excerpts_are_parted_where_one_pattern_would_part_them(body: str) -> None:
    assert excerpts_apart(body) == QUOTED_BREAK.sub("</p>\n</blockquote>\n<blockquote>\n<p>", body)


@given(lists(sampled_from([" ", "   ", "a", "b-c", ":", ": ", "|", "\t", "\n", "é"]), max_size=12).map("".join))
def test_lines_of_blocks_are_read_as_they_were(line: str) -> None:
    for now, then in ((BLOCK_HEAD, HEAD), (PAIR, OPTION)):
        found, expected = now.fullmatch(line), then.fullmatch(line)
        assert (found and found.groupdict()) == (expected and expected.groupdict())


@given(
    lists(sampled_from(["~~~", "```", "~~~~", "~", "\n", "\n", " ", "{.b}", " hl_lines=", '"', "{"]), max_size=24).map("".join),
    integers(0, 9),
)
def test_fences_are_found_where_python_markdown_finds_them(text: str, index: int) -> None:
    assert [found.regs for found in fenced(text, index)] == [found.regs for found in FENCED.finditer(text, index)]
