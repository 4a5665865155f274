"""Blocks of code between fences, where Python-Markdown finds them, each line looked at once. Knows no Pelican."""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from markdown.extensions.fenced_code import FencedBlockPreprocessor

FENCED = FencedBlockPreprocessor.FENCED_BLOCK_RE
FENCE = re.compile(r"(?m)^(?:~{3,}|`{3,})")
MANY = 200  # blocks of code without a language


class Fences:
    """In the place of Python-Markdown's own pattern, which looks for the end of each fence to the end of the text."""

    def search(self, text: str, index: int = 0) -> re.Match[str] | None:
        """The first block at or after an index."""
        return next(fenced(text, index), None)


def fenced(text: str, index: int = 0) -> Iterator[re.Match[str]]:
    """Every block, one after the other."""
    closing: dict[str, int] = {}  # by the fence, where the next that may close it begins
    end = index
    for fence in FENCE.finditer(text, index):
        if fence.start() < end:
            continue
        if closing.get(fence[0], 0) <= fence.start():
            closed = re.compile(rf"(?m)^{fence[0]}[ ]*$").search(text, fence.end())
            closing[fence[0]] = closed.start() if closed else len(text)
        if closing[fence[0]] < len(text) and (found := FENCED.match(text, fence.start())):
            yield found
            end = found.end()


class FencedBlocks(FencedBlockPreprocessor):
    """Python-Markdown's own, in less time.

    To guess the language of code takes Pygments a hundredth of a second; of so many blocks that do not say it, none is guessed.
    """

    FENCED_BLOCK_RE = Fences()  # type: ignore[assignment]  # all that is asked of it is to search

    def handle_attrs(self, attrs: Iterable[tuple[str, str | None]]) -> tuple[str, list[str], dict[str, Any]]:
        """What stands in braces. Where nothing colours the code, what is true or false is a word like any other."""
        given = [*attrs]
        name, classes, found = super().handle_attrs(given)  # type: ignore[arg-type]  # a key may stand alone
        coloured = self.codehilite_conf.get("use_pygments") and found.get("use_pygments", True)
        said = {key: value or key for key, value in given if key != "use_pygments"}
        return name, classes, found if coloured else {key: said.get(key, value) for key, value in found.items()}

    def run(self, lines: list[str]) -> list[str]:
        super().run([])  # which finds out how code is coloured
        guesses = self.codehilite_conf.get("guess_lang")
        unnamed = sum(not (found["lang"] or found["attrs"]) for found in fenced("\n".join(lines)))
        if guesses and unnamed > MANY:
            self.codehilite_conf["guess_lang"] = False
        made = super().run(lines)
        if guesses:
            self.codehilite_conf["guess_lang"] = guesses
        return list(made)
