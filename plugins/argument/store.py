"""Files that are dear to make, kept by what they follow from: one that is asked for again is not made again. Knows nothing else.

A key is a digest of all that a file depends on, so nothing in a store can be out of date.
"""

import hashlib
import os
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from typing import TypeVar

Wanted = TypeVar("Wanted")
DIGEST = hashlib.sha256().digest_size


class Store:
    """Files in one folder. Where it cannot be written, each file is made every time."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.used: set[str] = set()

    def get(self, key: str) -> bytes | None:
        """The file that is kept under a key; None if there is none."""
        self.used.add(key)
        with suppress(OSError):
            kept = (self.folder / key).read_bytes()
            made = kept[DIGEST:]
            return made if kept[:DIGEST] == hashlib.sha256(made).digest() else None  # else it is damaged
        return None

    def has(self, key: str) -> bool:
        """Whether there is a file under a key."""
        return (self.folder / key).exists()

    def put(self, key: str, made: bytes) -> None:
        """Keep a file; it is whole at every moment."""
        self.used.add(key)
        new = self.folder / f"{key}.{os.getpid()}"  # another build may be making the same file
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(hashlib.sha256(made).digest() + made)
            new.replace(self.folder / key)

    def all(self, wanted: Mapping[str, Wanted], make: Callable[[Wanted], bytes | None], at_once: int) -> dict[str, bytes]:
        """The file for each key, those that are not there made so many at a time; without those that cannot be made."""
        found = {key: self.get(key) for key in wanted}
        missing = [key for key, file in found.items() if file is None]
        with ThreadPoolExecutor(at_once) as pool:
            for key, made in zip(missing, pool.map(lambda key: make(wanted[key]), missing), strict=True):
                found[key] = made
                if made is not None:
                    self.put(key, made)
        return {key: file for key, file in found.items() if file is not None}

    def sweep(self) -> None:
        """Forget what nobody asked for."""
        for file in self.forgotten():
            with suppress(OSError):
                file.unlink()

    def forgotten(self) -> Iterable[Path]:
        """The files that nobody asked for."""
        with suppress(OSError):
            return [file for file in self.folder.iterdir() if file.name not in self.used]
        return []
