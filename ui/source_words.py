"""What the evidence pane says around a cited passage: its place in the whole document, its acts before and after, its printed page."""

from __future__ import annotations

from ui.words import table

__all__ = ["SOURCE"]

SOURCE = table(
    {
        "whole": ("Toàn văn, phần được dẫn tô sáng", "The whole document, the cited words highlighted"),
        "within": ("Thuộc", "Within"),
        "here": ("Đoạn được dẫn", "The cited passage"),
        "chain": ("Các văn bản trước và sau", "Acts before and after"),
        "open": ("Mở trong thư viện", "Open in the library"),
        "earlier": (
            "{n} đoạn phía trước không hiện ở đây; mở văn bản trong thư viện để đọc.",
            "{n} earlier passages are not shown here; open the document in the library to read them.",
        ),
        "later": (
            "{n} đoạn phía sau không hiện ở đây; mở văn bản trong thư viện để đọc.",
            "{n} later passages are not shown here; open the document in the library to read them.",
        ),
        "printed": ("Trang của bản gốc", "Page of the original"),
        "printed_alt": ("Hình trang {n} của bản gốc", "Picture of page {n} of the original"),
        "printed_no": ("Trang {n} trên {all}", "Page {n} of {all}"),
        "printed_marked": ("phần được dẫn nằm trong khung", "the cited words are boxed"),
        "printed_unmarked": (
            "chưa xác định được vị trí phần được dẫn trên trang này",
            "where the cited words stand on this page is not known",
        ),
        "printed_wait": ("Đang vẽ trang…", "Drawing the page…"),
        "printed_fault": ("Không vẽ được trang này. Xin mở tệp gốc.", "This page cannot be drawn. Please open the original file."),
    }
)
