"""What authors may write in front matter and options, as JSON Schemas (draft 2020-12) made from the model. Knows no Pelican.

For editors that do not run our code. All values are text, as they stand in a file. A schema refuses nothing that our own
check accepts; where a regular expression cannot say what that refuses, the schema lets it pass.
"""

import re
import typing
from enum import StrEnum

from pydantic import BaseModel
from pydantic.fields import FieldInfo
from pydantic_core import PydanticUndefined

from argument import frontmatter, options
from argument.matter import MATTERS
from argument.problems import one_of
from argument.scanner import BLOCKS
from argument.written import Written

DRAFT = "https://json-schema.org/draft/2020-12/schema"
ORIGIN = "python3 tasks.py editors writes this file from plugins/argument/matter.py."

ASCII = [*map(chr, range(128))]

Schema = dict[str, typing.Any]


def schemas() -> dict[str, Schema]:
    """Every schema by its name: `risks` for the front matter of a kind of file, `note-options` for the options of a block."""
    files = {folder: schema(matter, option=False) for folder, matter in MATTERS.items()}
    return files | {f"{name}-options": schema(block.matter, option=True) for name, block in BLOCKS.items()}


def schema(matter: type[BaseModel], *, option: bool) -> Schema:
    """What may stand in the front matter, or the options, that `matter` holds."""
    noun: str = matter.noun  # type: ignore[attr-defined]  # every class of matter has one
    spelt = {frontmatter.spelling(name, option=option): info for name, info in matter.model_fields.items()}
    where = f"the options of a {noun} block" if option else f"the front matter of {frontmatter.a_or_an(noun)}"
    return {
        "$schema": DRAFT,
        "$comment": ORIGIN,
        "title": where[0].upper() + where[1:],
        "type": "object",
        "properties": {name: field_schema(info) for name, info in spelt.items()},
        "required": [name for name, info in spelt.items() if info.is_required()],
        "additionalProperties": False,
    }


def field_schema(info: FieldInfo) -> Schema:
    """What may stand as the value of one field; its default is what holds where the key is left out, if that is anything."""
    kind, metadata = unwrapped(info.annotation, info.metadata)
    default = info.default
    given = {"default": str(default)} if default not in (PydanticUndefined, None, "", (), {}) else {}
    shape = value_schema(kind, metadata)
    if shape["type"] == "string" and "enum" not in shape:
        shape["minLength"] = 1
    return {"description": info.description, **shape, **given}


def meaning(shape: Schema) -> str:
    """What a key is for, and what may stand there if that does not say so."""
    says: str = shape["description"]
    untold = [one for one in shape.get("enum", ()) if not re.search(rf"\b{one}\b", says)]
    return f"{says} It is {one_of(shape['enum'])}." if untold else says


def unwrapped(annotation: object, metadata: typing.Iterable[object] = ()) -> tuple[object, list[object]]:
    """A type and all that is noted of it: `Annotated[str, a] | None` gives `str` and `a`, as None is a key left out."""
    found = [*metadata]
    parts = [part for part in typing.get_args(annotation) if part is not type(None)]
    if type(None) in typing.get_args(annotation):
        (annotation,) = parts
    if typing.get_origin(annotation) is typing.Annotated:
        annotation, *more = typing.get_args(annotation)
        found += more
    return annotation, found


def value_schema(kind: object, metadata: list[object]) -> Schema:
    """What may stand as a value of a type of which that is noted."""
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return {"type": "string", "enum": [str(one) for one in kind]}
    if typing.get_origin(kind) is dict:
        return {
            "type": "object",
            "propertyNames": {"pattern": whole(options.NAME)},
            "additionalProperties": value_schema(*unwrapped(typing.get_args(kind)[1])),
            "minProperties": 1,
        }
    if "prose" in metadata:
        return {"type": "string", "contentMediaType": "text/markdown"}
    form = next((one for one in metadata if isinstance(one, Written)), None)
    if form is None:
        return {"type": "string", "pattern": whole(".*")}
    pattern = form.form.pattern
    if typing.get_origin(kind) is tuple:
        pattern = rf"\s*(?:{pattern})\s*(?:,\s*(?:{pattern})\s*)*"
    examples = {"examples": [form.example]} if form.example else {}
    return {"type": "string", "pattern": whole(pattern), **examples}


def whole(pattern: str) -> str:
    """The pattern of all of a text without a citation; a JSON Schema's own is looked for anywhere in it."""
    return f"^{portable(rf'(?!.*{re.escape(frontmatter.CITING)})(?:{pattern})')}$"


def portable(pattern: str) -> str:
    r"""The pattern as ECMAScript reads it, in which JSON Schemas have theirs (JSON Schema Core, 6.4).

    There `\w` is letters and figures of ASCII. Where one may stand, or may stand before something, all that is not ASCII
    passes for one; so nothing is refused that Python lets pass. And there a dot stops at more ends of lines than one.
    """
    pattern = pattern.replace(".*", r"[^\n]*")
    pattern = re.sub(r"\[\\w[^\]]*\]", lambda found: all_but(sign for sign in ASCII if not re.match(found[0], sign)), pattern)
    return pattern.replace(r"(?<!\w)", r"(?<!\w|[^\x00-\x7f])")


def all_but(signs: typing.Iterable[str]) -> str:
    """The class of all characters but these, which are in order."""
    runs: list[list[str]] = []
    for sign in signs:
        if runs and ord(sign) == ord(runs[-1][-1]) + 1:
            runs[-1].append(sign)
        else:
            runs.append([sign])
    ranges = [rf"\x{ord(run[0]):02x}-\x{ord(run[-1]):02x}" for run in runs]
    return f"[^{''.join(ranges)}]"
