import compileall
import os
import shutil
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright, sync_playwright

from browser import browser_or_exit
from building import COMPONENTS, MADE, ROOT, TESTS, build, small_site


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--update", action="store_true", help="write the expected HTML and messages anew")


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # before any process of pytest-xdist begins
        shutil.rmtree(MADE, ignore_errors=True)
        compileall.compile_dir(ROOT / "plugins", quiet=1)  # once for all the copies that small sites have


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Files that need a browser come first, so that short ones are left for whichever process is ready last."""
    long = {item.path for item in items if "browser" in getattr(item, "fixturenames", ())}
    items.sort(key=lambda item: item.path not in long)


@pytest.fixture(scope="session")
def real_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The real argument, built once for all processes of a run."""
    base = tmp_path_factory.getbasetemp()
    output = (base.parent if os.environ.get("PYTEST_XDIST_WORKER") else base) / "real-site/output"
    try:
        output.parent.mkdir()
    except FileExistsError:  # another process builds it; the build ends by putting it there whole
        while not output.exists():
            time.sleep(0.1)
            assert not (output.parent / "failed").exists()
        return output
    done = build(ROOT, "-o", str(output))
    if done.returncode:
        (output.parent / "failed").touch()
    assert (done.returncode, done.stderr) == (0, "")
    return output


@pytest.fixture(scope="session")
def small_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument of the tests with a page for each component example, built."""
    folder = small_site(tmp_path_factory.mktemp("small"))
    for component in COMPONENTS:
        source = (component / "source.md").read_text("utf-8")
        (folder / f"content/pages/{component.name}.md").write_text(source, "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "output"


@pytest.fixture(scope="session")
def answered_output(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small argument with responses and updates laid over it, built for an address of its own."""
    folder = small_site(tmp_path_factory.mktemp("answered"), TESTS / "responses")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "output"


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
