"""The writer's guide says what is so, shows what comes of it, and is published only where that is asked for."""

import re
from pathlib import Path

import pytest

from argument.frontmatter import key_name
from argument.matter import MATTERS
from argument.preview import Preview, Session
from argument.scanner import BLOCKS
from argument.tables import VERDICTS
from argument.values import PictureKind
from building import GUIDE, ROOT, TESTS, build, guided_site
from guide_examples import EXAMPLE, EXAMPLES, WRITTEN
from writing_guide import generated

GENERATED = generated()
BY_HAND = "\n".join(text for name, text in WRITTEN.items() if name not in GENERATED)
# A whole file, shown to the letter.
FILE = re.compile(r"`(?P<name>[a-z-]+/[a-z0-9-]+\.md)`:\n\n```\n(?P<text>.*?\n)```$", re.M | re.S)
ASKED_FOR = "ARGUMENT_WRITERS_GUIDE=true"


def slug(title: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", title.lower()).strip("-")


@pytest.mark.parametrize("name", GENERATED)
def test_what_follows_from_the_code_is_up_to_date(name: str, request: pytest.FixtureRequest) -> None:
    """Keys, options, commands and problems. If this fails: python3 tasks.py test -k guide --update, and read what changed."""
    if request.config.getoption("--update"):
        (ROOT / name).write_text(GENERATED[name], "utf-8")
    assert (ROOT / name).read_text("utf-8") == GENERATED[name]


@pytest.mark.parametrize("title", EXAMPLES)
def test_an_example_becomes_what_it_says(title: str, guided: Path, request: pytest.FixtureRequest) -> None:
    """The HTML of each is written down, to the letter; its source stands beside it."""
    page, source = EXAMPLES[title]
    html = (guided / f"output/writers-guide/{page}.html").read_text("utf-8")
    drawn = re.search(
        rf'aria-label="{re.escape(title)}">.*?<p class="example__label">It becomes</p>\n(.*?)\n</div>\n</section>', html, re.S
    )
    expected = TESTS / f"examples/{slug(title)}.html"
    if request.config.getoption("--update"):
        expected.write_text(drawn[1] + "\n", "utf-8")
    assert drawn[1] + "\n" == expected.read_text("utf-8")
    shown = re.search(rf'aria-label="{re.escape(title)}">.*?<pre><code>(.*?)</code></pre>', html, re.S)[1]
    assert shown.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&") == source.strip("\n")


def test_nothing_is_expected_of_what_is_no_example() -> None:
    assert {path.stem for path in TESTS.glob("examples/*.html")} == {slug(title) for title in EXAMPLES}
    assert len({slug(title) for title in EXAMPLES}) == len(EXAMPLES) == len(EXAMPLE.findall(BY_HAND))


def test_a_file_that_is_shown_is_the_file_that_is_there() -> None:
    shown = {found["name"]: found["text"] for found in FILE.finditer(BY_HAND)}
    assert len(shown) >= 5
    assert {name: text for name, text in shown.items() if (GUIDE / name).read_text("utf-8") != text} == {}


@pytest.mark.parametrize("name", BLOCKS)
def test_every_block_has_an_example_and_every_option_is_shown(name: str) -> None:
    """An option in an example, or in what is shown as code."""
    nested = "" if name == "example" else "/// "
    assert name == "example" or any(f"{nested}{name} |" in source for _, source in EXAMPLES.values())
    blocks = re.findall(rf"^/+ {name} \|.*\n((?: {{4,}}.*\n)*)", BY_HAND, re.M)
    for option in BLOCKS[name].matter.model_fields:
        assert any(re.search(rf"^ {{4,}}{option}:", block, re.M) for block in blocks), option


def test_every_mark_and_kind_of_picture_has_an_example() -> None:
    sources = "\n".join(source for _, source in EXAMPLES.values())
    assert all(f"({sign}" in sources for sign in VERDICTS)
    assert all(f"kind: {kind}" in sources for kind in PictureKind)


@pytest.mark.parametrize("folder", MATTERS)
def test_every_key_of_the_front_matter_is_in_the_guide(folder: str) -> None:
    """By hand, in a file that is shown or in the text."""
    keys = [key_name(name) for name in MATTERS[folder].model_fields]
    assert [key for key in keys if not re.search(rf"^{key}: |`{key}[`:]", BY_HAND, re.M)] == []


def test_it_is_published_only_where_that_is_asked_for(guided: Path, tmp_path: Path) -> None:
    """Else no file of it, no link to it and no word of it."""
    output = guided / "output"
    assert (output / "writers-guide/index.html").exists()
    assert 'href="../writers-guide/index.html"' in (output / "risks/cost.html").read_text("utf-8")
    assert 'href="../index.html">Back to' in (output / "writers-guide/index.html").read_text("utf-8")
    done = build(guided, "-o", str(tmp_path / "plain"))
    assert (done.returncode, done.stderr) == (0, "")
    files = [path for path in (tmp_path / "plain").rglob("*") if path.is_file()]
    assert [path for path in files if b"writers-guide" in path.read_bytes() or "writers-guide" in path.as_posix()] == []


def test_the_preview_shows_it_as_a_build_writes_it(guided: Path) -> None:
    output, preview = guided / "output", Preview(str(guided / "pelicanconf.py"))
    assert preview.look() == []
    drawn = [path for path in (output / "writers-guide").rglob("*") if path.suffix in (".html", ".css", ".csv", ".js", ".svg")]
    names = sorted((path.relative_to(output).as_posix() for path in drawn), reverse=True)
    names.sort(key=lambda name: not name.endswith(".html"))
    assert [name for name in names if preview.file(name) != (output / name).read_bytes()] == []


def test_a_problem_in_it_is_told_where_it_is_read(tmp_path: Path) -> None:
    """To one who reads it in the preview, and by a build that would publish it."""
    folder = guided_site(tmp_path)
    page = folder / "content/writers-guide/pages/text.md"
    page.write_text(page.read_text("utf-8") + "\nIt rests on [@nobody].\n", "utf-8")
    session = Session(str(folder / "pelicanconf.py"))
    assert session.look() == ""
    status, words = session.file("writers-guide/text.html")
    assert status == 500
    assert words.startswith(b"content/writers-guide/pages/text.md:")
    assert b'citation "nobody" names no source.' in words
    assert 'citation "nobody" names no source.' in session.look()
    asked = build(folder, "-e", ASKED_FOR)
    assert asked.returncode == 1
    assert asked.stderr.startswith("content/writers-guide/pages/text.md:")
    page.write_text((GUIDE / "pages/text.md").read_text("utf-8"), "utf-8")
    assert session.look() == ""
    assert session.file("writers-guide/text.html")[0] == 200
