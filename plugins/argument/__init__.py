"""A Pelican plugin for a policy argument: quotation cards and comparison tables, checked, from Markdown."""

from argument.starting import register

__all__ = ["register"]
