"""The file of fitted weights."""

from __future__ import annotations

import json
from pathlib import Path

from evals.fitted import keep


def test_each_script_leaves_what_the_other_fitted(tmp_path: Path) -> None:
    path = tmp_path / "weights.json"
    keep(path, {"fusion": {"lexical": 0.7}, "fitted_on": ["a"]})
    assert keep(path, {"sentence": {"rank": 1.0}, "fitted_on": ["b"]}) == json.loads(path.read_text("utf-8"))
    assert json.loads(path.read_text("utf-8")) == {"fusion": {"lexical": 0.7}, "sentence": {"rank": 1.0}, "fitted_on": ["b"]}
