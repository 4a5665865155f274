"""What a PDF says, read from its own objects (ISO 32000-1): its words, its tags, its pictures' strokes."""

import re
from collections.abc import Iterator
from functools import cache
from typing import Any

import pikepdf

HEX = re.compile(rb"<([0-9a-fA-F]+)>")


def mapping(font: Any) -> dict[bytes, str]:
    """What each code of a font stands for, by its ToUnicode map (9.10.3)."""
    found: dict[bytes, str] = {}
    stream = font.ToUnicode.read_bytes()
    for block in re.findall(rb"beginbfchar(.*?)endbfchar", stream, re.S):
        codes = [bytes.fromhex(code.decode()) for code in HEX.findall(block)]
        found |= {code: words.decode("utf-16-be") for code, words in zip(codes[::2], codes[1::2], strict=True)}
    for block in re.findall(rb"beginbfrange(.*?)endbfrange", stream, re.S):
        codes = [bytes.fromhex(code.decode()) for code in HEX.findall(block)]
        for first, last, words in zip(codes[::3], codes[1::3], codes[2::3], strict=True):
            start = int.from_bytes(words, "big")
            for step in range(int.from_bytes(last, "big") - int.from_bytes(first, "big") + 1):
                code = (int.from_bytes(first, "big") + step).to_bytes(len(first), "big")
                found[code] = (start + step).to_bytes(len(words), "big").decode("utf-16-be")
    return found


def letters(pdf: pikepdf.Pdf) -> str:
    """Everything that is shown, page by page, without white space."""
    maps = cache(lambda key: mapping(pdf.get_object(key)))
    return re.sub(r"\s", "", "".join("".join(of_stream(page, page.Resources, maps)) for page in pdf.pages))


def of_stream(content: Any, resources: Any, maps: Any) -> Iterator[str]:
    """The text that a content stream shows, and the streams that it draws."""
    font: dict[bytes, str] = {}
    for operands, operator in pikepdf.parse_content_stream(content):
        name = str(operator)
        if name == "Tf":
            font = maps(resources.Font[operands[0]].objgen)
        elif name in ("Tj", "TJ"):
            for part in operands[0] if name == "TJ" else operands:
                if isinstance(part, pikepdf.String):
                    codes = bytes(part)
                    yield "".join(font.get(codes[at : at + 2], "") for at in range(0, len(codes), 2))
        elif name == "Do":
            drawn = resources.XObject[operands[0]]
            if drawn.get("/Subtype") == "/Form":
                yield from of_stream(drawn, drawn.get("/Resources", resources), maps)


def tags(element: Any, role: str = "") -> Iterator[Any]:
    """The elements of the structure tree, in reading order, of one role or all."""
    kids = element.get("/K")
    for kid in list(kids) if isinstance(kids, pikepdf.Array) else [kids]:
        if isinstance(kid, pikepdf.Dictionary) and "/S" in kid:
            if role in ("", str(kid.S)):
                yield kid
            yield from tags(kid, role)


def strokes(page: pikepdf.Page) -> list[tuple[float, float, float]]:
    """The level lines of the path on a page that has most of them: where each begins, and the x where it ends."""
    found: list[list[tuple[float, float, float]]] = [[]]
    x = y = 0.0
    for operands, operator in pikepdf.parse_content_stream(page):
        name = str(operator)
        if name == "m":
            x, y = map(float, operands)
        elif name == "l":
            if float(operands[1]) == y:
                found[-1].append((x, y, float(operands[0])))
            x, y = map(float, operands)
        elif name in ("S", "f", "n", "B"):  # the path ends (8.5.3)
            found.append([])
    return max(found, key=len)
