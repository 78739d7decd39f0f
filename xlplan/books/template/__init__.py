"""Workbook templates: what each workbook looks like, one TOML file each, to be copied and changed."""

from xlplan.books.template.parse import parse
from xlplan.books.template.record import Column, Dress, Own, Page, Template

__all__ = ["Column", "Dress", "Own", "Page", "Template", "parse"]
