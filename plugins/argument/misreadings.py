"""What Python-Markdown made of a file's text, looked at as a tree: misreadings are problems, sections are wrapped.

Knows no Pelican.
"""

import re
import xml.etree.ElementTree as ET
from collections.abc import Callable
from dataclasses import dataclass, field

from markdown import Markdown
from markdown.extensions.attr_list import AttrListTreeprocessor, get_attrs_and_remainder
from markdown.treeprocessors import Treeprocessor

from argument.problems import Problem, SourceText
from argument.scanner import Scan
from argument.values import SLUG

BARS = re.compile(r"\s*\|.*\|\s*$|\s*\|?(?:\s*:?-{2,}:?\s*\|)+[\s:|-]*$")
BULLET = re.compile(r"\s*(?:[-*+]|\d+\.)\s+\S")


@dataclass
class FileState:
    """What the extension knows of the file being converted, and what it finds wrong in it."""

    text: SourceText
    scan: Scan
    problems: list[Problem] = field(default_factory=list)


class Misread(Treeprocessor):
    """What Python-Markdown reads otherwise than it was meant, seen in what it made of it; each is a problem.

    A table outside a comparison would have no caption and no scope. Bars that make no table, and a list that follows a
    line of text at once, would be printed as they stand; four spaces would make code.
    """

    def __init__(self, md: Markdown, state: Callable[[], FileState]) -> None:
        super().__init__(md)
        self.state = state

    def run(self, root: ET.Element) -> None:
        for head in root.iterfind(".//table/thead/tr"):
            remedy = "Put it into a /// comparison | caption block."
            self.problem(head.get("x-line", ""), "a table outside a comparison has no caption.", remedy)
        for code in root.iterfind(".//pre/code"):
            line = (code.text or "").strip().split("\n")[0]
            self.problem(line, "four spaces make this code.", "Take them out, or put code between ``` lines.")
        for part in root.iter():
            if part.tag in ("p", "li"):
                self.lines(part.text or "", inside=part.tag == "p")

    def lines(self, words: str, *, inside: bool) -> None:
        """The lines of one paragraph or list entry."""
        for number, line in enumerate(words.split("\n")):
            if BARS.match(line):
                remedy = "A table has a blank line before it and a line of dashes under its headings, and stands in a comparison."
                self.problem(line.strip(), "these bars make no table.", remedy)
            elif (number or not inside) and BULLET.match(line):
                self.problem(
                    line.strip(), "this makes no list.", "A list has a blank line before it; a list within one, four spaces."
                )

    def problem(self, line: str, rule: str, remedy: str) -> None:
        """A problem at the first line that reads so."""
        state = self.state()
        number = next((number for number, text in enumerate(state.text.lines, 1) if text.strip() == line.strip()), 1)
        state.problems.append(Problem(state.text.place(number), rule, remedy))


class OnlyAddresses(AttrListTreeprocessor):
    """Python-Markdown's attributes in braces, of which only an address, `{#like-this}`, is let through.

    Any other could hide or dress words that readers are told were checked; it is a problem, and nothing comes of it.
    """

    def __init__(self, md: Markdown, state: Callable[[], FileState]) -> None:
        super().__init__(md)
        self.state = state

    def assign_attrs(self, elem: ET.Element, attrs_string: str, *, strict: bool = False) -> str:
        attributes, rest = get_attrs_and_remainder(attrs_string)
        if (strict and rest) or (len(attributes) == 1 and attributes[0][0] == "id" and SLUG.fullmatch(attributes[0][1] or "")):
            return str(super().assign_attrs(elem, attrs_string, strict=strict))
        text = self.state().text
        words = attrs_string.removesuffix(rest).strip(" }")
        place = text.place_at(max(text.text.find(words), 0), len(words))
        rule, remedy = f'"{words}" cannot stand in braces.', "Only an address may: {#like-this}."
        self.state().problems.append(Problem(place, rule, remedy))
        return str(rest)


class Sections(Treeprocessor):
    """Wraps each `##` heading and what follows it in a `section`, so that a theme can set sections side by side."""

    def run(self, root: ET.Element) -> None:
        section: ET.Element | None = None
        for part in list(root):
            if part.tag == "h2":
                section = ET.Element("section")
                root.insert(list(root).index(part), section)
            if section is not None:
                root.remove(part)
                section.append(part)
