"""The form of the catalogue: made anew where there is none, brought up to date by Alembic where it is that of an earlier version.

Each is one transaction under the database's own lock, so that two processes may open a catalogue at once and one that is
killed on the way leaves it as it was.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Column, Connection, Engine, MetaData, String, Table, insert, inspect, select

from index.errors import StaleIndex
from index.rows import renew_state
from index.tables import ABOUT, META

__all__ = ["HEAD", "VERSION_TABLE", "bring_up_to_date"]

HEAD = "4"
"""The newest version; Alembic is loaded only for a catalogue of another."""
VERSION_TABLE = "catalogue_version"
_VERSION = Table(VERSION_TABLE, MetaData(), Column("version_num", String(32), primary_key=True))
_LOCK = 0x41545441  # any number, the same for all of us
_FIRST = ("passages", "documents")


def bring_up_to_date(engine: Engine) -> None:
    """Give a database the present form; raises StaleIndex for one that was made by a newer version or too old a one."""
    with engine.connect() as connection:
        if _version(connection) == HEAD:
            return
    with engine.begin() as connection:
        _lock(connection)
        found = _version(connection)  # again, for another process may have been quicker
        if found is None:
            _make(connection)
        elif found != HEAD:
            _migrate(connection, found)


def _lock(connection: Connection) -> None:
    """Keep everybody else from changing the form until the end of the transaction."""
    if connection.dialect.name == "sqlite":
        connection.exec_driver_sql("BEGIN IMMEDIATE")
    elif connection.dialect.name == "postgresql":
        connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({_LOCK})")


def _version(connection: Connection) -> str | None:
    """Return the version of a database's form, None for one that has none."""
    tables = inspect(connection).get_table_names()
    if VERSION_TABLE in tables:
        return connection.execute(select(_VERSION.c.version_num)).scalar()
    if ABOUT.name in tables:
        return connection.execute(select(ABOUT.c.value).where(ABOUT.c.name == "schema")).scalar() or "unknown"
    return None


def _make(connection: Connection) -> None:
    """Make the tables. Those of the first version, which held nothing but the bundled library, give way."""
    for name in _FIRST:
        Table(name, MetaData()).drop(connection, checkfirst=True)
    META.create_all(connection)
    _VERSION.create(connection)
    connection.execute(insert(_VERSION), [{"version_num": HEAD}])
    connection.execute(insert(ABOUT), [{"name": "schema", "value": HEAD}])
    renew_state(connection)


def _migrate(connection: Connection, found: str) -> None:
    """Take the steps from an earlier version to the present one."""
    from alembic.config import Config
    from alembic.runtime.environment import EnvironmentContext
    from alembic.runtime.migration import MigrationContext
    from alembic.script import ScriptDirectory

    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations").replace("%", "%%"))
    script = ScriptDirectory.from_config(config)
    if found not in {step.revision for step in script.walk_revisions()}:
        raise StaleIndex(
            f"The catalogue was made by another version (its form is {found}, this version reads {HEAD}).",
            advice="Use the version that made it, or give this one a data folder of its own by ATTACHE_HOME and ingest again.",
        )
    if VERSION_TABLE not in inspect(connection).get_table_names():
        MigrationContext.configure(connection, opts={"version_table": VERSION_TABLE}).stamp(script, found)

    def steps(revision: str, context: MigrationContext) -> list[object]:
        return list(script._upgrade_revs(HEAD, revision))  # what `alembic upgrade` itself calls

    with EnvironmentContext(config, script, fn=steps) as environment:
        environment.configure(connection=connection, version_table=VERSION_TABLE)
        environment.run_migrations()
