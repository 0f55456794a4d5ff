"""Telling pieces of a text, and whether any of them stands in the files of a folder."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.traces import telling, traces
from index.files import hash_of

TEXT = "Điều 1. Cơ quan đại diện báo cáo Bộ Ngoại giao về việc tiếp nhận hồ sơ trong thời hạn mười ngày làm việc kể từ ngày nhận."


@given(st.lists(st.text(max_size=200), max_size=5), st.text(max_size=200))
def test_a_piece_stands_in_the_text_but_for_its_white_space_and_in_no_other(texts: list[str], other: str) -> None:
    for piece in telling(texts, [other]):
        assert any(piece in " ".join(text.split()) for text in texts) and piece not in other and len(piece) >= 20


@pytest.mark.parametrize("form", [str.encode, lambda text: text.encode("utf-16"), lambda text: json.dumps(text).encode()])
def test_a_piece_is_found_however_it_is_written(tmp_path: Path, form: object) -> None:
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"\x00" * 5_000_000 + form(TEXT))  # type: ignore[operator]
    (tmp_path / "other").write_text("Điều 2. Việc khác.", "utf-8")
    assert [trace.path.name for trace in traces(tmp_path, telling([TEXT]))] == ["file"]


def test_a_piece_over_the_border_of_two_readings_is_found(tmp_path: Path) -> None:
    piece = telling([TEXT])[0].encode()
    for before in range((1 << 22) - len(piece), (1 << 22) + 1, 7):
        (tmp_path / "file").write_bytes(b"x" * before + piece)
        assert len(traces(tmp_path, telling([TEXT]))) == 1


def test_a_copy_of_a_file_is_known_by_its_hash(tmp_path: Path) -> None:
    (tmp_path / "copy.docx").write_bytes(b"PK compressed words")
    assert [trace.path.name for trace in traces(tmp_path, (), {hash_of(tmp_path / "copy.docx")})] == ["copy.docx"]
    assert traces(tmp_path, (), {"0" * 64}) == [] and traces(tmp_path, ()) == []


def test_the_pieces_are_spread_over_the_text() -> None:
    texts = [f"Khoản {n} của điều này nói riêng về việc thứ {n} trong số các việc phải làm." for n in range(1000)]
    pieces = telling(texts, most=10)
    assert len(pieces) == 10 and pieces[0].startswith("Khoản 0") and "9" in pieces[-1]
