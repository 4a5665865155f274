"""The built folder on any host: at the root, in a sub-folder, from disk and from a bundle, nothing in it leads nowhere."""

import hashlib
import io
import json
import re
import subprocess
import threading
import urllib.error
import urllib.request
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from PIL import Image
from playwright.sync_api import Browser

from accessibility import AXE
from argument import serving
from argument.packs import BUNDLE, bundled, in_the_way, write
from building import SMALL, TESTS, build, small_site
from crawling import GONE, NOWHERE, Crawl, of_page
from hosts import HOSTS, UNDER, crawled, lines_for
from object_store import DENIED, objects, stored, with_home
from pages import Element, parse
from serving import Quiet

SITE = f"https://reading.example.org{UNDER}"
LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


class StaticHost(Quiet):
    """What a static host does: `404.html` of the site where there is nothing."""

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, f"{UNDER.strip('/')}/404.html")
        if code != 404 or not page.exists():
            super().send_error(code, message, explain)
            return
        self.send_response(code)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(page.read_bytes())


@contextmanager
def served(root: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(StaticHost, directory=root)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()


@pytest.fixture(scope="module")
def project(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with responses, updates and things that have moved, for a sub-folder of a host, and a bundle of it."""
    folder = small_site(tmp_path_factory.mktemp("hosting"), TESTS / "moved", TESTS / "responses")
    done = build(folder, "-e", f'SITEURL="{SITE}"', 'ARGUMENT_BUNDLE="whole.zip"')
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def hosted(project: Path) -> Path:
    return project / "output"


@pytest.fixture(scope="module")
def under(hosted: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the site in its sub-folder on a host."""
    root = tmp_path_factory.mktemp("host")
    (root / UNDER.strip("/")).parent.mkdir(parents=True)
    (root / UNDER.strip("/")).symlink_to(hosted)
    with served(root) as host:
        yield f"{host}{UNDER}/"


def pages_of(output: Path) -> list[str]:
    """The pages that readers are to find: all but those that only lead on, and that of nothing."""
    names = (path.relative_to(output).as_posix() for path in output.rglob("*.html"))
    return sorted(name for name in names if "noindex" not in (output / name).read_text("utf-8"))


def sound(crawl: Crawl, output: Path) -> None:
    """Nothing led nowhere, and every page was reached."""
    assert crawl.wrong == []
    assert set(pages_of(output)) - set(crawl.pages) == set()


def answer(address: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(address) as answered:
            return answered.status, answered.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_serve_answers_as_hosts_do(small_output: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """With the site's own page where there is nothing, which no folder that lists its files is; without one, in plain words."""
    monkeypatch.setattr(serving.Handler, "log_message", lambda *_: None)
    page = (small_output / "404.html").read_text("utf-8")
    for folder, said in ((small_output, page), (tmp_path, "Error code: 404")):
        with serving.server(folder, 0) as server:
            threading.Thread(target=server.serve_forever, daemon=True).start()
            host = f"http://127.0.0.1:{server.server_port}"
            assert [answer(f"{host}/{path}")[0] for path in ("nowhere.html", "icons/", "a/b/")] == [404, 404, 404]
            assert said in answer(f"{host}/nowhere.html")[1]
            assert answer(f"{host}/")[0] == (200 if folder == small_output else 404)
            server.shutdown()


def test_it_stands_at_the_root_of_a_host(small_output: Path) -> None:
    with served(small_output) as host:
        sound(Crawl(f"{host}/").run(), small_output)


def test_it_stands_in_a_sub_folder(hosted: Path, under: str) -> None:
    """Whole addresses of its own among them: pictures in previews, canonical addresses."""
    crawl = Crawl(under, SITE).run()
    sound(crawl, hosted)
    assert [url for url in crawl.answers if url.endswith((".png", ".webmanifest"))]


def test_it_opens_from_disk(small_output: Path) -> None:
    sound(Crawl(f"{small_output.as_uri()}/").run(), small_output)


def test_it_opens_from_its_bundle(project: Path, hosted: Path, tmp_path: Path) -> None:
    with zipfile.ZipFile(project / "whole.zip") as archive:
        archive.extractall(tmp_path)
        modes = {info.external_attr >> 16 for info in archive.infolist()}
    assert modes == {0o100644}  # whoever unpacks it, a host can read it
    there = {path.relative_to(hosted).as_posix(): path.read_bytes() for path in hosted.rglob("*") if path.is_file()}
    assert {path.relative_to(tmp_path / "whole").as_posix() for path in tmp_path.rglob("*") if path.is_file()} == there.keys()
    assert bundled(tmp_path / "whole") == there
    sound(Crawl(f"{(tmp_path / 'whole').as_uri()}/", SITE).run(), hosted)


def test_the_real_site_stands_in_a_sub_folder(real_site: Path, tmp_path: Path) -> None:
    (tmp_path / UNDER.strip("/")).parent.mkdir(parents=True)
    (tmp_path / UNDER.strip("/")).symlink_to(real_site)
    with served(tmp_path) as host:
        sound(Crawl(f"{host}{UNDER}/").run(), real_site)


@pytest.mark.parametrize("site", ["small_output", "real_site"])
def test_it_stands_in_a_store_that_knows_whole_keys_alone(site: str, request: pytest.FixtureRequest) -> None:
    """No link is to a folder, and every file is called what it is by its ending."""
    output = request.getfixturevalue(site)
    with stored(objects(output, "a/prefix/")) as store:
        sound(Crawl(f"{store}/a/prefix/", shown="").run(), output)


def test_in_a_store_its_own_address_needs_an_object_of_that_name(hosted: Path) -> None:
    """The whole address of the home page ends in a slash; all else that the site calls by its whole address is there."""
    kept = objects(hosted, "site/")
    with stored(kept) as store:
        wrong = Crawl(f"{store}/site/", SITE, shown="").run().wrong
    assert {line.partition(" -> ")[2] for line in wrong} == {f"{store}/site/: 403, {len(DENIED)} bytes"}
    with stored(with_home(kept, "site/")) as store:
        crawl = Crawl(f"{store}/site/", SITE, shown="").run()
    sound(crawl, hosted)
    assert {f"{store}/site/{name}" for name in ("feed.xml", "sitemap.xml", "")} <= crawl.answers.keys()


def test_a_crawl_finds_what_leads_nowhere_or_out_of_the_folder(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/robots.txt").write_text("Sitemap: https://example.org/sitemap.xml", "utf-8")
    (tmp_path / "out.html").write_text("<p>out</p>", "utf-8")
    (tmp_path / "in/a.css").write_text("a { background: url(gone.png) }", "utf-8")
    (tmp_path / "in/index.html").write_text(
        '<link href="a.css"><img src="gone.svg"><a href="#no">a</a><a href="../out.html">b</a><a href="https://example.org/">c</a>',
        "utf-8",
    )
    wrong = Crawl(f"{(tmp_path / 'in').as_uri()}/").run().wrong
    for part in ("gone.png", "gone.svg", "#no: no such id", "out.html: out of the folder"):
        assert len([line for line in wrong if part in line]) == 1
    assert len(wrong) == 4


def test_the_page_of_nothing_works_at_any_depth(under: str, hosted: Path) -> None:
    """Style, icon, home page and navigation are found from wherever it is shown."""
    crawl = Crawl(under, SITE)
    assert list(crawl.lost()) == []
    targets = [link.attributes["href"] for link in parse(hosted / "404.html").all("a")]
    assert {f"{UNDER}/index.html", f"{UNDER}/risks.html"} <= set(targets)
    assert all(target.startswith((f"{UNDER}/", "#", "mailto:")) for target in targets)


def test_the_page_of_nothing_is_drawn_in_a_browser(under: str, browser: Browser) -> None:
    page = browser.new_page(viewport={"width": 320, "height": 640})
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{under}{NOWHERE}")
    assert page.get_by_role("heading", level=1).inner_text() == "There is nothing at this address"
    assert page.evaluate("getComputedStyle(document.querySelector('.site-header')).borderTopWidth") == "6px"
    assert page.evaluate("document.documentElement.scrollWidth") == 320
    assert [violation["id"] for violation in Axe().run(page, options=AXE).response["violations"]] == []
    page.get_by_role("link", name="the first page").click()
    assert page.url == f"{under}index.html"
    page.close()
    assert [line for line in said if "404" not in line] == []


def test_the_page_of_nothing_has_words_alone_where_the_site_has_no_address(small_output: Path, browser: Browser) -> None:
    page = parse(small_output / "404.html")
    assert list(of_page(page)) == []
    assert "Open on Sundays" in page.text
    opened = browser.new_page()
    opened.goto((small_output / "404.html").as_uri())
    assert [violation["id"] for violation in Axe().run(opened, options=AXE).response["violations"]] == []
    opened.close()


@pytest.mark.parametrize("site", ["hosted", "small_output"])
def test_the_page_of_nothing_is_in_no_list(site: str, request: pytest.FixtureRequest) -> None:
    output = request.getfixturevalue(site)
    page = parse(output / "404.html")
    assert [meta.attributes["content"] for meta in page.all("meta") if meta.attributes.get("name") == "robots"] == ["noindex"]
    naming = [path.name for path in output.rglob("*") if path.suffix in (".html", ".xml") and "404.html" in path.read_text("utf-8")]
    assert naming == []


def test_the_page_of_nothing_is_never_recorded_as_an_address(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    assert build(folder, "-e", "ARGUMENT_RECORD_ADDRESSES=true").returncode == 0
    assert "404" not in (folder / "content/addresses.txt").read_text("utf-8")


def test_the_sitemap_has_the_canonical_address_of_each_page_once(hosted: Path) -> None:
    urls = ET.parse(hosted / "sitemap.xml").getroot().findall(f"{LOC}url")
    told = {url.findtext(f"{LOC}loc"): url.findtext(f"{LOC}lastmod") for url in urls}
    own = set()
    for name in pages_of(hosted):
        links = [link for link in parse(hosted / name).all("link") if link.attributes["rel"] == "canonical"]
        own |= {link.attributes["href"] for link in links}
    assert told.keys() == own
    assert len(urls) == len(told)
    assert told[f"{SITE}/"] is None
    assert told[f"{SITE}/updates/a-new-page.html"] == "2025-03-01"
    assert not [address for address in told if "/tables/" in address or "timetable" in address]


def test_robots_may_read_everything(hosted: Path, small_output: Path) -> None:
    assert (hosted / "robots.txt").read_text("utf-8") == f"User-agent: *\nAllow: /\n\nSitemap: {SITE}/sitemap.xml\n"
    assert (small_output / "robots.txt").read_text("utf-8") == "User-agent: *\nAllow: /\n"
    assert not (small_output / "sitemap.xml").exists()
    assert (small_output / ".nojekyll").read_bytes() == b""


def test_the_manifest_and_its_icons(hosted: Path) -> None:
    told = json.loads((hosted / "manifest.webmanifest").read_text("utf-8"))
    tokens = (hosted.parent / "theme/styles/00-tokens.css").read_text("utf-8")
    assert (told["name"], told["short_name"], told["start_url"], told["display"]) == ("Open on Sundays",) * 2 + (
        "index.html",
        "browser",
    )
    assert f"--accent: light-dark({told['theme_color']}," in tokens
    assert f"--paper: light-dark({told['background_color']}," in tokens
    for icon in told["icons"]:
        with Image.open(hosted / icon["src"]) as picture:
            assert f"{picture.width}x{picture.height}" == icon["sizes"]
            assert picture.convert("RGBA").getpixel((0, 0))[3] == 0  # its corners are round
    assert [icon["sizes"] for icon in told["icons"]] == ["192x192", "512x512"]


def links_of(page: Element, rel: str) -> list[str]:
    return [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == rel]


def test_only_the_home_page_names_them_and_may_read_them(hosted: Path) -> None:
    for name in pages_of(hosted):
        page = parse(hosted / name)
        (policy,) = (meta.attributes["content"] for meta in page.all("meta") if "http-equiv" in meta.attributes)
        home = name == "index.html"
        assert (links_of(page, "manifest") == ["manifest.webmanifest"]) is home
        assert ("manifest-src 'self'" in policy) is home
        assert bool(links_of(page, "apple-touch-icon")) is home
    (icon,) = links_of(parse(hosted / "index.html"), "apple-touch-icon")
    with Image.open(io.BytesIO((hosted / icon).read_bytes())) as picture:
        assert picture.size == (180, 180)
        assert picture.convert("RGBA").getpixel((0, 0)) == (0x8F, 0x1D, 0x4F, 0xFF)


def test_files_of_the_theme_are_named_after_what_is_in_them(hosted: Path) -> None:
    """And all of them are, since all that stand there may be kept for ever."""
    found = {}
    for path in (hosted / "theme").rglob("*"):
        name, figures, ending = re.fullmatch(r"(.+)\.([0-9a-f]{8})\.([a-z]+)", path.name).groups()
        assert hashlib.sha256(path.read_bytes()).hexdigest().startswith(figures)
        found[f"{name}.{ending}"] = figures
    icons = {"apple-touch-icon.png", "icon-192.png", "icon-512.png", "icon.svg"}
    assert found.keys() == {"redirect.js", "share.js", "site.css", *icons}


def test_a_style_that_has_changed_has_another_name(hosted: Path, tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    with (folder / "theme/styles/base.css").open("a", encoding="utf-8") as style:
        style.write("@layer base { a { font-weight: 650; } }\n")
    assert build(folder).returncode == 0
    (style,) = links_of(parse(folder / "output/index.html"), "stylesheet")
    assert not (hosted / style).exists()
    assert (folder / "output" / style).read_text("utf-8").count("font-weight:650") == 1


def test_no_header_is_named_by_two_rules_for_one_address(hosted: Path) -> None:
    """Cloudflare Pages would join their values; it and Netlify take one * for any part of an address."""
    rules: dict[str, dict[str, str]] = {}
    for line in (hosted / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            said = rules.setdefault(line, {})
        else:
            name, _, value = line.strip().partition(": ")
            said[name] = value

    def sent(address: str) -> dict[str, str]:
        matching = [said for rule, said in rules.items() if re.fullmatch(re.escape(rule).replace(r"\*", ".*"), address)]
        names = [name for said in matching for name in said]
        assert len(names) == len(set(names)), address
        return {name: value for said in matching for name, value in said.items()}

    for path in hosted.rglob("*"):
        name = path.relative_to(hosted).as_posix()
        told = sent(f"/{name}")
        assert told["Content-Security-Policy"] == "frame-ancestors 'none'"
        assert (told["X-Content-Type-Options"], told["Referrer-Policy"]) == ("nosniff", "no-referrer")
        assert ("immutable" in told.get("Cache-Control", "")) is (name.startswith("theme/") and path.is_file())
        assert name.startswith("theme/") or told.get("Cache-Control") == ("no-cache" if name.endswith(".html") else None)
    assert sent("/")["Cache-Control"] == "no-cache"
    assert "Cache-Control" not in sent(f"/{GONE}")


def test_two_builds_and_their_bundles_are_the_same_bytes(project: Path, tmp_path: Path) -> None:
    folder = small_site(tmp_path, TESTS / "moved", TESTS / "responses")
    assert build(folder, "-e", f'SITEURL="{SITE}"', 'ARGUMENT_BUNDLE="whole.zip"').returncode == 0
    assert (folder / "whole.zip").read_bytes() == (project / "whole.zip").read_bytes()
    assert build(folder, "-e", f'SITEURL="{SITE}"', 'ARGUMENT_BUNDLE="whole.zip"').returncode == 0  # over one that is there


def test_no_zip_file_but_a_bundle_is_written_over(tmp_path: Path) -> None:
    target = tmp_path / "site.zip"
    write({"index.html": b"of a pack"}, target)
    assert len(in_the_way(str(target), (), BUNDLE)) == 1
    write({"index.html": b"of a site"}, target, BUNDLE)
    assert in_the_way(str(target), (), BUNDLE) == []
    assert len(in_the_way(str(target), ())) == 1  # no pack is written over it


def test_what_was_unpacked_can_be_read_by_others(tmp_path: Path) -> None:
    """Also by programs that do as the zip file says."""
    write({"index.html": b"a"}, tmp_path / "pack.zip")
    if subprocess.run(["which", "unzip"], capture_output=True, check=False).returncode:
        pytest.skip("no unzip here")
    subprocess.run(["unzip", "-q", "pack.zip"], cwd=tmp_path, check=True)
    assert (tmp_path / "pack/index.html").stat().st_mode & 0o777 == 0o644


@pytest.mark.parametrize("host", HOSTS, ids=lambda host: host.name)
def test_the_readme_says_how_to_set_up_each_host(host: object, hosted: Path) -> None:
    """The lines are there; where the server is, it takes them and does what they say."""
    assert f"{UNDER}/404.html" in lines_for(host.name, SMALL, 80)
    if host.program:
        crawl, wrong = crawled(host, hosted, SITE)
        assert wrong == []
        assert set(pages_of(hosted)) - set(crawl.pages) == set()
