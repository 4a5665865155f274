"""The real argument: what is on it, that it holds, and that it can be put anywhere."""

import filecmp
import re
import unicodedata
from collections import Counter
from functools import cache
from pathlib import Path

import pytest

from argument.addresses import NOT_FOUND
from argument.argument import Argument
from argument.assembling import assemble
from argument.model import ITEMS
from argument.plain_words import plain
from argument.reading import Converter, read
from argument.structure import weaknesses
from building import ROOT, build
from pages import Element, parse

CONTENT = ROOT / "content"
WAIVERS = ("without_evidence", "without_answer", "without_limits", "unused")


@cache
def argument() -> Argument:
    """The real content, read without Pelican."""
    converter = Converter({})
    found = []
    for folder in ITEMS:
        for path in sorted((CONTENT / folder).glob("*.md")):
            name = f"{folder}/{path.name}"
            found.append(read(f"content/{name}", name, path.read_text("utf-8"), converter))
    whole, problems = assemble([one.document for one in found], set(), allow_unchecked=False)
    assert [*problems, *weaknesses(whole, ()), *(problem for one in found for problem in one.problems)] == []
    return whole


@cache
def site(output: Path) -> dict[str, Element]:
    """Every page of the built site that has an address, parsed."""
    return {path.relative_to(output).as_posix(): parse(path) for path in sorted(output.rglob("*.html")) if path.name != NOT_FOUND}


def present(output: Path) -> dict[str, Element]:
    """Every page of the site but those that only lead on from a former address."""
    hidden = {"name": "robots", "content": "noindex"}
    return {name: page for name, page in site(output).items() if hidden not in [one.attributes for one in page.all("meta")]}


def linked(page: Element, name: str) -> list[Element]:
    """The links of a class."""
    return [link for link in page.all("a") if link.attributes.get("class") == name]


def folded(words: str) -> str:
    """Words without the differences that are typography only."""
    words = unicodedata.normalize("NFC", words).translate(str.maketrans("“”‘’–—\u00a0", "\"\"''-- "))
    return " ".join(words.split())


def test_the_argument_is_all_there() -> None:
    """As many points, quotations and sources as a case needs, and every comparison that a board asks for."""
    found = argument()
    assert len(found.points["guidance"]) == 6
    assert len(found.points["risks"]) >= 6
    assert len(found.points["benefits"]) >= 6
    assert len(found.quotations) >= 15
    assert len(found.sources) >= 30
    assert {"four-positions", "post-and-record", "by-tool", "risks-compared", "benefits-compared"} <= set(found.comparisons)
    assert {"index", "about", "respond", "privacy", "post", "unknown"} <= set(found.pages)


def test_four_positions_are_compared() -> None:
    """The board's options stand beside each other."""
    headings = [plain(column.heading) for column in argument().comparisons["four-positions"].columns]
    assert headings == ["Blanket block", "Access by role", "Open with policy", "Allow-list"]


def test_every_quotation_stands_in_an_excerpt_of_its_source() -> None:
    """Word for word, but for the shape of quotation marks and dashes; found here by other means than the plugin's."""
    found = argument()
    wrong = []
    for slug, quotation in found.quotations.items():
        words = folded(plain(quotation.origin.body))
        if not any(words in folded(plain(excerpt.html)) for excerpt in found.sources[quotation.source].excerpts):
            wrong.append(slug)
    assert wrong == []


def test_the_published_count_is_that_of_the_quotations(real_site: Path) -> None:
    """Every card is counted, and every pair of double quotation marks in the text that is not a card's."""
    found = argument()
    cards, running = found.tallies
    assert cards.checked == cards.total == len(found.quotations)
    assert running.checked == running.total > 0
    words = f"{found.tally.total} of {cards.total + running.total} quotations checked"
    assert [name for name in present(real_site) if words not in (real_site / name).read_text("utf-8")] == []


def test_every_passage_that_a_card_leads_to_is_marked(real_site: Path) -> None:
    """From a card to the words in our copy of the source, which hold the words of the card."""
    pages = site(real_site)
    for slug, quotation in argument().quotations.items():
        marks = pages[f"sources/{quotation.source}.html"].all("mark")
        anchors = [one for mark in marks for one in mark.every() if one.attributes.get("id") == f"passage-{slug}"]
        assert len(anchors) == 1, slug


def test_scores_are_called_what_the_settings_call_them(real_site: Path) -> None:
    """On the page of each risk, which is scored whole."""
    pages = site(real_site)
    for risk in argument().points["risks"]:
        assert f"With the block: {risk.score_now}." in pages[risk.address].text
        assert f"Open, with a policy: {risk.score}." in pages[risk.address].text


def test_nothing_stands_by_waiver() -> None:
    """The real argument gives no reason for a missing answer, and needs none."""
    found = argument()
    points = [point for row in found.points.values() for point in row]
    items = [*points, *found.sources.values(), *found.quotations.values()]
    assert [item.slug for item in items for key in WAIVERS if getattr(item, key, "")] == []
    assert [table.id for table in found.comparisons.values() if table.one_sided] == []


def test_evidence_against_is_quoted_as_well_as_evidence_for() -> None:
    """A fair reader can count."""
    sides = Counter(quotation.side for quotation in argument().quotations.values())
    assert sides["against"] + sides["both"] >= sides["for"] / 2


def test_no_excerpt_is_longer_than_may_be_quoted() -> None:
    """25 words at most, but for the post, which its author wrote and this site answers."""
    long = [
        (key, excerpt)
        for key, source in argument().sources.items()
        for excerpt in source.excerpts
        if key != "williams-2013" and len(plain(excerpt.html).split()) > 25
    ]
    assert long == []


def test_the_post_is_on_its_page_to_the_letter() -> None:
    """Each of its paragraphs stands in the source that holds it, and on the page that answers it."""
    page = folded(plain(argument().pages["post"].origin.body))
    words = [plain(excerpt.html) for excerpt in argument().sources["williams-2013"].excerpts]
    missing = [excerpt for excerpt in words if folded(excerpt) not in page]
    assert missing == []


def test_every_link_leads_somewhere_from_any_folder_and_from_disk(real_site: Path) -> None:
    """Links are relative, name a file and not a folder, and a fragment is there."""
    pages = site(real_site)
    ids = {
        name: {element.attributes["id"] for element in page.every() if "id" in element.attributes} for name, page in pages.items()
    }
    wrong = []
    for name, page in pages.items():
        for element in page.every():
            for target in (element.attributes.get("href"), element.attributes.get("src")):
                if re.search(r"\s", target or ""):  # a space in an address is no valid HTML
                    wrong.append(f"{name} -> {target}")
                if target is None or re.match("https?:|mailto:|data:", target):
                    continue
                path, _, fragment = target.partition("#")
                file = (real_site / name).parent.joinpath(path).resolve() if path else real_site / name
                relative = file.relative_to(real_site).as_posix() if file.is_relative_to(real_site) else ""
                if not file.is_file() or target.startswith("/") or (fragment and fragment not in ids.get(relative, ())):
                    wrong.append(f"{name} -> {target}")
    assert wrong == []


def test_every_source_is_listed_once_on_one_of_the_pages_that_share_them_out(real_site: Path) -> None:
    pages = ("sources.html", "sources-from-n.html")
    listed = {name: [link.attributes["href"] for link in linked(site(real_site)[name], "listing__title")] for name in pages}
    everything = sorted(source.address for source in argument().sources.values())
    assert sorted(address for found in listed.values() for address in found) == everything
    assert {name: (found[0], found[-1]) for name, found in listed.items()} == {
        "sources.html": ("sources/acas-2011.html", "sources/moorley-chinn-2014.html"),
        "sources-from-n.html": ("sources/nao-2017.html", "sources/youtube-2023.html"),
    }


def test_every_page_can_be_reached_from_the_home_page(real_site: Path) -> None:
    """Nobody has to know an address."""
    pages = site(real_site)
    reached, todo = set(), ["index.html"]
    while todo:
        name = todo.pop()
        if name in reached:
            continue
        reached.add(name)
        for link in pages[name].all("a"):
            target = link.attributes["href"].partition("#")[0]
            if target.endswith(".html") and not re.match("https?:", target):
                todo.append((real_site / name).parent.joinpath(target).resolve().relative_to(real_site).as_posix())
    assert set(present(real_site)) - reached == set()


def test_no_id_stands_twice_on_a_page(real_site: Path) -> None:
    """An address is the address of one thing."""
    twice = []
    for name, page in site(real_site).items():
        count = Counter(element.attributes["id"] for element in page.every() if element.attributes.get("id"))
        twice += [(name, key) for key, number in count.items() if number > 1]
    assert twice == []


def test_no_page_asks_another_host_for_anything(real_site: Path) -> None:
    """The site must read perfectly behind the filter: no script, style or picture from elsewhere, none in the page.

    Each page has one script, of the site's own; what else stands in a script element is data.
    """
    files = {path.name for path in (real_site / "theme").glob("*.js")}
    for name, page in site(real_site).items():
        scripts = [script.attributes for script in page.all("script") if script.attributes.get("type") != "application/ld+json"]
        (src,) = (script.pop("src") for script in scripts)
        assert scripts == [{"defer": ""}], name
        assert src.startswith(f"{'../' * name.count('/')}theme/"), name
        assert src.rpartition("/")[2] in files, name
        assert not page.all("style"), name
        for element in page.every():
            assert "style" not in element.attributes, name
            if element.tag in ("img", "link", "source", "iframe"):
                source = element.attributes.get("src") or element.attributes.get("href") or ""
                assert not re.match("(https?:)?//", source), name


def test_every_table_says_what_its_cells_are(real_site: Path) -> None:
    """A caption, headers with scope, an address for the table and each row, no empty cell."""
    count = 0
    for name, page in site(real_site).items():
        for table in page.all("table"):
            count += 1
            assert table.all("caption")[0].text, name
            assert all(header.attributes.get("scope") in ("col", "row") and header.text for header in table.all("th")), name
            assert all(row.attributes.get("id") for row in table.all("tbody")[0].all("tr")), name
            assert all(cell.text for cell in table.all("td")), name
    assert count >= 5


def test_every_card_is_a_figure_with_quotation_and_caption(real_site: Path) -> None:
    """Speaker, source with date and place in it, a link to the live source, and the card's own address, unless it is there."""
    figures = [(name, figure) for name, page in site(real_site).items() for figure in page.all("figure")]
    cards = [(name, figure) for name, figure in figures if figure.attributes["class"] == "quotation-card"]
    assert len(cards) > 15
    for name, card in cards:
        assert [child.tag for child in card.children] == ["blockquote", "figcaption"]
        links = [link.attributes["href"] for link in card.all("a")]
        assert any("sources/" in link for link in links)
        assert any("quotations/" in link for link in links) is not name.startswith("quotations/")
        assert any(link.startswith("http") for link in links)


def test_two_builds_are_the_same_bytes(real_site: Path, tmp_path: Path) -> None:
    """What is published depends on the content alone."""
    assert build(ROOT, "-o", str(tmp_path / "again")).returncode == 0
    first, second = real_site, tmp_path / "again"
    names = sorted(path.relative_to(first).as_posix() for path in first.rglob("*") if path.is_file())
    assert names == sorted(path.relative_to(second).as_posix() for path in second.rglob("*") if path.is_file())
    assert filecmp.cmpfiles(first, second, names, shallow=False) == (names, [], [])


@pytest.mark.parametrize("folder", ["plugins", "theme"])
def test_code_and_theme_know_nothing_of_this_argument(folder: str) -> None:
    """Another argument builds with both untouched."""
    words = re.compile(r"\bNHS\b|\btrust\b|twitter|facebook|social media|health", re.I)
    files = [path for path in (ROOT / folder).rglob("*") if path.suffix in (".py", ".html", ".css", ".svg")]
    assert files
    # The names of a service's own metadata are no words of ours.
    assert [path.name for path in files if words.search(path.read_text("utf-8").replace('"twitter:card"', ""))] == []
