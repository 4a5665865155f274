"""How long 1,000 share images take that were never drawn: quotations, points and rows of tables: `python3 tasks.py bench`."""

import random
import statistics
import tempfile
import time
from pathlib import Path

from argument.problems import Place
from argument.share_image import ImageCell, ShareImage
from argument.share_images import ShareImages
from argument.tables import VERDICTS, Verdict
from building import ROOT

IMAGES, COLUMNS = 1000, 4


def images() -> list[ShareImage]:
    """Of ten, three quotations, two points and five rows; the same in every run."""
    chance = random.Random(1)
    words = ["".join(chance.choices("etaoinshrdlucmfwypvbg", k=chance.randint(2, 9))) for _ in range(4000)]

    def some(least: int, most: int) -> str:
        return " ".join(chance.choices(words, k=chance.randint(least, most))).capitalize()

    def cell(column: int) -> ImageCell:
        sign = chance.choice([*VERDICTS])
        return ImageCell(some(1, 3), Verdict(sign, VERDICTS[sign][2]) if column % 2 else None, some(5, 40))

    def image(number: int) -> ShareImage:
        address, place = f"images/image-{number}.html", Place("content/pages/index.md", 1)
        if number % 10 < 3:
            return ShareImage(address, "Quotation", f"“{some(8, 40)}.”", "", (), (some(4, 8), some(4, 8)), place)
        if number % 10 < 5:
            return ShareImage(address, "Risk", some(2, 8), f"{some(15, 40)}.", (), (), place)
        return ShareImage(address, "Row", some(1, 6), some(3, 8), tuple(map(cell, range(COLUMNS))), (), place)

    return [image(number) for number in range(IMAGES)]


def seconds(asked: list[ShareImage], workers: int, folder: Path) -> float:
    """How long it takes to draw and write them into a new folder, with nothing kept from before."""
    start = time.perf_counter()
    assert ShareImages(ROOT / "theme", "A library", folder / "store", workers).write(asked, folder) == []
    return time.perf_counter() - start


def main(runs: int) -> None:
    asked = images()
    # All folders stay until the end: after many files were deleted, the next are slow to make on some file systems.
    with tempfile.TemporaryDirectory() as folder:
        times = [[seconds(asked, workers, Path(folder, f"{run}-{workers}")) for workers in (1, 2)] for run in range(runs)]
    print(f"{IMAGES} share images, median of {runs} runs each, in turn:")
    for name, taken in zip(("on one core", "on two"), zip(*times, strict=True), strict=True):
        print(f"  {name:16} {statistics.median(taken):6.2f} s  ({min(taken):.2f} to {max(taken):.2f})")
