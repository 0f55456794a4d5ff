"""Evidence: the provisions found, their sentences, and how well each sentence would answer.

A sentence is scored by the share of the question's subject that it says, by nearness in meaning, by the rank of its
provision, and by whether it holds the kind of thing that is asked for (a date for “when”, a figure for “how many”).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from assistant.question import Want
from assistant.relevance import Coverage, Subject
from assistant.understand import Understanding
from corpus.document import Document, Provision
from corpus.figures import dates, figures, percentages
from corpus.normalise import fold
from corpus.sentences import sentences
from index.embedding import Encoder
from index.retrieve import Retrieved

__all__ = ["Candidate", "Sentence", "Weighing", "gather", "satisfied"]

_NUMBER_OF_ACT = re.compile(r"\b\d+(?:/\d{4})?(?:/|-)[A-ZĐ]{2,}[\w-]*(?:[/-][A-ZĐ]\w+)?")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZĐÀ-Ỹ][\w’'-]*(?: [A-ZĐÀ-Ỹ][\w’'-]*)+")
_BODY = re.compile(
    r"\b(bo|chinh phu|thu tuong|quoc hoi|ban bi thu|bo chinh tri|uy ban|tong bi thu|thu truong|bo truong|dai su|chu tich|ministry|government|"
    r"minister|politburo|secretariat|assembly|president|secretary|ambassador|council)\b"
)
_PLACE = re.compile(r"\b(tai|o|thanh pho|tru so|in|at|city|headquarters)\b")
_SUM = re.compile(r"\d[\d.,]*\s*(ty|trieu|nghin ty|dong|usd|aud|eur|euro|do la|million|billion|trillion|vnd)\b|[$€£]\s?\d")


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights of a sentence's score; fitted by `evals` on our own development questions."""

    coverage: float = 1.0
    meaning: float = 0.5
    rank: float = 0.5
    wanted: float = 0.25
    named: float = 0.25
    note: float = -0.05


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a provision: words, span in the provision's text, coverage, cosine, score and what it holds."""

    text: str
    start: int
    end: int
    coverage: Coverage
    holds: frozenset[Want]
    score: float


@dataclass(frozen=True, slots=True)
class Candidate:
    """A provision that may answer, with its sentences in the question's language."""

    document: Document
    provision: Provision
    language: str
    found: Retrieved
    sentences: tuple[Sentence, ...]
    coverage: Coverage
    score: float

    @property
    def key(self) -> tuple[str, str]:
        """Document number and locator."""
        return self.document.number, str(self.provision.locator)

    def best(self) -> Sentence:
        """Return the sentence with the highest score."""
        return max(self.sentences, key=lambda s: s.score)


def satisfied(want: Want, text: str, known: frozenset[str], named: Sequence[str]) -> bool:
    """Tell whether `text` holds the kind of thing wanted, beyond what the question itself says.

    `known` are the figures of the question, `named` the numbers of documents in it.
    """
    plain = fold(text)
    if want is Want.WHEN:
        return bool(dates(text) or re.search(r"\b(19|20)\d\d\b", text) or re.search(r"\b\d+ (ngay|days|thang|months)\b", plain))
    if want is Want.PERCENT:
        return bool(percentages(text))
    if want is Want.MONEY:
        return bool(_SUM.search(plain))
    if want is Want.COUNT:
        bare = _NUMBER_OF_ACT.sub(" ", text)
        for day in re.findall(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} \w+ (?:19|20)\d\d|(?:19|20)\d\d", bare):
            bare = bare.replace(day, " ")
        return any(f.value not in known for f in figures(bare)) or bool(_COUNTED.search(fold(bare)))
    if want is Want.DOCUMENT:
        return any(not any(number in found or found in number for number in named) for found in _NUMBER_OF_ACT.findall(text))
    if want is Want.WHO:
        return bool(_NAME.search(text) or _BODY.search(plain))
    if want is Want.WHERE:
        return bool(_PLACE.search(plain))
    return bool(re.search(r"\b(dieu|khoan|article|clause) \d", plain))


_COUNTED = re.compile(
    r"\b(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|one|two|three|four|five|six|seven|eight|nine|ten) "
    r"(loai|nhom|quan diem|muc tieu|nhiem vu|giai phap|noi dung|tru cot|linh vuc|nguyen tac|dieu|chuong|nuoc|khuyen nghi|trong tam|cap|hinh thuc|"
    r"types|groups|viewpoints|targets|tasks|solutions|pillars|areas|principles|articles|chapters|countries|recommendations|levels|forms|parts|kinds)"
)


def gather(
    understanding: Understanding, subject: Subject, found: Sequence[Retrieved], documents: Mapping[str, Document], encoder: Encoder, weighing: Weighing
) -> list[Candidate]:
    """Return the candidates of the provisions found, best first by their best sentence."""
    rows = []
    for retrieved in found:
        document = documents[retrieved.passage.document]
        provision = document.find(retrieved.passage.locator)
        if provision is not None:
            language = retrieved.passage.language
            rows.append((retrieved, document, provision, language, sentences(provision.text.only(language))))
    texts = [span.text for *_, spans in rows for span in spans]
    if not texts:
        return []
    cosines = iter(np.clip(encoder.encode_documents(texts) @ encoder.encode_query(understanding.text), 0.0, 1.0).tolist())
    known = frozenset(f.value for f in figures(understanding.text))
    candidates = []
    for retrieved, document, provision, language, spans in rows:
        context = f"{provision.heading.get(language)} {provision.locator}"
        name = " ".join((document.number, document.title.get(language), *document.aliases))
        around = subject.cover(context)
        whose = subject.cover(name)
        given = around.covered | whose.covered
        scored = []
        for span in spans:
            own = subject.cover(span.text)
            full = subject.cover(span.text, given=given)
            holds = frozenset(w for w in understanding.form.wants if satisfied(w, span.text, known, understanding.documents))
            share = 0.7 * own.share + 0.3 * full.share
            score = _score(weighing, share, next(cosines), retrieved.score, holds, understanding, document.number, provision.role)
            scored.append(Sentence(span.text, span.start, span.end, full, holds, score))
        if scored:
            whole = subject.cover(f"{context} {name} {provision.text.only(language)}")
            candidates.append(Candidate(document, provision, language, retrieved, tuple(scored), whole, max(s.score for s in scored)))
    return sorted(candidates, key=lambda c: -c.score)


def _score(
    w: Weighing, share: float, cosine: float, rank: float, holds: frozenset[Want], understanding: Understanding, number: str, role: str
) -> float:
    """Return the weighted score of one sentence."""
    wants = understanding.form.wants
    wanted = len(holds) / len(wants) if wants else 0.0
    named = number in understanding.documents or number in understanding.dated
    return w.coverage * share + w.meaning * cosine + w.rank * rank + w.wanted * wanted + w.named * named + w.note * (role == "note")
