"""Nothing that axe finds wrong in any mode, in any component; those of the guide are looked at there."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import tab_of, violations
from building import COMPONENTS
from guide_examples import ALONE, EXAMPLES, FULLEST


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


OF_THE_GUIDE = [name for name, title in ALONE.items() if EXAMPLES[title][0] not in FULLEST]


@pytest.mark.parametrize("name", [*(component.name for component in COMPONENTS), *OF_THE_GUIDE])
def test_axe_finds_nothing_in_each_component(name: str, tab: Page, small_output: Path) -> None:
    """Every component example goes through axe."""
    assert violations(tab, small_output / f"{name}.html") == []


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
    assert violations(tab, answered_output / name) == []
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
