"""A page in the terms of schema.org, as JSON-LD for search engines and services. Knows no Pelican and no HTML."""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from argument import csl
from argument.argument import Argument
from argument.bibliography import HOME, Site
from argument.model import Item, Point, Quotation, Response, Source, Update
from argument.plain_words import plain, plain_text
from argument.share_pages import SharePage
from argument.values import Speaker
from argument.wayfinding import Step, way_up

Node = dict[str, Any]
SPEAKERS = {Speaker.PERSON: "Person", Speaker.ORGANIZATION: "Organization"}


@dataclass(frozen=True)
class Described:
    """A page as its preview describes it; the addresses are whole, and empty where the site does not know its own."""

    thing: Item | SharePage
    title: str
    description: str
    url: str
    image: str
    language: str


def linked_data(page: Described, argument: Argument, site: Site) -> str:
    """The JSON text: what the page is, and the way up from it. Without a site address it holds none, and no way up."""
    nodes = [what_it_is(page, argument, site)]
    way = way_up(page.thing, argument)
    if page.url and len(way) > 1:
        nodes.append(breadcrumbs(way, site))
    text = json.dumps(
        {"@context": "https://schema.org", "@graph": [without_gaps(node) for node in nodes]},
        ensure_ascii=False,
        separators=(",", ":"),
    )
    return text.replace("<", "\\u003c")  # so that no words can end the element that it stands in


def what_it_is(page: Described, argument: Argument, site: Site) -> Node:
    """The node of the page's own thing."""
    thing = page.thing
    whole: Node = {"@type": "WebSite", "name": site.name, "url": site.address_of(HOME)}
    common: Node = {"name": page.title, "url": page.url, "image": page.image, "isPartOf": whole}
    match thing:
        case Quotation():
            speaker = {"@type": SPEAKERS[thing.speaker], "name": thing.by, "description": thing.role}
            source = work(argument.sources[thing.source])
            words = plain_text(thing.origin.body)
            said = {"@type": "Quotation", "text": words, "inLanguage": thing.language or page.language}
            return {**said, "spokenByCharacter": speaker, "isBasedOn": source, **common}
        case Point():
            return {"@type": "Claim", "text": plain(thing.claim), **common, "author": author(site)}
        case Response():
            answered = argument.item(thing.to)
            parent = {"@type": "CreativeWork", "name": answered.title, "url": site.address_of(answered.address)} if answered else {}
            by = {"@type": "Person", "name": thing.by}
            return {"@type": "Comment", **common, "author": by, "dateCreated": thing.date.iso, "parentItem": parent}
        case Source():
            return {"@type": "WebPage", **common, "description": page.description, "about": work(thing)}
        case SharePage():
            on = {"@type": "WebPage", "name": thing.context.title, "url": site.address_of(thing.context.address)}
            table = {"@type": "Table", "name": thing.comparison.caption, "url": site.address_of(thing.comparison.address)}
            kind, part_of = ("WebPageElement", table) if thing.row else ("Table", on)
            return {"@type": kind, **common, "isPartOf": part_of, "description": page.description}
    date = {"datePublished": thing.date.iso} if isinstance(thing, Update) else {"dateModified": site.date.iso}
    about = {"description": page.description, "inLanguage": page.language, "author": author(site)}
    return {"@type": "Article", "headline": page.title, **common, **about, **date}


def author(site: Site) -> Node:
    """Who has written the site."""
    return {"@type": "Person", "name": csl.in_words(site.author)} if site.author else {"@type": "Organization", "name": site.name}


def work(source: Source) -> Node:
    """A source as the work that something is based on."""
    publisher = {"@type": "Organization", "name": source.publisher}
    return {
        "@type": "CreativeWork",
        "name": source.title,
        "author": csl.in_words(source.author),
        "publisher": publisher,
        "datePublished": source.date.iso,
        "url": source.url or "",
    }


def breadcrumbs(way: Sequence[Step], site: Site) -> Node:
    """The way from the home page to this one, as readers see it above the text."""
    items = [
        {"@type": "ListItem", "position": number, "name": step.name, "item": site.address_of(step.address)}
        for number, step in enumerate(way, 1)
    ]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def without_gaps(node: Node) -> Node:
    """The node without what is not known."""
    kept = {name: without_gaps(value) if isinstance(value, dict) else value for name, value in node.items()}
    return {name: value for name, value in kept.items() if value not in ("", {}, None)}
