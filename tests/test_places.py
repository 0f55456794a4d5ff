"""Countries named in questions and provisions."""

from __future__ import annotations

import pytest

from assistant.places import countries_in, country_names


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


def test_a_seat_of_government_names_its_country_but_not_where_a_country_alone_is_meant() -> None:
    assert countries_in("Washington's strategy and the Quai d'Orsay") == {"US", "FR"}
    assert countries_in("Washington's strategy", seats=False) == frozenset()
    assert country_names("chiến lược của London") == (("London", "Vương quốc Anh", "United Kingdom", "Anh", "Britain"),)
    assert country_names("Đại sứ Mỹ")[0][:3] == ("Mỹ", "Hoa Kỳ", "United States")
    assert country_names("Việt Nam") == ()
