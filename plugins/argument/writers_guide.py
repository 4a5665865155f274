"""The writer's guide: a small site of its own below the site, with an argument of its own to show what blocks become.

It lies in a folder of the content and is made by what makes the site. Nothing that it says is part of the argument. Knows no
Pelican, but its settings.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from argument.context import Workshop
from argument.inventory import WRITERS_GUIDE
from argument.settings import PREFIX

NAME = "The writer’s guide"
NOTICE = "What is argued on these pages is made up, so that there is something to show."
# What is said of a site on the whole; the rest is of one argument or one build.
TAKEN_OVER = ("CONTACT", "CITATION_STYLE", "DATE", "SIDES", "STATES", "SEARCH")


def workshop(whole: Workshop, defaults: Mapping[str, Any]) -> Workshop:
    """What the guide to a site is made with; `defaults` are Pelican's own settings."""
    given = {name: value for name, value in whole.pelican.items() if not name.startswith(PREFIX)}
    given |= {name: whole.pelican[name] for name in (f"{PREFIX}{own}" for own in TAKEN_OVER) if name in whole.pelican}
    site = given.get("SITEURL") or ""
    given |= {
        "PATH": str(whole.content / WRITERS_GUIDE),
        "OUTPUT_PATH": str(Path(given["OUTPUT_PATH"]) / WRITERS_GUIDE),
        "SITENAME": NAME,
        "SITEURL": f"{site.rstrip('/')}/{WRITERS_GUIDE}" if site else "",
        f"{PREFIX}NOTICE": NOTICE,
    }
    return Workshop.of(given, defaults, within=whole)
