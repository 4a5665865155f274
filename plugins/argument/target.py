"""The folder that a site is written into. Knows nothing else."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path


class Target:
    """A folder whose files may be one with those of the last site, and are never written into."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.folders: set[str] = set()  # which are there

    def place(self, address: str) -> str:
        """Where a file is written; its folder is there."""
        target = os.path.join(self.folder, address)  # noqa: PTH118 - there may be ten thousand of them
        above = os.path.dirname(target)  # noqa: PTH120 - the same
        if above not in self.folders:
            Path(above).mkdir(parents=True, exist_ok=True)
            self.folders.add(above)
        return target

    def take(self, address: str, file: str) -> None:
        """Have a file that is there, without its being written again."""
        target = self.place(address)
        try:
            os.link(file, target)
        except OSError:  # not on this disk
            shutil.copy2(file, target)

    def put(self, files: Mapping[str, bytes]) -> None:
        """Write files to their addresses."""
        for address, file in files.items():
            target = Path(self.place(address))
            target.unlink(missing_ok=True)
            target.write_bytes(file)
