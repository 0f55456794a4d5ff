"""Verification: does every sentence of an answer stand on the exact words that it cites?

Whoever wrote the sentence, its marks must name citations, the quotes must stand in their provisions character for
character, and every figure, date and document number of the sentence must stand in a quote, its locator, or the number
and title of its document. Negations and modal verbs of the sentence must be the quote's own, and what the quote denies
must not be said without the denial. What this cannot see:
a wrong relation between right words; the extractive composer cannot make one, since it prints the quoted words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from assistant.answer import Citation
from corpus.document import Document
from corpus.figures import dates, number_set
from corpus.normalise import fold, nfc

__all__ = ["Verdict", "marks", "quote_stands", "verify_sentence"]

_MARK = re.compile(r"\[(\d+)\]")
_ACT = re.compile(r"(?<![\w/-])\d+(?:/\d{4})?[-/][A-ZĐ]{2,}[\w-]*(?:/[A-ZĐ]\w+)?")
_DENIED = re.compile(r"(?<!\w)(không|chưa|chẳng|cấm|not|never|no|cannot) (\w+ \w+)(?!\w)")
_WEIGHTY = re.compile(
    r"\b(khong|chua|cam|khong duoc|phai|bat buoc|toi thieu|it nhat|toi da|tren|duoi|khoang|not|no|never|must|shall|may|at least|at most|"
    r"over|under|about|only|prohibited)\b"
)


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence is supported, and if not, why (one reason a fault, for the receipt and for tests)."""

    supported: bool
    reasons: tuple[str, ...] = ()


def marks(sentence: str) -> tuple[int, ...]:
    """Return the numbers of the marks in a sentence, in order."""
    return tuple(int(m) for m in _MARK.findall(sentence))


def quote_stands(citation: Citation, documents: Mapping[str, Document]) -> bool:
    """Tell whether a citation's quote stands at its span in its provision, character for character in NFC."""
    document = documents.get(citation.text_name)
    provision = document.find(citation.provision_at) if document else None
    if provision is None or not citation.quote:
        return False
    start, end = citation.span
    return nfc(provision.text.only(citation.language)[start:end]) == citation.quote


def verify_sentence(sentence: str, citations: Mapping[int, Citation], documents: Mapping[str, Document]) -> Verdict:
    """Check one sentence with its marks against the citations that they name."""
    numbers = marks(sentence)
    if not numbers:
        return Verdict(False, ("no mark",))
    unknown = [n for n in numbers if n not in citations]
    if unknown:
        return Verdict(False, tuple(f"mark [{n}] names no citation" for n in unknown))
    cited = [citations[n] for n in dict.fromkeys(numbers)]
    reasons = [f"quote [{c.mark}] is not in {c.document}, {c.locator}" for c in cited if not quote_stands(c, documents)]
    reasons.extend(_strange_figures(sentence, cited))
    reasons.extend(_strange_weight(sentence, cited))
    reasons.extend(_dropped_negations(sentence, cited))
    return Verdict(not reasons, tuple(reasons))


def _strange_figures(sentence: str, cited: Sequence[Citation]) -> list[str]:
    """Return a reason for every figure, date and document number of the sentence that its sources do not have."""
    source = " ".join(f"{c.quote} {c.document} {c.title} {c.locator}" for c in cited)
    said = _MARK.sub("", sentence)
    reasons = [f"the figure {figure} stands in no quote" for figure in sorted(number_set(said) - number_set(source))]
    known = dates(source)  # “December 2025” may be said of a day in it
    reasons.extend(f"the date {day} stands in no quote" for day in dates(said) if not any(d.startswith(day) for d in known))
    acts = {fold(number) for number in _ACT.findall(source)}
    reasons.extend(f"the number {number} stands in no quote" for number in _ACT.findall(said) if fold(number) not in acts)
    return reasons


def _strange_weight(sentence: str, cited: Sequence[Citation]) -> list[str]:
    """Return a reason for every negation, modal verb or qualifier of the sentence that its sources do not have."""
    source = {m.group() for c in cited for m in _WEIGHTY.finditer(fold(f"{c.quote} {c.title}"))}
    mine = {m.group() for m in _WEIGHTY.finditer(fold(_MARK.sub("", sentence)))}
    return [f"“{word}” stands in no quote" for word in sorted(mine - source)]


def _dropped_negations(sentence: str, cited: Sequence[Citation]) -> list[str]:
    """Return a reason for every pair of words that the sources only deny and the sentence says without the denial."""
    said = nfc(_MARK.sub("", sentence)).lower()
    source = " ".join(nfc(c.quote) for c in cited).lower()
    denied = dict.fromkeys(m.groups() for m in _DENIED.finditer(source))
    return [f"“{denial} {pair}” is said without “{denial}”" for denial, pair in denied if _affirms(said, pair) and not _affirms(source, pair)]


def _affirms(text: str, pair: str) -> bool:
    """Tell whether a pair of words stands anywhere without a denial before it."""
    return bool(re.search(rf"(?<!\w){re.escape(pair)}(?!\w)", _DENIED.sub(" ", text)))
