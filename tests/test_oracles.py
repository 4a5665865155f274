"""The plugin makes of ordinary Markdown what Python-Markdown makes of it, or tells a problem.

`python3 tasks.py oracles` asks the same of 1,450 worked examples of other projects.
"""

from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, seed, settings
from hypothesis import strategies as st

from oracles import DIFFERENT, FAILED, SAME, TOLD, Example, alone, compared, plain, with_plugin
from oracles_built import built

WORDS = st.sampled_from(["one", "two words", "*emphasis*", "**strong**", "`code`", "a\\*b", "AT&T", "&amp;", "a_b_c", "x < y", "é"])
MORE = st.sampled_from(
    [
        "<https://example.org/>",
        "[link](https://example.org/ 'title')",
        "[named][n]",
        "H~2~O",
        "it’s",
        "…",
        "`` a`b ``",
        "note[^1]",
        "~~old~~",
        "  \n",
        "\\\n",
    ]
)
BEGINNING = st.sampled_from(["- ", "* ", "1. ", "   ", "> ", "    ", ": "])
LINE = st.tuples(WORDS, st.lists(WORDS | MORE, max_size=3)).map(lambda words: " ".join([words[0], *words[1]]))
BLOCK = st.one_of(
    LINE,
    st.tuples(st.sampled_from(["## ", "### ", "#### "]), LINE).map("".join),
    st.lists(st.tuples(BEGINNING, LINE).map("".join), max_size=4).map("\n".join),
    st.lists(LINE, min_size=1, max_size=3).map(lambda lines: "\n".join(["```", *lines, "```"])),
    st.sampled_from(["***", "---", "<!-- -->", "[n]: https://example.org/n", "[^1]: What it says.", "Term\n:   What it means."]),
    st.sampled_from(["| a | b |\n|---|---|\n| 1 | 2 |", "<b>bold</b>", "<div>no</div>", "{: #here }", "*[HTML]: a language"]),
)
TEXT = st.lists(BLOCK, min_size=1, max_size=5).map("\n\n".join)


@seed(1)
@settings(max_examples=400, deadline=None, database=None, suppress_health_check=[*HealthCheck])
@given(TEXT)
def test_ordinary_markdown_is_read_as_without_the_plugin(text: str) -> None:
    example = Example("made up", text)
    assert compared(example) != DIFFERENT, (alone(example), with_plugin(example)[0])


@pytest.mark.parametrize(
    "text",
    ["- a\n- b\n\n<!-- -->\n\n- c\n", "- a\n\n<!-- two\nlines -->\n\n1. b\n", "a\n<!-- one -->\nb\n", "a <!-- one --> b\n"],
)
def test_a_comment_parts_what_it_parts_in_markdown(text: str) -> None:
    assert compared(Example("a comment", text)) == SAME


def test_words_of_a_code_fence_that_are_true_or_false_are_words() -> None:
    """Python-Markdown itself ends in a TypeError where nothing colours the code."""
    text = '``` { .python linenums="1" }\nx = 1\n```\n'
    assert compared(Example("a fence", text)) == FAILED
    colours = Example("a fence", text, ["markdown.extensions.codehilite"])
    assert compared(colours) in (SAME, TOLD)
    assert plain(alone(colours)) == plain(with_plugin(colours)[0] or "")


def test_an_extension_keeps_its_own_way_with_code() -> None:
    example = Example("a fence", "```python\nx = 1\n```\n", ["pymdownx.highlight", "pymdownx.superfences"])
    assert 'class="highlight"' in alone(example)
    assert compared(example) == SAME


def test_what_is_read_the_same_is_published_the_same(tmp_path: Path) -> None:
    """By two builds of Pelican. An example that is told of by the whole site is left out, and one that is not the same is found."""
    texts = ["## A *b*\n\n1. c\n2. d\n\n- <https://example.org/>", "`a` & b<br />c\n\n```\n  d\n```\n", "[a](#b)\n"]
    counted, otherwise = built([Example(str(number), text) for number, text in enumerate(texts)], tmp_path / "same")
    assert counted == {"published the same": 2, "a problem told": 1}, otherwise
    words = Example("changed", "Words.\n\n/// note | A\nB\n///")
    assert built([words], tmp_path / "other")[0]["otherwise"] == 1
