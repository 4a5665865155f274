"""Values kept in files from one build to the next. What was not written here, and whole, by the same code is not taken for one.

Loads nothing heavy, and knows nothing else.
"""

import hashlib
import os
import pickle
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import Any

SIZE = hashlib.sha256().digest_size
# What a file of another version may raise when it is unpickled (Python's documentation of `pickle` names no end of them).
UNREADABLE: tuple[type[Exception], ...] = (pickle.UnpicklingError, EOFError, ImportError, AttributeError, TypeError)
UNREADABLE += (ValueError, ArithmeticError, LookupError, MemoryError, RecursionError)


class Pickle:
    """A value in one file; `modules` are those that define its kind: written by others, it is another kind."""

    def __init__(self, file: Path, *modules: str) -> None:
        self.file = file
        code = [Path(str(sys.modules[module].__file__)).read_bytes() for module in (__name__, *modules)]
        self.form = hashlib.sha256(b"\0".join([sys.version.encode(), *code])).digest()
        self.wrong = ""  # what is to be said of a file that could not be used

    def value(self) -> Any:
        """What is kept; None where there is nothing of use."""
        try:
            found = memoryview(self.file.read_bytes())  # of which parts are no copies
        except FileNotFoundError:
            return None
        except OSError:
            return self.of_no_use("cannot be read")
        form, digest, content = found[:SIZE], found[SIZE : 2 * SIZE], found[2 * SIZE :]
        if form != self.form:
            return self.of_no_use("is from another version")
        if hashlib.sha256(content).digest() != digest:
            return self.of_no_use("is damaged")
        try:
            return pickle.loads(content)  # noqa: S301 - this project's own, as it was written
        except UNREADABLE:
            return self.of_no_use("is from another version")

    def of_no_use(self, why: str) -> None:
        """Say why a file could not be used."""
        self.wrong = f"{self.file.parent.name}/{self.file.name} {why}: what it kept is made anew."

    def keep(self, value: Any) -> None:
        """Keep a value; the file is whole at every moment. Where it cannot be written, nothing is kept."""
        content = pickle.dumps(value, pickle.HIGHEST_PROTOCOL)
        new = self.file.with_name(f"{self.file.name}.{os.getpid()}")  # another build may be writing it too
        with suppress(OSError):
            self.file.parent.mkdir(parents=True, exist_ok=True)
            with new.open("wb") as file:
                file.writelines((self.form, hashlib.sha256(content).digest(), content))
            new.replace(self.file)


def told(pickles: Sequence[Pickle]) -> list[str]:
    """What is to be said of files that could not be used."""
    return [one.wrong for one in pickles if one.wrong]
