"""Tables on paper: how wide each column is, and which rows stay whole. Knows only the tree of a paper.

Widths are shared out by how much stands in each column, so that no word is cut and no column is much longer than the rest.
"""

from collections.abc import Iterator, Sequence
from math import ceil, sqrt

from argument.paper_text import Node
from argument.typesetting import width

PAGE = 482.0  # points between the margins of an A4 page, as paper.typ sets them
GUTTER = 10.0  # points beside the text of a cell
SIZES = ((4, 9.0), (6, 8.2))  # up to how many columns which size of type is used; for more, the last
SMALLEST = 7.6
EMS = 0.47  # how wide a character of the bundled font is on average
NARROWER = 0.93  # how wide its words are beside those of the widest of common fonts (typesetting.py)
LONGEST = 10.0  # ems of a word beyond which it may be broken: an address
LINE = 1.35
WHOLE = 300.0  # points up to which a row, or a table, is kept on one page
HEAD_LINES = 2.5  # over how many lines the heading of a column goes at most


def texts(nodes: Sequence[Node | str]) -> Iterator[str]:
    """Every text in some nodes."""
    for node in nodes:
        if isinstance(node, str):
            yield node
        elif node["t"] in ("terms", "glossary"):
            yield from (text for term in node["items"] for text in texts([*term["term"], *term["k"]]))
        else:
            yield from ([node["s"]] if "s" in node else ())
            yield from texts([inner for item in node.get("items", ()) for inner in item])
            rows = [*node.get("head", ()), *node.get("rows", ())]
            yield from texts([inner for row in rows for cell in row for inner in cell["k"]])
            yield from texts([*node.get("caption", ()), *node.get("k", ())])


def laid_out(table: Node) -> Node:
    """A table with the size of its type, the width of each column, and for each row whether it stays whole."""
    rows = [*table["head"], *table["rows"]]
    number = max(sum(cell["span"] for cell in row) for row in rows)
    size = next((size for most, size in SIZES if number <= most), SMALLEST)
    least, amounts = [0.0] * number, [0.0] * number
    for row in rows:
        at = 0
        for cell in row:
            words = " ".join(texts(cell["k"]))
            if cell["span"] == 1:
                widest = max([width(part) for word in words.split() for part in word.split("-")], default=0.0)
                ems = min(widest * (1 if cell["h"] or row in table["head"] else NARROWER), LONGEST)
                if row in table["head"]:
                    ems = max(ems, width(words) / HEAD_LINES)
                least[at] = max(least[at], ems * size + GUTTER)
                amounts[at] += len(words)
            at += cell["span"]
    widths = shared(least, [sqrt(amount) for amount in amounts])
    heights = [height(row, widths, size) for row in rows]
    kept = [high <= WHOLE for high in heights[len(table["head"]) :]]
    return {**table, "size": size, "widths": widths, "kept": kept, "whole": sum(heights) <= WHOLE}


def shared(least: Sequence[float], weights: Sequence[float]) -> list[float]:
    """The width of the page shared out by weight, each part at least so much."""
    widths, free = dict.fromkeys(range(len(least)), 0.0), set(range(len(least)))
    left = PAGE
    while free:
        total = sum(weights[at] for at in free) or 1.0
        narrow = {at for at in free if left * weights[at] / total < least[at]}
        if not narrow or narrow == free:
            break
        for at in narrow:
            widths[at] = least[at]
        left -= sum(least[at] for at in narrow)
        free -= narrow
    for at in free:
        widths[at] = left * (weights[at] or 1) / (sum(weights[other] for other in free) or 1)
    return [round(widths[at], 1) for at in range(len(least))]


def height(row: Sequence[Node], widths: Sequence[float], size: float) -> float:
    """About how high a row is, in points."""
    most, at = 0.0, 0
    for cell in row:
        wide = sum(widths[at : at + cell["span"]]) - GUTTER
        at += cell["span"]
        lines = sum(ceil(len(text) * EMS * size / max(wide, 1)) for text in texts(cell["k"]) if len(text) > 1)
        most = max(most, lines * size * LINE)
    return most + GUTTER
