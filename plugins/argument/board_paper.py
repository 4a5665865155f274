"""A paper put together: its parts drawn and made into one tree, its head and its end, links resolved. Knows no Pelican."""

import hashlib
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Any

from argument import qr_codes
from argument.dates import PartialDate
from argument.matter import PointMatter
from argument.model import Quotation
from argument.paper_tables import texts
from argument.paper_text import Content, Node
from argument.paper_tree import HERE, Tree
from argument.paper_view import PaperView
from argument.papers import Paper, Part
from argument.problems import Place, Problem
from argument.render import Shared

if TYPE_CHECKING:
    from argument.pdf import RowHeadings

# Kinds of picture that Typst reads (its reference, “image”).
FORMATS = {"png": "png", "jpg": "jpg", "jpeg": "jpg", "gif": "gif", "webp": "webp", "svg": "svg"}
VERSION_LENGTH = 8
SAID = ("body", "abbreviations", "links", "references")  # in a paper's data, what is a tree
TAG = re.compile(r"<style>[^<]*</style>|<[^>]*>")
ELSEWHERE = ("http://", "https://", "mailto:", "tel:")


@dataclass(frozen=True)
class Edition:
    """What every paper of one build says of the site."""

    site: str
    url: str
    language: str
    date: PartialDate
    notice: str
    style: str  # of pictures
    files: Mapping[str, bytes]  # by their paths

    @property
    def languages(self) -> tuple[str, str | None]:
        """`en-GB` → its language and its region, as Typst wants them."""
        language, _, region = self.language.partition("-")
        return language.lower(), region.lower() or None


@dataclass(frozen=True)
class Composed:
    """A paper as Typst is told of it, and what could not be told."""

    paper: Paper
    data: Mapping[str, Any]
    problems: Sequence[Problem]

    @cached_property
    def json(self) -> str:
        return as_json(self.data)

    @property
    def words(self) -> str:
        """All that is seen in it, also what its pictures say."""
        seen = [self.data["title"], self.data["purpose"], *(value for pair in self.data["particulars"] for value in pair)]
        seen += [TAG.sub(" ", node["svg"]) for node in nodes([self.data[name] for name in SAID]) if "svg" in node]
        return " ".join([*seen, *texts([node for name in SAID for node in self.data[name]])])

    @property
    def headings(self) -> "RowHeadings":
        """Which cells of its tables are the headings of their rows."""
        tables = (node for node in nodes(self.data["body"]) if node["t"] == "table")
        return [[[cell["h"] for cell in row] for row in table["rows"]] for table in tables]


@dataclass
class Composer:
    """One paper being put together."""

    paper: Paper
    shared: Shared
    edition: Edition
    context: Mapping[str, Any]
    views: list[PaperView] = field(default_factory=list)
    heading: str = ""  # given to parts that have none of their own

    def composed(self) -> Composed:
        """The paper with everything in its place."""
        self.tree = Tree(self.edition.style, self.resource)
        own = Part(self.paper.item) if self.paper.item else None
        body = self.part(own, own=True) if own else []
        for part in self.paper.parts:
            body += self.part(part, own=False)
        references = self.tree.part(self.views[-1].reference_list(), "", self.paper.place, 0)
        links = Links([*body, *references], self.edition.url, own.address if own else "")
        data: dict[str, Any] = {
            "title": self.paper.title,
            "purpose": self.paper.purpose,
            # A point's page begins with its claim, which says the same.
            "purpose-shown": not isinstance(self.paper.item, PointMatter),
            "site": self.edition.site,
            "lang": self.edition.languages[0],
            "region": self.edition.languages[1],
            "date": self.date,
            "contents": bool(self.paper.parts),
            "body": body,
            "references": references,
            "abbreviations": pairs(sorted(self.tree.abbreviations.items()), in_columns=True),
            "links": pairs(links.elsewhere, in_columns=False),
        }
        if own and own.address in links.used:
            data["top"] = own.address
        head: dict[str, Any] = {"particulars": self.particulars(as_json(data))}
        if self.address:
            head["code"] = {"svg": qr_codes.drawn(self.address), "alt": f"{qr_codes.title(self.address)}."}
        return Composed(self.paper, {**data, **head}, self.tree.problems)

    @property
    def date(self) -> dict[str, int] | None:
        """The date of the edition, to the day; None if it has none."""
        date = self.edition.date
        return {"year": date.year, "month": date.month or 1, "day": date.day or 1} if date.year else None

    @property
    def address(self) -> str:
        """Where the paper’s page is on the web; empty where the site does not know its own address."""
        return f"{self.edition.url}/{self.paper.item.address}" if self.edition.url and self.paper.item else self.edition.url

    def particulars(self, said: str) -> list[tuple[str, str]]:
        """What the head says of the paper: its edition, a digest of all that it says, whose it is and where it is."""
        version = hashlib.sha256(said.encode()).hexdigest()[:VERSION_LENGTH]
        date = str(self.edition.date) if self.edition.date.year else ""
        named = [("Edition of", date), ("Version", version), ("On the web", self.address), ("About this site", self.edition.notice)]
        return [(name, value) for name, value in named if value]

    def part(self, part: Part, *, own: bool) -> Content:
        """One part: the paper's own text stands below its title, every other below a heading."""
        view = PaperView(part, self.shared, self.edition.url, self.views[-1] if self.views else None)
        self.views.append(view)
        html = view.body(self.context)
        place = Place(part.item.origin.place.path)
        raised = 1 if own else view.level - 1
        body = self.tree.part(html, part.item.address, place, raised)
        headed = bool(body) and isinstance(body[0], dict) and body[0]["t"] == "heading"
        if own:
            return body[1:] if headed else body
        if not part.fragment:
            body = named(body, part.address)
        if headed:
            self.heading = ""
            return [body[0], *self.where(view, part), *body[1:]]
        given = "Quotations" if isinstance(part.item, Quotation) else part.item.title
        if given == self.heading:
            return body
        self.heading = given
        return [{"t": "heading", "level": 1, "k": [given]}, *([] if given == "Quotations" else self.where(view, part)), *body]

    def where(self, view: PaperView, part: Part) -> Content:
        """Where a part stands on the site."""
        return [{"t": "where", "k": [{"t": "a", "href": view.printed(part.address), "k": [view.printed(part.address)]}]}]

    def resource(self, address: str) -> Node | None:
        """A picture's file; None if it is of a kind that cannot be shown."""
        path = PurePosixPath(address.removeprefix(HERE))
        kind = FORMATS.get(path.suffix.lower().removeprefix("."))
        if not kind:
            return None
        file = self.edition.files[str(path)]
        return {"bytes": file.decode().replace("\r\n", "\n") if kind == "svg" else list(file), "format": kind}


class Links:
    """The links of a paper, each made to lead to a part of it, to the site or elsewhere; names that none leads to are dropped."""

    def __init__(self, content: Content, url: str, top: str) -> None:
        self.url = url
        self.top = top
        self.elsewhere: dict[tuple[str, str], None] = {}  # words and address, each pair once
        found = list(nodes(content))
        self.names = {name: node["ids"][0] for node in reversed(found) for name in node.get("ids", ())}
        self.used: set[str] = set()
        for node in found:
            if node["t"] == "a":
                self.resolve(node)
        given: set[str] = set()
        for node in found:
            if "ids" in node:
                node["ids"] = [name for name in node["ids"][:1] if name in self.used and name not in given]
                given.update(node["ids"])

    def resolve(self, node: Node) -> None:
        """Say where a link leads: `to` a part, to a `url`, or nowhere that paper could name."""
        href = node.pop("href")
        if href.startswith(ELSEWHERE):
            node["url"] = href
            words = "".join(text for text in node["k"] if isinstance(text, str)).strip()
            if words not in (href, href.removeprefix("mailto:")):
                self.elsewhere[words, href] = None
        elif href.startswith(HERE):
            address = href.removeprefix(HERE)
            page, _, fragment = address.partition("#")
            to = next((name for name in (address, f"#{fragment}", page) if name in self.names or name == self.top != ""), "")
            if to:
                node["to"] = self.names.get(to, to)
                self.used.add(node["to"])
            elif self.url:
                node["url"] = f"{self.url}/{address}"


def named(content: Content, name: str) -> Content:
    """Some content, the first node of which has one more name."""
    first, *rest = content
    assert isinstance(first, dict)  # noqa: S101 - only blocks are named
    return [{**first, "ids": [*first.get("ids", ()), name]}, *rest]


def nodes(found: Any) -> Iterator[Node]:
    """Every node in some content, in reading order."""
    if isinstance(found, dict):
        if "t" in found:
            yield found
        for key in ("caption", "head", "rows", "items", "term", "k"):
            yield from nodes(found.get(key, ()))
    elif isinstance(found, (list, tuple)):
        for inner in found:
            yield from nodes(inner)


def pairs(found: Iterable[tuple[str, str]], *, in_columns: bool) -> Content:
    """A list of terms, each with what it stands for; nothing without any."""
    items = [{"term": [name], "k": [value]} for name, value in found]
    if not items or not in_columns:
        return [{"t": "glossary", "items": items}] if items else []
    half = (len(items) + 1) // 2
    return [{"t": "columns", "items": [[{"t": "glossary", "items": part}] for part in (items[:half], items[half:]) if part]}]


def as_json(data: Any) -> str:
    """Data as Typst reads them, in one form."""
    return json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
