"""Advice on how content is written, which fails nothing, and what is told of headings and links."""

from datetime import date
from pathlib import Path

import pytest

from argument import proofreading
from argument.accessibility import link_advice, link_problems
from argument.problems import SourceText
from argument.readability import PARAGRAPH_SENTENCES, PARAGRAPH_WORDS, SENTENCE_WORDS, long_ones
from argument.staleness import stale

PAGE = "Title: T\nDescription: D\n\n{}\n"
LONG = " ".join(["Word", *["word"] * SENTENCE_WORDS])
SHORT = " ".join(["word"] * SENTENCE_WORDS)
TEN = f"W{'ord word' * 7} word word"
MANY = " ".join([f"{TEN}."] * (PARAGRAPH_SENTENCES + 4))


def page(words: str) -> SourceText:
    return SourceText("p.md", PAGE.format(words))


@pytest.mark.parametrize(
    "words",
    [
        f"{LONG}.",
        f"Short. {LONG}. Short.",
        f"{SHORT} [@a-key] word.",
        f"{SHORT} (Mr. Smith).",
        f"{SHORT}\nword",
        f"- {LONG}\n- Short.",
        f"/// note | N\n{LONG}\n///",
        f"{SHORT} [word](https://example.org/).",
    ],
)
def test_a_long_sentence_is_told_where_it_begins(words: str) -> None:
    (advice,) = long_ones(page(words), "pages")
    assert f"; beyond {SENTENCE_WORDS} readers" in advice.rule
    assert advice.place.text[advice.place.column :].lower().startswith("word")


@pytest.mark.parametrize(
    "words",
    [
        f"{SHORT}.",
        f"{SHORT}. Word",
        f"{SHORT} [@a-key]. Word",
        f"{SHORT}. [@a-key] Word",
        f"{SHORT}? **Word**",
        f"{SHORT}\n\nword",
        f"- {SHORT}\n- word",
        f"{SHORT} “{SHORT}” [@a-key]",
        f"> {LONG}",
        f"## {LONG}",
        f"| {LONG} | b |\n| --- | --- |\n| {LONG} | d |",
        f"`{LONG}`",
        f"/// note | {LONG}\nWord.\n///",
    ],
)
def test_other_peoples_words_and_sentences_that_end_are_let_be(words: str) -> None:
    assert [*long_ones(page(words), "pages")] == []


def test_a_long_paragraph_is_told_and_one_of_short_sentences_is_not() -> None:
    """Nor two that are one after the other, nor the entries of a list."""
    (advice,) = long_ones(page(f"First.\n\n{MANY}"), "pages")
    assert (advice.place.line, advice.rule.partition(";")[0]) == (6, f"this paragraph has {PARAGRAPH_SENTENCES + 4} sentences")
    assert len(MANY.split()) > PARAGRAPH_WORDS - 40
    assert [*long_ones(page("It is so. " * (PARAGRAPH_SENTENCES + 4)), "pages")] == []
    halves = f"{TEN}. {TEN}. {TEN}. {TEN}."
    assert [*long_ones(page(f"{halves}\n\n{halves}\n\n- {halves}\n- {halves}"), "pages")] == []


def test_a_value_of_front_matter_is_a_paragraph() -> None:
    """If it is Markdown, with the lines that it goes on in."""
    for key, count in (("Claim", 1), ("Title", 0)):
        text = SourceText("p.md", f"{key}: {SHORT}\n    word.\nAnswer: {SHORT}.\n\n")
        assert len([*long_ones(text, "risks")]) == count


@pytest.mark.parametrize("folder", ["quotations", "responses"])
def test_what_somebody_else_wrote_is_let_be(folder: str) -> None:
    text = SourceText("p.md", f"Order: 1\n\n#### {LONG}\n\n{LONG} [here](https://example.org/) <https://example.org/>\n")
    assert [
        *long_ones(text, folder),
        *link_problems(text, folder),
        *link_advice(text, folder),
    ] == []


@pytest.mark.parametrize(
    ("seen", "today", "told"),
    [
        ("2013-05-30", "2014-05-30", False),
        ("2013-05-30", "2014-05-31", True),
        ("2013-05", "2014-05-31", False),
        ("2013-05", "2014-06-01", True),
        ("2013", "2014-12-31", False),
        ("2013", "2015-01-01", True),
        ("2015-01-01", "2014-05-30", False),
        ("undated", "2014-05-30", False),
        ("last week", "2014-05-30", False),
    ],
)
def test_a_source_that_was_last_read_more_than_twelve_months_ago_is_told(seen: str, today: str, told: bool) -> None:
    text = SourceText("s.md", f"Title: T\nURL: https://example.org/\nSeen: {seen}\n\n")
    found = [*stale(text, "sources", date.fromisoformat(today))]
    assert [advice.place.line for advice in found] == [3] * told


def test_what_has_no_live_document_does_not_grow_stale() -> None:
    assert [*stale(SourceText("s.md", "Title: T\nSeen: 1999\n\n"), "sources", date(2014, 5, 30))] == []
    assert [*stale(SourceText("s.md", "Title: T\nURL: https://example.org/\n\n"), "sources", date(2014, 5, 30))] == []


@pytest.mark.parametrize(
    "words", ["here", "Click here", "**Here**", "this\nlink", "read more …", "→ More", "this page", "find out more"]
)
@pytest.mark.parametrize("target", ["(https://example.org/)", "({filename}/pages/a.md)", "[a]"])
def test_words_of_a_link_that_say_nothing_are_told(words: str, target: str) -> None:
    (problem,) = link_problems(page(f"Read it [{words}]{target}."), "pages")
    assert problem.place.text[problem.place.column :].startswith(words.partition("\n")[0])


@pytest.mark.parametrize(
    "words",
    [
        "[the minutes](https://example.org/here)",
        "[here and there](https://example.org/)",
        "![here]({static}/images/a.png)",
        "`[here](https://example.org/)`",
        "> [here](https://example.org/)",
        "“[here](https://example.org/)” [@a-key]",
        "[here] is no link",
    ],
)
def test_words_of_a_link_that_say_something_or_are_not_ours_are_let_be(words: str) -> None:
    assert [*link_problems(page(words), "pages"), *link_advice(page(words), "pages")] == []


@pytest.mark.parametrize(
    "words", ["<https://example.org/a>", "[https://example.org/a](https://example.org/a)", "[www.example.org](a)"]
)
def test_a_link_that_reads_as_an_address_is_advice(words: str) -> None:
    (advice,) = link_advice(page(f"See {words}."), "pages")
    assert advice.place.column == 5
    assert [*link_problems(page(f"See {words}."), "pages")] == []


def test_advice_alone_fails_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    """It comes after what is said of problems, under a line of its own."""
    (tmp_path / "content/pages").mkdir(parents=True)
    (tmp_path / "content/pages/index.md").write_text(PAGE.format(f"{LONG}."), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert proofreading.main([]) == 0
    first, heading, advice, count = capsys.readouterr().out.split("\n\n")
    assert first == "1 files of content/ are in the words of the house."
    assert heading == "ADVICE, to take or to leave"
    assert advice.startswith("content/pages/index.md:4: advice: this sentence has ")
    assert count == "1 piece of advice in 1 file. Advice fails nothing.\n"
