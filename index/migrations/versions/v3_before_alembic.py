"""The form that catalogues had when Alembic came: version 3 by their own row in `about`. Nothing leads here from an empty database.

An empty database is given the present form at once (`index.schema`); a test holds that every step from here leads to the same.
"""

from __future__ import annotations

__all__ = ["down_revision", "revision", "upgrade"]

revision = "3"
down_revision = None


def upgrade() -> None:
    """Do nothing: a catalogue of version 3 is what it is."""
