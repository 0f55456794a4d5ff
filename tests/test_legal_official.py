"""The texts of ../shared/official: articles counted, no words lost, addresses unique, metadata and relations as the acts print them."""

from __future__ import annotations

import os
from functools import cache
from itertools import pairwise
from pathlib import Path

import pytest

from corpus.legal.address import items, open_at, within
from corpus.legal.document_of import document_of, kept
from corpus.legal.provisions import articles
from corpus.legal.reading import Reading
from corpus.locator import Locator
from tests.legal_sources import official

FOLDER = Path(__file__).parents[1].parent / "shared" / "official"
COUNTS = {
    "laws/20-2023-QH15": 53, "laws/24-2018-QH14": 43, "laws/86-2015-QH13": 54, "laws/33-2009-QH12": 36, "laws/19-2017-QH14": 2,
    "laws/70-2020-QH14": 52, "laws/108-2016-QH13": 84, "laws/29-2018-QH14": 28, "laws/104-2016-QH13": 37, "148-2025-QH15": 48,
    "116-2025-QH15": 45, "60-2024-QH15": 46, "71-2025-QH15": 51, "91-2025-QH15": 39, "356-2025-ND-CP": 42, "224-2026-ND-CP": 92,
    "244-2026-ND-CP": 13, "66.22-2026-NQ-CP": 10, "02-2026-TT-BNG": 19, "03-2026-TT-BNG": 11, "03-NQ-CP": 3, "57-NQ-TW": 0,
    "69-KL-TW": 0, "20-NQ-TW": 0, "phapdien_33-2009-QH12": 144, "phapdien_an-ninh-mang": 87, "phapdien_ham-cap": 45,
}  # fmt: skip
# number, kind, title, issuer, issued, in force from
METADATA = {
    "116-2025-QH15": ("116/2025/QH15", "law", "Luật An ninh mạng", "Quốc hội", "2025-12-10", "2026-07-01"),
    "148-2025-QH15": ("148/2025/QH15", "law", "Luật số 148/2025/QH15", "Quốc hội", "2025-12-11", "2026-07-01"),
    "71-2025-QH15": ("71/2025/QH15", "law", "Luật Công nghiệp công nghệ số", "Quốc hội", "2025-06-14", "2026-01-01"),
    "60-2024-QH15": ("60/2024/QH15", "law", "Luật số 60/2024/QH15", "Quốc hội", "2024-11-30", "2025-07-01"),
    "91-2025-QH15": ("91/2025/QH15", "law", "Luật Bảo vệ dữ liệu cá nhân", "Quốc hội", "2025-06-26", "2026-01-01"),
    "laws/104-2016-QH13": ("104/2016/QH13", "law", "Luật Tiếp cận thông tin", "Quốc hội", "2016-04-06", "2018-07-01"),
    "laws/20-2023-QH15": ("20/2023/QH15", "law", "Luật Giao dịch điện tử", "Quốc hội", "2023-06-22", "2024-07-01"),
    "224-2026-ND-CP": (
        "224/2026/NĐ-CP", "decree", "Nghị định quy định chi tiết một số điều và biện pháp thi hành Luật Chuyển đổi số", "Chính phủ",
        "2026-06-24", "2026-07-01",
    ),
    "03-NQ-CP": (
        "03/NQ-CP", "resolution",
        "Nghị quyết ban hành Chương trình hành động của Chính phủ thực hiện Nghị quyết số 57-NQ/TW ngày 22 tháng 12 năm 2024 của Bộ Chính trị "
        "về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        "Chính phủ", "2025-01-09", "2025-01-09",
    ),
    "57-NQ-TW": (
        "57-NQ/TW", "resolution", "Nghị quyết về đột phá phát triển khoa học, công nghệ, đổi mới sáng tạo và chuyển đổi số quốc gia",
        "Bộ Chính trị", "2024-12-22", None,
    ),
    "66.22-2026-NQ-CP": ("66.22/2026/NQ-CP", "resolution", "Nghị quyết về phát triển công dân số", "Chính phủ", "2026-07-09", "2026-08-15"),
    "03-2026-TT-BNG": (
        "03/2026/TT-BNG", "circular",
        "Thông tư quy định về phân cấp thẩm quyền chứng nhận lãnh sự, hợp pháp hóa lãnh sự cho Ủy ban nhân dân cấp tỉnh", "Bộ Ngoại giao",
        "2026-05-06", "2026-05-09",
    ),
}  # fmt: skip
# all relations but based_on, as a reader of the act finds them
RELATIONS = {
    "116-2025-QH15": {
        "replaces": {"86/2015/QH13", "24/2018/QH14"},
        "amends": {
            "33/2024/QH15", "19/2023/QH15", "97/2015/QH13", "71/2025/QH15", "60/2024/QH15", "45/2024/QH15", "24/2023/QH15", "20/2023/QH15",
            "67/2025/QH15", "31/2024/QH15", "28/2023/QH15", "15/2012/QH13", "37/2018/QH14", "85/2015/QH13", "34/2024/QH15", "61/2024/QH15",
            "69/2025/QH15", "22/2023/QH15", "18/2023/QH15", "94/2025/QH15", "46/2019/QH14",
        },
    },
    "148-2025-QH15": {"replaces": {"67/2006/QH11"}, "amends": {"93/2025/QH15", "20/2023/QH15"}},
    "224-2026-ND-CP": {
        "replaces": {"45/2026/NĐ-CP", "42/2022/NĐ-CP", "64/2007/NĐ-CP"}, "amends": {"85/2025/NĐ-CP", "367/2025/NĐ-CP"},
        "implements": {"148/2025/QH15"},
    },
    "244-2026-ND-CP": {"replaces": {"09/2017/NĐ-CP"}, "implements": {"126/2025/QH15"}},
    "356-2025-ND-CP": {"replaces": {"13/2023/NĐ-CP"}, "amends": {"165/2025/NĐ-CP"}, "implements": {"91/2025/QH15"}},
    "60-2024-QH15": {"amends": {"97/2015/QH13", "20/2023/QH15"}},
    "03-NQ-CP": {"implements": {"57-NQ/TW"}},
    "69-KL-TW": {"implements": {"20-NQ/TW"}},
    "03-2026-TT-BNG": {},
    "02-2026-TT-BNG": {},
    "91-2025-QH15": {},
    "laws/24-2018-QH14": {},
    "laws/19-2017-QH14": {"amends": {"33/2009/QH12"}},
    "laws/20-2023-QH15": {"replaces": {"51/2005/QH11"}, "amends": {"61/2020/QH14", "97/2015/QH13", "76/2015/QH13", "67/2006/QH11"}},
    "laws/29-2018-QH14": {"replaces": {"30/2000/PL-UBTVQH10"}},
    "laws/70-2020-QH14": {"replaces": {"33/2007/PL-UBTVQH11"}},
    "laws/108-2016-QH13": {"replaces": {"41/2005/QH11"}},
}  # fmt: skip


def _path(name: str) -> Path:
    found = sorted(path for path in FOLDER.glob(f"{name}*") if path.suffix in (".txt", ".md"))
    if not found:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{FOLDER / name} is not there")
    return found[0]


@cache
def _reading(name: str) -> Reading:
    path = _path(name)
    return document_of(official(path), path.name, sha256="")


@pytest.mark.parametrize("name", COUNTS)
def test_articles_are_counted(name: str) -> None:
    found = articles(_reading(name).document.provisions)
    assert len(found) == COUNTS[name]
    if COUNTS[name] and not name.startswith("phapdien"):
        assert found == tuple(f"Điều {n}" for n in range(1, COUNTS[name] + 1))


@pytest.mark.parametrize("name", COUNTS)
def test_no_words_are_lost(name: str) -> None:
    assert kept(official(_path(name)), _reading(name).document) >= 0.999


@pytest.mark.parametrize("name", COUNTS)
def test_addresses_are_unique_and_spans_follow_one_another(name: str) -> None:
    provisions = _reading(name).document.provisions
    printed = [str(p.locator) for p in provisions]
    assert len({locator.casefold() for locator in printed}) == len(printed)
    assert all(Locator.parse(locator) == p.locator for locator, p in zip(printed, provisions, strict=True))
    spans = [p.span for p in provisions]
    assert all(start <= end for start, end in spans)
    assert all(before[1] <= after[0] for before, after in pairwise(spans))


@pytest.mark.parametrize("name", ["116-2025-QH15", "148-2025-QH15", "03-NQ-CP", "57-NQ-TW", "laws/19-2017-QH14", "phapdien_ham-cap"])
def test_every_point_is_found_again_by_its_address(name: str) -> None:
    document = _reading(name).document
    for provision in document.provisions:
        for item in items(provision.text.vi, "vi"):
            address = within(provision, item.start, item.end, "vi")
            opened = open_at(document, str(address))
            assert opened is not None
            assert opened[0] == provision
            if address != provision.locator:
                assert opened[2][0] <= item.start
                assert item.end <= opened[2][1]


@pytest.mark.parametrize("name", METADATA)
def test_metadata_is_what_the_act_prints(name: str) -> None:
    document = _reading(name).document
    found = (document.number, document.kind, document.title.vi, document.issuer.vi, document.issued, document.effective_from)
    assert found == METADATA[name]


@pytest.mark.parametrize("name", RELATIONS)
def test_relations_are_what_the_act_states(name: str) -> None:
    relations = [r for r in _reading(name).document.relations if r.type != "based_on"]
    assert {kind: {r.target for r in relations if r.type == kind} for kind in {r.type for r in relations}} == RELATIONS[name]


def test_the_end_of_force_is_read_where_the_act_sets_one() -> None:
    assert _reading("66.22-2026-NQ-CP").document.effective_to == "2027-02-28"


def test_what_was_understood_names_its_words() -> None:
    understood = {item.field: item for item in _reading("224-2026-ND-CP").understood}
    assert understood["number"].words == "Số: 224/2026/NĐ-CP"
    assert "có hiệu lực thi hành từ ngày 01 tháng 7 năm 2026" in understood["effective_from"].words
    assert _reading("224-2026-ND-CP").signer == "Hồ Quốc Dũng"


def test_amended_words_stay_inside_the_amending_clause() -> None:
    provision = _reading("laws/19-2017-QH14").document.find("Điều 1, khoản 5")
    assert provision is not None
    assert "“Điều 17. Tiêu chuẩn thành viên cơ quan đại diện" in provision.text.vi
    assert items(provision.text.vi, "vi") == ()
