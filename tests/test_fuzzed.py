"""Some of the content that nobody would write (fuzzing.py), always the same."""

from pathlib import Path

from fuzzing import fuzz

EXAMPLES, SEED = 200, 1


def test_whatever_is_written_becomes_valid_pages_or_problems(tmp_path: Path) -> None:
    seen = fuzz(tmp_path, EXAMPLES, SEED)
    assert sum(seen.values()) >= EXAMPLES
    assert min(seen["published"], seen["told what is wrong"]) > EXAMPLES / 4
