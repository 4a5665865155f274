"""What most builds begin with, done once by the process that is forked for each."""

from pelican.settings import DEFAULT_CONFIG

from argument import glyphs
from argument.matter import MATTERS
from argument.model import ITEMS
from argument.reading import Converter
from argument.settings import ArgumentSettings
from argument.styles import DEFAULT, Style
from building import ROOT

for kind in (*MATTERS.values(), *ITEMS.values(), ArgumentSettings):
    kind.model_rebuild()
Converter(DEFAULT_CONFIG["MARKDOWN"])
Style(DEFAULT)
for font in glyphs.files(ROOT / "theme"):
    _ = glyphs.Font(font).characters
