"""One wrong quotation in each place where a quotation can stand: each is found, and the count says so."""

import pytest

from argument.frontmatter import key_name, prose_fields
from argument.matter import MATTERS, SourceMatter
from reading_small import small_argument

RIGHT, WRONG = "I never manage to come in the week.", "I always manage to come in the week."
PAGE = "Title: A page\nDescription: A page.\n\n{}\n"
CARD = "/// quotation | planted\n    source: survey-2024\n    by: A reader\n    side: for\n\n{}\n///"
TABLE = "/// comparison | Days\n    id: days\n\n| Day | A |\n| --- | --- |\n{}\n///"
MATTER = {
    "guidance": "Title: T\nOrder: 9\nClaim: C.\nEvidence: E [@survey-2024].\nObjection: O.\n",
    "risks": "Title: T\nOrder: 9\nLikelihood: rare\nClaim: C.\nEvidence: E [@survey-2024].\nAnswer: A.\nRemains: R.\n",
    "benefits": "Title: T\nOrder: 9\nStrength: weak\nClaim: C.\nEvidence: E [@survey-2024].\nLimits: L.\n",
    "pages": "Title: T\nDescription: D.\n",
    "quotations": "Source: survey-2024\nBy: A reader\nSide: for\n",
}
SOURCE = "Title: T\nPublisher: P\nDate: 2020\nKind: primary\nConfidence: high\n\n> I never manage to come in the week.\n\n{}\n"

# Where running words stand in the text of a page, and the cards.
PLACES = {
    "library": ("quotations/planted.md", MATTER["quotations"] + "\n{}\n"),
    "block": ("pages/planted.md", PAGE.format(CARD)),
    "block in a note": ("pages/planted.md", PAGE.format(f"//// note | N\n{CARD}\n////")),
    "block in a cell": (
        "pages/planted.md",
        PAGE.format(f"//// comparison | C\n    id: c\n    corner: K\n\n### Row\n\n#### Cell\n\n{CARD}\n////"),
    ),
    "block in a point": ("risks/planted.md", MATTER["risks"] + f"\n{CARD}\n"),
    "block in a source": ("sources/planted.md", SOURCE.format(CARD)),
    "paragraph": ("pages/planted.md", PAGE.format("They say “{}” [@survey-2024].")),
    "straight marks": ("pages/planted.md", PAGE.format('They say "{}" [@survey-2024].')),
    "entities": ("pages/planted.md", PAGE.format("They say &ldquo;{}&#8221; [@survey-2024].")),
    "entity of a straight mark": ("pages/planted.md", PAGE.format("They say &quot;{}&quot; [@survey-2024].")),
    "German marks": ("pages/planted.md", PAGE.format("They say „{}“ [@survey-2024].")),
    "French marks": ("pages/planted.md", PAGE.format("They say «{}» [@survey-2024].")),
    "doubled apostrophes": ("pages/planted.md", PAGE.format("They say ''{}'' [@survey-2024].")),
    "text of a picture": ("pages/planted.md", PAGE.format("![They say “{}”]({{static}}/images/door.svg) [@survey-2024]")),
    "title of a link": ("pages/planted.md", PAGE.format("[Here]({{filename}}/risks/cost.md 'They say “{}”') [@survey-2024].")),
    "element q": ("pages/planted.md", PAGE.format("They say <q>{}</q> [@survey-2024].")),
    "role in a block": ("pages/planted.md", PAGE.format(CARD.format(RIGHT).replace("A reader", "A “{}” reader"))),
    "list": ("pages/planted.md", PAGE.format("- They say “{}” [@survey-2024].\n- More.")),
    "heading": ("pages/planted.md", PAGE.format("## “{}” [@survey-2024]\n\nText.")),
    "link": ("pages/planted.md", PAGE.format("[They say “{}”]({{filename}}/risks/cost.md) [@survey-2024].")),
    "emphasis": ("pages/planted.md", PAGE.format("*They say “{}”* [@survey-2024].")),
    "footnote": ("pages/planted.md", PAGE.format("Text.[^1]\n\n[^1]: They say “{}” [@survey-2024].")),
    "definition list": ("pages/planted.md", PAGE.format("Term\n:   They say “{}” [@survey-2024].")),
    "block quotation": ("pages/planted.md", PAGE.format("> {}\n>\n> [@survey-2024]")),
    "list in a block quotation": ("pages/planted.md", PAGE.format("> * {}\n>\n> [@survey-2024]")),
    "block quotation in a note": ("pages/planted.md", PAGE.format("/// note | N\n> {} [@survey-2024]\n///")),
    "page with a source of its own": ("pages/planted.md", "Title: T\nDescription: D.\nQuotes: survey-2024\n\nThey say “{}”.\n"),
    "note": ("pages/planted.md", PAGE.format("/// note | N\nThey say “{}” [@survey-2024].\n///")),
    "title of a note": ("pages/planted.md", PAGE.format("/// note | “{}”\nSo they say [@survey-2024].\n///")),
    "cell of a table": ("pages/planted.md", PAGE.format(TABLE.format("| Sunday | “{}” [@survey-2024] |"))),
    "heading of a row": ("pages/planted.md", PAGE.format(TABLE.format("| “{}” {{#row}} | So they say [@survey-2024] |"))),
    "heading of a column": (
        "pages/planted.md",
        PAGE.format(TABLE.format("| Sunday | So [@survey-2024] |").replace("| A |", "| “{}” |")),
    ),
    "corner": ("pages/planted.md", PAGE.format(TABLE.format("| Sunday | So [@survey-2024] |").replace("| Day |", "| “{}” |"))),
    "caption": ("pages/planted.md", PAGE.format(TABLE.format("| Sunday | So [@survey-2024] |").replace("| Days", "| “{}”", 1))),
    "cell in prose": (
        "pages/planted.md",
        PAGE.format("/// comparison | C\n    id: c\n    corner: K\n\n### Row\n\n#### Cell\n\n“{}” [@survey-2024]\n///"),
    ),
    "note of a source": ("sources/planted.md", SOURCE.format("It says “{}” there.")),
}
SLUGS = ("source", "quotes", "template")
# And in each key of the front matter that holds words, of whatever kind of file.
CITED = "\nSo [@survey-2024].\n"
for folder, matter in MATTER.items():
    body = "\nI never manage to come in the week.\n" if folder == "quotations" else CITED
    for name, info in MATTERS[folder].model_fields.items():
        if name in prose_fields(MATTERS[folder]) or (info.annotation is str and name not in SLUGS):
            lines = [line for line in matter.splitlines() if not line.startswith(f"{key_name(name)}:")]
            cited = " [@survey-2024]" if name in prose_fields(MATTERS[folder]) else ""
            text = "\n".join([*lines, f"{key_name(name)}: They say “{{}}”{cited}", ""]) + body
            PLACES[f"{key_name(name)} in {folder}"] = (f"{folder}/planted.md", text)


@pytest.mark.parametrize("place", PLACES)
def test_a_wrong_quotation_is_found_wherever_it_stands(place: str) -> None:
    """The right words hold and are counted; wrong ones are one problem more and one checked quotation less."""
    path, text = PLACES[place]
    right, none = small_argument({path: text.replace("{}", RIGHT).replace("{{", "{").replace("}}", "}")})
    wrong, found = small_argument({path: text.replace("{}", WRONG).replace("{{", "{").replace("}}", "}")})
    key = "planted" if place == "note of a source" else "survey-2024"
    assert none == []
    assert right.tally.checked == right.tally.total
    assert [problem.rule for problem in found] == [f'these words do not stand in "{key}".']
    assert wrong.tally.total == right.tally.total
    assert wrong.tally.checked == right.tally.checked - 1


def test_every_kind_of_file_is_among_the_places() -> None:
    """A new kind of file needs a place here."""
    assert {folder for folder in MATTERS if MATTERS[folder] is not SourceMatter} == set(MATTER)
