"""The hashes beside an encoder: those of the bundled one fit, and what was changed or lost is named."""

from __future__ import annotations

import shutil
from pathlib import Path

from index.embedding import BUNDLED
from index.sums import NAME, altered, summed, write_sums


def test_the_bundled_encoder_is_as_its_hashes_say() -> None:
    files = {path.name for path in BUNDLED.iterdir()}
    assert altered(BUNDLED) == () and summed(BUNDLED).keys() == files - {NAME, "MODEL_CARD.md"}


def test_a_changed_and_a_lost_file_are_named(tmp_path: Path) -> None:
    folder = tmp_path / "encoder"
    shutil.copytree(BUNDLED, folder)
    with (folder / "model.safetensors").open("r+b") as weights:
        weights.seek(5000)
        byte = weights.read(1)
        weights.seek(5000)
        weights.write(bytes([byte[0] ^ 1]))
    (folder / "lexicon.json").unlink()
    assert set(altered(folder)) == {"model.safetensors", "lexicon.json"}


def test_hashes_that_are_written_are_read_and_a_folder_without_them_has_none(tmp_path: Path) -> None:
    (tmp_path / "a b.json").write_text("{}", "utf-8")
    assert summed(tmp_path) == {} and altered(tmp_path) == ()
    write_sums(tmp_path)
    assert list(summed(tmp_path)) == ["a b.json"] and altered(tmp_path) == ()
    write_sums(tmp_path)
    assert list(summed(tmp_path)) == ["a b.json"]
