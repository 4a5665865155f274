"""A site read from outside, as a browser would: from its first page on, by every link, picture, style and script."""

import json
import mimetypes
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from html import unescape
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from pages import Element, parser_of

FIRST = "index.html"
ROBOTS = "robots.txt"
NOT_FOUND = "404.html"
NOWHERE = "no/such/page"  # at a depth of its own
GONE = "theme/site.00000000.css"  # of an earlier edition: that it is not there must not be kept
OTHER = re.compile(r"(?:mailto|data|tel):")
IN_XML = re.compile(r'(?:\bhref="|<loc>)([^"<]+)')
IN_STYLE = re.compile(r"url\(\s*['\"]?([^'\")]+)")
KEPT = re.compile(r"/theme/[^/]+\.[0-9a-f]{8}\.[a-z]+$")
TYPES = {".webmanifest": "application/manifest+json", ".js": "text/javascript"}
# What asks for a file so as to show or run it: a host that says another type of it spoils the page (nosniff).
TYPED = (".html", ".css", ".js", ".svg", ".png", ".pdf", ".xml")


@dataclass(frozen=True)
class Answer:
    """What a host says at an address; `headers` are lower-case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @cached_property
    def page(self) -> Element:
        return parser_of(self.body.decode("utf-8")).stack[0]

    @cached_property
    def ids(self) -> set[str]:
        return {element.attributes["id"] for element in self.page.every() if "id" in element.attributes}


def ask(url: str) -> Answer:
    """The answer at an address, of a host or a file."""
    try:
        with urllib.request.urlopen(url, timeout=20) as answer:
            headers = {name.lower(): value for name, value in answer.headers.items()}
            return Answer(answer.status or 200, headers, answer.read())
    except urllib.error.HTTPError as error:
        with error:
            return Answer(error.code, {name.lower(): value for name, value in error.headers.items()}, error.read())
    except urllib.error.URLError as error:
        return Answer(0, {}, str(error.reason).encode())


@dataclass
class Crawl:
    """A crawl of the site whose folder is at `base`, which ends in a slash; `site` is where it believes itself to be."""

    base: str
    site: str = ""
    asked: Callable[[str], Answer] = ask
    shown: str = FIRST  # what the host shows for the address of a folder; nothing where there are no folders
    answers: dict[str, Answer] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)

    def run(self) -> "Crawl":
        """Go through the whole site, and say in `wrong` what leads nowhere or out of the folder."""
        todo, fragments = [(f"{self.base}{name}", "") for name in (ROBOTS, FIRST)], []
        while todo:
            url, by = todo.pop()
            if url in self.answers:
                continue
            answer = self.answers[url] = self.asked(url)
            if answer.status != 200 or not answer.body:
                self.wrong.append(f"{by} -> {url}: {answer.status}, {len(answer.body)} bytes")
                continue
            self.wrong += self.mistyped(url, answer)
            for target in self.targets(url, answer):
                found = self.inside(urljoin(url, target))
                if found is None:
                    continue
                if not found.startswith(self.base):
                    self.wrong.append(f"{url} -> {target}: out of the folder")
                    continue
                page, fragment = urldefrag(found)
                if page.endswith("/"):
                    page += self.shown
                todo.append((page, url))
                fragments += [(url, page, fragment)] if fragment else []
        for by, page, fragment in fragments:
            if page.endswith(".html") and unquote(fragment) not in self.answers[page].ids:
                self.wrong.append(f"{by} -> {page}#{fragment}: no such id")
        return self

    def inside(self, url: str) -> str | None:
        """The address as one on the host that is asked; None if it is another's."""
        if self.site and (url + "/").startswith(self.site):
            return self.base + url.removeprefix(self.site.rstrip("/")).removeprefix("/")
        here, there = urlsplit(self.base), urlsplit(url)
        return url if (here.scheme, here.netloc) == (there.scheme, there.netloc) else None

    def targets(self, url: str, answer: Answer) -> Iterator[str]:
        """What a page, a style sheet, a manifest, a feed or a sitemap names."""
        path = urlsplit(url).path
        found: Iterator[str] = iter(())
        if path.endswith(".html"):
            found = of_page(answer.page)
        elif path.endswith(".xml"):
            found = map(unescape, IN_XML.findall(answer.body.decode()))
        elif path.endswith(ROBOTS):
            found = iter(re.findall("^Sitemap: (.+)", answer.body.decode(), re.M))
        elif path.endswith(".css"):
            found = iter(IN_STYLE.findall(answer.body.decode()))
        elif path.endswith(".webmanifest"):
            told = json.loads(answer.body)
            found = iter([told["start_url"], *(icon["src"] for icon in told["icons"])])
        yield from (target for target in found if not OTHER.match(target))

    def mistyped(self, url: str, answer: Answer) -> Iterator[str]:
        """A line if the host calls a file something that it is not."""
        ending = re.sub(r".*(?=\.)", "", urlsplit(url).path)
        said = answer.headers.get("content-type", "").partition(";")[0]
        wanted = TYPES.get(ending) or mimetypes.guess_type(f"a{ending}")[0]
        alike = {"application/xml": "text/xml", "application/javascript": "text/javascript"}
        if ending in TYPED and alike.get(said, said) != alike.get(wanted or "", wanted):
            yield f"{url} is called {said}"

    @property
    def pages(self) -> list[str]:
        """The paths of the HTML pages that were found."""
        return sorted(url.removeprefix(self.base) for url in self.answers if url.endswith(".html"))

    def unlike(self) -> Iterator[str]:
        """What the host does otherwise than the README says: what is kept, what is asked for again, what every answer says."""
        nothing = (f"{self.base}{path}" for path in (NOWHERE, GONE))
        for url, answer in [*self.answers.items(), *((url, self.asked(url)) for url in nothing)]:
            for name, value in (
                ("x-content-type-options", "nosniff"),
                ("referrer-policy", "no-referrer"),
                ("content-security-policy", "frame-ancestors 'none'"),
            ):
                if answer.headers.get(name) != value:
                    yield f"{url}: {name} is {answer.headers.get(name)}"
            kept = "immutable" in answer.headers.get("cache-control", "")
            if kept is not (answer.status == 200 and bool(KEPT.search(url))):
                yield f"{url}: cache-control is {answer.headers.get('cache-control')}"

    def lost(self) -> Iterator[str]:
        """What is wrong with the answer at an address where there is nothing; all links on it begin at the host's root."""
        answer = self.asked(f"{self.base}{NOWHERE}")
        targets = [target for target in of_page(answer.page) if not OTHER.match(target) and not target.startswith("#")]
        if answer.status != 404:
            yield f"{NOWHERE}: {answer.status}"
        if not answer.page.all("h1") or answer.body != self.asked(f"{self.base}{NOT_FOUND}").body:
            yield f"{NOWHERE}: not the page of the site"
        if not any(target.endswith(".css") for target in targets):
            yield f"{NOWHERE}: no style sheet"
        for target in targets:
            url = urljoin(f"{self.base}{NOWHERE}", target)
            if url.startswith(self.base) and (found := self.answers.get(urldefrag(url)[0]) or self.asked(url)).status == 200:
                continue
            yield f"{NOWHERE} -> {target}: {found.status if url.startswith(self.base) else 'out of the folder'}"


def of_page(page: Element) -> Iterator[str]:
    """Every address that a page names: its links and what it shows, and what it says of itself to others."""
    for element in page.every():
        for name in ("href", "src", "poster"):
            if target := element.attributes.get(name, ""):
                yield target
        told = element.attributes.get("property", "") in ("og:url", "og:image")
        if element.tag == "meta" and told:
            yield element.attributes["content"]
        if element.attributes.get("http-equiv") == "refresh":
            yield element.attributes["content"].partition("url=")[2]
