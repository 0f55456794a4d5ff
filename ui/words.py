"""Every word that the page says to people, in Vietnamese and English, and the two languages' way to write a date.

The tables are frozen; a key that a table lacks is shown as it came, with its underscores as spaces, never as an error.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from assistant import naming

__all__ = ["CONFIDENCE", "KINDS", "OUTCOMES", "RELATIONS", "STATUSES", "TEXT_KINDS", "TONES", "WORDS", "Phrase", "date_phrase", "named", "table"]

_ISO = re.compile(r"^(\d{4})(?:-(\d{2}))?(?:-(\d{2}))?$")
_MONTHS = ("January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December")


@dataclass(frozen=True, slots=True)
class Phrase:
    """One thing to say, in both languages."""

    vi: str
    en: str


def table(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Phrase]:
    """Freeze a table of (Vietnamese, English) pairs."""
    return MappingProxyType({key: Phrase(*pair) for key, pair in rows.items()})


WORDS = table(
    {
        "name": ("Tùy viên số", "Attaché"),
        "page_title": ("Tùy viên số – hỏi đáp chính sách có dẫn nguồn", "Attaché – cited answers on policy"),
        "tagline": ("Hỏi đáp chính sách, dẫn nguồn đến từng câu", "Policy answers, cited to the sentence"),
        "skip": ("Đến ô nhập câu hỏi", "Skip to the question box"),
        "language": ("Ngôn ngữ hiển thị", "Display language"),
        "views": ("Các trang", "Pages"),
        "view_ask": ("Hỏi đáp", "Ask"),
        "view_library": ("Thư viện", "Library"),
        "view_history": ("Đã lưu", "History"),
        "view_study": ("Học tập", "Study"),
        "view_evaluate": ("Đo chất lượng", "Evaluate"),
        "welcome": ("Chính sách ngoại giao số và chuyển đổi số của Việt Nam", "Viet Nam’s digital diplomacy and digital transformation policy"),
        "welcome_more": (
            "Đặt câu hỏi bằng tiếng Việt hoặc tiếng Anh. Mỗi ý trong câu trả lời kèm số dẫn nguồn; bấm vào số để xem đúng đoạn văn làm căn cứ.",
            "Ask in Vietnamese or English. Each statement carries a citation number; select it to read the very words it rests on.",
        ),
        "examples": ("Câu hỏi gợi ý", "Try asking"),
        "conversation": ("Hội thoại", "Conversation"),
        "you": ("Câu hỏi", "Question"),
        "answer": ("Trả lời", "Answer"),
        "ask_label": ("Câu hỏi của bạn", "Your question"),
        "ask_placeholder": ("Nhập câu hỏi về chính sách…", "Ask a question about policy…"),
        "ask": ("Hỏi", "Ask"),
        "stop": ("Dừng", "Stop"),
        "new": ("Hội thoại mới", "New conversation"),
        "as_of": ("Hiệu lực tính đến ngày", "Status as of"),
        "limits": ("Giới hạn tìm", "Limit the search"),
        "limit_documents": ("Văn bản (cách nhau bằng dấu phẩy)", "Documents (parted by commas)"),
        "limit_issuers": ("Cơ quan ban hành", "Issuer"),
        "limit_years": ("Năm ban hành (2019, 2024)", "Year of issue (2019, 2024)"),
        "limit_force": ("Chỉ văn bản có hiệu lực vào ngày đã chọn", "Only documents in force on the chosen day"),
        "keys": ("Enter để gửi, Shift + Enter để xuống dòng", "Enter to send, Shift + Enter for a new line"),
        "working": ("Đang tra cứu tài liệu…", "Searching the documents…"),
        "writing": ("Đang soạn câu trả lời…", "Writing the answer…"),
        "stopped": (
            "Đã dừng theo yêu cầu. Phần trên chưa được đối chiếu với nguồn, xin không sử dụng.",
            "Stopped at your request. The text above was not checked against its sources; please do not rely on it.",
        ),
        "stopped_short": ("Đã dừng", "Stopped"),
        "failed": ("Chưa trả lời được", "No answer could be given"),
        "failed_unknown": (
            "Ứng dụng gặp lỗi ngoài dự kiến khi trả lời câu hỏi này.",
            "The application met an unexpected fault while answering this question.",
        ),
        "failed_next": (
            "Xin thử lại; nếu lỗi lặp lại, chạy lệnh “attache doctor” để kiểm tra cài đặt.",
            "Please try again; if it happens again, run “attache doctor” to check the installation.",
        ),
        "lost": (
            "Mất liên lạc với ứng dụng trên máy này. Xin kiểm tra ứng dụng còn chạy, rồi tải lại trang.",
            "The application on this machine does not respond. Please check that it is running, then reload the page.",
        ),
        "next_step": ("Bước tiếp theo", "Next step"),
        "notes": ("Lưu ý", "Notes"),
        "nearest": ("Các đoạn gần nhất đã xem (không phải câu trả lời)", "Nearest passages looked at (not an answer)"),
        "read_as_of": ("Hiệu lực tính đến {date}", "Status as of {date}"),
        "seconds": ("{n} giây", "{n} s"),
        "quick": ("dưới {n} giây", "under {n} s"),
        "copy": ("Sao chép kèm nguồn", "Copy with sources"),
        "copied": ("Đã sao chép", "Copied"),
        "answered_say": ("Đã có câu trả lời.", "The answer is ready."),
        "evidence": ("Căn cứ", "Evidence"),
        "evidence_empty": (
            "Khi có câu trả lời, đoạn văn làm căn cứ hiện ở đây, với phần được dẫn tô sáng.",
            "When there is an answer, the passage it rests on appears here with the cited words highlighted.",
        ),
        "evidence_none": ("Câu trả lời này không dẫn văn bản nào.", "This answer cites no document."),
        "near": ("Chỉ là đoạn gần nhất đã xem, không phải câu trả lời", "Only a nearest passage looked at, not an answer"),
        "of": ("trên", "of"),
        "previous": ("Dẫn nguồn trước", "Previous citation"),
        "next": ("Dẫn nguồn sau", "Next citation"),
        "back": ("Về câu trả lời", "Back to the answer"),
        "status": ("Hiệu lực", "Status"),
        "address": ("Địa chỉ chính thức", "Official address"),
        "address_hint": ("mở trang ngoài máy này", "opens a page outside this machine"),
        "basis": ("Cơ sở thông tin", "Rests on"),
        "unknown_date": ("chưa rõ ngày", "date not known"),
        "on_date": ("tính đến {date}", "as of {date}"),
        "since": ("từ {date}", "from {date}"),
        "page": ("trang {n}", "page {n}"),
        "note_role": (
            "Ghi chú của người biên tập, không phải nội dung văn bản",
            "Editor’s note, not part of the document",
        ),
        "not_verified": ("Chưa đối chiếu được với nguồn", "Not verified against the source"),
        "no_text": (
            "Không mở được toàn văn điều khoản này; dưới đây là phần được dẫn.",
            "The full text of this provision could not be opened; the cited words are given below.",
        ),
        "other_vi": ("Bản tiếng Việt của đoạn này", "This passage in Vietnamese"),
        "other_en": ("Bản tiếng Anh của đoạn này", "This passage in English"),
        "library": ("Danh mục thư viện", "The library"),
        "library_count": ("{n} văn bản", "{n} documents"),
        "left_out": ("{n} tệp của thư viện không đọc được và đã bị bỏ qua", "{n} library files could not be read and were left out"),
        "left_out_one": ("1 tệp của thư viện không đọc được và đã bị bỏ qua", "1 library file could not be read and was left out"),
        "by": ("Cách trả lời", "Answers by"),
        "by_extractive": ("trích dẫn từ tài liệu, không dùng mô hình ngôn ngữ", "quotation from the documents, no language model"),
        "private": ("Không có dữ liệu nào rời khỏi máy này", "Nothing leaves this machine"),
        "sent": (
            "Câu hỏi và các đoạn trích được gửi đến {host} theo cấu hình của bạn",
            "The question and the passages are sent to {host}, as configured",
        ),
        "needs_script": ("Trang này cần JavaScript để hoạt động.", "This page needs JavaScript."),
    }
)

OUTCOMES = table(
    {
        "answered": ("Đã trả lời", "Answered"),
        "partial": ("Trả lời một phần", "Partial answer"),
        "not_in_corpus": ("Không có trong tài liệu", "Not in the documents"),
        "superseded_only": ("Chỉ có văn bản đã bị thay thế hoặc hết hiệu lực", "Only superseded documents found"),
        "conflict": ("Các nguồn không thống nhất", "Sources disagree"),
        "unclear": ("Câu hỏi chưa rõ", "Question unclear"),
        "out_of_scope": ("Ngoài phạm vi", "Out of scope"),
        "refused": ("Không thực hiện yêu cầu này", "Request declined"),
    }
)

STATUSES = table(naming.STATUSES)

TONES: Mapping[str, str] = MappingProxyType(
    {
        "in_force": "good", "amended": "care", "not_yet_in_force": "care", "suspended": "care", "draft": "care",
        "expired": "ended", "replaced": "ended", "repealed": "ended",
    }
)  # fmt: skip

KINDS = table(
    {
        "law": ("Luật", "Law"),
        "code": ("Bộ luật", "Code"),
        "ordinance": ("Pháp lệnh", "Ordinance"),
        "decree": ("Nghị định", "Decree"),
        "resolution": ("Nghị quyết", "Resolution"),
        "decision": ("Quyết định", "Decision"),
        "directive": ("Chỉ thị", "Directive"),
        "circular": ("Thông tư", "Circular"),
        "conclusion": ("Kết luận", "Conclusion"),
        "official_letter": ("Công văn", "Official letter"),
        "plan": ("Kế hoạch", "Plan"),
        "strategy": ("Chiến lược", "Strategy"),
        "programme": ("Chương trình", "Programme"),
        "treaty": ("Điều ước quốc tế", "Treaty"),
        "convention": ("Công ước", "Convention"),
        "agreement": ("Hiệp định", "Agreement"),
        "declaration": ("Tuyên bố", "Declaration"),
        "conference": ("Hội nghị", "Conference"),
        "congress": ("Đại hội", "Congress"),
        "article": ("Bài viết", "Article"),
        "study": ("Nghiên cứu", "Study"),
        "practice": ("Thực tiễn quốc tế", "International practice"),
        "guideline": ("Hướng dẫn", "Guideline"),
        "regulation": ("Quy định", "Regulation"),
        "notice": ("Thông báo", "Notice"),
        "report": ("Báo cáo", "Report"),
        "consolidated": ("Văn bản hợp nhất", "Consolidated text"),
        "codified": ("Đề mục pháp điển", "Codified subject"),
        "document": ("Văn bản", "Document"),
    }
)

TEXT_KINDS = table(naming.TEXT_KINDS)

CONFIDENCE = table(
    {
        "text": ("Đã đối chiếu với văn bản", "Checked against the document"),
        "two_sources": ("Hai nguồn", "Two sources"),
        "one_source": ("Một nguồn", "One source"),
    }
)

RELATIONS = table(
    {
        "replaced_by": ("Bị thay thế bởi", "Replaced by"),
        "amended_by": ("Được sửa đổi bởi", "Amended by"),
        "repealed_by": ("Bị bãi bỏ bởi", "Repealed by"),
        "partially_repealed_by": ("Bị bãi bỏ một phần bởi", "Repealed in part by"),
        "succeeded_by": ("Tiếp nối bởi", "Succeeded by"),
    }
)


def named(table: Mapping[str, Phrase], key: str) -> Phrase:
    """Return the phrase for `key`, or the key itself with spaces where the table has none."""
    plain = key.replace("_", " ")
    return table.get(key, Phrase(plain, plain))


def date_phrase(iso: str | None) -> Phrase:
    """Write a full or partial ISO date as each language does; what is no date is given back as it came.

    Vietnamese follows the rule for official papers: a zero before days under ten and before January and February.
    """
    if not iso:
        return WORDS["unknown_date"]
    match = _ISO.match(iso)
    if not match or not 1 <= int(match[2] or 1) <= 12 or not 1 <= int(match[3] or 1) <= 31:
        return Phrase(iso, iso)
    year, month, day = match[1], int(match[2] or 0), int(match[3] or 0)
    if not month:
        return Phrase(f"năm {year}", year)
    month_vi = f"tháng {month:02d}" if month < 3 else f"tháng {month}"
    if not day:
        return Phrase(f"{month_vi} năm {year}", f"{_MONTHS[month - 1]} {year}")
    return Phrase(f"ngày {day:02d} {month_vi} năm {year}", f"{day} {_MONTHS[month - 1]} {year}")
