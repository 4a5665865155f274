"""What counts as word for word, and what does not."""

import unicodedata

import pytest

from argument.evidence import Check, Excerpt, Quoted, Tally
from argument.problems import Place, Problem
from argument.verbatim import Verbatim
from reading_small import small_argument

EXCERPTS = (
    """<p>“It’s a long-standing rule” – so we were told – that 1,250 of the café’s rooms (50%) &amp; <em>every</em> cupboard
    stay shut; we do not re\u00adopen them. [sic] Nobody can’t.</p>""",
    "<p>It costs £20 a day, nowhere more.</p>",
    "<p>Of 10<sup>6</sup> cells, 1·5 million; 1 200 staff; 3/4 of trusts; 2.5-fold more; ¥500 in all; 50 °C.</p>",
)


def check(words: str, *, added: bool = False) -> tuple[Check, list[Problem]]:
    """What the check of some words found."""
    verbatim = Verbatim({"rule": [Excerpt(excerpt, 0) for excerpt in EXCERPTS], "nothing": []})
    return verbatim.check(Quoted(words, Place("f.md", 1), ("rule",), "a-slug", added)), verbatim.problems


@pytest.mark.parametrize(
    "words",
    [
        "a long-standing rule",
        '"It\'s a long-standing rule" - so we were told - that',
        "«It‘s a long–standing rule» --- so",
        "so  we\nwere\u00a0told",
        "<p>rooms (50%)</p>\n<p>&amp; every</p>",
        "we do not re\u00adopen them",
        "we do not reopen them",
        "1,250",
        "£20 a day",
        "them. [sic] Nobody can't.",
        "so we were told […] stay shut",
        "so we were told [...] shut; we […] them",
        "[…] stay shut […]",
        "every [single] cupboard",
        "every cupboard [too] stay shut",
        "cupboard stay shut [now]; we",
        "[Our] rooms (50%)",
        "[E]very cupboard",
        "we do not [pre]reopen",
        "[…] [the] cupboard",
        "the café",
        "we do not re&shy;open them",
        "‘It’s a long-standing rule’",
        "now<wbr>here",
    ],
)
def test_words_of_the_source_hold_whatever_their_typography(words: str) -> None:
    """Quotation marks, dashes, white space and soft hyphens do not matter; gaps, insertions and capitals are marked."""
    found, problems = check(words)
    assert (found.holds, problems) == (True, [])


@pytest.mark.parametrize(
    "words",
    [
        "a longstanding rule",
        "so they were told",
        "so we told",
        "told, so we were",
        "It's a long-standing rule - so we were told",
        "Every cupboard",
        "very cupboard",
        "every cup",
        "stay shut: we do not",
        "stay shut we do not",
        "250 of the cafe's",
        "1,2",
        "250",
        "rooms (50",
        "20 a day",
        "Nobody can",
        "every cupboard stays shut",
        "stay shut […] so we were told",
        "cupboard […] stay shut",
        "every […] £20 a day",
        "them. Nobody can't.",
        "[Nobody can't]",
        "[…]",
        "every [single] cupboards",
        "[e]very room",
        "the café's rooms … every cupboard",
        "[It is proven that] every",
        "the [ ] café",
        "106 cells",
        "5 million",
        "200 staff",
        "million; 1",
        "4 of trusts",
        "fold more",
        "500 in all",
        "50 C",
    ],
)
def test_anything_else_does_not_hold(words: str) -> None:
    """Not a letter, a capital, a figure's part or sign, a mark, the order, nor words of two excerpts in one."""
    found, problems = check(words)
    assert (found.holds, found.differs) == (False, True)
    assert [problem.rule for problem in problems] == ['these words do not stand in "rule".']


def test_every_single_word_left_out_is_seen() -> None:
    """No word inside a quotation can be dropped, doubled or swapped without a mark."""
    sentence = "so we were told - that 1,250 of the café's rooms (50%) & every cupboard stay shut; we do not reopen them."
    listed = sentence.split()
    assert check(" ".join(listed))[0].holds
    for at in range(1, len(listed) - 1):
        for changed in (
            [*listed[:at], *listed[at + 1 :]],
            [*listed[:at], listed[at], *listed[at:]],
            [*listed[:at], listed[at + 1], listed[at], *listed[at + 2 :]],
        ):
            assert not check(" ".join(changed).replace("&", "&amp;"))[0].holds


def test_emphasis_must_be_the_sources_or_be_said_to_be_added() -> None:
    """Emphasis that the source has needs no word; emphasis that it has not does; a word without emphasis is wrong."""
    assert check("<em>every</em> cupboard")[1] == []
    assert [problem.rule for problem in check("every <em>cupboard</em>")[1]] == ['this emphasis is not in "rule".']
    assert check("every <strong>cupboard</strong>", added=True)[1] == []
    assert [problem.rule for problem in check("<em>every</em> cupboard", added=True)[1]] == [
        "no emphasis was added to these words."
    ]


def test_a_check_says_where_the_words_stand_and_what_was_put_in() -> None:
    """Offsets in the source's own HTML, so that the passage can be marked, and in the quotation's."""
    found, _ = check("[E]very cupboard […] reopen [any of] them")
    assert found.passage is not None
    assert "|".join(EXCERPTS[0][start:end] for start, end in found.passage.pieces) == "every| cupboard|re|open them"
    assert found.passage.text == "every cupboard"
    assert found.insertions == ((0, 3), (28, 36))
    assert found.editing == "Words in square brackets are ours; […] marks words left out."


def test_brackets_of_the_source_are_its_own() -> None:
    """Only what the source has not is said to be ours."""
    assert check("them. [sic] Nobody")[0].insertions == ()


def test_a_source_without_excerpts_leaves_words_unchecked_and_the_count_says_so() -> None:
    """Unchecked is neither right nor wrong."""
    verbatim = Verbatim({"nothing": []})
    found = verbatim.check(Quoted("words", Place("f.md", 1), ("nothing",)))
    assert (found.holds, found.differs, verbatim.problems) == (False, False, [])
    assert str(Tally.of([found, check("every cupboard")[0]])) == "1 of 2"


def test_unicodes_form_does_not_matter() -> None:
    """A letter and its accent are one sign, however a file has them."""
    one, two = (unicodedata.normalize(form, "the café’s door") for form in ("NFC", "NFD"))
    source = f"Title: T\nPublisher: P\nDate: 2020\nKind: primary\nConfidence: high\n\n> {one}\n"
    argument, problems = small_argument(
        {"sources/door-2020.md": source, "pages/door.md": f"Title: T\nDescription: D\n\n“{two}” [@door-2020].\n"}
    )
    assert problems == []
    assert argument.tally.checked == argument.tally.total == 2
