"""What of somebody's own takes part in a build: code of which nobody can tell when it does something else. Loads nothing heavy.

What follows from it is made anew each time. Knows Pelican's settings.
"""

from collections.abc import Mapping
from typing import Any

OURS = "argument"
FOR_TEMPLATES = ("JINJA_FILTERS", "JINJA_GLOBALS", "JINJA_TESTS")
# Extensions of Markdown that ask nothing of anybody but the file.
KNOWN = ("markdown.extensions.", "pymdownx.")


def among_pages(settings: Mapping[str, Any]) -> bool:
    """Whether there is another plugin, which may look at anything, or code for templates, which Jinja may run while it compiles."""
    return [str(name) for name in settings["PLUGINS"]] != [OURS] or any(settings.get(name) for name in FOR_TEMPLATES)


def readable(options: object) -> bool:
    """Whether these can be options of Markdown at all."""
    kinds = {"extensions": list, "extension_configs": dict}
    return isinstance(options, dict) and all(isinstance(options.get(name, kind()), kind) for name, kind in kinds.items())


def among_texts(options: Mapping[str, Any]) -> bool:
    """Whether Markdown is extended; `options` are Pelican's MARKDOWN."""
    if not readable(options):
        return True
    names = [*options.get("extensions", []), *options.get("extension_configs", {})]
    return not all(isinstance(name, str) and name.startswith(KNOWN) for name in names)
