"""The editor in the browser: what it is told of files, and that whatever is not changed in one stays to the byte."""

import tarfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from argument import browser_editor, frontmatter, livereload
from argument.frontmatter import key_name
from argument.matter import MATTERS
from argument.problems import SourceText
from building import ROOT
from serving import served

CONTENT = [path for path in sorted((ROOT / "content").rglob("*.md")) if path.parent.name in MATTERS]
FORM = """async files => {
    const { fromFile, toFile } = await import('/front-matter.js');
    return files.map(([file, changes]) => {
        const read = JSON.parse(JSON.stringify(fromFile(file)));
        const { _file, ...shown } = read;
        return [shown, toFile({ ...read, ...changes })];
    });
}"""
RISK = "Title: Cost\nOrder: 10\nClaim: It costs\n    more than it brings.\nLikelihood: likely\n\n\nWords.\n\n| a | b |\n\nMore.\n"


@pytest.fixture(scope="module")
def form(browser: Browser) -> Iterator[Page]:
    """A page of the browser that can load our script."""
    page = browser.new_page()
    with served(ROOT / "theme/editor") as host:
        page.route(f"{host}/empty", lambda route: route.fulfill(body="<!DOCTYPE html>", content_type="text/html"))
        page.goto(f"{host}/empty")
        yield page
    page.close()


def changed(form: Page, file: str, **changes: str) -> str:
    """The file after an editor has changed some of what it was shown."""
    ((_, after),) = form.evaluate(FORM, [[file, changes]])
    return after


def test_every_file_of_the_content_is_shown_whole_and_kept_to_the_byte(form: Page) -> None:
    """The guide's as well; its keys and values are those that a build reads."""
    files = [path.read_text("utf-8") for path in CONTENT]
    assert len(files) > 280
    for file, (shown, after) in zip(files, form.evaluate(FORM, [[file, {}] for file in files]), strict=True):
        values, skip, _ = frontmatter.split(SourceText("", file))
        assert after == file
        assert shown.pop("body") == "\n".join(file.split("\n")[skip:])
        assert shown == {value.key: value.content for value in values.values()}


def test_a_changed_key_changes_its_own_lines_alone(form: Page) -> None:
    """In every file of the content, its first key."""
    files = [path.read_text("utf-8") for path in CONTENT]
    keys = [file.partition(":")[0] for file in files]
    for file, key, (shown, after) in zip(
        files,
        keys,
        form.evaluate(FORM, [[file, {key: "Something else"}] for file, key in zip(files, keys, strict=True)]),
        strict=True,
    ):
        end = next(n for n, line in enumerate(file.split("\n")[1:], 1) if not line.startswith("    "))
        assert after.split("\n") == [f"{key}: Something else", *file.split("\n")[end:]], shown


def test_what_is_changed_is_written_as_files_are(form: Page) -> None:
    """A value on one line, what was emptied nowhere, a new value after the others, the text with one end."""
    claim = "Claim: It costs\n    more than it brings.\n"
    assert changed(form, RISK, Title="The cost") == RISK.replace("Title: Cost", "Title: The cost")
    assert changed(form, RISK, Claim="It costs.\n\nA lot.") == RISK.replace(claim, "Claim: It costs. A lot.\n")
    assert changed(form, RISK, Claim="") == RISK.replace(claim, "")
    assert changed(form, RISK, Answer="None.") == RISK.replace("likely\n", "likely\nAnswer: None.\n")
    assert changed(form, RISK, body="New.\nWords.  \n\n") == RISK.partition("likely\n")[0] + "likely\n\nNew.\nWords.\n"
    assert changed(form, RISK, body=" \n") == RISK.partition("likely\n")[0] + "likely\n"


def test_a_new_file_has_the_form_of_all_others(form: Page) -> None:
    """Without what was left empty; and a file without an end of its last line gets one only where something follows."""
    assert form.evaluate(
        "async () => (await import('/front-matter.js')).toFile({ Title: 'Cost', Answer: '', body: 'Words.' })"
    ) == ("Title: Cost\n\nWords.\n")
    assert changed(form, "Title: Cost") == "Title: Cost"
    assert changed(form, "Title: Cost", Order="1", body="Words.") == "Title: Cost\nOrder: 1\n\nWords.\n"


def test_the_editor_knows_every_key_that_a_file_may_have() -> None:
    """With what it is for, and what may be chosen."""
    told = {one["name"]: one for one in browser_editor.config("", "content")["collections"]}
    assert list(told) == list(MATTERS)
    for folder, matter in MATTERS.items():
        assert told[folder]["folder"] == f"content/{folder}"
        fields = {field["name"]: field for field in told[folder]["fields"]}
        assert list(fields) == [*map(key_name, matter.model_fields), "body"]
        assert [name for name, field in fields.items() if field["required"]] == [
            key_name(name) for name, info in matter.model_fields.items() if info.is_required()
        ]
    assert [field["options"] for field in told["benefits"]["fields"] if field["name"] == "Strength"] == [
        ["strong", "moderate", "weak"]
    ]


def test_its_program_is_published_without_maps_and_asks_nobody_else(tmp_path: Path) -> None:
    """GitHub alone, if it may write there."""
    package = tmp_path / "package.tgz"
    with tarfile.open(package, "w:gz") as packed:
        for name in (
            "package/npm/index.js",
            "package/npm/index.js.map",
            "package/npm/assets/a.woff2",
            "package/dist/a.js",
            "package/LICENSE.txt",
        ):
            packed.addfile(tarfile.TarInfo(name))
    ours = {f"edit/{name}" for name in ("config.json", "front-matter.js", "index.html", "start.js")}
    for repository, asks in (("", b"connect-src 'self' data:;"), ("a/b", b"connect-src 'self' data: https://api.github.com;")):
        found = browser_editor.files(str(package), repository, ROOT / "theme", "content")
        assert found.keys() == ours | {f"edit/sveltia/{name}" for name in ("index.js", "assets/a.woff2", "LICENSE.txt")}
        assert asks in found["edit/index.html"]()
        assert b"://" not in found["edit/index.html"]().replace(b"https://api.github.com", b"", 1)


def test_without_the_setting_nothing_of_it_is_published(small_output: Path) -> None:
    assert not (small_output / browser_editor.FOLDER).exists()
    assert f"{browser_editor.FOLDER}/" == livereload.EDITOR  # which shows it as it is
