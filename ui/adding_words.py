"""What the page says about files that are taken into the library or removed, in Vietnamese and English."""

from __future__ import annotations

from ui.words import table

__all__ = ["ADDED", "FIELDS"]

ADDED = table(
    {
        "drop": ("Thêm văn bản: kéo tệp vào đây, hoặc chọn tệp", "Add a document: drop a file here, or choose one"),
        "choose": ("Chọn tệp…", "Choose a file…"),
        "drop_more": (
            "Word, PDF, bản chụp, trang web, Markdown, văn bản thuần, EPUB hoặc ZIP, tối đa 64 MB. Tệp không rời khỏi máy này.",
            "Word, PDF, scans, web pages, Markdown, text, EPUB or ZIP, at most 64 MB. The file does not leave this machine.",
        ),
        "sending": ("Đang nhận tệp…", "Receiving the file…"),
        "reading": ("Đang đọc và dựng mục lục…", "Reading it and drawing up the outline…"),
        "confirm": (
            "Chương trình hiểu tệp này như sau. Xin xem lại trước khi đưa vào thư viện.",
            "This is what was understood. Please check it first.",
        ),
        "correct": ("Sửa thông tin văn bản nếu cần", "Correct what is known of the document, if need be"),
        "take": ("Đưa vào thư viện", "Take it in"),
        "discard": ("Bỏ", "Discard"),
        "unread": ("Không đọc được", "Could not be read"),
        "nothing": ("Không có gì để đưa vào. Xin chọn tệp khác.", "There is nothing to take in. Please choose another file."),
        "taking": ("Đang đưa vào thư viện…", "Taking it in…"),
        "done": ("Đã xong.", "Done."),
        "failed": ("Chưa đưa vào được.", "It could not be taken in."),
        "failed_next": (
            "Xin thử lại; nếu lặp lại, chạy lệnh “attache doctor”.",
            "Please try again; if it happens again, run “attache doctor”.",
        ),
        "counts": (
            "{added} văn bản mới, {replaced} thay bản cũ, {unchanged} không đổi, {removed} đã bỏ, {failed} không đọc được",
            "{added} added, {replaced} replaced, {unchanged} unchanged, {removed} removed, {failed} not read",
        ),
        "notes": ("Lưu ý", "Notes"),
        "too_large": ("Tệp quá lớn. Giới hạn là 64 MB.", "The file is too large. The limit is 64 MB."),
        "busy": (
            "Đang đưa một tệp khác vào thư viện. Xin đợi xong rồi chọn lại tệp.",
            "Another file is being taken in. Please wait until it is done, then choose yours again.",
        ),
        "forbidden": (
            "Tài khoản của bạn không có quyền sửa thư viện. Xin hỏi người quản trị.",
            "Your account may not change the library. Ask an administrator.",
        ),
        "remove": ("Bỏ khỏi thư viện", "Remove from the library"),
        "remove_title": ("Bỏ văn bản này khỏi thư viện?", "Remove this document from the library?"),
        "remove_more": (
            "Câu trả lời sau này sẽ không dẫn văn bản này nữa. Tệp gốc bạn giữ ở nơi khác vẫn còn nguyên.",
            "Answers will no longer cite it. A file that you keep elsewhere stays as it is.",
        ),
        "remove_beside": ("Cùng tệp này còn có: {names}.", "From the same file came: {names}."),
        "removed": ("Đã bỏ khỏi thư viện.", "Removed from the library."),
        "source": ("Tệp nguồn", "Source file"),
        "cancel": ("Không", "Cancel"),
    }
)

FIELDS = table(
    {
        "number": ("Số hiệu", "Number"),
        "title": ("Tên văn bản", "Title"),
        "issuer": ("Cơ quan ban hành", "Issuer"),
        "kind": ("Loại (law, decree, …)", "Kind (law, decree, …)"),
        "issued": ("Ngày ban hành (2026-07-01)", "Issued (2026-07-01)"),
        "effective_from": ("Hiệu lực từ (2026-07-01)", "In force from (2026-07-01)"),
        "effective_to": ("Hiệu lực đến (2026-07-01)", "In force until (2026-07-01)"),
    }
)
