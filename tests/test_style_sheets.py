"""A page's style sheet: as if it were all of the theme's styles, and no more than it needs."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from argument.style_sheets import Styles, styles, texts
from building import COMPONENTS, ROOT
from guide_examples import ALONE

THEME = ROOT / "theme"
# How many elements look otherwise once the page's own sheet is replaced by all of the theme's styles.
DIFFERENT = """all => {
    const looks = () => [...document.querySelectorAll('body *')].flatMap(element =>
        ['', '::before', '::after'].map(part => getComputedStyle(element, part).cssText));
    const before = looks();
    const sheet = new CSSStyleSheet();
    sheet.replaceSync(all);
    document.adoptedStyleSheets = [sheet];
    document.querySelector('link[rel="stylesheet"]').disabled = true;
    const after = looks();
    return [before.length, before.filter((look, at) => look !== after[at]).length];
}"""
REAL = ("index.html", "decision.html", "risks/bandwidth.html", "quotations/only-a-quarter.html", "tables/options--allow-list.html")


@pytest.mark.parametrize("media", ["screen", "print"])
@pytest.mark.parametrize("width", [320, 1280])
def test_a_page_looks_as_it_would_with_all_styles(
    width: int, media: str, browser: Browser, small_output: Path, real_site: Path
) -> None:
    """Every element of every component, and some whole pages: each property that the browser computes."""
    context = browser.new_context(viewport={"width": width, "height": 900})
    tab = context.new_page()
    tab.emulate_media(media=media)
    everything = "\n".join(texts(THEME).values())
    pages = [small_output / f"{name}.html" for name in (*(component.name for component in COMPONENTS), *ALONE)]
    if width == 1280:
        pages += [real_site / name for name in REAL]
    found = {}
    for page in pages:
        tab.goto(page.as_uri())
        found[page.name] = tab.evaluate(DIFFERENT, everything)
    context.close()
    assert {name: different for name, (_, different) in found.items() if different} == {}
    assert all(looked_at > 100 for looked_at, _ in found.values())


def test_a_sheet_has_no_rules_for_what_is_not_on_the_page() -> None:
    sheet = styles(THEME).sheet('<p class="lead citation">words</p>').decode()
    assert all(rule in sheet for rule in (".lead{", ".citation{", "body{"))
    assert not re.search("comparison|quotation-card|picture", sheet)


def test_what_a_class_is_said_not_to_have_is_no_reason_to_leave_a_rule_out() -> None:
    """A rule for whatever is not of a class is for all else."""
    rules = ("a:not(.button){color:red}", "b:is(.far,.near){width:0}", "c:has(.gone),.there{height:0}", ".gone{margin:0}")
    assert Styles("".join(rules)).sheet('<i class="near there"></i>').decode() == "".join(rules[:-1])


def test_pages_of_the_same_components_share_a_sheet(real_site: Path) -> None:
    pages, sheets = len(list(real_site.rglob("*.html"))), len(list((real_site / "theme").glob("*.css")))
    assert 1 < sheets < pages / 8
