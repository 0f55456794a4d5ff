"""The soak: its stretches are cut by time, and a short one finds a sound server sound."""

from __future__ import annotations

import json

from evals.load import Sample, Tally
from evals.own_server import free_port
from evals.soak import main, stretches


def test_stretches_are_of_equal_time_and_hold_every_question_once() -> None:
    tally = Tally(seconds=[0.1] * 10 + [0.2] * 30 + [0.4] * 20)
    samples = [Sample(30.0, 10, 300.0, 40, 1.0), Sample(60.0, 40, 320.0, 41, 2.0), Sample(120.0, 60, 330.0, 42, 3.0)]
    rows = stretches(tally, samples, 2)
    assert [row["questions"] for row in rows] == [40, 20] and [row["minute"] for row in rows] == [1.0, 2.0]
    assert [row["p50_s"] for row in rows] == [0.2, 0.4] and rows[-1]["memory_mb"] == 330 and rows[-1]["files"] == 42
    assert stretches(Tally(), []) == []


def test_a_short_soak_finds_nothing_wrong() -> None:
    port = free_port()
    said: list[str] = []
    status = main(["--minutes", "0.2", "--users", "2", "--port", str(port)], said.append)
    figures = json.loads(said[0])
    assert status == 0, figures["wrong"] or figures["first_errors"]
    assert figures["questions"] > 5 and figures["done"]["taken in"] >= 1 and figures["seen_after_s"]["worst"] > 0
