"""What may stand in a page: the HTML that Markdown made of a file is let through tag by tag. Knows no Pelican and no model.

The strict look at the text before Markdown (near_misses.py) tells authors what they meant; this is what nothing gets past,
however Markdown came to make it. What is refused is left out, so that what is left can be read on.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache
from html import escape
from html.entities import html5
from html.parser import HTMLParser

from argument.characters import UNREADABLE
from argument.near_misses import PHRASES
from argument.problems import Place, SourceText

VOID = ("br", "hr", "img", "wbr")
# Attributes of each element that Python-Markdown makes with the extensions that the project uses; `id` may stand on any.
MARKDOWN: Mapping[str, Sequence[str]] = {
    **dict.fromkeys(
        ("p", "blockquote", "em", "hr", "ul", "li", "dl", "dt", "dd", "section", "h1", "h2", "h3", "h4", "h5", "h6"), ()
    ),
    **dict.fromkeys(("table", "thead", "tbody"), ()),
    **dict.fromkeys(("th", "td"), ("align",)),
    **dict.fromkeys(("pre", "code", "div", "span"), ("class",)),
    "tr": ("x-line", "x-cells"),
    "ol": ("start",),
    "a": ("href", "title", "class", "role", "rel", "rev"),
    "img": ("src", "alt", "title"),
}
PHRASE = ("title", "datetime", "lang", "dir")
# The project's own elements have all of theirs, but for those of the second row.
OWN: Mapping[str, Sequence[str]] = {
    "x-cell": ("sign", "word"),
    "x-cite": ("keys", "locators"),
    "x-column": ("align",),
    "x-comparison": ("line",),
    "x-corner": (),
    "x-example": ("line", "title"),
    "x-heading": (),
    "x-note": ("line", "title"),
    "x-picture": ("line",),
    "x-quotation": ("line",),
    "x-row": ("id",),
    "x-source": (),
}
OWN_SOMETIMES: Mapping[str, Sequence[str]] = {"x-comparison": ("form",)}
LINKS = ("http://", "https://", "mailto:", "tel:", "{filename}/", "{static}/", "#")
PICTURES = "{static}/"
LAST, SURROGATES, NOT_ONE = 0x10FFFF, range(0xD800, 0xE000), 0xFFFE  # of Unicode; the last two of each plane are no characters
END = re.compile(r"</(?![a-zA-Z][a-zA-Z0-9-]*\s*>)[^\s>]*\s*[^\s>]?")
WRITE = "Of HTML, only what stands within a phrase (abbr, kbd, sub …) is let through. Write Markdown or a block."


@dataclass(frozen=True)
class Refused:
    """Something that cannot stand in a page: the words to look for in the text, their turn there, what is wrong, what to do.

    `at_least` are words to look for where Markdown has signs for the first.
    """

    words: str
    nth: int
    rule: str
    remedy: str
    at_least: str = ""

    def place(self, text: SourceText, body: str) -> Place | None:
        """Where its words stand in the body, which is the text with all else blanked out, or else in the text."""
        for words in (self.words, self.at_least):
            for looked_in in (body, text.text):
                if at := found(looked_in, words.lower()):
                    return text.place_at(at[min(self.nth, len(at) - 1)], len(words))
        return None


@dataclass(frozen=True)
class Open:
    """An element whose end has not come yet, and its turn among those of its name."""

    name: str
    nth: int


@dataclass
class Gate(HTMLParser):
    """Reads HTML, keeps what may stand in a page, closed as it must be, and says what may not."""

    kept: list[str] = field(default_factory=list)
    refused: list[Refused] = field(default_factory=list)
    open: list[Open] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    def refuse(self, words: str, rule: str, remedy: str, nth: int = 0, at_least: str = "") -> None:
        self.refused.append(Refused(words, nth, rule, remedy, at_least))

    def turn(self, tag: str) -> int:
        """How many of these tags came before."""
        self.seen[tag] = self.seen.get(tag, -1) + 1
        return self.seen[tag]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        written = self.get_starttag_text() or ""
        nth = self.turn(f"<{tag}")
        if not known(tag) or "<" in written[1:] or ">" in written[:-1]:
            self.refuse(f"<{tag}", f'"<{tag}" cannot stand in a page.', WRITE, nth)
            return
        given = [name for name, _ in attrs]
        for name in dict.fromkeys(given):
            if name not in may_have(tag) or given.count(name) > 1:
                self.refuse(name, f'"{name}" cannot stand in "<{tag}".', "Take it out.")
        if not set(OWN.get(tag, ())) <= set(given):
            self.refuse(f"<{tag}", f'"<{tag}" cannot stand in a page.', WRITE, nth)
            return
        for name, value in attrs:
            self.address(name, value or "")
            if hidden := UNREADABLE.search(value or ""):
                self.refuse(name, f"the character U+{ord(hidden[0]):04X} cannot be read.", "Take it out: nobody sees it.")
        attributes = "".join(f' {name}="{escape(value or "")}"' for name, value in attrs if name in may_have(tag))
        self.kept.append(f"<{tag}{attributes}{' /' if tag in VOID else ''}>")
        if tag not in VOID:
            self.open.append(Open(tag, nth))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """`<s/>` opens an element all the same (HTML, 13.2.6.5)."""
        self.handle_starttag(tag, attrs)

    def address(self, name: str, value: str) -> None:
        """What a link or a picture leads to."""
        plain = not any(sign.isspace() for sign in value)
        if name == "href" and not (plain and value.lower().startswith(LINKS)):
            remedy = "Write {filename}/pages/name.md, {static}/images/name.png, #heading or a full address with https://."
            self.refuse(value, f'"{value}" is no link that can be followed from everywhere.', remedy)
        if name == "src" and not (plain and value.startswith(PICTURES)):
            remedy = "Put it into content/images/ and write {static}/images/…"
            self.refuse(value, f'"{value}" is no picture of this site.', remedy)

    def handle_endtag(self, tag: str) -> None:
        nth = self.turn(f"</{tag}")
        if tag not in [element.name for element in self.open]:
            if known(tag):
                self.refuse(f"</{tag}", f'this "</{tag}>" closes nothing.', "Open it in the same paragraph, or take it out.", nth)
            else:
                self.refuse(f"</{tag}", f'"</{tag}" cannot stand in a page.', WRITE, nth)
            return
        while (last := self.open.pop()).name != tag:
            self.unclosed(last, f"</{tag}")
        self.kept.append(f"</{tag}>")

    def unclosed(self, element: Open, before: str = "") -> None:
        """An element that ends because what it stands in does."""
        remedy = f"Write </{element.name}> in the same paragraph."
        self.refuse(f"<{element.name}", f'this "<{element.name}>" is never closed.', remedy, element.nth, before)
        self.kept.append(f"</{element.name}>")

    def handle_data(self, data: str) -> None:
        if "<" in data:  # Python-Markdown writes it as an entity; this begins a tag that is none
            begins = data[data.index("<") :].split(maxsplit=1)[0]
            self.refuse(begins, f'"{begins}" cannot stand in a page.', WRITE)
            data = data.replace("<", "&lt;")
        self.kept.append(data)

    def handle_entityref(self, name: str) -> None:
        if f"{name};" not in html5:
            remedy = f"Write &amp;{name}; for these very signs."
            self.refuse(f"&{name};", f'"&{name};" is no character that HTML knows by a name.', remedy)
        self.kept.append(f"&{name};")

    def handle_charref(self, name: str) -> None:
        if unreadable(name):
            self.refuse(f"&#{name};", f'"&#{name};" is no character that can be read.', "Take it out.")
            return
        self.kept.append(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self.declared("<!--", data)

    def handle_decl(self, decl: str) -> None:
        self.declared("<!", decl)

    def unknown_decl(self, data: str) -> None:
        self.declared("<![", data)

    def handle_pi(self, data: str) -> None:
        self.declared("<?", data)

    def declared(self, sign: str, inside: str) -> None:
        """What is no element: a comment, a declaration, an instruction, CDATA."""
        words = f"{sign}{inside}".split()[0]
        self.refuse(words, f'"{words}" cannot stand in a page.', WRITE)


def let_through(html: str) -> tuple[str, list[Refused]]:
    """The HTML as it may stand in a page, and what of it may not; where there is nothing of that, it is as it was."""
    gate = Gate()
    for end in END.finditer(html):  # of which browsers see another part than Python does
        gate.refuse(end[0], "an end tag holds nothing but its name.", "Write only what it ends: </s>.")
    gate.feed(html)
    gate.close()
    while gate.open:
        gate.unclosed(gate.open.pop())
    return ("".join(gate.kept) if gate.refused else html), gate.refused


def unreadable(number: str) -> bool:
    """Whether a number, as HTML writes it, is that of no character that a file may hold."""
    code = int(number[1:], 16) if number[0] in "xX" else int(number)
    return code > LAST or code in SURROGATES or code & NOT_ONE == NOT_ONE or bool(UNREADABLE.match(chr(code)))


def known(tag: str) -> bool:
    """Whether there may be such an element."""
    return tag in MARKDOWN or tag in OWN or tag in PHRASES.split("|")


def may_have(tag: str) -> tuple[str, ...]:
    """The attributes that an element may have."""
    if tag in OWN:
        return (*OWN[tag], *OWN_SOMETIMES.get(tag, ()))
    return ("id", *MARKDOWN.get(tag, ()), *(PHRASE if tag in PHRASES.split("|") else ()))


@lru_cache(256)
def found(text: str, words: str) -> tuple[int, ...]:
    """Every place where the words stand, which are in small letters, the text in any; none for no words."""
    text = text.lower()
    places = []
    at = text.find(words) if words else -1
    while at >= 0:
        after = text[at + len(words) : at + len(words) + 1]
        if not (words.startswith("<") and (after.isalnum() or after == "-")):  # `<s` is not in `<strong`
            places.append(at)
        at = text.find(words, at + 1)
    return tuple(places)
