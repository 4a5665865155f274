"""The strict look at a file's blocks before Markdown sees them.

pymdown's Blocks print an unknown block or option as literal text and let an unclosed block swallow the rest of the page;
Python-Markdown knows no line numbers. So everything that can be wrong about a block's frame is found here. Knows no
Pelican.
"""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from pydantic import BaseModel

from argument import frontmatter, options
from argument.brackets import unclosed
from argument.matter import ComparisonMatter, ExampleMatter, NoteMatter, PictureMatter, QuotationMatter
from argument.model import Reference
from argument.near_misses import COMMENTS, COMMENTS_ABOVE, FENCES, named_apart, near_misses, stray_options
from argument.problems import Place, Problem, SourceText, did_you_mean, one_of
from argument.references import bare_citations, citations, links, lone_signs, masked, unfenced, without_comments
from argument.values import SLUG

INDENT = 3  # spaces at most before a block, as in CommonMark
BLOCK_LINE = re.compile(r"(?P<margin>[\s>]*)(?P<slashes>/{3,})(?P<rest>.*)")
BLOCK_HEAD = re.compile(r"[ ]*+(?P<name>[\w-]++)[ ]*+(?:\|[ ]*+(?P<argument>(?:.*[^ \n])?)[ ]*+)?")
ENDLESS = re.compile(r" {200,}")  # pymdown's pattern for a block's first line tries each space of them with all others
COMMENT = "<!--"
PARTED = "<!-- -->"  # what Markdown is to see of a comment that begins a line: it parts two lists, say
SHORT_HEAD = re.compile(r"\s{0,3}//[ ]*(?P<name>[\w-]+)[ ]*\|")


@dataclass(frozen=True)
class BlockKind:
    """What a block's first line and options must be. `argument` says what stands after the bar, "" if nothing may."""

    name: str
    argument: str
    matter: type[BaseModel]
    slug: bool = False


BLOCKS = {
    kind.name: kind
    for kind in (
        BlockKind("quotation", "a slug", QuotationMatter, slug=True),
        BlockKind("comparison", "a caption", ComparisonMatter),
        BlockKind("picture", "a caption", PictureMatter),
        BlockKind("note", "a title", NoteMatter),
        BlockKind("example", "a title", ExampleMatter),
    )
}


@dataclass(frozen=True)
class ScannedBlock:
    """A block as it stands in the text. `matter` is None where its options have problems, or a quotation has no body."""

    kind: str
    argument: str
    line: int
    matter: BaseModel | None
    has_body: bool
    source: str  # its body as it stands in the text
    values: Mapping[str, frontmatter.Value]


@dataclass
class Scan:
    """What was found in one file's body.

    `body` is the text with all but it, code and comments blanked out; `prepared` is it for Markdown, a block's options
    replaced by its line. Where the frames of blocks do not hold,
    Markdown takes the text apart wrongly, and what it then finds wrong means nothing.
    """

    blocks: dict[int, ScannedBlock] = field(default_factory=dict)
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    prepared: list[str] = field(default_factory=list)
    frames_hold: bool = True
    body: str = ""
    lost: list[str] = field(default_factory=list)  # what the blocks that cannot be read are called

    def broken(self, place: Place, rule: str, remedy: str) -> None:
        """A problem with the frame of a block."""
        self.problems.append(Problem(place, rule, remedy))
        self.frames_hold = False


@dataclass
class OpenBlock:
    """A block whose closing line has not come yet."""

    kind: BlockKind | None
    name: str
    slashes: int
    line: int
    argument: str
    values: dict[str, frontmatter.Value]
    options_hold: bool
    body_from: int


def scan(text: SourceText, skip: int) -> Scan:
    """Read the body of a file, which begins after `skip` lines of front matter."""
    found = Scan()
    lines = masked(text).split("\n")
    found.body = body = "\n".join([" " * len(line) for line in lines[:skip]] + lines[skip:])
    for problem in (endless := [*unclosed(text, body)]):
        found.broken(problem.place, problem.rule, problem.remedy)
    walk_blocks(text, lines, skip, found)
    found.prepared = [] if endless else found.prepared
    found.problems += near_misses(text, "\n".join(lines[:skip]), COMMENTS_ABOVE)
    found.problems += [*near_misses(text, body, COMMENTS), *near_misses(text, body), *lone_signs(text, body)]
    found.problems += [*near_misses(text, unfenced(text), FENCES), *named_apart(text, body)]
    found.references += citations(text, body, found.problems)
    found.references += links(text, body, found.problems)
    found.references += bare_citations(text, body)
    return found


def walk_blocks(text: SourceText, lines: list[str], skip: int, found: Scan) -> None:
    """Match the opening and closing lines of blocks, and write the text that Markdown is to see."""
    stack: list[OpenBlock] = []
    opened: list[OpenBlock] = []
    inside: list[tuple[OpenBlock, OpenBlock]] = []  # with as many slashes as the block that it is in
    shown = without_comments(text).split("\n")
    number = skip
    while number < len(lines):
        line, number = lines[number], number + 1
        # Both: code and comments make no block; but what its first line says, it says in code, too.
        block_line = BLOCK_LINE.fullmatch(line) and BLOCK_LINE.fullmatch(shown[number - 1])
        if block_line is None:
            # What is left of a line that began with a comment must not look indented.
            margin = len(text.lines[number - 1]) - len(text.lines[number - 1].lstrip())
            rest = shown[number - 1].lstrip()
            parted = PARTED if text.lines[number - 1].startswith(COMMENT) and not stack else ""
            found.prepared.append(f"{shown[number - 1][:margin]}{rest}" if rest else parted)
            if (short := SHORT_HEAD.match(line)) and short["name"].lower() in BLOCKS:
                rule = f"a block opens with three slashes: /// {short['name']}"
                found.broken(text.place(number, line.index("/"), 2), rule, "Add one.")
            continue
        if block_line["margin"].strip() or len(block_line["margin"]) > INDENT:
            rule = "a block must start at the left margin, not inside a list or a quotation."
            found.broken(text.place(number, len(block_line["margin"]), 3), rule, "Move it out.")
            continue
        slashes = len(block_line["slashes"])
        if not block_line["rest"].strip():
            found.prepared.append(line)
            if stack and stack[-1].slashes == slashes:
                close(text, stack.pop(), number, found)
            else:
                rule = f'this "{block_line["slashes"]}" closes nothing.'
                found.broken(text.place(number), rule, hint_for_stray_close(stack))
            continue
        if not BLOCK_HEAD.fullmatch(block_line["rest"].rstrip()):
            rule = "this line opens no block."
            found.broken(text.place(number), rule, "A block opens with /// name | and what it is called.")
            stack.append(
                OpenBlock(None, block_line["rest"].split()[0], slashes, number, "", {}, options_hold=False, body_from=number)
            )
            continue
        opened.append(block := open_block(text, number, slashes, block_line["rest"].rstrip(), found))
        inside += [(stack[-1], block)] if stack and stack[-1].slashes <= slashes else []
        stack.append(block)
        found.prepared += [ENDLESS.sub(" ", shown[number - 1]), f"    line: {number}"]
        number = block.body_from
    not_closed(text, stack, inside, found)
    if not found.frames_hold:
        found.lost = [block.argument for block in opened]


def not_closed(text: SourceText, left: Sequence[OpenBlock], inside: Sequence[tuple[OpenBlock, OpenBlock]], found: Scan) -> None:
    """Say which blocks are `left` open, and which stand `inside` one that is closed, with as many slashes as it."""
    for outer, block in inside:
        if outer not in left:
            rule = f'a block inside "{outer.name}" (line {outer.line}) needs fewer slashes than it.'
            remedy = f"Open and close the outer block with {'/' * (block.slashes + 1)}."
            found.broken(text.place(block.line, 0, block.slashes), rule, remedy)
    for opened in left:
        rule = f"/// {opened.name} is never closed."
        following = next((block for outer, block in inside if outer is opened), None)
        before = f", before /// {following.name} in line {following.line}" if following else ""
        close_with = f"Close it with {'/' * opened.slashes} on a line of its own{before}."
        found.broken(text.place(opened.line), rule, close_with)


def hint_for_stray_close(stack: list[OpenBlock]) -> str:
    """What to do about a closing line that fits no open block."""
    if not stack:
        return "Take it out, or open a block above it."
    return f'The open block is "{stack[-1].name}" (line {stack[-1].line}); close it with {"/" * stack[-1].slashes}.'


def open_block(text: SourceText, number: int, slashes: int, rest: str, found: Scan) -> OpenBlock:
    """Read a block's first line and its options, and say what is wrong with them."""
    head = BLOCK_HEAD.fullmatch(rest)
    assert head is not None  # noqa: S101 - the caller has matched it
    name, argument = head["name"].lower(), head["argument"] or ""
    kind = BLOCKS.get(name)
    place = text.place(number)
    if kind is None:
        remedy = did_you_mean(name, BLOCKS, f"There are {one_of(BLOCKS)}.")
        found.broken(place.narrowed(head["name"]), f'there is no block "{head["name"]}".', remedy)
    elif not argument:
        found.problems.append(
            Problem(place, f"/// {name} needs {kind.argument} after a bar.", f"Write /// {name} | {kind.argument}.")
        )
    elif kind.slug and not SLUG.fullmatch(argument):
        rule = f'"{argument}" is no slug: lower-case letters, figures and single hyphens.'
        found.problems.append(Problem(place.narrowed(argument), rule, "It is the quotation’s lasting address."))
    if "[@" in argument:
        found.problems.append(Problem(place.narrowed("[@"), "a citation cannot stand here.", "Put it into the text."))
    values, hold, end = options.read(text, number, name, found.problems)
    found.frames_hold &= hold
    return OpenBlock(kind, name, slashes, number, argument, values, hold, end)


def close(text: SourceText, opened: OpenBlock, number: int, found: Scan) -> None:
    """Check a whole block and keep it; a quotation without a body is a reference to the library."""
    body = text.lines[opened.body_from : number - 1]
    has_body = any(line.strip() for line in body)
    place = text.place(opened.line)
    if opened.kind is None or not opened.options_hold:
        found.lost.append(opened.argument)
        return
    matter = None
    if opened.name == "quotation" and not has_body and not opened.values:
        slug_place = place.narrowed(opened.argument) if opened.argument else place
        if SLUG.fullmatch(opened.argument):
            found.references.append(Reference("quotation", opened.argument, slug_place))
    else:
        what = f"/// {opened.name}"
        body_lines = range(opened.body_from + 1, number)
        stray = list(stray_options(text, body_lines, [*opened.kind.matter.model_fields], opened.name))
        if stray:
            found.problems += stray
            found.frames_hold = False
            return
        matter, problems = frontmatter.check(opened.kind.matter, opened.values, place, what, option=True)
        found.problems += problems
        found.lost += [opened.argument] if matter is None else []
        if has_body and opened.name == "picture":
            rule = "a picture holds no text: it is drawn from a comparison, or from the points."
            found.problems.append(Problem(place, rule, "Take the text out; what there is to say goes above or below."))
        if matter is not None and not has_body and opened.name != "picture" and not getattr(matter, "rows", ""):
            remedy = "Write something in it, or take it out."
            if opened.name == "quotation":
                remedy = "Write the words under the options, or take the options out to show one from the library."
            found.problems.append(Problem(place, f"/// {opened.name} is empty.", remedy))
    source = "\n".join(body).strip("\n")
    found.blocks[opened.line] = ScannedBlock(opened.name, opened.argument, opened.line, matter, has_body, source, opened.values)


def closing_line(text: SourceText, block: ScannedBlock, after: int) -> int:
    """The line that closes a block."""
    slashes = text.lines[block.line - 1].strip().partition(" ")[0]
    numbers = range(after + 1, len(text.lines) + 1)
    return next((number for number in numbers if text.lines[number - 1].strip() == slashes), len(text.lines))
