"""The way of one question, in eight steps one can read on a screen.

1 hand over   2 understand   3 retrieve   4 decide   5 compose   6 verify   7 annotate   8 give the answer back
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from difflib import get_close_matches

from assistant.annotate import notes_on_time, outcome_on_time
from assistant.answer import Answer, Evidence, Outcome, Turn
from assistant.decide import Support, Thresholds, support_of, unsupported_particulars
from assistant.draft import Draft
from assistant.evidence import Candidate, Weighing, gather
from assistant.extractive import compose
from assistant.phrases import phrase
from assistant.question import Shape
from assistant.relevance import Subject
from assistant.understand import LONGEST, Understander, Understanding
from assistant.writing import write
from corpus.document import Document, Provision
from corpus.errors import UnknownDocument, UnknownProvision
from corpus.normalise import clean, fold
from index.embedding import Encoder
from index.lexical import LexicalIndex
from index.retrieve import HybridRetriever, Query, Retrieved

__all__ = ["Assistant", "Tuning"]

_PIECE = 24


@dataclass(frozen=True, slots=True)
class Tuning:
    """Numbers fitted on development questions: sentence weights, thresholds, and how many provisions are looked at."""

    weighing: Weighing = Weighing()
    thresholds: Thresholds = Thresholds()
    provisions: int = 12


class Assistant:
    """Answers questions from one index, by quoting it."""

    generator = "extractive"

    def __init__(
        self, retriever: HybridRetriever, lexical: LexicalIndex, encoder: Encoder, understander: Understander,
        *, tuning: Tuning | None = None, left_out: Sequence[str] = (), examples: Mapping[str, Sequence[str]] | None = None,
    ) -> None:  # fmt: skip
        self._retriever = retriever
        self._lexical = lexical
        self._encoder = encoder
        self._understander = understander
        self._tuning = tuning or Tuning()
        self._documents = retriever.documents
        self._examples = examples or {}
        self.left_out = tuple(left_out)

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Answer one question; never raises for what a person typed."""
        started = time.perf_counter()
        day = as_of or date.today()
        understanding = self._understander.read(question, self._remembered(history), language)
        answer = self._by_form(understanding, day) or self._by_evidence(understanding, day)
        return replace(answer, seconds=time.perf_counter() - started)

    def stream(
        self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None
    ) -> Iterator[str | Answer]:
        """Yield the answer's text in pieces, then the whole answer: only verified words are ever shown."""
        answer = self.ask(question, history, as_of, language)
        words = answer.text.split(" ")
        for start in range(0, len(words), _PIECE):
            yield " ".join(words[start : start + _PIECE]) + (" " if start + _PIECE < len(words) else "")
        yield answer

    def search(self, query: str, k: int = 10) -> tuple[Retrieved, ...]:
        """Return the best `k` provisions for a query."""
        understanding = self._understander.read(query)
        return self._retrieve(understanding, k)

    def documents(self) -> tuple[Document, ...]:
        """Return all documents in library order."""
        return tuple(self._documents.values())

    def document(self, number: str) -> Document:
        """Return the document of a number or name; raises UnknownDocument with the nearest ones."""
        exact = self._documents.get(number)
        if exact:
            return exact
        mentions = self._retriever.names.find(clean(number))
        if mentions:
            return self._documents[mentions[0].numbers[0]]
        folded = {fold(n): n for n in self._documents}
        raise UnknownDocument(number, tuple(folded[n] for n in get_close_matches(fold(number), folded, 2, 0.6)))

    def provision(self, number: str, locator: str) -> Provision:
        """Return one provision; raises UnknownDocument or UnknownProvision with the nearest ones."""
        document = self.document(number)
        found = document.find(locator)
        if found:
            return found
        names = [str(p.locator) for p in document.provisions]
        raise UnknownProvision(document.number, locator, tuple(get_close_matches(locator, names, 3, 0.3)))

    def examples(self, language: str) -> tuple[str, ...]:
        """Return example questions that the library answers."""
        return tuple(self._examples.get(language, ()))

    def _remembered(self, history: Sequence[Turn]) -> tuple[Turn, ...]:
        """Return the last turn with the documents it was about, found by answering it again when they are not known."""
        if not history:
            return ()
        last = history[-1]
        if last.documents:
            return (last,)
        understanding = self._understander.read(last.question)
        answer = self._by_form(understanding, date.today()) or self._by_evidence(understanding, date.today())
        return (replace(last, documents=_focus(understanding, answer, self._retriever)),)

    def _by_form(self, understanding: Understanding, day: date) -> Answer | None:
        """Return the answer to what needs no document: greetings, secrets, opinions, nothing, too much; else None."""
        verdict = understanding.verdict
        if verdict is None:
            return None
        if verdict is Outcome.UNCLEAR:
            name = "too_long" if len(understanding.question) > LONGEST else "empty"
        elif verdict is Outcome.OUT_OF_SCOPE:
            name = "greeting" if len(understanding.subject) <= 3 and not understanding.form.wants else "out_of_scope"
        else:
            name = "refused"
        return Answer(understanding.question[:LONGEST], understanding.language, day, verdict, phrase(name, understanding.language))

    def _retrieve(self, understanding: Understanding, k: int) -> tuple[Retrieved, ...]:
        """Step 3: search by words, meaning and address."""
        documents = tuple(dict.fromkeys((*understanding.documents, *understanding.dated)))
        return self._retriever.retrieve(
            Query(understanding.text, understanding.language, documents, understanding.address, understanding.also, k=k)
        )

    def _by_evidence(self, understanding: Understanding, day: date) -> Answer:
        """Steps 3 to 7."""
        found = self._retrieve(understanding, self._tuning.provisions)
        subject = Subject(understanding, self._lexical.frequency, self._lexical.size())
        candidates = gather(understanding, subject, found, self._documents, self._encoder, self._tuning.weighing)
        if not candidates:
            return self._abstain(understanding, day, (), None)
        draft = compose(understanding, subject, candidates)
        support = support_of(understanding, subject, draft)
        if not support.enough(understanding, self._tuning.thresholds):
            return self._abstain(understanding, day, candidates, support)
        return self._answer(understanding, draft, candidates, day)

    def _answer(self, understanding: Understanding, draft: Draft, candidates: Sequence[Candidate], day: date) -> Answer:
        """Steps 5 to 7: write, verify, annotate."""
        language = understanding.language
        lead = phrase("check", language) if understanding.form.shape is Shape.CLAIM else ""
        written = write(replace(draft, lead=lead), self._documents, day, language)
        if not written.citations:
            return self._abstain(understanding, day, candidates, None)
        notes = list(notes_on_time(written.citations, self._documents, day, language))
        strange = unsupported_particulars(understanding, " ".join((written.text, *(c.title for c in written.citations))))
        if strange:
            notes.insert(0, phrase("unseen", language, words=", ".join(f"“{s}”" for s in strange)))
        if understanding.order:
            notes.insert(0, phrase("ordered", language))
        if understanding.asked_in == "fr":
            notes.append(phrase("french", language))
        if written.dropped:
            notes.append(phrase("failed", language))
        outcome = outcome_on_time(written.citations)
        return Answer(
            understanding.question, language, day, outcome, written.text, written.citations, _evidence(candidates), tuple(notes), self.generator
        )

    def _abstain(self, understanding: Understanding, day: date, candidates: Sequence[Candidate], support: Support | None) -> Answer:
        """Say that the documents do not answer, what is missing, and what is nearest."""
        language = understanding.language
        sentences = [phrase("not_found", language)]
        if support and support.missing:
            sentences.append(phrase("missing", language, words=", ".join(f"“{w}”" for w in support.missing[:5])))
        if candidates:
            places = "; ".join(f"{c.document.number}, {c.provision.locator}" for c in candidates[:3])
            sentences.append(phrase("nearest", language, places=places))
        return Answer(
            understanding.question, language, day, Outcome.NOT_IN_CORPUS, " ".join(sentences), (), _evidence(candidates), (), self.generator
        )


def _evidence(candidates: Sequence[Candidate]) -> tuple[Evidence, ...]:
    """Return the provisions looked at, best first."""
    return tuple(
        Evidence(c.document.number, str(c.provision.locator), c.found.passage.id, c.score, c.provision.heading.get(c.language))
        for c in candidates
    )


def _focus(understanding: Understanding, answer: Answer, retriever: HybridRetriever) -> tuple[str, ...]:
    """Return the document that an earlier exchange was about: the one it asked for, else those named, else the one cited first."""
    asked_for = "document" in {str(w) for w in understanding.form.wants}
    if asked_for and answer.citations:
        named = [n for m in retriever.names.find(answer.citations[0].quote) if m.by == "number" for n in m.numbers]
        fresh = [n for n in named if n not in understanding.documents]
        if fresh:
            return (fresh[0],)
    if understanding.documents and len(understanding.named) == 1:
        return understanding.documents
    return (answer.citations[0].document,) if answer.citations else understanding.documents
