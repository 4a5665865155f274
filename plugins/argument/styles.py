"""A CSL style: found, loaded, and asked for one reference at a time. The one module that knows citeproc-py; knows no Pelican.

citeproc-py escapes nothing that is in an item or a style, and numbers a reference when it formats it. So what HTML must
have escaped, and what is only known later, goes through it as characters for private use, and is put right afterwards.
"""

import hashlib
import re
from collections.abc import Iterable, Mapping
from functools import cached_property
from graphlib import CycleError, TopologicalSorter
from pathlib import Path
from typing import Any

from citeproc import STYLES_PATH, Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, Locator
from citeproc.source.json import CiteProcJSON
from citeproc.string import NoCase, String
from lxml import etree

from argument.csl import OTHERS, Item
from argument.problems import did_you_mean, one_of

BUNDLED = {path.stem: path for path in sorted(Path(STYLES_PATH).glob("*.csl"))}
DEFAULT = "harvard-cite-them-right"
LOCALE = "en-GB"  # single quotation marks, and the theme's own language
CSL = "{http://purl.org/net/xbiblio/csl}"


class Mark(str):
    """A character for private use (Unicode's U+E000 to U+F8FF) that stands for something while citeproc-py is at work."""

    __slots__ = ()


AMPERSAND, LESS, MORE, NUMBER, ADDRESS, DOI, TITLE, AND_OTHERS, REST = (Mark(chr(code)) for code in range(0xE000, 0xE009))
MARKS = re.compile(f"[{AMPERSAND}-{REST}]")
HIDDEN = str.maketrans({"&": AMPERSAND, "<": LESS, ">": MORE})
SHOWN = {ord(AMPERSAND): "&amp;", ord(LESS): "&lt;", ord(MORE): "&gt;"}
OTHERS_JOINED = re.compile(rf"[,;]?(?:\s+(?:and|{AMPERSAND}))?\s*{AND_OTHERS}\.?")
# A full stop after what ends a sentence itself, such as a title, within its italics or quotation marks or without.
STOP_TWICE = re.compile(r"([?!]|\.(?=[<’”]))((?:</\w+>|[’”])*)\.(?=\s|$)")
# Items that a style is tried out on, for citeproc-py cannot do all that a style may ask.
SAMPLES: tuple[Item, ...] = (
    {"id": "a", "type": "article-journal", "title": "T", "author": [{"family": "F", "given": "G"}], "page": "1-2"},
    {
        "id": "b",
        "type": "webpage",
        "title": "T",
        "author": [{"literal": "B"}],
        "issued": {"date-parts": [[2014, 5, 30]]},
        "URL": "U",
    },
)


class StyleError(ValueError):
    """There is no such style, or it cannot be used here: what it must be, and what to do."""


class Formatter:
    """How citeproc-py marks what a style wants marked; no inline styles, which the pages' policy forbids."""

    Italic = Oblique = staticmethod(lambda text: NoCase(f"<i>{text}</i>"))
    Bold = staticmethod(lambda text: NoCase(f"<b>{text}</b>"))
    Superscript = staticmethod(lambda text: NoCase(f"<sup>{text}</sup>"))
    Subscript = staticmethod(lambda text: NoCase(f"<sub>{text}</sub>"))
    Light = Underline = SmallCaps = staticmethod(lambda text: text)

    @staticmethod
    def preformat(text: object) -> str:
        return str(text).translate(HIDDEN)


class Reference(CitationItem):  # type: ignore[misc]  # citeproc-py carries no types
    """One reference as citeproc-py wants it, whose number on the page is put in later."""

    @property
    def number(self) -> str:
        return String(NUMBER)  # type: ignore[no-any-return]


class Unnumbered(Reference):
    """One reference without a number; a style's brackets or full stop round it go with it."""

    @property
    def number(self) -> str:
        return ""


def find(name: str) -> Path:
    """The file of a style: one that citeproc-py brings, by its name, or any by its path. Raises StyleError."""
    path = BUNDLED.get(name) or Path(name)
    if path.suffix != ".csl":
        rule = f"{one_of(BUNDLED)}, or the path of a .csl file"
        raise StyleError(rule, did_you_mean(name, BUNDLED, "There are files of styles at https://www.zotero.org/styles."))
    if not path.is_file():
        raise StyleError("the path of a .csl file that is there", f"It is looked for from {Path.cwd()}.")
    return path


class Style:
    """A style, loaded. Raises StyleError for one that cannot be used for citations in running text."""

    def __init__(self, name: object) -> None:
        self.name = name
        path = find(str(name))
        self.digest = hashlib.sha256(path.read_bytes()).hexdigest()
        try:
            self.style = CitationStylesStyle(str(path), locale=LOCALE, validate=False)
        except (etree.XMLSyntaxError, AttributeError) as error:
            raise StyleError("a file in the Citation Style Language", "Download it anew.") from error
        self.root = self.style.root
        self.citation = self.root.citation
        if self.citation is None:
            parents = self.root.findall(f".//{CSL}link[@rel='independent-parent']")
            raise StyleError("a style with a layout of its own", *(f"This one only names {it.get('href')}." for it in parents))
        if self.root.get("class") != "in-text" or self.root.bibliography is None:
            raise StyleError("a style for citations in the text and a list of references", "This one is for notes.")
        if path not in BUNDLED.values():
            self.examine()
        for element in self.root.iter(etree.Element):
            for attribute, value in element.attrib.items():
                element.set(attribute, value.translate(HIDDEN))
        self.root.formatter = Formatter
        self.citation.cites = []
        self.layout = self.citation.layout  # held: lxml forgets what is kept on an element that nobody holds
        self.space_after_number()
        if path not in BUNDLED.values():
            self.try_out()

    def __repr__(self) -> str:
        return f"Style of {self.digest}"

    def __reduce__(self) -> tuple[Any, ...]:
        """In another process it is loaded anew."""
        return Style, (self.name,)

    def space_after_number(self) -> None:
        """A style may set an entry's number apart as a column; here it has a space after it."""
        first = self.root.bibliography.layout[0]
        if self.root.bibliography.get("second-field-align") and not first.get("suffix", "").endswith(" "):
            first.set("suffix", first.get("suffix", "") + " ")

    def examine(self) -> None:
        """Look for what would go wrong with some sources only. Raises StyleError."""
        if mark := MARKS.search(etree.tostring(self.root, encoding="unicode")):
            rule = f"a style without the characters for private use U+{ord(AMPERSAND):X} to U+{ord(REST):X}"
            raise StyleError(rule, f"It holds U+{ord(mark[0]):X}.")
        calls = {
            macro.get("name"): [text.get("macro") for text in macro.iter(f"{CSL}text") if text.get("macro")]
            for macro in self.root.iter(f"{CSL}macro")
        }
        try:
            TopologicalSorter(calls).prepare()
        except CycleError as error:
            raise StyleError("a style whose macros come to an end", f"The macro {error.args[1][0]} calls itself.") from error

    def try_out(self) -> None:
        """Format some items, so that what citeproc-py cannot do is told at once. Raises StyleError."""
        try:
            processor = Processor(self, SAMPLES)
            for sample in SAMPLES:
                processor.entry(sample["id"])
                processor.cite(sample["id"], ("page", "1"))
            _ = self.frame, self.et_al
        except (AttributeError, TypeError, ValueError, LookupError, RecursionError) as error:
            raise StyleError("a style that citeproc-py can format by", f"It fails at this one: {error}.") from error

    @cached_property
    def numeric(self) -> bool:
        """Whether citations are numbers."""
        return self.root.find(f".//{CSL}text[@variable='citation-number']") is not None

    @property
    def adds_year_suffix(self) -> bool:
        """Whether sources of one author and year are told apart by a letter after the year."""
        return bool(self.citation.get("disambiguate-add-year-suffix") == "true")

    @cached_property
    def frame(self) -> tuple[str, str, str]:
        """HTML before, between and after the parts of one citation: `(`, `; ` and `)`."""
        before, after = shown(str(self.layout.format(self.layout.wrap(REST)))).split(REST)
        return before, shown(self.layout.get("delimiter", "")), after

    @cached_property
    def et_al(self) -> str:
        """What stands for the authors who are not named."""
        element = self.root.find(f".//{CSL}et-al")
        return str(self.layout.get_single_term("et-al") if element is None else element.render())


class Processor:
    """A style at work on some items, each formatted by itself."""

    def __init__(self, style: Style, items: Iterable[Item]) -> None:
        self.style = style
        self.source = CiteProcJSON([hidden(item) for item in items])
        self.bibliography = CitationStylesBibliography(style.style, self.source, Formatter)
        self.suffixes: Mapping[str, str] = {}
        self.references = {key: self.reference(key) for key in self.source}

    def reference(self, key: str, kind: type[Reference] = Reference, **locator: Locator) -> Reference:
        """What citeproc-py needs for one citation of one item."""
        reference = kind(key, **locator)
        self.bibliography.register(Citation([reference]))
        return reference

    def tell_apart(self, suffixes: Mapping[str, str]) -> None:
        """Give items the letters after the year that tell each from another of the same author and year."""
        self.suffixes = suffixes
        for key, letters in suffixes.items():
            self.source[key]["year_suffix"] = String(letters)

    def cite(self, key: str, locator: tuple[str, str] | None = None) -> str:
        """HTML of one part of a citation, without what the style puts round all of them.

        `locator` is one of CSL's labels and a number: `("page", "3")`.
        """
        label, place = locator or ("", "")
        reference = self.reference(key, locator=Locator(label, hidden(place))) if locator else self.references[key]
        self.style.layout.repressed = {}
        text = self.style.layout.render_children(reference)
        return self.tidy(str(text if text is not None else self.source[key].get("title", key)))

    def entry(self, key: str) -> str:
        """HTML of one entry of the list of references."""
        return self.rendered(self.references[key])

    def unnumbered_entry(self, key: str) -> str:
        """HTML of an entry that stands on its own, or in a list without numbers."""
        return self.rendered(self.reference(key, Unnumbered))

    def rendered(self, reference: Reference) -> str:
        """HTML of the entry of a reference."""
        (text,) = self.style.root.bibliography.render([reference]) or [""]
        return self.tidy(str(text))

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The keys in the order that the style has for the list, or that of the items where it has none."""
        return tuple(reference.key for reference in self.style.root.bibliography.sort(list(self.references.values())))

    def cite_order(self) -> list[str]:
        """The keys in the order in which the style puts the parts of one citation; empty if it leaves that to authors."""
        sort = self.style.citation.find(f"{CSL}sort")
        if sort is None or self.style.numeric:
            return []
        return [reference.key for reference in sort.sort([self.references[key] for key in self.order], self.style.layout)]

    def tidy(self, text: str) -> str:
        """What citeproc-py made, as HTML."""
        text = OTHERS_JOINED.sub(lambda _: f" {self.style.et_al}", text)
        return shown(STOP_TWICE.sub(r"\1\2", text))


def hidden(value: Any) -> Any:
    """An item or a part of it, with what HTML must have escaped made safe from citeproc-py."""
    match value:
        case dict() if value == {"literal": OTHERS}:
            return {"literal": AND_OTHERS}
        case dict():
            return {key: hidden(part) for key, part in value.items()}
        case list():
            return [hidden(part) for part in value]
        case Mark():
            return String(value)
        case str():
            return String(cleared(value).translate(HIDDEN))
    return value


def cleared(text: str) -> str:
    """The text without what would be taken for a mark."""
    return MARKS.sub("", text)


def shown(text: str) -> str:
    """The text as HTML."""
    return text.translate(SHOWN)
