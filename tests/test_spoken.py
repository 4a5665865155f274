"""What a screen reader is given to say: the browser's own accessibility tree of each kind of page, and of each picture."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from accessibility import KINDS, tab_of


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    yield from tab_of(browser)


def told(tab: Page, path: Path) -> list[dict[str, Any]]:
    """Every node that is told: its role, its name, its description, and the names of what is told below it."""
    tab.goto(path.as_uri())
    nodes = {node["nodeId"]: node for node in tab.context.new_cdp_session(tab).send("Accessibility.getFullAXTree")["nodes"]}

    def of(node: dict[str, Any], what: str) -> str:
        return node.get(what, {}).get("value", "")

    def below(node: dict[str, Any]) -> list[str]:
        children = [nodes[child] for child in node.get("childIds", ()) if child in nodes]
        return [name for child in children for name in [*([] if child["ignored"] else [of(child, "name")]), *below(child)] if name]

    return [
        {"role": of(node, "role"), "name": of(node, "name"), "description": of(node, "description"), "below": below(node)}
        for node in nodes.values()
        if not node["ignored"]
    ]


@pytest.mark.parametrize("name", KINDS)
def test_nothing_is_said_twice_and_nothing_without_a_name(name: str, tab: Page, real_site: Path) -> None:
    """What can be used has a name in words; a table and a picture are not read out by their names once more."""
    nodes = told(tab, real_site / name)
    assert [node for node in nodes if node["name"] and node["name"] == node["description"]] == []
    usable = {"link", "button", "DisclosureTriangle", "doc-biblioref", "doc-backlink", "table", "image", "region", "navigation"}
    assert [node for node in nodes if node["role"] in usable and not any(map(str.isalpha, node["name"]))] == []
    assert [node for node in nodes if node["role"] == "rowheader" and "by itself" in node["name"]] == []


@pytest.mark.parametrize("name", ["picture-bars", "picture-matrix", "picture-timeline"])
def test_a_picture_is_one_thing_with_a_name_and_a_description(name: str, tab: Page, small_output: Path) -> None:
    """The words that are drawn in it are not read out one by one; what it shows stands in words beside it."""
    pictures = [node for node in told(tab, small_output / f"{name}.html") if node["role"] == "image"]
    assert pictures
    for picture in pictures:
        assert picture["name"]
        assert picture["description"]
        assert picture["below"] == []
