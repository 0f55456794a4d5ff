"""What `attache study` says, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from assistant.phrases import worded

__all__ = ["say"]

_WORDS: Mapping[str, tuple[str, str]] = MappingProxyType({
    "sends_to": ("Câu hỏi và đoạn văn bản được gửi tới {host}.", "Items and sections are sent to {host}."),
    "simple": ("Nói đơn giản", "In simple words"),
    "prompt": ("Chọn một chữ cái; ? để xem căn cứ, q để dừng: ", "Type a letter; ? shows the source, q ends: "),
    "not_a_choice": ("Xin gõ một trong các chữ {letters}.", "Please type one of {letters}."),
    "right": ("Đúng.", "Right."),
    "wrong": ("Chưa đúng. Đáp án: {answer}.", "Not right. The answer is: {answer}."),
    "sum": (
        "{right}/{asked} câu đúng. Hôm nay {done}/{goal}; chuỗi {streak} ngày.",
        "{right} of {asked} right. Today {done} of {goal}; streak of {streak} day(s).",
    ),
    "nothing_due": ("Hôm nay không còn thẻ nào đến hạn trong bộ này.", "No card of this deck is due today."),
    "made": ("Đã làm {count} câu{kept}.", "{count} items made{kept}."),
    "kept": (", giữ trong bộ “{deck}”", ", kept as the deck “{deck}”"),
    "supported": ("có căn cứ", "supported"),
    "contradicted": ("trái với văn bản", "contradicted"),
    "not_found": ("không thấy trong văn bản", "not found"),
    "complete": ("Nêu được {said}/{all} ý của điều khoản. Còn thiếu:", "{said} of {all} points of the provision are there. Missing:"),
    "all_there": ("Nêu đủ {all}/{all} ý của điều khoản.", "All {all} points of the provision are there."),
    "other_term": ("Thuật ngữ thống nhất: “{vi}” ({en}); bản thảo viết “{written}”.", "Agreed term: “{en}” ({vi}); the draft has “{written}”."),
    "missing_term": (
        "“{written}” không có thuật ngữ tương ứng ở bản ngôn ngữ kia: “{vi}” – “{en}”.",
        "“{written}” has no counterpart in the other language: “{en}” – “{vi}”.",
    ),
    "terms_fine": ("Thuật ngữ đúng với bảng thuật ngữ.", "The terms are those of the glossary."),
    "written": ("Đã ghi {path}.", "Written: {path}."),
    "merged": ("Đã nhận {count} lượt trả lời mới.", "{count} new answers taken in."),
    "standing": (
        "Hôm nay {done}/{goal} câu; chuỗi {streak} ngày; {due} thẻ đến hạn.", "Today {done} of {goal}; streak of {streak} day(s); {due} cards due.",
    ),
    "forecast": ("Sắp tới, theo ngày: {days}", "To come, by day: {days}"),
    "decks": ("Các bộ thẻ: {decks}", "Decks: {decks}"),
    "no_decks": ("chưa có", "none yet"),
    "next": ("Nhấn Enter để đọc tiếp, q để dừng: ", "Enter goes on, q ends: "),
    "terms": ("Thuật ngữ", "Terms"),
    "elsewhere": ("xem thêm", "see also"),
    "related": ("Văn bản liên quan", "Related documents"),
    "read": ("Đã đọc {count}/{all} phần.", "{count} of {all} sections read."),
    "fixed": ("Đã chốt bài thi “{name}”: {count} câu, {minutes} phút.", "The exam “{name}” is fixed: {count} items, {minutes} minutes."),
    "handed_in": ("Đã nộp bài: {right}/{all} câu đúng.", "Handed in: {right} of {all} right."),
    "time_over": ("Đã hết giờ.", "The time is over."),
    "closes": ("Bài thi kết thúc lúc {time}.", "The exam ends at {time}."),
    "withheld": ("{count} người chưa đồng ý nên không có trong kết quả.", "{count} did not consent and are left out."),
    "consent": (
        "Đã ghi: {user} đồng ý để giảng viên lớp “{group}” xem số liệu. Rút lại bằng `attache study exam withdraw`.",
        "Noted: {user} lets the lecturer of “{group}” see the numbers. `attache study exam withdraw` takes it back.",
    ),
    "withdrawn": ("Đã rút lại sự đồng ý của {user} với lớp “{group}”.", "The consent of {user} for “{group}” is taken back."),
    "none_missed": (
        "Chưa có điều khoản nào đủ ba người đồng ý và trả lời.", "No provision was answered yet by three trainees who consent.",
    ),
    "missed": (
        "{document}, {locator}: sai {wrong}/{answers} ({trainees} người)", "{document}, {locator}: {wrong} of {answers} wrong ({trainees} trainees)",
    ),
})  # fmt: skip


def say(name: str, language: str, /, **parts: object) -> str:
    """Return one of the sentences in a language with its parts filled in."""
    return worded(_WORDS[name], language, **parts)
