"""The site while it is written, in a real browser: what it shows, when it is loaded again, and what is laid over it."""

import re
import time
from collections.abc import Iterator
from http.client import HTTPConnection
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from argument.livereload import with_script
from argument.preview import Preview, Session
from building import TESTS, build, small_site
from writing import Run

PATIENCE = 60_000  # milliseconds
expect.set_options(timeout=PATIENCE)
COST = "content/risks/cost.md"


@pytest.fixture(scope="module")
def started(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Run]:
    run = Run(small_site(tmp_path_factory.mktemp("writing") / "site", own_code=True))
    run.wait()
    yield run
    run.process.kill()
    run.process.wait()


@pytest.fixture
def run(started: Run) -> Iterator[Run]:
    """The tool at work on the small site, as it is in the repository."""
    yield started
    started.undo()


@pytest.fixture
def tab(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 800, "height": 300})
    context.set_default_timeout(PATIENCE)
    yield context.new_page()
    context.close()


def opened(tab: Page, run: Run, page: str) -> Page:
    """A page of the site, once there is one."""
    tab.goto(f"{run.address}{page}")
    expect(tab.locator("main h1")).to_be_visible(timeout=PATIENCE)
    tab.wait_for_load_state()  # it may be the one after that on which there was nothing yet
    return tab


def laid_over(tab: Page) -> str:
    """The words that are laid over a page, once there are any."""
    words = tab.locator("div:popover-open pre")
    expect(words).to_be_visible(timeout=PATIENCE)
    return words.inner_text()


@pytest.mark.parametrize("site", ["", "https://example.org/case"])
def test_what_is_shown_is_what_a_build_writes(site: str, tmp_path: Path) -> None:
    """Every file of the output, byte for byte, asked for in any order but that styles come after the pages that have them."""
    folder = small_site(tmp_path, TESTS / "responses", TESTS / "moved")
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write(f'\nSITEURL = "{site}"\n')
    assert build(folder).returncode == 0
    output = folder / "output"
    preview = Preview(str(folder / "pelicanconf.py"))
    assert preview.look() == []
    names = sorted((path.relative_to(output).as_posix() for path in output.rglob("*") if path.is_file()), reverse=True)
    names.sort(key=lambda name: not name.endswith(".html"))
    assert [name for name in names if preview.file(name) != (output / name).read_bytes()] == []
    assert preview.file("nothing.html") is None


def test_a_problem_leaves_what_was_there_and_settings_have_problems_too(tmp_path: Path) -> None:
    folder = small_site(tmp_path)
    session = Session(str(folder / "pelicanconf.py"))
    assert session.file("risks/cost.html") == (503, b"")
    assert session.look() == ""
    before = session.file("risks/cost.html")
    path = folder / COST
    path.write_text(path.read_text("utf-8").replace("@treasurer-2023]", "@treasurer-2032]"), "utf-8")
    assert session.look().startswith('content/risks/cost.md:4: citation "treasurer-2032" names no source.')
    assert session.file("risks/cost.html") == before
    with (folder / "pelicanconf.py").open("a", encoding="utf-8") as settings:
        settings.write("\nARGUMENT_COLOUR = 1\n")
    other = Session(str(folder / "pelicanconf.py"))
    assert "there is no setting ARGUMENT_COLOUR" in other.look()
    assert other.file("index.html") == (503, b"")


def test_at_the_start_a_problem_leaves_what_the_last_build_wrote(tmp_path: Path) -> None:
    """Until it is mended for the first time; nothing outside the output is shown."""
    folder = small_site(tmp_path)
    assert build(folder).returncode == 0
    path = folder / COST
    path.write_text(path.read_text("utf-8").replace("Likelihood: likely", "Likelihood: maybe"), "utf-8")
    session = Session(str(folder / "pelicanconf.py"))
    assert session.file("risks/cost.html") == (503, b"")
    assert '(got "maybe")' in session.look()
    assert session.file("risks/cost.html") == (200, (folder / "output/risks/cost.html").read_bytes())
    assert session.file("nowhere.html") == (404, (folder / "output/404.html").read_bytes())
    assert session.file("../pelicanconf.py")[0] == 404
    path.write_text(path.read_text("utf-8").replace("Likelihood: maybe", "Likelihood: rare"), "utf-8")
    assert session.look() == ""
    assert b"Rare" in session.file("risks.html")[1]


def test_what_cannot_be_drawn_is_told_in_the_words_of_a_build(tmp_path: Path) -> None:
    """Only when it is asked for, since nothing else of the site depends on it."""
    folder = small_site(tmp_path)
    path = folder / "content/quotations/never-in-the-week.md"
    path.write_text(re.sub(r"^By: .*$", f"By: {'somebody or other ' * 30}", path.read_text("utf-8"), flags=re.M), "utf-8")
    session = Session(str(folder / "pelicanconf.py"))
    assert session.look() == ""
    status, words = session.file("quotations/never-in-the-week.png")
    assert status == 500
    assert "has no room for" in words.decode()
    done = build(folder)
    assert words.decode().splitlines()[0] in done.stderr


def test_a_save_is_on_the_page_where_the_reader_was(run: Run, tab: Page) -> None:
    page = opened(tab, run, "risks/cost.html#what-it-costs")
    page.evaluate("scrollTo(0, 150)")
    run.write(COST, "More than nothing.", "More than anybody says.")
    expect(page.get_by_text("More than anybody says.")).to_be_visible()
    assert page.evaluate("scrollY") == 150
    assert page.url.endswith("#what-it-costs")


def test_a_problem_is_laid_over_the_page_until_it_is_mended(run: Run, tab: Page) -> None:
    """Word for word as in the terminal, with the line and the remedy; another page shows it too, and below is what was."""
    page = opened(tab, run, "risks/cost.html")
    run.write(COST, "[@treasurer-2023].\nLike", "[@treasurer-2032].\nLike")
    words = laid_over(page)
    assert words.startswith('content/risks/cost.md:4: citation "treasurer-2032" names no source.\n    4 | Evidence: A second')
    assert 'Did you mean "treasurer-2023"?' in words
    assert words in run.words()
    expect(page.locator("main").get_by_text("Treasurer")).not_to_have_count(0)
    assert laid_over(opened(tab, run, "risks.html")) == words
    page.get_by_role("button", name="Hide").click()
    expect(page.locator("div:popover-open")).to_have_count(0)
    run.write(COST, "[@treasurer-2032].\nLike", "[@treasurer-2023].\nLike")
    opened(tab, run, "risks/cost.html")
    expect(page.locator("div:popover-open")).to_have_count(0)


def test_a_save_while_the_site_is_read_is_not_missed(run: Run, tab: Page) -> None:
    """Twenty saves, some at once and some while others are read: the last is shown, and they were not read one by one."""
    page = opened(tab, run, "risks/cost.html")
    before, words = run.looks(), "More than nothing."
    for number in range(20):
        run.write(COST, words, words := f"More than {number}.")
        time.sleep(0.01 * (number % 4))
    expect(page.get_by_text("More than 19.")).to_be_visible()
    assert run.looks() - before < 15


def test_code_templates_and_settings_take_effect(run: Run, tab: Page) -> None:
    """A save of any of them begins a new process, so that nothing old is left in it."""
    page = opened(tab, run, "risks/cost.html")
    run.write("theme/templates/components/cite_this.html", "Cite this page", "How to cite")
    expect(page.get_by_text("How to cite")).to_have_count(1)
    run.write("plugins/argument/wayfinding.py", 'NAMED = "Home"', 'NAMED = "First page"')
    expect(page.locator(".breadcrumb").get_by_text("First page")).to_be_visible()
    run.write("pelicanconf.py", "Open on Sundays", "Shut on Sundays")
    expect(page.locator(".site-header__name")).to_have_text("Shut on Sundays")


def test_a_page_that_cannot_be_drawn_says_why(run: Run, tab: Page) -> None:
    """A template is read when a page needs it."""
    page = opened(tab, run, "risks/cost.html")
    run.write("theme/templates/point.html", "{% block main %}", "{% block main %}{{ item.colour }}")
    expect(page.locator("body > pre")).to_contain_text("has no attribute 'colour'")
    run.write("theme/templates/point.html", "{{ item.colour }}", "")
    expect(page.locator("main h1")).to_be_visible()


def test_whatever_ends_the_reading_the_server_goes_on(run: Run, tab: Page) -> None:
    """A fault in the code is told with its traceback; a process that is killed begins anew at the next save."""
    page = opened(tab, run, "risks/cost.html")
    run.write("plugins/argument/checking.py", "    documents = sorted(", "    raise ZeroDivisionError\n    documents = sorted(")
    assert "ZeroDivisionError" in laid_over(page)
    run.write("plugins/argument/checking.py", "    raise ZeroDivisionError\n", "    import os\n    os._exit(3)\n")
    expect(page.locator("div:popover-open pre")).to_contain_text("has ended by itself")
    run.write("plugins/argument/checking.py", "    import os\n    os._exit(3)\n", "")
    expect(page.locator("div:popover-open")).to_have_count(0)
    run.write("plugins/argument/checking.py", "from argument import addresses", "from argument import adresses")
    expect(page.locator("div:popover-open pre")).to_contain_text("has ended by itself")
    assert "ImportError" in run.words()
    run.write("plugins/argument/checking.py", "from argument import adresses", "from argument import addresses")
    expect(page.locator("div:popover-open")).to_have_count(0)


def test_a_site_that_begins_with_a_problem_shows_it(tmp_path: Path, tab: Page) -> None:
    folder = small_site(tmp_path / "site")
    (folder / COST).write_text((folder / COST).read_text("utf-8").replace("Likelihood: likely", "Likelihood: maybe"), "utf-8")
    run = Run(folder)
    try:
        tab.goto(run.address)
        assert "maybe" in laid_over(tab)
        run.write(COST, "Likelihood: maybe", "Likelihood: likely")
        expect(tab.locator("main h1")).to_be_visible()
        expect(tab.locator("div:popover-open")).to_have_count(0)
    finally:
        run.process.kill()
        run.process.wait()


def test_two_on_one_machine_have_two_ports_and_ctrl_c_ends_either(tmp_path: Path, run: Run) -> None:
    other = Run(small_site(tmp_path / "other"))
    assert re.fullmatch(r"http://127\.0\.0\.1:\d+/", run.address)
    assert run.address != other.address
    taken = Run(small_site(tmp_path / "third"), "--port", str(urlsplit(run.address).port))
    assert taken.process.wait(30) == 1
    assert "cannot be used" in taken.words()
    try:
        assert other.end() == 0
        assert "Traceback" not in other.words()
    finally:
        other.process.kill()


@pytest.mark.parametrize("pause", [0, 0.2, 0.4, 0.8])
def test_ctrl_c_while_the_site_is_read_ends_it_without_a_word(pause: float, tmp_path: Path) -> None:
    run = Run(small_site(tmp_path / "site"))
    time.sleep(pause)
    assert run.end() == 0
    assert not re.search("Traceback|has ended by itself", run.words())


def test_no_page_of_another_host_reads_it(run: Run) -> None:
    """Whoever has made a name of theirs point to this machine."""
    connection = HTTPConnection("127.0.0.1", urlsplit(run.address).port or 0)
    connection.request("GET", "/index.html", headers={"Host": "evil.example.org"})
    assert connection.getresponse().status == 403


def test_a_policy_is_widened_by_no_more_than_the_script_needs() -> None:
    strict = """<meta content="default-src 'none'; style-src 'self'; base-uri 'none'"><body></body>"""
    found = re.search(r'content="([^"]*)"', with_script(strict, "1"))
    assert found
    assert found[1].split("; ") == [
        "script-src 'self'",
        "connect-src 'self'",
        "default-src 'none'",
        "style-src 'self'",
        "base-uri 'none'",
    ]
    with_one = strict.replace("style-src 'self'", "script-src 'self'; connect-src 'self'")
    assert with_script(with_one, "1").count("script-src") == 1
