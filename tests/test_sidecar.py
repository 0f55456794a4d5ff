"""Corrections beside a file: what can be said, what is refused, what becomes of the document."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Bilingual, Document
from corpus.errors import Unreadable
from corpus.sidecar import corrected, find_sidecar, read_sidecar

KNOWN = Document("tep", Bilingual("Tệp", "File"), Bilingual(), "document", None, "unknown", text_kind="official")


def said(tmp_path: Path, text: str) -> Path:
    path = tmp_path / "a.meta.yaml"
    path.write_text(text, "utf-8")
    return path


def test_the_file_of_the_whole_name_goes_first(tmp_path: Path) -> None:
    assert find_sidecar(tmp_path / "a.pdf") is None
    said(tmp_path, "kind: law")
    assert find_sidecar(tmp_path / "a.pdf") == tmp_path / "a.meta.yaml"
    (tmp_path / "a.pdf.meta.yaml").write_text("kind: law", "utf-8")
    assert find_sidecar(tmp_path / "a.pdf") == tmp_path / "a.pdf.meta.yaml"


def test_a_document_is_corrected(tmp_path: Path) -> None:
    path = said(
        tmp_path,
        "number: 12/2026/NĐ-CP\ntitle: Nghị định mới\nissuer: {en: Government}\nissued: 2026-05-04\neffective_from: '2026-07'\naliases: [NĐ mới]",
    )
    document = corrected(KNOWN, read_sidecar(path))
    assert (document.number, document.title, document.issuer) == ("12/2026/NĐ-CP", Bilingual("Nghị định mới", "File"), Bilingual(en="Government"))
    assert (document.issued, document.effective_from, document.status, document.aliases) == ("2026-05-04", "2026-07", "in_force", ("NĐ mới",))
    assert corrected(KNOWN, {}) is KNOWN


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- a", "no fields"), ("", "no fields"), ("numbre: x", "is no field"), ("number: ''", "number must be a text"),
        ("issued: 2026-02-31", "no day"),
        ("issued: soon", "must be a date"), ("status: fine", "must be one of"), ("title: {fr: x}", "vi and en"), ("aliases: x", "must be a list"),
        ("a: [", "not YAML"), ("a: !!python/object:os.system x", "is no field"), ("x" * 70_000, "too large"),
    ],
)  # fmt: skip
def test_what_cannot_be_meant_is_refused(tmp_path: Path, text: str, reason: str) -> None:
    with pytest.raises(Unreadable, match=reason):
        read_sidecar(said(tmp_path, text))
