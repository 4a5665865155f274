"""The same words, one table and three quotations, on this site and on what others use: `python3 tasks.py side-by-side`.

The others are set up as their own documentation says: a plain page with what HTML has for tables and quotations, GOV.UK Frontend
with the page template and components of its design system, Material for MkDocs as `mkdocs build` makes it. They are installed into
a temporary folder. All are served packed from this machine, and the browser that measures them finds no other host.
"""

import json
import subprocess
import sys
import tempfile
from html import escape
from pathlib import Path
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from accessibility import AXE, WIDTHS
from browser import REFUSED, browser_or_exit
from building import build, small_site
from lighthouse import chromium, lighthouse, middle
from serving import Packed, served

TITLE = "The library should open on Sundays"
# Headings and paragraphs.
TEXT = """
## What is asked

Half the town is at work when the library is open. The reading room is warm, it is free and it is shut on the one day on which most
people could come. We ask the parish council to open it on Sundays from ten to four, for one year, and then to look again.

Nothing else would change. The shelves stay where they are, the rules stay as they are, and on the other days the doors open as they
always have. What changes is who can come in.

## What speaks against it

A second wage has to be paid, and the building has to be heated. The treasurer has said what that would come to. The neighbours fear
for their quiet, though the door is on the other side of the square.

A year is long enough to find out whether people come, and short enough to stop if they do not. Until then all figures are guesses,
ours among them, and we say so beside each of them.
"""
CAPTION = "Three ways to open"
COLUMNS = ("Way", "Hours", "What it costs", "Who could come")
ROWS = (
    ("As now", "Monday to Friday, nine to five", "Nothing more", "Those who do not work, and schools"),
    ("One late evening", "Thursday until nine", "A few hours of one wage", "Those who live near"),
    ("Sundays", "Ten to four", "A second wage", "Everybody"),
)
QUOTATIONS = (
    ("never-in-the-week", "I never manage to come in the week.", "A reader", "survey-2024", "Survey of readers, March 2024"),
    ("second-wage", "A second wage is four thousand pounds a year.", "The treasurer", "treasurer-2023", "The treasurer’s report"),
    ("to-come", "never manage to come", "Another reader", "survey-2024", "Survey of readers, March 2024"),
)
RUNS = 3  # of Lighthouse, of which the middle one counts
STYLE_OF_GOVUK, SCRIPT_OF_GOVUK = "govuk-frontend.min.css", "govuk-frontend.min.js"
FACTS = """() => { const table = document.querySelector('table'); const heads = [...table.querySelectorAll('th')];
  return [!!document.querySelector('meta[http-equiv="Content-Security-Policy"]'), !!table.caption,
    heads.length > 0 && heads.every(head => head.scope)]; }"""


def pipe_table() -> str:
    """The table as Markdown has it."""
    lines = (COLUMNS, ("---",) * len(COLUMNS), *ROWS)
    return "".join(f"| {' | '.join(line)} |\n" for line in lines)


def table(before: str, of_row: str) -> str:
    """The table as HTML has it, with the given start of its tag and attributes of the first cell of a row."""
    heads = "".join(f'<th scope="col">{name}</th>' for name in COLUMNS)
    rows = "".join(
        f'<tr><th scope="row"{of_row}>{first}</th>{"".join(f"<td>{cell}</td>" for cell in rest)}</tr>' for first, *rest in ROWS
    )
    return f"<table{before}<caption>{CAPTION}</caption><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table>"


def in_html(heading: str, paragraph: str) -> str:
    """The text in HTML, with the given start tags."""
    parts = (escape(part) for part in TEXT.strip().split("\n\n"))
    return "".join(f"{heading}{part[3:]}</h2>" if part.startswith("## ") else f"{paragraph}{part}</p>" for part in parts)


def body() -> str:
    """All of it in plain HTML."""
    text = in_html("<h2>", "<p>")
    cards = "".join(
        f"<figure><blockquote><p>{words}</p></blockquote><figcaption>{by}, {source}</figcaption></figure>"
        for _, words, by, _, source in QUOTATIONS
    )
    return f"<h1>{TITLE}</h1>{text}{table('>', '')}{cards}"


def plain(folder: Path) -> tuple[Path, str]:
    head = f'<meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{TITLE}</title>'
    about = '<meta name="description" content="An invented case for Sunday opening.">'
    html = f'<!DOCTYPE html><html lang="en-GB"><head>{head}{about}</head><body><main>{body()}</main></body></html>'
    (folder / "index.html").write_text(html, "utf-8")
    return folder, "index.html"


def ours(folder: Path) -> tuple[Path, str]:
    small_site(folder)
    cards = "".join(
        f"/// quotation | {slug}\n    source: {key}\n    by: {by}\n    side: for\n\n{words}\n///\n\n"
        if slug != "never-in-the-week"
        else f"/// quotation | {slug}\n///\n\n"
        for slug, words, by, key, _ in QUOTATIONS
    )
    front = f"Title: {TITLE}\nDescription: An invented case for Sunday opening.\n\n"
    block = f"/// comparison | {CAPTION}\n    id: three-ways\n\n{pipe_table()}///\n\n"
    (folder / "content/pages/opening.md").write_text(f"{front}{TEXT}\n{block}{cards}", "utf-8")
    if (done := build(folder, "-e", 'SITEURL="https://example.org"')).returncode:
        sys.exit(done.stderr)
    return folder / "output", "opening.html"


def govuk(folder: Path) -> tuple[Path, str]:
    """https://design-system.service.gov.uk/styles/page-template/, and the components table and inset text."""
    run(["npm", "install", "--silent", "--no-audit", "--no-fund", "--prefix", str(folder), "govuk-frontend"])
    built = folder / "node_modules/govuk-frontend/dist/govuk"
    site = folder / "site"
    site.mkdir()
    (built / "assets").rename(site / "assets")
    for name in (STYLE_OF_GOVUK, SCRIPT_OF_GOVUK):
        (site / name).write_bytes((built / name).read_bytes())
    start = ' class="govuk-table">'
    made = table(start, ' class="govuk-table__header"')
    for tag, name in (("thead", "head"), ("tbody", "body"), ("tr", "row"), ("td", "cell")):
        made = made.replace(f"<{tag}>", f'<{tag} class="govuk-table__{name}">')
    made = made.replace("<caption>", '<caption class="govuk-table__caption govuk-table__caption--m">')
    made = made.replace('scope="col">', 'scope="col" class="govuk-table__header">')
    text = in_html('<h2 class="govuk-heading-m">', '<p class="govuk-body">')
    cards = "".join(
        f'<blockquote class="govuk-inset-text"><p>{words}</p><p>{by}, {source}</p></blockquote>'
        for _, words, by, _, source in QUOTATIONS
    )
    (site / "start.js").write_text(f'import {{ initAll }} from "./{SCRIPT_OF_GOVUK}";\ninitAll();\n', "utf-8")
    supported = (
        "document.body.className += ' js-enabled' + ('noModule' in HTMLScriptElement.prototype ? ' govuk-frontend-supported' : '')"
    )
    html = f"""<!DOCTYPE html>
<html lang="en" class="govuk-template">
<head>
<meta charset="utf-8">
<title>{TITLE}</title>
<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">
<meta name="description" content="An invented case for Sunday opening.">
<link rel="icon" sizes="48x48" href="assets/images/favicon.ico">
<link rel="icon" sizes="any" href="assets/images/favicon.svg" type="image/svg+xml">
<link rel="stylesheet" href="{STYLE_OF_GOVUK}">
</head>
<body class="govuk-template__body">
<script>{supported}</script>
<a href="#main-content" class="govuk-skip-link" data-module="govuk-skip-link">Skip to main content</a>
<header class="govuk-template__header"><div class="govuk-width-container"><p class="govuk-body">Open on Sundays</p></div></header>
<div class="govuk-width-container">
<main class="govuk-main-wrapper" id="main-content">
<h1 class="govuk-heading-l">{TITLE}</h1>
{text}{made}{cards}
</main>
</div>
<footer class="govuk-footer"><div class="govuk-width-container">An invented argument.</div></footer>
<script type="module" src="start.js"></script>
</body>
</html>
"""
    (site / "index.html").write_text(html, "utf-8")
    return site, "index.html"


def material(folder: Path) -> tuple[Path, str]:
    """As in https://squidfunk.github.io/mkdocs-material/creating-your-site/ and no more than what the site is called and about."""
    outer = Path(sys.base_prefix, "python.exe" if sys.platform == "win32" else "bin/python3")
    run([str(outer), "-m", "pip", "install", "--quiet", "--target", str(folder / "lib"), "mkdocs-material"])
    (folder / "docs").mkdir()
    about = "site_name: Open on Sundays\nsite_url: https://example.org/\nsite_description: An invented case for Sunday opening.\n"
    (folder / "mkdocs.yml").write_text(f"{about}theme:\n  name: material\n", "utf-8")
    cards = "".join(f"> {words}\n>\n> {by}, {source}\n\n<!-- -->\n\n" for _, words, by, _, source in QUOTATIONS)
    (folder / "docs/index.md").write_text(f"# {TITLE}\n{TEXT}\n{CAPTION}\n\n{pipe_table()}\n{cards}", "utf-8")
    run(
        [str(outer), "-m", "mkdocs", "build", "--quiet"],
        cwd=folder,
        env={"PYTHONPATH": str(folder / "lib"), "PATH": "/usr/bin:/bin"},
    )
    return folder / "site", "index.html"


def run(command: list[str], **how: object) -> None:
    done = subprocess.run(command, capture_output=True, encoding="utf-8", check=False, **how)
    if done.returncode:
        sys.exit(f"{' '.join(command)}: {done.stderr or done.stdout}")


PEERS = {"this site": ours, "a plain page": plain, "GOV.UK Frontend": govuk, "Material for MkDocs": material}


def measured(browser: Browser, url: str, host: str) -> list[str]:
    """Bytes as they are sent, requests, other hosts that were asked for, rules of axe that are broken, and what its HTML says."""
    context = browser.new_context(viewport={"width": 412, "height": 823})
    tab, sizes, asked = context.new_page(), [], []
    session = context.new_cdp_session(tab)
    session.send("Network.enable")
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    tab.on("request", lambda request: asked.append(request.url))
    tab.goto(url, wait_until="networkidle")
    broken = set()
    for width in WIDTHS:
        tab.set_viewport_size({"width": width, "height": 900})
        broken |= {violation["id"] for violation in Axe().run(tab, options=AXE).response["violations"]}
    facts = ["yes" if fact else "no" for fact in tab.evaluate(FACTS)]
    context.close()
    own = [url for url in asked if url.startswith(host)]
    others = {urlsplit(url).netloc for url in asked if not url.startswith((host, "data:"))}
    return [f"{sum(sizes):,.0f}", str(len(own)), *(", ".join(sorted(names)) or "none" for names in (others, broken)), *facts]


def versions(place: Path) -> str:
    """Of what was installed, as the package managers wrote it down."""
    npm = next(place.glob("*/node_modules/govuk-frontend/package.json"))
    pip = next(place.glob("*/lib/mkdocs_material-*.dist-info"))
    return f"govuk-frontend {json.loads(npm.read_text('utf-8'))['version']}, {pip.stem.replace('_', '-')}"


def main() -> None:
    program, browser_path = lighthouse(), chromium()
    heads = ("page", "bytes sent", "requests", "other hosts", "axe", "CSP", "caption", "scope", "Lighthouse")
    print(f"| {' | '.join(heads)} |\n|{'---|' * len(heads)}", flush=True)
    with sync_playwright() as playwright, tempfile.TemporaryDirectory() as place:
        browser = browser_or_exit(playwright, REFUSED)
        for number, (name, make) in enumerate(PEERS.items()):
            folder = Path(place, str(number))
            folder.mkdir()
            site, page = make(folder)
            with served(site, Packed) as host:
                cells = measured(browser, f"{host}/{page}", host)
                scores = middle(program, browser_path, f"{host}/{page}", RUNS)[0] if program else {}
            print(f"| {' | '.join([name, *cells, '/'.join(map(str, scores.values())) or 'not installed'])} |", flush=True)
        print(f"\n{versions(Path(place))}, Chromium {browser.version}")
        browser.close()


if __name__ == "__main__":
    main()
