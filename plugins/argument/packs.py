"""A pack: chosen pages of the built site with all that they need, to be read from disk. Knows no Pelican.

It goes with an email or on a portal that takes files. What leads out of it leads to the site, where that has an address of its
own; where it has none, the words stand without a link.
"""

import re
import shutil
import zipfile
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from posixpath import dirname, join, normpath

from argument.bibliography import HOME, Site
from argument.problems import Place, Problem, did_you_mean
from argument.share_image import ShareImage

INDEX = "index.html"
LINK = re.compile(r'(?P<tag><a\b[^>]*?) href="(?P<to>[^"]*)"')
NEEDED = re.compile(r'<(?:img|script|link)\b[^>]*? (?:src|href)="(?P<to>[^"]*)"')
DATA = re.compile(r'<a\b[^>]*? href="(?P<to>[^"#]*\.csv)"')
NOT_NEEDED = re.compile(r'<link rel="alternate"[^>]*>\n?| data-worker="[^"]*"')
# All of it but the list of what the page itself holds.
NAVIGATION = re.compile(r'<nav\b(?! class="contents").*?</nav>\n?|<a class="site-header__find".*?</a>\n?', re.S)
FOREIGN = re.compile(r"[a-z][a-z0-9+.-]*:", re.I)
PACK, BUNDLE = "pack", "bundle"  # what a zip file says in its comment that it is: some pages of a site, or all of it
UNIX, READABLE = 3, 0o100644  # where a zip file says that it was made, so that the files in it can be read wherever it is unpacked
EPOCH = (1980, 1, 1, 0, 0, 0)  # the first day that a zip file knows, so that its bytes depend on its content alone


@dataclass(frozen=True)
class Entry:
    """A page of a pack, as its list shows it."""

    address: str
    title: str
    image: ShareImage | None


@dataclass(frozen=True)
class Pack:
    """The pages of a pack, in the order in which they were asked for, and the papers that go with them."""

    entries: tuple[Entry, ...]
    papers: tuple[Entry, ...]


def chosen(
    named: Sequence[str], names: Mapping[str, str], shared: Mapping[str, str], site: Site, place: Place
) -> tuple[list[str], list[Problem]]:
    """The pages of the addresses that were asked for, each once, and a problem for each that is on no page.

    An address may be whole or begin at the site, end in `.html` or not, and be that of a table or a row in its place. `names`
    are the addresses of the site, `shared` those of share pages by what they are of.
    """
    found, problems = [], []
    for name in named:
        address = name.removeprefix(site.url.rstrip("/") if site.url else "").strip("/") or HOME
        page, mark, fragment = address.partition("#")
        address = f"{page.removesuffix('.html')}.html{mark}{fragment}"
        page = shared.get(address, address.partition("#")[0])
        if "--" in fragment and address not in shared:
            rule = f'there is no row "{name}" to be packed.'
            problems.append(Problem(place, rule, did_you_mean(address, [one for one in names if "--" in one], "Copy its address.")))
        elif page == HOME:
            rule = "the home page cannot be packed: a pack has a first page of its own."
            problems.append(Problem(place, rule, "Take it out; the pack says what the site is about."))
        elif page in names:
            found.append(page)
        else:
            remedy = did_you_mean(page, [one for one in names if "#" not in one], "Name it as it stands behind the site’s address.")
            problems.append(Problem(place, f'there is no page "{name}" to be packed.', remedy))
    return list(dict.fromkeys(found)), problems


def in_the_way(file: str, folders: Iterable[Path], noun: str = PACK) -> list[Problem]:
    """A problem if a pack or a bundle cannot be written there, or would be written over anything else.

    In these folders none may stand: the next build takes their place, or reads them.
    """
    target = Path(file)
    if within := [folder for folder in folders if target.resolve().is_relative_to(folder.resolve())]:
        rule = f"a {noun} cannot stand in {within[0].name}/, which is the site’s."
        return [Problem(Place(file), rule, "Name another one, beside it.")]
    if not target.parent.is_dir():
        return [Problem(Place(file), "the folder that this would stand in is not there.", "Make it first, or name another one.")]
    try:
        there = target.exists()
    except OSError as error:  # no name that can be
        return [unwritable(file, noun, error)]
    if there and not (zipfile.is_zipfile(target) and says(target) == noun):
        rule = f"this is there already, and no {noun} is written over it."
        return [Problem(Place(file), rule, "Name another one, or delete it.")]
    return []


def unwritable(file: str, noun: str, error: OSError) -> Problem:
    """A pack or a bundle that cannot be written."""
    return Problem(Place(file), f"the {noun} cannot be written ({error.strerror or error}).", "Mend that, or name another place.")


def says(target: Path) -> str:
    """What a zip file says that it is."""
    with zipfile.ZipFile(target) as archive:
        return archive.comment.decode("utf-8", "replace")


def packed(pack: Pack, folder: Path, index: str, site: Site) -> dict[str, bytes]:
    """The files of a pack, by their paths in it, from the site that was built in a folder; `index` is its first page."""
    files: dict[str, bytes] = {}
    papers = [paper.address for paper in pack.papers]
    images = [entry.image.file for entry in pack.entries if entry.image]
    own = [f"{entry.address.removesuffix('.html')}.pdf" for entry in pack.entries]
    pages = [entry.address for entry in pack.entries]
    for path in [*papers, *images, *own]:
        if (folder / path).is_file():
            files[path] = (folder / path).read_bytes()
    html = {page: (folder / page).read_text("utf-8") for page in pages}
    data = {path for page, text in html.items() for path in named(DATA, text, page)}
    files |= {path: (folder / path).read_bytes() for path in data if (folder / path).is_file()}
    inside = {INDEX, *files, *pages}
    for page, text in [*html.items(), (INDEX, index)]:
        kept = NOT_NEEDED.sub("", text if site.url else NAVIGATION.sub("", text))
        files |= {path: (folder / path).read_bytes() for path in named(NEEDED, kept, page) if (folder / path).is_file()}
        files[INDEX if page == INDEX else page] = LINK.sub(leading(page, inside, site), kept).encode()
    return files


def bundled(folder: Path) -> dict[str, bytes]:
    """All files of the site that was built in a folder, by their paths in it."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def named(what: re.Pattern[str], html: str, page: str) -> Iterable[str]:
    """The paths of the site's files that a page names so: what it asks for, or the data of its tables."""
    targets = (found["to"] for found in what.finditer(html))
    return [normpath(join(dirname(page), target)) for target in targets if not FOREIGN.match(target)]


def leading(page: str, inside: Collection[str], site: Site) -> Callable[[re.Match[str]], str]:
    """What a link of a page becomes in a pack that holds the files `inside`."""

    def changed(link: re.Match[str]) -> str:
        target, mark, fragment = link["to"].partition("#")
        path = normpath(join(dirname(page), target)) if target else page
        if FOREIGN.match(link["to"]) or (path in inside and path != INDEX):
            return link[0]
        if site.url:
            return f'{link["tag"]} href="{site.address_of(path)}{mark}{fragment}"'
        return f'{link["tag"]} href="{join(*[".."] * page.count("/"), INDEX)}"' if path == INDEX else link["tag"]

    return changed


def write(files: Mapping[str, bytes], target: Path, noun: str = PACK) -> None:
    """Write the files into a zip file, or into a folder if the target's name does not end in `.zip`; whole or not at all."""
    new = target.with_name(f".{target.name}.new")
    try:
        if target.suffix == ".zip":
            zip_into(new, files, target.stem, noun)
            new.replace(target)
            return
        shutil.rmtree(new, ignore_errors=True)  # of a run that was killed
        for path, data in files.items():
            (new / path).parent.mkdir(parents=True, exist_ok=True)
            (new / path).write_bytes(data)
        new.rename(target)
    except OSError:
        shutil.rmtree(new, ignore_errors=True)
        with suppress(OSError):
            new.unlink(missing_ok=True)
        raise


def zip_into(file: Path, files: Mapping[str, bytes], folder: str, noun: str) -> None:
    """Write the files into a zip file, in a folder there."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = noun.encode()
        for path in sorted(files):
            entry = zipfile.ZipInfo(f"{folder}/{path}", EPOCH)
            entry.create_system, entry.external_attr = UNIX, READABLE << 16
            archive.writestr(entry, files[path], zipfile.ZIP_DEFLATED)
