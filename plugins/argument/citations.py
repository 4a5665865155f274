"""Citations in running text, in Pandoc's syntax: `[@key]`, `[@key, p. 3]`, `[@a; @b]`. Knows no Pelican."""

import re
import xml.etree.ElementTree as ET

from markdown import Markdown
from markdown.inlinepatterns import InlineProcessor

CITATION = re.compile(r"(?<!\\)\[(?P<inner>@[^\]\[]*)\]")
ONE = re.compile(r"@(?P<key>[A-Za-z0-9]+(?:[-_.:][A-Za-z0-9]+)*)(?:,\s*(?P<locator>[^;@]+))?")
# What authors write before a place in a source, and CSL's label for it (CSL 1.0.2, appendix IV).
LABELS = {
    "page": r"pp?\.|pages?",
    "chapter": r"chs?\.|chaps?\.|chapters?",
    "section": r"s\.|ss\.|secs?\.|sects?\.|sections?|§§?",
    "paragraph": r"paras?\.?|paragraphs?|¶",
    "figure": r"figs?\.|figures?",
    "line": r"ll?\.|lines?",
    "note": r"nn?\.|notes?",
    "column": r"cols?\.|columns?",
    "part": r"pts?\.|parts?",
    "volume": r"vols?\.|volumes?",
}
NUMBERS = r"[A-Za-z]?\d+(?:\.\d+)*[a-z]?|[ivxlcdm]+\b"
PLACE = re.compile(
    rf"(?:(?:{'|'.join(f'(?P<{label}>{written})' for label, written in LABELS.items())})\s*)?"
    rf"(?P<number>(?:{NUMBERS})(?:\s*(?:[-–,&]|and)\s*(?:{NUMBERS}))*)(?:(?:,\s*|\s+)(?P<rest>.+))?",
    re.I,
)


def split_locator(locator: str) -> tuple[tuple[str, str] | None, str]:
    """What follows a key as CSL's label and number, and the words that are neither.

    `pp. 3–4` → `("page", "3–4")`; a number alone is a page, as Pandoc has it; `passim` is only words.
    """
    found = PLACE.fullmatch(locator)
    label = next((name for name in LABELS if found and found[name]), "")
    if not found or not (label or (found["number"][0].isdigit() and not found["rest"])):
        return None, locator
    return (label or "page", found["number"]), found["rest"] or ""


def keys_of(inner: str) -> list[tuple[str, str]] | None:
    """The pairs of key and locator between the brackets of a citation; None if it is malformed."""
    parts = [ONE.fullmatch(part.strip()) for part in inner.split(";")]
    return [(part["key"], (part["locator"] or "").strip()) for part in parts if part] if all(parts) else None


class CitationProcessor(InlineProcessor):
    """Turns a citation into an `x-cite` element, whose links are made when all sources are known."""

    def __init__(self, md: Markdown) -> None:
        super().__init__(r"\[(?P<inner>@[^\]\[]*)\]", md)

    def handleMatch(  # type: ignore[override]  # noqa: N802 - Python-Markdown's own
        self,
        m: re.Match[str],
        data: str,  # noqa: ARG002 - Python-Markdown gives it
    ) -> tuple[ET.Element | None, int | None, int | None]:
        keys = keys_of(m["inner"])
        if keys is None:
            return None, None, None
        element = ET.Element("x-cite")
        element.set("keys", ";".join(key for key, _ in keys))
        element.set("locators", ";".join(locator for _, locator in keys))
        return element, m.start(0), m.end(0)
