"""What readers meet, in a real browser: nothing that axe finds wrong, nothing wider than the window, keys that lead on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from building import COMPONENTS

WIDTHS = (320, 768, 1280)
KINDS = (
    "index.html",
    "guidance.html",
    "risks.html",
    "positions.html",
    "record.html",
    "post.html",
    "map.html",
    "timeline.html",
    "numbers.html",
    "with-and-without.html",
    "glossary.html",
    "responses.html",
    "updates.html",
    "sources.html",
    "quotations.html",
    "tables/four-positions.html",
    "tables/four-positions--security.html",
    "guidance/not-alone.html",
    "risks/confidentiality.html",
    "risks/malware-and-phishing.html",
    "benefits/professional-networks.html",
    "updates/the-argument-in-full.html",
    "sources/bmj-2018.html",
    "sources/williams-2013.html",
    "quotations/only-a-quarter.html",
)
AXE = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "rules": {"target-size": {"enabled": True}},
    "resultTypes": ["violations"],
}
# WCAG 1.4.12: text may be spaced so by the reader without anything being lost.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture(scope="module", params=["light", "dark"])
def tab(browser: Browser, request: pytest.FixtureRequest) -> Iterator[Page]:
    """A page of the browser, in light and in dark."""
    context = browser.new_context(color_scheme=request.param)
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    """A page of the browser as wide as the narrowest that must do (WCAG 1.4.10)."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


def violations(tab: Page) -> list[str]:
    """What axe finds wrong on the page at each width."""
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        violated = Axe().run(tab, options=AXE).response["violations"]
        found += [f"{width}: {violation['id']}: {violation['nodes'][0]['html'][:120]}" for violation in violated]
    return found


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_on_each_kind_of_page(name: str, tab: Page, real_site: Path) -> None:
    """All rules of WCAG 2.2 A and AA and axe's best practices, at three widths."""
    tab.goto((real_site / name).as_uri())
    assert violations(tab) == []


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_on_paper(name: str, browser: Browser, real_site: Path) -> None:
    """The same as it is printed, on A4: links in a file made from the page are still links."""
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto((real_site / name).as_uri())
    violated = Axe().run(page, options=AXE).response["violations"]
    page.close()
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violated] == []


@pytest.mark.parametrize("name", [component.name for component in COMPONENTS])
def test_axe_finds_nothing_in_each_component(name: str, tab: Page, small_output: Path) -> None:
    """Every component example goes through axe."""
    tab.goto((small_output / f"{name}.html").as_uri())
    assert violations(tab) == []


@pytest.mark.parametrize(
    "name",
    [
        "responses.html",
        "updates.html",
        "risks/cost.html",
        "responses/heating-is-not-all.html",
        "updates/a-new-page.html",
        "hall.html",
    ],
)
def test_axe_finds_nothing_where_readers_answer(name: str, tab: Page, answered_output: Path) -> None:
    """Responses and updates, on their own pages, in lists and under what they answer."""
    tab.goto((answered_output / name).as_uri())
    assert violations(tab) == []
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


def test_no_page_is_wider_than_a_phone(narrow: Page, real_site: Path) -> None:
    """No sideways scrolling at 320 pixels, with the reader's own text spacing either."""
    too_wide = []
    for path in sorted(real_site.rglob("*.html")):
        if "--" in path.stem and not path.stem.endswith("--youtube"):
            continue  # the page of a row: its cells are those of the table, and one of them is looked at
        narrow.goto(path.as_uri())
        wide = narrow.evaluate("document.documentElement.scrollWidth")
        narrow.evaluate("css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }", SPACED)
        spaced = narrow.evaluate("document.documentElement.scrollWidth")
        if max(wide, spaced) > 320:
            too_wide.append((path.relative_to(real_site).as_posix(), wide, spaced))
    assert too_wide == []


def roles(tab: Page) -> Counter[str]:
    """How often each role stands in the browser's own accessibility tree, which screen readers are given."""
    tree = tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")
    return Counter(node["role"]["value"] for node in tree["nodes"] if not node["ignored"])


def test_a_table_stays_a_table_for_a_screen_reader_on_a_phone(narrow: Page, real_site: Path) -> None:
    """Its rows become blocks to look at; its rows, cells and headers are still told as such."""
    narrow.goto((real_site / "positions.html").as_uri())
    assert narrow.evaluate("getComputedStyle(document.querySelector('.comparison__row')).display") == "block"
    told = roles(narrow)
    assert {role: told[role] for role in ("table", "row", "columnheader", "rowheader", "cell")} == {
        "table": 1,
        "row": 12,
        "columnheader": 5,
        "rowheader": 11,
        "cell": 44,
    }


def test_a_table_is_a_table_to_look_at_where_there_is_room(browser: Browser, real_site: Path) -> None:
    """Columns beside each other."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((real_site / "positions.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.comparison__row')).display") == "table-row"
    page.close()


def test_the_first_key_leads_to_the_text(narrow: Page, real_site: Path) -> None:
    """The skip link is the first stop of the keyboard, is seen when it has focus, and leads to the main part."""
    narrow.goto((real_site / "index.html").as_uri())
    narrow.keyboard.press("Tab")
    assert narrow.evaluate("document.activeElement.textContent") == "Skip to the text"
    assert narrow.evaluate("document.activeElement.getBoundingClientRect().top") >= 0
    narrow.keyboard.press("Enter")
    assert narrow.url.endswith("#main")


def test_a_link_to_a_row_marks_the_row(narrow: Page, real_site: Path) -> None:
    """Who follows a shared link sees at once which row was meant."""
    narrow.goto((real_site / "positions.html").as_uri() + "#four-positions--security")
    marked = narrow.locator(".comparison__row:target")
    assert marked.get_by_role("rowheader").inner_text().startswith("Security")
    assert marked.evaluate("row => getComputedStyle(row).boxShadow") != "none"


def test_the_browser_complains_of_nothing(browser: Browser, real_site: Path) -> None:
    """No error on the console, no failed request, from disk."""
    page = browser.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("requestfailed", lambda request: said.append(f"{request.failure} {request.url}"))
    for name in KINDS:
        page.goto((real_site / name).as_uri(), wait_until="networkidle")
    page.close()
    assert said == []
