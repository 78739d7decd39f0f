"""The versions of the ledger's tables, in order, for SQLite and PostgreSQL alike.

A new one: change `schema.py`, raise its VERSION, and put a module `versions/v0005_what_changed.py` here whose
`revision` is "0005" and whose `down_revision` is the one before. There is no way back; a backup is.
"""
