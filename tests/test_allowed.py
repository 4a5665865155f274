"""What Markdown made of a file is let through tag by tag, and what is refused is told, whatever it was taken for before."""

import pytest

from argument.allowed import let_through
from argument.browsers import misread
from reading_small import small_argument

PAGE = "Title: P\nDescription: D\n\n{}\n"
POINT = "Title: T\nOrder: 9\nClaim: {}\nEvidence: So [@survey-2024].\nObjection: O.\n\nText -->\n"


def told(name: str, written: str) -> list[str]:
    """The rules that a file breaks."""
    return [problem.rule for problem in small_argument({name: written})[1] if problem.place.path.endswith(name)]


@pytest.mark.parametrize(
    "html",
    [
        "<p>a <em>b</em> &amp; &#8212; &lt;script&gt;<br />c</p>",
        '<p><a href="https://example.org/?a=1&amp;b=2" title="&lt;b&gt;">a</a></p>',
        '<p><img alt="a" src="{static}/images/a.png" /></p>',
        '<h2 id="a">b</h2>\n<ol start="3">\n<li>c</li>\n</ol>',
        '<x-note line="4" title="a"><p>b <x-cite keys="k" locators=""></x-cite></p></x-note>',
        '<sup id="fnref:1"><a class="footnote-ref" href="#fn:1">1</a></sup>',
    ],
)
def test_what_may_stand_in_a_page_stays_as_it_was(html: str) -> None:
    assert let_through(html) == (html, [])
    assert misread(html) == []


@pytest.mark.parametrize(
    "html",
    [
        "<p>a /> b &gt; c &quot;d&quot; &nbsp;&#8217; </p>",
        '<p><B Title="x &amp; &lt;y"  >c</B ></p>',
        "<p><b title='x'>c</b><br/><i lang=en>d</i><wbr></p>",
        '<p><a href="HTTPS://e.org">x</a> <a href="tel:+44">y</a> <a href="{filename}/a.md">z</a></p>',
        "<pre><code>a\n</code></pre>",
    ],
)
def test_browsers_read_the_same_however_it_is_written(html: str) -> None:
    assert misread(html) == []


@pytest.mark.parametrize(
    ("html", "words"),
    [
        ('<p>b <a href="#a">a <a href="#b">b</a> c</a></p>', [("b", 1)]),
        ('<p>[^ <a href="#a">a<sup><a class="footnote-ref" href="#b">1</a></sup></a></p>', [("[^", 0)]),
        ('<p><x-cite keys="k l" locators="|"></x-cite><a href="#a">a <x-cite keys="k" locators=""></x-cite></a></p>', [("@k", 1)]),
        ('<p><a href="#a"><a href="#b">b</a></a> <a href="#a">c <a href="#b">d</a></a></p>', [("b", 0), ("d", 0)]),
        ("<p>a <ul><li>b</li></ul></p>", [("b", 0)]),
        ("<p><td>a</td></p>", [("a", 0)]),
        ("<p>a</p><script>b</script>", [("b", 0)]),
        ("<p>a<!-- b -->c</p>", [("a", 0)]),
        ('<p><b onclick="x">a</b></p>', [("a", 0)]),
        ('<a href="javascript:x">a</a>', [("a", 0)]),
    ],
)
def test_what_browsers_read_otherwise_is_told(html: str, words: list[tuple[str, int]]) -> None:
    """Also what the gate should not have let through."""
    assert [(one.words, one.nth) for one in misread(html)] == words


@pytest.mark.parametrize(
    ("html", "kept"),
    [
        ("<script>a</script>", "a"),
        ("<p>a<meta>b</p>", "<p>ab</p>"),
        ("<p>a <s>b</p><p>c</p>", "<p>a <s>b</s></p><p>c</p>"),
        ("<p>a</b></b></p></p>", "<p>a</p>"),
        ('<p onclick="a">b</p>', "<p>b</p>"),
        ("<p>a<s/>b</p>", "<p>a<s>b</s></p>"),
        ('<p>a <b title=">">c</b></p>', "<p>a c</p>"),
        ('<p>a <b title="c</p>', '<p>a &lt;b title="c&lt;/p></p>'),
        ("<p>a<!-- b --><!doctype c><?d?><![CDATA[e]]>f</p>", "<p>af</p>"),
        ('<x-note title="a">b</x-note>', "b"),
        ("<code>a <b>c</code>", "<code>a <b>c</b></code>"),
    ],
)
def test_what_may_not_is_left_out_and_what_is_left_closes(html: str, kept: str) -> None:
    left, refused = let_through(html)
    assert (left, bool(refused)) == (kept, True)


@pytest.mark.parametrize(
    "address", ["javascript:a", "JavaScript:a", " javascript:a", "java\nscript:a", "data:a", "//a.org", "https://a b", "a.html", ""]
)
def test_a_link_leads_where_it_can_be_followed(address: str) -> None:
    assert let_through(f'<a href="{address}">a</a>')[1]
    assert let_through(f'<img src="{address}">')[1]


@pytest.mark.parametrize(
    "written",
    [
        "- a ` b\n- <meta http-equiv=refresh content=0>\n- c ` d",
        "- a ` b\n- <img src=x onerror=a()>\n- c ` d",
        "- a ` b\n- [x](javascript:a)\n- c ` d",
        "- a ` b\n- ![x](https://a.example/x.png)\n- c ` d",
        "![chart][c]\n\n[c]: https://evil.example/x.png",
        "[y]\n\n[y]:\n    javascript:alert(1)",
        "[y]\n\n> [y]: javascript:alert(1)",
        "[y]\n\n- [y]: javascript:alert(1)",
        "<mailto: onclick=alert(1)>",
        "<x:// onclick=alert(1)>",
        "a <s> b",
        "Hello</b></b></b>",
        "<?php echo 1 ?>",
        "<!doctype html>",
        "<![CDATA[ x ]]>",
        "*[never]: always",
        "Heading\n=======",
        "a `b\n[@no-source] c` d",
        "a `b\n[x]({filename}/pages/nowhere.md) c` d",
        "`a\n\n/// quotation | never-in-the-week\n///\n\nb`",
        '<x-note line="x">',
        "a </blockquote> b",
        "a <x-cite>b</x-cite>",
    ],
)
def test_whatever_gets_past_markdown_is_told(written: str) -> None:
    """And nothing stumbles over it, in the text or in the front matter."""
    assert told("pages/planted.md", PAGE.format(written))
    assert "\n" in written or told("guidance/planted.md", POINT.format(written))


@pytest.mark.parametrize("sign", ["\x00", "\x02", "\x0b", "\x7f", "\x85", "\u202e", "\u2066", "\ufffe", "\r"])
def test_a_character_that_cannot_be_read_is_told_and_not_shown(sign: str) -> None:
    found = small_argument({"pages/planted.md": PAGE.format(f"a {sign} b")})[1]
    (problem,) = [one for one in found if one.place.path.endswith("planted.md")]
    assert f"U+{ord(sign):04X}" in problem.rule
    assert sign not in str(problem)


def test_a_caption_keeps_its_words_in_code() -> None:
    written = "/// comparison | A `b` c\n    id: d\n\n| e | f |\n| --- | --- |\n| g | h |\n///"
    argument, _ = small_argument({"pages/planted.md": PAGE.format(written)})
    assert argument.comparisons["d"].caption == "A `b` c"


def test_code_before_slashes_opens_no_block() -> None:
    assert told("pages/planted.md", PAGE.format("`a`/// note | b")) == []
