"""A built site as hosts answer with it, on this machine alone. Knows nothing else."""

from functools import partial
from http import HTTPStatus
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

HOST = "127.0.0.1"
NOTHING_THERE = "404.html"


class Handler(SimpleHTTPRequestHandler):
    """Answers with the files of a folder; where there is none, with the site's own page for that. No folder lists what it holds."""

    def list_directory(self, _: object) -> None:
        """Nothing: hosts do not."""
        self.send_error(HTTPStatus.NOT_FOUND)

    def send_error(self, code: int, message: str | None = None, explain: str | None = None) -> None:
        page = Path(self.directory, NOTHING_THERE)
        if code != HTTPStatus.NOT_FOUND or not page.is_file():
            super().send_error(code, message, explain)
            return
        body = page.read_bytes()
        self.send_response(code)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def server(folder: Path, port: int) -> ThreadingHTTPServer:
    """A server of that folder at that port. Raises OSError or OverflowError where there can be none."""
    return ThreadingHTTPServer((HOST, port), partial(Handler, directory=str(folder)))
