"""One at a time: a lock that the system takes back when the process that holds it, and every copy of it, has ended.

Knows nothing else.
"""

import os
import sys
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

AGAIN = 0.1  # seconds until a lock that somebody else holds is tried again


class Lock:
    """A lock by the name of a file, which is there as long as somebody holds it. Raises OSError where none can be made."""

    def __init__(self, file: Path, waiting: Callable[[], None]) -> None:
        """Take it; `waiting` is called once if somebody else holds it, and this returns when they do no more."""
        self.file = file
        while not self.take():
            waiting()
            waiting = nothing
            time.sleep(AGAIN)

    def take(self) -> bool:
        """Take it now, or not."""
        self.handle = os.open(self.file, os.O_RDWR | os.O_CREAT, 0o666)
        if locked(self.handle) and self.still_there():
            return True
        os.close(self.handle)
        return False

    def still_there(self) -> bool:
        """Whether the file is the one of that name: whoever held the lock may have deleted it since it was opened."""
        try:
            return os.path.samestat(os.fstat(self.handle), self.file.stat())
        except OSError:
            return False

    def release(self) -> None:
        """Let others have it."""
        with suppress(OSError):  # on Windows a file that is open stays
            self.file.unlink()
        os.close(self.handle)


def locked(handle: int) -> bool:
    """Whether this process holds an open file now. Where none can be locked, as on some network drives, everybody does."""
    try:
        if sys.platform == "win32":
            msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except (BlockingIOError, PermissionError):
        return False
    except OSError:
        return True
    return True


def nothing() -> None:
    """Nothing more is to be said."""
