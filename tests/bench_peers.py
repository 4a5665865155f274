"""Other generators of sites on the same words, in the same run: `python3 tasks.py bench --peers`.

Each has its own simplest theme and plain Markdown: blocks of ours are left out, but for the words and tables in them. So none of
them checks anything, nor makes cards, share pages or data. Those of Python and Node are installed into `.cache/peers/` when they
are first asked for; Hugo is a program that must be there. One that cannot be had is told and left out.
"""

import os
import re
import shutil
import statistics
import subprocess
import sys
import time
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from bench_corpus import EDITED, Corpus
from building import ROOT

PEERS = ROOT / ".cache/peers"
PYTHON = PEERS / ("Scripts" if os.name == "nt" else "bin")
BLOCK = re.compile(r"^///.*\n|^    id: .*\n", re.M)
LINK = re.compile(r"\{filename\}/")
LAYOUT = "<!DOCTYPE html><html><head><title>{title}</title></head><body><main><h1>{title}</h1>{content}</main></body></html>"


@dataclass(frozen=True)
class Peer:
    """One generator: how to get it, how to lay out a site for it, how to build that."""

    name: str
    program: Path | str
    package: str
    lay_out: Callable[[Path, Corpus], None]
    command: tuple[str, ...]

    def there(self) -> bool:
        """Whether it can be had: what is installed already is not installed again."""
        if not self.package:
            return bool(shutil.which(self.program))
        if isinstance(self.program, Path) and self.program.parent == PYTHON:
            if not PYTHON.exists():
                venv.create(PEERS, with_pip=False)
            # The project's own environment has no pip.
            outer = getattr(sys, "_base_executable", sys.executable)
            install = [outer, "-m", "pip", "--python", PYTHON / "python", "install", "--quiet", self.package]
        else:
            install = ["npm", "install", "--silent", "--prefix", PEERS, self.package]
        with_it = (
            subprocess.run(install, check=False, capture_output=True).returncode == 0 if shutil.which(str(install[0])) else False
        )
        return with_it and bool(shutil.which(self.program))


def pages(folder: Path, corpus: Corpus, head: str) -> None:
    """Every file of the corpus as plain Markdown below a folder; `head` is its front matter."""
    for name, text in corpus.files():
        front, _, body = text.partition("\n\n")
        said = dict(line.partition(": ")[::2] for line in front.splitlines())
        title = said.get("Title", said.get("By", name))
        plain = LINK.sub("../" if "/" in name else "", BLOCK.sub("", body))
        path = folder / (name if name != "pages/index.md" else "index.md")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"{head.format(title=title)}\n{plain}\n", "utf-8")


def mkdocs(folder: Path, corpus: Corpus, theme: str = "mkdocs") -> None:
    pages(folder / "docs", corpus, "---\ntitle: {title}\n---\n")
    said = [
        "site_name: Bench",
        f"theme: {{name: {theme}}}",
        "plugins: []",
        "nav: [index.md]",
        "validation: {links: {not_found: ignore}}",
    ]
    (folder / "mkdocs.yml").write_text("\n".join(said), "utf-8")


def zensical(folder: Path, corpus: Corpus) -> None:
    pages(folder / "docs", corpus, "---\ntitle: {title}\n---\n")
    (folder / "zensical.toml").write_text('[project]\nsite_name = "Bench"\n', "utf-8")


def eleventy(folder: Path, corpus: Corpus) -> None:
    pages(folder, corpus, "---\ntitle: {title}\nlayout: page.liquid\n---\n")
    (folder / "_includes").mkdir(parents=True)
    layout = LAYOUT.format(title="{{ title }}", content="{{ content }}")
    (folder / "_includes/page.liquid").write_text(layout, "utf-8")


def hugo(folder: Path, corpus: Corpus) -> None:
    pages(folder / "content", corpus, '---\ntitle: "{title}"\n---\n')
    for name in ("single", "list", "home"):
        path = folder / f"layouts/_default/{name}.html"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(LAYOUT.format(title="{{ .Title }}", content="{{ .Content }}"), "utf-8")
    said = 'disableKinds = ["taxonomy", "term", "RSS", "sitemap"]\nrefLinksErrorLevel = "WARNING"\n'
    (folder / "hugo.toml").write_text(said, "utf-8")


ALL = (
    Peer("Hugo", "hugo", "", hugo, ("--quiet",)),
    Peer("Eleventy", PEERS / "node_modules/.bin/eleventy", "@11ty/eleventy", eleventy, ("--quiet",)),
    Peer("MkDocs", PYTHON / "mkdocs", "mkdocs", mkdocs, ("build", "--quiet")),
    Peer("Material for MkDocs", PYTHON / "mkdocs", "mkdocs-material", lambda f, c: mkdocs(f, c, "material"), ("build", "--quiet")),
    Peer("Zensical", PYTHON / "zensical", "zensical", zensical, ("build",)),
)


def seconds(peer: Peer, folder: Path) -> float:
    """How long one build takes. Raises CalledProcessError if it fails."""
    start = time.perf_counter()
    subprocess.run([peer.program, *peer.command], cwd=folder, check=True, capture_output=True)
    return time.perf_counter() - start


def main(corpus: Corpus, runs: int, whole: float, temporary: Path) -> None:
    """Print what each takes from nothing and after a change of one page; `whole` is what bare Pelican takes."""
    for peer in ALL:
        folder = temporary / peer.name
        if not peer.there():
            print(f"  {peer.name}: it is not here and cannot be installed.")
            continue
        peer.lay_out(folder, corpus)
        try:
            cold, edited = [], []
            for number in range(runs):
                cold.append(seconds(peer, folder))
                page = next(folder.rglob(Path(EDITED).name))
                page.write_text(f"{page.read_text('utf-8')}\nWord {number}.\n", "utf-8")
                edited.append(seconds(peer, folder))
        except subprocess.CalledProcessError as error:
            print(f"  {peer.name}: it failed: {(error.stderr or error.stdout).decode()[-200:].strip()}")
            continue
        for what, found in (("from nothing", cold), ("a page changed", edited)):
            median = statistics.median(found)
            print(f"  {peer.name + ', ' + what:40} {median:7.2f} s {median / whole:28.2f} of Pelican’s")
