"""Every word of the page for measuring, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from ui.words import Phrase

__all__ = ["BENCH", "STAGES", "VARIED"]


def _table(rows: Mapping[str, tuple[str, str]]) -> Mapping[str, Phrase]:
    """Freeze a table of (Vietnamese, English) pairs."""
    return MappingProxyType({key: Phrase(*pair) for key, pair in rows.items()})


BENCH = _table({
    "title": ("Đo chất lượng trả lời", "Measure the answers"),
    "intro": (
        "Hỏi trợ lý các bộ câu hỏi có đáp án, đối chiếu từng câu trả lời và dẫn nguồn, rồi cho điểm kèm khoảng tin cậy 95 %.",
        "Asks the assistant sets of questions with known answers, checks each answer and citation, and gives scores with 95 % intervals.",
    ),
    "files": ("Bộ câu hỏi", "Case files"),
    "shipped": ("Có sẵn", "Shipped"),
    "own": ("Của bạn", "Your own"),
    "own_none": (
        "Chưa có. Đặt tệp .jsonl vào thư mục “cases” trong thư mục dữ liệu (ATTACHE_HOME) rồi tải lại trang.",
        "None yet. Put .jsonl files into the folder “cases” of the data folder (ATTACHE_HOME) and reload the page.",
    ),
    "count": ("{n} câu", "{n} questions"),
    "official": ("cần văn bản gốc đã tải về", "needs the official texts, fetched first"),
    "limit": ("Chỉ hỏi", "Ask only"),
    "limit_hint": ("câu, chọn đều và lần nào cũng như nhau; để trống là tất cả", "questions, always the same sample; empty for all"),
    "day": ("Hỏi cho ngày", "Ask as of"),
    "day_hint": ("để trống là hôm nay", "empty for today"),
    "curve": ("Vẽ đường rủi ro và độ phủ (lâu gần gấp đôi)", "Draw risk and coverage (takes nearly twice as long)"),
    "configurations": ("Cấu hình", "Configurations"),
    "configurations_hint": (
        "Chọn nhiều ô để đo các cấu hình cạnh nhau, nhiều nhất 6.",
        "Tick several to run configurations side by side, at most 6.",
    ),
    "as_set": ("như đã cài đặt", "as set"),
    "extractive": ("trích dẫn, không dùng mô hình", "quotation, no model"),
    "start": ("Bắt đầu đo", "Start"),
    "stop": ("Dừng", "Stop"),
    "progress": ("Tiến độ", "Progress"),
    "running": ("{done} / {total} câu", "{done} of {total} questions"),
    "which": ("Cấu hình {place} / {of}: {name}", "Configuration {place} of {of}: {name}"),
    "stopping": ("Đang dừng sau câu đang hỏi…", "Stopping after the question in hand…"),
    "stopped": (
        "Đã dừng. Các câu đã hỏi được giữ lại; bắt đầu lại với cùng lựa chọn thì đo tiếp từ đó.",
        "Stopped. What was asked is kept; start again with the same choice to go on from there.",
    ),
    "done": ("Đã đo xong.", "The run is finished."),
    "failed": ("Không đo được", "The run failed"),
    "faults": ("Tệp câu hỏi có lỗi; chưa hỏi câu nào.", "The case files have faults; nothing was asked."),
    "faults_next": ("Sửa các dòng sau rồi bắt đầu lại.", "Mend these lines and start again."),
    "fault": ("Tệp và dòng", "File and line"),
    "reason": ("Lý do", "Reason"),
    "unknown": ("Ứng dụng gặp lỗi ngoài dự kiến khi đo.", "The application met an unexpected fault while measuring."),
    "unknown_next": (
        "Bắt đầu lại để đo tiếp; nếu lỗi lặp lại, chạy “attache doctor”.",
        "Start again to go on; if it happens again, run “attache doctor”.",
    ),
    "next": ("Bước tiếp theo", "Next step"),
    "runs": ("Các lần đo", "Runs"),
    "runs_none": ("Chưa có lần đo nào. Chọn bộ câu hỏi ở trên rồi bắt đầu.", "No run yet. Choose case files above and start."),
    "runs_hint": (
        "Đánh dấu hai lần đo để so sánh, hoặc nhiều lần để đặt cạnh nhau.",
        "Tick two runs to compare them, or several to set side by side.",
    ),
    "when": ("Lúc (UTC)", "When (UTC)"),
    "asked": ("Câu hỏi", "Questions"),
    "how": ("Cấu hình", "Configuration"),
    "right": ("Đúng hoàn toàn", "Right in every way"),
    "interrupted": ("bị dừng sau {n} câu", "stopped after {n}"),
    "view": ("Xem báo cáo", "View report"),
    "pick": ("Chọn lần đo {name}", "Select run {name}"),
    "compare": ("So sánh hai lần đo", "Compare two"),
    "beside": ("Đặt cạnh nhau", "Side by side"),
    "report": ("Báo cáo", "Report"),
    "download": ("Tải về (HTML)", "Download (HTML)"),
    "open": ("Mở trong trang riêng", "Open on its own"),
    "loading": ("Đang mở báo cáo…", "Opening the report…"),
    "report_failed": (
        "Không mở được báo cáo này. Xin tải lại trang rồi chọn lại.",
        "This report could not be opened. Please reload the page and choose again.",
    ),
    "not_there": (
        "Không có báo cáo như vậy. Quay lại trang đo chất lượng và chọn lại.",
        "There is no such report. Go back to the page and choose again.",
    ),
})  # fmt: skip

STAGES = _table({
    "opening": ("Đang mở trợ lý…", "Opening the assistant…"),
    "passages": ("Đang lập chỉ mục…", "Building the index…"),
    "questions": ("Đang hỏi…", "Asking…"),
})  # fmt: skip

VARIED = _table({
    "provisions": ("Số điều khoản được xem (k)", "Provisions looked at (k)"),
    "model": ("Cách soạn câu trả lời", "Answers by"),
    "encoder": ("Bộ mã hóa", "Encoder"),
})  # fmt: skip
