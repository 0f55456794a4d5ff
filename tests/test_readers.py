"""Files become documents: JSON lines by their name, everything else by what it is."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from corpus.errors import Unreadable
from corpus.formats.reading import ReadingProcess
from corpus.readers import is_json_lines, read_document, read_file, reading_version

RULES = "Điều 1. Phạm vi\nQuy chế này quy định việc cấp giấy thông hành.\nĐiều 2. Hiệu lực\nQuy chế này có hiệu lực từ ngày ký.\n"


@pytest.mark.parametrize(
    ("name", "known"),
    [("a.jsonl", True), ("A.JSONL", True), ("a.jsonl.xz", True), ("a.b.jsonl.gz", True), ("a.json", False), ("a.xz", False), ("jsonl", False)],
)
def test_json_lines_are_known_by_the_end_of_the_name(name: str, known: bool) -> None:
    assert is_json_lines(Path("x") / name) is known


def test_a_file_of_another_name_holds_no_json_lines(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="does not end in"):
        list(read_file(tmp_path / "x.docx", []))


def test_a_file_is_read_by_what_it_is_and_an_archive_gives_several(tmp_path: Path) -> None:
    (tmp_path / "quy-che.dat").write_text(RULES, "utf-8")
    with zipfile.ZipFile(tmp_path / "goi.zip", "w") as archive:
        archive.writestr("a.txt", RULES)
        archive.writestr("sub/b.md", "# Thông báo\n\nNgày nghỉ lễ của cơ quan đại diện.")
        archive.writestr("../c.txt", RULES)
        archive.writestr("d.txt", " \n")
    with ReadingProcess() as process:
        one, several = read_document(tmp_path / "quy-che.dat", process), read_document(tmp_path / "goi.zip", process)
        (reading,) = one.readings
        assert [str(p.locator) for p in reading.document.provisions] == ["Điều 1", "Điều 2"] and not one.archive
        assert [r.document.number for r in several.readings] == ["a", "b"] and several.archive
        assert {fault.reason for fault in several.failed} == {"its name climbs out of the archive", "it is empty"}
        for name, content, reason in (("x.txt", b" \n", "it is empty"), ("x.png", b"\x89PNG\r\n\x1a\n..", "damaged|not|cannot")):
            (tmp_path / name).write_bytes(content)
            with pytest.raises(Unreadable, match=reason):
                read_document(tmp_path / name, process)


def test_the_version_of_reading_is_the_same_twice() -> None:
    assert reading_version() == reading_version() and len(reading_version()) == 16
