"""Read where every other host is refused: nothing is asked of one, nothing is missing, and links that may not open say so."""

import runpy
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Playwright

from accessibility import KINDS
from browser import REFUSED, browser_or_exit
from building import ROOT, TESTS
from serving import served, standing

UNDER = "/case"
OF_SMALL = (
    "index.html",
    "hall.html",
    "risks.html",
    "responses.html",
    "updates.html",
    "risks/cost.html",
    "quotations/never-in-the-week.html",
    "sources/survey-2024.html",
    "responses/heating-is-not-all.html",
    "updates/a-new-page.html",
    "tables/risks-compared.html",
    "tables/risks-compared--cost.html",
)
# The real argument does not know its own address, the small one does, and has more on its pages for that.
SITES = {"real_site": (KINDS, ROOT / "pelicanconf.py"), "answered_output": (OF_SMALL, TESTS / "responses/settings.py")}
TELL_REFUSALS = "addEventListener('securitypolicyviolation', e => console.error(`${e.violatedDirective}: ${e.blockedURI}`))"
# All that a page itself names: what it weighs is told by that (test_budgets.py), if nothing else is asked for.
NAMED = """() => [location.href, ...[...document.querySelectorAll('link[rel=stylesheet], link[rel=icon], script[src], img')]
  .map(one => one.href || one.src)]"""
# What waits until it is near is asked for at once.
NEAR = "() => document.querySelectorAll('[loading=lazy]').forEach(image => { image.loading = 'eager'; })"
LOADED = "() => [...document.images].every(image => image.complete)"
EMPTY = "() => [...document.images].filter(image => !image.naturalWidth).map(image => `${image.outerHTML}: no picture`)"
PLAIN = """() => [...document.querySelectorAll('link[rel=stylesheet]')]
  .filter(link => link.href.startsWith(location.origin) && !link.sheet?.cssRules.length)
  .map(link => `${link.outerHTML}: no style`)"""
# What a browser does for a page with other hosts before anything is asked of them, and tells nobody.
AHEAD = """() => [...document.querySelectorAll('link')]
  .filter(link => /preconnect|dns-prefetch|prefetch|preload|prerender/.test(link.rel) && new URL(link.href).host !== location.host)
  .map(link => link.outerHTML)"""
LINKS = """() => [...document.querySelectorAll('a[href^=http]')].map(link => {
  const note = link.parentElement.querySelector(':scope > .blocked');
  return [link.href, note && note.checkVisibility() === link.checkVisibility() ? note.textContent : null];
})"""


@pytest.fixture(scope="module")
def behind(playwright: Playwright, browser: Browser) -> Iterator[Browser]:
    """A Chromium that finds no host but this machine; `browser` comes first, since it may have to be installed."""
    opened = browser_or_exit(playwright, REFUSED)
    yield opened
    opened.close()


def missing(opened: BrowserContext, base: str, name: str, links: list[list[str]]) -> list[str]:
    """What a page asks of another host, or for without naming it, what does not come, and what the browser complains of.

    Its `links` to other hosts are added, each with the note that is seen beside it.
    """
    said: list[str] = []
    tab = opened.new_page()
    tab.on("request", lambda request: said.append(request.url) if not request.url.startswith((base, "data:")) else None)
    tab.on("requestfailed", lambda request: said.append(f"{request.failure}: {request.url}"))
    tab.on("response", lambda answer: said.append(f"{answer.status}: {answer.url}") if answer.status != 200 else None)
    tab.on("console", lambda message: said.append(message.text))
    tab.on("pageerror", lambda error: said.append(error.message))
    tab.add_init_script(TELL_REFUSALS)
    asked: list[str] = []
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(f"{base}/{name}")
    said += [f"not named by the page: {url}" for url in {*asked} - {*tab.evaluate(NAMED)} if not url.startswith("data:")]
    tab.evaluate(NEAR)
    tab.emulate_media(media="print")
    tab.wait_for_function(LOADED)
    tab.emulate_media(media="screen")
    for look in (EMPTY, PLAIN, AHEAD):
        said += tab.evaluate(look)
    links += tab.evaluate(LINKS)
    tab.close()
    return [f"{name}: {words}" for words in said]


Site = tuple[str, tuple[str, ...], list[str]]


@pytest.fixture(params=SITES)
def site(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Site]:
    """Where a site stands, in a sub-folder, the pages that are looked at, and the hosts that its settings name as blocked."""
    names, settings = SITES[request.param]
    with served(standing(request.getfixturevalue(request.param), tmp_path / "host", UNDER)) as host:
        yield f"{host}{UNDER}", names, runpy.run_path(str(settings))["ARGUMENT_BLOCKED"]


def test_nothing_is_missing_and_what_may_not_open_says_so_where_every_other_host_is_refused(site: Site, behind: Browser) -> None:
    """Every link to one of the blocked hosts, or to what is below it, says so in words that are seen where the link is."""
    base, names, blocked = site
    context, found, silent, count = behind.new_context(), [], [], 0
    for name in names:
        found += missing(context, base, name, links := [])
        for target, words in links:
            host = f".{urlsplit(target).hostname}"
            if any(host.endswith(f".{one}") for one in blocked):
                count += 1
                silent += [f"{name}: {target}"] if words != "(may be blocked at work)" else []
    context.close()
    assert (found, silent) == ([], [])
    assert count > 10


def test_what_another_host_would_have_to_send_is_noticed(behind: Browser, tmp_path: Path) -> None:
    """Each way in which a page could need one, and a picture, a style and a script of its own that are not there."""
    (tmp_path / "a.html").write_text(
        '<!DOCTYPE html><link rel="preconnect" href="https://fonts.example.org"><link rel="stylesheet" href="https://example.org/a.css">'
        '<link rel="stylesheet" href="empty.css"><img src="gone.png"><script src="https://example.org/a.js"></script>'
        '<div style="height: 9000px"></div><img src="https://example.org/late.png" loading="lazy"><script>fail()</script>',
        "utf-8",
    )
    (tmp_path / "b.html").write_text(
        """<!DOCTYPE html><meta http-equiv="Content-Security-Policy" content="default-src 'none'"><img src="https://example.org/b.png">""",
        "utf-8",
    )
    (tmp_path / "empty.css").write_text("", "utf-8")
    said, context = [], behind.new_context()
    with served(tmp_path) as base:
        for name in ("a.html", "b.html"):
            said += missing(context, base, name, [])
    for words in (
        "a.html: https://example.org/a.css",
        "a.html: net::ERR_NAME_NOT_RESOLVED: https://example.org/a.js",
        "a.html: https://example.org/late.png",
        'a.html: <link rel="preconnect"',
        'a.html: <link rel="stylesheet" href="empty.css">: no style',
        "a.html: 404: http://127.0.0.1",
        'a.html: <img src="gone.png">: no picture',
        "a.html: fail is not defined",
        "b.html: img-src: https://example.org/b.png",
    ):
        assert [line for line in said if line.startswith(words)], words
