"""Evidence: the provisions found, their sentences, and how well each sentence would answer.

A sentence is scored by the share of the question's subject that it says, by nearness in meaning, by the rank of its
provision, and by whether it holds the kind of thing that is asked for (a date for “when”, a figure for “how many”).
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np

from assistant.alignment import Alignment
from assistant.answer import Evidence
from assistant.phrase_vectors import PhraseVectors
from assistant.question import Want
from assistant.relevance import Coverage, Subject
from assistant.understand import Understanding
from corpus.document import Document, Provision
from corpus.figures import dates, figures, percentages
from corpus.normalise import fold, tokens
from corpus.sentences import Span, sentences
from index.analysis import stem
from index.embedding import Encoder
from index.retrieve import Retrieved

__all__ = ["ACT_NUMBER", "FEATURES", "Candidate", "Gatherer", "Sentence", "Weighing", "looked_at", "satisfied", "surroundings"]

ACT_NUMBER = re.compile(r"\b\d+(?:/\d{4})?(?:/|-)[A-ZĐ]{2,}[\w-]*(?:[/-][A-ZĐ]\w+)?")
_NAME = re.compile(r"(?<![.!?] )(?<!^)\b[A-ZĐÀ-Ỹ][\w’'-]*(?: [A-ZĐÀ-Ỹ][\w’'-]*)+")
_BODY = re.compile(
    r"\b(bo|chinh phu|thu tuong|quoc hoi|ban bi thu|bo chinh tri|uy ban|tong bi thu|thu truong|bo truong|dai su|chu tich|ministry|government|"
    r"minister|politburo|secretariat|assembly|president|secretary|ambassador|council)\b"
)
_PERSON = re.compile(
    r"\b(?:ông|bà|Tổng Bí thư|Thủ tướng|Phó Thủ tướng|Bộ trưởng|Thứ trưởng|Chủ tịch|Đại sứ|Trưởng ban|Cục trưởng|Giám đốc|Mr|Ms|Mrs|Dr|"
    r"Minister|Secretary|"
    r"President|Ambassador|Chairman|Director|envoy is|ambassador was|ambassador is)\b[^.;,]{0,40}?((?: [A-ZĐÀ-Ỹ][\w’'-]+){2,})"
)
_PLACE = re.compile(r"\b(tai|o|thanh pho|tru so|in|at|city|headquarters)\b")
_SUM = re.compile(
    r"\d[\d.,]*\s*((nghin |ngan )?(ty|trieu)\s+)?((million|billion|trillion)\s+)?(dong|usd|aud|eur|euros?|do la|vnd|"
    r"dollars?|us dollars)\b|[$€£]\s?\d"
)
_RANK = re.compile(
    r"\b(thu|hang|vi tri|thu hang|xep|top|dung( thu)?) \d+(?![\d/%])|\b(rank(s|ed|ing)?|place[ds]?)( \w+){0,2} \d+|\b\d+(st|nd|rd|th)\b|"
    r"\b\d+ trong (so )?\d+"
)
_LASTING = re.compile(
    r"\b(\d+|mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|one|two|three|four|five|six|seven|eight|nine|ten)(/\d+)? "
    r"(working )?(gio|tieng|ngay|tuan|thang|nam|phut|hours?|days?|weeks?|months?|years?|minutes?)\b"
)
_ENDING = re.compile(
    r"\b(hieu luc|thay the|thay cho|bai bo|het giai doan|ket thuc giai doan|sua doi|in force|into force|replac\w+|repeal\w*|supersed\w+|"
    r"amend\w*|run (its|their) period|took effect)\b"
)


FEATURES = (
    "coverage", "context", "known", "pairs", "alignment", "weakest", "focus", "meaning", "rank", "wanted", "unmet", "named",
    "attributes", "figures", "year", "person", "note", "card", "length", "first",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Weighing:
    """Weights of a sentence's features, in the order of FEATURES; fitted by `evals.fit` on our development questions."""

    weights: tuple[float, ...] = (0.7, 0.3, 0.0, 0.0, 0.3, 0.0, 0.1, 0.5, 0.5, 0.25, 0.0, 0.25, 0.15, 0.0, 0.2, 0.1, -0.05, -0.2, 0.0, 0.0)

    def score(self, features: Sequence[float]) -> float:
        """Return the weighted sum of a sentence's features."""
        return sum(w * f for w, f in zip(self.weights, features, strict=True))


@dataclass(frozen=True, slots=True)
class Sentence:
    """A sentence of a provision: words, span in the provision's text, coverage, features, what it holds and its score."""

    text: str
    start: int
    end: int
    coverage: Coverage
    features: tuple[float, ...]
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
    score: float

    @property
    def key(self) -> tuple[str, str]:
        """The name that the document's text is held under (its number, but for a further text of one act) and the locator."""
        return self.found.passage.held_as, str(self.provision.locator)

    def best(self) -> Sentence:
        """Return the sentence with the highest score."""
        return max(self.sentences, key=lambda s: s.score)


def looked_at(candidates: Sequence[Candidate]) -> tuple[Evidence, ...]:
    """Return the provisions looked at, best first, as an answer tells of them."""
    return tuple(
        Evidence(
            c.document.number, str(c.provision.locator), c.found.passage.id, c.score, c.provision.heading.get(c.language), c.found.passage.held_as
        )
        for c in candidates
    )


def satisfied(
    want: Want, text: str, known: frozenset[str], named: Sequence[str], asked: frozenset[str] = frozenset(), units: Sequence[str] = ()
) -> bool:
    """Tell whether `text` holds the kind of thing wanted, beyond what the question itself says.

    `known` are the figures of the question, `named` the numbers of documents in it, `asked` its folded words, `units` the
    words of what is counted.
    """
    plain = fold(text)
    if want is Want.WHEN:
        return bool(dates(text) or re.search(r"\b(19|20)\d\d\b", text) or re.search(r"\b\d+ (ngay|days|thang|months)\b", plain))
    if want is Want.PERCENT:
        return bool(percentages(text))
    if want is Want.MONEY:
        return bool(_SUM.search(plain))
    if want is Want.FUNDS:
        return bool(_SUM.search(plain) or percentages(text))
    if want is Want.COUNT:
        bare = ACT_NUMBER.sub(" ", text)
        for day in re.findall(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{1,2} \w+ (?:19|20)\d\d|(?:19|20)\d\d", bare):
            bare = bare.replace(day, " ")
        if units:
            row = [stem(fold(t)) for t in tokens(bare)]
            places = [i for i, t in enumerate(row) if (t[0].isdigit() and t not in known) or t in _NUMERALS]
            return any(all(stem(unit) in row[i + 1 : i + 9] for unit in units) for i in places)
        return any(f.value not in known for f in figures(bare)) or bool(_COUNTED.search(fold(bare)))
    if want is Want.DOCUMENT:
        return any(not any(number in found or found in number for number in named) for found in ACT_NUMBER.findall(text))
    if want is Want.VALIDITY:
        return bool(_ENDING.search(plain))
    if want is Want.RANK:
        return bool(_RANK.search(plain))
    if want is Want.DURATION:
        return bool(_LASTING.search(plain))
    if want is Want.WHO:
        return any(
            not all(part in asked for part in tokens(fold(name))) for name in (*_NAME.findall(text), *(m.group() for m in _BODY.finditer(plain)))
        )
    if want is Want.WHERE:
        return bool(_PLACE.search(plain))
    return bool(re.search(r"\b(dieu|khoan|article|clause|chuong|chapter|muc|part) (\d|[ivx]+\b)", plain))


_NUMERALS = frozenset("mot hai ba bon nam sau bay tam chin muoi one two three four five six seven eight nine ten eleven twelve".split())
_COUNTED = re.compile(
    r"\b(mot|hai|ba|bon|nam|sau|bay|tam|chin|muoi|one|two|three|four|five|six|seven|eight|nine|ten) "
    r"(loai|nhom|quan diem|muc tieu|nhiem vu|giai phap|noi dung|tru cot|linh vuc|nguyen tac|dieu|chuong|nuoc|khuyen nghi|trong tam|cap|"
    r"hinh thuc|"
    r"types|groups|viewpoints|targets|tasks|solutions|pillars|areas|principles|articles|chapters|countries|recommendations|levels|forms|"
    r"parts|kinds)"
)


class Gatherer:
    """Makes candidates of what was retrieved."""

    def __init__(self, documents: Mapping[str, Document], encoder: Encoder, weighing: Weighing) -> None:
        self._documents = documents
        self._encoder = encoder
        self._vectors = PhraseVectors(encoder)
        self._alignment = Alignment(encoder)
        self._weighing = weighing

    def gather(self, understanding: Understanding, subject: Subject, found: Sequence[Retrieved]) -> list[Candidate]:
        """Return the candidates of the provisions found, best first by their best sentence."""
        rows = []
        for retrieved in found:
            document = self._documents[retrieved.passage.held_as]
            provision = document.find(retrieved.passage.locator)
            if provision is not None:
                rows.append((retrieved, document, provision, sentences(provision.text.only(retrieved.passage.language))))
        texts = [span.text for *_, spans in rows for span in spans]
        if not texts:
            return []
        cosines = iter(np.clip(self._vectors.of(texts) @ self._encoder.encode_query(understanding.text), 0.0, 1.0).tolist())
        aligned = iter(self._alignment.scores(understanding.text, texts, rows[0][0].passage.language, subject.rarity))
        candidates = []
        for retrieved, document, provision, spans in rows:
            near = [(next(cosines), next(aligned)) for _ in spans]
            candidate = self._candidate(understanding, subject, retrieved, document, provision, spans, near)
            if candidate:
                candidates.append(candidate)
        return sorted(candidates, key=lambda c: -c.score)

    def _candidate(
        self,
        understanding: Understanding,
        subject: Subject,
        retrieved: Retrieved,
        document: Document,
        provision: Provision,
        spans: Sequence[Span],
        near: Sequence[tuple[float, tuple[float, float]]],
    ) -> Candidate | None:
        """Return one provision as a candidate, None when it has no words."""
        language = retrieved.passage.language
        given = subject.cover(surroundings(document, provision, language)).covered
        known = frozenset(f.value for f in figures(understanding.text))
        asked = _folded(understanding.text)
        said = _stems(f"{provision.heading.get(language)} {provision.text.only(language)}") if understanding.form.units else frozenset()
        # a provision that names what is counted may give the figure in a sentence that does not name it again
        units = tuple(u for u in understanding.form.units if stem(u) not in said)
        scored = []
        for place, (span, (cosine, (aligned, weakest))) in enumerate(zip(spans, near, strict=True)):
            own = subject.cover(span.text)
            full = subject.cover(span.text, given=given)
            wants = understanding.form.wants
            holds = frozenset(w for w in wants if satisfied(w, span.text, known, understanding.documents, asked, units))
            have = {f.value for f in figures(span.text)} | {f.value for f in figures(document.number)}
            row = (
                own.share,
                full.share,
                subject.known_share(own),
                subject.pair_share(own),
                aligned,
                weakest,
                subject.focus_share(full),
                cosine,
                retrieved.score,
                len(holds) / len(wants) if wants else 0.0,
                float(bool(wants - holds)),
                float(document.number in understanding.documents or document.number in understanding.dated),
                float(understanding.form.about and document.number in understanding.documents and document.provisions[:1] == (provision,)),
                len(known & have) / len(known) if known else 0.0,
                _year(understanding.text, f"{span.text} {provision.locator}"),
                float(Want.WHO in wants and any(not set(tokens(fold(name))) <= asked for name in _PERSON.findall(span.text))),
                float(provision.role == "note"),
                float(document.text_kind == "card"),
                min(len(span.text), 400) / 400,
                float(place == 0),
            )
            scored.append(Sentence(span.text, span.start, span.end, full, row, holds, self._weighing.score(row)))
        if not scored:
            return None
        return Candidate(document, provision, language, retrieved, tuple(scored), max(s.score for s in scored))


@lru_cache(maxsize=64)
def _folded(text: str) -> frozenset[str]:
    """Return the words of a question without diacritics; the same for each of its candidates."""
    return frozenset(fold(t) for t in tokens(text))


def _stems(text: str) -> frozenset[str]:
    """Return the stems of a text's words, without diacritics."""
    return frozenset(stem(fold(t)) for t in tokens(text))


_YEAR = re.compile(r"(?<![\d/.])(?:19|20)\d\d(?![\d/])|(?<=/)(?:19|20)\d\d(?![\d/])")


def _year(question: str, said: str) -> float:
    """Return one when a year of the question stands in what is said, minus one when only other years do, else nought."""
    wanted = set(_YEAR.findall(question))
    have = set(_YEAR.findall(said))
    if not wanted or not have:
        return 0.0
    return 1.0 if wanted & have else -1.0


def surroundings(document: Document, provision: Provision, language: str) -> str:
    """Return the words around a provision that say what it is about: heading, locator, the document's number, title and names."""
    heading = f"{provision.heading.get(language)}; {provision.locator}; {document.number}"
    return f"{heading}\n{document.title.get(language)}; {'; '.join(document.aliases)}"
