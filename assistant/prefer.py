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
_AS_WELL, _NEARLY, _SAME_PLACE = 0.9, 0.8, 0.6
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
    """Leave out sentences of digests where the official words of the same act answer as well; these stand in their place.

    Of the same provision less likeness is asked for: a digest names the act and its subject again where the act says “this Law”.
    """
    words: dict[tuple[str, str], list[tuple[Candidate, Sentence]]] = {}
    for candidate in candidates:
        if candidate.document.text_kind == "official":
            act = norm_of(candidate.document.number), candidate.language
            words.setdefault(act, []).extend((candidate, sentence) for sentence in candidate.sentences)
    if not words:
        return list(candidates)
    raised: dict[tuple[str, str, int], float] = {}
    kept = []
    for candidate in candidates:
        official = words.get((norm_of(candidate.document.number), candidate.language), [])
        if candidate.document.text_kind == "official" or not official:
            kept.append(candidate)
            continue
        left = []
        for sentence in candidate.sentences:
            found = max(_instead_of(candidate, sentence, official), key=lambda pair: pair[1].score, default=None)
            if found is None:
                left.append(sentence)
            else:
                place = (*found[0].key, found[1].start)
                raised[place] = max(sentence.score, found[1].score, raised.get(place, 0.0))
        if left:
            kept.append(_with(candidate, left))
    lifted = [_with(c, [replace(s, score=raised.get((*c.key, s.start), s.score)) for s in c.sentences]) for c in kept]
    return sorted(lifted, key=lambda c: -c.score)


def _with(candidate: Candidate, sentences: Sequence[Sentence]) -> Candidate:
    """Return a candidate with other sentences."""
    return replace(candidate, sentences=tuple(sentences), score=max(s.score for s in sentences))


def _instead_of(candidate: Candidate, sentence: Sentence, official: Sequence[tuple[Candidate, Sentence]]) -> list[tuple[Candidate, Sentence]]:
    """Return the official sentences that answer as well as one of a digest: those of the same provision, else any."""
    at = candidate.provision.locator
    same = [(c, s) for c, s in official if at.contains(c.provision.locator) and _answers(s, sentence, _SAME_PLACE)]
    return same or [(c, s) for c, s in official if _answers(s, sentence, _AS_WELL)]


def _answers(one: Sentence, other: Sentence, share: float) -> bool:
    """Tell whether a sentence answers about as well as another: its score, what it says of the subject, and what it holds."""
    return one.score >= share * other.score and one.coverage.share >= share * other.coverage.share and one.holds >= other.holds
