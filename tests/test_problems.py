from argument.problems import EXCERPT_WIDTH, Place, Problem, SourceText, did_you_mean, excerpt, one_of, report


def test_a_long_line_is_shown_round_its_caret() -> None:
    """What is wrong is in sight, and the caret stands under it."""
    line = "word " * 60 + "here " + "word " * 60
    shown, caret = excerpt(SourceText("f.md", line).place(1).narrowed("here"))
    assert shown[caret.index("^") :].startswith("here")
    assert caret.count("^") == len("here")
    assert len(shown) < EXCERPT_WIDTH + 20


def test_a_short_line_is_shown_whole() -> None:
    assert excerpt(SourceText("f.md", "a b c").place(1).narrowed("b")) == ["    1 | a b c", "      |   ^"]


def test_a_place_in_no_line_shows_nothing() -> None:
    assert excerpt(Place("f.md")) == []


def test_a_place_at_an_offset_has_line_and_column() -> None:
    place = SourceText("f.md", "one\ntwo three\n").place_at(8, 99)
    assert (place.line, place.column, place.width, place.text) == (2, 4, 5, "two three")


def test_a_near_word_is_suggested_and_a_far_one_is_not() -> None:
    assert did_you_mean("Kerslake-2041", ["kerslake-2014", "gds-2012"]) == 'Did you mean "kerslake-2014"?'
    assert did_you_mean("zebra", ["kerslake-2014"], "There is one.") == "There is one."


def test_of_several_that_are_as_near_the_same_is_suggested_in_every_run() -> None:
    """Sets have another order in each."""
    names = [f"said-{number}" for number in range(99, 10, -1)]
    assert {did_you_mean("said-1", kind(names)) for kind in (set, frozenset, sorted)} == {'Did you mean "said-11"?'}


def test_words_are_listed_as_in_a_sentence() -> None:
    assert one_of(["a", "b", "c"]) == "a, b or c"
    assert one_of(["a"]) == "a"


def test_a_report_counts_each_problem_once_by_file_and_line() -> None:
    """The same mistake, found twice, is told once."""
    first, second = Problem(Place("a.md", 9), "late."), Problem(Place("a.md", 2), "early.")
    lines = report([first, second, first]).splitlines()
    assert [line for line in lines if line.startswith("a.md")] == ["a.md:2: early.", "a.md:9: late."]
    assert lines[-1].startswith("2 problems in 1 file.")
