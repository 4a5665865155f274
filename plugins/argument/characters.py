"""Characters that no content file may hold: those that nobody sees, and that change what is read. Knows no Pelican."""

import re
from collections.abc import Iterator

from argument.problems import Problem, SourceText

# Unicode Standard Annex #9, table 4: embeddings, overrides and isolates, and what ends them.
DIRECTIONS = "\u202a-\u202e\u2066-\u2069"
# Unicode's category Cc, but for tab and line end, and two that are no characters.
UNREADABLE = re.compile(rf"[\x00-\x08\x0b-\x1f\x7f-\x9f\ufffe\uffff]|(?P<turns>[{DIRECTIONS}])")
SHOWN_INSTEAD = "\ufffd"


def readable(text: SourceText) -> tuple[SourceText, list[Problem]]:
    """The text with a sign in the place of each such character, and a problem for each."""
    shown = SourceText(text.path, UNREADABLE.sub(SHOWN_INSTEAD, text.text))
    return shown, list(unreadable(text, shown))


def unreadable(text: SourceText, shown: SourceText) -> Iterator[Problem]:
    """A problem for each such character; `shown` has a sign in its place."""
    for found in UNREADABLE.finditer(text.text):
        code = f"U+{ord(found[0]):04X}"
        rule, remedy = f"the character {code} cannot be read.", "Take it out: nobody sees it."
        if found["turns"]:
            rule, remedy = f"the character {code} turns the direction of what follows.", "Take it out, or write <bdo dir>."
        yield Problem(shown.place_at(found.start(), 1), rule, remedy)
