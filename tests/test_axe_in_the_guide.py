"""Nothing that axe finds wrong in any mode, on the pages of the writer's guide that hold the most examples."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import tab_of, violations
from guide_examples import FULLEST


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


@pytest.mark.parametrize("name", FULLEST)
def test_axe_finds_nothing(name: str, tab: Page, guided: Path) -> None:
    """Nothing is wider than a phone, either."""
    assert violations(tab, guided / f"output/writers-guide/{name}.html") == []
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
