"""Whether a published site is the one that this content makes: every file of it, byte for byte. Knows no Pelican.

What was published is not trusted: it may be longer than what it should be, and is not read further than that shows.
"""

import argparse
import errno
import hashlib
import re
import stat
import sys
import zipfile
import zlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from argument import theme_files
from argument.plans import DOMAIN, MARK, Mark, PublishingError, folders_of, listed

TEXTS = (".html", ".css", ".js", ".json", ".xml", ".txt", ".csv", ".svg", ".webmanifest")
REPOSITORY = ".git"  # where pages are published from a repository, it lies beside them
CANONICAL = re.compile(rb'<link rel="canonical" href="([^"]*)"')
FIRST_PAGE = "index.html"
A_LINK, NOTHING_IN_IT = " (a link)", " (with nothing in it)"
RETURN = "␍"  # of a line that ends as on Windows
SHOWN = 60  # characters of a line that differs
WHOLE = 1 << 24  # bytes of a file of which all is wanted: more than any has
# What an archive that is damaged, locked or of a strange kind may raise.
UNREADABLE = (OSError, EOFError, RuntimeError, zipfile.BadZipFile, zlib.error)
Reading = Callable[[int], bytes]  # so many bytes of a file at most


@dataclass(frozen=True)
class Differences:
    """Where two sites differ: files of the first only, of the second only, and of both, with what is other in them."""

    missing: tuple[str, ...]
    more: tuple[str, ...]
    other: Mapping[str, str]

    def __bool__(self) -> bool:
        return bool(self.missing or self.more or self.other)

    def __str__(self) -> str:
        told: dict[str, Sequence[str]] = {
            "Not there": self.missing,
            "There, and not made from this content": self.more,
            "Other than what this content makes": [f"{name}: {what}" for name, what in self.other.items()],
        }
        return "\n".join(line for what, names in told.items() for line in listed(what, names))


@contextmanager
def opened(published: Path) -> Iterator[Mapping[str, Reading]]:
    """The files of a folder or of a zip file, by their paths in it. Raises OSError or BadZipFile for what is neither."""
    if published.is_dir():
        names = {path.relative_to(published): path for path in published.rglob("*")}
        yield {told(name, path): partial(read, path) for name, path in names.items() if is_something(name, path)}
        return
    with zipfile.ZipFile(published) as archive:
        every = archive.infolist()
        filled = folders_of(entry.filename.rstrip("/") for entry in every)
        entries = [entry for entry in every if not entry.is_dir() or entry.filename.rstrip("/") not in filled]
        folder = folder_of([entry.filename for entry in entries])
        files: dict[str, Reading] = {}
        for entry in entries:
            name = f"{entry.filename.removeprefix(folder)}{strange(entry)}"
            files[f"{name} (once more)" if name in files else name] = partial(unpacked, archive, entry)
        yield files


def is_something(name: Path, path: Path) -> bool:
    """Whether readers may be given something by what stands in a folder: not by folders that hold more, nor by a repository."""
    if name.parts[0] == REPOSITORY:
        return False
    return path.is_symlink() or not path.is_dir() or not any(path.iterdir())


def told(name: Path, path: Path) -> str:
    """What stands in a folder, by its path there; what is no file says what it is."""
    if path.is_symlink():
        return f"{name.as_posix()}{A_LINK}"
    if path.is_dir():
        return f"{name.as_posix()}/{NOTHING_IN_IT}"
    return name.as_posix() if path.is_file() else f"{name.as_posix()} (no file)"


def strange(entry: zipfile.ZipInfo) -> str:
    """What an entry of an archive is, if that is no file."""
    return NOTHING_IN_IT if entry.is_dir() else A_LINK if stat.S_ISLNK(entry.external_attr >> 16) else ""


def folder_of(names: list[str]) -> str:
    """The folder in which all files of an archive lie, with a slash; empty if there is none."""
    first = {name.partition("/")[0] for name in names}
    return f"{first.pop()}/" if len(first) == 1 and all("/" in name for name in names) else ""


def read(path: Path, size: int) -> bytes:
    """So many bytes of a file at most."""
    with path.open("rb") as file:
        return file.read(size)


def unpacked(archive: zipfile.ZipFile, entry: zipfile.ZipInfo, size: int) -> bytes:
    """So many bytes of a file in an archive at most, whatever that says of its length."""
    with archive.open(entry) as file:
        return file.read(size)


def address(published: Path) -> str:
    """The address that a published site says it stands at, without a slash at its end; empty if it says none."""
    with opened(published) as files:
        if FIRST_PAGE not in files:
            raise FileNotFoundError(errno.ENOENT, f"it has no {FIRST_PAGE}, and so is no site")
        page = files[FIRST_PAGE](WHOLE)
    found = CANONICAL.search(page)
    return found[1].decode("utf-8", "replace").rstrip("/") if found else ""


def differences(made: Path, published: Path) -> Differences:
    """Where a published site, in a folder or a zip file, is not the one that was made."""
    with opened(made) as ours, opened(published) as theirs:
        other = {}
        earlier = of_earlier_editions(theirs) - ours.keys()
        for name in sorted(ours.keys() & theirs.keys()):
            wanted = (made / name).read_bytes()
            found = theirs[name](len(wanted) + 1)
            if found != wanted:
                other[name] = first_difference(name, wanted, found)
        return Differences(tuple(sorted(ours.keys() - theirs.keys())), tuple(sorted(theirs.keys() - ours.keys() - earlier)), other)


def of_earlier_editions(files: Mapping[str, Reading]) -> set[str]:
    """What publishing has left beside a site: a list, those files on it whose names follow from their content, and a host's domain.

    No page of the site asks for any of them, and what follows from its content cannot be another one's.
    """
    if MARK not in files:
        return set()
    try:
        named = Mark.of(files[MARK](WHOLE)).kept
    except PublishingError:
        return set()
    return {MARK, DOMAIN, *(name for name in named & files.keys() if theme_files.is_named(name, files[name](WHOLE)))}


def first_difference(name: str, wanted: bytes, found: bytes) -> str:
    """What is other in a file: of a text the first line, of anything else the first byte."""
    if not name.endswith(TEXTS):
        return f"from byte {alike(wanted, found)} on"
    lines = [text.decode("utf-8", "replace").replace("\r", RETURN).split("\n") for text in (wanted, found)]
    same = alike(*lines)
    one, other = (text[same] if same < len(text) else "" for text in lines)
    return f"line {same + 1} is “{around(other, one)}” and should be “{around(one, other)}”"


def alike(one: Sequence[object], other: Sequence[object]) -> int:
    """How far two texts, or two rows of bytes or lines, are the same."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def around(line: str, other: str) -> str:
    """The part of a line where it begins to differ from another one."""
    start = max(0, alike(line, other) - SHOWN // 3)
    return f"{'…' if start else ''}{line[start : start + SHOWN]}{'…' if len(line) > start + SHOWN else ''}"


def digest(made: Path) -> tuple[int, str]:
    """How many files a site has, and the SHA-256 of all names and of what is in them."""
    whole = hashlib.sha256()
    with opened(made) as files:
        for name in sorted(files):
            whole.update(f"{hashlib.sha256((made / name).read_bytes()).hexdigest()}  {name}\n".encode())
        return len(files), whole.hexdigest()


def unread(published: Path, error: Exception) -> str:
    """What is to be said of something that cannot be read as a site."""
    why = getattr(error, "strerror", "") or error
    return f"{published} cannot be read ({why}). Name a folder, or a zip file as `bundle` writes it."


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("made", type=Path)
    parser.add_argument("published", type=Path)
    given = parser.parse_args()
    try:
        found = differences(given.made, given.published)
    except UNREADABLE as error:
        sys.exit(unread(given.published, error))
    if found:
        sys.exit(f"{given.published} is not what this content makes.\n{found}")
    if (given.published / REPOSITORY).exists():
        print(f"Not looked at: {REPOSITORY}, the repository that it was published from. No host should show it.")
    number, whole = digest(given.made)
    print(f"{given.published} is what this content makes, byte for byte: {number} files, SHA-256 of all {whole}.")


if __name__ == "__main__":
    main()
