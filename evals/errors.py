"""Errors of the evaluations.

EvalError
└── BadSet      a folder of questions and judgements is not as it should be; names file, line and reason
"""

from __future__ import annotations

from corpus.errors import AttacheError

__all__ = ["BadSet", "EvalError"]


class EvalError(AttacheError):
    """Something cannot be measured."""


class BadSet(EvalError):
    """A folder of questions and judgements is not as it should be."""

    advice = "Give a folder with corpus.jsonl {id, title, text}, queries.jsonl {id, text} and qrels.tsv (query, doc, rel; a header first)."
