"""Tables to look at, in a real browser: on a phone, with the keyboard, and with their heads in sight."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from argument.plain_words import plain
from test_real_site import argument

# Every table of the page: whether it is a scroller, whether a cell is cut or sticks out, what each cell says it belongs to.
LOOK = """() => [...document.querySelectorAll('.comparison')].map(table => ({
    id: table.id,
    scroller: !!table.querySelector('.comparison__scroller'),
    blocks: getComputedStyle(table.querySelector('.comparison tbody tr')).display === 'block',
    cut: [...table.querySelectorAll('tbody th, td')].filter(cell =>
        cell.scrollWidth > cell.clientWidth + 1 || cell.scrollHeight > cell.clientHeight + 1).map(cell => cell.textContent),
    outside: [...table.querySelectorAll('td')].filter(cell => {
        const { left, right } = cell.getBoundingClientRect();
        return left < 0 || right > innerWidth;
    }).length,
    labels: [...table.querySelectorAll('.comparison tbody tr')].map(row =>
        [...row.querySelectorAll('td')].map(cell => getComputedStyle(cell, '::before').content.match(/^"(.*)" [/] ""$/)?.[1])
            .filter(label => label)),
    headings: [...table.querySelectorAll('.comparison thead th + th')].map(column => column.textContent),
}))"""
PAGES = (
    "positions",
    "positions-on-safety",
    "risks-compared",
    "risks-technical",
    "benefits",
    "with-and-without",
    "tools",
    "glossary",
    "words",
)
PAGES += (
    "precedents",
    "precedents-outside",
    "timeline",
    "timeline-since-2013",
    "record",
    "record-on-risk",
    "numbers",
    "numbers-on-people",
)
SMALL = ("comparison-as-a-table", "comparison-as-prose", "comparison-gathered", "comparison-as-a-scroller")


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    yield context.new_page()
    context.close()


def opened(tab: Page, path: Path, width: int, height: int = 900) -> Page:
    tab.set_viewport_size({"width": width, "height": height})
    tab.goto("about:blank")  # so that a fragment of the same page is gone to as well
    tab.goto(path.as_uri())
    return tab


def wait_until(tab: Page, condition: str) -> None:
    """Scrolling by keys takes a moment; Playwright’s own waiting needs more than the policy of the pages allows."""
    for _ in range(100):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(50)
    pytest.fail(f"never so: {condition}")


@pytest.mark.parametrize("name", PAGES)
def test_on_a_phone_every_cell_is_whole_and_under_its_columns_name(name: str, tab: Page, real_site: Path) -> None:
    found = opened(tab, real_site / f"{name}.html", 320).evaluate(LOOK)
    assert found
    for table in found:
        columns = [plain(column.heading) for column in argument().comparisons[table["id"]].columns]
        assert table["blocks"], table["id"]
        assert (table["cut"], table["outside"]) == ([], 0), table["id"]
        assert all(labels == columns for labels in table["labels"]), table["id"]
    assert tab.evaluate("document.documentElement.scrollWidth") == 320


@pytest.mark.parametrize("name", SMALL)
def test_no_table_is_cut_whatever_it_becomes(name: str, tab: Page, small_output: Path) -> None:
    for width in (320, 500, 768, 1280):
        for table in opened(tab, small_output / f"{name}.html", width).evaluate(LOOK):
            assert table["cut"] == [], (width, table["id"])
            assert table["outside"] == 0 or table["scroller"], (width, table["id"])
        assert tab.evaluate("document.documentElement.scrollWidth") == width


def test_cells_and_names_of_columns_are_told_as_such(tab: Page, small_output: Path) -> None:
    """Each row has as many cells as there are column headings, in the browser's own accessibility tree, in either form."""
    for name in SMALL:
        opened(tab, small_output / f"{name}.html", 320)
        session = tab.context.new_cdp_session(tab)
        nodes = {node["nodeId"]: node for node in session.send("Accessibility.getFullAXTree")["nodes"]}

        def below(node: dict, role: str, nodes: dict = nodes) -> list[dict]:
            """The nearest of one role below a node."""
            children = [nodes[child] for child in node.get("childIds", ()) if child in nodes]
            return [
                one for child in children for one in ([child] if child.get("role", {}).get("value") == role else below(child, role))
            ]

        tables = [node for node in nodes.values() if node.get("role", {}).get("value") == "table"]
        assert len(tables) == tab.locator("table").count()
        for table in tables:
            head, *rows = below(table, "row")
            columns = len(below(head, "columnheader")) - 1
            assert {(len(below(row, "rowheader")), len(below(row, "cell"))) for row in rows} == {(1, columns)}, name


def test_a_scroller_is_reached_and_scrolled_by_the_keyboard(tab: Page, small_output: Path) -> None:
    """It has the name of its table; the names of its rows stay in sight, and its last column comes into sight."""
    opened(tab, small_output / "comparison-as-a-scroller.html", 320)
    for number, name in enumerate(("Readers by day and hour", "What the words mean")):
        scroller = tab.get_by_role("region", name=name)
        assert scroller.evaluate("box => box.scrollWidth > box.clientWidth")
        for _ in range(40):
            if scroller.evaluate("box => box === document.activeElement"):
                break
            tab.keyboard.press("Tab")
        else:
            pytest.fail(f"no Tab leads to scroller {number}")
        assert scroller.evaluate("box => getComputedStyle(box).outlineStyle") == "solid"
        assert scroller.evaluate("box => box.scrollLeft") == 0
        tab.keyboard.press("ArrowRight")
        wait_until(tab, "document.activeElement.scrollLeft > 0")
        for _ in range(20):
            tab.keyboard.press("ArrowRight")
        wait_until(tab, "(box => box.scrollWidth - box.clientWidth - box.scrollLeft < 2)(document.activeElement)")
        edges = scroller.evaluate(
            "box => [...box.querySelectorAll('tr')].map(row => ["
            "row.firstElementChild.getBoundingClientRect().left, row.lastElementChild.getBoundingClientRect().right,"
            "box.getBoundingClientRect().left, box.getBoundingClientRect().right])"
        )
        assert all(first >= left and last <= right + 1 for first, last, left, right in edges)
        assert scroller.locator("caption").evaluate("caption => caption.getBoundingClientRect().right") <= 320


def test_a_scroller_shows_that_it_scrolls(tab: Page, small_output: Path) -> None:
    """A shadow at its end where there is more, and none where there is not."""
    opened(tab, small_output / "comparison-as-a-scroller.html", 320)
    scroller = tab.get_by_role("region", name="What the words mean")
    before = scroller.screenshot()
    scroller.evaluate("box => box.scrollTo(1e6, 0)")
    assert scroller.screenshot() != before
    assert "gradient" in scroller.evaluate("box => getComputedStyle(box).backgroundImage")
    opened(tab, small_output / "comparison-as-a-scroller.html", 1280)
    assert scroller.evaluate("box => getComputedStyle(box).backgroundImage") == "none"


def test_five_columns_become_blocks_before_they_are_too_narrow(tab: Page, real_site: Path) -> None:
    """The fewer columns there are, the longer they stay beside each other."""
    blocks = {
        (name, width): opened(tab, real_site / f"{name}.html", width).evaluate(LOOK)[0]["blocks"]
        for name in ("positions", "timeline")
        for width in (700, 900, 1280)
    }
    assert blocks == {
        ("positions", 700): True,
        ("positions", 900): True,
        ("positions", 1280): False,
        ("timeline", 700): False,
        ("timeline", 900): False,
        ("timeline", 1280): False,
    }


# Where the rows of a page's tables come to stand when a link leads to each, and the lower edge of what stays above them.
GO_TO_EACH = """async () => {
    const found = [];
    for (const row of document.querySelectorAll('[data-head="low"] tbody tr')) {
        location.hash = row.id;
        await new Promise(requestAnimationFrame);
        const head = row.closest('table').querySelector('.comparison thead th + th').getBoundingClientRect();
        const { top } = row.getBoundingClientRect();
        found.push({ id: row.id, hidden: top < head.bottom - 1 || top > innerHeight, sticks: Math.abs(head.top) < 1 });
    }
    return found;
}"""


@pytest.mark.parametrize("width", [1000, 1280])
@pytest.mark.parametrize("name", PAGES)
def test_a_link_to_a_row_leaves_it_below_the_head(name: str, width: int, tab: Page, real_site: Path) -> None:
    """Also where the names of columns take several lines."""
    found = opened(tab, real_site / f"{name}.html", width).evaluate(GO_TO_EACH)
    assert [row["id"] for row in found if row["hidden"]] == []
    if width == 1280:
        assert len(found) > 1
        if name in ("positions", "risks-compared", "precedents", "timeline"):
            assert any(row["sticks"] for row in found)


def test_a_link_from_elsewhere_does_so_as_well(tab: Page, real_site: Path) -> None:
    opened(tab, real_site / "risks-compared.html", 1280, 720)
    tab.goto((real_site / "tables/risks-compared--reputation.html").as_uri())
    tab.locator('a[href$="risks-compared.html#risks-compared--reputation"]').first.click()
    row = tab.locator(".comparison tbody tr:target")
    head = tab.locator(".comparison thead th + th").first.bounding_box()
    assert abs(head["y"]) < 1
    assert head["y"] + head["height"] <= row.bounding_box()["y"] + 1 < 720


def test_nothing_that_has_focus_is_hidden_by_the_head(tab: Page, real_site: Path) -> None:
    """Backwards through all links of a long table, so that each comes into sight from above."""
    for name in ("positions", "timeline"):
        opened(tab, real_site / f"{name}.html", 1280, 720)
        tab.evaluate("[...document.querySelectorAll('.comparison a')].at(-1).focus()")
        hidden = []
        for _ in range(tab.locator(".comparison tbody tr a").count()):
            tab.keyboard.press("Shift+Tab")
            hidden += tab.evaluate(
                """() => {
                    const one = document.activeElement, row = one.closest('tbody tr');
                    if (!row) return [];
                    const head = row.closest('table').querySelector('.comparison thead th + th').getBoundingClientRect();
                    return one.getBoundingClientRect().top < head.bottom ? [one.textContent] : [];
                }"""
            )
        assert hidden == [], name


def test_heads_stick_neither_on_paper_nor_on_low_screens(tab: Page, real_site: Path) -> None:
    position = "getComputedStyle(document.querySelector('.comparison thead th + th')).position"
    assert opened(tab, real_site / "risks-compared.html", 1280).evaluate(position) == "sticky"
    tab.emulate_media(media="print")
    assert tab.evaluate(position) == "static"
    tab.emulate_media(media="screen")
    assert opened(tab, real_site / "risks-compared.html", 1280, 400).evaluate(position) == "static"
