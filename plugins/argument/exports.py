"""All sources as files for reference managers: CSL-JSON, BibTeX and RIS. Knows no Pelican.

The bytes depend on the sources alone; they stand in the order of their keys.
"""

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from rispy import RisWriter

from argument import bibtex, csl
from argument.model import Source

Sources = Mapping[str, Source]

# What RIS calls CSL's types; the others are its generic one.
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
# CSL's names, and rispy's for the tags of RIS.
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


def named(sources: Sources) -> list[csl.Item]:
    """The same for formats that cannot say that there are other authors: those who are named."""
    found = items(sources)
    for item in found:
        if "author" in item:
            item["author"] = [name for name in item["author"] if name != {"literal": csl.OTHERS}]
    return found


def csl_json(sources: Sources) -> str:
    """All sources as CSL-JSON."""
    return json.dumps(named(sources), ensure_ascii=False, indent=1) + "\n"


def bib(sources: Sources) -> str:
    """All sources as BibTeX."""
    return bibtex.write(items(sources))


def ris(sources: Sources) -> str:
    """All sources as RIS."""
    return str(Writer().formats([ris_reference(item) for item in named(sources)]))


class Writer(RisWriter):  # type: ignore[misc]  # rispy carries no types
    """RIS without the number that rispy puts before each reference."""

    def set_header(self, count: int) -> str:  # noqa: ARG002 - rispy gives it
        return ""


def ris_reference(item: csl.Item) -> dict[str, str | list[str]]:
    """An item as rispy writes it."""
    first, *rest = re.split(r"\s*[-–]\s*", item.get("page", ""), maxsplit=1)
    parts = ("family", "given", "suffix", "literal")
    found: dict[str, str | list[str]] = {"type_of_reference": RIS_TYPES.get(item["type"], "GEN"), "id": item["id"]}
    found["authors"] = [", ".join(name[part] for part in parts if part in name) for name in item.get("author", ())]
    found |= {theirs: item[ours] for ours, theirs in RIS.items() if ours in item}
    found |= {"start_page": first, "end_page": "".join(rest), "year": bibtex.iso(item.get("issued"))[:4]}
    found |= {"date": bibtex.iso(item.get("issued"), "/"), "access_date": bibtex.iso(item.get("accessed"), "/")}
    found["urls"] = [item[key] for key in ("URL", "archive_location") if key in item]
    return {name: value for name, value in found.items() if value}


FORMATS = {
    "references.json": Export("CSL-JSON", csl_json),
    "references.bib": Export("BibTeX", bib),
    "references.ris": Export("RIS", ris),
}
