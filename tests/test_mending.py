"""What `lint --fix` mends: what can be meant in one way only, and no other byte."""

import os
import shutil
import stat
from pathlib import Path

import pytest

from argument import proofreading
from argument.language import Doubt, house_words
from argument.mending import mended, mends, rewrite
from argument.problems import SourceText
from building import ROOT, TESTS

HOUSE = house_words(SourceText("", "web site → website\nface book → Facebook\npurchase → buy\na way → away\naway → a way\n"))
PAGE = "Title: T\nDescription: D\n\n{}\n"


def fixed(words: str, *, form: str = PAGE, folder: str = "pages", doubts: tuple[tuple[str, list[str]], ...] = ()) -> str:
    """The words of a file after `lint --fix`; what the spelling checker doubts is doubted wherever it stands."""
    text = SourceText("p.md", form.format(words))
    doubted = [
        Doubt(number, column, word, meant)
        for word, meant in doubts
        for number, line in enumerate(text.lines, 1)
        for column in range(len(line))
        if line.startswith(word, column)
    ]
    done = mended(text.text, mends(text, folder, HOUSE, doubted))
    before, after = form.split("{}")
    assert done.startswith(before)
    assert done.endswith(after)
    return done[len(before) : len(done) - len(after)]


@pytest.mark.parametrize(
    ("words", "right"),
    [
        ("A web site.", "A website."),
        ("Web site and web-page", "Website and web-page"),
        ("[web site](https://example.org/web site)", "[website](https://example.org/web site)"),
        ("- web site\n- it's", "- website\n- it’s"),
        ("In 2008-2011, 10-15% and £10-£15m.", "In 2008–2011, 10–15% and £10–£15m."),
        ("Two  words.  Three   more", "Two words. Three more"),
        ("A web  site is one.", "A website is one."),
        ("one \ntwo", "one\ntwo"),
        ("the end  \n\nof it \n\n“Theirs.” [@a-key]  ", "the end\n\nof it\n\n“Theirs.” [@a-key]"),
        ("/// note | A web site\nA web site.\n///", "/// note | A web site\nA website.\n///"),
    ],
)
def test_what_can_be_meant_in_one_way_is_mended(words: str, right: str) -> None:
    assert fixed(words) == right


@pytest.mark.parametrize(
    "words",
    [
        "Web Site and WEB SITE",
        "a web\nsite",
        "a face book, to purchase, a way and away",
        "boys' 'so' \"so\" 3's it\\'s",
        "2011-2008, 2008-09, 12-13, 2 - 3 and £10-15",
        "one  \ntwo",
        "“it's  a web site ” [@a-key]",
        "> it's  a web site \nand a web site",
        "`it's  a web site`\n\n```\nit's  a \n```\n\n<!-- it's  a web site \n -->",
        '<abbr title="a web  site">WS</abbr> https://example.org/it\'s',
        "## The web  site\n\nThe web site\n---",
        "| It's  a | web site |\n| --- | --- |\n| web site | it's |",
        "[web site] and [it's][web site]\n\n[web site]: https://example.org/",
        "-   one\n1.  two\n:   three\n[^1]:  four",
        "/// comparison | It's  a web site\n    id: c\n    rows: risks\n    columns:\n        Web  site: evidence\n///",
        "/// quotation | said\n    source: a-key\n    by: It's\n    role: of a web  site\n    side: for\n\nA web  site\n///",
        "A web site.\n\n/// note | never closed",
    ],
)
def test_what_is_not_certain_or_not_ours_or_has_an_address_stays(words: str) -> None:
    assert fixed(words) == words


@pytest.mark.parametrize(
    ("word", "meant", "right"),
    [
        ("behavior", ["behaviour"], "behaviour"),
        ("wich", ["which", "witch"], "wich"),
        ("Center", ["Centre"], "Center"),
        ("thats", ["that's"], "thats"),
        ("xyzzy", ["it otherwise"], "xyzzy"),
        ("awy", ["away"], "awy"),
    ],
)
def test_a_misspelt_word_is_mended_where_it_is_no_name_and_one_word_is_meant(word: str, meant: list[str], right: str) -> None:
    words = f"Our {{0}}, “their {word}” [@a-key] and `{word}`."
    assert fixed(words.format(word), doubts=((word, meant),)) == words.format(right)


@pytest.mark.parametrize(
    ("folder", "key", "ours"),
    [("risks", "Claim", True), ("risks", "Title", False), ("pages", "Description", False), ("sources", "Title", False)],
)
def test_of_front_matter_what_is_markdown_is_mended(folder: str, key: str, ours: bool) -> None:
    form = f"Order: 1\n{key}: It {{}}\nTopics: Web site\n\n"
    assert fixed("is a\n    web  site", form=form, folder=folder) == ("is a\n    website" if ours else "is a\n    web  site")


@pytest.mark.parametrize("folder", ["quotations", "responses"])
def test_what_somebody_else_wrote_stays(folder: str) -> None:
    assert fixed("It's a web  site. ", form="Order: 1\n\n{}\n", folder=folder) == "It's a web  site. "


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_every_other_byte_stays(tmp_path: Path, end: str, mark: str) -> None:
    """The mark at the beginning and the ends of lines; the last line is given the end that the others have. So does its mode."""
    path = tmp_path / "risks/p.md"
    path.parent.mkdir()
    lines = ["Claim: It's", "Title: D\tE", "", "It's a web site.\u2028\u00a0 ", "", "é  ü"]
    path.write_bytes((mark + end.join(lines)).encode())
    path.chmod(0o640)
    text = proofreading.text_of(path, [])
    assert rewrite(path, text, mends(text, "risks", HOUSE))
    right = ["Claim: It’s", *lines[1:3], "It’s a website.\u2028\u00a0 ", "", "é ü", ""]
    assert path.read_bytes() == (mark + end.join(right)).encode()
    assert stat.S_IMODE(path.stat().st_mode) == 0o640
    assert [*path.parent.iterdir()] == [path]


def test_a_file_that_was_saved_meanwhile_stays(tmp_path: Path) -> None:
    path = tmp_path / "p.md"
    path.write_text("other words", "utf-8")
    text = SourceText("p.md", "Title: T\n\nA web site.")
    assert not rewrite(path, text, mends(text, "pages", HOUSE))
    assert path.read_text("utf-8") == "other words"


def test_a_file_that_cannot_be_written_whole_stays_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is left beside it."""
    path = tmp_path / "p.md"
    path.write_text("Title: T\n\nA web site.\n", "utf-8")
    text = proofreading.text_of(path, [])

    def fails(*_: object) -> None:
        raise OSError("no room")

    monkeypatch.setattr(shutil, "copymode", fails)
    with pytest.raises(OSError, match="no room"):
        rewrite(path, text, mends(text, "pages", HOUSE))
    assert (path.read_text("utf-8"), [*tmp_path.iterdir()]) == (text.text, [path])


@pytest.mark.skipif(os.name == "nt", reason="links to files need a right there")
def test_a_link_to_a_file_stays_one(tmp_path: Path) -> None:
    (tmp_path / "real.md").write_text("Title: T\n\nA web site.\n", "utf-8")
    path = tmp_path / "p.md"
    path.symlink_to("real.md")
    text = proofreading.text_of(path, [])
    assert rewrite(path, text, mends(text, "pages", HOUSE))
    assert (path.is_symlink(), path.read_text("utf-8")) == (True, "Title: T\n\nA website.\n")


def test_lint_says_what_it_has_mended_and_then_what_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """And does nothing a second time. Without `--fix` it changes nothing."""
    shutil.copytree(TESTS / "language/many-at-once/content", tmp_path / "content")
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    (tmp_path / "content/house-words.txt").write_text("web site → website\n", "utf-8")
    (tmp_path / "content/pages/other.md").write_text("Title: T\nDescription: D\n\nA behavior  of it", "utf-8")
    monkeypatch.chdir(tmp_path)

    def state() -> dict[Path, bytes]:
        return {path: path.read_bytes() for path in sorted(tmp_path.rglob("*")) if path.is_file()}

    before = state()
    proofreading.main(["--today", "2014-05-30"])
    assert "can be mended in one way only: python3 tasks.py lint --fix does it.\n" in capsys.readouterr().out
    assert state() == before

    proofreading.main(["--fix"])
    said = capsys.readouterr().out
    assert said.startswith("content/pages/index.md:")
    assert "content/pages/other.md:4: mended: “behavior” is “behaviour” now.\n" in said
    assert "content/pages/other.md:4: mended: spaces that no reader sees are gone.\n" in said
    assert "content/pages/other.md:4: mended: the last line ends now.\n\n" in said
    assert "python3 tasks.py lint --fix" not in said
    assert (tmp_path / "content/pages/other.md").read_text("utf-8") == "Title: T\nDescription: D\n\nA behaviour of it\n"

    after = state()
    proofreading.main(["--fix"])
    assert "mended" not in capsys.readouterr().out
    assert (state(), set(after)) == (after, set(before))
