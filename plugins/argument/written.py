"""How authors write a value: one form, which our own check reads and JSON Schemas are made from. No input or output, no Pelican."""

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class Written:
    """What a value that stands in one piece, or each part of one with commas, must match as a whole.

    `such` says it to an author ("must be …"), `example` is one that matches, if words of the author's own would not do.
    """

    form: re.Pattern[str]
    such: str
    example: str = ""

    def one(self, value: str) -> str:
        """The value, if it has the form. Raises ValueError for anything else."""
        if not self.form.fullmatch(value):
            raise ValueError(self.such)
        return value

    def several(self, value: object) -> tuple[str, ...]:
        """The parts between the commas of the value. Raises ValueError if not all have the form, and names those that have not."""
        parts = tuple(part.strip() for part in str(value).split(",")) if not isinstance(value, tuple) else value
        if wrong := [part for part in parts if not self.form.fullmatch(part)]:
            named = f", not {' or '.join(f'“{part}”' for part in wrong)}" if len(parts) > 1 else ""
            raise ValueError(f"{self.such}, with commas between them{named}")
        return parts
