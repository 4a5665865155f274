"""A walk with the keyboard over every component, in a real browser."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accessibility import tab_of
from test_tables import wait_until

# Where each key has led to, kept by the page itself.
KEEP = """() => {
    window.stops = [];
    addEventListener('keyup', () => stops.push(document.activeElement));
}"""
WALKED = """() => {
    const all = [...document.querySelectorAll('a[href], button, summary, [tabindex="0"]')].filter(one => one.checkVisibility());
    const end = stops.findIndex(stop => stop === document.body);
    const walked = end < 0 ? stops : stops.slice(0, end);
    return { walked: walked.map(one => all.indexOf(one)), all: all.length };
}"""
HERE = """() => {
    const here = document.activeElement;
    return { words: here.textContent.trim(), href: here.getAttribute('href') };
}"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


def opened(tab: Page, path: Path, width: int = 1280) -> Page:
    tab.set_viewport_size({"width": width, "height": 800})
    tab.goto(path.as_uri())
    return tab


def pressed(tab: Page, key: str) -> dict[str, Any]:
    """What has focus after a key."""
    tab.keyboard.press(key)
    here: dict[str, Any] = tab.evaluate(HERE)
    return here


@pytest.mark.parametrize(
    "name",
    ["index", "decision", "positions", "map", "post", "quotations/only-a-quarter", "tables/four-positions", "sources/bmj-2018"],
)
def test_tab_leads_through_a_page_in_its_own_order_and_out_of_it(name: str, tab: Page, real_site: Path) -> None:
    """Through all that can be used, each once; nothing holds the keyboard. It is the order to look at, too: test_reflow.py."""
    opened(tab, real_site / f"{name}.html", 320).evaluate(KEEP)
    count = tab.evaluate(WALKED)["all"]
    for _ in range(count + 1):
        tab.keyboard.press("Tab")
    walked = tab.evaluate(WALKED)["walked"]
    assert walked[:count] == list(range(count))
    assert walked[count:] in ([], [0])  # out of the page, or round to its beginning


@pytest.mark.parametrize("key", ["Enter", "Space"])
def test_whatever_is_folded_opens_and_shuts_by_keyboard(key: str, tab: Page, real_site: Path) -> None:
    """The menu, the list of contents, the picture as a list, and how to cite the page."""
    found = set()
    for name in ("decision", "map"):
        opened(tab, real_site / f"{name}.html", 320)
        for summary in tab.locator("summary").all():
            summary.focus()
            for state in (True, False):
                tab.keyboard.press(key)
                assert summary.evaluate("summary => summary.parentElement.open") is state
            found.add(summary.evaluate("summary => summary.className"))
    assert found == {"site-nav__summary", "contents__summary", "map__summary", "cite-this__summary"}


def test_the_skip_link_leads_into_the_text(tab: Page, real_site: Path) -> None:
    """The next stop after it is in the main part, below nothing, at any width."""
    for width in (320, 1280):
        opened(tab, real_site / "decision.html", width)
        assert pressed(tab, "Tab")["words"] == "Skip to the text"
        tab.keyboard.press("Enter")
        tab.keyboard.press("Tab")
        assert tab.evaluate("document.querySelector('main').contains(document.activeElement)")
        assert tab.evaluate("document.activeElement === document.querySelector('main').querySelector('a[href], summary')") is (
            width == 320
        )


def test_a_citation_leads_to_its_reference_and_back(tab: Page, real_site: Path) -> None:
    """The keyboard goes on from there, and what is meant is marked."""
    opened(tab, real_site / "objections.html")
    cite = tab.locator(".citation > a").nth(3)
    name, reference = cite.get_attribute("id"), cite.get_attribute("href")
    cite.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').matches('.reference')")
    assert tab.evaluate("getComputedStyle(document.querySelector(':target')).boxShadow") != "none"
    while pressed(tab, "Tab")["href"] != f"#{name}":
        assert tab.evaluate("id => document.activeElement.closest('.reference').id === id", reference.removeprefix("#"))
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').id") == name
    assert tab.evaluate("getComputedStyle(document.querySelector(':target')).outlineStyle") == "solid"
    tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.id") == name


def test_a_contents_list_and_a_passage_lead_to_their_places(tab: Page, real_site: Path) -> None:
    opened(tab, real_site / "decision.html")
    link = tab.locator(".contents a").nth(2)
    link.focus()
    tab.keyboard.press("Enter")
    assert tab.evaluate("document.querySelector(':target').tagName") == "H2"
    tab.keyboard.press("Tab")
    assert tab.evaluate(
        "!!(document.querySelector(':target').compareDocumentPosition(document.activeElement) & Node.DOCUMENT_POSITION_FOLLOWING)"
    )
    opened(tab, real_site / "quotations/only-a-quarter.html")
    tab.locator(".quotation-card__check a").focus()
    tab.keyboard.press("Enter")
    tab.wait_for_url("**/sources/**")
    assert tab.evaluate("document.querySelector(':target').matches('mark, mark *')")


def test_ways_on_links_of_pictures_and_permalinks_lead_by_enter(tab: Page, real_site: Path) -> None:
    """From a row to its own page, from a picture to what it shows, and on to the next page."""
    for name, link in (
        ("positions", ".permalink"),
        ("map", ".map__link"),
        ("risks", '[rel="next"]'),
        ("risks", ".breadcrumb__link"),
    ):
        opened(tab, real_site / f"{name}.html").locator(link).first.focus()
        target = tab.evaluate("document.activeElement.href.baseVal ?? document.activeElement.getAttribute('href')")
        tab.keyboard.press("Enter")
        tab.wait_for_url(f"**/{target}")


def test_the_button_copies_by_keyboard_and_says_so(tab: Page, real_site: Path) -> None:
    """A status that screen readers are told of, without focus being moved (4.1.3)."""
    opened(tab, real_site / "quotations/only-a-quarter.html").locator('[data-do="copy"]').focus()
    for key in ("Enter", "Space"):
        tab.evaluate("document.querySelector('[role=status]').textContent = ''")
        tab.keyboard.press(key)
        wait_until(tab, "document.querySelector('[role=status]').textContent !== ''")
        assert tab.evaluate("document.activeElement.dataset.do") == "copy"
