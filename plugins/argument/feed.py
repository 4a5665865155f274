"""The updates and the responses as an Atom feed (RFC 4287). Knows no Pelican.

A feed is read far from the site, so every link in it has the site's own address. It says nothing of when it was made.
"""

from collections.abc import Iterable
from datetime import UTC, datetime
from html import escape

from feedgenerator import Atom1Feed

from argument import csl
from argument.bibliography import Site
from argument.dates import PartialDate
from argument.model import Response, Update
from argument.openings import opening
from argument.plain_words import plain

FILE = "feed.xml"
TYPE = "application/atom+xml"
BEFORE_ANYTHING = datetime(1970, 1, 1, tzinfo=UTC)


class Feed(Atom1Feed):  # type: ignore[misc]  # the library has no types
    """An Atom feed of a site on which nothing may have happened yet: the library would call it updated now."""

    def latest_post_date(self) -> datetime:
        latest: datetime = super().latest_post_date() if self.items else self.feed["begun"]
        return latest


def written(site: Site, language: str, news: Iterable[Response | Update]) -> str:
    """The feed as XML, newest first; `site` must have an address."""
    base = site.url.rstrip("/")
    author = csl.in_words(site.author) or site.name
    begun = at_midnight(site.date) if site.date.year else BEFORE_ANYTHING
    address = f"{base}/{FILE}"
    made = Feed(
        title=site.name,
        link=f"{base}/index.html",
        description=None,
        language=language,
        author_name=author,
        feed_url=address,
        feed_guid=address,
        begun=begun,
    )
    for item in sorted(news, key=lambda item: (item.date, item.address), reverse=True):
        page = f"{base}/{item.address}"
        made.add_item(
            title=item.title,
            link=page,
            description=escape(plain(opening(item.origin.body).prose), quote=False),
            author_name=item.by if isinstance(item, Response) else None,
            pubdate=at_midnight(item.date),
            unique_id=page,
        )
    return str(made.writeString("utf-8"))


def at_midnight(date: PartialDate) -> datetime:
    """The beginning of a day, or of the month or year that is known."""
    return datetime(date.year or 1, date.month or 1, date.day or 1, tzinfo=UTC)
