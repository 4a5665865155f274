"""Content that no author would write, to keep a build busy for ever or to break it: it is read, or it is a problem.

No test asks how long something takes; an alarm ends what would not end by itself. What is quick now finds the same as what
was plain to read, and slow.
"""

import re
import signal
from collections.abc import Iterator

import pytest
from hypothesis import given, settings
from hypothesis.strategies import integers, lists, sampled_from

from argument.excerpts import excerpts_apart
from argument.fences import FENCED, fenced
from argument.locating import OPENING, QUOTED_LINE, search
from argument.options import PAIR
from argument.reading import Converter, read
from argument.references import without_code
from argument.scanner import BLOCK_HEAD

HANG = 60  # seconds
CONVERTER = Converter({})
SEPARATOR = r"(?:[\s*_>\\`\[\]!]|\]\([^)\s]*\)|<[^>]*>|\[\^\w+\]|&\w+;)+"
CODE_SPAN = re.compile(r"(?<!\\)(?:\\\\)*(`+)(?!`)(.+?)(?<!`)\1(?!`)")
QUOTED_BREAK = re.compile(r"</p>\s*<p>(?=(?:(?!<blockquote>).)*?</blockquote>)", re.S)
HEAD = re.compile(r"[ ]*(?P<name>[\w-]+)[ ]*(?:\|[ ]*(?P<argument>.*?)[ ]*)?")
OPTION = re.compile(r"(?P<margin> *)(?P<name>[^:]+):(?:\s+(?P<value>.*))?")
SIGNS = [*"ab> \n*_\\`[]!()<&;^+-'\"“", "](", "[^a]", "&a;", "<a>"]


@pytest.fixture(autouse=True)
def _alarm() -> Iterator[None]:
    alarm = getattr(signal, "alarm", lambda _: None)  # which Windows has not
    alarm(HANG)
    yield
    alarm(0)


@settings(deadline=None)
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


@settings(deadline=None)
@given(lists(sampled_from(["`", "``", "```", "\\", "x", "\n", " "]), max_size=24).map("".join))
def test_code_is_found_where_one_pattern_would_find_it(text: str) -> None:
    blanked = CODE_SPAN.sub(lambda found: re.sub(r"[^\n]", "#", found[0]), text)
    assert without_code(text, "#") == blanked


@settings(deadline=None)
@given(lists(sampled_from(["<p>", "</p>", "\n", "a", "<blockquote>", "</blockquote>", "</p>\n<p>"]), max_size=20).map("".join))
def test_excerpts_are_parted_where_one_pattern_would_part_them(body: str) -> None:
    assert excerpts_apart(body) == QUOTED_BREAK.sub("</p>\n</blockquote>\n<blockquote>\n<p>", body)


@settings(deadline=None)
@given(lists(sampled_from([" ", "   ", "a", "b-c", ":", ": ", "|", "\t", "\n", "é"]), max_size=12).map("".join))
def test_lines_of_blocks_are_read_as_they_were(line: str) -> None:
    for now, then in ((BLOCK_HEAD, HEAD), (PAIR, OPTION)):
        found, expected = now.fullmatch(line), then.fullmatch(line)
        assert (found and found.groupdict()) == (expected and expected.groupdict())


@settings(deadline=None)
@given(
    lists(sampled_from(["~~~", "```", "~~~~", "~", "\n", "\n", " ", "{.b}", " hl_lines=", '"', "{"]), max_size=24).map("".join),
    integers(0, 9),
)
def test_fences_are_found_where_python_markdown_finds_them(text: str, index: int) -> None:
    assert [found.regs for found in fenced(text, index)] == [found.regs for found in FENCED.finditer(text, index)]


PAGE = "Title: X\nDescription: Y.\n\n"
SOURCE = "Title: T\nPublisher: P\nDate: 2020\nKind: primary\nConfidence: high\n\n"
BRACKETS = "more brackets are opened here than closed."
DEEP = "this is nested too deep to be read."
HOSTILE = {
    "quotations in one line": ("sources", "> " * 40000 + "a b c", "an excerpt stands within another or in a block."),
    "quotations in marks": ("pages", f'"{"> " * 40000}a b c" [@x]', ""),
    "excerpts": ("sources", "a\n\n" * 20000 + "> b c d", ""),
    "quotations": ("pages", "> a\n\n" * 12000, "this block quotation has no source."),
    "signs of code": ("pages", "``` " + "` " * 40000, "this `` has no partner on its line."),
    "signs of code, more and more": (
        "pages",
        " ".join("`" * count for count in range(1, 400)),
        "this ` has no partner on its line.",
    ),
    "tags without an end": ("pages", "<b>" * 20000, 'this "<b>" is never closed.'),
    "spaces in the first line of a block": ("pages", f"/// note |{' ' * 40000}x{' ' * 40000}y\n\nz\n\n///", ""),
    "spaces before an option": (
        "pages",
        f"/// note | x\n{' ' * 80000}x\n\nz\n\n///",
        "this option of /// note is no “name: value”.",
    ),
    "lists": ("pages", "- " * 40000 + "a", DEEP),
    "numbered lists": ("pages", "1. " * 20000 + "a", DEEP),
    "definitions": ("pages", "a\n:   b\n" * 8000, DEEP),
    "brackets": ("pages", "[" * 80000, BRACKETS),
    "brackets that close": ("pages", "[" * 40000 + "]" * 40000, BRACKETS),
    "brackets of pictures": ("pages", "![" * 20000, BRACKETS),
    "brackets of addresses": ("pages", "[a](" * 20000, BRACKETS),
    "brackets of abbreviations": ("pages", "*[A" * 20000, BRACKETS),
    "brackets above the text": ("risks", "", BRACKETS),
    "tags within each other": ("pages", "<a " * 20000, BRACKETS),
    "tags of phrases within each other": ("pages", "<b " * 20000, BRACKETS),
    "comments without an end": ("pages", "<!--" * 20000, "this comment is never closed."),
    "fences": ("pages", "```\n" * 16000, ""),
    "fences without an end": ("pages", "~~~ a\n" * 12000, "this code fence is never closed."),
}


@pytest.mark.parametrize(("folder", "words", "rule"), HOSTILE.values(), ids=HOSTILE)
def test_what_would_hang_a_build_is_read_or_is_a_problem(folder: str, words: str, rule: str) -> None:
    above = {"pages": PAGE, "sources": SOURCE, "risks": f"Title: T\nClaim: {'[' * 80000}\n\n"}[folder]
    found = read("content/x.md", f"{folder}/x.md", above + words, CONVERTER)
    assert found.document.item if not rule else rule in {problem.rule for problem in found.problems}


def test_after_what_is_nested_too_deep_all_is_read_as_before() -> None:
    expected = read("content/x.md", "pages/x.md", f"{PAGE}- a\n\nb\n", Converter({}))
    read("content/x.md", "pages/x.md", f"{PAGE}{'- ' * 5000}a", CONVERTER)
    assert read("content/x.md", "pages/x.md", f"{PAGE}- a\n\nb\n", CONVERTER) == expected
