"""Abbreviations: which words are one, and where on a page each is made an `abbr`; the words stay the same."""

import re
from pathlib import Path

import pytest

from argument.abbreviations import Expander, is_abbreviation
from argument.plain_words import plain
from building import build, small_site
from pages import parse
from reading_small import small_argument

MEANINGS = {"N3": "third lock", "R&D": "reading & “drawing”", "WCAG": "guidelines"}
N3 = '<abbr title="third lock">N3</abbr>'
GLOSSARY = """Title: G
Description: D

/// comparison | Signs
    id: signs
    abbreviations: In full

| Sign | In full | Seen |
| --- | --- | --- |
| N3 | third lock | (~) *often* |
| R&D | reading & ‘drawing’ | [here](https://example.org/) |
| The *WCAG* | not told | No data |
| **S7** | south door | No data |
| E5 | No data | No data |
///
"""


@pytest.mark.parametrize("words", ["NHS", "N3", "A&E", "WCAG", "3G", "W3C", "IE6", "R&D"])
def test_capitals_figures_and_ampersands_make_an_abbreviation(words: str) -> None:
    assert is_abbreviation(words)


@pytest.mark.parametrize("words", ["", "N", "33", "3&4", "Nhs", "NHSmail", "N H", "A&", "&E", "GPs", "É", "N-3"])
def test_other_words_are_none(words: str) -> None:
    assert not is_abbreviation(words)


@pytest.mark.parametrize(
    ("html", "expected"),
    [
        ("<p>N3 and N3</p>", f"<p>{N3} and N3</p>"),
        ("N3’s, N3's", f"{N3}’s, N3's"),
        ("(N3)-wide", f"({N3})-wide"),
        ("xN3, N3x, N34, N3_, @N3, #N3, n3", None),
        ("R&amp;D", '<abbr title="reading &amp; “drawing”">R&amp;D</abbr>'),
        ("HR&amp;N3, N3&amp;HR", None),
        ('<a href="N3" title="N3">see N3</a>', f'<a href="N3" title="N3">see {N3}</a>'),
        ('<img alt="N3" src="N3.png" />', None),
        ("<code>N3</code> <kbd>a <em>N3</em></kbd> N3", f"<code>N3</code> <kbd>a <em>N3</em></kbd> {N3}"),
        ('<pre><code class="N3">N3</code></pre>', None),
        ('<abbr title="x">N3</abbr> and N3', f'<abbr title="x">N3</abbr> and {N3}'),
        ("<!-- N3 > N3 -->", None),
        ("<blockquote><p>in <em>N3</em></p></blockquote>", f"<blockquote><p>in <em>{N3}</em></p></blockquote>"),
        ("1 &lt; N3", f"1 &lt; {N3}"),
    ],
)
def test_the_first_occurrence_in_running_text_is_expanded(html: str, expected: str | None) -> None:
    found = Expander(MEANINGS).expanded(html)
    assert found == (html if expected is None else expected)
    assert plain(found) == plain(html)


def test_each_is_told_once_on_a_page_and_what_is_open_stays_open() -> None:
    """A page comes in pieces; a citation may part a piece of code or an `abbr` in two."""
    page = Expander(MEANINGS)
    assert page.expanded('<abbr title="x">N3') == '<abbr title="x">N3'
    assert page.expanded("N3</abbr> N3") == f"N3</abbr> {N3}"
    assert page.expanded("N3") == "N3"


def test_one_comparison_says_what_they_stand_for() -> None:
    """Its row headings that are abbreviations, however they are marked up, and the words of the column that is named."""
    argument, problems = small_argument({"pages/g.md": GLOSSARY})
    assert problems == []
    assert argument.abbreviations == {"N3": "third lock", "R&D": "reading & ‘drawing’", "S7": "south door"}


def test_without_a_glossary_there_are_none() -> None:
    assert small_argument({})[0].abbreviations == {}


def test_they_are_told_in_reading_order_and_not_in_the_glossary(small_output: Path) -> None:
    """Where a reader comes to each first; the table that says what they stand for has none."""
    page = parse(small_output / "abbreviations.html")
    assert [abbr.attributes["title"] for abbr in page.all("abbr")] == [
        "north door, third lock",
        "south door",
        "reading and ‘drawing’",
        "south",  # an author's own
        "north door & fourth lock; N3 is beside it",
    ]
    assert [table.all("abbr") for table in page.all("table")][1] == []


def test_facets_of_a_point_and_gathered_cells_have_them_too(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    risk = "Title: Dust\nOrder: 3\nLikelihood: rare\nClaim: N3 is dusty.\nEvidence: S7 is [@survey-2024].\nRemains: R&D.\n"
    (folder / "content/risks/dust.md").write_text(f"{risk}\nN3.\n", "utf-8")
    (folder / "content/pages/g.md").write_text(GLOSSARY, "utf-8")
    done = build(folder)
    assert (done.stderr, done.returncode) == ("", 0)
    page = (folder / "output/risks/dust.html").read_text("utf-8")
    assert re.findall(r">([^<]+)</abbr>", page) == ["N3", "S7", "R&amp;D"]
    assert f'<p class="lead">{N3} is dusty.</p>' in page
    assert re.findall(r">([^<]+)</abbr>", (folder / "output/risks.html").read_text("utf-8")) == ["R&amp;D"]
