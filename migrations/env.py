"""How Alembic reaches the database: `zhibu migrate` hands over a connection, once, in one go."""

from alembic import context
from sqlalchemy import Connection
from sqlmodel import SQLModel

from storage import migrating

migrating.load_tables()
connection: Connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=SQLModel.metadata,
    render_as_batch=True,  # SQLite alters a table by making it anew
    render_item=migrating.render_item,
    transaction_per_migration=False,
)
with context.begin_transaction():
    context.run_migrations()
