"""A site is built beside the old one and then takes its place: a build that fails leaves readers what they had.

Where the system can exchange two folders in one step (Linux, macOS), there is a whole site at every moment. Elsewhere there is
none between two renames, and a build that is killed just then leaves the old one for the next build to put back. Knows no Pelican.
"""

import ctypes
import errno
import os
import shutil
import sys
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from argument.locks import Lock
from argument.problems import Place, Problem

HERE = -100  # AT_FDCWD of Linux: a path is taken from the folder of this process
EXCHANGE = 2  # RENAME_EXCHANGE of Linux's renameat2, RENAME_SWAP of macOS's renamex_np
IN_TWO_STEPS = (errno.EINVAL, errno.ENOSYS, errno.ENOTSUP, errno.EXDEV)  # a file system that cannot exchange
HOME, REPOSITORY = "index.html", ".git"
ANOTHER = "Let OUTPUT_PATH name another folder."
FULL = (errno.ENOSPC, errno.EDQUOT, errno.EFBIG, errno.EROFS, errno.EIO)  # what a write may say of no file in particular


class Staging:
    """A folder to build into, beside the published one, which a build has for itself; another waits until it is done.

    Raises OSError where it cannot be made.
    """

    def __init__(self, output: Path, waiting: Callable[[], None]) -> None:
        self.output = output.resolve()  # where a link stands for it, what it leads to is replaced
        self.folder = self.beside("new")
        self.output.parent.mkdir(parents=True, exist_ok=True)
        self.lock = Lock(self.beside("lock"), waiting)
        self.mend()
        self.folder.mkdir()

    def beside(self, what: str) -> Path:
        """`…/output` → `…/.output.new`."""
        return self.output.with_name(f".{self.output.name}.{what}")

    def mend(self) -> None:
        """Put right what a build that was killed left behind."""
        old = self.beside("old")
        if old.exists() and not self.output.exists():
            old.rename(self.output)
        for left in (self.folder, old):
            if left.exists():
                shutil.rmtree(left)

    def publish(self) -> None:
        """Put the finished folder in the place of the old one."""
        if not self.output.exists():
            self.folder.rename(self.output)
        elif not exchange(self.folder, self.output):
            self.replace()
        shutil.rmtree(self.folder, ignore_errors=True)

    def replace(self) -> None:
        """The same in two steps."""
        old = self.beside("old")
        self.output.rename(old)
        try:
            self.folder.rename(self.output)
        except OSError:
            old.rename(self.output)
            raise
        shutil.rmtree(old, ignore_errors=True)

    def leave(self) -> None:
        """Let others build; what was not published is gone."""
        shutil.rmtree(self.folder, ignore_errors=True)
        self.lock.release()

    def unwritable(self, error: OSError) -> Problem | None:
        """What is to be said of an error, if it is one of writing here."""
        named = [str(name) for name in (error.filename, error.filename2) if isinstance(name, str | os.PathLike)]
        below = (str(self.folder), str(self.output))
        here = any(name.startswith(below) for name in named) or (not named and error.errno in FULL)
        return unwritable(self.output, error) if here else None


@contextmanager
def undisturbed(output: Path, waiting: Callable[[], None]) -> Iterator[None]:
    """No build takes the place of what is there, for a while; where no lock can be made, nothing keeps it from that."""
    output = output.resolve()
    try:
        lock = Lock(output.with_name(f".{output.name}.lock"), waiting)
    except OSError:
        lock = None
    try:
        yield
    finally:
        if lock:
            lock.release()


def exchange(one: Path, other: Path) -> bool:
    """Exchange two folders in one step; False where that cannot be done. Raises OSError if they cannot be renamed at all."""
    paths = os.fsencode(one), os.fsencode(other)
    failed = None
    if sys.platform in {"linux", "darwin"}:
        libc = ctypes.CDLL(None, use_errno=True)
        if hasattr(libc, "renameat2"):
            failed = libc.renameat2(HERE, paths[0], HERE, paths[1], EXCHANGE)
        elif hasattr(libc, "renamex_np"):
            failed = libc.renamex_np(*paths, EXCHANGE)
    if failed is None:
        return False
    if failed and (number := ctypes.get_errno()) not in IN_TWO_STEPS:
        raise OSError(number, os.strerror(number), str(one), None, str(other))
    return not failed


def taken(output: Path, needed: Iterable[Path]) -> Iterator[Problem]:
    """A problem if a site cannot take the place of what is there: `needed` folders, or anything but a site."""
    for folder in needed:
        if folder.is_relative_to(output):
            rule = f"the site would take the place of {folder.name}/ and of all else that is here."
            yield Problem(place_of(output), rule, ANOTHER)
            return
        if output.is_relative_to(folder):
            yield Problem(place_of(output), f"the site would stand in {folder.name}/, which it is made from.", ANOTHER)
            return
    if output.exists() and not output.is_dir():
        yield Problem(place_of(output), "this is a file, and the site is a folder.", ANOTHER)
    elif output.is_dir() and (names := others(output)):
        remedy = f"{ANOTHER} If it is of no use, delete it."
        yield Problem(place_of(output), f"there is something else here than a site, such as {names[0]}.", remedy)


def others(output: Path) -> list[str]:
    """What stands in a folder that no build has made: all, where there is no first page; or that it is somebody's working copy."""
    names = sorted(path.name for path in output.iterdir())
    return [name for name in names if name == REPOSITORY] if HOME in names else names


def unwritable(output: Path, error: OSError) -> Problem:
    """A site that cannot be written where it should stand."""
    named = f"{Path(os.fsdecode(error.filename)).name}: " if error.filename else ""
    rule = f"the site cannot be written here ({named}{error.strerror or error})."
    remedy = "Mend that, or let OUTPUT_PATH name another folder; readers have what they had."
    return Problem(place_of(output), rule, remedy)


def place_of(output: Path) -> Place:
    """A folder as problems show it."""
    return Place((output.relative_to(Path.cwd()) if output.is_relative_to(Path.cwd()) else output).as_posix())
