"""Nothing that axe finds wrong in any mode, on every page of the writer's guide that was written by hand."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import tab_of, violations
from building import GUIDE


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


@pytest.mark.parametrize(
    "name", [path.stem for path in sorted(GUIDE.glob("pages/*.md")) if " example | " in path.read_text("utf-8")]
)
def test_axe_finds_nothing(name: str, tab: Page, guided: Path) -> None:
    """Every example goes through axe, and nothing is wider than a phone."""
    path = guided / f"output/writers-guide/{name}.html"
    assert violations(tab, path) == []
    tab.emulate_media(media="screen")
    tab.set_viewport_size({"width": 320, "height": 900})
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
