"""Sentences and paragraphs that are long, as advice. Quoted words and excerpts do not count. Knows no Pelican.

GOV.UK asks for sentences of at most 25 words (“Sentence length: why 25 words is our limit”, Inside GOV.UK, 2014) and paragraphs
of at most five sentences (Content design, “Writing for GOV.UK”). An argument has to name who said what when, which
takes words. So a sentence is told here when it is far beyond that, and a paragraph when its sentences are not all short.
"""

import re
from collections.abc import Iterator

from argument.citations import CITATION
from argument.problems import Advice, SourceText
from argument.running import paragraphs, running_words

SENTENCE_WORDS = 35  # at most
PARAGRAPH_SENTENCES = 5  # at most, but for paragraphs of fewer words than
PARAGRAPH_WORDS = 75  # five sentences of 15 words, a good length for one by the Plain English Campaign’s guides
WORD = re.compile(r"[^\W_](?:[\w’'.,-]*\w)?")
# Signs that close a sentence, with marks, brackets and the citation that follow them, and what the next one begins with.
END = re.compile(rf"[.!?…][”’\"')\]*_]*(?:\s*{CITATION.pattern.replace('?P<inner>', '?:')}[.]?)?(?=\s+[“‘\"'(\[*_]*[A-Z0-9£])")
NO_END = re.compile(r"(?:^|[\s(\[“‘])(?:[A-Za-z]|Mr|Mrs|Ms|Dr|Prof|St|No|pp|para|ch|sect?|vol|v|vs|cf|ed|eds|e\.g|i\.e)$")


def long_ones(text: SourceText, folder: str) -> Iterator[Advice]:
    """Advice for each sentence and paragraph of a file's own running text that is too long."""
    words = running_words(text, folder)
    for start, end in paragraphs(text, words):
        own = [found for first, last in sentences(text.text, start, end) if (found := [*WORD.finditer(words, first, last)])]
        for found in own:
            if len(found) > SENTENCE_WORDS:
                place = text.place_at(found[0].start(), len(found[0][0]))
                rule = f"this sentence has {len(found)} words; beyond {SENTENCE_WORDS} readers lose its beginning."
                yield Advice(place, rule, "Make two of it, or a list.")
        if len(own) > PARAGRAPH_SENTENCES and sum(map(len, own)) > PARAGRAPH_WORDS:
            place = text.place_at(own[0][0].start(), len(own[0][0][0]))
            rule = f"this paragraph has {len(own)} sentences; beyond {PARAGRAPH_SENTENCES} it looks like a wall."
            yield Advice(place, rule, "Begin a new one where it turns to something else.")


def sentences(words: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Where each sentence of a paragraph begins and ends, in characters of the whole text."""
    for found in END.finditer(words, start, end):
        if not (found[0].startswith(".") and NO_END.search(words[start : found.start()])):
            yield start, found.end()
            start = found.end()
    yield start, end
