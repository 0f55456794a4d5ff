"""The tables of accounts, and the numbered steps that make them. A step once shipped is never changed: another one follows it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

__all__ = ["ATTEMPTS", "LOG", "MIGRATIONS", "SESSIONS", "TOKENS", "USERS", "VERSION"]

META = MetaData()
VERSION = Table("account_version", META, Column("number", Integer, primary_key=True))
USERS = Table(
    "account_users", META,
    Column("name", String(64), primary_key=True), Column("role", String(20), nullable=False), Column("display", Text, nullable=False),
    Column("password", Text, nullable=False), Column("suspended", Integer, nullable=False), Column("created", Integer, nullable=False),
)  # fmt: skip
SESSIONS = Table(
    "account_sessions", META,
    Column("hash", String(64), primary_key=True), Column("name", String(64), nullable=False), Column("expires", Integer, nullable=False),
    Column("seen", Integer, nullable=False),
)  # fmt: skip
TOKENS = Table(
    "account_tokens", META,
    Column("hash", String(64), primary_key=True), Column("name", String(64), nullable=False), Column("label", String(64), nullable=False),
    Column("created", Integer, nullable=False), Column("expires", Integer, nullable=False), Column("used", Integer, nullable=False),
)  # fmt: skip
ATTEMPTS = Table(
    "account_attempts", META,
    Column("id", String(32), primary_key=True), Column("name", String(64), nullable=False), Column("address", String(64), nullable=False),
    Column("at", Integer, nullable=False),
)  # fmt: skip
LOG = Table(
    "account_log", META,
    Column("id", String(40), primary_key=True), Column("at", Integer, nullable=False), Column("event", String(40), nullable=False),
    Column("name", String(64), nullable=False), Column("address", String(64), nullable=False), Column("detail", Text, nullable=False),
)  # fmt: skip

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE account_users (name VARCHAR(64) PRIMARY KEY, role VARCHAR(20) NOT NULL, display TEXT NOT NULL, password TEXT NOT NULL, "
        "suspended INTEGER NOT NULL, created BIGINT NOT NULL)",
        "CREATE TABLE account_sessions (hash VARCHAR(64) PRIMARY KEY, name VARCHAR(64) NOT NULL, expires BIGINT NOT NULL, seen BIGINT NOT NULL)",
        "CREATE TABLE account_tokens (hash VARCHAR(64) PRIMARY KEY, name VARCHAR(64) NOT NULL, label VARCHAR(64) NOT NULL, "
        "created BIGINT NOT NULL, expires BIGINT NOT NULL, used BIGINT NOT NULL, UNIQUE (name, label))",
        "CREATE TABLE account_attempts (id VARCHAR(32) PRIMARY KEY, name VARCHAR(64) NOT NULL, address VARCHAR(64) NOT NULL, at BIGINT NOT NULL)",
        "CREATE INDEX account_attempts_at ON account_attempts (at)",
        "CREATE TABLE account_log (id VARCHAR(40) PRIMARY KEY, at BIGINT NOT NULL, event VARCHAR(40) NOT NULL, name VARCHAR(64) NOT NULL, "
        "address VARCHAR(64) NOT NULL, detail TEXT NOT NULL)",
    ),
)
"""What each numbered step does, the first to an empty database; `account_version` holds the number of the last one done."""
