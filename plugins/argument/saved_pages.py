"""What a web page says of itself, from the file that a browser saved: title, publisher, date, and what journals add.

Knows no Pelican and asks nobody: the file is all that is read. A saved page is HTML or MHTML (RFC 2557). What is looked for:
the tags that Google Scholar reads (`citation_…`), Dublin Core's, Open Graph's, and JSON-LD of schema.org.
"""

import json
import re
from collections.abc import Iterator, Mapping
from email import message_from_bytes, policy
from urllib.parse import urlsplit

from lxml import html
from lxml.etree import ParserError

from argument.csl import DOI_ADDRESS
from argument.dates import PartialDate
from argument.values import SourceType, url_text

# The names of meta elements that say each field, the surest first; what JSON-LD says comes after those of journals.
METAS: Mapping[str, tuple[str, ...]] = {
    "title": ("citation_title", "dc.title", "dcterms.title", "ld:headline", "ld:name", "og:title"),
    "publisher": ("citation_publisher", "dc.publisher", "dcterms.publisher", "ld:publisher", "og:site_name", "application-name"),
    "container": ("citation_journal_title", "prism.publicationname"),
    "volume": ("citation_volume", "prism.volume"),
    "issue": ("citation_issue", "prism.number"),
    "doi": ("citation_doi", "prism.doi", "dc.identifier"),
    "isbn": ("citation_isbn",),
    "date": (
        *("citation_publication_date", "citation_date", "citation_online_date", "dc.date", "dc.date.issued", "dcterms.issued"),
        *("dcterms.date", "ld:datePublished", "article:published_time", "parsely-pub-date", "date", "pubdate"),
    ),
    "url": ("canonical", "og:url", "saved-from"),
}
DAY = re.compile(r"(\d{4})(?:[-/](\d{1,2})(?:[-/](\d{1,2})(?!\d))?)?")
DATED_PATH = re.compile(r"/((?:19|20)\d\d)/(\d\d)(?:/(\d\d))?(?=/)")
SAVED_FROM = re.compile(rb"<!-- saved from url=\(\d+\)(\S+) -->")
MHTML_HEAD = re.compile(rb"(?i)\A\s*(?:from|mime-version|snapshot-content-location|subject|date):")
ARTICLES = (
    "Article",
    "NewsArticle",
    "BlogPosting",
    "ScholarlyArticle",
    "Report",
    "WebPage",
    "TechArticle",
    "MedicalScholarlyArticle",
)


def of_file(data: bytes) -> dict[str, str]:
    """The fields of a source that a saved page tells, by name; those that it does not are left out.

    Raises ValueError, LookupError or RecursionError for MHTML in no encoding that is known, or nested too deep.
    """
    address = ""
    if MHTML_HEAD.match(data):
        address, data = unpacked(data)
    said = {name: value for name, value in told(data) if value}
    said.setdefault("saved-from", address)
    found = {field: next((said[name] for name in names if said.get(name)), "") for field, names in METAS.items()}
    found["title"] = found["title"] or said.get("title", "")
    found["date"] = dated(found["date"])
    found["doi"] = DOI_ADDRESS.sub("", found["doi"]) if re.search(r"(?:^|[/: ])10\.\d", found["doi"]) else ""
    found["pages"] = "–".join(filter(None, (said.get("citation_firstpage", ""), said.get("citation_lastpage", ""))))
    found["type"] = SourceType.ARTICLE_JOURNAL if found["container"] else ""
    of_url = of_address(found.pop("url"))  # nothing, where it is no whole address
    return {**of_url, **{field: value for field, value in found.items() if value}}


def of_address(url: str) -> dict[str, str]:
    """The fields that an address tells by itself: who publishes there, and the day if it holds one; none if it is none."""
    try:
        host = (urlsplit(url_text(url)).hostname or "").removeprefix("www.")
    except ValueError:
        return {}
    day = DATED_PATH.search(urlsplit(url).path)
    date = dated("-".join(filter(None, day.groups()))) if day else ""
    return {"url": url, "publisher": host, **({"date": date} if date else {})}


def unpacked(data: bytes) -> tuple[str, bytes]:
    """The address and the HTML of a page that was saved with its pictures in one file."""
    message = message_from_bytes(data, policy=policy.default)
    page = next((part for part in message.walk() if part.get_content_type() == "text/html"), None)
    address = str(message.get("Snapshot-Content-Location") or (page and page.get("Content-Location")) or "")
    content = page.get_payload(decode=True) if page else b""
    charset = page.get_content_charset("utf-8") if page else "utf-8"
    return address, content.decode(charset, "replace").encode() if isinstance(content, bytes) else b""


def told(data: bytes) -> Iterator[tuple[str, str]]:
    """Every name and value that a page says of itself, the first of each name last, so that it counts."""
    try:
        page = html.document_fromstring(data, parser=html.HTMLParser(encoding=encoding_of(data)))
    except (ParserError, ValueError):
        return
    saved = SAVED_FROM.search(data[:4096])
    yield "saved-from", saved[1].decode("ascii", "replace") if saved else ""
    yield "title", squeezed(page.findtext(".//title") or "")
    for script in page.xpath('//script[@type="application/ld+json"]'):
        yield from of_linked_data(script.text or "")
    for link in page.xpath('//link[@rel="canonical"]'):
        yield "canonical", link.get("href", "")
    for meta in reversed(page.xpath("//meta[@content]")):
        name = (meta.get("name") or meta.get("property") or meta.get("itemprop") or "").lower()
        yield name, squeezed(meta.get("content"))


def encoding_of(data: bytes) -> str | None:
    """UTF-8 where a page is that; None where it says itself what it is, or nobody knows."""
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return None
    return "utf-8"


def of_linked_data(text: str) -> Iterator[tuple[str, str]]:
    """What the first thing with a text in a page's JSON-LD says; nothing if it is no JSON."""
    try:
        said = json.loads(text)
    except (ValueError, RecursionError):
        return
    graph = listed(said.get("@graph", [said]) if isinstance(said, dict) else said)
    for thing in graph:
        if isinstance(thing, dict) and any(kind in ARTICLES for kind in (thing.get("@type"), *listed(thing.get("@type")))):
            publisher = thing.get("publisher")
            named = publisher.get("name") if isinstance(publisher, dict) else publisher
            of_thing = {**{name: thing.get(name) for name in ("headline", "name", "datePublished")}, "publisher": named}
            yield from ((f"ld:{name}", squeezed(value)) for name, value in of_thing.items() if isinstance(value, str))
            return


def listed(value: object) -> list[object]:
    """The values of a list; none of anything else."""
    return value if isinstance(value, list) else []


def squeezed(text: str) -> str:
    """The text in one line, without halves of characters, which JSON can hold and no file can."""
    return " ".join(text.split()).encode(errors="ignore").decode()


def dated(text: str) -> str:
    """The date that a text begins with, as authors write one; empty if it begins with none."""
    found = DAY.match(text.strip())
    if not found:
        return ""
    written = "-".join(part.zfill(2) for part in found.groups() if part)
    try:
        PartialDate.parse(written)
    except ValueError:
        return ""
    return written
