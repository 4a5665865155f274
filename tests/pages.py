"""A page as the tests look at it: its links, ids and tables, by the standard library's parser."""

from dataclasses import dataclass, field
from functools import cache
from html.parser import HTMLParser
from pathlib import Path

VOID = {"br", "col", "hr", "img", "input", "link", "meta", "source", "wbr"}


@dataclass(slots=True)
class Element:
    tag: str
    attributes: dict[str, str]
    children: list["Element"] = field(default_factory=list)
    words: list[str] = field(default_factory=list)

    def all(self, tag: str) -> list["Element"]:
        """Every element of that tag below this one, in order."""
        return [found for found in self.every()[1:] if found.tag == tag]

    def every(self) -> list["Element"]:
        """Itself and every element below it."""
        found, todo = [], [self]
        while todo:
            element = todo.pop()
            found.append(element)
            todo += reversed(element.children)
        return found

    @property
    def text(self) -> str:
        """The words in it and below it, in no particular order."""
        return " ".join([*self.words, *(child.text for child in self.children)]).strip()


class Parser(HTMLParser):
    """Builds the tree; a tag that closes nothing fails the test that parses it."""

    def __init__(self) -> None:
        super().__init__()
        self.stack = [Element("", {})]

    def updatepos(self, i: int, j: int) -> int:
        """Nothing is counted: nobody asks for the line."""
        return j

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        element = Element(tag, {name: value or "" for name, value in attrs})
        self.stack[-1].children.append(element)
        if tag not in VOID:
            self.stack.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.stack[-1].children.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        assert self.stack[-1].tag == tag, f"</{tag}> closes <{self.stack[-1].tag}>"
        self.stack.pop()

    def handle_data(self, data: str) -> None:
        if data.strip():
            self.stack[-1].words.append(data.strip())


@cache
def parser_of(html: str) -> Parser:
    """What has read a page; each once, in whatever place it is met, since nobody changes a page."""
    parser = Parser()
    parser.feed(html)
    parser.close()
    return parser


def parse(path: Path) -> Element:
    """The page in a file; every tag in it must close."""
    parser = parser_of(path.read_text("utf-8"))
    assert len(parser.stack) == 1, f"{path}: <{parser.stack[-1].tag}> is never closed"
    return parser.stack[0]
