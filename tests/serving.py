"""A folder served on this machine alone, for browsers: as it is, or packed as hosts pack it."""

import gzip
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args: object) -> None:
        """Nothing: what is printed is for whoever runs the tests."""


class Packed(Quiet):
    """What most hosts do: text is sent packed, on a connection that stays open."""

    protocol_version = "HTTP/1.1"
    texts = ("text/", "application/json", "application/manifest", "application/xml", "application/javascript", "image/svg")

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        kind, data = self.guess_type(str(path)), path.read_bytes()
        self.send_response(200)
        if kind.startswith(self.texts):
            data = gzip.compress(data, 6, mtime=0)
            self.send_header("Content-Encoding", "gzip")
            kind = f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(data)))
        self.end_headers()
        self.wfile.write(data)


@contextmanager
def served(folder: Path, handler: type[SimpleHTTPRequestHandler] = Quiet, port: int = 0) -> Iterator[str]:
    """The address of a folder while it is served, without a slash at its end."""
    with ThreadingHTTPServer(("127.0.0.1", port), partial(handler, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


def standing(folder: Path, root: Path, under: str) -> Path:
    """A new folder `root` in which another one stands at the path `under`, as a site does in a part of a host."""
    place = root / under.strip("/")
    place.parent.mkdir(parents=True)
    place.symlink_to(folder)
    return root
