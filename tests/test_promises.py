"""What SECURITY.md promises of whatever anybody writes, tried with texts that nobody chose: always the same ones.

`python3 tasks.py fuzz` writes whole files; here each promise is asked by itself.
"""

import io
import json
import os
import re
import xml.etree.ElementTree as ET
import zipfile
from collections.abc import Callable, Iterator
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, assume, given, seed, settings
from hypothesis import strategies as st
from markdown import Markdown
from tinyhtml5.parser import HTMLParser

from argument.allowed import MARKDOWN, OWN, let_through, may_have
from argument.browsers import misread
from argument.copied import leading_out, more_than_a_picture
from argument.inventory import files
from argument.near_misses import PHRASES
from argument.preview import Preview
from argument.reading import NEEDED, Converter, Read, read
from argument.verification import opened
from building import small_site
from fuzzing import ALLOWED_SCHEMES, SETTINGS, valid

many = settings(max_examples=200, deadline=None, database=None, suppress_health_check=[*HealthCheck])
CONVERTER = Converter({})
HEAD = "Title: T\nDescription: D\n\n"
# What closes, opens or runs something in one language or another.
CLOSING = ['"', "'", ">", "</title>", "</script>", "-->", "]]>", "*/", "}", "%}", "]", ")", "\\", "`", "&#34;"]
OPENING = ["<b>", "<script>alert(1)</script>", "<!--", "<![CDATA[", "{{ 7*7 }}", "{% raw %}", "#let x", "$x$", "\\u003c", "&lt;"]
OPENING += [
    "=1+1",
    "@import 'x'",
    "javascript:alert(1)",
    "url(x)",
    "<svg onload=alert(1)>",
    ' onclick="alert(1)',
    "{filename}/x",
    "*a*",
]
HOSTILE = st.lists(st.sampled_from([*CLOSING, *OPENING, "word", " "]), min_size=1, max_size=5).map("".join).map(str.strip)
PLAIN = "Plain"
MARKUP = re.compile(r"[<*`|{]")
PAGE = ("html", "head", "title", "body", "tbody", "colgroup")  # what is there anyway, or what browsers put in
# A title may hold markup, the name of somebody none: {1} stands where that would be told.
SITE = {
    "pages/hostile.md": "Title: {0}\nDescription: D {0}\nNav: N\nOrder: 90\n\n"
    "/// comparison | C {1}\n    id: hostile\n    one_sided: No.\n\n| A {1} | B |\n|---|---|\n| C | (+) D |\n///\n\n"
    "/// picture | M {1}\n    id: hostile-map\n    kind: map\n///\n",
    "risks/hostile.md": "Title: {0}\nOrder: 9\nLikelihood: rare\nConsequence: minor\nLikelihood-Now: rare\n"
    "Consequence-Now: minor\nScoring: So [@treasurer-2023].\nClaim: A claim.\nEvidence: Some [@treasurer-2023].\n"
    "Owner: {1}\nAnswer: None.\nRemains: Some.\n\nWords.\n",
    "sources/hostile.md": "Title: {0}\nPublisher: P {1}\nDate: 2024-03\nURL: https://example.org/x\nSeen: 2024-06-01\n"
    "Kind: survey\nConfidence: high\n\n> Nobody wrote it.\n",
    "quotations/hostile.md": "Source: hostile\nBy: {1}\nRole: R {1}\nSide: for\nSupports: risks/cost\nUnused: No.\n"
    "\nNobody wrote it.\n",
    "responses/hostile.md": "Title: {0}\nBy: {1}\nDate: 2025-03-04\nTo: risks/cost\n\nWords.\n",
}
ADDRESSES = (
    "risks/hostile.html",
    "hostile.html",
    "sources/hostile.html",
    "quotations/hostile.html",
    "responses/hostile.html",
    "sources.html",
    "feed.xml",
)
ADDRESSES += ("risks/cost.html", "references.json", "references.bib", "references.ris")


def html_of(found: Read) -> str:
    item = found.document.item
    return item.origin.body if item else ""


def tags(html: str) -> list[tuple[str, list[str]]]:
    """The elements of HTML with the names of their attributes, as browsers read it; not the lines that words in a picture have."""
    tree = HTMLParser(namespace_html_elements=False).parse(html)
    elements = (element for element in tree.iter() if isinstance(element.tag, str) and not element.tag.endswith("}tspan"))
    return [(element.tag, sorted(element.attrib)) for element in elements]


def shape(value: Any) -> Any:
    """What JSON is made of, whatever its texts say."""
    if isinstance(value, dict):
        return {key: shape(one) for key, one in value.items()}
    return [shape(one) for one in value] if isinstance(value, list) else type(value).__name__


def shapes(address: str, content: bytes) -> list[Any]:
    """What a file is made of, whatever its texts say; pages are valid, too, and nothing in them runs that is not ours."""
    if address.endswith(".json"):
        return [shape(json.loads(content))]
    if address.endswith(".xml"):
        return [(element.tag, sorted(element.attrib)) for element in ET.fromstring(content).iter()]
    if address.endswith((".bib", ".ris")):
        return [line.split()[:1] for line in content.decode().splitlines()]
    html = content.decode()
    valid(address, html)
    linked = re.findall(r'<script type="application/ld\+json">(.*?)</script>', html, re.S)
    return [*tags(html), *(shape(json.loads(one)) for one in linked)]


@pytest.fixture(scope="module")
def publish(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], dict[str, list[Any]] | None]]:
    """What the files are made of in which a text stands wherever one may be written; None where a problem is told."""
    folder = small_site(tmp_path_factory.mktemp("promises") / "site")
    (folder / "content/responses").mkdir(exist_ok=True)
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(SETTINGS)
    here = Path.cwd()
    os.chdir(folder)
    preview = Preview("pelicanconf.py")

    def published(text: str) -> dict[str, list[Any]] | None:
        for name, content in SITE.items():
            (folder / "content" / name).write_text(content.format(text, PLAIN if MARKUP.search(text) else text), "utf-8")
        if preview.look():
            return None
        found = {address: shapes(address, preview.file(address) or b"") for address in ADDRESSES}
        papers = [
            preview.shown.facts.papers[name]
            for name in ("hostile.pdf", "sources/hostile.pdf")
            if name in preview.shown.facts.papers
        ]
        for proof in preview.shown.printer.composed(papers):
            found[proof.composed.paper.file] = [shape(json.loads(proof.composed.json))]
        return found

    yield published
    os.chdir(here)


@pytest.fixture(scope="module")
def plain(publish: Callable[[str], dict[str, list[Any]] | None]) -> dict[str, list[Any]]:
    """The same of a text that is only a word."""
    return publish(PLAIN) or {}


@seed(1)
@settings(many, max_examples=20)
@given(HOSTILE)
def test_no_text_is_anything_but_text(
    publish: Callable[[str], dict[str, list[Any]] | None], plain: dict[str, list[Any]], text: str
) -> None:
    """Pages, JSON-LD, feed, exports and papers are made of the same, whatever stands where a text may be written."""
    found = publish(text)
    assume(found is not None)
    assert found == plain


TAG = st.sampled_from(
    ["b", "abbr", "a", "p", "td", "script", "style", "iframe", "svg", "math", "x-note", "x-cell", "img", "form", "B"]
)
NAME = st.sampled_from(
    ["id", "class", "title", "href", "src", "onclick", "style", "lang", "srcdoc", "line", "sign", "xmlns", "ONload"]
)
VALUE = st.sampled_from(
    ["x", "javascript:alert(1)", " java\tscript:alert(1)", "https://example.org/", "#a", "data:text/html,x", '"', "<b>"]
)
ATTRIBUTE = st.tuples(NAME, VALUE, st.sampled_from(['="{}"', "='{}'", "={}", "", "/"])).map(lambda a: a[0] + a[2].format(a[1]))
FORM = st.sampled_from(["<{0}{1}>x</{0}>", "<{}{}>", "</{}{}>", "<{}{}/>", "<{}{}", "< {}{}>", "<!{}{}>"])
ELEMENT = st.tuples(FORM, TAG, st.lists(ATTRIBUTE, max_size=2))
HTML = st.lists(ELEMENT.map(lambda e: e[0].format(e[1], "".join(f" {one}" for one in e[2]))) | HOSTILE, max_size=6).map(" ".join)


@seed(1)
@settings(many, max_examples=500)
@given(HTML)
def test_only_what_is_on_the_list_gets_past_the_gate(html: str) -> None:
    kept, refused = let_through(html)
    for tag, attributes in tags(f"<!DOCTYPE html><html><head><title></title></head><body>{kept}</body></html>"):
        assert tag in {*PAGE, *MARKDOWN, *OWN, *PHRASES.split("|")}, kept
        assert tag in PAGE or set(attributes) <= set(may_have(tag)), kept
    assert refused or kept == html


WITHIN = st.sampled_from(
    ["a", "p", "ul", "li", "table", "tr", "td", "h2", "pre", "code", "q", "sub", "x-note", "x-cite", "section"]
)
GIVEN = {"a": ' href="#a"', "tr": ' x-line="1" x-cells="1"', "x-note": ' line="1" title="t"', "x-cite": ' keys="k" locators=""'}
NESTED = st.recursive(
    st.sampled_from(["", "word", " &amp; ", "<br />"]),
    lambda inside: st.tuples(WITHIN, inside, inside).map(lambda e: f"<{e[0]}{GIVEN.get(e[0], '')}>{e[1]}</{e[0]}>{e[2]}"),
    max_leaves=8,
)


@seed(1)
@settings(many, max_examples=500)
@given(NESTED)
def test_browsers_read_what_is_written_or_it_is_told(html: str) -> None:
    """By another parser than the one that tells it. A citation will be a link."""
    kept, refused = let_through(f"<div>{html}</div>")
    assert not refused
    linked = re.sub("x-cite", "a", kept)
    seen = HTMLParser(namespace_html_elements=False).parse(f"<!DOCTYPE html><title></title><body>{linked}</body>").find("body")
    assert bool(misread(kept)) is (nested(seen) != nested(ET.fromstring(f"<body>{linked}</body>"))), kept


def nested(element: Any) -> list[Any]:
    """What is in an element."""
    return [element.text or "", *((one.tag, nested(one), one.tail or "") for one in element)]


@seed(1)
@settings(many)
@given(HTML)
def test_who_writes_back_writes_no_html(html: str) -> None:
    """Whatever of a response reads like a tag is a problem, or there is none in what is made of it."""
    head = "Title: T\nBy: B\nDate: 2025-03-04\nTo: risks/cost\n\n"
    found = read("content/responses/x.md", "responses/x.md", f"{head}Words {html} words.\n", CONVERTER)
    made = {tag for tag, _ in tags(html_of(found))} - {"html", "head", "body"}
    assert found.problems or made <= {"p", "a", "em", "strong", "code", "br", "hr"}


SCHEME = st.text(st.sampled_from("javascriptdatvbhp:/\t\n &#;\\%\x01"), min_size=1, max_size=14)
LINKED = st.sampled_from(["[x]({})", "<{}>", "[x][a]\n\n[a]: {}", "![x]({})", "[x](<{}>)", "<b title='{}'>x</b>", "[x]({} 'y')"])
PLACES = st.tuples(
    LINKED, SCHEME | st.sampled_from(["javascript:alert(1)", "JaVaScript:x", "//example.org", "data:,x", "vbscript:x"])
)


@seed(1)
@settings(many, max_examples=400)
@given(PLACES)
def test_a_link_leads_where_it_may_or_is_a_problem(written: tuple[str, str]) -> None:
    form, address = written
    text = f"Words {form.format(address)}\n"
    found = read("content/pages/x.md", "pages/x.md", f"{HEAD}{text}", CONVERTER)
    assert found.problems or follows(html_of(found)), written
    kept, refused = let_through(Markdown(extensions=[*NEEDED]).convert(text))  # whatever is found before it
    assert refused or follows(kept), written


def follows(html: str) -> bool:
    """Whether all links lead where they may."""
    tree = HTMLParser(namespace_html_elements=False).parse(html)
    led = [value for element in tree.iter() for name, value in element.attrib.items() if name in ("href", "src")]
    schemes = (re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*:)", one) for one in led)
    return all(not scheme or scheme[1].lower() in ALLOWED_SCHEMES for scheme in schemes)


PART = st.sampled_from(["a", "b", "images"])
TARGET = st.sampled_from(
    ["../../outside", "..", "../..", "a", "../a", "../../outside/secret.md", "images", "/", "../outside", "b/../../outside"]
)


@seed(1)
@settings(many, max_examples=80)
@given(st.lists(st.tuples(PART, PART, TARGET), max_size=4), st.lists(st.tuples(PART, PART), max_size=4))
def test_no_link_leads_out_of_the_content_folder(
    tmp_path_factory: pytest.TempPathFactory, links: list[tuple[str, str, str]], plain_files: list[tuple[str, str]]
) -> None:
    """Whatever is read lies below it, by another way to find that out."""
    base = tmp_path_factory.mktemp("links")
    content = base / "content"
    (base / "outside").mkdir()
    (base / "outside/secret.md").write_text("Secret.", "utf-8")
    for folder, name in plain_files:
        (content / folder).mkdir(parents=True, exist_ok=True)
        (content / folder / f"{name}.md").write_text("Words.", "utf-8")
    for folder, name, target in links:
        (content / folder).mkdir(parents=True, exist_ok=True)
        if not (content / folder / name).is_symlink():
            (content / folder / name).symlink_to(target)
    names = [*files(content, [])] if content.is_dir() else []
    told = set(leading_out(content, names))
    for name in names:
        try:
            inside = (content / name).resolve(strict=True).is_relative_to(content.resolve())
        except (OSError, RuntimeError):  # to nothing, or to itself
            continue
        assert inside is (name not in told), (name, links)


DRAWS = st.sampled_from(
    ["g", "path", "text", "use", "g", "path", "text", "image", "style", "script", "foreignObject", "a", "set", "iframe"]
)
WITH = st.sampled_from(
    [
        'd="M0 0"',
        'href="#a"',
        'href="javascript:x"',
        'onload="x"',
        'x:href="https://example.org/"',
        'style="fill:url(//x)"',
        'fill="url(#a)"',
    ]
)


@seed(1)
@settings(many, max_examples=100)
@given(st.lists(st.tuples(DRAWS, WITH, HOSTILE), min_size=1, max_size=4))
def test_a_picture_that_is_published_draws_and_does_nothing_else(parts: list[tuple[str, str, str]]) -> None:
    inside = "".join(f"<{tag} {attribute}>{escape(text)}</{tag}>" for tag, attribute, text in parts)
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{inside}</svg>'
    assume(not more_than_a_picture(svg.encode()))
    for element in ET.fromstring(svg).iter():
        assert element.tag.rpartition("}")[2] in {"svg", "g", "path", "text", "use", "style", "image", "title"}, svg
        for name, value in element.attrib.items():
            assert not name.startswith("on"), svg
            assert "//" not in value, svg
            assert "script:" not in value, svg


@seed(1)
@settings(many, max_examples=40)
@given(st.integers(0, 5_000_000), st.integers(1, 1000))
def test_no_more_of_an_archive_is_unpacked_than_is_asked_for(
    tmp_path_factory: pytest.TempPathFactory, size: int, asked: int
) -> None:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("site/index.html", bytes(size))
    file = tmp_path_factory.mktemp("archive") / "site.zip"
    file.write_bytes(packed.getvalue())
    with opened(file) as files:
        assert len(files["index.html"](asked)) == min(size, asked)
