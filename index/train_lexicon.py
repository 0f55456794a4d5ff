"""The bundled lexicon from a teacher's vectors: for each word the words of the other language, and of its own, nearest to it.

Run it from the root of the project, after `index.train_teacher`: `python -m index.train_lexicon VECTORS_FOLDER [OUT]`.

Method. Vectors are centred for each language and brought to their principal axes as for the student. Nearness is the cosine less
the mean cosine of either word to its ten nearest (CSLS, Conneau et al., Word translation without parallel data, 2018), which
keeps words that are near to everything from being everybody's translation; a word whose cosine is small is left out.

What it does not do. It reads nothing of a benchmark, and no dictionary: the product never loads this module.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus.tokens import english_words
from index.analysis import stem
from index.encoder_data import one_spelling
from index.lexicon import TABLE
from index.sums import write_sums
from index.train_teacher import ENGLISH, load_vectors

__all__ = ["main", "nearest", "tables"]

Floats = NDArray[np.float32]
AXES, POWER, NEIGHBOURS = 256, 0.75, 10
TRANSLATIONS, SYNONYMS = 3, 2
LEAST_ACROSS, LEAST_WITHIN = 0.3, 0.5


def _turned(rows: Floats, groups: Sequence[NDArray[np.bool_]]) -> Floats:
    """Return unit rows on the principal axes of all, each group centred by itself."""
    rows = rows / np.linalg.norm(rows, axis=1, keepdims=True)
    for group in groups:
        rows[group] -= rows[group].mean(axis=0)
    _, sizes, axes = np.linalg.svd(rows, full_matrices=False)
    turned = rows @ axes[:AXES].T / (sizes[:AXES] / sizes[0]) ** POWER
    return np.asarray(turned / np.linalg.norm(turned, axis=1, keepdims=True), np.float32)


def nearest(left: Floats, right: Floats, keep: int, least: float, shun: Sequence[frozenset[int]] | None = None) -> list[list[tuple[int, float]]]:
    """Return for each row of `left` up to `keep` rows of `right` by CSLS, with cosines of at least `least`, best first.

    `shun` names rows of `right` that a row of `left` may not have.
    """
    cosines = left @ right.T
    here = np.sort(cosines, axis=1)[:, -NEIGHBOURS:].mean(axis=1)
    there = np.sort(cosines, axis=0)[-NEIGHBOURS:].mean(axis=0)
    found = []
    for number, row in enumerate(cosines):
        best = np.argsort(-(2 * row - here[number] - there), kind="stable")[: keep + NEIGHBOURS]
        kept = [(int(other), float(row[other])) for other in best if row[other] >= least and not (shun and other in shun[number])]
        found.append(kept[:keep])
    return found


def tables(names: list[str], rows: Floats) -> dict[str, dict[str, dict[str, list[tuple[str, int]]]]]:
    """Return the lexicon of these units and vectors, similarities in per cent."""
    known = set(english_words(ENGLISH))
    spelt = [one_spelling(name) for name in names]
    is_english = np.array([name in known for name in spelt])
    is_vietnamese = np.array([not name.isascii() and len(name.split()) <= 2 for name in spelt])
    turned = _turned(rows, (is_english, is_vietnamese))
    english, vietnamese = ([name for name, yes in zip(spelt, group, strict=True) if yes] for group in (is_english, is_vietnamese))
    left, right = turned[is_english], turned[is_vietnamese]
    words = [frozenset(name.split()) for name in vietnamese]
    holding: dict[str, set[int]] = {}
    for number, parts in enumerate(words):
        for part in parts:
            holding.setdefault(part, set()).add(number)
    # a phrase that shares a syllable is found by it anyway, and is more often a neighbour in print than in meaning
    shun = [frozenset().union(*(holding[part] for part in parts)) for parts in words]
    across_en: dict[str, list[tuple[str, int]]] = {}
    for name, near in zip(english, nearest(left, right, TRANSLATIONS, LEAST_ACROSS), strict=True):
        if near:
            across_en.setdefault(stem(name), [(vietnamese[other], round(100 * cosine)) for other, cosine in near])
    across_vi = _named(vietnamese, english, nearest(right, left, TRANSLATIONS, LEAST_ACROSS))
    within_vi = _named(vietnamese, vietnamese, nearest(right, right, SYNONYMS, LEAST_WITHIN, shun))
    return {"across": {"en": across_en, "vi": across_vi}, "within": {"vi": within_vi}}


def _named(left: list[str], right: list[str], found: list[list[tuple[int, float]]]) -> dict[str, list[tuple[str, int]]]:
    """Return rows by name, those without neighbours left out."""
    return {name: [(right[other], round(100 * cosine)) for other, cosine in near] for name, near in zip(left, found, strict=True) if near}


def main(arguments: list[str] | None = None) -> int:
    """Make and write the lexicon; returns the exit status."""
    parser = argparse.ArgumentParser(description="the bundled lexicon from a teacher's vectors")
    parser.add_argument("vectors", type=Path)
    parser.add_argument("out", type=Path, nargs="?", default=TABLE)
    options = parser.parse_args(arguments)
    made = tables(*load_vectors(options.vectors))
    options.out.write_text(json.dumps(made, ensure_ascii=False, separators=(",", ":")) + "\n", "utf-8")
    write_sums(options.out.parent)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
