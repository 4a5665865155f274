"""What authors, readers and strangers write does nothing but stand there."""

from pathlib import Path

import pytest

from argument.copied import more_than_a_picture
from building import build, small_site

PLAIN = '<svg xmlns="http://www.w3.org/2000/svg" xmlns:x="http://www.w3.org/1999/xlink">{}</svg>'


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_site(tmp_path_factory.mktemp("harmless") / "site")


def test_code_that_looks_like_a_link_stays_as_it_is(site: Path) -> None:
    """Whoever explains how links are written, also in a response, is shown what was written."""
    page = site / "content/pages/code.md"
    page.write_text('Title: Code\nDescription: Of links.\n\nSay `href="{filename}/x"` and `src="{static}/../../x"`.\n', "utf-8")
    done = build(site)
    page.unlink()
    assert (done.returncode, done.stderr) == (0, "")
    html = (site / "output/code.html").read_text("utf-8")
    assert '<code>href="{filename}/x"</code>' in html
    assert '<code>src="{static}/../../x"</code>' in html


def test_words_in_another_language_are_marked_in_the_words_and_not_in_the_tags(site: Path) -> None:
    """The page says how it is cited, by its title, which are the words; they may be as short as a part of a tag."""
    texts = {
        "sources/welsh.md": "Title: Llythyr\nPublisher: P\nDate: 2024\nURL: https://example.org/a\nSeen: 2024-06-01\n"
        "Kind: survey\nConfidence: high\n\n> a class href span lang.\n",
        "quotations/welsh.md": "Source: welsh\nBy: A reader\nRole: Y\nSide: for\nLanguage: cy\n"
        "Supports: risks/cost\nUnused: No.\n\na\n",
    }
    for name, text in texts.items():
        (site / "content" / name).write_text(text, "utf-8")
    done = build(site, "-e", 'SITEURL="https://example.org"')
    for name in texts:
        (site / "content" / name).unlink()
    assert (done.returncode, done.stderr) == (0, "")
    html = (site / "output/quotations/welsh.html").read_text("utf-8")
    cited = html[html.index("Cite this page") :]
    assert '<span lang="cy">a</span>' in cited
    assert '<a class="reference__printed" href="https://example.org/quotations/welsh.html">' in cited


@pytest.mark.parametrize(
    "inside",
    [
        "<script>alert(1)</script>",
        '<script href="#here"/>',
        '<g onclick="alert(1)"/>',
        '<g ONCLICK="alert(1)"/>',
        '<a href="javascript:alert(1)"><path d="M0 0"/></a>',
        '<use x:href="https://example.org/x.svg#a"/>',
        '<use href=" java&#10;script:alert(1)"/>',
        '<image href="data:image/svg+xml,x"/>',
        '<set attributeName="href" to="javascript:alert(1)"/>',
        '<animate attributeName="x" values="1"/>',
        '<foreignObject><p xmlns="http://www.w3.org/1999/xhtml">x</p></foreignObject>',
        '<g><iframe xmlns="http://www.w3.org/1999/xhtml"/></g>',
        '<script xmlns="">alert(1)</script>',
        "<style>@import 'x.css';</style>",
        "<style>g { fill: url(https://example.org/x) }</style>",
        "<style>g { fill: u\\72l(https://example.org/x) }</style>",
        '<g style="fill: url( &quot;//example.org/x&quot; )"/>',
        "<handler>alert(1)</handler>",
        '<?xml-stylesheet href="x.css"?>',
    ],
)
def test_a_picture_that_does_more_than_draw_is_none(inside: str) -> None:
    assert more_than_a_picture(PLAIN.format(inside).encode())


@pytest.mark.parametrize(
    "inside",
    [
        '<path d="M0 0h4v6H0z" fill="url(#a)"/>',
        '<style>g { fill: url("#a"); stroke: #123 }</style>',
        '<use x:href="#a"/><image href="data:image/png;base64,AAAA"/>',
        '<metadata><o:o xmlns:o="http://www.inkscape.org/namespaces/inkscape" o:version="1"/></metadata>',
        '<!-- A comment. --><title>Sunday &amp; Monday</title><text font-family="serif">a</text>',
    ],
)
def test_a_picture_that_only_draws_is_one(inside: str) -> None:
    assert not more_than_a_picture(PLAIN.format(inside).encode())


@pytest.mark.parametrize("coded", ["utf-8", "utf-16", "latin-1"])
def test_a_picture_is_read_as_a_browser_reads_it(coded: str) -> None:
    picture = f'<?xml version="1.0" encoding="{coded}"?>' + PLAIN.format("<script>alert(1)</script>é")
    assert more_than_a_picture(picture.encode(coded))
    bomb = f'<?xml version="1.0" encoding="{coded}"?><!DOCTYPE svg [<!ENTITY a "aa">]>' + PLAIN.format("<title>&a;</title>")
    assert more_than_a_picture(bomb.encode(coded))
