"""The words of every problem, as faults and the like show them, and which place in the code each comes from."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from building import FAULTS, IMPORTS, LANGUAGE, LINKS, NEW, ROOT
from messages import Message, Messages, modules

HEAD = re.compile(r"[^:\n]+(?::\d+)?: (?:advice: )?(?P<rule>.*)")
EXCERPT = re.compile(r" +\d* ?\| ")
MESSAGES = list(Messages(modules(ROOT / "plugins/argument")).all())


@dataclass(frozen=True)
class Example:
    """One problem as it is printed: what the example is called, all of its words, and of them the rule and the remedy."""

    name: str
    words: str
    rule: str
    remedy: str

    @classmethod
    def of(cls, name: str, words: str) -> "Example":
        head, *rest = words.split("\n")
        remedy = "\n".join(line.strip() for line in rest if not EXCERPT.match(line))
        return cls(name, words, HEAD.fullmatch(head)["rule"], remedy)

    def shows(self, rule: str, remedy: str) -> bool:
        """Whether it has such words; where they are stripped, a space is gone."""
        spaced = (self.remedy, f" {self.remedy}", f"{self.remedy} ")
        return bool(re.fullmatch(rule, self.rule)) and any(re.fullmatch(remedy, advice, re.S) for advice in spaced)


FOLDERS = (*FAULTS, *IMPORTS, *LANGUAGE, *LINKS, *NEW)
# Other blocks count, and say what follows.
EXAMPLES = [
    Example.of(folder.name, block)
    for folder in FOLDERS
    for block in (folder / "expected.txt").read_text("utf-8").rstrip("\n").split("\n\n")
    if HEAD.fullmatch(block.split("\n")[0])
]


def shown(rule: str, remedy: str) -> bool:
    """Whether an example shows a problem with such words."""
    return any(example.shows(rule, remedy) for example in EXAMPLES)


def shown_by(message: Message) -> Iterator[Example]:
    """For each form of a message the first example that shows it, with those of the same name that show it otherwise."""
    for rule in message.rules:
        for remedy in message.remedies:
            showing = [example for example in EXAMPLES if example.shows(rule, remedy)]
            yield from (example for example in showing if example.name == showing[0].name)
