"""Headings and links as they are met by who hears a page, or jumps through it: what a build does not tell. Knows no Pelican.

A build tells pictures without words, links without words, and headings of the first level (`near_misses`).
"""

import re
from collections.abc import Iterator

from argument import frontmatter
from argument.language import GONE, closing, own_words
from argument.matter import ComparisonMatter, QuotationMatter, ResponseMatter
from argument.problems import Advice, Problem, SourceText
from argument.references import masked
from argument.scanner import scan

HEADING = re.compile(r"(?P<signs>#{1,6})(?:\s+(?P<words>.*?))?\s*#*\s*")
UNDERLINED = re.compile(r" {0,3}-+\s*")  # a heading of the second level is above it
LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\](?=[(\[])|<(?P<address>https?://[^<>\s]+)>")
ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+")
# Link texts that say nothing of where they lead, in lower case, without signs around them.
SAYS_NOTHING = re.compile(
    r"(?:click |see )?here|(?:click )?this|(?:this |the )?link|this (?:page|site|website)|(?:read |see |learn |find out )?more"
    r"|more (?:here|information|details)|details|click|continue|go"
)
SIGNS = " \n\t*_`.,:;!?…›»→>()[]“”‘’\"'"


def heading_problems(text: SourceText, folder: str) -> Iterator[Problem]:
    """A problem for each heading that leaves out a level or has no words.

    The tables that are written as headings have rules of their own, and what readers wrote is theirs.
    """
    if folder in (QuotationMatter.folder, ResponseMatter.folder):
        return
    _, skip, _ = frontmatter.split(text)
    lines = masked(text, GONE).split("\n")
    tables = (block for block in scan(text, skip).blocks.values() if block.kind == ComparisonMatter.noun)
    inside = {number for table in tables for number in range(table.line, closing(text, table, table.line) + 1)}
    before = 1
    for number in range(skip + 1, len(lines) + 1):
        line, above = lines[number - 1], lines[number - 2]
        heading = HEADING.fullmatch(line)
        underlined = UNDERLINED.fullmatch(line) and number > skip + 1 and above.strip() and not above.startswith((">", "#"))
        if number in inside or not (heading or underlined):
            continue
        level = len(heading["signs"]) if heading else 2
        if heading and not heading["words"]:
            rule, remedy = "this heading has no words.", "Say what stands below it, or take the signs out."
            yield Problem(text.place(number, 0, level), rule, remedy)
        elif level > before + 1:
            follows = "the title of the page" if before == 1 else f"one of level {before}"
            rule = f"this heading of level {level} follows {follows}."
            remedy = (
                f"Write {'#' * (before + 1)}: who goes from heading to heading takes a level that is left out for a part that is."
            )
            yield Problem(text.place(number, 0, level), rule, remedy)
        before = level


def link_problems(text: SourceText, folder: str) -> Iterator[Problem]:
    """A problem for each link of ours whose words say nothing of where it leads."""
    for found in own_links(text, folder):
        if found["words"] and SAYS_NOTHING.fullmatch(" ".join(found["words"].lower().split()).strip(SIGNS)):
            rule = f'a link that reads "{" ".join(found["words"].split())}" does not say where it leads.'
            remedy = "Links are also read by themselves, in a list: put it on the words that name what is there."
            yield Problem(text.place_at(found.start("words"), len(found["words"])), rule, remedy)


def link_advice(text: SourceText, folder: str) -> Iterator[Advice]:
    """Advice for each link of ours that reads as a bare address."""
    for found in own_links(text, folder):
        group = "address" if found["address"] else "words"
        if found["address"] or ADDRESS.fullmatch(found["words"].strip(SIGNS)):
            rule = "this link reads as an address, which is spelt out to who hears it."
            yield Advice(text.place_at(found.start(group), len(found[group])), rule, "Write [what is there](address).")


def own_links(text: SourceText, folder: str) -> Iterator[re.Match[str]]:
    """Each link whose words are the site's own."""
    # Addresses are blanked out among a file's own words; letters in the place of links are not.
    lettered = SourceText(text.path, LINK.sub(lambda found: re.sub(r"[^\n]", "x", found[0]), text.text))
    own = own_words(lettered, folder)
    return (found for found in LINK.finditer(masked(text)) if GONE not in own[found.start() : found.end()])
