"""Share images → PNG files, drawn by Typst from the theme's template; what has not changed is not drawn again.

A picture follows from its data, the theme and what draws it, and from nothing else: neither from those that are drawn with
it nor from how many are drawn at once. Knows no Pelican.
"""

import io
import json
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from functools import cached_property
from importlib.metadata import version
from math import ceil
from pathlib import Path
from typing import Any

from argument import glyphs, share_image
from argument.cache import digest
from argument.problems import Place, Problem
from argument.progress import NOBODY, Progress
from argument.share_image import ShareImage
from argument.store import Store
from argument.workers import cores

TEMPLATE = "typst/share_image.typ"
READ = (TEMPLATE, "styles/00-tokens.css", "static/icon.svg")  # by the template
USED = ("typst", "pillow")
CODE = (__file__, share_image.__file__)
PPI = 72  # a point of the template is a pixel
BATCH = 25  # pictures that are drawn at once: enough that a batch costs little, and few enough for any memory
LARGEST = 100_000  # bytes; larger ones get a palette
LEVEL = 3  # of zlib's ten: small enough, and soon done
SHADES = 64  # of that: text in four or five colours, with soft edges
GROUNDS = ((0, 0), (0, 629), (0, 40))  # points whose colours it has exactly: of the bar, the strip, the card
BEGINNING = 40  # characters of what does not fit are shown
REFUSED = re.compile(r"does not fit: (?P<part>\w+) of ")


@dataclass(frozen=True)
class Drawn:
    """What became of an image: its PNG, or what keeps it from being drawn."""

    picture: bytes = b""
    problem: Problem | None = None


class ShareImages:
    """Draws share images for one site, with its theme; keeps in `store` what it drew."""

    def __init__(self, theme: Path, site: str, store: Path, workers: int | None = None) -> None:
        self.theme = theme.resolve()
        self.site = site
        self.store = Store(store)
        self.workers = workers or cores()
        self.drawn = 0  # how many were drawn, and not found in the store
        self.drawable: set[ShareImage] = set()  # those of the last look that have every sign that they need

    @cached_property
    def fonts(self) -> tuple[glyphs.Font, ...]:
        return tuple(map(glyphs.Font, glyphs.files(self.theme)))

    @cached_property
    def base(self) -> str:
        """The digest of what all of them follow from."""
        read = [self.theme / name for name in READ] + [font.file for font in self.fonts]
        code = [Path(name).read_bytes() for name in CODE]
        return digest([self.site, *map(version, USED), *code, *(path.read_bytes() for path in read)])

    def key(self, image: ShareImage) -> str:
        """The digest of what a picture follows from."""
        return digest([self.base, json.dumps(shown(image))])

    def undrawable(self, images: Iterable[ShareImage]) -> Iterator[Problem]:
        """A problem for each place with characters that no font has. What has been drawn before has none."""
        found: dict[tuple[Place, tuple[str, ...]], list[str]] = {}
        before, self.drawable = self.drawable, set()
        for image in images:
            if image in before or self.store.has(self.key(image)):
                self.drawable.add(image)
            elif signs := glyphs.lacking(json.dumps([shown(image), self.site], ensure_ascii=False), self.fonts):
                found.setdefault((image.place.narrowed(signs[0]), tuple(signs)), []).append(image.address)
            else:
                self.drawable.add(image)
        for (place, lacking), (first, *others) in found.items():
            named = ", ".join(f"“{sign}” (U+{ord(sign):04X})" for sign in lacking)
            which = f"{first} and {len(others)} more" if others else first
            rule = f"the share image of {which} needs what no font of the theme has: {named}."
            remedy = f"Put it in other words, or put a font that has it into {glyphs.FOLDER}/ of the theme."
            yield Problem(place, rule, remedy)

    def write(self, images: Sequence[ShareImage], output: Path, progress: Progress = NOBODY) -> list[Problem]:
        """Write the picture of each image to its own address in a folder; a problem for each that cannot be drawn."""
        wanted: dict[str, list[ShareImage]] = {}
        for image in images:
            wanted.setdefault(self.key(image), []).append(image)
        new = {}
        for key, alike in wanted.items():
            if picture := self.store.get(key):
                put(picture, alike, output)
            else:
                new[key] = alike[0]
        told = progress.of("Drawing", "share images", len(new), ((1, one) for one in self.draw(new)))
        problems = []
        for key, drawn in told:
            if drawn.problem:
                problems.append(drawn.problem)
            else:
                self.store.put(key, drawn.picture)
                put(drawn.picture, wanted[key], output)
        self.store.sweep()
        return problems

    def one(self, image: ShareImage) -> "Drawn":
        """The picture of one image alone, or what is wrong with it; what is kept of others stays."""
        key = self.key(image)
        if picture := self.store.get(key):
            return Drawn(picture)
        ((_, drawn),) = self.draw({key: image})
        if not drawn.problem:
            self.store.put(key, drawn.picture)
        return drawn

    def draw(self, images: Mapping[str, ShareImage]) -> Iterator[tuple[str, Drawn]]:
        """Draw images, several batches at once: Typst and Pillow let other threads run meanwhile."""
        self.drawn += len(images)
        keys = list(images)
        size = min(BATCH, ceil(len(keys) / self.workers)) or 1
        batches = [keys[start : start + size] for start in range(0, len(keys), size)]
        pool = ThreadPoolExecutor(self.workers)
        try:
            results = pool.map(self.batch, [[images[key] for key in batch] for batch in batches])
            for batch, drawn in zip(batches, results, strict=True):
                yield from zip(batch, drawn, strict=True)
        finally:
            pool.shutdown(cancel_futures=True)

    def batch(self, images: Sequence[ShareImage]) -> list[Drawn]:
        """Draw some images; if one is refused, each by itself, so that every problem is told."""
        import typst  # noqa: PLC0415 - most builds draw none, and it takes room and time

        try:
            return [Drawn(small(picture)) for picture in self.compiled(images)]
        except typst.TypstError as error:
            refused = REFUSED.search(str(error))
            if not refused:
                raise
            if len(images) > 1:
                return [drawn for image in images for drawn in self.batch([image])]
        (image,) = images
        words = tidy(" ".join(image.foot) if refused["part"] == "foot" else getattr(image, refused["part"]))
        rule = f"the share image of {image.address} has no room for “{words[:BEGINNING]}…”, even in the smallest type."
        return [Drawn(problem=Problem(image.place, rule, f"Make it shorter: it has {len(words)} characters, and none may be cut."))]

    def compiled(self, images: Sequence[ShareImage]) -> list[bytes]:
        """The pages that Typst makes of the template. Raises TypstError for what the template refuses."""
        import typst  # noqa: PLC0415 - the same

        fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[self.theme / glyphs.FOLDER])
        compiler = typst.Compiler(self.theme / TEMPLATE, root=self.theme, font_paths=fonts)
        data = json.dumps([{**shown(image), "address": image.address} for image in images])
        made, warnings = compiler.compile_with_warnings(format="png", ppi=PPI, sys_inputs={"images": data, "site": self.site})
        if warnings:
            raise RuntimeError(f"{TEMPLATE}: {warnings[0].message}")
        return made if isinstance(made, list) else [made or b""]


def put(picture: bytes, images: Sequence[ShareImage], output: Path) -> None:
    """Write the picture that some images have to their addresses."""
    for image in images:
        target = output / image.file
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_bytes(picture)


def shown(image: ShareImage) -> dict[str, Any]:
    """All that an image shows, for the template: text with single spaces, and verdicts by their names."""
    cells = [
        {
            "label": tidy(cell.label),
            "verdict": cell.verdict.name if cell.verdict else None,
            "words": tidy(cell.verdict.word if cell.verdict else cell.words),
        }
        for cell in image.cells
    ]
    texts = {"kicker": tidy(image.kicker), "main": tidy(image.main), "body": tidy(image.body)}
    return {**texts, "cells": cells, "foot": [tidy(line) for line in image.foot], "quotation": image.quotes}


def tidy(words: str) -> str:
    """The words with single spaces between them; a space that keeps words together stays."""
    return re.sub(r"[ \t\r\n\f\v]+", " ", words).strip()


def small(picture: bytes) -> bytes:
    """The picture, with a palette if it is too large."""
    if len(picture) <= LARGEST:
        return picture
    from PIL import Image  # noqa: PLC0415 - few pictures are

    with Image.open(io.BytesIO(picture)) as opened:
        exact = opened.convert("RGB")
    palette = exact.quantize(SHADES, Image.Quantize.FASTOCTREE, dither=Image.Dither.NONE)
    colours = palette.getpalette() or []
    for x, y in GROUNDS:
        ground = (x, y, x + 1, y + 1)
        at = 3 * palette.crop(ground).tobytes()[0]
        colours[at : at + 3] = exact.crop(ground).tobytes()
    palette.putpalette(colours)
    found = io.BytesIO()
    palette.save(found, "PNG", compress_level=LEVEL)
    return found.getvalue()
