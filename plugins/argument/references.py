"""Citations and links in a file's text, each with its line; what code and comments hold is no text. Knows no Pelican.

Python-Markdown knows no line numbers, so they are found here, in the same syntax.
"""

import re
from collections.abc import Iterator

from markdown.extensions.fenced_code import FencedBlockPreprocessor

from argument import frontmatter
from argument.citations import CITATION, keys_of
from argument.model import Reference
from argument.problems import Problem, SourceText

FENCED = FencedBlockPreprocessor.FENCED_BLOCK_RE
OPEN_FENCE = re.compile(r"(?m)^ {0,3}(?P<mark>`{3,}|~{3,})")
CODE_SPAN = re.compile(r"(?<!\\)(?<!`)(`+)(?!`)((?:(?!\n[ \t]*\n).)+?)(?<!`)\1(?!`)", re.S)
COMMENT = re.compile(r"<!--.*?-->", re.S)
REFUSED_HTML = re.compile(r"(?i)<(?:script|style|iframe|object|embed|form|table|x-[a-z]+)\b|<[a-z][^<>]*\s(?:style|on[a-z]+)\s*=")
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
    shown = text.text
    for hidden in (FENCED, CODE_SPAN, COMMENT):
        shown = hidden.sub(lambda found: re.sub(r"[^\n]", " ", found[0]), shown)
    return shown


def unclosed(text: SourceText, body: str) -> Iterator[Problem]:
    """A problem for what hides the rest of the file, and for HTML that no page may hold."""
    for found in OPEN_FENCE.finditer(body):
        remedy = f"Close it with {found['mark']} on a line of its own."
        yield Problem(text.place_at(found.start(), len(found["mark"])), "this code fence is never closed.", remedy)
    for found in re.finditer("<!--", body):
        yield Problem(text.place_at(found.start(), 4), "this comment is never closed.", "Close it with -->.")
    for found in REFUSED_HTML.finditer(body):
        rule = f'"{found[0].strip()}" cannot stand in a page.'
        remedy = (
            "Scripts and styles are stopped by the site’s security policy, and a table needs a caption. Write Markdown or a block."
        )
        yield Problem(text.place_at(found.start(), len(found[0])), rule, remedy)


def citations(text: SourceText, body: str, problems: list[Problem]) -> Iterator[Reference]:
    """Every source that the body cites; what begins like a citation and is none is a problem."""
    for found in re.finditer(r"(?<!\\)\[\s*@", body):
        if not CITATION.match(body, found.start()):
            place = text.place_at(found.start(), len(found[0]))
            problems.append(
                Problem(place, "this begins like a citation and is none.", "Write [@key], with no space before @ and ] at the end.")
            )
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
