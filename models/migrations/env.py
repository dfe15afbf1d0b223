"""Alembic's entry point: migrations run on the connection that `migrating.migrate` passes."""

from alembic import context
from sqlmodel import SQLModel

from models.tables import every as every_table

every_table.load()
connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
)
with context.begin_transaction():
    context.run_migrations()
