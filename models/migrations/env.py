"""Alembic's entry point: migrations run on the connection that `migrating.migrate` passes."""

from alembic import context
from sqlmodel import SQLModel

from models.storage import known_tables

known_tables.load()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
