"""The built site on real web servers, set up as the README says: `python3 tasks.py hosts`.

Each server is started by this file, listens on this machine alone and ends with it; its settings and the site stand in a
temporary folder. The crawl and what is asked of the servers are those of the tests.
"""

import re
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from building import ROOT, build
from crawling import Crawl, ask
from object_store import objects, stored, with_home

UNDER = "/a/sub/path"
PATIENCE = 20  # seconds until a server must answer
README = (ROOT / "README.md").read_text("utf-8")
NGINX = """daemon off;
pid {home}/nginx.pid;
error_log stderr;
events {{}}
http {{
include {types};
access_log off;
client_body_temp_path {home}/body; proxy_temp_path {home}/proxy; fastcgi_temp_path {home}/fastcgi;
uwsgi_temp_path {home}/uwsgi; scgi_temp_path {home}/scgi;
{documented}
}}
"""
APACHE = """ServerRoot {home}
ServerName localhost
Listen 127.0.0.1:{port}
PidFile {home}/apache.pid
ErrorLog {home}/error.log
{modules}
TypesConfig {types}
<IfModule unixd_module>
User nobody
</IfModule>
DocumentRoot {root}
<Directory {root}>
AllowOverride All
Require all granted
</Directory>
"""
MODULES = ("mpm_event", "authz_core", "mime", "dir", "headers", "setenvif", "unixd")
PLACES_OF_MODULES = ("/usr/lib/apache2/modules", "/usr/lib64/httpd/modules", "/etc/httpd/modules")
CADDY = "{{\nadmin off\nauto_https off\nstorage file_system {home}\n}}\n{documented}\n"


@dataclass(frozen=True)
class Host:
    """A web server: its name in the README, and the names that its program has."""

    name: str
    programs: tuple[str, ...]

    @property
    def program(self) -> str:
        """The program, if it is installed."""
        places = ("/usr/sbin", "/usr/local/sbin", "/opt/homebrew/bin")
        found = (shutil.which(name) or shutil.which(name, path=":".join(places)) for name in self.programs)
        return next(filter(None, found), "")

    def command(self, home: Path, root: Path, port: int) -> list[str]:
        """What starts it, with settings of its own in `home`, for the folder `root`."""
        documented = lines_for(self.name, root, port)
        match self.name:
            case "nginx":
                types = next(path for path in (Path("/etc/nginx/mime.types"), *mime_types(home)) if path.exists())
                (home / "settings").write_text(NGINX.format(home=home, types=types, documented=documented), "utf-8")
                return [self.program, "-p", str(home), "-c", str(home / "settings")]
            case "Apache":
                folder = next(Path(place) for place in PLACES_OF_MODULES if Path(place).exists())
                there = [name for name in MODULES if (folder / f"mod_{name}.so").exists()]  # others are built in
                modules = "\n".join(f"LoadModule {name}_module {folder}/mod_{name}.so" for name in there)
                types = next(iter(mime_types(home)))
                settings = APACHE.format(home=home, root=root, port=port, modules=modules, types=types)
                (home / "settings").write_text(settings, "utf-8")
                (root / UNDER.strip("/") / ".htaccess").write_text(documented, "utf-8")
                return [self.program, "-f", str(home / "settings"), "-D", "FOREGROUND"]
        (home / "Caddyfile").write_text(CADDY.format(home=home, documented=documented), "utf-8")
        return [self.program, "run", "--config", str(home / "Caddyfile"), "--adapter", "caddyfile"]


HOSTS = (Host("nginx", ("nginx",)), Host("Apache", ("apache2", "httpd")), Host("Caddy", ("caddy",)))


def mime_types(home: Path) -> Iterator[Path]:
    """The list of types of this machine, or one that has what a site needs."""
    if (known := Path("/etc/mime.types")).exists():
        yield known
    made = home / "mime.types"
    made.write_text(
        "text/html html\ntext/css css\ntext/javascript js\nimage/svg+xml svg\nimage/png png\napplication/pdf pdf\ntext/xml xml\n",
        "utf-8",
    )
    yield made


def lines_for(name: str, root: Path, port: int) -> str:
    """The lines for a host in the README, for this folder and port in the place of its examples."""
    block = re.search(rf"^\*\*{name}\*\*.*?\n\n((?: {{4}}.*\n|\n)+)", README, re.M)
    lines = re.sub(r"^ {4}", "", block[1], flags=re.M)
    return (
        lines.replace("/folder/", f"{UNDER}/")
        .replace("/srv/www", str(root))
        .replace("listen 80", f"listen 127.0.0.1:{port}")
        .replace("example.org {", f"http://127.0.0.1:{port} {{")
    )


@contextmanager
def running(host: Host, root: Path) -> Iterator[str]:
    """The host at work; gives the address of the site in its sub-folder."""
    with socket.socket() as free, tempfile.TemporaryDirectory() as home:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
        free.close()
        with Path(home, "said").open("wb") as said:
            process = subprocess.Popen(host.command(Path(home), root, port), stdout=said, stderr=said)
        try:
            until = time.monotonic() + PATIENCE
            while not (answer := ask(f"http://127.0.0.1:{port}{UNDER}/index.html")).status:
                if process.poll() is not None or time.monotonic() > until:
                    raise RuntimeError(Path(home, "said").read_text("utf-8") or answer.body.decode())
                time.sleep(0.1)
            yield f"http://127.0.0.1:{port}{UNDER}/"
        finally:
            process.terminate()
            process.wait()


def crawled(host: Host, output: Path, site: str) -> tuple[Crawl, list[str]]:
    """A crawl of the built folder on a host, and all that is wrong."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(folder).resolve()
        root.chmod(0o755)  # started by root, servers work as another user
        shutil.copytree(output, root / UNDER.strip("/"))
        with running(host, root) as base:
            crawl = Crawl(base, site).run()
            return crawl, [*crawl.wrong, *crawl.lost(), *crawl.unlike()]


def crawled_in_store(output: Path, site: str) -> tuple[Crawl, list[str]]:
    """The same in a store of objects, which sends nothing but them and has no page for what is not there."""
    prefix = f"{UNDER.strip('/')}/"
    with stored(with_home(objects(output, prefix), prefix)) as store:
        crawl = Crawl(f"{store}/{prefix}", site, shown="").run()
    return crawl, crawl.wrong


def main() -> None:
    site = f"https://example.org{UNDER}"
    there = {host.name: partial(crawled, host) for host in HOSTS if host.program} | {"Object store": crawled_in_store}
    for host in HOSTS:
        if host.name not in there:
            print(f"{host.name}: not installed here, so not asked.")
    failed = False
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "output")
        if (done := build(ROOT, "-o", str(output), "-e", f'SITEURL="{site}"')).returncode:
            sys.exit(done.stderr)
        for name, crawl_of in there.items():
            crawl, wrong = crawl_of(output, site)
            print(f"{name}: {len(crawl.answers)} files, of them {len(crawl.pages)} pages; {len(wrong)} things are wrong.")
            print("".join(f"    {line}\n" for line in wrong), end="")
            failed = failed or bool(wrong)
    sys.exit(int(failed))


if __name__ == "__main__":
    main()
