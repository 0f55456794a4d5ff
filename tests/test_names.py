"""Documents and provisions named in a question, in any spelling."""

from __future__ import annotations

import unicodedata
from itertools import pairwise

import pytest
from hypothesis import given

from corpus.bundle import read_library
from corpus.document import Bilingual, Document, Provision
from corpus.locator import Locator
from corpus.normalise import fold, tokens
from index.names import Address, DocumentNames, Mention, parse_address
from tests.strategies import policy_texts, texts


def _document(number: str, kind: str, vi: str, en: str, aliases: tuple[str, ...] = ()) -> Document:
    return Document(number, Bilingual(vi, en), Bilingual("A", "B"), kind, None, "in_force", aliases=aliases)


DOCUMENTS = (
    _document("52-NQ/TW", "resolution", "Nghị quyết về chủ động tham gia Cách mạng công nghiệp lần thứ tư", "Resolution on Industry 4.0", ("NQ52",)),
    _document("57-NQ/TW", "resolution", "Nghị quyết về đột phá phát triển khoa học", "Resolution on breakthroughs"),
    _document("50/NQ-CP (2020)", "resolution", "Nghị quyết ban hành Chương trình hành động", "Resolution issuing a programme"),
    _document("50/NQ-CP (2021)", "resolution", "Nghị quyết về kế hoạch", "Resolution on a plan"),
    _document("03/NQ-CP", "resolution", "Nghị quyết ban hành Chương trình", "Resolution issuing the programme"),
    _document("66.22/2026/NQ-CP", "resolution", "Nghị quyết về dữ liệu", "Resolution on data"),
    _document("749/QĐ-TTg", "decision", "Quyết định phê duyệt Chương trình Chuyển đổi số", "Decision approving the Programme"),
    _document("942/QĐ-TTg", "decision", "Quyết định phê duyệt Chiến lược Chính phủ số", "Decision approving the Strategy"),
    _document("411/QĐ-TTg", "decision", "Quyết định phê duyệt Chiến lược kinh tế số", "Decision approving another Strategy"),
    _document("15-CT/TW", "directive", "Chỉ thị về ngoại giao kinh tế", "Directive on economic diplomacy"),
    _document("20/2023/QH15", "law", "Luật Giao dịch điện tử", "Law on E-Transactions", ("Luật GDĐT",)),
    _document("24/2018/QH14", "law", "Luật An ninh mạng 2018", "Law on Cybersecurity 2018"),
    _document("116/2025/QH15", "law", "Luật An ninh mạng", "Law on Cybersecurity"),
    _document("13/2023/NĐ-CP", "decree", "Nghị định về bảo vệ dữ liệu cá nhân", "Decree on personal data protection"),
    _document("BALI-MSG-2021", "declaration", "Thông điệp Bali về hợp tác ngoại giao số", "Bali Message on digital diplomacy"),
)
NAMES = DocumentNames(DOCUMENTS)


def _named(text: str) -> list[tuple[str, ...]]:
    return [mention.numbers for mention in NAMES.find(text)]


SPELLINGS = {
    "52-NQ/TW": [
        "NQ 52", "NQ52", "nq-52", "52-NQ/TW", "52 NQ/TW", "52-nq", "Nghị quyết 52", "nghi quyet 52", "nghi quyet so 52", "NGHỊ QUYẾT SỐ 52",
        "Nghị quyết số 52-NQ/TW", "Resolution 52", "Resolution No. 52", "Resolution No 52-NQ/TW", "Résolution 52",
        unicodedata.normalize("NFD", "Nghị quyết 52"),
        "Nghị quyết về chủ động tham gia Cách mạng công nghiệp lần thứ tư",
    ],
    "03/NQ-CP": ["NQ 03", "NQ 3", "Nghị quyết 3", "Nghị quyết 03/NQ-CP", "3/NQ-CP", "Resolution 03"],
    "66.22/2026/NQ-CP": ["66.22/2026/NQ-CP", "Nghị quyết 66.22", "NQ 66.22/2026", "Resolution No. 66.22/2026/NQ-CP"],
    "749/QĐ-TTg": ["749", "QĐ 749", "qd749", "Quyết định 749/QĐ-TTg", "quyet dinh so 749/QD-TTg", "Decision 749",
                    "Decision No. 749/QD-TTg", "Chương trình 749"],
    "15-CT/TW": ["Chỉ thị 15", "CT 15", "chi thi so 15-CT/TW", "Directive 15"],
    "20/2023/QH15": ["Luật 20/2023", "Luật số 20/2023/QH15", "20/2023/QH15", "Law 20/2023", "Luật Giao dịch điện tử", "luat giao dich dien tu",
                     "Luật GDĐT", "Law on E-Transactions", "E-Transactions Law", "loi 20/2023"],
    "13/2023/NĐ-CP": ["Nghị định 13", "NĐ 13/2023", "nd 13", "Decree 13/2023/ND-CP", "13/2023"],
    "BALI-MSG-2021": ["Thông điệp Bali", "Bali Message", "BALI-MSG-2021"],
    "24/2018/QH14": ["Luật An ninh mạng 2018", "Luật 24/2018"],
    "116/2025/QH15": ["Luật An ninh mạng", "Law on Cybersecurity", "Cybersecurity Law", "Luật 116"],
}  # fmt: skip


@pytest.mark.parametrize(("number", "text"), [(number, text) for number, row in SPELLINGS.items() for text in row])
def test_any_spelling_names_the_document(number: str, text: str) -> None:
    assert _named(text) == [(number,)]
    assert _named(f"Theo {text}, mục tiêu là gì?") == [(number,)]


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Quyết định 749, 942 và 411 khác nhau thế nào?", ["749/QĐ-TTg", "942/QĐ-TTg", "411/QĐ-TTg"]),
        ("Decisions 749, 942 and 411", ["749/QĐ-TTg", "942/QĐ-TTg", "411/QĐ-TTg"]),
        ("Nghị quyết 52 và 57", ["52-NQ/TW", "57-NQ/TW"]),
        ("nghi quyet so 52, so 57", ["52-NQ/TW", "57-NQ/TW"]),
        ("So sánh NQ 57 với Luật 20/2023 và QĐ 942", ["57-NQ/TW", "20/2023/QH15", "942/QĐ-TTg"]),
        ("Luật An ninh mạng 2018 và Luật An ninh mạng", ["24/2018/QH14", "116/2025/QH15"]),
    ],
)
def test_a_list_names_each_of_its_documents_in_order(text: str, numbers: list[str]) -> None:
    assert _named(text) == [(number,) for number in numbers]


def test_a_name_of_two_documents_names_both() -> None:
    both = ("50/NQ-CP (2020)", "50/NQ-CP (2021)")
    assert _named("Nghị quyết 50") == _named("NQ 50/NQ-CP") == [both]
    assert _named("Nghị quyết 50/NQ-CP (2021)") == [("50/NQ-CP (2021)",)]


@pytest.mark.parametrize(
    "text",
    [
        "", "kinh tế số", "năm 2025", "giai đoạn 2021-2025", "52", "52% GDP", "có 20 nước", "Nghị quyết 99", "Nghị quyết năm 2026", "Nghị quyết 2026",
        "quyết định này", "luật pháp", "2023", "nghị quyết và 57 nhiệm vụ", "15 chỉ tiêu", "Nghị quyết",
    ],
)  # fmt: skip
def test_what_names_no_document(text: str) -> None:
    assert _named(text) == []


def test_a_number_after_other_words_continues_no_list() -> None:
    assert _named("Nghị quyết 52 đặt ra 57 nhiệm vụ") == [("52-NQ/TW",)]
    assert _named("Quyết định 749 và 57 nhiệm vụ") == [("749/QĐ-TTg",)]


@given(policy_texts | texts)
def test_mentions_stand_where_they_say_in_order(text: str) -> None:
    words = tokens(text)
    found = NAMES.find(text)
    assert all(0 <= m.start < m.end <= len(words) and m.numbers for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert [m.numbers for m in NAMES.find(fold(text))] == [m.numbers for m in found]


def test_a_mention_tells_its_place_and_what_named_it() -> None:
    assert NAMES.find("So sánh NQ52 với Luật An ninh mạng, QĐ 749 và 942") == [
        Mention(("52-NQ/TW",), 2, 4, "number"),
        Mention(("116/2025/QH15",), 5, 9, "title"),
        Mention(("749/QĐ-TTg",), 9, 11, "number"),
        Mention(("942/QĐ-TTg",), 12, 13, "number"),
    ]
    assert [m.by for m in NAMES.find("Luật GDĐT")] == ["alias"]


def test_every_document_of_the_bundled_library_is_named_by_number_title_and_aliases() -> None:
    documents = read_library().documents
    names = DocumentNames(documents)
    for document in documents:
        for name in (document.number, document.title.vi, document.title.en, *(a for a in document.aliases if len(tokens(a)) > 1)):
            assert document.number in [n for m in names.find(name)[:1] for n in m.numbers], (document.number, name)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("khoản 2 Điều 5", {"điều": "5", "khoản": "2"}),
        ("Điều 5 khoản 2", {"điều": "5", "khoản": "2"}),
        ("dieu 5, khoan 2, diem a", {"điều": "5", "khoản": "2", "điểm": "a"}),
        ("điểm đ khoản 3 Điều 6", {"điều": "6", "khoản": "3", "điểm": "đ"}),
        ("Điểm Đ, khoản 3, ĐIỀU 6", {"điều": "6", "khoản": "3", "điểm": "đ"}),
        ("Article 5(2)", {"điều": "5", "khoản": "2"}),
        ("Article 5 (2)(a)", {"điều": "5", "khoản": "2", "điểm": "a"}),
        ("clause 2 of Article 5", {"điều": "5", "khoản": "2"}),
        ("Điều 5a của Luật", {"điều": "5a"}),
        ("Phụ lục I", {"phụ lục": "i"}),
        ("Chương III nói gì", {"chương": "iii"}),
        ("đoạn 3", {"đoạn": "3"}),
        (unicodedata.normalize("NFD", "khoản 2 Điều 5"), {"điều": "5", "khoản": "2"}),
    ],
)
def test_an_address_is_read_in_any_order_of_its_levels(text: str, labels: dict[str, str]) -> None:
    address = parse_address(f"Hỏi: {text}?")
    assert address is not None and dict(address.labels) == labels


@pytest.mark.parametrize(
    "text",
    ["giai đoạn 2025", "giai đoạn 2 của Chương trình", "đoạn 2021-2025", "mấy điểm", "khoản nào", "3 điểm a", "nêu 5 điều", "điểm 10", "article", ""],
)
def test_what_is_no_address(text: str) -> None:
    assert parse_address(text) is None


def _provision(locator: str) -> Provision:
    return Provision(Locator.parse(locator), Bilingual(), Bilingual("x", "x"))


@pytest.mark.parametrize(
    ("address", "locator", "expected"),
    [
        ("Điều 5", "Điều 5", True),
        ("Điều 5", "Điều 5, khoản 2", True),
        ("Article 5(2)", "Điều 5, khoản 2, điểm a", True),
        ("khoản 2 Điều 5", "Điều 5", False),
        ("khoản 2 Điều 5", "Điều 5, khoản 20", False),
        ("Điều 5", "Điều 50", False),
        ("khoản 9 Điều 3", "Điều 3, khoản 8-9", True),
        ("khoản 10 Điều 3", "Điều 3, khoản 8-9", False),
        ("khoản 3 Điều 3", "Điều 3, khoản 2-4", True),
        ("Phụ lục I", "Phụ lục I, chỉ tiêu 31 (2030)", True),
        ("Điều 1", "Điều 1 (kinh tế số)", True),
        ("điểm đ khoản 3 Điều 6", "Điều 6, khoản 3, điểm đ", True),
        ("điểm đ khoản 3 Điều 6", "Điều 6, khoản 3, điểm d", False),
        ("điểm d khoản 3 Điều 6", "Điều 6, khoản 3, điểm đ", False),
        ("Điều 5", "III (mục tiêu 2025)", False),
    ],
)
def test_an_address_matches_what_lies_at_or_inside_it(address: str, locator: str, expected: bool) -> None:
    parsed = parse_address(address)
    assert parsed is not None and parsed.matches(_provision(locator)) is expected


def test_the_levels_of_an_address_are_ordered() -> None:
    assert parse_address("điểm a khoản 2 Điều 5 Chương I Phụ lục II") == Address(
        (("phụ lục", "ii"), ("chương", "i"), ("điều", "5"), ("khoản", "2"), ("điểm", "a"))
    )
