"""References by a CSL style: who is named how, what is told apart, what is a link, and nothing unescaped."""

from pathlib import Path

import pytest
from markupsafe import Markup

from argument.bibliography import Bibliography, Site, letters
from argument.citations import split_locator
from argument.dates import PartialDate
from argument.model import Origin, Source
from argument.problems import Place
from argument.styles import DEFAULT, Style, StyleError
from building import TESTS

NUMBERS = str(TESTS / "styles/numbers.csl")
SITE = Site("A site")
NUMBERED = Path(NUMBERS).read_text("utf-8")
CALL = '<text macro="{}"/>'
MACRO = '<macro name="{}">{}</macro>'
TITLE = '<text variable="title"/>'
# For a kind of source that no sample is.
SELDOM = '<choose><if type="bill"><text macro="{}"/></if><else><text variable="title"/></else></choose>'


def with_macros(*macros: str) -> str:
    """The style with numbers, whose title is made by the first of some macros: m0."""
    return NUMBERED.replace(TITLE, CALL.format("m0")).replace("</info>", "</info>" + "".join(macros))


def source(key: str, **fields: object) -> Source:
    """A source with as little as one can have, and the fields given."""
    least = {"title": key.upper(), "publisher": "A publisher", "date": "undated", "kind": "primary", "confidence": "low"}
    return Source(origin=Origin(key, Place(key), ""), **(least | fields))


def bibliography(*sources: Source, style: str = DEFAULT, site: Site = SITE) -> Bibliography:
    return Bibliography(Style(style), sources, site)


def entry(one: Source, style: str = DEFAULT) -> str:
    """The whole entry of a source as HTML."""
    found = bibliography(one, style=style).entry(one.key, 1)
    return str(found.before + Markup.escape(found.printed) + found.after)


@pytest.mark.parametrize(
    ("author", "cited", "listed"),
    [
        ("Kerslake, Bob", "Kerslake, 2014", "Kerslake, B. (2014)"),
        ("NHS England", "NHS England, 2014", "NHS England (2014)"),
        ("Moorley; Chinn", "Moorley and Chinn, 2014", "Moorley and Chinn (2014)"),
        ("Ebenezer; others", "Ebenezer <i>et al.</i>, 2014", "Ebenezer <i>et al.</i> (2014)"),
        (
            "Ebenezer, Anna; Chinn, Bo; others",
            "Ebenezer, Chinn <i>et al.</i>, 2014",
            "Ebenezer, A., Chinn, B. <i>et al.</i> (2014)",
        ),
        ("A, B; C, D; E, F; G, H", "A <i>et al.</i>, 2014", "A, B. <i>et al.</i> (2014)"),
        ("{Culture, Media and Sport}", "Culture, Media and Sport, 2014", "Culture, Media and Sport (2014)"),
        ("", "A publisher, 2014", "A publisher (2014)"),
    ],
)
def test_an_author_is_named_as_the_style_has_it(author: str, cited: str, listed: str) -> None:
    """A person by the family name, a body by its own, the publisher where there is neither."""
    one = source("a", author=author, date="2014")
    assert bibliography(one).cite("a", "", 1) == cited
    assert entry(one).startswith(listed + " <i>A</i>")


def test_a_publisher_that_is_the_author_is_not_named_twice() -> None:
    assert entry(source("a", date="2014")) == "A publisher (2014) <i>A</i>."


def test_sources_of_one_author_and_year_are_told_apart() -> None:
    """By letters in the order of the list, over the whole site, whatever a page cites."""
    found = bibliography(
        source("one", title="Zebra", date="2012-01"), source("two", title="Aardvark", date="2012"), source("old", date="2011")
    )
    assert [found.label(key) for key in ("one", "two", "old")] == ["A publisher, 2012b", "A publisher, 2012a", "A publisher, 2011"]
    assert str(found.entry("one", 1).before).startswith("A publisher (2012b)")
    assert str(found.brief_entry("one")).startswith("A publisher (2012b)")
    assert found.order == ("old", "two", "one")


def test_undated_sources_of_one_author_are_told_apart_too() -> None:
    found = bibliography(source("one"), source("two"))
    assert [found.label(key) for key in ("one", "two")] == ["A publisher, no date a", "A publisher, no date b"]


def test_letters_go_on_after_z() -> None:
    assert [letters(number) for number in (0, 1, 25, 26, 27, 52)] == ["a", "b", "z", "aa", "ab", "ba"]


@pytest.mark.parametrize("style", [DEFAULT, NUMBERS])
def test_nothing_of_a_source_or_a_style_is_taken_for_html(style: str) -> None:
    """citeproc-py escapes nothing itself."""
    one = source("a", title="<b>A</b> & B", author="<i>X</i>, Y&Z", container="<u>", url='https://e.org/?a="1"&b=<2>')
    text = entry(one, style)
    assert "&lt;b&gt;A&lt;/b&gt; &amp; B" in text
    assert "&lt;i&gt;X&lt;/i&gt;" in text
    assert not [tag for tag in ("<b>", "<u>", "<2>", "<https") if tag in text]
    assert "<s>" not in bibliography(one, style=style).cite("a", "p. 3 <s>", 1)
    assert "<s>" not in bibliography(one, style=style).cite("a", "<s>", 1)


@pytest.mark.parametrize("style", [DEFAULT, NUMBERS])
def test_a_character_for_private_use_prints_as_nothing_else(style: str) -> None:
    """Those that stand for a number, an address, a title and the like while citeproc-py is at work are taken out."""
    marks = "".join(map(chr, range(0xE000, 0xE009)))
    plain, marked = (
        bibliography(
            source("a", title=f"{it}A", author=f"B{it}", date="2014", volume=it, doi="10.1/a", url="https://e.org/"), style=style
        )
        for it in ("", marks)
    )
    assert marked.entry("a", 1) == plain.entry("a", 1)
    assert marked.brief_entry("a") == plain.brief_entry("a")
    assert marked.cite("a", f"p. 3{marks}", 1) == plain.cite("a", "p. 3", 1)
    assert marked.cite("a", f"{marks}as said", 1) == plain.cite("a", "as said", 1)
    assert bibliography(site=Site(f"{marks}A site", "", PartialDate(), "https://e.org/"), style=style).page(
        f"T{marks}", "a.html"
    ) == (bibliography(site=Site("A site", "", PartialDate(), "https://e.org/"), style=style).page("T", "a.html"))


def test_the_address_that_the_style_prints_is_the_link() -> None:
    """One link to the live document, not two."""
    found = bibliography(source("a", url="https://e.org/?a=1&b=2", seen="2024-06-01")).entry("a", 1)
    assert (found.printed, found.href) == ("https://e.org/?a=1&b=2", "https://e.org/?a=1&b=2")
    assert str(found.before).endswith("Available at: ")
    assert found.after == " (Accessed: 1 June 2024)."


def test_a_doi_is_a_link_to_its_resolver() -> None:
    found = bibliography(source("a", type="article-journal", container="J", doi="10.1/a<b", url="https://e.org/")).entry("a", 1)
    assert (found.printed, found.href, found.after) == ("https://doi.org/10.1/a<b", "https://doi.org/10.1/a<b", ".")


def test_a_title_that_ends_a_sentence_has_no_second_full_stop() -> None:
    """Within the title's own italics, and without any."""
    one = source("a", title="Is it so?", author="B", date="2014")
    assert entry(one) == "B (2014) <i>Is it so?</i> A publisher."
    assert entry(one, NUMBERS) == "1. B. Is it so? 2014."
    assert entry(source("a", title="It is.", author="B", date="2014")) == "B (2014) <i>It is.</i> A publisher."
    assert entry(source("a", title="Yahoo!.com", author="B", date="2014")) == "B (2014) <i>Yahoo!.com</i>. A publisher."


@pytest.mark.parametrize(
    ("written", "place", "rest"),
    [
        ("p. 3", ("page", "3"), ""),
        ("pp. 3–4", ("page", "3–4"), ""),
        ("page 3", ("page", "3"), ""),
        ("3-4", ("page", "3-4"), ""),
        ("section 2", ("section", "2"), ""),
        ("para. 4.1", ("paragraph", "4.1"), ""),
        ("ch. 2", ("chapter", "2"), ""),
        ("p. iv", ("page", "iv"), ""),
        ("p. 3, in a note", ("page", "3"), "in a note"),
        ("passim", None, "passim"),
        ("2014 edition", None, "2014 edition"),
        ("civil servants", None, "civil servants"),
        ("", None, ""),
    ],
)
def test_what_follows_a_key_is_a_place_or_words(written: str, place: tuple[str, str] | None, rest: str) -> None:
    assert split_locator(written) == (place, rest)


def test_a_place_is_named_as_the_style_has_it() -> None:
    found = bibliography(source("a", date="2014"))
    cites = [
        str(found.cite("a", locator, 1)).removeprefix("A publisher, 2014, ")
        for locator in ("pages 3-4", "chapter 2", "for the rule")
    ]
    assert cites == ["pp. 3–4", "ch. 2", "for the rule"]


def test_the_parts_of_a_citation_are_in_the_style_s_order() -> None:
    """Harvard has the older source first."""
    found = bibliography(source("new", date="2014"), source("old", date="2011"))
    assert found.in_cite_order([("new", "p. 3"), ("old", "")]) == [("old", ""), ("new", "p. 3")]


def test_a_style_with_numbers_numbers_as_the_page_cites() -> None:
    """The number is the page's; everything else of an entry is formatted once."""
    found = bibliography(source("a", author="Smith, Anna; others", date="2014"), source("b"), style=NUMBERS)
    assert (found.cite("b", "", 1), found.cite("a", "p. 3", 2), found.cite("a", "p. 3", 7)) == ("1", "2, p. 3", "7, p. 3")
    assert found.in_order(["b", "a"]) == ["b", "a"]
    assert str(found.entry("a", 2).before) == "2. Smith A et al. A. 2014."
    assert str(found.brief_entry("a")) == "Smith A et al. A. 2014."
    assert found.label("a") == "Smith and others, 2014"
    assert found.style.frame == ("[", ", ", "]")


def test_a_page_of_the_site_is_cited_like_any_other_source() -> None:
    """By whoever wrote the site, of the day that the settings say, at its lasting address."""
    site = Site("Open & free", "Williams, Bryn", PartialDate(2026, 11), "https://example.org/case/")
    found = bibliography(site=site).page(Markup.escape("Risks & <answers>"), "risks.html")
    assert str(found.before) == "Williams, B. (2026) <i>Risks &amp; &lt;answers&gt;</i>, <i>Open &amp; free</i>. Available at: "
    assert (found.href, found.after) == ("https://example.org/case/risks.html", ".")


def test_a_site_without_author_date_or_address_is_cited_by_its_name() -> None:
    found = bibliography().page(Markup("Risks"), "risks.html")
    assert (str(found.before), found.href) == ("A site (no date) <i>Risks</i>.", "")


def test_each_source_is_formatted_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """A build has hundreds of pages and one list of sources."""
    found = bibliography(source("a"), source("b"), style=NUMBERS)
    first = [found.entry("a", 1), found.cite("a", "p. 3", 1)]
    monkeypatch.delattr("argument.styles.Processor.cite")
    monkeypatch.delattr("argument.styles.Processor.entry")
    assert [found.entry("a", 1), found.cite("a", "p. 3", 1)] == first


@pytest.mark.parametrize(
    ("name", "text", "words"),
    [
        ("harvard", "", 'Did you mean "harvard-cite-them-right"'),
        ("no.csl", "", "that is there"),
        ("text.csl", "no XML", "a file in the Citation Style Language"),
        ("other.csl", "<html/>", "a file in the Citation Style Language"),
        (
            "dependent.csl",
            '<style xmlns="http://purl.org/net/xbiblio/csl"><info><link rel="independent-parent" href="apa"/></info></style>',
            "only names apa",
        ),
        (
            "note.csl",
            '<style xmlns="http://purl.org/net/xbiblio/csl" class="note"><citation><layout/></citation></style>',
            "for notes",
        ),
        (
            "beyond.csl",
            Path(NUMBERS)
            .read_text("utf-8")
            .replace('<text variable="locator"/>', '<text variable="locator" text-case="capitalize-first"/>'),
            "It fails at this one",
        ),
        ("loop.csl", with_macros(MACRO.format("m0", CALL.format("m0"))), "The macro m0 calls itself"),
        (
            "round.csl",
            with_macros(MACRO.format("m0", SELDOM.format("m1")), MACRO.format("m1", CALL.format("m0"))),
            "calls itself",
        ),
        (
            "deep.csl",
            with_macros(*(MACRO.format(f"m{at}", CALL.format(f"m{at + 1}")) for at in range(999)), MACRO.format("m999", TITLE)),
            "maximum recursion depth",
        ),
        ("marks.csl", NUMBERED.replace('prefix="["', 'prefix="[&#xE008;"'), "It holds U+E008"),
        (
            "term.csl",
            NUMBERED.replace("</info>", '</info><locale><terms><term name="in">\ue003</term></terms></locale>'),
            "It holds U+E003",
        ),
    ],
)
def test_a_style_that_cannot_be_used_is_refused(
    name: str, text: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    if text:
        Path(name).write_text(text, "utf-8")
    with pytest.raises(StyleError) as raised:
        Style(name)
    assert words in " ".join(raised.value.args)
