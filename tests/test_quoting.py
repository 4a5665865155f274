"""One wrong quotation in each place where a quotation can stand: each is found, and the count says so."""

import pytest

from argument.frontmatter import key_name, prose_fields
from argument.matter import MATTERS, ResponseMatter, SourceMatter
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
    "updates": "Title: T\nDate: 2025-01-01\n",
}
SOURCE = "Title: T\nPublisher: P\nDate: 2020\nKind: primary\nConfidence: high\n\n> I never manage to come in the week.\n\n{}\n"

GATHERED = """Title: T
Description: D.
Quotes: survey-2024

/// comparison | C
    id: c
    rows: benefits
{}
///
"""

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
    "text of an update": ("updates/planted.md", MATTER["updates"] + "\nThey say “{}” [@survey-2024].\n"),
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
    "element Q with a language": ("pages/planted.md", PAGE.format('They say <Q lang="en">{}</Q> [@survey-2024].')),
    "doubled single marks": ("pages/planted.md", PAGE.format("They say ‘‘{}’’ [@survey-2024].")),
    "entities of single marks": ("pages/planted.md", PAGE.format("They say &lsquo;&lsquo;{}&rsquo;&rsquo; [@survey-2024].")),
    "ornamental marks": ("pages/planted.md", PAGE.format("They say ❝{}❞ [@survey-2024].")),
    "low ornamental marks": ("pages/planted.md", PAGE.format("They say 🙶{}❠ [@survey-2024].")),
    "primes of letters": ("pages/planted.md", PAGE.format("They say ʺ{}˝ [@survey-2024].")),
    "reversed marks": ("pages/planted.md", PAGE.format("They say ⹂{}‶ [@survey-2024].")),
    "double angle brackets": ("pages/planted.md", PAGE.format("They say 《{}》 [@survey-2024].")),
    "place in a source": ("pages/planted.md", PAGE.format("So they say [@survey-2024, “{}”].")),
    "word of a verdict": ("pages/planted.md", PAGE.format(TABLE.format("| Sunday | (~ “{}”) so [@survey-2024] |"))),
    "reason for one side": (
        "pages/planted.md",
        GATHERED.format("    one_sided: They say “{}”.\n    columns:\n        Evidence: evidence"),
    ),
    "heading of a gathered column": (
        "pages/planted.md",
        GATHERED.format("    columns:\n        They say “{}”: evidence\n        Limits: limits"),
    ),
    "kind of a source": ("sources/planted.md", SOURCE.format("Words.").replace(": primary", ": primary\nKind-Note: it says “{}”")),
    "introduced block quotation": ("pages/planted.md", PAGE.format("They say [@survey-2024]:\n\n> {}")),
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
    key = "planted" if place in ("note of a source", "kind of a source") else "survey-2024"
    assert none == []
    assert right.tally.checked == right.tally.total
    assert [problem.rule for problem in found] == [f'these words do not stand in "{key}".']
    assert wrong.tally.total == right.tally.total
    assert wrong.tally.checked == right.tally.checked - 1


def test_every_kind_of_file_is_among_the_places() -> None:
    """A new kind of file needs a place here; what readers wrote back is not searched, but for its cards."""
    assert {folder for folder in MATTERS if MATTERS[folder] not in (SourceMatter, ResponseMatter)} == set(MATTER)


def test_the_nearest_citation_says_whose_words_they_are() -> None:
    """Words of one source given to the speaker of another are wrong, though both are cited in the sentence."""
    page = PAGE.format(
        "The treasurer [@treasurer-2023] said “I never manage to come” [@treasurer-2023], a reader not [@survey-2024]."
    )
    _, (problem,) = small_argument({"pages/p.md": page})
    assert (problem.rule, problem.remedy) == (
        'these words do not stand in "treasurer-2023".',
        'They stand in "survey-2024".',
    )


def test_the_citation_after_the_words_comes_before_one_that_stands_before_them() -> None:
    """A sentence may cite another source earlier on; without a citation after them, the last one before is theirs."""
    after = "The survey is old [@survey-2024], but “second wage” has a price [@treasurer-2023]; see [@minutes-2022]."
    before = "See [@survey-2024]; the treasurer [@treasurer-2023] said “second wage”."
    for text in (after, before):
        assert small_argument({"pages/p.md": PAGE.format(text)})[1] == []


def test_a_footnote_within_quoted_words_is_none_of_them() -> None:
    page = PAGE.format("They say “I never manage[^1] to come” [@survey-2024].\n\n[^1]: Nobody asked why.")
    assert small_argument({"pages/p.md": page})[1] == []


def test_a_block_quotation_is_of_the_source_that_it_cites_itself() -> None:
    """What introduces it says so only where it does not."""
    page = PAGE.format(f"They say [@survey-2024]:\n\n> {RIGHT}\n>\n> [@treasurer-2023]")
    assert [problem.rule for problem in small_argument({"pages/p.md": page})[1]] == [
        'these words do not stand in "treasurer-2023".'
    ]


def test_words_beside_a_source_without_excerpts_are_checked_against_the_other() -> None:
    """Only where none of the sources of a citation has any are they unchecked."""
    page = PAGE.format("They say “{}” [@minutes-2022; @survey-2024].")
    assert small_argument({"pages/p.md": page.format(RIGHT)})[0].tally.checked == 2
    assert [problem.rule for problem in small_argument({"pages/p.md": page.format(WRONG)})[1]] == [
        'these words do not stand in "minutes-2022" or "survey-2024".'
    ]


def test_the_same_wrong_words_are_told_of_wherever_they_stand() -> None:
    """Each in its own line."""
    page = PAGE.format("A “seldom ever come” [@survey-2024].\n\nB “seldom ever come” [@survey-2024].")
    assert [problem.place.line for problem in small_argument({"pages/p.md": page})[1]] == [4, 6]


@pytest.mark.parametrize("words", ["I <small>never</small> manage", "I ~~never~~ <s>never</s> manage", "I `never` manage"])
def test_quoted_words_are_not_marked_up_otherwise(words: str) -> None:
    """Nothing in them is struck, hidden or set as code."""
    assert small_argument({"pages/p.md": PAGE.format(f"They say “{words} to come” [@survey-2024].")})[1]
    assert small_argument({"pages/p.md": PAGE.format(CARD.format(f"{words} to come"))})[1]


@pytest.mark.parametrize(
    "words",
    [
        "<small hidden>never</small>",
        '<b class="x">never</b>',
        "*never*{: hidden }",
        "*never*{ hidden }",
        "*never*{.visually-hidden}",
        "*never*{ #x hidden }",
        "[never](https://example.org/){ title='always' }",
        "<x:y onclick='a()'>",
        "<b/onclick=a()>never</b>",
        "<Q onclick=a>never</Q>",
    ],
)
def test_html_says_nothing_that_is_not_let_through(words: str) -> None:
    """No attribute that hides, styles or runs, however it is written."""
    _, problems = small_argument({"pages/p.md": PAGE.format(f"Words {words}.")})
    assert [problem.rule for problem in problems if "cannot stand in " in problem.rule]


def test_attributes_in_the_front_matter_are_told_of_too() -> None:
    matter = MATTER["risks"].replace("Claim: C.", "Claim: It *never*{ hidden } comes.")
    assert [problem.rule for problem in small_argument({"risks/r.md": matter + "\nWords.\n"})[1]] == [
        '"hidden" cannot stand in braces.'
    ]


def test_what_is_let_through_of_html_is() -> None:
    inline = '<abbr title="a room">RR</abbr> at <time datetime="2024-03-01">noon</time>, H<sub>2</sub>O <https://example.org/>'
    page = PAGE.format(f"{inline} <!-- x -->\n\n<!-- todo -->They went on.")
    assert small_argument({"pages/p.md": page})[1] == []


def test_an_excerpt_is_a_passage_of_its_own() -> None:
    """Our note is no excerpt, nor a quotation within one."""
    for text in ("/// note | Ours\n> {}\n///", "> One.\n>\n> > {}"):
        _, problems = small_argument({"sources/s.md": SOURCE.replace("{}\n", text.format("Four pounds.") + "\n")})
        assert [problem.rule for problem in problems] == ["an excerpt stands within another or in a block."]
