"""What the page of the library says, in Vietnamese and English."""

from __future__ import annotations

from ui.words import table

__all__ = ["HELD", "LINKS"]

HELD = table(
    {
        "title": ("Thư viện", "Library"),
        "intro": (
            "Mọi văn bản mà câu trả lời có thể dẫn, với tình trạng hiệu lực hôm nay. Mở một văn bản để xem diễn biến thay thế, sửa đổi và tìm "
            "trong nội dung.",
            "Every document that an answer may cite, with its status today. Open one to see what replaced or amended it and to search inside.",
        ),
        "search": ("Tìm theo số hiệu, tên, cơ quan ban hành", "Find by number, title or issuer"),
        "any": ("Mọi tình trạng", "Any status"),
        "status": ("Tình trạng", "Status"),
        "count": ("{n} văn bản", "{n} documents"),
        "shown": ("Hiện {n} trên {all} văn bản. Hãy tìm thêm từ.", "{n} of {all} documents are shown. Add words to narrow the search."),
        "none": ("Không có văn bản nào như vậy. Hãy thử ít từ hơn.", "There is no such document. Try fewer words."),
        "back": ("Về danh mục", "Back to the list"),
        "issued": ("Ban hành", "Issued"),
        "from": ("Hiệu lực từ", "In force from"),
        "to": ("Hiệu lực đến", "In force until"),
        "issuer": ("Cơ quan ban hành", "Issuer"),
        "provisions": ("{n} điều khoản", "{n} provisions"),
        "source": ("Tệp nguồn", "Source file"),
        "bundled": ("có sẵn trong chương trình", "bundled with the program"),
        "chain": ("Diễn biến hiệu lực", "How its force came and went"),
        "chain_none": (
            "Thư viện không ghi văn bản nào thay thế hay sửa đổi văn bản này.",
            "The library knows of no document that replaced or amended it.",
        ),
        "chart": (
            "Biểu đồ thời gian hiệu lực của các văn bản liên quan; nội dung bằng chữ ở danh sách ngay dưới.",
            "Chart of when the related documents are in force; the list below says the same in words.",
        ),
        "relations": ("Quan hệ với văn bản khác", "Relations to other documents"),
        "missing": ("chưa có trong thư viện", "not in the library"),
        "inside": ("Tìm trong văn bản này", "Search inside this document"),
        "inside_go": ("Tìm", "Search"),
        "inside_none": ("Không tìm thấy đoạn nào. Hãy thử từ khác.", "No passage was found. Try other words."),
        "contents": ("Nội dung", "Contents"),
        "more": ("và {n} điều khoản nữa; hãy tìm trong văn bản", "and {n} more provisions; search inside the document"),
        "health": ("Tình trạng thư viện", "Health of the library"),
        "health_good": ("Không có gì cần sửa.", "Nothing needs mending."),
        "unread": ("Tệp hoặc trang không đọc được", "Files or pages that could not be read"),
        "undated": ("Văn bản không rõ ngày", "Documents without a date"),
        "dangling": ("Quan hệ trỏ đến văn bản chưa có", "Relations to documents that are not held"),
        "failed": (
            "Chưa làm được. Xin thử lại; nếu lặp lại, chạy lệnh “attache doctor”.",
            "That could not be done. Please try again; if it happens again, run “attache doctor”.",
        ),
        "gone": ("Văn bản này không còn trong thư viện. Xin tải lại danh mục.", "This document is no longer held. Please load the list again."),
    }
)

LINKS = table(
    {
        "replaces": ("Thay thế", "Replaces"),
        "replaced_by": ("Bị thay thế bởi", "Replaced by"),
        "amends": ("Sửa đổi", "Amends"),
        "amended_by": ("Được sửa đổi bởi", "Amended by"),
        "repeals": ("Bãi bỏ", "Repeals"),
        "repealed_by": ("Bị bãi bỏ bởi", "Repealed by"),
        "partially_repeals": ("Bãi bỏ một phần", "Repeals in part"),
        "partially_repealed_by": ("Bị bãi bỏ một phần bởi", "Repealed in part by"),
        "succeeds": ("Tiếp nối", "Succeeds"),
        "succeeded_by": ("Tiếp nối bởi", "Succeeded by"),
        "implements": ("Triển khai, hướng dẫn", "Implements"),
        "implemented_by": ("Được triển khai bởi", "Implemented by"),
        "based_on": ("Căn cứ vào", "Based on"),
        "basis_of": ("Là căn cứ của", "Basis of"),
        "related": ("Liên quan đến", "Related to"),
    }
)
