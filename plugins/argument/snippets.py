"""What editors offer to those who write: every kind of file, every block and citations, with places to fill in. Knows no Pelican.

They are written in the syntax of snippets that VS Code and others share: `${1:words}` is a place with its words, `${1|a,b|}` one
with a choice; what is written at a place is written at all of its number.
"""

import itertools
import re
import textwrap
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from argument.matter import MATTERS, Matter, PointMatter
from argument.schemas import Schema, meaning, schemas
from argument.tables import VERDICTS
from argument.values import PictureKind

CHOICE = "|"
WIDTH = 100  # characters of a line that explains a key
# The text of a file below its front matter, where it is not what there is to say at length.
TEXTS = {
    "sources": "> {The document's own words, exactly as they stand there}",
    "quotations": "{the exact words}",
    "responses": "{The reader's own words.}",
    "updates": "{What is new.}",
}
TEXT = "{What there is to say at length, in sections that begin with ##.}"
PLACES = ("p. 3", "pp. 3-4", "ch. 2", "section 2", "para. 4.1")


@dataclass(frozen=True)
class Snippet:
    """What is typed for it, what it is to an author, and its lines, in which `{words}` and `{a|b}` are places to fill in."""

    prefix: str
    says: str
    lines: tuple[str, ...]
    file: bool = False

    def written(self) -> dict[str, object]:
        """As editors read it."""
        body = numbered("\n".join(self.lines)).split("\n")
        return {"scope": "markdown", "prefix": self.prefix, "body": body, "description": self.says} | (
            {"isFileTemplate": True} if self.file else {}
        )


def snippets() -> dict[str, dict[str, object]]:
    """Every snippet by its name, as an editor's file of them has it."""
    known = schemas()
    files = [file_snippet(matter, known[folder]) for folder, matter in MATTERS.items()]
    blocks = [*quotations(known), *comparisons(known), *pictures(known), note(), example(), *citations()]
    return {one.prefix: one.written() for one in (*files, *blocks)}


def numbered(text: str) -> str:
    """The text with its places numbered, and all that means something to an editor escaped.

    The same words, but for a choice, are the same place, which is filled in once.
    """
    count = itertools.count(1)
    numbers: dict[str, int] = {}

    def piece(found: re.Match[str]) -> str:
        words: str | None = found["place"]
        if words is None:
            return escaped(found[0])
        if CHOICE in words:
            choices = [re.sub(r"([\\,|])", r"\\\1", one) for one in words.split(CHOICE)]
            return f"${{{next(count)}|{','.join(choices)}|}}"
        if words not in numbers:
            numbers[words] = next(count)
        return f"${{{numbers[words]}:{escaped(words)}}}"

    return re.sub(r"\{(?P<place>[^{}]*)\}|[^{}]+", piece, text)


def escaped(words: str) -> str:
    """The words as they stand in a snippet."""
    return re.sub(r"([\\$}])", r"\\\1", words)


def asked(shape: Schema) -> str:
    """The place for a value, with those that may stand there, an example, or what to write."""
    if "enum" in shape:
        return f"{{{CHOICE.join(shape['enum'])}}}"
    return f"{{{shape['examples'][0] if 'examples' in shape else shape['description'].rstrip('.')}}}"


def required(known: Schema) -> Iterable[str]:
    """A line for each key that must be there."""
    return (f"{name}: {asked(known['properties'][name])}" for name in known["required"])


def optional(known: Schema) -> dict[str, Schema]:
    """What may be left out, by its name."""
    return {name: shape for name, shape in known["properties"].items() if name not in known["required"]}


def file_snippet(matter: type[Matter], known: Schema) -> Snippet:
    """A file of that kind: the keys that it must have, its text, and a comment that explains the others."""
    folder = matter.folder
    explained = [line for name, shape in optional(known).items() for line in wrapped(f"{name}: {meaning(shape)}")]
    comment = ["<!--", f"Save this in content/{folder}/. Keys that may stand above as well:", *explained, "-->"]
    # The comment is the last place, and so one key deletes it.
    lines = (*required(known), "", TEXTS.get(folder, TEXT), "", "{" + "\n".join(comment) + "}")
    return Snippet(f"new-{matter.noun}", f"A new file in content/{folder}/", lines, file=True)


def wrapped(line: str) -> list[str]:
    """The line in lines that are not too long to read."""
    return textwrap.wrap(line, WIDTH, subsequent_indent="    ", break_on_hyphens=False)


def block(name: str, argument: str, options: Iterable[str], body: Iterable[str] = (), *, slashes: int = 3) -> tuple[str, ...]:
    """The lines of a block."""
    text = ["", *body] if body else []
    return (f"{'/' * slashes} {name} | {argument}", *(f"    {line}" for line in options), *text, "/" * slashes)


def with_others(says: str, known: Schema, used: Iterable[str] = ()) -> str:
    """What a block is, and which options it may have besides those that are there."""
    others = [name for name in optional(known) if name not in used]
    return f"{says}. It may also have: {', '.join(others)}."


def quotations(known: Mapping[str, Schema]) -> list[Snippet]:
    """A quotation from the library, and one that is defined where it stands."""
    options = known["quotation-options"]
    words = ["{the exact words}"]
    says = "A quotation that is defined here, checked against its source"
    return [
        Snippet("quotation", "A quotation from content/quotations/", block("quotation", "{the-name-of-its-file}", ())),
        Snippet("quotation-here", with_others(says, options), block("quotation", "{a-name}", required(options), words)),
    ]


def comparisons(known: Mapping[str, Schema]) -> list[Snippet]:
    """A comparison in each of its forms; gathered, of each kind of point with all that it says for either side."""
    options = known["comparison-options"]
    table = ["| {What is compared} | {In what} | {Our reading} |", "| --- | --- | --- |"]
    prose: list[str] = []
    for number, nth in enumerate(("first", "second")):
        # Each row begins with another mark: a column of one mark alone takes a side.
        mark = f"({{{CHOICE.join([*VERDICTS][number:] + [*VERDICTS][:number])}}})"
        table.append(f"| {{The {nth}}} | {{words on the {nth}}} | {mark} {{why the {nth} is read so}} |")
        prose += [f"### {{The {nth}}}", "", "#### {Cost}", "", f"{mark} {{What the {nth} costs.}}", ""]
        prose += ["#### {Use}", "", f"{{What the {nth} is for.}}", ""]
    corner = ["corner: {What is compared}"]
    found = [
        Snippet(
            "comparison",
            with_others("A comparison as a table", options, ("corner", "rows", "only", "columns")),
            block("comparison", "{Its caption}", required(options), table),
        ),
        Snippet(
            "comparison-prose",
            with_others(
                "A comparison in paragraphs: ### begins a row, #### a cell", options, ("corner", "rows", "only", "columns")
            ),
            block("comparison", "{Its caption}", [*required(options), *corner], prose[:-1], slashes=4),
        ),
    ]
    for folder, matter in MATTERS.items():
        if issubclass(matter, PointMatter):
            gathered = [f"rows: {folder}", "columns:", *(f"    {{{field.capitalize()}}}: {field}" for field in matter.sides)]
            unfit = ("rows", "columns", "objections", "abbreviations")
            says = with_others(f"A comparison gathered from content/{folder}/", options, unfit)
            found.append(
                Snippet(f"comparison-{folder}", says, block("comparison", "{Its caption}", [*required(options), *gathered]))
            )
    return found


def pictures(known: Mapping[str, Schema]) -> list[Snippet]:
    """A picture of each kind, with what that is drawn from."""
    options = known["picture-options"]
    of, column = "of: {the-id-of-the-comparison}", "column: {The heading of its column}"
    kinds: dict[PictureKind, tuple[str, tuple[str, ...]]] = {
        PictureKind.MAP: ("The whole argument as a map", ()),
        PictureKind.MATRIX: ("Scores on a grid, from a comparison on the page", (of,)),
        PictureKind.TIMELINE: ("Events in time, from a comparison on the page", (of, column)),
        PictureKind.BARS: ("Numbers as bars, from a comparison on the page", (of, column)),
    }
    return [
        Snippet(
            f"picture-{kind}",
            with_others(says, options, ("of", "column")),
            block("picture", "{Its caption}", (f"id: {asked(options['properties']['id'])}", f"kind: {kind}", *drawn_from)),
        )
        for kind, (says, drawn_from) in kinds.items()
    ]


def note() -> Snippet:
    """A note."""
    return Snippet("note", "A note on what stands before it", block("note", "{Its title}", (), ["{Words.}"]))


def example() -> Snippet:
    """An example of what somebody may write."""
    body = ["/// note | {Its title}", "{Words.}", "///"]
    return Snippet("example", "What is written, beside what it becomes", block("example", "{Its title}", (), body, slashes=4))


def citations() -> list[Snippet]:
    """A citation of a source, and of a place in it."""
    return [
        Snippet("cite", "A citation: the name of a file in content/sources/", ("[@{a-source}]",)),
        Snippet("cite-place", "A citation of a page, chapter or paragraph", (f"[@{{a-source}}, {{{CHOICE.join(PLACES)}}}]",)),
    ]
