"""The values of an answer: what is shown, what it rests on, and how it came to be.

One `Answer` is what the page, the command line, the batch output and the benchmarks use; `to_json` is the contract of
`attache ask --json`.
"""

from __future__ import annotations

import enum
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

__all__ = ["EXTRACTIVE", "Answer", "Citation", "Evidence", "Judged", "ModelReply", "Outcome", "Turn"]

EXTRACTIVE = "extractive"
"""The generator that quotes and needs no model."""


class Outcome(enum.StrEnum):
    """How a question ended."""

    ANSWERED = "answered"
    PARTIAL = "partial"
    NOT_IN_CORPUS = "not_in_corpus"
    SUPERSEDED_ONLY = "superseded_only"
    CONFLICT = "conflict"
    UNCLEAR = "unclear"
    OUT_OF_SCOPE = "out_of_scope"
    REFUSED = "refused"

    @property
    def says_something(self) -> bool:
        """Tell whether the text of the answer rests on citations."""
        return self in (Outcome.ANSWERED, Outcome.PARTIAL, Outcome.SUPERSEDED_ONLY, Outcome.CONFLICT)


@dataclass(frozen=True, slots=True)
class Turn:
    """An earlier question of the conversation, with the numbers of the documents that its answer cited and its text, when known."""

    question: str
    documents: tuple[str, ...] = ()
    answer: str = ""


@dataclass(frozen=True, slots=True)
class Citation:
    """Where a sentence's words stand.

    `span` places `quote` inside the provision's text in `language`: `text[span[0]:span[1]] == quote`, checked before the
    answer leaves the assistant; `verified` tells the result. `locator` is the finest address of the quote; `place` that of the
    provision whose text it stands in, empty when it is the same.
    """

    mark: int
    document: str
    title: str
    locator: str
    quote: str
    text_kind: str
    status: str
    url: str
    passage_id: str
    verified: bool
    span: tuple[int, int]
    language: str
    role: str
    held_as: str = ""
    place: str = ""

    @property
    def text_name(self) -> str:
        """The name under which the text that is quoted is held: the document's number, but for a further text of one act."""
        return self.held_as or self.document

    @property
    def provision_at(self) -> str:
        """The address of the provision whose text the quote stands in."""
        return self.place or self.locator

    @property
    def stands_in(self) -> tuple[str, str, str]:
        """What tells the words that the quote stands in from all others: text, address of the provision, language."""
        return self.text_name, self.provision_at, self.language


@dataclass(frozen=True, slots=True)
class Evidence:
    """A provision that was looked at for the answer."""

    document: str
    locator: str
    passage_id: str
    score: float
    heading: str = ""
    held_as: str = ""

    @property
    def text_name(self) -> str:
        """The name under which the text is held: the document's number, but for a further text of one act."""
        return self.held_as or self.document


@dataclass(frozen=True, slots=True)
class Judged:
    """A sentence of a chat model, whether it stood on its passages, and why not."""

    text: str
    verified: bool
    reasons: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class ModelReply:
    """What a chat model was given and said, and what was made of it: the prompt, the passages by number, the reply as it came.

    `boundary` is the code that parted the prompt's data from its instructions.
    """

    model: str
    system: str
    user: str
    passages: tuple[Evidence, ...]
    text: str
    judged: tuple[Judged, ...]
    boundary: str = ""

    @property
    def failed(self) -> int:
        """How many sentences did not stand."""
        return sum(not sentence.verified for sentence in self.judged)


@dataclass(frozen=True, slots=True)
class Answer:
    """The answer to one question. `text` carries marks such as [1] that name citations; notes carry none.

    `reply` is what a chat model said when one was asked, whether its words are shown or not.
    """

    question: str
    language: str
    as_of: date
    outcome: Outcome
    text: str
    citations: tuple[Citation, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    notes: tuple[str, ...] = ()
    generator: str = EXTRACTIVE
    seconds: float = 0.0
    reply: ModelReply | None = None

    def to_json(self, case: object = None) -> dict[str, Any]:
        """Return the answer as the command line prints it; `case` is the id of a batch question, given back as it came."""
        keep = ("mark", "document", "title", "locator", "quote", "text_kind", "status", "url", "passage_id", "verified")
        citations = [{name: value for name, value in asdict(c).items() if name in keep} for c in self.citations]
        evidence = [{"document": e.document, "locator": e.locator, "passage_id": e.passage_id, "score": round(e.score, 4)} for e in self.evidence]
        data: dict[str, Any] = {} if case is None else {"id": case}
        return data | {
            "question": self.question, "language": self.language, "as_of": self.as_of.isoformat(), "outcome": str(self.outcome),
            "text": self.text, "citations": citations, "evidence": evidence, "notes": list(self.notes),
            "generator": self.generator, "seconds": round(self.seconds, 4),
        }  # fmt: skip
