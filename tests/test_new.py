"""Something new is begun: asked for or given, checked, written once, and explained key by key."""

import contextlib
import io
import json
import os
import re
import select
import shlex
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path
from unittest import mock

import pytest

from argument import saved_pages
from argument.frontmatter import key_name
from argument.matter import ComparisonMatter
from argument.new import INTERRUPTED, joined, main
from argument.reading import Converter, read
from argument.scaffolds import KINDS
from building import GUIDE, NEW, ROOT, TESTS, build, small_site

if os.name != "nt":
    import pty

PATIENCE = 60  # seconds
SAVED = sorted(path for path in (TESTS / "saved_pages").iterdir() if path.suffix != ".json")
LEAST = {
    "source": ["Title: A plan", "Publisher: The council", "Date: 2014-05", "Kind: primary", "Confidence: low"],
    "quotation": ["Source: {source}", "By: The council", "Side: for", "Words: It is never open."],
    "guidance": ["Title: Say why", "Claim: A plan says why.", "Objection: Few read it."],
    "risk": ["Title: A flood", "Claim: The cellar floods.", "Likelihood: rare"],
    "benefit": ["Title: Light", "Claim: There is light.", "Strength: weak"],
    "page": ["Title: The plan", "Description: What is planned."],
    "response": ["Title: I differ", "By: A reader", "To: pages/index", "Words: Not so."],
    "update": ["Title: A plan came", "Words: It says why."],
    "comparison": ["Page: pages/index", "Caption: Two ways", "Columns: By day, By night", "Rows: Cost"],
}


@dataclass
class Done:
    """What came of beginning something."""

    returncode: int
    stdout: str


def new(folder: Path, *arguments: str) -> Done:
    """Begin something as the task does, where nobody can be asked."""
    with (
        contextlib.chdir(folder),
        contextlib.redirect_stdout(io.StringIO()) as said,
        mock.patch.object(sys, "stdin", io.StringIO()),
    ):
        status = main(arguments)
    return Done(status, said.getvalue())


def options(kind: str) -> list[str]:
    """The least that a new thing of a kind must be told."""
    source = sorted((GUIDE / "sources").glob("*.md"))[0].stem
    return [word for pair in LEAST[kind] for word in ("--set", pair.format(source=source))]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The content of the small site, and nothing else."""
    return small_site(tmp_path / "site")


def files(folder: Path) -> dict[Path, bytes]:
    return {path: path.read_bytes() for path in (folder / "content").rglob("*") if path.is_file()}


@pytest.mark.parametrize("kind", KINDS)
def test_what_is_begun_holds_and_explains_every_key(kind: str, folder: Path) -> None:
    """A file without a problem of its own, but for cells that are yet to be filled; no other file is touched."""
    before = files(folder)
    done = new(folder, kind, *options(kind))
    assert done.returncode == 0
    (changed,) = [path for path, content in files(folder).items() if before.get(path) != content]
    text = changed.read_text("utf-8")
    problems = read(changed.name, changed.relative_to(folder / "content").as_posix(), text, Converter({})).problems
    comparison = kind == "comparison"
    assert {problem.rule for problem in problems} == (
        {f'the cell "By {one}" is empty.' for one in ("day", "night")} if comparison else set()
    )
    assert done.stdout.startswith(changed.relative_to(folder).as_posix())
    explained = text.partition("<!--")[2]
    matter = ComparisonMatter if comparison else KINDS[kind].matter
    names = {"rows", "columns", "only", "id"} if comparison else set()
    for name, info in matter.model_fields.items():
        if name not in names:
            assert f"\n{name if comparison else key_name(name)}: {str(info.description).removesuffix('.')}" in explained, name


def test_no_reader_sees_what_is_explained(folder: Path) -> None:
    """A page that was begun is published without another word of its author's."""
    assert new(folder, "page", *options("page"), "--set", "Status: published").returncode == 0
    done = build(folder)
    assert done.returncode == 0, done.stderr
    page = (folder / "output/the-plan.html").read_text("utf-8")
    assert "The plan" in page
    assert "Take it out" not in page


def test_a_key_is_suggested_and_none_is_taken_twice(folder: Path) -> None:
    """A number is put to one that is taken; one that is asked for and taken is a problem."""
    for expected in ("a-flood", "a-flood-2"):
        assert f"content/risks/{expected}.md: written." in new(folder, "risk", *options("risk")).stdout
    before = files(folder)
    done = new(folder, "risk", *options("risk"), "--key", "a-flood")
    assert done.returncode == 1
    assert 'there is a risk "a-flood" already.' in done.stdout
    assert files(folder) == before


def test_a_new_point_comes_after_the_others(folder: Path) -> None:
    done = new(folder, "risk", *options("risk"))
    heads = [path.read_text("utf-8").partition("\n\n")[0] for path in (folder / "content/risks").glob("*.md")]
    numbers = sorted(int(number) for head in heads for number in re.findall(r"(?m)^Order: (\d+)", head))
    assert done.returncode == 0
    assert f"Order: {numbers[-1]}" in (folder / "content/risks/a-flood.md").read_text("utf-8")
    assert numbers[-1] == numbers[-2] + 1


def test_gathered_rows_have_the_columns_that_their_points_have(folder: Path) -> None:
    done = new(folder, "comparison", "--set", "Page: pages/index", "--set", "Caption: The risks again", "--set", "Gather: risks")
    assert (done.returncode, done.stdout) == (0, "content/pages/index.md: a comparison joined it.\n")
    text = (folder / "content/pages/index.md").read_text("utf-8")
    assert "    id: the-risks-again\n    rows: risks\n    columns:\n        Claim: claim\n" in text


@pytest.mark.parametrize(
    ("before", "between"), [(b"a\n", b"\n"), (b"a", b"\n\n"), (b"\xef\xbb\xbfa\r\n", b"\r\n"), (b"a\r\nb", b"\r\n\r\n")]
)
def test_a_file_that_a_table_joins_keeps_every_byte(before: bytes, between: bytes, tmp_path: Path) -> None:
    """And its line endings."""
    path = tmp_path / "page.md"
    path.write_bytes(before)
    joined(path, "/// one\n///\n")
    end = b"\r\n" if b"\r" in before else b"\n"
    assert path.read_bytes() == before + between + b"/// one" + end + b"///" + end
    assert [one.name for one in tmp_path.iterdir()] == ["page.md"]


@pytest.mark.parametrize("example", NEW, ids=lambda example: example.name)
def test_what_is_wrong_is_told_and_nothing_is_written(example: Path, folder: Path, request: pytest.FixtureRequest) -> None:
    for page in example.glob("page.*"):
        shutil.copy(page, folder)
    before = files(folder)
    done = new(folder, *shlex.split((example / "arguments.txt").read_text("utf-8")))
    assert done.returncode == 1
    expected = example / "expected.txt"
    if request.config.getoption("--update"):
        expected.write_text(done.stdout, "utf-8")
    assert done.stdout == expected.read_text("utf-8")
    assert files(folder) == before


class Conversation:
    """A terminal at which something is begun."""

    def __init__(self, folder: Path, *arguments: str, **variables: str) -> None:
        self.terminal, inside = pty.openpty()
        environment = {**os.environ, "PYTHONPATH": str(ROOT / "plugins"), "PYTHONUTF8": "1", **variables}
        environment = {name: value for name, value in environment.items() if value}
        command = [sys.executable, "-m", "argument.new", *arguments]
        self.process = subprocess.Popen(
            command,
            cwd=folder,
            env=environment,
            stdin=inside,
            stdout=inside,
            stderr=inside,
            start_new_session=True,
        )
        os.close(inside)
        self.said = ""

    def more(self) -> str:
        """What is said next; nothing if nobody is at the other end."""
        ready, _, _ = select.select([self.terminal], [], [], PATIENCE)
        assert ready, self.said
        try:
            return os.read(self.terminal, 4096).decode("utf-8", "replace")
        except OSError:  # so Linux tells the end
            return ""

    def wait(self) -> None:
        """Read until something is asked."""
        end = len(self.said)
        while not self.said[end:].endswith("> "):
            self.said += self.more()

    def answer(self, words: str) -> None:
        """Wait until something is asked, and answer."""
        self.wait()
        os.write(self.terminal, words.encode())

    def end(self) -> int:
        """Read to the end; the exit status."""
        while more := self.more():
            self.said += more
        os.close(self.terminal)
        return self.process.wait(60)


needs_a_terminal = pytest.mark.skipif(os.name == "nt", reason="there are no pseudo-terminals")


@needs_a_terminal
def test_each_answer_is_checked_at_once_and_asked_for_again(folder: Path) -> None:
    """What is wrong is told, a nearby word is offered, Enter takes what is suggested."""
    asked = Conversation(folder, "risk", EDITOR="", VISUAL="")
    for words in ("\n", "A flood\n", "\n", "The cellar floods.\n", "likly\n", "likely\n", "Not a key\n", "\n"):
        asked.answer(words)
    assert asked.end() == 0
    told = asked.said.replace("\r\n", "\n")
    assert "Something must stand here" in told
    assert (
        '"Likelihood" must be rare, unlikely, possible, likely or almost certain (got "likly").\n  Did you mean "likely"?' in told
    )
    assert '"Not a key" is no key.' in told
    text = (folder / "content/risks/a-flood.md").read_text("utf-8")
    assert re.match(r"Title: A flood\nOrder: \d+\nClaim: The cellar floods\.\nStatus: draft\nLikelihood: likely\n\n<!--", text)


@needs_a_terminal
@pytest.mark.parametrize("given", [["--set", "Likelihood: likly"], ["--key", "cost"]])
def test_what_was_given_is_checked_before_anything_is_asked(given: list[str], folder: Path) -> None:
    """So that no answer is lost by it."""
    begun = Conversation(folder, "risk", *given)
    assert begun.end() == 1
    assert "A new risk" not in begun.said
    assert ('"likely"' in begun.said) or ('there is a risk "cost" already.' in begun.said)


@needs_a_terminal
def test_ctrl_c_ends_it_and_nothing_is_written(folder: Path) -> None:
    before = files(folder)
    asked = Conversation(folder, "update")
    asked.answer("A plan came\n")
    asked.wait()
    time.sleep(1)  # a signal that comes just before it begins to listen waits for the next key
    asked.process.send_signal(signal.SIGINT)
    assert asked.end() == INTERRUPTED
    assert asked.said.endswith("Nothing was written.\r\n")
    assert files(folder) == before


@needs_a_terminal
def test_the_file_is_opened_in_the_editor_that_is_set(folder: Path) -> None:
    editor = folder / "an editor"
    editor.write_text(f'#!/bin/sh\necho "$@" > {shlex.quote(str(folder / "opened"))}\n', "utf-8")
    editor.chmod(0o755)
    asked = Conversation(folder, "update", "--set", "Title: T", "--set", "Date: 2014-05-30", EDITOR=f"'{editor}' --wait", VISUAL="")
    asked.answer("It came.\n")
    asked.answer("\n")
    assert asked.end() == 0
    assert (folder / "opened").read_text("utf-8") == "--wait content/updates/t.md\n"


@needs_a_terminal
def test_what_a_saved_page_says_stands_beside_the_questions(folder: Path) -> None:
    page = folder / "page.html"
    page.write_text('<title>A plan</title><meta property="og:site_name" content="The council">', "utf-8")
    asked = Conversation(folder, "source", "--from", str(page), EDITOR="", VISUAL="")
    for words in ("\n", "\n", "\n", "2014\n", "\n", "\n", "primary\n", "low\n", "\n", "\n"):
        asked.answer(words)
    assert asked.end() == 0, asked.said
    text = (folder / "content/sources/the-council-2014.md").read_text("utf-8")
    assert text.startswith("Title: A plan\nPublisher: The council\nDate: 2014\n")


@pytest.mark.parametrize("page", SAVED, ids=lambda page: page.stem)
def test_a_saved_page_tells_what_it_is(page: Path) -> None:
    """And nothing that it does not: the fields stand in the file beside it."""
    assert saved_pages.of_file(page.read_bytes()) == json.loads(page.with_suffix(".json").read_text("utf-8"))


NESTED = "".join(f"Content-Type: multipart/mixed; boundary=b{at}\n\n--b{at}\n" for at in range(2000))


@pytest.mark.parametrize(
    "page",
    [
        *(
            f"MIME-Version: 1.0\nContent-Type: text/html; charset={name}\n\n<title>x</title>"
            for name in ("nope", "rot13", "zlib", "idna")
        ),
        f"MIME-Version: 1.0\n{NESTED}",
        "MIME-Version: 1.0\n" + "Content-Type: message/rfc822\n\n" * 3000,
    ],
    ids=["no encoding", "rot13", "zlib", "idna", "parts", "messages"],
)
def test_a_page_that_cannot_be_read_is_a_problem(page: str, folder: Path) -> None:
    before = files(folder)
    (folder / "page.mhtml").write_text(page, "utf-8")
    done = new(folder, "source", "--from", "page.mhtml", *options("source"))
    assert (done.returncode, "page.mhtml cannot be read as a page" in done.stdout) == (1, True)
    assert files(folder) == before


@pytest.mark.parametrize("said", ["[" * 100_000, '{"@graph": null}', '{"@graph": 5}', "1" * 5000])
def test_linked_data_that_says_nothing_is_passed_over(said: str) -> None:
    page = f'<title>T</title><script type="application/ld+json">{said}</script>'
    assert saved_pages.of_file(page.encode()) == {"title": "T"}


def test_half_of_a_character_is_left_out() -> None:
    """JSON can hold one, and no file can."""
    said = json.dumps({"@type": "Article", "headline": "A\ud800 plan"})
    assert saved_pages.of_file(f'<script type="application/ld+json">{said}</script>'.encode()) == {"title": "A plan"}


def test_a_long_word_makes_no_key_that_cannot_be_a_file_s_name(folder: Path) -> None:
    done = new(folder, "update", "--set", f"Title: {'a' * 5000}", "--set", "Words: W")
    assert (done.returncode, done.stdout) == (0, f"content/updates/{'a' * 100}.md: written.\n")


def test_arguments_are_text(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """Bytes that are none come as halves of characters, which no file can hold."""
    before = files(folder)
    with pytest.raises(SystemExit):
        new(folder, "update", "--set", "Title: \udcff", "--set", "Words: W")
    assert "argument --set: this is no text in UTF-8" in capsys.readouterr().err
    assert files(folder) == before


def test_an_empty_file_tells_nothing() -> None:
    assert saved_pages.of_file(b"") == {}


def test_an_address_tells_who_publishes_and_the_day_that_it_holds() -> None:
    assert saved_pages.of_address("https://www.a.example/2013/05/16/wall/") == {
        "url": "https://www.a.example/2013/05/16/wall/",
        "publisher": "a.example",
        "date": "2013-05-16",
    }
    assert saved_pages.of_address("https://a.example/9999/2013/") == {
        "url": "https://a.example/9999/2013/",
        "publisher": "a.example",
    }
    assert saved_pages.of_address("no address") == {}


def test_a_source_is_begun_from_its_address(folder: Path) -> None:
    """What an address cannot tell is asked for by name."""
    done = new(
        folder, "source", "--from", "https://a.example/2013/05/16/wall/", "--set", "Kind: opinion", "--set", "Confidence=low"
    )
    assert done.returncode == 1
    assert done.stdout.startswith('new source: a source must have "Title".')
    done = new(folder, "source", "--from", "https://a.example/2013/05/16/wall/", *options("source")[:2], *options("source")[6:])
    assert done.stdout == "content/sources/a-example-2013.md: written.\n"
    text = (folder / "content/sources/a-example-2013.md").read_text("utf-8")
    assert text.startswith("Title: A plan\nPublisher: a.example\nDate: 2013-05-16\nURL: https://a.example/2013/05/16/wall/\n")


def test_the_task_begins_it(folder: Path) -> None:
    """With a file that is named from where the author stands."""
    (folder / "page.html").write_text("<title>A plan</title>", "utf-8")
    (folder / "tasks.py").write_bytes((ROOT / "tasks.py").read_bytes())
    script = (
        "import sys, tasks; tasks.ROOT = __import__('pathlib').Path.cwd(); tasks.Program(namespace=tasks.namespace).run(sys.argv)"
    )
    command = [sys.executable, "-c", script, "new", "source", "--from", "page.html", *options("source")[2:]]
    done = subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", check=False, stdin=subprocess.DEVNULL)
    assert done.stdout == "content/sources/the-council-2014.md: written.\n", done.stderr
    assert (folder / "content/sources/the-council-2014.md").read_text("utf-8").startswith("Title: A plan\n")
