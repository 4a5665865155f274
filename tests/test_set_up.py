"""`tasks.py` on a fresh machine: it says why it failed, and tries again the next time."""

import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

import pytest

from building import ROOT


def outer_python() -> str:
    """The Python that the project's environment was made with, by whatever name it has there."""
    written = Path(sys.prefix, "pyvenv.cfg").read_text("utf-8")
    return dict(line.split(" = ", 1) for line in written.splitlines() if " = " in line)["executable"]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A folder with `tasks.py` and requirements that cannot be installed."""
    shutil.copy(ROOT / "tasks.py", tmp_path)
    (tmp_path / "requirements.txt").write_text(f"./missing.whl --hash=sha256:{'0' * 64}\n", "utf-8")
    return tmp_path


def run(project: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([outer_python(), "tasks.py", *arguments], cwd=project, capture_output=True, encoding="utf-8", check=False)


def test_a_failed_set_up_says_why_and_is_tried_again(project: Path) -> None:
    for _ in range(2):
        done = run(project, "--list")
        assert done.returncode != 0
        assert "Setting up .venv" in done.stderr
        assert "missing.whl" in done.stderr
        assert "Set-up failed" in done.stderr
    assert not (project / ".venv/installed").exists()


def test_requirements_are_pinned_by_hash_and_name_no_index() -> None:
    """Anyone gets the same files, from wherever their pip gets them."""
    lines = (ROOT / "requirements.txt").read_text("utf-8").splitlines()
    pinned = [line for line in lines if line and not line.startswith((" ", "#"))]
    assert len(pinned) > 20
    assert all("==" in line and line.endswith("\\") for line in pinned)
    assert not [line for line in lines if "://" in line or line.startswith("-")]


def test_requirements_cover_what_the_project_names() -> None:
    """pyproject.toml says what is needed; requirements.txt says exactly which."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
    named = [*project["project"]["dependencies"], *project["dependency-groups"]["test"]]
    pinned = (ROOT / "requirements.txt").read_text("utf-8")
    assert [name for name in named if f"\n{name.split('>')[0]}==" not in f"\n{pinned}"] == []


def test_every_task_says_what_it_does() -> None:
    """`--list` is the manual."""
    listed = subprocess.run([sys.executable, ROOT / "tasks.py", "--list"], capture_output=True, encoding="utf-8", check=True).stdout
    for task in (
        "build",
        "rebuild",
        "clean",
        "serve",
        "test",
        "bundle",
        "hosts",
        "lint",
        "bench",
        "requirements",
        "import-sources",
    ):
        line = next(line for line in listed.splitlines() if line.split()[:1] == [task])
        assert len(line.split()) > 4


def test_clean_deletes_nothing_but_what_was_made(tmp_path: Path) -> None:
    """Whatever OUTPUT_PATH names: what a build would not take the place of stays."""
    theirs = ("mine.pdf", "pack-my-bags.zip", "working/.git/HEAD", "working/index.html", "theme/site/index.html")
    made = ("output/index.html", ".output.new/index.html", ".cache/x", "pack.zip", "site.zip")
    for name in (*theirs, *made):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).touch()
    shutil.copy(ROOT / "tasks.py", tmp_path)
    (tmp_path / "plugins").symlink_to(ROOT / "plugins", target_is_directory=True)
    script = "import sys, tasks; tasks.Program(namespace=tasks.namespace).run(sys.argv)"
    for path, status in (("working", 1), ("theme/site", 1), (".", 1), ("output", 0)):
        (tmp_path / "pelicanconf.py").write_text(f"OUTPUT_PATH = {path!r}\n", "utf-8")
        done = subprocess.run([sys.executable, "-c", script, "clean"], cwd=tmp_path, capture_output=True, check=False)
        assert done.returncode == status, done.stderr
        assert [name for name in theirs if not (tmp_path / name).exists()] == []
    assert [name for name in made if (tmp_path / name).exists()] == []
