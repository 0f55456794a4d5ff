"""Alembic's folder for the catalogue: `versions` holds one step a version of its form, which `index.schema` takes."""
