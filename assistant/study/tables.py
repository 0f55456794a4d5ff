"""The tables of study, and the numbered steps that make them. A step once shipped is never changed: another one follows it."""

from __future__ import annotations

from sqlalchemy import BigInteger, Boolean, Column, Integer, MetaData, String, Table, Text

__all__ = ["ANSWERS", "CONSENTS", "DECKS", "DECK_ITEMS", "EXAMS", "GOALS", "ITEMS", "META", "MIGRATIONS", "REVIEWS", "SITTINGS", "VERSION"]

META = MetaData()
VERSION = Table("study_version", META, Column("number", Integer, primary_key=True))
ITEMS = Table("study_items", META, Column("id", String(16), primary_key=True), Column("body", Text, nullable=False))
DECKS = Table("study_decks", META, Column("name", String(200), primary_key=True), Column("about", Text, nullable=False))
DECK_ITEMS = Table(
    "study_deck_items", META,
    Column("deck", String(200), primary_key=True), Column("place", Integer, primary_key=True), Column("item", String(16), nullable=False),
)  # fmt: skip
REVIEWS = Table(
    "study_reviews", META,
    Column("id", String(36), primary_key=True), Column("user_name", String(200), nullable=False, index=True),
    Column("device", String(36), nullable=False), Column("item", String(16), nullable=False), Column("rating", Integer, nullable=False),
    Column("correct", Boolean, nullable=False), Column("at", String(40), nullable=False), Column("day", String(10), nullable=False),
    Column("stamp", BigInteger, nullable=False), Column("took", Integer, nullable=False),
)  # fmt: skip
GOALS = Table("study_goals", META, Column("user_name", String(200), primary_key=True), Column("per_day", Integer, nullable=False))
EXAMS = Table(
    "study_exams", META,
    Column("name", String(200), primary_key=True), Column("class_name", String(200), nullable=False), Column("items", Text, nullable=False),
    Column("seed", Integer, nullable=False), Column("minutes", Integer, nullable=False),
)  # fmt: skip
SITTINGS = Table(
    "study_sittings", META,
    Column("exam", String(200), primary_key=True), Column("user_name", String(200), primary_key=True), Column("started", String(40), nullable=False),
)  # fmt: skip
ANSWERS = Table(
    "study_answers", META,
    Column("exam", String(200), primary_key=True), Column("user_name", String(200), primary_key=True), Column("item", String(16), primary_key=True),
    Column("chosen", Text, nullable=False), Column("correct", Boolean, nullable=False), Column("at", String(40), nullable=False),
)  # fmt: skip
CONSENTS = Table(
    "study_consents", META,
    Column("user_name", String(200), primary_key=True), Column("class_name", String(200), primary_key=True), Column("given", Boolean, nullable=False),
)  # fmt: skip

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    (
        "CREATE TABLE study_items (id VARCHAR(16) PRIMARY KEY, body TEXT NOT NULL)",
        "CREATE TABLE study_decks (name VARCHAR(200) PRIMARY KEY, about TEXT NOT NULL)",
        "CREATE TABLE study_deck_items (deck VARCHAR(200), place INTEGER, item VARCHAR(16) NOT NULL, PRIMARY KEY (deck, place))",
        "CREATE TABLE study_reviews (id VARCHAR(36) PRIMARY KEY, user_name VARCHAR(200) NOT NULL, device VARCHAR(36) NOT NULL, "
        "item VARCHAR(16) NOT NULL, rating INTEGER NOT NULL, correct BOOLEAN NOT NULL, at VARCHAR(40) NOT NULL, day VARCHAR(10) NOT NULL, "
        "stamp BIGINT NOT NULL, took INTEGER NOT NULL)",
        "CREATE INDEX study_reviews_by_user ON study_reviews (user_name)",
        "CREATE TABLE study_goals (user_name VARCHAR(200) PRIMARY KEY, per_day INTEGER NOT NULL)",
    ),
    (
        "CREATE TABLE study_exams (name VARCHAR(200) PRIMARY KEY, class_name VARCHAR(200) NOT NULL, items TEXT NOT NULL, seed INTEGER NOT NULL, "
        "minutes INTEGER NOT NULL)",
        "CREATE TABLE study_sittings (exam VARCHAR(200), user_name VARCHAR(200), started VARCHAR(40) NOT NULL, PRIMARY KEY (exam, user_name))",
        "CREATE TABLE study_answers (exam VARCHAR(200), user_name VARCHAR(200), item VARCHAR(16), chosen TEXT NOT NULL, correct BOOLEAN NOT NULL, "
        "at VARCHAR(40) NOT NULL, PRIMARY KEY (exam, user_name, item))",
        "CREATE TABLE study_consents (user_name VARCHAR(200), class_name VARCHAR(200), given BOOLEAN NOT NULL, PRIMARY KEY (user_name, class_name))",
    ),
)
"""What each numbered step does, the first to an empty database; `study_version` holds the number of the last one done."""
