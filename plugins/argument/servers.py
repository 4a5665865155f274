"""A folder on a server to publish in, over rsync and ssh, or on this machine.

Each edition has a folder of its own beside the published one, which is a link: it leads to the old edition until the new one is
whole, and then, by one rename, to that. Files that are the same are there once, for both.
"""

import hashlib
import shlex
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path
from posixpath import basename, dirname

from argument.plans import MARK, Mark, Plan, PublishingError, There, files

PART = ".part"  # of the name of an edition that is not whole
NAMED = 16  # figures of the digest that names an edition
GET_IT = "On Debian or Ubuntu: apt install rsync openssh-client"
# What is run on the server, by any POSIX shell; each is given its folders as words.
LOOK = """set -e
[ ! -e "$1" ] || [ -L "$1" ] || {
    echo "$1 is there, and is no link that this has made. Name another place, or take it away." >&2
    exit 3
}
[ -d "$1/" ] || exit 0
cd "$1/"
find . -type f ! -name '.publication.json' -exec sha256sum {} +
echo ----
[ ! -e .publication.json ] || cat .publication.json
"""
BEGIN = 'set -e; mkdir -p "$1" "$2"'
FINISH = """set -e
site=$1 editions=$2 new=$3
cd "$editions"
old=$(readlink "$site" || true)
old=${old##*/}
if [ "$old" = "$new" ]; then
    rm -rf "$new.part"
    exit 0
fi
while IFS= read -r name; do
    [ -e "$new.part/$name" ] || { mkdir -p "$new.part/$(dirname "$name")"; ln "$site/$name" "$new.part/$name"; }
done
rm -rf "$new"
mv "$new.part" "$new"
ln -sfn "$(basename "$editions")/$new" "$site.new"
mv -fT "$site.new" "$site" 2>/dev/null || mv -fh "$site.new" "$site"
for edition in *; do
    [ "$edition" = "$new" ] || [ "$edition" = "$old" ] || rm -rf "$edition"
done
"""


@dataclass(frozen=True)
class Server:
    """`site` is the whole path of the published folder; `host` is empty for this machine."""

    host: str
    site: str

    @classmethod
    def at(cls, rest: str) -> "Server":
        """The one at `user@host:/path` or `/path`."""
        host, colon, path = rest.rpartition(":")
        if not path.startswith("/") or not basename(path.rstrip("/")) or (colon and not host) or host.startswith("-"):
            raise PublishingError("rsync: wants the whole path of a folder: rsync:user@host:/srv/site, or rsync:/srv/site")
        for tool in ("rsync", *(["ssh"] if host else [])):
            if not shutil.which(tool):
                raise PublishingError(f"{tool} is not installed. {GET_IT}")
        return cls(host, path.rstrip("/"))

    @property
    def editions(self) -> str:
        """`/srv/site` → `/srv/.site.editions`."""
        return f"{dirname(self.site)}/.{basename(self.site)}.editions"

    def digest(self, content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    def there(self) -> There:
        found, _, told = self.run(LOOK, self.site).partition("----\n")
        rows = [line.partition("  ./") for line in found.splitlines()]
        return There({name: digest for digest, _, name in rows}, Mark.of(told.encode()) if told else None)

    def publish(self, site: Path, plan: Plan) -> None:
        whole = hashlib.sha256()
        for name in files(site):
            whole.update(f"{name} {self.digest((site / name).read_bytes())}\n".encode())
        whole.update("\n".join([plan.mark.content.decode(), *plan.foreign]).encode())
        new = whole.hexdigest()[:NAMED]
        part = f"{self.editions}/{new}{PART}"
        self.run(BEGIN, self.editions, part)
        with tempfile.TemporaryDirectory() as beside:
            (Path(beside) / MARK).write_bytes(plan.mark.content)
            self.send(f"{site}/", part, "--delete", f"--exclude=/{MARK}")
            self.send(f"{beside}/", part)
        self.run(FINISH, self.site, self.editions, new, given="".join(f"{name}\n" for name in (*plan.kept, *plan.foreign)))

    def send(self, folder: str, to: str, *options: str) -> None:
        """Send a folder; what the server has in the published edition is taken from there."""
        where = f"{self.host}:{to}/" if self.host else f"{to}/"
        how = ["-rc", "--chmod=D755,F644", f"--link-dest={self.site}/", *options]
        done = subprocess.run(["rsync", *how, folder, where], capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            raise PublishingError(f"rsync could not send the site: {done.stderr.strip()}")

    def run(self, script: str, *words: str, given: str = "") -> str:
        """Run a script there and say what it printed."""
        command = ["sh", "-c", script, "sh", *words]
        over = ["ssh", "-o", "BatchMode=yes", "--", self.host, shlex.join(command)] if self.host else command
        done = subprocess.run(over, input=given, capture_output=True, encoding="utf-8", check=False)
        if done.returncode:
            where = f" on {self.host}" if self.host else ""
            raise PublishingError(f"This failed{where}: {done.stderr.strip() or f'exit status {done.returncode}'}")
        return done.stdout
