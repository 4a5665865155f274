"""The search index: records → the files that Pagefind's script reads in a browser. Knows no Pelican.

Pagefind's program is spoken to as its own libraries do it, by messages on its standard input. Its library for Python waits a
tenth of a second for each (pagefind 1.5.2, service/__init__.py), which would be minutes for a site of some hundred pages.
"""

import base64
import json
import subprocess
import threading
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from itertools import islice
from typing import IO, Any

import pagefind_bin

from argument.cache import digest
from argument.problems import Place, Problem
from argument.search_records import Record
from argument.store import Store

FOLDER = "search"
USED = "pagefind_bin"
# Of what Pagefind makes: its script, its worker and what both read. The rest is for pages that its own controls stand on.
NEEDED = ("pagefind.js", "pagefind-worker.js", "pagefind-entry.json", "fragment/", "index/", "filter/", "wasm.", "pagefind.")
END = b","  # of a message
SIZE = 1 << 20


class RefusedError(RuntimeError):
    """Pagefind has not made an index, and says why."""


@dataclass(frozen=True)
class Search:
    """The index of a site: of what `found` gives when it is made, and of nothing where there is none `wanted`."""

    found: Callable[[], Iterable[Record]]
    language: str
    store: Store
    wanted: bool = True

    @cached_property
    def records(self) -> Sequence[Record]:
        """All that is in it."""
        return tuple(self.found()) if self.wanted else ()

    @cached_property
    def key(self) -> str:
        """The digest of what the index follows from."""
        return digest([version(USED), self.language, *map(repr, self.records), *NEEDED])

    def files(self) -> tuple[Mapping[str, bytes], list[Problem]]:
        """The files of the index by their addresses, made only if they are not kept; or what went wrong."""
        if not self.records:
            return {}, []
        kept = self.store.get(self.key)
        try:
            made = kept or json.dumps(indexed(self.records, self.language)).encode()
        except (OSError, RefusedError) as error:
            remedy = "Make the environment anew (delete .venv), or do without a search: ARGUMENT_SEARCH = False."
            return {}, [Problem(Place(FOLDER), f"the search index could not be made: {error}.", remedy)]
        if not kept:
            self.store.put(self.key, made)
        self.store.sweep()
        return {f"{FOLDER}/{path}": base64.b64decode(content) for path, content in json.loads(made).items()}, []


def indexed(records: Sequence[Record], language: str) -> dict[str, str]:
    """The files that Pagefind makes of the records, by their paths, in base 64. Raises OSError and RefusedError."""
    asked: list[dict[str, Any]] = [{"type": "NewIndex", "config": {"force_language": language}}]
    asked += [
        {
            "type": "AddRecord",
            "index_id": 0,
            "url": record.address,
            "content": record.words or record.title,
            "language": language,
            "meta": {"title": record.title, "kind": record.kind, "where": record.where},
        }
        for record in records
    ]
    *_, last = answers([*asked, {"type": "GetFiles", "index_id": 0}])
    files = {file["path"]: file["content"] for file in last["files"] if file["path"].startswith(NEEDED)}
    return {path: files[path] for path in sorted(files)}


def answers(asked: Sequence[Mapping[str, Any]]) -> Iterator[Any]:
    """What Pagefind answers to each message. Raises OSError if it does not start, RefusedError if it stops or complains."""
    sent = b"".join(
        base64.b64encode(json.dumps({"message_id": number, "payload": message}).encode()) + END
        for number, message in enumerate(asked, 1)
    )
    command = [str(pagefind_bin.get_executable()), "--service"]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as process:  # noqa: S603 - our own
        # It ends when its input does, whatever it has still to say: that stays open, and is filled while answers are read.
        writing = threading.Thread(target=send, args=(process.stdin, sent))
        writing.start()
        for said in islice(messages(process.stdout), len(asked)):
            answer = json.loads(base64.b64decode(said))["payload"]
            if answer["type"] == "Error":
                raise RefusedError(answer["message"])
            yield answer
        writing.join()


def send(pipe: IO[bytes] | None, sent: bytes) -> None:
    """Write all messages; if the other end has gone, what it answered tells."""
    if pipe:
        with suppress(OSError):
            pipe.write(sent)
            pipe.flush()


def messages(pipe: IO[bytes] | None) -> Iterator[bytes]:
    """What stands between the ends of messages. Raises RefusedError if there are no more."""
    left = b""
    while pipe and (read := pipe.read1(SIZE)):  # type: ignore[attr-defined]  # it is buffered
        *whole, left = (left + read).split(END)
        yield from whole
    raise RefusedError("it has stopped")
