"""The seal: what was changed is told, and a writing that the clock cannot tell from the one before is not taken for it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index.checksums import faults, is_sealed, seal


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "lexical").mkdir()
    (tmp_path / "lexical" / "store.bin").write_bytes(b"one")
    return tmp_path


def test_a_file_that_was_changed_or_lost_is_told(folder: Path) -> None:
    assert not is_sealed(folder)
    seal(folder)
    assert is_sealed(folder) and faults(folder) == []
    (folder / "lexical" / "store.bin").write_bytes(b"two")
    assert faults(folder) == ["lexical/store.bin has changed"]
    (folder / "lexical" / "store.bin").unlink()
    assert faults(folder) == ["lexical/store.bin is missing"]


def test_a_second_writing_within_one_tick_of_the_clock_is_sealed_as_it_is(folder: Path) -> None:
    path = folder / "lexical" / "store.bin"
    seal(folder)
    written = path.stat().st_mtime_ns
    path.write_bytes(b"two")
    os.utime(path, ns=(written, written))
    seal(folder)
    assert faults(folder) == []


def test_a_file_of_long_ago_is_not_read_again(folder: Path) -> None:
    path = folder / "lexical" / "store.bin"
    long_ago = path.stat().st_mtime_ns - 60_000_000_000
    os.utime(path, ns=(long_ago, long_ago))
    seal(folder)
    path.write_bytes(b"two")
    os.utime(path, ns=(long_ago, long_ago))
    seal(folder)
    assert faults(folder) == ["lexical/store.bin has changed"]  # by somebody who hides it
