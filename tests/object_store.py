"""A folder as a store of objects has it, by whole keys: no folders, no first page, no redirects, no page for what is not there."""

import mimetypes
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import unquote, urlsplit

# As S3 answers for a key that there is not, to somebody who may not list the others.
DENIED = b'<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>AccessDenied</Code><Message>Access Denied</Message></Error>'
UNKNOWN = "binary/octet-stream"
TYPES = mimetypes.MimeTypes()  # Python's own list, by which `aws s3 cp` says what a file is


def objects(folder: Path, prefix: str) -> dict[str, tuple[str, bytes]]:
    """The key of each file below a folder, its type and what is in it, as `aws s3 cp --recursive` puts them there."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {
        f"{prefix}{path.relative_to(folder).as_posix()}": (TYPES.guess_type(path.name)[0] or UNKNOWN, path.read_bytes())
        for path in files
    }


def with_home(kept: dict[str, tuple[str, bytes]], prefix: str) -> dict[str, tuple[str, bytes]]:
    """The same, and the first page under the key of the folder, as the README says."""
    return {**kept, prefix: kept[f"{prefix}index.html"]}


@contextmanager
def stored(kept: dict[str, tuple[str, bytes]]) -> Iterator[str]:
    """The address of a store with these objects, without a slash at its end."""

    class Store(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            key = unquote(urlsplit(self.path).path)[1:]
            kind, data = kept.get(key, ("application/xml", DENIED))
            self.send_response(200 if key in kept else 403)
            self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            """Nothing: what is printed is for whoever runs the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
