"""What is to be done so that a host has a site, in an order in which no reader meets a page without its parts. Knows no host.

What pages need is there before them, pages that are gone go last, and the files of the theme stay for one edition more, since
somebody may have got a page just before. What is not this site's is never deleted.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname
from typing import Protocol

from argument import hosting

MARK = ".publication.json"  # beside the site: that it was put there by this, and what of earlier editions is kept
PAGE = ".html"
HOME = "index.html"
SHOWN = 20  # names of files that are said at once
# What hosts are to say that files are: not every system's list knows all of them, and no two are the same.
TYPES = {
    ".bib": "application/x-bibtex; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".csv": "text/csv; charset=utf-8",
    ".html": "text/html; charset=utf-8",
    ".ico": "image/x-icon",
    ".jpg": "image/jpeg",
    ".js": "text/javascript; charset=utf-8",
    ".json": "application/json",
    ".pdf": "application/pdf",
    ".png": "image/png",
    ".ris": "application/x-research-info-systems; charset=utf-8",
    ".svg": "image/svg+xml",
    ".txt": "text/plain; charset=utf-8",
    ".wasm": "application/wasm",
    ".webmanifest": "application/manifest+json",
    ".xml": "application/xml",
}
UNKNOWN = "application/octet-stream"


class PublishingError(Exception):
    """The site cannot be put there; the words say why, and what to do."""


@dataclass(frozen=True)
class There:
    """What stands at a host: its files, with a digest of each where the host tells one, and what is kept there of earlier editions.

    `ours` says whether it was put there by this.
    """

    files: Mapping[str, str]
    kept: frozenset[str]
    ours: bool


@dataclass(frozen=True)
class Plan:
    """What is to be done, in this order: files sent, what is gone deleted, and what stays for the readers of the last edition."""

    sent: tuple[str, ...]
    deleted: tuple[str, ...]
    kept: tuple[str, ...]
    same: int

    def __str__(self) -> str:
        told = {"Send": self.sent, "Delete": self.deleted, "Keep for the readers of the last edition": self.kept}
        lines = [line for what, names in told.items() for line in listed(what, names)]
        return "\n".join([*lines, f"{self.same} files are there and the same."])


class Host(Protocol):
    """Somewhere to publish. `digest` is that of a file as the host tells it. All raise PublishingError."""

    def digest(self, content: bytes) -> str: ...

    def there(self) -> There: ...

    def publish(self, site: Path, plan: Plan) -> None: ...


def listed(what: str, names: Sequence[str]) -> Iterable[str]:
    """What is said of some files, and their names, or as many of them as anybody reads."""
    if names:
        yield f"{what} ({len(names)}):"
        yield from (f"    {name}" for name in names[:SHOWN])
        if len(names) > SHOWN:
            yield f"    and {len(names) - SHOWN} more"


def files(site: Path) -> list[str]:
    """The files of a built site, by their paths in it."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def planned(site: Path, host: Host, *, over: bool = False) -> Plan:
    """What is to be done so that a host has a site; `over` lets it delete what it did not put there."""
    there = host.there()
    wanted = {name: host.digest((site / name).read_bytes()) for name in files(site)}
    gone = sorted(there.files.keys() - wanted.keys())
    if gone and not there.ours and not over:
        told = listed("What is there was not put there by this, and these files are not of this site", gone)
        raise PublishingError("\n".join([*told, "Name another place, or have them deleted: --over"]))
    folders = lasting(site)
    kept = tuple(name for name in gone if dirname(name) in folders and name not in there.kept)
    sent = [name for name, digest in wanted.items() if there.files.get(name) != digest]
    sent.sort(key=lambda name: (name.endswith(PAGE), name in there.files, name == HOME, name))
    deleted = tuple(sorted(set(gone) - set(kept), key=lambda name: (not name.endswith(PAGE), name)))
    return Plan(tuple(sent), deleted, kept, len(wanted) - len(sent))


def lasting(site: Path) -> set[str]:
    """The folders whose files have names that follow from their content, as the site itself tells hosts."""
    return {dirname(name) for name in hosting.kept((site / hosting.HEADERS).read_text("utf-8"))}


def kind(name: str) -> str:
    """What a file is, as HTTP says it."""
    return TYPES.get(Path(name).suffix, UNKNOWN)


def mark(kept: Sequence[str]) -> bytes:
    """The file that says that a site was put there by this, and what is kept of the last edition."""
    return json.dumps({"kept": sorted(kept)}, indent=1).encode()


def marked(content: bytes) -> frozenset[str]:
    """What such a file says is kept. Raises PublishingError for another one."""
    try:
        return frozenset(map(str, json.loads(content)["kept"]))
    except (ValueError, KeyError, TypeError):
        raise PublishingError(
            f"{MARK} is there and says nothing that can be understood: delete it there, and use --over."
        ) from None
