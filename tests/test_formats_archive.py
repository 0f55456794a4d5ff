"""What a file is, and archives: bombs, climbing names, links, archives in archives, names in old code pages."""

from __future__ import annotations

import io
import stat
import zipfile
from pathlib import Path

import pytest

from corpus.errors import Fault, Unreadable
from corpus.formats.archive import Budget, members
from corpus.formats.dispatch import Piece, read_pieces
from corpus.formats.limits import Limits
from corpus.formats.sniff import sniff
from tests.format_files import add, pdf, print_lines, word, zipped

LAW = "Điều 1. Phạm vi điều chỉnh\n".encode()
ZIP = Path("goi.zip")


def read(tmp_path: Path, data: bytes, limits: Limits | None = None, name: str = "goi.zip") -> tuple[list[Piece], list[Fault]]:
    path = tmp_path / name
    path.write_bytes(data)
    parts = list(read_pieces(path, limits or Limits(), lambda seconds: None))
    return [p for p in parts if isinstance(p, Piece)], [p for p in parts if isinstance(p, Fault)]


def entry(name: str, mode: int = 0) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name)
    info.external_attr = mode << 16
    return info


def packed(*files: tuple[zipfile.ZipInfo, bytes]) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w") as archive:
        for info, content in files:
            archive.writestr(info, content)
    return stream.getvalue()


@pytest.mark.parametrize(
    ("data", "name", "kind"),
    [
        (b"\xef\xbb\xbf<!doctype html><p>x", "a.doc", "html"),
        (b"<table><tr><td>x</td></tr></table>", "a.xls", "html"),
        (b"\n\n%PDF-1.4", "a.txt", "pdf"),
        (b"\x89PNG\r\n\x1a\n....", "a.pdf", "image"),
        ("# Luật\n\nĐiều 1".encode(), "a", "markdown"),
        ("# Luật\n\nĐiều 1".encode(), "a.txt", "plain"),
        (LAW, "a.md", "markdown"),
        (LAW, "a.pdf", "plain"),
        ("Điều 1".encode("utf-16"), "a.docx", "plain"),
        (b"MZ la ten goi cua mot van ban", "a", "plain"),
    ],
)
def test_the_kind_is_told_by_content(data: bytes, name: str, kind: str) -> None:
    assert sniff(data, Path(name)) == kind


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "empty"),
        (b"\0" * 900, "empty"),
        (b"{\\rtf1 x}", "RTF"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"x" * 99, "old Word format"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + "EncryptedPackage".encode("utf-16-le"), "encrypted"),
        (b"PK\x03\x04 broken off", "damaged"),
        (zipped({"[Content_Types].xml": b"", "xl/workbook.xml": b""}), "Excel"),
        (zipped({"content.xml": b"", "META-INF/manifest.xml": b""}), "OpenDocument"),
        (bytes(range(256)) * 9, "not read here"),
        (b"MZ\x90\0\3\0\0\0" * 20, "a program"),
    ],
)
def test_what_is_not_read_says_why(data: bytes, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        sniff(data, Path("tep"))


def test_every_file_of_an_archive_is_read_by_its_content(tmp_path: Path) -> None:
    docx = word(lambda document: add(document, "<w:p><w:r><w:t>Điều 2</w:t></w:r></w:p>"))
    data = zipped({"nghị định/a.txt": LAW, "b.pdf": docx, "c": pdf(lambda c: print_lines(c, ["Điều 3"])), "d.xlsx": b"\0\1", ".an": b"x",
                   "__MACOSX/._a": b"x", "trong.zip": zipped({"e.html": b"<p>Dieu 4", "sau.zip": zipped({"f.txt": LAW})})})  # fmt: skip
    pieces, faults = read(tmp_path, data)
    assert [(p.name, p.source.kind) for p in pieces] == [("nghị định/a.txt", "plain"), ("b.pdf", "docx"), ("c", "pdf"), ("trong.zip/e.html", "html")]
    assert [(Path(fault.name).name, fault.reason) for fault in faults] == [
        ("d.xlsx", "it is of a kind that is not read here"), ("sau.zip", "it is an archive in an archive in an archive"),
    ]  # fmt: skip
    assert len({p.sha256 for p in pieces}) == 4


def test_climbing_names_links_and_devices_are_refused_and_the_rest_is_read(tmp_path: Path) -> None:
    data = packed(
        (entry("../../etc/passwd"), LAW), (entry("/tuyet/doi.txt"), LAW), (entry("C:\\x.txt"), LAW), (entry("a/..\\..\\b.txt"), LAW),
        (entry("lien-ket.txt", stat.S_IFLNK | 0o777), b"/etc/passwd"), (entry("ong", stat.S_IFIFO | 0o666), b""),
        (entry("tot.txt", stat.S_IFREG | 0o644), LAW),
    )  # fmt: skip
    pieces, faults = read(tmp_path, data)
    assert [p.name for p in pieces] == ["tot.txt"]
    assert [fault.reason for fault in faults] == ["its name climbs out of the archive"] * 4 + ["it is a link to elsewhere", "it is no ordinary file"]
    assert sorted(tmp_path.iterdir()) == [tmp_path / "goi.zip"]


def test_bombs_are_refused(tmp_path: Path) -> None:
    for limits in (Limits(), Limits(unpacked_bytes=1 << 20)):
        with pytest.raises(Unreadable, match="zip bomb"):
            read(tmp_path, zipped({"a.txt": b"0" * (40 << 20)}), limits)
    nested = zipped({f"{n}.zip": zipped({"a.txt": b"0" * 900_000}) for n in range(3)})
    pieces, faults = read(tmp_path, nested, Limits(unpacked_bytes=2_000_000))
    assert len(pieces) == 2 and "zip bomb" in faults[0].reason
    with pytest.raises(Unreadable, match="30 files, more than the 20"):
        read(tmp_path, zipped({f"{n}.txt": LAW for n in range(30)}), Limits(members=20))


def test_an_archive_that_lies_about_its_sizes_is_stopped() -> None:
    data = bytearray(zipped({"a.txt": b"0" * 3_000_000}))
    for place in (data.find(b"PK\x03\x04") + 22, data.find(b"PK\x01\x02") + 24):
        data[place : place + 4] = (100).to_bytes(4, "little")
    try:
        found = list(members(bytes(data), ZIP, Limits(unpacked_bytes=1_000_000), Budget(1_000_000)))
    except Unreadable:
        return
    assert all(isinstance(part, Fault) or len(part[1]) <= 1_000_000 for part in found)


def test_names_in_utf8_that_do_not_say_so_are_read() -> None:
    data = zipped({"nghi_dinh_xx.txt": LAW}).replace(b"nghi_dinh_xx", "nghị_định".encode().ljust(12, b"_")[:12])
    ((name, _),) = (part for part in members(data, ZIP, Limits(), Budget(1 << 20)) if not isinstance(part, Fault))
    assert name.startswith("nghị")


def test_an_archive_of_nothing_is_refused(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="holds no files"):
        read(tmp_path, zipped({}))


def test_missing_files_folders_and_pipes_are_refused(tmp_path: Path) -> None:
    import os

    os.mkfifo(tmp_path / "ong")
    for name, reason in (("khong-co", "no such file"), (".", "it is a folder"), ("ong", "no ordinary file")):
        with pytest.raises(Unreadable, match=reason):
            list(read_pieces(tmp_path / name, Limits(), lambda seconds: None))
    with pytest.raises(Unreadable, match="more than the 0 MB"):
        read(tmp_path, LAW, Limits(file_bytes=3))
