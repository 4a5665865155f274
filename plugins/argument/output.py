"""A site is built beside the old one and then takes its place: a build that fails leaves readers what they had.

Knows no Pelican.
"""

import shutil
from pathlib import Path


def staging(output: Path) -> Path:
    """An empty folder beside `output` to build into; mends what a build that was killed while swapping left behind."""
    new, old = beside(output, "new"), beside(output, "old")
    if old.exists() and not output.exists():
        old.rename(output)
    for left in (new, old):
        if left.exists():
            shutil.rmtree(left)
    new.mkdir(parents=True)
    return new


def publish(new: Path, output: Path) -> None:
    """Put the finished folder in the place of the old one."""
    old = beside(output, "old")
    if output.exists():
        output.rename(old)
    new.rename(output)
    if old.exists():
        shutil.rmtree(old)


def beside(output: Path, what: str) -> Path:
    """`…/output` → `…/.output.new`."""
    return output.with_name(f".{output.name}.{what}")
