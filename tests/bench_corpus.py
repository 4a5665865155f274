"""An argument of any size, the same in every run, for the times of builds.

Each page has about 350 words in four sections, three links, three citations, a comparison of six rows and four columns and two
cards of quotations. They come from a library of half as many quotations as pages, and these from a tenth as many sources; one
quotation is on a hundredth of the pages besides. The pages go on from ten that are in the menu.
"""

import random
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from building import small_site

WORDS = """a library is a room in which nobody is asked what they are doing there and everybody finds out more than they came for
so the door should open when people have time and the desk should be kept by whoever knows the shelves best of all"""
CHAPTERS = 10
SECTIONS, WORDS_IN_SECTION, ROWS, COLUMNS, QUOTED = 4, 85, 6, 4, 14
OFTEN = "quotations/quotation-0.md"  # the quotation that is on a hundredth of the pages
EDITED = "pages/page-7.md"


@dataclass(frozen=True)
class Corpus:
    """An argument of so many pages."""

    pages: int

    @property
    def quotations(self) -> int:
        return max(self.pages // 2, 10)

    @property
    def sources(self) -> int:
        return max(self.pages // 10, 2)

    def files(self) -> Iterator[tuple[str, str]]:
        """Each file by its path in the content folder."""
        yield "pages/index.md", "Title: The library should open\nDescription: An argument.\n\nWords.\n"
        for number in range(CHAPTERS):
            front = f"Title: Chapter {number}\nDescription: A chapter.\nNav: Chapter {number}\nOrder: {number}\n"
            yield f"pages/chapter-{number}.md", f"{front}\n{words(random.Random(number), WORDS_IN_SECTION)}\n"
        for number in range(self.pages):
            yield f"pages/page-{number}.md", self.page(number)
        quoted = [self.quoted(number) for number in range(self.quotations)]
        for number, said in enumerate(quoted):
            front = f"Source: source-{number % self.sources}\nBy: Reader {number}\nRole: A reader\nSide: for\n"
            yield f"quotations/quotation-{number}.md", f"{front}\n{said}\n"
        for number in range(self.sources):
            excerpts = "\n\n".join(f"> {words}" for words in quoted[number :: self.sources])
            front = f"Title: Report {number}\nPublisher: Council {number}\nDate: 2024\nKind: primary\nConfidence: high\n"
            yield f"sources/source-{number}.md", f"{front}\n{excerpts}\n"

    def quoted(self, number: int) -> str:
        """The words of a quotation."""
        return f"{words(random.Random(number), QUOTED)} {number}."

    def page(self, number: int) -> str:
        chance = random.Random(-1 - number)
        cited = [(number + step) % self.sources for step in range(3)]
        sections = [f"## Section {part}\n\n{words(chance, WORDS_IN_SECTION)}" for part in range(SECTIONS)]
        for part, source in enumerate(cited):
            sections[part] += (
                f" [@source-{source}]. See [page](" + f"{{filename}}/pages/page-{(number * 7 + part) % self.pages}.md)."
            )
        often = [0] if number % 100 == 0 else []
        shown = [*often, 2 * number % self.quotations, (2 * number + 1) % self.quotations]
        cards = "\n\n".join(f"/// quotation | quotation-{one}\n///" for one in dict.fromkeys(shown))
        lines = [["Day", *(f"Column {column}" for column in range(COLUMNS))], ["---"] * (COLUMNS + 1)]
        lines += [[f"Day {row}", *(words(chance, 4) for _ in range(COLUMNS))] for row in range(ROWS)]
        rows = "\n".join(f"| {' | '.join(line)} |" for line in lines)
        table = f"/// comparison | Days of page {number}\n    id: days-{number}\n\n{rows}\n///"
        body = "\n\n".join([*sections, cards, table])
        front = f"Title: Page {number}\nDescription: What stands on page {number}.\nPart-Of: chapter-{number % CHAPTERS}\n"
        return f"{front}\n{body}\n"

    def site(self, folder: Path, *, own_code: bool = False) -> Path:
        """A folder with the files, the project's plugins and theme; `own_code` as in `small_site`."""
        small_site(folder, own_code=own_code)
        for name in ("content", ".cache"):
            shutil.rmtree(folder / name, ignore_errors=True)
        self.write(folder / "content")
        return folder

    def write(self, folder: Path) -> None:
        """Write the files below a content folder."""
        for name, text in self.files():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, "utf-8")


def words(chance: random.Random, count: int) -> str:
    """So many words, the first with a capital."""
    return " ".join(chance.choices(WORDS.split(), k=count)).capitalize()
