"""The small argument read in this process, with files of one's own laid over it: for tests of what needs no Pelican."""

from collections.abc import Mapping

from argument.argument import Argument
from argument.assembling import assemble
from argument.model import ITEMS
from argument.problems import Problem
from argument.reading import Converter, read
from building import GUIDE, SMALL

CONVERTER = Converter({})


def small_argument(files: Mapping[str, str]) -> tuple[Argument, list[Problem]]:
    """The argument of the small site with more files, by their paths in the content folder, and the problems of its parts."""
    own = SMALL / "content/pages"
    written = [path for folder in ITEMS for path in sorted((own if folder == own.name else GUIDE / folder).glob("*.md"))]
    texts = {f"{path.parent.name}/{path.name}": path.read_text("utf-8") for path in written} | files
    found = [read(f"content/{name}", name, text, CONVERTER) for name, text in texts.items()]
    argument, problems = assemble([one.document for one in found], {"images/door.svg"})
    return argument, [*problems, *(problem for one in found for problem in one.problems)]
