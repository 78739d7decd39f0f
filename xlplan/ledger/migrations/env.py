"""What Alembic runs: the migrations, on the connection and in the transaction that `ledger.upgrade` gives."""

from __future__ import annotations

from alembic import context

from xlplan.ledger import schema

context.configure(
    connection=context.config.attributes["connection"], target_metadata=schema.metadata, render_as_batch=True
)
context.run_migrations()
