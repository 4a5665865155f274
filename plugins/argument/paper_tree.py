"""HTML → a tree that Typst draws. What has no form on paper is a problem, and nothing is left out.

The tree is nested lists of text and of nodes: `t` says what a node is, `k` holds what is in it, and further keys are its own
(theme/typst/paper.typ reads them). Knows no Pelican and no model.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field

import lxml.html
from lxml import etree

from argument.paper_pictures import DRAWN, drawing
from argument.paper_tables import laid_out
from argument.paper_text import INLINE, Content, Node, halves, in_marks, paragraph, trimmed, units
from argument.problems import Place, Problem

REMEDY = "Leave it out for paper ({% if not view.paper %}), or let paper_tree.py and paper.typ know it."
HERE = "site:"  # begins an address of the site, until it is known whether that is in the paper
SPACE = re.compile(r"[ \t\n\r\f]+")

# What an element becomes; what stands in no line of these is unknown.
HEADINGS = ("h1", "h2", "h3", "h4", "h5", "h6")
PHRASES = {"em": "em", "i": "em", "cite": "em", "dfn": "em", "var": "em", "strong": "strong", "b": "strong", "small": "small"}
PHRASES |= {"sub": "sub", "sup": "super", "s": "strike", "mark": "mark", "q": "q"}
CODE = ("code", "kbd", "samp")
PLAIN = ("span", "time", "abbr", "bdo")
GROUPS = ("div", "section", "aside", "figure", "figcaption", "blockquote", "p")
LISTS = ("ul", "ol", "dl")
BLOCKS = {*GROUPS, *LISTS, *HEADINGS, "li", "dt", "dd", "pre", "hr", "table", "svg"}
# What a class makes of an element; a class that is not here is for the screen.
ROLES = {
    "quotation-card": "card", "quotation-card__words": "words", "quotation-card__address": "address", "note": "note",
    "note__title": "title", "lead": "lead", "verdict": "verdict", "picture__sign": "verdict", "tag": "tag", "picture": "picture",
    "picture__caption": "title", "picture__title": "title", "map__title": "title", "map__claim": "claim", "map__which": "small",
    "response__title": "title", "update__title": "title", "references__list": "references", "reference__printed": "printed",
    "insertion": "insertion", "picture__legend": "legend",
}  # fmt: skip
SMALL = ("quotation-card__", "picture__", "comparison__note", "prose__legend", "update__date", "response__by", "listing__detail")
WHOLE = 640  # units of a picture's height, beside each other or below, up to which it is kept on one page
SIDE_BY_SIDE = ("picture__grids", "picture__years", "map__claims")
# Attributes that say nothing that paper could show: how a page looks, what a screen reader is told of what is seen.
SILENT = {"id", "class", "role", "rel", "rev", "datetime", "cite", "scope", "type", "aria-labelledby", "aria-describedby"}
SILENT |= {"aria-label", "aria-hidden", "data-kind", "data-beside", "open"}
SAID = {"a": {"href"}, "abbr": {"title"}, "img": {"src", "alt"}, "ol": {"start"}, "td": {"colspan"}, "th": {"colspan"}}
TITLED, SIDED, SPOKEN = "title", {"data-side", "data-verdict"}, {"lang", "dir"}
ALIGNED = {"data-align", "align"}


@dataclass
class Tree:
    """What was found while the parts of one paper were made into trees."""

    style: str  # of pictures
    resource: Callable[[str], Node | None]  # the picture at an address, as Typst can read it; None if it cannot
    problems: list[Problem] = field(default_factory=list)
    abbreviations: dict[str, str] = field(default_factory=dict)

    def part(self, html: str, address: str, place: Place, raised: int) -> Content:
        """The tree of one part, whose ids are those of `address`; headings stand `raised` levels above those of the page."""
        root = lxml.html.fragment_fromstring(html, create_parent="div")
        return PartTree(self, address, place, raised).content(root)


@dataclass
class PartTree:
    """One part being made into a tree."""

    whole: Tree
    address: str
    place: Place
    raised: int

    def content(self, element: etree._Element) -> Content:
        """What stands in an element: inline nodes, or blocks, with what stands between blocks as paragraphs."""
        found: Content = []
        run: Content = []
        for piece in pieces(element):
            made = [SPACE.sub(" ", piece)] if isinstance(piece, str) else self.node(piece)
            if isinstance(piece, str) or not is_block(piece):
                run += made
            else:
                found += [*paragraph(run), *made]
                run = []
        return [*found, *paragraph(run)] if found or any(is_block(child) for child in element) else trimmed(run)

    def node(self, element: etree._Element) -> Content:
        """The nodes that one element becomes."""
        tag, classes = str(element.tag), element.get("class", "").split()
        if "footnote-backref" in classes:
            return []  # leads back to where the reader of paper is
        self.look_at(element, tag)
        made = self.made(element, tag, classes)
        for node in made:
            if isinstance(node, dict) and (name := element.get("id")):
                node.setdefault("ids", []).append(f"{self.address}#{name}")
        if made and (language := element.get("lang")):
            main, *rest = language.lower().split("-")
            region = next((part for part in rest if len(part) == 2), None)  # noqa: PLR2004 - ISO 3166
            return [{"t": "lang", "lang": main, "region": region, "block": is_block(element), "k": made}]
        return made

    def look_at(self, element: etree._Element, tag: str) -> None:
        """A problem for whatever of the element would be lost."""
        may_be = SILENT | SIDED | SPOKEN | ALIGNED | SAID.get(tag, set()) | {TITLED}
        lost = [] if tag == "svg" else [str(name) for name in element.attrib if name not in may_be]
        if element.get("dir", "ltr") != "ltr":
            lost.append("dir")
        for name in lost:
            rule = f'"{name}" of "<{tag}>" has no form on paper.'
            self.refuse_for_paper(rule, REMEDY)

    def refuse_for_paper(self, rule: str, remedy: str) -> None:
        self.whole.problems.append(Problem(self.place, rule, remedy))

    def made(self, element: etree._Element, tag: str, classes: Sequence[str]) -> Content:
        """The element as paper has it."""
        if tag not in FORMS:
            rule = f'"<{tag}>" has no form on paper.'
            self.refuse_for_paper(rule, REMEDY)
            return []
        role = next((ROLES[name] for name in classes if name in ROLES), "")
        if not role and any(name.startswith(SMALL) for name in classes) and tag in ("p", "span"):
            role = "small"
        return FORMS[tag](self, element, role)

    def heading(self, element: etree._Element, _role: str) -> Content:
        level = max(int(str(element.tag)[1]) - self.raised, 1)
        return [{"t": "heading", "level": level, "k": self.content(element)}]

    def phrase(self, element: etree._Element, _role: str) -> Content:
        return [{"t": PHRASES[str(element.tag)], "k": self.content(element)}, *self.explained(element)]

    def link(self, element: etree._Element, _role: str) -> Content:
        href = element.get("href", "")
        href = f"{HERE}{self.address}{href}" if href.startswith("#") else href
        return [{"t": "a", "href": href, "k": self.content(element)}, *self.explained(element)]

    def sign(self, element: etree._Element, _role: str) -> Content:
        return ["\u200b"] if element.tag == "wbr" else [{"t": str(element.tag)}]

    def code(self, element: etree._Element, _role: str) -> Content:
        return [{"t": "code", "s": "".join(element.itertext())}, *self.explained(element)]

    def lines(self, element: etree._Element, _role: str) -> Content:
        return [{"t": "pre", "s": "".join(element.itertext()).rstrip("\n")}]

    def drawn(self, element: etree._Element, _role: str) -> Content:
        made = drawing(element, self.whole.style)
        return [{"t": "drawing", **asdict(made), "qr": "qr-code" in element.get("class", "").split()}]

    def group(self, element: etree._Element, role: str) -> Content:
        """A paragraph, or several blocks that belong together."""
        inside = self.content(element)
        if set(SIDE_BY_SIDE) & set(element.get("class", "").split()):
            return [{"t": "columns", "items": halves(inside)}]
        inline = all(isinstance(node, str) or node["t"] in INLINE for node in inside)
        if element.tag == "p" and inline:
            return [{"t": "remark" if role == "small" else role or "p", "k": inside}] if inside else []
        if role == "words":
            inside = in_marks(inside)
        if element.tag == "blockquote" or role:
            own = {"side": side} if (side := element.get("data-side", "")) else {}
            own |= {"whole": units(inside) <= WHOLE} if role == "picture" else {}
            return [{"t": role or "quote", "k": inside, **own}]
        if not inside or not inline:
            # Nothing to be seen of it: what is in it stands in its place.
            return self.anchored(element, inside)
        return [{"t": "p", "k": inside}]

    def anchored(self, element: etree._Element, inside: Content) -> Content:
        """Blocks of which the first has the id of what they stood in."""
        if inside and (name := element.get("id")):
            first = inside[0]
            assert isinstance(first, dict)  # noqa: S101 - they are blocks
            inside = [{**first, "ids": [*first.get("ids", []), f"{self.address}#{name}"]}, *inside[1:]]
            del element.attrib["id"]
        return inside

    def plain(self, element: etree._Element, role: str) -> Content:
        """What only wraps text; a sign that stands beside a word may be another on paper."""
        inside = self.content(element)
        if element.get("aria-hidden"):
            inside = [text.translate(DRAWN) if isinstance(text, str) else text for text in inside]
        if element.tag == "abbr":
            self.whole.abbreviations.setdefault("".join(element.itertext()), element.get("title", ""))
            return inside
        sides = {"verdict": element.get("data-verdict", "unknown")} if role == "verdict" else {}
        sides |= {"side": element.get("data-side", "")} if role == "tag" else {}
        marked = role or ("anchor" if element.get("id") else "")
        return [*([{"t": marked, "k": inside, **sides}] if marked else inside), *self.explained(element)]

    def explained(self, element: etree._Element) -> Content:
        """What a screen shows of an element while the pointer is on it."""
        title = element.get("title")
        return [f" ({title})"] if title else []

    def only(self, element: etree._Element, *known: str) -> None:
        """A problem for whatever stands right in an element, and is neither one of those that are known nor white space."""
        for piece in pieces(element):
            tag = "text" if isinstance(piece, str) else str(piece.tag)
            if tag not in known and (not isinstance(piece, str) or piece.strip()):
                rule = f'"<{tag}>" in "<{element.tag}>" has no form on paper.'
                self.refuse_for_paper(rule, REMEDY)

    def list_of(self, element: etree._Element, role: str) -> Content:
        """A list; its items are blocks or lines. A list of terms may have each pair in a `div`."""
        if element.tag == "dl":
            items: list[Node] = []
            for group in (element, *(child for child in element if child.tag == "div")):
                self.only(group, "dt", "dd", "div")
            for child in element.iter("dt", "dd"):
                if child.tag == "dt":
                    items.append({"term": self.content(child), "k": []})
                else:
                    items[-1]["k"] += self.content(child)
            return [{"t": "terms", "items": items}]
        self.only(element, "li")
        made = [[*self.item(child)] for child in element if child.tag == "li"]
        start = {"start": int(element.get("start", "1"))} if element.tag == "ol" else {}
        return [{"t": role or str(element.tag), "items": made, **start}]

    def item(self, element: etree._Element) -> Iterator[Node | str]:
        """What stands in an item, with its id at the beginning."""
        if name := element.get("id"):
            yield {"t": "anchor", "k": [], "ids": [f"{self.address}#{name}"]}
        self.look_at(element, "li")
        yield from self.content(element)

    def image(self, element: etree._Element, _role: str) -> Content:
        """A picture from a file."""
        source = element.get("src", "")
        file = self.whole.resource(source)
        if not file:
            rule = f'"{source.rpartition("/")[2]}" is a kind of picture that a PDF cannot show.'
            self.refuse_for_paper(rule, "Make it a PNG, JPEG, GIF, SVG or WebP file.")
        return [{"t": "image", "alt": element.get("alt", ""), **file}, *self.explained(element)] if file else []

    def table(self, element: etree._Element, _role: str) -> Content:
        """A table: its caption, the rows of its head, and the rest."""
        self.only(element, "caption", "colgroup", "thead", "tbody", "tfoot", "tr")
        for part in element.iter("thead", "tbody", "tfoot"):
            self.only(part, "tr")
        for row in element.iter("tr"):
            self.only(row, "th", "td")
        caption = next(iter(element.iter("caption")), None)
        rows = [(row, [self.cell(cell) for cell in row if cell.tag in ("th", "td")]) for row in element.iter("tr")]
        head = [cells for row, cells in rows if row.getparent().tag == "thead"]
        body = [cells for row, cells in rows if row.getparent().tag != "thead"]
        for row, cells in rows:
            if (name := row.get("id")) and cells:
                cells[0]["k"] = [{"t": "anchor", "k": [], "ids": [f"{self.address}#{name}"]}, *cells[0]["k"]]
        named = {"caption": self.content(caption)} if caption is not None else {}
        return [laid_out({"t": "table", "head": head, "rows": body, **named})]

    def cell(self, element: etree._Element) -> Node:
        """One cell; `h` says that it is the heading of its row."""
        self.look_at(element, str(element.tag))
        heading = element.tag == "th" and element.get("scope") == "row"
        align = element.get("data-align") or element.get("align") or ""
        return {"k": self.content(element), "span": int(element.get("colspan", "1")), "h": heading, "align": align}


FORMS: dict[str, Callable[[PartTree, etree._Element, str], Content]] = {
    **dict.fromkeys(HEADINGS, PartTree.heading),
    **dict.fromkeys(PHRASES, PartTree.phrase),
    **dict.fromkeys(CODE, PartTree.code),
    **dict.fromkeys(PLAIN, PartTree.plain),
    **dict.fromkeys(("br", "hr", "wbr"), PartTree.sign),
    **dict.fromkeys(LISTS, PartTree.list_of),
    **dict.fromkeys(GROUPS, PartTree.group),
    "a": PartTree.link,
    "pre": PartTree.lines,
    "table": PartTree.table,
    "svg": PartTree.drawn,
    "img": PartTree.image,
}


def pieces(element: etree._Element) -> Iterator[str | etree._Element]:
    """The texts and elements in an element, in order."""
    if element.text:
        yield element.text
    for child in element:
        if isinstance(child.tag, str):  # else a comment
            yield child
        if child.tail:
            yield child.tail


def is_block(element: etree._Element) -> bool:
    """Whether an element stands by itself and not in a line."""
    return element.tag in BLOCKS or (element.tag in ("a", "span") and any(is_block(child) for child in element))
