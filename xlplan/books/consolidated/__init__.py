"""The consolidated progress workbook: overview, summary, detail, gaps, findings, offices and sources."""

from xlplan.books.consolidated.compose import compose

__all__ = ["compose"]
