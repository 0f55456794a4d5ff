"""Which sentences of an answer rest on text that has ended, and how each place that shows an answer strikes them through.

The answer's own text stays as it is: it is quoted, checked and saved without any sign of this.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from assistant.answer import Answer, Citation

__all__ = ["ENDED", "SUCCESSION", "ended_marks", "has_ended", "struck"]

ENDED = ("replaced", "expired", "repealed")
"""The statuses of text that is no longer in force."""
SUCCESSION = ("replaced_by", "repealed_by")
"""The relations that name what stands in its place."""

_SENTENCE = re.compile(r"(?P<words>[^\n]*?)(?P<marks>(?:\s?\[\d{1,3}\])+)(?P<end>[.,;:!?)”\"]*)")
_LEAD = re.compile(r"\s*(?:[-•]\s+)?(?:\|(?:[^|]*\|)*\s*)?")


def has_ended(citation: Citation) -> bool:
    """Tell whether a citation quotes an act's text that is not in force any more; editors' notes and cards are words of ours."""
    return citation.status in ENDED and citation.role != "note" and citation.text_kind != "card"


def ended_marks(answer: Answer) -> frozenset[int]:
    """Return the marks of an answer's citations that are not in force on its day."""
    return frozenset(c.mark for c in answer.citations if has_ended(c))


def struck(text: str, ended: Collection[int], strike: Callable[[str], str], plain: Callable[[str], str] = str) -> str:
    """Return an answer's text with the words before every mark of `ended` struck; all other words go through `plain`."""
    made, at = [], 0
    for found in _SENTENCE.finditer(text):
        numbers = [int(number) for number in re.findall(r"\d+", found["marks"])]
        lead = _LEAD.match(found["words"])
        cut = lead.end() if lead else 0
        words = found["words"][cut:]
        said = strike(words) if words and all(number in ended for number in numbers) else plain(words)
        made.append(plain(text[at : found.start()] + found["words"][:cut]) + said + plain(found["marks"] + found["end"]))
        at = found.end()
    return "".join([*made, plain(text[at:])])
