"""The files of a folder and when each was written. Knows nothing else."""

import os
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

State = tuple[int, int]  # when a file was written, in nanoseconds, and how many bytes it has
NO_INPUT = "__pycache__"  # what Python keeps beside code


def states(folder: str) -> dict[str, State]:
    """Every file below a folder by its path in it."""
    return dict(scanned(folder, "", ()))


def scanned(folder: str, before: str, followed: tuple[str, ...]) -> Iterator[tuple[str, State]]:
    """The files of a folder and of those in it, their names after what comes before; links led to the folders `followed`."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            try:
                found = None if entry.is_dir() else entry.stat()
            except OSError as error:
                if isinstance(error, FileNotFoundError) or entry.is_symlink():  # to nothing, or to itself
                    continue
                raise
            if found:
                yield f"{before}{entry.name}", (found.st_mtime_ns, found.st_size)
            elif entry.name != NO_INPUT:
                to = (os.path.realpath(entry.path),) if entry.is_symlink() else ()
                if not (to and (to[0] in followed or leads_up(entry.path))):
                    yield from scanned(entry.path, f"{before}{entry.name}/", (*followed, *to))


def leads_up(link: str) -> bool:
    """Whether a link leads to a folder that it lies in: whoever followed it would come here again."""
    return Path(link).parent.resolve().is_relative_to(Path(link).resolve())
