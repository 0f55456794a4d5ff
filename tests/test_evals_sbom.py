"""The bill of materials: whole by its schema, with every locked package and every file that ships as data."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest

from corpus.bundle import LIBRARY
from evals.audit import LOCKS, locked
from evals.sbom import main
from index.embedding import BUNDLED
from index.sums import summed

ROOT = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def bill(tmp_path_factory: pytest.TempPathFactory) -> dict[str, object]:
    path = tmp_path_factory.mktemp("bill") / "sbom.json"
    assert main([str(path)]) == 0  # checked by the schema of CycloneDX on the way
    made: dict[str, object] = json.loads(path.read_text("utf-8"))
    return made


def test_every_locked_package_is_there_with_version_and_hashes(bill: dict[str, list[dict[str, object]]]) -> None:
    rows = {row["name"]: row for row in bill["components"] if str(row.get("purl", "")).startswith("pkg:pypi/")}
    runtime, every = (locked((ROOT / name).read_text("utf-8")) for name in LOCKS)
    assert rows.keys() == runtime.keys() | every.keys()
    assert all(row["version"] == str({**runtime, **every}[str(name)]) and row["hashes"] for name, row in rows.items())
    assert {name for name, row in rows.items() if row["scope"] == "required"} == runtime.keys()


@pytest.mark.parametrize(("name", "folder"), [("attache-encoder", BUNDLED), ("attache-library", LIBRARY)])
def test_every_file_that_ships_as_data_is_there_with_its_hash(bill: dict[str, list[dict[str, object]]], name: str, folder: Path) -> None:
    (part,) = (row for row in bill["components"] if row["name"] == name)
    hashes = {row["name"]: row["hashes"][0]["content"] for row in part["components"]}  # type: ignore[attr-defined]
    assert hashes.keys() == {path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()}
    assert all(digest == hashlib.sha256((folder / file).read_bytes()).hexdigest() for file, digest in hashes.items())
    assert summed(folder).items() <= hashes.items()
