"""One case asked, judged and measured: the step that a run repeats. What fails becomes a row, never the end of a run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from assistant.answer import Answer, Citation, Outcome, Turn
from assistant.assistant import Looked
from assistant.decide import Decision
from assistant.verification.values import Source, Verdict
from assistant.verify import quote_stands
from corpus.document import Document
from corpus.errors import AttacheError
from corpus.tokens import TokenCounter
from evals.case import EvalCase
from evals.citing import Supports, judge_statements, recall_and_precision
from evals.measures import PARTS, measure_answer
from evals.row import Row

__all__ = ["Asked", "AsksQuestions", "Looks", "ask_case"]


class AsksQuestions(Protocol):
    """Answers questions: the assistant, or another one under test."""

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        """Answer one question."""
        ...


class Looks(Protocol):
    """Tells what a question leads to before it is decided on."""

    def look(self, question: str, history: Sequence[Turn] = (), leave_out: frozenset[tuple[str, str]] = frozenset()) -> tuple[Looked, ...]:
        """Return what each part of a question leads to."""
        ...


class JudgesSentences(Protocol):
    """Tells whether a sentence stands on the words that it cites: the assistant's verifier."""

    def check(self, sentence: str, cited: Sequence[Source], *, language: str) -> Verdict:
        """Judge one sentence."""
        ...


@dataclass(frozen=True, slots=True)
class Asked:
    """Who is asked, and what is needed to judge.

    `documents` hold the texts that quotes are checked against, `verifier` judges sentences, `tokens` counts what a chat model was
    given and said. `looks` and `decision` tell the chance of a draft and treat
    provisions as absent; `bold` is the same assistant made to answer always. Without `curve` chances are not asked for.
    """

    assistant: AsksQuestions
    documents: Mapping[str, Document]
    verifier: JudgesSentences
    day: date
    tokens: TokenCounter | None = None
    looks: Looks | None = None
    decision: Decision | None = None
    bold: AsksQuestions | None = None
    curve: bool = True


def ask_case(case: EvalCase, asked: Asked) -> Row:
    """Ask one case and measure the answer; an error of any kind becomes a row that counts nought."""
    try:
        return _row(case, asked)
    except AttacheError as error:
        return _failed(case, str(error))
    except Exception as error:  # whatever breaks under one question, the other questions are still worth asking
        return _failed(case, f"{type(error).__name__}: {error}")


def _row(case: EvalCase, asked: Asked) -> Row:
    """Ask one case and measure the answer."""
    history, day = tuple(Turn(question) for question in case.history), case.as_of or asked.day
    answer = _without(case, history, asked, day) if case.without else asked.assistant.ask(case.question, history, day)
    said = answer.to_json()
    judged = judge_statements(answer.text, _judge(answer, asked)) if answer.outcome.says_something and not case.without else ()
    measures = measure_answer(case, said) | recall_and_precision(judged)
    chance = _chance(case, history, asked)
    bold = None
    if chance is not None and not answer.outcome.says_something and asked.bold is not None and not case.without:
        bold = measure_answer(case, asked.bold.ask(case.question, history, day).to_json())["right"] == 1.0
    spent = (
        (asked.tokens.count(f"{reply.system}\n{reply.user}"), asked.tokens.count(reply.text)) if (reply := answer.reply) and asked.tokens else (0, 0)
    )
    return Row(case, said, measures, judged, answer.seconds, *spent, chance, bold)


def _failed(case: EvalCase, reason: str) -> Row:
    """Return the row of a case that could not be asked."""
    return Row(case, measures=dict.fromkeys(("right", *PARTS), 0.0), error=reason)


def _judge(answer: Answer, asked: Asked) -> Supports:
    """Return the product's verifier as a judge of this answer's statements; a quote that does not stand supports nothing."""
    by_mark: dict[int, Citation] = {citation.mark: citation for citation in answer.citations}

    def supports(sentence: str, marks: frozenset[int]) -> tuple[bool, tuple[str, ...]]:
        missing = tuple(f"[{mark}] names no citation" for mark in sorted(marks - by_mark.keys()))
        cited = [by_mark[mark] for mark in sorted(marks & by_mark.keys())]
        invented = tuple(f"the quote of [{c.mark}] is not in {c.document}, {c.locator}" for c in cited if not quote_stands(c, asked.documents))
        if missing or invented:
            return False, missing + invented
        sources = [Source.of(asked.documents[c.text_name], c.provision_at, c.language, c.quote) for c in cited]
        verdict = asked.verifier.check(sentence, sources, language=answer.language)
        return verdict.verified, tuple(map(str, verdict.reasons))

    return supports


def _chance(case: EvalCase, history: Sequence[Turn], asked: Asked) -> float | None:
    """Return the best chance among the parts of a question that its draft answers, nought where nothing was drafted."""
    if asked.looks is None or asked.decision is None or case.without or not asked.curve:
        return None
    chances = [
        0.0 if look.support.impossible and not look.support.certain else asked.decision.chance(look.support.signals)
        for look in asked.looks.look(case.question, history)
        if look.support is not None
    ]
    return max(chances, default=0.0)


def _without(case: EvalCase, history: Sequence[Turn], asked: Asked, day: date) -> Answer:
    """Return whether a case would be answered if some provisions did not exist; its text is not composed."""
    if asked.looks is None or asked.decision is None:
        raise AttacheError("This assistant cannot treat provisions as absent.", advice="Leave cases with `without` out.")
    decision = asked.decision
    looks = asked.looks.look(case.question, history, frozenset(gold.key for gold in case.without))
    drafted = any(look.support is not None and look.support.enough(decision) for look in looks)
    outcome = Outcome.ANSWERED if drafted else Outcome.NOT_IN_CORPUS
    return Answer(case.question, "en" if case.language == "fr" else case.language, day, outcome, "")
