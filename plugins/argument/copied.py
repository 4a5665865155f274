"""Files that are published as they are: none that a browser would run, and none that lies outside the content folder.

Knows no Pelican and no model.
"""

import os
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import replace
from functools import lru_cache
from pathlib import Path

from lxml import etree

from argument.problems import Place, Problem, one_of

PICTURES = (".avif", ".gif", ".jpeg", ".jpg", ".png", ".svg", ".webp")
OTHERS = (
    *(".csv", ".docx", ".epub", ".mp3", ".mp4", ".odp", ".ods", ".odt", ".ogg", ".pdf", ".pptx", ".txt", ".vtt", ".wav", ".webm"),
    *(".xlsx", ".zip"),
)
SVG, XHTML = "http://www.w3.org/2000/svg", "http://www.w3.org/1999/xhtml"
# What draws (SVG 2, appendix F.1): no script, no HTML, nothing that changes an attribute later, and no link.
DRAWS = frozenset(
    """
    svg g defs symbol use switch view title desc metadata style path rect circle ellipse line polyline polygon text tspan
    textPath image marker clipPath mask pattern linearGradient radialGradient stop filter feBlend feColorMatrix
    feComponentTransfer feComposite feConvolveMatrix feDiffuseLighting feDisplacementMap feDistantLight feDropShadow feFlood
    feFuncA feFuncB feFuncG feFuncR feGaussianBlur feImage feMerge feMergeNode feMorphology feOffset fePointLight
    feSpecularLighting feSpotLight feTile feTurbulence
    """.split()  # noqa: SIM905 - fifty lines of one word each say no more
)
WITHIN = re.compile(r"\s*(?:#|data:image/(?:png|jpeg|gif|webp|avif)[;,])", re.I)
LEADS_OUT = re.compile(r"@import|url\(\s*['\"]?\s*(?!['\"#\s])(?!data:image/(?:png|jpeg|gif|webp|avif)[;,])|javascript:|\\", re.I)
DRAW_IT = "A picture is opened by itself too, and must do nothing but be drawn. Save it as plain SVG, or as PNG."


def not_to_be_copied(content: Path, names: Collection[str], copied: Collection[str], prefix: str) -> list[Problem]:
    """A problem for each file of the content folder that must not be published; `prefix` is that folder as problems show it."""
    outside = set(leading_out(content, names))
    problems = []
    for name in sorted(names):
        if name not in outside and name not in copied:
            continue
        place, ending = Place(f"{prefix}/{name}"), Path(name).suffix.lower()
        if name in outside:
            problems.append(Problem(place, "this is a link that leads out of the content folder.", "Put the file itself here."))
        elif ending not in PICTURES + OTHERS:
            remedy = f"A browser might run it. Pictures are {one_of(PICTURES)}; other files {one_of(OTHERS)}."
            problems.append(Problem(place, "files of this kind are not published.", remedy))
        elif ending == ".svg":
            problems += [
                replace(one, place=replace(one.place, path=place.path))
                for one in more_than_a_picture((content / name).read_bytes())
            ]
    return problems


def leading_out(content: Path, names: Collection[str]) -> Iterator[str]:
    """Those of the files that lie elsewhere: they are links, or in a folder that is one."""
    root = os.path.realpath(content)
    folders = {name.rpartition("/")[0] for name in names}  # there may be ten thousand of them
    moved = {folder for folder in folders if not lies_in(root, str(content / folder))}
    links = {name for folder in folders for name in links_in(content, folder)}
    for name in names if moved or links else ():
        if name.rpartition("/")[0] in moved or (name in links and not lies_in(root, str(content / name))):
            yield name


def links_in(content: Path, folder: str) -> Iterator[str]:
    """The links among what stands in a folder of the content folder, by their paths in that."""
    with os.scandir(content / folder) as entries:
        yield from (f"{folder}/{entry.name}".removeprefix("/") for entry in entries if entry.is_symlink())


def lies_in(root: str, path: str) -> bool:
    """Whether a path leads to something below a folder, whatever links there are on the way."""
    found = os.path.realpath(path)
    return found == root or found.startswith(f"{root}{os.sep}")


@lru_cache(256)
def more_than_a_picture(svg: bytes) -> Sequence[Problem]:
    """What of an SVG file does more than draw; the places do not name the file."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_blank_text=False)
    try:
        root = etree.fromstring(svg, parser)
    except etree.XMLSyntaxError as error:
        return [Problem(Place("", error.lineno or 0), "this is no SVG that can be read.", DRAW_IT)]
    if root.tag != f"{{{SVG}}}svg":
        return [Problem(Place("", 1), "this is no SVG that can be read.", DRAW_IT)]
    return list(more_than_drawn(root))


def more_than_drawn(root: etree._Element) -> Iterator[Problem]:
    """What of a picture is more than drawn."""
    dtd = root.getroottree().docinfo.internalDTD
    if dtd is not None and any(True for _ in dtd.iterentities()):
        yield Problem(Place("", 1), "entities cannot stand in a picture.", DRAW_IT)
    for element in [*root.itersiblings(preceding=True), *root.iter()]:
        place = Place("", element.sourceline or 1)
        if isinstance(element, etree._Comment | etree._Entity):  # noqa: SLF001 - lxml has no other name for them
            continue
        if not isinstance(element.tag, str):
            yield Problem(place, "instructions (<?) cannot stand in a picture.", DRAW_IT)
            continue
        name = etree.QName(element)
        if name.namespace in (None, XHTML) or (name.namespace == SVG and name.localname not in DRAWS):
            yield Problem(place, f'"<{name.localname}" cannot stand in a picture.', DRAW_IT)
            continue
        for what in attributes(element):
            yield Problem(place, f'"{what}" cannot stand so in "<{name.localname}" of a picture.', DRAW_IT)
        if name.localname == "style" and LEADS_OUT.search(element.text or ""):
            yield Problem(place, "a style of a picture cannot lead anywhere.", DRAW_IT)


def attributes(element: etree._Element) -> Iterator[str]:
    """The attributes of an element that do more than draw."""
    for attribute, value in element.attrib.items():
        name = etree.QName(attribute)
        leads = name.localname == "href" and not WITHIN.match(str(value))
        if name.localname.lower().startswith("on") or leads or LEADS_OUT.search(str(value)):
            yield name.localname
