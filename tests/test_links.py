"""Addresses of other sites, asked for at a host on this machine that answers in every way in which hosts do."""

import re
import shutil
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from argument import links
from argument.asking import USER_AGENT, Answer, Manners, Standing, as_sent, ask_all
from argument.problems import SourceText
from building import LINKS

QUICK = Manners(timeout=5, waits=(0.01, 0.02), pause=0)
AS_WRITTEN = "http://127.0.0.1:8000"  # in the files of the examples
# What is answered to a path: statuses, one for each time that it is asked for, the last one again and again; where it leads.
ANSWERS: dict[str, tuple[list[int], str]] = {
    "/gone": ([404], ""),
    "/gone-too": ([410], ""),
    "/gone-as-well": ([404], ""),
    "/gone-copy": ([404], ""),
    "/moved": ([301], "/ok"),
    "/moved-on": ([308], "/moved"),
    "/moved-away": ([301], "/gone"),
    "/moved-then-lent": ([301], "/lent"),
    "/lent": ([302], "/ok"),
    "/lent-then-moved": ([307], "/moved"),
    "/circle": ([301], "/circle"),
    "/nowhere": ([301], ""),
    "/file": ([301], "file://localhost/etc/hostname"),
    "/broken": ([500], ""),
    "/ill-then-well": ([500, 500, 503, 503, 200], ""),
    "/robots": ([403], ""),
    "/too-many": ([429], ""),
    "/odd": ([418], ""),
    "/odder": ([799], ""),
}


@dataclass
class Host:
    """A host at work, and what it was asked."""

    address: str = ""
    asked: list[tuple[str, str]] = field(default_factory=list)
    agents: set[str] = field(default_factory=set)
    times: list[float] = field(default_factory=list)
    at_once: Counter[str] = field(default_factory=Counter)  # by the name by which it was asked
    most_at_once: Counter[str] = field(default_factory=Counter)
    most_in_all: int = 0


@pytest.fixture
def host(monkeypatch: pytest.MonkeyPatch) -> Iterator[Host]:
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy", "ALL_PROXY"):
        monkeypatch.delenv(name, raising=False)
    said, counts, guard = Host(), Counter(), threading.Lock()

    class Handler(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            with guard:
                said.asked.append((self.command, self.path))
                said.agents.add(self.headers["User-Agent"])
                said.times.append(time.monotonic())
                said.at_once[self.headers["Host"].partition(":")[0]] += 1
                said.most_at_once |= said.at_once
                said.most_in_all = max(said.most_in_all, said.at_once.total())
                counts[self.path] += 1
            self.answer()

        do_GET = do_HEAD  # noqa: N815 - its name in the standard library

        def answer(self) -> None:
            statuses, target = ANSWERS.get(self.path, ([200], ""))
            status = statuses[min(counts[self.path], len(statuses)) - 1]
            if self.path.startswith("/no-head") and self.command == "HEAD":
                status = int(self.path[-3:])
            if self.path == "/slow":
                time.sleep(0.5)
            if self.path.startswith("/in-turn"):
                time.sleep(0.02)
            if self.path.startswith("/across"):
                status, target = 302, f"{said.address}/in-turn{self.path}"
            with guard:
                said.at_once[self.headers["Host"].partition(":")[0]] -= 1
            self.send_response(status)
            if target:
                self.send_header("Location", target)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            """Nothing: what is printed is for whoever runs the tests."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        said.address = f"http://127.0.0.1:{server.server_port}"
        threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
        yield said
        server.shutdown()


@pytest.mark.parametrize("example", LINKS, ids=lambda example: example.name)
def test_every_address_is_asked_for_and_told_of_where_it_is_written(  # noqa: PLR0917 - fixtures
    example: Path,
    host: Host,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    request: pytest.FixtureRequest,
) -> None:
    """To the letter. Nothing of it fails, unless that is asked for."""
    shutil.copytree(example / "content", tmp_path / "content")
    for path in tmp_path.rglob("*.md"):
        path.write_text(path.read_text("utf-8").replace(AS_WRITTEN, host.address), "utf-8")
    monkeypatch.chdir(tmp_path)
    assert links.main([], QUICK) == 0
    # Ports differ in width, and so do the marks under them.
    said = re.sub(r"\n +\| +\^+(?=\n)", "", capsys.readouterr().out)
    said = said.replace(host.address, AS_WRITTEN)
    expected = example / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(said, "utf-8")
    assert said == expected.read_text("utf-8")
    assert ("HEAD", "/code") not in host.asked
    assert host.asked.count(("HEAD", "/ok_(brackets)")) == 1
    assert host.agents == {USER_AGENT}
    assert links.main(["--strict"], QUICK) == 1


@pytest.mark.parametrize(
    ("path", "answer"),
    [
        ("/ok", Answer(Standing.FOUND, "200 OK")),
        ("/gone", Answer(Standing.GONE, "404 Not Found")),
        ("/gone-too", Answer(Standing.GONE, "410 Gone")),
        ("/moved", Answer(Standing.MOVED, "200 OK", "/ok")),
        ("/moved-on", Answer(Standing.MOVED, "200 OK", "/ok")),
        ("/moved-away", Answer(Standing.GONE, "404 Not Found", "/gone")),
        ("/moved-then-lent", Answer(Standing.MOVED, "200 OK", "/lent")),
        ("/lent", Answer(Standing.FOUND, "200 OK")),
        ("/lent-then-moved", Answer(Standing.FOUND, "200 OK")),
        ("/circle", Answer(Standing.UNREACHABLE, "it leads in a circle")),
        ("/nowhere", Answer(Standing.FOUND, "301 Moved Permanently")),
        ("/file", Answer(Standing.UNREACHABLE, "file://localhost/etc/hostname is no address of the web")),
        ("/broken", Answer(Standing.UNREACHABLE, "500 Internal Server Error")),
        ("/ill-then-well", Answer(Standing.FOUND, "200 OK")),
        ("/robots", Answer(Standing.REFUSED, "403 Forbidden")),
        ("/too-many", Answer(Standing.REFUSED, "429 Too Many Requests")),
        ("/odd", Answer(Standing.REFUSED, "418 I'm a Teapot")),
        ("/odder", Answer(Standing.UNREACHABLE, "799")),
        ("/no-head-403", Answer(Standing.FOUND, "200 OK")),
        ("/no-head-404", Answer(Standing.FOUND, "200 OK")),
        ("/no-head-405", Answer(Standing.FOUND, "200 OK")),
        ("/no-head-501", Answer(Standing.FOUND, "200 OK")),
    ],
)
def test_what_is_known_of_an_address(host: Host, path: str, answer: Answer) -> None:
    address = f"{host.address}{path}"
    to = f"{host.address}{answer.to}" if answer.to else ""
    assert ask_all([address], QUICK) == {address: replace(answer, to=to)}


def test_what_fails_is_asked_for_again_after_waits_that_grow(host: Host) -> None:
    ask_all([f"{host.address}/broken"], replace(QUICK, waits=(0.1, 0.3)))
    assert host.asked == [("HEAD", "/broken"), ("GET", "/broken")] * 3
    first, second = host.times[2] - host.times[1], host.times[4] - host.times[3]
    assert (first >= 0.1, second >= 0.3) == (True, True)


@pytest.mark.parametrize(("path", "asked"), [("/gone", ["HEAD", "GET"]), ("/too-many", ["HEAD"]), ("/ok", ["HEAD"])])
def test_what_has_an_answer_is_not_asked_for_again(host: Host, path: str, asked: list[str]) -> None:
    ask_all([f"{host.address}{path}"], QUICK)
    assert [method for method, _ in host.asked] == asked


def test_what_takes_too_long_or_answers_nobody_cannot_be_reached(host: Host) -> None:
    silent = "http://127.0.0.1:1/"
    answers = ask_all([f"{host.address}/slow", silent], Manners(timeout=0.1, waits=(), pause=0))
    assert answers[f"{host.address}/slow"] == Answer(Standing.UNREACHABLE, "no answer in time")
    assert answers[silent].standing is Standing.UNREACHABLE


def test_a_host_is_asked_one_thing_at_a_time_with_a_pause(host: Host) -> None:
    ask_all([f"{host.address}/in-turn/{number}" for number in range(4)], replace(QUICK, pause=0.05))
    assert host.most_in_all == 1
    assert min(after - before for before, after in zip(host.times, host.times[1:], strict=False)) >= 0.05


def test_several_hosts_are_asked_at_once_and_each_one_thing_at_a_time(host: Host) -> None:
    """Two names of one machine are two hosts; that one leads to the other changes nothing."""
    other = host.address.replace("127.0.0.1", "localhost")
    addresses = [f"{host.address}/in-turn/{number}" for number in range(8)]
    ask_all([*addresses, *(f"{other}/across/{number}" for number in range(8))], QUICK)
    assert host.most_at_once == {"127.0.0.1": 1, "localhost": 1}
    assert host.most_in_all == 2


@pytest.mark.parametrize(
    ("address", "sent"),
    [
        ("https://example.org/a?b=c#d", "https://example.org/a?b=c"),
        ("https://bücher.example/ä?ü=%20", "https://xn--bcher-kva.example/%C3%A4?%C3%BC=%20"),
        ("https://example.org/a_(b)/c,d;e", "https://example.org/a_(b)/c,d;e"),
    ],
)
def test_an_address_is_sent_in_letters_that_may_be(address: str, sent: str) -> None:
    assert as_sent(address) == sent


def test_where_addresses_are_found() -> None:
    """In text, in Markdown of the front matter, in what readers wrote; not in code, comments or what stands as mere text."""
    text = "Claim: See [it](https://a.example/1).\nTitle: https://a.example/no\n\n> <https://a.example/2>\n\n"
    text += "https://a.example/no `<https://a.example/no>` <!-- <https://a.example/no> -->\n[x](mailto:a@a.example) [b]: c\n"
    found = defaultdict(list)
    for folder in ("risks", "responses"):
        for link in links.links_in(SourceText("p.md", text), folder):
            found[folder].append((link.address, link.place.line))
    assert found == {folder: [("https://a.example/1", 1), ("https://a.example/2", 4)] for folder in ("risks", "responses")}


def test_nothing_is_asked_where_there_is_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert links.main(["--strict"], QUICK) == 0
    assert capsys.readouterr().out == "0 addresses: none to ask for.\n"
