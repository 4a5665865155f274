"""The settings of this site. Another argument needs other content and another file like this one."""

SITENAME = "Open the wall?"
SITEURL = ""
DEFAULT_LANG = "en-GB"
TIMEZONE = "Europe/London"

PATH = "content"
OUTPUT_PATH = "output"
THEME = "theme"
STATIC_PATHS = ["images"]

# No blog, and no feed but the plugin’s own (Pelican would make some, and warns that they need SITEURL).
FEED_ALL_ATOM = None
CATEGORY_FEED_ATOM = None
TRANSLATION_FEED_ATOM = None
AUTHOR_FEED_ATOM = None
AUTHOR_FEED_RSS = None

PLUGIN_PATHS = ["plugins"]
PLUGINS = ["argument"]

# Whose site this is, and whose it is not: at the foot of every page.
ARGUMENT_NOTICE = (
    "An argument set out by its authors from a public blog post. "
    "This is not a website of the NHS, of any NHS Trust or of the government."
)
# Where readers may write: "mailto:…" or "https://…". Whoever publishes the site sets it; without it none is shown.
ARGUMENT_CONTACT = ""
# What the web filters of workplaces commonly block: a link there says so, since it may not open where this site is read.
ARGUMENT_BLOCKED = [
    "twitter.com",
    "x.com",
    "facebook.com",
    "instagram.com",
    "linkedin.com",
    "youtube.com",
    "youtu.be",
    "blog.youtube",
    "vimeo.com",
    "tiktok.com",
    "whatsapp.com",
    "wa.me",
    "wordpress.com",
    "blogspot.com",
]
# Services that readers may pass a page on to, besides a letter: links, and nothing of theirs on this site.
ARGUMENT_SHARE_WITH = {
    "Microsoft Teams": "https://teams.microsoft.com/share?href={address}&msgText={words}",
    "LinkedIn": "https://www.linkedin.com/sharing/share-offsite/?url={address}",
    "WhatsApp": "https://wa.me/?text={words}%20{address}",
}
# Of what day this edition is, for “Cite this page”.
ARGUMENT_DATE = "2026-11-24"
# What the two scores of a risk are called.
ARGUMENT_STATES = {"now": "With the block", "proposed": "Open, with a policy"}
# Every quotation must be checked against an excerpt of its source.
ARGUMENT_ALLOW_UNCHECKED = False
