"""Nothing that axe finds wrong, in light."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from accessibility import InScheme, tab_in


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_in(browser, "light")


class TestInLight(InScheme):
    """What is tested stands in accessibility.py."""
