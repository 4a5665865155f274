"""Every job of the project. `python3 tasks.py build` and `python3 tasks.py test` are all that a fresh machine needs.

Started outside the project's own environment, this file makes `.venv`, installs there exactly what requirements.txt pins,
and starts itself again inside it. Only the standard library is needed for that.
"""

import contextlib
import hashlib
import importlib.util
import json
import os
import re
import runpy
import shutil
import signal
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
REQUIREMENTS = ROOT / "requirements.txt"
OLDEST = (3, 11)
ENDED = 128  # what shells add to the number of the signal that ended something
PATIENCE = 2  # seconds in which a command ends by itself after Ctrl-C
INTERRUPTED = ENDED + signal.SIGINT
# Wanted by nobody else, so not among the requirements: what compiles those, and what writes down what there is.
UV, CYCLONEDX = "uv==0.13.9", "cyclonedx-bom==7.5.0"


def enter_environment() -> None:
    """Make the environment if need be, and run this file again inside it; never returns."""
    if sys.version_info < OLDEST:
        sys.exit(f"This project needs Python {OLDEST[0]}.{OLDEST[1]} or newer; this is {sys.version.split()[0]}.")
    stamp = VENV / "installed"
    wanted = f"{hashlib.sha256(REQUIREMENTS.read_bytes()).hexdigest()} {sys.version} {VENV}"
    if not PYTHON.exists() or not stamp.exists() or stamp.read_text("utf-8") != wanted:
        print("Setting up .venv (once; about a minute) …", file=sys.stderr, flush=True)
        install()
        stamp.write_text(wanted, "utf-8")
    command = [PYTHON, Path(__file__).resolve(), *sys.argv[1:]]
    if os.name != "nt":
        os.execv(PYTHON, command)  # noqa: S606 - in the place of this process, so that whoever ends it ends the one inside
    try:
        sys.exit(subprocess.run(command, check=False).returncode)
    except KeyboardInterrupt:  # the one inside was told too, and has said what there is to say
        sys.exit(INTERRUPTED)


def install() -> None:
    """Fill a new `.venv` with this Python's own pip, from outside.

    So neither ensurepip nor a way round Debian's lock on system packages is needed (PEP 668).
    """
    import venv  # noqa: PLC0415 - once

    if importlib.util.find_spec("pip") is None:
        sys.exit("Set-up failed: this Python has no pip. On Debian or Ubuntu: apt install python3-pip")
    try:
        venv.create(VENV, clear=True, with_pip=False)
    except OSError as error:
        sys.exit(f"Set-up failed: {VENV} cannot be made ({error}). Mend that and run the same command again.")
    pip = [sys.executable, "-m", "pip", "--python", PYTHON, "--disable-pip-version-check", "install", "--quiet"]
    done = subprocess.run([*pip, "--require-hashes", "--only-binary", ":all:", "-r", REQUIREMENTS], check=False)
    if done.returncode:
        sys.exit("Set-up failed: pip could not install what requirements.txt pins, and says why above. Run the same command again.")


if __name__ == "__main__" and Path(sys.prefix).resolve() != VENV:
    try:
        enter_environment()
    except KeyboardInterrupt:
        sys.exit("Stopped. The next command goes on with setting up.")

from invoke import Collection, Context, Exit, Program, task  # noqa: E402 - only the environment has it

SETTINGS = ROOT / "pelicanconf.py"
PACK, BUNDLE = "pack.zip", "site.zip"  # unless they are called otherwise
LEFTOVERS = (".cache", ".hypothesis", ".pytest_cache", ".mypy_cache", ".ruff_cache")


def run(*command: str | Path, folder: Path = ROOT, hears: bool = True, **variables: str) -> None:
    """Run a command of the environment's Python in the project's folder or another one; end with its exit status if it fails.

    One that does not hear Ctrl-C has nothing to say to it, and is ended.
    """
    listening = signal.getsignal(signal.SIGINT)
    if not hears:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # which it inherits
    try:
        process = subprocess.Popen([sys.executable, *command], cwd=folder, env={**os.environ, **variables})
    finally:
        signal.signal(signal.SIGINT, listening)
    with process:
        before = signal.signal(signal.SIGTERM, lambda *_: process.terminate())  # whoever ends this ends what it has begun
        try:
            status = process.wait()
        except KeyboardInterrupt:  # on a terminal it was told too
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(PATIENCE if hears else 0)
            process.terminate()
            raise
        finally:
            signal.signal(signal.SIGTERM, before)
    if status:
        raise Exit(code=status if status > 0 else ENDED - status)


def output() -> Path:
    """The folder that builds write."""
    return ROOT / runpy.run_path(str(SETTINGS)).get("OUTPUT_PATH", "output")


def pelican(folder: Path = ROOT, **settings: object) -> None:
    """Build the site of a folder, with these settings instead of what pelicanconf.py says."""
    changed = ["-e", *(f"{name}={json.dumps(value)}" for name, value in settings.items())] if settings else []
    # --fatal: until the plugin takes over and collects them, Pelican ends at its first warning.
    how = ["-s", "pelicanconf.py", "--fatal", "warnings", "--log-handler", "plain", *changed]
    try:
        run("-m", "pelican", "content", *how, folder=folder, hears=False)
    except KeyboardInterrupt:
        raise Exit("Stopped. The last good site is as it was, or the new one had its place already.", INTERRUPTED) from None


@task(
    help={
        "format": "how problems are told: text, or for machines json, github or lines",
        "url": "where the site will stand, instead of what SITEURL says: https://example.org/folder",
    }
)
def build(_: Context, format: str = "text", url: str = "") -> None:  # noqa: A002 - the flag's name
    """Check the content and build the site into output/; if there is any problem, output/ stays as it was."""
    pelican(ARGUMENT_PROBLEMS=format, **({"SITEURL": url.rstrip("/")} if url else {}))
    if format != "text":
        return
    where = os.path.relpath(output(), ROOT)
    print(f"The site is in {where}/: open {where}/index.html, or run: python3 tasks.py serve")


@task
def addresses(_: Context) -> None:
    """Build, and write every address of the site into content/addresses.txt, from which none may disappear."""
    pelican(ARGUMENT_RECORD_ADDRESSES=True)
    print("Every address of the site is in content/addresses.txt. Commit it with what you publish.")


@task(
    help={
        "parts": "pages, points, quotations and page#id, in the order in which they come: decision trial#measures risks/cost",
        "output": "where the PDF is written",
    }
)
def paper(_: Context, parts: str = "", output: str = "") -> None:
    """Make the board paper, or a PDF of the parts that are named, and nothing else of the site."""
    named = [part for part in parts.split(",") if part]
    file = {"ARGUMENT_PAPER_FILE": str(Path(output).resolve())} if output else {}
    pelican(ARGUMENT_PAPER=named, **file)


@task(
    help={
        "pages": "addresses of share pages, or of tables and rows in their places: quotations/name risks/cost page.html#table--row",
        "output": "the zip file or folder that it is written into: pack.zip",
        "url": "where the site stands, for the links that lead out of the pack",
    }
)
def pack(_: Context, pages: str, output: str = PACK, url: str = "") -> None:
    """Build the site, and put chosen pages with their pictures and the board paper into one zip file or folder."""
    named = [page for page in re.split(r"[,\s]+", pages) if page]
    pelican(ARGUMENT_PACK=named, ARGUMENT_PACK_FILE=str(Path(output).resolve()), **({"SITEURL": url.rstrip("/")} if url else {}))
    print(f"The pack is in {output}: open its index.html.")


@task(
    help={
        "output": "the zip file that it is written into: site.zip",
        "url": "where the site will stand, instead of what SITEURL says: https://example.org/folder",
    }
)
def bundle(_: Context, output: str = BUNDLE, url: str = "") -> None:
    """Build the site, and put all of it into one zip file, to be unpacked on a host or on somebody's disk."""
    pelican(ARGUMENT_BUNDLE=str(Path(output).resolve()), **({"SITEURL": url.rstrip("/")} if url else {}))
    print(f"The whole site is in {output}: unpack it, and open its index.html or upload the folder.")


@task(
    positional=["to"],
    help={
        "to": "s3://bucket/folder, rsync:user@host:/srv/site, git:origin#gh-pages, netlify:SITE or cloudflare:PROJECT",
        "url": "where the site stands for its readers, instead of what SITEURL says: https://example.org/folder",
        "dry_run": "build, and only say what would be sent and deleted there",
        "over": "delete what is there and was not put there by this",
    },
)
def publish(context: Context, to: str, url: str = "", dry_run: bool = False, over: bool = False) -> None:
    """Build the site and put it where readers find it: no reader meets half of it, and stopped on the way it goes on next time."""
    if to.startswith("-"):
        raise Exit("Say where to, such as rsync:user@host:/srv/www/site; python3 tasks.py --help publish says the rest.")
    run("-m", "argument.publishing", to, "--where", PYTHONPATH=str(ROOT / "plugins"))  # before anybody waits
    build(context, url=url)
    options = [*(["--dry-run"] if dry_run else []), *(["--over"] if over else []), *(["--at", url.rstrip("/")] if url else [])]
    run("-m", "argument.publishing", to, "--site", output(), *options, PYTHONPATH=str(ROOT / "plugins"))


@task(
    positional=["published"],
    help={
        "published": "the folder or the zip file that holds the published site: output, site.zip",
        "url": "where that was built to stand, if it is not what the site itself says",
    },
)
def verify(_: Context, published: str, url: str = "") -> None:
    """Build the site from nothing, in another folder, and say where a published one is not the same, byte for byte."""
    sys.path.append(str(ROOT / "plugins"))
    from argument import verification  # noqa: PLC0415 - no other task needs it

    site = Path(published).resolve()
    try:
        where = url.rstrip("/") or verification.address(site)
    except verification.UNREADABLE as error:
        raise Exit(verification.unread(site, error)) from None
    with tempfile.TemporaryDirectory() as temporary:
        folder, not_needed = Path(temporary, ROOT.name), (output(), site)

        def left_out(above: str, names: list[str]) -> set[str]:
            at_the_top = Path(above) == ROOT
            hidden = {name for name in names if name == "__pycache__" or (at_the_top and name.startswith("."))}
            return hidden | {name for name in names if Path(above, name) in not_needed}

        shutil.copytree(ROOT, folder, ignore=left_out, symlinks=True)
        made = Path(temporary, "made")
        pelican(folder, OUTPUT_PATH=str(made), **({"SITEURL": where} if where else {}))
        run("-m", "argument.verification", made, site, PYTHONPATH=str(ROOT / "plugins"))


TAKE_PARTS = {"paper": "--parts", "pack": "--pages"}
VALUED = ("--output", "-o", "--parts", "--pages", "-p", "--url", "-u")


def as_invoke_has_it(words: list[str]) -> list[str]:
    """The command line with `--help` before the task, and the bare words after `paper` or `pack` as one option."""
    task_name, *rest = words[1:] or [""]
    if not task_name.startswith("-") and any(word in ("--help", "-h") for word in rest):
        return [words[0], "--help", task_name]
    return with_parts(words)


def with_parts(words: list[str]) -> list[str]:
    """The command line with the bare words after `paper` or `pack` as one option: invoke takes each for a task of its own."""
    name = next((word for word in words[1:] if word in TAKE_PARTS), "")
    if not name:
        return words
    at = words.index(name) + 1
    rest = words[at:]
    of_options = {number for number, word in enumerate(rest, 1) if word in VALUED}
    parts = [word for number, word in enumerate(rest) if not word.startswith("-") and number not in of_options]
    others = [word for number, word in enumerate(rest) if word.startswith("-") or number in of_options]
    return [*words[:at], *([TAKE_PARTS[name], ",".join(parts)] if parts else []), *others]


def leftovers() -> list[Path]:
    """What builds and tests leave behind beside the site."""
    site = output()
    return [*(site.with_name(f".{site.name}.{which}") for which in ("new", "old")), *(ROOT / name for name in LEFTOVERS)]


@task
def clean(_: Context) -> None:
    """Delete the built site and what builds and tests leave behind (not .venv)."""
    sys.path.append(str(ROOT / "plugins"))
    from argument.output import taken  # noqa: PLC0415 - no other task needs it

    site = output()
    wrong = [*taken(site.resolve(), (ROOT / name for name in ("content", "theme", "plugins", "tests")))]
    for leftover in (*([] if wrong else [site]), *leftovers()):
        shutil.rmtree(leftover, ignore_errors=True)
    for made in (PACK, BUNDLE):
        (ROOT / made).unlink(missing_ok=True)
    if wrong:  # a build would not take its place either
        raise Exit("\n".join(map(str, wrong)))


@task
def rebuild(context: Context) -> None:
    """Build from nothing, without anything that earlier runs left; output/ stays as it was until that succeeds."""
    for leftover in (*leftovers(), *ROOT.glob("plugins/**/__pycache__")):
        shutil.rmtree(leftover, ignore_errors=True)
    build(context)


@task(
    help={
        "port": "the port to listen on, instead of the first from 8000 that is free",
        "browser": "whether a browser is opened",
    }
)
def livereload(_: Context, port: int = 0, browser: bool = True) -> None:
    """Show the site while it is written: a save is on the page at once, a problem over it; until Ctrl-C. Begin with this."""
    options = [*(["--port", str(port)] if port else []), *([] if browser else ["--no-browser"])]
    with contextlib.suppress(KeyboardInterrupt):  # the one inside was told too
        run("-m", "argument.livereload", *options, PYTHONPATH=str(ROOT / "plugins"))


@task(help={"port": "the port to listen on"})
def serve(context: Context, port: int = 8000) -> None:
    """Show the built site at http://127.0.0.1:8000/ (built first if it is not there), until Ctrl-C."""
    sys.path.append(str(ROOT / "plugins"))
    from argument import serving  # noqa: PLC0415 - no other task waits for it

    if not output().exists():
        build(context)
    try:
        server = serving.server(output(), port)
    except (OSError, OverflowError) as error:
        why = getattr(error, "strerror", error)
        raise Exit(f"Port {port} cannot be used ({why}). Name another: python3 tasks.py serve --port {port + 1}") from None
    print(f"http://127.0.0.1:{port}/ (Ctrl-C ends it)", flush=True)
    with server, contextlib.suppress(KeyboardInterrupt):
        server.serve_forever()


@task(
    positional=["kind"],
    iterable=["set"],
    help={
        "kind": "source, quotation, guidance, risk, benefit, page, response, update or comparison",
        "set": 'a key and its value, once for each: --set "Title: What it is"; what is not given is asked for',
        "key": "the name of the file, and its lasting address",
        "from": "of a source: the file in which a browser saved its page, or its address",
    },
)
def new(_: Context, kind: str, set: list[str], key: str = "", from_: str = "") -> None:  # noqa: A002 - the flag's name
    """Begin a content file, or a comparison in one, with every key explained; nothing is ever written over."""
    origin = from_ if not from_ or re.match("https?://", from_) else str(Path(from_).resolve())
    options = [*(f"--set={pair}" for pair in set), *(["--key", key] if key else []), *(["--from", origin] if origin else [])]
    run("-m", "argument.new", kind, *options, PYTHONPATH=str(ROOT / "plugins"))


@task(
    help={
        "file": "CSL-JSON or BibTeX, as a reference manager exports it",
        "kind": "the kind of all these sources",
        "confidence": "the confidence in all of them",
    }
)
def import_sources(_: Context, file: str, kind: str = "", confidence: str = "") -> None:
    """Write a source file for each entry of a reference manager's file; what is there already is left alone."""
    options = [f"--{name}={value}" for name, value in (("kind", kind), ("confidence", confidence)) if value]
    run("-m", "argument.imports", Path(file).resolve(), *options, PYTHONPATH=str(ROOT / "plugins"))


@task(help={"k": "only the tests whose names match this", "update": "write the expected HTML and messages anew (then read them)"})
def test(_: Context, k: str = "", update: bool = False) -> None:
    """Run the tests; installs a Chromium for them where it can, if there is none."""
    # A file is one process's, with what it builds; they are begun in the order that tests/conftest.py gives them.
    at_once = ["-n", "auto", "--dist", "loadfile", "--no-loadscope-reorder"]
    run("-m", "pytest", *(["-k", k] if k else at_once), *(["--update"] if update else []))


@task(
    help={
        "content": "only the content, and nothing of the code",
        "fix": "mend first what can be meant in one way only, and say what",
        "today": "the day from which it is reckoned how long ago a source was read, instead of this one: 2014-05-30",
    }
)
def lint(_: Context, content: bool = False, fix: bool = False, today: str = "") -> None:
    """Check how the content is written, with advice after the problems, and the code's form and types (ruff, mypy)."""
    options = [*(["--fix"] if fix else []), *([f"--today={today}"] if today else [])]
    run("-m", "argument.proofreading", *options, PYTHONPATH=str(ROOT / "plugins"))
    if content or fix:
        return
    run("-m", "ruff", "check", ".")
    run("-m", "ruff", "format", "--check", ".")
    run("-m", "mypy")


@task
def editors(_: Context) -> None:
    """Write what editors read (snippets, tasks, schemas) from the model into .vscode/."""
    run("-m", "argument.editors", PYTHONPATH=str(ROOT / "plugins"))


@task(help={"strict": "whether an address that is gone is a failure"})
def links(_: Context, strict: bool = False) -> None:
    """Ask whether the addresses of sources and the links to other sites still lead somewhere; needs the network and time."""
    run("-m", "argument.links", *(["--strict"] if strict else []), PYTHONPATH=str(ROOT / "plugins"))


@task(
    help={
        "pages": "how many pages the site has that is built",
        "runs": "how often each is built",
        "whole": "whether it is also built with share images and PDFs",
        "peers": "whether other generators of sites build the same words, as far as they can be installed",
        "builds": "whether nothing but builds is timed",
    }
)
def bench(_: Context, pages: int = 200, runs: int = 3, whole: bool = False, peers: bool = False, builds: bool = False) -> None:
    """Time builds against bare Pelican's on the same pages, from nothing and after a change; the checks, images, the preview."""
    chosen = [name for name, is_chosen in (("whole", whole), ("peers", peers), ("builds", builds)) if is_chosen]
    run("tests/bench.py", str(pages), str(runs), *chosen, PYTHONPATH=str(ROOT / "plugins"))


@task(help={"steps": "how many changes are made, at least", "seed": "another number makes others"})
def same(_: Context, steps: int = 200, seed: int = 0) -> None:
    """Work on a site at random: a build must always write what one from nothing writes; first a planted fault must be found."""
    run("tests/working.py", str(steps), str(seed), PYTHONPATH=str(ROOT / "plugins"))


@task(help={"times": "how many builds are killed"})
def kills(_: Context, times: int = 300) -> None:
    """Kill builds at any moment and fill the disk under others: the site must be the old one or the new one, whole, each time."""
    run("tests/killing.py", str(times), PYTHONPATH=str(ROOT / "plugins"))


@task(help={"examples": "how many are tried", "seed": "another number tries others"})
def fuzz(_: Context, examples: int = 20000, seed: int = 1) -> None:
    """Write content that nobody would: it must become valid pages with every word in them, or problems at real lines."""
    run("tests/fuzzing.py", str(examples), str(seed), PYTHONPATH=str(ROOT / "plugins"))


@task(help={"only": "words of what is promised: no other protection is taken out"})
def protections(_: Context, only: str = "") -> None:
    """Take each protection out of a copy of the project: the test of it must fail."""
    run("tests/protections.py", only, PYTHONPATH=str(ROOT / "plugins"))


@task
def hosts(_: Context) -> None:
    """Read the built site from nginx, Apache and Caddy, as far as they are installed, and publish to servers while readers read."""
    run("tests/hosts.py", PYTHONPATH=str(ROOT / "plugins"))
    run("tests/publishing_hosts.py", PYTHONPATH=str(ROOT / "plugins"))


@task(
    help={
        "pages": "only these pages, with commas between them: risks.html,risks/bandwidth.html",
        "runs": "how often each is judged; the one in the middle counts",
    }
)
def lighthouse(_: Context, pages: str = "", runs: int = 3) -> None:
    """Have Lighthouse, if it is installed, judge one page of each kind on a phone; anything under 100 is a failure."""
    run("tests/lighthouse.py", str(runs), *filter(None, pages.split(",")), PYTHONPATH=str(ROOT / "plugins"))


@task
def editing(_: Context) -> None:
    """Edit a file of each kind with the editor in the browser, if its package is here, and compare every byte."""
    run("tests/editing.py", PYTHONPATH=str(ROOT / "plugins"))


@task
def side_by_side(_: Context) -> None:
    """Measure one page as made here, by GOV.UK Frontend, by Material for MkDocs and by hand; needs the network and npm."""
    run("tests/side_by_side.py", PYTHONPATH=str(ROOT / "plugins"))


def tool(name: str) -> Path:
    """A tool that one task wants, installed beside the environment; the folder of its code."""
    folder = VENV / "tools" / name.partition("==")[0]
    pip = [Path(sys.base_prefix, PYTHON.relative_to(VENV)), "-m", "pip", "--disable-pip-version-check"]
    subprocess.run([*pip, "install", "--quiet", "--upgrade", "--target", folder, name], check=True)
    return folder


@task
def requirements(_: Context) -> None:
    """Compile requirements.txt from pyproject.toml: newest versions, for every platform, with hashes and no addresses."""
    what = ["--universal", "--python-version", f"{OLDEST[0]}.{OLDEST[1]}", "--group", "test", "pyproject.toml"]
    how = ["--generate-hashes", "--no-emit-index-url", "--no-header", "--quiet", "--upgrade", "-o", REQUIREMENTS]
    subprocess.run([tool(UV) / "bin" / "uv", "pip", "compile", *what, *how], cwd=ROOT, check=True)


@task
def oracles(_: Context) -> None:
    """Fetch worked examples of CommonMark, Markdown, pymdown-extensions and Pelican; read them with the plugin and without."""
    run("tests/oracles.py", Path(sys.base_prefix, PYTHON.relative_to(VENV)), PYTHONPATH=str(ROOT / "plugins"))


@task
def licences(_: Context) -> None:
    """List every package that is installed here by requirements.txt, with its version and its licence."""
    import importlib.metadata  # noqa: PLC0415 - no other task needs it

    for name in dict.fromkeys(re.findall(r"^([\w.-]+)==", REQUIREMENTS.read_text("utf-8"), re.M)):
        try:
            about = importlib.metadata.metadata(name)
        except importlib.metadata.PackageNotFoundError:
            print(f"{name}: for another system than this one")
            continue
        classified = [words.rpartition(" :: ")[2] for words in about.get_all("Classifier", []) if words.startswith("License ::")]
        named = about.get("License-Expression") or ", ".join(classified) or (about.get("License") or "").partition("\n")[0]
        print(f"{name} {about['Version']}: {named or 'says nothing of its licence'}")


@task(help={"output": "the file that it is written into"})
def sbom(_: Context, output: str = "sbom.json") -> None:
    """Write a software bill of materials: every package that is installed here, what wants it, its licence (CycloneDX, JSON)."""
    how = ["--pyproject", "pyproject.toml", "--output-reproducible", "--output-format", "JSON", "--output-file", output]
    # By its path and not by PYTHONPATH, or what it needs itself would be written down too.
    begin = (
        f"import runpy, sys; sys.path.insert(0, {str(tool(CYCLONEDX))!r}); runpy.run_module('cyclonedx_py', run_name='__main__')"
    )
    run("-c", begin, "environment", *how, sys.executable)
    print(f"What there is stands in {output}.")


namespace = Collection.from_module(sys.modules[__name__])

if __name__ == "__main__":
    try:
        Program(namespace=namespace, version="0.1.0", binary="python3 tasks.py").run(as_invoke_has_it(sys.argv))
    except ValueError as error:  # invoke makes numbers of what stands after options
        sys.exit(f"An option wants a number: {error}")
