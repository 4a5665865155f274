"""The tool that shows a site while it is written, at work for a test."""

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

from building import environment

PATIENCE = 60  # seconds


class Run:
    """The tool at work on a site in a folder of its own."""

    def __init__(self, folder: Path, *options: str) -> None:
        self.folder = folder
        self.before: dict[str, str] = {}  # the files that were changed
        self.said = folder.parent / f"{folder.name}.said"
        command = [sys.executable, "-m", "argument.livereload", "--no-browser", *options]
        variables = environment(PYTHONPATH=str(folder / "plugins"))
        with self.said.open("w", encoding="utf-8") as errors:
            self.process = subprocess.Popen(
                command, cwd=folder, env=variables, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8"
            )
        self.address = (self.process.stdout.readline() if self.process.stdout else "").partition(" ")[0]

    def write(self, name: str, old: str, new: str) -> None:
        """Put other words into a file, as an editor does: beside it first."""
        path = self.folder / name
        text = path.read_text("utf-8")
        assert old in text
        self.before.setdefault(name, text)
        beside = path.with_name(f".{path.name}.tmp")
        beside.write_text(text.replace(old, new), "utf-8")
        beside.replace(path)

    def undo(self) -> None:
        """Put every file back as it was, and wait until the site is."""
        looks = self.looks()
        for name, text in self.before.items():
            (self.folder / name).write_text(text, "utf-8")
        if self.before:
            self.wait(looks)
        self.before = {}

    def wait(self, looks: int = 0) -> None:
        """Wait until the site has been read again, or for the first time, without a problem.

        A page that is asked for before that is loaded again as soon as it is.
        """
        for _ in range(PATIENCE * 20):
            if self.looks() > looks and self.words().splitlines()[-1].startswith("No problem. Read in"):
                break
            time.sleep(0.05)

    def looks(self) -> int:
        """How often the site was read."""
        return self.said.read_text("utf-8").count("Read in")

    def words(self) -> str:
        return self.said.read_text("utf-8")

    def end(self) -> int:
        """End it as Ctrl-C does on a terminal."""
        self.process.send_signal(signal.SIGINT if os.name != "nt" else signal.SIGTERM)
        return self.process.wait(30)
