"""Bytes at the edge: the only importers of spreadsheet and document libraries."""
