"""Links to other sites and the addresses of sources: whether they still lead somewhere, told as advice. Knows no Pelican.

`python -m argument.links` is what the task `links` runs, in the folder that `content/` lies in. No build asks any host for
anything: what others do to their addresses must not keep a site from being published.
"""

import argparse
import re
import sys
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from argument import frontmatter
from argument.asking import Answer, Manners, Standing, ask_all
from argument.matter import SourceMatter
from argument.problems import Advice, Place, SourceText, listed_advice
from argument.proofreading import folder, paths, text_of
from argument.references import DEFINITION, masked

IN_TEXT = (
    re.compile(r"\]\(\s*<?(?P<target>https?://(?:[^\s()<>]|\([^\s()<>]*\))+)", re.I),
    re.compile(r"<(?P<target>https?://[^\s<>]+)>", re.I),
    DEFINITION,
)
WORDS = {
    Standing.FOUND: "found",
    Standing.MOVED: "moved for good",
    Standing.GONE: "gone",
    Standing.UNREACHABLE: "not reached now",
    Standing.REFUSED: "closed to robots",
}


@dataclass(frozen=True)
class Link:
    """An address where it is written, and that of a lasting copy of what is there."""

    address: str
    place: Place
    copy: str = ""


def main(arguments: Sequence[str] | None = None, manners: Manners | None = None) -> int:
    """Ask for every address, and tell what came of those that do not simply stand; 1 if that is wanted where one is gone."""
    parser = argparse.ArgumentParser()
    parser.add_argument("--strict", action="store_true")
    chosen = parser.parse_args(arguments)
    found = [link for path in paths() if (text := text_of(path, [])) for link in links_in(text, folder(text))]
    addresses = {link.address for link in found}
    hosts = {urlsplit(address).netloc for address in addresses}
    print(f"Asking for {len(addresses)} addresses at {len(hosts)} hosts …", file=sys.stderr, flush=True)
    answers = ask_all(addresses, manners or Manners())
    if advice := [one for link in found for one in advised(link, answers)]:
        print(f"{listed_advice(advice)}\n")
    counts = Counter(answer.standing for answer in answers.values())
    told = ", ".join(f"{counts[standing]} {WORDS[standing]}" for standing in Standing if counts[standing])
    print(f"{len(addresses)} addresses: {told or 'none to ask for'}.")
    return 1 if chosen.strict and counts[Standing.GONE] else 0


def links_in(text: SourceText, folder: str) -> Iterator[Link]:
    """Every address of another site that a file leads to, once for each place."""
    if folder == SourceMatter.folder:
        values, _, _ = frontmatter.split(text)
        copy = str(values["archive_url"].content) if "archive_url" in values else ""
        for name, of_it in (("url", copy), ("archive_url", "")):
            if name in values and str(values[name].content).startswith(("http://", "https://")):
                yield Link(str(values[name].content), values[name].place, of_it)
    body = masked(text)
    for pattern in IN_TEXT:
        for found in pattern.finditer(body):
            if found["target"].lower().startswith(("http://", "https://")):
                yield Link(found["target"], text.place_at(found.start("target"), len(found["target"])))


def advised(link: Link, answers: Mapping[str, Answer]) -> Iterator[Advice]:
    """What to do about an address that does not simply stand."""
    answer = answers[link.address]
    match answer.standing:
        case Standing.GONE:
            remedy = "Look where it went. A source can name a lasting copy: Archive-URL: …"
            if link.copy:
                remedy = "It has an Archive-URL, but that gave no copy just now either: open it in a browser."
                if answers[link.copy].standing in (Standing.FOUND, Standing.MOVED):
                    remedy = "Readers have its Archive-URL, which still leads somewhere."
            yield Advice(link.place, f"what was at this address is gone ({answer.said}).", remedy)
        case Standing.MOVED:
            rule = f"this address has moved for good, to {answer.to}"
            yield Advice(link.place, rule, "Look whether the same is there, and write the new one.")
        case Standing.UNREACHABLE:
            rule = f"this address cannot be reached now ({answer.said})."
            yield Advice(link.place, rule, "Ask again on another day before you change anything.")
        case Standing.REFUSED:
            rule = f"this address refuses robots ({answer.said}), so that nothing can be known of it."
            yield Advice(link.place, rule, "Open it in a browser.")


if __name__ == "__main__":
    raise SystemExit(main())
