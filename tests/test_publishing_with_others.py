"""Who else is at a place where a site is published: others who publish, what they have put there, and how it was left."""

import os
import shutil
import signal
import stat
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from argument import plans, publishing, servers
from argument.branches import Branch
from argument.plans import MARK, PublishingError
from argument.publishing import published
from argument.stores import Store
from building import ROOT, environment
from object_store import Bucket
from test_publishing import FOLDER, There, in_repository, on_server, publish, stored
from working import files

ROUNDS = 2
PATIENCE = 20  # seconds


@pytest.fixture(scope="module")
def editions(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """Two small sites: the second has a page more and one less, and says something else on another."""
    made = []
    for number in range(2):
        folder = tmp_path_factory.mktemp("edition")
        for name in ("index.html", f"only-{number}.html", "about/cost.html", f"gone-{number}/deep/x.html", "theme/a.css"):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(f"{name} of {number if name.startswith('about') else 'both'}", "utf-8")
        (folder / "_headers").write_text("/theme/a.css\n  Cache-Control: public, max-age=31536000, immutable\n", "utf-8")
        made.append(folder)
    return made


@pytest.fixture
def server(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    with on_server(tmp_path, monkeypatch) as there:
        yield there


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[There]:
    with in_repository(tmp_path, monkeypatch) as there:
        yield there


def folder(there: There) -> Path:
    return Path(there.target.removeprefix("rsync:"))


def ours(there: There) -> dict[str, bytes]:
    return {name: content for name, content in there.all().items() if name != MARK}


def at_once(*works: Callable[[], object]) -> list[BaseException]:
    """What went wrong of some things done at the same time."""
    wrong: list[BaseException] = []

    def done(work: Callable[[], object]) -> None:
        try:
            work()
        except BaseException as error:
            wrong.append(error)

    threads = [threading.Thread(target=done, args=(work,)) for work in works]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return wrong


def test_two_who_publish_at_once_take_turns(server: There, editions: list[Path]) -> None:
    """On a server; what readers have is one edition or the other, whole."""
    for _ in range(ROUNDS):
        assert at_once(*(lambda edition=edition: publish(server, edition) for edition in editions)) == []
        assert ours(server) in [files(edition) for edition in editions]
    (editions_there,) = folder(server).parent.glob(".*.editions")
    assert [path.name for path in editions_there.iterdir() if path.name.endswith(servers.PART)] == []
    assert not list(folder(server).parent.glob(".*.lock"))


def test_a_lock_that_a_machine_left_behind_is_taken_away(server: There, editions: list[Path]) -> None:
    ended = subprocess.Popen([sys.executable, "-c", ""])
    ended.wait()
    lock = folder(server).parent / ".site.lock"
    lock.mkdir(parents=True)
    (lock / "process").write_text(f"{ended.pid}\n", "utf-8")
    publish(server, editions[0])
    assert ours(server) == files(editions[0])


def test_a_number_that_is_somebody_elses_now_holds_no_lock(server: There, editions: list[Path]) -> None:
    """After the machine has begun anew, say."""
    lock = folder(server).parent / ".site.lock"
    lock.mkdir(parents=True)
    (lock / "process").write_text("1\n", "utf-8")
    publish(server, editions[0])
    assert ours(server) == files(editions[0])


def tool(folder: Path, name: str, script: str) -> Path:
    """A folder for PATH, in which a tool does something else first."""
    folder.mkdir(exist_ok=True)
    (folder / name).write_text(f'#!/bin/sh\n{script}\nexec {shutil.which(name)} "$@"\n', "utf-8")
    (folder / name).chmod(0o755)
    return folder


@pytest.mark.skipif(os.name == "nt", reason="it is ended otherwise there")
def test_the_last_step_once_begun_ends_before_anybody_else_has_a_turn(server: There, editions: list[Path], tmp_path: Path) -> None:
    """Whoever asked for it may be killed."""
    publish(server, editions[0])
    slow = tool(tmp_path / "bin", "sha256sum", f'[ "$1" != -c ] || {{ echo >{tmp_path}/begun; sleep 2; }}')
    command = [sys.executable, "-m", "argument.publishing", server.target, "--site", str(editions[1])]
    where = environment(PATH=f"{slow}:{os.environ['PATH']}", PYTHONPATH=str(ROOT / "plugins"))
    with subprocess.Popen(command, env=where) as process:
        until = time.monotonic() + PATIENCE
        while not (tmp_path / "begun").exists():
            assert time.monotonic() < until
            time.sleep(0.05)
        process.kill()
    assert publish(server, editions[0]).startswith("Published: 3 files sent")  # after the other one
    assert {name: server.read(name) for name in files(editions[0])} == files(editions[0])


def test_where_what_others_have_cannot_be_carried_over_nothing_is_shown(
    server: There, editions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(server, editions[0])
    (folder(server) / "letter.html").write_text("A letter", "utf-8")
    fails = tool(tmp_path / "bin", "rsync", '[ "$1" != -a ] || { echo "No room" >&2; exit 11; }')
    with monkeypatch.context() as failing:
        failing.setenv("PATH", f"{fails}:{os.environ['PATH']}")
        with pytest.raises(PublishingError, match="No room"):
            publish(server, editions[1])
    assert server.read("only-0.html") is not None
    publish(server, editions[1])
    assert server.read("letter.html") == b"A letter"


def test_a_place_that_is_not_held_any_more_is_not_changed(server: There, editions: list[Path]) -> None:
    publish(server, editions[0])
    host = publishing.host_of(server.target)
    assert isinstance(host, servers.Server)

    def lose_it_and_publish() -> None:
        with host.turn():
            assert host.held
            host.held.kill()
            host.held.wait()
            host.publish(editions[1], plans.planned(editions[1], host))

    with pytest.raises(PublishingError, match=r"has ended\. Publish again"):
        lose_it_and_publish()
    assert ours(server) == files(editions[0])


def test_what_a_server_says_besides_is_no_answer(server: There, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """Where whoever logs in is greeted, say."""
    for script in ("TURN", "LOOK", "BEGIN"):
        monkeypatch.setattr(servers, script, f"echo Welcome; echo\n{getattr(servers, script)}")
    for edition in editions:
        publish(server, edition)
    assert {name: server.read(name) for name in files(editions[1])} == files(editions[1])
    assert not list(folder(server).parent.glob(".site.editions/*.part"))


def test_whoever_waits_says_so(server: There, editions: list[Path], capfd: pytest.CaptureFixture[str]) -> None:
    host = publishing.host_of(server.target)
    waiting = threading.Thread(target=publish, args=(server, editions[0]))
    with host.turn():
        waiting.start()
        until = time.monotonic() + PATIENCE
        while "this waits until that is done" not in capfd.readouterr().err:
            assert time.monotonic() < until
            time.sleep(0.05)
        assert not folder(server).exists()
    waiting.join()
    assert ours(server) == files(editions[0])


def test_an_edition_that_does_not_arrive_whole_is_not_shown(
    server: There, editions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Whatever has happened to it on the way."""
    publish(server, editions[0])
    monkeypatch.setattr(servers, "TURN", servers.TURN.replace('cd "$editions"\n', 'cd "$editions"\nrm "$part/index.html"\n', 1))
    with pytest.raises(PublishingError, match="What has arrived is not what was sent"):
        publish(server, editions[1])
    assert ours(server) == files(editions[0])


def test_what_was_damaged_is_put_right(server: There, editions: list[Path]) -> None:
    for edition in editions:
        publish(server, edition)
    with (folder(server) / "index.html").open("a", encoding="utf-8") as page:
        page.write("evil")
    (folder(server) / "about/cost.html").unlink()
    assert publish(server, editions[1]).startswith("Published: 2 files sent")
    assert {name: server.read(name) for name in files(editions[1])} == files(editions[1])


def test_what_was_stopped_is_taken_up(server: There, editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    """What has arrived of it need not be sent again."""
    with monkeypatch.context() as stopped:
        stopped.setattr(servers, "TURN", servers.TURN.replace('cd "$editions"\n', "exit 1\n", 1))
        with pytest.raises(PublishingError):
            publish(server, editions[0])
    (part,) = folder(server).parent.glob(".site.editions/*.part")
    known = (part / "index.html").stat().st_ino
    publish(server, editions[0])
    assert (folder(server) / "index.html").stat().st_ino == known
    assert not part.exists()


def test_all_that_somebody_else_has_put_there_stays_as_it_is(server: There, editions: list[Path]) -> None:
    """Links, empty folders, programs, folders that others may write to; but no folder of ours in which nothing is left."""
    publish(server, editions[0])
    site = folder(server)
    (site / "to-a-file.html").symlink_to("index.html")
    (site / "to-nothing").symlink_to("/nowhere/at/all")
    (site / "empty/within").mkdir(parents=True)
    (site / "uploads").mkdir()
    (site / "uploads").chmod(0o2775)
    (site / "uploads/run.sh").write_text("#!/bin/sh\n", "utf-8")
    (site / "uploads/run.sh").chmod(0o755)
    (site.parent / "site.new").write_text("Theirs", "utf-8")
    for name in (
        "signs [a] * ?",
        "----",
        "a----",
        "two\nlines",
        "-rf",
        'it\'s "so"',
        "back\\slash",
        b"\xff".decode("utf-8", "surrogateescape"),
    ):
        (site / name).write_text("x", "utf-8")
    said = publish(server, editions[1], dry_run=True)
    assert all(name in said for name in ("to-a-file.html", "to-nothing", "uploads/run.sh", "signs [a] * ?"))
    for edition in (1, 0, 1):
        publish(server, editions[edition])
        links = [(site / name).readlink().as_posix() for name in ("to-a-file.html", "to-nothing")]
        assert links == ["index.html", "/nowhere/at/all"]
        assert (site / "empty/within").is_dir()
        assert (site.parent / "site.new").read_text("utf-8") == "Theirs"
        assert stat.S_IMODE((site / "uploads").stat().st_mode) == 0o2775
        assert stat.S_IMODE((site / "uploads/run.sh").stat().st_mode) == 0o755
        assert (site / "signs [a] * ?").is_file()
        assert len([path for path in site.iterdir() if path.is_file() and path.read_bytes() == b"x"]) == 8
        assert not (site / f"gone-{1 - edition}").exists()
    publish(server, editions[0], over=True)
    assert not [name for name in ("to-a-file.html", "to-nothing", "uploads/run.sh") if os.path.lexists(site / name)]
    assert ours(server) == files(editions[0])
    assert not (site / "empty").exists()


def test_where_somebody_has_a_link_in_the_place_of_a_folder_that_is_told(server: There, editions: list[Path]) -> None:
    publish(server, editions[0])
    (folder(server) / "gone-1").symlink_to("about")
    with pytest.raises(PublishingError, match=r"(?m)^    gone-1$"):
        publish(server, editions[1])


def test_a_site_within_another_stays(server: There, editions: list[Path]) -> None:
    publish(server, editions[0])
    within = There(f"{server.target}/within", server.all, server.read, server.put)
    publish(within, editions[1])
    for edition in (1, 0):
        publish(server, editions[edition])
        assert server.read("within/only-1.html") == (editions[1] / "only-1.html").read_bytes()
    publish(within, editions[0])
    assert server.read("within/only-0.html") == (editions[0] / "only-0.html").read_bytes()


def test_everybody_may_read_it_whatever_files_are_born_with(server: There, editions: list[Path]) -> None:
    before = os.umask(0o077)
    try:
        publish(server, editions[0])
    finally:
        os.umask(before)
    edition = folder(server).resolve()
    for path in (edition.parent, edition, edition / "about"):
        assert stat.S_IMODE(path.stat().st_mode) == 0o755, path
    assert {stat.S_IMODE((edition / name).stat().st_mode) for name in (*files(editions[0]), MARK)} == {0o644}


def test_a_link_that_leads_nowhere_is_refused(server: There, editions: list[Path]) -> None:
    """A disk that is not mounted, say; but not one to an edition of ours that somebody has deleted."""
    site = folder(server)
    site.parent.mkdir()
    site.symlink_to("/nowhere/at/all")
    with pytest.raises(PublishingError, match="leads nowhere"):
        publish(server, editions[0], over=True)
    site.unlink()
    publish(server, editions[0])
    shutil.rmtree(site.resolve())
    publish(server, editions[0])
    assert ours(server) == files(editions[0])


@pytest.mark.skipif(os.name == "nt", reason="it is ended otherwise there")
def test_nothing_goes_on_without_it(server: There, editions: list[Path], tmp_path: Path) -> None:
    """Whoever ends it ends what it has begun."""
    tool = tmp_path / "bin/rsync"
    tool.parent.mkdir()
    tool.write_text(f"#!/bin/sh\necho $$ >{tmp_path}/begun\nexec sleep 60\n", "utf-8")
    tool.chmod(0o755)
    command = [sys.executable, "-m", "argument.publishing", server.target, "--site", str(editions[0])]
    where = environment(PATH=f"{tool.parent}:{os.environ['PATH']}", PYTHONPATH=str(ROOT / "plugins"))
    with subprocess.Popen(command, env=where, stderr=subprocess.PIPE, encoding="utf-8") as process:
        until = time.monotonic() + PATIENCE
        while not (tmp_path / "begun").exists() or not (tmp_path / "begun").read_text("utf-8").strip():
            assert time.monotonic() < until
            time.sleep(0.05)
        process.send_signal(signal.SIGTERM)
        assert "the same command goes on from there" in process.communicate()[1]
    told = ["ps", "-o", "stat=", "-p", (tmp_path / "begun").read_text("utf-8").strip()]
    assert subprocess.run(told, capture_output=True, encoding="utf-8", check=False).stdout.strip()[:1] in ("", "Z")
    publish(server, editions[0])
    assert ours(server) == files(editions[0])


def test_a_site_that_another_build_has_put_there_meanwhile_is_not_published(server: There, editions: list[Path]) -> None:
    with pytest.raises(PublishingError, match="which another build has put there meanwhile"):
        published(server.target, editions[0], at="https://example.org/case", dry_run=False, over=False)
    assert not folder(server).exists()


def test_pages_that_lead_to_a_new_one_come_after_it(editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = Bucket()
    with stored(bucket, monkeypatch):
        for edition in editions:
            bucket.writes.clear()
            published(f"s3://bucket/{FOLDER}", edition, dry_run=False, over=False)
    puts = [write.rpartition("/")[2] for write in bucket.writes if write.startswith("PUT") and MARK not in write]
    assert set(puts) == {"only-1.html", "x.html", "cost.html", ""}
    assert puts.index("cost.html") > max(puts.index("only-1.html"), puts.index("x.html"))


def test_who_was_not_alone_in_a_store_is_told_and_the_next_puts_it_right(
    editions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, target = Bucket(), f"s3://bucket/{FOLDER}"
    delete = Store.delete

    def meanwhile(store: Store, names: tuple[str, ...]) -> None:
        monkeypatch.setattr(Store, "delete", delete)
        published(target, editions[1], dry_run=False, over=True)
        delete(store, names)

    with stored(bucket, monkeypatch):
        monkeypatch.setattr(Store, "delete", meanwhile)
        with pytest.raises(PublishingError, match="Somebody else has published there at the same time"):
            published(target, editions[0], dry_run=False, over=False)
        published(target, editions[0], dry_run=False, over=False)
        there = {key.removeprefix(f"{FOLDER}/"): data for key, (_, data) in bucket.kept.items()}
        assert {name for name in there if name not in ("", MARK)} == files(editions[0]).keys()
        del bucket.kept[f"{FOLDER}/"]
        published(target, editions[0], dry_run=False, over=False)
        assert bucket.kept[f"{FOLDER}/"][1] == (editions[0] / "index.html").read_bytes()


def test_a_first_page_of_somebody_else_in_a_store_is_not_replaced(editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    bucket = Bucket()
    bucket.kept[f"{FOLDER}/index.html"] = ("text/html", b"Theirs")
    with stored(bucket, monkeypatch), pytest.raises(PublishingError, match=r"index\.html"):
        published(f"s3://bucket/{FOLDER}", editions[0], dry_run=False, over=False)
    assert bucket.kept[f"{FOLDER}/index.html"][1] == b"Theirs"


def test_what_was_published_in_a_store_since_it_was_looked_there_stays(
    editions: list[Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    bucket, target = Bucket(), f"s3://bucket/{FOLDER}"
    with stored(bucket, monkeypatch):
        published(target, editions[0], dry_run=False, over=False)
        host = publishing.host_of(target)
        plan = plans.planned(editions[0], host, over=True)
        published(target, editions[1], dry_run=False, over=False)
        before = dict(bucket.kept)
        with pytest.raises(PublishingError, match="Somebody else has published there"):
            host.publish(editions[0], plan)
        assert bucket.kept == before


def test_an_address_of_a_store_that_is_none_is_told(editions: list[Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_ENDPOINT_URL", "nonsense")
    with pytest.raises(PublishingError, match="The store does not do it"):
        published("s3://bucket", editions[0], dry_run=False, over=False)


def git(*words: str | bytes, given: bytes = b"") -> bytes:
    return subprocess.run(["git", *words], input=given, check=True, capture_output=True).stdout


def test_whatever_somebody_else_has_in_a_branch_stays_what_it_is(repository: There, editions: list[Path], tmp_path: Path) -> None:
    """Links, programs, submodules, and names that no other host would have."""
    publish(repository, editions[0])
    bare = ("--git-dir", str(tmp_path / "bare.git"))
    blob = git(*bare, "hash-object", "-w", "--stdin", given=b"index.html").strip()
    index = ("-c", "core.quotePath=off", *bare)
    rows = {b"alink": b"120000", b"run.sh": b"100755", b"two\nlines": b"100644", b"back\\slash": b"100644", b"\xff": b"100644"}
    commit = git(*bare, "rev-parse", "pages").strip()
    os.environ["GIT_INDEX_FILE"] = str(tmp_path / "index")
    try:
        git(*index, "read-tree", "pages")
        given = b"".join(b"%s %s\t%s\0" % (mode, blob, name) for name, mode in rows.items()) + b"160000 %s\tmodule\0" % commit
        git(*index, "update-index", "-z", "--index-info", given=given)
        tree = git(*bare, "write-tree").strip().decode()
    finally:
        del os.environ["GIT_INDEX_FILE"]
    next_one = git(*bare, "commit-tree", tree, "-p", "pages", "-m", "By hand").strip().decode()
    git(*bare, "update-ref", "refs/heads/pages", next_one)

    def foreign() -> list[bytes]:
        found = git(*bare, "ls-tree", "-rz", "pages").split(b"\0")
        return [one for one in found if one.partition(b"\t")[2] in (*rows, b"module")]

    before = foreign()
    assert len(before) == len(rows) + 1
    assert "Leave what somebody else has put there (6)" in publish(repository, editions[1], dry_run=True)
    for edition in (1, 0):
        assert ", 6 of somebody else left," in publish(repository, editions[edition])
        assert foreign() == before
    publish(repository, editions[1], over=True)
    assert foreign() == []
    assert ours(repository) == files(editions[1])


def test_a_branch_below_the_name_of_another_is_published_in(repository: There, editions: list[Path], tmp_path: Path) -> None:
    publish(repository, editions[0])
    git("--git-dir", str(tmp_path / "bare.git"), "update-ref", "-d", "refs/heads/pages")
    published("git:origin#pages/site", editions[1], dry_run=False, over=False)
    assert (
        git("--git-dir", str(tmp_path / "bare.git"), "show", "pages/site:index.html") == (editions[1] / "index.html").read_bytes()
    )


def test_it_is_published_from_a_clone_without_a_past(
    repository: There, editions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for edition in editions:
        publish(repository, edition)
    git("clone", "--quiet", "--depth", "1", "--branch", "pages", f"file://{tmp_path}/bare.git", str(tmp_path / "shallow"))
    monkeypatch.chdir(tmp_path / "shallow")
    publish(repository, editions[0])
    assert ours(repository) == files(editions[0])
    assert len(git("--git-dir", str(tmp_path / "bare.git"), "rev-list", "pages").split()) == 3


def test_what_is_noted_of_one_publication_is_nobody_elses(
    repository: There, editions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two from one repository at the same time: each pushes its own, and to its own place."""
    git("init", "--quiet", "--bare", str(tmp_path / "mirror.git"))
    publish(repository, editions[0])
    push = Branch.push

    def after_another(branch: Branch, name: str) -> None:
        monkeypatch.setattr(Branch, "push", push)
        publish(repository, editions[1])
        push(branch, name)

    monkeypatch.setattr(Branch, "push", after_another)
    published(f"git:{tmp_path}/mirror.git#pages", editions[0], dry_run=False, over=False)
    for bare, commits, edition in (("mirror.git", 1, 0), ("bare.git", 2, 1)):
        where = ("--git-dir", str(tmp_path / bare))
        assert len(git(*where, "rev-list", "pages").split()) == commits
        assert git(*where, "show", "pages:about/cost.html") == (editions[edition] / "about/cost.html").read_bytes()
    assert not git("for-each-ref", "refs/publication/next-*", "refs/publication/found-*")


def test_it_is_published_from_a_clone_that_has_not_all(
    repository: There, editions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    publish(repository, editions[0])
    repository.put("letter.html", b"A letter")
    git("--git-dir", str(tmp_path / "bare.git"), "config", "uploadpack.allowFilter", "true")
    part = ["--filter=blob:none", "--no-checkout", f"file://{tmp_path}/bare.git", str(tmp_path / "part")]
    git("clone", "--quiet", *part)
    monkeypatch.chdir(tmp_path / "part")
    publish(repository, editions[1])
    assert repository.read("letter.html") == b"A letter"
    assert {name: repository.read(name) for name in files(editions[1])} == files(editions[1])


def test_git_is_told_who_publishes_before_anybody_waits(
    repository: There, editions: list[Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("GIT_CONFIG_NOSYSTEM", "1")
    for variable in ("GIT_COMMITTER_NAME", "GIT_AUTHOR_NAME"):
        monkeypatch.delenv(variable)
    with pytest.raises(PublishingError, match=r"git config user\.name"):
        publishing.look(repository.target, editions[0])


def test_a_plan_says_names_that_no_terminal_has() -> None:
    assert [*plans.listed("Leave", ["a\udcffb"])] == ["Leave (1):", "    a\\udcffb"]
