"""Pelican's own warnings and errors, as problems: none of them may be printed and passed over."""

import logging
import os
import sys
import traceback
from pathlib import Path
from typing import IO

from pelican.log import FatalLogger, LimitFilter, console
from rich.console import Console

from argument.problems import Place, Problem
from argument.progress import Progress


class ProblemHandler(logging.Handler):
    """Keeps every warning and error that is logged while it is attached.

    An exception that Pelican swallows (generators.py logs "Could not process" and goes on) is kept with its traceback,
    since it is a fault of the code and not of the content.
    """

    def __init__(self, content: Path) -> None:
        super().__init__(logging.WARNING)
        self.content = content
        self.problems: list[Problem] = []

    def emit(self, record: logging.LogRecord) -> None:
        if record.levelno >= logging.CRITICAL:  # Pelican's last words, with the traceback: nobody reports after it
            print(self.format(record), file=sys.stderr)
            return
        message = record.getMessage().replace(f"{self.content}{os.sep}", f"{self.content.name}/")
        remedy = "Pelican says so; a warning of its own fails the build too."
        if record.levelno >= logging.ERROR and sys.exc_info()[0] is not None:
            remedy = "".join(traceback.format_exc()).rstrip()
        self.problems.append(Problem(Place("pelican"), message, remedy))

    def attach(self) -> None:
        """Take over from Pelican's `--fatal`, which would end the run at the first of them, and from its de-duplication."""
        FatalLogger.fatal_lvl = logging.CRITICAL + 1
        LimitFilter.LOGS_DEDUP_MIN_LEVEL = logging.NOTSET
        logging.getLogger().addHandler(self)

    def detach(self) -> None:
        """Stop listening."""
        logging.getLogger().removeHandler(self)


def leave_output_free() -> None:
    """Let Pelican tell how it gets on where errors go, so that the standard output is for who reads it."""
    console.stderr = True


def for_person(log: IO[str] | None) -> Progress:
    """Where Pelican says what it does, if a person sees that; else in a log."""
    if not sys.stderr.isatty():
        return Progress(stream=log)
    return Progress(console if console.is_terminal else Console(stderr=True))
