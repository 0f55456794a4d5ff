"""Originals are kept byte for byte, found again, and go with the last file that was them."""

from __future__ import annotations

import hashlib
from pathlib import Path

import pytest

from corpus.errors import Fault
from index.originals import Originals, Record


def record(sha256: str, *documents: str) -> Record:
    return Record(sha256, 1, 2, "code", documents or (sha256,), 1, {"number": "x"}, True, (Fault("a", "b"),))


def test_an_original_is_kept_found_and_swept(tmp_path: Path) -> None:
    (tmp_path / "a.PDF").write_bytes(b"%PDF-x\0\xff")
    (tmp_path / "b").write_bytes(b"b")
    originals = Originals(tmp_path / "home")
    name, other = originals.keep(tmp_path / "a.PDF"), originals.keep(tmp_path / "b")
    assert name == hashlib.sha256(b"%PDF-x\0\xff").hexdigest()
    originals.note("a", record(name, "part of it"))
    originals.note("again", record(name))
    again = Originals(tmp_path / "home")
    assert again.record("a") == record(name, "part of it") and again.record("none") is None
    place = again.find(name)
    assert place == again.find("part of it") == again.folder / f"{name}.pdf" and place is not None and place.read_bytes() == b"%PDF-x\0\xff"
    assert again.find("../../etc") is None and again.find(other) is not None
    again.sweep()
    assert again.find(other) is None
    again.forget("a")
    again.sweep()
    assert again.find(name) is not None
    again.forget("again")
    again.sweep()
    assert again.find(name) is None and [p.name for p in again.folder.iterdir()] == ["records.json"]


def test_records_that_cannot_be_read_are_as_good_as_none(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    originals.folder.mkdir()
    for text in ("{", "[]", '{"a": {"sha256": 1}}', '{"a": 1}'):
        (originals.folder / "records.json").write_text(text, "utf-8")
        assert Originals(tmp_path).record("a") is None


def test_a_copy_that_fails_leaves_nothing(tmp_path: Path) -> None:
    originals = Originals(tmp_path)
    with pytest.raises(OSError):
        originals.keep(tmp_path / "none")
    assert list(originals.folder.iterdir()) == []
