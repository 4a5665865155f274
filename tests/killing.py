"""Builds that are killed at any moment or find no room: readers have the old site or the new one, whole, and the next build works.

`python3 tasks.py kills --times 300` does it as often as one likes.
"""

import random
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from itertools import count
from pathlib import Path

from building import build, environment, small_site
from working import files

SEED = 1  # so that the same is done each time
MARGIN = 0.2  # seconds after the time that a build takes
# Pelican in a process that kills itself before the so many-th time that it writes to the disk, or to the folders that it exchanges;
# with no number it says how often it did.
DYING = """
import os, signal, sys
first, where, number = os.getpid(), sys.argv.pop(1), int(sys.argv.pop(1))
WRITES = {"os.link", "os.mkdir", "os.remove", "os.rename", "os.rmdir", "shutil.rmtree"}
FOLDERS = {"output", ".output.new", ".output.old", ".output.lock"}
written = 0
def count(event, given):
    global written
    opened = event == "open" and isinstance(given[2], int) and given[2] & (os.O_WRONLY | os.O_RDWR | os.O_CREAT)
    if event in WRITES or opened:
        if where == "any" or any(isinstance(name, (str, os.PathLike)) and os.path.basename(name) in FOLDERS for name in given):
            written += 1
            if written == number:
                os.kill(first, signal.SIGKILL)
sys.addaudithook(count)
import pelican
try:
    pelican.main(sys.argv[1:])
finally:
    print("writes:", written)
"""
# Pelican in a process that may write no file of more than so many bytes.
LIMITED = """
import resource, sys
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[1]), int(sys.argv.pop(1))))
import pelican
pelican.main(sys.argv[1:])
"""
ANY, FOLDERS = "any", "folders"
BUILD = ("content", "-s", "pelicanconf.py", "--log-handler", "plain")
EXTRA = "Title: One page more\nDescription: What is there at times.\n\nWords.\n"
STYLE = "theme/styles/base.css"
TEMPLATE = "theme/templates/base.html"
NO_ROOM = "the site cannot be written here"


class Site:
    """A small site with two editions, and what a reader has of each: the second has another page, and every page is another."""

    def __init__(self, folder: Path) -> None:
        self.folder = small_site(folder)
        self.template = (self.folder / TEMPLATE).read_text("utf-8")
        self.style = (self.folder / STYLE).read_text("utf-8")
        self.editions: list[Mapping[str, bytes]] = []
        for number in range(2):
            self.edit(number)
            self.build()
            self.editions.append(self.published)
        if self.editions[0] == self.editions[1]:
            raise AssertionError("The editions are the same.")

    def edit(self, number: int) -> None:
        """Have the content and the theme of an edition."""
        page = self.folder / "content/pages/extra.md"
        page.write_text(EXTRA, "utf-8") if number else page.unlink(missing_ok=True)
        words = "Skip to the words" if number else "Skip to the text"
        (self.folder / STYLE).write_text(f"{self.style}\n@layer base {{ p {{ margin-top: {number}px; }} }}\n", "utf-8")
        (self.folder / TEMPLATE).write_text(self.template.replace("Skip to the text", words), "utf-8")

    def build(self) -> None:
        """A build that must work."""
        done = build(self.folder)
        assert (done.returncode, done.stderr) == (0, ""), done.stderr

    @property
    def published(self) -> dict[str, bytes]:
        return files(self.folder / "output")

    def whole(self) -> int:
        """Which edition readers have. Raises AssertionError if it is neither, or not all of it."""
        found = self.published
        for number, edition in enumerate(self.editions):
            if found == edition:
                return number
        differ = [sorted(name for name in {*found, *one} if found.get(name) != one.get(name))[:5] for one in self.editions]
        raise AssertionError(f"Readers have neither edition: {differ}")

    def begin(self, *command: str) -> "subprocess.Popen[str]":
        """Begin a build by a command of Python's."""
        return subprocess.Popen(
            [sys.executable, *command, *BUILD],
            cwd=self.folder,
            env=environment(),
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            encoding="utf-8",
        )

    def writes(self, where: str) -> int:
        """How often a build of the whole site writes to the disk, or to the folders that it exchanges."""
        process = self.begin("-c", DYING, where, "0")
        said, errors = process.communicate()
        assert process.returncode == 0, errors
        return int(said.rpartition("writes: ")[2])


def kill(site: Site, times: int, chance: random.Random) -> Counter[str]:
    """Kill a build so many times, and after each let one work.

    One of eight at a random moment, one before a random write; the others before a write to the folders that are exchanged: the
    last, the last but one, and so on, and again from the last.
    """
    seen: Counter[str] = Counter()
    site.edit(1 - site.whole())
    begun = time.monotonic()
    anywhere = site.writes(ANY)
    long = time.monotonic() - begun + MARGIN
    site.edit(1 - site.whole())
    folders, before_end = site.writes(FOLDERS), count()
    for number in range(times):
        edition = 1 - site.whole()
        site.edit(edition)
        if number % 8 == 0:
            process = site.begin("-m", "pelican")
            time.sleep(chance.uniform(0, long))
            process.kill()
        elif number % 8 == 4:
            process = site.begin("-c", DYING, ANY, str(chance.randint(1, anywhere)))
        else:
            process = site.begin("-c", DYING, FOLDERS, str(folders - next(before_end) % folders))
        process.communicate()
        killed = process.returncode == -signal.SIGKILL
        seen[f"killed, with the {'new' if site.whole() == edition else 'old'} site left" if killed else "not killed in time"] += 1
        site.build()
        assert site.whole() == edition
    return seen


@contextmanager
def disk(folder: Path, kilobytes: int) -> Iterator[None]:
    """A small disk in a folder. Raises CalledProcessError for whoever may not make one."""
    folder.mkdir(exist_ok=True)
    command = ["mount", "-t", "tmpfs", "-o", f"size={kilobytes}k", "tmpfs", str(folder)]
    subprocess.run(command, check=True, capture_output=True)
    try:
        yield
    finally:
        subprocess.run(["umount", "-l", str(folder)], check=True)


def fill(folder: Path, times: int, chance: random.Random) -> Counter[str]:
    """So many builds on a disk that is full after some kilobytes; after each, one with room enough."""
    seen: Counter[str] = Counter()
    with disk(folder, 400_000):
        site = Site(folder / "site")
        site.edit(0)
        site.build()
        needed = shutil.disk_usage(folder).used // 1024
        for _ in range(times):
            edition = 1 - site.whole()
            site.edit(edition)
            left = shutil.disk_usage(folder).used // 1024 + chance.randint(0, needed // 4)
            resized(folder, left)
            process = site.begin("-m", "pelican")
            errors = process.communicate()[1]
            seen[ended(site, edition, process.returncode, errors)] += 1
            resized(folder, 400_000)
            site.build()
            assert site.whole() == edition
    return seen


def resized(folder: Path, kilobytes: int) -> None:
    """Have a disk of another size."""
    subprocess.run(["mount", "-o", f"remount,size={kilobytes}k", str(folder)], check=True)


def ended(site: Site, edition: int, status: int, errors: str) -> str:
    """How a build ended that may have had no room for an edition. Raises AssertionError if that was not said, or did harm."""
    if status == 0:
        assert site.whole() == edition
        return "room enough"
    assert NO_ROOM in errors, errors
    assert "Traceback" not in errors, errors
    assert site.whole() != edition
    assert not list(site.folder.glob(".output.*"))
    return "told that there is no room"


def main(times: int) -> None:
    chance = random.Random(SEED)
    with tempfile.TemporaryDirectory() as folder:
        for what, number in sorted(kill(Site(Path(folder, "site")), times, chance).items()):
            print(f"{number} builds: {what}.")
        try:
            found = fill(Path(folder, "disk"), max(1, times // 5), chance)
        except (OSError, subprocess.CalledProcessError):
            print("No full disk was tried: whoever runs this may not mount one.")
        else:
            for what, number in sorted(found.items()):
                print(f"{number} builds on a disk that fills: {what}.")
    print("The output was the old site or the new one, whole, each time, and the next build worked.")


if __name__ == "__main__":
    main(int(sys.argv[1]))
