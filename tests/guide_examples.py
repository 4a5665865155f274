"""The examples of the writer's guide, by their titles: the page that each stands on, and its source."""

import re
from pathlib import Path

from building import GUIDE, ROOT

WRITTEN = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(GUIDE.glob("pages/*.md"))}
EXAMPLE = re.compile(r"^(?P<slashes>/{4,}) example \| (?P<title>.+)\n(?P<source>(?:.*\n)*?)(?P=slashes)$", re.M)
EXAMPLES = {
    found["title"]: (Path(name).stem, found["source"]) for name, text in WRITTEN.items() for found in EXAMPLE.finditer(text)
}


# Pages with the most examples, which axe looks at.
FULLEST = ("quotations", "text")
# Examples that have a page of their own in the small site, by its name.
ALONE = {
    "comparison-as-a-table": "A comparison as a table",
    "comparison-gathered": "A comparison gathered from points",
    "picture-map": "A map of the argument",
    "picture-matrix": "A picture of scores",
    "picture-timeline": "A picture of time",
    "quotation-from-the-library": "A quotation from the library",
    "quotation-that-answers": "A quotation that answers a risk",
}


def page_of(title: str) -> str:
    """The text of a page that holds an example and nothing else."""
    return f"Title: {title}\nDescription: An example of the writer’s guide.\n\n{EXAMPLES[title][1]}"
