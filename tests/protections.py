"""Take each protection out of a copy of the project and run the test of it, which must fail: `python3 tasks.py protections`.

A test that passes without what it tests proves nothing.
"""

import os
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
NEEDED = ("plugins", "tests", "theme", "content", "pelicanconf.py", "pyproject.toml", "tasks.py", "README.md")
FAILED = 1  # pytest's exit status where tests ran and some failed


@dataclass(frozen=True)
class Protection:
    """What is promised, the words of the code that see to it, what stands there without them, and the tests that must notice."""

    promise: str
    file: str
    words: str
    without: str
    tests: str

    def taken_out(self, folder: Path) -> None:
        """Take it out of a copy of the project. Raises LookupError if it is not there once."""
        path = folder / self.file
        text = path.read_text("utf-8")
        if text.count(self.words) != 1:
            raise LookupError(f"{self.file} has {self.words!r} {text.count(self.words)} times.")
        path.write_text(text.replace(self.words, self.without), "utf-8")


OUTPUT, PLUGIN, LOCKS = (f"plugins/argument/{name}.py" for name in ("output", "plugin", "locks"))
COPIED, CHECKING, ALLOWED, MISPLACED = (f"plugins/argument/{name}.py" for name in ("copied", "checking", "allowed", "misplaced"))
CSV, RENDER, SCANNER, VERIFICATION = (f"plugins/argument/{name}.py" for name in ("csv_tables", "render", "scanner", "verification"))
FAULT = "tests/test_faults.py::test_fault_is_told_and_nothing_is_published"
PLANS, STORES, SERVERS, BRANCHES = (f"plugins/argument/{name}.py" for name in ("plans", "stores", "servers", "branches"))
PROMISES = "tests/test_promises.py"
OTHERS = "tests/test_publishing_with_others.py::"
PROTECTIONS = (
    Protection(
        "a build that is killed leaves a whole site",
        OUTPUT,
        "        elif not exchange(self.folder, self.output):",
        "        else:",
        "tests/test_output.py::test_a_killed_build_leaves_a_whole_site",
    ),
    Protection(
        "there is a site at every moment",
        OUTPUT,
        "        elif not exchange(self.folder, self.output):",
        "        else:",
        "tests/test_output.py::test_there_is_an_output_at_every_moment",
    ),
    Protection(
        "what is built does not stand in the place of the old site before it is whole",
        OUTPUT,
        '        self.folder = self.beside("new")',
        "        self.folder = self.output",
        "tests/test_output.py::test_a_killed_build_leaves_a_whole_site",
    ),
    Protection(
        "where folders are not exchanged, the next build puts the old site back",
        OUTPUT,
        "            old.rename(self.output)\n        for left",
        "            pass\n        for left",
        "tests/test_output.py::test_where_folders_are_not_exchanged_a_killed_build_loses_nothing",
    ),
    Protection(
        "two builds at once do not mix",
        LOCKS,
        "            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "            pass",
        "tests/test_output.py::test_two_builds_at_once_do_not_mix",
    ),
    Protection(
        "a second build waits for the first",
        LOCKS,
        "            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)",
        "            pass",
        "tests/test_output.py::test_a_second_build_waits_for_the_first_also_when_that_is_killed",
    ),
    Protection(
        "a lock whose file was deleted is held by nobody else",
        LOCKS,
        "        if locked(self.handle) and self.still_there():",
        "        if locked(self.handle):",
        "tests/test_output.py::test_a_lock_whose_file_was_deleted_is_not_taken",
    ),
    Protection(
        "a full disk is told",
        OUTPUT,
        "        return unwritable(self.output, error) if here else None",
        "        return None",
        "tests/test_output.py::test_where_nothing_more_can_be_written_that_is_said",
    ),
    Protection(
        "what was not published takes no room",
        PLUGIN,
        "            problem = self.staging.unwritable(error)\n            self.staging.leave()\n",
        "            problem = self.staging.unwritable(error)\n",
        "tests/test_output.py::test_where_nothing_more_can_be_written_that_is_said",
    ),
    Protection(
        "a link that stands for the output stays",
        OUTPUT,
        "self.output = output.resolve()",
        "self.output = output",
        "tests/test_output.py::test_where_a_link_stands_for_the_output_what_it_leads_to_is_replaced",
    ),
    Protection(
        "what pages need is at a host before them",
        PLANS,
        "    sent.sort(key=lambda name: (rank(name, new=name not in there.files), name))\n",
        "    sent.sort(key=lambda name: (not name.endswith(PAGE), name))\n",
        "tests/test_publishing.py::test_stopped_on_the_way_it_is_whole_and_goes_on",
    ),
    Protection(
        "all that pages need is at a host before the first page is",
        STORES,
        "            for names in plan.groups:",
        "            for names in [plan.sent]:",
        "tests/test_publishing.py::test_things_come_first_then_pages_then_deletions",
    ),
    Protection(
        "who got a page just before still gets its parts from a store",
        PLANS,
        "    kept = sorted(gone if again else (name for name in gone - before.kept if dirname(name) in folders))",
        "    kept: list[str] = []",
        "tests/test_publishing.py::test_a_reader_never_meets_a_page_without_its_parts[s3]",
    ),
    Protection(
        "what is kept for readers of the last edition goes with the next",
        PLANS,
        "for name in gone - before.kept if",
        "for name in gone if",
        "tests/test_publishing.py::test_an_edition_takes_the_place_of_another",
    ),
    Protection(
        "on a server the new edition takes the place of the old one at once",
        SERVERS,
        'mv -fT ".next.$new" "$site" 2>/dev/null ||',
        'rm "$site"; sleep 0.1; mv ".next.$new" "$site" ||',
        "tests/test_publishing.py::test_a_reader_never_meets_a_page_without_its_parts[rsync]",
    ),
    Protection(
        "a folder that is somebody else's is not replaced",
        SERVERS,
        """[ ! -e "$1" ] || [ -L "$1" ] || {""",
        """true || {""",
        "tests/test_publishing.py::test_a_folder_that_is_no_link_is_refused",
    ),
    Protection(
        "what somebody else has put there is not deleted",
        PLANS,
        "    if not over:",
        "    if False:",
        "tests/test_publishing.py::test_a_place_that_somebody_else_has_is_refused",
    ),
    Protection(
        "what somebody else has put beside a site stays",
        PLANS,
        "    foreign = frozenset() if over else there.foreign - wanted.keys()",
        "    foreign: frozenset[str] = frozenset()",
        "tests/test_publishing.py::test_what_somebody_else_has_put_there_stays",
    ),
    Protection(
        "no branch of one's own is moved",
        BRANCHES,
        '        with environment(GIT_DIR=str(repository), GIT_INDEX_FILE=str(repository / "next"), **whose):',
        '        with environment(GIT_INDEX_FILE=str(repository / "next"), **whose):',
        "tests/test_publishing.py::test_no_branch_of_ones_own_is_moved",
    ),
    Protection(
        "on a server one publishes at a time",
        "plugins/argument/publishing.py",
        "        with nullcontext() if dry_run else host.turn():",
        "        with nullcontext():",
        f"{OTHERS}test_whoever_waits_says_so",
    ),
    Protection(
        "what has not arrived whole is not shown",
        SERVERS,
        '    (cd "$part" && sha256sum -c .publication.sums >/dev/null 2>&1) || {',
        "    true || {",
        f"{OTHERS}test_an_edition_that_does_not_arrive_whole_is_not_shown",
    ),
    Protection(
        "what somebody else has on a server stays as it is",
        SERVERS,
        "    rsync -a -0 $over --ignore-existing",
        "    rsync -r -0 $over --ignore-existing",
        f"{OTHERS}test_all_that_somebody_else_has_put_there_stays_as_it_is",
    ),
    Protection(
        "what others have and cannot be carried over keeps a server as it was",
        SERVERS,
        """    finish "$new" "$over"
    [ $? -eq 0 ] && echo done || echo failed""",
        """    if finish "$new" "$over"; then echo done; else echo failed; fi""",
        f"{OTHERS}test_where_what_others_have_cannot_be_carried_over_nothing_is_shown",
    ),
    Protection(
        "who does not hold a place any more does not change it",
        SERVERS,
        """        if self.said("done", "failed") != "done":
            raise self.lost()""",
        """        if self.said("done", "failed") != "done":
            return""",
        f"{OTHERS}test_an_edition_that_does_not_arrive_whole_is_not_shown",
    ),
    Protection(
        "a first page of somebody else's is not replaced in a store",
        STORES,
        "            return There(files, mark, frozenset([HOME]) if lost else frozenset())",
        "            return There({name: one for name, one in files.items() if not lost or name != HOME}, mark)",
        f"{OTHERS}test_a_first_page_of_somebody_else_in_a_store_is_not_replaced",
    ),
    Protection(
        "what was published in a store meanwhile stays",
        STORES,
        "            if self.mark(known=plan.before is not None) != plan.before:",
        "            if False:",
        f"{OTHERS}test_what_was_published_in_a_store_since_it_was_looked_there_stays",
    ),
    Protection(
        "what is noted of one publication is nobody else's",
        BRANCHES,
        'name = f"refs/publication/{what}-{secrets.token_hex(RUN)}"',
        'name = f"refs/publication/{what}"',
        f"{OTHERS}test_what_is_noted_of_one_publication_is_nobody_elses",
    ),
    Protection(
        "clean deletes nothing that a build would not replace",
        "tasks.py",
        "    for leftover in (*([] if wrong else [site]), *leftovers()):",
        "    for leftover in (site, *leftovers()):",
        "tests/test_set_up.py::test_clean_deletes_nothing_but_what_was_made",
    ),
    Protection(
        "everybody may read what was published",
        SERVERS,
        '["rsync", "-rpc", "--chmod',
        '["rsync", "-rc", "--chmod',
        f"{OTHERS}test_everybody_may_read_it_whatever_files_are_born_with",
    ),
    Protection(
        "a link of somebody else that leads nowhere is not replaced",
        SERVERS,
        'if [ -L "$1" ] && [ ! -e "$1" ]; then',
        "if false; then",
        f"{OTHERS}test_a_link_that_leads_nowhere_is_refused",
    ),
    Protection(
        "a new page is in a store before those that lead to it",
        PLANS,
        "    return page, page and not new, name == HOME",
        "    return page, False, name == HOME",
        f"{OTHERS}test_pages_that_lead_to_a_new_one_come_after_it",
    ),
    Protection(
        "two who publish in a store at once are told",
        STORES,
        "            if (now := self.mark(known=False) or Mark()) != plan.begun:",
        "            if False and (now := Mark()):",
        f"{OTHERS}test_who_was_not_alone_in_a_store_is_told_and_the_next_puts_it_right",
    ),
    Protection(
        "what somebody else has in a branch stays what it is",
        BRANCHES,
        '            self.git("update-index", "-z", "--index-info", given=',
        '            self.git("--version", given=',
        f"{OTHERS}test_whatever_somebody_else_has_in_a_branch_stays_what_it_is",
    ),
    Protection(
        "what publishing has begun ends with it",
        "plugins/argument/publishing.py",
        "    signal.signal(signal.SIGTERM, signal.default_int_handler)",
        "    signal.signal(signal.SIGTERM, signal.SIG_DFL)",
        f"{OTHERS}test_nothing_goes_on_without_it",
    ),
    Protection(
        "what another build has put there meanwhile is not published",
        "plugins/argument/publishing.py",
        "        if at is not None and made_for != at:",
        "        if False:",
        f"{OTHERS}test_a_site_that_another_build_has_put_there_meanwhile_is_not_published",
    ),
    Protection(
        "a link in a published site is told",
        VERIFICATION,
        "    return path.is_symlink() or not path.is_dir() or not any(path.iterdir())",
        "    return path.is_file()",
        "tests/test_verification.py::test_what_is_no_file_of_its_own_is_told",
    ),
    Protection(
        "a site for one address does not take the place of one for another",
        PLANS,
        "    if there.mark and there.mark.site != at:",
        "    if False:",
        "tests/test_publishing.py::test_a_site_for_another_address_is_refused",
    ),
    Protection(
        "what was pushed to a branch meanwhile stays",
        BRANCHES,
        'self.git("push", "--quiet", self.remote, f"{name}',
        'self.git("push", "--quiet", "--force", self.remote, f"{name}',
        "tests/test_publishing.py::test_a_branch_that_somebody_pushed_to_meanwhile_is_not_overwritten",
    ),
    Protection(
        "what lies outside the content folder is not published",
        COPIED,
        "    outside = set(leading_out(content, names))",
        "    outside: set[str] = set()",
        f"{FAULT}[link-that-leads-out]",
    ),
    Protection(
        "what a browser would run is not published",
        COPIED,
        "        elif ending not in PICTURES + OTHERS:",
        "        elif False:",
        f"{FAULT}[image-active]",
    ),
    Protection(
        "pictures only draw",
        CHECKING,
        "    unread += copied.not_to_be_copied(content, names, static, workshop.shown)\n",
        "",
        f"{FAULT}[image-svg-script]",
    ),
    Protection(
        "no element of a picture runs",
        COPIED,
        "name.namespace == SVG and name.localname not in DRAWS",
        "False",
        "tests/test_harmless.py::test_a_picture_that_does_more_than_draw_is_none",
    ),
    Protection(
        "no attribute of a picture runs or leads out",
        COPIED,
        "        for what in attributes(element):",
        "        for what in ():",
        "tests/test_harmless.py::test_a_picture_that_does_more_than_draw_is_none",
    ),
    Protection(
        "an end tag is one for every browser",
        ALLOWED,
        "    for end in END.finditer(html):",
        "    for end in ():",
        f"{FAULT}[end-tag-with-more]",
    ),
    Protection(
        "of HTML, only what is stated stands in a page",
        ALLOWED,
        "        if not known(tag) or ",
        "        if ",
        "tests/test_allowed.py",
    ),
    Protection(
        "browsers read what the gate let through",
        "plugins/argument/reading.py",
        "    refused = refused or browsers.misread(kept)",
        "    refused = refused or []",
        f"{FAULT}[link-in-a-link]",
    ),
    Protection(
        "links lead only where links may",
        ALLOWED,
        '        if name == "href" and not (plain and value.lower().startswith(LINKS)):',
        "        if False:",
        "tests/test_allowed.py",
    ),
    Protection(
        "readers write no HTML",
        MISPLACED,
        "    for tag in TAG.finditer(found.body):",
        "    for tag in ():",
        f"{FAULT}[response-with-html]",
    ),
    Protection(
        "no cell is run by a spreadsheet",
        CSV,
        '    return value if NUMBER.fullmatch(value) else FORMULA.sub(r"\\g<before>\'", value)',
        "    return value",
        "tests/test_csv_tables.py",
    ),
    Protection(
        "code that looks like a link is no link",
        RENDER,
        '        return LINKING.sub(lambda tag: LINK.sub(self.link, tag[0]), html) if "{" in html else html',
        "        return LINK.sub(self.link, html)",
        "tests/test_harmless.py::test_code_that_looks_like_a_link_stays_as_it_is",
    ),
    Protection(
        "no character that hides gets in by its number",
        ALLOWED,
        "        if unreadable(name):",
        "        if False:",
        f"{FAULT}[entity-unreadable]",
    ),
    Protection(
        "no word is lost: footnotes",
        SCANNER,
        ", *named_apart(text, body)]",
        "]",
        f"{FAULT}[footnote-twice]",
    ),
    Protection(
        "what was published is compared whole",
        VERIFICATION,
        "            if found != wanted:",
        "            if len(found) != len(wanted):",
        "tests/test_verification.py",
    ),
    Protection(
        "whatever is written is text in HTML",
        "plugins/argument/settings.py",
        '        "autoescape": True,',
        '        "autoescape": False,',
        f"{PROMISES}::test_no_text_is_anything_but_text",
    ),
    Protection(
        "whatever is written is text in JSON-LD",
        "plugins/argument/linked_data.py",
        r"""    return text.replace("<", "\\u003c")""",
        "    return text",
        f"{PROMISES}::test_no_text_is_anything_but_text",
    ),
    Protection(
        "whatever is written, only what is stated stands in a page",
        ALLOWED,
        "        if not known(tag) or ",
        "        if ",
        f"{PROMISES}::test_only_what_is_on_the_list_gets_past_the_gate",
    ),
    Protection(
        "whatever is written, links lead only where links may",
        ALLOWED,
        '        if name == "href" and not (plain and value.lower().startswith(LINKS)):',
        "        if False:",
        f"{PROMISES}::test_a_link_leads_where_it_may_or_is_a_problem",
    ),
    Protection(
        "whatever they write, readers write no HTML",
        MISPLACED,
        "    for tag in TAG.finditer(found.body):",
        "    for tag in ():",
        f"{PROMISES}::test_who_writes_back_writes_no_html",
    ),
    Protection(
        "whatever links there are, none leads out of the content folder",
        COPIED,
        "name in links and not lies_in(root, str(content / name))",
        "False",
        f"{PROMISES}::test_no_link_leads_out_of_the_content_folder",
    ),
    Protection(
        "whatever is in a folder that is a link is not in the content folder",
        COPIED,
        'name.rpartition("/")[0] in moved or ',
        "",
        f"{PROMISES}::test_no_link_leads_out_of_the_content_folder",
    ),
    Protection(
        "whatever it is made of, no element of a picture runs",
        COPIED,
        "name.namespace == SVG and name.localname not in DRAWS",
        "False",
        f"{PROMISES}::test_a_picture_that_is_published_draws_and_does_nothing_else",
    ),
    Protection(
        "whatever it is made of, no attribute of a picture runs or leads out",
        COPIED,
        "        for what in attributes(element):",
        "        for what in ():",
        f"{PROMISES}::test_a_picture_that_is_published_draws_and_does_nothing_else",
    ),
    Protection(
        "an archive is no bomb",
        VERIFICATION,
        "    with archive.open(entry) as file:\n        return file.read(size)",
        "    with archive.open(entry) as file:\n        return file.read()",
        f"{PROMISES}::test_no_more_of_an_archive_is_unpacked_than_is_asked_for",
    ),
    Protection(
        "ordinary Markdown is read as without the plugin",
        "plugins/argument/scanner.py",
        'parted = PARTED if text.lines[number - 1].startswith(COMMENT) and not stack else ""',
        'parted = ""',
        "tests/test_oracles.py",
    ),
)


def noticed(protection: Protection) -> bool:
    """Whether the tests of a protection fail without it, and pass with it."""
    with tempfile.TemporaryDirectory() as temporary:
        folder = Path(temporary, "project")
        for name in NEEDED:
            copy = shutil.copytree if (ROOT / name).is_dir() else shutil.copy2
            folder.mkdir(exist_ok=True)
            copy(ROOT / name, folder / name)
        command = [sys.executable, "-m", "pytest", "-q", "-x", "-p", "no:xdist", "-p", "no:cacheprovider", protection.tests]
        variables = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1"}
        protection.taken_out(folder)
        return subprocess.run(command, cwd=folder, env=variables, capture_output=True, check=False).returncode == FAILED


def main(words: str) -> None:
    chosen = [protection for protection in PROTECTIONS if words in protection.promise]
    missed = []
    for protection in chosen:
        found = noticed(protection)
        missed += [] if found else [protection]
        print(f"{'noticed' if found else 'NOT NOTICED'}: {protection.promise}", flush=True)
    if missed:
        sys.exit(f"{len(missed)} of {len(chosen)} protections could be taken out without a test that fails.")
    print(f"Each of {len(chosen)} protections was missed by its test when it was taken out.")


if __name__ == "__main__":
    main(sys.argv[1] if len(sys.argv) > 1 else "")
