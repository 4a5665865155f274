"""What readers meet, in a real browser: nothing that axe finds wrong, nothing wider than the window, keys that lead on."""

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import KINDS
from serving import served

# WCAG 1.4.12: text may be spaced so by the reader without anything being lost.
SPACED = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important }"
# How wide each page is in a frame as wide as a phone, as it comes and with a style of the reader's own; some at once.
WIDTHS = """async ([names, css]) => {
    const found = {};
    const look = name => new Promise(done => {
        const frame = document.createElement('iframe');
        Object.assign(frame, { width: 320, height: 700, src: name });
        frame.style.border = 0;
        frame.onload = () => {
            const page = frame.contentDocument, width = () => page.documentElement.scrollWidth, before = width();
            const own = new frame.contentWindow.CSSStyleSheet();
            own.replaceSync(css);
            page.adoptedStyleSheets = [own];
            found[name] = [before, width()];
            frame.remove();
            done();
        };
        document.body.append(frame);
    });
    while (names.length) await Promise.all(names.splice(0, 8).map(look));
    return found;
}"""


@pytest.fixture(scope="module")
def narrow(browser: Browser) -> Iterator[Page]:
    """A page of the browser as wide as the narrowest that must do (WCAG 1.4.10)."""
    context = browser.new_context(viewport={"width": 320, "height": 700})
    yield context.new_page()
    context.close()


def test_no_page_is_wider_than_a_phone_and_the_browser_complains_of_none(browser: Browser, real_site: Path) -> None:
    """No sideways scrolling at 320 pixels, with the reader's own text spacing either; no error, no request that fails."""
    names = [path.relative_to(real_site).as_posix() for path in sorted(real_site.rglob("*.html"))]
    # Not the page of a row: its cells are those of the table, and one of them is looked at.
    names = [name for name in names if "--" not in name or name.endswith("--youtube.html")]
    context = browser.new_context()
    tab, said = context.new_page(), []
    tab.on("console", lambda message: said.append(message.text))
    tab.on("requestfailed", lambda request: said.append(f"{request.failure} {request.url}"))
    with served(real_site) as host:
        context.route(f"{host}/frames", lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html"))
        tab.goto(f"{host}/frames")
        found = tab.evaluate(WIDTHS, [names, SPACED])
    context.close()
    assert found.keys() == set(names)
    assert {name: widths for name, widths in found.items() if max(widths) > 320} == {}
    assert said == []


def test_from_disk_the_browser_complains_of_nothing(browser: Browser, real_site: Path) -> None:
    """No error on the console, no failed request, on a page of each kind."""
    context, said = browser.new_context(), []
    context.on("console", lambda message: said.append(message.text))
    context.on("requestfailed", lambda request: said.append(f"{request.failure} {request.url}"))
    for some in batched(KINDS, 8):  # a page is idle half a second after its last request: these wait together
        tabs = [context.new_page() for _ in some]
        for tab, name in zip(tabs, some, strict=True):
            tab.goto((real_site / name).as_uri())
        for tab in tabs:
            tab.wait_for_load_state("networkidle")
            tab.close()
    context.close()
    assert said == []


def batched(names: Sequence[str], size: int) -> Iterator[Sequence[str]]:
    return (names[begin : begin + size] for begin in range(0, len(names), size))


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
