"""Builds of an argument of any size by the plugin, and by bare Pelican in the same run: `python3 tasks.py bench`.

Bare Pelican has the same files, its own simple theme without a menu of all pages, and shows blocks as text: it checks nothing,
and makes no tables, cards, share pages or data. So each figure is told as a ratio to its build from nothing as well. Share images
and PDFs are timed by themselves: they are made in the last build, and in no other. A fresh process each time; memory is the
most that one process of a build had at once.
"""

import json
import os
import platform
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

import bench_checks
import bench_images
import bench_peers
import bench_preview
from bench_corpus import EDITED, OFTEN, Corpus
from building import ROOT

if TYPE_CHECKING:
    from collections.abc import Callable

FOUND = ROOT / ".cache/bench.json"
BARE = "Pelican alone, from nothing"
MEMORY = 1024 if sys.platform == "linux" else 1  # bytes in a unit of ru_maxrss


def built(folder: Path) -> tuple[float, int]:
    """How many seconds a build in a folder takes, as a whole process, and how many bytes of memory.

    Raises RuntimeError if it fails.
    """
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--log-handler", "plain", "-q"]
    start = time.perf_counter()
    process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL)
    memory = 0  # not told on Windows
    if hasattr(os, "wait4"):
        _, status, used = os.wait4(process.pid, 0)
        process.returncode, memory = os.waitstatus_to_exitcode(status), used.ru_maxrss * MEMORY
    failed, taken = process.wait(), time.perf_counter() - start
    if failed:
        raise RuntimeError(f"The build in {folder} failed.")
    return taken, memory


def bare_site(folder: Path, corpus: Corpus) -> Path:
    """The same files in a folder that Pelican alone builds."""
    corpus.write(folder / "content")
    settings = ['PATH = "content"', 'PAGE_PATHS = ["pages", "quotations", "sources"]', "ARTICLE_PATHS = DIRECT_TEMPLATES = []"]
    settings += ['THEME = "simple"', 'TIMEZONE = "UTC"', "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = PAGE_TRANSLATION_ID = None"]
    settings += ["DISPLAY_PAGES_ON_MENU = False"]  # every page would name all the others
    # Without a title, which quotations have not, Pelican reads no file.
    settings += ['FILENAME_METADATA = "(?P<title>.*)"', 'PAGE_URL = PAGE_SAVE_AS = "{slug}.html"']
    (folder / "pelicanconf.py").write_text("\n".join(settings) + "\n", "utf-8")
    return folder


def forget(folder: Path) -> None:
    """Leave nothing that earlier builds made."""
    for name in (".cache", "output"):
        shutil.rmtree(folder / name, ignore_errors=True)


def edit(file: Path, old: str, number: int) -> None:
    """Put something else in the place of some words, another thing each time."""
    text = file.read_text("utf-8")
    before, _, rest = text.partition(old)
    line, end, after = rest.partition("\n")
    file.write_text(f"{before}{old}{line.rstrip('0123456789 ')} {number}{end}{after}", "utf-8")


def our_site(folder: Path, corpus: Corpus, *, drawn: bool) -> Path:
    """The argument in a folder that the plugin builds, with share images and PDFs or without."""
    corpus.site(folder)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"ARGUMENT_SHARE_IMAGES = ARGUMENT_PAPERS = {drawn}\n")
    return folder


def main(pages: int, runs: int, *, whole: bool, peers: bool) -> None:
    corpus = Corpus(pages)
    with tempfile.TemporaryDirectory() as temporary:
        ours = our_site(Path(temporary, "ours"), corpus, drawn=False)
        theirs = bare_site(Path(temporary, "theirs"), corpus)
        steps: dict[str, tuple[Path, Callable[[int], None]]] = {
            BARE: (theirs, lambda _: forget(theirs)),
            "from nothing": (ours, lambda _: forget(ours)),
            "nothing changed": (ours, lambda _: None),
            "a page changed": (ours, lambda number: edit(ours / "content" / EDITED, "Description: ", number)),
            "a quotation on 1 % of pages changed": (ours, lambda number: edit(ours / "content" / OFTEN, "Role: ", number)),
            "a template changed": (ours, lambda number: edit(ours / "theme/templates/page.html", "{% block main %}", number)),
        }
        if whole:
            drawn = our_site(Path(temporary, "drawn"), corpus, drawn=True)
            steps["from nothing, with share images and PDFs"] = (drawn, lambda _: forget(drawn))
        taken: dict[str, list[tuple[float, int]]] = {name: [] for name in steps}
        for number in range(runs):
            for name, (folder, before) in steps.items():
                before(number)
                taken[name].append(built(folder))
        alone = report(corpus, runs, taken)
        if peers:
            bench_peers.main(corpus, runs, alone, Path(temporary))


def report(corpus: Corpus, runs: int, taken: dict[str, list[tuple[float, int]]]) -> float:
    """Print the medians and keep them as JSON; return bare Pelican's."""
    print(f"{corpus.pages} pages, {corpus.quotations} quotations, {corpus.sources} sources; median of {runs}:")
    whole = statistics.median(seconds for seconds, _ in taken[BARE])
    rows = []
    for name, found in taken.items():
        times = [seconds for seconds, _ in found]
        median, memory = statistics.median(times), max(size for _, size in found)
        rows.append({"build": name, "seconds": times, "median": median, "ratio": median / whole, "bytes": memory})
        spread = f"({min(times):.2f} to {max(times):.2f})"
        print(f"  {name:40} {median:7.2f} s {spread:20} {median / whole:6.2f} of Pelican’s {memory / 1e6:6.0f} MB")
    machine = {"python": platform.python_version(), "system": platform.platform(), "cores": os.cpu_count()}
    found = {"at": datetime.now(UTC).isoformat(timespec="seconds"), "pages": corpus.pages, **machine, "builds": rows}
    FOUND.parent.mkdir(exist_ok=True)
    FOUND.write_text(json.dumps(found, indent=1), "utf-8")
    print(f"  also in {FOUND.relative_to(ROOT)}")
    return whole


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]), whole="whole" in sys.argv, peers="peers" in sys.argv)
    if "builds" in sys.argv:
        sys.exit()
    bench_checks.main(int(sys.argv[2]))
    bench_images.main(int(sys.argv[2]))
    bench_preview.main(int(sys.argv[2]))
