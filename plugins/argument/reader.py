"""Pelican's Markdown reader, made strict: a file becomes a `Document`, and what is wrong with it is kept, not raised."""

import re
from functools import cached_property
from pathlib import Path
from typing import Any

from pelican.readers import MarkdownReader

from argument.cache import Cache
from argument.model import Document
from argument.problems import Place, Problem
from argument.reading import Converter, Read, read

# The plugin follows these links itself; Pelican would complain of a missing one without saying where it stands.
KNOWN = ("markdown.extensions.", "pymdownx.")
OWN_LINK = re.compile(r"\{(?:filename|static)\}/?")


class ArgumentReader(MarkdownReader):
    """Reads the Markdown files of the content folders."""

    file_extensions = ["md"]  # noqa: RUF012 - Pelican's own form

    def __init__(self, settings: dict[str, Any], cache: Cache) -> None:
        super().__init__(settings)  # type: ignore[no-untyped-call]
        self.cache = cache

    @cached_property
    def converter(self) -> Converter:
        return Converter(self.settings["MARKDOWN"])

    def read(self, source_path: str) -> tuple[str, dict[str, Any]]:
        """The HTML and metadata that Pelican wants of a file; the metadata `read` holds the rest."""
        content = Path(self.settings["PATH"])
        name = Path(source_path).relative_to(content).as_posix()
        found = self.remembered(f"{content.name}/{name}", name, Path(source_path).read_bytes())
        document, item = found.document, found.document.item
        metadata = {
            "title": item.title if item else document.slug,
            "slug": document.slug,
            "save_as": document.address,
            "url": document.address,
            "template": item.template if item else "page",
            "read": found,
        }
        return (OWN_LINK.sub("", item.origin.body) if item and not found.problems else ""), metadata

    def remembered(self, path: str, name: str, content: bytes) -> Read:
        """The file read, now or by an earlier build: nothing but its content matters."""
        options = self.settings["MARKDOWN"]
        foreign = [*options.get("extensions", []), *options.get("extension_configs", {})]
        if not all(isinstance(name, str) and name.startswith(KNOWN) for name in foreign):
            return self.found(path, name, content)  # what an extension of somebody's own does is not known to the cache
        key = self.cache.key("read", path, name, repr(options), content)
        found: Read | None = self.cache.get(key)
        if found is None:
            found = self.found(path, name, content)
            self.cache.put(key, found)
        return found

    def found(self, path: str, name: str, content: bytes) -> Read:
        """The file read, or, if it is no text, that as its problem."""
        try:
            return read(path, name, content.decode("utf-8"), self.converter)
        except UnicodeDecodeError as error:
            place = Place(path, content.count(b"\n", 0, error.start) + 1)
            problem = Problem(place, "this is no UTF-8 text.", "Save the file in the encoding UTF-8.")
            folder, slug = Path(name).parts[0], Path(name).stem
            return Read(Document(path, folder, slug, None, (), (), (), {}), (problem,))
