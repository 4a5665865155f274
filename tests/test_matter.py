import pytest

from argument.dates import PartialDate
from argument.values import A_SLUG, url_text


@pytest.mark.parametrize(
    ("written", "shown", "iso"),
    [
        ("2014-05-30", "30 May 2014", "2014-05-30"),
        ("2014-05", "May 2014", "2014-05"),
        ("2014", "2014", "2014"),
        ("undated", "undated", ""),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(written: str, shown: str, iso: str) -> None:
    date = PartialDate.parse(written)
    assert (str(date), date.iso) == (shown, iso)


@pytest.mark.parametrize(
    "written",
    [
        "",
        "30 May 2014",
        "2014-13",
        "2014-06-31",
        "14-05",
        "2014-5-3",
        "Undated",
        "0000",
        "2014-00",
        "2014-05-00",
        "2013-02-29",
        "1900-02-29",
        "٢٠١٤",
        "2014-05-30-1",
    ],
)
def test_what_is_no_date_is_refused(written: str) -> None:
    with pytest.raises(ValueError, match="a date as"):
        PartialDate.parse(written)


@pytest.mark.parametrize("written", ["", "A-b", "a--b", "-a", "a-", "a b", "ä", "a/b", ".."])
def test_what_cannot_stand_in_an_address_is_no_slug(written: str) -> None:
    with pytest.raises(ValueError, match="lower-case"):
        A_SLUG.one(written)


@pytest.mark.parametrize(
    "written",
    [
        "example.org",
        "ftp://example.org",
        "javascript:alert(1)",
        "/path",
        "https://",
        "http:example.org",
        "https:///",
        "https://a b",
    ],
)
def test_only_http_addresses_are_addresses(written: str) -> None:
    with pytest.raises(ValueError, match="full address"):
        url_text(written)


def test_an_address_stays_as_it_was_written() -> None:
    """An address is evidence: no slash is added and no letter changed."""
    assert url_text("http://Example.org?a=%7e") == "http://Example.org?a=%7e"
