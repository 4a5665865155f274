"""Where readers may write, and a letter to there that says what it is about. Knows no Pelican and no model."""

import re
from contextlib import suppress
from dataclasses import dataclass
from urllib.parse import quote

from argument.values import url_text

# RFC 6068: addresses with commas between them; what has a meaning in an address of the web is encoded, but no line break or
# other control character, which would begin another line of the letter's head (section 7).
LABEL = r"[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
MAILBOX = rf"(?:[\w!$'*+.~-]|%(?!7[Ff])[2-9A-Fa-f][0-9A-Fa-f])+@{LABEL}(?:\.{LABEL})*"
MAILTO = re.compile(rf"mailto:{MAILBOX}(?:,{MAILBOX})*", re.ASCII)
LINES = "\r\n\r\n"  # the reader goes on below


def contact_text(value: str) -> str:
    """The value, if it is empty or readers can write there. Raises ValueError for anything else."""
    with suppress(ValueError):
        if not value or MAILTO.fullmatch(value) or url_text(value).startswith("https://"):
            return value
    raise ValueError("mailto:name@example.org or an address with https://")


@dataclass(frozen=True)
class Contact:
    """An address that readers may write to, empty if there is none; `site` and `url` are the site's name and own address."""

    address: str
    site: str
    url: str = ""

    def about(self, title: str, page: str) -> str:
        """The link for a response to one page: where it is a letter, with a subject and the page's address filled in.

        Spaces are %20 and line breaks %0D%0A (RFC 6068, section 5).
        """
        if not self.address.startswith("mailto:"):
            return self.address
        subject = quote(f"{title} · {self.site}", safe="")
        where = f"{self.url.rstrip('/')}/{page}" if self.url else page
        return f"{self.address}?subject={subject}&body={quote(where + LINES, safe='')}"
