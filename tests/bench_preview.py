"""How soon a save is on the page that a browser shows, as that browser tells it: `python3 tasks.py bench`.

The site is the real one, then one of 1,000 pages. A change of the page that is open, one of a source that it cites, and the
first page after a change of the code.
"""

import shutil
import statistics
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench_corpus import Corpus
from browser import browser_or_exit
from building import ROOT
from writing import Run

PAGES = 1000
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


def main(runs: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        print(f"From a save to the page, median of {runs}, on the real site:")
        measure(real_site(Path(temporary, "real")), "risks", "content/sources/bmj-2018.md", runs)
        print(f"The same, on {PAGES} pages:")
        measure(Corpus(PAGES).site(Path(temporary, "large"), own_code=True), "page-7", "content/sources/source-7.md", runs)


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 5)
