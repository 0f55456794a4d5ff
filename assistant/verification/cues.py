"""The small words that turn a sense round, in both languages: denials, modal verbs, bounds; number words and units.

Each table maps a pattern (of text in lower case, with its diacritics) to a class that both languages share, so that “không
được” and “must not” are one thing. Patterns of one table are tried in their order, the longer one first, and do not overlap.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

__all__ = ["BOUNDS", "DENIALS", "MODALS", "NUMBER_WORDS", "SCALES", "UNITS", "Cue", "cues"]


@dataclass(frozen=True, slots=True)
class Cue:
    """A small word: its class, its words, and where it stands in the text."""

    kind: str
    words: str
    start: int
    end: int


Table = Mapping[str, re.Pattern[str]]


def _table(*rows: tuple[str, str, str]) -> Table:
    """Return a pattern for each language, with a named group for each class (numbered, for a class may stand twice)."""
    compiled = {}
    for at, language in enumerate(("vi", "en")):
        parts = [f"(?P<{row[0]}_{place}>{row[1 + at]})" for place, row in enumerate(rows) if row[1 + at]]
        compiled[language] = re.compile(r"(?<![\w])(?:" + "|".join(parts) + r")(?![\w])")
    return MappingProxyType(compiled)


# “skip” is what only looks like a cue: space, aviation, “not only”, “whether or not”.
DENIALS = _table(
    (
        "skip",
        "không gian|hàng không|không quân|không khí|trên không|không dây|không những|không chỉ|hay không|hay chưa|không ngừng|không tiền mặt",
        r"not only|whether or not|no later|no longer than|not later|no less|not less|"
        r"not exceed(?:ing)?|no more than|not more than|no effect|no\. ?\d+",
    ),
    ("skip", "không quá|không thấp hơn|không dưới|không muộn hơn|không vượt quá", ""),
    ("not", "nghiêm cấm|cấm|bị cấm", "prohibit(?:s|ed|ing)?|prohibitions?|forbid(?:s|den)?|bans?|banned|barred"),
    (
        "not",
        "không được phép|không được|không phải là|không phải|không có|không còn|không thể|không",
        "must not|may not|shall not|cannot|can not",
    ),
    (
        "not",
        "chưa từng|chưa được|chưa có|chưa|chẳng",
        "is not|are not|was not|were not|do not|does not|did not|has not|have not|not yet|no longer",
    ),
    (
        "not",
        "",
        "not|never|nobody|nothing|none|neither|nor|no|without|isn['’]t|aren['’]t|doesn['’]t|don['’]t|won['’]t|wasn['’]t|mustn['’]t",
    ),
)

MODALS = _table(
    (
        "forbid",
        "không được phép|không được|nghiêm cấm|bị cấm|cấm|không có quyền|không thể",
        "must not|may not|shall not|cannot|can not|mustn['’]t|(?:is|are) not (?:allowed|permitted)(?: to)?"
        "|prohibit(?:s|ed)?|forbid(?:s|den)?|bans?|banned|barred",
    ),
    ("skip", "không phải là|cần thơ|một cách có trách nhiệm|có thể chế", ""),
    (
        "exempt",
        "không bắt buộc|không phải|không cần",
        "need not|not (?:required|obliged|compulsory|mandatory)(?: to)?|(?:do|does) not (?:have|need) to|optional|exempt",
    ),
    (
        "oblige",
        "bắt buộc phải|bắt buộc|ràng buộc|phải(?! chăng)|có trách nhiệm|có nghĩa vụ|chịu trách nhiệm",
        "must|shall|(?:is|are|was|were) (?:required|obliged|bound) to|ha(?:s|ve) to|responsible for|answerable|accountable"
        "|answers? to|liable|compulsory|mandatory|binding|required",
    ),
    (
        "permit",
        "được phép|cho phép|có quyền|có thể|được quyền",
        r"may(?! \d{1,2},? ?\d{4}| \d{4})|can|could|might|(?:is|are) (?:allowed|permitted|entitled) to|allow(?:s|ed)?|permit(?:s|ted)?"
        "|ha(?:s|ve) the right|rights? to|licen[cs]ed|authori[sz]ed",
    ),
    ("urge", "khuyến khích|khuyến nghị", "encourag(?:e|es|ed|ing)|recommend(?:s|ed|ation|ations)?"),
    ("need", "nên|cần thiết|cần", "should|ought to|needs? to|needs?|needed|necessary"),
)

_FIGURE = r"(?= ?(?:[$€£≥≤~]|us\$|mức |the )?\d)"
BOUNDS = _table(
    (
        "least",
        "ít nhất|tối thiểu|không dưới|không thấp hơn|trở lên|từ đủ|sớm nhất|≥",
        "at least|no less than|not less than|no fewer than|minimum(?: of)?|or more|or higher|no earlier than|not earlier than|≥",
    ),
    (
        "most",
        "tối đa|không quá|không vượt quá|nhiều nhất|trở xuống|chậm nhất|không muộn hơn|muộn nhất|≤",
        "at most|no more than|not more than|not exceeding|not exceed|up to|maximum(?: of)?|or less|or fewer|no later than|not later than"
        "|at the latest|≤",
    ),
    ("least", rf"(?:trên|hơn|vượt){_FIGURE}", rf"(?:over|above|more than|exceeding|greater than|upwards of){_FIGURE}"),
    ("most", rf"(?:dưới){_FIGURE}", rf"(?:under|below|less than|fewer than){_FIGURE}"),
    ("about", rf"(?:khoảng|gần|xấp xỉ|ước){_FIGURE}", rf"(?:about|around|approximately|nearly|almost|some|roughly){_FIGURE}"),
)

NUMBER_WORDS: Mapping[str, Mapping[str, int]] = MappingProxyType({
    "vi": MappingProxyType({"hai": 2, "ba": 3, "bốn": 4, "sáu": 6, "bảy": 7, "tám": 8, "chín": 9, "mười": 10}),
    "en": MappingProxyType({
        "two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "seven": 7, "eight": 8, "nine": 9, "ten": 10, "eleven": 11, "twelve": 12, "dozen": 12,
    }),
})  # fmt: skip
"""Numbers in words, as far as they can be told from other words: “một”, “năm” and “one” cannot."""

SCALES: Mapping[str, int] = MappingProxyType({
    "nghìn": 3, "ngàn": 3, "triệu": 6, "tỷ": 9, "tỉ": 9, "thousand": 3, "million": 6, "billion": 9, "trillion": 12, "nghìn tỷ": 12, "ngàn tỷ": 12,
    "nghin": 3, "trieu": 6, "ty": 9,
})  # fmt: skip
"""Powers of ten behind a figure."""

UNITS: Sequence[tuple[str, re.Pattern[str]]] = (
    ("percent", re.compile(r"\s?(?:%|phần trăm|per ?cent)")),
    ("dong", re.compile(r"\s?(?:đồng|vnđ|vnd|dong)(?!\w)")),
    ("usd", re.compile(r"\s?(?:us\$|usd|đô la|đôla|us dollars?|dollars?)(?!\w)")),
    ("euro", re.compile(r"\s?(?:eur|euros?|€)(?!\w)")),
    ("working_day", re.compile(r"[ -](?:ngày làm việc|working[ -]days?|business days?)(?!\w)")),
    ("day", re.compile(r"[ -](?:ngày|days?)(?!\w)")),
    ("week", re.compile(r"[ -](?:tuần|weeks?)(?!\w)")),
    ("month", re.compile(r"[ -](?:tháng|months?)(?!\w)")),
    ("year", re.compile(r"[ -](?:năm|years?)(?!\w)")),
    ("hour", re.compile(r"[ -](?:giờ|tiếng|hours?)(?!\w)")),
    ("minute", re.compile(r"[ -](?:phút|minutes?)(?!\w)")),
)
"""Units behind a figure (after its scale), in lower case; the first that fits counts."""


def cues(table: Table, text: str, language: str) -> tuple[Cue, ...]:
    """Return the cues of a table in `text`, which is in lower case; those that only look like one are left out."""
    found = []
    for match in table["en" if language == "en" else "vi"].finditer(text):
        kind = (match.lastgroup or "").rpartition("_")[0]
        if kind not in ("skip", ""):
            found.append(Cue(kind, match.group(), match.start(), match.end()))
    return tuple(found)
