"""Which links a reader's web filter commonly blocks, and the page with words beside each of them. Knows no Pelican."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import unescape
from urllib.parse import urlsplit

LINK = re.compile(r'<a\b[^>]*? href="(?P<address>https?://[^"]*)"[^>]*>.*?</a>', re.I | re.S)


@dataclass(frozen=True)
class Blocked:
    """The hosts that are commonly blocked; each stands for itself and what is below it."""

    hosts: Sequence[str]

    def holds(self, address: str) -> bool:
        """Whether an address is on one of the hosts; one that is none is on no host."""
        try:
            host = (urlsplit(address).hostname or "").rstrip(".")
        except ValueError:
            return False
        return any(host == blocked or host.endswith(f".{blocked}") for blocked in self.hosts)

    def marked(self, html: str, mark: Callable[[str], str]) -> str:
        """The HTML with what `mark` makes of each link to one of the hosts."""
        return LINK.sub(lambda link: mark(link[0]) if self.holds(unescape(link["address"])) else link[0], html)
