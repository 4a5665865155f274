"""Whether the argument holds together: what claims without evidence, fears without answer, or is never used. Knows no Pelican.

Each of these checks can be waived where it bites, by a reason that readers are shown. A reason that waives nothing is
a problem too, so that none outlives its cause.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from argument.argument import Argument
from argument.frontmatter import key_name
from argument.model import Benefit, Guidance, Item, Point, Quotation, Response, Risk, Source, Update
from argument.problems import Place, Problem
from argument.quoting import cited
from argument.relations import Relation
from argument.share_pages import SharePage
from argument.tables import Comparison
from argument.values import Side


def weaknesses(argument: Argument, faulty: Collection[str]) -> Iterator[Problem]:
    """Every problem of the whole argument that is not one of its parts.

    `faulty` are the paths of files with problems of their own: what they lack is not known until those are mended.
    """
    return (problem for problem in whole(argument) if problem.place.path not in faulty)


def whole(argument: Argument) -> Iterator[Problem]:
    """The same, of all files."""
    yield from of_relations(argument.relations)
    yield from of_relations(argument.relations_of_readers)
    for comparison in argument.comparisons.values():
        yield from of_comparison(comparison, argument.quotations)
    if not argument.unread:
        yield from unused(argument)
        for points in argument.points.values():
            for point in points:
                yield from of_point(point, argument)


def unused(argument: Argument) -> Iterator[Problem]:
    """What stands in the content and nowhere on the site."""
    # What sources and readers point at is not used by the argument.
    users = [document for document in argument.documents.values() if document.folder not in (Source.folder, Response.folder)]
    pointed = {(reference.kind, reference.target) for document in users for reference in document.references}
    for source in argument.sources.values():
        used = ("citation", source.key) in pointed
        rule = f'nothing rests on the source "{source.key}".'
        remedy = f"Cite it where it bears on something, [@{source.key}], or say why it is kept, Unused: …, or delete it."
        yield from waivable(source, "unused", rule, remedy, argument, holds=used)
    for quotation in argument.quotations.values():
        used = ("quotation", quotation.slug) in pointed
        rule = f'no page shows the quotation "{quotation.slug}".'
        remedy = f"Show it by two lines, or say why it is kept, Unused: …, or delete it.\n/// quotation | {quotation.slug}\n///"
        yield from waivable(quotation, "unused", rule, remedy, argument, holds=used)
    if argument.updates and all(page.template != Update.folder for page in argument.pages.values()):
        remedy = f"Write “Template: {Update.folder}” into the front matter of a page, such as content/pages/{Update.folder}.md."
        yield Problem(Place(argument.updates[-1].origin.place.path, 1), "no page lists the updates.", remedy)


def of_relations(relations: Iterable[Relation]) -> Iterator[Problem]:
    """A problem for each item that bears on itself, or speaks both for and against another."""
    for relation in relations:
        place = relation.subject.origin.place
        if relation.subject.address == relation.object.address:
            rule = f'"{relation.subject.title}" {relation.kind} itself.'
            yield Problem(place, rule, "Name what else it bears on, or take it out.")
        elif relation.kind == "contradicts" and replace(relation, kind="supports") in relations:
            rule = f'"{relation.subject.title}" both supports and contradicts "{relation.object.title}".'
            yield Problem(place, rule, "Say which; its text can say that it cuts both ways.")


def shown(item: Item | SharePage, argument: Argument) -> bool:
    """Whether the argument shows a quotation somewhere: its own page and readers' responses do not count."""
    users = argument.shown_in.get(item.slug, ()) if isinstance(item, Quotation) else ()
    return any(not isinstance(user, Response) for user in users)


def of_point(point: Guidance | Risk | Benefit, argument: Argument) -> Iterator[Problem]:
    """What a point lacks."""
    borne = [relation for relation in argument.relations if relation.object == point and relation.subject != point]
    kinds = {relation.kind for relation in borne}
    supported = any(relation.kind == "supports" and shown(relation.subject, argument) for relation in borne)
    path = f"{point.folder}/{point.slug}"
    evidenced = bool(cited(point.evidence)) or supported
    rule = f'the claim of "{point.title}" has no evidence: "Evidence" cites no source, and no quotation supports it.'
    remedy = f"Cite one, let a quotation say “Supports: {path}”, or say why the claim stands: Without-Evidence: …"
    yield from waivable(point, "without_evidence", rule, remedy, argument, holds=evidenced)
    if isinstance(point, Risk):
        rule = f'the risk "{point.title}" has no answer, and nothing says what remains of it.'
        remedy = f"Write Answer or Remains, let something say “Answers: {path}”, or say why there is none: Without-Answer: …"
        holds = bool(point.answer or point.remains) or "answers" in kinds
        yield from waivable(point, "without_answer", rule, remedy, argument, holds=holds)
        yield from half_scored(point)
    if isinstance(point, Benefit):
        rule = f'nothing is said against the benefit "{point.title}".'
        remedy = f"Write Limits, let something say “Contradicts: {path}”, or say why there is nothing: Without-Limits: …"
        yield from waivable(point, "without_limits", rule, remedy, argument, holds=bool(point.limits) or "contradicts" in kinds)


def half_scored(risk: Risk) -> Iterator[Problem]:
    """A problem if a risk has some of its scores and not all: what is proposed could not be held against what is."""
    given = {name: getattr(risk, name) for name in ("consequence", "likelihood_now", "consequence_now")}
    missing = [key_name(name) for name, value in given.items() if value is None]
    if 0 < len(missing) < len(given):
        rule = f'the risk "{risk.title}" is half scored: it has no {" and no ".join(missing)}.'
        remedy = f"Write all of {', '.join(key_name(name) for name in given)}, or none of them."
        yield Problem(Place(risk.origin.place.path, 1), rule, remedy)


def waivable(
    item: Point | Source | Quotation, field: str, rule: str, remedy: str, argument: Argument, *, holds: bool
) -> Iterator[Problem]:
    """The problem if a check does not hold and no reason is given in `field`, or if one is given and it does hold."""
    reason = getattr(item, field)
    document = argument.documents.get(f"{item.folder}/{item.slug}.md")
    if holds and reason:
        place = document.places[field] if document else item.origin.place
        yield Problem(place, f'"{key_name(field)}" gives a reason for what is not so.', "Take it out: the check holds.")
    elif not holds and not reason:
        yield Problem(Place(item.origin.place.path, 1), rule, remedy)


def of_comparison(comparison: Comparison, quotations: Mapping[str, Quotation]) -> Iterator[Problem]:
    """Whether a comparison's columns all speak for one side without saying so."""
    one = joint(side for side in column_sides(comparison, quotations) if side)
    if one in (Side.FOR, Side.AGAINST) and not comparison.one_sided:
        rule = f"all columns of this comparison that take a side speak {one} the case."
        remedy = "Add a column for the other side, or say why there is none: “one_sided: …” is shown below the table."
        yield Problem(comparison.place, rule, remedy)
    elif one not in (Side.FOR, Side.AGAINST) and comparison.one_sided:
        yield Problem(comparison.place, '"one_sided" gives a reason for what is not so.', "Take it out: the check holds.")


def column_sides(comparison: Comparison, quotations: Mapping[str, Quotation]) -> list[Side | None]:
    """The side that each column takes: that of the field it was gathered from, else of its verdicts and quotations."""
    return [
        column.side or joint(side for voice in voices if (side := side_of(voice, quotations)))
        for column, voices in zip(comparison.columns, comparison.voices, strict=True)
    ]


def side_of(voice: Side | str, quotations: Mapping[str, Quotation]) -> Side | None:
    """The side that a verdict or a quotation takes; none of one that is not there."""
    if isinstance(voice, Side):
        return voice
    return quotations[voice].side if voice in quotations else None


def joint(sides: Iterable[Side]) -> Side | None:
    """The side that all of them take, both if they differ, none if there are none; background takes no side."""
    found = {side for side in sides if side is not Side.CONTEXT}
    return next(iter(found)) if len(found) == 1 else Side.BOTH if found else None
