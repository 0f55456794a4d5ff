"""Golden outlines: every shape of document as a lawyer would draw it, checked by hand against the text beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.legal.document_of import document_of, kept
from corpus.legal.outline import outline
from tests.legal_sources import source_of

SHAPES = sorted((Path(__file__).parent / "data" / "legal").glob("*.txt"), key=lambda path: path.stem)


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_outline_is_the_golden_one(path: Path) -> None:
    reading = document_of(source_of(path.read_text("utf-8")), path.name, sha256="")
    assert outline(reading) == path.with_suffix(".outline").read_text("utf-8")


@pytest.mark.parametrize("path", SHAPES, ids=lambda path: path.stem)
def test_no_words_of_any_shape_are_lost(path: Path) -> None:
    source = source_of(path.read_text("utf-8"))
    assert kept(source, document_of(source, path.name, sha256="").document) == 1.0
