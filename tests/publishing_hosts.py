"""One edition after another published on real hosts of this machine, while readers read: `python3 tasks.py hosts`, after the hosts.

Every server is started by this file, listens on this machine alone and ends with it. A reader gets a page, waits as long as a slow
line takes, and gets all that the page needs; none may meet a page or a part that is not there.
"""

import getpass
import os
import re
import shutil
import socket
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from posixpath import dirname, join, normpath

from argument.publishing import published
from crawling import ask
from hosts import HOSTS, PATIENCE, UNDER, running
from killing import Site
from working import files

NEEDED = re.compile(rb'<(?:link rel="stylesheet"|script|img)(?: [^>]*?)? (?:href|src)="([^":]+)"')
READERS = 4
SLOW = 0.2  # seconds between a page and its parts
SSHD = """Port {port}
ListenAddress 127.0.0.1
HostKey {home}/host
AuthorizedKeysFile {home}/own.pub
PidFile {home}/pid
UsePAM no
StrictModes no
PasswordAuthentication no
"""
SSH = """Host published-here
HostName 127.0.0.1
Port {port}
User {user}
IdentityFile {home}/own
IdentitiesOnly yes
UserKnownHostsFile {home}/known
StrictHostKeyChecking accept-new
"""
PRIVATE = Path("/run/sshd")  # sshd, started by root, wants it


@dataclass
class Readers:
    """Some who read a site all the time: what they asked for, and what was not there."""

    base: str
    pages: list[str]
    asked: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)
    over: threading.Event = field(default_factory=threading.Event)

    def read(self, offset: int) -> None:
        """One of them."""
        at = offset
        while not self.over.is_set():
            page = self.pages[at % len(self.pages)]
            at += 1
            html = self.get(page)
            time.sleep(SLOW)
            for part in NEEDED.findall(html):
                self.get(normpath(join(dirname(page), part.decode())))

    def get(self, address: str) -> bytes:
        answer = ask(f"{self.base}{address}")
        self.asked.append(address)
        if answer.status != 200:
            self.wrong.append(f"{address}: {answer.status}")
        return answer.body

    @contextmanager
    def at_work(self) -> Iterator[None]:
        threads = [threading.Thread(target=self.read, args=(number * 7,)) for number in range(READERS)]
        for thread in threads:
            thread.start()
        try:
            yield
        finally:
            self.over.set()
            for thread in threads:
                thread.join()


@contextmanager
def started(command: list[str], ready: str, port: int) -> Iterator[None]:
    """A server at work, from when it listens on."""
    with tempfile.TemporaryFile("w+b") as said:
        process = subprocess.Popen(command, stdout=said, stderr=said)
        try:
            until = time.monotonic() + PATIENCE
            while True:
                with suppress(OSError), socket.create_connection(("127.0.0.1", port), 1):
                    break
                if process.poll() is not None or time.monotonic() > until:
                    said.seek(0)
                    raise RuntimeError(f"{ready}: {said.read().decode()}")
                time.sleep(0.1)
            yield
        finally:
            process.terminate()
            process.wait()


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


@contextmanager
def by_ssh(home: Path) -> Iterator[str]:
    """A server that ssh knows as the host that it gives."""
    port, user = free_port(), getpass.getuser()
    for name in ("host", "own"):
        subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", str(home / name)], check=True)
    (home / "sshd").write_text(SSHD.format(port=port, home=home), "utf-8")
    (home / "ssh").write_text(SSH.format(port=port, home=home, user=user), "utf-8")
    tool = home / "bin/ssh"
    tool.parent.mkdir()
    tool.write_text(f'#!/bin/sh\nexec {shutil.which("ssh")} -F {home}/ssh "$@"\n', "utf-8")
    tool.chmod(0o755)
    program = shutil.which("sshd", path="/usr/sbin:/usr/local/sbin") or ""
    made = os.getuid() == 0 and not PRIVATE.exists()
    if made:
        PRIVATE.mkdir()
    path = os.environ["PATH"]
    os.environ["PATH"] = f"{tool.parent}:{path}"
    try:
        with started([program, "-D", "-e", "-f", str(home / "sshd")], "sshd", port):
            yield "published-here"
    finally:
        os.environ["PATH"] = path
        if made:
            PRIVATE.rmdir()


@contextmanager
def store(home: Path) -> Iterator[tuple[str, str]]:
    """Moto's server with a bucket: where to publish, and where to read."""
    import boto3  # noqa: PLC0415 - only here

    port = free_port()
    address = f"http://127.0.0.1:{port}"
    given = {"ENDPOINT_URL": address, "ACCESS_KEY_ID": "x", "SECRET_ACCESS_KEY": "x", "DEFAULT_REGION": "us-east-1"}
    os.environ |= {f"AWS_{name}": value for name, value in given.items()}
    with started([shutil.which("moto_server") or "", "-H", "127.0.0.1", "-p", str(port)], "moto", port):
        client = boto3.client("s3")
        client.create_bucket(Bucket="bucket")
        reading = {"Effect": "Allow", "Principal": "*", "Action": "s3:GetObject", "Resource": "arn:aws:s3:::bucket/*"}
        client.put_bucket_policy(Bucket="bucket", Policy=str({"Version": "2012-10-17", "Statement": [reading]}).replace("'", '"'))
        yield "s3://bucket/a/folder", f"{address}/bucket/a/folder/"


def editions(home: Path) -> list[Path]:
    """Two editions of a site: the second has another page, and every page is another."""
    site = Site(home / "site")
    built = []
    for number in range(2):
        site.edit(number)
        site.build()
        built.append(home / f"edition-{number}")
        shutil.copytree(site.folder / "output", built[-1])
    return built


def publications(target: str, base: str, built: list[Path], times: int) -> str:
    """Publish one after the other while readers read; say what became of it. Raises AssertionError if any met something broken."""
    published(target, built[0], dry_run=False, over=False)
    both = sorted(name for name in files(built[0]).keys() & files(built[1]).keys() if name.endswith(".html"))
    readers = Readers(base, both)
    with readers.at_work():
        for number in range(times):
            published(target, built[(number + 1) % 2], dry_run=False, over=False)
            time.sleep(2 * SLOW)
    last = files(built[times % 2])
    served = {name: ask(f"{base}{name}").body for name in last}
    assert served == last, [name for name in last if served[name] != last[name]][:5]
    assert not readers.wrong, readers.wrong[:10]
    return f"{times} publications, {len(readers.asked)} answers to {READERS} readers meanwhile, none of them broken."


def main(times: int) -> None:
    missing = [tool for tool in ("rsync", "ssh") if not shutil.which(tool)]
    missing += [] if shutil.which("sshd", path="/usr/sbin:/usr/local/sbin") else ["sshd"]
    nginx = next(host for host in HOSTS if host.name == "nginx")
    missing += [] if nginx.program else ["nginx"]
    with tempfile.TemporaryDirectory() as temporary:
        home = Path(temporary).resolve()
        home.chmod(0o755)  # started by root, servers work as another user
        built = editions(home)
        if missing:
            print(f"rsync over ssh to nginx: {', '.join(missing)} not installed here, so not tried.")
        else:
            root = home / "srv"
            (root / UNDER.strip("/")).parent.mkdir(parents=True)
            with by_ssh(home) as host:
                published(target := f"rsync:{host}:{root}{UNDER}", built[0], dry_run=False, over=False)
                with running(nginx, root) as base:
                    print("rsync over ssh to nginx:", publications(target, base, built, times))
        if not shutil.which("moto_server"):
            print("S3: no moto_server is installed here, so not tried: pip install 'moto[s3,server]'")
            return
        with store(home) as (target, base):
            print("S3 (moto):", publications(target, base, built, times))


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 6)
