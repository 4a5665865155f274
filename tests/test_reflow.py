"""Nothing is lost or out of order when the window is small, the text is large or is spaced by its reader."""

from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import KINDS, WIDTHS, tab_of
from test_browser import SPACED

# WCAG 1.4.4: text twice as large, and nothing else.
LARGE = ":root { font-size: 32px !important }"
WEAR = "css => { const s = new CSSStyleSheet(); s.replaceSync(css); document.adoptedStyleSheets = [s] }"
# Text that is cut, lies over other text or sticks out of the window where nothing scrolls that would bring it in; and text that
# stands higher than what comes before it in the page’s own order.
LOOK = """() => {
    const hidden = node => !node.checkVisibility() || getComputedStyle(node).clipPath === 'inset(50%)';
    const apart = node => node.matches('.skip-link, svg') || hidden(node);
    const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_ELEMENT | NodeFilter.SHOW_TEXT, node =>
        node.nodeType === 1 && apart(node) ? NodeFilter.FILTER_REJECT : NodeFilter.FILTER_ACCEPT);
    const range = document.createRange(), lost = [], disordered = [], lines = [];
    let above = null;
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (node.nodeType === 1) {
            const { overflowX, overflowY } = getComputedStyle(node);
            const cut = (overflow, inner, outer) => ['hidden', 'clip'].includes(overflow) && inner > outer + 1;
            if (cut(overflowX, node.scrollWidth, node.clientWidth) || cut(overflowY, node.scrollHeight, node.clientHeight))
                lost.push(`cut: ${node.outerHTML.slice(0, 120)}`);
            continue;
        }
        if (!node.data.trim()) continue;
        range.selectNodeContents(node);
        const rects = [...range.getClientRects()].filter(rect => rect.width > 1), words = node.data.trim().slice(0, 80);
        if (!rects.length) continue;
        const [first, last] = [rects[0], rects.at(-1)];
        const beside = above && first.bottom <= above.bottom && first.right <= above.left;
        if (above && first.bottom <= above.top || beside) disordered.push(words);
        above = last;
        if (node.parentElement.closest('.comparison__scroller, pre')) continue;
        for (const { left, right, top, bottom, height } of rects) {
            if (left < -1 || right > innerWidth + 1) lost.push(`outside: ${words}`);
            lines.push({ words, left: left + 1, right: right - 1, top: top + height / 4, bottom: bottom - height / 4 });
        }
    }
    lines.sort((one, other) => one.top - other.top);
    lines.forEach((one, at) => {
        for (let next = at + 1; next < lines.length && lines[next].top < one.bottom; next++)
            if (lines[next].left < one.right && one.left < lines[next].right)
                lost.push(`over each other: ${one.words} / ${lines[next].words}`);
    });
    return { lost, disordered };
}"""
# What stays where it is while the page moves below it.
STAYS = """() => [...document.body.querySelectorAll('*')].filter(element => {
    const { position, insetBlockStart } = getComputedStyle(element);
    return position === 'fixed' || position === 'sticky' && insetBlockStart !== 'auto';
}).map(element => element.className)"""
STRUCTURE = """() => ({
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(heading => Number(heading.tagName[1])),
    unnamed: [...document.querySelectorAll('nav, aside, section, [role="region"]')].filter(one =>
        !one.getAttribute('aria-label') && !document.getElementById(one.getAttribute('aria-labelledby'))
        && !(one.tagName === 'SECTION' && !one.hasAttribute('role'))).map(one => one.outerHTML.slice(0, 80)),
    mains: document.querySelectorAll('main').length,
})"""


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


def looked_at(tab: Page, width: int, css: str = "") -> dict[str, list[str]]:
    """What of the page is lost or out of order in a window of some width, with a style of the reader’s own."""
    tab.evaluate(WEAR, css)
    tab.set_viewport_size({"width": width, "height": 900})
    found: dict[str, list[str]] = tab.evaluate(LOOK)
    wide = tab.evaluate("document.documentElement.scrollWidth")
    found["lost"] += [f"wider than the window: {wide}"] if wide > width else []
    return found


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_lost_or_out_of_order(name: str, tab: Page, real_site: Path) -> None:
    """At 320 pixels, in text twice as large, and spaced as WCAG 1.4.12 has it, whatever is folded open."""
    tab.goto((real_site / name).as_uri())
    tab.evaluate("document.querySelectorAll('details').forEach(details => details.open = true)")
    assert looked_at(tab, 320) == {"lost": [], "disordered": []}
    assert {width: found for width in WIDTHS if (found := looked_at(tab, width, SPACED)["lost"])} == {}
    assert looked_at(tab, 1280, LARGE)["lost"] == []
    tab.evaluate(WEAR, "")
    tab.set_viewport_size({"width": 320, "height": 256})
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    assert tab.evaluate(STAYS) == []


@pytest.mark.parametrize("name", KINDS)
def test_headings_and_landmarks_say_what_they_are(name: str, tab: Page, real_site: Path) -> None:
    """One main part and one heading of the first level, no level left out, and every landmark with a name."""
    tab.goto((real_site / name).as_uri())
    found = tab.evaluate(STRUCTURE)
    levels = found["headings"]
    assert (levels.count(1), found["mains"], found["unnamed"]) == (1, 1, [])
    assert all(below - above <= 1 for above, below in pairwise(levels)), levels
