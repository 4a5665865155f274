"""Which files of the content are not published yet, what relies on them, and which should be read again. Knows no Pelican."""

from collections.abc import Iterable, Iterator, Mapping

from argument.argument import Argument
from argument.dates import PartialDate
from argument.model import Document, Page, Quotation, Reference, Response, Source
from argument.problems import Problem


def kept_back(documents: Iterable[Document], today: PartialDate) -> dict[str, str]:
    """The files that are not published on that day, each with the reason, by their names: `risks/cost.md`."""
    reasons = ((document.name, document.publication.kept_back(today)) for document in documents)
    return {name: reason for name, reason in reasons if reason}


def relied_on(documents: Iterable[Document], reasons: Mapping[str, str]) -> Iterator[Problem]:
    """A problem for each thing that is published and points at one that is not."""
    if not reasons:
        return
    documents = list(documents)
    hidden = {key: reasons[one.name] for one in documents if one.name in reasons for key in called(one)}
    for document in (one for one in documents if one.name not in reasons):
        for reference in pointing(document):
            if reason := hidden.get((reference.kind, reference.target)):
                rule = f'"{reference.target}" is not published: {reason}.'
                yield Problem(reference.place, rule, "Publish both together, or take this out until then.")


def called(document: Document) -> Iterator[tuple[str, str]]:
    """What references call a file and the quotations that it defines: kinds and targets."""
    yield "filename", document.name
    yield "relation", document.name.removesuffix(".md")
    if document.folder == Source.folder:
        yield "citation", document.slug
    slugs = {quotation.slug for quotation in document.quotations}
    for slug in slugs | ({document.slug} if document.folder == Quotation.folder else set()):
        yield "quotation", slug
        yield "relation", f"{Quotation.folder}/{slug}"


def pointing(document: Document) -> Iterator[Reference]:
    """Every reference of a file, also those of single keys."""
    yield from document.references
    if isinstance(document.item, Response):
        yield Reference("relation", document.item.to, document.places["to"])
    if isinstance(document.item, Page):
        if document.item.part_of:
            yield Reference("relation", f"{Page.folder}/{document.item.part_of}", document.places["part_of"])
        for part in document.item.paper:
            path = part.partition("#")[0]
            target = path if "/" in path else f"{Page.folder}/{path}"
            yield Reference("relation", target, document.places["paper"].narrowed(part))


def marks(argument: Argument, reasons: Mapping[str, str], today: PartialDate) -> dict[str, str]:
    """What an author is told on each page that readers do not have yet, or that should have been read again, by its address."""
    told = {}
    for document in argument.documents.values():
        if reason := reasons.get(document.name):
            told[document.address] = f"This is not published: {reason}."
        elif document.publication.overdue(today):
            told[document.address] = f"This should have been read again by {document.publication.review_by}."
        if document.name in reasons:
            told |= {quotation.address: told[document.address] for quotation in document.quotations}
    shared = argument.share_pages if told else ()
    pages = {page.address: told[page.context.address] for page in shared if page.context.address in told}
    return {**pages, **told}


def remarks(documents: Iterable[Document], reasons: Mapping[str, str], today: PartialDate) -> Iterator[str]:
    """What a build says of the files that it left out, and of those that should be read again."""
    for document in documents:
        if reason := reasons.get(document.name):
            yield f"{document.path} is not published: {reason}."
        elif document.publication.overdue(today):
            yield f"{document.path} should have been read again by {document.publication.review_by}."
