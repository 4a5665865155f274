"""A branch of a repository to publish in, as GitHub Pages and others show one, by ghp-import: one commit, pushed at once."""

import hashlib
import os
import re
import secrets
import shutil
import subprocess
import tempfile
from collections.abc import Collection, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from pathlib import Path

from ghp_import import ghp_import

from argument.plans import DOMAIN, MARK, Mark, Plan, PublishingError, There

BRANCH = "gh-pages"
WORDS = "Publish the site"
FILE = "100644"  # the mode of one that is neither a program nor a link
WHOEVER = ("AUTHOR", "COMMITTER")
IDENTITY = re.compile(r"(?P<name>.+) <(?P<email>[^>]*)> \d+ [-+]\d+")
RUN = 8  # bytes of what tells one publication from all others


@dataclass
class Branch:
    """`remote` is a name that the repository of this folder knows, or the address of another one.

    `found` is the last commit of the branch, if there is any.
    """

    remote: str
    branch: str
    found: str = ""

    @classmethod
    def at(cls, rest: str) -> "Branch":
        """The one at `remote` or `remote#branch`."""
        remote, _, branch = rest.partition("#")
        if not shutil.which("git"):
            raise PublishingError("git is not installed. On Debian or Ubuntu: apt install git")
        if remote.startswith("-") or branch.startswith("-"):
            raise PublishingError("git: wants a remote, and a branch after # if it is not gh-pages: git:origin#pages")
        found = cls(remote, branch or BRANCH)
        if branch and not found.says("check-ref-format", f"refs/heads/{branch}"):
            raise PublishingError(f"“{branch}” is no name that a branch can have.")
        if not found.says("rev-parse", "--git-dir"):
            raise PublishingError(
                "This folder is no clone of a repository. Clone it, or make it one (git init), and publish from there."
            )
        for key, who in ((key, who) for key in ("name", "email") for who in WHOEVER):
            if f"GIT_{who}_{key.upper()}" not in os.environ and not found.says("config", f"user.{key}"):
                raise PublishingError(f"git does not know who publishes. Say it: git config user.{key} …")
        return found

    def turn(self) -> AbstractContextManager[None]:
        """Nobody need wait: to a branch that somebody has pushed to meanwhile nothing is pushed."""
        return nullcontext()

    def digest(self, content: bytes) -> str:
        """As git knows a file."""
        return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()

    @property
    def seen(self) -> str:
        """What this repository calls the branch as it was last seen, so that not all of it comes again."""
        return f"refs/publication/seen/{hashlib.sha256(f'{self.remote} {self.branch}'.encode()).hexdigest()}"

    @contextmanager
    def ref(self, what: str) -> Iterator[str]:
        """A name for a commit that nobody else uses meanwhile, also in another working copy of this repository."""
        name = f"refs/publication/{what}-{secrets.token_hex(RUN)}"
        try:
            yield name
        finally:
            self.git("update-ref", "-d", name)

    def there(self) -> There:
        self.found = ""
        if not self.git("ls-remote", "--heads", self.remote, f"refs/heads/{self.branch}").strip():
            return There({})
        with self.ref("found") as name:
            self.git("fetch", "--quiet", "--no-tags", self.remote, f"+refs/heads/{self.branch}:{name}")
            self.found = self.git("rev-parse", name).strip()
            self.git("update-ref", self.seen, self.found)
        found = self.listed()
        found.pop(DOMAIN, None)
        return There(found, Mark.of(self.content(MARK)) if found.pop(MARK, None) else None)

    def publish(self, site: Path, plan: Plan) -> None:
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary, "site")
            shutil.copytree(site, folder)
            (folder / MARK).write_bytes(plan.mark.content)
            with self.ref("next") as name:
                self.commit(folder, Path(temporary, "repository"), {*plan.kept, *plan.foreign, DOMAIN}, name)
                self.push(name)

    def push(self, name: str) -> None:
        """Make what has that name here the branch."""
        try:
            self.git("push", "--quiet", self.remote, f"{name}:refs/heads/{self.branch}")
        except PublishingError as error:
            why = "The branch could not be pushed. If somebody has pushed to it meanwhile, publish again."
            raise PublishingError(f"{why}\n{error}") from None

    def commit(self, folder: Path, repository: Path, stays: Collection[str], name: str) -> None:
        """Make the next commit of the branch: a folder, and what stays of the last one, whatever that is.

        In a repository of its own, so that no branch of this one is moved; here it has that name.
        """
        self.git("init", "--quiet", "--bare", str(repository))
        (repository / "objects/info/alternates").write_text(f"{self.file('objects')}\n", "utf-8")
        if (shallow := self.file("shallow")).exists():
            shutil.copy(shallow, repository / "shallow")
        whose: dict[str, str] = {}
        for who in WHOEVER:
            if told := IDENTITY.match(self.git("var", f"GIT_{who}_IDENT")):
                whose |= {f"GIT_{who}_NAME": told["name"], f"GIT_{who}_EMAIL": told["email"]}
        for key in ("name", "email"):
            self.git("--git-dir", str(repository), "config", f"user.{key}", whose[f"GIT_COMMITTER_{key.upper()}"])
        entries = [entry for entry in self.entries() if entry.partition("\t")[2] in stays]
        with environment(GIT_DIR=str(repository), GIT_INDEX_FILE=str(repository / "next"), **whose):
            ghp_import(str(folder), branch=self.branch, mesg=WORDS)
            self.git("read-tree", self.branch)
            self.git("update-index", "-z", "--index-info", given="".join(f"{entry}\0" for entry in entries))
            tree = self.git("write-tree", "--missing-ok").strip()  # a clone may have left what it was not asked for
            parents = ["-p", self.found] if self.found else []
            commit = self.git("commit-tree", tree, *parents, "-m", WORDS).strip()
            self.git("update-ref", f"refs/heads/{self.branch}", commit)
        self.git("fetch", "--quiet", "--no-tags", "--update-shallow", str(repository), f"+refs/heads/{self.branch}:{name}")

    def entries(self) -> list[str]:
        """What is in the branch as it was found: of each its mode, its kind, its digest, and after a tab its name."""
        return [entry for entry in self.git("ls-tree", "-rz", self.found).split("\0") if entry] if self.found else []

    def listed(self) -> dict[str, str]:
        """The same by its name: the digest of a file, and of anything else its mode with that."""
        rows = [entry.partition("\t") for entry in self.entries()]
        told = {name: about.split() for about, _, name in rows}
        return {name: digest if mode == FILE else f"{mode} {digest}" for name, (mode, _, digest) in told.items()}

    def content(self, name: str) -> bytes:
        """A file of the branch as it was found."""
        return self.git("cat-file", "blob", f"{self.found}:{name}").encode("utf-8", "surrogateescape")

    def file(self, name: str) -> Path:
        """A file of this repository."""
        return Path(self.git("rev-parse", "--git-path", name).rstrip("\n")).resolve()

    def says(self, *words: str) -> bool:
        """Whether git says so."""
        return subprocess.run(["git", *words], capture_output=True, check=False).returncode == 0

    def git(self, *words: str, given: str | None = None) -> str:
        """What git says. Raises PublishingError if it fails."""
        done = subprocess.run(
            ["git", *words], input=given, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False
        )
        if done.returncode:
            raise PublishingError(f"git {words[0]} does not work: {done.stderr.strip()}")
        return done.stdout


@contextmanager
def environment(**given: str) -> Iterator[None]:
    """Variables of the environment, for a while."""
    before = {name: os.environ.get(name) for name in given}
    os.environ.update(given)
    try:
        yield
    finally:
        for name, value in before.items():
            os.environ.pop(name)
            os.environ.update({name: value} if value is not None else {})
