"""What the templates and generators are given, made from the argument and the settings. Knows no Pelican, but its settings."""

import os
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment

from argument import inventory, offline, strangers, unpublished
from argument.a_to_z import a_to_z
from argument.addresses import Moves
from argument.argument import Argument
from argument.bibliography import Bibliography, Site
from argument.blocked import Blocked
from argument.board_paper import Edition
from argument.cache import Cache
from argument.contact import Contact
from argument.dates import PartialDate
from argument.exports import FORMATS
from argument.facts import Facts, Files, things
from argument.feed import FILE as FEED
from argument.icons import SIGN
from argument.making import Making
from argument.means import means
from argument.not_found import ViewFromAnywhere
from argument.packs import Entry, Pack
from argument.papers import Paper
from argument.previews import Previews
from argument.printing import Printer
from argument.problems import Place, Problem, one_of
from argument.publication import today
from argument.reading import Converter
from argument.reads import Noted, NotedAnswers
from argument.render import Shared, View
from argument.scanner import BLOCKS
from argument.search import Search
from argument.search_records import records
from argument.settings import PLACE, ArgumentSettings, SettingsError, impose, read
from argument.share_image import ShareImage
from argument.share_images import ShareImages
from argument.sharing import Sharing, data_address
from argument.store import Store
from argument.theme_files import theme_files
from argument.topics import topics
from argument.values import Offline
from argument.wayfinding import frame, neighbours, title_of

EPOCH = "SOURCE_DATE_EPOCH"  # as reproducible builds have it (reproducible-builds.org)
FORM = "it must be a dict, with a list of extensions and a dict of extension_configs"
PICTURE_STYLE = "typst/picture.css"


@dataclass(frozen=True)
class Workshop:
    """What a build has to work with, whatever the argument says: settings, folders and what earlier builds have kept."""

    settings: ArgumentSettings
    pelican: Mapping[str, Any]  # Pelican's own settings
    theme: Path
    content: Path
    cache: Cache
    drawing: ShareImages
    today: PartialDate  # on which files are published, or kept back
    shown: str  # the content folder as problems name it
    has_guide: bool = False  # whether the writer's guide is shown with it
    within: str = ""  # the name of the site that it is the guide to

    def means(self) -> str:
        """The digest of all that pages are made with, whatever they say."""
        return means(self.pelican, self.theme, self.settings, self.has_guide, self.within)

    @property
    def site(self) -> Site:
        pelican = self.pelican
        return Site(pelican["SITENAME"], self.settings.author, self.settings.date, pelican["SITEURL"])

    @classmethod
    def of(cls, pelican: dict[str, Any], defaults: Mapping[str, Any], *, within: "Workshop | None" = None) -> "Workshop":
        """That of Pelican's settings, which are changed to what the plugin needs. Raises SettingsError.

        `within` is the site that this one is the guide to.
        """
        ours = read(pelican)
        impose(pelican, defaults)
        if pelican["MARKDOWN"] != defaults["MARKDOWN"] and (wrong := [*unusable(pelican["MARKDOWN"])]):
            raise SettingsError(*wrong)
        theme, content = Path(pelican["THEME"]), Path(pelican["PATH"])
        kept = within.cache.file.parent / content.name if within else content.parent / ".cache"
        drawing = ShareImages(theme, pelican["SITENAME"], kept / "share-images")
        try:
            day = today(os.environ.get(EPOCH, ""))
        except (ValueError, OverflowError, OSError):
            remedy = "It is the number of seconds since 1970 that stands for now; take it out to build as of today."
            raise SettingsError(Problem(Place(EPOCH), f'"{os.environ[EPOCH]}" is no number of seconds.', remedy)) from None
        made = cls(ours, pelican, theme, content, Cache(kept / "argument.pickle"), drawing, day, content.name)
        if within:
            return replace(made, shown=f"{within.shown}/{content.name}", within=within.site.name)
        return made.with_guide() if ours.writers_guide else made

    def with_guide(self) -> "Workshop":
        """The same with the writer's guide shown, where there is one."""
        return replace(self, has_guide=(self.content / inventory.WRITERS_GUIDE).is_dir())

    def making(
        self,
        argument: Argument,
        moves: Moves,
        images: Sequence[ShareImage],
        papers: Sequence[Paper],
        templates: Environment,
        *,
        known: Bibliography | None = None,
        kept_back: Mapping[str, str] | None = None,
    ) -> Making:
        """What the files of the site are made from, and what makes them.

        A bibliography that is `known` is used again if it is of the same sources: to make one takes long. `kept_back` is
        given where its author is shown the argument: what of it readers are not, and why, by the names of files.
        """
        settings, site = self.settings, self.site
        bibliography = known if known and known.is_of(argument.sources) else self.bibliography(argument)
        facts = Facts(
            things=things(argument, moves),
            images={image.address: image for image in images},
            papers={paper.file: paper for paper in papers},
            beside=neighbours(argument),
            marks={} if kept_back is None else unpublished.marks(argument, kept_back, self.today),
            frame=frame(argument),
            has_search=bool(argument.finder) and settings.search,
            files=Files(self.content),
        )
        roots = {"argument": argument, "moves": moves, "facts": facts, "bibliography": bibliography}
        noted: dict[str, Any] = {name: Noted(root, name) for name, root in roots.items()}
        noted["bibliography"] = NotedAnswers(bibliography, "bibliography")
        theme = theme_files(self.theme, self.pelican["THEME_STATIC_DIR"], self.cache)
        previews = Previews(noted["argument"], site, self.pelican["DEFAULT_LANG"], noted["facts"].images)
        shared = Shared(
            argument=noted["argument"],
            bibliography=noted["bibliography"],
            sides=settings.sides,
            templates=templates,
            moves=noted["moves"],
            contact=Contact(settings.contact, site.name, site.url),
            blocked=Blocked(settings.blocked),
            blocked_note=settings.blocked_note,
            sharing=Sharing(previews, settings.share_with, data_address(theme.files[SIGN].decode())),
            facts=noted["facts"],
            has_papers=settings.papers,
        )
        named = {
            "argument": noted["argument"],
            "settings": settings,
            "facts": noted["facts"],
            "view_of": partial(View, shared=shared),
            "label": noted["bibliography"].label,
            "lost": partial(ViewFromAnywhere, shared, site),
            "theme_files": theme,
            "offline": offline.WORKER if settings.offline is Offline.ON else "",
            "without_connection": partial(offline.ViewWithoutConnection, offline.ADDRESS, shared),
            "downloads": {name: export.title for name, export in FORMATS.items()},
            "site": site,
            "feed": FEED if site.url else "",
            "guide": f"{inventory.WRITERS_GUIDE}/index.html" if self.has_guide else "",
            "guide_to": self.within,
            "templates": templates,
            "letters": partial(a_to_z, noted["argument"]),
            "topics": partial(topics, noted["argument"]),
        }
        context = {**self.pelican, **named}
        printer, search = self.printer(shared, context), self.search(argument, facts)
        return Making(roots, context, theme, self.theme, self.drawing, printer, search, self.means)

    def bibliography(self, argument: Argument) -> Bibliography:
        """Citations and references, in the style of the settings."""
        made = Bibliography(self.settings.citation_style, argument.sources.values(), self.site)
        made.kept |= self.cache.get(self.key_of(made)) or {}
        return made

    def keep(self, bibliography: Bibliography) -> None:
        """Keep what was made of the sources for later builds."""
        key = self.key_of(bibliography)
        if self.cache.get(key) != bibliography.kept:
            self.cache.put(key, dict(bibliography.kept))
        self.cache.save()

    def key_of(self, bibliography: Bibliography) -> str:
        """Under which key that is kept."""
        return self.cache.key("bibliography", bibliography.follows_from)

    def search(self, argument: Argument, facts: Facts) -> Search:
        """What makes the index of the search: of nothing, where there is none to be."""
        language = self.pelican["DEFAULT_LANG"].partition("-")[0]
        return Search(partial(records, argument), language, Store(self.cache.file.parent / "search"), facts.has_search)

    def printer(self, shared: Shared, context: Mapping[str, Any]) -> Printer:
        """What makes the PDFs."""
        edition = Edition(
            self.site.name,
            self.site.url.rstrip("/"),
            self.pelican["DEFAULT_LANG"],
            self.settings.date,
            self.settings.notice,
            (self.theme / PICTURE_STYLE).read_text("utf-8"),
            context["facts"].files,
        )
        return Printer(self.theme, Store(self.cache.file.parent / "papers"), self.cache, shared, edition, context)

    def pack(self, pages: Sequence[str], argument: Argument, images: Sequence[ShareImage], papers: Sequence[Paper]) -> Pack:
        """A pack of these pages, with the papers that are put together from parts."""
        things = {**argument.by_address, **{page.address: page for page in argument.share_pages}}
        by_address = {image.address: image for image in images}
        entries = (Entry(page, title_of(things[page], argument), by_address.get(page)) for page in pages)
        return Pack(tuple(entries), tuple(Entry(paper.file, paper.title, None) for paper in papers if paper.parts))


def unusable(options: Mapping[str, Any]) -> Iterator[Problem]:
    """A problem if there is no reading by these options, Pelican's MARKDOWN."""
    try:
        if not strangers.readable(options):
            raise TypeError(FORM)  # noqa: TRY301 - told as all else that is wrong with it
        Converter(options)
    except Exception as error:
        remedy = f"Each extension must be installed, and have what it is told; none may have a block called {one_of(BLOCKS)}."
        why = str(error).rstrip(".!")
        yield Problem(PLACE, f"MARKDOWN cannot be used: {why}.", remedy)
