"""Who follows an old link arrives: by a web server in a sub-folder and from disk, with script and without."""

import threading
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page

from accessibility import AXE
from building import TESTS, build, small_site
from pages import parse
from serving import Quiet

# What was published, and where a reader must arrive.
LEADS = {
    "timetable.html": "hours.html",
    "timetable.html#hours": "hours.html#hours",
    "timetable.html#hours--sunday": "hours.html#hours--sunday",
    "timetable.html#a-heading": "hours.html#a-heading",
    "timetable.html#people": "hours.html#staff",
    "timetable.html#people--monday": "hours.html#staff--monday",
    "timetable.html#people--friday": "hours.html#staff",
    "risks/bill.html": "risks/noise.html",
    "risks/bill.html#more": "risks/noise.html#more",
    "quotations/quiet.html": "quotations/quiet-then.html",
}
# Fragments that no address has: without script they are lost, and the page itself is reached.
HEADINGS = ("timetable.html#a-heading", "risks/bill.html#more")
# On pages that are there: the old id, and the id of the thing that has it now, or the page where it is.
ANCHORS = {
    "hours.html#wages": "staff",
    "hours.html#wages--monday": "staff--monday",
    "hours.html#opening": "main",
    "risks.html#risks-compared--bill": "risks-compared--noise",
}


@pytest.fixture(scope="module")
def moved(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with things that were called otherwise before, built."""
    folder = small_site(tmp_path_factory.mktemp("moved"), TESTS / "moved")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "output"


@pytest.fixture(scope="module", params=["http", "file"])
def base(moved: Path, request: pytest.FixtureRequest) -> Iterator[str]:
    """Where the site stands: in a sub-folder of a host, and on disk."""
    if request.param == "file":
        yield moved.as_uri()
        return
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=moved.parent)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/{moved.name}"
        server.shutdown()


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def plain(browser: Browser) -> Iterator[Page]:
    """A page of a browser that runs no script."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


@pytest.mark.parametrize("old", LEADS)
def test_an_old_link_goes_on_with_its_fragment(old: str, base: str, tab: Page) -> None:
    """Where scripts run, nobody has to click; the browser complains of nothing."""
    said: list[str] = []

    def listen(message: ConsoleMessage) -> None:
        said.append(message.text)

    tab.on("console", listen)
    tab.goto(f"{base}/{old}")
    tab.wait_for_url(f"{base}/{LEADS[old]}")
    tab.remove_listener("console", listen)
    assert said == []


@pytest.mark.parametrize("old", LEADS)
def test_an_old_link_leads_on_without_script(old: str, base: str, plain: Page) -> None:
    """By itself where no part of the page is known, else by the link that the fragment, or else the page, shows."""
    page = plain
    page.goto("about:blank")  # so that a fragment of the same page is gone to as well
    page.goto(f"{base}/{old}")
    name, _, fragment = old.partition("#")
    if name == "timetable.html":
        page.locator("main p a" if old in HEADINGS or not fragment else f"#{fragment} a").click()
    page.wait_for_url(f"{base}/{LEADS[old].partition('#')[0] if old in HEADINGS else LEADS[old]}")


@pytest.mark.parametrize("old", ANCHORS)
def test_an_old_id_stands_where_its_thing_is_on_the_same_page(old: str, moved: Path) -> None:
    """Nothing has to be clicked: the browser scrolls there."""
    name, _, fragment = old.partition("#")
    (now,) = (element for element in parse(moved / name).every() if element.attributes.get("id") == ANCHORS[old])
    assert [element.attributes.get("id") for element in now.every()].count(fragment) == 1


def test_a_page_says_where_what_it_had_is_now(moved: Path) -> None:
    """A table that has moved to another page has left its address behind, and so has each row."""
    parts = {
        part.attributes["id"]: part.all("a")[0].attributes["href"]
        for part in parse(moved / "benefits.html").all("span")
        if part.attributes.get("class") == "moved__part"
    }
    assert parts == {"staff": "hours.html#staff", "staff--monday": "hours.html#staff--monday"}


def test_a_marked_row_is_marked_by_its_old_address_too(moved: Path, browser: Browser) -> None:
    page = browser.new_page()
    page.goto((moved / "hours.html").as_uri() + "#wages--monday")
    row = page.locator("#staff--monday")
    assert row.evaluate("row => getComputedStyle(row).boxShadow") != "none"
    page.close()


def test_a_redirect_is_plain_and_says_what_it_is(moved: Path) -> None:
    """Canonical is where it leads; it is in no search; one script from the site itself, and this one only here."""
    for name, now in (("timetable.html", "hours.html"), ("risks/bill.html", "../risks/noise.html")):
        page = parse(moved / name)
        assert [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "canonical"] == [now]
        assert [meta.attributes["content"] for meta in page.all("meta") if meta.attributes.get("name") == "robots"] == ["noindex"]
        (script,) = (path.name for path in (moved / "theme").glob("redirect.*.js"))
        assert [one.attributes["src"] for one in page.all("script")] == [f"{'../' * name.count('/')}theme/{script}"]
    scripts = [script.attributes["src"] for script in parse(moved / "hours.html").all("script") if "src" in script.attributes]
    assert not [src for src in scripts if "redirect" in src]


def test_a_redirect_goes_on_at_once_only_if_it_loses_nothing(moved: Path) -> None:
    """A refresh would drop the fragment of a part that the page knows (HTML, "shared declarative refresh steps")."""
    assert parse(moved / "risks/bill.html").all("noscript")
    assert not parse(moved / "timetable.html").all("noscript")


def test_a_canonical_address_is_whole_where_the_site_has_one(tmp_path: Path) -> None:
    folder = small_site(tmp_path, TESTS / "moved")
    assert build(folder, "-e", 'SITEURL="https://example.org/case"').returncode == 0
    assert '<link rel="canonical" href="https://example.org/case/risks/noise.html">' in (
        folder / "output/risks/bill.html"
    ).read_text("utf-8")


def test_a_site_without_redirects_has_no_script_for_them(small_output: Path) -> None:
    assert [path.name.partition(".")[0] for path in small_output.rglob("*.js")] == ["share"]


def test_axe_finds_nothing_on_a_redirect_and_on_what_has_moved(moved: Path, browser: Browser) -> None:
    """Scripts of the page itself are off; axe has its own."""
    context = browser.new_context()
    context.route("**/redirect.*.js", lambda route: route.abort())
    page = context.new_page()
    for name in ("timetable.html", "benefits.html", "hours.html"):
        page.goto((moved / name).as_uri())
        assert [violation["id"] for violation in Axe().run(page, options=AXE).response["violations"]] == [], name
    context.close()
