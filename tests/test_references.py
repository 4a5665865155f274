import pytest
from hypothesis import given, settings
from hypothesis.strategies import lists, sampled_from
from lxml.html import fromstring
from markdown import Markdown

from argument.citations import keys_of
from argument.fences import FENCED
from argument.near_misses import FENCES, near_misses
from argument.problems import SourceText
from argument.references import citations, links, lone_signs, masked, unfenced


@pytest.mark.parametrize(
    ("inner", "keys"),
    [
        ("@key", [("key", "")]),
        ("@key, p. 3", [("key", "p. 3")]),
        ("@a; @b-2, ch. 1", [("a", ""), ("b-2", "ch. 1")]),
        ("@", None),
        ("@a; b", None),
        ("@a,", None),
        ("@a @b", None),
    ],
)
def test_a_citation_is_read_as_pandoc_reads_it(inner: str, keys: list[tuple[str, str]] | None) -> None:
    assert keys_of(inner) == keys


def test_code_and_comments_are_no_text_and_nothing_moves() -> None:
    """Every other character stays at its line and column."""
    written = "a `[@x]` b\n```\n[@y]\n```\n<!-- [@z]\n[@w] -->\n[@k] ``a ` [@v]`` c\n"
    text = SourceText("f.md", written)
    left = masked(text)
    assert len(left) == len(written)
    assert [left.count(part) for part in ("[@x]", "[@y]", "[@z]", "[@w]", "[@v]", "[@k]")] == [0, 0, 0, 0, 0, 1]


@pytest.mark.parametrize(
    "written",
    ["a ` b\n[@k] and ` c", "``a`\n[@k] ``b`", "\\`` a `[@k]` `", "\\` [@k] \\`", "`` [@k] `", "`a``[@k]"],
)
def test_a_sign_without_its_partner_on_its_line_hides_nothing_without_a_word(written: str) -> None:
    text = SourceText("f.md", f"A: b\n\n{written}\n")
    assert "[@k]" in masked(text) or list(lone_signs(text, masked(text)))


@settings(deadline=None)
@given(lists(sampled_from(["`", "``", "\\", "x", "\n", " "]), max_size=14).map("".join))
def test_what_is_masked_is_what_markdown_takes_for_code(written: str) -> None:
    """Unless a sign is told of."""
    text = SourceText("f.md", f"\n.{written}.")
    told = [*lone_signs(text, masked(text)), *near_misses(text, unfenced(text), FENCES)]
    if told or FENCED.search(text.text) or "\n    " in written:
        return
    code = "".join(part.text_content() for part in fromstring(f"<div>{Markdown().convert(text.text)}</div>").iter("code"))
    hidden = "".join(was for was, now in zip(text.text, masked(text), strict=True) if was != now)
    assert code.count("x") == hidden.count("x")


def test_a_comment_begins_in_the_text_alone() -> None:
    assert "[@k]" in masked(SourceText("f.md", "A: <!--\n\n[@k] -->\n"))
    assert "[@k]" not in masked(SourceText("f.md", "A: b\n\n<!-- [@k] -->\n"))


def test_an_escaped_bracket_cites_nothing() -> None:
    text = SourceText("f.md", "\\[@k] [@m]")
    assert [reference.target for reference in citations(text, text.text, [])] == ["m"]


def test_a_link_is_found_with_its_place() -> None:
    text = SourceText("f.md", "one\n[a]({filename}/risks/cost.md#x) ![b]({static}/images/a.png)\n")
    found = list(links(text, text.text, []))
    assert [(one.kind, one.target, one.fragment, one.place.line) for one in found] == [
        ("filename", "risks/cost.md", "x", 2),
        ("static", "images/a.png", "", 2),
    ]
