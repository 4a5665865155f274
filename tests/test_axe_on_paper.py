"""Nothing that axe finds wrong on paper."""

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from accessibility import AXE, KINDS


@pytest.mark.parametrize("name", KINDS)
def test_axe_finds_nothing_on_paper(name: str, browser: Browser, real_site: Path) -> None:
    """The same as it is printed, on A4: links in a file made from the page are still links."""
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.emulate_media(media="print")
    page.goto((real_site / name).as_uri())
    violated = Axe().run(page, options=AXE).response["violations"]
    page.close()
    assert [f"{one['id']}: {one['nodes'][0]['html'][:120]}" for one in violated] == []
