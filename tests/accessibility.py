"""What axe finds on a page, and the pages that are looked at. Light and dark are two files of tests, so as to run at once."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from building import COMPONENTS

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
    "tables/four-positions.html",
    "tables/positions-on-safety--security.html",
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


def violations(tab: Page) -> list[str]:
    """What axe finds wrong on the page at each width."""
    found = []
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        violated = Axe().run(tab, options=AXE).response["violations"]
        found += [f"{width}: {violation['id']}: {violation['nodes'][0]['html'][:120]}" for violation in violated]
    return found


def tab_in(browser: Browser, scheme: str) -> Iterator[Page]:
    """A page of the browser, in one colour scheme."""
    context = browser.new_context(color_scheme=scheme)
    yield context.new_page()
    context.close()


class InScheme:
    """All rules of WCAG 2.2 A and AA and axe's best practices, at three widths, in the scheme of the file's `tab`."""

    @pytest.mark.parametrize("name", KINDS)
    def test_axe_finds_nothing_on_each_kind_of_page(self, name: str, tab: Page, real_site: Path) -> None:
        """All rules of WCAG 2.2 A and AA and axe's best practices, at three widths."""
        tab.goto((real_site / name).as_uri())
        assert violations(tab) == []

    @pytest.mark.parametrize("name", [component.name for component in COMPONENTS])
    def test_axe_finds_nothing_in_each_component(self, name: str, tab: Page, small_output: Path) -> None:
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
    def test_axe_finds_nothing_where_readers_answer(self, name: str, tab: Page, answered_output: Path) -> None:
        """Responses and updates, on their own pages, in lists and under what they answer."""
        tab.goto((answered_output / name).as_uri())
        assert violations(tab) == []
        tab.set_viewport_size({"width": 320, "height": 900})
        assert tab.evaluate("document.documentElement.scrollWidth") == 320
