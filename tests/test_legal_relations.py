"""Relations are read from operative words alone, and each for what it is."""

from __future__ import annotations

import pytest

from corpus.legal.document_of import document_of
from tests.legal_sources import source_of

HEAD = "CHÍNH PHỦ\nSố: 9/2027/NĐ-CP\nHà Nội, ngày 02 tháng 01 năm 2027\nNGHỊ ĐỊNH\nVề ngoại giao số\nCăn cứ Luật Ngoại giao số số 8/2026/QH16;\n"
FORCE = "Điều 2. Hiệu lực thi hành\n1. Nghị định này có hiệu lực thi hành từ ngày 15 tháng 02 năm 2027.\n"


def _relations(clause: str) -> set[tuple[str, str, str | None]]:
    text = f"{HEAD}Điều 1. Phạm vi\nNghị định này quy định về ngoại giao số.\n{FORCE}{clause}"
    found = document_of(source_of(text), "act.txt", sha256="").document.relations
    return {(r.type, r.target, r.since) for r in found if r.type != "based_on"}


@pytest.mark.parametrize(
    ("clause", "expected"),
    [
        ("2. Nghị định số 1/2020/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.", {("replaces", "1/2020/NĐ-CP")}),
        (
            "2. Nghị định số 1/2020/NĐ-CP và Nghị định số 2/2021/NĐ-CP hết hiệu lực kể từ ngày Nghị định này có hiệu lực.",
            {("replaces", "1/2020/NĐ-CP"), ("replaces", "2/2021/NĐ-CP")},
        ),
        (
            "2. Nghị định số 1/2020/NĐ-CP đã được sửa đổi, bổ sung một số điều theo Nghị định số 3/2022/NĐ-CP, "
            "Nghị định số 4/2023/NĐ-CP hết hiệu lực.",
            {("replaces", "1/2020/NĐ-CP")},
        ),
        ("2. Điều 5 của Nghị định số 1/2020/NĐ-CP hết hiệu lực từ ngày này.", {("amends", "1/2020/NĐ-CP")}),
        ("2. Nghị định này thay thế Nghị định số 1/2020/NĐ-CP ngày 02 tháng 3 năm 2020.", {("replaces", "1/2020/NĐ-CP")}),
        ("2. Bãi bỏ Quyết định số 5/2019/QĐ-TTg.", {("replaces", "5/2019/QĐ-TTg")}),
        ("2. Bãi bỏ khoản 2 Điều 5 Nghị định số 1/2020/NĐ-CP.", {("amends", "1/2020/NĐ-CP")}),
        ("2. Thay thế cụm từ “một” bằng cụm từ “hai” tại Điều 3 Nghị định số 1/2020/NĐ-CP.", {("amends", "1/2020/NĐ-CP")}),
        ("2. Các văn bản sau đây hết hiệu lực:\na) Nghị định số 1/2020/NĐ-CP;\nb) Điều 2 Nghị định số 2/2021/NĐ-CP.",
         {("replaces", "1/2020/NĐ-CP"), ("amends", "2/2021/NĐ-CP")}),
        ("2. Khi các văn bản dẫn chiếu được sửa đổi, bổ sung hoặc thay thế thì áp dụng văn bản mới.", set()),
        ("2. Hồ sơ nộp theo Nghị định số 1/2020/NĐ-CP trước ngày Nghị định này có hiệu lực được tiếp tục giải quyết.", set()),
        ("2. Giấy phép cấp theo Nghị định số 1/2020/NĐ-CP hết hiệu lực sau 12 tháng.", set()),
        ("2. Sửa đổi khoản 1 Điều 3 Nghị định số 1/2020/NĐ-CP như sau:\n“1. Nghị định này thay thế Nghị định số 7/2015/NĐ-CP.”.",
         {("amends", "1/2020/NĐ-CP")}),
        ("2. Thủ trưởng các cơ quan thi hành.\nPHỤ LỤC I\nMẪU\nĐiều 1. Quyết định này thay thế Quyết định số 3/QĐ-TTg.", set()),
    ],
)  # fmt: skip
def test_a_clause_states_what_it_states(clause: str, expected: set[tuple[str, str]]) -> None:
    assert _relations(clause) == {(kind, target, "2027-02-15") for kind, target in expected}


def test_recitals_are_the_basis_and_those_that_only_amended_are_none() -> None:
    text = HEAD + "Căn cứ Luật Báo chí số 1/2016/QH13 được sửa đổi, bổ sung bởi Luật số 2/2018/QH14;\nĐiều 1. Phạm vi\nMột."
    found = document_of(source_of(text), "act.txt", sha256="").document.relations
    assert [(r.type, r.target, r.since) for r in found] == [("based_on", "8/2026/QH16", "2027-01-02"), ("based_on", "1/2016/QH13", "2027-01-02")]


def test_a_relation_says_where_it_stands() -> None:
    text = f"{HEAD}Điều 1. Phạm vi\nMột.\n{FORCE}2. Bãi bỏ Quyết định số 5/2019/QĐ-TTg."
    found = document_of(source_of(text), "act.txt", sha256="").document.related("replaces")
    assert next(found).note.vi == "Điều 2, khoản 2: 2. Bãi bỏ Quyết định số 5/2019/QĐ-TTg."
