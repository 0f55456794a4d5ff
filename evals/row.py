"""What became of one case: the answer, what was measured, the verdict on each statement; or why there is no answer."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from evals.case import EvalCase, Gold
from evals.citing import Statement

__all__ = ["Row"]


@dataclass(frozen=True, slots=True)
class Row:
    """One case of a run.

    `answer` is the object of `attache ask --json`, empty when asking failed with `error`; such a row counts nought in every
    measure that its case has. `chance` is the assistant's own belief, nought to one, that its draft answers; `bold_right`
    tells whether the draft that it held back would have been right. Both are None where they were not asked for.
    """

    case: EvalCase
    answer: Mapping[str, Any] = field(default_factory=dict)
    measures: Mapping[str, float] = field(default_factory=dict)
    statements: tuple[Statement, ...] = ()
    seconds: float = 0.0
    tokens_in: int = 0
    tokens_out: int = 0
    chance: float | None = None
    bold_right: bool | None = None
    error: str = ""

    @property
    def right(self) -> bool:
        """Whether the case went well as a whole."""
        return self.measures.get("right", 0.0) == 1.0

    @property
    def outcome(self) -> str:
        """The outcome of the answer, `failed` where there is none."""
        return str(self.answer.get("outcome", "failed"))

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal row."""
        c = self.case
        return {
            "id": c.id, "set": c.set_name, "question": c.question, "type": c.type, "lang": c.language, "answer_short": c.expected,
            "gold": _places(c.gold), "history": list(c.history), "as_of": c.as_of.isoformat() if c.as_of else None, "group": c.group,
            "without": _places(c.without), "answer": dict(self.answer), "measures": dict(self.measures),
            "statements": [s.to_json() for s in self.statements], "seconds": self.seconds, "tokens_in": self.tokens_in,
            "tokens_out": self.tokens_out, "chance": self.chance, "bold_right": self.bold_right, "error": self.error,
        }  # fmt: skip

    def line(self) -> str:
        """Return the row as one line of JSON."""
        return json.dumps(self.to_json(), ensure_ascii=False)

    @classmethod
    def from_json(cls, data: Mapping[str, Any]) -> Row:
        """Make a row from what `to_json` returned."""
        case = EvalCase(
            id=data["id"], question=data["question"], type=data["type"], language=data["lang"], expected=data["answer_short"],
            gold=_gold(data["gold"]), history=tuple(data["history"]), as_of=date.fromisoformat(data["as_of"]) if data["as_of"] else None,
            group=data["group"], without=_gold(data["without"]), set_name=data["set"],
        )  # fmt: skip
        return cls(
            case, data["answer"], data["measures"], tuple(Statement.from_json(s) for s in data["statements"]), data["seconds"],
            data["tokens_in"], data["tokens_out"], data["chance"], data["bold_right"], data["error"],
        )  # fmt: skip


def _places(places: tuple[Gold, ...]) -> list[dict[str, str]]:
    """Return places as case files write them."""
    return [{"doc_number": place.document, "locator": place.locator} for place in places]


def _gold(places: list[dict[str, str]]) -> tuple[Gold, ...]:
    """Return places from what `_places` returned."""
    return tuple(Gold(place["doc_number"], place["locator"]) for place in places)
