"""All that was read, checked together: an argument that holds, or each problem with it. Knows no Pelican, but its settings."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from argument import addresses, copied, inventory, ledger, offline, packs, papers, style_sheets, unpublished
from argument.addresses import Moves
from argument.argument import Argument
from argument.assembling import assemble
from argument.context import Workshop
from argument.image_texts import share_images
from argument.ledger import Ledger
from argument.model import ITEMS, Page
from argument.papers import Paper
from argument.problems import Place, Problem, did_you_mean
from argument.reading import Read
from argument.settings import PREFIX
from argument.share_image import ShareImage
from argument.share_pages import SharePage
from argument.structure import weaknesses
from argument.topics import misnamed
from argument.values import Offline

# Templates that need more than a page: frames, and those of other things.
OF_ITEMS = {kind.template for kind in ITEMS.values() if kind is not Page and isinstance(kind.template, str)}
NOT_FOR_PAGES = {"404", "base", "offline", "pack", "redirect", "unstyled", SharePage.template, *OF_ITEMS}


@dataclass(frozen=True)
class Checked:
    """An argument with what is made of it, and every problem that keeps it from being published."""

    argument: Argument
    recorded: Ledger
    moves: Moves
    papers: Sequence[Paper]
    images: tuple[ShareImage, ...]
    packed: Sequence[str]  # the pages of a pack, if one was asked for
    problems: Sequence[Problem]
    kept_back: Mapping[str, str] = field(default_factory=dict)  # the files that are not published yet, and why


def check(read: Sequence[Read], names: Sequence[str], workshop: Workshop) -> Checked:
    """All of the content that is published, together. `names` are its files, `read` those of text, in any order."""
    documents = [one.document for one in read]
    reasons = unpublished.kept_back(documents, workshop.today)
    found = checked([one for one in read if one.document.name not in reasons], names, workshop)
    relying = list(unpublished.relied_on(documents, reasons))
    told = {problem.place for problem in relying}  # otherwise: as if there were no such thing
    problems = [*relying, *(problem for problem in found.problems if problem.place not in told)]
    return replace(found, problems=problems, kept_back=reasons)


def check_for_author(read: Sequence[Read], names: Sequence[str], workshop: Workshop) -> Checked:
    """The same with what is not published yet among the rest: all that a build says, and what is wrong with drafts themselves."""
    published = check(read, names, workshop)
    if not published.kept_back:
        return published
    paths = {one.document.path for one in read if one.document.name in published.kept_back}
    found = checked(read, names, workshop, unfinished=paths)
    return replace(found, problems=[*published.problems, *found.problems], kept_back=published.kept_back)


def checked(read: Sequence[Read], names: Sequence[str], workshop: Workshop, *, unfinished: Collection[str] = ()) -> Checked:
    """Files together, as if there were no others; what the `unfinished` lack is not told yet."""
    settings, content, pelican = workshop.settings, workshop.content, workshop.pelican
    static, unread = inventory.sort_out(names, pelican["STATIC_PATHS"], workshop.shown)
    unread += copied.not_to_be_copied(content, names, static, workshop.shown)
    documents = sorted((one.document for one in read), key=lambda document: document.path)
    argument, unresolved = assemble(
        documents, static, workshop.cache, allow_unchecked=settings.allow_unchecked, shown=workshop.shown
    )
    own = [problem for one in read for problem in one.problems]
    themed = {path.stem for path in (workshop.theme / "templates").glob("*.html")} - NOT_FOR_PAGES
    problems = [*own, *unread, *unresolved, *without_template(argument, themed)]
    printed, lacking = asked_for(argument, workshop)
    problems += lacking
    problems += weaknesses(argument, {*unfinished, *(problem.place.path for problem in problems)})
    problems += misnamed(argument)
    if settings.writers_guide and not workshop.has_guide:
        remedy = f"Put one into {workshop.shown}/{inventory.WRITERS_GUIDE}/, or take the setting out."
        problems.append(Problem(Place(f"{PREFIX}WRITERS_GUIDE"), "there is no writer’s guide to publish.", remedy))
    recorded = ledger.read(content / ledger.FILE, f"{workshop.shown}/{ledger.FILE}")
    problems += [*recorded.problems, *addresses.wrong_aliases(argument, recorded.places)]
    problems += [*addresses.taken(argument), *(offline.taken(argument) if settings.offline is Offline.ON else ())]
    moves = addresses.moves(argument, recorded.places)
    problems += addresses.gone(argument, recorded, moves, {problem.place.path for problem in own})
    images = tuple(share_images(argument, settings.sides)) if settings.share_images else ()
    problems += [*workshop.drawing.undrawable(images), *style_sheets.broken(workshop.theme)]
    place = Place(f"{PREFIX}PACK")
    packed, unpackable = packs.chosen(settings.pack, argument.names, argument.shared, workshop.site, place)
    folders = (Path(pelican["OUTPUT_PATH"]), content)
    problems += [*unpackable, *papers.in_the_way(settings.paper_file)]
    problems += packs.in_the_way(settings.pack_file, folders) if settings.pack else []
    problems += packs.in_the_way(settings.bundle, folders, packs.BUNDLE) if settings.bundle else []
    return Checked(argument, recorded, moves, printed, images, packed, problems)


def asked_for(argument: Argument, workshop: Workshop) -> tuple[list[Paper], list[Problem]]:
    """The papers of the site, or the one that is asked for by itself."""
    parts = workshop.settings.paper
    if parts is None:
        found, problems = papers.papers(argument)
        return (found if workshop.settings.papers else []), problems
    return papers.paper_of_parts(parts, argument, Place(f"{PREFIX}PAPER"), workshop.site.name)


def without_template(argument: Argument, themed: Collection[str]) -> Iterator[Problem]:
    """A problem for each page whose template the theme does not have."""
    for page in argument.pages.values():
        if page.template not in themed:
            place = argument.documents[f"{page.folder}/{page.slug}.md"].places["template"]
            remedy = did_you_mean(page.template, themed, "Templates live in templates/ of the theme.")
            yield Problem(place, f'the theme has no template "{page.template}".', remedy)
