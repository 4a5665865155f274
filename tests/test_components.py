"""Each component example, source in and HTML out; `python3 tasks.py test --update` writes what is expected anew."""

import re
from pathlib import Path

import pytest

from building import COMPONENTS


@pytest.mark.parametrize("component", COMPONENTS, ids=lambda component: component.name)
def test_component_has_the_expected_html(component: Path, small_output: Path, request: pytest.FixtureRequest) -> None:
    """What a block becomes is written down, to the letter; in some, what stands at the foot of the page as well."""
    page = (small_output / f"{component.name}.html").read_text("utf-8")
    found = re.search(
        r'<div class="prose">\n(.*?)\n</div>\n\n+(<section class="references".*|<details class="cite-this".*)</main>', page, re.S
    )
    expected, foot = component / "expected.html", component / "expected-foot.html"
    if request.config.getoption("--update"):
        expected.write_text(found[1] + "\n", "utf-8")
        foot.write_text(found[2], "utf-8") if foot.exists() else None
    assert found[1] + "\n" == expected.read_text("utf-8")
    assert not foot.exists() or found[2] == foot.read_text("utf-8")
