"""What axe finds on a page in every mode that it is read in, and the pages that are looked at.

The tests are several files, so as to run at once, and a page is loaded once for all its modes.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from axe_playwright_python.base import AXE_SCRIPT
from playwright.sync_api import Browser, Page

WIDTHS = (320, 768, 1280)
KINDS = (
    "index.html",
    "objections.html",
    "guidance.html",
    "risks.html",
    "risks-compared.html",
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
    "a-z.html",
    "topics.html",
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
# Only what is wrong crosses from the browser, and not each element that is right.
RUN = """options => axe.run(options).then(({ violations }) =>
    violations.map(({ id, nodes }) => `${id}: ${nodes[0].html.slice(0, 120)}`))"""
# What rules can see of a page but colours: where each element stands, whether it is there at all, and how it may be reached.
FORM = """() => JSON.stringify([...document.querySelectorAll('body, body *')].map(element => {
    const box = element.getBoundingClientRect(), style = getComputedStyle(element);
    return [box.x, box.y, box.width, box.height, style.display, style.visibility, style.opacity, style.clipPath, style.overflow,
        style.position, style.pointerEvents, style.content, style.fontSize, style.fontWeight, style.textDecorationLine];
}))"""
OF_COLOURS = """tags => axe.getRules(tags).filter(rule => rule.tags.includes('cat.color')).map(rule => rule.ruleId)"""
# A third of its time on colours goes into the WeakMaps that hold what is private of each: beside it, that is found at once.
HOLD_BESIDE = """
    class WeakSet {
        key = Symbol();
        has(object) { return this.key in object; }
        add(object) { return this.set(object, true); }
        get(object) { return object[this.key]; }
        set(object, value) { object[this.key] = value; return this; }
    }
    class WeakMap extends WeakSet {}"""
LOOK = f"(() => {{ {HOLD_BESIDE}\n{AXE_SCRIPT} }})()"
# Half of its time axe reads the same few colours again and again: each is read once here.
READ_COLOURS_ONCE = """(() => {
    const known = new Map(), colour = axe.commons.color.Color.prototype, read = colour.parseString;
    colour.parseString = function (words) {
        if (known.has(words)) [this.r, this.g, this.b, this.alpha] = known.get(words);
        else known.set(words, (read.call(this, words), [this.r, this.g, this.b, this.alpha]));
        return this;
    };
})()"""

# Axe asks what letters are filled with. Chromium tells that as if colours were not forced, though it paints the forced ones.
TELL_FORCED_COLOURS = """(() => {
    const tell = CSSStyleDeclaration.prototype.getPropertyValue, forced = matchMedia('(forced-colors: active)');
    CSSStyleDeclaration.prototype.getPropertyValue = function (name) {
        return tell.call(this, name === '-webkit-text-fill-color' && forced.matches ? 'color' : name);
    };
})()"""


@dataclass(frozen=True)
class Mode:
    """A way to look at a page: in Playwright’s words what the reader has set, and how wide and high the window is."""

    name: str
    media: dict[str, Any]
    sizes: tuple[tuple[int, int], ...]


def screen(scheme: str, forced: str, *widths: int) -> Mode:
    name = f"{scheme}, forced colours" if forced == "active" else scheme
    return Mode(name, {"media": "screen", "color_scheme": scheme, "forced_colors": forced}, tuple((width, 900) for width in widths))


MODES = (
    screen("light", "none", *WIDTHS),
    screen("dark", "none", *WIDTHS),
    # As in the contrast themes of Windows: there are few colours, and they are the reader’s.
    screen("light", "active", 320, 1280),
    screen("dark", "active", 320, 1280),
    # A4, and as wide as the windows that a page may be printed from.
    Mode("paper", {"media": "print", "color_scheme": "light", "forced_colors": "none"}, ((320, 900), (794, 1123), (1280, 900))),
)


def violations(tab: Page, path: Path) -> list[str]:
    """What axe finds wrong on a page in each mode, at each size."""
    tab.goto(path.as_uri())
    for script in (LOOK, READ_COLOURS_ONCE, TELL_FORCED_COLOURS):
        tab.evaluate(script)
    of_colours = {**AXE, "runOnly": {"type": "rule", "values": tab.evaluate(OF_COLOURS, AXE["runOnly"])}}
    found, seen = [], set()
    for mode in MODES:
        tab.emulate_media(**mode.media)
        for width, height in mode.sizes:
            tab.set_viewport_size({"width": width, "height": height})
            form = tab.evaluate(FORM)
            # A page that all rules have seen in this very form is another to those alone that look at colours.
            options = of_colours if form in seen else AXE
            seen.add(form)
            found += [f"{mode.name}, {width}: {violated}" for violated in tab.evaluate(RUN, options)]
    return found


def tab_of(browser: Browser) -> Iterator[Page]:
    """A page of the browser for all tests of a file."""
    context = browser.new_context()
    yield context.new_page()
    context.close()
