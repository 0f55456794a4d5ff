"""A service whose answers are counted and told in the log, whoever asks: the page, the API or another program."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from datetime import date
from typing import Any

from assistant.answer import Answer, Turn
from assistant.bounds import Bounds
from ui.metrics import Metrics
from ui.observing import Lines

__all__ = ["Told"]


class Told:
    """Does all that the service does; what it answers is told."""

    def __init__(self, service: Any, metrics: Metrics | None = None, lines: Lines | None = None) -> None:
        self._service, self._metrics, self._lines = service, metrics, lines

    def __getattr__(self, name: str) -> Any:
        return getattr(self._service, name)

    def within(self, limits: Bounds) -> Told:
        """Return what answers within limits."""
        return Told(self._service.within(limits), self._metrics, self._lines)

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Return the whole answer."""
        answer: Answer = self._service.ask(question, history, as_of, language)
        self._tell(answer)
        return answer

    def stream(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Iterator[str | Answer]:
        """Yield pieces and the whole answer last."""
        pieces = self._service.stream(question, history, as_of, language)
        try:
            for piece in pieces:
                if isinstance(piece, Answer):
                    self._tell(piece)
                yield piece
        finally:
            close: Callable[[], None] | None = getattr(pieces, "close", None)
            if close:
                close()

    def _tell(self, answer: Answer) -> None:
        """Count an answer and write its line."""
        if self._metrics:
            self._metrics.answered(str(answer.outcome), answer.seconds)
        if self._lines:
            words = {"question": answer.question} if self._lines.words else {}
            counts = {"outcome": str(answer.outcome), "citations": len(answer.citations), "language": answer.language, "generator": answer.generator}
            self._lines.tell("answer", **counts, ms=round(answer.seconds * 1000, 1), **words)
