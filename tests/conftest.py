import compileall
import gc
import os
import shutil
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from browser import browser_or_exit
from building import COMPONENTS, MADE, ROOT, TESTS, build, guided_site, small_site
from guide_examples import ALONE, page_of


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected HTML and messages anew")


def pytest_configure(config: pytest.Config) -> None:
    gc.set_threshold(50_000)  # half of the time that reading a page takes went into looking for what can be thrown away
    if not hasattr(config, "workerinput"):  # before any process of pytest-xdist begins
        shutil.rmtree(MADE, ignore_errors=True)
        compileall.compile_dir(ROOT / "plugins", quiet=1)  # once for all the copies that small sites have


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need a browser come first, so that short ones are left for whichever process is ready last."""
    long = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in long)


def made_once(name: str, make: Callable[[Path], None], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder that one process makes for all of a run, while the others wait for it."""
    base = tmp_path_factory.getbasetemp()
    folder = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / name
    try:
        folder.mkdir()
    except FileExistsError:
        while not (folder / "made").exists():
            time.sleep(0.1)
            assert not (folder / "failed").exists()
        return folder
    try:
        make(folder)
    except BaseException:
        (folder / "failed").touch()
        raise
    (folder / "made").touch()
    return folder


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real argument, built."""

    def make(folder: Path) -> None:
        done = build(ROOT, "-o", str(folder / "output"))
        assert (done.returncode, done.stderr) == (0, "")

    return made_once("real-site", make, tmp_path_factory) / "output"


@pytest.fixture(scope="session")
def guided(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small site with the writer's guide, which is published in its output/."""

    def make(folder: Path) -> None:
        done = build(guided_site(folder), "-e", "ARGUMENT_WRITERS_GUIDE=true")
        assert (done.returncode, done.stderr) == (0, "")

    return made_once("guided", make, tmp_path_factory)


@pytest.fixture(scope="session")
def small_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument of the tests with a page for each component example, and for some of the guide's, built."""

    def make(folder: Path) -> None:
        small_site(folder)
        for component in COMPONENTS:
            source = (component / "source.md").read_text("utf-8")
            (folder / f"content/pages/{component.name}.md").write_text(source, "utf-8")
        for name, title in ALONE.items():
            (folder / f"content/pages/{name}.md").write_text(page_of(title), "utf-8")
        done = build(folder)
        assert (done.returncode, done.stderr) == (0, "")

    return made_once("small", make, tmp_path_factory) / "output"


@pytest.fixture(scope="session")
def answered_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with responses and updates laid over it, built for an address of its own."""

    def make(folder: Path) -> None:
        done = build(small_site(folder, TESTS / "responses"))
        assert (done.returncode, done.stderr) == (0, "")

    return made_once("answered", make, tmp_path_factory) / "output"


@pytest.fixture(scope="session")
def playwright() -> Iterator[Playwright]:
    """What starts browsers; there can be one of it in a process."""
    with sync_playwright() as started:
        yield started


@pytest.fixture(scope="session")
def browser(playwright: Playwright, request: pytest.FixtureRequest) -> Iterator[Browser]:
    """A headless Chromium; if it must be installed first, that is said at once and not kept back by pytest."""
    with request.config.pluginmanager.getplugin("capturemanager").global_and_fixture_disabled():
        opened = browser_or_exit(playwright)
    yield opened
    opened.close()
