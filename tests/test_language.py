"""The words of content files: what is told of the site's own, and that other people's words are let be."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from argument.language import GONE, Doubt, HouseWords, faults, house_words, own_words
from argument.problems import Problem, SourceText
from building import LANGUAGE, ROOT

HOUSE = house_words(SourceText("", "web site → website\nin order to → to\nper cent → % # as figures\nEU → EU\n"))
PAGE = "Title: T\nDescription: D\n\n{}\n"


def proofread(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What `lint` tells of the content in a folder."""
    environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1", "PYTHONDONTWRITEBYTECODE": "1"}
    command = [sys.executable, "-m", "argument.proofreading", "--today", "2014-05-30", *options]
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def told(words: str, *, house: HouseWords = HOUSE, glossary: set[str] | None = None) -> list[Problem]:
    """What is told of a page with these words."""
    return list(faults(SourceText("p.md", PAGE.format(words)), "pages", house, glossary))


def pointed_at(problem: Problem) -> str:
    """The words that the caret is under."""
    place = problem.place
    return place.text[place.column : place.column + place.width]


@pytest.mark.parametrize("example", LANGUAGE, ids=lambda example: example.name)
def test_what_is_wrong_is_told_in_one_run(example: Path, request: pytest.FixtureRequest) -> None:
    """Every problem with its place and remedy, to the letter, and exit status 1."""
    done = proofread(example)
    expected = example / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(done.stdout, "utf-8")
    assert (done.stdout, done.stderr, done.returncode) == (expected.read_text("utf-8"), "", 1)


def test_the_words_of_the_real_content_hold() -> None:
    """Its spelling too."""
    done = proofread(ROOT)
    assert (done.stderr, done.returncode) == ("", 0), done.stdout
    assert "files of content/ are in the words of the house.\n" in done.stdout


@pytest.mark.parametrize("words", ["a web site", "A Web\nSite.", "(web site’s)", "[web site](https://example.org)", "54 per cent"])
def test_a_house_word_is_told_wherever_it_stands(words: str) -> None:
    (problem,) = told(words)
    assert problem.rule.startswith("the house does not write ")


@pytest.mark.parametrize(
    "words",
    [
        "websites",
        "a cobweb site",
        "web-site",
        "in order\n\nto",
        "in order [@a-key] to",
        "`web site` and\n\n```\nweb site\n```",
        "<!-- web site -->",
        "> a web site,\nand its web site",
        "/// comparison |\n    id:\n    corner:\n\nWords\n///",
        "She said “a web site” [@a-key], «web site» and &quot;web site&quot;.",
        "[here](https://example.org/web site 'web site')",
        "https://example.org/in-order-to?x=web%20site",
        '<abbr title="web site">WS</abbr>',
        "[@a-key, web site]",
        "/// quotation | said\n    source: a-key\n    by: Web Site\n    side: for\n\nA web site\n\nin order to\n///",
        "/// comparison | C\n    id: c\n    rows: risks\n    columns:\n        Evidence: web site\n///",
    ],
)
def test_other_peoples_words_and_what_is_no_text_are_let_be(words: str) -> None:
    assert told(words) == []


@pytest.mark.parametrize(
    "words",
    [
        "/// note | A web site\nWords.\n///",
        "/// comparison | A web site\n    id: c\n\n| A | B |\n| --- | --- |\n| 1 | 2 |\n///",
        "/// comparison | C\n    id: c\n    corner: Web site\n\n### A\n\n#### B\n\nWords\n///",
        "/// comparison | C\n    id: c\n    rows: risks\n    columns:\n        Web site: evidence\n///",
        "/// quotation | said\n    source: a-key\n    by: Web Site\n    role: of a web site\n    side: for\n\nA web site\n///",
        "/// quotation | said\n///\n\nA web site.",
        "> quoted\n/// note | A web site\nWords.\n///",
    ],
)
def test_what_a_block_says_in_our_words_is_read(words: str) -> None:
    (problem,) = told(words)
    assert pointed_at(problem).lower() == "web site"


@pytest.mark.parametrize(
    ("folder", "key", "ours"),
    [
        ("pages", "Title", True),
        ("pages", "Description", True),
        ("pages", "Template", False),
        ("pages", "Aliases", False),
        ("risks", "Claim", True),
        ("risks", "Without-Evidence", True),
        ("sources", "Title", False),
        ("sources", "Publisher", False),
        ("sources", "Unused", True),
        ("sources", "Kind-Note", True),
        ("quotations", "By", False),
        ("quotations", "Role", True),
        ("responses", "Title", False),
        ("responses", "Role", False),
        ("updates", "Title", True),
        ("pages", "No-Such-Key", False),
    ],
)
def test_of_front_matter_what_the_authors_wrote_themselves_is_read(folder: str, key: str, ours: bool) -> None:
    """With the lines that a value goes on in; never the key."""
    text = SourceText("p.md", f"Order: 1\n{key}: a web\n    site\nOrder: 2\n\n")
    assert [problem.place.line for problem in faults(text, folder, HOUSE, None)] == [2] * ours


@pytest.mark.parametrize(("folder", "ours"), [("pages", True), ("updates", True), ("quotations", False), ("responses", False)])
def test_what_stands_below_the_front_matter_is_read_unless_it_is_somebody_elses(folder: str, ours: bool) -> None:
    """A reader's own spelling stays as it came."""
    assert len([*faults(SourceText("p.md", "Order: 1\n\nA web site.\n"), folder, HOUSE, None)]) == ours


@pytest.mark.parametrize(
    "words",
    [
        *("May 17, 2012", "May 17", "May 17th", "17th May", "17th of May 2012", "17/5/2012", "17.5.2012", "17-05-12", "2012-05-17"),
        *("17 May, 2012", "17 Jan 2012", "17 Sept. 2012", "Jan 17, 2012", "05 May 2012"),
    ],
)
def test_a_date_is_written_in_one_way(words: str) -> None:
    (problem,) = told(f"On {words} it began.")
    assert (problem.rule, pointed_at(problem)) == (f'the date "{words}" is not written as this site writes dates.', words)


@pytest.mark.parametrize(
    "words",
    [
        "17 May 2012",
        "17 May",
        "May 2012",
        "in May 2012, 17 of",
        "2008–09",
        "24/7",
        "3/4",
        "version 1.2.3.4",
        "version 10.2.15",
        "17 May; 18 June",
    ],
)
def test_what_is_no_date_or_a_right_one_is_let_be(words: str) -> None:
    assert told(f"It was {words} then.") == []


@pytest.mark.parametrize("words", ["1200", "12000", "£4000", "1000000"])
def test_long_figures_have_commas(words: str) -> None:
    (problem,) = told(f"It had {words} readers.")
    assert pointed_at(problem) == words.lstrip("£")


@pytest.mark.parametrize("words", ["2012", "1999s", "1,200", "ISO 27001", "0300 1234567", "0.12345", "B12345", "12345-A", "#12345"])
def test_years_names_and_numbers_with_commas_are_let_be(words: str) -> None:
    assert told(f"It had {words} then.") == []


@pytest.mark.parametrize("words", ["2008-2011", "10-15%", "10%-15%", "£10-£15", "£10m-£15m", "1,000-2,000", "2 - 3", "1.5-2.5"])
def test_a_range_has_a_dash(words: str) -> None:
    (problem,) = told(f"In {words} of them.")
    assert problem.rule == f'"{words}" has a hyphen where a range has a dash.' or pointed_at(problem) in words


@pytest.mark.parametrize("words", ["2008–2011", "COVID-19", "A-12-3", "12-hour", "1-2-3", "5 - five", "0300-1234-5678"])
def test_other_hyphens_are_let_be(words: str) -> None:
    assert told(f"In {words} then.") == []


@pytest.mark.parametrize(
    ("words", "count"), [('"so"', 2), ("it's", 1), ("‘so’ “so” [@a-key] it’s", 0), ("“it's” [@a-key]", 0), ("`'`", 0)]
)
def test_marks_of_ours_are_not_straight(words: str, count: int) -> None:
    assert [problem.rule for problem in told(words)] == ["this mark is straight."] * count


def test_an_abbreviation_that_the_glossary_does_not_have_is_told_once_in_a_file() -> None:
    """If there is a glossary; in the plural too; what the list lets stand and what is no abbreviation of capitals is not."""
    words = "ABC, BCD, BCDs, BCD, CDEs, A4, EU, R&D’s, “XYZ” [@a-key], XYZw and https://example.org/XYZ."
    assert told(words) == []
    assert [pointed_at(problem) for problem in told(words, glossary={"ABC"})] == ["BCD", "CDE", "R&D"]


def test_a_misspelt_word_is_told_where_it_is_ours() -> None:
    """The checker looks at the whole file; what it says of other people's words is passed over."""
    text = SourceText("p.md", PAGE.format("Our behavior and “their behavior” [@a-key].\n\n> behavior"))
    doubts = [
        Doubt(line, text.lines[line - 1].index("behavior", after), "behavior", ["behaviour"])
        for line, after in ((4, 0), (4, 15), (6, 0))
    ]
    found = list(faults(text, "pages", HOUSE, None, doubts))
    assert [(problem.rule, problem.place.line, problem.place.column) for problem in found] == [('"behavior" is misspelt.', 4, 4)]


def test_every_character_stays_where_it_was() -> None:
    """So that a place in the words is a place in the file."""
    for path in (ROOT / "content").rglob("*.md"):
        text = SourceText("", path.read_text("utf-8"))
        words = own_words(text, path.parent.name)
        assert len(words) == len(text.text)
        assert all(one in (GONE, " ", other) for one, other in zip(words, text.text, strict=True))
