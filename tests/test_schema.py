"""A catalogue of the last version is brought to the present form with all that it holds; a new one has the same form at once."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from multiprocessing import get_context
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import create_engine, inspect

from corpus.bundle import Library
from index.build import build, verify
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.errors import StaleIndex
from index.home import Home
from index.schema import HEAD, VERSION_TABLE
from index.tables import META

LAST = Path(__file__).parent / "data" / "catalogue_v3.sql"


@pytest.fixture
def old(home: Home) -> Home:
    """A data folder with the catalogue that version 3 made of the tiny library, and no caches."""
    home.root.mkdir()
    with closing(sqlite3.connect(home.root / "catalogue.sqlite")) as file:
        file.executescript(LAST.read_text("utf-8"))
    return home


def _open(url: str) -> str:
    catalogue = Catalogue.open(url)
    state = catalogue.state()
    catalogue.close()
    return state


def test_a_catalogue_of_the_last_version_keeps_what_it_holds(old: Home, library: Library, encoder: HashingEncoder) -> None:
    catalogue = Catalogue.open(old.catalogue_url)
    assert tuple(catalogue.documents()) == library.documents and catalogue.state()
    build(old, catalogue, library.documents, encoder, "one")
    assert verify(old, catalogue, encoder, "one").sound
    catalogue.close()


def test_one_that_was_brought_up_to_date_and_a_new_one_have_the_same_form(old: Home, tmp_path: Path) -> None:
    assert _open(old.catalogue_url) == _open(old.catalogue_url)
    _open(f"sqlite:///{tmp_path / 'new.sqlite'}")
    forms = []
    for url in (old.catalogue_url, f"sqlite:///{tmp_path / 'new.sqlite'}"):
        engine = create_engine(url)
        with engine.connect() as connection:
            told = MigrationContext.configure(connection, opts={"include_name": lambda name, kind, _: (kind, name) != ("table", VERSION_TABLE)})
            assert compare_metadata(told, META) == []
            forms.append(
                {name: [str(column["type"]) for column in inspect(connection).get_columns(name)] for name in inspect(connection).get_table_names()}
            )
        engine.dispose()
    assert forms[0] == forms[1]


def test_the_newest_step_is_the_version_that_the_program_reads() -> None:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parents[1] / "index" / "migrations"))
    assert ScriptDirectory.from_config(config).get_current_head() == HEAD


def test_several_processes_bring_one_catalogue_up_to_date_at_once(old: Home) -> None:
    with get_context("spawn").Pool(3) as pool:
        states = pool.map(_open, [old.catalogue_url] * 3)
    assert len(set(states)) == 1


def test_one_that_is_too_old_is_left_alone(old: Home) -> None:
    with closing(sqlite3.connect(old.root / "catalogue.sqlite")) as file:
        file.execute("update about set value = '2' where name = 'schema'")
        file.commit()
        before = list(file.iterdump())
    with pytest.raises(StaleIndex, match="its form is 2"):
        Catalogue.open(old.catalogue_url)
    with closing(sqlite3.connect(old.root / "catalogue.sqlite")) as file:
        assert list(file.iterdump()) == before
