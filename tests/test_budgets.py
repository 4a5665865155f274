"""What a page weighs: all of it is to arrive with the first ten packets of a connection, in three answers.

Pictures in the running text are set aside: inline SVG, and what `<img>` loads.
"""

import gzip
import re
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from pelican.generators import Generator
from pelican.settings import DEFAULT_CONFIG, read_settings

from argument.context import Workshop
from argument.drawn_site import DrawnSite
from argument.target import Target
from building import ROOT

FLIGHT = 14_600  # bytes: ten packets of 1,460
HEADERS = 300  # bytes that a host sends before each answer, about
ANSWERS = 3
LINKED = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<script src="([^"]+)"')
PICTURES = re.compile(r"<svg.*?</svg>", re.S)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The pages of the real argument for an address of its own, which say more, with styles and scripts, as a build writes them.

    What takes longest of a build is left out, and weighed by nobody: PDFs and share images, which pages only name.
    """
    output = tmp_path_factory.mktemp("published") / "output"
    settings: dict[str, Any] = read_settings(
        str(ROOT / "pelicanconf.py"), override={"SITEURL": "https://example.org/open-the-wall"}
    )
    workshop = Workshop.of(settings, DEFAULT_CONFIG)
    generator: Any = Generator
    site = DrawnSite(workshop, generator({}, settings, settings["PATH"], settings["THEME"], "").env, for_author=False)
    assert site.look() == []
    target = Target(output)
    for address in site.shown.products:
        if address.endswith(".html"):
            target.put({address: site.file(address) or b""})
    target.put(site.shown.theme.written())
    return output


def on_the_wire(text: bytes) -> int:
    """Bytes of an answer: gzip at the level that servers use, and its headers."""
    return len(gzip.compress(text, 6)) + HEADERS


@cache
def weight(path: Path) -> int:
    """Bytes on the wire of a file of the site."""
    return on_the_wire(path.read_bytes())


def whole(path: Path) -> tuple[int, int]:
    """Bytes on the wire of a page with all that it needs, and in how many answers."""
    html = PICTURES.sub("", path.read_text("utf-8"))
    linked = [path.parent / (one or other) for one, other in LINKED.findall(html) if not one.startswith("data:")]
    return on_the_wire(html.encode()) + sum(weight(file.resolve()) for file in linked), 1 + len(linked)


def pages(site: Path) -> dict[str, Path]:
    """Every page of the site but the one that begins at the root of a host."""
    return {path.relative_to(site).as_posix(): path for path in sorted(site.rglob("*.html")) if path.name != "404.html"}


def test_every_page_arrives_whole_with_the_first_packets(published: Path) -> None:
    found = {name: whole(path) for name, path in pages(published).items()}
    assert {name: size for name, (size, _) in found.items() if size > FLIGHT} == {}
    assert {name: answers for name, (_, answers) in found.items() if answers > ANSWERS} == {}


def test_the_text_of_every_page_does_so_in_any_case(published: Path) -> None:
    """What is read first is there before a second round trip, however long the page; pictures in it included."""
    assert {name: size for name, path in pages(published).items() if (size := weight(path)) > FLIGHT} == {}
