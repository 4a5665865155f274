"""A pack: what is in it, that it opens from disk, and that nothing in it leads nowhere."""

import json
import re
import zipfile
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest
from playwright.sync_api import Browser

from argument.bibliography import Site
from argument.packs import Entry, Pack, chosen, in_the_way, write
from argument.packs import packed as files_of
from argument.problems import Place
from building import TESTS, build, small_site
from pages import parse

SITE = "https://reading.example.org/case"
ASKED = ["quotations/never-in-the-week", f"{SITE}/risks/cost.html", "risks.html#risks-compared--noise", "risks/cost"]
PAGES = {"quotations/never-in-the-week.html", "risks/cost.html", "tables/risks-compared--noise.html"}


def packed(folder: Path, file: str, url: str = SITE) -> Path:
    """The small argument with a board paper, built, and a pack of it."""
    small_site(folder, TESTS / "papers")
    asked = json.dumps([one.removeprefix(f"{SITE}/") if not url else one for one in ASKED])
    done = build(folder, "-e", f'SITEURL="{url}"', f"ARGUMENT_PACK={asked}", f'ARGUMENT_PACK_FILE="{file}"')
    assert (done.returncode, done.stderr) == (0, "")
    return folder / file


@pytest.fixture(scope="module")
def pack(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A pack in a zip file, unpacked."""
    folder = tmp_path_factory.mktemp("pack")
    with zipfile.ZipFile(packed(folder, "for-the-board.zip")) as archive:
        archive.extractall(folder / "unpacked")
    return folder / "unpacked/for-the-board"


def test_it_holds_the_pages_their_pictures_the_paper_and_what_they_need(pack: Path) -> None:
    names = {path.relative_to(pack).as_posix() for path in pack.rglob("*") if path.is_file()}
    themed = {path.name for path in (pack / "theme").iterdir()}
    assert names == {
        "index.html",
        "meeting.pdf",
        *PAGES,
        *(name.replace(".html", ".png") for name in PAGES),
        *(name.replace(".html", ".svg") for name in PAGES),
        "risks/cost.pdf",
        *(f"theme/{name}" for name in themed),
    }
    assert {re.sub(r"\.[0-9a-f]{8}\.", ".", name) for name in themed} == {"icon.svg", "site.css", "share.js"}


def test_its_first_page_leads_to_each_of_them(pack: Path) -> None:
    page = parse(pack / "index.html")
    links = [link.attributes["href"] for link in page.all("a")]
    assert links[:4] == ["meeting.pdf", "quotations/never-in-the-week.html", "risks/cost.html", "tables/risks-compared--noise.html"]
    assert links[4:] == [f"{SITE}/"]
    assert [image.attributes["src"] for image in page.all("img")] == [link.replace(".html", ".png") for link in links[1:4]]


def test_every_link_leads_to_what_is_in_it_or_to_the_site(pack: Path) -> None:
    for path in pack.rglob("*.html"):
        name = path.relative_to(pack).as_posix()
        links = [link.attributes.get("href", "") for link in parse(path).all("a")]
        assert links
        for link in links:
            if not re.match("https?:|mailto:", link):
                target = link.partition("#")[0]
                assert (pack / normpath(join(dirname(name), target))).is_file() if target else link.startswith("#"), (name, link)
    cost = (pack / "risks/cost.html").read_text("utf-8")
    assert f'href="{SITE}/risks.html#risks-compared--cost"' in cost


def test_it_opens_from_disk_and_asks_for_nothing_else(pack: Path, browser: Browser) -> None:
    page = browser.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto((pack / "index.html").as_uri())
    assert page.evaluate("[...document.images].every(image => image.complete && image.naturalWidth === 1200)")
    page.get_by_role("link", name="Cost").click()
    assert page.get_by_role("heading", level=1).inner_text() == "Cost"
    page.close()
    assert said == []
    assert [url for url in asked if not url.startswith(pack.as_uri())] == []


def test_without_an_address_of_the_site_words_stand_without_links(tmp_path: Path) -> None:
    """A folder this time; nothing in it leads out but to sources."""
    folder = packed(tmp_path, "folder", "")
    page = parse(folder / "risks/cost.html")
    assert page.all("nav") == []
    for link in page.all("a"):
        target = link.attributes.get("href", "#").partition("#")[0]
        assert (
            not target or re.match("https?:|mailto:", target) or normpath(join("risks", target)) in {"risks/cost.pdf", "index.html"}
        )
    assert [link for link in page.all("a") if "href" not in link.attributes]


@pytest.mark.parametrize("page", ["risks.html", "tables/risks-compared.html"])
@pytest.mark.parametrize("url", ["", SITE])
def test_a_page_with_a_table_brings_its_data(page: str, url: str, small_output: Path) -> None:
    """The link below the table leads to it, in the pack."""
    files = files_of(Pack((Entry(page, "", None),), ()), small_output, "", Site("A library", url=url))
    assert files["tables/risks-compared.csv"] == (small_output / "tables/risks-compared.csv").read_bytes()
    (link,) = re.findall(r'href="([^"]*)" download', files[page].decode())
    assert normpath(join(dirname(page), link)) == "tables/risks-compared.csv"


def test_the_same_pack_has_the_same_bytes(tmp_path: Path) -> None:
    for name in ("one.zip", "two.zip"):
        write({"b/a.html": b"a", "a.html": b"b"}, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "one.zip") as archive:
        assert archive.namelist() == ["one/a.html", "one/b/a.html"]
    assert (tmp_path / "one.zip").read_bytes() == (tmp_path / "two.zip").read_bytes().replace(b"two/", b"one/")


@pytest.mark.parametrize("kept", [["report/minutes.txt"], ["report/index.html", "notes.txt"], ["report/index.html"], []])
def test_no_zip_file_but_a_pack_is_written_over(kept: list[str], tmp_path: Path) -> None:
    target = tmp_path / "report.zip"
    with zipfile.ZipFile(target, "w") as archive:
        for name in kept:
            archive.writestr(name, "what somebody wrote")
    assert [problem.place.path for problem in in_the_way(str(target), ())] == [str(target)]
    write({"index.html": b"of a pack"}, target)
    assert in_the_way(str(target), ()) == []
    target.write_bytes(b"no zip file at all")
    assert len(in_the_way(str(target), ())) == 1


@pytest.mark.parametrize(
    ("asked", "page"),
    [
        ("risks/cost", "risks/cost.html"),
        ("/risks/cost.html", "risks/cost.html"),
        (f"{SITE}/risks/cost.html#evidence", "risks/cost.html"),
        ("open.html#days--sunday", "tables/days--sunday.html"),
        ("open#days", "tables/days.html"),
        ("tables/days", "tables/days.html"),
    ],
)
def test_a_page_may_be_named_as_one_has_its_address(asked: str, page: str) -> None:
    shared = {"open.html#days": "tables/days.html", "open.html#days--sunday": "tables/days--sunday.html"}
    names = dict.fromkeys(["open.html", "risks/cost.html", *shared.values()], "")
    assert chosen([asked, asked], names, shared, Site("A library", url=SITE), Place("here")) == ([page], [])
