"""From quoted words to their place: marks that fit into the HTML, and addresses that a browser understands."""

from urllib.parse import unquote

import pytest

from argument.passages import live_address, marked

BODY = "<p>one two <em>three</em> four five</p>"


def at(words: str) -> tuple[int, int]:
    """Where some words stand in the body."""
    return BODY.index(words), BODY.index(words) + len(words)


def test_a_passage_is_marked_in_pieces_where_tags_stand_in_it() -> None:
    """Elements nest: a mark neither begins nor ends in the middle of another element."""
    found = marked(BODY, [("passage-a", "", [at("two "), at("three"), at(" four")])])
    assert found == (
        '<p>one <mark class="passage" id="passage-a">two </mark><em><mark class="passage">three</mark></em>'
        '<mark class="passage"> four</mark> five</p>'
    )


def test_passages_that_overlap_are_one_mark_with_an_id_where_each_begins() -> None:
    found = marked(BODY, [("passage-a", "", [at("one two")]), ("passage-b", "", [at("two ")]), ("", "", [at("five")])])
    assert found.count("<mark") == 3
    assert '<mark class="passage" id="passage-a">one </mark><mark class="passage" id="passage-b">two </mark>' in found
    assert '<mark class="passage">five</mark>' in found


def test_passages_that_touch_are_one_mark() -> None:
    assert '<mark class="passage">one two </mark>' in marked(BODY, [("", "", [at("one ")]), ("", "", [at("two ")])])


def test_passages_that_begin_together_have_both_their_ids() -> None:
    found = marked(BODY, [("passage-a", "", [at("one two")]), ("passage-b", "", [at("one")])])
    assert '<mark class="passage" id="passage-a"><span id="passage-b"></span>one two</mark>' in found


def test_a_passage_in_another_language_says_so_for_its_own_words_and_no_others() -> None:
    found = marked(BODY, [("passage-a", "cy", [at("two ")]), ("", "", [at("one two")])])
    assert found.startswith('<p><mark class="passage">one </mark><mark class="passage" id="passage-a" lang="cy">two </mark><em>')


@pytest.mark.parametrize(
    ("url", "text", "directive"),
    [
        ("https://example.org/a", "well-known, yes & no", "#:~:text=well%2Dknown%2C%20yes%20%26%20no"),
        ("https://example.org/a#b", "words", ":~:text=words"),
        ("https://example.org/a.pdf?x=1", "words", ""),
        ("https://example.org/a", "", ""),
    ],
)
def test_a_live_address_names_the_words(url: str, text: str, directive: str) -> None:
    """What means something in a text directive is written so that it does not; a PDF has no such addresses."""
    assert live_address(url, text) == url + directive


def test_a_long_passage_is_named_by_its_ends() -> None:
    words = " ".join(f"word{number}" for number in range(20))
    first, last = unquote(live_address("https://example.org/", words).partition("text=")[2]).split(",")
    assert (first, last) == ("word0 word1 word2 word3", "word16 word17 word18 word19")
