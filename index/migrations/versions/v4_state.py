"""Version 4: the catalogue names its state, which is another after every change; Alembic keeps the version from here on."""

from __future__ import annotations

import secrets

from alembic import op
from sqlalchemy import column, table

__all__ = ["down_revision", "revision", "upgrade"]

revision = "4"
down_revision = "3"
ABOUT = table("about", column("name"), column("value"))


def upgrade() -> None:
    """Give the state its first name; an earlier program that reads the old row is told that it is too old."""
    op.execute(ABOUT.update().where(ABOUT.c.name == "schema").values(value="4"))
    op.bulk_insert(ABOUT, [{"name": "state", "value": secrets.token_hex(8)}])
