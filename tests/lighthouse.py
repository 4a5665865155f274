"""What Lighthouse thinks of each kind of page on a phone: `python3 tasks.py lighthouse`.

The site is built for an address of its own, served packed from this machine, and judged as it is: Lighthouse's own mobile settings,
nothing skipped. Its figure for performance differs from run to run, and is low where other work keeps the machine busy, so that
this is no test. What counts of several runs, an odd number said beforehand, is the middle one by performance.
"""

import json
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

from playwright.sync_api import sync_playwright

from accessibility import KINDS
from browser import FLAGS, REFUSED, installed, is_root
from building import ROOT, build
from serving import Packed, served

PROGRAM = "LIGHTHOUSE"
CATEGORIES = ("performance", "accessibility", "best-practices", "seo")
PERFECT = 100
HOW_TO_GET_IT = f"""Lighthouse is not installed here. Any of these will do:
    npm install --global lighthouse
    npm install --prefix .cache lighthouse
    {PROGRAM}=/path/to/lighthouse python3 tasks.py lighthouse"""


def lighthouse() -> str:
    """The program, if it is installed: the one that the variable names, one on the path, or one beside what builds keep."""
    beside = ROOT / ".cache/node_modules/.bin/lighthouse"
    return os.environ.get(PROGRAM) or shutil.which("lighthouse") or (str(beside) if beside.exists() else "")


def command(program: str) -> list[str]:
    """What starts it; by the Node.js that stands beside it, if one does."""
    node = Path(program).parent / "node"
    return [str(node), str(Path(program).resolve())] if node.exists() else [program]


def chromium() -> str:
    with sync_playwright() as playwright:
        return next(installed(playwright), "")


def judged(program: str, browser: str, url: str) -> tuple[dict[str, int], list[str]]:
    """The score in each category, and the audits that cost something. Raises RuntimeError if there was no judgement."""
    flags = ["--headless=new", *FLAGS, *(["--no-sandbox"] if is_root() else []), REFUSED.replace("=", '="', 1) + '"']
    asked = ["--output=json", "--output-path=stdout", "--quiet", "--no-enable-error-reporting", f"--chrome-flags={' '.join(flags)}"]
    chosen = f"--only-categories={','.join(CATEGORIES)}"
    done = subprocess.run(
        [*command(program), url, *asked, chosen],
        env={**os.environ, "CHROME_PATH": browser},
        capture_output=True,
        encoding="utf-8",
        check=False,
    )
    if not done.stdout.startswith("{"):
        raise RuntimeError(done.stderr or done.stdout)
    report = json.loads(done.stdout)
    if "runtimeError" in report:
        raise RuntimeError(report["runtimeError"]["message"])
    found = report["categories"]
    scores = {name: round(PERFECT * (found[name]["score"] or 0)) for name in CATEGORIES}
    return scores, [*costly(report)]


def middle(program: str, browser: str, url: str, runs: int) -> tuple[dict[str, int], list[str]]:
    """The judgement in the middle of several, by performance."""
    found = sorted((judged(program, browser, url) for _ in range(runs)), key=lambda one: one[0]["performance"])
    return found[runs // 2]


def costly(report: dict[str, dict[str, dict]]) -> Iterator[str]:
    """What audits found, of those that have a part in a score that is not perfect."""
    for category in report["categories"].values():
        for part in category["auditRefs"] if category["score"] != 1 else ():
            audit = report["audits"][part["id"]]
            if part["weight"] and audit["score"] not in (None, 1):
                yield f"{audit['id']}: {audit.get('displayValue') or audit['title']}"


def main(runs: int, names: list[str]) -> None:
    program, browser = lighthouse(), chromium()
    if not program:
        sys.exit(HOW_TO_GET_IT)
    with tempfile.TemporaryDirectory() as folder:
        output = Path(folder, "output")
        if (done := build(ROOT, "-o", str(output), "-e", 'SITEURL="https://example.org"')).returncode:
            sys.exit(done.stderr)
        with served(output, Packed) as host:
            print(f"In the middle of {runs}:" if runs > 1 else "One run:")
            print(f"{'page':44}{''.join(f'{name:>16}' for name in CATEGORIES)}", flush=True)
            short = 0
            for name in names:
                scores, costs = middle(program, browser, f"{host}/{name}", runs)
                print(f"{name:44}{''.join(f'{score:>16}' for score in scores.values())}", flush=True)
                print("".join(f"    {cost}\n" for cost in costs), end="", flush=True)
                short += min(scores.values()) < PERFECT
    sys.exit(int(bool(short)))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2:] or list(KINDS))
