"""The pages of sites that are timed."""

PROSE = "A library is a room in which nobody is asked what they are doing there, and everybody finds out. " * 4


def page(number: int) -> str:
    """One page; its quotations are defined in place, so that each page has its own."""
    rows = "\n".join(f"| Day {row} | {row * 7} | (+) some | (-) few | words [@survey-2024] |" for row in range(6))
    sections = "\n\n".join(f"## Section {part}\n\n{PROSE}See [the cost]({{filename}}/risks/cost.md)." for part in range(4))
    quotations = "\n\n".join(
        f"/// quotation | words-{number}-{part}\n    source: survey-2024\n    by: A reader\n    side: for\n\n"
        "I never manage to come in the week.\n///"
        for part in range(2)
    )
    table = f"/// comparison | Days {number}\n    id: days-{number}\n\n| Day | A | B | C | D |\n|---|---|---|---|---|\n{rows}\n///"
    return f"Title: Page {number}\nDescription: Page {number}.\n\n{sections}\n\n{quotations}\n\n{table}\n"
