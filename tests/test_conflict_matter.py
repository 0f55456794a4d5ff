"""In what two sentences disagree, and the many ways in which they only look as if they did."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.conflict_matter import Matter, Statement, matter_between, statement
from assistant.conflict_rank import Precedence, Rule, force_of, precedence
from corpus.document import Bilingual, Document


def said(text: str, language: str = "vi", number: str = "1/2020/NĐ-CP") -> Statement:
    return statement(text, language, number)


def between(one: str, other: str, language: str = "vi") -> Matter | None:
    pair = said(one, language), said(other, language, "2/2024/NĐ-CP")
    found = matter_between(*pair)
    assert matter_between(pair[1], pair[0]) is found
    return found


DISAGREE = [
    ("Hồ sơ đăng ký tên miền quốc gia phải gửi trong 15 ngày kể từ ngày lựa chọn tên.",
     "2. Hồ sơ đăng ký tên miền quốc gia phải gửi trong thời hạn 05 (năm) ngày.", "vi", Matter.TIME),
    ("Hồ sơ đăng ký tên miền quốc gia được xử lý trong 10 ngày.",
     "Theo quy định tại Điều 5 Nghị định này, hồ sơ đăng ký tên miền quốc gia được xử lý trong 10 ngày làm việc.", "vi", Matter.TIME),
    ("Nghị định 1/2020/NĐ-CP quy định nhật ký hệ thống được lưu trữ tối thiểu 12 tháng.",
     "Nhật ký hệ thống được lưu trữ ít nhất 2 năm.", "vi", Matter.TIME),
    ("Phạt tiền từ 10.000.000 đồng đến 20.000.000 đồng đối với hành vi phát tán thư rác.",
     "Hành vi phát tán thư rác bị phạt tiền từ 20 đến 30 triệu đồng.", "vi", Matter.MONEY),
    ("Hội đồng thẩm định hồ sơ an toàn có 5 thành viên.", "Hội đồng thẩm định hồ sơ an toàn có 7 thành viên.", "vi", Matter.FIGURE),
    ("Ngân sách chi cho chuyển đổi số tối thiểu 1%.", "Ngân sách chi cho chuyển đổi số tối thiểu 2%.", "vi", Matter.SHARE),
    ("Báo cáo tổng kết chuyển đổi số nộp trước ngày 30/6/2026.", "Báo cáo tổng kết chuyển đổi số nộp trước ngày 31 tháng 12 năm 2026.", "vi",
     Matter.DATE),
    ("Bộ Công an cấp giấy phép dịch vụ lưu trữ dữ liệu.", "Bộ Quốc phòng cấp giấy phép dịch vụ lưu trữ dữ liệu.", "vi", Matter.AUTHORITY),
    ("Doanh nghiệp phải lưu trữ dữ liệu nhật ký tại Việt Nam.", "Doanh nghiệp không phải lưu trữ dữ liệu nhật ký tại Việt Nam.", "vi",
     Matter.MODALITY),
    ("Doanh nghiệp được chuyển dữ liệu nhật ký ra nước ngoài.", "Doanh nghiệp không được chuyển dữ liệu nhật ký ra nước ngoài.", "vi",
     Matter.MODALITY),
    ("Doanh nghiệp phải lưu trữ dữ liệu nhật ký tại Việt Nam.", "Doanh nghiệp có thể lưu trữ dữ liệu nhật ký tại Việt Nam.", "vi",
     Matter.MODALITY),
    ("Operators shall notify the authority of a data breach within 72 hours.",
     "Operators shall notify the authority of a data breach within 24 hours after its discovery.", "en", Matter.TIME),
    ("Operators shall encrypt personal data at rest.", "Operators may encrypt personal data at rest.", "en", Matter.MODALITY),
    ("The Ministry of Public Security shall issue licences for data centres.", "The Ministry of Finance shall issue licences for data centres.",
     "en", Matter.AUTHORITY),
]  # fmt: skip


@pytest.mark.parametrize(("one", "other", "language", "matter"), DISAGREE)
def test_they_disagree(one: str, other: str, language: str, matter: Matter) -> None:
    assert between(one, other, language) is matter
    assert between(one, one, language) is None


AGREE = {
    "targets of two years": ("Đến năm 2025, 80% dịch vụ công trực tuyến được xử lý toàn trình.",
                             "Đến năm 2030, 90% dịch vụ công trực tuyến được xử lý toàn trình."),
    "targets of two days": ("Đến ngày 31/12/2025, 80% dịch vụ công trực tuyến toàn trình.",
                            "Đến ngày 31/12/2030, 90% dịch vụ công trực tuyến toàn trình."),
    "one share, two days": ("Đến ngày 31/12/2025, 90% dịch vụ công trực tuyến toàn trình.",
                            "Đến ngày 31/12/2030, 90% dịch vụ công trực tuyến toàn trình."),
    "one goal, two years": ("Đến năm 2025, hoàn thành cơ sở dữ liệu đất đai.", "Đến năm 2030, hoàn thành cơ sở dữ liệu đất đai."),
    "least and most": ("Nhật ký được lưu trữ tối thiểu 12 tháng tại máy chủ.", "Nhật ký được lưu trữ tối đa 24 tháng tại máy chủ."),
    "persons and bodies": ("Phạt tiền từ 10.000.000 đồng đến 20.000.000 đồng đối với cá nhân phát tán thư rác.",
                           "Phạt tiền từ 20.000.000 đồng đến 30.000.000 đồng đối với tổ chức phát tán thư rác."),
    "a narrower case": ("Hồ sơ hợp lệ được cơ quan xử lý trong 5 ngày.", "Hồ sơ hợp lệ nộp trực tuyến được cơ quan xử lý trong 3 ngày."),
    "an exception": ("Hồ sơ hợp lệ được cơ quan xử lý trong 5 ngày.", "Trường hợp hồ sơ hợp lệ được cơ quan xử lý trong 3 ngày."),
    "a new one and one again": ("Giấy phép được cấp trong 15 ngày tại trung tâm.", "Giấy phép được cấp lại trong 5 ngày tại trung tâm."),
    "an introduction": ("Phạt tiền từ 1.000.000 đồng đến 2.000.000 đồng đối với một trong các hành vi sau đây:",
                        "Phạt tiền từ 3.000.000 đồng đến 5.000.000 đồng đối với một trong các hành vi sau đây:"),
    "acts of themselves": ("Nghị định này có hiệu lực thi hành từ ngày 1/1/2025.", "Nghị định này có hiệu lực thi hành từ ngày 1/7/2025."),
    "acts by their number": ("Nghị định 1/2020/NĐ-CP có hiệu lực thi hành từ ngày 1/1/2020.",
                             "Nghị định 2/2024/NĐ-CP có hiệu lực thi hành từ ngày 1/7/2024."),
    "what an act refers to": ("Hành vi quy định tại khoản 1 Điều 5 bị phạt tiền 5.000.000 đồng.",
                              "Hành vi quy định tại khoản 2 Điều 8 bị phạt tiền 9.000.000 đồng."),
    "one time in two units": ("Dữ liệu lưu trong 72 giờ tại máy chủ trung tâm.", "Dữ liệu lưu trong 3 ngày tại máy chủ trung tâm."),
    "two starts": ("Kết quả được trả cho người nộp hồ sơ trong 5 ngày kể từ ngày nhận đủ hồ sơ.",
                   "Kết quả được trả cho người nộp hồ sơ trong 2 ngày kể từ ngày có quyết định."),
    "two levels": ("Hệ thống thông tin cấp độ 3 được đánh giá mỗi 12 tháng.", "Hệ thống thông tin cấp độ 4 được đánh giá mỗi 6 tháng."),
    "two bodies, each its own": ("Bộ Công an báo cáo kết quả triển khai trong 10 ngày.", "Bộ Tài chính báo cáo kết quả triển khai trong 15 ngày."),
    "two bodies that may both": ("Bộ Công an tuyên truyền về an toàn dữ liệu cá nhân.", "Bộ Tài chính tuyên truyền về an toàn dữ liệu cá nhân."),
    "a ministry and what became of it": ("Bộ Thông tin và Truyền thông cấp giấy phép dịch vụ chữ ký số.",
                                         "Bộ Khoa học và Công nghệ cấp giấy phép dịch vụ chữ ký số."),
    "a command unsaid": ("Doanh nghiệp phải lưu trữ dữ liệu nhật ký tại Việt Nam.", "Doanh nghiệp lưu trữ dữ liệu nhật ký tại Việt Nam."),
    "a figure unsaid": ("Nhật ký được lưu trữ tại máy chủ trung tâm trong 12 tháng.", "Nhật ký được lưu trữ tại máy chủ trung tâm."),
    "too little": ("Mức phí: 5 đồng.", "Mức phí: 7 đồng."),
}  # fmt: skip


@pytest.mark.parametrize("name", AGREE)
def test_they_only_look_as_if(name: str) -> None:
    one, other = AGREE[name]
    assert between(one, other) is None


def test_english_years_levels_and_conditions() -> None:
    assert between("By 2025, 80% of online services shall be end to end.", "By 2030, 90% of online services shall be end to end.", "en") is None
    assert between("Records shall be kept for at least 12 months.", "Records shall be kept for at most 24 months.", "en") is None
    assert (
        between("Individuals shall pay a fine of 10 million VND for spam.", "Organisations shall pay a fine of 20 million VND for spam.", "en")
        is None
    )
    assert between("Data shall be deleted within 30 days.", "Data shall be deleted within 10 days if consent is withdrawn.", "en") is None
    assert between("Data collected from minors is kept for 3 months.", "Data collected from adults is kept for 9 months.", "en") is None


def test_what_a_heading_says_need_not_be_said_again() -> None:
    one, other = said("Bên kiểm soát thông báo vi phạm dữ liệu cá nhân trong 72 giờ."), said("Bên kiểm soát thông báo vi phạm trong 24 giờ.")
    assert matter_between(one, other) is None
    assert matter_between(one, other, ((), "bảo vệ dữ liệu cá nhân".split())) is Matter.TIME


@given(st.integers(1, 999), st.integers(1, 999))
def test_sentences_that_differ_in_a_figure_alone_disagree_when_it_differs(one: int, other: int) -> None:
    text = "Hồ sơ đăng ký tên miền quốc gia phải gửi trong {} ngày."
    assert (between(text.format(one), text.format(other)) is Matter.TIME) == (one != other)


@given(st.text(max_size=80), st.text(max_size=80), st.sampled_from(("vi", "en")))
def test_no_text_disagrees_with_itself(one: str, other: str, language: str) -> None:
    between(one, other, language)  # has no order
    assert between(one, one, language) is None


def act(number: str, kind: str, issuer: str = "Chính phủ", issued: str | None = "2020-01-01") -> Document:
    return Document(number, Bilingual(number), Bilingual(issuer), kind, issued, "in_force")


def test_the_order_of_acts() -> None:
    law, decree = act("20/2023/QH15", "law", "Quốc hội"), act("1/2020/NĐ-CP", "decree")
    later, circular = act("2/2024/ND-CP", "decree", issued="2024-05-01"), act("9/2024/TT-BNG", "circular", "Bộ Ngoại giao")
    assert [force_of(d) for d in (law, decree, later, circular)] == [1, 3, 3, 5]
    assert force_of(act("11/2022/UBTVQH15", "ordinance")) == 2 and force_of(act("66.22/2026/NQ-CP", "resolution")) == 3
    assert force_of(act("5/2021/QĐ-TTg", "decision")) == 4 and force_of(act("749/QĐ-TTg", "decision")) is None
    assert force_of(act("57-NQ/TW", "resolution")) is None
    assert precedence([decree, law]) == Precedence(Rule.HIGHER, law.number) == precedence([law, decree, later])
    assert precedence([decree, later]) == Precedence(Rule.LATER, later.number) == precedence([circular, later, decree])
    other = act("8/2024/TT-BCA", "circular", "Bộ Công an")
    for acts in ([circular, other], [decree, act("57-NQ/TW", "resolution")], [decree, act("3/2020/NĐ-CP", "decree")],
                 [decree, act("4/2020/NĐ-CP", "decree", issued=None)]):  # fmt: skip
        assert precedence(acts) == Precedence(Rule.NONE)
