"""Files of any format taken in: what is told, kept, corrected, completed, left alone the second time, and refused."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.compose import ingest_paths, open_assistant, original_of, verify_index
from assistant.errors import BadSettings
from assistant.intake import Intake, Wishes, wishes_of
from assistant.outlining import outline_paths
from assistant.settings import Settings
from corpus.errors import Fault, NothingRead
from index.catalogue import Catalogue
from index.embedding import HashingEncoder
from index.home import Home
from index.ingest import IngestReport
from index.originals import Originals
from tests.format_files import shared, word

DECREE = """CHÍNH PHỦ
Số: 12/2026/NĐ-CP
Hà Nội, ngày 4 tháng 5 năm 2026
NGHỊ ĐỊNH
Quy định về giấy thông hành
Điều 1. Phạm vi điều chỉnh
Nghị định này quy định việc cấp giấy thông hành cho công dân ở nước ngoài.
Điều 2. Thời hạn
1. Giấy thông hành có giá trị:
a) Mười hai tháng đối với người lớn;
b) Sáu tháng đối với trẻ em.
2. Không gia hạn giấy thông hành.
Điều 3. Hiệu lực thi hành
Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026.
TM. CHÍNH PHỦ
THỦ TƯỚNG
Nguyễn Văn A
"""
RULES = "Điều 1. Trực ban\nCán bộ trực ban ghi sổ hằng ngày.\nĐiều 2. Bàn giao\nBàn giao ca trực vào bảy giờ sáng.\n"


@pytest.fixture
def settings(tmp_path: Path, library_folder: Path) -> Settings:
    return Settings(home=tmp_path / "home", library=library_folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "given"
    folder.mkdir()
    (folder / "nghi-dinh.txt").write_text(DECREE, "utf-8")
    return folder


def zipped(path: Path, **files: str) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.txt", text)
    return path


def reasons(report: IngestReport) -> dict[str, str]:
    return {Path(name).name: reason for name, reason in report.failed}


def test_a_decree_is_asked_about_at_once_and_cited_to_the_point(settings: Settings, folder: Path) -> None:
    report = ingest_paths(settings, [folder])
    assert (report.added, report.failed, report.notes) == (1, (), ())
    assistant = open_assistant(settings)
    answer = assistant.ask("Giấy thông hành cấp cho trẻ em có giá trị trong bao lâu?")
    (cited,) = [c for c in answer.citations if c.quote == "b) Sáu tháng đối với trẻ em."]
    assert (cited.document, cited.locator, cited.place, cited.text_kind) == (
        "12/2026/NĐ-CP",
        "Điều 2, khoản 1, điểm b",
        "Điều 2, khoản 1",
        "official",
    )
    assert all(c.verified and c.locator.startswith("Điều 2, khoản 1") for c in answer.citations)
    whole = assistant.ask("Điều 2 Nghị định 12/2026/NĐ-CP quy định gì?")
    assert [c.locator for c in whole.citations] == [
        "Điều 2, khoản 1", "Điều 2, khoản 1, điểm a", "Điều 2, khoản 1, điểm b", "Điều 2, khoản 2",
    ] and whole.outcome == "answered"  # fmt: skip
    (point,) = assistant.ask("điểm a khoản 1 Điều 2 Nghị định 12/2026/NĐ-CP").citations
    assert point.quote == "a) Mười hai tháng đối với người lớn;" and point.locator == "Điều 2, khoản 1, điểm a"
    assert not assistant.ask("điểm c khoản 1 Điều 2 Nghị định 12/2026/NĐ-CP").citations
    document, shown = assistant.place("12/2026/NĐ-CP", "điểm b khoản 1 điều 2")
    assert [(str(p.locator), p.text.vi) for p in shown] == [("Điều 2, khoản 1, điểm b", "b) Sáu tháng đối với trẻ em.")]
    assert [str(p.locator) for p in assistant.place("12/2026/NĐ-CP", "Điều 2")[1]] == ["Điều 2, khoản 1", "Điều 2, khoản 2"]
    assert document.find("Ký ban hành") and not [r for r in assistant.search("Nguyễn Văn A", 20) if r.passage.locator == "Ký ban hành"]


def test_the_second_time_nothing_is_read_and_the_original_stays_and_goes(settings: Settings, folder: Path) -> None:
    zipped(folder / "goi.zip", a=RULES, b=DECREE.replace("12/2026", "13/2026"))
    ingest_paths(settings, [folder])
    sha256 = open_assistant(settings).document("13/2026/NĐ-CP").sha256
    original = original_of(settings, sha256)
    assert original is not None and original.suffix == ".zip" and original.read_bytes() == (folder / "goi.zip").read_bytes()
    told: list[str] = []
    again = ingest_paths(settings, [folder], lambda stage, done, total: told.append(stage))
    assert (again.unchanged, again.added, again.replaced, again.passages_encoded) == (3, 0, 0, 0) and set(told) == {"files"}
    zipped(folder / "goi.zip", a=RULES)
    changed = ingest_paths(settings, [folder])
    assert (changed.unchanged, changed.removed) == (2, 1) and original_of(settings, sha256) is None
    (folder / "goi.zip").unlink()
    assert ingest_paths(settings, [folder]).removed == 1 and verify_index(settings).sound
    kept = sorted(path.name for path in (settings.home / "originals").iterdir())
    assert len(kept) == 2 and kept[-1] == "records.json"


def test_a_catalogue_that_lost_a_document_has_it_read_again(settings: Settings, folder: Path) -> None:
    ingest_paths(settings, [folder])
    for path in settings.home.glob("catalogue.sqlite*"):
        path.unlink()
    assert ingest_paths(settings, [folder]).added == 1


def test_corrections_come_from_a_file_beside_or_from_the_person(settings: Settings, folder: Path) -> None:
    file = folder / "noi-quy.txt"
    file.write_text(RULES, "utf-8")
    (note,) = ingest_paths(settings, [file]).notes
    assert note.name == "noi-quy" and "to be confirmed" in note.reason and "noi-quy.txt.meta.yaml" in note.reason
    assert ingest_paths(settings, [file], wishes=Wishes(confirmed=True)).notes == ()
    given = wishes_of({"number": "5/QC-ĐSQ", "kind": "regulation", "issued": "2026-02-03"})
    assert ingest_paths(settings, [file], wishes=given).notes == ()
    assert open_assistant(settings).document("5/QC-ĐSQ").kind == "regulation"
    assert ingest_paths(settings, [file]).unchanged == 1  # what was said is remembered
    (folder / "noi-quy.meta.yaml").write_text("title: {vi: Nội quy trực ban, en: Duty rules}\nissued: 2026-02-04\n", "utf-8")
    ingest_paths(settings, [file])
    document = open_assistant(settings).document("Nội quy trực ban")
    assert (document.number, document.issued, document.title.en) == ("5/QC-ĐSQ", "2026-02-04", "Duty rules")
    (folder / "noi-quy.meta.yaml").write_text("issued: soon\n", "utf-8")
    with pytest.raises(NothingRead, match=r"noi-quy\.meta\.yaml: issued must be a date"):
        ingest_paths(settings, [file])
    with pytest.raises(BadSettings, match="effective-from"):
        wishes_of({"effective_from": "July"})


def test_what_a_text_lacks_is_taken_from_the_digest_of_its_number(settings: Settings, tmp_path: Path) -> None:
    body = "\n".join(DECREE.splitlines()[5:8])
    (tmp_path / "20-2023-QH15.txt").write_text(body, "utf-8")
    notes = [note.reason for note in ingest_paths(settings, [tmp_path / "20-2023-QH15.txt"]).notes]
    assert any(note.startswith("title, issued, effective from, status: not in its text") for note in notes)
    official, digest = open_assistant(settings).texts("20/2023/QH15")
    assert (official.text_kind, official.title, official.issued) == ("official", digest.title, digest.issued)


BAD: tuple[tuple[str, Callable[[bytes], bytes], str], ...] = (
    ("rong.pdf", lambda docx: b"", "it is empty"),
    ("cut.docx", lambda docx: docx[: len(docx) // 2], "it is damaged"),
    ("program.docx", lambda docx: b"\x7fELF" + bytes(300), "it is a program"),
    ("strange.txt", lambda docx: bytes(range(256)) * 40, "of a kind that is not read"),
    ("broken.pdf", lambda docx: b"%PDF-1.7\n" + b"x" * 500, "it is damaged"),
)


def test_bad_files_stop_no_other(settings: Settings, folder: Path) -> None:
    docx = word(lambda document: document.add_paragraph("Tệp Word mang đuôi khác vẫn đọc được."))
    for name, made, _ in BAD:
        (folder / name).write_bytes(made(docx))
    (folder / "really-word.pdf").write_bytes(docx)
    (folder / "link.txt").symlink_to(Path(__file__))
    with zipfile.ZipFile(folder / "bomb.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("x.txt", bytes(300 << 20))
    zipped(folder / "climb.zip", **{"../../evil": RULES})
    (folder / "locked.txt").write_text(RULES, "utf-8")
    (folder / "locked.txt").chmod(0)
    report = ingest_paths(settings, [folder])
    found = reasons(report)
    for name, _, reason in BAD:
        assert reason in found[name], name
    assert "zip bomb" in found["bomb.zip"] and "outside the folder" in found["link.txt"] and "climbs out" in found["climb.zip"]
    assert os.getuid() == 0 or "permission denied" in found["locked.txt"]
    held = {d.number for d in open_assistant(settings).documents()}
    assert {"12/2026/NĐ-CP", "really-word"} <= held and not held & {"cut", "broken", "evil", "../../evil"}
    assert verify_index(settings).sound
    again = ingest_paths(settings, [folder])
    assert reasons(again) == found and again.added == 0


def test_an_encrypted_file_is_named(settings: Settings, folder: Path) -> None:
    report = ingest_paths(settings, [folder, shared("hostile/pdf/005-libreoffice-writer-password__libreoffice-writer-password.pdf")])
    assert report.added == 1 and [reason for _, reason in report.failed] == ["it is encrypted; save it without a password"]


def test_without_room_on_the_disk_nothing_is_begun(home: Home, catalogue: Catalogue, encoder: HashingEncoder, folder: Path) -> None:
    with closing(Intake(home, catalogue, encoder, "", Wishes(), room=1 << 60)) as intake:
        report = intake.take(folder / "nghi-dinh.txt")
    assert report.failed[0].name.endswith("nghi-dinh.txt") and "are free on the disk" in report.failed[0].reason
    assert catalogue.count() == (0, 0)


def test_an_original_that_cannot_be_written_is_a_reason(home: Home, catalogue: Catalogue, encoder: HashingEncoder, folder: Path) -> None:
    (home.root / "originals").write_text("a file in its place", "utf-8")
    with closing(Intake(home, catalogue, encoder, "", Wishes())) as intake:
        assert intake.take(folder / "nghi-dinh.txt") == IngestReport(failed=(Fault(str(folder / "nghi-dinh.txt"), "file exists"),))
    assert catalogue.count() == (0, 0) and Originals(home.root).record(str(folder / "nghi-dinh.txt")) is None


def test_an_outline_writes_nothing_and_shows_where_it_was_read(folder: Path) -> None:
    zipped(folder / "goi.zip", a=RULES)
    (folder / "rows.jsonl").write_text(json.dumps({"id": "r", "text": "x"}) + "\nnonsense\n", "utf-8")
    (folder / "cut.docx").write_bytes(b"PK\x03\x04")
    rows = list(outline_paths([folder]))
    assert [(Path(row.file).name, bool(row.text), bool(row.reason)) for row in rows] == [
        ("cut.docx", False, True), ("goi.zip", True, False), ("nghi-dinh.txt", True, False),
        ("rows.jsonl", True, False), ("rows.jsonl:2", False, True),
    ]  # fmt: skip
    decree = rows[2]
    (force,) = [line for line in decree.text.splitlines() if line.startswith("effective from: ")]
    assert force.startswith("effective from: 2026-07-01  ← “") and "Nghị định này có hiệu lực từ ngày 01 tháng 7 năm 2026." in force
    assert decree.data is not None and decree.data["number"] == "12/2026/NĐ-CP"
    assert [p["locator"] for p in decree.data["provisions"]][1:3] == ["Điều 1", "Điều 2, khoản 1"]
