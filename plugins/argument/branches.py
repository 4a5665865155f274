"""A branch of a repository to publish in, as GitHub Pages and others show one, by ghp-import: one commit, pushed at once."""

import hashlib
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from ghp_import import GhpError, ghp_import

from argument.plans import MARK, Plan, PublishingError, There, mark, marked

BRANCH = "gh-pages"
DOMAIN = "CNAME"  # by which GitHub knows a domain of one's own: set on its pages, and not ours to delete
WORDS = "Publish the site"


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
        return cls(remote, branch or BRANCH)

    def digest(self, content: bytes) -> str:
        """As git knows a file."""
        return hashlib.sha1(b"blob %d\0%b" % (len(content), content), usedforsecurity=False).hexdigest()

    @property
    def last(self) -> str:
        """What this repository calls the branch as it was found."""
        return f"refs/publication/{self.branch}"

    def there(self) -> There:
        if not self.git("ls-remote", "--heads", self.remote, f"refs/heads/{self.branch}").strip():
            self.git("update-ref", "-d", self.last)
            return There({}, frozenset(), ours=True)
        self.git("fetch", "--quiet", "--no-tags", self.remote, f"+refs/heads/{self.branch}:{self.last}")
        found = self.listed()
        ours = found.pop(MARK, None) is not None
        found.pop(DOMAIN, None)
        return There(found, marked(self.content(MARK)) if ours else frozenset(), ours)

    def publish(self, site: Path, plan: Plan) -> None:
        there = self.listed() if self.git("for-each-ref", self.last) else {}
        stays = [*plan.kept, *([DOMAIN] if DOMAIN in there else [])]
        with tempfile.TemporaryDirectory() as temporary:
            folder = Path(temporary, "site")
            shutil.copytree(site, folder)
            for name, content in {**{name: self.content(name) for name in stays}, MARK: mark(plan.kept)}.items():
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                (folder / name).write_bytes(content)
            # ghp-import makes its commit the next of the branch of that name here.
            self.git("update-ref", *([f"refs/heads/{self.branch}", self.last] if there else ["-d", f"refs/heads/{self.branch}"]))
            try:
                ghp_import(str(folder), remote=self.remote, branch=self.branch, mesg=WORDS, push=True)
            except (GhpError, subprocess.CalledProcessError) as error:
                raise PublishingError(f"The branch could not be pushed: {getattr(error, 'message', error)}") from error

    def listed(self) -> dict[str, str]:
        """The files of the branch as it was found, each with its digest."""
        rows = [row.partition("\t") for row in self.git("ls-tree", "-rz", self.last).split("\0") if row]
        return {name: about.split()[2] for about, _, name in rows}

    def content(self, name: str) -> bytes:
        """A file of the branch as it was found."""
        return subprocess.run(["git", "cat-file", "blob", f"{self.last}:{name}"], capture_output=True, check=True).stdout

    def git(self, *words: str) -> str:
        """What git says. Raises PublishingError if it fails."""
        done = subprocess.run(["git", *words], capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise PublishingError(f"git {words[0]} does not work: {done.stderr.strip()}")
        return done.stdout
