"""Verification of a sentence with its marks: does it stand on the exact words that it cites?

Whoever wrote the sentence, its marks must name citations and the quotes must stand in their provisions character for
character. Whether the words then say what the quotes say is judged by `assistant.verification`, for quoted answers as for
those that a chat model worded. What this cannot see: a wrong relation between right words; the extractive composer cannot
make one, since it prints the quoted words.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from assistant.answer import Citation
from assistant.verification.values import Judge, Source
from corpus.document import Document
from corpus.normalise import nfc

__all__ = ["Verdict", "marks", "quote_stands", "verify_sentence"]

_MARK = re.compile(r"\[(\d+)\]")


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


def verify_sentence(sentence: str, citations: Mapping[int, Citation], documents: Mapping[str, Document], judge: Judge) -> Verdict:
    """Check one sentence with its marks against the citations that they name.

    Its marks must name citations and their quotes must stand in their provisions; then `judge` says whether the sentence says
    what the quotes say.
    """
    numbers = marks(sentence)
    if not numbers:
        return Verdict(False, ("no mark",))
    unknown = [n for n in numbers if n not in citations]
    if unknown:
        return Verdict(False, tuple(f"mark [{n}] names no citation" for n in unknown))
    cited = [citations[n] for n in dict.fromkeys(numbers)]
    missing = [f"quote [{c.mark}] is not in {c.document}, {c.locator}" for c in cited if not quote_stands(c, documents)]
    if missing:
        return Verdict(False, tuple(missing))
    sources = [Source.of(documents[c.text_name], c.provision_at, c.language, c.quote) for c in cited]
    said = judge.check(sentence, sources, language=cited[0].language)
    return Verdict(said.verified, tuple(str(reason) for reason in said.reasons))
