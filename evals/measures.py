"""What one answer is worth: every measure of a case as a number from nought to one, or absent where it means nothing.

`right` and its parts (outcome, figures, says, cited, brief, language) are the definitions of the outside scorer, so that
the same answers get the same scores. An answer is the object that `attache ask --json` prints. `outcome`: something is
said where the documents answer, the assistant abstains where they do not. `figures`: every figure of the expected answer
stands in the text. `says`: so does half of its words. `cited`: a citation has document and locator of a gold provision,
with every gold document among the citations for lists, comparisons and chains. Ranking measures are taken over the
provisions that the answer looked at, in their order.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any

from evals.case import EVERY, EvalCase, Gold
from evals.metrics import judge
from evals.wording import bare, contains, exact, figures_of, says_half, token_f1

__all__ = ["ABSTAINED", "PARTS", "SAID", "measure_answer", "unsupported_figures"]

ABSTAINED = ("not_in_corpus", "unclear", "out_of_scope", "refused")
SAID = ("answered", "partial", "conflict", "superseded_only")
PARTS = ("outcome", "figures", "says", "cited", "brief", "language")
"""The parts of `right`."""
_SHORT = ("factoid", "no_diacritics", "temporal", "adversarial")
_SENTENCE = re.compile(r"(?<=[.!?;])\s+|\n")
_RANKED = ("recall@1", "recall@5", "recall@10", "mrr@10", "ndcg@10")
Answer = Mapping[str, Any]


def measure_answer(case: EvalCase, answer: Answer) -> dict[str, float]:
    """Return every measure that means something for this case."""
    figures = _right(case, answer)
    figures["right"] = float(all(figures[name] for name in PARTS))
    figures |= _words(case, answer) | _places(case, answer) | _ranking(case, answer)
    said = answer["outcome"] in SAID
    if said:
        figures["figures_supported"] = float(unsupported_figures(answer) == 0)
        figures["quoted"] = float(all((c.get("quote") or "").strip() for c in answer["citations"]))
    # abstention as retrieval of the unanswerable: precision over the abstentions, recall over the unanswerable
    if not said:
        figures["abstention_precision"] = float(not case.answerable)
    if not case.answerable:
        figures["abstention_recall"] = float(not said)
    if case.as_of is not None:
        figures["as_of"] = float(answer["as_of"] == case.as_of.isoformat() and bool(figures["right"]))
    return figures


def _right(case: EvalCase, answer: Answer) -> dict[str, float]:
    """Return the parts of `right`."""
    text, cited = bare(answer["text"]), answer["citations"]
    open_ended = not case.answerable
    documents = {gold.document for gold in case.gold}
    found = {c["document"] for c in cited}
    hit = documents <= found if case.type in EVERY else bool(documents & found)
    spots = {Gold(c["document"], c["locator"]).key for c in cited}
    there = any(gold.key in spots if gold.locator else gold.document in found for gold in case.gold)
    return {
        "outcome": float(answer["outcome"] in (SAID if case.answerable else ABSTAINED)),
        "figures": float(open_ended or set(figures_of(case.expected)) <= set(figures_of(text))),
        "says": 1.0 if open_ended or case.type == "adversarial" or case.language == "fr" else says_half(text, case.expected),
        "cited": float(open_ended or (there and hit)),
        "brief": float(len(text) <= (600 if case.type in _SHORT else 2500)),
        "language": float(answer["language"] == ("en" if case.language == "fr" else case.language)),
    }


def _words(case: EvalCase, answer: Answer) -> dict[str, float]:
    """Return the SQuAD measures of an answerable case with an expected answer."""
    if not case.answerable or not case.expected:
        return {}
    text = bare(answer["text"])
    return {"exact": exact(text, case.expected), "f1": token_f1(text, case.expected), "contains": contains(text, case.expected)}


def _places(case: EvalCase, answer: Answer) -> dict[str, float]:
    """Return how the documents cited agree with the gold ones; precision only where something is cited."""
    if not case.answerable:
        return {}
    gold = {g.document for g in case.gold}
    cited = [c["document"] for c in answer["citations"]]
    figures = {"document_hit": float(bool(gold & set(cited))), "document_recall": len(gold & set(cited)) / len(gold)}
    if cited:
        figures["document_precision"] = sum(number in gold for number in cited) / len(cited)
    return figures


def _ranking(case: EvalCase, answer: Answer) -> dict[str, float]:
    """Return the ranking measures over the provisions, or the documents where no locator is expected, that were looked at."""
    if not case.answerable:
        return {}
    exactly = all(gold.locator for gold in case.gold)
    wanted = {_name(gold, exactly) for gold in case.gold}
    ranked = [_name(Gold(e["document"], e["locator"]), exactly) for e in answer["evidence"]]
    return {name: value for name, value in judge(ranked, wanted).items() if name in _RANKED}


def _name(gold: Gold, exactly: bool) -> str:
    """Return one word for a place, or for its document alone."""
    return "\n".join(gold.key) if exactly else gold.document


def unsupported_figures(answer: Answer) -> int:
    """Return how many figures of the text stand in none of the quotes, titles and locators that their sentence cites.

    The figures one to nine are let pass, as the outside scorer does: they number items.
    """
    citations: Sequence[Mapping[str, Any]] = answer["citations"]
    by_mark = {c["mark"]: c for c in citations}
    strange = 0
    for sentence in _SENTENCE.split(answer["text"]):
        marks = [int(mark) for mark in re.findall(r"\[(\d+)\]", sentence)]
        if not marks:
            continue
        cited = [by_mark[mark] for mark in marks if mark in by_mark]
        source = " ".join(f"{c.get('quote', '')} {c['document']} {c.get('title', '')} {c['locator']}" for c in cited)
        strange += len(set(figures_of(bare(sentence))) - set(figures_of(source)) - {str(n) for n in range(1, 10)})
    return strange
