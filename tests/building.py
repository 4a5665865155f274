"""Real builds for the tests: a site in a folder of its own, built by Pelican in a process of its own."""

import contextlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

TESTS = Path(__file__).resolve().parent
ROOT = TESTS.parent
SMALL = TESTS / "site"
COMPONENTS = sorted(path.parent for path in TESTS.glob("components/*/source.md"))
FAULTS = sorted(path.parent for path in TESTS.glob("faults/*/expected.txt"))
IMPORTS = sorted(path.parent for path in TESTS.glob("imports/*/expected.txt"))
LANGUAGE = sorted(path.parent for path in TESTS.glob("language/*/expected.txt"))
# The words expected, what to add to the settings, what to take away.
NOT_LAID_OVER = shutil.ignore_patterns("expected.txt", "settings.py", "removed.txt")
NOT_COPIED = shutil.ignore_patterns("fonts")
STORES = ("share-images", "papers")
# Share images and papers that small sites made in this session (conftest.py empties it): most of them show the same.
MADE = ROOT / ".cache/tests"


def small_site(folder: Path, *overlays: Path) -> Path:
    """The small argument in `folder`, with the project's plugins and theme, and files laid over it."""
    shutil.copytree(SMALL, folder, dirs_exist_ok=True)
    for name in ("plugins", "theme"):
        shutil.copytree(ROOT / name, folder / name, ignore=NOT_COPIED)
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


def build(folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """Run `pelican` in a folder, as `python3 tasks.py build` does."""
    command = [sys.executable, "-m", "pelican", "content", "-s", "pelicanconf.py", "--fatal", "warnings", "--log-handler", "plain"]
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"}
    done = subprocess.run([*command, *options], cwd=folder, env=environment, capture_output=True, encoding="utf-8", check=False)
    if folder != ROOT and done.returncode == 0:
        for store in STORES:
            link_all(folder / ".cache" / store, MADE / store)
    return done
