from argument.markup import Element, elements, inline, replaced, split


def test_html_is_split_at_the_outermost_elements() -> None:
    html = '<p>a</p><x-note title="&lt;b&gt;"><x-cite keys="k"></x-cite></x-note>z'
    assert list(split(html)) == ["<p>a</p>", Element("note", {"title": "<b>"}, '<x-cite keys="k"></x-cite>'), "z"]


def test_an_element_is_written_as_it_was_read() -> None:
    html = '<x-note title="&quot;&amp;&lt;">a<x-cite keys="k"></x-cite></x-note>'
    assert next(elements(html, "note")).written() == html


def test_text_that_looks_like_an_element_is_left_alone() -> None:
    html = "<code>&lt;x-note&gt;</code> x-note"
    assert replaced(html, lambda _: "!") == html


def test_only_a_single_paragraph_is_taken_off() -> None:
    assert inline("<p>a <em>b</em></p>\n") == "a <em>b</em>"
    assert inline("<p>a</p>\n<p>b</p>") == "<p>a</p>\n<p>b</p>"
