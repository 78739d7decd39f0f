"""Owners (责任单位): who does a task, in which role, read out of a document's own words."""
