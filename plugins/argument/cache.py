"""What earlier builds found out, kept by its content: a file that has not changed is not read again. Knows no Pelican.

Everything in it follows from the key, which is a digest of all that it depends on: what is asked of it, the plugin's own
code and the versions of what that uses. So nothing in it can be out of date; what a build does not ask for is dropped.
"""

import hashlib
import pickle
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

USED = ("markdown", "pymdown-extensions", "pydantic", "markupsafe", "rapidfuzz")
# What a damaged or foreign file may raise when it is unpickled (Python's documentation of `pickle` names no end of them).
UNREADABLE: tuple[type[Exception], ...] = (OSError, pickle.UnpicklingError, EOFError, ImportError, AttributeError, TypeError)
UNREADABLE += (ValueError, ArithmeticError, LookupError, MemoryError, RecursionError)


class Cache:
    """Values by the digests of what they follow from, in one file. Without a file that can be written it forgets."""

    def __init__(self, file: Path) -> None:
        self.file = file
        modules = sorted(Path(__file__).parent.glob("*.py"))
        self.code = digest([sys.version, *map(version, USED), *(module.read_bytes() for module in modules)])
        self.before: dict[str, Any] = {}
        self.now: dict[str, Any] = {}
        with suppress(*UNREADABLE):
            found = pickle.loads(file.read_bytes())  # noqa: S301 - this project's own, beside its code
            self.before = found if isinstance(found, dict) else {}

    def key(self, *parts: str | bytes) -> str:
        """The digest of what a value follows from."""
        return digest([self.code, *parts])

    def get(self, key: str) -> Any:
        """The value that is kept under a key; None if there is none."""
        value = self.now.get(key, self.before.get(key))
        if value is not None:
            self.now[key] = value
        return value

    def put(self, key: str, value: Any) -> None:
        """Keep a value."""
        self.now[key] = value

    def of(self, function: Callable[[str], str], given: str, *used: str) -> str:
        """What a function makes of some text, made once, whatever becomes of the rest of the plugin.

        Its module may use nothing of that; `used` are the distributions that it does use.
        """
        key = digest([code_of(function.__module__, used), function.__qualname__, given])
        value = self.get(key)
        if value is None:
            self.put(key, value := function(given))
        return str(value)

    def save(self) -> None:
        """Write what was used, if that has changed; the file is whole at every moment."""
        if self.now.keys() == self.before.keys():
            return
        new = self.file.with_name(f"{self.file.name}.new")
        with suppress(OSError):
            self.file.parent.mkdir(exist_ok=True)
            new.write_bytes(pickle.dumps(self.now))
            new.replace(self.file)


@lru_cache
def code_of(module: str, used: Sequence[str]) -> str:
    """The digest of one module's code and of the versions of what that uses."""
    return digest([sys.version, Path(str(sys.modules[module].__file__)).read_bytes(), *map(version, used)])


def digest(parts: Iterable[str | bytes]) -> str:
    """The SHA-256 of some texts; where one ends and the next begins matters."""
    found = hashlib.sha256()
    for part in parts:
        data = part.encode() if isinstance(part, str) else part
        found.update(b"%d:" % len(data) + data)
    return found.hexdigest()
