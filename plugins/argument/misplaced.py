"""What a file of one kind may not hold, or must: a source, what a reader wrote back, what is new. Knows no Markdown."""

import re
from collections.abc import Iterator

from argument import frontmatter
from argument.locating import located
from argument.matter import ComparisonMatter, PictureMatter
from argument.model import Item, Quotation, Response, Source, Update
from argument.near_misses import PHRASES
from argument.plain_words import plain
from argument.problems import Problem, SourceText
from argument.scanner import Scan

# A block quotation within another, or in a block of ours.
EXCERPT_ASTRAY = re.compile(
    r"(?:<blockquote>(?:(?!</blockquote>).)*?|<x-(?P<block>note|comparison|quotation)\b[^>]*>(?:(?!</x-(?P=block)>).)*?)<blockquote>(?P<words>.*?)</",
    re.S,
)
# Of HTML, what authors may write; all else is refused to everybody.
TAG = re.compile(rf"(?i)<(?:{PHRASES})(?:\s[^<>]*)?/?>")


def misplaced(item: Item, text: SourceText, found: Scan) -> Iterator[Problem]:
    """What an item of its kind may not hold, or must."""
    if isinstance(item, Source) and (strayed := EXCERPT_ASTRAY.search(item.origin.body)):
        place = located(text, strayed["words"], item.origin.place)
        remedy = "An excerpt is a paragraph of its own that begins with one > at the margin."
        yield Problem(place, "an excerpt stands within another or in a block.", remedy)
    if isinstance(item, Response):
        yield from not_for_readers(text, found)
    if isinstance(item, Response | Update) and not plain(item.origin.body).strip():
        rule = f"{frontmatter.a_or_an(item.noun)} must have words."
        yield Problem(item.origin.place, rule, "Write them under the front matter, after a blank line.")


def not_for_readers(text: SourceText, found: Scan) -> Iterator[Problem]:
    """A problem for each block of a response that would speak for the argument: it is a reader's own words."""
    for block in found.blocks.values():
        defined = block.kind == Quotation.noun and (block.has_body or block.values)
        glossary = isinstance(block.matter, ComparisonMatter) and block.matter.abbreviations
        if defined or glossary or block.kind == PictureMatter.noun:
            what = "glossary" if glossary else f"/// {block.kind} of its own"
            remedy = "It is a reader’s own words: quote with > lines, and cite with [@key]."
            yield Problem(text.place(block.line), f"a response holds no {what}.", remedy)
    for tag in TAG.finditer(found.body):
        remedy = "Whoever wrote it meant words: write *words*, **words** or `words`, or a backslash before the <."
        yield Problem(text.place_at(tag.start(), len(tag[0])), "a response holds no HTML.", remedy)
