"""An editor in the browser for those who have no other: Sveltia CMS, from a package that is on this machine already.

It is off unless a setting names the package, is published from the site's own files, and asks no other host for anything. It opens
the project's folder where the browser may (in Chromium, from this machine), and knows what may stand in a file from the same
model as the build. Knows no Pelican.
"""

import hashlib
import json
import re
import tarfile
from collections.abc import Callable
from functools import cache, partial
from pathlib import Path
from typing import Any

from argument.matter import MATTERS
from argument.schemas import Schema, schema

FOLDER = "edit"
VERSION = "0.221.1"
# Of the file that `npm pack` writes; another version may write files otherwise, and is to be tried first.
DIGEST = "cfc6193c6c17c3d1d97c85bc2d63ec3655ba2a844b37c6fe5759f1a80821bb02"
GET_IT = f"npm pack @sveltia/cms@{VERSION}"
PROGRAM, LICENCE = "package/npm/", "package/LICENSE.txt"
FORM = "front-matter"  # what the form of our files is called between us and the editor
TEXT = "body"
NO_REPOSITORY = "this/project"
REPOSITORY = re.compile(r"[\w.-]+/[\w.-]+")
ASKS, API = b"connect-src 'self' data:", b"https://api.github.com"  # in the policy of its page


def package(value: str) -> str:
    """The path of the package, if it is the one that was tried, or nothing. Raises ValueError for anything else."""
    if value and not Path(value).is_file():
        raise ValueError("the path of a file that is there", f"Write it by {GET_IT}, or take the setting out.")
    if value and hashlib.sha256(Path(value).read_bytes()).hexdigest() != DIGEST:
        raise ValueError(f"the package of Sveltia CMS {VERSION}", f"Write it by {GET_IT}: what others do to files is not known.")
    return value


def on_github(value: str) -> str:
    """The name of a repository on GitHub, or nothing. Raises ValueError for anything else."""
    if value and not REPOSITORY.fullmatch(value):
        raise ValueError("the name of a repository on GitHub", "Write it as owner/name, without the host.")
    return value


def files(path: str, repository: str, theme: Path, content: str) -> dict[str, Callable[[], bytes]]:
    """What is published of the editor, by address: its page, what we tell it, and its program without maps for debugging.

    `path` is that of the package, `repository` what it may ask GitHub for, if anything, `content` the name of the content folder.
    """
    told = json.dumps(config(repository, content), ensure_ascii=False, indent=1).encode()
    ours = {file.name: file.read_bytes() for file in sorted((theme / "editor").iterdir())}
    if repository:
        ours["index.html"] = ours["index.html"].replace(ASKS, b"%s %s" % (ASKS, API))
    found = {f"{FOLDER}/{name}": file for name, file in {**ours, "config.json": told}.items()} | program(path)
    return {address: partial(bytes, file) for address, file in found.items()}


@cache
def program(path: str) -> dict[str, bytes]:
    """The files of the program, by their addresses."""
    found = {}
    with tarfile.open(path) as packed:
        for member in packed:
            if (member.name.startswith(PROGRAM) and not member.name.endswith(".map")) or member.name == LICENCE:
                file = packed.extractfile(member)
                assert file is not None  # noqa: S101 - the package is the one whose digest is known
                found[f"{FOLDER}/sveltia/{member.name.removeprefix(PROGRAM).removeprefix('package/')}"] = file.read()
    return found


def config(repository: str, content: str) -> dict[str, Any]:
    """What the editor is told of the site: a collection for each kind of file, with what may stand in it."""
    return {
        "load_config_file": False,
        # It wants a repository to be named also where a folder is opened. Any other way to sign in needs a server.
        "backend": {"name": "github", "repo": repository or NO_REPOSITORY, "auth_methods": ["token"]},
        "publish_mode": "simple",
        "media_folder": f"{content}/images",
        "public_folder": "{static}/images",
        "slug": {"encoding": "ascii", "clean_accents": True},
        "collections": [collection(folder, content) for folder in MATTERS],
    }


def collection(folder: str, content: str) -> dict[str, Any]:
    """What the editor is told of one kind of file; not its extension, or it would take the form for YAML."""
    shape = schema(MATTERS[folder], option=False)
    keys = shape["properties"]
    return {
        "name": folder,
        "label": folder.capitalize(),
        "folder": f"{content}/{folder}",
        "format": FORM,
        "create": True,
        "delete": False,  # an address that was published must lead on: that is a matter of two files
        "identifier_field": "Title" if "Title" in keys else "By",
        "editor": {"preview": False},  # which would be drawn by other rules than ours
        "fields": [
            *(field(key, keys[key], shape) for key in keys),
            {"name": TEXT, "label": "Text", "widget": "text", "required": False},
        ],
    }


def field(key: str, shape: Schema, whole: Schema) -> dict[str, Any]:
    """What the editor is told of one key: all values are text, as in the file."""
    told = {"name": key, "label": key, "hint": shape["description"], "required": key in whole["required"]}
    if "enum" in shape:
        return {**told, "widget": "select", "options": shape["enum"]}
    return {**told, "widget": "text" if "contentMediaType" in shape else "string"}
