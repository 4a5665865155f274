"""Addresses as QR codes: SVG pictures for paper, from which a phone leads back to the site. Knows nothing else."""

import io

import segno
from markupsafe import Markup

USED = ("segno",)  # the distributions by which a code is drawn
LEVEL = "m"  # of error correction: 15 % of it may be stained
QUIET_ZONE = 2  # modules of white round a code in a PDF: on white paper it needs no more


def file_of(page: str) -> str:
    """The address of the file with the code of a page: `risks/cost.svg` beside `risks/cost.html`."""
    return f"{page.removesuffix('.html')}.svg"


def drawn(address: str) -> str:
    """The code of an address as an SVG file, with the quiet zone of the standard."""
    out = io.BytesIO()
    code = segno.make(address, error=LEVEL, micro=False, boost_error=False)
    code.save(out, kind="svg", xmldecl=False, nl=False, svgclass=None, lineclass=None)
    return out.getvalue().decode("utf-8")


def inline(address: str) -> Markup:
    """The code of an address as an `svg` element with a title."""
    code = segno.make(address, error=LEVEL, micro=False)
    made = code.svg_inline(border=QUIET_ZONE, svgclass="qr-code", lineclass=None, title=title(address), omitsize=True)
    return Markup(made)  # noqa: S704 - segno made it


def title(address: str) -> str:
    """What is said of a code to those who do not see it."""
    return f"QR code: {address}"
