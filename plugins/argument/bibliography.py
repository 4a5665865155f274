"""Every source as the site's citation style has it: in the text, in a list of references, in order. Knows no Pelican.

What does not depend on the page is formatted once. A number, which does, is put in at the end.
"""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from html import escape
from typing import Any

from markupsafe import Markup

from argument import csl
from argument.citations import split_locator
from argument.dates import PartialDate
from argument.model import Source
from argument.styles import ADDRESS, DOI, NUMBER, TITLE, Processor, Style, cleared

DOI_HOST = "https://doi.org/"
# A DOI as a style prints it, with the address before it or without.
DOI_PRINTED = re.compile(rf"(?:https?://(?:dx\.)?doi\.org/)?{DOI}")
PAGE = "page"
NOTHING = Markup()
HOME = "index.html"
UNDATED = PartialDate()
NAMED = 2  # authors whom a line of text names; where there are more, the first
ADDRESSES = ("URL", "DOI", "accessed")
Kept = dict[tuple[str, ...], Any]


@dataclass(frozen=True)
class Entry:
    """One entry of a list of references: HTML, and in its middle the address that the style prints, if it does."""

    before: Markup
    printed: str = ""
    href: str = ""
    after: Markup = NOTHING


@dataclass(frozen=True)
class Site:
    """What a reference to one of the site's own pages says of the site; `url` is empty where it is not known."""

    name: str
    author: str = ""
    date: PartialDate = UNDATED
    url: str = ""

    def address_of(self, address: str) -> str:
        """The whole address of something on the site; the home page's is that of its folder. Empty where that is not known."""
        return f"{self.url.rstrip('/')}/{'' if address == HOME else address}" if self.url else ""


@dataclass(frozen=True)
class Cite:
    """One part of a citation, a link to its reference: the words shown, and the id to come back to."""

    id: str
    reference: str
    words: Markup


@dataclass(frozen=True)
class Reference:
    """One source of a list of references; `cites` are the ids of the places on the page that cite it."""

    source: Source
    label: str
    entry: Entry
    cites: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        return f"ref-{self.source.key}"

    @property
    def live(self) -> str:
        """The address of the live document, unless the entry prints it."""
        return self.source.url if self.source.url and self.source.url != self.entry.href else ""


class Bibliography:
    """The sources, formatted by one style; `kept` is what was made of them before."""

    def __init__(self, style: Style, sources: Iterable[Source], site: Site) -> None:
        self.style = style
        self.sources = {source.key: source for source in sorted(sources, key=lambda source: source.key)}
        self.site = site
        self.kept: Kept = {}

    def __getstate__(self) -> dict[str, Any]:
        """In another process the style begins anew; what has been made is known."""
        return {name: value for name, value in self.__dict__.items() if name not in {"brief", "full"}}

    def once(self, make: Callable[[], Any], *what: str) -> Any:
        """What is made of the sources, made once."""
        if what not in self.kept:
            self.kept[what] = make()
        return self.kept[what]

    @property
    def follows_from(self) -> str:
        """All that what is kept follows from, in words."""
        return repr([self.style, self.site, [item(source) for source in self.sources.values()]])

    def is_of(self, sources: Mapping[str, Source]) -> bool:
        """Whether it is made of exactly these."""
        return self.sources == sources

    @cached_property
    def brief(self) -> Processor:
        """The style at work on all sources without their addresses, those of one author and year told apart over the whole site."""
        made = Processor(
            self.style, ({k: v for k, v in item(source).items() if k not in ADDRESSES} for source in self.sources.values())
        )
        alike = defaultdict(list)
        for key in made.order if self.style.adds_year_suffix else ():
            alike[made.cite(key)].append(key)
        made.tell_apart({key: letters(at) for keys in alike.values() if len(keys) > 1 for at, key in enumerate(keys)})
        return made

    @cached_property
    def full(self) -> Processor:
        """The style at work on all sources with their addresses."""
        made = Processor(self.style, (item(source) for source in self.sources.values()))
        made.tell_apart(self.brief.suffixes)
        return made

    @cached_property
    def order(self) -> tuple[str, ...]:
        """The keys of all sources in the order of a list of references."""
        if self.style.numeric:
            return tuple(sorted(self.sources, key=lambda key: (self.label(key).lower(), key)))
        order: tuple[str, ...] = self.once(lambda: self.brief.order, "order")
        return order

    @cached_property
    def ranks(self) -> dict[str, int]:
        """The place of each source within one citation, where the style has an order for that."""
        order: list[str] = self.once(lambda: [*self.brief.cite_order()], "order of cites")
        return {key: rank for rank, key in enumerate(order)}

    def in_order(self, keys: Sequence[str]) -> list[str]:
        """Keys in the order of a list of references; a style with numbers has them as they were first cited."""
        return list(keys) if self.style.numeric else sorted(keys, key=self.order.index)

    def in_cite_order(self, cites: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
        """The pairs of key and locator of one citation as the style orders them, or else as they were written."""
        return sorted(cites, key=lambda cite: self.ranks.get(cite[0], 0))

    def between(self, first: str, end: str) -> list[str]:
        """Keys in the order of the list of all sources, from those under the letter `first` (empty: all) to those before `end`."""
        begun = {key: unicodedata.normalize("NFKD", self.label(key))[:1].upper() for key in self.order}
        return [key for key in self.order if first <= begun[key] and (not end or begun[key] < end)]

    def cite(self, key: str, locator: str, number: int) -> Markup:
        """One part of a citation; `locator` as the author wrote it, `number` the source's on the page."""

        def made() -> str:
            place, rest = split_locator(locator)
            text = self.brief.cite(key, place)
            return f"{text}, {escape(cleared(rest))}" if rest else text

        text: str = self.once(made, "cite", key, locator)
        return Markup(text.replace(NUMBER, str(number)))  # noqa: S704 - styles.py escaped it

    def label(self, key: str) -> str:
        """What a source is called in a line of text: as it is cited, or by author and year where that is a number."""
        if self.style.numeric:
            said = item(self.sources[key])
            year = self.sources[key].date.year
            listed = [name.get("family") or name["literal"] for name in said["author"]]
            named = listed if len(listed) <= NAMED else [listed[0], csl.OTHERS]
            return f"{' and '.join(named)}, {year or 'undated'}"
        return self.cite(key, "", 0).striptags()

    def entry(self, key: str, number: int) -> Entry:
        """The entry of a source in a list of references."""
        text: str = self.once(lambda: self.full.entry(key), "entry", key)
        source = self.sources[key]
        return whole(text.replace(NUMBER, str(number)), source.url or "", source.doi)

    def lone_entry(self, key: str) -> Entry:
        """The entry of a source where it stands by itself, without a number."""
        if not self.style.numeric:
            return self.entry(key, 0)
        source = self.sources[key]
        text = self.once(lambda: self.full.unnumbered_entry(key), "entry alone", key)
        return whole(text, source.url or "", source.doi)

    def brief_entry(self, key: str) -> Markup:
        """The entry of a source without its address, for a list whose entries lead to our own page of it."""
        text = self.once(lambda: self.brief.unnumbered_entry(key), "brief entry", key)
        return Markup(text)  # noqa: S704 - styles.py escaped it

    @cached_property
    def own(self) -> str:
        """The reference to a page of this site, but for its title and address."""
        text: str = self.once(self.of_own_page, "own")
        return text

    def of_own_page(self) -> str:
        """The same, made now."""
        made: csl.Item = {"id": PAGE, "type": "webpage", "title": TITLE, "author": csl.names(self.site.author)}
        made["author"] = made["author"] or [{"literal": self.site.name}]
        if self.site.author:
            made["container-title"] = self.site.name
        if self.site.date.year is not None:
            made["issued"] = csl.date_parts(self.site.date)
        if self.site.url:
            made["URL"] = ADDRESS
        return Processor(self.style, [made]).unnumbered_entry(PAGE)

    def page(self, title: Markup, address: str) -> Entry:
        """The reference to one page of this site."""
        text = self.own.replace(TITLE, cleared(title))
        return whole(text, f"{self.site.url.rstrip('/')}/{address}", "")


def item(source: Source) -> csl.Item:
    """A source as it is formatted: the publisher stands in for an author; address and DOI are put in afterwards."""
    made = csl.item(source.key, source)
    made.pop("archive_location", None)
    if "author" not in made:
        made["author"] = [{"literal": source.publisher}]
    if made["author"] == [{"literal": source.publisher}] or source.publisher == source.container:
        del made["publisher"]  # it would stand there twice
    return made | {key: mark for key, mark in (("URL", ADDRESS), ("DOI", DOI)) if key in made}


def whole(text: str, url: str, doi: str) -> Entry:
    """An entry from its HTML, in which marks stand for the address and the DOI."""
    printed = re.search(ADDRESS, text) or DOI_PRINTED.search(text)
    if not printed:
        return Entry(Markup(text))  # noqa: S704 - styles.py escaped it
    parts = (text[: printed.start()], text[printed.end() :])
    before, after = (part.replace(ADDRESS, escape(url)).replace(DOI, escape(doi)) for part in parts)
    words, href = (url, url) if printed[0] == ADDRESS else (printed[0].replace(DOI, doi), DOI_HOST + doi)
    return Entry(Markup(before), words, href, Markup(after))  # noqa: S704 - styles.py escaped it


def letters(number: int) -> str:
    """0 → a, 25 → z, 26 → aa, as CSL counts years of one author."""
    return "".join(reversed(list(digits(number))))


def digits(number: int) -> Iterator[str]:
    """The letters of `letters`, the last one first."""
    while number >= 0:
        yield chr(ord("a") + number % 26)
        number = number // 26 - 1
