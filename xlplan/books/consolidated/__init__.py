"""The consolidated progress workbook: overview, summary, detail, gaps, changes, disputes, findings and more."""

from xlplan.books.consolidated.compose import compose

__all__ = ["compose"]
