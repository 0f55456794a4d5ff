"""What is asked for by its address: the whole of an article, a clause or a point, in its order.

“Điều 5 Luật An ninh mạng quy định gì?”   “điểm a khoản 2 Điều 5”   “What does Article 5 say?”
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from assistant.draft import Draft, Line, Quote
from assistant.evidence import Candidate
from assistant.question import Shape
from assistant.understand import Understanding
from corpus.document import Bilingual, Document, Provision
from corpus.legal.address import inside, narrow, open_at
from corpus.locator import Locator
from corpus.normalise import fold

__all__ = ["asks_for_address", "at_address", "whole_provision"]

_LONGEST = 4000
_PLAIN = frozenset(
    "dieu khoan diem chuong muc phu luc article clause point annex chapter quy dinh noi dung neu ghi viet trich nguyen van doc xem toan "
    "say says said provide provides state states text content full quote read show luat nghi law decree act resolution".split()
)
_IN_FORCE = ("in_force", "amended")


def asks_for_address(understanding: Understanding) -> bool:
    """Tell whether a question wants the words at an address of a document, and nothing of what they say."""
    if understanding.address is None or not understanding.documents or understanding.form.shape in (Shape.COMPARISON, Shape.CLAIM):
        return False
    labels = {fold(label) for _, label in understanding.address.labels}
    return not understanding.form.wants and all(fold(word) in _PLAIN or fold(word) in labels for word in understanding.subject)


def whole_provision(understanding: Understanding, candidates: Sequence[Candidate], day: date) -> Draft | None:
    """Return all sentences at the address that is asked for, of the one text that has it and is in force; None when none has it."""
    address = understanding.address
    at = [c for c in candidates if address is not None and address.matches(c.provision)]
    if not at:
        return None
    order = {number: place for place, number in enumerate(understanding.documents)}

    def merit(c: Candidate) -> tuple[bool, int, bool, str]:
        in_force = c.document.status_on(day) in _IN_FORCE
        return not in_force, order.get(c.document.number, len(order)), c.document.text_kind != "official", c.key[0]

    name = min(map(merit, at))[3]
    mine = {str(c.provision.locator): c for c in at if c.key[0] == name}
    lines: list[Line] = []
    length = 0
    for provision in next(c for c in at if c.key[0] == name).document.provisions:
        candidate = mine.get(str(provision.locator))
        quotes = _quotes(understanding, candidate) if candidate else ()
        length += sum(len(quote.shown) for quote in quotes)
        if length > _LONGEST and lines:
            break
        lines.extend(Line((quote,)) for quote in quotes)
    return Draft(tuple(replace(line, bullet=len(lines) > 1) for line in lines)) if lines else None


def _quotes(understanding: Understanding, candidate: Candidate) -> tuple[Quote, ...]:
    """Return the sentences of a provision, those of the point alone that the address names."""
    points = [label for level, label in (understanding.address.labels if understanding.address else ()) if level == "điểm"]
    inner = candidate.provision.locator.steps[-1].level != "điểm"
    span = narrow(candidate.provision.text.only(candidate.language), points, candidate.language) if points and inner else None
    start, end = span or (0, len(candidate.provision.text.only(candidate.language)))
    return tuple(Quote(candidate, s.text, (s.start, s.end)) for s in candidate.sentences if start <= s.start and s.end <= end)


def at_address(document: Document, address: str) -> tuple[Provision, ...]:
    """Return what stands at an address and under it; a point as its clause with the words of the point alone."""
    found = inside(document, address)
    if found:
        return found
    opened = open_at(document, address)
    if opened is None:
        return ()
    provision, language, (start, end) = opened
    words = provision.text.only(language)[start:end]
    text = Bilingual(en=words) if language == "en" else Bilingual(vi=words)
    return (replace(provision, locator=Locator.parse(re.sub(r"\s+", " ", address)), text=text),)
