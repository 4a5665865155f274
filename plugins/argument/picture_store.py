"""Pictures that earlier builds drew, each under a digest of all that it follows from. Knows no Pelican.

Nothing in it can be out of date; what is damaged is as if it were not there, and what a build does not ask for is dropped.
"""

import struct
import zlib
from collections.abc import Collection
from contextlib import suppress
from pathlib import Path

SIGNATURE = b"\x89PNG\r\n\x1a\n"
FRAME = 12  # bytes of a chunk besides its data: its length, its name, its checksum (PNG specification, 5.3)


class PictureStore:
    """PNG files in a folder. A folder that cannot be written forgets."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file(self, key: str) -> Path:
        return self.folder / f"{key}.png"

    def get(self, key: str) -> bytes | None:
        """The picture under a key; None if there is none that is whole."""
        with suppress(OSError):
            picture = self.file(key).read_bytes()
            return picture if whole(picture) else None
        return None

    def put(self, key: str, picture: bytes) -> None:
        """Keep a picture; its file is whole at every moment."""
        new = self.folder / f"{key}.new"
        with suppress(OSError):
            self.folder.mkdir(parents=True, exist_ok=True)
            new.write_bytes(picture)
            new.replace(self.file(key))

    def keep(self, keys: Collection[str]) -> None:
        """Drop all but these, and what a build that was killed left half written."""
        kept = {f"{key}.png" for key in keys}
        with suppress(OSError):
            for path in self.folder.iterdir():
                if path.name not in kept and path.suffix in {".png", ".new"}:
                    path.unlink(missing_ok=True)


def whole(picture: bytes) -> bool:
    """Whether these are all bytes of a PNG, and none of them has changed: each chunk has its checksum, the last is the end."""
    at, name = len(SIGNATURE), b""
    while at + FRAME <= len(picture) and name != b"IEND":
        (length,) = struct.unpack_from(">I", picture, at)
        name, end = picture[at + 4 : at + 8], at + FRAME + length
        if picture[end - 4 : end] != struct.pack(">I", zlib.crc32(picture[at + 4 : end - 4])):
            return False
        at = end
    return picture.startswith(SIGNATURE) and name == b"IEND" and at == len(picture)
