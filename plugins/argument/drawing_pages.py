"""Files of a site made one by one, each with what was read for it, by this process or by several at once. Knows no Pelican."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from argument.bibliography import Kept
from argument.making import Making
from argument.reads import Node, noting
from argument.record import numbered
from argument.target import Target
from argument.theme_files import ASKED

Read = tuple[Sequence[Node], Sequence[tuple[str, Sequence[int]]]]  # nodes, and which of them were read for each address


class Drawn(NamedTuple):
    """What making some files has found: what was read, what they asked of the theme, and what was made of sources."""

    read: Read
    asked: Mapping[str, bytes]
    cited: Kept


class Drawer:
    """Makes files of a site into a folder."""

    def __init__(self, making: Making, target: Target) -> None:
        self.making, self.target = making, target

    def draw(self, addresses: Sequence[str]) -> Drawn:
        """Make the files of these addresses."""
        before = set(self.making.bibliography.kept)
        numbers: dict[Node, int] = {}
        read = []
        for address in addresses:
            with noting() as notes:
                self.target.put({address: self.making.products[address].make()})
            read.append((address, numbered(notes, numbers)))
        asked = {str(node.key) for node in numbers if node.of == ASKED}
        cited = {what: text for what, text in self.making.bibliography.kept.items() if what not in before}
        return Drawn((list(numbers), read), {address: self.making.theme.asked[address] for address in asked}, cited)
