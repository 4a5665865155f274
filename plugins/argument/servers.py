"""A folder on a server to publish in, over rsync and ssh, or on this machine.

Each edition has a folder of its own beside the published one, which is a link: it leads to the old edition until the new one is
whole, and then, by one rename, to that. Files that are the same are there once, for both. What somebody else has put there is
carried over on the server, as it is. One publishes at a time.
"""

import hashlib
import re
import secrets
import shlex
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from posixpath import basename, dirname

from argument.plans import MARK, Mark, Plan, PublishingError, There, folders_of

PART = ".part"  # of the name of an edition that is not whole
SUMS, GONE, FOLDERS = (f".publication.{name}" for name in ("sums", "gone", "folders"))  # lists that are sent with it
END = "----"  # of what is there, before what is said of it
MOST = 20  # other folders that rsync looks into
WILD = re.compile(r"[*?\[\\]")  # what rsync's patterns mean more by
GET_IT = "On Debian or Ubuntu: apt install rsync openssh-client"
# What is run on the server, by any POSIX shell; each is given its folders as words.
LOOK = """set -e
for tool in rsync sha256sum; do
    command -v "$tool" >/dev/null || { echo "$tool is not installed there." >&2; exit 3; }
done
name=${1##*/}
if [ -L "$1" ] && [ ! -e "$1" ]; then
    case "$(readlink "$1")" in ".$name.editions/"*) exit 0 ;; esac
    echo "$1 is a link that leads nowhere, and that this has not made. Mend it, take it away, or name another place." >&2
    exit 3
fi
[ ! -e "$1" ] || [ -L "$1" ] || {
    echo "$1 is there, and is no link that this has made. Name another place, or take it away." >&2
    exit 3
}
[ -d "$1/" ] || exit 0
cd "$1/"
# What cannot be read is carried over all the same.
find . -type f ! -path ./.publication.json -exec sha256sum {} + 2>/dev/null || true
find . -type l -exec printf 'link  %s\\n' {} \\;
find . ! -type f ! -type l ! -type d -exec printf 'special  %s\\n' {} \\;
echo ----
[ ! -e .publication.json ] || cat .publication.json
"""
# Held as long as the other end of what it reads is open, and until the last step, which it takes itself, has come to an end,
# whatever becomes of whom it is for. What a machine that stopped has left behind is taken away.
TURN = """umask 022
lock=$1 site=$2 editions=$3
mkdir -p "${lock%/*}" || exit 1
at_work() {
    { tr '\\0' ' ' <"/proc/$1/cmdline" || ps -p "$1" -o args=; } 2>/dev/null | grep -qF -- "$lock"
}
finish() (
    set -e
    new=$1 over=$2
    part=$editions/$new.part
    cd "$editions"
    (cd "$part" && sha256sum -c .publication.sums >/dev/null 2>&1) || {
        echo "What has arrived is not what was sent. Publish again." >&2
        exit 1
    }
    old=
    if [ -d "$site/" ]; then
        old=$(readlink "$site")
        rsync -a -0 $over --ignore-existing --link-dest="$site/" --exclude-from="$part/.publication.gone" "$site/" "$part/"
        while IFS= read -r folder; do rmdir "$part/$folder" 2>/dev/null || true; done <"$part/.publication.folders"
    fi
    rm -f "$part/.publication.sums" "$part/.publication.gone" "$part/.publication.folders"
    mv "$part" "$new"
    rm -rf .next.*
    ln -s "$(basename "$editions")/$new" ".next.$new"
    mv -fT ".next.$new" "$site" 2>/dev/null || mv -fh ".next.$new" "$site" 2>/dev/null || {
        echo "The link $site could not be moved." >&2
        exit 1
    }
    for edition in *; do
        [ "$edition" = "$new" ] || [ "$edition" = "${old##*/}" ] || rm -rf "$edition" 2>/dev/null || true
    done
)
tries=0
until mkdir "$lock" 2>/dev/null; do
    [ -d "$lock" ] || { echo "$lock cannot be made." >&2; exit 1; }
    echo waits || exit 1
    tries=$((tries + 1))
    of=$(cat "$lock/process" 2>/dev/null)
    if [ -n "$of" ] && ! at_work "$of" && mv "$lock" "$lock.$$" 2>/dev/null; then
        if [ "$(cat "$lock.$$/process")" = "$of" ]; then rm -rf "$lock.$$"; else mv "$lock.$$" "$lock"; fi
    elif [ -z "$of" ] && [ "$tries" -gt 10 ]; then
        rm -rf "$lock"
    fi
    sleep 1
done
trap 'rm -rf "$lock"' EXIT
trap 'exit 1' HUP INT TERM PIPE
echo $$ >"$lock/process"
echo held
while read -r new over; do
    trap '' HUP INT TERM PIPE
    finish "$new" "$over"
    [ $? -eq 0 ] && echo done || echo failed
    exit
done
"""
BEGIN = """set -e
umask 022
mkdir -p "$1" "$2"
cd "$1"
for part in *.part; do [ "$1/$part" = "$2" ] || [ ! -d "$part" ] || echo "$part"; done
"""


@dataclass
class Server:
    """`site` is the whole path of the published folder; `host` is empty for this machine; `held` is what holds the place for us."""

    host: str
    site: str
    held: "subprocess.Popen[str] | None" = None

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

    @property
    def lock(self) -> str:
        """Is there while somebody publishes."""
        return f"{dirname(self.site)}/.{basename(self.site)}.lock"

    @contextmanager
    def turn(self) -> Iterator[None]:
        """While nobody else publishes there; waits for that."""
        command, told = self.over(TURN, self.lock, self.site, self.editions), False
        with subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, encoding="utf-8", errors="replace"
        ) as self.held:
            try:
                while (said := self.said("held", "waits")) == "waits":
                    if not told:
                        lock = f"{self.host}:{self.lock}" if self.host else self.lock
                        words = "Somebody else is publishing there: this waits until that is done. (If nobody is, delete"
                        print(f"{words} {lock}.)", file=sys.stderr, flush=True)
                    told = True
                if said == "held":
                    yield
                    return
                raise self.lost()  # noqa: TRY301 - ended it has by itself
            except BaseException:
                self.held.terminate()
                raise
            finally:
                self.let_go()

    def said(self, *words: str) -> str:
        """The next of these words that what holds the place says, whatever a server says besides; empty if it has ended."""
        lines = (self.held.stdout if self.held else None) or ()
        return next((line.strip() for line in lines if line.strip() in words), "")

    def let_go(self) -> None:
        """Hold the place no more, as far as it is held."""
        with suppress(OSError):  # of what could not be said any more
            if self.held and self.held.stdin:
                self.held.stdin.close()

    def lost(self) -> PublishingError:
        """That the place is not held any more."""
        self.let_go()
        words = self.held.stderr.read() if self.held and self.held.stderr else ""
        return self.failure(words or "the connection that held the place has ended. Publish again.", 1)

    def finish(self, new: str, *, over: bool) -> None:
        """Have readers led to an edition that has arrived, by what holds the place."""
        try:
            if not self.held or not self.held.stdin:
                raise self.lost()
            self.held.stdin.write(f"{new} {'-m' if over else ''}\n")
            self.held.stdin.flush()
        except OSError:
            raise self.lost() from None
        if self.said("done", "failed") != "done":
            raise self.lost()

    def digest(self, content: bytes) -> str:
        return hashlib.sha256(content).hexdigest()

    def there(self) -> There:
        lines = self.run(LOOK, self.site).split("\n")
        end = lines.index(END) if END in lines else len(lines)
        found, told = dict(map(row, lines[:end])), "\n".join(lines[end + 1 :])
        return There({name: digest for name, digest in found.items() if name}, Mark.of(told.encode()) if told else None)

    def publish(self, site: Path, plan: Plan) -> None:
        new = f"{datetime.now(UTC):%Y%m%dT%H%M%SZ}-{secrets.token_hex(4)}"
        part = f"{self.editions}/{new}{PART}"
        # What has arrived of those that were stopped is taken from there.
        stopped = [name for name in self.run(BEGIN, self.editions, part).split("\n") if name.endswith(PART)]
        self.send(f"{site}/", part, [f"{self.editions}/{name}/" for name in stopped], f"--exclude=/{MARK}")
        lists = {
            SUMS: "".join(f"{digest}  ./{name}\n" for name, digest in plan.digests.items()),
            GONE: "".join(f"/{pattern(name)}\0" for name in (*plan.deleted, MARK)),
            FOLDERS: "".join(f"{name}\n" for name in sorted(folders_of(plan.deleted), key=len, reverse=True)),
        }
        with tempfile.TemporaryDirectory() as beside:
            (Path(beside) / MARK).write_bytes(plan.mark.content)
            for name, listed in lists.items():
                (Path(beside) / name).write_bytes(listed.encode("utf-8", "surrogateescape"))
            self.send(f"{beside}/", part)
        self.finish(new, over=plan.over)

    def send(self, folder: str, to: str, known: Iterable[str] = (), *options: str) -> None:
        """Send a folder; what the server has in the published edition, or in another folder, is taken from there."""
        where = f"{self.host}:{to}/" if self.host else f"{to}/"
        from_there = [f"--link-dest={other}" for other in [f"{self.site}/", *known][:MOST]]
        done = subprocess.run(
            ["rsync", "-rpc", "--chmod=D755,F644", *from_there, *options, folder, where],
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        if done.returncode:
            why = done.stderr.strip() or f"it ended with {done.returncode}"
            raise PublishingError(f"rsync could not send the site: {why}")

    def run(self, script: str, *words: str) -> str:
        """Run a script there and say what it printed."""
        command = self.over(script, *words)
        done = subprocess.run(
            command, stdin=subprocess.DEVNULL, capture_output=True, encoding="utf-8", errors="surrogateescape", check=False
        )
        if done.returncode:
            raise self.failure(done.stderr, done.returncode)
        return done.stdout

    def over(self, script: str, *words: str) -> Sequence[str]:
        """The command that runs a script there."""
        command = ["sh", "-c", script, "sh", *words]
        return ["ssh", "-o", "BatchMode=yes", "--", self.host, shlex.join(command)] if self.host else command

    def failure(self, said: str, status: int) -> PublishingError:
        """That a script could not do its work there."""
        where = f" on {self.host}" if self.host else ""
        return PublishingError(f"This failed{where}: {said.strip() or f'exit status {status}'}")


def row(line: str) -> tuple[str, str]:
    """A file of the place and its digest, as sha256sum tells them: with a backslash before, where the name holds some or breaks."""
    digest, _, name = line.partition("  ./")
    if digest.startswith("\\"):
        name = re.sub(r"\\([\\nr])", lambda found: {"n": "\n", "r": "\r"}.get(found[1], found[1]), name)
    return name, digest.removeprefix("\\")


def pattern(name: str) -> str:
    """A name as rsync's patterns have it: where one holds a sign that means more, backslashes do so too."""
    return WILD.sub(r"\\\g<0>", name) if re.search(r"[*?\[]", name) else name
