"""What stands in a new content file or comparison at first: what is known, and every key explained. Knows no Pelican."""

from collections.abc import Mapping

from argument.frontmatter import key_name
from argument.matter import ComparisonMatter
from argument.scaffolds import WORDS, Kind, listed
from argument.values import Status


def file_text(kind: Kind, given: Mapping[str, str]) -> str:
    """A file with these values: its front matter, what the text is, and what every key means."""
    given = {"status": Status.DRAFT, **given} if kind.begins_as_draft else given
    fields = kind.matter.model_fields
    head = [f"{key_name(name)}: {given[name]}" for name in fields if given.get(name)]
    words = given.get(WORDS, "").strip()
    body = [f"{kind.mark}{words}", ""] if words else []
    return "\n".join([*head, "", *body, *explained(kind, given), ""])


def explained(kind: Kind, given: Mapping[str, str]) -> list[str]:
    """What every key means, those that stand in the file first, as a comment that no reader sees."""
    fields = kind.matter.model_fields
    above = [f"{key_name(name)}: {kind.meaning_of(name)}" for name in fields if given.get(name)]
    more = [f"{key_name(name)}: {kind.meaning_of(name)}" for name in fields if not given.get(name)]
    text = [f"The text. {kind.words}"] if kind.words else ["The text stands below the first blank line, in Markdown."]
    mark = [f"Each passage is a paragraph of its own that begins with {kind.mark.strip()} at the margin."] if kind.mark else []
    also = ["", "These may stand above, too, each on a line of its own:", "", *more] if more else []
    return [
        "<!--",
        "Above stand:",
        "",
        *above,
        *also,
        "",
        *text,
        *mark,
        "",
        "No reader sees this comment. Take it out when you are done.",
        "-->",
    ]


def block_text(given: Mapping[str, str]) -> str:
    """A comparison block with these values, its cells yet to be filled, and what its options mean."""
    options = [f"    id: {given['id']}"]
    columns = listed(given.get("columns", ""))
    gathers = given.get("gather", "")
    if gathers:
        options += [f"    rows: {gathers}", "    columns:", *(f"        {heading_of(name)}: {name}" for name in columns)]
        table = []
    else:
        rows = listed(given.get("rows", ""))
        head = [given.get("corner", ""), *columns]
        table = ["", line_of(head), line_of(["---"] * len(head)), *(line_of([row, *[""] * len(columns)]) for row in rows)]
    return "\n".join([f"/// comparison | {given['caption']}", *options, *table, "///", "", *options_explained(bool(gathers)), ""])


def options_explained(gathers: bool) -> list[str]:
    """What else may stand among the options of a comparison, as a comment that no reader sees."""
    gathered = ("rows", "columns", "only")
    fields = {name: info for name, info in ComparisonMatter.model_fields.items() if name != "id"}
    named = [f"{name}: {info.description}" for name, info in fields.items() if gathers or name not in gathered]
    cells = [] if gathers else ["Fill every cell; one may begin with a verdict: (+) better, (-) worse, (~) mixed, (?) not known."]
    return [
        "<!--",
        *cells,
        "These may stand among its options, indented by four spaces:",
        "",
        *named,
        "",
        "Take this comment out when you are done.",
        "-->",
    ]


def line_of(cells: list[str]) -> str:
    """One line of a pipe table."""
    return "| " + " | ".join(cell.replace("|", "\\|") for cell in cells) + " |"


def heading_of(name: str) -> str:
    """`likelihood_now` → `Likelihood now`."""
    return name.replace("_", " ").capitalize()
