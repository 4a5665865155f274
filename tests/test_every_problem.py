"""Words are tested: whatever problem the code can raise, a fault shows it, rule and remedy."""

import re

import pytest

from messages import ANYTHING, Message, Messages, Module
from problem_examples import MESSAGES, shown

# Pelican's own words, whatever they are.
NOT_OURS = {"pelican_log"}


def without_example(message: Message) -> list[str]:
    """The rules and the remedies of a message that no fault shows."""
    rules = [rule for rule in message.rules if not any(shown(rule, remedy) for remedy in message.remedies)]
    return rules or [remedy for remedy in message.remedies if not any(shown(rule, remedy) for rule in message.rules)]


def test_every_problem_has_a_fault_that_shows_it() -> None:
    """If this fails: add a folder to tests/faults/, and write its expected.txt with `python3 tasks.py test --update`."""
    missing = {message.where: words for message in MESSAGES if (words := without_example(message))}
    assert missing == {}


def test_every_problem_has_a_remedy() -> None:
    """Something that can be done at once, whatever was found."""
    assert [message.where for message in MESSAGES if any(re.fullmatch(remedy, "") for remedy in message.remedies)] == []


def test_every_rule_can_be_read_from_the_code() -> None:
    """One whose words are put together where no reader can follow would be in no list."""
    assert {message.where.partition(":")[0] for message in MESSAGES if ANYTHING in message.rules} == NOT_OURS
    assert len({message.where for message in MESSAGES}) > 100


@pytest.mark.parametrize(
    ("code", "rules", "remedies"),
    [
        ("Problem(p, 'a.', 'b.')", ["a\\."], ["b\\."]),
        ("Problem(p, f'a {x}.', remedy='b')", ["a\\ .+\\."], ["b"]),
        ("Problem(p, 'a' if x else 'b')", ["a", "b"], [""]),
        ("Problem(p, f'a{\"s\" * n}', C)", ["a.*"], ["see"]),
        ("rule = 'a'\n    rule = 'b'\n    Problem(p, rule, h(1))", ["b"], ["c", "d"]),
        ("rule, x = 'a', 'c'\n    if x:\n        rule = 'b'\n    Problem(p, rule, x)", ["b", "a"], ["c"]),
        ("self.tell('a', did_you_mean(x, y, 'z'))", ["a"], ['(?:Did you mean ".+"\\?|z)']),
        ("Problem(p, g(x), 'b')", [".+"], ["b"]),
    ],
)
def test_messages_are_found_however_they_are_written(code: str, rules: list[str], remedies: list[str]) -> None:
    carrier = "class Problem:\n    place: int\n    rule: str\n    remedy: str\n"
    helpers = "def tell(self, rule, remedy):\n    Problem(1, rule, remedy)\ndef h(x):\n    return 'c' if x else 'd'\nC = 'see'\n"
    module = Module.parsed("m", f"{carrier}{helpers}def f(self, p, x, y):\n    {code}\n")
    (message,) = Messages([module]).all()
    assert (list(message.rules), list(message.remedies)) == (rules, remedies)
