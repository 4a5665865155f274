"""Worked examples of other projects as pages of a site that Pelican builds, with the plugin and without (`oracles.py`).

The text of each page must be the same. Neither PDFs nor pictures are made: no font has all signs of the examples.
"""

import pickle
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

from argument.reading import NEEDED
from building import small_site, started

if TYPE_CHECKING:
    from oracles import Example

# What is the plugin's own, and no difference: sections round headings, no comments, how an element without an end is written.
OWN, NO_END, AT_THE_END = (
    re.compile(r"<!--.*?-->|</?section>", re.S),
    re.compile(r" ?/>"),
    re.compile(r"(?: |<!--.*?-->)+(?=</p>)", re.S),
)
TEXT = re.compile(r"<!-- begins -->(.*)<!-- ends -->", re.S)
MARKED = "<!-- begins -->{}<!-- ends -->"
PROSE = "{{ view.prose(item.origin.body) }}"  # in the theme
OPTIONS = "\nimport pickle\n\nMARKDOWN = pickle.loads({!r})\n"  # which may hold functions
WITH = "ARGUMENT_PAPERS, ARGUMENT_SHARE_IMAGES = False, False\n"
WITHOUT = """SITENAME, TIMEZONE, THEME, PATH, OUTPUT_PATH = "Words of others", "UTC", "theme", "content", "output"
PAGE_URL = PAGE_SAVE_AS = "{slug}.html"
DIRECT_TEMPLATES, FEED_ALL_ATOM, CATEGORY_FEED_ATOM, TRANSLATION_FEED_ATOM = [], None, None, None
"""
HEAD = "Title: {0}\n{1}: {0}\n\n{2}"
PROBLEM = re.compile(r"(?m)^ ?content/pages/(example-\d+)\.md:")
PROBLEM_OF_OURS = re.compile(r"(?m)^ ?content/.*\.md: ")
AT_ONCE = 2


def built(examples: Sequence["Example"], folder: Path) -> tuple[Counter[str], list[str]]:
    """How examples are published with the plugin and without, and what of them is not published the same.

    All with the same options are one site.
    """
    groups: dict[str, list[Example]] = {}
    for example in examples:
        groups.setdefault(repr(example.options), []).append(example)
    counted: Counter[str] = Counter()
    otherwise: list[str] = []
    with ThreadPoolExecutor(AT_ONCE) as several:
        for count, wrong in several.map(compared, groups.values(), [folder / str(number) for number in range(len(groups))]):
            counted += count
            otherwise += wrong
    return counted, otherwise


def compared(examples: Sequence["Example"], folder: Path) -> tuple[Counter[str], list[str]]:
    """The same of examples that have the same options."""
    named = {f"example-{number}": example for number, example in enumerate(examples, 1)}
    without = site_without_plugin(folder / "without", examples[0].options)
    theirs, _ = published(without, named, "Slug")
    ours = site_with_plugin(folder / "with", examples[0].options)
    made, said = published(ours, named, "Description")
    if told := set(PROBLEM.findall(said)):  # what only a whole site can tell, of links say
        for name in told:
            (ours / f"content/pages/{name}.md").unlink()
        made, said = published(ours, {name: example for name, example in named.items() if name not in told}, "Description")
    if not made and PROBLEM_OF_OURS.search(said):  # what their extension makes of the other pages is told
        told = set(named)
    wrong = [name for name in named if name not in told and made.get(name, said) != theirs.get(name, "not published")]
    counted = Counter(
        {"published the same": len(named) - len(told) - len(wrong), "a problem told": len(told), "otherwise": len(wrong)}
    )
    return counted, [f"{named[name].name}\n{made.get(name, said)}\n--- without\n{theirs.get(name)}" for name in wrong]


def site_with_plugin(folder: Path, options: Mapping[str, Any]) -> Path:
    """The tests' small site, whose pages say where their text begins and ends."""
    small_site(folder)
    template = folder / "theme/templates/components/text.html"
    template.write_text(template.read_text("utf-8").replace(PROSE, MARKED.format(PROSE)), "utf-8")
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
        conf.write(f"{OPTIONS.format(pickle.dumps(options))}{WITH}")
    return folder


def site_without_plugin(folder: Path, options: Mapping[str, Any]) -> Path:
    """A site of Pelican's own, whose pages hold nothing but their text; read by the extensions that the plugin needs, too."""
    for name in ("content/pages", "theme/templates"):
        (folder / name).mkdir(parents=True)
    (folder / "theme/templates/page.html").write_text(MARKED.format("{{ page.content }}"), "utf-8")
    extensions = {**options, "extensions": [*NEEDED, *options["extensions"]]}
    (folder / "pelicanconf.py").write_text(f"{WITHOUT}{OPTIONS.format(pickle.dumps(extensions))}", "utf-8")
    return folder


def published(folder: Path, examples: Mapping[str, "Example"], key: str) -> tuple[dict[str, str], str]:
    """The text of each example as it is published, and what was said; nothing is published where a problem is told."""
    for name, example in examples.items():
        (folder / f"content/pages/{name}.md").write_text(HEAD.format(name, key, example.text), "utf-8")
    done = started(folder, ["content", "-s", "pelicanconf.py", "--log-handler", "plain"])
    pages = {name: folder / f"output/{name}.html" for name in examples}
    found = {name: TEXT.search(page.read_text("utf-8")) for name, page in pages.items() if page.exists()}
    return {name: plain(text[1]) for name, text in found.items() if text}, done.stdout + done.stderr


def plain(html: str) -> str:
    """HTML without what is the plugin's own; blank lines between its elements say nothing."""
    lines = NO_END.sub(">", OWN.sub("", AT_THE_END.sub("", html))).splitlines()
    return "\n".join(line.rstrip() for line in lines if line.strip())
