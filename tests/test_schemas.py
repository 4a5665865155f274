"""The schemas say what the model says: they refuse nothing that our own check accepts, and accept no more than they must."""

import calendar
import json
import os
import re
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import get_args, get_origin

import playwright
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pydantic import BaseModel

from argument import frontmatter
from argument.dates import KNOWN, TO_THE_DAY
from argument.frontmatter import Value, field_name, spelling, split
from argument.matter import MATTERS
from argument.problems import Place, SourceText
from argument.scanner import BLOCKS, scan
from argument.schemas import DRAFT, schemas, unwrapped
from argument.values import PLAIN_WORDS, TOPIC_NAMES, WEB_ADDRESS
from argument.written import Written
from building import GUIDE, ROOT

SCHEMAS = schemas()
MODELS: dict[str, tuple[type[BaseModel], bool]] = {
    **{folder: (matter, False) for folder, matter in MATTERS.items()},
    **{f"{name}-options": (block.matter, True) for name, block in BLOCKS.items()},
}
# What a regular expression cannot say, so that a schema lets more pass: whether a host can be one, and what is a letter.
LOOSER = (WEB_ADDRESS, PLAIN_WORDS, TOPIC_NAMES)
VALUES = [
    *("a", "a-name", "a--b", "-a", "A-b", "a b", "ä", "Ä", "é", "a/b", "risks/cost", "risks/cost, quotations/only", "risks/cost,"),
    *("risks/cost,,a/b", "risks", "risks/cost.md", "risks/cost.html", "page.html#table--row, risks/a.html", "page.html#", ".html"),
    *("2014-05-30", "2014-05", "2014", "undated", "Undated", "2014-13", "2014-06-31", "0000", "2013-02-29", "2012-02-29", "٢٠١٤"),
    *(
        "1",
        "-1",
        "+1",
        "1.0",
        "1_0",
        "0x1",
        "first",
        "N",
        "n",
        "NN",
        "Ñ",
        "cy",
        "pt-BR",
        "pt-br",
        "zh-Hant-TW",
        "english",
        "de-1996",
    ),
    *("https://example.org", "HTTP://Example.org/a?b=%7e", "example.org", "ftp://example.org", "http:example.org", "https://a b"),
    *("https://ex\u00adample.org/ü", "http://[::1]/", "https://", "https://a\u3000b", "https://a\ufeffb", "http://a[@b"),
    *(
        "Bandwidth",
        "Bandwidth, Own devices",
        "bandwidth",
        "Ärzte",
        "A & E’s",
        "Café, 5 Zürich-West",
        "A: b",
        "A.",
        "東京",
        "T\U0001d49c",
    ),
    *("decision, trial#measures, risks/cost", "trial#", "trial#ä", "trial#a\u00a0b", "#a", "trial#a\ufeffb"),
    *("Words, with *emphasis*", "2 * 3", "a_b_c", "é*a*", "’*a*", "*é*", "`code`", "a](b", "a[^1]", "<b>", "< b", "<K", "x <!-- y"),
    "draft",
    *("see [@a-key]", "[@", "[ @", "it’s – “so”", "a\u2028b", "a\tb", "\U0001f600", "$1", "a}", "\\"),
    *("primary", "for", "high", "rare", "almost certain", "Almost certain", "map", "blocks", "added"),
    *("book", "person", "strong", "major", "scroller", "page", "risks", "True"),
]
KEYWORDS = {
    "$schema": str,
    "$comment": str,
    "title": str,
    "description": str,
    "type": str,
    "properties": dict,
    "required": list,
    "additionalProperties": (bool, dict),
    "propertyNames": dict,
    "minProperties": int,
    "minLength": int,
    "pattern": str,
    "enum": list,
    "examples": list,
    "default": str,
    "contentMediaType": str,
}
SCRIPT = """
require("readline").createInterface({input: process.stdin}).on("line", line => {
  const [pattern, flags, text] = JSON.parse(line);
  let said;
  try { said = new RegExp(pattern, flags).test(text); } catch (error) { said = String(error); }
  console.log(JSON.stringify(said));
});
"""

Search = Callable[[str, str], bool]


def python(pattern: str, text: str) -> bool:
    """Whether the pattern is found in the text, as JSON Schema's validators in Python look for it."""
    return re.search(pattern, text) is not None


@pytest.fixture(scope="module")
def ecmascript() -> Iterator[Search]:
    """The same, as ECMAScript does, by the program that Playwright brings along; with and without the flag for Unicode."""
    node = Path(playwright.__file__).parent / "driver" / ("node.exe" if os.name == "nt" else "node")
    with subprocess.Popen([node, "-e", SCRIPT], stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, encoding="utf-8") as run:

        def search(pattern: str, text: str) -> bool:
            said = []
            for flags in ("u", ""):
                print(json.dumps([pattern, flags, text]), file=run.stdin, flush=True)
                said.append(json.loads(run.stdout.readline()))
            assert said in ([True, True], [False, False]), (pattern, text, said)
            return said[0]

        yield search
        run.stdin.close()


def valid(shape: dict, value: object, search: Search = python) -> bool:
    """Whether the value is as the schema has it, by the keywords that our schemas use."""
    if shape["type"] == "string":
        return (
            isinstance(value, str)
            and value in shape.get("enum", [value])
            and len(value) >= shape.get("minLength", 0)
            and ("pattern" not in shape or search(shape["pattern"], value))
        )
    more = shape["additionalProperties"]
    return (
        isinstance(value, dict)
        and len(value) >= shape.get("minProperties", 0)
        and all(name in value for name in shape.get("required", ()))
        and all(search(shape["propertyNames"]["pattern"], name) for name in value if "propertyNames" in shape)
        and all(
            valid(shape["properties"][name], one, search)
            if name in shape.get("properties", {})
            else more and valid(more, one, search)
            for name, one in value.items()
        )
    )


def accepted(schema: str, key: str, content: object) -> bool:
    """Whether our own check has nothing to say of the value of that key."""
    matter, option = MODELS[schema]
    values = {key if option else field_name(key): Value(key, content, Place("value"))}
    _, problems = frontmatter.check(matter, values, Place("whole"), "it", option=option)
    return not any(problem.place.path == "value" for problem in problems)


def fields() -> Iterator[tuple[str, str, dict]]:
    """Every key of every schema, with its own."""
    return ((schema, key, shape) for schema, whole in SCHEMAS.items() for key, shape in whole["properties"].items())


def form_of(schema: str, key: str) -> Written | None:
    """How the value of that key is written, or each one of its lines; None for any words."""
    matter, option = MODELS[schema]
    info = matter.model_fields[key if option else field_name(key)]
    kind, noted = unwrapped(info.annotation, info.metadata)
    if get_origin(kind) is dict:
        _, noted = unwrapped(get_args(kind)[1])
    return next((one for one in noted if isinstance(one, Written)), None)


def parts(shape: dict) -> Iterator[dict]:
    """The schema, and all that are within it."""
    yield shape
    for name in ("additionalProperties", "propertyNames"):
        if isinstance(shape.get(name), dict):
            yield from parts(shape[name])
    for one in shape.get("properties", {}).values():
        yield from parts(one)


def test_the_schemas_are_json_schemas() -> None:
    """By the draft's meta-schema as far as our keywords go; what it does not know would be ignored without a word."""
    for whole in SCHEMAS.values():
        assert whole["$schema"] == DRAFT
        assert whole["additionalProperties"] is False
        for shape in parts(whole):
            assert all(isinstance(value, KEYWORDS[name]) for name, value in shape.items())
            assert shape.get("type", "string") in ("string", "object")
            assert {*shape.get("required", ())} <= {*shape.get("properties", ())}
            for unique in (shape.get("required", []), shape.get("enum", ["one"])):
                assert len({*unique}) == len(unique)
            assert shape.get("enum") != []
            assert all(valid(shape, one) for one in (*shape.get("examples", ()), *filter(None, [shape.get("default")])))
    assert all(shape["description"].endswith(".") for _, _, shape in fields())


def test_what_must_be_there_and_what_is_unknown_is_the_same_to_both() -> None:
    for name, (matter, option) in MODELS.items():
        _, problems = frontmatter.check(matter, {}, Place("whole"), "it", option=option)
        assert {problem.rule for problem in problems} == {f'it must have "{key}".' for key in SCHEMAS[name]["required"]}
        assert [*SCHEMAS[name]["properties"]] == [spelling(field, option=option) for field in matter.model_fields]
        least = {key: next(text for text in VALUES if accepted(name, key, text)) for key in SCHEMAS[name]["required"]}
        assert valid(SCHEMAS[name], least)
        assert not any(valid(SCHEMAS[name], {other: least[other] for other in least if other != key}) for key in least)
        assert not accepted(name, "unknown", "words")
        assert not valid(SCHEMAS[name], {**least, "unknown": "words"})


@pytest.mark.parametrize("schema", SCHEMAS)
def test_a_schema_accepts_what_our_check_accepts(schema: str, ecmascript: Search) -> None:
    """In either language of regular expressions; and nothing else, but where these cannot say it."""
    for key, shape in SCHEMAS[schema]["properties"].items():
        for text in VALUES:
            content = {"a heading": text} if shape["type"] == "object" else text
            ours = accepted(schema, key, content)
            theirs = {valid(shape, content), valid(shape, content, ecmascript)}
            assert theirs == {ours} or (not ours and form_of(schema, key) in LOOSER), (key, text, ours, theirs)


def test_every_value_is_accepted_somewhere_or_refused_everywhere_on_purpose() -> None:
    """The table above tries both: every field accepts some of it, and every one but Markdown refuses some."""
    for schema, key, shape in fields():
        contents = [{"a heading": text} if shape["type"] == "object" else text for text in VALUES]
        assert {accepted(schema, key, one) for one in contents} == {True, False} - (
            {False} if "contentMediaType" in shape else set()
        )


def test_an_empty_value_and_no_lines_are_refused() -> None:
    """A key without a value is a problem, and there is no way to write an option of no lines otherwise."""
    for schema, key, shape in fields():
        assert not accepted(schema, key, "")
        assert not valid(shape, {} if shape["type"] == "object" else "")


def test_a_heading_with_a_citation_or_a_colon_is_refused() -> None:
    columns = SCHEMAS["comparison-options"]["properties"]["columns"]
    assert [valid(columns, {name: "claim"}) for name in ("Claim", "Claim [@a]", "A: B")] == [True, False, False]


PRINTED = st.text(st.characters(exclude_categories=("Cc", "Cs")), min_size=1).filter(lambda text: text == text.strip())


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow], deadline=None)
@given(data=st.data())
def test_no_value_that_nobody_thought_of_is_refused_by_a_schema_alone(data: st.DataObject, ecmascript: Search) -> None:
    """Made after the form itself, one or several, or of any signs at all."""
    schema, key, shape = data.draw(st.sampled_from([*fields()]))
    form = form_of(schema, key)
    texts = PRINTED
    if form:
        one = st.from_regex(form.form, fullmatch=True)
        texts = st.one_of(one, st.lists(one, min_size=1, max_size=3).map(", ".join), PRINTED)
    text = data.draw(texts)
    content = {"a heading": text} if shape["type"] == "object" else text
    if accepted(schema, key, content):
        assert valid(shape, content)
        assert valid(shape, content, ecmascript)


@pytest.mark.parametrize("year", [1, 4, 100, 400, 1900, 2000, 2012, 2013, 2014, 2100, 2400, 9999])
def test_a_date_is_one_of_the_calendar(year: int) -> None:
    """Every month and day that can be written; our check and the schemas have them from the same place."""
    for month in range(100):
        assert bool(KNOWN.form.fullmatch(f"{year:04}-{month:02}")) == (1 <= month <= 12)
        for day in range(100):
            is_one = 1 <= month <= 12 and 1 <= day <= calendar.monthrange(year, month)[1]
            written = f"{year:04}-{month:02}-{day:02}"
            assert bool(KNOWN.form.fullmatch(written)) == bool(TO_THE_DAY.form.fullmatch(written)) == is_one, written


def test_every_leap_year_has_its_day() -> None:
    for year in range(1, 10000):
        assert bool(TO_THE_DAY.form.fullmatch(f"{year:04}-02-29")) == calendar.isleap(year), year
        assert KNOWN.form.fullmatch(f"{year:04}")


@pytest.mark.parametrize("content", [ROOT / "content", GUIDE], ids=["real", "guide"])
def test_all_content_is_as_the_schemas_have_it(content: Path, ecmascript: Search) -> None:
    """Front matter and options alike."""
    tried = set()
    for folder in MATTERS:
        for path in sorted((content / folder).glob("*.md")):
            text = SourceText(path.name, path.read_text("utf-8"))
            values, skip, _ = split(text)
            written = [(folder, {spelling(name, option=False): value.content for name, value in values.items()})]
            blocks = [block for block in scan(text, skip).blocks.values() if block.kind != "quotation" or block.has_body]
            written += [(f"{one.kind}-options", {name: value.content for name, value in one.values.items()}) for one in blocks]
            for schema, instance in written:
                assert valid(SCHEMAS[schema], instance, ecmascript), path
                tried.add(schema)
    assert {"sources", "quotations", "risks", "pages", "comparison-options"} <= tried
