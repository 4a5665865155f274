"""The site's sign as PNG files, for home screens and for what knows no SVG; drawn by Typst. Knows no Pelican."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from argument.cache import Cache

SIGN = "icon.svg"  # in static/ of the theme
TEMPLATE = "typst/icon.typ"
PPI = 72  # a point of the template is a pixel


@dataclass(frozen=True)
class Icon:
    """An icon: its name among the files of the theme, and how many pixels it is wide and high.

    One that is `filled` has no transparent corners: some home screens would show them black.
    """

    name: str
    side: int
    filled: bool = False

    @property
    def sizes(self) -> str:
        """As `sizes` in HTML and in a manifest says it."""
        return f"{self.side}x{self.side}"


TOUCH = Icon("apple-touch-icon.png", 180, filled=True)
OF_MANIFEST = (Icon("icon-192.png", 192), Icon("icon-512.png", 512))


def drawn(theme: Path, ground: str, cache: Cache | None = None) -> dict[str, bytes]:
    """All icons by their names, drawn if no earlier build has; `ground` is the colour behind those that are filled."""
    key = cache.key("icons", ground, *((theme / name).read_bytes() for name in (TEMPLATE, f"static/{SIGN}"))) if cache else ""
    found: dict[str, bytes] | None = cache.get(key) if cache else None
    if found is None:
        found = dict(pictures(theme.resolve(), ground))
        if cache:
            cache.put(key, found)
    return found


def pictures(theme: Path, ground: str) -> Iterator[tuple[str, bytes]]:
    """Each icon with its name. It takes no font: the sign is a drawing."""
    import typst  # noqa: PLC0415 - most builds draw none, and it takes room and time

    none = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=[])
    compiler = typst.Compiler(theme / TEMPLATE, root=theme, font_paths=none)
    for icon in (TOUCH, *OF_MANIFEST):
        asked = {"side": str(icon.side), "ground": ground if icon.filled else ""}
        made, warnings = compiler.compile_with_warnings(format="png", ppi=PPI, sys_inputs=asked)
        if warnings or not isinstance(made, bytes):
            raise RuntimeError(f"{TEMPLATE}: {warnings[0].message if warnings else 'not one page'}")
        yield icon.name, made
