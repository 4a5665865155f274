"""A whole site written into a folder: what would be the same as in the last one is taken from there, the rest is made.

What is the same is not guessed: a file is taken over if it is as the last build left it, was made with the same means, and
all that was read when it was made says the same. Knows no Pelican.
"""

import os
from collections.abc import Hashable, Iterable, Iterator, Mapping, Sequence
from functools import cached_property
from pathlib import Path

from argument.compiled import compile_all
from argument.drawing_pages import Drawer
from argument.folders import State
from argument.making import Answers, Making
from argument.papers import Paper
from argument.problems import Problem
from argument.progress import Progress
from argument.reads import Node
from argument.record import Made, Record, numbered
from argument.share_image import ShareImage
from argument.target import Target
from argument.theme_files import ASKED
from argument.workers import FEW, spread

CITED = "bibliography"


class Writing:
    """One writing of a site: `folders` are where to, and that of the last one, which `record` is of."""

    def __init__(self, making: Making, answers: Answers, folders: tuple[Path, Path], record: Record, progress: Progress) -> None:
        self.making, self.answers, self.record, self.progress = making, answers, record, progress
        self.target, self.before = Target(folders[0]), folders[1]
        self.made: dict[str, Made] = {}
        self.numbers: dict[tuple[str, str, Hashable], int] = {node: number for number, node in enumerate(record.nodes)}
        self.now: dict[int, str] = {}  # what nodes say, by their numbers

    def write(self) -> list[Problem]:
        """Write every file; what could not be made is a problem."""
        making, facts = self.making, self.making.facts
        means = making.means
        pages = self.left({address: product.means or means for address, product in making.products.items()})
        papers = self.left(dict.fromkeys(facts.papers, means))
        drawing = making.drawing
        keys = {image.file: drawing.key(image) for image in facts.images.values()}
        images = set(self.left(keys))
        self.draw(pages)
        problems = self.print([facts.papers[address] for address in papers])
        problems += self.picture([image for image in facts.images.values() if image.file in images], keys)
        found, unfound = making.search.files()
        self.target.put(found)
        making.theme.asked.update({address: self.record.asked[address] for address in self.asked if address in self.record.asked})
        self.target.put(making.theme.written())  # after the pages, which ask for them
        self.target.put({address: text.encode() for address, text in making.hosting().items()})
        return [*problems, *unfound]

    def left(self, wanted: Mapping[str, str]) -> list[str]:
        """Take over the files that are wanted and would be the same; what is left to be made. `wanted` says with what means."""
        left = []
        for address, means in wanted.items():
            made = self.record.files.get(address)
            if made and made.means == means and self.says_the_same(made) and self.take_over(address):
                self.made[address] = made
            else:
                left.append(address)
        return left

    def says_the_same(self, made: Made) -> bool:
        """Whether all that was read for a file does. Only who has read anything asks the nodes: by other code they may be none."""
        return not made.reads or self.changed.isdisjoint(made.reads)

    @cached_property
    def changed(self) -> frozenset[int]:
        """The nodes that say something else than they did."""
        record = self.record
        sources = self.answers.prints.of(self.making.bibliography.sources)
        for number, (node, before) in enumerate(zip(record.nodes, record.answers, strict=True)):
            cited = node[0] == CITED and sources == record.sources
            self.now[number] = before if cited else self.answers.of(node)
        return frozenset(number for number, now in self.now.items() if now != record.answers[number])

    def take_over(self, address: str) -> bool:
        """Take a file from the last site, if it is there as it was left."""
        before = os.path.join(self.before, address)  # noqa: PTH118 - there may be ten thousand of them
        try:
            found = os.stat(before)  # noqa: PTH116 - the same
        except OSError:
            return False
        if self.record.states.get(address) != (found.st_mtime_ns, found.st_size):
            return False
        self.target.take(address, before)
        return True

    def draw(self, addresses: Sequence[str]) -> None:
        """Make the files of these addresses one by one."""
        means = self.making.means
        if len(addresses) > FEW:
            compile_all(self.making.context["templates"], self.making.folder)
        spread_out = spread(Drawer(self.making, self.target).draw, addresses)
        for drawn in self.progress.of("Drawing", "pages", len(addresses), spread_out):
            self.making.theme.asked.update(drawn.asked)
            self.making.bibliography.kept.update(drawn.cited)
            for address, reads in self.renumbered(*drawn.read):
                self.made[address] = Made(self.making.products[address].means or means, reads)

    def print(self, papers: Sequence[Paper]) -> list[Problem]:
        """Make these PDFs."""
        printer, means = self.making.printer, self.making.means
        printer.store.used |= {made.key for made in self.made.values()}
        problems: list[Problem] = []
        for proofs in self.progress.of("Making", "PDFs", len(papers), spread(printer.composed, papers)):
            printed = printer.print(proofs)
            self.target.put(printed.files)
            problems += printed.problems
            self.made |= {one.composed.paper.file: Made(means, numbered(one.notes, self.numbers), one.key) for one in proofs}
        if not problems:
            printer.store.sweep()
        return problems

    def picture(self, images: Sequence[ShareImage], keys: Mapping[str, str]) -> list[Problem]:
        """Make these share images."""
        drawing = self.making.drawing
        drawing.store.used |= set(keys.values())
        problems = drawing.write(images, self.target.folder, self.progress)
        self.made |= {image.file: Made(keys[image.file]) for image in images}
        return problems

    def renumbered(self, nodes: Sequence[Node], read: Iterable[tuple[str, Sequence[int]]]) -> Iterator[tuple[str, tuple[int, ...]]]:
        """What was read for each address, by the numbers of all nodes."""
        numbers = numbered(nodes, self.numbers)
        return ((address, tuple([numbers[one] for one in reads])) for address, reads in read)

    @property
    def used(self) -> frozenset[int]:
        """The numbers of all nodes that something was made from."""
        return frozenset().union(*(made.reads for made in self.made.values()))

    @property
    def asked(self) -> list[str]:
        """What pages have asked of the theme."""
        nodes = list(self.numbers)
        return [str(nodes[number][2]) for number in self.used if nodes[number][0] == ASKED]

    def recorded(self, left: Mapping[str, State]) -> Record:
        """The record of what was written, and of how it was left when it had its place."""
        nodes, used = list(self.numbers), sorted(self.used)
        numbers = {before: number for number, before in enumerate(used)}
        files = self.made
        if len(used) < len(nodes):
            files = {a: made._replace(reads=tuple([numbers[one] for one in made.reads])) for a, made in files.items()}
        answers = [self.now[one] if one in self.now else self.answers.of(nodes[one]) for one in used]
        return Record(
            [(*nodes[one],) for one in used],  # plain ones are read faster
            answers,
            files,
            {address: left[address] for address in files if address in left},
            dict(self.making.theme.asked),
            self.answers.prints.of(self.making.bibliography.sources),
        )
