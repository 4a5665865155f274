"""What readers write back and what is new: where it is shown, what it may say, how it is followed, and where to write."""

import re
import shutil
import xml.etree.ElementTree as ET
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from argument.blocked import Blocked
from argument.contact import Contact, contact_text
from argument.openings import opening
from argument.structure import weaknesses
from building import ROOT, TESTS, build, small_site
from pages import Element, parse
from reading_small import small_argument

OVERLAY = TESTS / "responses"
SITE = "https://reading.example.org/case"
ATOM = "{http://www.w3.org/2005/Atom}"
RESPONSE = "Title: A\nBy: B\nDate: 2025-01-01\nTo: {}\n{}\nWords.\n"
MARK = ' <span class="blocked">(may be blocked at work)</span></span>'


def of_class(page: Element, name: str) -> list[Element]:
    return [element for element in page.every() if element.attributes.get("class") == name]


UP = (
    "The best objection",
    "The best objection to the whole table",
    "How far its source goes",
    "Where it stands",
    "What it is about",
)


def bearings(page: Element) -> dict[str, list[str]]:
    """What the page's item bears on and what bears on it: the addresses under each label. The ways up are looked at elsewhere."""
    rows = [row for row in of_class(page, "bearings__row") if row.all("dt")[0].text not in UP]
    return {row.all("dt")[0].text: [link.attributes["href"] for link in row.all("a")] for row in rows}


def titles(page: Element, of: str) -> list[str]:
    return [entry.text for entry in of_class(page, f"{of}__title")]


@pytest.fixture(scope="module")
def quiet(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """A site with the pages that list responses and updates, without any, without contact and address; what its build says."""
    folder = small_site(tmp_path_factory.mktemp("quiet"))
    for name in ("responses", "updates"):
        shutil.copy(OVERLAY / f"content/pages/{name}.md", folder / "content/pages")
    done = build(folder, "-e", 'ARGUMENT_CONTACT=""')
    assert (done.returncode, done.stderr) == (0, "")
    return folder / "output", done.stdout


def test_a_response_stands_under_what_it_answers(answered_output: Path) -> None:
    """In the order of their dates: who wrote it, and its first paragraph; what is more has a link."""
    page = parse(answered_output / "risks/cost.html")
    (section,) = of_class(page, "responses")
    assert titles(section, "response") == ["Heating & light are not all", "Agreed"]
    first, second = of_class(section, "response")
    assert of_class(first, "response__by")[0].text == "A. Reader, Governor of the school, 3 February 2025"
    assert [time.attributes["datetime"] for time in section.all("time")] == ["2025-02-03", "2025-03-04"]
    assert of_class(first, "response__link")[0].attributes["href"] == "../responses/heating-is-not-all.html"
    assert of_class(second, "response__link") == []
    html = (answered_output / "risks/cost.html").read_text("utf-8")
    assert (
        '<p class="response__opening">You say “heating”, and I say <a href="../responses/heating-is-not-all.html#the-sums">' in html
    )
    assert "The sums" not in html


@pytest.mark.parametrize(
    ("page", "title"),
    [("quotations/hall-said", "A list"), ("sources/survey-2024", "Of the survey"), ("responses", "To the list")],
)
def test_any_kind_of_page_can_be_answered(page: str, title: str, answered_output: Path) -> None:
    """A quotation that was defined in place, a source, a page of a template of its own; nothing stands elsewhere."""
    (section,) = of_class(parse(answered_output / f"{page}.html"), "responses")
    assert titles(section, "response") == [title]
    assert of_class(parse(answered_output / "risks/noise.html"), "responses") == []


def test_a_response_without_a_paragraph_at_its_head_has_the_link_alone(answered_output: Path) -> None:
    (entry,) = of_class(parse(answered_output / "quotations/hall-said.html"), "response")
    assert of_class(entry, "response__opening") == []
    assert of_class(entry, "response__link")


def test_a_response_has_a_page_of_its_own(answered_output: Path) -> None:
    """Who, when, to what, the words as they came with what they cite, that they are not ours, and the way back."""
    html = (answered_output / "responses/heating-is-not-all.html").read_text("utf-8")
    page = parse(answered_output / "responses/heating-is-not-all.html")
    particulars = {row.all("dt")[0].text: row.all("dd")[0].text for row in of_class(page, "particulars__row")}
    assert particulars == {"From": "A. Reader, Governor of the school", "Date": "3 February 2025", "In response to": "Cost"}
    assert "I “counted, and a mark of mine has no partner." in html
    assert "These are the reader’s own words, published as they came. We have not checked what they quote." in html
    assert 'id="ref-survey-2024"' in html
    assert [link.attributes["href"] for link in of_class(page, "breadcrumb__link")] == ["../index.html", "../responses.html"]
    assert of_class(page, "neighbours__link")[0].attributes["href"] == "../risks/cost.html#what-readers-wrote"
    assert 'id="what-readers-wrote"' in (answered_output / "risks/cost.html").read_text("utf-8")


def test_what_a_response_bears_on_says_so(answered_output: Path) -> None:
    """Both ends show it, and neither calls it evidence."""
    own = "../responses/heating-is-not-all.html"
    assert bearings(parse(answered_output / "responses/heating-is-not-all.html")) == {
        "Answers": ["../risks/cost.html"],
        "Speaks for": ["../benefits/more-readers.html", "../sources/survey-2024.html"],
        "Speaks against": ["../quotations/hall-said.html"],
    }
    assert bearings(parse(answered_output / "risks/cost.html")) == {"A response answers it": [own]}
    for name in ("benefits/more-readers", "sources/survey-2024"):
        assert bearings(parse(answered_output / f"{name}.html")) == {"A response speaks for it": [own]}
    assert bearings(parse(answered_output / "quotations/hall-said.html")) == {"A response speaks against it": [own]}
    assert bearings(parse(answered_output / "sources.html")) == {"A response speaks for it": ["responses/to-the-list.html"]}


def test_what_a_response_cites_is_not_what_the_site_relies_on(answered_output: Path) -> None:
    """The page of the source tells them apart."""
    html = (answered_output / "sources/survey-2024.html").read_text("utf-8")
    relied, cited = html.partition('id="cited"')[2].split('id="readers"')
    assert "../updates/a-new-page.html" in relied
    assert "../responses/" not in relied
    assert re.findall(r'<li><a href="([^"]+)"', cited.partition("</ul>")[0]) == ["../responses/heating-is-not-all.html"]


def test_responses_and_updates_are_listed_newest_first(answered_output: Path) -> None:
    main, _section = (answered_output / "responses.html").read_text("utf-8").split('<section class="responses"')
    assert re.findall(r'<p class="response__title"><a href="responses/([\w-]+)\.html">', main) == [
        "of-the-survey",
        "agreed",
        "heating-is-not-all",
        "to-the-list",
        "list",
    ]
    assert 'to <a href="risks/cost.html">Cost</a>' in main
    updates = parse(answered_output / "updates.html")
    assert titles(updates, "update") == ["A new page <on the hall>", "We have begun"]
    assert [time.attributes["datetime"] for time in updates.all("time")] == ["2025-03-01", "2024-11-30"]
    assert [link.attributes["href"] for link in of_class(updates, "update__link")] == ["updates/a-new-page.html"]
    assert '<a href="hall.html">here</a>' in (answered_output / "updates.html").read_text("utf-8")


def test_an_update_has_a_page_of_its_own(answered_output: Path) -> None:
    html = (answered_output / "updates/a-new-page.html").read_text("utf-8")
    assert "<h1>A new page &lt;on the hall&gt;</h1>" in html
    assert '<time datetime="2025-03-01">1 March 2025</time>' in html
    assert f'<a href="../hall.html" data-at="{SITE}/hall.html">here</a>' in html
    assert "It has a picture." in html


def test_no_id_stands_twice_where_a_response_is_shown(answered_output: Path) -> None:
    for path in answered_output.rglob("*.html"):
        ids = re.findall(r' id="([^"]+)"', path.read_text("utf-8"))
        assert len(ids) == len(set(ids)), path


def test_lists_say_that_nothing_is_there(quiet: tuple[Path, str]) -> None:
    output, _ = quiet
    assert "There is no response yet." in (output / "responses.html").read_text("utf-8")
    assert "There is no update yet." in (output / "updates.html").read_text("utf-8")


def test_responses_and_updates_have_addresses_for_good(tmp_path: Path) -> None:
    """They stand in the ledger, and an alias leads to them."""
    folder = small_site(tmp_path, OVERLAY)
    assert build(folder, "-e", "ARGUMENT_RECORD_ADDRESSES=true").returncode == 0
    ledger = (folder / "content/addresses.txt").read_text("utf-8").split()
    assert {"responses/agreed.html", "updates/opened.html"} <= set(ledger)
    assert 'href="../responses/heating-is-not-all.html"' in (folder / "output/responses/heating.html").read_text("utf-8")
    (folder / "content/responses/agreed.md").unlink()
    assert '"responses/agreed.html" was published and has disappeared.' in build(folder).stderr


@pytest.mark.parametrize("relation", ["Supports", "Answers"])
def test_a_response_carries_no_part_of_our_case(relation: str) -> None:
    """A claim without evidence and a risk without answer stay so, whatever readers say."""
    risk = "Title: Dust\nOrder: 3\nLikelihood: rare\nClaim: Dust would gather.\n\nWords.\n"
    files = {"risks/dust.md": risk, "responses/a.md": RESPONSE.format("risks/dust", f"{relation}: risks/dust\n")}
    argument, problems = small_argument(files)
    assert problems == []
    assert len(list(weaknesses(argument, ()))) == 2
    assert argument.relations == small_argument({"risks/dust.md": risk})[0].relations


def test_a_response_says_one_thing_of_another() -> None:
    """Not that it speaks both for it and against it, nor anything of itself."""
    matter = "Supports: risks/cost, responses/a\nContradicts: risks/cost\n"
    argument, problems = small_argument({"responses/a.md": RESPONSE.format("risks/cost", matter)})
    assert problems == []
    assert [problem.rule for problem in weaknesses(argument, ())] == [
        '"A" supports itself.',
        '"A" both supports and contradicts "Cost".',
    ]


def test_words_that_readers_quote_are_not_searched_for_and_have_no_card() -> None:
    """Not in the text and not in its tables; a card would be the site's own, and be counted as checked or not."""
    table = "/// comparison | “Days”\n    id: days\n\n| Day | Open |\n| --- | --- |\n| Sunday | “no” |\n///\n"
    said = f"“No source has this”, one “mark.\n\n> Nor this.\n\n{table}"
    argument, problems = small_argument({"responses/a.md": RESPONSE.format("risks/cost", "") + said})
    before, _ = small_argument({})
    assert problems == []
    assert argument.tally == before.tally
    card = "\n/// quotation | other\n    source: survey-2024\n    by: A\n    side: for\n\nI always manage.\n///\n"
    _, problems = small_argument({"responses/a.md": RESPONSE.format("risks/cost", "") + card})
    assert "a response holds no /// quotation of its own." in [problem.rule for problem in problems]


@pytest.mark.parametrize(
    ("html", "prose", "more"),
    [
        ("<p>One.</p>", "One.", False),
        ("<p>One.</p>\n<p>Two.</p>", "One.", True),
        ("<blockquote>\n<p>Theirs.</p>\n</blockquote>\n<p>Ours.</p>", "Ours.", True),
        ("<section><h2>A</h2>\n<p>One<br>two <em>three</em>.</p>\n</section>", "One<br>two <em>three</em>.", True),
        ("<ul>\n<li>\n<p>One.</p>\n</li>\n</ul>", "", True),
        ("", "", False),
    ],
)
def test_a_text_begins_with_its_first_paragraph(html: str, prose: str, more: bool) -> None:
    """Of its own: what stands in a quotation, a list or a note is none."""
    found = opening(html)
    assert (found.prose, found.more) == (prose, more)


def test_a_paragraph_that_stands_elsewhere_leads_back_and_has_no_ids() -> None:
    """Also that of a footnote, and of a link written with other attributes before it."""
    html = '<p>A<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup> <a href="https://example.org/#b">b</a></p>'
    assert opening(html).elsewhere("../a.html") == (
        'A<sup><a class="footnote-ref" href="../a.html#fn:1">1</a></sup> <a href="https://example.org/#b">b</a>'
    )


def test_the_feed_holds_updates_and_responses(answered_output: Path) -> None:
    """As RFC 4287 wants it: whole addresses, each id once, a date and an author for all, newest first."""
    feed = ET.parse(answered_output / "feed.xml").getroot()
    assert (feed.tag, feed.findtext(f"{ATOM}title"), feed.findtext(f"{ATOM}id")) == (
        f"{ATOM}feed",
        "Open on Sundays",
        f"{SITE}/feed.xml",
    )
    assert {link.get("rel"): link.get("href") for link in feed.findall(f"{ATOM}link")} == {
        "alternate": f"{SITE}/index.html",
        "self": f"{SITE}/feed.xml",
    }
    assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Faith Friend"
    entries = feed.findall(f"{ATOM}entry")
    ids = [entry.findtext(f"{ATOM}id") for entry in entries]
    assert [name.removeprefix(f"{SITE}/") for name in ids] == [
        "responses/of-the-survey.html",
        "responses/agreed.html",
        "updates/a-new-page.html",
        "responses/heating-is-not-all.html",
        "responses/to-the-list.html",
        "responses/list.html",
        "updates/opened.html",
    ]
    assert ids == [entry.find(f"{ATOM}link").get("href") for entry in entries]
    assert all((answered_output / name.removeprefix(f"{SITE}/")).is_file() for name in ids)
    dates = [entry.findtext(f"{ATOM}updated") for entry in entries]
    assert dates == sorted(dates, reverse=True)
    assert feed.findtext(f"{ATOM}updated") == dates[0] == "2025-03-04T00:00:00+00:00"
    authors = [entry.findtext(f"{ATOM}author/{ATOM}name") for entry in entries]
    assert authors == ["D. Reader", "B. Reader", None, "A. Reader", "E. Reader", "C. Reader", None]
    assert entries[2].findtext(f"{ATOM}title") == "A new page <on the hall>"
    summary = entries[2].find(f"{ATOM}summary")
    assert (summary.get("type"), summary.text) == ("html", "There is a page on the hall &amp; its keeper. It is here.")


def test_every_page_leads_to_the_feed(answered_output: Path) -> None:
    """In its head; where responses and updates are listed, in the text as well."""
    for path in answered_output.rglob("*.html"):
        page = parse(path)
        found = [link for link in page.all("link") if link.attributes["rel"] == "alternate"]
        if "noindex" not in path.read_text("utf-8"):
            (link,) = found
            assert link.attributes["type"] == "application/atom+xml"
            assert (path.parent / link.attributes["href"]).resolve() == answered_output.resolve() / "feed.xml"
    for name in ("responses", "updates"):
        assert of_class(parse(answered_output / f"{name}.html"), "feed-link__link")[0].attributes["href"] == "feed.xml"


def test_a_feed_of_nothing_yet_says_the_same_on_every_day(tmp_path: Path) -> None:
    """It is of the day of the edition, or of the beginning of time, and never of now."""
    folder = small_site(tmp_path)
    for date, said in (("2024-05", "2024-05-01"), ("undated", "1970-01-01")):
        assert build(folder, "-e", f'SITEURL="{SITE}"', f'ARGUMENT_DATE="{date}"').returncode == 0
        feed = ET.parse(folder / "output/feed.xml").getroot()
        assert feed.findtext(f"{ATOM}updated") == f"{said}T00:00:00+00:00"
        assert feed.findtext(f"{ATOM}id") == f"{SITE}/feed.xml"
        assert feed.findtext(f"{ATOM}author/{ATOM}name") == "Open on Sundays"


def test_two_builds_with_a_feed_are_the_same_bytes(answered_output: Path, tmp_path: Path) -> None:
    folder = small_site(tmp_path, OVERLAY)
    assert build(folder).returncode == 0
    names = {path.relative_to(answered_output) for path in answered_output.rglob("*") if path.is_file()}
    assert names == {path.relative_to(folder / "output") for path in (folder / "output").rglob("*") if path.is_file()}
    assert [name for name in names if (answered_output / name).read_bytes() != (folder / "output" / name).read_bytes()] == []


def test_without_address_and_contact_the_build_says_what_is_missing(quiet: tuple[Path, str]) -> None:
    """One line each, and no link to a feed or to nobody."""
    output, said = quiet
    lines = said.splitlines()
    assert any(
        line.startswith(
            "SITEURL is empty: without the site’s own address there is no feed.xml and no sitemap.xml, 404.html is a page "
        )
        for line in lines
    )
    assert "ARGUMENT_CONTACT is empty: nobody is offered an address to write to." in lines
    assert not (output / "feed.xml").exists()
    for name in ("index.html", "updates.html", "responses.html"):
        html = (output / name).read_text("utf-8")
        assert not re.search("feed|atom|Respond to this page|Write to us|mailto", html)


def test_what_is_missing_is_told_to_persons_only(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    for form in ("json", "github", "lines"):
        said = build(folder, "-e", f'ARGUMENT_PROBLEMS="{form}"', 'ARGUMENT_CONTACT=""').stdout
        assert "ARGUMENT_CONTACT" not in said
        assert "SITEURL" not in said
    said = build(folder, "-e", f'SITEURL="{SITE}"').stdout
    assert "ARGUMENT_CONTACT" not in said
    assert "SITEURL" not in said


def test_a_letter_says_which_page_it_is_about(answered_output: Path) -> None:
    """Subject and body are filled in as RFC 6068 wants it, on every page."""
    (link,) = of_class(parse(answered_output / "responses/heating-is-not-all.html"), "respond__link")
    assert link.attributes["href"] == (
        "mailto:reading-room@example.org?subject=Heating%20%26%20light%20are%20not%20all%20%C2%B7%20Open%20on%20Sundays"
        "&body=https%3A%2F%2Freading.example.org%2Fcase%2Fresponses%2Fheating-is-not-all.html%0D%0A%0D%0A"
    )
    for path in answered_output.rglob("*.html"):
        page = parse(path)
        if of_class(page, "cite-this"):
            (link,) = of_class(page, "respond__link")
            sent = parse_qs(urlsplit(link.attributes["href"]).query)
            assert sent["body"] == [f"{SITE}/{path.relative_to(answered_output).as_posix()}\r\n\r\n"]
            assert sent["subject"][0].endswith(" · Open on Sundays")


def test_without_an_address_of_the_site_a_letter_names_the_page_by_its_path() -> None:
    letter = Contact("mailto:a@example.org", "A site?").about("50% + more", "risks/cost.html")
    assert letter == "mailto:a@example.org?subject=50%25%20%2B%20more%20%C2%B7%20A%20site%3F&body=risks%2Fcost.html%0D%0A%0D%0A"


def test_a_contact_on_the_web_is_linked_as_it_is_and_marked_if_it_may_be_blocked(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    settings = ('ARGUMENT_CONTACT="https://forms.example.org/a?b=c&d=e"', 'ARGUMENT_BLOCKED=["example.org"]')
    assert build(folder, "-e", *settings, 'ARGUMENT_BLOCKED_NOTE="not for all"').returncode == 0
    html = (folder / "output/risks/cost.html").read_text("utf-8")
    mark = ' <span class="blocked">(not for all)</span></span>'
    for words in ("Respond to this page", "Write to us"):
        assert f'href="https://forms.example.org/a?b=c&amp;d=e">{words}</a>{mark}' in html


def test_without_a_contact_the_page_that_says_how_to_respond_is_linked(tmp_path: Path) -> None:
    """From every page but itself."""
    folder = small_site(tmp_path)
    (folder / "content/pages/respond.md").write_text("Title: How\nDescription: D.\n\nBy post.\n", "utf-8")
    assert build(folder, "-e", 'ARGUMENT_CONTACT=""').returncode == 0
    (link,) = of_class(parse(folder / "output/risks/cost.html"), "respond__link")
    assert link.attributes["href"] == "../respond.html"
    assert of_class(parse(folder / "output/respond.html"), "respond") == []


@pytest.mark.parametrize("good", ["", "mailto:a.b+c@example.org", "mailto:a@example.org,b@example.org", "https://example.org/?a=b"])
def test_a_contact_is_an_address_for_letters_or_of_the_web(good: str) -> None:
    assert contact_text(good) == good


@pytest.mark.parametrize(
    "bad",
    [
        "a@example.org",
        "mailto:",
        "mailto:a",
        "mailto:a@b?subject=c",
        "mailto:a b@c.org",
        "mailto:a%0D%0ABcc:b@c.org",
        "mailto:a%0ab@c.org",
        "mailto:a%7fb@c.org",
        "mailto:a@b..org",
        "mailto:a@-b.org",
        "https://a.org/b c",
        "https://a.org/\nb",
        "https://a.org/\u00a0b",
        " https://a.org",
        "http://a.org",
        "https://",
        "javascript:x",
    ],
)
def test_what_is_no_contact_is_refused(bad: str) -> None:
    """A letter's subject is the site's to fill in."""
    with pytest.raises(ValueError, match="mailto:name@"):
        contact_text(bad)


def test_every_link_to_a_blocked_host_is_marked_and_no_other(answered_output: Path) -> None:
    """In prose, cards, references, on source pages and in what readers wrote; by whatever part of the theme."""
    hall = (answered_output / "hall.html").read_text("utf-8")
    assert f'<a href="https://www.example.org/hall?a=1&amp;b=2">the hall</a>{MARK}, <a' in hall
    assert '<a href="https://notexample.org/">its\ntwin</a> and <a href="http://example.com/example.org">the park</a>.' in hall
    assert '<a href="mailto:keeper@example.org">the keeper</a>, or' in hall
    source = (answered_output / "sources/survey-2024.html").read_text("utf-8")
    assert f'<a href="https://archive.example.org/survey" rel="external">archive.example.org</a>{MARK}' in source
    count = 0
    for path in answered_output.rglob("*.html"):
        html = path.read_text("utf-8")
        links = re.findall(r'<a [^>]*href="(https?://[^"]*)"[^>]*>(?:.*?)</a>( <span class="blocked">)?', html, re.S)
        assert [link for link, marked in links if bool(marked) != ("example.org" in urlsplit(link).netloc.split("/")[0])] in (
            [],
            ["https://notexample.org/"],
        )
        count += html.count(MARK)
    assert count > 20


@pytest.mark.parametrize(
    ("address", "held"),
    [
        ("https://x.org", True),
        ("HTTP://WWW.X.ORG:8080/a", True),
        ("https://x.org./a", True),
        ("https://ax.org", False),
        ("https://x.org.uk/", False),
        ("https://example.org/x.org", False),
        ("https://x.org@example.org/", False),
        ("https://[x.org", False),
    ],
)
def test_a_host_stands_for_itself_and_what_is_below_it(address: str, held: bool) -> None:
    assert Blocked(["x.org"]).holds(address) is held


def test_a_link_is_read_as_a_browser_reads_it() -> None:
    """Entities in an address stand for signs, and one link ends before the next begins."""
    html = '<a href="https://x&#46;org/">a</a> <a class="b" href="https://y.org/">b</a> <a href="a.html">https://x.org</a>'
    marked = Blocked(["x.org"]).marked(html, lambda link: f"[{link}]")
    assert marked == html.replace('<a href="https://x&#46;org/">a</a>', '[<a href="https://x&#46;org/">a</a>]')


@pytest.mark.parametrize(("path", "name"), [("pages/p", "what-readers-wrote"), ("sources/minutes-2022", "readers")])
def test_no_heading_takes_the_address_of_what_readers_wrote(path: str, name: str) -> None:
    """A response may come on any day."""
    matter = (
        "Title: T\nDescription: D\n"
        if path.startswith("pages")
        else "Title: T\nPublisher: P\nDate: 2022\nKind: survey\nConfidence: low\n"
    )
    _, problems = small_argument({f"{path}.md": f"{matter}\n## Words {{#{name}}}\n\nWords.\n"})
    assert [problem.rule for problem in problems] == [f'"#{name}" would be the address of two things on this page.']


def test_the_real_site_ships_without_any_response() -> None:
    """None is invented."""
    assert list((ROOT / "content").glob("responses/*")) == []
