"""The examples of the writer's guide, by their titles: the page that each stands on, and its source."""

import re
from pathlib import Path

from building import GUIDE, ROOT

WRITTEN = {path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(GUIDE.glob("pages/*.md"))}
EXAMPLE = re.compile(r"^(?P<slashes>/{4,}) example \| (?P<title>.+)\n(?P<source>(?:.*\n)*?)(?P=slashes)$", re.M)
EXAMPLES = {
    found["title"]: (Path(name).stem, found["source"]) for name, text in WRITTEN.items() for found in EXAMPLE.finditer(text)
}


def shown_on(source: str, pages: tuple[str, ...]) -> bool:
    """Whether an example on one of these pages has this source, with however many slashes."""
    return any(page in pages and same(source) == same(other) for page, other in EXAMPLES.values())


def same(source: str) -> str:
    return re.sub("/{3,}", "///", source.strip())
