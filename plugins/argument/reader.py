"""Content files read, many at once, each only if no earlier build has read the same. Knows no Pelican.

What is wrong with a file is kept with what was read of it, and not raised.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import cached_property
from pathlib import Path
from typing import Any

from argument import strangers
from argument.cache import Cache
from argument.fingerprints import face, things
from argument.model import Document
from argument.problems import Place, Problem
from argument.progress import NOBODY, Progress
from argument.reading import Converter, Read, read
from argument.workers import spread


class Reader:
    """Reads the files of one content folder, which problems name as `shown`; `options` are Pelican's MARKDOWN."""

    def __init__(self, content: Path, shown: str, options: Mapping[str, Any], cache: Cache) -> None:
        self.content, self.shown, self.options, self.cache = content, shown, options, cache
        self.remembers = not strangers.among_texts(options)

    def __getstate__(self) -> dict[str, Any]:
        """In another process its converter is made anew."""
        return {name: value for name, value in self.__dict__.items() if name != "converter"}

    @cached_property
    def converter(self) -> Converter:
        return Converter(self.options)

    def read(self, names: Sequence[str], progress: Progress = NOBODY) -> dict[str, Read]:
        """These files, now or by an earlier build: nothing but their content matters."""
        files = {name: (self.content / name).read_bytes() for name in names}
        keys = {name: self.cache.key("read", self.shown, name, repr(self.options), files[name]) for name in names}
        found: dict[str, Read | None] = {name: self.cache.get(keys[name]) if self.remembers else None for name in names}
        new = [(name, files[name]) for name in names if found[name] is None]
        for part in progress.of("Reading", "files", len(new), spread(self.part, new)):
            for name, one in part:
                found[name] = one
                if self.remembers:
                    self.cache.put(keys[name], one)
        return {name: one for name, one in found.items() if one}

    def part(self, files: Sequence[tuple[str, bytes]]) -> list[tuple[str, Read]]:
        """Some files, read now."""
        found = ((name, self.read_now(name, content)) for name, content in files)
        return [(name, replace(one, faces=tuple(map(face, things(one.document))))) for name, one in found]

    def read_now(self, name: str, content: bytes) -> Read:
        """One file, or, if it is no text, that as its problem."""
        path = f"{self.shown}/{name}"
        try:
            return read(path, name, content.decode("utf-8"), self.converter)
        except UnicodeDecodeError as error:
            place = Place(path, content.count(b"\n", 0, error.start) + 1)
            problem = Problem(place, "this is no UTF-8 text.", "Save the file in the encoding UTF-8.")
            folder, slug = Path(name).parts[0], Path(name).stem
            return Read(Document(path, folder, slug, None, (), (), (), {}), (problem,))
