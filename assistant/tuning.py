"""The numbers that were fitted on development questions, read from `weights.json`."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

from assistant.decide import SIGNALS, Decision
from assistant.evidence import FEATURES, Weighing
from index.retrieve import Weights

__all__ = ["Tuning"]


@dataclass(frozen=True, slots=True)
class Tuning:
    """Numbers fitted on development questions: sentence weights, the decision, how many provisions are looked at, the fusion."""

    weighing: Weighing = field(default_factory=Weighing)
    decision: Decision = field(default_factory=Decision)
    provisions: int = 12
    fusion: Weights = field(default_factory=Weights)

    @classmethod
    def read(cls, path: Path) -> Tuning:
        """Read the weights that `evals.fit` and `evals.fit_fusion` wrote, the defaults for what there is none of."""
        if not path.exists():
            return cls()
        data = json.loads(path.read_text("utf-8"))
        weighing = Weighing(tuple(float(data["sentence"][name]) for name in FEATURES))
        decision, fused = data["decision"], data.get("fusion")
        fusion = Weights(lexical=float(fused["lexical"]), dense=float(fused["dense"])) if fused else Weights()
        return cls(weighing, Decision(tuple(float(decision[name]) for name in SIGNALS), float(decision["bias"])), fusion=fusion)

    def with_sentence(self, weights: Sequence[float]) -> Tuning:
        """Return this tuning with other sentence weights."""
        return replace(self, weighing=Weighing(tuple(weights)))
