"""Share pages, what services read of them, and passing them on: as a crawler, a reader without script and one with it meet them."""

import json
import re
import threading
from collections import Counter, defaultdict
from collections.abc import Iterator
from functools import partial
from http.server import ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
import segno
from playwright.sync_api import Browser, BrowserContext

from argument.previews import LONGEST, in_whole_sentences
from argument.sharing import service_address
from pages import Element, parse
from serving import Quiet
from test_real_site import present
from test_responses import SITE, of_class

ROW, TABLE = "tables/opening--sunday.html", "tables/opening.html"


@pytest.fixture(scope="module")
def pages(answered_output: Path) -> dict[str, Element]:
    """Every page of a site that knows its own address, as it was built, but for those that only lead on and 404.html."""
    found = {path.relative_to(answered_output).as_posix(): parse(path) for path in sorted(answered_output.rglob("*.html"))}
    return {
        name: page for name, page in found.items() if "noindex" not in [meta.attributes.get("content") for meta in page.all("meta")]
    }


@pytest.fixture(scope="module")
def real_pages(real_site: Path) -> dict[str, Element]:
    """Every page of the real site, which does not know where it will stand, but for those that only lead on."""
    return present(real_site)


def read(page: Element) -> dict[str, str]:
    """What a crawler reads in the head of a page, each name once."""
    found: dict[str, list[str]] = defaultdict(list)
    for meta in page.all("meta"):
        name = meta.attributes.get("property") or meta.attributes.get("name")
        if name:
            found[name].append(meta.attributes["content"])
    assert [name for name, values in found.items() if len(values) > 1] == []
    return {name: values[0] for name, values in found.items()}


def nodes(page: Element) -> list[dict[str, object]]:
    """The JSON-LD of a page."""
    (script,) = [script for script in page.all("script") if script.attributes.get("type") == "application/ld+json"]
    data = json.loads(" ".join(script.words))
    assert data["@context"] == "https://schema.org"
    return data["@graph"]


def test_a_crawler_reads_the_same_of_every_page(pages: dict[str, Element], answered_output: Path) -> None:
    """A title and description that end, whole addresses that lead to the page and to a picture, and what it shows in words."""
    for name, page in pages.items():
        told = read(page)
        url = f"{SITE}/" if name == "index.html" else f"{SITE}/{name}"
        assert told["og:url"] == url
        assert told["og:site_name"] == "Open on Sundays"
        assert told["og:type"] == ("website" if name == "index.html" else "article")
        assert told["og:title"]
        assert told["og:description"]
        assert not told["og:title"].endswith("…")
        assert len(told["og:description"]) <= LONGEST
        assert (told["og:image:width"], told["og:image:height"]) == ("1200", "630")
        assert len(told["og:image:alt"]) > len(told["og:title"]) / 2
        assert told["twitter:card"] == "summary_large_image"
        picture = answered_output / told["og:image"].removeprefix(f"{SITE}/")
        data = picture.read_bytes()
        assert data.startswith(b"\x89PNG")
        assert (int.from_bytes(data[16:20]), int.from_bytes(data[20:24])) == (1200, 630)


def test_each_share_page_has_a_picture_of_its_own(pages: dict[str, Element]) -> None:
    """Sources, which are shared for what is quoted from them, are shown with that of the home page."""
    for name, page in pages.items():
        own = f"{SITE}/{name.removesuffix('.html')}.png"
        assert read(page)["og:image"] == (f"{SITE}/index.png" if name.startswith("sources/") else own)


def test_searches_are_led_to_one_page_for_each_text(pages: dict[str, Element]) -> None:
    """The page of a table or row names the one that holds it whole; every other page names itself."""
    for name, page in pages.items():
        (canonical,) = [link.attributes["href"] for link in page.all("link") if link.attributes["rel"] == "canonical"]
        whole = {"tables": f"{SITE}/hall.html", "index.html": f"{SITE}/"}
        assert canonical == (canonical if name.startswith("tables/") else whole.get(name, f"{SITE}/{name}"))
        assert canonical.removeprefix(f"{SITE}/").partition("/")[0] != "tables"
        assert "robots" not in read(page)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("index.html", "Article"),
        ("hall.html", "Article"),
        ("quotations/never-in-the-week.html", "Quotation"),
        ("risks/cost.html", "Claim"),
        ("benefits/more-readers.html", "Claim"),
        ("sources/survey-2024.html", "WebPage"),
        ("responses/agreed.html", "Comment"),
        ("updates/opened.html", "Article"),
        ("tables/risks-compared.html", "Table"),
        ("tables/risks-compared--cost.html", "WebPageElement"),
    ],
)
def test_each_kind_of_page_is_said_in_the_terms_of_schema_org(name: str, kind: str, pages: dict[str, Element]) -> None:
    """What it is, under the same title and address as in its preview; and the way up, whose last step it is."""
    told, (what, *above) = read(pages[name]), nodes(pages[name])
    assert (what["@type"], what["name"], what["url"]) == (kind, told["og:title"], told["og:url"])
    if name == "index.html":
        assert above == []
        return
    (way,) = above
    steps = way["itemListElement"]
    assert way["@type"] == "BreadcrumbList"
    assert [step["position"] for step in steps] == list(range(1, len(steps) + 1))
    assert (steps[0]["item"], steps[-1]["item"]) == (f"{SITE}/", told["og:url"])
    assert {step["item"].removeprefix(f"{SITE}/") or "index.html" for step in steps} <= pages.keys()


def test_a_quotation_says_who_spoke_and_what_it_is_from(pages: dict[str, Element]) -> None:
    what = nodes(pages["quotations/never-in-the-week.html"])[0]
    assert what["text"] == "I never manage to come in the week."
    assert what["spokenByCharacter"]["name"] == "A reader"
    assert what["isBasedOn"]["@type"] == "CreativeWork"
    assert what["isBasedOn"]["publisher"]["name"]


def test_no_words_can_end_the_element_that_data_stands_in(real_site: Path) -> None:
    for path in real_site.rglob("*.html"):
        for data in re.findall(r'<script type="application/ld\+json">(.*?)</script>', path.read_text("utf-8"), re.S):
            assert "<" not in data


def test_without_an_address_of_its_own_a_page_says_the_rest(real_pages: dict[str, Element]) -> None:
    """No address that leads nowhere, no letter without one, and no code; but titles, descriptions, kinds of things."""
    for name, page in real_pages.items():
        told = read(page)
        assert {"og:title", "og:description", "og:type", "og:site_name"} <= told.keys()
        assert not {"og:url", "og:image", "twitter:card"} & told.keys()
        assert [link for link in page.all("link") if link.attributes["rel"] == "canonical"] == []
        assert len(nodes(page)) == 1
        assert "http" not in json.dumps(
            {key: value for key, value in nodes(page)[0].items() if key in ("url", "image", "isPartOf")}
        )
        assert of_class(page, "on-paper") == of_class(page, "share__links") == [], name


def test_no_description_of_the_real_site_is_cut_off_or_too_long(real_pages: dict[str, Element]) -> None:
    told = {name: read(page) for name, page in real_pages.items()}
    assert [name for name, one in told.items() if one["og:title"].endswith("…")] == []
    assert [(name, len(one["og:description"])) for name, one in told.items() if len(one["og:description"]) > LONGEST] == []
    twice = defaultdict(list)
    for name, one in told.items():
        twice[one["og:title"], one["og:description"]].append(name)
    assert [names for names in twice.values() if len(names) > 1] == []


def test_a_description_is_as_many_whole_sentences_as_are_shown() -> None:
    long = f"{'Words ' * 45}end. “Said?” More."
    assert in_whole_sentences("One. Two! ‘Three?’ Four") == "One. Two! ‘Three?’ Four"
    assert in_whole_sentences(long) == long
    assert in_whole_sentences(f"First. {'words ' * 60}end.") == "First."
    assert in_whole_sentences("word " * 80).split() == ["word"] * 80


def test_a_row_stands_whole_on_its_page_with_the_names_of_its_columns(real_pages: dict[str, Element]) -> None:
    """The same words as in its table, its verdicts, what speaks against it, and the way to its place."""
    page = real_pages["tables/four-positions--security.html"]
    facets = of_class(page, "facets__facet")
    (row,) = [
        one
        for one in real_pages["positions-on-safety.html"].all("tr")
        if one.attributes.get("id") == "positions-on-safety--security"
    ]
    assert [one.all("dt")[0].text for one in facets] == ["Blanket block", "Access by role", "Open with policy", "Allow-list"]
    for facet, cell in zip(facets, row.all("td"), strict=True):
        assert sorted(re.findall(r"\w+|[✓✗≈?]", facet.all("dd")[0].text)) == sorted(re.findall(r"\w+|[✓✗≈?]", cell.text))
    assert page.all("h1")[0].text == "Security"
    labels = [one.text for one in of_class(page, "bearings__label")]
    assert labels[-2:] == ["Where it stands", "What it is about"]
    assert labels[0].startswith("The best objection")
    links = [link.attributes["href"] for link in of_class(page, "context")[0].all("a")]
    assert links == [
        "../positions-on-safety.html#positions-on-safety--security",
        "../tables/positions-on-safety.html#positions-on-safety--security",
        "../index.html",
        "../decision.html",
    ]


def test_every_share_page_states_an_objection_and_leads_on(real_pages: dict[str, Element]) -> None:
    """No dead end: a place in context, the claim that it is all about, and something that speaks against it."""
    for name, page in real_pages.items():
        if name.partition("/")[0] in ("tables", "quotations"):
            labels = [one.text for one in of_class(page, "bearings__label")]
            assert labels[-1] == "What it is about"
            assert "Where it stands" in labels
            explains = "glossary.html#glossary--" in of_class(page, "context")[0].all("a")[0].attributes["href"]
            assert any(label.startswith("The best objection") for label in labels) is not explains, name
            assert "Nothing stated." not in of_class(page, "context")[0].text, name


def test_a_letter_has_subject_and_text_and_services_have_the_address(pages: dict[str, Element]) -> None:
    """Plain links, filled in; where one is commonly blocked, it says so."""
    name = "quotations/never-in-the-week.html"
    letter, board, notices = [link.attributes["href"] for link in of_class(pages[name], "share__link")]
    sent = parse_qs(urlsplit(letter).query)
    assert letter.startswith("mailto:?")
    assert sent["subject"] == ["A reader, March 2024 · Open on Sundays"]
    assert sent["body"] == [f"A reader, March 2024: “I never manage to come in the week.”\r\n\r\n{SITE}/{name}\r\n\r\n"]
    assert parse_qs(urlsplit(board).query) == {
        "at": [f"{SITE}/{name}"],
        "about": ["A reader, March 2024: “I never manage to come in the week.”"],
    }
    assert parse_qs(urlsplit(notices).query) == {
        "text": [f"A reader, March 2024: “I never manage to come in the week.” {SITE}/{name}"]
    }
    (listed,) = of_class(pages[name], "share__links")
    assert [("may be blocked" in item.text) for item in listed.all("li")] == [False, True, False]


@pytest.mark.parametrize("value", ["http://example.org/{address}", "https://example.org/", "{address}", "https://{address}.org"])
def test_the_address_of_a_service_needs_https_and_a_place_for_that_of_a_page(value: str) -> None:
    with pytest.raises(ValueError, match="https"):
        service_address(value)


def test_a_qr_code_holds_the_address_of_its_page(pages: dict[str, Element], answered_output: Path) -> None:
    """Its squares are read again from the file: lines of the path, each a run of dark modules."""
    for name in ("index.html", "risks/cost.html"):
        (image,) = of_class(pages[name], "on-paper")[0].all("img")
        svg = (answered_output / name).parent.joinpath(image.attributes["src"]).read_text("utf-8")
        code = segno.make(f"{SITE}/{'' if name == 'index.html' else name}", error="m", micro=False, boost_error=False)
        dark, x, y = set(), 0.0, 0.0
        for step, numbers in re.findall(r"([Mmh])\s*([-\d. ]+)", svg.partition(' d="')[2].partition('"')[0]):
            values = [float(number) for number in numbers.split()]
            if step == "h":
                dark |= {(int(x) + at, int(y)) for at in range(int(values[0]))}
                x += values[0]
            else:
                x, y = values if step == "M" else (x + values[0], y + values[1])
        border = 4
        assert dark == {(at + border, row + border) for row, line in enumerate(code.matrix) for at, on in enumerate(line) if on}


@pytest.fixture(scope="module")
def base(answered_output: Path) -> Iterator[str]:
    """The site on a web server of this machine, where browsers let scripts use the clipboard."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(Quiet, directory=answered_output))
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture
def scripted(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 320, "height": 700}, permissions=["clipboard-read", "clipboard-write"])
    yield context
    context.close()


def test_a_button_copies_the_address_and_says_so(scripted: BrowserContext, base: str) -> None:
    page = scripted.new_page()
    page.goto(f"{base}/risks/cost.html#more")
    page.get_by_role("button", name="Copy the address").press("Enter")
    page.get_by_role("status").get_by_text("Copied.").wait_for()
    assert page.evaluate("navigator.clipboard.readText()") == f"{SITE}/risks/cost.html"
    assert page.get_by_role("button", name="Send it to somebody").is_visible() is page.evaluate("'share' in navigator")


def test_the_share_sheet_is_given_title_and_address(scripted: BrowserContext, base: str) -> None:
    """Where the system has one; here a stand-in for it keeps what it was given."""
    page = scripted.new_page()
    page.add_init_script("navigator.share = given => { window.given = given; return Promise.resolve(); }")
    page.goto(f"{base}/quotations/never-in-the-week.html")
    page.get_by_role("button", name="Send it to somebody").click()
    assert page.evaluate("given") == {"title": "A reader, March 2024", "url": f"{SITE}/quotations/never-in-the-week.html"}


def test_from_disk_the_address_is_that_of_the_file(browser: Browser, small_output: Path) -> None:
    """A site that does not know its own address says where it is to be found; a button copies it all the same."""
    page = browser.new_page()
    where = (small_output / "risks/cost.html").as_uri()
    page.goto(f"{where}#in-context")
    region = page.get_by_role("region", name="Share this risk")
    assert region.get_by_text("address bar").is_visible()
    page.evaluate("Object.defineProperty(navigator, 'clipboard', {value: undefined}); document.execCommand = () => false")
    page.get_by_role("button", name="Copy the address").click()
    page.get_by_role("status").get_by_text("Not copied").wait_for()
    assert region.get_by_role("code").inner_text() == page.evaluate("getSelection().toString()") == where
    page.close()


# A page, and each kind of page that can be shared.
KINDS = ("index.html", "risks.html", "risks/cost.html", "quotations/never-in-the-week.html", "tables/risks-compared.html")
KINDS += ("tables/risks-compared--cost.html",)


def test_a_script_adds_hardly_a_word(browser: Browser, small_output: Path) -> None:
    """Who has none reads the same, but for the names of buttons: at most two words in a hundred."""
    said: dict[bool, dict[str, Counter[str]]] = {}
    for scripted in (True, False):
        context = browser.new_context(java_script_enabled=scripted)
        page = context.new_page()
        said[scripted] = {}
        for name in KINDS:
            page.goto((small_output / name).as_uri())
            said[scripted][name] = Counter(re.findall(r"\w+", page.locator("body").inner_text()))
        context.close()
    for name, words in said[True].items():
        assert (words - said[False][name]).total() <= 0.02 * words.total(), name


def test_without_script_nothing_is_offered_that_does_not_work(browser: Browser, base: str) -> None:
    """Every link is there, no button is, and the page is as wide as a phone."""
    context = browser.new_context(java_script_enabled=False, viewport={"width": 320, "height": 700})
    page = context.new_page()
    page.goto(f"{base}/tables/risks-compared--cost.html")
    region = page.get_by_role("region", name="Share this row")
    assert region.get_by_role("link").all_inner_texts() == ["Email", "Village board", "Noticeboard"]
    assert region.get_by_role("button").count() == 0
    context.close()


def test_on_paper_stand_the_address_and_its_code(browser: Browser, base: str) -> None:
    """The picture of it has come before the page is printed; what is of no use on paper is gone."""
    page = browser.new_page(viewport={"width": 794, "height": 1123})
    page.goto(f"{base}/risks/cost.html")
    assert page.locator(".on-paper").is_hidden()
    assert page.evaluate("performance.getEntriesByType('resource').filter(one => /risks.cost.svg/.test(one.name)).length") == 0
    page.emulate_media(media="print")
    page.locator(".on-paper__code").wait_for()
    assert page.locator(".on-paper__code").evaluate("image => image.decode().then(() => image.naturalWidth)") > 0
    assert page.locator(".on-paper").inner_text().strip() == f"This page: {SITE}/risks/cost.html"
    assert page.locator(".share").is_hidden()
    page.close()
