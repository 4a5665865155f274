"""Files that hosts, robots and home screens ask for: what may be kept, what there is, what the site is called.

Knows no Pelican, and writes nothing.
"""

import json
from collections.abc import Iterable
from xml.sax.saxutils import escape

from argument.bibliography import HOME, Site
from argument.icons import OF_MANIFEST
from argument.model import Item, Response, Update
from argument.theme_files import ThemeFiles

ROBOTS = "robots.txt"
SITEMAP = "sitemap.xml"
MANIFEST = "manifest.webmanifest"
HEADERS = "_headers"  # as some hosts read it
NO_JEKYLL = ".nojekyll"  # to one of them: publish the files as they are, also those that begin with _
SITEMAPS = "http://www.sitemaps.org/schemas/sitemap/0.9"
ASKED_FOR = "no-cache"  # kept, but asked for every time whether it has changed
KEPT = "public, max-age=31536000, immutable"
# What a page cannot say of itself in its head.
SAID = {
    "Content-Security-Policy": "frame-ancestors 'none'",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
}


def files(site: Site, language: str, items: Iterable[Item], theme: ThemeFiles, asked: Iterable[str] = ()) -> dict[str, str]:
    """Each of them by its address; no sitemap where the site does not know its own. For when all pages have been drawn.

    `asked` are asked for every time.
    """
    return {
        ROBOTS: robots(site),
        **({SITEMAP: sitemap(site, items)} if site.url else {}),
        MANIFEST: manifest(site, language, theme),
        HEADERS: headers(sorted(theme.written()), asked),
        NO_JEKYLL: "",
    }


def robots(site: Site) -> str:
    """Everything may be read by everybody (RFC 9309)."""
    where = f"\nSitemap: {site.address_of(SITEMAP)}\n" if site.url else ""
    return f"User-agent: *\nAllow: /\n{where}"


def sitemap(site: Site, items: Iterable[Item]) -> str:
    """The canonical address of every page (sitemaps.org), with the day of what has one of its own.

    Tables and rows have none: their pages say that the one on which they stand is canonical.
    """
    listed = sorted(items, key=lambda item: (item.address != HOME, item.address))
    urls = "\n".join(f"<url><loc>{escape(site.address_of(item.address))}</loc>{modified(item)}</url>" for item in listed)
    return f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{SITEMAPS}">\n{urls}\n</urlset>\n'


def modified(item: Item) -> str:
    """When a page was last changed, where that is known: what is dated is never changed after its day."""
    return f"<lastmod>{item.date.iso}</lastmod>" if isinstance(item, Response | Update) else ""


def manifest(site: Site, language: str, theme: ThemeFiles) -> str:
    """What the site is called and looks like on a home screen; all in it is relative to where it stands."""
    icons = [{"src": theme.address(icon.name), "sizes": icon.sizes, "type": "image/png"} for icon in OF_MANIFEST]
    told = {
        "name": site.name,
        "short_name": site.name,
        "lang": language,
        "start_url": HOME,  # a file: not every host shows one for a folder
        "display": "browser",
        "background_color": theme.colours["paper"],
        "theme_color": theme.colours["accent"],
        "icons": icons,
    }
    return f"{json.dumps(told, ensure_ascii=False, indent=2)}\n"


def headers(kept: Iterable[str], asked: Iterable[str]) -> str:
    """What a host sends with its answers, in the form that Netlify and Cloudflare Pages read.

    `kept` never change, `asked` are asked for every time, as pages are.

    No two rules that can match one address name the same header: one of the two hosts would join their values. Those that
    are kept stand there one by one, so that no answer is kept which says that there is nothing.
    """
    rules = {
        "/*": SAID,
        "/": {"Cache-Control": ASKED_FOR},
        "/*.html": {"Cache-Control": ASKED_FOR},
        **{f"/{address}": {"Cache-Control": ASKED_FOR} for address in asked},
        **{f"/{address}": {"Cache-Control": KEPT} for address in kept},
    }
    lines = [line for path, said in rules.items() for line in (path, *(f"  {name}: {value}" for name, value in said.items()))]
    return "\n".join([*lines, ""])


def kept(headers: str) -> set[str]:
    """The addresses that never change, by what hosts are told."""
    rules = [rule.splitlines() for rule in headers.replace("\n/", "\n\n/").split("\n\n")]
    return {path.removeprefix("/") for path, *said in rules if f"  Cache-Control: {KEPT}" in said}
