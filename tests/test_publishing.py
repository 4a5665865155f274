"""A site put where readers find it, on hosts that run here: what they meet at every moment, and what is there in the end."""

import os
import re
import shutil
import subprocess
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from posixpath import dirname, join, normpath

import pytest

from argument import hosting, plans, publishing
from argument.plans import MARK, PublishingError
from argument.publishing import published
from killing import Site
from object_store import Bucket, writable
from working import files

Read = Callable[[str], bytes | None]  # a file of the site as a reader gets it
NEEDED = re.compile(rb'<(?:link rel="stylesheet"|script|img)(?: [^>]*?)? (?:href|src)="([^":]+)"')
KINDS = ["rsync", "git", "s3"]
FOLDER = "a/folder"
FEWER = ("quotations", "fragment", "sources", "*--*")  # of which there are enough without them
PAUSE = 0.2  # seconds between a page and its parts
STOPS = 5  # moments at which publishing is stopped


@dataclass(frozen=True)
class There:
    """A host that runs here: how it is named, all that is there, what a reader gets, and how to put a file there past us."""

    target: str
    all: Callable[[], Mapping[str, bytes]]
    read: Read
    put: Callable[[str, bytes], None]


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two editions of a site, built: the second has another page, and other styles."""
    folder = tmp_path_factory.mktemp("editions")
    site = Site(folder / "site")
    built = []
    for number in range(2):
        site.edit(number)
        site.build()
        built.append(folder / str(number))
        shutil.copytree(site.folder / "output", built[-1], ignore=shutil.ignore_patterns(*FEWER))
    return built


@pytest.fixture(params=KINDS)
def there(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    with {"rsync": on_server, "git": in_repository, "s3": in_store}[request.param](tmp_path, monkeypatch) as found:
        yield found


@contextmanager
def on_server(tmp_path: Path, _: pytest.MonkeyPatch) -> Iterator[There]:
    """A folder of this machine, by rsync."""
    if not shutil.which("rsync"):
        pytest.skip("rsync is not installed")
    site = tmp_path / "srv/site"

    def put(name: str, content: bytes) -> None:
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_bytes(content)

    def read(name: str) -> bytes | None:
        try:
            return (site / name).read_bytes()
        except FileNotFoundError:
            return None

    yield There(f"rsync:{site}", lambda: files(site.resolve()), read, put)


@contextmanager
def in_repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    """A branch of a bare repository, from a working one."""
    bare, work = tmp_path / "bare.git", tmp_path / "work"
    for name, value in {"NAME": "An author", "EMAIL": "author@example.org"}.items():
        monkeypatch.setenv(f"GIT_AUTHOR_{name}", value)
        monkeypatch.setenv(f"GIT_COMMITTER_{name}", value)
    git = partial(subprocess.run, check=True, capture_output=True)
    git(["git", "init", "--bare", str(bare)])
    git(["git", "init", str(work)])
    git(["git", "-C", str(work), "remote", "add", "origin", str(bare)])
    monkeypatch.chdir(work)

    def all_files() -> dict[str, bytes]:
        names = subprocess.run(
            ["git", "-C", str(bare), "ls-tree", "-rz", "--name-only", "pages"], capture_output=True, check=False
        ).stdout
        return {name: read(name) or b"" for name in names.decode().split("\0") if name}

    def read(name: str) -> bytes | None:
        done = subprocess.run(["git", "-C", str(bare), "show", f"pages:{name}"], capture_output=True, check=False)
        return None if done.returncode else done.stdout

    def put(name: str, content: bytes) -> None:
        other = tmp_path / "other"
        git(["git", "clone", "--branch", "pages", str(bare), str(other)])
        (other / name).write_bytes(content)
        git(["git", "-C", str(other), "add", "-A"])
        git(["git", "-C", str(other), "commit", "-m", "By hand"])
        git(["git", "-C", str(other), "push"])

    yield There("git:origin#pages", all_files, read, put)


@contextmanager
def in_store(_: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    """A folder of a bucket."""
    bucket = Bucket()
    with stored(bucket, monkeypatch):

        def all_files() -> dict[str, bytes]:
            home = bucket.kept[f"{FOLDER}/"][1]
            assert home == bucket.kept[f"{FOLDER}/index.html"][1]
            return {key.removeprefix(f"{FOLDER}/"): data for key, (_, data) in bucket.kept.items() if key != f"{FOLDER}/"}

        def put(name: str, content: bytes) -> None:
            bucket.kept[f"{FOLDER}/{name}"] = ("text/html", content)

        yield There(f"s3://bucket/{FOLDER}", all_files, lambda name: bucket.kept.get(f"{FOLDER}/{name}", ("", None))[1], put)


@contextmanager
def stored(bucket: Bucket, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A store that this machine's tools would use."""
    with writable("bucket", bucket) as address:
        given = {"ENDPOINT_URL": address, "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "eu-west-2"}
        for name, value in {**given, "CONFIG_FILE": os.devnull, "SHARED_CREDENTIALS_FILE": os.devnull}.items():
            monkeypatch.setenv(f"AWS_{name}", value)
        yield


def publish(there: There, site: Path, *, dry_run: bool = False, over: bool = False) -> str:
    return published(there.target, site, dry_run=dry_run, over=over)


def broken(read: Read, pages: Mapping[str, bytes]) -> list[str]:
    """What pages that a reader has got need and is not there."""
    parts = [(page, normpath(join(dirname(page), part.decode()))) for page, html in pages.items() for part in NEEDED.findall(html)]
    return [f"{page}: {part}" for page, part in parts if read(part) is None]


def themed(site: Path) -> set[str]:
    return {name for name in files(site) if name.startswith("theme/")}


def test_an_edition_takes_the_place_of_another(there: There, editions: list[Path]) -> None:
    """Pages that have gone are gone at once; what pages of the last edition need stays until the next but one."""
    first, second = (files(edition) for edition in editions)
    assert publish(there, editions[0]) == f"Published: {len(first)} files sent, 0 deleted, 0 there already."
    found = dict(there.all())
    assert found.pop(MARK)
    assert found == first
    said = publish(there, editions[1])
    left = themed(editions[0]) - themed(editions[1])
    assert left
    assert f", {len(left)} kept for the readers of the last edition," in said
    found = dict(there.all())
    assert found.pop(MARK)
    assert found == second | {name: first[name] for name in left}
    publish(there, editions[1])
    assert there.all().keys() - {MARK} == found.keys()  # the same edition once more takes nothing from those readers
    third = editions[1].with_name("third")
    shutil.copytree(editions[1], third, dirs_exist_ok=True)
    (third / "robots.txt").write_text("User-agent: *\n", "utf-8")
    publish(there, third)
    found = dict(there.all())
    assert found.pop(MARK)
    assert found == files(third)
    publish(there, editions[0])
    found = dict(there.all())
    assert found.pop(MARK)
    assert found == first | {name: second[name] for name in themed(editions[1]) - themed(editions[0])}


def test_a_dry_run_says_it_all_and_does_nothing(there: There, editions: list[Path]) -> None:
    publish(there, editions[0])
    before = there.all()
    said = publish(there, editions[1], dry_run=True)
    assert there.all() == before
    assert "Send (" in said
    assert "Keep for the readers of the last edition (" in said
    assert said.endswith(" files are there and the same.")
    done = publish(there, editions[1])
    sent = re.search(r"Send \((\d+)\)", said)
    assert sent
    assert f"Published: {sent[1]} files sent" in done
    again = publish(there, editions[1], dry_run=True)
    assert "Send (" not in again
    assert "Delete (" not in again
    assert again.endswith(f"{len(files(editions[1]))} files are there and the same.")


def test_what_somebody_else_has_put_there_stays(there: There, editions: list[Path]) -> None:
    publish(there, editions[0])
    there.put("letter.html", b"A letter")
    assert "letter.html" in publish(there, editions[1], dry_run=True)
    for edition in (1, 0):
        assert ", 1 of somebody else left," in publish(there, editions[edition])
        assert there.read("letter.html") == b"A letter"
    publish(there, editions[1], over=True)
    assert there.read("letter.html") is None


def test_what_somebody_else_has_where_a_page_is_to_stand_is_refused(there: There, editions: list[Path]) -> None:
    publish(there, editions[0])
    there.put("pages-of-the-next-edition.html", b"A letter")
    site = editions[1].with_name("more")
    shutil.copytree(editions[1], site, dirs_exist_ok=True)
    (site / "pages-of-the-next-edition.html").write_text("A page", "utf-8")
    with pytest.raises(PublishingError, match="pages-of-the-next-edition"):
        publish(there, site)
    assert there.read("pages-of-the-next-edition.html") == b"A letter"


def test_a_site_for_another_address_is_refused(there: There, editions: list[Path]) -> None:
    publish(there, editions[0])
    site = editions[1].with_name("elsewhere")
    shutil.copytree(editions[1], site, dirs_exist_ok=True)
    page = (site / "index.html").read_text("utf-8")
    canonical = '<head><link rel="canonical" href="https://example.org/x/">'
    (site / "index.html").write_text(page.replace("<head>", canonical, 1), "utf-8")
    with pytest.raises(PublishingError, match=r"made for no address of its own, and this for https://example\.org/x"):
        publish(there, site)
    publish(there, site, over=True)
    with pytest.raises(PublishingError, match=r"made for https://example\.org/x, and this for none"):
        publish(there, editions[1])


def test_a_mark_that_cannot_be_understood_is_told(there: There, editions: list[Path]) -> None:
    publish(there, editions[0])
    there.put(MARK, b"other")
    with pytest.raises(PublishingError, match=re.escape(MARK)):
        publish(there, editions[1])


@pytest.mark.parametrize("there", ["s3", "rsync"], indirect=True)
def test_a_place_that_somebody_else_has_is_refused(there: There, editions: list[Path]) -> None:
    if there.target.startswith("rsync"):  # a link of somebody's own
        site = Path(there.target.removeprefix("rsync:"))
        (site.parent / "theirs").mkdir(parents=True)
        site.symlink_to("theirs")
    there.put("letter.html", b"A letter")
    with pytest.raises(PublishingError, match=r"letter\.html"):
        publish(there, editions[0])
    assert there.read("letter.html") == b"A letter"
    publish(there, editions[0], over=True)
    assert there.read("letter.html") is None


@pytest.mark.parametrize("there", ["s3", "rsync"], indirect=True)
def test_a_reader_never_meets_a_page_without_its_parts(there: There, editions: list[Path]) -> None:
    """One on a slow line, who reads all the time, while one edition after another is published."""
    publish(there, editions[0])
    pages = [name for name in files(editions[0]) if name.endswith(".html")]
    wrong: list[str] = []
    read, over = [0], threading.Event()

    def crawl() -> None:
        while not over.is_set():
            got = {page: there.read(page) for page in pages}
            wrong.extend(page for page, html in got.items() if html is None)
            time.sleep(PAUSE)
            wrong.extend(broken(there.read, {page: html for page, html in got.items() if html}))
            read[0] += 1

    reader = threading.Thread(target=crawl)
    reader.start()
    for edition in (1, 0):
        publish(there, editions[edition])
        time.sleep(2 * PAUSE)
    over.set()
    reader.join()
    assert (wrong, read[0] > 1) == ([], True)


def test_things_come_first_then_pages_then_deletions(editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = Bucket()
    with stored(bucket, monkeypatch):
        for edition in editions:
            bucket.writes.clear()
            published(f"s3://bucket/{FOLDER}", editions[1 - editions.index(edition)], dry_run=False, over=False)
            kinds = [re.sub(r"^PUT .*\.html$|^PUT \S*/$", "page", write) for write in bucket.writes if MARK not in write]
            kinds = [re.sub(r"^PUT .*", "thing", re.sub(r"^DELETE.*", "gone", kind)) for kind in kinds]
            assert kinds == sorted(kinds, key=["thing", "page", "gone"].index)
    assert "gone" in kinds


def test_a_store_says_what_files_are_and_how_long_they_may_be_kept(editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = Bucket()
    with stored(bucket, monkeypatch):
        published("s3://bucket", editions[0], dry_run=False, over=False)
    kinds = {Path(name).suffix: kind for name, (kind, _) in bucket.kept.items()}
    assert kinds[".html"] == "text/html; charset=utf-8"
    assert {kinds[ending] for ending in (".css", ".svg", ".pdf", ".csv", ".webmanifest")} == {
        "text/css; charset=utf-8",
        "image/svg+xml",
        "application/pdf",
        "text/csv; charset=utf-8",
        "application/manifest+json",
    }
    unknown = {ending for ending, kind in kinds.items() if kind == plans.UNKNOWN}
    assert unknown <= {"", ".pf_fragment", ".pf_index", ".pf_meta", ".pagefind"}
    lasting = {name for name, how in bucket.caching.items() if how == hosting.KEPT}
    assert lasting == themed(editions[0])
    assert {how for name, how in bucket.caching.items() if name not in lasting} == {hosting.ASKED_FOR}


def test_stopped_on_the_way_it_is_whole_and_goes_on(editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Refused at one moment after another, also the first time: each page that is there has its parts, and the next run ends it."""
    bucket = Bucket()
    target = f"s3://bucket/{FOLDER}"

    def read(name: str) -> bytes | None:
        return bucket.kept.get(f"{FOLDER}/{name}", ("", None))[1]

    with stored(bucket, monkeypatch):
        stops = 0
        for number in range(STOPS):
            edition = editions[number % 2]
            bucket.writes.clear()
            writes = len(plans.planned(edition, publishing.host_of(target)).sent)
            bucket.refuses_from = 1 + number * writes // STOPS
            try:
                published(target, edition, dry_run=False, over=False)
            except PublishingError as error:
                stops += "Access Denied" in str(error)
            bucket.refuses_from = 0
            pages = {key.removeprefix(f"{FOLDER}/"): html for key, (_, html) in bucket.kept.items() if key.endswith(".html")}
            assert broken(read, pages) == []
            published(target, edition, dry_run=False, over=False)
            there = {key.removeprefix(f"{FOLDER}/"): data for key, (_, data) in bucket.kept.items()}
            assert {name: there.get(name) for name in files(edition)} == files(edition)
            assert {name for name in there if name.endswith(".html")} == {name for name in files(edition) if name.endswith(".html")}
        assert stops > STOPS / 2


def test_a_domain_of_ones_own_stays_on_its_branch(tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """GitHub keeps its name in a file there."""
    with in_repository(tmp_path, monkeypatch) as there:
        publish(there, editions[0])
        there.put("CNAME", b"case.example.org\n")
        publish(there, editions[1])
        assert there.read("CNAME") == b"case.example.org\n"


def test_a_branch_that_somebody_pushed_to_meanwhile_is_not_overwritten(
    tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    with in_repository(tmp_path, monkeypatch) as there:
        publish(there, editions[0])
        host = publishing.host_of(there.target)
        plan = plans.planned(editions[1], host)
        there.put("CNAME", b"case.example.org\n")
        with pytest.raises(PublishingError, match="could not be pushed"):
            host.publish(editions[1], plan)
        assert there.read("CNAME") == b"case.example.org\n"


def test_no_branch_of_ones_own_is_moved(tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor the one that is checked out, though it is called as the one that readers see."""
    with in_repository(tmp_path, monkeypatch) as there:

        def said(*words: str) -> str:
            return subprocess.run(["git", *words], check=True, capture_output=True, encoding="utf-8").stdout

        said("checkout", "--quiet", "-b", "pages")
        Path("work.txt").write_text("Never pushed.", "utf-8")
        said("add", "work.txt")
        said("commit", "--quiet", "-m", "Work")
        before = said("rev-parse", "HEAD"), said("status", "--porcelain"), said("branch", "--list")
        for edition in editions:
            publish(there, edition)
        assert (said("rev-parse", "HEAD"), said("status", "--porcelain"), said("branch", "--list")) == before
        assert there.read("work.txt") is None


def test_branches_are_kept_apart_whatever_they_are_called(
    tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """What is noted of each has a name of its own here."""
    with in_repository(tmp_path, monkeypatch) as there:
        for branch in ("pages", "next", "found", "pages"):
            published(f"git:origin#{branch}", editions[branch != "pages"], dry_run=False, over=False)
        found = dict(there.all())
        assert found.pop(MARK)
        assert found == files(editions[0])


def test_a_branch_without_a_file_is_published_in(tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    with in_repository(tmp_path, monkeypatch) as there:
        for words in ("checkout --quiet --orphan pages", "commit --quiet --allow-empty -m Begin", "push --quiet origin pages"):
            subprocess.run(["git", *words.split()], check=True, capture_output=True)
        publish(there, editions[0])
        found = dict(there.all())
        assert found.pop(MARK)
        assert found == files(editions[0])


def test_a_folder_that_is_no_clone_is_told(tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("GIT_CEILING_DIRECTORIES", str(tmp_path.parent))
    with pytest.raises(PublishingError, match="is no clone of a repository"):
        published("git:origin", editions[0], dry_run=True, over=False)


def test_a_folder_that_is_no_link_is_refused(tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    with on_server(tmp_path, monkeypatch) as there:
        there.put("letter.html", b"A letter")
        with pytest.raises(PublishingError, match="is no link that this has made"):
            publish(there, editions[0], over=True)
        assert there.read("letter.html") == b"A letter"


@pytest.mark.parametrize(
    ("target", "words"),
    [
        ("ftp://example.org", "is no place that is known"),
        ("s3:", "is no place that is known"),
        ("s3:///folder", "wants the name of a bucket"),
        ("rsync:srv/site", "wants the whole path"),
        ("rsync:-oProxyCommand=x:/srv/site", "wants the whole path"),
        ("git:--upload-pack=x", "wants a remote"),
        ("s3://nothing", "The store does not do it"),
        ("git:nowhere", "git ls-remote does not work"),
        ("git:origin#no such branch", "is no name that a branch can have"),
        ("netlify:site", "netlify is not installed"),
    ],
)
def test_what_is_no_place_is_told(
    target: str, words: str, tmp_path: Path, editions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    for tool in ("rsync", "ssh"):
        if target.startswith("rsync") and not shutil.which(tool):
            pytest.skip(f"{tool} is not installed")
    monkeypatch.setattr(shutil, "which", lambda tool: None if tool == "netlify" else f"/usr/bin/{tool}")
    with stored(Bucket(), monkeypatch), in_repository(tmp_path, monkeypatch), pytest.raises(PublishingError, match=words):
        published(target, editions[0], dry_run=False, over=False)


@pytest.mark.parametrize(
    ("target", "words"), [("netlify:site", "netlify is not installed"), ("rsnc:/srv/site", "is no place that is known")]
)
def test_a_place_is_looked_at_before_there_is_a_site(
    target: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(shutil, "which", lambda _: None)
    with pytest.raises(PublishingError, match=words):
        publishing.look(target, tmp_path)


def test_a_host_with_a_tool_of_its_own_is_given_the_folder(editions: list[Path]) -> None:
    said = published("cloudflare:project", editions[0], dry_run=True, over=False)
    assert said == f"Would run: wrangler pages deploy {editions[0]} --project-name project"


def test_a_folder_without_a_site_is_not_published(tmp_path: Path) -> None:
    with pytest.raises(PublishingError, match="There is no built site"):
        published("git:origin", tmp_path, dry_run=False, over=False)
