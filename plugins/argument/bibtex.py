"""Items of CSL-JSON → BibTeX, and back: entry types, fields, names and LaTeX's signs. Knows no Pelican.

What is written is BibTeX in UTF-8 with a few of BibLaTeX's fields, as reference managers write it.
"""

import re
from collections.abc import Iterable, Mapping
from functools import cache

from bibtexparser.entrypoint import write_string
from bibtexparser.library import Library
from bibtexparser.middlewares.names import InvalidNameError, parse_single_name_into_parts, split_multiple_persons_names
from bibtexparser.model import Entry, Field
from pylatexenc.latex2text import LatexNodes2Text, MacroTextSpec, get_default_latex_context_db

from argument import csl
from argument.values import SourceType

# CSL's types and BibTeX's kinds of entry; a type without a kind of its own is said in `entrysubtype`, as BibLaTeX does.
KINDS = {
    "article-journal": "article",
    "book": "book",
    "chapter": "incollection",
    "paper-conference": "inproceedings",
    "report": "techreport",
    "thesis": "phdthesis",
    "webpage": "online",
}
OTHER_KINDS = {"article-magazine": "article", "article-newspaper": "article"}
TYPES = {kind: of_csl for of_csl, kind in KINDS.items()} | {
    "booklet": "book",
    "collection": "book",
    "conference": "paper-conference",
    "electronic": "webpage",
    "inbook": "chapter",
    "jurisdiction": "legal_case",
    "legislation": "legislation",
    "manual": "report",
    "mastersthesis": "thesis",
    "movie": "motion_picture",
    "proceedings": "book",
    "report": "report",
    "thesis": "thesis",
    "video": "motion_picture",
    "www": "webpage",
}
SUBTYPES = {"magazine": "article-magazine", "newspaper": "article-newspaper", **{str(kind): str(kind) for kind in SourceType}}
PUBLISHERS = {"techreport": "institution", "phdthesis": "school"}
# CSL's names and the fields of BibTeX and BibLaTeX that say it, the one that is written first.
FIELDS = {
    "title": ("title",),
    "container-title": ("journal", "journaltitle", "booktitle"),
    "publisher": ("publisher", "institution", "school", "organization"),
    "volume": ("volume",),
    "issue": ("number", "issue"),
    "page": ("pages",),
}
# These stand as they are, without LaTeX's signs.
VERBATIM = {"DOI": "doi", "ISBN": "isbn", "URL": "url", "archive_location": "archiveurl"}
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

SIGNS = {
    "\\": r"\textbackslash{}",
    "{": r"\textbraceleft{}",
    "}": r"\textbraceright{}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    "`": r"\textasciigrave{}",
    "'": "{'}",
    "-": "{-}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}
# What means something in LaTeX; a hyphen and an apostrophe only after another one.
SIGN = re.compile(r"[\\{}~^&%$#_`]|(?<=-)-|(?<=')'")
BARE_PERCENT = re.compile(r"(?<!\\)%")
ESCAPED = re.compile(r"\{?\\([&%$#_~{}])\}?")
# Signs by name that pylatexenc does not know, or has otherwise.
NAMED_SIGNS = {
    "textasciicircum": "^",
    "textbar": "|",
    "textbraceleft": "{",
    "textbraceright": "}",
    "textgreater": ">",
    "textless": "<",
    "textquotedbl": '"',
}


def write(items: Iterable[csl.Item]) -> str:
    """The items as a BibTeX file."""
    return write_string(Library([entry(item) for item in items]))


def entry(item: csl.Item) -> Entry:
    """An item as an entry of BibTeX."""
    kind = KINDS.get(item["type"]) or OTHER_KINDS.get(item["type"], "misc")
    named = {theirs: fields[0] for theirs, fields in FIELDS.items()} | {"publisher": PUBLISHERS.get(kind, "publisher")}
    named["container-title"] = "journal" if kind == "article" else "booktitle"
    fields = {"author": " and ".join(map(name, item.get("author", ())))}
    fields |= {field: latex(item[ours]) for ours, field in named.items() if ours in item}
    fields |= {field: item[ours].replace("{", "%7B").replace("}", "%7D") for ours, field in VERBATIM.items() if ours in item}
    fields |= {"date": iso(item.get("issued")), "urldate": iso(item.get("accessed"))}
    fields |= {"year": fields["date"][:4], "entrysubtype": "" if item["type"] in KINDS else item["type"]}
    return Entry(kind, item["id"], [Field(key, value) for key, value in fields.items() if value])


def name(one: csl.Name) -> str:
    """A name as BibTeX reads it: a body in braces, which keep it whole."""
    if "literal" in one:
        return one["literal"] if one["literal"] == csl.OTHERS else f"{{{latex(one['literal'])}}}"
    return ", ".join(f"{{{latex(one[part])}}}" for part in ("family", "suffix", "given") if part in one)


def latex(text: str) -> str:
    """The text with LaTeX's own signs escaped."""
    return SIGN.sub(lambda found: SIGNS[found[0]], text)


def iso(date: Mapping[str, list[list[int]]] | None, mark: str = "-") -> str:
    """A date of CSL-JSON as `2014-05-30`, as far as it is known."""
    return mark.join(f"{part:0{2 if at else 4}d}" for at, part in enumerate(date["date-parts"][0])) if date else ""


def item(read: Entry) -> csl.Item:
    """An entry of BibTeX or BibLaTeX as an item of CSL-JSON."""
    fields = {field.key.lower(): str(field.value) for field in read.fields}
    kind = TYPES.get(
        read.entry_type.lower(), "webpage" if "url" in fields or r"\url" in fields.get("howpublished", "") else "article"
    )
    found: csl.Item = {"id": read.key, "type": SUBTYPES.get(fields.get("entrysubtype", ""), kind)}
    for ours, theirs in FIELDS.items():
        if said := next((fields[field] for field in theirs if field in fields), ""):
            found[ours] = text(said)
    if "subtitle" in fields:
        found["title"] = f"{found.get('title', '')}: {text(fields['subtitle'])}"
    found |= {ours: ESCAPED.sub(r"\1", fields[field]).strip("{} ") for ours, field in VERBATIM.items() if field in fields}
    if address := re.search(r"https?://[^\s{}]+", fields.get("howpublished", "")):
        found.setdefault("URL", ESCAPED.sub(r"\1", address[0]))
    found |= {role: names(fields[role]) for role in ("author", "editor") if role in fields}
    if said := fields.get("date") or dated(fields):
        found["issued"] = {"raw": text(said)}
    if "urldate" in fields:
        found["accessed"] = {"raw": text(fields["urldate"])}
    return found


def dated(fields: Mapping[str, str]) -> str:
    """Year, month and day, as far as they are there, as one date."""
    year, month, day = (text(fields.get(part, "")) for part in ("year", "month", "day"))
    number = MONTHS.index(month[:3].lower()) + 1 if month[:3].lower() in MONTHS else int(month) if is_number(month) else 0
    if not is_number(year) or not number:
        return year
    return f"{year}-{number:02d}" + (f"-{int(day):02d}" if is_number(day) else "")


def is_number(written: str) -> bool:
    """Whether the words of a field are a number, in the figures that dates have here."""
    return written.isascii() and written.isdecimal()


def names(written: str) -> list[csl.Name]:
    """The names in an author field; a name in braces is a body."""
    return [one for person in split_multiple_persons_names(written) if (one := read_name(person))]


def read_name(written: str) -> csl.Name:
    """One name: `Kerslake, Bob`, `Bob Kerslake`, `{Cabinet Office}`, `others`."""
    try:
        parts = parse_single_name_into_parts(written, strict=False)
    except InvalidNameError:
        return {"literal": text(written)}
    family, given, suffix = (text(" ".join(part)) for part in ([*parts.von, *parts.last], parts.first, parts.jr))
    if not given:
        return {"literal": family} if family else {}
    return {"family": family, "given": given} | ({"suffix": suffix} if suffix else {})


def text(written: str) -> str:
    """The words of a field: accents and signs decoded, braces gone."""
    return str(decoder().latex_to_text(BARE_PERCENT.sub(r"\\%", written)))


@cache
def decoder() -> LatexNodes2Text:
    """What turns LaTeX into text; formulas stay as they are."""
    signs = get_default_latex_context_db()
    signs.add_context_category("signs", prepend=True, macros=[MacroTextSpec(name, sign) for name, sign in NAMED_SIGNS.items()])
    return LatexNodes2Text(latex_context=signs, math_mode="verbatim")
