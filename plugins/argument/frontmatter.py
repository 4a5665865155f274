"""Front matter and block options → the typed classes of the model, every mistake with its place. Knows no Pelican.

The syntax of front matter is Pelican's own for Markdown: `Key: value` lines up to the first blank line, a long value
going on in lines indented by four spaces (markdown.extensions.meta). Anything else up there is a problem, where the
extension would quietly take it for the start of the text.
"""

import re
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from argument.problems import Place, Problem, SourceText, did_you_mean, nearest, one_of

Matter = TypeVar("Matter", bound=BaseModel)

KEY_LINE = re.compile(r"(?P<key>[A-Za-z0-9_-]+):\s*(?P<value>.*)")
# As near to one as a slip makes it: a space too many, none where a hyphen belongs, no colon.
NEARLY_KEY_LINE = re.compile(r" *(?P<key>[A-Za-z][\w-]*(?: [A-Za-z][\w-]*)?) *:\s*(?P<value>.*)")
NO_COLON = re.compile(r" *(?P<key>[A-Za-z][\w-]*) +(?P<value>.*)")
ABBREVIATIONS = ("url", "doi", "isbn")
CITING = "[@"  # where a value is shown as it stands, no citation can stand in it
MORE_LINE = re.compile(r" {4,}(?P<value>\S.*)")


@dataclass(frozen=True)
class Value:
    """What an author wrote for one key: a string, or an option’s further lines as pairs; the key as it was written."""

    key: str
    content: object
    place: Place


def split(text: SourceText, fields: Collection[str] = ()) -> tuple[dict[str, Value], int, list[Problem]]:
    """The front matter by field name, the number of its lines with the blank line after it, and what is wrong with it.

    `fields` are the names of those that it may have; what one of them was nearly written as is read as that.
    """
    values: dict[str, Value] = {}
    problems: list[Problem] = []
    name = ""
    number = 0
    first = next((number for number, line in enumerate(text.lines, 1) if line.strip()), 1)
    if first > 1 and KEY_LINE.fullmatch(text.lines[first - 1].rstrip()):
        rule = "the front matter begins in the first line of the file."
        problems.append(Problem(text.place(first), rule, "Take out what is empty above it."))
    else:
        first = 1
    for number, line in enumerate(text.lines[first - 1 :], first):
        if not line.strip():
            break
        if more := MORE_LINE.fullmatch(line.rstrip()):
            if name:
                before = values[name]
                values[name] = Value(before.key, f"{before.content} {more['value']}".strip(), before.place)
                continue
        elif found := KEY_LINE.fullmatch(line.rstrip()):
            name = field_name(found["key"])
            place = text.place(number, found.start("value"), len(found["value"])) if found["value"] else text.place(number)
            if name in values:
                problems.append(Problem(place, f'"{found["key"]}" stands here a second time.', "Keep one of the two."))
            values[name] = Value(found["key"], found["value"], place)
            continue
        if nearly := nearly_key(line, fields):
            name = field_name(nearly["key"])
            values.setdefault(name, Value(key_name(name), nearly["value"], text.place(number, nearly.start("value"))))
        problems.append(no_key(text.place(number), name if nearly else ""))
    return values, number, problems


def nearly_key(line: str, fields: Collection[str]) -> re.Match[str] | None:
    """The line taken apart if it is all but one of the fields and its value."""
    found = (pattern.fullmatch(line.rstrip()) for pattern in (NEARLY_KEY_LINE, NO_COLON))
    return next((one for one in found if one and field_name(one["key"]) in fields), None)


def no_key(place: Place, nearly: str) -> Problem:
    """What to do with a line that is no “Key: value”, though it may nearly be one."""
    if nearly:
        name = key_name(nearly)
        remedy = "The key stands at the margin, in one word, and right after it a colon and a space."
        return Problem(place, f'this line is almost "{name}: …".', remedy)
    if not place.text.strip("- "):
        remedy = "Take it out: the front matter begins in the first line, and a blank line ends it."
        return Problem(place, "the front matter stands between no lines of dashes.", remedy)
    remedy = "A blank line ends the front matter; four spaces continue a long value."
    return Problem(place, "this line of the front matter is no “Key: value”.", remedy)


def field_name(key: str) -> str:
    """`Date-Note` → `date_note`."""
    return key.lower().replace("-", "_").replace(" ", "_")


def key_name(field: str) -> str:
    """`date_note` → `Date-Note`; `url` → `URL`, as the documentation writes it."""
    return "-".join(part.upper() if part in ABBREVIATIONS else part.capitalize() for part in field.split("_"))


def a_or_an(noun: str) -> str:
    """The noun with its article; guidance has none."""
    if noun == "guidance":
        return noun
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def prose_fields(matter: type[BaseModel]) -> tuple[str, ...]:
    """The names of the fields that hold Markdown."""
    return tuple(name for name, info in matter.model_fields.items() if "prose" in info.metadata)


def check(
    matter: type[Matter], values: Mapping[str, Value], place: Place, what: str, *, option: bool = False, told: Collection[str] = ()
) -> tuple[Matter | None, list[Problem]]:
    """The values as an instance of `matter`, or None and what is wrong with them.

    `place` is where the whole begins, `what` names it in a problem ("a risk"); `option` writes names as a block's
    options are written, in lower case; the lack of what has been `told` of is not told again.
    """
    problems = []
    told = {*told, *values}
    for name, value in values.items():
        if name not in matter.model_fields:
            written = [spelling(field, option=option) for field in matter.model_fields]
            has = f"It may have: {', '.join(written)}." if written else "It has none."
            kind = "option" if option else "key"
            at = value.place.narrowed(value.key) if value.key in value.place.text else value.place
            problems.append(Problem(at, f'{what} has no {kind} "{value.key}".', did_you_mean(value.key, written, has)))
            told.add(nearest(name, {field: field for field in matter.model_fields}))
        elif value.content in ("", None):
            rule = f'"{value.key}" has no value.'
            problems.append(Problem(value.place, rule, "Give it one, or take the line out."))
        elif CITING in str(value.content) and name not in prose_fields(matter):
            rule = f'"{value.key}" is shown as it stands; a citation cannot stand in it.'
            problems.append(Problem(value.place.narrowed(CITING), rule, "Put it into the text."))
    # An empty value and an unknown key have been named; only what stands and is known is checked for its type.
    named = {name: value for name, value in values.items() if value.content not in ("", None)}
    known = {name: value.content for name, value in named.items() if name in matter.model_fields}
    try:
        made = matter.model_validate(known)
    except ValidationError as error:
        for detail in error.errors():
            if detail["type"] == "missing" and detail["loc"][0] in told:
                continue
            problems.append(reworded(detail, matter, named, place, what, option=option))
        return None, problems
    return (None if problems else made), problems


def spelling(field: str, *, option: bool) -> str:
    """A field's name as the author writes it."""
    return field if option else key_name(field)


def reworded(
    detail: ErrorDetails, matter: type[BaseModel], values: Mapping[str, Value], place: Place, what: str, *, option: bool
) -> Problem:
    """One of pydantic's errors in this project's words (pydantic's own speak of types, not of what to write)."""
    field = str(detail["loc"][0])
    name = spelling(field, option=option)
    means = f"{name}: {matter.model_fields[field].description}"
    if detail["type"] == "missing":
        return Problem(place, f'{what} must have "{name}".', means)
    value = values[field]
    context = detail.get("ctx", {})
    match detail["type"]:
        case "enum":
            allowed = str(context["expected"]).replace("'", "").replace(" or ", ", ").split(", ")
            rule, remedy = f"must be {one_of(allowed)}", did_you_mean(str(value.content), allowed, means)
        case "value_error":
            rule, remedy = f"must be {context['error']}", means
        case "string_type":
            return Problem(value.place, f'"{name}" takes one value.', "Write it on the same line.")
        case "dict_type":
            return Problem(value.place, f'"{name}" takes further indented lines “heading: field”.', "Each is a line.")
        case other:
            raise LookupError(f"{name}: there are no words for {other}")
    got = value.content[str(detail["loc"][1])] if isinstance(value.content, dict) else value.content
    return Problem(value.place, f'"{name}" {rule} (got "{got}").', remedy)
