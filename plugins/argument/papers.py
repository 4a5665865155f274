"""Which pages have a PDF, and of what parts each is made. Knows no Pelican and nothing of how a PDF is drawn."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from argument import markup
from argument.argument import Argument
from argument.model import Benefit, Document, Guidance, Item, Page, Quotation, Risk, Update
from argument.problems import Place, Problem, did_you_mean

HAVE_PAPERS = (Page, Guidance, Risk, Benefit, Update)
SHOWN = ("comparison", "picture")
HEADING = re.compile(r'<h(?P<level>[2-6])(?: id="(?P<id>[^"]*)")?>(?P<words>.*?)</h\1>', re.S)


@dataclass(frozen=True)
class Part:
    """One part of a paper: an item, or what has the address `fragment` on its page."""

    item: Item
    fragment: str = ""

    @property
    def address(self) -> str:
        return f"{self.item.address}#{self.fragment}" if self.fragment else self.item.address

    @property
    def html(self) -> str:
        """The HTML of its text, cards, tables and citations not yet in their places; empty if there is no such part."""
        return extract(self.item, self.fragment) if self.fragment else self.item.origin.body

    def overlaps(self, other: "Part") -> bool:
        """Whether one of the two stands in the other."""
        if self.item is not other.item:
            return False
        return not (self.fragment and other.fragment) or self.html in other.html or other.html in self.html


@dataclass(frozen=True)
class Paper:
    """One PDF: an item whole, if it is one of an item, then `parts`; `place` is where its parts are named."""

    title: str
    purpose: str
    place: Place
    item: Item | None = None
    parts: tuple[Part, ...] = ()

    @property
    def file(self) -> str:
        """Its address: `risks/cost.pdf` beside `risks/cost.html`."""
        return pdf_of(self.item) if self.item else "paper.pdf"


def in_the_way(file: str) -> list[Problem]:
    """A problem if a paper cannot be written there: it replaces no file but a PDF."""
    if not file or (Path(file).suffix.lower() == ".pdf" and Path(file).parent.is_dir() and not Path(file).is_dir()):
        return []
    remedy = "Name a file that ends in .pdf, in a folder that is there."
    return [Problem(Place(file), "no paper can be written here.", remedy)]


def pdf_of(item: Item) -> str:
    """The address of an item's PDF; empty if it has none."""
    return f"{item.address.removesuffix('.html')}.pdf" if isinstance(item, HAVE_PAPERS) else ""


def papers(argument: Argument) -> tuple[list[Paper], list[Problem]]:
    """The PDF of every item that has one, and what is wrong with the parts that pages name for theirs."""
    made, problems = [], []
    for document in argument.documents.values():
        if (item := document.item) and isinstance(item, HAVE_PAPERS):
            make = partial(paper_of, item, document, argument)
            whole = not (isinstance(item, Page) and item.paper)  # else parts of other documents are in it
            paper, wrong = document.once("paper", make) if whole else make()
            made.append(paper)
            problems += wrong
    return made, problems


def paper_of(item: Item, document: Document, argument: Argument) -> tuple[Paper, list[Problem]]:
    """The PDF of one item."""
    named = item.paper if isinstance(item, Page) else ()
    place = document.places.get("paper", Place(document.path))
    parts, problems = parts_named(named, argument, place, [Part(item)])
    return Paper(item.title, item.description, place, item, parts), problems


def paper_of_parts(named: Sequence[str], argument: Argument, place: Place, site: str) -> tuple[list[Paper], list[Problem]]:
    """One PDF of the parts named, in that order; without any, those of the pages that name parts of their own."""
    if not named:
        return [paper for paper in papers(argument)[0] if paper.parts], []
    parts, problems = parts_named(named, argument, place)
    if len(parts) == 1 and not parts[0].fragment and pdf_of(parts[0].item) and not problems:
        item = parts[0].item
        return [paper_of(item, argument.documents[f"{item.folder}/{item.slug}.md"], argument)[0]], []
    titles = "; ".join(dict.fromkeys(part.item.title for part in parts))
    return [Paper(f"From “{site}”", f"Put together from: {titles}.", place, None, parts)], problems


def parts_named(
    named: Sequence[str], argument: Argument, place: Place, before: Sequence[Part] = ()
) -> tuple[tuple[Part, ...], list[Problem]]:
    """The parts of these paths, and a problem for each that is not there or that stands in one `before` or named earlier."""
    parts: list[Part] = []
    problems = []
    for path in named:
        page, _, fragment = path.partition("#")
        at = place.narrowed(path)
        whole = page if "/" in page else f"{Page.folder}/{page}"
        item = argument.item(whole)
        if item is None:
            if not argument.holds(whole):  # what could not be read has problems of its own
                rule = f'there is no page, point or quotation "{page}".'
                remedy = did_you_mean(page, known(argument), "Write its path without .md, such as decision or risks/name.")
                problems.append(Problem(at, rule, remedy))
            continue
        part = Part(item, fragment)
        if fragment and not part.html:
            document = argument.documents.get(f"{whole}.md")
            if document is None or not document.lost:
                rule = f'"#{fragment}" is the address of no section, comparison or picture of "{page}".'
                remedy = did_you_mean(fragment, addresses_in(item.origin.body), "Take the whole page, without it.")
                problems.append(Problem(at, rule, remedy))
        elif any(part.overlaps(other) for other in (*before, *parts)):
            problems.append(Problem(at, f'"{path}" is in the paper already.', "Take it out: a paper holds each part once."))
        else:
            parts.append(part)
    return tuple(parts), problems


def known(argument: Argument) -> Iterator[str]:
    """How the parts of a paper may be called."""
    yield from (name.removesuffix(".md").removeprefix(f"{Page.folder}/") for name in argument.documents)
    yield from (f"{Quotation.folder}/{slug}" for slug in argument.quotations)


def addresses_in(html: str) -> Iterator[str]:
    """The ids of the sections, comparisons and pictures of a text."""
    yield from (found["id"] for found in HEADING.finditer(html) if found["id"])
    yield from (element.attributes["id"] for element in every(html) if "id" in element.attributes)


def every(html: str) -> Iterator[markup.Element]:
    """The comparisons and pictures of a text, wherever they stand."""
    return (element for element in markup.split(html) if isinstance(element, markup.Element) and element.name in SHOWN)


def extract(item: Item, fragment: str) -> str:
    """The HTML of what has this address in an item's text: a heading with all below it, a comparison or a picture."""
    html = item.origin.body
    shown = next((element.written() for element in every(html) if element.attributes.get("id") == fragment), "")
    return shown or section(html, fragment)


def section(html: str, name: str) -> str:
    """A heading with all below it, up to the next that is not below it; empty if no heading has this id."""
    headings = list(HEADING.finditer(html))
    for number, heading in enumerate(headings):
        if heading["id"] == name:
            after = (later.start() for later in headings[number + 1 :] if later["level"] <= heading["level"])
            piece = html[heading.start() : next(after, len(html))]
            return re.sub(r"</?section>", "", piece)  # it is cut out of the middle of them
    return ""
