"""Which text answers when several do: the act in force on the day, and official words before a digest of the same act.

Nothing is set aside for its kind or its status alone, only where the better text answers about as well: a digest often says
what the official text does not, in another language above all, and an act that has ended may be the only one to answer.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace
from datetime import date

from assistant.draft import Line
from assistant.evidence import Candidate, Sentence
from assistant.question import Shape, Want
from assistant.understand import Understanding
from corpus.document import Document
from index.relations import norm_of

__all__ = ["in_force_instead", "official_words", "out_of_force", "without"]

_IN_FORCE = ("in_force", "amended")
_NOT_IN_FORCE = ("replaced", "expired", "not_yet_in_force")
_CHAIN = ("replaced_by", "replaces", "repealed_by", "repeals")
_AS_WELL, _NEARLY = 0.9, 0.8
_FURTHEST = 20


def out_of_force(understanding: Understanding, lines: Sequence[Line], day: date) -> tuple[Document, ...]:
    """Return the documents quoted that are not in force on a day and that the question does not name.

    A question that compares, or asks what has changed, wants them too: then there are none.
    """
    if understanding.form.shape is Shape.COMPARISON or Want.VALIDITY in understanding.form.wants:
        return ()
    named = {*understanding.documents, *understanding.dated}
    quoted = {q.candidate.document.number: q.candidate.document for line in lines for q in line.quotes}
    return tuple(d for number, d in quoted.items() if number not in named and d.status_on(day) in _NOT_IN_FORCE)


def in_force_instead(out: Sequence[Document], documents: Mapping[str, Document], day: date) -> tuple[str, ...]:
    """Return the acts in force on a day in the place of documents that are not."""
    return tuple(dict.fromkeys(number for document in out for number in _instead(document, documents, day)))


def without(candidates: Sequence[Candidate], out: Sequence[Document], instead: Collection[str]) -> list[Candidate]:
    """Leave out documents where one of those that are `instead` in force answers nearly as well, in the same language."""
    left = []
    for candidate in candidates:
        if any(candidate.document.number == document.number for document in out):
            mine = [c for c in candidates if c.document.number == candidate.document.number and c.language == candidate.language]
            best = max((c.best() for c in mine), key=lambda s: s.score)
            others = (c for c in candidates if c.document.number in instead and c.language == candidate.language)
            if any(_answers(s, best, _NEARLY) for c in others for s in c.sentences):
                continue
        left.append(candidate)
    return left


def _instead(document: Document, documents: Mapping[str, Document], day: date) -> list[str]:
    """Return the acts in force on a day that replaced a document, or that it will replace, over as many steps as it takes."""
    seen, found = {document.number: document}, []
    waiting = [document]
    while waiting and len(seen) < _FURTHEST:
        for relation in waiting.pop(0).related(*_CHAIN):
            other = documents.get(relation.target)
            if other is None or other.number in seen:
                continue
            seen[other.number] = other
            waiting.append(other)
            if other.status_on(day) in _IN_FORCE:
                found.append(other.number)
    return found


def official_words(candidates: Sequence[Candidate]) -> list[Candidate]:
    """Leave out sentences of digests where the official words of the same act answer as well."""
    words: dict[tuple[str, str], list[Sentence]] = {}
    for candidate in candidates:
        if candidate.document.text_kind == "official":
            words.setdefault((norm_of(candidate.document.number), candidate.language), []).extend(candidate.sentences)
    if not words:
        return list(candidates)
    kept = []
    for candidate in candidates:
        official = words.get((norm_of(candidate.document.number), candidate.language), [])
        if candidate.document.text_kind == "official" or not official:
            kept.append(candidate)
            continue
        left = tuple(s for s in candidate.sentences if not any(_answers(o, s, _AS_WELL) for o in official))
        if left:
            kept.append(replace(candidate, sentences=left, score=max(s.score for s in left)))
    return sorted(kept, key=lambda c: -c.score)


def _answers(one: Sentence, other: Sentence, share: float) -> bool:
    """Tell whether a sentence answers about as well as another: its score, what it says of the subject, and what it holds."""
    return one.score >= share * other.score and one.coverage.share >= share * other.coverage.share and one.holds >= other.holds
