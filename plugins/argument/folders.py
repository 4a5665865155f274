"""The files of a folder and when each was written. Knows nothing else, and loads nothing."""

import os
from collections.abc import Iterator
from contextlib import suppress

State = tuple[int, int]  # when a file was written, in nanoseconds, and how many bytes it has
NO_INPUT = "__pycache__"  # what Python keeps beside code


def states(folder: str) -> dict[str, State]:
    """Every file below a folder by its path in it."""
    return dict(scanned(folder, ""))


def scanned(folder: str, before: str) -> Iterator[tuple[str, State]]:
    """The files of a folder and of those in it, their names after what comes before."""
    with suppress(FileNotFoundError, NotADirectoryError), os.scandir(folder) as entries:
        for entry in entries:
            if entry.is_dir():
                if entry.name != NO_INPUT:
                    yield from scanned(entry.path, f"{before}{entry.name}/")
            else:
                with suppress(FileNotFoundError):  # a link to nothing
                    found = entry.stat()
                    yield f"{before}{entry.name}", (found.st_mtime_ns, found.st_size)
