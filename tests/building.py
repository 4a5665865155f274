"""Real builds for the tests: a site in a folder of its own, built by Pelican in a process of its own."""

import contextlib
import functools
import multiprocessing
import multiprocessing.context
import os
import shutil
import subprocess
import sys
import tempfile
import threading
from multiprocessing import forkserver
from pathlib import Path

import pelican

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SMALL = TESTS / "site"
# The small argument is the one of the writer's guide; the tests have pages of their own for it.
GUIDE = ROOT / "content/writers-guide"
EXAMPLES = ("sources", "quotations", "guidance", "risks", "benefits", "images")
COMPONENTS = sorted(path.parent for path in TESTS.glob("components/*/source.md"))
FAULTS = sorted(path.parent for path in TESTS.glob("faults/*/expected.txt"))
IMPORTS = sorted(path.parent for path in TESTS.glob("imports/*/expected.txt"))
NEW = sorted(path.parent for path in TESTS.glob("new/*/expected.txt"))
LINKS = sorted(path.parent for path in TESTS.glob("links/*/expected.txt"))
LANGUAGE = sorted(path.parent for path in TESTS.glob("language/*/expected.txt"))
# The words expected, what to add to the settings, what to take away, what is to be a link and where to.
NOT_LAID_OVER = shutil.ignore_patterns("expected.txt", "settings.py", "removed.txt", "links.txt")
NOT_COPIED = shutil.ignore_patterns("fonts")
STORES = ("share-images", "papers", "search")
STORES += tuple(f"writers-guide/{name}" for name in STORES)
# Share images, papers and indexes that small sites made in this session (conftest.py empties it): most of them show the same.
MADE = ROOT / ".cache/tests"
CAN_FORK = sys.platform == "linux"
STARTING = threading.Lock()
LOADED = ("pelican", "argument.plugin", "building", "loading")


def small_site(folder: Path, *overlays: Path, own_code: bool = False) -> Path:
    """The small argument in `folder`, with the project's plugins and theme, and files laid over it.

    The plugins are the project's own, which no test may write to, but where it has `own_code`.
    """
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    for name in EXAMPLES:
        shutil.copytree(GUIDE / name, folder / "content" / name, dirs_exist_ok=True)
    shutil.copytree(ROOT / "theme", folder / "theme", ignore=NOT_COPIED)
    if own_code or os.name == "nt":  # which lets not everybody make a link
        shutil.copytree(ROOT / "plugins", folder / "plugins")
    else:
        (folder / "plugins").symlink_to(ROOT / "plugins", target_is_directory=True)
    link_all(ROOT / "theme/fonts", folder / "theme/fonts")
    for store in STORES:
        link_all(MADE / store, folder / ".cache" / store)
    for overlay in overlays:
        shutil.copytree(overlay, folder, dirs_exist_ok=True, ignore=NOT_LAID_OVER)
        settings = overlay / "settings.py"
        if settings.exists():
            with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
                conf.write(settings.read_text("utf-8"))
        removed = overlay / "removed.txt"
        for name in removed.read_text("utf-8").split() if removed.exists() else ():
            (folder / name).unlink()
        links = overlay / "links.txt"
        for line in links.read_text("utf-8").splitlines() if links.exists() else ():
            name, to = line.split(" ")
            (folder / name).symlink_to(to)
    return folder


def guided_site(folder: Path) -> Path:
    """The small site with the whole of the writer's guide."""
    small_site(folder)
    shutil.copytree(GUIDE, folder / "content" / GUIDE.name)
    return folder


def link_all(source: Path, target: Path) -> None:
    """Have the files of one folder in another as well, without copying what they hold where that can be."""
    for path in source.iterdir() if source.exists() else ():
        target.mkdir(parents=True, exist_ok=True)
        with contextlib.suppress(FileExistsError, FileNotFoundError):  # several builds run at once
            try:
                os.link(path, target / path.name)
            except OSError as error:
                if isinstance(error, FileExistsError | FileNotFoundError):
                    raise
                shutil.copy2(path, target / path.name)


def build(folder: Path, *options: str, fork: bool = CAN_FORK) -> subprocess.CompletedProcess[str]:
    """Run `pelican` in a folder, as `python3 tasks.py build` does; forked, with the project's plugin, not the folder's copy."""
    arguments = ["content", "-s", "pelicanconf.py", "--fatal", "warnings", "--log-handler", "plain", *options]
    done = forked(folder, arguments) if fork else started(folder, arguments)
    if folder != ROOT and done.returncode == 0:
        for store in STORES:
            link_all(folder / ".cache" / store, MADE / store)
    return done


def environment(**changes: str) -> dict[str, str]:
    return {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1", **changes}


def started(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run Pelican in a new Python."""
    command = [sys.executable, "-m", "pelican", *arguments]
    return subprocess.run(command, cwd=folder, env=environment(), capture_output=True, encoding="utf-8", check=False)


@functools.cache
def forks() -> multiprocessing.context.ForkServerContext:
    """A Python that has loaded Pelican and the plugin, which takes longer than most of these builds, to be forked."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([*LOADED])
    before = dict(os.environ)
    os.environ.update(environment(PYTHONPATH=os.pathsep.join(filter(None, sys.path))))
    try:
        forkserver.ensure_running()
    finally:
        os.environ.clear()
        os.environ.update(before)
    return context


def forked(folder: Path, arguments: list[str]) -> subprocess.CompletedProcess[str]:
    """Run Pelican in a fork."""
    with tempfile.TemporaryDirectory() as said:
        with STARTING:
            process = forks().Process(target=pelican_in, args=(folder, arguments, environment(), Path(said)))
            process.start()
        process.join()
        words = {path.name: path.read_text("utf-8") for path in Path(said).iterdir()}
    # The status is not asked of the process: one that ends while another is started in a second thread may lose it.
    return subprocess.CompletedProcess(["pelican", *arguments], int(words["status"]), words["stdout"], words["stderr"])


def pelican_in(folder: Path, arguments: list[str], variables: dict[str, str], said: Path) -> None:
    """Run Pelican in this process, with what it says and its status in three files."""
    for number, name in ((1, "stdout"), (2, "stderr")):
        os.dup2(os.open(said / name, os.O_WRONLY | os.O_CREAT), number)
    os.environ.clear()
    os.environ.update(variables)
    os.chdir(folder)
    sys.path.insert(0, str(folder))  # as `python -m pelican` has it
    try:
        pelican.main(arguments)
        status = 0
    except SystemExit as ended:
        status = ended.code
    (said / "status").write_text(str(status), "utf-8")
