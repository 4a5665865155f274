"""A full build by the plugin and one by bare Pelican, of the same pages, in turn: `python3 tasks.py bench`.

Each page has four sections of prose with three links, a table of six rows and two quotations. Bare Pelican shows the
blocks as text, so it does less; the ratio says what the checks, cards and tables cost.
"""

import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import bench_checks
import bench_images
import bench_preview
from bench_pages import page
from building import small_site


def seconds(folder: Path) -> float:
    """How long a build in a folder takes, as a whole process."""
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--log-handler", "plain", "-q"]
    start = time.perf_counter()
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def from_nothing(folder: Path) -> float:
    """The same without what earlier builds found out."""
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    return seconds(folder)


def bare_site(folder: Path) -> Path:
    """A folder that Pelican alone can build, with the page that the others link to."""
    (folder / "content/pages").mkdir(parents=True)
    (folder / "content/risks").mkdir()
    (folder / "content/risks/cost.md").write_text("Title: Cost\n\nMore than nothing.\n", "utf-8")
    settings = 'PATH = "content"\nPAGE_PATHS = ["pages", "risks"]\nARTICLE_PATHS = []\nDIRECT_TEMPLATES = []\nTIMEZONE = "UTC"\n'
    (folder / "pelicanconf.py").write_text(settings + "FEED_ALL_ATOM = CATEGORY_FEED_ATOM = PAGE_TRANSLATION_ID = None\n", "utf-8")
    return folder


def main(pages: int, runs: int) -> None:
    with tempfile.TemporaryDirectory() as temporary:
        ours, theirs = small_site(Path(temporary, "ours")), bare_site(Path(temporary, "theirs"))
        for number in range(pages):
            for folder in (ours, theirs):
                (folder / f"content/pages/page-{number}.md").write_text(page(number), "utf-8")
        times = [(from_nothing(ours), seconds(ours), seconds(theirs)) for _ in range(runs)]
    print(f"{pages} pages, median of {runs} builds each, in turn:")
    medians = []
    for name, taken in zip(("with the plugin", "built again", "bare Pelican"), zip(*times, strict=True), strict=True):
        medians.append(statistics.median(taken))
        print(f"  {name:16} {medians[-1]:6.2f} s  ({min(taken):.2f} to {max(taken):.2f})")
    print(f"  {'ratio':16} {medians[0] / medians[2]:6.2f}, built again {medians[1] / medians[2]:.2f}")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
    bench_checks.main(int(sys.argv[2]))
    bench_images.main(int(sys.argv[2]))
    bench_preview.main(int(sys.argv[2]))
