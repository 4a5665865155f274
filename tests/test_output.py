"""What readers have is whole at every moment, whatever happens to a build."""

import os
import random
import shutil
import signal
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from argument import output
from argument.locks import Lock, locked
from argument.output import Staging
from building import ROOT, build, environment, small_site
from killing import LIMITED, NO_ROOM, SEED, Site, ended, fill, kill

BEGINS = """
import sys
from pathlib import Path
from argument.output import Staging
Staging(Path(sys.argv[1]), lambda: print("waits", flush=True))
print("has it", flush=True)
sys.stdin.read()
"""


def write(folder: Path, words: str) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "index.html").write_text(words, "utf-8")


def read(folder: Path) -> dict[str, str]:
    return {path.name: path.read_text("utf-8") for path in folder.iterdir()}


def staged(folder: Path) -> Staging:
    return Staging(folder, lambda: pytest.fail("Nobody else builds."))


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Site:
    return Site(tmp_path_factory.mktemp("killed") / "site")


@pytest.mark.parametrize("exchanges", [True, False])
def test_the_new_site_takes_the_place_of_the_old(exchanges: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Also where two folders cannot be exchanged in one step."""
    if not exchanges:
        monkeypatch.setattr(output, "exchange", lambda _one, _other: False)
    write(tmp_path / "output", "old")
    (tmp_path / "output/gone.html").write_text("old", "utf-8")
    staging = staged(tmp_path / "output")
    write(staging.folder, "new")
    staging.publish()
    staging.leave()
    assert read(tmp_path / "output") == {"index.html": "new"}
    assert [path.name for path in tmp_path.iterdir()] == ["output"]


@pytest.mark.skipif(sys.platform not in {"linux", "darwin"}, reason="this system cannot exchange folders")
def test_there_is_an_output_at_every_moment(tmp_path: Path) -> None:
    """Somebody who looks all the time finds one of the two sites in its place."""
    write(tmp_path / "output", "old")
    missing, over = [], threading.Event()

    def look() -> None:
        while not over.is_set():
            try:
                (tmp_path / "output/index.html").read_text("utf-8")
            except OSError as error:
                missing.append(error)

    reader = threading.Thread(target=look)
    reader.start()
    for number in range(200):
        staging = staged(tmp_path / "output")
        write(staging.folder, str(number))
        staging.publish()
        staging.leave()
    over.set()
    reader.join()
    assert (missing, read(tmp_path / "output")) == ([], {"index.html": "199"})


@pytest.mark.skipif(os.name == "nt", reason="not everybody may make a link there")
def test_where_a_link_stands_for_the_output_what_it_leads_to_is_replaced(tmp_path: Path) -> None:
    write(tmp_path / "elsewhere/site", "old")
    (tmp_path / "output").symlink_to(tmp_path / "elsewhere/site", target_is_directory=True)
    staging = staged(tmp_path / "output")
    write(staging.folder, "new")
    staging.publish()
    staging.leave()
    assert (tmp_path / "output").is_symlink()
    assert read(tmp_path / "elsewhere/site") == {"index.html": "new"}


def test_what_a_killed_build_left_is_cleared(tmp_path: Path) -> None:
    write(tmp_path / "output", "old")
    write(tmp_path / ".output.new", "half")
    (tmp_path / ".output.lock").touch()
    staging = staged(tmp_path / "output")
    assert list(staging.folder.iterdir()) == []
    assert read(tmp_path / "output") == {"index.html": "old"}


def test_where_folders_are_not_exchanged_a_killed_build_loses_nothing(tmp_path: Path) -> None:
    """Between the two renames there is no output; the next build puts the old one back before it begins."""
    write(tmp_path / ".output.old", "old")
    staged(tmp_path / "output")
    assert read(tmp_path / "output") == {"index.html": "old"}


def test_a_second_build_waits_for_the_first_also_when_that_is_killed(tmp_path: Path) -> None:
    command = [sys.executable, "-c", BEGINS, str(tmp_path / "output")]
    variables = environment(PYTHONPATH=os.pathsep.join(sys.path))
    first, second = (
        subprocess.Popen(command, env=variables, stdin=subprocess.PIPE, stdout=subprocess.PIPE, encoding="utf-8") for _ in range(2)
    )
    assert first.stdout
    assert second.stdout
    said = {process: process.stdout.readline() for process in (first, second) if process.stdout}
    holder, other = sorted((first, second), key=lambda process: said[process] != "has it\n")
    assert (said[holder], said[other]) == ("has it\n", "waits\n")
    holder.kill()
    assert other.stdout
    assert other.stdout.readline() == "has it\n"
    for process in (first, second):
        process.kill()
        process.communicate()


@pytest.mark.skipif(os.name == "nt", reason="Ctrl-C is told otherwise there")
def test_a_build_that_is_stopped_by_ctrl_c_says_so(tmp_path: Path) -> None:
    """In one line, and nothing is left that still builds."""
    folder = small_site(tmp_path / "site")
    shutil.copy(ROOT / "tasks.py", folder)
    script = "import sys, tasks; tasks.Program(namespace=tasks.namespace).run(sys.argv)"
    lock = Lock(folder / ".output.lock", lambda: pytest.fail("Nobody else builds."))
    task = subprocess.Popen(
        [sys.executable, "-u", "-c", script, "build"],
        cwd=folder,
        env=environment(PYTHONUNBUFFERED="1"),
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        encoding="utf-8",
        start_new_session=True,
    )
    with task:
        assert task.stdout
        assert "waits" in task.stdout.readline()
        os.killpg(task.pid, signal.SIGINT)
        assert task.stdout.read() == "Stopped. The last good site is as it was, or the new one had its place already.\n"
    assert task.returncode == 128 + signal.SIGINT
    lock.release()
    assert not (folder / "output").exists()


def test_a_lock_whose_file_was_deleted_is_not_taken(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Whoever held it may have deleted it just before: the next one would lock a file that nobody else finds."""
    file, times = tmp_path / "lock", []

    def deleted_first(handle: int) -> bool:
        times.append(handle)
        if len(times) == 1:
            file.unlink()
        return locked(handle)

    monkeypatch.setattr("argument.locks.locked", deleted_first)
    lock = Lock(file, lambda: None)
    assert (len(times), os.path.samestat(os.fstat(lock.handle), file.stat())) == (2, True)
    lock.release()
    assert not file.exists()


def test_two_builds_at_once_do_not_mix(site: Site) -> None:
    edition = 1 - site.whole()
    site.edit(edition)
    processes = [site.begin("-m", "pelican") for _ in range(2)]
    errors = [process.communicate()[1] for process in processes]
    assert [process.returncode for process in processes] == [0, 0], errors
    assert sorted("this waits" in words for words in errors) == [False, True]
    assert site.whole() == edition


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGKILL")
def test_a_killed_build_leaves_a_whole_site(site: Site) -> None:
    seen = kill(site, 8, random.Random(SEED))
    assert sum(number for what, number in seen.items() if what.startswith("killed")) >= 4


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such limit")
def test_where_nothing_more_can_be_written_that_is_said(site: Site) -> None:
    edition = 1 - site.whole()
    site.edit(edition)
    process = site.begin("-c", LIMITED, "20000")
    assert ended(site, edition, 1, process.communicate()[1]) == "told that there is no room"
    site.build()
    assert site.whole() == edition


def test_a_full_disk_is_told_and_harms_nothing(tmp_path: Path) -> None:
    try:
        fill(tmp_path / "disk", 2, random.Random(SEED))
    except (OSError, subprocess.CalledProcessError):
        pytest.skip("whoever runs this may not mount a disk")


def test_where_no_folder_can_be_made_that_is_said(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    done = build(folder, "-o", "pelicanconf.py/output")
    assert done.returncode == 1
    assert NO_ROOM in done.stderr
    assert "Traceback" not in done.stderr


def test_what_computers_leave_beside_files_is_no_content(tmp_path: Path) -> None:
    """Nobody is told to mend a file that they never wrote."""
    folder = small_site(tmp_path)
    for name in (".DS_Store", ".#cost.md", "cost.md~", "#cost.md#", "Thumbs.db", ".hidden.md"):
        (folder / "content/risks" / name).write_text("x\n", "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert not list((folder / "output").rglob("*hidden*"))


# An extension of Markdown that fails once there is something to read.
FAULTY = """
from markdown.extensions import Extension
from markdown.preprocessors import Preprocessor
class Fails(Preprocessor):
    def run(self, lines):
        raise ZeroDivisionError("This is not for authors.")
class Faulty(Extension):
    def extendMarkdown(self, md):
        md.preprocessors.register(Fails(md), "fails", 1)
def makeExtension(**configs):
    return Faulty(**configs)
"""


def test_a_fault_of_the_code_is_shown_with_its_traceback(tmp_path: Path) -> None:
    """Only mistakes in the content are told without one."""
    folder = small_site(tmp_path)
    (folder / "faulty.py").write_text(FAULTY, "utf-8")
    settings = folder / "pelicanconf.py"
    settings.write_text(settings.read_text("utf-8") + 'MARKDOWN = {"extensions": ["faulty"]}\n', "utf-8")
    done = build(folder)
    assert done.returncode == 1
    assert "Traceback" in done.stderr
    assert "This is not for authors." in done.stderr
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


def test_a_working_copy_is_not_replaced(tmp_path: Path) -> None:
    """Such as the one of a branch that is published from."""
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    (folder / "output/.git").write_text("gitdir: elsewhere\n", "utf-8")
    done = build(folder, "-e", 'SITENAME="Another"')
    assert done.returncode == 1
    assert "there is something else here than a site, such as .git." in done.stderr
    assert (folder / "output/.git").exists()


def test_a_folder_without_anything_is_built_into(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    (folder / "output").mkdir()
    assert build(folder).returncode == 0
