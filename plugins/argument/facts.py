"""What is known of an argument beside what it says itself: found once for a whole site, read by its pages. Knows no Pelican."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from argument.addresses import Moves, Redirect
from argument.argument import Argument
from argument.model import Item
from argument.papers import Paper
from argument.share_image import ShareImage
from argument.share_pages import SharePage
from argument.wayfinding import Frame, Step

Thing = Item | SharePage | Redirect


@dataclass(frozen=True)
class Facts:
    """By address: what each page is of, its share image, its PDF, what comes before and after it, what its author is told of it.

    `files` holds what is published as it is, by its path in the content folder.
    """

    things: Mapping[str, Thing]
    images: Mapping[str, ShareImage]
    papers: Mapping[str, Paper]
    beside: Mapping[str, tuple[Step | None, Step | None]]
    marks: Mapping[str, str]
    frame: Frame
    has_search: bool
    files: Mapping[str, bytes]


class Files(Mapping[str, bytes]):
    """The files of a folder, each read when it is asked for."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def __getitem__(self, path: str) -> bytes:
        try:
            return (self.folder / path).read_bytes()
        except OSError:
            raise KeyError(path) from None

    def __bool__(self) -> bool:
        """Nobody looks through a folder to find one file."""
        return True

    def __iter__(self) -> Iterator[str]:
        return (path.relative_to(self.folder).as_posix() for path in sorted(self.folder.rglob("*")) if path.is_file())

    def __len__(self) -> int:
        return sum(1 for _ in self)


def things(argument: Argument, moves: Moves) -> dict[str, Thing]:
    """What each page is of: items, tables and rows, and former addresses."""
    redirects = {redirect.old: redirect for redirect in moves.redirects()}
    return {**argument.by_address, **{page.address: page for page in argument.share_pages}, **redirects}
