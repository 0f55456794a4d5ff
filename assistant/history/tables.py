"""The tables of what is kept, and the numbered steps that make them. A step once shipped is never changed: another one follows it."""

from __future__ import annotations

from sqlalchemy import Column, Integer, MetaData, String, Table, Text

__all__ = ["CONVERSATIONS", "META", "MIGRATIONS", "REPORTS", "TURNS", "VERSION"]

META = MetaData()
VERSION = Table("history_version", META, Column("number", Integer, primary_key=True))
CONVERSATIONS = Table(
    "history_conversations", META,
    Column("id", String(32), primary_key=True), Column("user_name", String(200), nullable=False, index=True), Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False), Column("created", String(40), nullable=False), Column("changed", String(40), nullable=False),
)  # fmt: skip
TURNS = Table(
    "history_turns", META,
    Column("id", String(32), primary_key=True), Column("user_name", String(200), nullable=False),
    Column("conversation", String(32), nullable=False, index=True), Column("place", Integer, nullable=False),
    Column("at", String(40), nullable=False), Column("answer", Text, nullable=False), Column("folded", Text, nullable=False),
)  # fmt: skip
REPORTS = Table(
    "history_reports", META,
    Column("turn", String(32), primary_key=True), Column("kind", String(20), primary_key=True), Column("mark", Integer, primary_key=True),
    Column("user_name", String(200), nullable=False), Column("conversation", String(32), nullable=False), Column("words", Text, nullable=False),
    Column("at", String(40), nullable=False),
)  # fmt: skip

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE history_conversations (id VARCHAR(32) PRIMARY KEY, user_name VARCHAR(200) NOT NULL, title TEXT NOT NULL, "
        "folded TEXT NOT NULL, created VARCHAR(40) NOT NULL, changed VARCHAR(40) NOT NULL)",
        "CREATE INDEX history_conversations_by_user ON history_conversations (user_name, changed)",
        "CREATE TABLE history_turns (id VARCHAR(32) PRIMARY KEY, user_name VARCHAR(200) NOT NULL, conversation VARCHAR(32) NOT NULL, "
        "place INTEGER NOT NULL, at VARCHAR(40) NOT NULL, answer TEXT NOT NULL, folded TEXT NOT NULL, UNIQUE (conversation, place))",
        "CREATE TABLE history_reports (turn VARCHAR(32), kind VARCHAR(20), mark INTEGER, user_name VARCHAR(200) NOT NULL, "
        "conversation VARCHAR(32) NOT NULL, words TEXT NOT NULL, at VARCHAR(40) NOT NULL, PRIMARY KEY (turn, kind, mark))",
    ),
)
"""What each numbered step does, the first to an empty database; `history_version` holds the number of the last one done."""
