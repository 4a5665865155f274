"""The plugin's settings, each once, typed; and what it needs of Pelican's own. Knows no Pelican objects."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

import jinja2
from pydantic import AfterValidator, BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from argument.addresses import NOT_FOUND
from argument.browser_editor import on_github, package
from argument.contact import contact_text
from argument.dates import DateKnown, PartialDate
from argument.feed import FILE as FEED
from argument.hosting import SITEMAP
from argument.problems import Place, Problem, nearest, one_of
from argument.reports import Format
from argument.sharing import service_address
from argument.styles import DEFAULT, Style
from argument.values import Frozen, Host, Offline, Side, State, offline_setting, some_words

PREFIX = "ARGUMENT_"
# What of a page needs the site's own address, as a build names it where there is none.
NEED_ADDRESS = (
    "no picture in previews (og:image) and no og:url",
    "no canonical address",
    "no addresses in JSON-LD and no way up there",
    "no links by which to pass them on",
    "no QR code",
)
PLACE = Place("settings")  # which file they are in, Pelican does not say


class SettingsError(Exception):
    """The settings file says something that cannot be; each argument is a problem."""


def for_each(kind: type[StrEnum]) -> Callable[[dict[Any, str]], dict[Any, str]]:
    """A validator of words for each of a kind: it raises ValueError if any has none."""

    def complete(words: dict[Any, str]) -> dict[Any, str]:
        if set(words) != set(kind):
            raise ValueError(f"words for each of {', '.join(kind)}")
        return words

    return complete


def zip_file(value: str) -> str:
    """The value, if it is empty or can be the name of a zip file. Raises ValueError for anything else."""
    if value and Path(value).suffix != ".zip":
        raise ValueError("the name of a file that ends in .zip")
    return value


class ArgumentSettings(Frozen):
    """`ARGUMENT_NOTICE` in the settings file is `notice` here, and so on."""

    notice: str = Field("", description="A sentence at the foot of every page: whose site this is, and whose it is not.")
    author: str = Field("", description="Who has written the site, as a source's Author; without it the site's name is cited.")
    date: DateKnown = Field(PartialDate(), description="Of what day, month or year the site is: 2014-05-30, 2014-05 or 2014.")
    citation_style: Annotated[Style, BeforeValidator(Style)] = Field(
        DEFAULT, validate_default=True, description="The CSL style of citations: one that is bundled, or the path of a .csl file."
    )
    contact: Annotated[str, AfterValidator(contact_text)] = Field(
        "", description="Where readers may write: an address that begins with mailto: or https://."
    )
    blocked: list[Host] = Field([], description="Hosts that web filters commonly block, each with what is below it.")
    blocked_note: Annotated[str, AfterValidator(some_words)] = Field(
        "may be blocked at work", description="The words in brackets after a link to one of these hosts."
    )
    share_with: dict[str, Annotated[str, AfterValidator(service_address)]] = Field(
        {}, description="Services that take a link, by name: an address in which {address} and {words} stand for the page’s."
    )
    papers: bool = Field(default=True, description="Whether each page, point and update has a PDF.")
    share_images: bool = Field(default=True, description="Whether each page, table and row has a picture that previews of it show.")
    search: bool = Field(default=True, description="Whether readers can search from the page with the A–Z, where scripts run.")
    allow_unchecked: bool = Field(
        default=True, description="Whether a quotation may stand whose source has no excerpt; its card says that it is unchecked."
    )
    sides: Annotated[dict[Side, str], AfterValidator(for_each(Side))] = Field(
        {
            Side.FOR: "Supports the case",
            Side.AGAINST: "Against the case",
            Side.BOTH: "Cuts both ways",
            Side.CONTEXT: "Background",
        },
        description="The words shown for the sides of evidence: for, against, both and context.",
    )
    states: Annotated[dict[State, str], AfterValidator(for_each(State))] = Field(
        {State.NOW: "As things are", State.PROPOSED: "If it is done"},
        description="The words shown for the states in which risks are scored: now and proposed.",
    )
    writers_guide: bool = Field(
        default=False, description="Whether the writer’s guide is published below the site, with a link at the foot of every page."
    )
    editor: Annotated[str, AfterValidator(package)] = Field(
        "", description="The package of the editor that is published with the site, to be used in a browser; none without it."
    )
    editor_repository: Annotated[str, AfterValidator(on_github)] = Field(
        "", description="The repository on GitHub that this editor may write to, owner/name; without one it opens a folder alone."
    )
    offline: Annotated[Offline, BeforeValidator(offline_setting)] = Field(
        Offline.OFF,
        description="Whether readers’ browsers keep the site, to be read without a connection: False, True or “withdrawn”.",
    )
    paper: list[str] | None = Field(
        None,
        description="The parts of one PDF that is made in the place of the site (the task `paper` sets it).",
    )
    paper_file: str = Field("", description="Where that PDF is written (the task `paper` sets it).")
    pack: list[str] = Field([], description="The addresses of the pages of a pack (the task `pack` sets it).")
    pack_file: str = Field("pack.zip", description="The zip file or folder that the pack is written into (the same).")
    bundle: Annotated[str, AfterValidator(zip_file)] = Field(
        "", description="The zip file that the whole site is written into as well (the task `bundle` sets it)."
    )
    problems: Format = Field(Format.TEXT, description="In what form problems are told: text, json, github or lines.")
    record_addresses: bool = Field(
        default=False, description="Whether a build that succeeds adds its addresses to the ledger (the task `addresses` sets it)."
    )


# What the plugin cannot do without: it reads all text itself, links work in any folder, files of the theme are published
# under names that follow from their content, and a template that names something that is not there fails.
PELICAN: dict[str, Any] = {
    "PAGE_PATHS": [],
    "PAGE_TRANSLATION_ID": None,
    "ARTICLE_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "RELATIVE_URLS": True,
    "THEME_STATIC_PATHS": [],
    "DELETE_OUTPUT_DIRECTORY": False,
    "FEED_ALL_ATOM": None,
    "CATEGORY_FEED_ATOM": None,
    "JINJA_ENVIRONMENT": {
        "autoescape": True,
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
        "auto_reload": False,  # no template changes while a build uses it
        "extensions": [],
    },
}

# What computers leave beside files and no author writes. (Pelican's own pattern for hidden files, "**/.*", never matches
# the bare name that generators.py holds against it.)
IGNORED = [".*", "*~", "#*#", "Thumbs.db", "desktop.ini"]


def read(settings: Mapping[str, Any]) -> ArgumentSettings:
    """The `ARGUMENT_…` settings. Raises SettingsError for one that is unknown or wrong."""
    given = {name: value for name, value in settings.items() if name.startswith(PREFIX)}
    known = [f"{PREFIX}{name.upper()}" for name in ArgumentSettings.model_fields]
    unknown = [name for name in given if name not in known]
    if unknown:
        raise SettingsError(*(unknown_setting(name, known) for name in unknown))
    try:
        return ArgumentSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in given.items()})
    except ValidationError as error:
        raise SettingsError(*(reworded(detail) for detail in error.errors())) from None


def unknown_setting(name: str, known: Sequence[str]) -> Problem:
    """A setting that there is not, and the one that may have been meant: what all begin with says nothing of that."""
    near = nearest(name.removeprefix(PREFIX), {other: other.removeprefix(PREFIX) for other in known})
    return Problem(PLACE, f"there is no setting {name}.", f'Did you mean "{near}"?' if near else f"There are {one_of(known)}.")


def reworded(detail: ErrorDetails) -> Problem:
    """One of pydantic's errors, with the setting's own name."""
    name, *within = (part for part in detail["loc"] if part != "[key]")
    name = str(name)
    where = PREFIX + name.upper() + "".join(f"[{part!r}]" for part in within)
    means = f"{PREFIX}{name.upper()}: {ArgumentSettings.model_fields[name].description}"
    if detail["type"] == "value_error":
        rule, *remedies = detail["ctx"]["error"].args
        return Problem(PLACE, f"{where} must be {rule} (got {detail['input']!r}).", " ".join(remedies) or means)
    return Problem(PLACE, f"{where} {detail['msg'].replace('Input should', 'must')} (got {detail['input']!r}).", means)


def format_of(settings: Mapping[str, Any]) -> Format:
    """The form in which problems are to be told, the settings themselves among them."""
    wanted = settings.get(f"{PREFIX}PROBLEMS")
    return next((form for form in Format if form == wanted), Format.TEXT)


def impose(settings: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    """Set what the plugin needs of Pelican. Raises SettingsError where the settings file wants something else.

    `defaults` are Pelican's own: a setting that still has its default was not chosen by anybody.
    """
    chosen = [name for name, value in PELICAN.items() if settings.get(name) not in (defaults.get(name), value)]
    if chosen:
        raise SettingsError(*(Problem(PLACE, f"{name} must be left to the argument plugin.", "Take it out.") for name in chosen))
    site = settings.get("SITEURL") or ""
    if site and not whole_address(site):
        remedy = 'Write SITEURL = "https://example.org/folder", without a slash at its end, or leave it empty.'
        raise SettingsError(Problem(PLACE, f'SITEURL must be a full address (got "{site}").', remedy))
    settings.update(PELICAN)
    settings["IGNORE_FILES"] = [*settings["IGNORE_FILES"], *IGNORED]


def whole_address(site: str) -> bool:
    """Whether this can be the address of a site: of a host, and a folder there if it stands in one; nothing else, and no secret."""
    try:
        parts = urlsplit(site)
        port = parts.port
    except ValueError:
        return False
    plain = (
        not site.endswith("/") and not parts.username and not parts.password and port != 0 and not re.search(r"[?#\s\"'<>]", site)
    )
    return bool(parts.scheme in ("http", "https") and site.startswith(f"{parts.scheme}://") and parts.hostname and plain)


def left_empty(settings: ArgumentSettings, site: str) -> Iterator[str]:
    """What a build says of settings without which readers are not offered something; `site` is Pelican's SITEURL."""
    if not site:
        lacking = f"there is no {FEED} and no {SITEMAP}, {NOT_FOUND} is a page without style and links"
        yield f"SITEURL is empty: without the site’s own address {lacking}, and pages have {', '.join(NEED_ADDRESS)}."
    if not settings.contact:
        yield f"{PREFIX}CONTACT is empty: nobody is offered an address to write to."
