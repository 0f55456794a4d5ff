"""Words for years that count from the day of the question: “cuối thập niên này”, “năm ngoái”, “by the end of the decade”.

Documents give years in figures, so a question is read with the figure in the place of such words.
"""

from __future__ import annotations

import re
from datetime import date

__all__ = ["with_years"]

_DECADE = re.compile(
    r"\b(?:(?:vào |tới |đến |cho đến |cho tới )?(?:cuối|hết) (?:thập niên|thập kỷ|thập kỉ)(?: này)?|"
    r"(?:vao |toi |den )?(?:cuoi|het) (?:thap nien|thap ky|thap ki)(?: nay)?|"
    r"(?:by )?(?:the )?(?:end|close) of (?:the|this) decade|decade[’']s end)\b",
    re.I,
)
# Without marks “nam nay” may be of “Việt Nam nay”, and “5 năm tới” is a stretch of years: both are left as they are.
_YEARS = (
    (re.compile(r"\b(?:năm nay|this year)\b", re.I), 0),
    (re.compile(r"\b(?:năm ngoái|last year)\b", re.I), -1),
    (re.compile(r"\b(?:sang năm|next year)\b", re.I), 1),
)
_VIETNAMESE = re.compile(r"th[aậ]p|n[aă]m", re.I)


def with_years(text: str, day: date) -> str:
    """Return `text` with the year said in figures where it counts from `day`; a decade's end is its round year."""

    def said(words: str, year: int) -> str:
        return f"năm {year}" if _VIETNAMESE.search(words) else f"{'in ' if words.lower().endswith('year') else 'by '}{year}"

    found = _DECADE.sub(lambda match: said(match.group(), day.year // 10 * 10 + 10 if day.year % 10 else day.year), text)
    for pattern, away in _YEARS:
        found = pattern.sub(lambda match, away=away: said(match.group(), day.year + away), found)  # type: ignore[misc]
    return found
