"""The HTML of a page as browsers read it: by nh3, whose parser is one of theirs, and whose list is the gate's (allowed.py).

The gate reads by rules of its own. This finds what those do not know of, and where a browser would end one element at another.
Knows no Pelican and no model.
"""

import re
from functools import cache
from html import unescape

import nh3

from argument.allowed import LINKS, MARKDOWN, OWN, Refused, may_have
from argument.near_misses import PHRASES

SCHEMES = {link.partition(":")[0] for link in LINKS if ":" in link}
CITATION = re.compile(r"(</?)x-cite\b")  # will be a link
PART = re.compile(r"<[^<>]*>|[^<]+")
TAG = re.compile(r"<(/?)([a-zA-Z][a-zA-Z0-9-]*)")
ATTRIBUTE = re.compile(r"""([^\s="'<>/]+)(?:\s*=\s*(?:"([^"]*)"|'([^']*)'|([^\s"'<>]+)))?""")
# What stands otherwise in the text: how it begins in HTML, and in Markdown.
WRITTEN = ((re.compile(r'<\S+( keys="([^ "]*))'), r"@\2"), (re.compile(r'<\S+( class="footnote-ref")'), "[^"))
WORD = re.compile(r"\S+")
TOLD = "x-told"  # in the place of an element that has been told of
MOST = 50  # of one file; after so many each would take longer than it helps


@cache
def cleaner() -> nh3.Cleaner:
    """Lets through what the gate does, and citations as the links that they will be."""
    tags = {*MARKDOWN, *OWN, *PHRASES.split("|")}
    attributes = {tag: set(may_have(tag)) for tag in tags}
    attributes["a"] |= set(OWN["x-cite"])
    attributes[TOLD] = set().union(*attributes.values())
    return nh3.Cleaner(tags={*tags, TOLD}, clean_content_tags=set(), attributes=attributes, url_schemes=SCHEMES, link_rel=None)


def misread(html: str) -> list[Refused]:
    """Where a browser reads something else than what is written, in HTML that the gate let through."""
    found: list[Refused] = []
    parts = PART.findall(CITATION.sub(r"\1a", html))
    while len(found) < MOST and (at := first_difference(parts)) is not None:
        begins = max((i for i, part in enumerate(parts[: at + 1]) if is_opening(part)), default=0)
        words, nth = words_at(parts, begins)
        rule = f'browsers end what is open here before "{words}".'
        remedy = "A link holds no other link, no footnote and no citation: end one before the other begins."
        found.append(Refused(words, nth, rule, remedy))
        opened = TAG.match(parts[begins])
        if not opened or opened[2] == TOLD:
            break
        parts[begins] = f"<{TOLD}{parts[begins][opened.end() :]}"
        if (end := f"</{opened[2]}>") in parts[begins:]:
            parts[parts.index(end, begins)] = f"</{TOLD}>"
    return list(dict.fromkeys(found))


def first_difference(parts: list[str]) -> int | None:
    """Which of the parts of some HTML is the first that a browser does not read as it is written, if any."""
    written = "".join(parts)
    read = cleaner().clean(written)
    if read == written:
        return None
    theirs = PART.findall(read)
    differ = (at for at, (one, other) in enumerate(zip(parts, theirs, strict=False)) if normal(one) != normal(other))
    return next(differ, None if len(parts) == len(theirs) else min(len(parts), len(theirs)) - 1)


def is_opening(part: str) -> bool:
    """Whether an element begins here."""
    return part.startswith("<") and not part.startswith("</")


def normal(part: str) -> tuple[str, ...]:
    """A tag or a text, however it is written."""
    if not (tag := TAG.match(part)):
        return (unescape(part),)
    found = ATTRIBUTE.findall(part, tag.end())
    return (tag[1], tag[2].lower(), *(f"{name.lower()}={unescape(''.join(values))}" for name, *values in found))


def words_at(parts: list[str], begins: int) -> tuple[str, int]:
    """The words in the text for the element that begins there, and how many such come before."""
    for pattern, in_text in WRITTEN:
        if it := pattern.match(parts[begins]):
            return it.expand(in_text), sum(it[1] in part for part in parts[:begins])
    before, after = ([unescape(part) for part in some if part[0] != "<"] for some in (parts[:begins], parts[begins:]))
    word = next((word[0] for text in after if (word := WORD.search(text))), "")
    return word, sum(text.lower().count(word.lower()) for text in before) if word else 0
