"""What the check of every quotation adds to a build: 2,000 quotations from 200 sources of 5,000 words: `python3 tasks.py bench`.

A third of the quotations leave words out, a third put some in. Reading and checking are timed in this process, apart from
Pelican's own work and the templates, so the share that is printed is more than that of a whole build.
"""

import random
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from argument import quoting
from argument.assembling import assemble
from argument.cache import Cache
from argument.model import Document
from argument.reading import Converter, read

SOURCES, PARAGRAPHS, WORDS, QUOTATIONS = 200, 50, 100, 10
SOURCE = "Title: A source\nPublisher: P\nDate: 2020\nKind: primary\nConfidence: high\n\n"
QUOTATION = "Source: {}\nBy: Somebody\nSide: context\n\n{}\n"


def files() -> dict[str, str]:
    """The sources and quotations by their paths; the same in every run."""
    chance = random.Random(1)
    words = ["".join(chance.choices("abcdefghijklmnopqrstuvwxyz", k=chance.randint(2, 9))) for _ in range(4000)]
    found = {"pages/index.md": "Title: T\nDescription: D\n\nWords.\n"}
    for source in range(SOURCES):
        paragraphs = [" ".join(chance.choices(words, k=WORDS)) for _ in range(PARAGRAPHS)]
        found[f"sources/source-{source}.md"] = SOURCE + "".join(f"> {paragraph}\n\n" for paragraph in paragraphs)
        for number in range(QUOTATIONS):
            first = chance.randrange(WORDS - 30)
            quoted = chance.choice(paragraphs).split()[first : first + 25]
            quoted[10:14] = [quoted[10:14], ["[…]"], [*quoted[10:14], "[added]"]][number % 3]
            found[f"quotations/quotation-{source}-{number}.md"] = QUOTATION.format(f"source-{source}", " ".join(quoted))
    return found


def seconds(documents: list[Document], cache: Cache | None = None) -> float:
    """How long it takes to put the documents together, with all checks; a cache is saved as a build saves it."""
    start = time.perf_counter()
    argument, problems = assemble(documents, set(), cache)
    if cache:
        cache.save()
    taken = time.perf_counter() - start
    assert problems == []
    assert argument.tally.checked == sum(len(document.quoted) for document in documents)
    return taken


def main(runs: int) -> None:
    converter = Converter({})
    looking = 0.0
    search = quoting.quoted_in

    def timed(*given: Any) -> Any:
        nonlocal looking
        begun = time.perf_counter()
        found = search(*given)
        looking += time.perf_counter() - begun
        return found

    quoting.quoted_in = timed
    start = time.perf_counter()
    documents = [read(f"content/{name}", name, text, converter).document for name, text in files().items()]
    reading = time.perf_counter() - start - looking
    unchecked = [replace(document, quoted=()) for document in documents]
    without = statistics.median(seconds(unchecked) for _ in range(runs))
    added = statistics.median(seconds(documents) for _ in range(runs)) - without
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder, "cache", "checks.pickle")
        seconds(documents, Cache(file))
        again = statistics.median(seconds(documents, Cache(file)) for _ in range(runs)) - without
    print(f"{SOURCES * QUOTATIONS} quotations against {SOURCES} sources of {PARAGRAPHS * WORDS} words, median of {runs} runs:")
    print(f"  finding them     {looking:6.2f} s (a rebuild does not read files again that have not changed)")
    print(f"  checking them    {added:6.2f} s")
    print(f"  checking again   {again:6.2f} s, in a rebuild that has touched none of them")
    print(f"  reading the same {reading:6.2f} s; finding and checking add {(looking + added) / reading:.0%} to that")
