"""From quoted words to their place in the source: marks on our own page of it, and an address into the live document.

Knows no Pelican and no model.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from html import escape
from itertools import pairwise
from urllib.parse import quote, urlsplit

WHOLE = 10  # words: a longer passage is named by its first and last ones
ENDS = 4  # of them


def passage_id(slug: str) -> str:
    """Where the words of a quotation are marked on the page of their source."""
    return f"passage-{slug}"


def marked(body: str, passages: Iterable[tuple[str, str, Sequence[tuple[int, int]]]]) -> str:
    """The HTML with its passages in `mark` elements.

    A passage is an id, the language of its words if not the page's, both of which may be empty, and offsets with no tag between.
    Passages may overlap: each id stands where its passage begins.
    """
    ids: dict[int, list[str]] = {}
    languages: dict[tuple[int, int], str] = {}
    spans: list[tuple[int, int]] = []
    for name, language, pieces in passages:
        if name:
            ids.setdefault(pieces[0][0], []).append(name)
        languages.update(dict.fromkeys(pieces, language) if language else {})
        spans += pieces
    written: list[str] = []
    position = 0
    for start, end in cut(joined(spans), {*ids, *(offset for piece in languages for offset in piece)}):
        first_id, *more = ids.get(start, [""])
        language = next((tag for (first, last), tag in languages.items() if first <= start and end <= last), "")
        attribute = f' id="{escape(first_id)}"' if first_id else ""
        attribute += f' lang="{escape(language)}"' if language else ""
        anchors = "".join(f'<span id="{escape(name)}"></span>' for name in more)
        written += [body[position:start], f'<mark class="passage"{attribute}>{anchors}{body[start:end]}</mark>']
        position = end
    return "".join([*written, body[position:]])


def joined(spans: Iterable[tuple[int, int]]) -> list[tuple[int, int]]:
    """The spans in order, those that touch or overlap made one."""
    found: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(end, found[-1][1]))
        else:
            found.append((start, end))
    return found


def cut(spans: Iterable[tuple[int, int]], at: Collection[int]) -> Iterator[tuple[int, int]]:
    """The spans, cut in two wherever one of the offsets lies inside."""
    for start, end in spans:
        bounds = [start, *sorted(offset for offset in at if start < offset < end), end]
        yield from pairwise(bounds)


def live_address(url: str, text: str) -> str:
    """The address of a live page that makes a browser show some words of it; others show the page as it is.

    Source: WICG, URL Fragment Text Directives. A document that is no page (PDF) has no such addresses.
    """
    if urlsplit(url).path.lower().endswith((".pdf", ".doc", ".docx")) or not text:
        return url
    words = text.split()
    ends = [text] if len(words) <= WHOLE else [" ".join(words[:ENDS]), " ".join(words[-ENDS:])]
    directive = ",".join(quote(part, safe="").replace("-", "%2D") for part in ends)
    return f"{url}{'' if '#' in url else '#'}:~:text={directive}"
