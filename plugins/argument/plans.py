"""What is to be done so that a host has a site, in an order in which no reader meets a page without its parts. Knows no host.

What pages need is there before them, pages that are gone go last, and the files of the theme stay for one edition more, since
somebody may have got a page just before. What somebody else has put there stays, unless it is asked for that it goes.
"""

import json
import secrets
from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path, PurePosixPath
from posixpath import dirname
from typing import Protocol

from argument import hosting

MARK = ".publication.json"  # beside the site: that it was put there by this, and what of earlier editions is kept
DOMAIN = "CNAME"  # by which GitHub knows a domain of one's own: set on its pages, and not ours to delete
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
class Mark:
    """What is known of what was put somewhere: at which address it stands, which files, and which are kept of earlier editions.

    `begun` is a word for a publication that has not ended.
    """

    site: str = ""
    files: frozenset[str] = frozenset()
    kept: frozenset[str] = frozenset()
    begun: str = ""

    @property
    def content(self) -> bytes:
        """The file that says so."""
        said = {"site": self.site, "kept": sorted(self.kept), "files": sorted(self.files)}
        said |= {"begun": self.begun} if self.begun else {}
        return json.dumps(said, indent=1, ensure_ascii=False).encode()

    @classmethod
    def of(cls, content: bytes) -> "Mark":
        """What such a file says. Raises PublishingError for another one."""
        try:
            said = json.loads(content)
            ours, kept = (frozenset(map(str, said[what])) for what in ("files", "kept"))
            return cls(str(said["site"]), ours, kept, str(said.get("begun", "")))
        except (ValueError, KeyError, TypeError):
            why = f"{MARK} is there and says nothing that can be understood"
            raise PublishingError(f"{why}: delete it there, and use --over.") from None


@dataclass(frozen=True)
class There:
    """What stands at a host: its files, with a digest of each, and the mark, if it was put there by this.

    What is `spoiled` is to be sent again, though its digest is what it should be.
    """

    files: Mapping[str, str]
    mark: Mark | None = None
    spoiled: frozenset[str] = frozenset()

    @property
    def foreign(self) -> frozenset[str]:
        """The files that somebody else has put there."""
        mark = self.mark or Mark()
        return frozenset(self.files) - mark.files - mark.kept


@dataclass(frozen=True)
class Plan:
    """What is to be done, in this order: files sent, what is gone deleted. Those that were not there before are `added`.

    `kept` stays for the readers of the last edition, `foreign` since it is somebody else's. The mark is there in the end, and
    `begun` as long as only some of it is done; `settled` says whether it is there already, `before` what was there.
    `over`: what is not ours goes.
    """

    sent: tuple[str, ...]
    deleted: tuple[str, ...]
    kept: tuple[str, ...]
    foreign: tuple[str, ...]
    same: int
    mark: Mark
    begun: Mark
    settled: bool
    added: frozenset[str]
    before: Mark | None
    over: bool
    digests: Mapping[str, str]  # of all files of the site, as the host tells them

    @property
    def groups(self) -> Iterable[Iterable[str]]:
        """The files that are sent, in groups of which all of one are there before the next begins: so no page leads to nothing."""
        return (names for _, names in groupby(self.sent, key=lambda name: rank(name, new=name in self.added)))

    @property
    def empty(self) -> bool:
        """Whether there is nothing to do."""
        return not (self.sent or self.deleted) and self.settled

    def __str__(self) -> str:
        told = {"Send": self.sent, "Delete": self.deleted, "Keep for the readers of the last edition": self.kept}
        told["Leave what somebody else has put there"] = self.foreign
        lines = [line for what, names in told.items() for line in listed(what, names)]
        return "\n".join([*lines, f"{self.same} files are there and the same."])


class Host(Protocol):
    """Somewhere to publish. `digest` is that of a file as the host tells it; in its `turn` nobody else publishes there.

    All raise PublishingError.
    """

    def turn(self) -> AbstractContextManager[None]: ...

    def digest(self, content: bytes) -> str: ...

    def there(self) -> There: ...

    def publish(self, site: Path, plan: Plan) -> None: ...


def rank(name: str, *, new: bool) -> tuple[bool, bool, bool]:
    """When a file is sent: what pages need, new pages, those that may lead there, the first page."""
    page = name.endswith(PAGE)
    return page, page and not new, name == HOME


def listed(what: str, names: Sequence[str]) -> Iterable[str]:
    """What is said of some files, and their names, or as many of them as anybody reads."""
    if names:
        yield f"{what} ({len(names)}):"
        yield from (f"    {name.encode('utf-8', 'backslashreplace').decode()}" for name in names[:SHOWN])
        if len(names) > SHOWN:
            yield f"    and {len(names) - SHOWN} more"


def files(site: Path) -> list[str]:
    """The files of a built site, by their paths in it."""
    return sorted(path.relative_to(site).as_posix() for path in site.rglob("*") if path.is_file())


def planned(site: Path, host: Host, at: str = "", *, over: bool = False) -> Plan:
    """What is to be done so that a host has a site that says it is `at` an address; `over` lets it delete what is not ours."""
    there, wanted = host.there(), {name: host.digest((site / name).read_bytes()) for name in files(site)}
    before = there.mark or Mark()
    if not over:
        forbid(there, wanted, at)
    foreign = frozenset() if over else there.foreign - wanted.keys()
    gone = there.files.keys() - wanted.keys() - foreign
    sent = [name for name, digest in wanted.items() if there.files.get(name) != digest or name in there.spoiled]
    sent.sort(key=lambda name: (rank(name, new=name not in there.files), name))
    again = not sent and gone <= before.kept  # the same edition once more: it is still the last one that its readers had
    folders = lasting(site)
    kept = sorted(gone if again else (name for name in gone - before.kept if dirname(name) in folders))
    deleted = sorted(gone - frozenset(kept), key=lambda name: (not name.endswith(PAGE), name))
    mark = Mark(at, frozenset(wanted), frozenset(kept))
    begun = Mark(at, frozenset(wanted) | (frozenset(there.files) - foreign), before.kept, secrets.token_hex(8))
    added = frozenset(sent) - there.files.keys()
    names = (tuple(sent), tuple(deleted), tuple(kept), tuple(sorted(foreign)))
    return Plan(*names, len(wanted) - len(sent), mark, begun, mark == there.mark, added, there.mark, over, wanted)


def forbid(there: There, wanted: Mapping[str, str], at: str) -> None:
    """Raise PublishingError where a site would take the place of somebody else's, or of one for another address."""
    folders = folders_of(wanted)
    taken = sorted(
        name
        for name in there.foreign
        if not there.mark
        or there.files[name] != wanted.get(name, there.files[name])
        or name in folders
        or not folders_of([name]).isdisjoint(wanted)
    )
    if taken:
        told = listed("What is there was not put there by this", taken)
        raise PublishingError("\n".join([*told, "Name another place, or have it deleted: --over"]))
    if there.mark and there.mark.site != at:
        stands, made = there.mark.site or "no address of its own", at or "none"
        raise PublishingError(f"What is there was made for {stands}, and this for {made}: --url says which; or use --over.")


def folders_of(names: Iterable[str]) -> set[str]:
    """Every folder in which some of the files lie, or such a folder does."""
    return {str(above) for name in names for above in PurePosixPath(name).parents} - {"."}


def lasting(site: Path) -> set[str]:
    """The folders whose files have names that follow from their content, as the site itself tells hosts."""
    return {dirname(name) for name in hosting.kept((site / hosting.HEADERS).read_text("utf-8"))}


def kind(name: str) -> str:
    """What a file is, as HTTP says it."""
    return TYPES.get(Path(name).suffix, UNKNOWN)
