"""A table in any of its written forms → one `Comparison`. Knows no Pelican.

Pipe tables and prose come from a block's `x-…` elements; gathered rows from the front matter of points.
"""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from enum import Enum

from markdown.extensions.toc import slugify
from markupsafe import escape

from argument import markup
from argument.abbreviations import explained, is_abbreviation, told_twice
from argument.frontmatter import a_or_an, prose_fields
from argument.matter import ComparisonMatter
from argument.model import POINTS, WAIVERS, Benefit, Guidance, Risk
from argument.plain_words import plain
from argument.problems import Place, Problem, did_you_mean, one_of
from argument.tables import VERDICTS, Cell, Column, Comparison, Gathering, Row, Stance, Verdict
from argument.values import Narrow, Score

NOT_FOR_CELLS = ("title", "order", "aliases", "origin", "supports", "answers", "contradicts", *WAIVERS.values())
NOT_FOR_CELLS += ("topics", "status", "publish_on", "review_by")
SLUG_WORDS = 8  # of a row's heading go into its address
BRIEF = 24  # characters that every cell of a table may have that scrolls by itself where there is no room for it
LOW = 50  # characters that a column's heading may have that stays in sight: four lines where columns are narrowest
MORE_THAN_WORDS = re.compile(r"<(?:x-\w+|img|p|ul|ol|dl|pre|blockquote|table)\b")


def from_block(
    element: markup.Element, caption: str, matter: ComparisonMatter, place: Place, problems: list[Problem]
) -> Comparison | Gathering | None:
    """The comparison that a block stands for; None if it has problems."""
    if matter.rows or matter.columns or matter.only:
        return gathering(element, caption, matter, place, problems)
    rows = tuple(written_rows(element.inner))
    if not rows and problems:
        return None
    if not rows:
        remedy = "Write a pipe table, or rows (### name) of cells (#### name), or the option rows."
        problems.append(Problem(place, "this comparison has no rows.", remedy))
        return None
    corner = next((piece.inner for piece in markup.elements(element.inner, "corner")), "")
    if corner and matter.corner:
        problems.append(
            Problem(place, "a pipe table's first heading says what its rows are; it needs no corner.", "Take the option out.")
        )
    if not corner and not matter.corner and element.attributes.get("form") == "prose":
        problems.append(Problem(place, '/// comparison written as prose must have "corner".', "corner: What its row headings are."))
    columns = tuple(Column(piece.inner, piece.attributes["align"]) for piece in markup.elements(element.inner, "column"))
    if not columns:
        problems.append(Problem(place, "this comparison has no columns.", "Each row needs at least one cell."))
    for slug, count in Counter(row.slug for row in rows if row.heading).items():
        if count > 1 or not slug:
            rule = f'{count} rows have the address "{slug}".' if slug else "a row has a heading that makes no address."
            problems.append(Problem(place, rule, "Give each row an address of its own at the end of its heading: {#address}."))
    corner = str(escape(matter.corner)) or corner
    said = (matter.one_sided, matter.abbreviations, stance_of(matter))
    table = shaped(Comparison(matter.id, caption, corner, columns, rows, place, *said, former=matter.aliases), matter.narrow)
    problems += unexplained(table) if columns else ()
    problems += to_no_row(matter, [row.slug for row in rows], place)
    return table


def unexplained(table: Comparison) -> Iterator[Problem]:
    """What keeps a comparison that says what abbreviations stand for from doing so."""
    headings = [plain(column.heading) for column in table.columns]
    found = explained(table)
    if table.abbreviations and table.abbreviations not in headings:
        remedy = did_you_mean(table.abbreviations, headings, f"Name one of its columns: {one_of(headings)}.")
        yield Problem(table.place, f'"abbreviations" names no column of this comparison (got "{table.abbreviations}").', remedy)
    elif table.abbreviations and not any(is_abbreviation(plain(row.heading)) for row in table.rows):
        remedy = "An abbreviation is capitals, figures and & alone, such as N3 or R&D. Take the option out if there is none."
        yield Problem(table.place, "no row heading of this comparison is an abbreviation.", remedy)
    for name, cell in found.items():
        if cell.verdict or "<" in cell.prose:
            rule = f'what "{name}" stands for must be words and nothing else.'
            yield Problem(table.place, rule, "Put citations, links, emphasis and verdicts into another column.")
    for name in told_twice(table):
        yield Problem(table.place, f'two rows say what "{name}" stands for.', "Join them: readers are told one meaning.")


def written_rows(html: str) -> Iterator[Row]:
    """The rows that the extension has taken apart."""
    for row in markup.elements(html, "row"):
        heading = next(markup.elements(row.inner, "heading")).inner.strip()
        cells = tuple(written_cell(cell) for cell in markup.elements(row.inner, "cell"))
        yield Row(row.attributes["id"] or row_slug(plain(heading)), heading, cells)


def written_cell(cell: markup.Element) -> Cell:
    """One cell with its verdict, if it has one."""
    sign = cell.attributes["sign"]
    verdict = Verdict(sign, cell.attributes["word"] or VERDICTS[sign][2]) if sign else None
    return Cell(markup.inline(cell.inner), verdict)


def row_slug(heading: str) -> str:
    """A row's address, from the first words of its heading."""
    return "-".join(str(slugify(heading, "-")).split("-")[:SLUG_WORDS])


def gathering(
    element: markup.Element, caption: str, matter: ComparisonMatter, place: Place, problems: list[Problem]
) -> Gathering | None:
    """A comparison whose rows come from content, checked against the fields that its points have."""
    kind = POINTS.get(matter.rows)
    if kind is None:
        remedy = did_you_mean(matter.rows, POINTS, f"There are {one_of(POINTS)}.")
        problems.append(Problem(place, f'"rows" must be {one_of(POINTS)} (got "{matter.rows}").', remedy))
        return None
    if element.inner.strip():
        problems.append(Problem(place, "a comparison that gathers its rows holds no rows of its own.", "Take the text out."))
    if matter.objections:
        remedy = "Take the option out: what speaks against a point stands in its own file."
        problems.append(Problem(place, "a comparison that gathers its rows has no objections to single rows.", remedy))
    if matter.abbreviations:
        remedy = "Take the option out; a glossary is written as a pipe table or as prose."
        problems.append(Problem(place, "a comparison that gathers its rows says of no abbreviation what it stands for.", remedy))
    for path in matter.only:
        if not path.startswith(f"{matter.rows}/"):
            rule = f'"only" names what is not among the {matter.rows} (got "{path}").'
            problems.append(Problem(place.narrowed(path), rule, f"Write {matter.rows}/name, or take it out."))
    fields = [*(name for name in kind.model_fields if name not in NOT_FOR_CELLS), *kind.computed]
    columns = tuple(matter.columns.items())
    unknown = [name for _, name in columns if name not in fields]
    for name in unknown:
        remedy = did_you_mean(name, fields, f"It has {one_of(fields)}.")
        problems.append(Problem(place, f'{a_or_an(kind.noun)} has no field "{name}".', remedy))
    if not columns:
        problems.append(
            Problem(place, "a comparison that gathers its rows must have columns.", "columns: then, indented, Heading: field.")
        )
    if unknown:
        return None
    corner = matter.corner or kind.noun.capitalize()
    said = (matter.one_sided, stance_of(matter), matter.narrow, matter.only)
    return Gathering(matter.id, caption, corner, matter.rows, columns, place, *said, former=matter.aliases)


def to_no_row(matter: ComparisonMatter, slugs: Sequence[str], place: Place) -> Iterator[Problem]:
    """A problem for each objection to a row that the comparison does not have."""
    for slug in matter.objections:
        if slug not in slugs:
            remedy = did_you_mean(slug, slugs, f"Its rows are {one_of(slugs)}.")
            yield Problem(place, f'"objections" names no row of this comparison (got "{slug}").', remedy)


def stance_of(matter: ComparisonMatter) -> Stance:
    """What its author says that a comparison bears on, and against it."""
    return Stance(matter.objection, tuple(matter.objections.items()), matter.supports, matter.answers, matter.contradicts)


def gather(gathering: Gathering, points: Sequence[Guidance | Risk | Benefit]) -> Comparison:
    """The gathered comparison with a row for each of the points that it is of, in their order."""
    sides = POINTS[gathering.rows].sides
    columns = tuple(Column(str(escape(heading)), side=sides.get(name)) for heading, name in gathering.columns)
    names = [name for _, name in gathering.columns]
    rows = tuple(
        Row(point.slug, str(escape(point.title)), tuple(field_cell(point, name) for name in names), point.address)
        for point in points
        if not gathering.only or f"{point.folder}/{point.slug}" in gathering.only
    )
    corner = str(escape(gathering.corner))
    known = (gathering.id, gathering.caption, corner, columns, rows, gathering.place, gathering.one_sided)
    return shaped(Comparison(*known, stance=gathering.stance, former=gathering.former), gathering.narrow)


def shaped(table: Comparison, asked: Narrow | None) -> Comparison:
    """The comparison with what it becomes on a narrow screen, as its author asked or by what its cells hold."""
    brief = all(is_brief(cell) for row in table.rows for cell in row.cells)
    headings = [table.corner, *(column.heading for column in table.columns)]
    low = all(len(plain(heading)) <= LOW and not MORE_THAN_WORDS.search(heading) for heading in headings)
    return replace(table, narrow=asked or (Narrow.SCROLLER if brief else Narrow.BLOCKS), low_head=low)


def is_brief(cell: Cell) -> bool:
    """Whether a cell holds a few words in a line and nothing else."""
    words = f"{cell.verdict.word if cell.verdict else ''} {plain(cell.prose)}"
    return len(words.strip()) <= BRIEF and not MORE_THAN_WORDS.search(cell.prose)


def field_cell(point: Guidance | Risk | Benefit, name: str) -> Cell:
    """A field of a point as a cell."""
    if name in prose_fields(type(point)):
        return Cell(point.filled(name))
    value = getattr(point, name)
    if isinstance(value, Score):
        return Cell(str(escape(value)), score=value)
    if value is None:
        return Cell("Not scored")
    return Cell(str(escape(value.value.capitalize() if isinstance(value, Enum) else value)))
