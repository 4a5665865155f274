"""Finding things: from A to Z and by topic, which needs no script, and by a search, which asks for nothing until it is used."""

import gzip
import re
import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from accessibility import AXE
from argument.a_to_z import Entry, a_to_z
from argument.addresses import NOT_FOUND
from argument.model import POINTS
from argument.plain_words import plain
from argument.search import Search, answers, indexed
from argument.search_records import records, text
from argument.store import Store
from argument.theme_files import theme_files
from building import ROOT, build, small_site
from hosts import UNDER
from pages import parse
from test_real_site import argument
from test_redirects import Quiet
from test_responses import of_class

# What a reader looks for, and what must come first.
LOOKED_FOR = {
    "only a quarter of civil servants have open access": "quotations/only-a-quarter.html",
    "“nearly one in four reported being attacked”": "quotations/nearly-one-in-four-attacked.html",
    "Viruses and other malware": "tables/councils-reasons--malware.html",
    "bandwidth": "risks/bandwidth.html",
    "Kerslake": "quotations/only-a-quarter.html",
    "BMA": "tables/glossary--bma.html",
    "MALWARE": "risks/malware-and-phishing.html",
    "how we scored": "with-and-without.html#how-we-scored",
}
WRONG = "addEventListener('securitypolicyviolation', event => console.error(event.violatedDirective, event.blockedURI))"
FIELD = "Search this site"


@pytest.fixture(scope="module")
def base(real_site: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real site in a sub-folder of a host."""
    root = tmp_path_factory.mktemp("host")
    (root / UNDER.strip("/")).parent.mkdir(parents=True, exist_ok=True)
    (root / UNDER.strip("/")).symlink_to(real_site)
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}{UNDER}"
        server.shutdown()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    """A page of a browser that has kept nothing; whatever it complains of fails the test."""
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.add_init_script(WRONG)
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("pageerror", lambda error: said.append(str(error)))
    yield page
    context.close()
    assert said == []


def look_for(tab: Page, words: str) -> list[str]:
    """The addresses of what is found, as far as it is shown."""
    tab.get_by_label(FIELD).fill(words)
    tab.get_by_role("status").get_by_text(f"“{words}”").wait_for()
    return [link.get_attribute("href") or "" for link in tab.locator(".search__title").all()]


def test_nothing_is_fetched_until_the_field_is_used(tab: Page, base: str) -> None:
    """Then all of it from the site itself, and within its policy; and nothing moves when the field comes."""
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{base}/a-z.html", wait_until="networkidle")
    assert [re.sub(r".*/|\.[0-9a-f]{8}(?=\.)", "", url) for url in asked] == ["a-z.html", "site.css", "find-field.js"]
    moved = """() => new Promise(done => {
        new PerformanceObserver(list => done(list.getEntries().length)).observe({type: "layout-shift", buffered: true});
        setTimeout(done, 100, 0);
    })"""
    assert tab.evaluate(moved) == 0
    assert look_for(tab, "bandwidth")
    assert [url for url in asked if "/search/pagefind.js" in url] == [f"{base}/search/pagefind.js"]
    assert [url for url in asked if not url.startswith(f"{base}/")] == []


def test_what_is_looked_for_comes_first(tab: Page, base: str) -> None:
    """A phrase leads to the quotation, the name of a row to the row, a heading to its section, and each says what it is."""
    tab.goto(f"{base}/a-z.html")
    assert {words: look_for(tab, words)[0] for words in LOOKED_FOR} == LOOKED_FOR
    look_for(tab, "Kerslake")
    first = tab.locator(".search__result").first
    assert first.locator(".search__kind").inner_text().startswith("Quotation: ")
    assert first.locator("mark").all_inner_texts() == ["Kerslake,"]
    first.get_by_role("link").click()
    assert tab.url == f"{base}/quotations/only-a-quarter.html"


def test_a_search_can_be_sent_and_come_back_to(tab: Page, base: str) -> None:
    """Its words are in the address, with which the same is found."""
    tab.goto(f"{base}/a-z.html")
    look_for(tab, "Kerslake")
    assert tab.url == f"{base}/a-z.html?q=Kerslake"
    tab.locator(".search__title").first.click()
    tab.go_back()
    tab.get_by_role("status").get_by_text("“Kerslake”").wait_for()
    assert tab.get_by_label(FIELD).input_value() == "Kerslake"
    tab.get_by_label(FIELD).fill("")
    tab.locator(".search__title").first.wait_for(state="detached")
    assert tab.url == f"{base}/a-z.html"


def test_what_is_not_there_is_said_and_the_a_to_z_offered(tab: Page, base: str) -> None:
    tab.goto(f"{base}/a-z.html?q=zzqq")
    status = tab.get_by_role("status")
    status.get_by_text("Nothing was found for “zzqq”.").wait_for()
    assert look_for(tab, "bandwidth zzqq") == look_for(tab, "bandwith") == []
    status.get_by_role("link", name="A–Z below").click()
    assert tab.url.endswith("#a-z")
    assert tab.evaluate("document.getElementById('a-z').getBoundingClientRect().top") < 100


def test_more_is_shown_by_the_keyboard(tab: Page, base: str) -> None:
    """Ten at once; the key that asks for more goes on with the first of them."""
    tab.goto(f"{base}/a-z.html")
    assert len(look_for(tab, "policy")) == 10
    tab.get_by_role("button", name="Show more").press("Enter")
    tab.locator(".search__result:nth-child(11) a:focus").wait_for()
    assert tab.locator(".search__result").count() == 20


def test_one_key_leads_to_the_search_from_any_page(tab: Page, base: str) -> None:
    """Not while somebody writes, nor with another key; and it can be switched off, which is kept."""
    field = tab.get_by_label(FIELD)
    tab.goto(f"{base}/tables/by-tool--youtube.html")
    tab.keyboard.press("Control+/")
    tab.keyboard.press("/")
    tab.wait_for_url(f"{base}/a-z.html#search")
    field.press("/")
    assert field.input_value() == "/"
    field.fill("")
    field.blur()
    tab.keyboard.press("/")
    assert tab.evaluate("document.activeElement.id") == "search"
    tab.get_by_label("on any page").uncheck()
    tab.reload()
    assert not tab.get_by_label("on any page").is_checked()
    tab.goto(f"{base}/risks/bandwidth.html")
    tab.keyboard.press("/")
    tab.wait_for_timeout(100)
    assert tab.url == f"{base}/risks/bandwidth.html"


def test_without_a_script_and_from_disk_there_is_the_a_to_z_alone(browser: Browser, base: str, real_site: Path) -> None:
    """No field that does nothing; from disk its key does nothing either."""
    for where, scripted in ((base, False), (real_site.as_uri(), False), (real_site.as_uri(), True)):
        context = browser.new_context(java_script_enabled=scripted, viewport={"width": 320, "height": 700})
        page = context.new_page()
        page.goto(f"{where}/index.html")
        page.keyboard.press("/")
        page.get_by_role("link", name="Find", exact=True).click()
        assert page.url == f"{where}/a-z.html"
        assert page.get_by_role("searchbox").count() == page.get_by_role("checkbox").count() == 0
        page.get_by_role("link", name="B", exact=True).click()
        page.get_by_role("listitem").filter(has_text="Bandwidth (risk)").get_by_role("link").click()
        assert page.get_by_role("heading", level=1).inner_text() == "Bandwidth"
        context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_among_results(scheme: str, browser: Browser, base: str) -> None:
    """At both ends of the widths; and no line is wider than a phone. Without results the page is looked at with all others."""
    context = browser.new_context(color_scheme=scheme)
    page = context.new_page()
    page.goto(f"{base}/a-z.html")
    look_for(page, "bandwidth")
    for width in (320, 1280):
        page.set_viewport_size({"width": width, "height": 900})
        violated = Axe().run(page, context=".search", options=AXE).response["violations"]
        assert [f"{width}: {one['id']}: {one['nodes'][0]['html'][:120]}" for one in violated] == []
        assert page.evaluate("document.documentElement.scrollWidth") == width
    context.close()


def test_the_way_to_it_makes_no_head_higher(browser: Browser, real_site: Path) -> None:
    """All in one row beside the name: shut on a phone, open where there is room, also in the larger type of a large screen."""
    page = browser.new_page()
    page.goto((real_site / "risks/bandwidth.html").as_uri())
    heights = []
    for width in (320, 1100, 1280, 1440, 2000):
        page.set_viewport_size({"width": width, "height": 700})
        name, way = (page.locator(f".site-header__{one}").bounding_box() for one in ("name", "find"))
        assert way["y"] < name["y"] + name["height"] / 2 < way["y"] + way["height"], width
        heights.append(page.locator(".site-header").bounding_box()["height"])
    page.close()
    assert max(heights) < 90


def test_only_the_page_of_the_search_lets_it_compile(real_site: Path) -> None:
    """Every other page lets run what the site itself has written, and nothing more."""
    lax = [path.name for path in real_site.rglob("*.html") if "unsafe" in path.read_text("utf-8").partition("<title>")[0]]
    assert lax == ["a-z.html"]


def test_the_script_of_every_page_is_small() -> None:
    """One request of at most a kilobyte, for all that pages do by script."""
    scripts = theme_files(ROOT / "theme", "theme").scripts
    assert len(gzip.compress(scripts["find"].encode(), 6)) < 400
    assert len(gzip.compress(f"{scripts['find']}\n{scripts['share']}".encode(), 6)) < 1000


def test_every_thing_is_in_the_a_to_z(real_site: Path) -> None:
    """Points, pages, tables, pictures, whoever is quoted, and the words of the glossary: each where it is, under its letter."""
    found = argument()
    page = parse(real_site / "a-z.html")
    linked = {link.attributes["href"] for link in page.all("a")}
    named = " ".join(link.text for link in page.all("a"))
    for folder in POINTS:
        assert {point.address for point in found.points[folder]} <= linked
    assert {one.address for one in found.pages.values()} - linked == set()
    assert {quotation.address for quotation in found.quotations.values()} <= linked
    assert {one.place for one in found.share_pages if not one.row} <= linked
    assert all(plain(row.heading) in named for name in ("glossary", "words") for row in found.comparisons[name].rows)
    assert all(picture.caption in named for picture in found.pictures.values())
    letters = {letter.name: [entry.words for entry in letter.entries] for letter in a_to_z(found)}
    assert "Kerslake, Sir Bob" in letters["K"]
    assert [letters[letter] for letter in letters] == [
        sorted(letters[letter], key=lambda one: Entry(one, "").key) for letter in letters
    ]


@pytest.mark.parametrize(
    ("words", "key"),
    [
        ("The post of 2013", "post of 2013"),
        ("What the board is asked to decide", "board is asked to decide"),
        ("How to respond", "respond"),
        ("“Égalité”", "egalite"),
        ("A–Z", "az"),
        ("Who", "who"),
        ("@somebody", "somebody"),
    ],
)
def test_what_nobody_looks_for_does_not_count_in_the_alphabet(words: str, key: str) -> None:
    assert Entry(words, "").key == key


def test_each_thing_is_found_once_and_where_it_is(real_site: Path) -> None:
    """Every record leads to a page and a part of it that are there, and no text of some length is in two of them."""
    found = list(records(argument()))
    for record in found:
        page, _, fragment = record.address.partition("#")
        assert (real_site / page).is_file()
        assert page != NOT_FOUND
        assert not fragment or f' id="{fragment}"' in (real_site / page).read_text("utf-8")
        assert record.title
        assert "<" not in record.words
    assert len({record.address for record in found}) == len(found)
    for quotation in argument().quotations.values():
        words = text(quotation.origin.body)
        own = (quotation.address, f"sources/{quotation.source}.html")
        assert [record.address for record in found if words in record.words and record.address in own] == [quotation.address]
    row = next(one for one in argument().share_pages if one.row and not one.row.about)
    words = plain(row.cells[-1][1].prose)
    assert [record.address for record in found if words in record.words] == [row.address]


def test_the_same_things_give_the_same_index_and_are_indexed_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A build that changes nothing does not run Pagefind."""
    some = tuple(records(argument()))[:200]
    first, problems = Search(lambda: some, "en", Store(tmp_path)).files()
    assert problems == []
    assert {name.partition("_")[0] for name in indexed(some, "en")} >= {"fragment/en", "index/en"}
    assert Search(lambda: some, "en", Store(tmp_path / "another")).files()[0] == first
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: "no-such-program")
    assert Search(lambda: some, "en", Store(tmp_path)).files() == (first, [])
    assert Search(lambda: some[1:], "en", Store(tmp_path)).files()[1] != []


def test_what_pagefind_refuses_is_told() -> None:
    with pytest.raises(RuntimeError):
        list(answers([{"type": "NoSuchMessage"}]))


@pytest.fixture(scope="module")
def topical(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with topics, a table and a response that bear on a point, and no search."""
    folder = small_site(tmp_path_factory.mktemp("topical"))
    content = folder / "content"
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write("ARGUMENT_SEARCH = False\n")
    cost = content / "risks/cost.md"
    cost.write_text(cost.read_text("utf-8").replace("Order:", "Topics: Money, Staff\nOrder:", 1), "utf-8")
    head = "Title: {}\nDescription: D.\n{}\n\n"
    (content / "pages/topics.md").write_text(head.format("Topics", "Template: topics\nTopics: Staff"), "utf-8")
    (content / "pages/find.md").write_text(head.format("Find", "Template: a-z"), "utf-8")
    table = "/// comparison | The bill\n    id: bill\n    answers: risks/cost\n\n"
    table += "| What | How much |\n|---|---|\n| Wages | (~) some |\n///\n"
    (content / "pages/money.md").write_text(head.format("Money matters", "Topics: Money") + table, "utf-8")
    (content / "responses").mkdir()
    letter = "Title: Too dear\nBy: R.\nDate: 2025-01-02\nTo: quotations/never-in-the-week\nSupports: risks/cost\n\nToo dear.\n"
    (content / "responses/too-dear.md").write_text(letter, "utf-8")
    quotation = content / "quotations/never-in-the-week.md"
    quotation.write_text(quotation.read_text("utf-8").replace("Side:", "Contradicts: risks/cost\nSide:", 1), "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "output"


def test_what_bears_on_something_has_its_topics(topical: Path) -> None:
    """Points first, then pages, tables, quotations and responses."""
    page = parse(topical / "topics.html")
    heads = [head.attributes["id"] for head in page.all("h2")][:2]
    listed = [[link.attributes["href"] for link in one.all("a")] for one in of_class(page, "a-z__list")]
    assert dict(zip(heads, listed, strict=True)) == {
        "money": [
            "risks/cost.html",
            "money.html",
            "tables/bill.html",
            "quotations/never-in-the-week.html",
            "responses/too-dear.html",
        ],
        "staff": [
            "risks/cost.html",
            "topics.html",
            "tables/bill.html",
            "quotations/never-in-the-week.html",
            "responses/too-dear.html",
        ],
    }


def test_a_site_may_do_without_a_search(topical: Path) -> None:
    """The A–Z stays, and no page runs a script for what is not there."""
    assert not (topical / "search").exists()
    page = parse(topical / "find.html")
    assert of_class(page, "search") == []
    assert [link for link in page.all("a") if link.attributes["href"] == "money.html"]
    scripts = [script.attributes for script in page.all("script") if "src" in script.attributes]
    assert scripts == []
    assert "script-src" not in (topical / "find.html").read_text("utf-8")


def test_a_word_is_found_as_one_on_every_page_of_the_glossary() -> None:
    """That of abbreviations, and what goes on from it; other rows are rows."""
    whole = argument()
    kinds = {record.address: record.kind for record in records(whole)}
    words = ("glossary.html#glossary--acas", "words.html#words--allow-list")
    assert [kinds[whole.shared[word]] for word in words] == ["Word explained", "Word explained"]
    assert kinds["tables/four-positions--security.html"] == "Row of a table"
