"""The box that a digital signature prints over a page: “Ký bởi: Cổng Thông tin điện tử Chính phủ … Thời gian ký: …”."""

from __future__ import annotations

import re
from collections.abc import Sequence

from corpus.normalise import fold

__all__ = ["signature_box"]

_BEGINS = re.compile(r"(?:nguoi ky|ky boi|duoc ky boi|digitally signed by|signature not verified|signature valid)\b")
_ENDS = re.compile(r"(?:thoi gian ky|ngay ky|gio ky|date)\s*:?\s*\S*\d")
_LINES, _CHARACTERS = 7, 300


def signature_box(texts: Sequence[str], at: int) -> int:
    """Return how many lines from `at` on are one signature's box, nought when none begins there.

    A box begins with who signed and ends with when; between them stand e-mail, office and the rest of broken lines. Words
    that merely begin so (“Người ký: …” in a table, a sentence about signing) lack the time.
    """
    if not _BEGINS.match(fold(texts[at]).strip(" •-")):
        return 0
    end = 0
    for offset, text in enumerate(texts[at : at + _LINES]):
        if _ENDS.search(fold(text)):
            end = offset + 1
            break
    if not end or sum(map(len, texts[at : at + end])) > _CHARACTERS:
        return 0
    # the time's own line may be broken before the hour or the time zone
    while at + end < len(texts) and end < _LINES and re.fullmatch(r"[\d.:/+ -]*\d{1,2}:\d\d[\d.:/+ -]*", texts[at + end].strip()):
        end += 1
    return end
