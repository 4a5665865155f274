"""A source as bibliographies the world over know it, an item of CSL-JSON, and back. Knows no Pelican and no CSL processor.

The keys of an item and its types are those of CSL 1.0.2 (appendices III and IV) and its JSON schema, csl-data.json.
"""

import re
from collections.abc import Iterable, Mapping
from html import unescape
from typing import Any
from urllib.parse import urlsplit

from argument.dates import PartialDate
from argument.matter import SourceMatter
from argument.values import SourceType

Item = dict[str, Any]
Name = dict[str, str]

# The last author of several, where there were more (as BibTeX has it: “and others”).
OTHERS = "others"
# Our field: the item's key, for what is text in both.
TEXTS = {
    "title": "title",
    "publisher": "publisher",
    "container": "container-title",
    "volume": "volume",
    "issue": "issue",
    "pages": "page",
    "doi": "DOI",
    "isbn": "ISBN",
    "url": "URL",
    "archive_url": "archive_location",
}
DATES = {"date": "issued", "seen": "accessed"}
# Types of CSL that sources do not have, and the nearest that they have; any other is a web page or an article.
NEAREST = {
    "bill": SourceType.LEGISLATION,
    "classic": SourceType.BOOK,
    "collection": SourceType.BOOK,
    "entry": SourceType.CHAPTER,
    "entry-dictionary": SourceType.CHAPTER,
    "entry-encyclopedia": SourceType.CHAPTER,
    "event": SourceType.SPEECH,
    "hearing": SourceType.LEGAL_CASE,
    "pamphlet": SourceType.REPORT,
    "performance": SourceType.BROADCAST,
    "regulation": SourceType.LEGISLATION,
    "review": SourceType.ARTICLE_JOURNAL,
    "review-book": SourceType.ARTICLE_JOURNAL,
    "song": SourceType.BROADCAST,
    "standard": SourceType.REPORT,
    "treaty": SourceType.LEGISLATION,
}
# What reference managers put into titles for italics and the like.
TAG = re.compile(r"</?(?:i|b|em|strong|sub|sup|sc|span)(?:\s[^<>]*)?>", re.I)
ENTITY = re.compile(r"&(?:#\d+|#x[0-9a-f]+|[a-z]+\d*);", re.I)
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff]")
DOI_ADDRESS = re.compile(r"(?i)^(?:https?://(?:dx\.)?doi\.org/|doi:\s*)")
BETWEEN_AUTHORS = re.compile(r";(?![^{]*\})")


def item(key: str, source: SourceMatter) -> Item:
    """The item that a source is; what it does not say is left out."""
    found: Item = {"id": key, "type": str(source.type)}
    if source.author:
        found["author"] = names(source.author)
    found |= {theirs: str(getattr(source, ours)) for ours, theirs in TEXTS.items() if getattr(source, ours)}
    for ours, theirs in DATES.items():
        date = getattr(source, ours)
        if date and date.year is not None:
            found[theirs] = date_parts(date)
    return found


def date_parts(date: PartialDate) -> dict[str, list[list[int]]]:
    """A date as CSL-JSON has it: `{"date-parts": [[2014, 5, 30]]}`."""
    return {"date-parts": [[part for part in (date.year, date.month, date.day) if part is not None]]}


def names(author: str) -> list[Name]:
    """The names in an `Author` value: a person has a comma, a body has none or stands in braces."""
    return [name(part.strip()) for part in BETWEEN_AUTHORS.split(author) if part.strip()]


def name(written: str) -> Name:
    """One name: `Kerslake, Bob`, `King, Martin Luther, Jr.`, `Cabinet Office`, `{Department for Culture, Media and Sport}`."""
    if written.startswith("{") and written.endswith("}"):
        return {"literal": written.strip("{} ")}
    parts = [part.strip() for part in written.split(",", 2)]
    if len(parts) == 1 or not all(parts):
        return {"literal": written}
    return dict(zip(("family", "given", "suffix"), parts, strict=False))


def in_words(author: str) -> str:
    """The names in an `Author` value as a reader reads them: `Bob Kerslake`, `Ebenezer and others`."""
    listed = [
        " ".join(filter(None, (one.get("given"), one.get("family"), one.get("suffix"), one.get("literal"))))
        for one in names(author)
    ]
    return " and ".join(filter(None, (", ".join(listed[:-1]), listed[-1]))) if listed else ""


def author(found: Iterable[Mapping[str, str]]) -> str:
    """The names of an item as an `Author` value, which `names` reads as the same names."""
    return "; ".join(filter(None, map(written_name, found)))


def written_name(found: Mapping[str, str]) -> str:
    """One name as an author of the site writes it; particles go with the family name."""
    particles = (found.get(part, "") for part in ("dropping-particle", "non-dropping-particle"))
    family = words(" ".join(filter(None, (*particles, found.get("family", "")))))
    given, suffix = words(found.get("given", "")), words(found.get("suffix", ""))
    if family and given:
        parts = [re.sub(r"[,;{}]", " ", part) for part in (family, given, suffix) if part]
        return ", ".join(" ".join(part.split()) for part in parts)
    literal = words(re.sub(r"[{}]", " ", words(found.get("literal", "")) or family or given))
    return f"{{{literal}}}" if re.search("[,;]", literal) else literal


def words(value: object) -> str:
    """Text on one line, without markup, entities or white space round it. Raises TypeError for what is no text."""
    if not isinstance(value, str | int | float):
        raise TypeError(f"{value!r} is no text")
    text = ENTITY.sub(lambda found: unescape(found[0]), TAG.sub("", str(value)))
    return " ".join(CONTROL.sub("", text).split())


def fields(found: Mapping[str, Any]) -> dict[str, str]:
    """The front matter that an item is, by field, as text; a field of which the item says nothing is not there.

    The publisher is the container, or else the host of the address, where the item names none.
    """
    made = {ours: words(found[theirs]) for ours, theirs in TEXTS.items() if theirs in found}
    made["type"] = source_type(str(found.get("type", "")), has_address=bool(made.get("url")))
    made["author"] = author(found.get("author") or found.get("editor") or ())
    made["doi"] = DOI_ADDRESS.sub("", made.get("doi", ""))
    if not re.match("https?://", made.get("archive_url", "")):
        made["archive_url"] = ""  # a shelf mark
    made["publisher"] = (
        made.get("publisher") or made.get("container", "") or urlsplit(made.get("url", "")).netloc.removeprefix("www.")
    )
    made["date"], made["date_note"] = date(found.get("issued"))
    seen, _ = date(found.get("accessed"))
    made["seen"] = "" if seen == "undated" else seen
    return {field: made[field] for field in SourceMatter.model_fields if made.get(field)}


def source_type(theirs: str, *, has_address: bool) -> str:
    """The type of source that a type of CSL is, or comes nearest to."""
    if theirs in tuple(SourceType):
        return theirs
    return NEAREST.get(theirs, SourceType.WEBPAGE if has_address else SourceType.ARTICLE)


def date(found: object) -> tuple[str, str]:
    """A date of CSL-JSON as front matter has it, and a note for what that cannot say. `undated` without one."""
    if not isinstance(found, Mapping):
        return "undated", ""
    told = words(found.get("raw") or found.get("literal") or "")
    parts = [[int(part) for part in parts if str(part).lstrip("-").isdigit()] for parts in found.get("date-parts") or [] if parts]
    if not parts or not parts[0]:
        exact = re.fullmatch(r"(?P<first>\d{4}(?:-\d\d){0,2})(?:T.*|/(?P<last>.*))?", told)
        if exact:
            return exact["first"], (f"to {exact['last']}" if exact["last"] else "")
        year = re.search(r"\b(?:1[5-9]|20)\d\d\b", told)
        return (year[0] if year else "undated"), told
    first, *rest = ["-".join(f"{part:0{4 if at == 0 else 2}d}" for at, part in enumerate(one)) for one in parts]
    return first, (f"to {rest[0]}" if rest and rest[0] != first else "")
