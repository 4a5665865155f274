"""A Chromium for the tests: one that is installed, else installed here where that can be done, else the command to do it."""

import contextlib
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Playwright
from playwright.sync_api import Error as PlaywrightError

VARIABLE = "CHROMIUM"
SHELL = "chromium-headless-shell"  # the same engine without what windows need: a sixth less time for a run of the tests
ON_THE_PATH = (SHELL, "google-chrome", "google-chrome-stable", "chrome", "microsoft-edge", "msedge", "chromium", "chromium-browser")
ELSEWHERE = (
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    r"C:\Program Files\Google\Chrome\Application\chrome.exe",
    r"C:\Program Files (x86)\Microsoft\Edge\Application\msedge.exe",
)
FLAGS = (
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
    "--disable-dev-shm-usage",
    "--js-flags=--min-semi-space-size=32 --max-semi-space-size=64",  # less tidying up while axe looks at a page
)
REFUSED = "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1"  # of every other host, by the browser itself
PATIENCE = 600  # seconds that an installation may take


def installed(playwright: Playwright) -> Iterator[str]:
    """The Chromiums of this machine: the one the variable names, Playwright's own, Chrome, Edge, Chromium."""
    named = os.environ.get(VARIABLE)
    if named:
        yield named
        return
    places = [playwright.chromium.executable_path, *(shutil.which(name) or "" for name in ON_THE_PATH), *ELSEWHERE]
    yield from (place for place in places if place and Path(place).exists())


def is_root() -> bool:
    """Whether nothing is forbidden to whoever runs this."""
    return hasattr(os, "geteuid") and os.geteuid() == 0


def is_debian_root() -> bool:
    """Whether `apt-get install` can be run as it is."""
    return shutil.which("apt-get") is not None and is_root()


def ways_to_install() -> Iterator[list[list[str]]]:
    """The commands of each way to get a Chromium here: Debian's own as root there, then Playwright's."""
    if is_debian_root():
        apt = ["apt-get", "-y", "-qq"]
        yield [[*apt, "update"], [*apt, "install", "--no-install-recommends", SHELL]]
        yield [[*apt, "install", "--no-install-recommends", "chromium"]]  # where the shell is no package
    yield [[sys.executable, "-m", "playwright", "install", "chromium"]]


def install(commands: list[list[str]]) -> None:
    """Run the commands of one way to install a Chromium; whether it worked is seen when one is started."""
    for command in commands:
        print("No Chromium is installed; running:", *command, file=sys.stderr, flush=True)
        environment = {**os.environ, "DEBIAN_FRONTEND": "noninteractive"}
        with contextlib.suppress(subprocess.TimeoutExpired):
            subprocess.run(command, env=environment, stdout=subprocess.DEVNULL, timeout=PATIENCE, check=False)


def command_that_mends_it() -> str:
    """What a person should run where nothing could be installed."""
    if shutil.which("apt-get"):
        return "sudo apt-get install chromium"
    return f"{sys.executable} -m playwright install chromium"


def launch(playwright: Playwright, *flags: str) -> Browser | None:
    """The first Chromium that starts, with more flags if need be. Without a sandbox for root, who cannot have one."""
    root = ["--no-sandbox"] if is_root() else []
    for executable in installed(playwright):
        try:
            return playwright.chromium.launch(executable_path=executable, args=[*FLAGS, *root, *flags])
        except PlaywrightError as error:
            print(f"{executable} does not start: {error.message.splitlines()[0]}", file=sys.stderr)
    return None


def browser_or_exit(playwright: Playwright, *flags: str) -> Browser:
    """A running Chromium; without one the whole run ends, since a test that is passed over proves nothing."""
    browser = launch(playwright, *flags)
    ways = iter(() if os.environ.get(VARIABLE) else ways_to_install())
    while browser is None and (commands := next(ways, None)):
        install(commands)
        browser = launch(playwright, *flags)
    if browser is None and VARIABLE in os.environ:
        pytest.exit(f"{VARIABLE} names {os.environ[VARIABLE]}, which does not start. Name another, or unset it.", 1)
    if browser is None:
        pytest.exit(f"the tests need a Chromium, and none could be started or installed. Run: {command_that_mends_it()}", 1)
    return browser
