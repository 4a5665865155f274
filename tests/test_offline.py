"""The site kept by a browser: read where its host is gone, in the edition that was there last, and only if that was wanted."""

import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page
from playwright.sync_api import Error as PlaywrightError

from accessibility import AXE
from argument import offline
from argument.theme_files import theme_files
from argument.values import Offline
from building import ROOT, TESTS, build, small_site
from pages import parse
from serving import Quiet, served, standing
from test_real_site import argument

UNDER = "/a/sub/path"
ON, WITHDRAWN = "ARGUMENT_OFFLINE=true", 'ARGUMENT_OFFLINE="withdrawn"'
# A page that nobody is given unasked, with a picture.
VISITED = "hall.html"
UNASKED = ("index.html", "risks.html", "risks/cost.html", "guidance/for-everybody.html", "benefits/more-readers.html")
CACHES = "caches.keys()"
STYLED = "getComputedStyle(document.querySelector('.site-header')).borderTopWidth"
REGISTERED = "navigator.serviceWorker.getRegistrations().then(all => all.length)"


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with responses and updates, to be kept."""
    folder = small_site(tmp_path_factory.mktemp("kept"), TESTS / "responses")
    with (folder / "content/pages/hall.md").open("a", encoding="utf-8") as page:
        page.write("\nThe ![door of the hall]({static}/images/door.svg) is open.\n")
    done = build(folder, "-e", ON)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture
def root(project: Path, tmp_path: Path) -> Path:
    """The root of a host on which the site stands in a sub-folder."""
    return standing(project / "output", tmp_path / "host", UNDER)


@pytest.fixture
def reader(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context
    context.close()


class Host(Quiet):
    """A host that sends what the README says: pages are asked for again each time."""

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


def port_of(host: str) -> int:
    return int(host.rpartition(":")[2])


def until(tab: Page, promise: str, given: str = "") -> None:
    """Wait until a promise of the page gives something; Playwright's own way takes the promise for the answer."""
    waited = f"async given => {{ while (!await ({promise})(given)) await new Promise(done => setTimeout(done, 20)) }}"
    tab.evaluate(waited, given)


def kept_by(tab: Page, site: str) -> dict[str, list[str]]:
    """What is in each cache of the host, by its name, without where the site is."""
    found = tab.evaluate(
        """async () => Object.fromEntries(await Promise.all((await caches.keys()).map(async name =>
          [name, (await (await caches.open(name)).keys()).map(request => request.url)])))"""
    )
    return {name: [url.removeprefix(f"{site}/") for url in urls] for name, urls in found.items()}


def visit(reader: BrowserContext, site: str, name: str) -> Page:
    """Open a page, and stay until the browser has kept it."""
    tab = reader.new_page()
    tab.goto(f"{site}/{name}")
    tab.evaluate("navigator.serviceWorker.ready.then(kept => kept.active.state)")
    until(tab, "url => caches.match(url)", f"{site}/{name}")
    return tab


def test_what_was_read_opens_when_the_host_is_gone(root: Path, reader: BrowserContext) -> None:
    """After one visit: the page itself with its picture, and those of the argument that nobody has opened, each with its style."""
    with served(root, Host) as host:
        site = f"{host}{UNDER}"
        tab = visit(reader, site, VISITED)
        until(tab, "url => caches.match(url)", f"{site}/images/door.svg")
    tab.reload()
    assert tab.get_by_role("heading", level=1).inner_text() == "The hall"
    assert tab.evaluate("document.querySelector('main img').naturalWidth") > 0
    for name in (*UNASKED, f"{VISITED}?from=a-letter#main", "", "risks/cost"):
        tab.goto(f"{site}/{name}")
        assert tab.evaluate(STYLED) == "6px", name
        assert tab.locator("h1").inner_text() not in ("", offline.PAGE.title)
    tab.get_by_role("link", name="Open on Sundays", exact=True).first.click()
    assert tab.url == f"{site}/index.html"


def test_each_page_that_is_opened_later_is_kept(root: Path, reader: BrowserContext) -> None:
    with served(root, Host) as host:
        site = f"{host}{UNDER}"
        tab = visit(reader, site, "index.html")
        tab.goto(f"{site}/{VISITED}")
        tab.goto(f"{site}/updates.html")
        until(tab, "url => caches.match(url)", f"{site}/updates.html")
    tab.go_back()
    assert tab.get_by_role("heading", level=1).inner_text() == "The hall"


def test_what_was_not_kept_says_so_and_what_can_be_read(root: Path, reader: BrowserContext) -> None:
    """At any depth, with style, and with links that lead on; nothing that axe finds wrong."""
    with served(root, Host) as host:
        site = f"{host}{UNDER}"
        tab = visit(reader, site, VISITED)
    tab.goto(f"{site}/tables/risks-compared--cost.html")
    assert tab.get_by_role("heading", level=1).inner_text() == offline.PAGE.title
    assert tab.evaluate(STYLED) == "6px"
    assert tab.evaluate("document.documentElement.scrollWidth") == 320
    links = tab.locator("main li a")
    addresses = [one.removeprefix(f"{site}/") for one in links.evaluate_all("all => all.map(link => link.href)")]
    assert addresses[0] == "index.html"
    assert {*UNASKED, VISITED} <= set(addresses)
    assert all(links.all_inner_texts())
    assert [violation["id"] for violation in Axe().run(tab, options=AXE).response["violations"]] == []
    links.filter(has_text="The hall").click()
    assert tab.get_by_role("heading", level=1).inner_text() == "The hall"
    with served(root, Host, port_of(host)):
        tab.goto(f"{site}/tables/risks-compared--cost.html")
        assert tab.get_by_role("heading", level=1).inner_text() != offline.PAGE.title


def test_nobody_with_a_connection_reads_an_old_page(root: Path, project: Path, reader: BrowserContext, tmp_path: Path) -> None:
    """A page is new at once; the new edition then takes the place of the old one, with what was read, and touches nothing else."""
    newer = small_site(tmp_path / "newer", TESTS / "responses")
    for name in ("risks/cost.md", "pages/hall.md"):
        with (newer / "content" / name).open("a", encoding="utf-8") as page:
            page.write("\nA sentence of the second edition.\n")
    assert build(newer, "-e", ON).returncode == 0
    place = root / UNDER.strip("/")
    with served(root, Host) as host:
        site = f"{host}{UNDER}"
        tab = visit(reader, site, VISITED)
        tab.evaluate("Promise.all(['argument:/a/:1', `argument:${'/a/sub/path/more/'}:1`, 'other'].map(name => caches.open(name)))")
        (first,) = (name for name in kept_by(tab, site) if name.startswith(f"argument:{UNDER}/:"))
        place.unlink()
        place.symlink_to(newer / "output")
        tab.goto(f"{site}/risks/cost.html")
        assert "second edition" in tab.locator("main").inner_text()
        tab.evaluate("navigator.serviceWorker.getRegistration().then(kept => kept.update())")
        until(tab, "name => caches.has(name).then(there => !there)", first)
    kept = kept_by(tab, site)
    assert len(kept) == 4
    (second,) = (name for name in kept if name.startswith(f"argument:{UNDER}/:"))
    assert {VISITED, "risks.html"} <= set(kept[second])
    tab.goto(f"{site}/{VISITED}")
    assert "second edition" in tab.locator("main").inner_text()


def test_a_failing_host_is_as_good_as_none(root: Path, reader: BrowserContext) -> None:
    """What stands before a host that is gone answers with an error of its own."""

    class Failing(Quiet):
        def do_GET(self) -> None:  # noqa: N802 - the name that the standard library gives it
            self.send_error(502)

    with served(root, Host) as host:
        site = f"{host}{UNDER}"
        tab = visit(reader, site, VISITED)
    with served(root, Failing, port_of(host)):
        tab.reload()
        assert tab.get_by_role("heading", level=1).inner_text() == "The hall"


def test_what_is_withdrawn_goes_with_all_that_was_kept(root: Path, project: Path, reader: BrowserContext, tmp_path: Path) -> None:
    """Without a script in any page: the browser itself asks for the worker again when a page is opened."""
    off = small_site(tmp_path / "off", TESTS / "responses")
    assert build(off, "-e", WITHDRAWN).returncode == 0
    assert [path.name for path in (off / "output").rglob("*offline*")] == [offline.WORKER]
    place = root / UNDER.strip("/")
    with served(root, Host) as host:
        site = f"{host}{UNDER}"
        tab = visit(reader, site, VISITED)
        tab.evaluate("caches.open('other')")
        place.unlink()
        place.symlink_to(off / "output")
        tab.goto(f"{site}/index.html")
        until(tab, f"() => {REGISTERED}.then(count => !count)")
        assert tab.evaluate(CACHES) == ["other"]
    with pytest.raises(PlaywrightError, match="ERR_CONNECTION_REFUSED"):
        tab.goto(f"{site}/index.html")


def test_nothing_of_it_is_there_unless_it_is_wanted(answered_output: Path, browser: Browser) -> None:
    assert list(answered_output.rglob("*offline*")) == []
    for path in answered_output.rglob("*.html"):
        assert not re.search("serviceWorker|worker-src|data-worker", path.read_text("utf-8")), path.name
    assert "offline" not in (answered_output / "_headers").read_text("utf-8")
    with served(answered_output) as base:
        tab = browser.new_page()
        tab.goto(f"{base}/index.html")
        assert tab.evaluate(REGISTERED) == 0
        tab.close()


def test_the_browser_complains_of_nothing_while_it_keeps(root: Path, reader: BrowserContext) -> None:
    """The policy of each page lets the two scripts do their work; from disk nothing is tried that cannot be."""
    said: list[str] = []
    reader.on("console", lambda message: said.append(message.text))
    reader.on("weberror", lambda error: said.append(str(error.error)))
    with served(root, Host) as host:
        for name in (*UNASKED, VISITED, "tables/risks-compared.html"):
            visit(reader, f"{host}{UNDER}", name).close()
    tab = reader.new_page()
    tab.goto((root / UNDER.strip("/") / "index.html").resolve().as_uri())
    assert said == []


def told(output: Path) -> dict[str, object]:
    """What the worker says of the site."""
    return json.loads((output / offline.WORKER).read_text("utf-8").removeprefix("const site = ").partition(";\n")[0])


def test_the_worker_names_files_that_are_there_and_its_host_asks_for_it_again(project: Path) -> None:
    output = project / "output"
    site = told(output)
    assert [name for name in site["files"] if not (output / name).is_file()] == []
    assert "/offline-worker.js\n  Cache-Control: no-cache\n" in (output / "_headers").read_text("utf-8")
    assert not [meta for meta in parse(output / "404.html").all("script") if "data-worker" in meta.attributes]


def test_the_same_content_is_the_same_edition_and_another_is_another(project: Path, tmp_path: Path) -> None:
    folder = small_site(tmp_path, TESTS / "responses")
    editions = []
    for line in ("", "", "\nMore.\n"):
        with (folder / "content/updates/opened.md").open("a", encoding="utf-8") as page:
            page.write(line)
        assert build(folder, "-e", ON).returncode == 0
        editions.append((folder / "output" / offline.WORKER).read_bytes())
    assert editions[0] == editions[1] != editions[2]


def test_a_pack_of_a_site_that_is_kept_is_not(tmp_path: Path) -> None:
    folder = small_site(tmp_path, TESTS / "responses")
    assert build(folder, "-e", ON, 'ARGUMENT_PACK=["risks/cost"]', 'ARGUMENT_PACK_FILE="pack"').returncode == 0
    (script,) = (one for one in parse(folder / "pack/risks/cost.html").all("script") if "src" in one.attributes)
    assert "data-worker" not in script.attributes


def test_pages_are_kept_unasked_only_while_there_is_room(real_site: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In the order of the argument, and each whole."""
    keeping = offline.Keeping(Offline.ON, argument(), theme_files(ROOT / "theme", "theme"), ROOT / "theme")
    whole = keeping.unasked(real_site)
    pages = [name for name in whole if name.endswith(".html")]
    assert pages[:2] == ["index.html", "decision.html"]
    assert len(pages) > 30
    fourth = whole.index(pages[3])
    sizes = [(real_site / name).stat().st_size for name in whole]
    monkeypatch.setattr(offline, "AT_MOST", sum(sizes[: fourth + 1]) - 1)
    assert keeping.unasked(real_site) == whole[:fourth]
