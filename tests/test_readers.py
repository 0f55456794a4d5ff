"""Which files are read, and by whom."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.errors import Unreadable
from corpus.readers import READERS, find_files, read_file, reader_of


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.jsonl", True), ("A.JSONL", True), ("a.jsonl.xz", True), ("a.b.jsonl.gz", True), ("a.json", False), ("a.xz", False), ("jsonl", False)],
)
def test_a_reader_is_chosen_by_the_end_of_the_name(name: str, known: bool) -> None:
    assert (reader_of(Path("x") / name) is not None) is known
    assert set(READERS) == {".jsonl", ".jsonl.xz", ".jsonl.gz"}


def test_a_folder_stands_for_its_files_in_order(tmp_path: Path) -> None:
    for name in ("b.jsonl", "a.jsonl.gz", "sub/c.jsonl", ".hidden.jsonl", ".git/d.jsonl", "notes.txt"):
        (tmp_path / name).parent.mkdir(exist_ok=True)
        (tmp_path / name).write_text("", "utf-8")
    files, faults = find_files([tmp_path, tmp_path / "b.jsonl"])
    assert [str(f.relative_to(tmp_path.resolve())) for f in files] == ["a.jsonl.gz", "b.jsonl", "sub/c.jsonl"]
    assert [(Path(name).name, reason) for name, reason in faults] == [("notes.txt", "not a readable format")]


def test_what_is_not_there_or_empty_is_named(tmp_path: Path) -> None:
    (tmp_path / "empty").mkdir()
    files, faults = find_files([tmp_path / "gone.jsonl", tmp_path / "empty"])
    assert files == () and [reason for _, reason in faults] == ["no such file or directory", "there is no file in this folder"]


def test_a_file_of_no_known_format_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="not a readable format"):
        list(read_file(tmp_path / "x.docx", []))
