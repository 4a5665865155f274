"""A source's excerpts, which are the block quotations in its body. Knows no Markdown and no Pelican."""

import re
from collections.abc import Iterator

from argument.evidence import Excerpt

EXCERPT = re.compile(r"<blockquote>\n?(.*?)\n?</blockquote>", re.S)
# Where one paragraph follows another, and the ends of block quotations.
BREAK = re.compile(r"(?P<break></p>\s*<p>)|<(?P<end>/?)blockquote>")


def excerpts_apart(body: str) -> str:
    """The body with each paragraph of a block quotation as one of its own.

    Markdown joins block quotations that follow each other; two excerpts must not read as one passage.
    """
    parts: list[str] = []
    position, quoted = len(body), False
    for found in reversed(list(BREAK.finditer(body))):  # what comes after a break says whether it is in a quotation
        if not found["break"]:
            quoted = bool(found["end"])
        elif quoted:
            parts += [body[found.end() : position], "</p>\n</blockquote>\n<blockquote>\n<p>"]
            position = found.start()
    return "".join(reversed([*parts, body[:position]]))


def excerpts(body: str) -> Iterator[Excerpt]:
    """A source's excerpts, which are its block quotations."""
    return (Excerpt(found[1], found.start(1)) for found in EXCERPT.finditer(body))
