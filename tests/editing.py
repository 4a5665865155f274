"""Editing in the editor of the browser, byte for byte: `python3 tasks.py editing`.

One file of each kind is opened in the editor as it is published, once in a folder and once in a repository; its first key and
its text are changed and saved, and what was saved is held against the file. The folder is one of the browser's own, since no
program can choose one of the machine's; GitHub's part is played here, as the editor's own source asks for it. Nothing leaves
this machine. The suite asks the same of our part alone (test_browser_editor.py), since it has no package.
"""

import base64
import hashlib
import json
import re
import sys
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, Route, sync_playwright

from argument.browser_editor import API, FOLDER, GET_IT, VERSION
from argument.matter import MATTERS
from browser import browser_or_exit
from building import ROOT, build, small_site
from serving import served

PACKAGE = ROOT / f"sveltia-cms-{VERSION}.tgz"
HOW_TO_GET_IT = f"The package of the editor is not here. Write it into this folder by:\n    {GET_IT}"
REPOSITORY = "somebody/argument"
ADDED = "\n\nWritten in the browser.\n"
# The folder that the editor is given: one that a browser keeps for a page, with the same interface.
CHOOSE = """window.showDirectoryPicker = async () => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('project', { create: true });
    folder.requestPermission = folder.queryPermission = async () => 'granted';
    return folder;
}"""
FILL = """async files => {
    const folder = await (await navigator.storage.getDirectory()).getDirectoryHandle('project', { create: true });
    await folder.getDirectoryHandle('.git', { create: true });
    for (const [path, text] of Object.entries(files)) {
        let within = folder;
        const names = path.split('/'), name = names.pop();
        for (const one of names) within = await within.getDirectoryHandle(one, { create: true });
        const file = await (await within.getFileHandle(name, { create: true })).createWritable();
        await file.write(text);
        await file.close();
    }
}"""
SAVED = """async () => {
    const found = {};
    const walk = async (folder, path) => {
        for await (const [name, one] of folder.entries()) {
            if (one.kind === 'directory') await walk(one, `${path}${name}/`);
            else if (name.endsWith('.md')) found[path + name] = await one.getFile().then(file => file.text(), () => null);
        }
    };
    await walk(await (await navigator.storage.getDirectory()).getDirectoryHandle('project'), '');
    return found;
}"""


class GitHub:
    """As much of GitHub as the editor asks for: who signs in, what files there are, their text, and a commit."""

    def __init__(self, files: dict[str, str]) -> None:
        self.files = files
        self.commits = 0

    def answer(self, route: Route) -> None:
        request = route.request
        address = request.url.removeprefix(API.decode())
        if request.method == "OPTIONS":
            route.fulfill(status=204, headers=ALLOWED)
        elif address == "/graphql":
            told = json.loads(request.post_data or "")
            route.fulfill(json={"data": self.asked(told["query"], told["variables"])}, headers=ALLOWED)
        elif address == "/user":
            route.fulfill(json={"id": 1, "login": "writer", "name": "A writer"}, headers=ALLOWED)
        elif "/collaborators/" in address:
            route.fulfill(status=204, headers=ALLOWED)
        elif "/git/trees/" in address:
            tree = [{"type": "blob", "path": path, "sha": digest(path), "size": len(text)} for path, text in self.files.items()]
            route.fulfill(json={"tree": tree}, headers=ALLOWED)
        else:
            raise LookupError(f"The editor asks GitHub for {address}.")

    def asked(self, query: str, variables: dict) -> dict:
        """What a query is answered."""
        if "createCommitOnBranch" in query:
            self.commits += 1
            for file in variables["input"]["fileChanges"]["additions"]:
                self.files[file["path"]] = base64.b64decode(file["contents"]).decode()
            names = re.findall(r'(file_\d+): file\(path: "([^"]+)"\)', query)
            commit = {"oid": str(self.commits), "committedDate": "2026-01-31T12:00:00Z"}
            return {"createCommitOnBranch": {"commit": commit | {name: {"oid": digest(path)} for name, path in names}}}
        by_digest = {digest(path): text for path, text in self.files.items()}
        blobs = re.findall(r'(\w+): object\(oid: "(\w+)"\)', query)
        history = {"nodes": [{"oid": str(self.commits), "message": "", "author": {"name": "", "email": "", "user": None}}]}
        history["nodes"][0]["committedDate"] = "2026-01-31T12:00:00Z"
        ref = {"name": "main", "target": {"history": history}}
        found = {name: {"text": by_digest[oid], "isTruncated": False} for name, oid in blobs}
        found |= dict.fromkeys(re.findall(r"(\w+): ref\(", query), ref)
        return {"repository": {"defaultBranchRef": ref, "ref": ref, **found}}


ALLOWED = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}


def digest(path: str) -> str:
    return hashlib.sha1(path.encode(), usedforsecurity=False).hexdigest()


def change(page: Page, folder: str, slug: str, key: str, words: str, *, before: str = "") -> None:
    """Open a file, put words into a field, or after what it holds, and save."""
    page.evaluate(f"location.hash = '#/collections/{folder}/entries/{slug}'")
    field = page.locator(f'section[data-key-path="{key}"]').locator("input, textarea").first
    field.wait_for()
    page.wait_for_timeout(500)  # it fills its fields one after the other, and says nowhere when it is done
    assert field.input_value().strip() == before.strip()
    field.fill(words)
    page.get_by_role("button", name="Save", exact=True).first.click()
    page.wait_for_function("slug => !location.hash.endsWith(`/${slug}`)", arg=slug)  # it goes back to the list


def wait_until(page: Page, found: Callable[[], bool]) -> bool:
    """Whether it comes true within ten seconds."""
    for _ in range(100):
        if found():
            return True
        page.wait_for_timeout(100)
    return False


def edited(page: Page, files: dict[str, str], now: Callable[[], dict[str, str]]) -> Iterator[str]:
    """Change the first key and the text of one file of each kind; what is then not as it should be."""
    expected = dict(files)
    for folder in MATTERS:
        path = next((path for path in files if path.startswith(f"content/{folder}/")), "")
        if not path:
            continue
        above, _, text = files[path].partition("\n\n")
        key, _, value = above.split("\n")[0].partition(": ")
        for name, was, words, after in (
            (key, value, f"{value} now", files[path].replace(value, f"{value} now", 1)),
            ("body", text, text.rstrip() + ADDED, f"{above.replace(value, f'{value} now', 1)}\n\n{text.rstrip()}{ADDED}"),
        ):
            change(page, folder, Path(path).stem, name, words, before=was)
            expected[path] = after
            if wait_until(page, lambda: now() == expected):  # noqa: B023 - asked at once
                print(f"  {path}: {name} changed, all else to the byte as it was")
            else:
                yield f"{path}: after {name} was changed it is {now()[path]!r} and not {after!r}"
                expected = now()


def begun(page: Page, now: Callable[[], dict[str, str]]) -> Iterator[str]:
    """Begin an update; what is then not as it should be."""
    page.evaluate("location.hash = '#/collections/updates/new'")
    for name, words in {"Title": "Ten o’clock: open!", "Date": "2026-01-31", "body": "The door is *open*."}.items():
        page.locator(f'section[data-key-path="{name}"]').locator("input, textarea").first.fill(words)
    page.get_by_role("button", name="Save", exact=True).first.click()
    path, expected = "content/updates/ten-o-clock-open.md", "Title: Ten o’clock: open!\nDate: 2026-01-31\n\nThe door is *open*.\n"
    if wait_until(page, lambda: now().get(path) == expected):
        print(f"  {path}: begun")
    else:
        yield f"{path}: it is {now().get(path)!r} and not {expected!r}; there are {[*now()]}"


@contextmanager
def editor(browser: Browser, output: Path, wrong: list[str]) -> Iterator[tuple[Page, str]]:
    """A page of the browser, and where the editor stands; what it asks of other hosts is wrong."""
    context = browser.new_context(viewport={"width": 1400, "height": 2400})

    def refuse(route: Route) -> None:
        wrong.append(f"The editor asks for {route.request.url}.")
        route.abort()

    with served(output) as host:
        context.route(lambda url: not url.startswith((host, "data:", "blob:")), refuse)
        yield context.new_page(), f"{host}/{FOLDER}"
    context.close()


def main() -> None:
    if not PACKAGE.exists():
        sys.exit(HOW_TO_GET_IT)
    with tempfile.TemporaryDirectory() as place, sync_playwright() as playwright:
        folder = small_site(Path(place), ROOT / "tests/responses")
        done = build(folder, "-e", f'ARGUMENT_EDITOR="{PACKAGE}"', f'ARGUMENT_EDITOR_REPOSITORY="{REPOSITORY}"')
        if done.returncode:
            sys.exit(done.stderr)
        files = {
            path.relative_to(folder).as_posix(): path.read_text("utf-8") for path in sorted((folder / "content").rglob("*.md"))
        }
        browser, wrong = browser_or_exit(playwright), []
        with editor(browser, folder / "output", wrong) as (page, address):
            print("In a folder:")
            page.add_init_script(CHOOSE)
            page.goto(f"{address}/config.json")
            page.evaluate(FILL, files)
            page.goto(f"{address}/index.html")
            page.get_by_text("Work with Local Repository").click()
            page.get_by_text("Guidance").first.wait_for()
            wrong += [*edited(page, files, lambda: page.evaluate(SAVED)), *begun(page, lambda: page.evaluate(SAVED))]
        with editor(browser, folder / "output", wrong) as (page, address):
            print("In a repository:")
            github = GitHub(dict(files))
            page.context.route(f"{API.decode()}/**", github.answer)
            page.goto(f"{address}/index.html")
            page.get_by_text("Sign In Using Access Token").click()
            page.get_by_role("textbox").fill("a-token")
            page.get_by_role("button", name="Sign In", exact=True).click()
            page.get_by_text("Guidance").first.wait_for()
            wrong += [*edited(page, files, lambda: dict(github.files)), *begun(page, lambda: dict(github.files))]
        browser.close()
    sys.exit("\n".join(wrong) or None)


if __name__ == "__main__":
    main()
