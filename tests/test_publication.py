"""Drafts, embargoes and days of review: what readers do not get yet, what only its author sees, and what a build says of both."""

from pathlib import Path

import pytest

from argument.dates import PartialDate
from argument.preview import Preview
from argument.publication import Publication, today
from building import TESTS, build, small_site

EPOCH = 1_790_000_000  # 21 September 2026
SITE = """
SITEURL = "https://example.org/case"
ARGUMENT_PACK = ["risks", "sources", "quotations/never-in-the-week"]
ARGUMENT_PACK_FILE = "pack.zip"
"""
LISTS = {
    "pages/find.md": "Title: Find\nDescription: Everything.\nTemplate: a-z\n\nAll of it.\n",
    "pages/topics.md": "Title: Topics\nDescription: Everything.\nTemplate: topics\n\nAll of it.\n",
}
# One of each kind, tables, quotations and pictures among them; all of it would be published if it were no draft.
DRAFTS = {
    "sources/zanzibar-2025.md": """Title: Zanzibar
Publisher: Zanzibar
Date: 2025
Kind: primary
Confidence: low

> Zanzibar is open on Sundays, all of it.
""",
    "quotations/zanzibar-is-open.md": """Source: zanzibar-2025
By: Zanzibar
Side: for
Supports: benefits/zanzibar

Zanzibar is open on Sundays
""",
    "risks/zanzibar.md": """Title: Zanzibar
Order: 9
Claim: Zanzibar costs.
Evidence: It does [@zanzibar-2025].
Likelihood: rare
Consequence: minor
Likelihood-Now: rare
Consequence-Now: minor
Answer: It does not.
Topics: Money
""",
    "benefits/zanzibar.md": """Title: Zanzibar
Order: 9
Claim: Zanzibar gains.
Evidence: It does [@zanzibar-2025].
Limits: It may not.
Strength: weak
""",
    "guidance/zanzibar.md": """Title: Zanzibar
Order: 9
Claim: Zanzibar is told.
Evidence: It is [@zanzibar-2025].
Objection: It may not be.
""",
    "pages/zanzibar.md": """Title: Zanzibar
Description: Zanzibar.
Nav: Zanzibar
Order: 9
Topics: Money

/// quotation | zanzibar-is-open
///

/// quotation | zanzibar-in-place
    source: zanzibar-2025
    by: Zanzibar
    side: for

open on Sundays, all of it
///

/// comparison | Zanzibar by day
    id: zanzibar-by-day

| Day | Hours |
| --- | --- |
| Zanzibar | 8 |
| Pemba | 4 |
///

/// picture | Zanzibar, drawn
    id: zanzibar-drawn
    kind: bars
    of: zanzibar-by-day
    column: Hours
///
""",
    "updates/zanzibar.md": "Title: Zanzibar\nDate: 2026-01-01\n\nZanzibar has come.\n",
    "responses/zanzibar.md": "Title: Zanzibar\nBy: A reader\nDate: 2026-01-01\nTo: pages/index\n\nZanzibar is better.\n",
}


@pytest.fixture(scope="module")
def without(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site without any of them."""
    return built(site(tmp_path_factory.mktemp("without")))


def site(folder: Path, epoch: int = EPOCH) -> Path:
    """A small site that has everything: lists, feed, search, pictures and a pack."""
    small_site(folder, TESTS / "responses")
    for name, text in LISTS.items():
        (folder / "content" / name).write_text(text, "utf-8")
    for name in ("cost", "noise"):
        path = folder / f"content/risks/{name}.md"
        path.write_text(f"Topics: Money\n{path.read_text('utf-8')}", "utf-8")
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f'{SITE}\nimport os\n\nos.environ["SOURCE_DATE_EPOCH"] = "{epoch}"\n')
    return folder


def built(folder: Path) -> Path:
    done = build(folder)
    assert done.returncode == 0, done.stderr
    return folder


def write(folder: Path, key: str, files: dict[str, str] = DRAFTS) -> None:
    """Put the files into the content folder, with one key more."""
    for name, text in files.items():
        path = folder / "content" / name
        path.parent.mkdir(exist_ok=True)
        path.write_text(f"{key}\n{text}" if key else text, "utf-8")


def everything(folder: Path) -> dict[str, bytes]:
    """Every file that was published, and the pack."""
    output = folder / "output"
    files = {path.relative_to(output).as_posix(): path.read_bytes() for path in output.rglob("*") if path.is_file()}
    return {**files, "pack": (folder / "pack.zip").read_bytes()}


@pytest.mark.parametrize("key", ["Status: draft", "Publish-On: 2026-09-22"])
def test_no_byte_of_what_is_kept_back_is_published(key: str, without: Path, tmp_path: Path) -> None:
    """Not in pages, feed, search, sitemap, share pages, pictures, papers, exports or a pack: all is as if it were not there."""
    folder = site(tmp_path)
    write(folder, key)
    done = build(folder)
    assert done.returncode == 0, done.stderr
    left = {name: file for name, file in everything(folder).items() if everything(without).get(name) != file}
    assert left == {}
    reason = "it is a draft" if "draft" in key else "it is for 22 September 2026"
    said = [f"content/{name} is not published: {reason}." for name in DRAFTS]
    assert sorted(line for line in done.stdout.splitlines() if "not published" in line) == sorted(said)


@pytest.mark.parametrize("key", ["Status: published", "Publish-On: 2026-09-21"])
def test_what_is_no_draft_or_is_due_is_published(key: str, without: Path, tmp_path: Path) -> None:
    """The same files, so that the test above has something to find."""
    folder = site(tmp_path)
    write(folder, key)
    new = everything(built(folder)).keys() - everything(without).keys()
    for file in ("zanzibar.html", "risks/zanzibar.html", "risks/zanzibar.pdf", "quotations/zanzibar-in-place.html"):
        assert file in new
    assert {"tables/zanzibar-by-day--pemba.html", "tables/zanzibar-by-day.csv", "updates/zanzibar.html"} <= new
    changed = {name for name, file in everything(folder).items() if everything(without).get(name, file) != file}
    assert {"feed.xml", "sitemap.xml", "find.html", "risks.html", "pack"} <= changed
    assert any(name.startswith("search/") for name in new | changed)


def test_an_author_sees_what_readers_do_not_with_a_mark(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """On each of its pages, on those of its tables and rows, and on a card that is shown elsewhere."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    folder = site(tmp_path)
    write(folder, "Status: draft")
    preview = Preview(str(folder / "pelicanconf.py"))
    assert preview.look() == []
    marked = ["zanzibar.html", "risks/zanzibar.html", "quotations/zanzibar-in-place.html", "quotations/zanzibar-is-open.html"]
    for address in (*marked, "tables/zanzibar-by-day.html", "tables/zanzibar-by-day--pemba.html", "sources/zanzibar-2025.html"):
        page = (preview.file(address) or b"").decode()
        assert "<strong>Preview.</strong> This is not published: it is a draft." in page, address
    assert (preview.file("zanzibar.html") or b"").count(b"author-mark") > 2
    for address in ("index.html", "risks.html"):
        assert b"author-mark" not in (preview.file(address) or b"author-mark")
    assert b"risks/zanzibar.html" in (preview.file("risks.html") or b"")


def test_what_a_build_would_say_is_said_to_the_author_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A source that only a draft cites is one that nothing rests on, as long as that is a draft."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    folder = site(tmp_path)
    write(folder, "Status: draft")
    write(folder, "", {name: text for name, text in DRAFTS.items() if name.startswith("sources/")})
    done = build(folder)
    (problem,) = Preview(str(folder / "pelicanconf.py")).look()
    assert 'nothing rests on the source "zanzibar-2025".' in problem.rule
    assert str(problem) in done.stderr


def test_a_draft_with_faults_keeps_nothing_from_being_published(
    without: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Its author is told of them, but not yet of what it lacks."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    folder = site(tmp_path)
    half = "Title: Half\nOrder: 8\nClaim: It is half\n    written [@nobody-1900].\nStrength: wek\n\nAnd [@nobody-1901].\n"
    write(folder, "Status: draft", {"benefits/half.md": half, "risks/bare.md": "Title: B\nOrder: 8\nClaim: C.\nLikelihood: rare\n"})
    assert everything(built(folder)) == everything(without)
    rules = [problem.rule for problem in Preview(str(folder / "pelicanconf.py")).look()]
    assert sorted(rules) == [
        '"Strength" must be strong, moderate or weak (got "wek").',
        'citation "nobody-1900" names no source.',
        'citation "nobody-1901" names no source.',
    ]


def test_a_published_page_that_becomes_a_draft_has_disappeared(tmp_path: Path) -> None:
    """Its address is in the ledger, and readers have it."""
    folder = site(tmp_path)
    (folder / "content/addresses.txt").write_text("risks/noise.html\n", "utf-8")
    path = folder / "content/risks/noise.md"
    path.write_text(f"Status: draft\n{path.read_text('utf-8')}", "utf-8")
    done = build(folder)
    assert '"risks/noise.html" was published and has disappeared.' in done.stderr


@pytest.mark.parametrize(("day", "overdue"), [("2026-09-20", True), ("2026-09-21", False)])
def test_readers_see_by_when_a_page_should_be_read_again(
    day: str, overdue: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """When that has passed, a build says so and publishes; in the preview it stands on the page."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", str(EPOCH))
    folder = site(tmp_path)
    path = folder / "content/pages/index.md"
    path.write_text(f"Review-By: {day}\n{path.read_text('utf-8')}", "utf-8")
    done = build(folder)
    assert done.returncode == 0
    written = f"{int(day[-2:])} September 2026"
    page = (folder / "output/index.html").read_text("utf-8")
    assert f'To be read again by <time datetime="{day}">{written}</time>.' in page
    assert "author-mark" not in page
    assert (f"content/pages/index.md should have been read again by {written}." in done.stdout) is overdue
    preview = Preview(str(folder / "pelicanconf.py"))
    preview.look()
    assert (f"This should have been read again by {written}." in (preview.file("index.html") or b"").decode()) is overdue


def test_a_day_is_that_of_the_epoch_or_of_the_clock() -> None:
    assert today("0") == PartialDate(1970, 1, 1)
    assert today(str(EPOCH)) == PartialDate(2026, 9, 21)
    assert today() >= PartialDate(2026, 11, 27)
    with pytest.raises(ValueError, match="invalid literal"):
        today("now")


def test_a_draft_is_one_whatever_its_day() -> None:
    """And a day without more is published from its first moment on."""
    day = PartialDate(2026, 9, 21)
    assert Publication(draft=True, on=PartialDate(2020, 1, 1)).kept_back(day) == "it is a draft"
    assert Publication(on=day).kept_back(day) == ""
    assert Publication(on=PartialDate(2026, 9, 22)).kept_back(day) == "it is for 22 September 2026"
