"""Runs of text on paper: white space as a browser shows it, quotation marks, two columns. Knows only the tree of a paper."""

from collections.abc import Iterable
from typing import Any

Node = dict[str, Any]
Content = list[Node | str]

# Nodes that stand in a line of text.
INLINE = {"em", "strong", "small", "sub", "super", "strike", "mark", "q", "a", "code", "br", "verdict", "tag", "anchor", "image"}
INLINE |= {"printed", "insertion"}


def paragraph(run: Content) -> Iterable[Node]:
    """What stands between two blocks, as a paragraph; nothing if it is white space."""
    inside = trimmed(run)
    return [{"t": "p", "k": inside}] if inside else []


def trimmed(run: Content) -> Content:
    """Inline nodes with white space as a browser shows it: none at the ends, none beside a line break, one between words."""
    found, _ = squeezed(run, after=True)
    while found and isinstance(found[-1], str) and not found[-1].rstrip(" "):
        found.pop()
    if found and isinstance(found[-1], str):
        found[-1] = found[-1].rstrip(" ")
    return found


def squeezed(run: Content, *, after: bool) -> tuple[Content, bool]:
    """The same but for the end; `after` says that white space stands before, and then that it stands behind."""
    found: Content = []
    for node in run:
        if isinstance(node, str):
            text = node.lstrip(" ") if after else node
            found += [text] if text else []
            after = text.endswith(" ") if text else after
        elif node["t"] == "br":
            found.append(node)
            after = True
        elif "k" in node and node["t"] in INLINE:
            inside, after = squeezed(node["k"], after=after)
            found.append({**node, "k": inside})
        else:
            found.append(node)
            after = False
    return found, after


def halves(nodes: Content) -> list[Content]:
    """Blocks in two columns, as equal in height as can be; of two ways that are, the first column is the higher one."""
    heights = [node.get("height", 1) if isinstance(node, dict) else 1 for node in nodes]
    cut = min(range(len(nodes), -1, -1), key=lambda at: max(sum(heights[:at]), sum(heights[at:])))
    return [nodes[:cut], nodes[cut:]]


def units(nodes: Content) -> float:
    """How high drawings are one below the other, in their own units; of two columns the higher one counts."""
    high = 0.0
    for node in nodes:
        if isinstance(node, dict):
            inner = max(map(units, node["items"]), default=0) if node["t"] == "columns" else units(node.get("k", []))
            high += node.get("height", inner)
    return high


def in_marks(nodes: Content) -> Content:
    """Somebody's words in quotation marks: one before the first paragraph, one behind the last."""
    paragraphs = [node for node in nodes if isinstance(node, dict) and node["t"] == "p"]
    if paragraphs:
        paragraphs[0]["k"] = ["“", *paragraphs[0]["k"]]
        paragraphs[-1]["k"] = [*paragraphs[-1]["k"], "”"]
    return nodes
