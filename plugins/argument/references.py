"""Citations and links in a file's text, each with its line; what code and comments hold is no text. Knows no Pelican.

Python-Markdown knows no line numbers, so they are found here, in the same syntax.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator

from argument import frontmatter
from argument.citations import CITATION, keys_of
from argument.fences import fenced
from argument.model import Reference
from argument.near_misses import WRITE_CITATION, near_misses
from argument.problems import Problem, SourceText

# Signs of code with all backslashes before them.
SIGNS = re.compile(r"(?P<escape>\\*+)(?P<signs>`++)")
# What is left of such signs is without its partner.
LONE = re.compile(r"(?<!\\)(?:\\\\)*(?P<signs>`+)")
# Told of as a fence that does not hold (near_misses.py).
FENCE = re.compile(r"(?m)^[ >]*`{3,}[^`\n]*$")
BLANK_LINE = re.compile(r"(?m)^\s*$")
BRACKETS = re.compile(r"\[[^\]\[]*\]")
BARE = re.compile(r"(?<![\w\[;@./\\])@([a-z0-9]+(?:-[a-z0-9]+)+)")
INLINE_LINK = re.compile(r"\]\(\s*<?(?P<target>[^\s)>]*)")
DEFINITION = re.compile(r"(?m)^ {0,3}\[(?!\^)[^\]\n]+\]:[ ]*<?(?P<target>[^\s>]+)")
INTERNAL = re.compile(r"\{(?P<kind>filename|static)\}/(?P<path>[^#?]+)(?:#(?P<fragment>.+))?")
EXTERNAL = re.compile(r"(?i)(https?://|mailto:|tel:)\S+")


def written_in(text: SourceText, value: frontmatter.Value) -> str:
    """The text with all blanked out but one value of the front matter, which may go on over several lines; masked."""
    start, end = value.place.line, value.place.line + 1
    while end <= len(text.lines) and frontmatter.MORE_LINE.fullmatch(text.lines[end - 1].rstrip()):
        end += 1
    lines = masked(text).split("\n")
    return "\n".join(line if start <= number < end else " " * len(line) for number, line in enumerate(lines, 1))


def scan_prose(text: SourceText, body: str, problems: list[Problem]) -> list[Reference]:
    """The citations and links in one value of the front matter, which is all that the body holds."""
    problems += [*near_misses(text, body), *lone_signs(text, body)]
    return [*citations(text, body, problems), *links(text, body, problems), *bare_citations(text, body)]


def masked(text: SourceText, sign: str = " ") -> str:
    """The text with code and comments blanked out by a sign, every other character where it was."""
    coded = without_code(unfenced(text, sign), sign)
    return uncommented(coded, coded, sign)


def without_comments(text: SourceText) -> str:
    """The text with its comments blanked out.

    Python-Markdown leaves the insides of a comment within a paragraph to be read as text.
    """
    return uncommented(text.text, without_code(unfenced(text)))


def uncommented(written: str, coded: str, sign: str = " ") -> str:
    """What was written with its comments blanked out by a sign; `coded` is it with code blanked out.

    In the front matter, which ends with the first blank line, no comment begins.
    """
    kept = list(written)
    above = BLANK_LINE.search(coded)
    start = coded.find("<!--", above.start() if above else len(coded))
    while start >= 0 and (end := coded.find("-->", start + len("<!--"))) >= 0:
        end += len("-->")
        kept[start:end] = blank(coded[start:end], sign)
        start = coded.find("<!--", end)
    return "".join(kept)


def without_code(written: str, sign: str = " ") -> str:
    """What was written with the code in its lines blanked out by a sign."""
    return "\n".join(line_without_code(line, sign) if "`" in line else line for line in written.split("\n"))


def line_without_code(line: str, sign: str) -> str:
    """A line with the code in it blanked out by a sign."""
    parts, position = [], 0
    for start, end in code_spans(line):
        parts += [line[position:start], sign * (end - start)]
        position = end
    return "".join([*parts, line[position:]])


def code_spans(line: str) -> Iterator[tuple[int, int]]:
    """Where code in a line begins and ends, where Python-Markdown takes it for such (its inlinepatterns.py, BACKTICK_RE).

    As many signs as open it close it; of too many, the last open it. Behind a backslash none opens.
    """
    runs = list(SIGNS.finditer(line))
    alike: dict[int, list[int]] = {}  # of each length, which they are
    for nth, run in enumerate(runs):
        alike.setdefault(len(run["signs"]), []).append(nth)
    nth = 0
    while nth < len(runs):
        run, signs = runs[nth], len(runs[nth]["signs"])
        escaped = len(run["escape"]) % 2
        fit = (count for count in range(signs - escaped, 0, -1) if count in alike and alike[count][-1] > nth)
        count = next(fit, 0)
        if count:
            start = run.start() if count == signs else run.end() - count
            nth = alike[count][bisect_right(alike[count], nth)]
            yield start, runs[nth].end()
        nth += 1


def unfenced(text: SourceText, sign: str = " ") -> str:
    """The text with whole code fences blanked out by a sign."""
    parts, position = [], 0
    for found in fenced(text.text):
        parts += [text.text[position : found.start()], blank(found[0], sign)]
        position = found.end()
    return "".join([*parts, text.text[position:]])


def blank(words: str, sign: str = " ") -> str:
    """As much white space as there are words, or as many signs; line ends kept."""
    return re.sub(r"[^\n]", sign, words)


def lone_signs(text: SourceText, body: str) -> Iterator[Problem]:
    """A problem for each backtick, or row of them, that neither opens nor closes code in its line; the body is masked."""
    fences = {text.place_at(fence.start()).line for fence in FENCE.finditer(unfenced(text))}
    for found in LONE.finditer(body):
        if text.place_at(found.start("signs")).line in fences:
            continue
        rule = f"this {found['signs']} has no partner on its line."
        remedy = "Code opens and closes within one line, with equal signs; \\` is the sign itself."
        yield Problem(text.place_at(found.start("signs"), len(found["signs"])), rule, remedy)


def citations(text: SourceText, body: str, problems: list[Problem]) -> Iterator[Reference]:
    """Every source that the body cites; a malformed citation is a problem."""
    for found in CITATION.finditer(body):
        keys = keys_of(found["inner"])
        if keys is None:
            rule = f'"{found[0]}" is no citation.'
            place = text.place_at(found.start(), len(found[0]))
            problems.append(Problem(place, rule, WRITE_CITATION))
            continue
        for key, _ in keys:
            at = body.index(f"@{key}", found.start()) + 1
            yield Reference("citation", key, text.place_at(at, len(key)))


def bare_citations(text: SourceText, body: str) -> Iterator[Reference]:
    """Every `@key` that stands in no brackets: if there is such a source, a citation was meant."""
    for found in BARE.finditer(BRACKETS.sub(lambda found: blank(found[0]), body)):
        yield Reference("bare", found[1], text.place_at(found.start(), len(found[0])))


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
