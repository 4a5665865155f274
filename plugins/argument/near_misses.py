"""What looks like markup and is none: Markdown would print it as it stands, or take it for something else, without a word.

The rules look at the text with code and comments blanked out. Knows no Pelican.
"""

import re
from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

from argument.frontmatter import KEY_LINE, Value, field_name
from argument.problems import Problem, SourceText

WRITE_CITATION = "Write [@key], [@key, p. 3] or [@key; @other-key]; words like “see” stand before the bracket."
HASHTAG = "A heading has a space after its #; a hashtag begins with a backslash: \\#."
# What authors may write in HTML: the elements of a phrase, for which Markdown has no signs.
PHRASES = "abbr|b|bdo|br|cite|code|dfn|em|i|kbd|mark|q|s|samp|small|strong|sub|sup|time|var|wbr"

ALLOWED = r"(?:\s+(?:title|datetime|lang|dir)=\"[^\"<>]*\")*"


# What stands apart from where it is named: a footnote, or where a link leads.
APART = re.compile(r"(?m)^[ >]*(?P<words>\[(?P<label>[^\]\[\n]+)\]:)")
LABEL = re.compile(r"\[(?P<label>[^\]\[]+)\]")


@dataclass(frozen=True)
class NearMiss:
    """A pattern, what is wrong where it is found, and what to write; `{}` in the rule stands for what was found.

    The group `words`, where a pattern has one, is what of it is shown.
    """

    pattern: re.Pattern[str]
    rule: str
    remedy: str


# Looked for in the text with whole fences blanked out, but not yet what lies between backticks.
FENCES = (
    NearMiss(
        re.compile(r"(?m)^(?:`{3,}(?![^`\n]*`)|~{3,})"),
        "this code fence is never closed.",
        "Close it with the same signs on a line.",
    ),
    NearMiss(
        re.compile(r"(?m)^[ >]+(?:`{3,}(?![^`\n]*`)|~{3,})"),
        "a code fence must start at the left margin.",
        "Move it to the margin.",
    ),
)
# In the body, once whole comments are blanked out; and in the front matter, where none can stand.
COMMENTS = (NearMiss(re.compile(r"<!--"), "this comment is never closed.", "Close it with -->."),)
COMMENTS_ABOVE = (
    NearMiss(re.compile(r"<!--"), "a comment cannot stand in the front matter.", "Move it below the blank line, or take it out."),
)
NEAR_MISSES = (
    NearMiss(
        re.compile(rf"(?i)<(?![a-z][a-z0-9+.-]*://|mailto:|[^\s<>@]+@[^\s<>]+>)/?(?!(?:{PHRASES})[\s/>])[a-z][^\s/>]*"),
        '"{}" cannot stand in a page.',
        "Of HTML, only what stands within a phrase (abbr, kbd, sub …) is let through. Write Markdown or a block.",
    ),
    NearMiss(
        re.compile(rf"(?i)<(?:{PHRASES})(?=[\s/])(?!{ALLOWED}\s*/?>)[^<>]*"),
        '"{}" cannot stand in a page.',
        "The attributes that are let through are title, datetime, lang and dir, their values in double quotation marks.",
    ),
    NearMiss(
        re.compile(r"(?m)(?:^(?:[A-Z][\w-]*:)?[ >]*(?:(?:[-*+]|\d+\.) +)?)(?P<words>\*\[[^\]\n]*\]) ?:"),
        '"{}" explains an abbreviation to nobody.',
        "The site’s glossary says what abbreviations stand for: a comparison with the option abbreviations.",
    ),
    NearMiss(
        re.compile(r"(?m)^[ >]*(?:(?:[-*+]|\d+\.) +)?#{1,6}[^#\s]\S*"),
        '"{}" would become a heading.',
        HASHTAG,
    ),
    NearMiss(re.compile(r"(?m)^ {1,3}#{1,6}(?= )"), "a heading must start at the left margin.", "Take the spaces out."),
    NearMiss(
        re.compile(r"(?m)^[ >]*(?:(?:[-*+]|\d+\.) +)?(?P<words>#(?=\s))|(?<=\S\n)[ >]*=+ *$"),
        "only the title is a heading of the first level.",
        "Headings in the text begin with ##.",
    ),
    NearMiss(re.compile(r"(?<!\\)\[\s*@(?![^\]\[]*\])|(?<!\\)\[\s+@"), "this begins like a citation and is none.", WRITE_CITATION),
    NearMiss(re.compile(r"(?<!\\)\[(?!\s*@)[^\]\[@]+(?<![\w.])@\w[^\]\[]*\](?![\[(:])"), '"{}" is no citation.', WRITE_CITATION),
    NearMiss(re.compile(r"(?<!\\)\[@[^\]\[]*\]\("), '"{}" is citation and link at once.', "Write the one or the other."),
    NearMiss(re.compile(r"!\[\s*\][(\[]"), "a picture must say in words what it shows.", "Write ![what it shows](…)."),
    NearMiss(re.compile(r"(?<!!)\[\s*\]\("), "a link must have words.", "Write [where it leads](…)."),
    NearMiss(
        re.compile(r"!\[[^\]]*\]\(\s*<?(?:https?:)?//[^\s)]*"),
        "a picture from another site would not be shown.",
        "Put it into content/images/ and write {static}/images/…",
    ),
    NearMiss(
        re.compile(r"\{#(?![a-z0-9]+(?:-[a-z0-9]+)*\})[^}\n|]*\}?"),
        '"{}" is no address.',
        "An address is written {#like-this}: lower-case letters, figures and single hyphens.",
    ),
    NearMiss(re.compile(r"(?<=[^\s])\{#[a-z0-9-]+\}"), '"{}" needs a space before it.', "Write: Heading {#address}."),
    NearMiss(
        re.compile(r"(?<!\]\()(?<!\]\(<)(?<!\]: )(?<!\]:)\{(?:filename|static|attach|index|tag|category|author)\}"),
        '"{}" stands in no link.',
        "Write [words]({filename}/pages/name.md), with nothing between ] and (.",
    ),
)


def near_misses(text: SourceText, body: str, misses: Sequence[NearMiss] = NEAR_MISSES) -> Iterator[Problem]:
    """A problem for each near miss in the body, which is the text with all else blanked out."""
    for miss in misses:
        for found in miss.pattern.finditer(body):
            group = "words" if found.groupdict().get("words") else 0
            start, words = found.start(group), found[group]
            yield Problem(text.place_at(start, len(words)), miss.rule.replace("{}", words.strip()), miss.remedy)


def named_apart(text: SourceText, body: str) -> Iterator[Problem]:
    """A problem for each footnote and each address for links that is written apart and would not be shown, or only one of two."""
    named = Counter(normal(found["label"]) for found in LABEL.finditer(body))
    seen: set[str] = set()
    for found in APART.finditer(body):
        words, label = found["words"], normal(found["label"])
        place = text.place_at(found.start("words"), len(words))
        if label in seen:
            yield Problem(place, f'"{words}" stands here a second time.', "Give one another name: only one would be shown.")
        elif named[label] == 1:
            remedy = f"Write {words[:-1]} where it belongs, or take it out."
            yield Problem(place, f'nothing here names "{words[:-1]}", so no reader would see it.', remedy)
        seen.add(label)


def normal(label: str) -> str:
    """As Markdown compares labels."""
    return " ".join(label.lower().split())


def stray_keys(text: SourceText, skip: int, fields: Collection[str], given: Mapping[str, Value]) -> Iterator[tuple[str, Problem]]:
    """A problem for each field of the front matter that stands below the blank line which ends it, or above which text is."""
    first = next((number for number, line in enumerate(text.lines, 1) if number > skip and line.strip()), 0)
    for number in range(first, len(text.lines) + 1 if first else 0):
        line = text.lines[number - 1]
        key = KEY_LINE.fullmatch(line.rstrip())
        if key is None or field_name(key["key"]) not in fields:
            return
        remedy = "The front matter begins in the first line of the file." if not given else "Take the blank line above it out."
        rule = f'"{key["key"]}" stands below the end of the front matter.'
        yield field_name(key["key"]), Problem(text.place(number, 0, len(key["key"])), rule, remedy)


def stray_options(text: SourceText, lines: range, names: Sequence[str], block: str) -> Iterator[Problem]:
    """A problem for each option that does not stand where options do, and would be taken for the block's own words."""
    for number in lines:
        line = text.lines[number - 1]
        found = re.match(rf"\s*({'|'.join(names)})\s*[:=]", line) if names else None
        if found:
            rule = f'"{found[1]}" stands where /// {block} has its text.'
            remedy = "Options follow the block’s first line at once, each indented by four spaces, before any blank line."
            yield Problem(text.place(number).narrowed(found[1]), rule, remedy)
        elif line.strip():
            return
