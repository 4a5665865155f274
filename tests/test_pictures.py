"""Pictures: what they show is what their table says, and all of it stands inside them."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Browser

from argument.dates import PartialDate
from argument.drawing import WIDTH, Bars, Matrix, Timeline
from argument.pictures import Bar, Event, Grid, bars, events, grids
from argument.problems import Place, Problem
from argument.tables import Cell, Column, Comparison, Picture, Row, Verdict
from argument.typesetting import BODY, SMALL, width, wrapped
from argument.values import Consequence, Likelihood, PictureKind, Score
from pages import Element, parse

PLACE = Place("content/pages/a.md", 1)


def table(*rows: tuple[str, str]) -> Comparison:
    """A comparison of one column, “What”."""
    made = tuple(Row(str(number), heading, (Cell(prose),)) for number, (heading, prose) in enumerate(rows))
    return Comparison("a", "A table", "Row", (Column("What"),), made, PLACE)


def picture(kind: PictureKind) -> Picture:
    return Picture("p", "A picture", kind, "a", "What", PLACE)


@pytest.mark.parametrize(
    ("cell", "value", "unit", "words"),
    [
        ("67%", 67, "%", "67%"),
        ('98.9% <x-cite keys="a" locators=""></x-cite>', 98.9, "%", "98.9%"),
        ("1,200", 1200, "", "1,200"),
        ("2 %", 2, "%", "2 %"),
        ("0", 0, "", "0"),
        ("120%", 120, "%", "120%"),
    ],
)
def test_a_bar_is_the_number_that_its_cell_holds(cell: str, value: float, unit: str, words: str) -> None:
    assert bars(picture(PictureKind.BARS), table(("A row", cell)), []) == [Bar("A row", value, unit, words)]


@pytest.mark.parametrize(
    "cell",
    [
        *("about 67%", "No data", "−3", "3rd", "1e9x", "5 million", "10–20%", "1 in 3", "3/4", "1.5m", "1.200.000", "1 200", "12‰"),
        *("5<sup>1</sup>", "<p>5</p><p>2 of them</p>", "9" * 40, "1,20", "<strong>5</strong>"),
    ],
)
def test_what_could_mean_another_number_is_no_bar(cell: str) -> None:
    problems: list[Problem] = []
    assert bars(picture(PictureKind.BARS), table(("A row", cell)), problems) == []
    assert len(problems) == 1


@pytest.mark.parametrize(
    ("written", "known"),
    [
        ("17 May 2012", PartialDate(2012, 5, 17)),
        ("May 2012", PartialDate(2012, 5)),
        ("2012", PartialDate(2012)),
        ("17th May 2012", None),
        ("2012-05-17", None),
        ("31 June 2012", None),
        ("Summer 2008", None),
        ("", None),
    ],
)
def test_a_date_is_read_as_it_is_written_on_a_page(written: str, known: PartialDate | None) -> None:
    assert PartialDate.written(written) == known
    if known:
        assert str(known) == written


def test_events_stand_in_the_order_of_time_and_what_is_known_less_exactly_before() -> None:
    found = events(picture(PictureKind.TIMELINE), table(("2013", "C"), ("17 May 2012", "B"), ("May 2012", "A")), [])
    assert [event.label for event in found] == ["A", "B", "C"]


def test_a_grid_for_each_column_that_holds_scores_and_for_no_other() -> None:
    score = Score(Likelihood.LIKELY, Consequence.MAJOR)
    row = Row("r", "A risk", (Cell("words"), Cell(str(score), score=score)), "risks/r.html")
    both = Comparison("a", "A table", "Row", (Column("Why"), Column("Open")), (row,), PLACE)
    assert grids(picture(PictureKind.MATRIX), both, []) == [Grid("Open", (("A risk", "risks/r.html", score),))]


def test_a_score_is_likelihood_times_consequence() -> None:
    """From 1 to 25, each from 1 to 5 (the usual grid)."""
    assert [Score(one, other).rating for one in (Likelihood.RARE, Likelihood.ALMOST_CERTAIN) for other in Consequence] == [
        *(1, 2, 3, 4, 5),
        *(5, 10, 15, 20, 25),
    ]
    assert str(Score(Likelihood.LIKELY, Consequence.MODERATE)) == "12 (likely × moderate)"


@given(st.text(st.characters(codec="utf-8", categories=["L", "N", "P", "Zs"]), max_size=200), st.integers(1, 4))
def test_text_is_broken_without_losing_a_word_that_fits(text: str, most: int) -> None:
    """Lines hold all words in their order; what is cut off is said to be by an ellipsis."""
    lines = wrapped(text, 20, most)
    assert len(lines) <= most
    joined = "".join("".join(lines).split())
    if joined != "".join(text.split()):
        assert len(lines) == most
        assert joined.endswith("…")
    assert all(width(line) <= 20 for line in lines if not line.endswith("…"))


@given(st.lists(st.floats(0, 400), min_size=1, max_size=9))
def test_bars_are_as_long_as_their_numbers_say(values: list[float]) -> None:
    """In proportion to what 100% is, which gives way if there is more; none runs out of the picture."""
    drawn = Bars.of([Bar("A row", value, "%", f"{value:.1f}%") for value in values])
    for bar, value in zip(drawn.bars, values, strict=True):
        assert bar.length == pytest.approx(value / 100 * drawn.track, abs=0.3)  # both are rounded to a tenth
        assert bar.length <= WIDTH
        assert bar.value.x + width(bar.value.words) * SMALL <= WIDTH


@given(st.lists(st.tuples(st.sampled_from(list(Likelihood)), st.sampled_from(list(Consequence))), min_size=1, max_size=30))
def test_every_mark_stands_in_the_square_of_its_score_and_on_no_other_mark(steps: list[tuple[Likelihood, Consequence]]) -> None:
    scored = tuple((f"risk {number}", "", Score(*pair)) for number, pair in enumerate(steps))
    (drawn,) = Matrix.of([Grid("Now", scored)]).grids
    radius = Matrix.radius
    for mark, (_, _, score) in zip(sorted(drawn.marks, key=lambda mark: mark.number), scored, strict=True):
        (square,) = (one for one in drawn.squares if one.x <= mark.x - radius and mark.x + radius <= one.x + Matrix.side
                     and one.y <= mark.y - radius and mark.y + radius <= one.y + one.height)  # fmt: skip
        assert square.rating == score.rating
    pairs = [(one, other) for one in drawn.marks for other in drawn.marks if one.number < other.number]
    assert all((one.x - other.x) ** 2 + (one.y - other.y) ** 2 >= (2 * radius) ** 2 for one, other in pairs)


def test_two_risks_of_one_name_are_two_marks() -> None:
    low, high = Score(Likelihood.RARE, Consequence.MINOR), Score(Likelihood.LIKELY, Consequence.MAJOR)
    drawn = Matrix.of([Grid("Now", (("Cost", "risks/a.html", low), ("Cost", "risks/b.html", high)))])
    assert [(one.number, one.address, one.scores) for one in drawn.key] == [
        (1, "risks/a.html", (("Now", str(low)),)),
        (2, "risks/b.html", (("Now", str(high)),)),
    ]
    assert sorted(mark.number for mark in drawn.grids[0].marks) == [1, 2]


def test_the_legend_gives_every_word_for_a_sign() -> None:
    verdicts = (Verdict("+", "Yes"), Verdict("-", "No"), Verdict("+", "Holds"), Verdict("+", "Yes"))
    drawn = Timeline.of([Event(PartialDate(2020), "An event", verdict) for verdict in verdicts])
    assert [(verdict.sign, verdict.word) for verdict in drawn.legend] == [("+", "Yes / Holds"), ("-", "No")]


def test_a_year_without_events_leaves_a_gap() -> None:
    opened = Verdict("+", "Opens")
    drawn = Timeline.of([Event(PartialDate(year), "An event", opened) for year in (2010, 2011, 2015)])
    assert [(year.name.words, year.quiet) for year in drawn.years] == [("2010", False), ("2011", False), ("2015", True)]
    assert drawn.legend == (opened,)


def drawn_in(page: Path) -> list[Element]:
    return parse(page).all("svg")


def test_every_picture_has_a_name_a_description_and_the_same_in_words(real_site: Path) -> None:
    """WCAG 1.1.1: a title, a description, and a way to the table or list that says the same."""
    count = 0
    for page in sorted(real_site.rglob("*.html")):
        for figure in (one for one in parse(page).all("figure") if one.attributes.get("class") == "picture"):
            count += 1
            assert figure.all("figcaption")[0].text, page.name
            named = [one for one in figure.every() if one.attributes.get("role") in ("img", "group")]
            assert named, page.name
            for one in named:
                assert one.attributes.get("aria-labelledby") or one.attributes.get("aria-label"), page.name
            ids = {one.attributes["id"]: one.text for one in figure.every() if "id" in one.attributes}
            assert all(one.all("desc") or ids[figure.attributes["id"] + "--text"] for one in named), page.name
            words = [link.text for link in figure.all("a")] + [one.text for one in figure.all("summary")]
            assert {"The same as a table", "The same as a list"} & set(words), page.name
    assert count >= 4


def test_every_bar_of_the_real_site_is_a_number_of_its_table(real_site: Path) -> None:
    """What is drawn is read again from the page itself: the words at each bar, and its length."""
    page = "".join((real_site / f"{name}.html").read_text("utf-8") for name in ("numbers", "numbers-on-people"))
    rects = r'<rect class="picture__track"[^>]*width="([\d.]+)"[^>]*/>\s*<rect class="picture__bar"[^>]*width="([\d.]+)"[^>]*/>'
    found = re.findall(rects + r'\s*<text class="picture__value"[^>]*>([\d.,]+)%', page)
    assert len(found) > 20
    for track, bar, words in found:
        assert float(bar) / float(track) == pytest.approx(float(words) / 100, abs=0.002)
        assert re.search(rf"<td[^>]*>{words}%", page), words


def test_the_map_links_every_point(real_site: Path) -> None:
    """Each claim and what bears on it leads to its page, once in the picture and once in the list."""
    (svgs, text) = (drawn_in(real_site / "map.html"), parse(real_site / "map.html").all("main")[0].all("details")[0])
    in_picture = sorted(link.attributes["href"] for svg in svgs for link in svg.all("a"))
    in_list = sorted(link.attributes["href"] for link in text.all("a"))
    assert in_picture == in_list
    points = {
        f"{folder}/{path.stem}.html"
        for folder in ("guidance", "risks", "benefits")
        for path in Path("content", folder).glob("*.md")
    }
    assert points <= set(in_picture)


@pytest.mark.parametrize("name", ["map", "timeline", "timeline-since-2013", "numbers", "numbers-on-people", "with-and-without"])
def test_no_text_runs_out_of_its_picture(name: str, browser: Browser, real_site: Path) -> None:
    """Lines were broken by an estimate; the browser knows how long they came out in the font that it has."""
    page = browser.new_page()
    page.goto((real_site / f"{name}.html").as_uri())
    texts = page.evaluate(
        """() => [...document.querySelectorAll('svg text')].map(text => [text, text.getBBox()]).map(([text, box]) =>
            [text.textContent, box.x, box.x + box.width, text.ownerSVGElement.viewBox.baseVal.width])"""
    )
    page.close()
    assert len(texts) > 10
    assert [text for text, left, right, most in texts if left < -2 or right > most + 2] == []  # a letter may lean out


def test_type_is_as_large_as_the_layout_reckons_with() -> None:
    """The style sheet sets what drawing.py breaks text by."""
    css = Path("theme/styles/picture.css").read_text("utf-8")
    assert f".picture__drawing {{ display: block; inline-size: min(100%, 27rem); overflow: visible; font-size: {BODY}px;" in css
