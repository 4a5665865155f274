"""Work spread over all cores by other processes.

Where a process can be copied and is known to work then, on Linux, they are copies of this one, and nothing is handed over.
Elsewhere they begin anew, and are sent what they work with: that pays for much work only, and what cannot be sent is done
by this one. Knows nothing else.
"""

import multiprocessing
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

Given = TypeVar("Given")
Made = TypeVar("Made")

FORKS = sys.platform == "linux"
FEW = 24 if FORKS else 400  # for so little no process is begun: it would take longer
PARTS = 8  # for each process, so that all are done at about the same time
LARGEST = 100  # of a part, so that it is soon told that it is done
# What is raised for something that cannot be sent (Python's documentation of `pickle`).
UNSENDABLE = (pickle.PicklingError, TypeError, AttributeError, RecursionError)


class Bench:
    """What a process works on, and with."""

    work: Callable[[Any], Any]


def cores() -> int:
    """How many processors this process may use."""
    return len(os.sched_getaffinity(0)) if sys.platform == "linux" else os.cpu_count() or 1


def spread(work: Callable[[Sequence[Given]], Made], given: Sequence[Given], at_once: int = 0) -> Iterator[tuple[int, Made]]:
    """What the work makes of some things, part by part and in their order, each with how many they were."""
    at_once = at_once or cores()
    alone = len(given) <= FEW or at_once == 1 or multiprocessing.current_process().daemon  # which may have no children
    size = min(ceil(len(given) / at_once / PARTS), LARGEST)
    pool = None if alone else begun(work, min(at_once, ceil(len(given) / size)))
    if not pool:
        if given:
            yield len(given), work(given)
        return
    parts = [given[start : start + size] for start in range(0, len(given), size)]
    try:
        for part, made in zip(parts, pool.map(work_on, parts), strict=True):
            yield len(part), made
    finally:
        pool.shutdown(cancel_futures=True)


def begun(work: Callable[[Any], Any], count: int) -> ProcessPoolExecutor | None:
    """So many processes that can do the work; none where it cannot be sent to them."""
    if FORKS:
        Bench.work = work
        return ProcessPoolExecutor(count, multiprocessing.get_context("fork"), begin)
    try:
        sent = pickle.dumps(work, pickle.HIGHEST_PROTOCOL)
    except UNSENDABLE:
        return None
    above = str(Path(__file__).parents[1])
    if above not in sys.path:  # Pelican finds the plugin by its settings; another process looks where this one does
        sys.path.append(above)
    return ProcessPoolExecutor(count, multiprocessing.get_context("spawn"), begin, (sent,))


def begin(sent: bytes = b"") -> None:
    """In another process: Ctrl-C is for the one that began it, which ends it too; where that is killed, it goes with it."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=outlive, daemon=True).start()
    if sent:
        Bench.work = pickle.loads(sent)  # noqa: S301 - by the process that began this one


def outlive() -> None:
    """End this process with the one that began it."""
    if first := multiprocessing.parent_process():
        first.join()
    os._exit(1)


def work_on(part: Any) -> Any:
    """What the work makes of one part."""
    return Bench.work(part)
