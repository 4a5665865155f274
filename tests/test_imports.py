"""A reference manager's file becomes source files: what is kept, what is left alone, what is told."""

import json
import subprocess
import sys
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from argument import csl, frontmatter
from argument.exports import FORMATS
from argument.imports import LeftAlone, NewSource, Outcome, carried_out, entries, plan, slug
from argument.matter import SourceMatter
from argument.problems import Problem, SourceText
from argument.values import SourceType
from building import IMPORTS, ROOT
from test_bibliography import source

JUDGED = {"kind": "primary", "confidence": "low"}


def planned(text: str, there: dict[str, dict[str, str]] | None = None) -> list[Outcome]:
    return plan(list(entries(SourceText("file", text))), there or {}, JUDGED)


def matter(new: Outcome) -> dict[str, str]:
    """What a file that would be written says, as the front matter reader reads it."""
    assert isinstance(new, NewSource), new
    values, _, problems = frontmatter.split(SourceText("", new.text))
    assert problems == []
    return {field: str(value.content) for field, value in values.items()}


def item(**fields: object) -> str:
    """One entry of CSL-JSON."""
    least = {"id": "a", "type": "book", "title": "T", "publisher": "P"}
    return json.dumps([{key.replace("container_", "container-"): value for key, value in (least | fields).items()}])


def test_what_zotero_exports_is_kept() -> None:
    """CSL-JSON with markup in the title, a particle, a body with a comma, a number as text and an address as DOI."""
    (new,) = planned(
        item(
            title="<i>Tweets</i> on\n <span class='nocase'>NHS</span> care &amp; more ",
            author=[
                {"family": "Berg", "given": "Anna", "non-dropping-particle": "van den"},
                {"literal": "Culture, Media and Sport"},
                {"family": "King", "given": "Martin Luther", "suffix": "Jr."},
            ],
            container_title="Journal",
            volume=23,
            DOI="https://doi.org/10.1136/X",
            issued={"date-parts": [["2014", 5]]},
            accessed={"date-parts": [[2015, 1, 2]]},
            archive_location="A shelf mark: box 7",
            abstract="Not ours.",
        )
    )
    assert matter(new) == JUDGED | {
        "title": "Tweets on NHS care & more",
        "type": "book",
        "author": "van den Berg, Anna; {Culture, Media and Sport}; King, Martin Luther, Jr.",
        "publisher": "P",
        "container": "Journal",
        "volume": "23",
        "doi": "10.1136/X",
        "date": "2014-05",
        "seen": "2015-01-02",
    }


def test_what_better_bibtex_exports_is_kept() -> None:
    """LaTeX's accents and signs, protected capitals, months by name, a body in braces, others."""
    (new,) = planned(
        r"""
        @string{jmir = {Journal of Medical Internet Research}}
        @article{smith:Staff_2014,
          title = {{{NHS}} Staff \& {\"O}ffentlichkeit: 50\% or 60% of a r\'esum\'e --- {{Twitter}}},
          author = {Smith, John and {Department of Health and Social Care} and van den Berg, Anna and
            J{\"u}rgen M\"uller and others},
          year = 2014, month = may, day = 3, journal = jmir, number = {5}, pages = {1--3},
          doi = {10.1000/ab\_c}, url = {https://example.org/a\_b?x=1&y=50%25},
        }"""
    )
    assert new.key == "smith-staff-2014"
    assert matter(new) == JUDGED | {
        "title": "NHS Staff & Öffentlichkeit: 50% or 60% of a résumé — Twitter",
        "type": "article-journal",
        "author": "Smith, John; Department of Health and Social Care; van den Berg, Anna; Müller, Jürgen; others",
        "publisher": "Journal of Medical Internet Research",
        "container": "Journal of Medical Internet Research",
        "issue": "5",
        "pages": "1–3",
        "doi": "10.1000/ab_c",
        "date": "2014-05-03",
        "url": "https://example.org/a_b?x=1&y=50%25",
    }


@pytest.mark.parametrize(
    ("said", "date", "note"),
    [
        ({"date-parts": [[2014, 5, 30]]}, "2014-05-30", ""),
        ({"date-parts": [[2014], [2016]]}, "2014", "to 2016"),
        ({"raw": "2014-05/2014-06"}, "2014-05", "to 2014-06"),
        ({"raw": "2014-05-30T10:00:00Z"}, "2014-05-30", ""),
        ({"literal": "spring 2014"}, "2014", "spring 2014"),
        ({"literal": "in press"}, "undated", "in press"),
        ({"date-parts": [[]]}, "undated", ""),
        (None, "undated", ""),
    ],
)
def test_a_date_is_kept_as_exactly_as_it_is_known(said: object, date: str, note: str) -> None:
    assert csl.date(said) == (date, note)


def test_a_publisher_is_the_container_or_the_host() -> None:
    """The build asks for it where there is neither."""
    bare = {"publisher": "", "URL": "https://www.example.org/a"}
    assert matter(planned(item(**bare, container_title="The Times"))[0])["publisher"] == "The Times"
    assert matter(planned(item(**bare))[0])["publisher"] == "example.org"
    (new,) = planned(item(publisher=""))
    assert new.asked_for == {"publisher"}


@pytest.mark.parametrize(
    ("said", "key"),
    [
        ({"id": "Smith_Étude2014"}, "smith-etude2014"),
        ({"id": "http://zotero.org/users/1/items/A", "citation-key": "smith2014"}, "smith2014"),
        ({"id": "http://zotero.org/users/1/items/A", "author": [{"family": "Smith", "given": "A"}]}, "smith-undated"),
        ({"id": "1/AB", "issued": {"date-parts": [[2014]]}}, "p-2014"),
        ({"id": "日本", "author": [{"literal": "日本"}]}, "source-undated"),
    ],
)
def test_a_key_comes_from_the_citation_key_or_else_from_author_and_year(said: dict[str, object], key: str) -> None:
    least = {"type": "book", "title": "T", "publisher": "P"}
    (new,) = planned(json.dumps([least | said]))
    assert isinstance(new, NewSource)
    assert new.key == key


def test_two_of_one_author_and_year_have_a_key_each() -> None:
    found = planned(json.dumps([{"id": "1", "type": "book", "title": title, "publisher": "P"} for title in "AB"]))
    assert [new.key for new in found if isinstance(new, NewSource)] == ["p-undated", "p-undated-2"]


@pytest.mark.parametrize(
    ("there", "reason"),
    [
        ({"a": {}}, "content/sources/a.md is there already"),
        ({"other": {"doi": "10.1/ABC"}}, "content/sources/other.md has the same DOI"),
        ({"other": {"url": "http://www.example.org/x/"}}, "content/sources/other.md has the same address"),
    ],
)
def test_a_source_that_is_there_is_left_alone(there: dict[str, dict[str, str]], reason: str) -> None:
    (left,) = planned(item(DOI="10.1/abc", URL="https://example.org/x"), there)
    assert left == LeftAlone("entry 1 (a)", reason)


def test_two_entries_whose_keys_differ_in_capitals_only_are_two_sources() -> None:
    """The same entry twice is one."""
    items = [
        {"id": key, "type": "book", "title": title, "publisher": "P"} for key, title in (("X", "One"), ("x", "Two"), ("X", "One"))
    ]
    outcomes = planned(json.dumps(items))
    assert [getattr(outcome, "key", "") for outcome in outcomes] == ["x", "x-2", ""]


def test_a_key_can_be_a_file_s_name_however_long_theirs_is(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Two that begin alike are two sources, and a second import leaves them alone."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "content/sources").mkdir(parents=True)
    items = [{"id": "a" * 5000 + title, "type": "book", "title": title, "publisher": "P"} for title in ("One", "Two")]
    outcomes = planned(json.dumps(items))
    told = [carried_out(outcome) for outcome in outcomes]
    assert [line.partition(":")[0] for line in told] == [f"content/sources/{'a' * 100}{end}.md" for end in ("", "-2")]
    (again, _) = planned(json.dumps(items), {"a" * 100: {}})
    assert isinstance(again, LeftAlone)
    assert len(again.called) < 100


@pytest.mark.parametrize(("month", "day", "date"), [("²", "1", "2014"), ("5", "²", "2014-05"), ("5", "٣", "2014-05")])
def test_a_part_of_a_date_that_is_no_number_is_left_out(month: str, day: str, date: str) -> None:
    (new,) = planned(f"@book{{a, title={{T}}, publisher={{P}}, year={{2014}}, month={{{month}}}, day={{{day}}}}}")
    assert matter(new)["date"] == date


def test_what_an_entry_is_called_can_be_printed() -> None:
    """Nothing that a terminal would obey, and nothing that no text can hold."""
    (problem,) = planned(json.dumps([{"id": "a\x1b[2J\n\ud800", "type": "book"}]))
    assert str(problem).startswith("file: entry 1 (a\ufffd[2J\ufffd\ufffd): ")
    (new,) = planned(item(type="\ud800"))
    assert isinstance(new, NewSource)
    assert new.note == "its type “\ufffd” became “article”"
    (new,) = planned(item(id=["a"]))
    assert isinstance(new, NewSource)
    assert new.key == "p-undated"


@pytest.mark.parametrize("example", IMPORTS, ids=lambda example: example.name)
def test_what_cannot_be_read_is_told_with_its_place(example: Path, request: pytest.FixtureRequest) -> None:
    """Each example's exact words; `python3 tasks.py test --update` writes what is expected anew."""
    told = [f"{outcome}\n\n" for outcome in planned((example / "references").read_text("utf-8")) if isinstance(outcome, Problem)]
    expected = example / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text("".join(told), "utf-8")
    assert "".join(told) == expected.read_text("utf-8") != ""


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The import as the task starts it."""
    command = [sys.executable, "-m", "argument.imports", *arguments]
    environment = {"PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1"}
    return subprocess.run(command, cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)


def test_an_import_writes_what_is_new_and_nothing_else(tmp_path: Path) -> None:
    """Every entry's outcome is printed; a second run writes nothing."""
    there = tmp_path / "content/sources/b.md"
    there.parent.mkdir(parents=True)
    there.write_text("Title: mine\n", "utf-8")
    items = [
        {"id": "a", "type": "dataset", "title": "A", "URL": "https://example.org/"},
        {"id": "b", "type": "book", "title": "B"},
        {"id": "c", "type": "book"},
    ]
    (tmp_path / "file.json").write_text(json.dumps(items), "utf-8")
    done = run(tmp_path, "file.json", "--kind", "opinion")
    assert done.stdout.splitlines() == [
        "content/sources/a.md: written; its type “dataset” became “webpage”.",
        "entry 2 (b): left alone, content/sources/b.md is there already.",
        'file.json: entry 3 (c): a source must have "Title".',
        "    Mend it in the reference manager, export it again and run the same command: what was written is left alone.",
        "1 written, 1 left alone, 1 could not be read.",
        "The next build will ask for Confidence: read each source, and say what it is worth.",
    ]
    assert (done.returncode, done.stderr) == (1, "")
    assert there.read_text("utf-8") == "Title: mine\n"
    written = (tmp_path / "content/sources/a.md").read_text("utf-8")
    assert written == "Title: A\nType: webpage\nPublisher: example.org\nDate: undated\nURL: https://example.org/\nKind: opinion\n\n"
    assert sorted(path.name for path in there.parent.iterdir()) == ["a.md", "b.md"]
    assert "0 written, 2 left alone, 1 could not be read." in run(tmp_path, "file.json").stdout


def test_no_file_is_ever_written_over(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Not even one that came between the plan and the writing."""
    monkeypatch.chdir(tmp_path)
    there = tmp_path / "content/sources/a.md"
    there.parent.mkdir(parents=True)
    there.write_text("Title: mine\n", "utf-8")
    with pytest.raises(FileExistsError):
        carried_out(NewSource("a", "Title: theirs\n", frozenset()))
    assert there.read_text("utf-8") == "Title: mine\n"


def test_no_file_is_left_half_written(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Neither one that cannot be encoded nor one that is cut off."""
    monkeypatch.chdir(tmp_path)
    folder = tmp_path / "content/sources"
    folder.mkdir(parents=True)
    with pytest.raises(UnicodeEncodeError):
        carried_out(NewSource("a", "Title: t\ud800\n", frozenset()))
    monkeypatch.setattr(Path, "replace", mock.Mock(side_effect=OSError("No space left on device")))
    with pytest.raises(OSError, match="No space"):
        carried_out(NewSource("a", "Title: t\n", frozenset()))
    assert list(folder.iterdir()) == []


def test_an_import_of_no_file_says_so(tmp_path: Path) -> None:
    done = run(tmp_path, "no.bib")
    assert done.returncode == 2
    assert "no.bib cannot be read: No such file or directory." in done.stderr


# Values as front matter can hold them: one line, no white space round it, no markup (which an import takes out).
TEXT = (
    st.text(st.characters(exclude_categories=("C",)), min_size=1, max_size=20)
    .map(csl.words)
    .filter(lambda text: text and csl.words(text) == text and "[@" not in text)
)
NAME = TEXT.map(lambda text: " ".join(text.translate(str.maketrans(",;{}", "    ")).split())).filter(bool)
PERSON = st.tuples(NAME, NAME).map(", ".join)
AUTHORS = st.lists(
    st.one_of(NAME, PERSON, st.tuples(NAME, NAME).map(lambda two: f"{{{two[0]}, {two[1]}; x}}")), min_size=1, max_size=3
)
DATES = st.dates().map(lambda date: date.isoformat())
SOURCES = st.fixed_dictionaries(
    {"title": TEXT, "publisher": TEXT, "date": DATES, "type": st.sampled_from([str(kind) for kind in SourceType])},
    optional={
        "author": AUTHORS.map("; ".join),
        "container": TEXT,
        "volume": TEXT,
        "issue": TEXT,
        "pages": TEXT,
        "isbn": st.from_regex(r"[0-9X-]{10,17}", fullmatch=True),
        "doi": st.from_regex(r"10\.[0-9]{4}/[a-zA-Z0-9_.;()&%$#~^-]{1,12}", fullmatch=True),
        "url": st.from_regex(r"https://example\.org/[a-zA-Z0-9_?=&%$#~^'-]{0,12}", fullmatch=True),
        "archive_url": st.just("https://archive.example.org/1"),
        "seen": DATES,
    },
)


@pytest.mark.parametrize("name", ["references.json", "references.bib"])
@given(fields=SOURCES)
@settings(max_examples=60, deadline=None)
def test_what_is_exported_is_imported_unchanged(name: str, fields: dict[str, str]) -> None:
    """Whatever a source says, its own download gives it back."""
    one = source("a", **fields)
    (new,) = planned(FORMATS[name].write({"a": one}))
    assert isinstance(new, NewSource), new
    assert new.key == "a"
    assert matter(new) == JUDGED | {field: str(fields[field]) for field in SourceMatter.model_fields if field in fields}


@given(st.text())
def test_a_slug_is_one_or_nothing(text: str) -> None:
    found = slug(text)
    assert found == "" or slug(found) == found
