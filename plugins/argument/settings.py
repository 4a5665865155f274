"""The plugin's settings, each once, typed; and what it needs of Pelican's own. Knows no Pelican objects."""

from collections.abc import Mapping
from typing import Annotated, Any

import jinja2
from pydantic import BeforeValidator, Field, ValidationError
from pydantic_core import ErrorDetails

from argument.matter import DateKnown, Frozen, PartialDate, Side
from argument.model import ITEMS
from argument.problems import did_you_mean, one_of
from argument.styles import DEFAULT, Style

PREFIX = "ARGUMENT_"


class SettingsError(Exception):
    """The settings file says something that cannot be; each argument names a setting and what to write."""


class ArgumentSettings(Frozen):
    """`ARGUMENT_NOTICE` in the settings file is `notice` here, and so on."""

    notice: str = Field("", description="A sentence at the foot of every page: whose site this is, and whose it is not.")
    author: str = Field("", description="Who has written the site, as a source's Author; without it the site's name is cited.")
    date: DateKnown = Field(PartialDate(), description="Of what day, month or year the site is: 2014-05-30, 2014-05 or 2014.")
    citation_style: Annotated[Style, BeforeValidator(Style)] = Field(
        DEFAULT, validate_default=True, description="The CSL style of citations: one that is bundled, or the path of a .csl file."
    )
    contact: str = Field("", description="Where readers may write: an address that begins with mailto: or https://.")
    sides: dict[Side, str] = Field(
        {
            Side.FOR: "Supports the case",
            Side.AGAINST: "Against the case",
            Side.BOTH: "Cuts both ways",
            Side.CONTEXT: "Background",
        },
        description="The words shown for the sides of evidence: for, against, both and context.",
    )


# What the plugin cannot do without: every content folder is read as Pelican pages, links work in any folder, and a
# template that names something that is not there fails.
PELICAN: dict[str, Any] = {
    "PAGE_PATHS": list(ITEMS),
    "PAGE_TRANSLATION_ID": None,
    "ARTICLE_PATHS": [],
    "DIRECT_TEMPLATES": [],
    "RELATIVE_URLS": True,
    "DELETE_OUTPUT_DIRECTORY": False,
    "FEED_ALL_ATOM": None,
    "CATEGORY_FEED_ATOM": None,
    "JINJA_ENVIRONMENT": {
        "autoescape": True,
        "undefined": jinja2.StrictUndefined,
        "trim_blocks": True,
        "lstrip_blocks": True,
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
        remedies = [did_you_mean(name, known, f"There are {one_of(known)}.") for name in unknown]
        raise SettingsError(*(f"there is no setting {name}. {remedy}" for name, remedy in zip(unknown, remedies, strict=True)))
    try:
        return ArgumentSettings(**{name.removeprefix(PREFIX).lower(): value for name, value in given.items()})
    except ValidationError as error:
        raise SettingsError(*(reworded(detail) for detail in error.errors())) from None


def reworded(detail: ErrorDetails) -> str:
    """One of pydantic's errors, with the setting's own name."""
    name, *within = (str(part) for part in detail["loc"] if part != "[key]")
    where = PREFIX + name.upper() + "".join(f"[{part!r}]" for part in within)
    if detail["type"] == "value_error":
        rule, *remedies = detail["ctx"]["error"].args
        return " ".join([f"{where} must be {rule} (got {detail['input']!r}).", *remedies])
    return f"{where} {detail['msg'].replace('Input should', 'must')} (got {detail['input']!r})."


def impose(settings: dict[str, Any], defaults: Mapping[str, Any]) -> None:
    """Set what the plugin needs of Pelican. Raises SettingsError where the settings file wants something else.

    `defaults` are Pelican's own: a setting that still has its default was not chosen by anybody.
    """
    chosen = [name for name, value in PELICAN.items() if settings.get(name) not in (defaults.get(name), value)]
    if chosen:
        raise SettingsError(*(f"{name} must be left to the argument plugin. Take it out." for name in chosen))
    settings.update(PELICAN)
    settings["IGNORE_FILES"] = [*settings["IGNORE_FILES"], *IGNORED]
