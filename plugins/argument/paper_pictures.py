"""Pictures for paper: inline SVG with a style of its own, and what it shows in words. Knows no Pelican and no model."""

from dataclasses import dataclass

from lxml import etree

SVG = "http://www.w3.org/2000/svg"
# HTML knows no capitals in the names of attributes; SVG does.
CAPITALS = {"viewbox": "viewBox"}
# Signs that pages show in whatever font a reader has, and the nearest that the bundled one can draw.
DRAWN = str.maketrans({"✗": "×", "↩": "←"})
WORDLESS = ("title", "desc")


@dataclass(frozen=True)
class Drawing:
    """A picture that is drawn in the page itself: as a file, what it shows, and how wide and high it is in its own units."""

    svg: str
    alt: str
    width: float
    height: float


def drawing(element: etree._Element, style: str) -> Drawing:
    """An `svg` element of a page, styled by itself; `style` is CSS."""
    made = etree.Element("svg", {"xmlns": SVG})
    for name, value in element.attrib.items():
        made.set(CAPITALS.get(str(name), str(name)), str(value))
    sided = next((above for above in element.iterancestors() if above.get("data-side")), None)
    if sided is not None:
        made.set("data-side", sided.get("data-side", ""))
    etree.SubElement(made, "style").text = style
    for child in element:
        if child.tag not in WORDLESS:
            made.append(shown(child))
    _, _, width, height = map(float, element.get("viewbox", "").split())
    made.set("width", f"{width:g}")
    made.set("height", f"{height:g}")
    return Drawing(etree.tostring(made, encoding="unicode"), alt(element), width, height)


def shown(element: etree._Element) -> etree._Element:
    """A part of a drawing without the words that are not seen, its signs such as the font has."""
    made = etree.Element(element.tag, dict(element.attrib))
    made.text, made.tail = (element.text or "").translate(DRAWN), element.tail
    made.extend(shown(child) for child in element if child.tag not in WORDLESS)
    return made


def alt(element: etree._Element) -> str:
    """What a drawing shows: its title and description, its label, or else the words in it."""
    named = [" ".join(words(child).split()) for child in element if child.tag in WORDLESS]
    label = element.get("aria-label", "")
    said = [*dict.fromkeys([label, *named])] if named or label else [" ".join(words(element).split())]
    return ". ".join(part.rstrip(".") for part in said if part) + "."


def words(element: etree._Element) -> str:
    """The words in an element; where it has a label, that, and after each text a stop."""
    if label := element.get("aria-label"):
        return f"{label}. "
    inside = (element.text or "") + "".join(words(child) + (child.tail or "") for child in element)
    return f"{inside}. " if element.tag == "text" and len(inside.strip()) > 1 else inside
