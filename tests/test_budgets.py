"""What a page weighs: all of it is to arrive with the first ten packets of a connection, in three answers.

Pictures in the running text are set aside: inline SVG, and what `<img>` loads.
"""

import gzip
import re
from functools import cache
from pathlib import Path

import pytest

from building import ROOT, build

FLIGHT = 14_600  # bytes: ten packets of 1,460
HEADERS = 300  # bytes that a host sends before each answer, about
ANSWERS = 3
LINKED = re.compile(r'<link rel="(?:stylesheet|icon)" href="([^"]+)"|<script src="([^"]+)"')
PICTURES = re.compile(r"<svg.*?</svg>", re.S)


@pytest.fixture(scope="module")
def published(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real argument, built for an address of its own: its pages then say more."""
    output = tmp_path_factory.mktemp("published") / "output"
    done = build(ROOT, "-o", str(output), "-e", 'SITEURL="https://example.org/open-the-wall"')
    assert (done.returncode, done.stderr) == (0, "")
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
