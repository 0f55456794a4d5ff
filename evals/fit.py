"""Fit the weights of the extractive assistant on development questions: which sentence to choose, and when to abstain.

Two small linear models, both over features that the assistant computes anyway. The first ranks the sentences of the
candidates by a softmax (listwise cross-entropy, Cao et al. 2007) whose target is the sentence of a gold provision nearest
to the expected answer. The second is a logistic regression on the draft: answer or abstain; its negatives are unanswerable
questions, and answerable ones whose gold provisions were taken out of the candidates. Only files given on the command line
are read; nothing under a benchmark kept for measuring may be among them. The result is one file, `assistant/weights.json`.

    python -m evals.fit CASES.jsonl... [--out FILE]
"""

from __future__ import annotations

import argparse
import json
import logging
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from assistant.answer import Turn
from assistant.assistant import Assistant, Looked, Tuning
from assistant.compose import WEIGHTS, open_assistant
from assistant.decide import SIGNALS, SIGNS
from assistant.evidence import FEATURES, Candidate, Sentence
from assistant.settings import Settings
from corpus.figures import number_set
from corpus.normalise import fold, tokens
from evals.fitted import keep

__all__ = ["fit_decision", "fit_ranking", "main"]

Array = NDArray[np.float64]
_STEPS, _RATE, _DECAY = 1500, 0.03, 0.002
# A question nobody could answer from the library tells more than one whose provision was hidden for the fitting.
_REAL = 20.0
_ANSWERABLE = 0.7
_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Case:
    """A development question: its id, text, history, expected short answer and gold provisions."""

    id: str
    question: str
    history: tuple[Turn, ...]
    expected: str
    gold: frozenset[tuple[str, str]]
    every: bool


def read_cases(paths: Sequence[Path]) -> Iterator[Case]:
    """Yield the cases of files in the form of `evals/cases/*.jsonl`."""
    for path in paths:
        for line in path.read_text("utf-8").splitlines():
            row = json.loads(line)
            gold = frozenset((g["doc_number"], g["locator"].casefold()) for g in row["gold"])
            history = tuple(Turn(h) for h in row.get("history") or ())
            every = row["type"] in ("list", "comparison", "multi-hop")
            yield Case(row["id"], row["question"], history, row["answer_short"], gold, every)


def _is_gold(case: Case, candidate: Candidate) -> bool:
    """Tell whether a candidate is one of the case's gold provisions."""
    number, locator = candidate.key
    return (number, locator.casefold()) in case.gold


def _nearness(case: Case, sentence: Sentence) -> float:
    """Return how much of the expected answer a sentence says: its figures and its words, half and half."""
    figures, words = number_set(case.expected), {fold(t) for t in tokens(case.expected)}
    share = len(figures & number_set(sentence.text)) / len(figures) if figures else 1.0
    return 0.5 * share + 0.5 * len(words & {fold(t) for t in tokens(sentence.text)}) / (len(words) or 1)


def _ranking_rows(cases: Sequence[Case], assistant: Assistant) -> Iterator[tuple[Array, Array]]:
    """Yield for each case the features of all its sentences and the target distribution over them."""
    for case in cases:
        for look in assistant.look(case.question, case.history):
            sentences = [(c, s) for c in look.candidates for s in c.sentences]
            target = np.array([_nearness(case, s) if _is_gold(case, c) else 0.0 for c, s in sentences])
            if sentences and target.max(initial=0.0) > 0.2:
                target = np.where(target >= 0.9 * target.max(), target, 0.0)
                yield np.array([s.features for _, s in sentences]), target / target.sum()


def fit_ranking(rows: Sequence[tuple[Array, Array]], start: Sequence[float]) -> Array:
    """Return weights that make the softmax over sentences agree with the targets; pulled gently towards `start`."""
    origin = np.array(start) * 4.0
    weights, mean, spread = origin.copy(), np.zeros(len(start)), np.zeros(len(start))
    for step in range(1, _STEPS + 1):
        gradient = _DECAY * (weights - origin)
        for features, target in rows:
            scores = features @ weights
            chances = np.exp(scores - scores.max())
            gradient += features.T @ (chances / chances.sum() - target) / len(rows)
        mean, spread = 0.9 * mean + 0.1 * gradient, 0.999 * spread + 0.001 * gradient**2
        weights -= _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
    return np.asarray(weights)


def _decision_rows(cases: Sequence[Case], assistant: Assistant) -> Iterator[tuple[Sequence[float], float, float]]:
    """Yield the signals of a draft, whether it should be shown, and the weight of the example."""
    for case in cases:
        looks = assistant.look(case.question, case.history)
        for look in looks:
            if look.support is not None:
                weight = 1.0 if case.gold else _REAL
                cited = {(q.candidate.key[0], q.candidate.key[1].casefold()) for line in look.lines for q in line.quotes}
                yield look.support.signals, float(bool(cited & case.gold)), weight
        if case.gold and len(looks) == 1:
            without = assistant.look(case.question, case.history, leave_out=case.gold)[0]
            if without.support is not None:
                yield without.support.signals, 0.0, 1.0


def fit_decision(rows: Sequence[tuple[Sequence[float], float, float]], signs: Sequence[int], answerable: float = _ANSWERABLE) -> tuple[Array, float]:
    """Return the logistic weights of the signals and a bias, classes weighted to a share of `answerable` questions.

    `signs` holds one for a signal that can only speak for answering, minus one for one that can only speak against it, nought
    where either is possible: a few hundred questions must not teach that an unsaid word is a good omen.
    """
    x = np.array([[*signals, 1.0] for signals, _, _ in rows])
    y = np.array([label for _, label, _ in rows])
    weight = np.array([w for _, _, w in rows])
    balance = weight * np.where(y == 1, answerable / max(weight @ y, 1), (1 - answerable) / max(weight @ (1 - y), 1))
    low = np.array([0.0 if sign > 0 else -np.inf for sign in signs] + [-np.inf])
    high = np.array([0.0 if sign < 0 else np.inf for sign in signs] + [np.inf])
    weights, mean, spread = np.zeros(x.shape[1]), np.zeros(x.shape[1]), np.zeros(x.shape[1])
    for step in range(1, 2 * _STEPS + 1):
        chance = 1 / (1 + np.exp(-x @ weights))
        gradient = x.T @ (balance * (chance - y)) + np.append(_DECAY * weights[:-1], 0.0)
        mean, spread = 0.9 * mean + 0.1 * gradient, 0.999 * spread + 0.001 * gradient**2
        weights = weights - _RATE * (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.999**step)) + 1e-9)
        weights = np.clip(weights, low, high)
    return weights[:-1], float(weights[-1])


def _report(looks: Sequence[tuple[Case, Sequence[Looked]]]) -> str:
    """Return the share of answerable questions whose first sentence is from a gold provision."""
    hits = [any(line.quotes and _is_gold(case, line.quotes[0].candidate) for look in row for line in look.lines) for case, row in looks if case.gold]
    return f"{sum(hits)} of {len(hits)} answerable questions cite a gold provision"


def main(arguments: Sequence[str] | None = None) -> int:
    """Fit and write the weights; prints what they reach on the questions they were fitted on."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("cases", nargs="+", type=Path)
    parser.add_argument("--out", type=Path, default=Path(__file__).parent.parent / "assistant" / "weights.json")
    options = parser.parse_args(arguments)
    logging.basicConfig(level=logging.INFO, format="%(message)s")
    cases = list(read_cases(options.cases))
    settings = Settings.read()
    assistant = open_assistant(settings, tuning=Tuning(fusion=Tuning.read(WEIGHTS).fusion))
    ranking = fit_ranking(list(_ranking_rows([c for c in cases if c.gold], assistant)), assistant.tuning.weighing.weights)
    scaled = ranking / np.abs(ranking).sum() * 3.0
    fitted: dict[str, Any] = {"sentence": dict(zip(FEATURES, scaled.round(4).tolist(), strict=True))}
    assistant = open_assistant(settings, tuning=assistant.tuning.with_sentence(scaled.tolist()))
    weights, bias = fit_decision(list(_decision_rows(cases, assistant)), SIGNS)
    fitted["decision"] = dict(zip(SIGNALS, weights.round(4).tolist(), strict=True)) | {"bias": round(bias, 4)}
    fitted["fitted_on"] = [path.name for path in options.cases]
    keep(options.out, fitted)
    _LOG.info("%d cases; %s", len(cases), _report([(c, assistant.look(c.question, c.history)) for c in cases]))
    _LOG.info("%s", json.dumps(fitted, indent=1))
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
