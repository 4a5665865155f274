"""What readers have is whole at every moment, whatever happens to a build."""

import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from argument.output import publish, staging
from building import build, small_site


def write(folder: Path, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(words, "utf-8")


def test_the_new_site_takes_the_place_of_the_old(tmp_path: Path) -> None:
    write(tmp_path / "output", "old")
    (tmp_path / "output/gone.html").write_text("old", "utf-8")
    new = staging(tmp_path / "output")
    write(new, "new")
    publish(new, tmp_path / "output")
    assert {path.name: path.read_text("utf-8") for path in (tmp_path / "output").iterdir()} == {"index.html": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    write(tmp_path / "output", "old")
    write(tmp_path / ".output.new", "half")
    assert list(staging(tmp_path / "output").iterdir()) == []
    assert (tmp_path / "output/index.html").read_text("utf-8") == "old"


def test_a_build_killed_while_swapping_loses_nothing(tmp_path: Path) -> None:
    """Between the two renames there is no output; the next build puts the old one back before it begins."""
    write(tmp_path / ".output.old", "old")
    staging(tmp_path / "output")
    assert (tmp_path / "output/index.html").read_text("utf-8") == "old"


@pytest.mark.skipif(not hasattr(signal, "SIGKILL"), reason="Windows has no SIGKILL")
def test_a_killed_build_leaves_the_last_good_site(tmp_path: Path) -> None:
    """Killed at different moments, the output is the old site or the new one, and the next build works."""
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    whole = sorted(path.name for path in (folder / "output").rglob("*"))
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--log-handler", "plain"]
    for tenths in range(2, 8):
        process = subprocess.Popen(command, cwd=folder, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(tenths / 10)
        process.kill()
        process.wait()
        left = folder / "output" if (folder / "output").exists() else folder / ".output.old"
        assert sorted(path.name for path in left.rglob("*")) == whole
    assert build(folder).returncode == 0
    assert sorted(path.name for path in (folder / "output").rglob("*")) == whole


def test_what_computers_leave_beside_files_is_no_content(tmp_path: Path) -> None:
    """Nobody is told to mend a file that they never wrote."""
    folder = small_site(tmp_path)
    for name in (".DS_Store", ".#cost.md", "cost.md~", "#cost.md#", "Thumbs.db", ".hidden.md"):
        (folder / "content/risks" / name).write_text("x\n", "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list((folder / "output").rglob("*hidden*"))


def test_a_fault_of_the_code_is_shown_with_its_traceback(tmp_path: Path) -> None:
    """Only mistakes in the content are told without one."""
    folder = small_site(tmp_path)
    settings = folder / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + 'MARKDOWN = {"extensions": ["no_such_extension"]}\n', "utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "no_such_extension" in done.stderr
    assert not (folder / "output").exists()


def test_a_template_that_names_nothing_fails_the_build(tmp_path: Path) -> None:
    """Undefined names are errors, and Pelican's last words are not swallowed."""
    folder = small_site(tmp_path)
    template = folder / "theme/templates/page.html"
    template.write_text(template.read_text("utf-8").replace("item.title", "item.titel"), "utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert "titel" in done.stderr
    assert not (folder / "output").exists()


def test_a_plugin_that_cannot_be_loaded_fails_the_build(tmp_path: Path) -> None:
    """Pelican alone would log it and go on without the plugin."""
    folder = small_site(tmp_path, own_code=True)
    (folder / "plugins/argument/plugin.py").write_text("import no_such_module\n", "utf-8")
    done = build(folder, fork=False)
    assert done.returncode != 0
    assert "no_such_module" in done.stderr
    assert not (folder / "output").exists()
