"""All sources as files for reference managers: CSL-JSON, BibTeX and RIS. Knows no Pelican.

The bytes depend on the sources alone; they stand in the order of their keys.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import bibtexparser
from bibtexparser import Library
from bibtexparser.model import Entry, Field
from rispy import RisWriter

from argument import csl
from argument.model import Source

Sources = Mapping[str, Source]

# BibTeX's kinds of entry; a source whose type is no kind of its own says it in `entrysubtype`, as biblatex does.
ENTRY_TYPES = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
}
OTHER_ENTRY_TYPES = {"article-magazine": "article", "article-newspaper": "article"}
PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
BIBTEX = {
    "volume": "volume",
    "issue": "number",
    "page": "pages",
    "DOI": "doi",
    "ISBN": "isbn",
    "URL": "url",
    "archive_location": "archiveurl",
}
VERBATIM = ("doi", "url", "archiveurl")
LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "'": "{'}",
    "-": "{-}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
# Signs that mean something in LaTeX; a hyphen or a mark does only beside another, or after some signs a mark.
SIGN = re.compile(r"[\\{}~^&%$#_`]|(?<=[-'])[-']")

RIS_TYPES = {
    "article-journal": "JOUR",
    "article-magazine": "MGZN",
    "article-newspaper": "NEWS",
    "book": "BOOK",
    "broadcast": "MULTI",
    "chapter": "CHAP",
    "legal_case": "CASE",
    "legislation": "STAT",
    "motion_picture": "MPCT",
    "paper-conference": "CPAPER",
    "post": "ICOMM",
    "post-weblog": "BLOG",
    "report": "RPRT",
    "thesis": "THES",
    "webpage": "ELEC",
}
RIS = {
    "title": "title",
    "container-title": "secondary_title",
    "publisher": "publisher",
    "volume": "volume",
    "issue": "number",
    "DOI": "doi",
    "ISBN": "issn",
}


@dataclass(frozen=True)
class Export:
    """One format: what it is called, and all sources written in it."""

    title: str
    write: Callable[[Sources], str]


def items(sources: Sources) -> list[csl.Item]:
    """Every source as an item of CSL-JSON, by key."""
    return [csl.item(key, source) for key, source in sorted(sources.items())]


def csl_json(sources: Sources) -> str:
    """All sources as CSL-JSON."""
    return json.dumps(items(sources), ensure_ascii=False, indent=1) + "\n"


def bibtex(sources: Sources) -> str:
    """All sources as BibTeX in UTF-8, which BibLaTeX and its Biber read, and reference managers."""
    return bibtexparser.write_string(Library([bibtex_entry(item) for item in items(sources)]))


def bibtex_entry(item: csl.Item) -> Entry:
    """An item as an entry of BibTeX."""
    kind = ENTRY_TYPES.get(item["type"]) or OTHER_ENTRY_TYPES.get(item["type"], "misc")
    container = "journal" if kind == "article" else "booktitle"
    authors = " and ".join(bibtex_name(name) for name in item.get("author", ()))
    named = {"title": "title", "container-title": container, "publisher": PUBLISHERS.get(kind, "publisher"), **BIBTEX}
    found = {theirs: item[ours] for ours, theirs in named.items() if ours in item}
    escaped = {name: verbatim(value) if name in VERBATIM else latex(value) for name, value in found.items()}
    fields = {"author": authors, **escaped, "date": iso(item.get("issued")), "urldate": iso(item.get("accessed"))}
    fields["year"] = fields["date"][:4]
    fields["entrysubtype"] = "" if item["type"] in ENTRY_TYPES else item["type"]
    return Entry(kind, item["id"], [Field(name, value) for name, value in fields.items() if value])


def bibtex_name(name: csl.Name) -> str:
    """A name as BibTeX reads it: a body in braces, which keeps it whole."""
    if "literal" in name:
        return name["literal"] if name["literal"] == csl.OTHERS else f"{{{latex(name['literal'])}}}"
    return ", ".join(latex(name[part]) for part in ("family", "suffix", "given") if part in name)


def latex(text: str) -> str:
    """The text with LaTeX's own signs escaped."""
    return SIGN.sub(lambda found: LATEX[found[0]], text)


def verbatim(text: str) -> str:
    """An address as it stands, but for braces, which BibTeX counts."""
    return text.replace("{", "%7B").replace("}", "%7D")


def iso(date: dict[str, list[list[int]]] | None, mark: str = "-") -> str:
    """A date of CSL-JSON as `2014-05-30`, as far as it is known."""
    return mark.join(f"{part:02d}" for part in date["date-parts"][0]) if date else ""


class Writer(RisWriter):  # type: ignore[misc]  # rispy carries no types
    """RIS without the number that rispy puts before each reference."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy gives it
        return ""


def ris(sources: Sources) -> str:
    """All sources as RIS."""
    return str(Writer().formats([ris_reference(item) for item in items(sources)]))


def ris_reference(item: csl.Item) -> dict[str, str | list[str]]:
    """An item as rispy writes it; each of its lines has one value."""
    pages = re.split(r"\s*[-–]\s*", item.get("page", ""), maxsplit=1)
    found: dict[str, str | list[str]] = {"type_of_reference": RIS_TYPES.get(item["type"], "GEN"), "id": item["id"]}
    found["authors"] = [", ".join(name[part] for part in ("family", "given", "suffix", "literal") if part in name) for name in item.get("author", ())]
    found |= {theirs: item[ours] for ours, theirs in RIS.items() if ours in item}
    found["start_page"], found["end_page"] = pages[0], "".join(pages[1:])
    found["year"] = iso(item.get("issued"))[:4]
    found["date"], found["access_date"] = iso(item.get("issued"), "/"), iso(item.get("accessed"), "/")
    found["urls"] = [item[key] for key in ("URL", "archive_location") if key in item]
    return {name: value for name, value in found.items() if value}


FORMATS = {
    "references.json": Export("CSL-JSON", csl_json),
    "references.bib": Export("BibTeX", bibtex),
    "references.ris": Export("RIS", ris),
}
