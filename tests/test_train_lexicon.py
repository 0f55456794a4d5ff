"""A lexicon from vectors."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np

from index.lexicon import Lexicon
from index.train_lexicon import main, nearest

RNG = np.random.default_rng(3)
PAIRS = [
    ("law", "luật"), ("school", "trường"), ("health", "sức khỏe"), ("water", "nước"), ("people", "người"), ("letter", "thư từ"),
    ("money", "tiền bạc"), ("house", "nhà ở"), ("country", "đất nước"), ("question", "câu hỏi"), ("travel", "đi lại"), ("world", "thế giới"),
]  # fmt: skip


def _write(folder: Path) -> None:
    """Write vectors in which the two words of a pair are nearly the same, each language moved to a place of its own."""
    meanings = RNG.normal(size=(len(PAIRS), 64))
    rows = np.concatenate([meanings + 0.1 * RNG.normal(size=meanings.shape) + 5 * place for place in RNG.normal(size=(2, 64))])
    names = [english for english, _ in PAIRS] + [vietnamese for _, vietnamese in PAIRS]
    folder.mkdir()
    np.savez(folder / "part-00000.npz", units=np.array(names), vectors=rows.astype(np.float16))


def test_translations_are_found_though_the_languages_lie_apart(tmp_path: Path) -> None:
    _write(tmp_path / "vectors")
    out = tmp_path / "lexicon.json"
    assert main([str(tmp_path / "vectors"), str(out)]) == 0
    lexicon = Lexicon.read(out)
    for english, vietnamese in PAIRS:
        best = max(near := lexicon.near(english, "en"), key=near.__getitem__)
        assert best == vietnamese
    first = out.read_bytes()
    assert main([str(tmp_path / "vectors"), str(out)]) == 0 and out.read_bytes() == first
    assert json.loads(first)["across"]["vi"]["luật"][0][0] == "law"


def test_a_word_that_is_near_to_everything_is_nobodys_translation() -> None:
    left = np.eye(12, 13, dtype=np.float32)
    hub = np.full((1, 13), 0.27, np.float32)
    right = np.concatenate([0.26 * left + 0.1 * RNG.normal(size=left.shape).astype(np.float32) * 0, hub])
    found = nearest(left, right, 1, 0.0)
    assert [row[0][0] for row in found] == list(range(12))  # by the cosine alone the hub would be everybody's
    assert all(row[0][0] != 0 for row in nearest(left, right, 1, 0.0, [frozenset({0})] * 12) if row)
