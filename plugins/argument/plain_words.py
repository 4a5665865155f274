"""HTML → its words. Knows nothing else."""

import re
from functools import lru_cache

from markupsafe import Markup

BEFORE_A_STOP = re.compile(r"\s+([.,;:?!])")
BLOCK_END = re.compile(r"</(?:p|li|dd|dt|td|th|blockquote|pre|h\d)>|<br ?/?>")


def plain_text(prose: str) -> str:
    """The words of prose that may hold paragraphs and lists, those of two blocks apart."""
    return plain(BLOCK_END.sub(r"\g<0> ", prose)).strip()


REMEMBERED = 1 << 17  # pieces of prose, of which a preview asks for nearly all again after each save


@lru_cache(REMEMBERED)
def plain(prose: str) -> str:
    """The words of a piece of prose, without its HTML and citations."""
    marked = "<" in prose or "&" in prose
    words = Markup(prose).striptags() if marked else " ".join(prose.split())  # noqa: S704 - nothing is marked safe
    return BEFORE_A_STOP.sub(r"\1", str(words))
