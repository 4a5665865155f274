"""Settings of Pelican's that the plugin reads: what may stand in them."""

import pytest

from argument.context import unusable
from argument.settings import whole_address


@pytest.mark.parametrize(
    "site", ["https://example.org", "http://example.org:8080/a/folder", "https://örtlich.example/é", "http://localhost:1"]
)
def test_an_address_of_a_site_is_one(site: str) -> None:
    assert whole_address(site)


@pytest.mark.parametrize(
    "site",
    [
        "example.org",
        "ftp://example.org",
        "https://",
        "https:///x",
        "https://example.org/",
        "https://example.org/a b",
        "https://example.org/?x",
        "https://example.org/#a",
        "https://user:secret@example.org",
        "https://user@example.org",
        "https://localhost:99999",
        "https://example.org:x",
        'https://example.org/"',
        "https://[::1",
        "HTTPS://example.org",
        " https://example.org",
    ],
)
def test_what_is_no_address_of_a_site_is_none(site: str) -> None:
    """Nobody wants their password on every page."""
    assert not whole_address(site)


@pytest.mark.parametrize("options", [["x"], None, "x", {"extensions": "codehilite"}, {"extension_configs": []}])
def test_what_is_no_setting_for_markdown_is_told(options: object) -> None:
    (problem,) = unusable(options)  # type: ignore[arg-type]
    assert "it must be a dict, with a list of extensions" in problem.rule
