"""The downloads of all references, read back by parsers that did not write them."""

import json
import re
from pathlib import Path

import pytest
from pybtex.database import parse_string

from argument import bibtex, csl
from argument.exports import FORMATS
from argument.values import SourceType
from test_bibliography import source

AWKWARD = source(
    "awkward",
    title="50% & more: {a} $5_ ~ ^ \\x -- ''q''",
    author="Müller, Jürgen; {Culture, Media and Sport}; others",
    type="report",
    container="A & B",
    volume="3",
    issue="4",
    pages="5–7",
    doi="10.1000/a_b",
    isbn="978-0-00-000000-2",
    date="2014-05-30",
    url="https://example.org/a_b?c=1&d=50%25",
    archive_url="https://archive.example.org/a;b",
    seen="2024-06-01",
)
SOURCES = {"plain": source("plain"), "awkward": AWKWARD}


def ris(text: str) -> list[list[tuple[str, str]]]:
    """RIS as its specification has it: `XX  - value` lines, a reference from TY to ER."""
    references: list[list[tuple[str, str]]] = []
    for line in filter(None, text.split("\n")):
        tag, value = re.fullmatch(r"([A-Z][A-Z0-9])  - (.*)", line).groups()
        if tag == "TY":
            references.append([])
        references[-1].append((tag, value))
    assert all(reference[-1] == ("ER", "") for reference in references)
    return references


def test_csl_json_says_what_the_source_says() -> None:
    awkward, plain = json.loads(FORMATS["references.json"].write(SOURCES))
    assert plain == {"id": "plain", "type": "webpage", "title": "PLAIN", "publisher": "A publisher"}
    assert awkward["author"] == [
        {"family": "Müller", "given": "Jürgen"},
        {"literal": "Culture, Media and Sport"},
    ]
    assert awkward["issued"] == {"date-parts": [[2014, 5, 30]]}
    assert awkward["title"] == AWKWARD.title


def test_bibtex_is_read_by_another_parser() -> None:
    """pybtex, as BibTeX itself does, counts braces and splits names at “and”."""
    found = parse_string(FORMATS["references.bib"].write(SOURCES), "bibtex").entries
    assert list(found) == ["awkward", "plain"]
    awkward = found["awkward"]
    assert [str(person) for person in awkward.persons["author"]] == ["{Müller}, {Jürgen}", "{Culture, Media and Sport}", "others"]
    assert awkward.type == "techreport"
    assert bibtex.text(awkward.fields["title"]) == AWKWARD.title
    assert (awkward.fields["url"], awkward.fields["doi"]) == (AWKWARD.url, AWKWARD.doi)
    assert (awkward.fields["year"], awkward.fields["date"], awkward.fields["urldate"]) == ("2014", "2014-05-30", "2024-06-01")


def test_ris_says_what_the_source_says() -> None:
    awkward, plain = ris(FORMATS["references.ris"].write(SOURCES))
    assert plain == [("TY", "ELEC"), ("ID", "plain"), ("TI", "PLAIN"), ("PB", "A publisher"), ("ER", "")]
    assert [value for tag, value in awkward if tag == "AU"] == ["Müller, Jürgen", "Culture, Media and Sport"]
    assert [value for tag, value in awkward if tag == "UR"] == [AWKWARD.url, AWKWARD.archive_url]
    assert {"TY": "RPRT", "TI": AWKWARD.title, "SP": "5", "EP": "7", "PY": "2014", "DA": "2014/05/30"}.items() <= dict(
        awkward
    ).items()


@pytest.mark.parametrize("kind", SourceType)
def test_every_type_of_source_comes_back_from_bibtex(kind: SourceType) -> None:
    found = bibtex.entry(csl.item("a", source("a", type=kind, container="C")))
    assert bibtex.item(found)["type"] == kind


def test_the_order_of_files_changes_nothing() -> None:
    """The bytes depend on the sources alone."""
    backwards = dict(reversed(SOURCES.items()))
    assert [export.write(backwards) for export in FORMATS.values()] == [export.write(SOURCES) for export in FORMATS.values()]


def test_every_source_of_the_real_argument_is_in_every_download(real_site: Path) -> None:
    keys = sorted(path.stem for path in (real_site / "sources").glob("*.html"))
    assert [item["id"] for item in json.loads((real_site / "references.json").read_text("utf-8"))] == keys
    assert sorted(parse_string((real_site / "references.bib").read_text("utf-8"), "bibtex").entries) == keys
    assert [dict(reference)["ID"] for reference in ris((real_site / "references.ris").read_text("utf-8"))] == keys
    links = re.findall(r'href="(references\.\w+)" download', (real_site / "sources.html").read_text("utf-8"))
    assert links == list(FORMATS)
