"""Work on a site as its people do it, at random; after each step a build that remembers must write what one from nothing writes.

`python3 tasks.py same --steps 2000` does it for as long as one likes, and first with a fault planted in what notes the reads of
pages, which it must find.
"""

import re
import shutil
import sys
import tempfile
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from pathlib import Path
from typing import ClassVar

from hypothesis import HealthCheck, Phase, Verbosity, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, rule, run_state_machine_as_test

from building import build, small_site

NUMBERS = st.integers(1, 99)
STEPS = 25  # on one site
OFTEN = 60  # seconds
LISTS = ("a-z", "updates", "responses")  # templates of pages that list things
HARMS: dict[str, Callable[[bytes], bytes]] = {
    "cut short": lambda found: found[: len(found) // 2],
    "another byte": lambda found: found[:-9] + bytes([found[-9] ^ 1]) + found[-8:] if len(found) > 9 else b"",
    "foreign": lambda _: b"\x80\x04N.",
    "empty": lambda _: b"",
}
# What no page would note any more: a fault for the machine to find.
ANSWER = "        return self._of.get(key, default)"
PLANTED = (f"        self._note(key)\n{ANSWER}", ANSWER)
RENAMED = re.compile(r"\bhas_search(_\d+)?\b")  # a fact that pages are made from
PAGE = """Title: {title}
Description: What page {number} says.
{more}
A link to [a page]({{filename}}/pages/{other}.md), and a citation [@{source}].

/// quotation | never-in-the-week
///

/// comparison | Table {number}
    id: table-{number}

| Day | Open | Shut |
| --- | --- | --- |
| Monday | + Yes {number} | - No |
| Sunday | ~ Perhaps | [@{source}] |
///
"""


def files(folder: Path) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def put(path: Path, content: bytes) -> None:
    """Write a file; what else is linked to the one that stood there is the project's own, and stays."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.write_bytes(content)


class Work(RuleBasedStateMachine):
    """One site, changed step by step."""

    planted = False

    def __init__(self) -> None:
        super().__init__()
        self.temporary = tempfile.TemporaryDirectory()
        self.site = small_site(Path(self.temporary.name, "site"), own_code=True)
        self.clean = Path(self.temporary.name, "clean")
        self.original = files(self.site / "content")
        self.undo: dict[Path, bytes | None] = {}
        self.forks = True
        shutil.rmtree(self.site / ".cache", ignore_errors=True)

    def teardown(self) -> None:
        self.temporary.cleanup()

    @initialize(images=st.booleans(), papers=st.booleans(), address=st.booleans())
    def begin(self, images: bool, papers: bool, address: bool) -> None:
        if self.planted:
            assert PLANTED[0] in (self.site / "plugins/argument/reads.py").read_text("utf-8")
            self.change("plugins/argument/reads.py", lambda text: text.replace(*PLANTED))
            self.forks = False
        for name in LISTS:
            front = f"Title: All {name}\nDescription: Where {name} stand.\nTemplate: {name}\n"
            self.write(f"content/pages/all-{name}.md", f"{front}\nWords.\n".encode())
        said = {"ARGUMENT_SHARE_IMAGES": images, "ARGUMENT_PAPERS": papers, "SITEURL": "https://example.org" if address else ""}
        self.change("pelicanconf.py", lambda text: text + "".join(f"{name} = {value!r}\n" for name, value in said.items()))
        self.check()

    def write(self, name: str, content: bytes | None) -> None:
        """Write a file, or delete it, so that it can be undone."""
        path = self.site / name
        self.undo.setdefault(path, path.read_bytes() if path.exists() else None)
        if content is None:
            path.unlink()
        else:
            put(path, content)

    def change(self, name: str, how: Callable[[str], str]) -> None:
        """Put another text in the place of a file's."""
        self.write(name, how((self.site / name).read_text("utf-8")).encode())

    def texts(self, pattern: str = "content/*/*.md") -> list[str]:
        return sorted(path.relative_to(self.site).as_posix() for path in self.site.glob(pattern))

    @rule(data=st.data(), number=NUMBERS)
    def a_line_says_something_else(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts()))
        lines = (self.site / name).read_text("utf-8").split("\n")
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = data.draw(st.sampled_from([f"{lines[at]} {number}", "", f"{number} {lines[at]}", f"{lines[at]}\n{lines[at]}"]))
        self.write(name, "\n".join(lines).encode())
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_value_is_another(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts()))
        head, _, body = (self.site / name).read_text("utf-8").partition("\n\n")
        lines = head.split("\n")
        at = data.draw(st.integers(0, len(lines) - 1))
        lines[at] = f"{lines[at]} {number}"
        self.write(name, f"{chr(10).join(lines)}\n\n{body}".encode())
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_text_says_more(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts()))
        self.change(name, lambda text: f"{text.rstrip()}\n\nAnd {number}.\n")
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def there_is_another_page(self, data: st.DataObject, number: int) -> None:
        said = ["", f"Nav: Number {number}\nOrder: {number}\n", "Part-Of: risks\n", f"Aliases: was-{number}.html\n"]
        more = data.draw(st.sampled_from(said))
        other = Path(data.draw(st.sampled_from(self.texts("content/pages/*.md")))).stem
        source = Path(data.draw(st.sampled_from(self.texts("content/sources/*.md")))).stem
        text = PAGE.format(title=f"Page {number}", number=number, more=more, other=other, source=source)
        self.write(f"content/pages/page-{number}.md", text.encode())
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def there_is_a_copy(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts()))
        copy = f"{name.removesuffix('.md')}-{number}.md"
        self.write(copy, (self.site / name).read_bytes())
        self.change(copy, lambda text: text.replace("id: ", f"id: copy-{number}-", 1))
        self.check()

    @rule(number=NUMBERS)
    def there_is_news(self, number: int) -> None:
        text = f"Title: News {number}\nDate: 2026-01-{number % 28 + 1:02}\n\nSomething has happened [@survey-2024].\n"
        self.write(f"content/updates/news-{number}.md", text.encode())
        self.check()

    @rule(number=NUMBERS, to=st.sampled_from(["risks/cost", "quotations/never-in-the-week", "pages/index"]))
    def a_reader_writes(self, number: int, to: str) -> None:
        front = f"Title: No {number}\nTo: {to}\nBy: Reader {number}\nDate: 2026-02-{number % 28 + 1:02}\n"
        text = f"{front}\nI disagree, {number} times.\n"
        self.write(f"content/responses/reader-{number}.md", text.encode())
        self.check()

    @rule(number=NUMBERS)
    def somebody_is_quoted(self, number: int) -> None:
        """With an excerpt of its own."""
        self.change("content/sources/survey-2024.md", lambda text: f"{text.rstrip()}\n\n> We would come {number} times.\n")
        front = f"Source: survey-2024\nBy: Reader {number}\nRole: A reader\nSide: for\nSupports: risks/cost\n"
        self.write(f"content/quotations/said-{number}.md", f"{front}\nWe would come {number} times.\n".encode())
        self.change("content/pages/index.md", lambda text: f"{text.rstrip()}\n\n/// quotation | said-{number}\n///\n")
        self.check()

    @rule(data=st.data())
    def a_file_goes(self, data: st.DataObject) -> None:
        self.write(data.draw(st.sampled_from(self.texts())), None)
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_file_has_another_name(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts()))
        content = (self.site / name).read_bytes()
        self.write(name, None)
        self.write(f"{name.removesuffix('.md')}-{number}.md", content)
        self.check()

    @rule(data=st.data())
    def a_file_is_as_it_was(self, data: st.DataObject) -> None:
        name = data.draw(st.sampled_from(sorted(self.original)))
        self.write(f"content/{name}", self.original[name])
        self.check()

    @rule(number=NUMBERS)
    def a_picture_is_another(self, number: int) -> None:
        self.change("content/images/door.svg", lambda text: text.replace("</svg>", f"<!-- {number} --></svg>"))
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_template_is_another(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts("theme/templates/*.html")))
        self.change(name, lambda text: text.replace("{% block main %}", f"{{% block main %}}<p>{number}</p>", 1))
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_component_is_another(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts("theme/templates/components/*.html")))
        self.change(name, lambda text: text.replace("{% endmacro %}", f"<!-- {number} -->{{% endmacro %}}", 1))
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_style_is_another(self, data: st.DataObject, number: int) -> None:
        name = data.draw(st.sampled_from(self.texts("theme/styles/*.css")))
        self.change(name, lambda text: f"{text}\n@layer base {{ p {{ margin-top: {number}px; }} }}\n")
        self.check()

    @rule(data=st.data())
    def a_font_is_another(self, data: st.DataObject) -> None:
        one, other = data.draw(st.permutations(self.texts("theme/fonts/*.ttf")))[:2]
        self.write(one, (self.site / other).read_bytes())
        self.check()

    @rule(data=st.data(), number=NUMBERS)
    def a_setting_is_another(self, data: st.DataObject, number: int) -> None:
        said = ["SITENAME = 'Name {}'", "ARGUMENT_NOTICE = 'Notice {}'", "SITEURL = 'https://example.org/{}'", "SITEURL = ''"]
        said += ["ARGUMENT_SEARCH = {} % 2 == 0", "ARGUMENT_SHARE_IMAGES = {} % 3 == 0", "ARGUMENT_PAPERS = {} % 2 == 0"]
        said += ["ARGUMENT_CITATION_STYLE = 'ieee'", "ARGUMENT_OFFLINE = {} % 2 == 0", "ARGUMENT_BLOCKED = ['{}.example.org']"]
        line = data.draw(st.sampled_from(said)).format(number)
        self.change("pelicanconf.py", lambda text: f"{text}{line}\n")
        self.check()

    @rule(number=NUMBERS)
    def the_code_is_another(self, number: int) -> None:
        self.forks = False  # what is loaded is the project's own
        self.change("plugins/argument/wayfinding.py", lambda text: text.replace('NAMED = "', f'NAMED = "{number} ', 1))
        self.check()

    @rule(number=NUMBERS)
    def the_code_names_something_else(self, number: int) -> None:
        """So that what earlier builds noted is nothing that this code has."""
        self.forks = False
        for path in [*self.site.glob("plugins/argument/*.py"), *self.site.glob("theme/templates/**/*.html")]:
            if RENAMED.search(path.read_text("utf-8")):
                self.change(path.relative_to(self.site).as_posix(), lambda text: RENAMED.sub(f"has_search_{number}", text))
        self.check()

    @rule(data=st.data(), how=st.sampled_from(sorted(HARMS)))
    def what_is_kept_is_damaged(self, data: st.DataObject, how: str) -> None:
        for path in data.draw(st.sets(st.sampled_from(sorted((self.site / ".cache").rglob("*"))))):
            if path.is_file():
                put(path, HARMS[how](path.read_bytes()))
        self.check()

    @rule(data=st.data(), how=st.sampled_from([*sorted(HARMS), "gone", "more"]))
    def what_is_published_is_touched(self, data: st.DataObject, how: str) -> None:
        found = sorted(path for path in (self.site / "output").rglob("*") if path.is_file())
        path = data.draw(st.sampled_from(found))
        if how == "gone":
            path.unlink()
        elif how == "more":
            path.with_name("more.html").write_text("More.", "utf-8")
        else:
            put(path, HARMS[how](path.read_bytes()))
        self.check()

    @rule()
    def nothing_happens(self) -> None:
        self.check()

    def check(self) -> None:
        """Build what there is, and the same from nothing; a step that was a mistake is undone."""
        before = files(self.site / "output")
        shutil.rmtree(self.clean, ignore_errors=True)
        shutil.copytree(self.site, self.clean, ignore=shutil.ignore_patterns(".cache", "output", ".output.*"), symlinks=True)
        with ThreadPoolExecutor(2) as both:
            there, anew = both.map(partial(build, fork=self.forks), (self.site, self.clean))
        assert (there.returncode, there.stderr) == (anew.returncode, anew.stderr), (there.stderr, anew.stderr)
        found, wanted = files(self.site / "output"), files(self.clean / "output") if not anew.returncode else before
        differ = sorted(name for name in {*found, *wanted} if found.get(name) != wanted.get(name))
        assert not differ, differ
        Work.checked[bool(anew.returncode)] = Work.checked.get(bool(anew.returncode), 0) + 1
        if anew.returncode:
            for path, content in self.undo.items():
                self.write(path.relative_to(self.site).as_posix(), content)
            assert (again := build(self.site, fork=self.forks)).returncode == 0, again.stderr
        self.undo = {}

    checked: ClassVar[dict[bool, int]] = {}  # how many steps were checked, and how many of them were mistakes


class Planted(Work):
    """The same with a fault in what notes the reads of pages."""

    planted = True


def work(steps: int, kind: type[Work] = Work, number: int = 0) -> None:
    """About so many steps, others for another number. Raises AssertionError, or a group of them, where the two builds differ."""
    kept = settings(
        max_examples=max(1, steps // STEPS),
        stateful_step_count=min(STEPS, steps),
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
        phases=[Phase.generate],
        verbosity=Verbosity.quiet,
    )
    run_state_machine_as_test(seed(number)(type(kind.__name__, (kind,), {})) if number else kind, settings=kept)


def tell() -> None:
    """Say from time to time how far it is."""
    while True:
        time.sleep(OFTEN)
        print(f"{sum(Work.checked.values())} steps, {Work.checked.get(True, 0)} of them mistakes.", flush=True)


def main(steps: int, number: int) -> None:
    try:
        work(STEPS * 8, kind=Planted)
    except AssertionError as found:
        print(f"The planted fault was found after {sum(Work.checked.values())} steps: {str(found)[:100]}")
    else:
        sys.exit("The planted fault was not found.")
    Work.checked.clear()
    threading.Thread(target=tell, daemon=True).start()
    while (left := steps - sum(Work.checked.values())) > 0:
        work(left, number=number)
        number += 1
    checked, mistakes = sum(Work.checked.values()), Work.checked.get(True, 0)
    print(f"{checked} steps without a difference, {mistakes} of them mistakes that were told alike.")


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
