"""The words by which two provisions are told to speak of one matter, or of two that only look alike, in both languages.

Patterns are read on text in lower case with its diacritics, but for the names of bodies, which begin with capitals.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from types import MappingProxyType

from index.analysis import stem

__all__ = [
    "BODIES", "CLASSES", "COMPETENCE", "CONDITIONS", "FRAME", "ITSELF", "LABELS", "LEANS", "PLAIN", "REFERS", "START", "SUCCESSORS", "TITLE_WORDS",
    "WORDED",
    "own_act",
]  # fmt: skip

_KINDS = (
    r"(?:bộ luật|luật|pháp lệnh|nghị định|nghị quyết|quyết định|thông tư|chỉ thị|kết luận|quy chế|quy định|"
    r"law|code|ordinance|decree|resolution|decision|circular|directive|regulation)"
)
_PLACED = r"(?:(?:điểm|khoản|điều|chương|mục|points?|clauses?|articles?|chapters?)\s+\w+(?:\(\w+\))*\s*,?\s*(?:of\s+)?)"

FRAME = frozenset(
    "thời hạn vòng kể từ ngày tháng năm giờ phút tuần đồng triệu tỷ nghìn phần trăm làm việc quy định mức trước khi".split()
) | frozenset(
    stem(word)
    for word in "within time limit period day month year hour week minute working business date vnd usd dong percent million billion deadline".split()
)
"""Words of the frame around a figure, which say nothing of the matter itself."""

WORDED = re.compile(
    r"\s*\((?:(?:một|hai|ba|bốn|tư|năm|lăm|sáu|bảy|tám|chín|mười|mươi|trăm|linh|lẻ|nghìn|triệu|one|two|three|four|five|six|seven|eight|nine|"
    r"ten|fifteen|twenty|thirty|sixty|ninety)[\s-]*)+\)",
    re.I,
)
"""A figure said again in words: 05 (năm) ngày."""

_ITSELF = rf"(?:(?:this\s+)?{_KINDS}\s+này|this\s+{_KINDS}|pháp luật|the law)"
REFERS = re.compile(
    rf"\b(?:theo quy định(?: tại| của| ở)?\s*{_PLACED}*{_ITSELF}?|theo\s+(?:{_PLACED}+{_ITSELF}?|{_ITSELF})|"
    rf"(?:in accordance with|according to|under|pursuant to|as (?:prescribed|provided(?: for)?|set out|stipulated) (?:in|by|under))\s+"
    rf"(?:{_PLACED}+{_ITSELF}?|{_ITSELF})),?",
    re.I,
)
"""Words that only tell by which rule something is done."""

START = re.compile(r",?\s*\b(?:kể từ|tính từ|sau khi|after|counted from|from the (?:date|day|time|moment)|from receipt)\s+[^,;.\d]+(?=[,;.]|$)", re.I)
"""From when a time runs: one act says it, another leaves it unsaid."""

PLAIN = re.compile(
    r"\b(?:các\s+)?(?:cơ quan,\s*)?(?:tổ chức,\s*(?:và\s+)?cá nhân|cá nhân,\s*(?:và\s+)?tổ chức|tổ chức và cá nhân|cá nhân và tổ chức)\b|"
    r"\b(?:agencies,\s*)?(?:organi[sz]ations and individuals|individuals and organi[sz]ations)\b|\bđối với (?:các )?hành vi\b|\bhành vi\b",
    re.I,
)
"""Words for everybody, and for any act that is fined."""

LEANS = re.compile(
    r"\b(?:này|đó|ấy|kia|nêu trên|nói trên|trên đây|dưới đây|sau đây|như sau|các hành vi sau|(?<!không )còn (?:có thể|bị|phải)|ngoài ra|đồng thời|"
    r"ví dụ|this|these|those|such|said|above|below|following|thereof|hereof|herein|also|moreover|for example)\b|[:;]\s*$|https?:|\*\*|\|"
    r"|^\s*(?:[a-zđ]\d{0,2}|[ivx]+)\)\s|^\s*[-–+•]\s|^\s*(?:đối với|for)\s[^:]*:\s",
    re.I,
)
"""A sentence that leans on others: what it speaks of is said elsewhere; or is a line of a list or of a table."""

CONDITIONS = re.compile(
    r"\b(?:trường hợp|nếu|trừ|ngoại trừ|riêng|chỉ|hoặc|hằng năm|hàng năm|mỗi|lần đầu|tiếp theo|"
    r"if|unless|except|in (?:the )?case|provided that|only|or|first|each|annual(?:ly)?)\b",
    re.I,
)
"""Words that narrow a rule."""

CLASSES = re.compile(
    r"\b(?:cá nhân|tổ chức|doanh nghiệp|hộ kinh doanh|nước ngoài|trong nước|khẩn cấp|cấp lại|cấp mới|gia hạn|lần đầu|cấp tỉnh|cấp huyện|cấp xã|"
    r"trung ương|địa phương|tái phạm|trẻ em|nhạy cảm|individuals?|organi[sz]ations?|enterprises?|foreign|domestic|urgent|renewal|"
    r"provincial|district|communal?|children|minors|sensitive)\b",
    re.I,
)
"""Classes of those a rule is for, where a heading tells them."""

LABELS = frozenset(
    "cấp độ mức loại nhóm hạng thứ khóa bước đợt tầng bậc vòng kỳ phiên hình bảng mẫu biểu lục tiêu số level grade class group category type stage "
    "phase step round session tier part annex form figure table no".split()
)
"""Words before a number that is a name, not a figure."""

_MINISTRIES = (
    "Thông tin và Truyền thông|Khoa học và Công nghệ|Kế hoạch và Đầu tư|Nông nghiệp và Phát triển nông thôn|Nông nghiệp và Môi trường|"
    "Tài nguyên và Môi trường|Giáo dục và Đào tạo|Văn hóa, Thể thao và Du lịch|Văn hóa và Thể thao|Lao động ?[-–,] ?Thương binh và Xã hội|"
    "Dân tộc và Tôn giáo|Giao thông vận tải|Quốc phòng|Công an|Ngoại giao|Nội vụ|Tư pháp|Tài chính|Công Thương|Xây dựng|Y tế"
)
_OFFICE = "Bộ trưởng |Chánh Văn phòng |Chánh Thanh tra |Chủ tịch |Cục trưởng |Giám đốc "
_ENGLISH = "Ministry|Department|Authority|Committee|Office|Agency|Council|Inspectorate"
BODIES: Mapping[str, re.Pattern[str]] = MappingProxyType({
    "vi": re.compile(
        rf"(?<!\w)(?:(?:{_OFFICE})?(?:Bộ|Sở) (?:{_MINISTRIES})|(?:{_OFFICE})?(?:Ủy ban nhân dân|Uỷ ban nhân dân|UBND|Hội đồng nhân dân)"
        rf"(?: (?:các )?(?:cấp )?(?:tỉnh|huyện|xã))?|(?:{_OFFICE})?(?:Tổng cục|Cục|Ủy ban|Văn phòng|Thanh tra|Ban|Ngân hàng|Viện|Hội đồng|Tòa án|"
        r"Học viện)(?: [A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?: [a-zđà-ỹ]+)?)(?:(?:,| và)? [A-ZĐÀ-Ỹ][\wÀ-ỹ]*(?: [a-zđà-ỹ]+)?)*|"
        r"Thủ tướng(?: Chính phủ)?|Chính phủ|Quốc hội|Chủ tịch nước)(?!\w)"
    ),
    "en": re.compile(
        rf"\b(?:(?:[Tt]he )?(?:Minister|{_ENGLISH})s? (?:of|for) (?:the )?[A-Z]\w+(?: [A-Z]\w+)*(?:(?:,| and|, and) [A-Z]\w+)*|"
        rf"(?:[A-Z]\w+ )+(?:{_ENGLISH})|(?:[Tt]he )?(?:Prime Minister|Government|National Assembly|President))\b"
    ),
})  # fmt: skip
"""Names of bodies of state."""

ITSELF = re.compile(
    r"đối tượng áp dụng|phạm vi|giải thích từ ngữ|hiệu lực|điều khoản (?:thi hành|chuyển tiếp)|subjects? of application|scope|definitions|"
    r"interpretation|entry into force|transition",
    re.I,
)
"""Headings under which an act speaks of itself: whom it is for, what it means by its words, since when."""

COMPETENCE = re.compile(
    r"\b(?:chủ trì|cơ quan đầu mối|đầu mối|cơ quan thường trực|chuyên trách|thẩm quyền|quản lý nhà nước|cấp giấy|cấp phép|cấp chứng|phê duyệt|"
    r"quyết định việc|quyết định|thẩm định|tiếp nhận|competent|grants?|issues?|approves?|decides?|leads?|presides?|in charge|focal point|"
    r"appraises?|receives?)\b",
    re.I,
)
"""What one body alone does: two acts that give it to two bodies disagree."""

SUCCESSORS: Mapping[str, str] = MappingProxyType({
    "bộ thông tin và truyền thông": "bộ khoa học và công nghệ", "bộ kế hoạch và đầu tư": "bộ tài chính", "bộ giao thông vận tải": "bộ xây dựng",
    "bộ lao động thương binh và xã hội": "bộ nội vụ", "bộ tài nguyên và môi trường": "bộ nông nghiệp và môi trường",
    "bộ nông nghiệp và phát triển nông thôn": "bộ nông nghiệp và môi trường", "ministry of information and communications":
    "ministry of science and technology", "ministry of planning and investment": "ministry of finance", "ministry of transport":
    "ministry of construction", "ministry of labour invalids and social affairs": "ministry of home affairs",
})  # fmt: skip
"""Ministries that were merged into others on 1 March 2025: an older act means the one that took over."""

TITLE_WORDS = frozenset(
    "quy định về chi tiết một số điều và biện pháp thi hành hướng dẫn nghị quyết luật thông tư chỉ thị kết luận quản lý nhà nước trong lĩnh vực sửa "
    "đổi bổ sung của ban hành phê duyệt việc xử phạt vi phạm hành chính thời hạn thẩm quyền trách nhiệm các quốc gia đến năm hội nước chính phủ thực "
    "hiện tổ chức cá nhân cơ quan mức thu chế độ nộp sử dụng phí lệ".split()
) | frozenset(
    stem(word)
    for word in "on the of and for a an in to decree law resolution decision circular directive regulation regulations detailing implementation "
    "management state administrative sanctions penalties violations field national amending supplementing articles certain number".split()
)
"""Words of an act's title that tell nothing of its field."""


def own_act(number: str) -> re.Pattern[str]:
    """Return the pattern of an act's naming itself as the rule that is told of (“Nghị định 1/2020/NĐ-CP quy định …”)."""
    verbs = r"quy định|nêu|yêu cầu|xác định|ghi|provides?|requires?|sets?|stipulates?|states?|prescribes?"
    name = rf"(?:the\s+)?(?:{_KINDS}\s+)?(?:số\s+|no\.?\s+)?{re.escape(number)}"
    return re.compile(rf"(?:theo|under|according to|pursuant to)\s+{name},?|{name}\s+(?:{verbs})(?:\s+(?:rằng|that))?:?", re.I)
