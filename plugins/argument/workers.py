"""Work spread over all cores, by processes that are copies of this one: nothing that they work with is handed over.

Only where a process can be copied and is known to work then: on Linux. Elsewhere this one does it all. Knows nothing else.
"""

import os
import signal
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import ceil
from multiprocessing import current_process, get_context
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

FEW = 24  # for so little no process is begun: it would take longer
PARTS = 8  # for each process, so that all are done at about the same time
LARGEST = 100  # of a part, so that it is soon told that it is done
SOON = 0.5  # seconds
FORKS = sys.platform == "linux"


class Bench:
    """What the copies work on, and with; set before they are made."""

    work: Callable[[Any], Any]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spread(work: Callable[[Sequence[Given]], Made], given: Sequence[Given], at_once: int = 0) -> Iterator[tuple[int, Made]]:
    """What the work makes of some things, part by part and in their order, each with how many they were."""
    at_once = at_once or cores()
    if len(given) <= FEW or at_once == 1 or not FORKS or current_process().daemon:  # which may have no children
        if given:
            yield len(given), work(given)
        return
    size = min(ceil(len(given) / at_once / PARTS), LARGEST)
    parts = [given[start : start + size] for start in range(0, len(given), size)]
    Bench.work = work
    pool = ProcessPoolExecutor(min(at_once, len(parts)), get_context("fork"), begin, (os.getpid(),))
    try:
        for part, made in zip(parts, pool.map(work_on, parts), strict=True):
            yield len(part), made
    finally:
        pool.shutdown(cancel_futures=True)


def begin(first: int) -> None:
    """In a copy: Ctrl-C is for the process that was copied, `first`, which ends the copies; where it is killed, they go with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=outlive, args=(first,), daemon=True).start()


def outlive(first: int) -> None:
    """End this process soon after that one."""
    while os.getppid() == first:
        time.sleep(SOON)
    os._exit(1)


def work_on(part: Any) -> Any:
    """What the work makes of one part."""
    return Bench.work(part)
