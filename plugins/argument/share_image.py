"""What a share image shows, kind by kind in the same few parts. Knows no Pelican and nothing of how it is drawn."""

from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from argument.problems import Place
from argument.tables import Verdict


@dataclass(frozen=True)
class ImageCell:
    """One cell of a row: the name of its column, the verdict that it begins with, and else its words."""

    label: str
    verdict: Verdict | None
    words: str


@dataclass(frozen=True)
class ShareImage:
    """One share image, in plain words without markup.

    `kicker` says what it is, `main` is the thing itself (the words of a quotation, with their marks, else a heading), `body`
    what is said below it, `cells` the cells of a row, `foot` at most two lines: who said it and where it stands, say.
    """

    address: str  # of the page that it is of: the image stands beside it, under the same name
    kicker: str
    main: str
    body: str
    cells: tuple[ImageCell, ...]
    foot: tuple[str, ...]
    place: Place = field(compare=False)  # where an author can change its words

    def __hash__(self) -> int:
        return self.hashed

    @cached_property
    def hashed(self) -> int:
        """Its hash, which is asked for after each save."""
        return hash((self.address, self.kicker, self.main, self.body, self.cells, self.foot))

    def __getstate__(self) -> dict[str, Any]:
        """Without its hash, which is another one in another process."""
        return {name: value for name, value in self.__dict__.items() if name != "hashed"}

    @property
    def file(self) -> str:
        """Its own address: `quotations/name.png` beside `quotations/name.html`."""
        return f"{self.address.removesuffix('.html')}.png"

    @property
    def quotes(self) -> bool:
        """Whether its main text is somebody's words, and no heading."""
        return self.main.startswith("“") and self.main.endswith("”")

    @property
    def alt(self) -> str:
        """All that it shows, in words."""
        cells = (f"{cell.label}: {cell.verdict.word if cell.verdict else cell.words}" for cell in self.cells)
        parts = (self.kicker, self.main, self.body, "; ".join(cells), *self.foot)
        return " ".join(part if part[-1] in ".!?…”" else f"{part}." for part in parts if part)
