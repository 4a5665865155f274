"""A branch of a repository to publish in, as GitHub Pages and others show one, by ghp-import: one commit, pushed at once."""

import hashlib
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ghp_import import ghp_import

from argument.plans import DOMAIN, MARK, Mark, Plan, PublishingError, There

BRANCH = "gh-pages"
WORDS = "Publish the site"
NAMES = {"user.name": "GIT_COMMITTER_NAME", "user.email": "GIT_COMMITTER_EMAIL"}  # what says who publishes


@dataclass(frozen=True)
class Branch:
    """`remote` is a name that the repository of this folder knows, or the address of another one."""

    remote: str
    branch: str

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
        return found

    def digest(self, content: bytes) -> str:
        """As git knows a file."""
        return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()

    @property
    def last(self) -> str:
        """What this repository calls the branch as it was found."""
        return f"refs/publication/found/{self.branch}"

    @property
    def coming(self) -> str:
        """And as it is to be."""
        return f"refs/publication/next/{self.branch}"

    def there(self) -> There:
        if not self.git("ls-remote", "--heads", self.remote, f"refs/heads/{self.branch}").strip():
            self.git("update-ref", "-d", self.last)
            return There({})
        self.git("fetch", "--quiet", "--no-tags", self.remote, f"+refs/heads/{self.branch}:{self.last}")
        found = self.listed()
        found.pop(DOMAIN, None)
        return There(found, Mark.of(self.content(MARK)) if found.pop(MARK, None) else None)

    def publish(self, site: Path, plan: Plan) -> None:
        there = self.listed() if self.exists else {}
        stays = [*plan.kept, *plan.foreign, *([DOMAIN] if DOMAIN in there else [])]
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary, "site")
            shutil.copytree(site, folder)
            for name, content in {**{name: self.content(name) for name in stays}, MARK: plan.mark.content}.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            self.commit(folder, Path(temporary, "repository"))
        try:
            self.git("push", "--quiet", self.remote, f"{self.coming}:refs/heads/{self.branch}")
        except PublishingError as error:
            why = "The branch could not be pushed. If somebody has pushed to it meanwhile, publish again."
            raise PublishingError(f"{why}\n{error}") from None

    def commit(self, folder: Path, repository: Path) -> None:
        """Make a folder the next commit of the branch: in a repository of its own, so that no branch of this one is moved."""
        self.git("init", "--quiet", "--bare", str(repository))
        for key, variable in NAMES.items():
            if self.says("config", key):
                self.git("--git-dir", str(repository), "config", key, self.git("config", key).strip())
            elif variable not in os.environ:
                raise PublishingError(f"git does not know who publishes. Say it: git config {key} …")
        if self.exists:
            self.git("push", "--quiet", str(repository), f"{self.last}:refs/heads/{self.branch}")
        with environment(GIT_DIR=str(repository)):
            ghp_import(str(folder), branch=self.branch, mesg=WORDS)
        self.git("fetch", "--quiet", "--no-tags", str(repository), f"+refs/heads/{self.branch}:{self.coming}")

    @property
    def exists(self) -> bool:
        """Whether the branch was found, be it without a file."""
        return bool(self.git("for-each-ref", self.last))

    def listed(self) -> dict[str, str]:
        """The files of the branch as it was found, each with its digest."""
        rows = [row.partition("\t") for row in self.git("ls-tree", "-rz", self.last).split("\0") if row]
        return {name: about.split()[2] for about, _, name in rows}

    def content(self, name: str) -> bytes:
        """A file of the branch as it was found."""
        return subprocess.run(["git", "cat-file", "blob", f"{self.last}:{name}"], capture_output=True, check=True).stdout

    def says(self, *words: str) -> bool:
        """Whether git says so."""
        return subprocess.run(["git", *words], capture_output=True, check=False).returncode == 0

    def git(self, *words: str) -> str:
        """What git says. Raises PublishingError if it fails."""
        done = subprocess.run(["git", *words], capture_output=True, encoding="utf-8", check=False)
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
