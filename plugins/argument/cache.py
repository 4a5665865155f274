"""What earlier builds found out, kept by its content: a file that has not changed is not read again. Knows no Pelican.

Everything in it follows from the key, which is a digest of all that it depends on: what is asked of it, the plugin's own
code and the versions of what that uses. So nothing in it can be out of date; what a build does not ask for is dropped.
"""

import hashlib
import pickle
import sys
from collections.abc import Iterable, Sequence
from functools import lru_cache
from importlib.metadata import version
from pathlib import Path
from typing import Any

from argument.pickles import Pickle
from argument.unchanged import installed


class Cache:
    """Values by the digests of what they follow from, in one file. Without a file that can be written it forgets.

    Each is kept as bytes of its own: what is not asked for is not made into a value, and what is kept again is not made into bytes.
    """

    def __init__(self, file: Path) -> None:
        self.file = file
        modules = sorted(Path(__file__).parent.glob("*.py"))
        self.code = digest([sys.version, *installed(), *(module.read_bytes() for module in modules)])
        self.kept = Pickle(file)
        self.before: dict[str, bytes] = self.kept.value() or {}
        self.found: dict[str, Any] = {}

    def __getstate__(self) -> dict[str, Any]:
        """In another process nothing is kept: what is found there is handed back."""
        return {**self.__dict__, "before": {}, "found": {}}

    def key(self, *parts: str | bytes) -> str:
        """The digest of what a value follows from."""
        return digest([self.code, *parts])

    def get(self, key: str) -> Any:
        """The value that is kept under a key; None if there is none."""
        if key not in self.found and key in self.before:
            self.found[key] = pickle.loads(self.before[key])  # noqa: S301 - this project's own, written by this code
        return self.found.get(key)

    def put(self, key: str, value: Any) -> None:
        """Keep a value, in the place of another one if need be."""
        self.before.pop(key, None)
        self.found[key] = value

    def save(self) -> None:
        """Write what was used, if that has changed; the file is whole at every moment."""
        if self.found.keys() != self.before.keys():
            kept = {key: self.before.get(key) or pickle.dumps(value, pickle.HIGHEST_PROTOCOL) for key, value in self.found.items()}
            self.kept.keep(kept)


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
