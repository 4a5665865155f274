"""How a text begins: its first paragraph, to be shown on other pages than its own. Knows no Pelican and no model."""

import re
from dataclasses import dataclass

# Every tag of converted HTML that has an inside; Python-Markdown writes `>` in attributes as an entity (its serializers.py).
TAG = re.compile(r"<(?P<end>/?)(?!(?:br|hr|img|wbr)\b)(?P<name>[a-z][\w-]*)(?P<rest>[^>]*)>")
ID = re.compile(r'(<[a-z][^>]*?) id="[^"]*"')
SAME_PAGE = re.compile(r'(<a\b[^>]* href=")#')
OPEN_TO_VIEW = ("section", "p")


@dataclass(frozen=True)
class Opening:
    """The HTML inside the first paragraph, empty if there is none, and whether the text holds anything else."""

    prose: str
    more: bool

    def elsewhere(self, address: str) -> str:
        """The paragraph as it may stand on another page: links to what is on its own lead there, and no id comes twice."""
        return SAME_PAGE.sub(rf"\g<1>{address}#", ID.sub(r"\1", self.prose))


def opening(html: str) -> Opening:
    """The first paragraph of a body that stands in nothing but a section."""
    above: list[str] = []
    start = 0
    for tag in TAG.finditer(html):
        if not tag["end"]:
            above.append(tag["name"])
            start = tag.end() if tag["name"] == "p" else start
            continue
        if tag["name"] == "p" and set(above) <= set(OPEN_TO_VIEW):
            return Opening(html[start : tag.start()], html.strip() != html[start - len("<p>") : tag.end()])
        above.pop()
    return Opening("", bool(html.strip()))
