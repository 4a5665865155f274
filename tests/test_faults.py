"""Each fault, planted in a site that is otherwise sound: the exact words, exit status 1, and the last good site kept."""

import os
import shutil
import subprocess
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

import pytest

from building import FAULTS, build, small_site

# Not everybody may make a link on Windows.
POSSIBLE = [fault for fault in FAULTS if os.name != "nt" or not (fault / "links.txt").exists()]
LAST_GOOD = "the last good site"


@pytest.fixture(scope="module")
def builds(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> dict[Path, Future[tuple[Path, subprocess.CompletedProcess[str]]]]:
    """A build of each faulty site that is asked for, begun; as many at once as there are cores.

    What is sound in them an earlier build has read, as it has where somebody writes.
    """
    asked = {item.callspec.params.get("fault") for item in request.session.items if hasattr(item, "callspec")}
    base = tmp_path_factory.mktemp("faults")
    sound = small_site(base / "sound")
    build(sound)

    def build_fault(fault: Path) -> tuple[Path, subprocess.CompletedProcess[str]]:
        folder = small_site(base / fault.name, fault)
        (folder / ".cache").mkdir(exist_ok=True)
        shutil.copy2(sound / ".cache/argument.pickle", folder / ".cache")
        (folder / "output").mkdir()
        (folder / "output/index.html").write_text(LAST_GOOD, "utf-8")
        return folder / "output", build(folder)

    with ThreadPoolExecutor(os.cpu_count()) as pool:
        yield {fault: pool.submit(build_fault, fault) for fault in POSSIBLE if fault in asked}


@pytest.mark.parametrize("fault", POSSIBLE, ids=lambda fault: fault.name)
def test_fault_is_told_and_nothing_is_published(fault: Path, builds: dict, request: pytest.FixtureRequest) -> None:
    """The build says what is wrong, where, and what to do; what readers had stays."""
    output, done = builds[fault].result()
    expected = fault / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(done.stderr, "utf-8")
    assert done.stderr == expected.read_text("utf-8") != ""
    assert done.returncode == 1
    assert [path.read_text("utf-8") for path in output.iterdir()] == [LAST_GOOD]
