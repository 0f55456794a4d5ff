"""What the page of kept conversations says, in Vietnamese and English."""

from __future__ import annotations

from ui.words import table

__all__ = ["KEPT"]

KEPT = table(
    {
        "title": ("Hội thoại đã lưu", "Kept conversations"),
        "intro": (
            "Mỗi câu hỏi và câu trả lời được lưu trên máy này, cùng nguồn dẫn. Mở lại để hỏi tiếp, đổi tên, xuất thành bản tóm tắt, "
            "hoặc xóa vĩnh viễn.",
            "Questions and answers are kept on this machine with their sources. Open one to go on with it, rename it, export it as a "
            "briefing note, or delete it for good.",
        ),
        "search": ("Tìm trong hội thoại (có dấu hay không dấu đều được)", "Search the conversations (diacritics may be left out)"),
        "none": (
            "Chưa có hội thoại nào. Câu hỏi đầu tiên ở trang Hỏi đáp sẽ được lưu ở đây.",
            "Nothing is kept yet. The first question you ask will be.",
        ),
        "none_found": ("Không có hội thoại nào có những từ đó. Hãy thử ít từ hơn.", "No conversation holds those words. Try fewer."),
        "questions": ("{n} câu hỏi", "{n} questions"),
        "question": ("1 câu hỏi", "1 question"),
        "open": ("Mở hội thoại “{title}”", "Open the conversation “{title}”"),
        "rename": ("Đổi tên", "Rename"),
        "delete": ("Xóa", "Delete"),
        "export": ("Xuất bản tóm tắt", "Export a briefing note"),
        "export_more": (
            "Chỉ những câu đã đối chiếu được với nguồn mới được đưa vào, mỗi câu kèm chú thích đánh số.",
            "Only sentences that are verified against their source get into it, each with a numbered footnote.",
        ),
        "note_title": ("Tên bản tóm tắt", "Title of the note"),
        "answers": ("Câu trả lời đưa vào", "Answers to include"),
        "form": ("Định dạng", "Form"),
        "form_docx": ("Word (DOCX)", "Word (DOCX)"),
        "form_html": ("HTML để in", "HTML to print"),
        "form_md": ("Markdown", "Markdown"),
        "lang": ("Ngôn ngữ tiêu đề", "Language of the headings"),
        "lang_vi": ("Tiếng Việt", "Vietnamese"),
        "lang_en": ("Tiếng Anh", "English"),
        "lang_both": ("Song ngữ", "Both"),
        "export_go": ("Tải về", "Download"),
        "close": ("Đóng", "Close"),
        "exported": ("Bản tóm tắt có {n} câu, câu nào cũng có chú thích.", "The note has {n} sentences, each with its footnote."),
        "exported_none": (
            "Không có câu nào có dẫn nguồn đã đối chiếu. Hãy chọn câu trả lời khác.",
            "No sentence has a verified source. Please choose other answers.",
        ),
        "left_out": ("Đã lược bỏ {n} câu", "{n} sentences were left out"),
        "next": ("Có thể hỏi tiếp", "You may ask next"),
        "rename_title": ("Đổi tên hội thoại", "Rename the conversation"),
        "new_title": ("Tên mới", "New title"),
        "save": ("Lưu", "Save"),
        "cancel": ("Không", "Cancel"),
        "delete_title": ("Xóa vĩnh viễn hội thoại này?", "Delete this conversation for good?"),
        "delete_more": (
            "Câu hỏi, câu trả lời và các nhận xét trong đó sẽ bị xóa khỏi máy này và không lấy lại được.",
            "Its questions, answers and your remarks on them are removed from this machine and cannot be brought back.",
        ),
        "delete_yes": ("Xóa vĩnh viễn", "Delete for good"),
        "deleted": ("Đã xóa vĩnh viễn.", "Deleted for good."),
        "renamed": ("Đã đổi tên.", "Renamed."),
        "opened": ("Đã mở lại hội thoại.", "The conversation is open again."),
        "gone": (
            "Hội thoại này không còn nữa. Xin tải lại danh sách.",
            "This conversation is no longer there. Please load the list again.",
        ),
        "bad_title": ("Tên cần ít nhất một chữ hoặc số.", "A title needs at least one letter or figure."),
        "failed": (
            "Chưa làm được. Xin thử lại; nếu lặp lại, kiểm tra thư mục dữ liệu còn chỗ và ghi được.",
            "That could not be done. Please try again; if it happens again, check that the data folder has room and may be written.",
        ),
        "not_kept": (
            "Câu trả lời này chưa lưu được vào lịch sử. Xin kiểm tra thư mục dữ liệu còn chỗ và ghi được.",
            "This answer could not be kept. Please check that the data folder has room and may be written.",
        ),
        "edit": ("Sửa câu hỏi", "Edit the question"),
        "editing": (
            "Khi gửi, câu hỏi này và các câu sau nó trong hội thoại được thay bằng câu mới.",
            "When you send it, this question and those after it in the conversation give way to the new one.",
        ),
        "edit_stop": ("Không sửa nữa", "Leave it as it was"),
        "up": ("Câu trả lời tốt", "A good answer"),
        "down": ("Câu trả lời chưa tốt", "A poor answer"),
        "wrong": ("Báo dẫn nguồn sai", "Report wrong evidence"),
        "wrong_title": ("Dẫn nguồn nào không đúng?", "Which citation is wrong?"),
        "wrong_words": ("Sai ở đâu? (có thể bỏ trống)", "What is wrong with it? (may be left empty)"),
        "send": ("Gửi", "Send"),
        "thanks": (
            "Đã ghi nhận trên máy này. Người đo chất lượng xuất ra bằng lệnh “attache feedback export”.",
            "Noted on this machine. Evaluators export it with “attache feedback export”.",
        ),
    }
)
