"""The bundled encoder is joined from two halves, and what is added to its vocabulary moves nothing that was there."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from tokenizers import Tokenizer

from index.embedding import BUNDLED
from index.encoder_data import MARK, Counts
from index.train_student import Shape, Teaching, extend, join, teach
from index.train_teacher import load_vectors

GOLD = ("hộ chiếu ngoại giao", "ngày có hiệu lực của nghị định", "ho chieu pho thong")


@pytest.fixture(scope="module")
def tokenizer() -> Tokenizer:
    return Tokenizer.from_file(str(BUNDLED / "tokenizer.json"))


def test_a_longer_vocabulary_reads_vietnamese_as_before(tokenizer: Tokenizer) -> None:
    longer = extend(tokenizer, ["zebrafish", "lighthousekeeper"], tokenizer.get_vocab_size() + 2)
    assert longer.get_vocab_size() == tokenizer.get_vocab_size() + 2
    for text in GOLD:
        assert longer.encode(text, add_special_tokens=False).ids == tokenizer.encode(text, add_special_tokens=False).ids
    assert longer.encode("lighthousekeeper", add_special_tokens=False).tokens == [MARK + "lighthousekeeper"]


def test_the_vocabulary_stops_at_its_size(tokenizer: Tokenizer) -> None:
    size = tokenizer.get_vocab_size()
    assert extend(tokenizer, ["zebrafish", "lighthousekeeper"], size + 1).get_vocab_size() == size + 1
    assert extend(tokenizer, ["zebrafish"], size).get_vocab_size() == size


def _teaching() -> Teaching:
    counts = Counts.empty()
    counts.add("ma má má mà " * 5 + "tỏi " * 100)
    vectors = {"ma": [1, 0, 0], "má": [0, 1, 0], "mà": [0, 0, 1], "tỏi": [0, 1, 1]}
    return Teaching({name: np.array(row, np.float32) for name, row in vectors.items()}, counts, {})


def test_a_piece_without_diacritics_is_the_mean_of_what_it_may_stand_for() -> None:
    from index.train_student import _rows

    rows = _rows([f"{MARK}má", f"{MARK}mà", f"{MARK}toi", "x", f"{MARK}tỏi"], _teaching())
    assert rows[0][1] > 0 and rows[0][0] == 0
    assert rows[2][1] == pytest.approx(rows[2][2]) and rows[2][1] > 0
    assert not rows[3].any()


def test_a_pair_adds_its_syllables() -> None:
    from index.train_student import _rows

    pair, first, second = _rows([f"{MARK}má{MARK}mà", f"{MARK}má", f"{MARK}mà"], _teaching())
    assert pair == pytest.approx(first + second)


def test_rarer_words_weigh_more() -> None:
    teaching = _teaching()
    assert teaching.weight("mà") > teaching.weight("tỏi") > 0


def test_the_halves_stand_side_by_side(tokenizer: Tokenizer) -> None:
    random = np.random.default_rng(1)
    law = random.normal(size=(tokenizer.get_vocab_size(), 24)).astype(np.float32)
    counts = Counts.empty()
    counts.add("hộ chiếu ngoại giao")
    names = ["hộ", "chiếu", "ngoại", "giao", "passport"]
    taught = teach((names, random.normal(size=(5, 12)).astype(np.float32)), counts, 4, 0.5)
    longer = extend(tokenizer, ["passport", "zebrafish"], tokenizer.get_vocab_size() + 2)
    matrix = join(longer, tokenizer, law, taught, Shape(law=8, teacher=4, share=2.0))
    assert matrix.shape == (longer.get_vocab_size(), 12) and matrix.dtype == np.float16
    assert np.linalg.norm(matrix[: len(law), :8].astype(np.float32), axis=1).mean() == pytest.approx(1.0, rel=0.01)
    right = np.linalg.norm(matrix[:, 8:].astype(np.float32), axis=1)
    assert right[right > 0].mean() == pytest.approx(2.0, rel=0.01)


def test_parts_of_a_run_are_read_in_order(tmp_path: Path) -> None:
    for number, names in enumerate((["a", "b"], ["c"])):
        np.savez(tmp_path / f"part-{number:05d}.npz", units=np.array(names), vectors=np.full((len(names), 3), number, np.float16))
    names, vectors = load_vectors(tmp_path)
    assert names == ["a", "b", "c"] and vectors[:, 0].tolist() == [0, 0, 1]
