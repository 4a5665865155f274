"""The examples of the writer's guide, by their titles: the page that each stands on, and its source."""

import re
from pathlib import Path

from building import GUIDE, ROOT

WRITTEN = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(GUIDE.glob("pages/*.md"))}
EXAMPLE = re.compile(r"^(?P<slashes>/{4,}) example \| (?P<title>.+)\n(?P<source>(?:.*\n)*?)(?P=slashes)$", re.M)
EXAMPLES = {
    found["title"]: (Path(name).stem, found["source"]) for name, text in WRITTEN.items() for found in EXAMPLE.finditer(text)
}


# Pages with the most examples; what they do not hold is an example of tests/components as well, or words.
FULLEST = ("quotations", "text")


def in_the_fullest(component: Path) -> bool:
    """Whether one of these pages has an example with the text of a component, with however many slashes."""
    _, _, text = (component / "source.md").read_text("utf-8").partition("\n\n")
    return same(text) in (same(source) for page, source in EXAMPLES.values() if page in FULLEST)


def same(source: str) -> str:
    return re.sub("/{3,}", "///", source.strip())
