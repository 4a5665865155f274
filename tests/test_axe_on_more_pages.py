"""Nothing that axe finds wrong in any mode, on the other half of the kinds of pages."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from accessibility import KINDS, tab_of, violations


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


@pytest.mark.parametrize("name", KINDS[1::2])
def test_axe_finds_nothing(name: str, tab: Page, real_site: Path) -> None:
    """All rules of WCAG 2.2 A and AA and axe's best practices; in light, dark, forced colours and print."""
    assert violations(tab, real_site / name) == []
