"""What acts say of themselves: numbers, kinds, dates, titles."""

from __future__ import annotations

import pytest

from corpus.legal.acts import cited, date_in, issuer_of, kind_of, number_of_name, numbers
from corpus.legal.casing import cased
from corpus.legal.document_of import document_of
from tests.legal_sources import source_of


@pytest.mark.parametrize(
    "number",
    [
        "224/2026/NĐ-CP",
        "116/2025/QH15",
        "57-NQ/TW",
        "749/QĐ-TTg",
        "66.22/2026/NQ-CP",
        "33/2007/PL-UBTVQH11",
        "03/2012/TTLT-BNG-BNV",
        "13/CP",
        "2390/BNG-VP",
    ],
)
def test_numbers_are_read_as_printed(number: str) -> None:
    assert numbers(f"Căn cứ văn bản số {number} ngày 02 tháng 3 năm 2020;") == (number,)


@pytest.mark.parametrize("words", ["ngày 02/3/2020", "24/7", "Điều 5, khoản 2", "2025-2030", "mục 1-2", "1.000"])
def test_what_is_no_number_is_none(words: str) -> None:
    assert numbers(words) == ()


def test_an_act_is_cited_by_kind_name_and_number() -> None:
    found = [(c.kind, c.name, c.number) for c in cited("Luật Chuyển đổi số số 148/2025/QH15 và Nghị định số 85/2025/NĐ-CP; Thông tư này.")]
    assert found == [("Luật", "Chuyển đổi số", "148/2025/QH15"), ("Nghị định", "", "85/2025/NĐ-CP")]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("Hà Nội, ngày 24 tháng 6 năm 2026", "2026-06-24"), ("từ ngày 01/7/2026", "2026-07-01"), ("on 12 May 2026", "2026-05-12"),
        ("March 1, 2027", "2027-03-01"), ("ngày 31 tháng 02 năm 2026", None), ("năm 2026", None),
    ],
)  # fmt: skip
def test_dates(text: str, day: str | None) -> None:
    assert date_in(text) == day


@pytest.mark.parametrize(
    ("number", "words", "kind"),
    [
        ("116/2025/QH15", "Luật An ninh mạng", "law"), ("57/2024/QH15", "Nghị quyết về tổ chức", "resolution"), ("57-NQ/TW", "", "resolution"),
        ("749/QĐ-TTg", "", "decision"), ("2390/BNG-VP", "", "document"), ("", "Convention on Cybercrime", "treaty"), ("", "Bài báo", "document"),
    ],
)  # fmt: skip
def test_kinds(number: str, words: str, kind: str) -> None:
    assert kind_of(number, words) == kind


@pytest.mark.parametrize(
    ("number", "head", "issuer"),
    [
        ("224/2026/NĐ-CP", "", "Chính phủ"), ("749/QĐ-TTg", "", "Thủ tướng Chính phủ"), ("33/2007/PL-UBTVQH11", "", "Ủy ban Thường vụ Quốc hội"),
        ("02/2026/TT-BNG", "", "Bộ Ngoại giao"), ("57-NQ/TW", "Nghị quyết của Bộ Chính trị", "Bộ Chính trị"), ("5/XY-ZZ", "", ""),
        ("03/2012/TTLT-BNG-BNV", "", "Bộ Ngoại giao; Bộ Nội vụ"),
    ],
)  # fmt: skip
def test_issuers(number: str, head: str, issuer: str) -> None:
    assert issuer_of(number, head).vi == issuer


@pytest.mark.parametrize(
    ("stem", "number"),
    [
        ("148-2025-QH15", "148/2025/QH15"), ("57-NQ-TW", "57-NQ/TW"), ("224-2026-ND-CP", "224/2026/NĐ-CP"), ("03-NQ-CP", "03/NQ-CP"),
        ("33-2009-QH12_luat-co-quan-dai-dien", "33/2009/QH12"), ("749-QD-TTg", "749/QĐ-TTg"), ("report-2025", ""), ("2025-notes", ""),
    ],
)  # fmt: skip
def test_a_name_of_a_file_may_spell_a_number(stem: str, number: str) -> None:
    assert number_of_name(stem) == number


def test_capitals_are_brought_to_the_case_of_the_text() -> None:
    body = ["Cơ quan của Bộ Ngoại giao và Quốc hội phục vụ an ninh quốc gia của Việt Nam."]
    assert cased("QUY CHẾ CỦA BỘ NGOẠI GIAO VỀ AN NINH QUỐC GIA VIỆT NAM", body) == "quy chế của Bộ Ngoại giao về an ninh quốc gia Việt Nam"


@pytest.mark.parametrize(
    ("words", "start"),
    [
        ("Thông tư này có hiệu lực thi hành kể từ ngày 15/8/2026.", "2026-08-15"), ("Thông tư này có hiệu lực kể từ ngày ký.", "2026-05-05"),
        ("Thông tư này có hiệu lực sau 45 ngày, kể từ ngày ký ban hành.", "2026-06-19"),
        ("Điều 7 của Thông tư này có hiệu lực từ ngày 01 tháng 9 năm 2026.", None),
        ("Thông tư này có hiệu lực sau 45 ngày kể từ ngày đăng Công báo.", None),
    ],
)  # fmt: skip
def test_the_day_of_force_is_what_the_act_says(words: str, start: str | None) -> None:
    head = "BỘ NGOẠI GIAO\nSố: 02/2026/TT-BNG\nHà Nội, ngày 05 tháng 5 năm 2026\nTHÔNG TƯ\nVề lãnh sự"
    text = f"{head}\nĐiều 1. Phạm vi\nMột.\nĐiều 2. Hiệu lực\n1. {words}"
    document = document_of(source_of(text), "act.txt", sha256="").document
    assert document.effective_from == start
    assert document.status == ("in_force" if start else "unknown")
