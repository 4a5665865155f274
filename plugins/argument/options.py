"""The options of a block: `name: value` lines under its first line, indented by four spaces. Knows no Pelican.

They are read as the front matter is, not as YAML, which cuts a value off at a #, reads dates into figures and lets a name
that comes twice overwrite the first. A name without a value takes the further indented `heading: value` lines below it.
"""

import re

from argument.frontmatter import Value
from argument.problems import Problem, SourceText

OPTION_LINE = re.compile(r" {4,}\S")
NAME = "[^:]+"  # of an option or of one of the lines below it
# Its margin is all the spaces before the name, but for one where there is no other name.
PAIR = re.compile(rf"(?P<margin> *+(?!:)| *(?= :))(?P<name>{NAME}+):(?:\s+(?P<value>.*))?")


def read(text: SourceText, start: int, name: str, problems: list[Problem]) -> tuple[dict[str, Value], bool, int]:
    """The options after line `start`, whether all could be read, and the number of their last line."""
    end = start
    while end < len(text.lines) and OPTION_LINE.match(text.lines[end]):
        end += 1
    values: dict[str, Value] = {}
    faults = 0
    last = ""
    margin = ""
    for number in range(start + 1, end + 1):
        line = text.lines[number - 1].rstrip()
        pair = PAIR.fullmatch(line)
        if pair is None:
            rule = f"this option of /// {name} is no “name: value”."
            remedy = "A space follows the colon; a blank line ends the options; a value stands on one line."
            problems.append(Problem(text.place(number), rule, remedy))
            faults += 1
            continue
        margin = margin or pair["margin"]
        key, value = pair["name"].strip(), (pair["value"] or "").strip()
        at = pair.start("value") if value else pair.start("name")
        place = text.place(number, at, len(value) or len(key))
        if len(pair["margin"]) > len(margin) and last:
            under = values[last].content
            pairs = dict(under) if isinstance(under, dict) else {}
            if key in pairs or (under and not isinstance(under, dict)):
                rule = f'"{key}" stands here a second time.' if key in pairs else f'"{last}" has a value already.'
                problems.append(Problem(place, rule, "Keep one of the two."))
                faults += 1
            values[last] = Value(last, {**pairs, key: value}, values[last].place)
        elif key in values:
            problems.append(Problem(place, f'"{key}" stands here a second time.', "Keep one of the two."))
            faults += 1
        else:
            values[key] = Value(key, value, place)
            last = key
    return values, not faults, end
