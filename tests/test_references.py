import pytest

from argument.citations import keys_of
from argument.problems import SourceText
from argument.references import citations, links, masked


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


def test_a_lone_backtick_hides_nothing_beyond_its_paragraph() -> None:
    text = SourceText("f.md", "a ` b\n\n[@k] and ` c\n")
    assert "[@k]" in masked(text)


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
