"""What earlier builds found out may save work, and nothing else."""

import shutil
from pathlib import Path

import pytest

from argument.cache import Cache
from building import build, small_site


def published(folder: Path) -> dict[str, bytes]:
    """Every file of the built site."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_a_build_that_remembers_publishes_the_same_as_one_that_does_not(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    first = published(folder / "output")
    assert (folder / ".cache/argument.pickle").exists()
    assert build(folder).returncode == 0
    assert published(folder / "output") == first


def test_a_source_that_changes_under_a_quotation_is_seen(tmp_path: Path) -> None:
    """The quotation's own file is as it was, and was found to hold."""
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    source = folder / "content/sources/survey-2024.md"
    source.write_text(source.read_text("utf-8").replace("never manage", "seldom manage"), "utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert 'these words do not stand in "survey-2024"' in done.stderr
    source.write_text(source.read_text("utf-8").replace("seldom manage", "never manage"), "utf-8")
    assert build(folder).returncode == 0


def test_a_problem_is_told_again_and_in_its_new_line(tmp_path: Path) -> None:
    """What is remembered of a file is of its present content only."""
    folder = small_site(tmp_path)
    page = folder / "content/pages/faulty.md"
    page.write_text("Title: T\nDescription: D\n\nWords [@nobody-1999].\n", "utf-8")
    assert [build(folder).stderr.splitlines()[0].split(" ")[0] for _ in range(2)] == ["content/pages/faulty.md:4:"] * 2
    page.write_text("Title: T\nDescription: D\n\nMore.\n\nWords [@nobody-1999].\n", "utf-8")
    assert build(folder).stderr.startswith("content/pages/faulty.md:6:")


@pytest.mark.parametrize("content", [b"", b"no pickle", b"\x80\x04N.", b"cnowhere\nnothing\n."])
def test_a_damaged_cache_is_as_none(content: bytes, tmp_path: Path) -> None:
    file = tmp_path / "argument.pickle"
    file.write_bytes(content)
    cache = Cache(file)
    assert cache.get(cache.key("read", "a")) is None
    cache.put(cache.key("read", "a"), "found")
    cache.save()
    assert Cache(file).get(cache.key("read", "a")) == "found"


def test_what_no_build_asks_for_is_dropped(tmp_path: Path) -> None:
    """Otherwise it would grow for ever."""
    file = tmp_path / "argument.pickle"
    first = Cache(file)
    for name in ("kept", "dropped"):
        first.put(first.key(name), name)
    first.save()
    second = Cache(file)
    second.get(second.key("kept"))
    second.save()
    third = Cache(file)
    assert (third.get(third.key("kept")), third.get(third.key("dropped"))) == ("kept", None)


def test_where_one_part_of_a_key_ends_matters(tmp_path: Path) -> None:
    cache = Cache(tmp_path / "argument.pickle")
    assert cache.key("ab", "c") != cache.key("a", "bc")


def test_a_cache_that_cannot_be_written_fails_no_build(tmp_path: Path) -> None:
    """A file stands where its folder would be."""
    folder = small_site(tmp_path)
    shutil.rmtree(folder / ".cache", ignore_errors=True)
    (folder / ".cache").write_text("", "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
