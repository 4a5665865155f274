"""Links as they are met by who hears a page, or jumps through it: what a build does not tell. Knows no Pelican.

A build tells pictures without words, links without words, and headings that leave out a level (`headings`).
"""

import re
from collections.abc import Iterator

from argument.language import GONE, own_words
from argument.problems import Advice, Problem, SourceText
from argument.references import masked

LINK = re.compile(r"(?<!!)\[(?P<words>[^\[\]]+)\](?=[(\[])|<(?P<address>https?://[^<>\s]+)>")
ADDRESS = re.compile(r"(?i)(?:https?://|www\.)\S+")
# Link texts that say nothing of where they lead, in lower case, without signs around them.
SAYS_NOTHING = re.compile(
    r"(?:click |see )?here|(?:click )?this|(?:this |the )?link|this (?:page|site|website)|(?:read |see |learn |find out )?more"
    r"|more (?:here|information|details)|details|click|continue|go"
)
SIGNS = " \n\t*_`.,:;!?…›»→>()[]“”‘’\"'"


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
