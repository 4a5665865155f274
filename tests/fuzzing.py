"""Content that nobody would write, as much as one likes: it becomes valid HTML with every word in it, or problems at real lines.

`python3 tasks.py fuzz --examples 20000` tries so many; `test_fuzzed.py` some hundreds, always the same. A small site is held as the
preview holds it, some of its files are written anew for each example, and what then becomes of them is looked at: by an HTML parser
that is not ours, and word by word. Every word of an example is one that stands nowhere else.
"""

import contextlib
import itertools
import os
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from types import FrameType
from typing import Any
from xml.etree.ElementTree import Element

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import seed as seeded
from hypothesis import strategies as st
from tinyhtml5.parser import HTMLParser

from argument.preview import Preview
from argument.problems import Problem
from building import small_site

LISTING = ("risks.html", "sources.html", "quotations.html", "index.html", "risks/cost.html", "sources/survey-2024.html")
EVERY = 20  # examples of which one has those pages looked at that only list it
PATIENCE = 30  # seconds, after which an example hangs
SETTINGS = (
    "\nARGUMENT_SEARCH = False\nARGUMENT_PAPERS = False\nARGUMENT_SHARE_IMAGES = False\nSITEURL = 'https://example.org/case'\n"
)
SIGNS = "*_`[](){}<>&\"'#|:/\\-+=~^!@$%.,;? \t“”‘’…–—  ­éß中ع🙂\u200b\u200d"
NEVER = "\x00\x07\x0b\x1b\x7f\x85\u2028\u202e\ufeff\ufffd"  # characters that no file may hold, or that hide
WORD = re.compile(r"(?<![a-z0-9])w\d+w(?![a-z0-9])")
SEEN = re.compile(r"\w+")
KEYS = ("survey-2024", "treasurer-2023", "minutes-2022", "nobody-1999", "fuzz", "")
PLACES = ("{filename}/risks/cost.md", "{filename}/pages/index.md", "https://example.org/", "mailto:a@example.org")
PLACES += (
    "{filename}/pages/none.md",
    "#here",
    "#table--row",
    "javascript:alert(1)",
    "data:text/html,x",
    "//example.org",
    "../../x.html",
    "http://[::1",
    "{static}/images/door.svg",
)
ALLOWED_SCHEMES = ("http:", "https:", "mailto:", "tel:")


class Hand:
    """Draws what an example is made of. A tame hand takes only the first of what it is offered, which are as they should be."""

    def __init__(self, draw: Callable[[st.SearchStrategy[Any]], Any]) -> None:
        self.draw = draw
        self.tame = draw(st.booleans())
        self.number = itertools.count()

    def one(self) -> str:
        """A word that stands nowhere else."""
        return f"w{next(self.number)}w"

    def some(self, most: int = 3) -> str:
        """Some such words."""
        return " ".join(self.one() for _ in range(self.upto(most)))

    def upto(self, most: int) -> int:
        return int(self.draw(st.integers(1, most)))

    def pick(self, good: int, *options: Any) -> Any:
        """One of some things, of which so many are as they should be."""
        return self.draw(st.sampled_from(options[:good] if self.tame else options))

    def signs(self, most: int = 6) -> str:
        return "" if self.tame else str(self.draw(st.text(st.sampled_from(SIGNS), max_size=most)))


def piece(hand: Hand) -> str:
    """A part of a text: as it should be, with signs strewn in, or with markup that is not what it seems."""
    good = (paragraph, link, citation, emphasis, listed, heading, code, comparison, note, raw, escaped)
    return str(
        hand.pick(len(good), *good, noise, quoted, table, quotation_block, picture, deep, attributes, footnote, definition, odd)(
            hand
        )
    )


def paragraph(hand: Hand) -> str:
    return f"{hand.some(6)}."


def noise(hand: Hand) -> str:
    return "".join(f"{hand.signs()}{hand.one()}{hand.signs()}" for _ in range(hand.upto(4)))


def escaped(hand: Hand) -> str:
    """Signs that mean nothing, since each has a backslash before it or is an entity."""
    signs = hand.draw(st.text(st.sampled_from("*_`[]()#+-.!\\{}"), max_size=5))
    return f"{hand.one()}{''.join(chr(92) + sign for sign in signs)}{hand.one()} &lt;{hand.one()}&amp; 3 < 4 & 5 > 4 {hand.one()}"


def link(hand: Hand) -> str:
    title = hand.pick(2, "", f' "{hand.one()}"', f" '{hand.one()}'")
    return f"{hand.one()} [{hand.one()}{hand.signs(2)}]({hand.pick(4, *PLACES)}{title}) {hand.one()}"


def citation(hand: Hand) -> str:
    form = hand.pick(
        4,
        "[@{}]",
        "[@{}, p. 3]",
        "[@{}; @survey-2024]",
        "[@{}, pp. 3–4]",
        "[see @{}]",
        "[-@{}]",
        "@{}",
        "[@{}, {}]",
        "[@{}",
        "\\[@{}]",
    )
    return f"{hand.one()} {form.format(hand.pick(3, *KEYS), hand.one())} {hand.one()}"


def emphasis(hand: Hand) -> str:
    mark = hand.pick(4, "*", "**", "_", "`", "__", "``", "~~", "==", "***", '"', "“")
    end = hand.pick(1, mark, mark, mark, "", mark[:1])
    return f"{hand.one()} {mark}{hand.some()}{end} {hand.one()}"


def listed(hand: Hand) -> str:
    mark, gap = hand.pick(3, "-", "*", "1.", "+", "a)"), hand.pick(2, "", "    ", "  ")
    return "\n".join(f"{gap if at % 2 else ''}{mark} {hand.some()}" for at in range(hand.upto(3)))


def quoted(hand: Hand) -> str:
    return "\n".join(f"> {hand.some()}" for _ in range(hand.upto(3))) + hand.pick(1, "\n\n-- [@survey-2024]", "")


def heading(hand: Hand) -> str:
    return f"{hand.pick(1, '##', '#', '###', '#######')} {hand.some()}{hand.pick(1, '', ' #', ' {#here}', ' {: #here}')}"


def code(hand: Hand) -> str:
    fence = hand.pick(1, "```", "    ", "~~~", "````")
    if fence == "    ":
        return f"    {hand.one()}{hand.signs()}"
    inside = f"{hand.one()}{hand.signs()} <b> & *{hand.one()}*"
    return f"{fence}{hand.pick(1, '', 'py', ' {.x}')}\n{inside}\n{hand.pick(1, fence, fence, '')}"


def table(hand: Hand) -> str:
    columns = hand.upto(4)
    rows = [" | ".join(hand.one() + hand.signs(2) for _ in range(columns + hand.pick(1, 0, 0, 1))) for _ in range(3)]
    return f"| {rows[0]} |\n|{' --- |' * columns}\n| {rows[1]} |\n| {rows[2]} |"


def comparison(hand: Hand) -> str:
    columns = 1 + hand.upto(3)
    cells = ("+ {}", "- {}", "~ {}", "{}", "{} [@survey-2024]", "=1+{}", "{}\\|{}", "<{}", "", "[{}](#here)", "| {}", "`{}|{}`")
    rows = [
        "| " + " | ".join([hand.one(), *(hand.pick(8, *cells).format(hand.one(), hand.one()) for _ in range(columns))]) + " |"
        for _ in range(hand.upto(3))
    ]
    head = "| " + " | ".join(hand.one() for _ in range(columns + 1)) + " |"
    options = hand.pick(
        2,
        f"    id: fuzzed-{next(hand.number)}\n",
        f"    id: fuzzed-{next(hand.number)}\n    narrow: scroll\n",
        "    nothing: x\n",
        f"    caption: {hand.one()}\n",
    )
    end = hand.pick(1, "///", "///", "////", "")
    return f"/// comparison | {hand.some()}\n{options}\n{head}\n|{' --- |' * (columns + 1)}\n" + "\n".join(rows) + f"\n{end}"


def quotation_block(hand: Hand) -> str:
    key = hand.pick(1, "never-in-the-week", "fuzz", "none", "")
    return f"/// quotation | {key}\n{hand.pick(1, '', '    side: for', hand.signs())}\n///"


def note(hand: Hand) -> str:
    return f"/// {hand.pick(1, 'note', 'warning', 'details', 'html', 'x')} | {hand.one()}\n{hand.some()}{hand.signs()}\n///"


def picture(hand: Hand) -> str:
    file = hand.pick(1, "{static}/images/door.svg", "{static}/images/none.png", "https://example.org/x.png", "door.svg", "data:,x")
    return f"![{hand.one()}]({file})"


def raw(hand: Hand) -> str:
    tags = (
        "<b>{}</b>",
        "<kbd>{}</kbd>",
        "<br>{}",
        "<i>{}",
        "{}</p>",
        "<script>{}</script>",
        "<div>{}</div>",
        "<img src=x onerror='{}'>",
    )
    tags += (
        "<!-- -->{}",
        "<{}>",
        "&{};",
        "<svg onload={}>",
        "<a href='javascript:{}'>",
        "<style>{}",
        "<?php {} ?>",
        "<![CDATA[{}]]>",
        "&#{};",
    )
    return f"{hand.one()} {hand.pick(3, *tags).format(hand.one())} {hand.one()}"


def deep(hand: Hand) -> str:
    sign = hand.pick(1, "> ", "*", "[", "(", "`", "- ", "_", "![", "<b>", "    ", "/// note\n", "#", "\\", '"', "[^")
    return f"{sign * hand.pick(1, 5, 20, 200)}{hand.one()}"


def attributes(hand: Hand) -> str:
    value = hand.pick(1, "#here", ".x", "onclick=alert(1)", "style=color:red", "title={}", "hreflang=fr", "x").format(hand.one())
    return hand.pick(2, f"{hand.one()}{{: {value} }}", f"{hand.one()}\n{{: {value} }}")


def footnote(hand: Hand) -> str:
    return f"{hand.one()}[^1] {hand.one()}\n\n[^1]: {hand.one()}"


def definition(hand: Hand) -> str:
    forms = (
        "[there]: https://example.org/\n\n[{0}][there]",
        "*[{0}]: {1}\n\n{0}",
        "{0}\n:   {1}",
        "[{0}]: <{1}>",
        "[{0}][]",
        "[{0}]",
    )
    return str(hand.pick(1, *forms)).format(hand.one(), hand.one())


def odd(hand: Hand) -> str:
    return f"{hand.one()}{hand.draw(st.sampled_from(NEVER))}{hand.one()}"


def body(hand: Hand) -> str:
    """A text: parts with lines between them, or not."""
    return "".join(f"{piece(hand)}{hand.pick(1, chr(10) * 2, chr(10) * 2, chr(10) * 2, chr(10), ' ')}" for _ in range(hand.upto(5)))


def value(hand: Hand) -> str:
    """A value of front matter."""
    forms = ("{}", "{}", "{}: {}", "& {} < {}", "{} # {}", '"{}"', "{} <b>{}</b>", "[{}](x)", "- {}", "*{}*", "{{{}}}", "@{}")
    return f"{hand.pick(5, *forms).format(hand.some(), hand.one())}{hand.signs(3)}"


def page(hand: Hand) -> str:
    kinds = (
        "",
        f"Nav: {hand.one()}\nOrder: 7\n",
        "Part-Of: risks\n",
        "Aliases: fuzz.html\n",
        f"Colour: {hand.one()}\n",
        f"Title: {hand.one()}\n",
    )
    return f"Title: {value(hand)}\nDescription: {value(hand)}\n{hand.pick(2, *kinds)}\n{body(hand)}\n"


def risk(hand: Hand) -> str:
    front = f"Title: {value(hand)}\nClaim: {value(hand)}\nEvidence: {value(hand)} [@treasurer-2023].\nOrder: 9\n"
    front += f"Likelihood: {hand.pick(2, 'likely', 'rare', 'perhaps', '5')}\nConsequence: minor\n"
    front += "Likelihood-Now: rare\nConsequence-Now: minor\n"
    front += (
        f"Scoring: {hand.one()} [@treasurer-2023].\nOwner: {value(hand)}\nAnswer: {value(hand)}\n    {hand.one()} [@survey-2024].\n"
    )
    return f"{front}Remains: {hand.one()}\n\n{body(hand)}\n"


def response(hand: Hand) -> str:
    to = hand.pick(3, "risks/cost", "quotations/never-in-the-week", "sources/survey-2024", "nothing", "")
    return f"Title: {value(hand)}\nBy: {value(hand)}\nDate: 2025-03-04\nTo: {to}\n\n{body(hand)}\n"


def source(hand: Hand) -> str:
    """With an excerpt, of which the quotation takes a part."""
    front = (
        f"Title: {value(hand)}\nPublisher: {hand.one()}\nDate: 2024-03\nURL: https://example.org/{hand.one()}\nSeen: 2024-06-01\n"
    )
    front += f"Kind: survey\nConfidence: {hand.pick(2, 'high', 'medium', 'sure')}\nConfidence-Note: {hand.one()}\n"
    return f"{front}\n> {EXCERPT}\n\n{hand.some()}\n{hand.pick(1, '', body(hand))}\n"


def quotation(hand: Hand) -> str:
    kinds = ("Nobody reads what nobody wrote", "what nobody wrote, and […] it is.", "what somebody wrote", "", "nobody wrote [too]")
    front = f"Source: fuzz\nBy: {value(hand)}\nRole: {hand.one()}\nSide: for\nSupports: risks/cost\nUnused: {hand.one()}\n"
    return f"{front}\n{hand.pick(1, *kinds)}\n"


EXCERPT = "Nobody reads what nobody wrote, and so it is."
FILES: Mapping[str, Callable[[Hand], str]] = {
    "pages/fuzz.md": page,
    "risks/fuzz.md": risk,
    "responses/fuzz.md": response,
    "sources/fuzz.md": source,
}


@st.composite
def examples(draw: Callable[[st.SearchStrategy[Any]], Any]) -> dict[str, str]:
    """Some files, each with words that stand nowhere else."""
    hand = Hand(draw)
    names = draw(st.lists(st.sampled_from(sorted(FILES)), min_size=1, max_size=2, unique=True))
    found = {name: FILES[name](hand) for name in names}
    if "sources/fuzz.md" in found:
        found["quotations/fuzz.md"] = quotation(hand)
    end = hand.pick(2, "\n", "\r\n", "\n", "\n", "\n", "\n", "\n", "\r")
    return {name: text.replace("\n", end) for name, text in found.items()}


class World:
    """A small site that is held in this process, and what has become of the examples so far."""

    def __init__(self, folder: Path) -> None:
        self.folder = small_site(folder / "site")
        (self.folder / "content/responses").mkdir(exist_ok=True)
        with (self.folder / "pelicanconf.py").open("a", encoding="utf-8") as conf:
            conf.write(SETTINGS)
        os.chdir(self.folder)
        self.preview = Preview("pelicanconf.py")
        assert self.preview.look() == []
        self.before = frozenset(self.preview.making.products) if self.preview.making else frozenset()
        self.seen: Counter[str] = Counter()

    def try_out(self, example: Mapping[str, str]) -> None:
        """Have these files, see what becomes of them, and have none of them again. Raises AssertionError for what must not be."""
        for name, text in example.items():
            (self.folder / "content" / name).write_bytes(text.encode())
        try:
            with in_time():
                problems = self.preview.look()
                if problems:
                    self.seen["told what is wrong"] += 1
                    self.told(problems)
                else:
                    self.seen["published"] += 1
                    self.published(example)
        finally:
            for name in example:
                (self.folder / "content" / name).unlink()

    def told(self, problems: Sequence[Problem]) -> None:
        """Each problem has a rule, a remedy, and the place where what it is about stands."""
        for problem in problems:
            place = problem.place
            assert problem.rule, problem
            assert problem.remedy, problem
            path = self.folder / place.path
            if place.line:
                lines = path.read_bytes().decode("utf-8", "replace").replace("\r\n", "\n").split("\n")
                assert 0 < place.line <= len(lines), (problem, len(lines))
                # What cannot be seen is shown as a sign in its place.
                assert not place.text or SEEN.findall(place.text) == SEEN.findall(lines[place.line - 1]), (
                    problem,
                    lines[place.line - 1],
                )
                assert 0 <= place.column <= len(place.text), problem
            else:
                assert path.exists() or not path.suffix, problem

    def published(self, example: Mapping[str, str]) -> None:
        """Every page that is there by an example is valid and harmless, and all its words are there or where it is listed."""
        products = self.preview.making.products if self.preview.making else {}
        new = [address for address in products if address not in self.before]
        wanted = {*WORD.findall("\n".join(example.values()))}
        for address in [*sorted(new), *LISTING]:
            if address in LISTING and not wanted and self.seen["published"] % EVERY:
                continue
            content = self.preview.file(address)
            assert content is not None
            if address.endswith(".html"):
                valid(address, content.decode())
            wanted -= {*WORD.findall(content.decode())}
        assert not wanted, f"lost: {sorted(wanted)}"


def valid(address: str, html: str) -> None:
    """Whether a page is valid to an HTML parser, and nothing in it can run that is not ours. Raises AssertionError."""
    parser = HTMLParser(namespace_html_elements=False)
    tree = parser.parse(html)
    assert not parser.errors, (address, parser.errors[:3])
    ids: Counter[str] = Counter()
    for element in tree.iter():
        if isinstance(element.tag, str):
            harmless(address, element)
            ids.update([element.attrib["id"]] if "id" in element.attrib else [])
    assert not [name for name, times in ids.items() if times > 1], (address, ids.most_common(3))


def harmless(address: str, element: Element) -> None:
    """Whether an element can run nothing. Raises AssertionError."""
    assert element.tag not in {"iframe", "object", "embed", "base", "template", "noscript"}, (address, element.tag)
    if element.tag == "script":
        assert (
            element.attrib.get("src", "").split("/")[-2:-1] == ["theme"] or element.attrib.get("type") == "application/ld+json"
        ), address
    if element.tag == "style":
        raise AssertionError((address, "style"))
    for name, content in element.attrib.items():
        assert not str(name).startswith("on"), (address, name)
        assert name != "style", (address, name, content)
        if name in {"href", "src", "action", "formaction", "data", "poster", "xlink:href"}:
            scheme = re.match(r"[\s\x00-\x20]*([a-zA-Z][a-zA-Z0-9+.\-]*:)", content)
            own = element.tag in {"link", "image", "img"} and content.startswith("data:image/svg+xml,")
            assert own or not scheme or scheme[1].lower() in ALLOWED_SCHEMES, (address, name, content)


@contextlib.contextmanager
def in_time() -> Iterator[None]:
    """What must not hang. Raises AssertionError if it does."""

    def over(_signal: int, _frame: FrameType | None) -> None:
        raise AssertionError("It hangs.")

    if not hasattr(signal, "SIGALRM"):
        yield
        return
    before = signal.signal(signal.SIGALRM, over)
    signal.alarm(PATIENCE)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def fuzz(folder: Path, count: int, seed: int) -> Counter[str]:
    """Try so many examples; how many became what. Raises AssertionError for the smallest that went wrong."""
    world = World(folder)

    @seeded(seed)
    @settings(
        max_examples=count,
        deadline=None,
        database=None,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate, Phase.shrink],
    )
    @given(examples())
    def tried(example: dict[str, str]) -> None:
        world.try_out(example)

    here = Path.cwd()
    try:
        tried()
    finally:
        os.chdir(here)
    return world.seen


def main(count: int, seed: int) -> None:
    begun = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        seen = fuzz(Path(folder), count, seed)
    told = ", ".join(f"{number} {what}" for what, number in sorted(seen.items()))
    print(f"{sum(seen.values())} examples in {time.monotonic() - begun:.0f} s: {told}. None broke a promise.")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 1)
