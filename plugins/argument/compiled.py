"""Templates as Jinja has compiled them, kept from one build to the next. Knows Jinja, but no Pelican.

Jinja itself can keep them; but it would take a damaged file for code, and run it.
"""

import copyreg
from pathlib import Path

from jinja2 import BytecodeCache, Environment
from jinja2.bccache import Bucket
from jinja2.utils import LRUCache

from argument import settings
from argument.cache import digest
from argument.pickles import Pickle
from argument.unchanged import installed

FILE = "templates.pickle"
# Another process makes its templates anew, of what they were compiled to.
copyreg.pickle(LRUCache, lambda templates: (LRUCache, (templates.capacity,)))


class Compiled(BytecodeCache):
    """What the templates of one site were compiled to. It is used again for the same text, by the same libraries."""

    def __init__(self, folder: Path) -> None:
        self.kept = Pickle(folder / FILE, __name__, settings.__name__)
        before: tuple[str, dict[str, bytes]] = self.kept.value() or ("", {})
        self.libraries = digest(installed())
        self.found = before[1] if before[0] == self.libraries else {}
        self.new = False

    def load_bytecode(self, bucket: Bucket) -> None:
        if bucket.key in self.found:
            bucket.bytecode_from_string(self.found[bucket.key])

    def dump_bytecode(self, bucket: Bucket) -> None:
        self.found[bucket.key] = bucket.bytecode_to_string()
        self.new = True

    def save(self) -> None:
        """Keep what is new."""
        if self.new:
            self.kept.keep((self.libraries, self.found))


def compile_all(templates: Environment, theme: Path) -> None:
    """Compile every template of a theme, before processes are copied that would each do so."""
    for path in sorted((theme / "templates").rglob("*.html")):
        templates.get_template(path.relative_to(theme / "templates").as_posix())
