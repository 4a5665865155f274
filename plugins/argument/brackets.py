"""Brackets that open and never close: Python-Markdown looks for the end of each to the end of the text. Knows no Pelican."""

import re
from collections.abc import Iterator

from argument.problems import Problem, SourceText

# More of them in one paragraph, or of tags in a file, are no oversight, and would keep Markdown busy for minutes.
MOST = 200
SIGN = re.compile(r"(?s)\\.|(?P<blank>\n[ ]*(?=\n))|(?P<sign>\[|\]\(|\]|\)|<(?=[a-zA-Z/!?])|>)")


def unclosed(text: SourceText, body: str) -> Iterator[Problem]:
    """A problem where too many brackets open and do not close; the body is the text with all else blanked out.

    If there is one, Markdown must not see the text.
    """
    words, addresses, tags = list[int](), list[int](), list[int]()
    for found in SIGN.finditer(body):
        sign = found["sign"]
        if found["blank"]:
            words, addresses = [], []
        if sign in ("]", "](") and words:
            words.pop()
        if sign == ")" and addresses:
            addresses.pop()
        if sign == ">" and tags:
            tags.pop()
        opened = {"[": words, "](": addresses, "<": tags}.get(sign)
        if opened is not None:
            opened.append(found.start("sign"))
            if len(opened) == MOST + 1:
                rule = "more brackets are opened here than closed."
                yield Problem(text.place_at(opened[0], 1), rule, "Close each, or write a backslash before one that is only a sign.")
