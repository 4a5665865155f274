"""A folder as a store of objects has it, by whole keys: no folders, no first page, no redirects, no page for what is not there."""

import hashlib
import mimetypes
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, unquote, urlsplit
from xml.sax.saxutils import escape, unescape

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


class Bucket:
    """A bucket that can be written, as far as a site is put there: what is in it, and what was asked of it, in order.

    From the so many-th write on it refuses them, if there is such a number.
    """

    def __init__(self) -> None:
        self.kept: dict[str, tuple[str, bytes]] = {}
        self.caching: dict[str, str] = {}
        self.writes: list[str] = []
        self.refuses_from = 0
        self.lock = threading.Lock()

    def write(self, what: str) -> bool:
        """Note a write; whether it is done."""
        with self.lock:
            self.writes.append(what)
            return not 0 < self.refuses_from <= len(self.writes)

    def listed(self, prefix: str) -> bytes:
        """The keys that begin so, as ListObjectsV2 has them, in one answer."""
        with self.lock:
            found = {key: data for key, (_, data) in sorted(self.kept.items()) if key.startswith(prefix)}
        rows = "".join(
            f"<Contents><Key>{escape(key)}</Key><ETag>&quot;{hashlib.md5(data).hexdigest()}&quot;</ETag><Size>{len(data)}</Size></Contents>"
            for key, data in found.items()
        )
        return f"<ListBucketResult><IsTruncated>false</IsTruncated>{rows}</ListBucketResult>".encode()


class Writable(BaseHTTPRequestHandler):
    """Answers for one bucket of this name."""

    name: str
    bucket: Bucket
    protocol_version = "HTTP/1.1"

    def answer(self, status: int, data: bytes = b"", kind: str = "application/xml", etag: str = "") -> None:
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        if etag:
            self.send_header("ETag", f'"{etag}"')
        self.end_headers()
        self.wfile.write(data)

    def asked(self) -> tuple[str, dict[str, list[str]]]:
        split = urlsplit(self.path)
        first, _, key = unquote(split.path)[1:].partition("/")
        return (key if first == self.name else ""), parse_qs(split.query, keep_blank_values=True)

    def do_GET(self) -> None:
        key, query = self.asked()
        if "list-type" in query:
            if not self.path.startswith(f"/{self.name}?") and not self.path.startswith(f"/{self.name}/?"):
                self.answer(404, b"<Error><Code>NoSuchBucket</Code><Message>There is no such bucket</Message></Error>")
                return
            self.answer(200, self.bucket.listed(query.get("prefix", [""])[0]))
            return
        kind, data = self.bucket.kept.get(key, ("application/xml", DENIED))
        self.answer(200 if key in self.bucket.kept else 403, data, kind)

    def do_PUT(self) -> None:
        key, _ = self.asked()
        data = self.rfile.read(int(self.headers["Content-Length"]))
        if not self.bucket.write(f"PUT {key}"):
            self.answer(403, DENIED)
            return
        self.bucket.caching[key] = self.headers["Cache-Control"]
        self.bucket.kept[key] = (self.headers["Content-Type"], data)
        self.answer(200, etag=hashlib.md5(data).hexdigest())

    def do_POST(self) -> None:
        data = self.rfile.read(int(self.headers["Content-Length"]))
        keys = [unescape(key) for key in re.findall(r"<Key>(.*?)</Key>", data.decode())]
        if not self.bucket.write(f"DELETE {' '.join(keys)}"):
            self.answer(403, DENIED)
            return
        for key in keys:
            self.bucket.kept.pop(key, None)
        self.answer(200, b"<DeleteResult/>")

    def log_message(self, *args: object) -> None:
        """Nothing: what is printed is for whoever runs the tests."""


@contextmanager
def writable(name: str, bucket: Bucket) -> Iterator[str]:
    """The address of a store that has one bucket, of this name."""
    with ThreadingHTTPServer(("127.0.0.1", 0), type("Store", (Writable,), {"name": name, "bucket": bucket})) as server:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
