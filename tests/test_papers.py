"""Pages as PDF, and the board paper: real files, read by what they hold and not by what made them."""

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path

import lxml.html
import pikepdf
import pytest
import segno

from argument.paper_pictures import DRAWN
from argument.store import Store
from building import ROOT, TESTS, build, small_site
from pdf_reading import letters, strokes, tags

SITE = "https://reading.example.org/case"
# What a page has that paper has no use for, or says otherwise there.
ON_SCREEN = (
    "permalink", "comparison__label", "comparison__links", "picture__links", "visually-hidden", "neighbours", "breadcrumb",
    "cite-this", "respond", "as-pdf", "reference__links", "references__title", "quotation-card__link", "quotation-card__check",
    "map__list", "blocked", "may-be-blocked__note", "downloads", "feed-link", "response__more", "update__more", "moved",
    "share", "context__title", "context__ways", "contents",
)  # fmt: skip


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with a board paper, built for an address of its own."""
    folder = small_site(tmp_path_factory.mktemp("papers"), TESTS / "papers")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder


@pytest.fixture(scope="module")
def paper(site: Path) -> Iterator[pikepdf.Pdf]:
    with pikepdf.open(site / "output/meeting.pdf") as opened:
        yield opened


def elements(pdf: pikepdf.Pdf, role: str) -> list:
    return list(tags(pdf.Root.StructTreeRoot, role))


def attribute(element: pikepdf.Dictionary, name: str) -> str:
    """An attribute of a structure element, wherever it stands."""
    given = element.get("/A", [])
    return next((str(one[name]) for one in (given if isinstance(given, pikepdf.Array) else [given]) if name in one), "")


def outline(pdf: pikepdf.Pdf) -> list[str]:
    with pdf.open_outline() as found:
        return [entry.title for entry in found.root]


def test_a_paper_is_tagged_and_says_what_it_is(paper: pikepdf.Pdf) -> None:
    assert str(paper.docinfo.Title) == "For the meeting"
    assert (str(paper.Root.Lang), bool(paper.Root.MarkInfo.Marked), bool(paper.Root.ViewerPreferences.DisplayDocTitle)) == (
        "en-GB",
        True,
        True,
    )
    with paper.open_metadata() as metadata:
        assert metadata["pdfuaid:part"] == "1"
    assert str(paper.docinfo.CreationDate).startswith("D:20241130")
    assert all(round(float(edge)) == size for edge, size in zip(paper.pages[0].MediaBox[2:], (595, 842), strict=True))


def test_a_paper_has_each_part_once_below_its_own_heading(paper: pikepdf.Pdf) -> None:
    ways = "Two ways to open"
    parts = [
        "In short",
        "What each needs",
        ways,
        "Cost",
        ways,
        "Quotations",
        "Abbreviations",
        "Addresses of links",
        "Sources cited",
    ]
    assert outline(paper) == parts
    levels = [str(element.S) for element in elements(paper, "") if re.fullmatch(r"/H\d", str(element.S))]
    assert levels == ["/H1", "/H1", "/H2", "/H1", "/H1", "/H2", "/H1", "/H1", "/H1", "/H1", "/H1"]
    said = letters(paper)
    assert said.count("Morethannothing.") == said.count("“Inevermanagetocomeintheweek.”") == 1
    assert "notinthepaperasawhole" not in said


def test_the_head_of_a_paper(paper: pikepdf.Pdf) -> None:
    said = letters(paper)
    assert re.search(r"Whatthecouncilisaskedtodecide\.Editionof:30November2024Version:[0-9a-f]{8}Ontheweb:https://", said)
    assert "Aninventedargumentaboutaninventedlibrary." in said
    assert f"1of{len(paper.pages)}" in said


def test_cells_that_head_rows_and_columns_are_tagged_so(paper: pikepdf.Pdf) -> None:
    (table,) = elements(paper, "/Table")
    rows = [[(str(cell.S), attribute(cell, "/Scope")) for cell in tags(row)] for row in tags(table, "/TR")]
    cells = [[kind for kind in row if kind[0] in ("/TH", "/TD")] for row in rows]
    assert cells == [[("/TH", "/Column")] * 3, *[[("/TH", "/Row"), ("/TD", ""), ("/TD", "")]] * 2]
    assert len(list(tags(table, "/Caption"))) == 1


def test_every_picture_says_what_it_shows(paper: pikepdf.Pdf) -> None:
    shown = [str(figure.get("/Alt", "")) for figure in elements(paper, "/Figure")]
    assert shown == [
        f"QR code: {SITE}/meeting.html.",
        "A brown door",
        "Who would come. Bars: Everybody 67%; Some 8.5%.",
        f"QR code: {SITE}/quotations/never-in-the-week.html.",
    ]


def test_links_lead_to_what_is_in_the_paper_and_else_to_the_site(paper: pikepdf.Pdf) -> None:
    found = [note for page in paper.pages for note in page.get("/Annots", []) if note.Subtype == "/Link"]
    out = {str(note.A.URI) for note in found if "/A" in note and note.A.S == "/URI"}
    assert {f"{SITE}/two-ways.html", f"{SITE}/risks/noise.html", "https://example.org/library"} <= out
    assert f"{SITE}/risks/cost.html#what-it-costs" not in out
    assert "alibraryelsewhere:https://example.org/library" in letters(paper)
    assert all(note.get("/Contents") or note.get("/StructParent") is not None for note in found)


def modules(pages: Iterable[pikepdf.Page]) -> set[tuple[int, int]]:
    """The dark modules of the largest QR code on some pages, as they are stroked in the PDF."""
    lines = max((strokes(page) for page in pages), key=len)
    left, top = min(line[0] for line in lines), min(line[1] for line in lines)
    return {(round(x - left) + step, round(y - top)) for x, y, end in lines for step in range(round(end - x))}


def wanted(address: str, *, boost: bool) -> set[tuple[int, int]]:
    """Those that segno makes of an address."""
    code = segno.make(f"{SITE}/{address}", micro=False, error="m", boost_error=boost)
    return {(x, y) for y, row in enumerate(code.matrix) for x, dark in enumerate(row) if dark}


def test_a_qr_code_is_that_of_its_address(paper: pikepdf.Pdf, site: Path) -> None:
    """Module for module: beside a quotation its own, on the first page that of the page on the web."""
    assert modules(paper.pages) == wanted("quotations/never-in-the-week.html", boost=True)
    with pikepdf.open(site / "output/risks/noise.pdf") as noise:
        assert modules(noise.pages[:1]) == wanted("risks/noise.html", boost=False)


def test_what_html_says_stands_in_the_pdf(site: Path, small_output: Path, real_site: Path) -> None:
    """Nothing is dropped: every word of the page is in the PDF at least as often."""
    pages = [small_output / name for name in ("comparison-as-prose.html", "picture-matrix.html", "note.html", "picture-map.html")]
    pages += [real_site / f"{name}.html" for name in ("decision", "positions", "with-and-without", "post", "risks/confidentiality")]
    for page in [*pages, site / "output/two-ways.html"]:
        with pikepdf.open(page.with_suffix(".pdf")) as pdf:
            said = letters(pdf)
        missing = {word: many for word, many in words_of(page).items() if said.count(word) < many}
        assert missing == {}, page.name


def words_of(page: Path) -> Counter[str]:
    """The words of a page that a reader of paper has a use for."""
    main = lxml.html.fromstring(page.read_text("utf-8")).get_element_by_id("main")
    hidden = " or ".join(f"contains(concat(' ', @class, ' '), ' {name} ')" for name in ON_SCREEN)
    for element in main.xpath(f"//*[{hidden}] | //*[local-name()='title' or local-name()='desc']"):
        element.drop_tree()
    for element in main.iter():
        element.tail = (
            f" {element.tail or ''}" if element.tag not in ("a", "abbr", "em", "strong", "span", "sub", "tspan") else element.tail
        )
    return Counter(word for word in main.text_content().translate(DRAWN).split() if len(word) > 1)


def test_the_board_paper_of_the_real_site(real_site: Path) -> None:
    with pikepdf.open(real_site / "board-paper.pdf") as pdf:
        assert len(pdf.pages) <= 11
        assert {"Purpose", "Recommendation", "Six options", "Quotations", "Sources cited"} <= set(outline(pdf))
        assert all(figure.get("/Alt") for figure in elements(pdf, "/Figure"))
        assert len(elements(pdf, "/Title")) == 1
        assert len(elements(pdf, "/Table")) == 4
    for name in ("decision", "index"):
        assert 'href="board-paper.html"' in (real_site / f"{name}.html").read_text("utf-8")


def test_every_page_point_and_update_has_a_pdf_and_leads_to_it(real_site: Path) -> None:
    of_pages = {
        path.with_suffix(".pdf") for path in real_site.rglob("*.html") if 'type="application/pdf"' in path.read_text("utf-8")
    }
    made = set(real_site.rglob("*.pdf"))
    assert of_pages == made
    folders = Counter(str(path.parent.relative_to(real_site)) for path in made)
    assert folders.keys() == {".", "guidance", "risks", "benefits", "updates"}


def test_a_paper_is_the_same_each_time(site: Path, tmp_path: Path) -> None:
    """Also where nothing is kept from the build before."""
    again = small_site(tmp_path, TESTS / "papers")
    done = build(again, "-e", 'ARGUMENT_PAPER=["meeting"]', 'ARGUMENT_PAPER_FILE="meeting.pdf"')
    assert (done.returncode, done.stderr) == (0, "")
    assert (again / "meeting.pdf").read_bytes() == (site / "output/meeting.pdf").read_bytes()
    assert not (again / "output").exists()


def test_a_paper_of_any_parts(site: Path) -> None:
    done = build(site, "-e", 'ARGUMENT_PAPER=["risks/noise", "two-ways#of-whom"]', 'ARGUMENT_PAPER_FILE="own.pdf"')
    assert (done.returncode, done.stderr) == (0, "")
    with pikepdf.open(site / "own.pdf") as pdf:
        assert outline(pdf)[:2] == ["Noise", "Of whom"]
        assert str(pdf.docinfo.Title) == "From “Open on Sundays”"


def test_bare_words_after_the_task_are_parts() -> None:
    from tasks import with_parts  # noqa: PLC0415 - it is no module of the plugin

    line = ["tasks.py", "paper", "decision", "risks/cost#answer", "--output", "own.pdf"]
    assert with_parts(line) == ["tasks.py", "paper", "--parts", "decision,risks/cost#answer", "--output", "own.pdf"]
    assert with_parts(["tasks.py", "paper"]) == ["tasks.py", "paper"]
    assert with_parts(["tasks.py", "build", "--format", "json"]) == ["tasks.py", "build", "--format", "json"]


def test_parts_that_are_not_there_are_told(site: Path) -> None:
    done = build(site, "-e", 'ARGUMENT_PAPER=["risks/noize"]')
    assert done.returncode == 1
    assert 'there is no page, point or quotation "risks/noize".\n    Did you mean "risks/noise"?' in done.stderr


def test_without_an_address_there_is_no_qr_code(small_output: Path) -> None:
    with pikepdf.open(small_output / "quotation-from-the-library.pdf") as pdf:
        assert elements(pdf, "/Figure") == []
        assert "quotations/never-in-the-week.html" in letters(pdf)


def test_what_is_damaged_in_the_store_is_made_again(tmp_path: Path) -> None:
    store = Store(tmp_path / "papers")
    assert store.all({"key": 1}, lambda _: b"made", 2) == {"key": b"made"}
    assert store.all({"key": 1}, lambda _: b"again", 2) == {"key": b"made"}
    (tmp_path / "papers/key").write_bytes((tmp_path / "papers/key").read_bytes()[:-1])
    assert store.all({"key": 1}, lambda _: b"again", 2) == {"key": b"again"}
    other = Store(tmp_path / "papers")
    other.sweep()
    assert other.get("key") is None


def test_a_drawing_of_a_picture_has_only_what_typst_draws(real_site: Path) -> None:
    """Every class that the pictures of the site have is one that the style for paper knows, and there is no other."""
    style = (ROOT / "theme/typst/picture.css").read_text("utf-8")
    used = {
        name
        for page in real_site.glob("*.html")
        for svg in re.findall(r"<svg class=\"picture__drawing.*?</svg>", page.read_text("utf-8"), re.S)
        for name in re.findall(r'<(?:rect|circle|text|path|tspan)[^>]* class="([^"]+)"', svg)
    }
    plain = {"picture__label"}  # drawn as all text is
    assert used - plain == set(re.findall(r"\.((?:picture|map)__\w+)", style))
