"""Countries named in questions and provisions."""

from __future__ import annotations

import pytest

from assistant.places import countries_in


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("Nhật Bản có đại sứ phụ trách công nghệ không?", {"JP"}),
        ("nhat ban co dai su phu trach cong nghe khong", {"JP"}),
        ("How is Japan's cyber ambassador post organised?", {"JP"}),
        ("So sánh cách làm của Anh, Pháp và Đan Mạch", {"GB", "FR", "DK"}),
        ("Estonia's data embassy in Luxembourg", {"EE", "LU"}),
        ("DEPA gồm Singapore, Chile, New Zealand và Hàn Quốc", {"SG", "CL", "NZ", "KR"}),
        ("What does the US do? And the UK?", {"US", "GB"}),
        ("Thụy Điển, Ba Lan và Ai Cập", {"SE", "PL", "EG"}),
        ("Liên minh châu Âu và EU", {"EU"}),
    ],
)
def test_countries_are_found_in_both_languages(text: str, codes: set[str]) -> None:
    assert countries_in(text) == codes


@pytest.mark.parametrize(
    "text",
    [
        "Anh cho biết chuyển đổi số là gì?",
        "Tài khoản tiếng Anh của Bộ Ngoại giao",
        "Ai cấp giấy phép, nộp ba lần, nhà máy thủy điện",
        "ai cap giay phep, nop ba lan, nha may thuy dien",
        "Sở Ngoại vụ Lào Cai và huyện Đức Thọ",
        "Pháp luật về an ninh mạng",
        "phap luat viet nam, duc tinh, anh chi em",
        "Việt Nam, Vietnam, Viet Nam",
        "Hội nghị trung ương về ý kiến của Trung tâm",
        "",
    ],
)
def test_common_words_are_no_countries(text: str) -> None:
    assert countries_in(text) == frozenset()
