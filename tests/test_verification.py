"""Whoever builds the same content gets the same bytes, and can say where a published site has others."""

import os
import shutil
import stat
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from argument import packs
from argument.plans import MARK, Mark
from argument.theme_files import named
from argument.verification import address, differences, digest, main
from building import TESTS, environment, small_site
from working import files

ADDRESS = "https://example.org/case"
SETTINGS = f"""
SITEURL = "{ADDRESS}"
ARGUMENT_OFFLINE = True
"""
ALONE = "import os; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); " if sys.platform == "linux" else ""
PELICAN = "import pelican, sys; pelican.main(sys.argv[1:])"
BOMB = 100_000_000  # bytes


@pytest.fixture
def made(tmp_path: Path) -> Path:
    folder = tmp_path / "made"
    for name, text in {"index.html": "<p>One\n<p>Two\n", "a/b.png": "picture", "c.txt": "words"}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, "utf-8", newline="\n")
    return folder


def built(folder: Path, code: str = PELICAN, **variables: str) -> dict[str, bytes]:
    """What a build writes in other circumstances."""
    small_site(folder, TESTS / "papers")
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(SETTINGS)
    command = [sys.executable, "-c", code, "content", "-s", "pelicanconf.py", "--log-handler", "plain"]
    done = subprocess.run(command, cwd=folder, env=environment(**variables), capture_output=True, encoding="utf-8", check=False)
    assert (done.returncode, done.stderr) == (0, ""), done.stderr
    return files(folder / "output")


def test_the_same_content_makes_the_same_bytes_anywhere(tmp_path: Path) -> None:
    """On another path, in another time zone and locale, by one process, with other seeds; share images, PDFs and all."""
    here = built(tmp_path / "one", TZ="Pacific/Kiritimati", LC_ALL="C", PYTHONHASHSEED="1")
    there = tmp_path / "a folder/of ünother name"
    there.mkdir(parents=True)
    elsewhere = built(there / "two", ALONE + PELICAN, TZ="America/Los_Angeles", LC_ALL="C.UTF-8", PYTHONHASHSEED="2")
    assert here.keys() == elsewhere.keys()
    assert [name for name in here if here[name] != elsewhere[name]] == []
    assert {Path(name).suffix for name in here} >= {".html", ".png", ".pdf", ".svg", ".csv", ".xml", ".css", ".js", ".json"}


def test_a_site_that_is_what_it_should_be_is_nowhere_different(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "published")
    (tmp_path / "published/.git").mkdir()
    (tmp_path / "published/.git/config").write_text("of the repository that it is published from", "utf-8")
    packs.write(packs.bundled(made), tmp_path / "site.zip", packs.BUNDLE)
    assert not differences(made, tmp_path / "published")
    assert not differences(made, tmp_path / "site.zip")
    assert digest(made) == digest(tmp_path / "published")


def test_every_kind_of_difference_is_told(made: Path, tmp_path: Path) -> None:
    published = tmp_path / "published"
    shutil.copytree(made, published)
    (published / "c.txt").unlink()
    (published / "more.html").touch()
    (published / "index.html").write_text("<p>One\n<p>Three\n", "utf-8", newline="\n")
    (published / "a/b.png").write_text("pictura", "utf-8")
    assert str(differences(made, published)).split("\n") == [
        "Not there (1):",
        "    c.txt",
        "There, and not made from this content (1):",
        "    more.html",
        "Other than what this content makes (2):",
        "    a/b.png: from byte 6 on",
        "    index.html: line 2 is “<p>Three” and should be “<p>Two”",
    ]


def test_where_there_are_many_differences_some_are_named(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "published")
    for number in range(30):
        (tmp_path / f"published/{number:02}.html").touch()
    told = str(differences(made, tmp_path / "published")).split("\n")
    assert (told[0], told[1], told[-1]) == ("There, and not made from this content (30):", "    00.html", "    and 10 more")


def test_an_archive_is_not_trusted(made: Path, tmp_path: Path) -> None:
    """A file that unpacks to more than can be held, one that is there twice, one that would lie elsewhere."""
    with zipfile.ZipFile(tmp_path / "site.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for name in ("index.html", "a/b.png"):
            archive.write(made / name, f"site/{name}")
        archive.writestr("site/c.txt", b"w" * BOMB)
        archive.writestr("site/../../outside.txt", b"x")
        with pytest.warns(UserWarning, match="Duplicate"):
            archive.writestr("site/index.html", b"<script>other</script>")
    found = differences(made, tmp_path / "site.zip")
    assert found.more == ("../../outside.txt", "index.html (once more)")
    assert list(found.other) == ["c.txt"]
    assert len(found.other["c.txt"]) < 200
    assert not (tmp_path.parent / "outside.txt").exists()


def test_what_publishing_leaves_for_the_readers_of_the_last_edition_is_no_difference(made: Path, tmp_path: Path) -> None:
    """But what only says that it is that."""
    published = tmp_path / "published"
    shutil.copytree(made, published)
    (published / "theme").mkdir()
    style = named("site.css", b"p {}")
    for name, content in {style: b"p {}", "site.00000000.css": b"p {}", "other.html": b"x"}.items():
        (published / "theme" / name).write_bytes(content)
    kept = frozenset([f"theme/{style}", "theme/site.00000000.css", "theme/other.html"])
    (published / MARK).write_bytes(Mark(kept=kept).content)
    assert differences(made, published).more == ("theme/other.html", "theme/site.00000000.css")
    (published / MARK).write_bytes(b"{}")
    assert MARK in differences(made, published).more


def test_a_site_says_where_it_stands(made: Path) -> None:
    assert address(made) == ""
    (made / "index.html").write_text(f'<link rel="canonical" href="{ADDRESS}/">', "utf-8")
    assert address(made) == ADDRESS


def test_what_has_no_first_page_is_no_site(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="is no site"):
        address(tmp_path)


def test_only_the_repository_that_it_is_published_from_is_left_out(made: Path, tmp_path: Path) -> None:
    """A host shows what lies in any other folder of that name."""
    shutil.copytree(made, tmp_path / "published")
    (tmp_path / "published/.git/refs").mkdir(parents=True)
    (tmp_path / "published/.git/HEAD").touch()
    assert not differences(made, tmp_path / "published")
    (tmp_path / "published/a/.git").mkdir()
    (tmp_path / "published/a/.git/more.html").touch()
    assert "a/.git/more.html" in str(differences(made, tmp_path / "published"))


def test_what_is_no_file_of_its_own_is_told(made: Path, tmp_path: Path) -> None:
    """A host may show what a link leads to; in a folder that is empty nobody has put anything yet."""
    published = tmp_path / "published"
    shutil.copytree(made, published)
    (tmp_path / "evil").mkdir()
    (tmp_path / "evil/index.html").touch()
    (published / "secret").symlink_to("../evil")
    (published / "broken").symlink_to("nowhere")
    (published / "empty").mkdir()
    (published / "c.txt").unlink()
    (published / "c.txt").symlink_to(made / "c.txt")
    found = differences(made, published)
    assert found.more == ("broken (a link)", "c.txt (a link)", "empty/ (with nothing in it)", "secret (a link)")
    assert found.missing == ("c.txt",)


def test_lines_that_end_otherwise_are_told(made: Path, tmp_path: Path) -> None:
    shutil.copytree(made, tmp_path / "published")
    page = tmp_path / "published/index.html"
    page.write_bytes(page.read_bytes().replace(b"\n", b"\r\n"))
    assert "line 1 is “<p>One␍” and should be “<p>One”" in str(differences(made, tmp_path / "published"))


@pytest.mark.parametrize("name", ["nothing", "damaged.zip"])
def test_what_cannot_be_read_is_told(name: str, made: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "damaged.zip").write_bytes(os.urandom(1000))
    monkeypatch.setattr("sys.argv", ["verify", str(made), str(tmp_path / name)])
    with pytest.raises(SystemExit, match="cannot be read"):
        main()


def test_what_is_no_file_in_an_archive_is_told(made: Path, tmp_path: Path) -> None:
    """Folders that hold something are no more than a part of names."""
    with zipfile.ZipFile(tmp_path / "site.zip", "w") as archive:
        archive.mkdir("site")
        archive.mkdir("site/empty")
        for name in ("index.html", "a/b.png"):
            archive.write(made / name, f"site/{name}")
        link = zipfile.ZipInfo("site/c.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        archive.writestr(link, "words")
    found = differences(made, tmp_path / "site.zip")
    assert (found.missing, found.more) == (("c.txt",), ("c.txt (a link)", "empty/ (with nothing in it)"))
