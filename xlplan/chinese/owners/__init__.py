"""Owners (责任单位): who does a task, in which role, read out of a document's own words."""

from xlplan.chinese.owners.reading import OwnerReading, read_owners
from xlplan.chinese.owners.resolve import resolve_owner

__all__ = ["OwnerReading", "read_owners", "resolve_owner"]
