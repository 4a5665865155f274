"""A Pelican plugin for a policy argument: quotation cards and comparison tables, checked, from Markdown."""

from argument.plugin import register

__all__ = ["register"]
