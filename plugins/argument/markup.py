"""The `x-…` elements that stand in converted HTML for cards, tables and citations: find them, and put things in their place.

Only this project's Markdown extension writes such elements, in one form (see Python-Markdown's serializers.py), so they
can be found exactly without parsing the rest. Knows no Pelican and no model.
"""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from html import escape, unescape

OPENING = "<x-"
TAG = re.compile(r'<(?P<end>/?)x-(?P<name>[a-z]+)(?P<attributes>(?: [a-z-]+="[^"]*")*)>')
ATTRIBUTE = re.compile(r' ([a-z-]+)="([^"]*)"')
PARAGRAPH = re.compile(r"<p>((?:(?!</?p>).)*)</p>", re.S)


@dataclass(frozen=True)
class Element:
    """One `x-…` element: its name without the `x-`, its attributes as text, and the HTML inside it."""

    name: str
    attributes: dict[str, str]
    inner: str

    def written(self) -> str:
        """The element as it stands in HTML."""
        attributes = "".join(f' {name}="{escape(value)}"' for name, value in self.attributes.items())
        return f"<x-{self.name}{attributes}>{self.inner}</x-{self.name}>"


def split(html: str) -> Iterator[str | Element]:
    """The HTML as pieces of text and top-level `x-…` elements, in order."""
    if OPENING not in html:  # as most cells of tables, which are many
        yield html
        return
    position, depth, opened = 0, 0, None
    for tag in TAG.finditer(html):
        if not tag["end"]:
            if depth == 0:
                yield html[position : tag.start()]
                opened = tag
            depth += 1
        else:
            depth -= 1
            if depth == 0 and opened is not None:
                attributes = {name: unescape(value) for name, value in ATTRIBUTE.findall(opened["attributes"])}
                yield Element(opened["name"], attributes, html[opened.end() : tag.start()])
                position = tag.end()
    yield html[position:]


def elements(html: str, name: str) -> Iterator[Element]:
    """The top-level elements of one name."""
    if f"{OPENING}{name}" not in html:
        return iter(())
    return (piece for piece in split(html) if isinstance(piece, Element) and piece.name == name)


def replaced(html: str, replace: Callable[[Element], str]) -> str:
    """The HTML with each top-level element replaced by what `replace` makes of it."""
    return "".join(piece if isinstance(piece, str) else replace(piece) for piece in split(html))


def inline(html: str) -> str:
    """The HTML without the paragraph round it, if it is one paragraph."""
    alone = PARAGRAPH.fullmatch(html.strip())
    return alone[1] if alone else html.strip()
