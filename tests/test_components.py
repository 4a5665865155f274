"""Each component example, source in and HTML out; `python3 tasks.py test --update` writes what is expected anew."""

import re
from pathlib import Path

import pytest

from building import COMPONENTS


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_component_has_the_expected_html(component: Path, small_output: Path, request: pytest.FixtureRequest) -> None:
    """What a block becomes is written down, to the letter."""
    page = (small_output / f"{component.name}.html").read_text("utf-8")
    prose = re.search(r'<div class="prose">\n(.*?)\n</div>\n(?=<section class="references"|</main>)', page, re.S)[1] + "\n"
    expected = component / "expected.html"
    if request.config.getoption("--update"):
        expected.write_text(prose, "utf-8")
    assert prose == expected.read_text("utf-8")
