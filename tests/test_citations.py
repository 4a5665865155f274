"""Citations on whole pages: each leads to its reference, and that back to each; numbers go from the top down."""

import re
import shutil
from pathlib import Path

import pytest

from building import TESTS, build, small_site
from pages import parse


@pytest.fixture(scope="module")
def numbered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument in a style with numbers, with an address, an author and a date of its own."""
    folder = small_site(tmp_path_factory.mktemp("numbered"))
    shutil.copy(TESTS / "styles/numbers.csl", folder)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write('ARGUMENT_CITATION_STYLE = "numbers.csl"\nARGUMENT_AUTHOR = "Reader, Anna"\nARGUMENT_DATE = "2026-11"\n')
        conf.write('SITEURL = "https://example.org/sundays"\n')
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "output"


def test_each_citation_leads_to_its_reference_and_that_back_to_each(real_site: Path) -> None:
    """No citation without a reference, no reference without a citation, and each way back has a name of its own."""
    count = 0
    for path in sorted(real_site.rglob("*.html")):
        page = parse(path)
        cites = {
            link.attributes["id"]: link.attributes["href"]
            for link in page.all("a")
            if link.attributes.get("role") == "doc-biblioref"
        }
        backs = {}
        for reference in (entry for entry in page.all("li") if entry.attributes.get("class") == "reference"):
            links = [link for link in reference.all("a") if link.attributes.get("role") == "doc-backlink"]
            assert len({link.attributes["aria-label"] for link in links}) == len(links)
            backs |= {link.attributes["href"].removeprefix("#"): f"#{reference.attributes['id']}" for link in links}
        assert cites == backs, path
        count += len(cites)
    assert count > 300


def test_every_page_says_how_to_cite_it_and_nothing_is_left_undrawn(real_site: Path) -> None:
    for path in real_site.rglob("*.html"):
        html = path.read_text("utf-8")
        assert html.count('<details class="cite-this">') == ('content="noindex"' not in html), path
        assert not re.search("<x-[a-z]|[\ue000-\uf8ff]", html), path


def test_numbers_go_from_the_top_of_the_page_down(numbered: Path) -> None:
    """What stands at the head of a point is cited first, though its front matter is drawn apart from its text."""
    page = (numbered / "risks/cost.html").read_text("utf-8")
    cited = re.findall(
        r'<span class="citation">\[<a id="cite-(\d)" href="#ref-([a-z0-9-]+)"[^>]*>(?:<span[^>]*>Reference </span>)(\d)</a>\]', page
    )
    assert cited == [("1", "treasurer-2023", "1"), ("2", "survey-2024", "2"), ("3", "treasurer-2023", "1")]
    listed = re.findall(r'<li class="reference" id="ref-([a-z0-9-]+)">(\d)\. ', page)
    assert listed == [("treasurer-2023", "1"), ("survey-2024", "2")]


def test_the_list_of_all_sources_has_no_numbers(numbered: Path) -> None:
    """There is no page whose order they could follow."""
    page = (numbered / "sources.html").read_text("utf-8")
    listed = re.findall(r'<a class="listing__title" href="([^"]*)">(.*?)</a>', page)
    assert [address for address, _ in listed] == [
        f"sources/{key}.html" for key in ("survey-2024", "minutes-2022", "treasurer-2023")
    ]
    assert listed[0][1] == "Friends of the Reading Room. Survey of readers. 2024."


def test_a_page_is_cited_by_author_date_and_address(numbered: Path) -> None:
    page = (numbered / "risks/cost.html").read_text("utf-8")
    cite = re.search(r'<details class="cite-this">(.*?)</details>', page, re.S)[1]
    assert "Reader A. Cost. <i>Open on Sundays</i> 2026." in cite
    assert '<a class="reference__printed" href="https://example.org/sundays/risks/cost.html"' in cite
    assert "Add the day on which you read it." in cite
