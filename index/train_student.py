"""The bundled encoder from its two halves: what the law taught (`index.train_encoder`) and what a teacher knows (`index.train_teacher`).

Every row of the result is the law's row, brought down to fewer axes, beside the teacher's row for the same piece. A text is
still the mean of its rows, so the cosine of two texts is a weighted sum of what either half thinks of them. English words
that the law does not know get pieces of their own. Run from the root of the project:
`python -m index.train_student LAW_FOLDER VECTORS_FOLDER OUT_FOLDER`.

Method. Teacher vectors are centred for each language, rotated to their principal axes, each axis divided by the root of its
singular value, and weighted by inverse document frequency; a two-syllable piece adds the vectors of its syllables to its own
(model2vec and tokenlearn do alike). A piece without diacritics is the mean of what it may stand for, by frequency. A piece
that the teacher was not asked about is the sum of its parts, or nothing.

What it does not do. It trains nothing and reads nothing of a benchmark.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import defaultdict
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from corpus.normalise import fold
from index.analysis import stem
from index.encoder_data import MARK, Counts, one_spelling, read_articles
from index.train_encoder import Trained, save
from index.train_teacher import load_vectors

__all__ = ["Shape", "Teaching", "extend", "join", "main"]

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Shape:
    """Axes kept of the law's rows and of the teacher's, the teacher's weight beside the law's one, and the power on its axes."""

    law: int = 288
    teacher: int = 76
    share: float = 0.4
    power: float = 0.75


@dataclass(frozen=True, slots=True)
class Teaching:
    """Teacher vectors by unit, and how often words and pairs occur in the law."""

    vectors: dict[str, Floats]
    counts: Counts
    english: dict[str, int]
    total: int = field(init=False)

    def __post_init__(self) -> None:
        """Sum the words once: every piece asks for the sum."""
        object.__setattr__(self, "total", sum(self.counts.words.values()))

    def count(self, unit: str) -> int:
        """Return how often a word or pair occurs in the law."""
        parts = unit.split()
        return self.counts.pairs[parts[0], parts[1]] if len(parts) == 2 else self.counts.words[unit]

    def weight(self, unit: str) -> float:
        """Return the inverse frequency of a unit: of Vietnamese by its count, of English by its rank (Zipf's law)."""
        total, count = self.total, self.count(unit)
        if unit in self.english:
            count = max(count, round(0.07 * total / (self.english[unit] + 1)))
        return math.log(total / (count + total * 1e-6)) / math.log(1e6)


def _axes(rows: Floats, keep: int, power: float) -> Floats:
    """Return the rows on their principal axes, each divided by its singular value to this power; mean length one."""
    _, sizes, axes = np.linalg.svd(rows, full_matrices=False)
    turned = rows @ axes[:keep].T / (sizes[:keep] / sizes[0]) ** power
    return np.asarray(turned / np.linalg.norm(turned, axis=1).mean(), np.float32)


def teach(vectors: tuple[list[str], Floats], counts: Counts, keep: int, power: float) -> Teaching:
    """Prepare the teacher's vectors: centred for each language, on `keep` axes."""
    names, rows = vectors
    english = {name: rank for rank, name in enumerate(name for name in names if name.isascii() and counts.words[name] < 20 and " " not in name)}
    is_english = np.array([name in english for name in names])
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    for group in (is_english, ~is_english):
        rows[group] -= rows[group].mean(axis=0)
    turned = _axes(rows, keep, power)
    return Teaching({one_spelling(name): row for name, row in zip(names, turned, strict=True)}, counts, english)


def extend(tokenizer: Tokenizer, words: list[str], size: int) -> Tokenizer:
    """Return the tokenizer with pieces for these words added at the end, up to `size` entries; old rows keep their numbers."""
    state = json.loads(tokenizer.to_str())
    vocabulary: list[list[object]] = state["model"]["vocab"]
    known = {str(piece) for piece, _ in vocabulary}
    fresh = [MARK + word for word in words if MARK + word not in known]
    vocabulary += [[piece, -11.0] for piece in fresh[: max(0, size - len(vocabulary))]]
    return Tokenizer.from_str(json.dumps(state, ensure_ascii=False))


def _rows(pieces: list[str], teaching: Teaching) -> Floats:
    """Return the teacher's row of every piece."""
    width = len(next(iter(teaching.vectors.values())))
    rows = np.zeros((len(pieces), width), np.float32)
    bare: dict[str, list[tuple[float, Floats]]] = defaultdict(list)

    def one(unit: str) -> Floats | None:
        vector = teaching.vectors.get(unit)
        if vector is None and unit.isascii():
            vector = teaching.vectors.get(stem(unit))
        return None if vector is None else vector * teaching.weight(unit)

    made: dict[str, Floats] = {}
    for piece in pieces:
        unit = one_spelling(piece.replace(MARK, " ").strip())
        if not piece.startswith(MARK) or not unit:
            continue
        found = [vector for name in dict.fromkeys([unit, *unit.split()]) if (vector := one(name)) is not None]
        if found:
            made[piece] = np.sum(found, axis=0)
            if not unit.isascii():
                bare[fold(unit)].append((float(teaching.count(unit) + 1), made[piece]))
    for number, piece in enumerate(pieces):
        unit = one_spelling(piece.replace(MARK, " ").strip())
        if piece in made:
            rows[number] = made[piece]
        elif piece.startswith(MARK) and unit in bare:
            chances = np.array([chance for chance, _ in bare[unit]], np.float32)
            rows[number] = np.tensordot(chances / chances.sum(), np.stack([vector for _, vector in bare[unit]]), 1)
    return rows


def join(tokenizer: Tokenizer, old: Tokenizer, law: Floats, teaching: Teaching, shape: Shape) -> NDArray[np.float16]:
    """Return the matrix: the law's rows on fewer axes beside the teacher's, both of the same mean length, then weighted."""
    vocabulary: dict[str, int] = tokenizer.get_vocab()
    pieces = sorted(vocabulary, key=lambda piece: vocabulary[piece])
    left = np.zeros((len(pieces), shape.law), np.float32)
    left[: len(law)] = _axes(law, shape.law, 0.0)
    for number in range(len(law), len(pieces)):  # a new piece means to the law what its parts meant
        parts = old.encode(pieces[number].removeprefix(MARK), add_special_tokens=False).ids
        left[number] = left[parts].mean(axis=0) if parts else 0.0
    right = _rows(pieces, teaching)
    filled = np.linalg.norm(right, axis=1) > 0
    right *= shape.share / np.linalg.norm(right[filled], axis=1).mean()
    return np.hstack([left, right]).astype(np.float16)


def main(arguments: list[str] | None = None) -> int:
    """Join the halves and save them; returns the exit status."""
    parser = argparse.ArgumentParser(description="the bundled encoder from the law's half and the teacher's")
    parser.add_argument("law", type=Path)
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path)
    parser.add_argument("--articles", type=Path, default=Path("../shared/codified-law/articles.jsonl.xz"))
    parser.add_argument("--size", type=int, default=31_200)
    parser.add_argument("--law-axes", type=int, default=Shape().law)
    parser.add_argument("--teacher-axes", type=int, default=Shape().teacher)
    parser.add_argument("--share", type=float, default=Shape().share)
    parser.add_argument("--power", type=float, default=Shape().power)
    options = parser.parse_args(arguments)
    shape = Shape(options.law_axes, options.teacher_axes, options.share, options.power)
    counts = Counts.of(read_articles(options.articles))
    teaching = teach(load_vectors(options.vectors), counts, shape.teacher, shape.power)
    old = Tokenizer.from_file(str(options.law / "tokenizer.json"))
    tokenizer = extend(old, [*teaching.english], options.size)
    law = load_file(options.law / "model.safetensors")["embedding.weight"].astype(np.float32)
    matrix = join(tokenizer, old, law, teaching, shape)
    save(Trained(torch.from_numpy(matrix), 0, 0.0, 0.0), tokenizer, options.out)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
