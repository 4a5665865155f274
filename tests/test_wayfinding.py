"""Where a reader is and can go on to: breadcrumbs, contents, previous and next, and the menu by keyboard in a real browser."""

import json
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path
from posixpath import dirname, join, normpath

import pikepdf
import pytest
from playwright.sync_api import Browser, Page

from argument.wayfinding import SECTIONS, WORDS, Step, contents
from building import build, small_site
from pages import Element, parse
from pdf_reading import tags

HOME = "index.html"
SITE = "https://reading.example.org/case"
LOW = 100  # pixels that a header has at most on a phone
TOUCHED = 44  # pixels of what a finger is to hit


@cache
def site(output: Path) -> dict[str, Element]:
    """Every page of a built site but those at former addresses, parsed."""
    pages = {path.relative_to(output).as_posix(): parse(path) for path in sorted(output.rglob("*.html"))}
    return {
        name: page for name, page in pages.items() if "noindex" not in [one.attributes.get("content") for one in page.all("meta")]
    }


def navs(page: Element, name: str) -> list[Element]:
    return [nav for nav in page.all("nav") if nav.attributes.get("class") == name]


def led_to(page: str, link: Element) -> str:
    """The address that a link of a page leads to."""
    target, _, fragment = link.attributes["href"].partition("#")
    path = normpath(join(dirname(page), target)) if target else page
    return f"{path}#{fragment}" if fragment else path


def steps(name: str, page: Element) -> list[tuple[str, str]]:
    """The breadcrumbs of a page: what each is called and where it leads; the last is the page itself."""
    (nav,) = navs(page, "breadcrumb")
    assert nav.attributes["aria-label"]
    *above, here = nav.all("li")
    assert here.all("a") == []
    assert [one.attributes.get("aria-current") for one in nav.every() if "aria-current" in one.attributes] == ["page"]
    return [*((step.text, led_to(name, step.all("a")[0])) for step in above), (here.text, name)]


def way_told(page: Element) -> list[tuple[str, str]]:
    """The same as the page tells it to machines."""
    (data,) = [script for script in page.all("script") if script.attributes.get("type") == "application/ld+json"]
    (way,) = [node for node in json.loads(data.text)["@graph"] if node["@type"] == "BreadcrumbList"]
    return [(step["name"], step["item"].removeprefix(f"{SITE}/") or HOME) for step in way["itemListElement"]]


def test_breadcrumbs_say_to_readers_what_they_say_to_machines(answered_output: Path) -> None:
    """On every page of every kind but the home page, which has none."""
    pages = site(answered_output)
    assert {name.partition("/")[0] for name in pages} >= {"risks", "sources", "quotations", "responses", "updates", "tables"}
    for name, page in pages.items():
        if name == HOME:
            assert navs(page, "breadcrumb") == []
            continue
        assert steps(name, page) == way_told(page), name


def test_every_breadcrumb_of_the_real_site_leads_up(real_site: Path) -> None:
    """From the home page down to the page itself, each on a page that is there."""
    pages = site(real_site)
    for name, page in pages.items():
        if name != HOME:
            way = steps(name, page)
            assert way[0] == ("Home", HOME)
            assert {address for _, address in way} <= pages.keys(), name
            assert len({address for _, address in way}) == len(way), name
    assert steps("risks/bandwidth.html", pages["risks/bandwidth.html"])[1] == ("Risks", "risks.html")
    row = "tables/four-positions--security.html"
    assert [address for _, address in steps(row, pages[row])] == [
        HOME,
        "positions.html",
        "positions-on-safety.html",
        "tables/positions-on-safety.html",
        row,
    ]


def test_the_menu_says_in_which_part_of_the_site_one_is(real_site: Path) -> None:
    """The page itself is marked as such, and the page above it as the part that it is in, for a row as well."""
    pages = site(real_site)
    for name, marked in {
        "risks.html": ("risks.html", "page"),
        "risks/bandwidth.html": ("risks.html", "true"),
        "tables/four-positions--security.html": ("positions.html", "true"),
    }.items():
        (nav,) = navs(pages[name], "site-nav")
        here = [(led_to(name, link), link.attributes["aria-current"]) for link in nav.all("a") if "aria-current" in link.attributes]
        assert here == [marked]


def test_a_list_of_contents_leads_to_every_section(real_site: Path) -> None:
    """In order, in the words of the headings, on the long pages and on no other."""
    pages = site(real_site)
    listed = set()
    for name, page in pages.items():
        for nav in navs(page, "contents"):
            (prose,) = [one for one in page.every() if one.attributes.get("class") == "prose"]
            headings = prose.all("h2")
            links = nav.all("a")
            assert [link.attributes["href"] for link in links] == [f"#{one.attributes['id']}" for one in headings], name
            assert [sorted(link.text.split()) for link in links] == [sorted(one.text.split()) for one in headings], name
            assert [one for link in links for one in link.every()[1:]] == [], name
            listed.add(name)
    assert {"decision.html", "objections.html", "trial.html", "unknown.html"} <= listed
    assert not {"positions.html", "glossary.html", "timeline.html", "risks/cost.html", HOME} & listed


def test_contents_are_listed_in_plain_words() -> None:
    """Without citations and other markup; a text of few words or few sections has no list."""
    heading = '<h2 id="one">A &amp; <em>B</em> <x-cite keys="a" locators=""></x-cite></h2>'
    others = "".join(f'<h2 id="n{number}">N</h2>' for number in range(SECTIONS - 1))
    words = f"<p>{'word ' * WORDS}</p>"
    assert contents(f"{heading}{words}{others}")[0] == Step("A & B", "one")
    assert contents(f"{heading}{others}") == contents(f"{words}{others}") == ()


def ways_on(page: Element, name: str, rel: str) -> list[str]:
    return [led_to(name, link) for nav in navs(page, "neighbours") for link in nav.all("a") if link.attributes.get("rel") == rel]


def chain(pages: dict[str, Element]) -> list[str]:
    """The pages from the first to the last, by the ways on."""
    found = [HOME]
    while after := ways_on(pages[found[-1]], found[-1], "next"):
        assert len(after) == 1
        assert after[0] not in found
        found.append(after[0])
    return found


def test_the_way_on_leads_through_the_whole_argument_and_back(real_site: Path) -> None:
    """Every page of the navigation, its parts and every point once, in their order; back it is the same way; no other is on it."""
    pages = site(real_site)
    way = chain(pages)
    (nav,) = navs(pages[HOME], "site-nav")
    navigation = [led_to(HOME, link) for link in nav.all("a")]
    ways = {name: [address for _, address in steps(name, page)] for name, page in pages.items() if name != HOME}
    parts = {name: above for name, (*_, above, _) in ways.items() if "/" not in name and above != HOME}
    assert [name for name in way if "/" not in name and name not in parts] == [HOME, *navigation]
    assert {name for name in way if name in parts} == {name for name, above in parts.items() if above in navigation} != set()
    for before, name in pairwise(way):
        assert name not in parts or parts[name] in (before, parts.get(before)), name
    points = {name for name in pages if name.partition("/")[0] in ("guidance", "risks", "benefits") and "/" in name}
    assert {name for name in way if "/" in name} == points
    assert way[way.index("risks.html") + 1] == "risks-compared.html"
    assert way[way.index("risks/confidentiality.html") - 1] == "phones.html"
    assert way[way.index("benefits.html") - 1] == "risks/one-dangerous-app.html"
    assert [ways_on(pages[name], name, "prev") for name in way] == [[], *([name] for name in way[:-1])]
    assert {name for name, page in pages.items() if ways_on(page, name, "prev") or ways_on(page, name, "next")} == set(way)


def test_a_way_on_says_where_it_leads(real_site: Path) -> None:
    pages = site(real_site)
    for name in ("risks.html", "risks/bandwidth.html"):
        for link in navs(pages[name], "neighbours")[0].all("a"):
            (title,) = pages[led_to(name, link)].all("h1")
            assert title.text in link.text or link.text.endswith("Home")


def test_the_foot_of_a_page_has_short_labels_where_pages_have_them(tmp_path: Path) -> None:
    """And the pages that it leads to keep their titles."""
    folder = small_site(tmp_path)
    sources = folder / "content/pages/sources.md"
    titled = sources.read_text("utf-8").replace("Title: Sources\n", "Title: Sources of all that is said\nFoot: Sources\n")
    sources.write_text(titled, "utf-8")
    assert build(folder).returncode == 0
    pages = site(folder / "output")
    (foot,) = (one for one in pages["risks.html"].all("nav") if one.attributes["aria-label"] == "About this site")
    assert {link.attributes["href"]: link.text for link in foot.all("a")}["sources.html"] == "Sources"
    assert pages["sources.html"].all("h1")[0].text == "Sources of all that is said"


def test_a_part_of_a_page_stands_below_it_and_next_to_it(tmp_path: Path) -> None:
    """It is on the way before the points, in its order; the foot of the pages lists the whole and not its parts."""
    folder = small_site(tmp_path)
    for order, name in enumerate(("sheds", "barns")):
        page = f"Title: The {name}\nDescription: More.\nPart-Of: risks\nOrder: {order}\n\nSee [cost]({{filename}}/risks/cost.md).\n"
        (folder / f"content/pages/{name}.md").write_text(page, "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    pages = site(folder / "output")
    way = chain(pages)
    assert way[way.index("risks.html") :][:4] == ["risks.html", "sheds.html", "barns.html", "risks/cost.html"]
    assert steps("barns.html", pages["barns.html"])[1:] == [("Risks", "risks.html"), ("The barns", "barns.html")]
    (foot,) = [nav for nav in pages[HOME].all("nav") if nav.attributes["aria-label"] == "About this site"]
    assert {"barns.html", "sheds.html"}.isdisjoint(link.attributes["href"] for link in foot.all("a"))


def test_points_without_a_page_of_their_kind_come_at_the_end(tmp_path: Path) -> None:
    """The principles of the small argument have none; its page of benefits is left out of the navigation here."""
    folder = small_site(tmp_path)
    benefits = folder / "content/pages/benefits.md"
    benefits.write_text(benefits.read_text("utf-8").replace("Nav: Benefits\n", ""), "utf-8")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    assert chain(site(folder / "output")) == [
        HOME,
        "risks.html",
        "risks/cost.html",
        "risks/noise.html",
        "benefits.html",
        "benefits/more-readers.html",
        "guidance/for-everybody.html",
    ]


def said_in_english(element: Element, words: str, language: str = "en") -> list[str]:
    """The tags of the elements that hold some words, or have them in an attribute, and do not say that they are in Welsh."""
    language = element.attributes.get("lang", language)
    said = [*element.words, *(value for name, value in element.attributes.items() if not name.startswith(("data-", "cite")))]
    here = [element.tag] if not language.startswith("cy") and any(words in one for one in said) else []
    skipped = element.tag == "script" or element.attributes.get("property", "").startswith(
        "og:"
    )  # for machines, which have other ways
    return [] if skipped else [*here, *(tag for child in element.children for tag in said_in_english(child, words, language))]


def test_words_in_another_language_say_so(tmp_path: Path) -> None:
    """To screen readers wherever the words stand, to machines, and in the PDF; and the rest of the page does not."""
    folder = small_site(tmp_path)
    words = "Ni allaf fyth ddod yn ystod yr wythnos."
    with (folder / "content/sources/survey-2024.md").open("a", encoding="utf-8") as source:
        source.write(f"\n> {words}\n")
    quotation = f"Source: survey-2024\nBy: A reader\nSide: for\nLanguage: cy\nSupports: benefits/more-readers\n\n{words}\n"
    (folder / "content/quotations/ni-allaf.md").write_text(quotation, "utf-8")
    listing = "Title: Quotations\nDescription: All of them.\nTemplate: quotations\n\nAll that are here.\n"
    (folder / "content/pages/all-quotations.md").write_text(listing, "utf-8")
    with (folder / "content/pages/risks.md").open("a", encoding="utf-8") as page:
        page.write("\n/// quotation | ni-allaf\n///\n\n/// quotation | never-in-the-week\n///\n")
    done = build(folder)
    assert (done.returncode, done.stderr) == (0, "")
    for name, languages in {"risks.html": ["cy", None], "quotations/ni-allaf.html": ["cy"]}.items():
        page = parse(folder / "output" / name)
        assert [quote.attributes.get("lang") for quote in page.all("blockquote")] == languages
    head = [one.attributes.get("lang") for one in page.every() if one.tag == "title" or one.attributes.get("name") == "description"]
    assert head == ["cy", "cy"]
    for name in ("all-quotations.html", "benefits/more-readers.html", "sources/survey-2024.html", "quotations/ni-allaf.html"):
        found = parse(folder / "output" / name)
        assert said_in_english(found, words) == [], name
        assert [one.text for one in found.every() if one.attributes.get("lang") == "cy"], name
    (data,) = [script for script in page.all("script") if "type" in script.attributes]
    assert json.loads(data.text)["@graph"][0]["inLanguage"] == "cy"
    with pikepdf.open(folder / "output/risks.pdf") as pdf:
        assert str(pdf.Root.Lang) == "en-GB"
        assert [str(tag.get("/Lang", "")) for tag in tags(pdf.Root.StructTreeRoot, "/BlockQuote")] == ["cy", ""]


@pytest.fixture(scope="module")
def phone(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 320, "height": 640})
    yield context.new_page()
    context.close()


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()


FOCUSED = """() => {
  const it = document.activeElement, box = it.getBoundingClientRect();
  const at = [box.left + Math.min(box.width / 2, 30), box.top + box.height / 2];
  const hit = document.elementFromPoint(...at);
  const style = getComputedStyle(it);
  return {
    words: it.textContent.trim(), tag: it.tagName, within: it.closest("nav")?.className ?? "",
    seen: hit !== null && (it.contains(hit) || hit.contains(it)),
    outlined: style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2,
  };
}"""


def tab(page: Page) -> dict[str, object]:
    """The next stop of the keyboard."""
    page.keyboard.press("Tab")
    stop: dict[str, object] = page.evaluate(FOCUSED)
    return stop


def test_the_header_is_low_on_a_phone(phone: Page, real_site: Path) -> None:
    """And what stands in it can be hit with a finger."""
    for name in (HOME, "risks.html", "tables/four-positions--security.html"):
        phone.goto((real_site / name).as_uri())
        assert phone.locator(".site-header").bounding_box()["height"] <= LOW
        assert phone.locator(".site-nav__summary").bounding_box()["height"] >= TOUCHED
        assert not phone.locator(".site-nav__link").first.is_visible()


def test_the_menu_opens_by_keyboard_and_leads_everywhere(phone: Page, real_site: Path) -> None:
    """Every link of it is a stop, seen and not covered, with its focus to be seen; the text comes after it, not under it."""
    phone.goto((real_site / "risks.html").as_uri())
    assert [tab(phone)["words"] for _ in range(3)] == ["Skip to the text", "Open the wall?", "Menu"]
    before = phone.locator("h1").bounding_box()["y"]
    phone.keyboard.press("Enter")
    links = phone.locator(".site-nav__link").all()
    assert len(links) > 1
    for link in links:
        stop = tab(phone)
        assert stop["words"] == link.inner_text()
        assert stop["seen"]
        assert stop["outlined"]
        assert link.bounding_box()["height"] >= TOUCHED
    assert phone.locator("h1").bounding_box()["y"] > before
    assert tab(phone)["words"] == "Find"
    after = tab(phone)
    assert (after["within"], after["seen"], after["outlined"]) == ("breadcrumb", True, True)
    phone.locator(".site-nav__summary").focus()
    phone.keyboard.press("Space")
    assert not links[0].is_visible()


def test_the_menu_is_a_row_where_there_is_room(desk: Page, real_site: Path) -> None:
    """Open without being opened, and every link of it a stop of the keyboard; screen readers are told of no closed menu."""
    desk.goto((real_site / "risks.html").as_uri())
    assert not desk.locator(".site-nav__summary").is_visible()
    links = desk.locator(".site-nav__link").all()
    assert [tab(desk)["words"] for _ in range(2)] == ["Skip to the text", "Open the wall?"]
    for link in links:
        stop = tab(desk)
        assert (stop["words"], stop["seen"], stop["outlined"]) == (link.inner_text(), True, True)
    found = tab(desk)
    assert (found["words"], found["seen"], found["outlined"]) == ("Find", True, True)
    assert len({round(link.bounding_box()["y"]) for link in links}) == 1
    assert desk.get_by_role("navigation", name="Main").get_by_role("link").count() == len(links)


def test_contents_are_shut_on_a_phone_and_stay_beside_the_text_on_a_desk(phone: Page, desk: Page, real_site: Path) -> None:
    """They push no text off the first screen there, and open by keyboard; here they are seen wherever one reads."""
    address = (real_site / "objections.html").as_uri()
    phone.goto(address)
    assert phone.locator(".prose > p").first.bounding_box()["y"] < phone.viewport_size["height"] * 0.75
    phone.locator(".contents__summary").focus()
    phone.keyboard.press("Enter")
    first = tab(phone)
    assert (first["within"], first["seen"], first["outlined"]) == ("contents", True, True)
    phone.keyboard.press("Enter")
    assert phone.evaluate("document.querySelector(':target').getBoundingClientRect().top") < phone.viewport_size["height"]
    desk.goto((real_site / "decision.html").as_uri())
    desk.locator("#law-and-advice").scroll_into_view_if_needed()
    box = desk.locator(".contents").bounding_box()
    assert 0 <= box["y"] < 100
    assert box["x"] >= desk.locator(".prose").bounding_box()["x"] + desk.locator(".prose").bounding_box()["width"]
    assert desk.locator(".contents a").first.is_visible()


def test_paper_shows_no_ways(desk: Page, real_site: Path) -> None:
    desk.goto((real_site / "decision.html").as_uri())
    desk.emulate_media(media="print")
    assert desk.locator("nav").count() >= 5
    assert [nav.get_attribute("class") for nav in desk.locator("nav").all() if nav.is_visible()] == []
    assert desk.locator(".prose").bounding_box()["width"] > 0.9 * desk.locator("main").bounding_box()["width"] - 160
    desk.emulate_media(media="screen")


@pytest.mark.parametrize("name", ["decision", "objections"])
def test_a_list_of_contents_is_all_within_reach_on_a_low_screen(name: str, desk: Page, real_site: Path) -> None:
    """Nothing of it has to be scrolled by itself, which keys could not do, and its last link can be seen."""
    desk.goto((real_site / f"{name}.html").as_uri())
    desk.set_viewport_size({"width": 1280, "height": 600})
    box = desk.locator(".contents")
    assert box.evaluate("box => box.scrollHeight - box.clientHeight") == 0
    last = box.locator("a").last
    last.focus()
    assert last.evaluate("link => link.getBoundingClientRect().bottom <= innerHeight")
