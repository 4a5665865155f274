"""A small argument about something else: the tests build it with the project's own plugins/ and theme/."""

SITENAME = "Open on Sundays"
SITEURL = ""
DEFAULT_LANG = "en-GB"
TIMEZONE = "Europe/London"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
STATIC_PATHS = ["images"]

FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

PLUGIN_PATHS = ["plugins"]
PLUGINS = ["argument"]

ARGUMENT_NOTICE = "An invented argument about an invented library."
ARGUMENT_CONTACT = "mailto:reading-room@example.org"
ARGUMENT_NOTISE = "x"
