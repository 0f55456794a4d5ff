"""How a database is reached by its URL: PostgreSQL by one driver, with connections that are looked at before they are used."""

from __future__ import annotations

from sqlalchemy import Engine, create_engine
from sqlalchemy.engine import make_url
from sqlalchemy.exc import DBAPIError, OperationalError

__all__ = ["open_engine", "out_of_reach"]

_SECONDS = 5


def open_engine(url: str) -> Engine:
    """Return an engine; nothing is opened yet. Raises SQLAlchemyError or ImportError for a URL that means nothing here.

    A server may have been stopped and started again since a connection was made: each is tried before it is used, and none is
    waited for longer than five seconds.
    """
    made = make_url(url)
    if made.get_backend_name() != "postgresql":
        return create_engine(made)
    if made.drivername == "postgresql":
        made = made.set(drivername="postgresql+psycopg")
    return create_engine(made, pool_pre_ping=True, pool_size=3, max_overflow=9, connect_args={"connect_timeout": _SECONDS})


def out_of_reach(error: Exception) -> bool:
    """Tell whether a database server did not answer, or broke off."""
    served = isinstance(error, DBAPIError) and type(error.orig).__module__.startswith("psycopg")
    return served and (isinstance(error, OperationalError) or (isinstance(error, DBAPIError) and error.connection_invalidated))
