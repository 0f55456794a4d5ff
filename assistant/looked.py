"""What a question led to before anything is written: part by part, and all together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Answer, Citation
from assistant.conflict import Conflict
from assistant.decide import Support
from assistant.draft import Draft, Line
from assistant.evidence import Candidate
from assistant.question import Want
from assistant.understand import Understanding
from corpus.document import Document
from index.retrieve import HybridRetriever

__all__ = ["Found", "Looked", "focus", "words_of"]


@dataclass(frozen=True, slots=True)
class Looked:
    """What one part of a question led to: its reading, the candidates, the lines composed and how well they answer.

    `aside` are documents that would have answered too, were they in force on the day.
    """

    part: Understanding
    candidates: tuple[Candidate, ...]
    lines: tuple[Line, ...]
    support: Support | None
    table: bool = False
    aside: tuple[Document, ...] = ()


@dataclass(frozen=True, slots=True)
class Found:
    """What all parts of a question led to: the lines to quote, the candidates, what failed, documents to be told of beside, disagreements."""

    draft: Draft
    candidates: tuple[Candidate, ...]
    failed: tuple[Support | None, ...]
    aside: tuple[Document, ...]
    conflicts: tuple[Conflict, ...] = ()

    def passages(self) -> tuple[Candidate, ...]:
        """Return the candidates for a chat model: those that the lines quote first, and no editor's notes that they do not quote.

        A note may hold the wrong figure that it warns of.
        """
        quoted = {q.candidate.key: q.candidate for line in self.draft.lines for q in line.quotes}
        return (*quoted.values(), *(c for c in self.candidates if c.key not in quoted and c.provision.role != "note"))

    def disputed(self, citations: Sequence[Citation]) -> bool:
        """Tell whether provisions that disagree are all cited, and so shown."""
        cited = {(c.text_name, c.provision_at, c.span) for c in citations}
        return any(not conflict.beside and all((*q.candidate.key, q.span) in cited for q in conflict.sides) for conflict in self.conflicts)


def words_of(line: Line) -> tuple[tuple[tuple[str, str], tuple[int, int], str], ...]:
    """Return what a line quotes, whatever part of the question it was scored for."""
    return tuple((q.candidate.key, q.span, q.shown) for q in line.quotes)


def focus(understanding: Understanding, answer: Answer, retriever: HybridRetriever) -> tuple[str, ...]:
    """Return the document that an earlier exchange was about: the one it asked for, else those named, else the one cited first.

    “Nghị định 224 hướng dẫn luật nào?” speaks of the decree: what a question opens with stays its subject.
    """
    if Want.DOCUMENT in understanding.form.wants and answer.citations and not _opens(understanding, retriever):
        named = [n for c in answer.citations for m in retriever.names.find(c.quote) if m.by == "number" for n in m.numbers]
        fresh = [n for n in named if n not in understanding.documents]
        if fresh:
            return (fresh[0],)
    if understanding.documents and len(understanding.named) == 1:
        return understanding.documents
    return (answer.citations[0].document,) if answer.citations else understanding.documents


def _opens(understanding: Understanding, retriever: HybridRetriever) -> bool:
    """Tell whether a question opens with the one document that it names."""
    return len(understanding.named) == 1 and retriever.names.find(understanding.text)[0].start == 0
