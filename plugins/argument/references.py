"""Citations and links in a file's text, each with its line; what code and comments hold is no text. Knows no Pelican.

Python-Markdown knows no line numbers, so they are found here, in the same syntax.
"""

import re
from collections.abc import Iterator

from argument import frontmatter
from argument.citations import CITATION, keys_of
from argument.model import Reference
from argument.problems import Problem, SourceText

FENCE = re.compile(r" {0,3}(?P<mark>`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(?<!\\)(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
INLINE_LINK = re.compile(r"\]\(\s*<?(?P<target>[^\s)>]*)")
DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:[ ]*<?(?P<target>[^\s>]+)")
INTERNAL = re.compile(r"\{(?P<kind>filename|static)\}/(?P<path>[^#?]+)(?:#(?P<fragment>.+))?")
EXTERNAL = re.compile(r"(?i)(https?://|mailto:|tel:)\S+")


def scan_prose(text: SourceText, value: frontmatter.Value, problems: list[Problem]) -> list[Reference]:
    """The citations and links in one value of the front matter, which may go on over several lines."""
    start, end = value.place.line, value.place.line + 1
    while end <= len(text.lines) and frontmatter.MORE_LINE.fullmatch(text.lines[end - 1].rstrip()):
        end += 1
    lines = masked(text).split("\n")
    kept = [line if start <= number < end else " " * len(line) for number, line in enumerate(lines, 1)]
    body = "\n".join(kept)
    return [*citations(text, body, problems), *links(text, body, problems)]


def masked(text: SourceText) -> str:
    """The text with code and comments blanked out, every other character where it was."""
    out, fence = [], ""
    for line in text.lines:
        mark = FENCE.match(line)
        if fence:
            out.append(" " * len(line))
            if mark and mark["mark"].startswith(fence) and not line.strip(" `~"):
                fence = ""
        elif mark:
            fence = mark["mark"]
            out.append(" " * len(line))
        else:
            out.append(line)
    blank = lambda found: re.sub(r"[^\n]", " ", found[0])  # noqa: E731 - two uses, one line
    return COMMENT.sub(blank, CODE_SPAN.sub(blank, "\n".join(out)))


def citations(text: SourceText, body: str, problems: list[Problem]) -> Iterator[Reference]:
    """Every source that the body cites; what begins like a citation and is none is a problem."""
    for found in re.finditer(r"(?<!\\)\[@", body):
        if not CITATION.match(body, found.start()):
            place = text.place_at(found.start(), 2)
            problems.append(Problem(place, "this citation is never closed.", "Close it with ] on the same line."))
    for found in CITATION.finditer(body):
        keys = keys_of(found["inner"])
        if keys is None:
            rule = f'"{found[0]}" is no citation.'
            place = text.place_at(found.start(), len(found[0]))
            problems.append(Problem(place, rule, "Write [@key], [@key, p. 3] or [@key; @other-key]."))
            continue
        for key, _ in keys:
            at = body.index(f"@{key}", found.start()) + 1
            yield Reference("citation", key, text.place_at(at, len(key)))


def links(text: SourceText, body: str, problems: list[Problem]) -> Iterator[Reference]:
    """Every link of the body to another content file or to a heading; addresses of other sites are let pass."""
    for pattern in (INLINE_LINK, DEFINITION):
        for found in pattern.finditer(body):
            target = found["target"]
            place = text.place_at(found.start("target"), len(target))
            if internal := INTERNAL.fullmatch(target):
                yield Reference(internal["kind"], internal["path"], place, internal["fragment"] or "")
            elif target.startswith("#") and len(target) > 1:
                yield Reference("fragment", "", place, target[1:])
            elif not EXTERNAL.fullmatch(target):
                rule = f'"{target}" is no link that can be followed from everywhere.'
                remedy = "Write {filename}/pages/name.md, {static}/images/name.png, #heading or a full address with https://."
                problems.append(Problem(place, rule, remedy))
