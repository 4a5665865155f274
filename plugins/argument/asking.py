"""Hosts asked, politely, whether addresses still lead somewhere: addresses → answers. Knows nothing of the content.

One question at a time for each host with a pause after it, several hosts at once; what fails is asked again after waits
that grow. Only headers are read.
"""

import threading
import time
import urllib.request
from collections import defaultdict
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from enum import StrEnum
from http import HTTPStatus
from http.client import HTTPException, HTTPMessage
from typing import IO
from urllib.error import HTTPError, URLError
from urllib.parse import quote, urldefrag, urljoin, urlsplit, urlunsplit

USER_AGENT = "policy-argument-site/0.1 (checks whether the links of one site still lead somewhere; reads no pages)"
PERMANENT = (HTTPStatus.MOVED_PERMANENTLY, HTTPStatus.PERMANENT_REDIRECT)
ELSEWHERE = (*PERMANENT, HTTPStatus.FOUND, HTTPStatus.SEE_OTHER, HTTPStatus.TEMPORARY_REDIRECT)
GONE = (HTTPStatus.NOT_FOUND, HTTPStatus.GONE)
STEPS = 10  # from one address to the next before they are taken for a circle


class Standing(StrEnum):
    """What is known of an address."""

    FOUND = "found"
    MOVED = "moved"
    GONE = "gone"
    UNREACHABLE = "unreachable"
    REFUSED = "refused"


@dataclass(frozen=True)
class Answer:
    """What came of an address: in what words of the host or the network, and where it has moved for good."""

    standing: Standing
    said: str = ""
    to: str = ""


@dataclass(frozen=True)
class Manners:
    """How hosts are asked; times in seconds. `waits` are those before the second, third … time of asking."""

    timeout: float = 20
    waits: tuple[float, ...] = (3, 15)
    pause: float = 1
    hosts: int = 6


class Still(urllib.request.HTTPRedirectHandler):
    """Goes nowhere by itself, so that it is seen which steps are for good."""

    def redirect_request(  # noqa: PLR0917 - urllib's own
        self, req: urllib.request.Request, fp: IO[bytes], code: int, msg: str, headers: HTTPMessage, newurl: str
    ) -> None:
        """Nothing: where to is in the headers."""


@dataclass
class Asking:
    """One run; a host is asked by one thread at a time, also where another host leads to it."""

    manners: Manners
    opener: urllib.request.OpenerDirector = field(default_factory=lambda: urllib.request.build_opener(Still()))
    guard: threading.Lock = field(default_factory=threading.Lock)
    turns: dict[str, threading.Lock] = field(default_factory=lambda: defaultdict(threading.Lock))
    free: dict[str, float] = field(default_factory=dict)

    def patiently(self, address: str) -> Answer:
        """The answer, asked for once more after each wait while there is none."""
        answer = self.followed(address)
        for wait in self.manners.waits:
            if answer.standing is not Standing.UNREACHABLE:
                break
            time.sleep(wait)
            answer = self.followed(address)
        return answer

    def followed(self, address: str) -> Answer:
        """What stands at the end of the way that an address leads; where it has moved, as far as every step is for good."""
        at, to, for_good = address, "", True
        for _ in range(STEPS):
            try:
                status, target = self.headers(at)
            except (OSError, HTTPException, ValueError) as error:
                reason = error.reason if isinstance(error, URLError) else error
                return Answer(Standing.UNREACHABLE, "no answer in time" if isinstance(reason, TimeoutError) else str(reason))
            if status not in ELSEWHERE or not target:
                return Answer(standing(status, moved=bool(to)), named(status), to)
            at = urljoin(at, target)
            for_good &= status in PERMANENT
            to = at if for_good else to
        return Answer(Standing.UNREACHABLE, "it leads in a circle")

    def headers(self, address: str) -> tuple[int, str]:
        """The status of an address and where it leads on to; many hosts refuse HEAD, and mean nothing by it."""
        status, target = self.once(address, "HEAD")
        if status >= HTTPStatus.BAD_REQUEST and status != HTTPStatus.TOO_MANY_REQUESTS:
            status, target = self.once(address, "GET")
        return status, target

    def once(self, address: str, method: str) -> tuple[int, str]:
        """One question, when the host is free. Raises OSError, HTTPException or ValueError where no answer comes."""
        parts = urlsplit(address)
        if parts.scheme not in ("http", "https") or not parts.hostname:
            raise ValueError(f"{address} is no address of the web")
        request = urllib.request.Request(as_sent(address), method=method, headers={"User-Agent": USER_AGENT, "Accept": "*/*"})  # noqa: S310 - http alone
        with self.guard:
            turn = self.turns[parts.netloc]
        with turn:
            time.sleep(max(0, self.free.get(parts.netloc, 0) - time.monotonic()))
            try:
                with self.opener.open(request, timeout=self.manners.timeout) as answer:
                    return answer.status, ""
            except HTTPError as error:
                with error:
                    return error.code, error.headers.get("Location", "")
            finally:
                self.free[parts.netloc] = time.monotonic() + self.manners.pause


def as_sent(address: str) -> str:
    """The address in the letters that may be sent, without its fragment: those of other scripts as figures."""
    parts = urlsplit(urldefrag(address).url)
    host = parts.netloc.encode("idna").decode() if not parts.netloc.isascii() else parts.netloc
    safe = "%/:;@!$&'()*+,=?~[]"
    return urlunsplit((parts.scheme, host, quote(parts.path, safe), quote(parts.query, safe), ""))


def standing(status: int, *, moved: bool) -> Standing:
    """What a status says of an address."""
    if status in GONE:
        return Standing.GONE
    if status >= HTTPStatus.INTERNAL_SERVER_ERROR:
        return Standing.UNREACHABLE
    if status >= HTTPStatus.BAD_REQUEST:
        return Standing.REFUSED
    return Standing.MOVED if moved else Standing.FOUND


def named(status: int) -> str:
    """`404 Not Found`; the number alone where HTTP has no name for it."""
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return str(status)


def ask_all(addresses: Iterable[str], manners: Manners) -> Mapping[str, Answer]:
    """The answer for each address; the host with most of them is begun first."""
    by_host = defaultdict(list)
    for address in sorted(set(addresses)):
        by_host[urlsplit(address).netloc].append(address)
    asking = Asking(manners)

    def ask(group: list[str]) -> list[tuple[str, Answer]]:
        return [(address, asking.patiently(address)) for address in group]

    with ThreadPoolExecutor(manners.hosts) as threads:
        done = threads.map(ask, sorted(by_host.values(), key=len, reverse=True))
        return dict(pair for pairs in done for pair in pairs)
