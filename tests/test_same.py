"""A build that remembers writes what one from nothing writes, whatever happens in between; and it makes no more than it must."""

import multiprocessing
import os
import subprocess
import sys
import time
from pathlib import Path

import pytest

from argument.fingerprints import Fingerprints
from argument.folders import states
from argument.pickles import Pickle
from argument.reads import Node, Noted, NotedAnswers, noting
from argument.record import Record
from argument.workers import FEW, FORKS, spread
from building import ROOT, build, environment, small_site
from working import STEPS, Planted, Work, files, work

PLUGINS = ROOT / "plugins"
SAID = "Nothing has changed since the last build."


def test_after_each_of_some_random_steps_it_writes_the_same() -> None:
    """`python3 tasks.py same` takes as many as one likes."""
    Work.checked.clear()
    work(STEPS)
    assert sum(Work.checked.values()) >= STEPS


def test_a_planted_missing_dependency_is_found() -> None:
    """`python3 tasks.py same` finds it at random."""
    machine = Planted()
    try:
        machine.begin(images=False, papers=False, address=False)
        machine.change("content/risks/cost.md", lambda text: text.replace("Title: ", "Title: Now "))
        with pytest.raises(AssertionError, match=r"risks/noise\.html"):  # the next one along the argument
            machine.check()
    finally:
        machine.teardown()


def pickle_of(folder: Path) -> Pickle:
    """Where the record of a site is kept."""
    return Pickle(folder / ".cache/made.pickle", "argument.record", "argument.reads")


def kept(folder: Path) -> Record:
    record: Record = pickle_of(folder).value()
    return record


def touched(folder: Path) -> dict[str, int]:
    """Which file each page is: one that is taken over is the same as before."""
    return {path.relative_to(folder / "output").as_posix(): path.stat().st_ino for path in (folder / "output").rglob("*.html")}


def drawn_after(folder: Path, name: str, old: str, new: str) -> set[str]:
    """The pages that are drawn anew after a change."""
    before = touched(folder)
    path = folder / name
    path.write_text(path.read_text("utf-8").replace(old, new), "utf-8")
    assert build(folder).returncode == 0
    return {address for address, file in touched(folder).items() if before.get(address) != file}


@pytest.fixture
def built(tmp_path: Path) -> Path:
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    return folder


def test_a_page_whose_text_changes_is_drawn_alone(built: Path) -> None:
    said = (built / "content/pages/index.md").read_text("utf-8")
    assert drawn_after(built, "content/pages/index.md", said, f"{said}\nOne word more.\n") == {"index.html"}


def test_where_a_page_is_called_otherwise_all_that_name_it_are_drawn(built: Path) -> None:
    drawn = drawn_after(built, "content/risks/cost.md", "Title: ", "Title: Now ")
    assert {"risks/cost.html", "risks.html", "risks/noise.html"} <= drawn
    assert drawn.isdisjoint({"404.html", "quotations/never-in-the-week.html"})


def test_a_quotation_is_drawn_wherever_it_is_shown(built: Path) -> None:
    drawn = drawn_after(built, "content/quotations/never-in-the-week.md", "By: ", "By: Old ")
    said = kept(built)
    number = said.nodes.index(("argument", "quotations", "never-in-the-week"))
    assert {name for name, made in said.files.items() if number in made.reads and name.endswith(".html")} <= drawn
    assert "risks/noise.html" not in drawn


def test_what_has_not_changed_is_not_built_again(built: Path) -> None:
    before = files(built)
    done = build(built)
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, SAID)
    assert files(built) == before
    assert build(built, "-e", 'SITEURL="https://example.org"').stdout.count(SAID) == 0


@pytest.mark.parametrize(
    ("name", "old", "new"),
    [
        ("content/pages/index.md", b"Title: ", b"Title:\t"),
        ("theme/styles/base.css", b"/* ", b"/*\t"),
        ("content/images/door.svg", b"<svg ", b"<svg\t"),
    ],
)
def test_a_change_within_one_tick_of_the_clock_is_seen(name: str, old: bytes, new: bytes, built: Path) -> None:
    """The file is as long as before, and has the date that it had when the last build looked."""
    path = built / name
    content = path.read_bytes()
    assert old in content
    path.unlink()
    path.write_bytes(content)
    state = path.stat()
    assert [SAID in build(built).stdout for _ in range(2)] == [False, True]
    path.write_bytes(content.replace(old, new, 1))
    os.utime(path, ns=(state.st_atime_ns, state.st_mtime_ns))
    assert SAID not in build(built).stdout


def test_what_was_done_to_the_output_is_undone(built: Path) -> None:
    output = files(built / "output")
    (built / "output/index.html").write_text("Another.", "utf-8")
    (built / "output/risks.html").unlink()
    (built / "output/more.html").write_text("More.", "utf-8")
    assert SAID not in build(built).stdout
    assert files(built / "output") == output


def test_another_plugin_may_look_at_anything(built: Path) -> None:
    (built / "other.py").write_text("def register():\n    pass\n", "utf-8")
    with (built / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write('PLUGIN_PATHS = ["plugins", "."]\nPLUGINS = ["argument", "other"]\n')
    assert SAID not in build(built).stdout
    before = touched(built)
    assert SAID not in build(built).stdout
    assert touched(built).items().isdisjoint(before.items())


def test_an_extension_of_markdown_may_do_something_else_each_time(built: Path) -> None:
    """Its file is none of those that a build is known to read."""
    code = """
from markdown import Extension
from markdown.postprocessors import Postprocessor

class Loud(Extension):
    def extendMarkdown(self, md):
        md.postprocessors.register(Said(md), "said", 0)

class Said(Postprocessor):
    def run(self, text):
        return text.replace("open", "WORD")

def makeExtension(**_):
    return Loud()
"""
    with (built / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write('MARKDOWN = {"extensions": ["loud_words"]}\n')
    for word in ("OPEN", "Open"):
        (built / "loud_words.py").write_text(code.replace("WORD", word), "utf-8")
        done = build(built)
        assert (done.returncode, SAID in done.stdout) == (0, False), done.stderr
        assert word in (built / "output/risks/cost.html").read_text("utf-8")


def test_a_qr_code_outlives_a_change_of_all_pages(tmp_path: Path) -> None:
    """It follows from its address alone, and takes long; what pages were made from then may be something that this code has not."""
    folder = small_site(tmp_path)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write('SITEURL = "https://example.org"\n')
    files_of = ("output/risks/cost.svg", "output/risks/cost.html")
    assert build(folder).returncode == 0
    before = [(folder / name).stat().st_ino for name in files_of]
    of_other_code = kept(folder)
    of_other_code.nodes = [*of_other_code.nodes, ("facts", "what_there_is_no_more", None)]
    of_other_code.answers = [*of_other_code.answers, "1"]
    pickle_of(folder).keep(of_other_code)
    template = folder / "theme/templates/base.html"
    template.write_text(template.read_text("utf-8").replace("Skip to the text", "Skip to the words"), "utf-8")
    assert build(folder).returncode == 0
    assert [(folder / name).stat().st_ino == file for name, file in zip(files_of, before, strict=True)] == [True, False]


def test_a_folder_that_a_link_leads_to_is_looked_into_and_one_above_is_not(tmp_path: Path) -> None:
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "elsewhere/a.txt").write_text("a", "utf-8")
    (tmp_path / "content/images").mkdir(parents=True)
    for link, to in (("elsewhere", "elsewhere"), ("images/up", "content"), ("itself", "content")):
        (tmp_path / "content" / link).symlink_to(tmp_path / to, target_is_directory=True)
    (tmp_path / "content/nowhere").symlink_to(tmp_path / "nothing")
    assert states(str(tmp_path / "content")).keys() == {"elsewhere/a.txt"}


def test_what_cannot_be_used_is_told_and_made_anew(built: Path) -> None:
    output = files(built / "output")
    for name in ("argument.pickle", "made.pickle", "templates.pickle", "last-build.pickle"):
        path = built / ".cache" / name
        path.write_bytes(path.read_bytes()[:-1])
    done = build(built)
    assert done.returncode == 0
    said = [line for line in done.stdout.splitlines() if "made anew" in line]
    assert said == [f".cache/{name}.pickle is damaged: what it kept is made anew." for name in ("argument", "made", "templates")]
    assert files(built / "output") == output


@pytest.mark.skipif(not FORKS, reason="one process does it all")
def test_one_core_writes_what_several_write(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    found = files(folder / "output")
    alone = "import os, pelican, sys; os.sched_setaffinity(0, {min(os.sched_getaffinity(0))}); pelican.main(sys.argv[1:])"
    (folder / ".cache/made.pickle").unlink()
    (folder / ".cache/argument.pickle").unlink()
    arguments = ["content", "-s", "pelicanconf.py", "-o", "alone", "--log-handler", "plain"]
    command = [sys.executable, "-c", alone, *arguments]
    done = subprocess.run(command, cwd=folder, env=environment(), capture_output=True, check=False)
    assert done.returncode == 0, done.stderr
    assert files(folder / "alone") == found


# As where processes cannot be copied: they begin anew, and tell here what for.
ANEW = """
import sys
from argument import workers
workers.FORKS, workers.FEW, begun = False, 4, workers.begun
def told(work, count):
    pool = begun(work, 2)
    print(work.__qualname__, "by others" if pool else "alone")
    return pool
workers.begun = told
import pelican
pelican.main(sys.argv[1:])
"""


def built_anew(folder: Path, output: str) -> set[str]:
    """Build in a folder by processes that begin anew; what was done by whom."""
    for name in ("made", "argument"):
        (folder / f".cache/{name}.pickle").unlink(missing_ok=True)
    command = [sys.executable, "-c", ANEW, "content", "-s", "pelicanconf.py", "-o", output, "--log-handler", "plain", "-q"]
    done = subprocess.run(command, cwd=folder, env=environment(PYTHONPATH="plugins"), capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    return {line for line in done.stdout.splitlines() if line.endswith(("by others", "alone"))}


def test_processes_that_begin_anew_write_what_copies_write(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    assert built_anew(folder, "anew") == {f"{work} by others" for work in ("Reader.part", "Drawer.draw", "Printer.composed")}
    assert files(folder / "anew") == files(folder / "output")


def test_what_cannot_be_sent_to_another_process_is_done_by_this_one(tmp_path: Path) -> None:
    """Code of somebody's own may have changed what pages are made with."""
    folder = small_site(tmp_path)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write('JINJA_FILTERS = {"louder": lambda text: text.upper()}\n')
    assert built_anew(folder, "anew") >= {"Reader.part by others", "Drawer.draw alone"}


def test_work_is_spread_in_order_and_what_goes_wrong_is_raised() -> None:
    many = list(range(10 * FEW))
    parts = list(spread(lambda part: (os.getpid(), list(part)), many, 2))
    assert [one for _, (_, part) in parts for one in part] == many
    assert sum(count for count, _ in parts) == len(many)
    assert (os.getpid() in {process for _, (process, _) in parts}) is not FORKS
    with pytest.raises(ZeroDivisionError):
        list(spread(lambda part: [1 // one for one in part], many, 2))


@pytest.mark.skipif(not FORKS, reason="there is only one process")
def test_no_process_outlives_one_that_is_killed() -> None:
    code = "import os, time\nfrom argument.workers import spread\n"
    code += "def work(part):\n    os.write(1, b'%d\\n' % os.getpid())\n    time.sleep(60)\nlist(spread(work, range(100), 2))\n"
    process = subprocess.Popen([sys.executable, "-c", code], env=environment(PYTHONPATH=str(PLUGINS)), stdout=subprocess.PIPE)
    assert process.stdout
    copies = [int(process.stdout.readline()) for _ in range(2)]
    process.kill()
    process.wait()
    process.stdout.close()
    end = time.monotonic() + 30
    while any(Path(f"/proc/{copy}").exists() for copy in copies) and time.monotonic() < end:
        time.sleep(0.1)
    assert [copy for copy in copies if Path(f"/proc/{copy}").exists()] == []


def test_a_process_that_may_have_no_children_works_alone() -> None:
    """As the one that holds the site for the preview."""
    context = multiprocessing.get_context("fork" if FORKS else "spawn")
    found = context.Queue()
    process = context.Process(target=spread_into, args=(found,), daemon=True)
    process.start()
    assert found.get(timeout=60) == [10 * FEW]
    process.join()


def spread_into(found: "multiprocessing.Queue[list[int]]") -> None:
    found.put([count for count, _ in spread(list, range(10 * FEW), 2)])


class Thing:
    """Something that is read."""

    title = "A title"
    empty: dict[str, int] = {}  # noqa: RUF012 - nothing writes to it

    def __init__(self) -> None:
        self.names = {"a": 1}

    @property
    def first(self) -> int:
        return self.names["a"]

    def named(self, name: str) -> int:
        return self.names.get(name, 0)


def test_each_answer_is_noted_and_what_is_below_it() -> None:
    thing = Noted(Thing(), "thing")
    with noting() as notes:
        found = (thing.title, thing.first, thing.named("b"), "c" in thing.names, "d" in thing.empty)
    assert found == ("A title", 1, 0, False, False)
    keys = [("title", None), ("names", "a"), ("names", "b"), ("names", "c"), ("empty", None)]
    assert list(notes) == [Node("thing", name, key) for name, key in keys]
    with noting() as notes:
        assert list(thing.names.items()) == [("a", 1)]
    assert Node("thing", "names") in notes
    with noting() as notes:
        assert NotedAnswers(Thing(), "thing").named("a") == 1
    assert list(notes) == [Node("thing", "named", ("a",))]


def test_nothing_is_read_where_nobody_takes_notes() -> None:
    thing = Noted(Thing(), "thing")
    with pytest.raises(LookupError, match="was read where nobody takes notes"):
        _ = thing.title
    with noting():
        names = thing.names
    with pytest.raises(LookupError):
        names.get("a")


def test_what_nobody_can_tell_apart_has_no_fingerprint() -> None:
    prints = Fingerprints([])
    assert prints.of(["a", {"b": 1}, {3, 2}, None]) == prints.of(["a", {"b": 1}, {2, 3}, None])
    assert len({prints.of(value) for value in ("1", 1, (1,), [1], {1}, {1: None}, b"1", None)}) == 8
    with pytest.raises(TypeError, match="Nobody can tell"):
        prints.of(object())


def test_an_unchanged_site_is_done_before_anything_is_loaded(built: Path) -> None:
    """What takes time in a build is not even imported."""
    code = "import sys, pelican; end = 0\ntry: pelican.main(sys.argv[1:])\nexcept SystemExit as error: end = error.code\n"
    code += "print(end, sorted({'pydantic', 'citeproc', 'typst', 'markdown.core', 'argument.plugin'} & sys.modules.keys()))"
    arguments = ["content", "-s", "pelicanconf.py", "--fatal", "warnings", "--log-handler", "plain"]
    command = [sys.executable, "-c", code, *arguments]
    said = [subprocess.run(command, cwd=built, env=environment(), capture_output=True, text=True, check=False) for _ in range(2)]
    assert said[1].stdout.splitlines()[-2:] == [SAID, "0 ['markdown.core']"]  # which Pelican loads itself
