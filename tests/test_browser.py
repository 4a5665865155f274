"""What readers meet, in a real browser: nothing that axe finds wrong, nothing wider than the window, keys that lead on."""

from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import KINDS

# WCAG 1.4.12: text may be spaced so by the reader without anything being lost.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    """A page of the browser as wide as the narrowest that must do (WCAG 1.4.10)."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


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
    assert narrow.evaluate("getComputedStyle(document.querySelector('.comparison tbody tr')).display") == "block"
    told = roles(narrow)
    assert {role: told[role] for role in ("table", "row", "columnheader", "rowheader", "cell")} == {
        "table": 1,
        "row": 5,
        "columnheader": 5,
        "rowheader": 4,
        "cell": 16,
    }


def test_a_table_is_a_table_to_look_at_where_there_is_room(browser: Browser, real_site: Path) -> None:
    """Columns beside each other."""
    page = browser.new_page(viewport={"width": 1280, "height": 900})
    page.goto((real_site / "positions.html").as_uri())
    assert page.evaluate("getComputedStyle(document.querySelector('.comparison tbody tr')).display") == "table-row"
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
    narrow.goto((real_site / "positions-on-safety.html").as_uri() + "#positions-on-safety--security")
    marked = narrow.locator(".comparison tbody tr:target")
    assert marked.get_by_role("rowheader").inner_text().startswith("Security")
    assert marked.evaluate("row => getComputedStyle(row).boxShadow") != "none"


def test_marks_are_told_apart_where_colours_are_forced(browser: Browser, real_site: Path) -> None:
    """The row that is meant, the page that one is on, and the passage that is quoted, without grounds and shadows."""
    context = browser.new_context(viewport={"width": 1280, "height": 900}, forced_colors="active", color_scheme="dark")
    page = context.new_page()
    page.goto((real_site / "positions.html").as_uri() + "#four-positions--staff")
    row = page.locator(".comparison tbody tr:target")
    assert row.evaluate("row => getComputedStyle(row).outlineStyle") == "solid"
    assert row.evaluate("row => getComputedStyle(row).outlineColor") == page.evaluate("getComputedStyle(document.body).color")
    links = "[...document.querySelectorAll('.site-nav__link')]"
    edges = page.evaluate(f"{links}.map(link => [link.ariaCurrent !== null, getComputedStyle(link).borderBlockEndColor])")
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert all((edge != ground) is current for current, edge in edges)
    page.goto((real_site / "sources/bmj-2018.html").as_uri())
    assert page.locator("mark").first.evaluate("mark => getComputedStyle(mark).backgroundColor") != ground
    context.close()


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
