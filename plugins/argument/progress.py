"""How far a build has come: a bar for a person at a terminal, a line for whoever reads a log. Nothing for what is soon done.

Knows nothing else.
"""

from collections.abc import Iterable, Iterator
from typing import IO, TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from rich.console import Console

Made = TypeVar("Made")
MOMENT = 100  # so many are made before anybody wonders


class Progress:
    """Tells how far a job has come, on a console that is a terminal or else on a stream; where there is neither, nobody."""

    def __init__(self, console: "Console | None" = None, stream: IO[str] | None = None) -> None:
        self.console, self.stream = console, stream

    def of(self, doing: str, what: str, total: int, parts: Iterable[tuple[int, Made]]) -> Iterator[Made]:
        """The parts of a job, such as “Reading”, “files”; of which each says how many of all it was."""
        if total <= MOMENT:
            yield from (made for _, made in parts)
        elif self.console and self.console.is_terminal:
            yield from self.shown(f"{doing} {what}", total, parts)
        else:
            if self.stream:
                print(f"{doing} {total:,} {what} …", file=self.stream, flush=True)
            yield from (made for _, made in parts)

    def shown(self, what: str, total: int, parts: Iterable[tuple[int, Made]]) -> Iterator[Made]:
        """The same with a bar."""
        from rich.progress import Progress as Bar  # noqa: PLC0415 - nobody waits in most builds, and it loads slowly

        with Bar(console=self.console, transient=True) as bar:
            task = bar.add_task(what, total=total)
            for count, made in parts:
                bar.advance(task, count)
                yield made


NOBODY = Progress()
