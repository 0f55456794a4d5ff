"""The product opened for measuring: what a worker process needs to ask cases, from values that travel between processes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from assistant.answer import EXTRACTIVE, Answer, Turn
from assistant.assistant import Assistant, Tuning
from assistant.compose import WEIGHTS, glossary_of, open_assistant, open_corpus, open_verifier
from assistant.settings import Settings
from corpus.bundle import LIBRARY
from corpus.document import Document
from corpus.errors import UnknownDocument
from corpus.tokens import open_counter
from evals.asking import Asked
from evals.case import Stands
from evals.progress import Progress
from index.embedding import open_encoder

__all__ = ["Held", "Plan", "open_asked", "stands_in"]


@dataclass(frozen=True, slots=True)
class Plan:
    """What is opened: the settings, a corpus of its own or None for the index, the day of asking, and what is varied.

    `provisions` is how many provisions an answer looks at (None: as shipped). With `curve` the chance of every draft is
    asked for too, which about doubles the time.
    """

    settings: Settings
    day: date
    corpus: Path | None = None
    provisions: int | None = None
    curve: bool = True

    def open(self, progress: Progress | None = None, *, bar: float | None = None) -> Assistant:
        """Open the assistant, its index being built when there is none; `bar` replaces the chance below which it abstains."""
        tuning = Tuning.read(WEIGHTS)
        if self.provisions is not None:
            tuning = replace(tuning, provisions=self.provisions)
        if bar is not None:
            tuning = replace(tuning, decision=replace(tuning.decision, bar=bar))
        if self.corpus is not None:
            return open_corpus(self.settings, self.corpus, progress, tuning)
        return open_assistant(self.settings, progress, tuning)


class Held(Mapping[str, Document]):
    """The documents of an assistant by the names under which their texts are held."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def __getitem__(self, name: str) -> Document:
        try:
            return self._assistant.document(name)
        except UnknownDocument:
            raise KeyError(name) from None

    def __iter__(self) -> Iterator[str]:
        return (document.number for document in self._assistant.each_document())

    def __len__(self) -> int:
        return sum(1 for _ in self)


class _Bold:
    """The assistant that never abstains for want of certainty, opened at the first question: most runs need it for few."""

    def __init__(self, open_it: Callable[[], Assistant]) -> None:
        self._open = open_it
        self._assistant: Assistant | None = None

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Answer one question."""
        if self._assistant is None:
            self._assistant = self._open()
        return self._assistant.ask(question, history, as_of, language)


def open_asked(plan: Plan, assistant: Assistant | None = None) -> Asked:
    """Return who is asked under a plan; raises AttacheError when it cannot be opened."""
    product = assistant or plan.open()
    # the encoder that the product came with, also where another one searches: a run must be judged as its baseline was
    verifier = open_verifier(open_encoder(), glossary_of(plan.settings.library or LIBRARY))
    tokens = open_counter() if plan.settings.model != EXTRACTIVE else None
    bold = _Bold(lambda: plan.open(bar=0.0)) if plan.curve else None
    return Asked(product, Held(product), verifier, plan.day, tokens, product, product.tuning.decision, bold, plan.curve)


def stands_in(assistant: Assistant) -> Stands:
    """Return what tells whether a place exists in the documents of an assistant."""

    def stands(number: str, locator: str) -> bool:
        try:
            # another spelling of the number finds the document too, but answers are compared by the number itself
            texts = [text for text in assistant.texts(number) if text.number == number]
            return bool(texts) and (not locator or any(text.find(locator) for text in texts))
        except UnknownDocument:
            return False

    return stands
