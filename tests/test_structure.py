"""The checks of the whole argument: what satisfies each, and that a reason which waives one is shown to readers."""

from pathlib import Path

import pytest

from argument.structure import weaknesses
from building import build, small_site
from pages import parse
from reading_small import small_argument

RISK = "Title: Dust\nOrder: 3\nLikelihood: rare\nClaim: Dust would gather.\n{}\nWords.\n"
BENEFIT = "Title: Warmth\nOrder: 3\nStrength: weak\nClaim: It is warm.\nEvidence: It is [@survey-2024].\n{}\nWords.\n"
QUOTATION = """Title: A page
Description: A page.

/// quotation | said
    source: survey-2024
    by: A
    side: for
    {}

I never
///
"""
SOURCE = "Title: A ledger\nPublisher: P\nDate: 2020\nKind: primary\nConfidence: low\n{}\n> Four pounds.\n"


def rules(files: dict[str, str]) -> list[str]:
    """What is wrong with the small argument as a whole, with more files."""
    argument, problems = small_argument(files)
    assert problems == []
    return [problem.rule for problem in weaknesses(argument, ())]


@pytest.mark.parametrize(
    ("path", "lacking", "relation"),
    [
        ("risks/dust", RISK.format("Remains: Dust.\n"), "supports"),
        ("risks/dust", RISK.format("Evidence: Seen [@survey-2024].\n"), "answers"),
        ("benefits/warm", BENEFIT.format(""), "contradicts"),
    ],
)
def test_what_a_point_lacks_a_quotation_may_bring(path: str, lacking: str, relation: str) -> None:
    """One that supports a claim, answers a risk or contradicts a benefit fills the gap; any other relation does not."""
    assert len(rules({f"{path}.md": lacking})) == 1
    for other in ("supports", "answers", "contradicts"):
        files = {f"{path}.md": lacking, "pages/p.md": QUOTATION.format(f"{other}: {path}")}
        assert len(rules(files)) == (other != relation)


def test_a_source_is_used_by_a_citation_and_a_quotation_by_being_shown() -> None:
    """A source that only an unused quotation rests on is used; the quotation is what is told."""
    quotation = "Source: ledger-2020\nBy: A\nSide: context\n\nFour pounds.\n"
    assert rules({"sources/ledger-2020.md": SOURCE.format("")}) == ['nothing rests on the source "ledger-2020".']
    both = {"sources/ledger-2020.md": SOURCE.format(""), "quotations/four.md": quotation}
    assert rules(both) == ['no page shows the quotation "four".']
    assert rules({**both, "pages/p.md": "Title: T\nDescription: D\n\n/// quotation | four\n///\n"}) == []


def test_a_source_that_only_sources_cite_is_not_used() -> None:
    """Two that cite each other would hold each other up."""
    files = {f"sources/{one}.md": SOURCE.format("") + f"\nSee [@{other}].\n" for one, other in (("a-1", "b-2"), ("b-2", "a-1"))}
    assert rules(files) == ['nothing rests on the source "a-1".', 'nothing rests on the source "b-2".']


def test_a_quotation_that_nobody_sees_is_no_evidence() -> None:
    """It must be shown to readers before it supports anything."""
    quotation = "Source: survey-2024\nBy: A\nSide: for\nSupports: risks/dust\nUnused: Not yet.\n\nI never\n"
    found = rules({"risks/dust.md": RISK.format("Remains: Dust.\n"), "quotations/q.md": quotation})
    assert len(found) == 1
    assert found[0].startswith('the claim of "Dust" has no evidence')


def test_a_file_with_problems_of_its_own_is_not_told_what_else_it_lacks() -> None:
    """What it has is not known before it is mended."""
    argument, problems = small_argument({"sources/ledger-2020.md": SOURCE.format("Colour: red\n")})
    assert [problem.rule for problem in problems] == ['a source has no key "Colour".']
    assert list(weaknesses(argument, {problem.place.path for problem in problems})) == []


def test_every_reason_is_shown_to_readers(tmp_path: Path) -> None:
    """On the page of what it excuses, or below the table."""
    folder = small_site(tmp_path)
    reasons = {
        "risks/dust": RISK.format("Without-Evidence: We *saw* it.\nWithout-Answer: Nobody minds dust.\n"),
        "benefits/warm": BENEFIT.format("Without-Limits: Nobody is too warm.\n"),
        "sources/ledger-2020": SOURCE.format("Unused: It may be wanted.\n"),
        "quotations/four": "Source: survey-2024\nBy: A\nSide: context\nUnused: It is well said.\n\nI never\n",
        "pages/table": "Title: T\nDescription: D\n\n/// comparison | B\n    id: b\n    rows: benefits\n"
        "    one_sided: One side will do.\n    columns:\n        Evidence: evidence\n///\n",
    }
    for name, text in reasons.items():
        (folder / f"content/{name}.md").write_text(text, "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    shown = {name: (folder / f"output/{name.removeprefix('pages/')}.html").read_text("utf-8") for name in reasons}
    assert "None. We <em>saw</em> it." in shown["risks/dust"]
    assert shown["risks/dust"].count("None. Nobody minds dust.") == 1
    assert "None. Nobody is too warm." in shown["benefits/warm"]
    assert "It may be wanted." in shown["sources/ledger-2020"]
    assert "It is well said." in shown["quotations/four"]
    assert "One side will do." in shown["pages/table"]
    assert parse(folder / "output/table.html").all("table")


def test_relations_are_shown_at_both_ends(small_output: Path) -> None:
    """What a quotation answers says that it is answered."""
    card = (small_output / "quotation-that-answers.html").read_text("utf-8")
    assert all(words in card for words in ("Answers the risk: ", "Evidence for the benefit: ", "Speaks against the quotation: "))
    for address in ("risks/cost.html", "risks/noise.html", "benefits/more-readers.html", "quotations/a-second-wage.html"):
        assert f'href="{address}"' in card
        assert 'href="../quotations/in-the-week.html"' in (small_output / address).read_text("utf-8")
