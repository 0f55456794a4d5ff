"""What the status of a document and the kind of its text are called, in Vietnamese and English."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

__all__ = ["STATUSES", "TEXT_KINDS"]

STATUSES: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "in_force": ("Còn hiệu lực", "In force"),
        "not_yet_in_force": ("Chưa có hiệu lực", "Not yet in force"),
        "expired": ("Hết hiệu lực", "Expired"),
        "replaced": ("Đã bị thay thế", "Replaced"),
        "amended": ("Còn hiệu lực, đã được sửa đổi", "In force, as amended"),
        "repealed": ("Đã bị bãi bỏ", "Repealed"),
        "suspended": ("Tạm ngưng hiệu lực", "Suspended"),
        "unknown": ("Chưa xác định hiệu lực", "Status not established"),
        "practice": ("Thực tiễn nước ngoài", "Foreign practice"),
        "concluded": ("Đã kết thúc", "Concluded"),
        "voluntary": ("Khuyến nghị tự nguyện", "Voluntary"),
        "draft": ("Dự thảo", "Draft"),
    }
)

TEXT_KINDS: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "digest": ("Bản tóm lược của thư viện, không phải nguyên văn", "Library digest, not the official wording"),
        "official": ("Nguyên văn văn bản", "Official text"),
        "card": ("Chỉ có thông tin về văn bản", "Record only, without the text"),
    }
)
