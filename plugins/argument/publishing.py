"""A built site, put where readers find it: `python -m argument.publishing s3://bucket/folder`. Knows no Pelican."""

import argparse
import shutil
import signal
import subprocess
import sys
from collections.abc import Sequence
from contextlib import nullcontext
from functools import partial
from pathlib import Path

from argument import hosting
from argument.output import undisturbed
from argument.plans import Host, PublishingError, planned
from argument.verification import address

# Hosts that take a folder from a tool of their own, what that is called with, and the package that has it.
TOOLS = {
    "netlify": ("netlify", "deploy", "--prod", "--no-build", "--dir", "{site}", "--site", "{name}"),
    "cloudflare": ("wrangler", "pages", "deploy", "{site}", "--project-name", "{name}"),
}
INTERRUPTED = 130  # as shells have it for Ctrl-C
PACKAGES = {"netlify": "netlify-cli", "wrangler": "wrangler"}
FORMS = """Name one of these:
    s3://bucket/folder            a store of objects, with the keys and the address that the AWS tools would use
    rsync:user@host:/srv/site     a folder on a server, or rsync:/srv/site on this machine
    git:origin#gh-pages           a branch of a repository, as GitHub Pages and others publish one
    netlify:SITE, cloudflare:PROJECT"""


def host_of(target: str) -> Host:
    """Where to publish, by how it is written. Raises PublishingError for what is nowhere."""
    form, _, rest = target.partition(":")
    # Each loads what only it needs.
    if rest and form == "s3":
        from argument.stores import Store  # noqa: PLC0415

        return Store.at(rest)
    if rest and form == "rsync":
        from argument.servers import Server  # noqa: PLC0415

        return Server.at(rest)
    if rest and form == "git":
        from argument.branches import Branch  # noqa: PLC0415

        return Branch.at(rest)
    raise PublishingError(f"“{target}” is no place that is known.\n{FORMS}")


def of_tool(target: str, site: Path) -> list[str]:
    """The command for a host that has a tool of its own; empty for others."""
    form, _, name = target.partition(":")
    return [word.format(site=site, name=name) for word in TOOLS.get(form, ())] if name else []


def installed(tool: str) -> str:
    """Where a host's own tool is. Raises PublishingError if it is not here."""
    found = shutil.which(tool)
    if not found:
        raise PublishingError(f"{tool} is not installed. Get it: npm install --global {PACKAGES[tool]}")
    return found


def by_tool(command: Sequence[str]) -> str:
    """Have a host's own tool do it. Raises PublishingError if that is not here or fails."""
    tool, *words = command
    if subprocess.run([installed(tool), *words], check=False).returncode:
        raise PublishingError(f"{tool} could not publish the site, and says why above.")
    return "Published."


def look(target: str, site: Path) -> None:
    """Raise PublishingError if there is no such place, or not what it takes to publish there."""
    if command := of_tool(target, site):
        installed(command[0])
    else:
        host_of(target)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=main.__doc__)
    parser.add_argument("target")
    parser.add_argument("--site", type=Path, default=Path("output"), help="the folder of the built site")
    parser.add_argument("--at", help="the address that it must have been built for")
    parser.add_argument("--where", action="store_true", help="only say whether there is such a place")
    parser.add_argument("--dry-run", action="store_true", help="say what would be done, and do nothing")
    parser.add_argument("--over", action="store_true", help="delete what is there and was not put there by this")
    given = parser.parse_args()
    signal.signal(signal.SIGTERM, signal.default_int_handler)  # so that nothing that this has begun goes on without it
    try:
        if given.where:
            look(given.target, given.site)
            return
        said = published(given.target, given.site, at=given.at, dry_run=given.dry_run, over=given.over)
    except PublishingError as error:
        sys.exit(str(error))
    except KeyboardInterrupt:
        print("Ended before all was done; the same command goes on from there.", file=sys.stderr)
        sys.exit(INTERRUPTED)
    print(said)


def published(target: str, site: Path, *, dry_run: bool, over: bool, at: str | None = None) -> str:
    """Publish a site, or only look, and say what was done or would be; `at` the address that it must be for, if any.

    Raises PublishingError.
    """
    with undisturbed(site, partial(print, f"A build is writing {site.name}/: this waits until that is done.", file=sys.stderr)):
        if not (site / hosting.HEADERS).is_file():
            raise PublishingError(f"There is no built site in {site}.")
        made_for = address(site)
        if at is not None and made_for != at:
            meanwhile = f"{site.name}/ holds a site for {made_for or 'no address'}, which another build has put there meanwhile"
            raise PublishingError(f"{meanwhile}. Publish again.")
        if command := of_tool(target, site):
            return f"Would run: {' '.join(command)}" if dry_run else by_tool(command)
        host = host_of(target)
        with nullcontext() if dry_run else host.turn():
            plan = planned(site, host, made_for, over=over)
            if dry_run:
                return str(plan)
            if not plan.empty:
                host.publish(site, plan)
    kept = f", {len(plan.kept)} kept for the readers of the last edition" if plan.kept else ""
    left = f", {len(plan.foreign)} of somebody else left" if plan.foreign else ""
    return f"Published: {len(plan.sent)} files sent, {len(plan.deleted)} deleted{kept}{left}, {plan.same} there already."


if __name__ == "__main__":
    main()
