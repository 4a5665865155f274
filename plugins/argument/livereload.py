"""The site while it is written: shown in a browser, read again at each save, problems laid over the page that they hold up.

Two processes. This one watches the files and answers browsers, and never looks at the content. The other one holds the site
(preview.py). It is ended and begun anew when code, theme or settings change, and after it has failed: nothing in it is old.
"""

import argparse
import gc
import json
import os
import queue
import re
import signal
import sys
import threading
import time
import webbrowser
from collections.abc import Iterable
from contextlib import suppress
from functools import partial
from html import escape
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from mimetypes import guess_type
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from urllib.parse import unquote, urlsplit

import watchfiles

HOST = "127.0.0.1"
FIRST_PORT, PORTS = 8000, 100
OWN = "_livereload/"  # what is below it is this tool's and not the site's
EVENTS, SCRIPT = f"{OWN}events", f"{OWN}script.js"
SCRIPT_FILE = Path(__file__).with_name("livereload.js")
SETTINGS_FILE = "pelicanconf.py"
EDITOR = "edit/"  # the one in the browser (browser_editor.py), which must not go while somebody writes in it
WATCHED = ("content", "theme", "plugins", SETTINGS_FILE)
SOON, AT_LATEST = 20, 400  # milliseconds in which more saves may follow one: editors write in several steps
PAUSE = 2  # seconds without a question after which there is time to tidy up
STILL_THERE = 10  # seconds after which a browser is told that nothing has happened
POLICY = re.compile(r"default-src 'none'; [^\"]*")
ALLOWED = ("script-src", "connect-src")  # what our script needs of a page's policy
NOTHING = """<!DOCTYPE html>
<html lang="en"><head><meta charset="utf-8"><title>Nothing to show</title></head><body><pre>{}</pre></body></html>"""
ENDED = "What holds the site has ended by itself, and may have said why in the terminal. It begins anew at the next save."


def hold(pipe: Connection, settings_file: str) -> None:
    """Hold the site in this process, and answer until the other end of the pipe is closed.

    Asked to look, with None, the answer is the words of every problem, empty if there is none; asked for an address, a status
    of HTTP and a file.
    """
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the other process, and that ends this one
    from argument.preview import Session  # noqa: PLC0415 - the other process needs nothing of it

    gc.disable()  # in the middle of a look it would take a third of the time; it has its turn when nothing is asked
    session = Session(settings_file)
    with suppress(EOFError, ConnectionError):
        while True:
            if not pipe.poll(PAUSE):
                gc.collect()
            address = pipe.recv()
            pipe.send(session.look() if address is None else session.file(address))


class Holder:
    """The process that holds the site. Raises EOFError or OSError when it is asked something and is no more."""

    def __init__(self, settings_file: str) -> None:
        context = get_context("spawn")
        self.pipe, theirs = context.Pipe()
        self.process = context.Process(target=hold, args=(theirs, settings_file))  # no daemon: those may have no children
        self.process.start()
        theirs.close()
        self.lock = threading.Lock()

    def ask(self, address: str | None) -> object:
        with self.lock:
            self.pipe.send(address)
            return self.pipe.recv()

    def end(self) -> None:
        """End it, whatever it is at."""
        self.process.kill()
        self.process.join()
        with self.lock:  # whoever was asking knows by now that there is no answer
            self.pipe.close()


class Site:
    """What browsers are told: the edition of the site that they should show, and the words of what is wrong."""

    def __init__(self, settings_file: str) -> None:
        self.settings_file = settings_file
        self.holder: Holder | None = None
        self.edition, self.words = 0, ""
        self.begun = time.time_ns()  # so that a page which an earlier run has sent is known as old
        self.changed = threading.Condition()
        self.over = False
        self.beginning = threading.Lock()  # nothing is begun once it is over

    @property
    def told(self) -> dict[str, str]:
        return {"edition": f"{self.begun}-{self.edition}", "words": self.words}

    def told_after(self, last: dict[str, str]) -> dict[str, str]:
        """What is told now, as soon as it is something else; or the same, after a while."""
        with self.changed:
            self.changed.wait_for(lambda: self.told != last, STILL_THERE)
            return self.told

    def look(self, *, anew: bool) -> None:
        """Have the site read again, by a new process if need be, and tell every browser."""
        begun = time.perf_counter()
        if anew and self.holder:
            self.holder.end()
            self.holder = None
        with self.beginning:
            if self.over:
                return
            self.holder = self.holder or Holder(self.settings_file)
        try:
            words = str(self.holder.ask(None))
        except (EOFError, OSError):
            if self.over:
                return
            words = ENDED
            self.holder.end()
            self.holder = None
        with self.changed:
            self.words = words
            self.edition += not words
            self.changed.notify_all()
        print(words or f"No problem. Read in {time.perf_counter() - begun:.2f} s.", file=sys.stderr, flush=True)

    def file(self, address: str) -> tuple[int, bytes]:
        """A status of HTTP and a file."""
        try:
            found = self.holder.ask(address) if self.holder else None
        except (EOFError, OSError):
            found = None
        return found if isinstance(found, tuple) else (HTTPStatus.SERVICE_UNAVAILABLE, b"")

    def end(self) -> None:
        """Leave no process behind: what holds the site is ended, its children end with it, and nothing more begins."""
        with self.beginning:
            self.over = True
            if holder := self.holder:
                holder.process.kill()

    def keep_up(self, saves: "queue.SimpleQueue[Iterable[str]]", content: Path) -> None:
        """Look again whenever something has been saved, also while this was looking; once for all that came together."""
        while True:
            changed = {*saves.get()}
            while not saves.empty():
                changed |= {*saves.get()}
            self.look(anew=not all(Path(path).is_relative_to(content) for path in changed))


class Handler(BaseHTTPRequestHandler):
    """Answers one browser: the site’s files, pages with a script of ours, and what is told when something changes."""

    def __init__(self, *given: object, site: Site) -> None:
        self.site = site
        super().__init__(*given)  # type: ignore[arg-type]

    def log_message(self, *args: object) -> None:
        """Nothing: the terminal is for problems."""

    def do_GET(self) -> None:
        address = unquote(urlsplit(self.path).path).removeprefix("/")
        if self.headers.get("Host", "").partition(":")[0] not in (HOST, "localhost"):
            self.answer(403, b"", "text/plain")  # another name for this machine: somebody else’s page asks
        elif address == EVENTS:
            self.tell()
        elif address == SCRIPT:
            self.answer(200, SCRIPT_FILE.read_bytes(), "text/javascript")
        else:
            self.answer_with_site(f"{address}index.html" if not address or address.endswith("/") else address)

    def answer_with_site(self, address: str) -> None:
        edition = self.site.told["edition"]  # before the file: what changes in between is told
        status, body = self.site.file(address)
        kind = guess_type(address)[0] or "application/octet-stream"
        page = address.endswith(".html") and not address.startswith(EDITOR)
        if page or status != HTTPStatus.OK:
            kind = "text/html"
            drawn = status == HTTPStatus.OK or (status == HTTPStatus.NOT_FOUND and body)
            html = body.decode() if drawn else NOTHING.format(escape(body.decode() or "There is no page to show yet."))
            body = with_script(html, edition).encode()
        self.answer(status, body, kind)

    def answer(self, status: int, body: bytes, kind: str) -> None:
        self.send_response(status)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        self.send_header("Content-Length", str(len(body)))
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        with suppress(ConnectionError):  # a browser that has gone on
            self.wfile.write(body)

    def tell(self) -> None:
        """Tell a browser how things are, and again at each change, until it is gone."""
        self.send_response(200)
        self.send_header("Content-Type", "text/event-stream")
        self.send_header("Cache-Control", "no-store")
        self.end_headers()
        last: dict[str, str] = {}
        with suppress(ConnectionError):
            while True:
                now = self.site.told_after(last)
                self.wfile.write(b": still there\n\n" if now == last else f"data: {json.dumps(now)}\n\n".encode())
                self.wfile.flush()
                last = now


class Server(ThreadingHTTPServer):
    daemon_threads = True
    allow_reuse_address = os.name != "nt"  # there it would let two servers have one port


def with_script(page: str, edition: str) -> str:
    """A page with our script, which its policy lets run."""
    script = f'<script src="/{SCRIPT}" data-edition="{edition}" defer></script>\n'
    before, end, after = page.rpartition("</body>")
    return POLICY.sub(widened, f"{before}{script}{end}{after}", count=1)


def widened(policy: re.Match[str]) -> str:
    """A policy that lets a page have scripts of its own host and ask it for something."""
    return "".join(f"{name} 'self'; " for name in ALLOWED if name not in policy[0]) + policy[0]


def server(port: int | None, site: Site) -> Server:
    """A server at a port of this machine alone, or at the first that is free. Raises OSError if there is none."""
    handler = partial(Handler, site=site)
    for number in (port,) if port is not None else range(FIRST_PORT, FIRST_PORT + PORTS):
        try:
            return Server((HOST, number), handler)
        except OSError as error:
            found = error
    raise found


def watch(paths: Iterable[Path], saves: "queue.SimpleQueue[Iterable[str]]") -> None:
    """Put what is saved into a queue, for ever."""
    for changes in watchfiles.watch(*paths, step=SOON, debounce=AT_LATEST):
        saves.put([path for _, path in changes])


def main() -> None:
    """The command line; until Ctrl-C."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("--port", type=int, help=f"the port to listen on; else the first from {FIRST_PORT} that is free")
    parser.add_argument("--no-browser", action="store_true", help="open no browser")
    given = parser.parse_args()
    for ending in (signal.SIGINT, signal.SIGTERM):  # also where whoever has started this ignores them
        signal.signal(ending, signal.default_int_handler)
    site = Site(SETTINGS_FILE)
    try:
        listening = server(given.port, site)
    except OSError as error:
        sys.exit(f"Port {given.port or FIRST_PORT} cannot be used ({error.strerror}). Name another: --port 8100")
    with suppress(KeyboardInterrupt):
        show(site, listening, browser=not given.no_browser)
    site.end()


def show(site: Site, listening: Server, *, browser: bool) -> None:
    """Show a site, for ever."""
    saves: queue.SimpleQueue[Iterable[str]] = queue.SimpleQueue()
    saves.put([SETTINGS_FILE])  # the first look
    root = Path.cwd()
    paths = [root / name for name in WATCHED if (root / name).exists()]
    for work in (partial(watch, paths, saves), partial(site.keep_up, saves, root / WATCHED[0]), listening.serve_forever):
        threading.Thread(target=work, daemon=True).start()
    address = f"http://{HOST}:{listening.server_port}/"
    print(f"{address} (Ctrl-C ends it)", flush=True)
    if browser:
        webbrowser.open(address)
    while True:
        time.sleep(60)  # which Ctrl-C ends on every system, as it does not all waiting


if __name__ == "__main__":
    main()
