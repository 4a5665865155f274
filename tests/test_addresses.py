"""No address is ever lost: what has one, what the ledger keeps, and where former ones lead."""

from pathlib import Path

import pytest

from argument import addresses, ledger
from argument.argument import Argument
from argument.assembling import assemble
from argument.reading import Converter, read
from argument.tables import shared_address, shortened
from argument.values import former_addresses
from building import ROOT, TESTS, build, small_site
from test_real_site import argument as real_argument

TABLE = """
/// comparison | Days
    id: days
{options}
| Day | Open |
| --- | --- |
| Sunday | no |
| Monday | yes |
///
"""


def page(name: str, matter: str = "", options: str = "", body: str = TABLE) -> tuple[str, str]:
    """A page with a table in it, by its name."""
    options = f"    {options}\n" if options else ""
    return f"pages/{name}.md", f"Title: {name}\nDescription: A page.\n{matter}\n{body.format(options=options)}"


def argument(*files: tuple[str, str]) -> Argument:
    """The argument that the files make up, without any problem of their own."""
    found = [read(f"content/{name}", name, text, Converter({})) for name, text in files]
    assert [problem for one in found for problem in one.problems] == []
    return assemble([one.document for one in found], set())[0]


def leads(found: Argument, *recorded: str) -> dict[str, str]:
    return dict(addresses.moves(found, recorded).leads)


def test_pages_tables_and_rows_have_addresses_and_headings_have_none() -> None:
    found = argument(page("open", body=f"## Heading\n{TABLE}")).names
    assert found == {
        "open.html": "open",
        "open.html#days": "Days",
        "open.html#days--sunday": "Days: Sunday",
        "open.html#days--monday": "Days: Monday",
        "tables/days.html": "Days",
        "tables/days--sunday.html": "Sunday: Days",
        "tables/days--monday.html": "Monday: Days",
    }


def test_a_quotation_has_an_address_wherever_it_was_defined() -> None:
    body = "/// quotation | never\n    source: a\n    by: B\n    side: for\n\nNever.\n///\n"
    assert "quotations/never.html" in argument(page("open", body=body)).names


def test_the_real_ledger_is_complete() -> None:
    """Every address of the real content stands in it; if not, run: python3 tasks.py addresses."""
    recorded = ledger.read(ROOT / "content" / ledger.FILE, "content/addresses.txt")
    assert recorded.problems == ()
    missing = sorted(real_argument().names.keys() - recorded.places.keys())
    assert missing == [], "run: python3 tasks.py addresses"


def test_what_stood_on_a_renamed_page_has_moved_with_it() -> None:
    """One alias is enough, and what is not there any more is not led to."""
    found = argument(page("open", "Aliases: old.html\n"))
    assert leads(found, "old.html#days", "old.html#days--sunday", "old.html#days--friday", "old.html#weeks") == {
        "old.html": "open.html",
        "old.html#days": "open.html#days",
        "old.html#days--sunday": "open.html#days--sunday",
    }


def test_a_renamed_table_takes_its_rows_over() -> None:
    """A row of the same name is found again; of the others the table is left."""
    found = argument(page("open", options="aliases: old.html#week"), page("old", body="Words."))
    assert leads(found, "old.html#week--sunday", "old.html#week--friday", "old.html#weeks--sunday") == {
        "old.html#week": "open.html#days",
        "old.html#week--sunday": "open.html#days--sunday",
        "old.html#week--friday": "open.html#days",
    }


def test_a_row_that_another_table_has_taken_over_is_found_in_it() -> None:
    """Where the rest of its old table has stayed; one that has no row of its name there leads to the table."""
    weeks = TABLE.replace("days", "weeks").replace("| Monday | yes |\n", "").replace("Sunday", "Friday")
    files = (page("open", options="aliases: old.html#weeks--sunday, old.html#weeks--easter"), page("old", body=weeks))
    assert leads(argument(*files), "old.html#weeks--sunday", "old.html#weeks--friday", "tables/weeks--sunday.html") == {
        "old.html#weeks--easter": "open.html#days",
        "old.html#weeks--sunday": "open.html#days--sunday",
    }


def test_the_share_page_of_a_row_that_another_table_has_taken_over_stays_where_it_was() -> None:
    """Links to it were passed on, and lead to it without a detour; so does the address that it might have had since."""
    weeks = TABLE.replace("days", "weeks").replace("| Monday | yes |\n", "").replace("Sunday", "Friday")
    found = argument(page("open", options="aliases: old.html#weeks--sunday"), page("old", body=weeks))
    assert found.shared["open.html#days--sunday"] == "tables/weeks--sunday.html"
    assert leads(found, "old.html#weeks--sunday", "tables/weeks--sunday.html", "tables/days--sunday.html") == {
        "old.html#weeks--sunday": "open.html#days--sunday",
        "tables/days--sunday.html": "tables/weeks--sunday.html",
    }


def test_a_row_taken_over_has_its_own_share_page_among_those_of_its_old_table() -> None:
    """Both have the first words of a name in their addresses, and those may be the same."""
    long = "Sundays and public holidays in "
    weeks = TABLE.replace("days", "weeks").replace("| Monday | yes |\n", "").replace("Sunday", f"{long}winter")
    options = "aliases: old.html#weeks--sundays-and-public-holidays-in-summer"
    days = TABLE.replace("Sunday", f"{long}summer")
    files = (page("open", options=options, body=days), page("old", body=weeks))
    found = assemble([read(f"content/{name}", name, text, Converter({})).document for name, text in files], set())[1]
    assert any(f'the rows "{long}summer" and "{long}winter" would both have' in problem.rule for problem in found)


def test_the_share_pages_of_what_has_moved_lead_to_those_of_what_it_is_now() -> None:
    """Where they were published; a row that is no more leads to its table, and one that has kept its name stays."""
    found = argument(page("open", options="aliases: old.html#week"), page("old", body="Words."))
    recorded = ("old.html#week", "old.html#week--sunday", "old.html#week--friday", "tables/week.html", "tables/week--friday.html")
    assert leads(found, *recorded) == {
        "old.html#week": "open.html#days",
        "old.html#week--sunday": "open.html#days--sunday",
        "old.html#week--friday": "open.html#days",
        "tables/week.html": "tables/days.html",
        "tables/week--friday.html": "tables/days.html",
    }


def test_a_share_page_has_the_first_words_of_a_row_in_its_address() -> None:
    """So that somebody can type it from paper."""
    assert shortened("the-pink-screen-of-restriction") == "the-pink-screen-of"
    assert shortened("a" * 40) == "a" * 40
    assert shared_address("page.html#days--the-pink-screen-of-restriction") == "tables/days--the-pink-screen-of.html"


def test_a_page_and_its_table_renamed_one_after_the_other_lead_on() -> None:
    """Both former names are kept, and what had the first page's and the first table's is found."""
    found = argument(page("open", "Aliases: old.html\n", "aliases: open.html#week"))
    assert leads(found, "old.html#week", "old.html#week--sunday") == {
        "old.html": "open.html",
        "old.html#week": "open.html#days",
        "old.html#week--sunday": "open.html#days--sunday",
        "open.html#week": "open.html#days",
    }


def test_an_alias_of_a_page_that_is_there_goes_nowhere() -> None:
    """It is a problem, and no endless chain."""
    found = argument(page("open", "Aliases: open.html\n"))
    assert leads(found, "open.html#weeks") == {}
    assert len(list(addresses.wrong_aliases(found, ()))) == 1


def test_a_gathered_row_is_called_what_its_point_is(tmp_path: Path) -> None:
    """One alias on the point leads its old page and its old rows on."""
    folder = small_site(tmp_path, TESTS / "moved")
    names = [path.relative_to(folder / "content").as_posix() for path in sorted((folder / "content").rglob("*.md"))]
    found = argument(*((name, (folder / "content" / name).read_text("utf-8")) for name in names))
    led = leads(found)
    assert led["risks/bill.html"] == "risks/noise.html"
    assert led["risks.html#risks-compared--bill"] == "risks.html#risks-compared--noise"


@pytest.mark.parametrize(
    "written", ["", "old", "/old.html", "old/", "Old.html", "a/b/old.html", "old.html#", "a.html,", "a.html#b--c--d"]
)
def test_what_is_no_address_of_a_site_is_no_alias(written: str) -> None:
    with pytest.raises(ValueError, match="addresses such as"):
        former_addresses(written)


def test_the_ledger_keeps_what_it_has_and_what_is_said_about_it(tmp_path: Path) -> None:
    """Nothing is ever taken out; a line that stands twice stands once."""
    file = tmp_path / ledger.FILE
    file.write_text("# Ours.\n\nz.html\nb.html\nz.html\n", "utf-8")
    ledger.record(file, ["a.html", "b.html"])
    assert file.read_text("utf-8") == "# Ours.\n\na.html\nb.html\nz.html\n"
    assert [path.name for path in tmp_path.iterdir()] == [ledger.FILE]


def test_a_ledger_knows_the_line_of_each_address(tmp_path: Path) -> None:
    """In any order, twice, and from a computer that ends lines otherwise."""
    file = tmp_path / ledger.FILE
    file.write_bytes(b"\xef\xbb\xbf# Ours.\r\n\r\nz.html\r\na.html#b--c\r\nz.html\r\n")
    found = ledger.read(file, "addresses.txt")
    assert ({address: place.line for address, place in found.places.items()}, found.problems) == (
        {"z.html": 3, "a.html#b--c": 4},
        (),
    )


def test_a_build_records_addresses_only_when_told_and_only_when_it_succeeds(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    file = folder / "content" / ledger.FILE
    record = ("-e", "ARGUMENT_RECORD_ADDRESSES=true")
    assert build(folder).returncode == 0
    assert not file.exists()
    (folder / "content/pages/faulty.md").write_text("Title: Faulty\n", "utf-8")
    assert build(folder, *record).returncode == 1
    assert not file.exists()
    (folder / "content/pages/faulty.md").unlink()
    assert build(folder, *record).returncode == 0
    assert "risks.html#risks-compared--cost" in file.read_text("utf-8").splitlines()
    (folder / "content/pages/risks.md").rename(folder / "content/pages/dangers.md")
    done = build(folder, *record)
    assert done.returncode == 1
    assert '"risks.html" was published and has disappeared.' in done.stderr


def test_what_has_moved_is_told_by_its_table_in_the_order_in_which_it_stands_there() -> None:
    """A row that is no more is told with its table, which it leads to."""
    found = argument(page("open", options="aliases: old.html#week"), page("old", body="Words."))
    recorded = ("old.html#week--sunday", "old.html#week--friday", "old.html#week--monday")
    (table,) = addresses.moves(found, recorded).away("old.html")
    assert (table.ids, table.address) == (("week", "week--friday"), "open.html#days")
    assert [(row.ids, row.title) for row in table.rows] == [(("week--sunday",), "Sunday"), (("week--monday",), "Monday")]
