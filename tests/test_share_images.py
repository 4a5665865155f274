"""Share images: large enough to read, never cut, the same from run to run, and drawn once."""

import io
import shutil
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from itertools import chain
from pathlib import Path

import pytest
from fontTools.ttLib import TTFont
from PIL import Image
from rich.console import Console

from argument import glyphs, progress, share_images
from argument.problems import Place
from argument.progress import Progress
from argument.share_image import ImageCell, ShareImage
from argument.share_images import ShareImages
from argument.store import DIGEST, Store
from argument.tables import VERDICTS, Verdict
from building import ROOT, build, small_site

THEME = ROOT / "theme"
PLACE = Place("content/risks/cost.md", 1)
WORDS = "Those who come in the week know everybody by name and those who come on a Sunday know nobody "
SURFACE = (255, 255, 255)


def image(main: str, *, name: str = "a", **parts: object) -> ShareImage:
    """A share image in which only what is given is said."""
    said = {"kicker": "Risk", "body": "", "cells": (), "foot": (), **parts}
    return ShareImage(f"risks/{name}.html", main=main, place=PLACE, **said)


def long(count: int) -> str:
    """Words of so many characters, of which the last ends with a full stop."""
    return f"{(WORDS * (count // len(WORDS) + 1))[: count - 1].rstrip()}."


def cells(count: int, words: str = "") -> tuple[ImageCell, ...]:
    """Cells with every verdict in turn, and words between them if there are some."""
    signs = [*VERDICTS]
    verdicts = [Verdict(sign, VERDICTS[sign][2]) for sign in (signs[at % len(signs)] for at in range(count))]
    return tuple(
        ImageCell(f"Column {at}", None if words and at % 2 else verdict, words if at % 2 else "")
        for at, verdict in enumerate(verdicts)
    )


def row(main: str, body: str, count: int, words: str = "") -> ShareImage:
    return image(main, kicker="Row", body=body, cells=cells(count, words))


SPEAKER = ("A reader, in answer to a survey of readers", "Survey of 2024, question 4")
LONG_SPEAKER = (long(160), long(200))
# Each kind with the least and the most that it may be asked to show.
KINDS = {
    "shortest quotation": image("“I.”", kicker="Quotation", foot=("A", "B")),
    "quotation": image(f"“{long(160)}”", kicker="Quotation", foot=SPEAKER),
    "longest quotation": image(f"“{long(1500)}”", kicker="Quotation", foot=SPEAKER),
    "longest quotation and foot": image(f"“{long(1300)}”", kicker=long(80), foot=LONG_SPEAKER),
    "shortest point": image("A", body="B."),
    "longest point": image(long(400), body=long(2000)),
    "table": image("Two days", kicker="Comparison", body="2 rows, compared by cost, noise and readers."),
    "longest table": image(long(300), kicker="Comparison", body=long(900)),
    "shortest row": row("A", "B", 1),
    "row of words": row("On a Sunday", "Two days", 2, long(300)),
    "row of eight": row(long(120), long(200), 8, long(300)),
    "row of twenty": row(long(60), long(200), 20, long(300)),
    "fullest row": image(long(60), kicker=long(80), body=long(200), cells=cells(20, long(300)), foot=SPEAKER),
    "row under a long heading": image(long(300), kicker="Row", body=long(200), cells=cells(20, long(300)), foot=("A",)),
    "row of four under one": image(long(350), kicker="Row", body=long(200), cells=cells(4, long(300)), foot=SPEAKER),
    "longest row": row(long(500), long(2000), 5, "w" * 300),
    "row of one long word": image("On a Sunday", cells=(ImageCell("l" * 90, Verdict("+", "v" * 90), ""), *cells(3, long(9)))),
    "response": image("What about children?", kicker="A reader’s response", body="They come on a Sunday.", foot=("A reader",)),
    "page": image("Risks", kicker="", body="What could go wrong."),
    "one long word": image("w" * 400, kicker="k" * 60, body="b" * 300, foot=("f" * 150, "g" * 150)),
}
# Left, right, above the kicker, and above the strip with the site's name: boxes of pixels.
MARGINS = [(0, 14, 62, 544), (1138, 14, 1200, 544), (0, 14, 1200, 36), (0, 524, 1200, 544)]


@pytest.fixture(scope="module")
def drawn(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """The picture of each kind, all drawn in one batch."""
    folder = tmp_path_factory.mktemp("drawn")
    kinds = {name: replace(it, address=f"{name}.html") for name, it in KINDS.items()}
    assert ShareImages(THEME, "A library", folder / "store", 1).write([*kinds.values()], folder) == []
    return {name: (folder / it.file).read_bytes() for name, it in kinds.items()}


@pytest.fixture
def drawing(tmp_path: Path) -> ShareImages:
    return ShareImages(THEME, "A library", tmp_path / "store", 1)


def picture(it: ShareImage, drawing: ShareImages, folder: Path) -> bytes:
    assert drawing.write([it], folder) == []
    return (folder / it.file).read_bytes()


def pixels(png: bytes) -> Image.Image:
    return Image.open(io.BytesIO(png)).convert("RGB")


def grounds(png: bytes, box: tuple[int, int, int, int]) -> set[tuple[int, ...]]:
    return {colour for _, colour in pixels(png).crop(box).getcolors(1 << 20)}


@pytest.mark.parametrize("kind", KINDS)
def test_a_share_image_has_its_size_and_nothing_stands_in_its_margins(kind: str, drawn: dict[str, bytes]) -> None:
    png = drawn[kind]
    assert pixels(png).size == (1200, 630)
    assert len(png) < 100_000
    assert [grounds(png, box) for box in MARGINS] == [{SURFACE}] * len(MARGINS)
    assert len(grounds(png, (62, 36, 1138, 524))) > 20


@pytest.mark.parametrize(("kind", "across"), [("row of eight", 4), ("row of twenty", 4), ("longest row", 3)])
def test_nothing_stands_between_cells(kind: str, across: int, drawn: dict[str, bytes]) -> None:
    """Whatever is written in them."""
    width = (1072 - 14 * (across - 1)) / across
    gaps = [round(64 + at * (width + 14) - 7) for at in range(1, across)]
    assert [grounds(drawn[kind], (gap - 4, 400, gap + 4, 524)) for gap in gaps] == [{SURFACE}] * (across - 1)


def test_the_names_of_columns_stand_beside_each_other(drawn: dict[str, bytes]) -> None:
    """At the tops of their cells, of which one has a verdict and the other lines of words."""
    row = pixels(drawn["row of words"]).convert("L")
    edges = [y for y in range(200, 544) if row.getpixel((300, y)) < 200 and row.getpixel((900, y)) < 200]  # of both cells
    boxes = [row.crop((x, edges[0] + 4, x + 450, edges[-1] - 4)).point(lambda grey: 255 * (grey < 200)) for x in (70, 630)]
    first, second = (box.getbbox() for box in boxes)
    assert abs(first[1] - second[1]) < 3
    assert first[3] < second[3] - 40


def test_the_picture_of_a_usual_quotation_is_small_without_a_palette(drawing: ShareImages, tmp_path: Path) -> None:
    """Which would take longer to make than the picture."""
    usual, longest = (image(f"“{long(count)}”", name=str(count), foot=SPEAKER) for count in (220, 1200))
    assert Image.open(io.BytesIO(picture(usual, drawing, tmp_path))).mode == "RGBA"
    assert Image.open(io.BytesIO(picture(longest, drawing, tmp_path))).mode == "P"


@pytest.mark.parametrize("part", ["kicker", "main", "foot"])
def test_what_must_stand_whole_does(part: str, drawing: ShareImages, tmp_path: Path) -> None:
    """Its last letter changes the picture, however long it is."""
    first = {"main": f"“{long(1200)}”", "kicker": long(80), "foot": LONG_SPEAKER}
    changed = {
        "main": first["main"][:-3] + "x.”",
        "kicker": first["kicker"][:-2] + "x.",
        "foot": (LONG_SPEAKER[0], long(199) + "x"),
    }
    before, after = image(**first), image(**{**first, part: changed[part]})
    assert picture(before, drawing, tmp_path) != picture(after, drawing, tmp_path)


def test_a_body_and_the_words_of_a_cell_are_cut_where_there_is_no_room(drawing: ShareImages, tmp_path: Path) -> None:
    for short, more in ((image("A", body=long(n)), image("A", body=f"{long(n)} Z.")) for n in (100, 3000)):
        assert (picture(short, drawing, tmp_path) == picture(more, drawing, tmp_path)) == (len(short.body) > 1000)
    for short, more in ((row("A", "B", 6, long(n)), row("A", "B", 6, f"{long(n)} Z.")) for n in (20, 1000)):
        assert (picture(short, drawing, tmp_path) == picture(more, drawing, tmp_path)) == (len(short.cells[1].words) > 100)


def test_words_are_as_large_as_they_can_be(drawn: dict[str, bytes]) -> None:
    """So many rows of pixels are the highest letters of a quotation high."""

    def tallest(png: bytes) -> int:
        band = pixels(png).convert("L").crop((120, 90, 1136, 420)).point(lambda value: 255 * (value < 100))
        ink = ["x" if band.crop((0, y, band.width, y + 1)).getbbox() else " " for y in range(band.height)]
        return max(map(len, "".join(ink).split()))

    shortest, usual, longest = (tallest(drawn[kind]) for kind in ("shortest quotation", "quotation", "longest quotation"))
    assert min(shortest, usual) > 40
    assert 15 < longest < 25


def test_a_picture_is_the_same_whatever_is_drawn_with_it(drawn: dict[str, bytes], tmp_path: Path) -> None:
    """By itself, in another order, by two at once, and in another process."""
    names = ["longest row", "quotation", "row of eight", "longest quotation", "page"]
    asked = [replace(KINDS[name], address=f"{name}.html") for name in names]
    for workers in (1, 2, 5):
        folder = tmp_path / str(workers)
        assert ShareImages(THEME, "A library", folder / "store", workers).write(asked, folder) == []
        assert {name: (folder / f"{name}.png").read_bytes() for name in names} == {name: drawn[name] for name in names}
    code = (
        "from test_share_images import *; folder = Path(sys.argv[1]); store = folder / 'store';"
        "asked = [replace(KINDS['quotation'], address='quotation.html')];"
        "ShareImages(THEME, 'A library', store).write(asked, folder)"
    )
    path = [str(ROOT / "plugins"), str(ROOT / "tests")]
    script = f"import sys; sys.path[:0] = {path}\n{code}"
    subprocess.run([sys.executable, "-c", script, tmp_path / "apart"], check=True)
    assert (tmp_path / "apart/quotation.png").read_bytes() == drawn["quotation"]


def test_only_what_has_changed_is_drawn_again(tmp_path: Path) -> None:
    """What it says, not where it stands, makes a picture; what is no more is dropped."""

    def drawn_of(asked: list[ShareImage], site: str = "A library") -> int:
        drawing = ShareImages(THEME, site, tmp_path / "store", 2)
        assert drawing.write(asked, tmp_path / "output") == []
        assert {path.name for path in (tmp_path / "store").iterdir()} == {drawing.key(it) for it in asked}
        return drawing.drawn

    first, second, third = (image(word, name=word) for word in ("one", "two", "three"))
    assert drawn_of([first, second]) == 2
    assert drawn_of([first, second]) == 0
    assert drawn_of([first, third]) == 1
    assert drawn_of([replace(first, address="elsewhere.html"), image("three")]) == 0
    assert drawn_of([first, second]) == 1
    assert drawn_of([first], "Another library") == 1
    written = (tmp_path / "output/elsewhere.png").read_bytes()
    assert written != (tmp_path / "output/risks/one.png").read_bytes()  # which has another site's name


def test_a_theme_that_changes_is_seen(tmp_path: Path) -> None:
    theme = tmp_path / "theme"
    for name in (*share_images.READ, *(path.relative_to(THEME) for path in glyphs.files(THEME))):
        (theme / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(THEME / name, theme / name)
    before = picture(image("A"), ShareImages(theme, "A library", tmp_path / "store"), tmp_path)
    tokens = theme / "styles/00-tokens.css"
    tokens.write_text(tokens.read_text("utf-8").replace("--accent: light-dark(#8f1d4f", "--accent: light-dark(#0000ff"), "utf-8")
    after = picture(image("A"), ShareImages(theme, "A library", tmp_path / "store"), tmp_path)
    assert pixels(before).getpixel((600, 5)) == (0x8F, 0x1D, 0x4F)
    assert pixels(after).getpixel((600, 5)) == (0, 0, 0xFF)


def test_no_font_is_taken_from_elsewhere(tmp_path: Path) -> None:
    """Neither from the computer nor from Typst: a theme without the font is told, and not drawn in another."""
    for name in share_images.READ:
        (tmp_path / "theme" / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(THEME / name, tmp_path / "theme" / name)
    with pytest.raises(RuntimeError, match="unknown font family"):
        ShareImages(tmp_path / "theme", "A library", tmp_path / "store").write([image("A")], tmp_path)


def damaged(kept: bytes) -> Iterator[bytes]:
    yield from (b"", b"no picture", kept[:-1], kept[: len(kept) // 2], kept + b"more", kept[:8])
    yield kept[:3000] + bytes([kept[3000] ^ 1]) + kept[3001:]


def test_a_damaged_store_is_as_none(drawing: ShareImages, tmp_path: Path) -> None:
    good = picture(image("A"), drawing, tmp_path)
    key = drawing.key(image("A"))
    kept = (drawing.store.folder / key).read_bytes()
    for bad in damaged(kept):
        (drawing.store.folder / key).write_bytes(bad)
        assert drawing.store.get(key) is None
    (drawing.store.folder / f"{key}.99").write_bytes(b"half")
    assert picture(image("A"), drawing, tmp_path) == good
    assert [path.name for path in drawing.store.folder.iterdir()] == [key]
    assert drawing.drawn == 2


def test_a_store_that_cannot_be_written_does_no_harm(tmp_path: Path) -> None:
    """A file stands where its folder would be, a folder where a file would be."""
    (tmp_path / "file").write_text("", "utf-8")
    first = picture(image("A"), ShareImages(THEME, "A library", tmp_path / "file/store"), tmp_path)
    drawing = ShareImages(THEME, "A library", tmp_path / "store")
    (drawing.store.folder / drawing.key(image("A"))).mkdir(parents=True)
    assert picture(image("A"), drawing, tmp_path) == first


def test_all_that_do_not_fit_are_told_and_the_others_are_drawn(tmp_path: Path) -> None:
    fine = [image(f"Fine {at}", name=f"fine-{at}") for at in range(3)]
    bad = [image(long(6000), name="main"), image("A", name="foot", foot=(long(1000),)), image("A", name="kicker", kicker=long(900))]
    drawing = ShareImages(THEME, "A library", tmp_path / "store", 2)
    problems = drawing.write([*chain(*zip(fine, bad, strict=True))], tmp_path)
    assert {problem.rule.split()[4] for problem in problems} == {it.address for it in bad}
    assert {problem.place for problem in problems} == {PLACE}
    assert sorted(path.name for path in (tmp_path / "risks").iterdir()) == [f"fine-{at}.png" for at in range(3)]
    assert drawing.write(bad, tmp_path) == [problem for problem in problems if problem.rule]  # told again by the next build


def test_characters_are_found_that_no_font_has() -> None:
    fonts = [*map(glyphs.Font, glyphs.files(THEME))]
    assert glyphs.lacking("Naïve “façade” – ẞ ½ Ωμ жук ✓", fonts) == []
    assert glyphs.lacking("b王a😀b王", fonts) == ["王", "😀"]
    unseen = "a\u00ad\u200b\u200d\ufe0f\u2060\ufeff\u00a0\u2009\t\n\U000e0020"
    assert glyphs.lacking(unseen, fonts) == []
    assert glyphs.lacking("王", []) == ["王"]
    with TTFont(fonts[0].file) as font:
        assert fonts[0].characters == frozenset(map(chr, font.getBestCmap()))


def test_an_image_that_needs_another_font_is_told_until_it_has_it(drawing: ShareImages) -> None:
    """At the words, wherever in the image they stand, once for each place; also in the site's name."""
    faulty = [image("A 王"), image("A", body="王"), image("A", foot=("王",)), image("A", cells=(ImageCell("A", None, "王"),))]
    faulty += [image("A", cells=(ImageCell("A", Verdict("+", "王"), ""),)), image("A", kicker="王小")]
    place = replace(PLACE, text="Title: A 王")
    problems = [*drawing.undrawable([image("A"), *(replace(it, place=place) for it in faulty)])]
    assert [problem.rule.partition(" needs")[0] for problem in problems] == [
        f"the share image of risks/a.html{more}" for more in (" and 4 more", "")
    ]
    assert {(problem.place.column, problem.place.width) for problem in problems} == {(9, 1)}
    assert problems[-1].rule.endswith("what no font of the theme has: “王” (U+738B), “小” (U+5C0F).")
    assert len([*ShareImages(THEME, "王", drawing.store.folder).undrawable([image("A")])]) == 1


def test_a_person_sees_how_far_it_has_come_and_a_log_has_a_line(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(progress, "MOMENT", 1)

    def said(count: int, *, terminal: bool) -> str:
        words = io.StringIO()
        console = Console(file=words, force_terminal=terminal, width=80)
        told = Progress(console) if terminal else Progress(stream=words)
        assert list(told.of("Drawing", "share images", count, ((1, at) for at in range(count)))) == list(range(count))
        return words.getvalue()

    assert said(1, terminal=False) == said(1, terminal=True) == ""
    assert said(3, terminal=False) == "Drawing 3 share images …\n"
    assert "Drawing share images" in said(3, terminal=True)
    assert list(progress.NOBODY.of("Drawing", "share images", 3, [(3, "all")])) == ["all"]


def test_a_site_has_its_share_images_beside_its_pages(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    found = [folder / "output" / name for name in ("quotations/never-in-the-week.png", "risks/cost.png")]
    assert [pixels(path.read_bytes()).size for path in found] == [(1200, 630)] * 2
    kept = {path.read_bytes()[DIGEST:] for path in (folder / ".cache/share-images").iterdir()}
    assert kept == {path.read_bytes() for path in (folder / "output").rglob("*.png") if path.with_suffix(".html").exists()}


def test_a_store_that_nobody_has_written_to_is_empty(tmp_path: Path) -> None:
    store = Store(tmp_path / "store")
    assert store.get("a") is None
    store.sweep()  # without a folder
    assert not store.folder.exists()
