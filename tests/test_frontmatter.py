from argument.frontmatter import field_name, key_name, prose_fields, split
from argument.matter import MATTERS, PageMatter, RiskMatter
from argument.problems import SourceText


def test_front_matter_ends_at_the_first_blank_line() -> None:
    values, skip, problems = split(SourceText("f.md", "Title: A: b\nClaim: one\n    two\n\nNot: front matter\n"))
    assert {name: value.content for name, value in values.items()} == {"title": "A: b", "claim": "one two"}
    assert (skip, problems) == (4, [])


def test_a_value_knows_where_it_stands() -> None:
    values, _, _ = split(SourceText("f.md", "Title: A\nDate-Note:  b\n"))
    place = values["date_note"].place
    assert (place.line, place.text[place.column : place.column + place.width]) == (2, "b")


def test_every_field_has_a_key_that_leads_back_to_it() -> None:
    for matter in MATTERS.values():
        for name in matter.model_fields:
            assert field_name(key_name(name)) == name


def test_prose_is_what_the_model_says_is_prose() -> None:
    assert prose_fields(RiskMatter) == (
        *("claim", "evidence", "without_evidence", "scoring", "owner", "answer", "remains", "without_answer"),
    )
    assert prose_fields(PageMatter) == ()


def test_every_field_says_what_it_is() -> None:
    """The messages for a missing key, and the README, rest on it."""
    for matter in MATTERS.values():
        for info in matter.model_fields.values():
            assert (info.description or "").endswith(".")
