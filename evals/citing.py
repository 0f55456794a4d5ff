"""Citation recall and precision (ALCE), with the product's own verifier as the judge of entailment.

Gao, Yen, Yu and Chen 2023, “Enabling Large Language Models to Generate Text with Citations” (EMNLP). A statement is a
sentence of the answer. Its recall is one when it has citations and all of them together support it. A citation is
irrelevant when it does not support the statement alone and the others support it without it; its precision is one when its
statement has recall one and it is not irrelevant. An answer's recall is the mean over its statements, its precision the
mean over its citations. ALCE judges by a trained model of entailment; ours (`assistant.verification`) compares quotes,
figures, dates, numbers of acts, names, units, negations, modal verbs and likeness, so that it is deterministic, and blind to
wrong relations between right words. Table heads and leads that end in a colon state nothing and are no statements.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.sentences import sentences

__all__ = ["Statement", "Supports", "judge_statements", "recall_and_precision", "statements"]

Supports = Callable[[str, frozenset[int]], tuple[bool, tuple[str, ...]]]
"""Tells whether the citations of those marks support a sentence (given without its marks), and if not, why."""
_MARK = re.compile(r"\s*\[(\d+)\]")
_RULE = re.compile(r"^[\s|:-]*$")


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence as printed, its marks, whether they support it together, the irrelevant ones, and what the judge says."""

    text: str
    marks: tuple[int, ...]
    supported: bool
    irrelevant: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal statement."""
        return {"text": self.text, "marks": list(self.marks), "supported": self.supported, "irrelevant": list(self.irrelevant),
                "reasons": list(self.reasons)}  # fmt: skip

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Statement:
        """Make a statement from what `to_json` returned."""
        return cls(data["text"], tuple(data["marks"]), data["supported"], tuple(data["irrelevant"]), tuple(data["reasons"]))


def statements(text: str) -> Iterator[str]:
    """Yield the statements of an answer's text: sentences, items, and the sentences in the cells of a table."""
    lines = text.split("\n")
    for place, line in enumerate(lines):
        ahead = lines[place + 1] if place + 1 < len(lines) else ""
        if _RULE.match(line) or (line.startswith("|") and "-" in ahead and _RULE.match(ahead)):
            continue
        cell = line.strip("| ").split("|")[-1] if line.startswith("|") else line
        for sentence in sentences(cell):
            said = sentence.text.lstrip("-– ").strip()
            if said and not (said.endswith(":") and not _MARK.search(said)):
                yield said


def judge_statements(text: str, supports: Supports) -> tuple[Statement, ...]:
    """Judge every statement of an answer."""
    return tuple(_judged(statement, supports) for statement in statements(text))


def _judged(statement: str, supports: Supports) -> Statement:
    """Judge one statement."""
    marks = tuple(dict.fromkeys(int(mark) for mark in _MARK.findall(statement)))
    if not marks:
        return Statement(statement, (), False, (), ("no mark",))
    said = _MARK.sub("", statement)
    supported, reasons = supports(said, frozenset(marks))
    if not supported or len(marks) == 1:
        return Statement(statement, marks, supported, (), reasons)
    everything = frozenset(marks)
    idle = [mark for mark in marks if not supports(said, frozenset((mark,)))[0] and supports(said, everything - {mark})[0]]
    return Statement(statement, marks, supported, tuple(idle), reasons)


def recall_and_precision(judged: Sequence[Statement]) -> dict[str, float]:
    """Return citation_recall, and citation_precision where there is a citation; nothing for no statements."""
    if not judged:
        return {}
    figures = {"citation_recall": sum(s.supported for s in judged) / len(judged)}
    cited = sum(len(s.marks) for s in judged)
    if cited:
        figures["citation_precision"] = sum(len(s.marks) - len(s.irrelevant) for s in judged if s.supported) / cited
    return figures
