"""How soon a save is on the page that a browser shows, as that browser tells it: `python3 tasks.py bench`.

The site is the real one, then one of 1,000 pages. A change of the page that is open, one of a source that it cites, and the
first page after a change of the code. Then, without share images and PDFs, how soon there is new HTML, whoever reads it: what
others that watch files write to disk.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

from playwright.sync_api import Page, sync_playwright

from bench_corpus import Corpus
from browser import browser_or_exit
from building import ROOT
from writing import Run

PAGES = 1000
SAVES_APART = 0.7  # seconds
WITHOUT = "ARGUMENT_SHARE_IMAGES = ARGUMENT_PAPERS = False\n"
PARTS = ("content", "theme", "plugins", "pelicanconf.py")


def real_site(folder: Path) -> Path:
    """A copy of the project's own."""
    folder.mkdir()
    for name in PARTS:
        copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
        copy(ROOT / name, folder / name)
    return folder


class Saving:
    """A file with an end that is another one each time."""

    def __init__(self, file: Path, end: str) -> None:
        self.file, self.end, self.text = file, end, file.read_text("utf-8")

    def __call__(self, number: int) -> None:
        self.file.write_text(f"{self.text}{self.end.format(number)}", "utf-8")


def seconds(tab: Page, save: Callable[[], None]) -> float:
    """From a save until the page that was open is there again."""
    with tab.expect_event("domcontentloaded", timeout=120_000):
        start = time.perf_counter()
        save()
    return time.perf_counter() - start


def timed(name: str, runs: int, tab: Page, save: Callable[[int], None]) -> None:
    """Print the median of some saves, after one that does not count."""
    taken = [seconds(tab, lambda number=number: save(number)) for number in range(runs + 1)][1:]
    print(f"  {name:34} {statistics.median(taken):6.2f} s  ({min(taken):.2f} to {max(taken):.2f})", flush=True)


def measure(folder: Path, address: str, source: str, runs: int) -> None:
    """Every kind of save, on one site; `address` is the page that is open, `source` one that it cites."""
    run = Run(folder)
    try:
        with sync_playwright() as playwright:
            tab = browser_or_exit(playwright).new_page()
            begun = time.perf_counter()
            tab.goto(f"{run.address}{address}.html")
            tab.locator("main h1").wait_for(timeout=600_000)
            print(f"  {'from the command to the first page':34} {time.perf_counter() - begun:6.2f} s", flush=True)
            for name, file, end in (
                ("the page that is open", f"content/pages/{address}.md", "\nWords {}.\n"),
                ("a source that it cites", source, "\nWords {}.\n"),
                ("the code", "plugins/argument/wayfinding.py", "# {}\n"),
            ):
                timed(name, runs, tab, Saving(folder / file, end))
    finally:
        run.process.kill()
        run.process.wait()


def until_told(events: HTTPResponse, last: bytes) -> bytes:
    """The next thing that browsers are told, when it is another one than the last."""
    while (line := events.fp.readline()) == last or not line.startswith(b"data:"):
        pass
    return line


def measure_html(folder: Path, address: str, runs: int) -> None:
    """From a save of a page until its new HTML has been got."""
    run = Run(folder)
    host = urlsplit(run.address).netloc

    def got(path: str) -> bytes:
        connection = HTTPConnection(host)
        connection.request("GET", path)
        return connection.getresponse().read()

    try:
        while b"<h1>" not in got(f"/{address}.html"):
            time.sleep(0.1)
        connection = HTTPConnection(host)
        connection.request("GET", "/_livereload/events")
        events = connection.getresponse()
        last = until_told(events, b"")
        save, taken = Saving(folder / f"content/pages/{address}.md", "\nWords {}.\n"), []
        for number in range(runs + 1):
            time.sleep(SAVES_APART)
            start = time.perf_counter()
            save(number)
            last = until_told(events, last)
            html = got(f"/{address}.html")
            taken.append(time.perf_counter() - start)
            assert f"Words {number}.".encode() in html
        del taken[0]
        print(
            f"  {'the page, until there is new HTML':34} {statistics.median(taken):6.2f} s  ({min(taken):.2f} to {max(taken):.2f})"
        )
    finally:
        run.process.kill()
        run.process.wait()


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        print(f"From a save to the page, median of {runs}, on the real site:")
        measure(real_site(Path(temporary, "real")), "risks", "content/sources/bmj-2018.md", runs)
        print(f"The same, on {PAGES} pages:")
        large = Corpus(PAGES).site(Path(temporary, "large"), own_code=True)
        measure(large, "page-7", "content/sources/source-7.md", runs)
        print(f"On {PAGES} pages without share images and PDFs:")
        with (large / "pelicanconf.py").open("a", encoding="utf-8") as conf:
            conf.write(WITHOUT)
        measure_html(large, "page-8", runs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
