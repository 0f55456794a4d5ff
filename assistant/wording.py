"""The last word on an answer that a chat model worded: it is shown when it stands and says as much as the quoted one does.

The quoted answer is made first and costs nothing; it takes over, with a note that says why, when the model fails, when nothing
that it wrote stands, and when what stands leaves out the kind of thing that was asked for and that the quotes hold.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from assistant.answer import Answer, Outcome, Turn
from assistant.errors import GenerationFailed
from assistant.evidence import Candidate, satisfied
from assistant.modelled import Composed, ModelComposer
from assistant.phrases import phrase
from assistant.understand import Understanding
from assistant.writing import Written
from corpus.figures import figures
from corpus.normalise import fold, tokens

__all__ = ["Quoted", "worded"]

_MARK = re.compile(r"\s*\[\d+\]")


@dataclass(frozen=True, slots=True)
class Quoted:
    """The quoted answer, the provisions that it quotes, best first, and the others that were looked at."""

    answer: Answer
    candidates: Sequence[Candidate]


def worded(
    composer: ModelComposer, understanding: Understanding, quoted: Quoted, day: date, history: Sequence[Turn], annotate: Callable[[Written], Answer]
) -> Iterator[str | Answer]:
    """Yield the model's text as its sentences stand, then the whole answer: the model's with notes and outcome, or the quoted one."""
    language, model = understanding.language, composer.name
    composed: Composed | None = None
    try:
        for piece in composer.write(understanding.text, language, quoted.candidates, day, history):
            if isinstance(piece, Composed):
                composed = piece
            else:
                yield piece
    except GenerationFailed as failure:
        yield _noted(quoted.answer, phrase("model_failed", language, model=model, reason=failure))
        return
    if composed is None:
        return
    reply = composed.reply
    if composed.declined:
        answer = _noted(replace(quoted.answer, outcome=Outcome.PARTIAL), phrase("model_declined", language, model=model))
    elif not composed.citations:
        answer = _noted(quoted.answer, phrase("model_unsupported", language, model=model))
    elif _says_less(understanding, composed.text, quoted.answer.text):
        answer = _noted(quoted.answer, phrase("model_short", language, model=model))
    else:
        answer = replace(annotate(Written(composed.text, composed.citations, 0)), generator=model)
        if reply.failed:
            told = "model_shown" if composed.shows_failed else "model_dropped"
            answer = _noted(answer, phrase(told, language, count=reply.failed, model=model))
    yield replace(answer, reply=reply)


def _noted(answer: Answer, note: str) -> Answer:
    """Return an answer with one more note, before the others."""
    return replace(answer, notes=(note, *answer.notes))


def _says_less(understanding: Understanding, text: str, other: str) -> bool:
    """Tell whether `text` lacks a kind of thing that was asked for (a date, a figure, a name …) and that `other` holds."""
    known = frozenset(figure.value for figure in figures(understanding.text))
    asked = frozenset(fold(token) for token in tokens(understanding.text))
    mine, others = _MARK.sub("", text), _MARK.sub("", other)
    return any(
        satisfied(want, others, known, understanding.documents, asked) and not satisfied(want, mine, known, understanding.documents, asked)
        for want in understanding.form.wants
    )
