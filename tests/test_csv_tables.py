"""Tables as data: the files, read by Python's csv module and held against what the tables say."""

import csv
import io
import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from argument.csv_tables import ENCODING, NUMBER, safe
from argument.plain_words import plain
from argument.tables import Comparison
from pages import parse
from test_real_site import argument


def rows(path: Path) -> list[list[str]]:
    """The lines of a file, as Python reads them."""
    return list(csv.reader(io.StringIO(path.read_bytes().decode(ENCODING), newline=""), strict=True))


@pytest.fixture(scope="module")
def tables() -> dict[str, Comparison]:
    return dict(argument().comparisons)


def test_every_table_is_a_file_with_a_line_for_each_row(tables: dict[str, Comparison], real_site: Path) -> None:
    """Row names first, below what they are; every line as long as the first."""
    assert {path.stem for path in real_site.glob("tables/*.csv")} == set(tables)
    for name, table in tables.items():
        head, *body = rows(real_site / f"tables/{name}.csv")
        assert head == [plain(table.corner), *(plain(column.heading) for column in table.columns)]
        assert [line[0] for line in body] == [plain(row.heading) for row in table.rows]
        assert {len(line) for line in body} == {len(head)}
        assert all(value.strip() for line in body for value in line)


def test_a_cell_says_what_stands_in_the_table(tables: dict[str, Comparison], real_site: Path) -> None:
    """Its verdict's word and all of its own words, in order, with citations between them."""
    for name, table in tables.items():
        for row, (_, *values) in zip(table.rows, rows(real_site / f"tables/{name}.csv")[1:], strict=True):
            for cell, value in zip(row.cells, values, strict=True):
                assert value.startswith(cell.verdict.word if cell.verdict else ""), (name, row.slug)
                said = re.findall(r"\w+", value)
                missing = [word for word in re.findall(r"\w+", plain(cell.prose)) if word not in said]
                assert missing == [], (name, row.slug)


def test_citations_are_short_text(real_site: Path) -> None:
    """As they stand in the page, with their place in the source."""
    found = {row[0]: row for row in rows(real_site / "tables/councils-bans.csv")}
    assert found["2010: total ban on social media"][1] == "67%"
    page = parse(real_site / "numbers.html")
    (row,) = [one for one in page.all("tr") if one.attributes.get("id") == "councils-bans--total-ban-2010"]
    (cite,) = [link for link in row.all("a") if link.attributes.get("role") == "doc-biblioref"]
    assert found["2010: total ban on social media"][2] == f"By policy or by software ({cite.text})"


def test_the_bytes_are_as_rfc_4180_has_them(real_site: Path) -> None:
    """UTF-8 after a byte order mark; each line ends in CRLF, and within a value lines end otherwise."""
    for path in real_site.glob("tables/*.csv"):
        data = path.read_bytes()
        assert data.startswith(b"\xef\xbb\xbf")
        assert data.endswith(b"\r\n")
        assert len(re.findall(b"\r\n", data)) == len(rows(path))
        assert b"\r" not in data.replace(b"\r\n", b"")


def test_blocks_in_cells_are_lines(small_output: Path) -> None:
    """Paragraphs, items and a card of the component example written as prose."""
    assert rows(small_output / "tables/two-ways.csv") == [
        ["Way", "Cost", "Who says so"],
        [
            "Volunteers",
            "Depends: Little.\nAnd the heating (Treasurer, no date).",
            "one reader\nanother\n“I never manage to come in the week.” (A reader; Friends of the Reading Room, 2024)",
        ],
        ["A second wage", "Worse: Four thousand (Treasurer, no date, p. 1).", "No data"],
    ]


def test_a_formula_is_none_in_the_file(small_output: Path) -> None:
    """A number with its sign is no formula and stays one."""
    assert rows(small_output / "tables/by-hour.csv")[2] == ["Sunday", "-3", "'=1+1", "'@home", "none", "+5%", "Empty: nobody"]


@pytest.mark.parametrize(
    ("value", "written"),
    [
        ("=HYPERLINK(1)", "'=HYPERLINK(1)"),
        ("+1+cmd|' /C calc'!A0", "'+1+cmd|' /C calc'!A0"),
        ("-2+3", "'-2+3"),
        ("- a dash", "'- a dash"),
        ("@SUM(1)", "'@SUM(1)"),
        ("＝1", "'＝1"),
        ("-3\n=1", "'-3\n'=1"),
        ("\t=1", "'\t'=1"),
        ("\xa0=1", "'\xa0=1"),
        ("\u200b=1", "'\u200b=1"),
        ("﹦1", "'﹦1"),
        ("a;=1;b", "a;'=1;b"),
        ('a; "=1', 'a; "=1'),
        ("a; b", "a; b"),
        ("-1,200.5%", "-1,200.5%"),
        ("+5", "+5"),
        ("1=1", "1=1"),
        ("−3", "−3"),
    ],
)
def test_what_a_spreadsheet_would_run_has_an_apostrophe_before_it(value: str, written: str) -> None:
    assert safe(value) == written


@given(st.text(st.sampled_from("=+-@＝﹦;\t\n\r \xa0\u200b\ufeff'\"1,.%ab")))
def test_no_part_of_a_cell_is_a_formula_wherever_a_spreadsheet_parts_it(value: str) -> None:
    made = safe(value)
    if not NUMBER.fullmatch(made):
        first, *others = re.split(r"[;\t\n\r]", made)
        for part in (first, *others, *(other.removeprefix('"') for other in others)):
            assert part.lstrip(" \xa0\u200b\ufeff")[:1] not in {*"=+-@＝﹦"}
    assert made.replace("'", "") == value.replace("'", "")


def test_pages_lead_to_the_data_of_their_tables(real_site: Path) -> None:
    """In its place and on its share page, by the same words; a row by itself is no table."""
    for name in ("positions.html", "tables/four-positions.html"):
        links = [link for link in parse(real_site / name).all("a") if link.attributes.get("href", "").endswith(".csv")]
        assert [(link.text, link.attributes["href"].rpartition("/")[2]) for link in links] == [
            ("This table as CSV", "four-positions.csv")
        ]
    assert ".csv" not in (real_site / "tables/four-positions--staff.html").read_text("utf-8")
