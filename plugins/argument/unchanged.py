"""Whether anything has changed since the last build that was published: if not, what that has written is what one would write.

A file is the same if it has the size and the time that it had. Where it was written so shortly before a build looked that a
second change could have the same time, its content is compared as well. Knows Pelican's settings, and loads nothing heavy.
"""

import hashlib
import os
import sys
import time
from collections.abc import Iterator, Mapping, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, NamedTuple

from argument import folders, strangers
from argument.folders import State, states
from argument.pickles import Pickle

FILE = "last-build.pickle"
EPOCH = "SOURCE_DATE_EPOCH"
# Settings by which a build is asked for more than a site.
PAPER = "ARGUMENT_PAPER"  # also where no part is named
MORE = ("ARGUMENT_PACK", "ARGUMENT_BUNDLE", "ARGUMENT_RECORD_ADDRESSES")
FILES = ("ARGUMENT_CITATION_STYLE", "ARGUMENT_EDITOR")  # that may name a file
FOLDERS = ("PATH", "THEME")
SHORTLY = 2_000_000_000  # nanoseconds: the coarsest clock of a file system in use
NOTHING_NEW = "Nothing has changed since the last build."


class Found(NamedTuple):
    """What a build was made from, and what was to be seen of it: whatever it says is the same as long as this is."""

    settings: str
    files: Mapping[str, State]
    fresh: Mapping[str, bytes]  # the digests of those that were written shortly before


class Kept(NamedTuple):
    """What was found, how it left its output, and what it said."""

    found: Found
    output: Mapping[str, State]
    said: Sequence[str]


class LastBuild:
    """The last build with a site's settings, as far as anything is known of it."""

    def __init__(self, settings: Mapping[str, Any]) -> None:
        self.kept = Pickle(Path(settings["PATH"]).parent / ".cache" / FILE, __name__, folders.__name__)
        self.output = str(settings["OUTPUT_PATH"])
        self.settings = settings
        more = settings.get(PAPER) is not None or any(settings.get(name) for name in MORE)
        foreign = strangers.among_pages(settings) or strangers.among_texts(settings["MARKDOWN"])
        self.found = None if more or foreign else self.look()

    def look(self) -> Found:
        """What there is to build from now."""
        named = [str(self.settings[name]) for name in FILES if isinstance(self.settings.get(name), str)]
        above = [str(self.settings[name]) for name in FOLDERS]
        above += [f"{self.settings['PATH']}/{name}" for name in self.settings["STATIC_PATHS"]]  # which may lie elsewhere
        above += [*map(str, self.settings["THEME_TEMPLATES_OVERRIDES"]), os.path.dirname(__file__)]  # noqa: PTH120 - soon done
        files = {f"{folder}/{name}": state for folder in above for name, state in states(folder).items()}
        files |= {name: (state.st_mtime_ns, state.st_size) for name in named if (state := stat(name))}
        written = time.time_ns() - SHORTLY
        fresh = {name: content(name) for name, (at, _) in files.items() if at > written}
        return Found(digest(self.settings), files, fresh)

    def said(self) -> Sequence[str] | None:
        """What that build said, if this one would write and say the same; else None."""
        last = self.kept.value()
        if not isinstance(last, Kept) or self.found is None:
            return None
        before = last.found
        if (before.settings, before.files) != (self.found.settings, self.found.files):
            return None
        if not self.holds(before.fresh) or states(self.output) != last.output:
            return None
        return [*last.said, NOTHING_NEW]

    def keep(self, said: Sequence[str], output: Mapping[str, State]) -> None:
        """A build with what was found has left this output: keep what it said, unless something has changed meanwhile."""
        found = self.found
        if found and self.look().files == found.files and self.holds(found.fresh):
            self.kept.keep(Kept(found, output, said))

    @staticmethod
    def holds(fresh: Mapping[str, bytes]) -> bool:
        """Whether files still have the content that they had."""
        return all(content(name) == known for name, known in fresh.items())


def digest(settings: Mapping[str, Any]) -> str:
    """The digest of all that a build follows from but for files: settings, day, Python and its libraries."""
    day = os.environ.get(EPOCH) or datetime.now(UTC).astimezone().date().isoformat()
    parts = [sys.version, day, repr(sorted(settings.items())), *installed()]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "surrogatepass")).hexdigest()


def installed() -> Iterator[str]:
    """The names of all libraries that are installed, each with its version."""
    for folder in sys.path:
        if folder.endswith("-packages"):
            yield from sorted(name for name in os.listdir(folder) if name.endswith(".dist-info"))  # noqa: PTH208 - soon done


def content(name: str) -> bytes:
    """The digest of a file; of nothing, where there is none."""
    try:
        return hashlib.sha256(Path(name).read_bytes()).digest()
    except OSError:
        return b""


def stat(name: str) -> os.stat_result | None:
    """What is known of a file; None where there is none."""
    try:
        return Path(name).stat()
    except OSError:
        return None
