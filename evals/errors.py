"""Errors of the evaluations.

EvalError
├── BadSet      a folder of questions and judgements is not as it should be; names file, line and reason
├── BadCases    case files are not as they should be; tells every fault with file, line and reason
├── BadGates    the file of floors is not as it should be
├── BadOrder    the page is asked for a run that cannot be started
└── BadRun      a folder holds no run, or another one than is asked for
"""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import AttacheError

__all__ = ["BadCases", "BadGates", "BadOrder", "BadRun", "BadSet", "EvalError"]


class EvalError(AttacheError):
    """Something cannot be measured."""


class BadSet(EvalError):
    """A folder of questions and judgements is not as it should be."""

    advice = "Give a folder with corpus.jsonl {id, title, text}, queries.jsonl {id, text} and qrels.tsv (query, doc, rel; a header first)."


class BadCases(EvalError):
    """Case files are not as they should be; `faults` holds a sentence a fault, with file and line."""

    advice = "Mend the lines named; nothing was asked."

    def __init__(self, faults: Sequence[str]) -> None:
        super().__init__("\n".join(faults))
        self.faults = tuple(faults)


class BadGates(EvalError):
    """The file of floors is not as it should be."""

    advice = 'Write [[floor]] tables with measure, least or most, and where = {dimension = "value"}.'


class BadOrder(EvalError):
    """The page is asked for a run that cannot be started; `vi` and `vi_advice` say it in Vietnamese."""

    advice = "Change the choice and start again."

    def __init__(self, message: str, *, vi: str, advice: str | None = None, vi_advice: str = "Đổi lựa chọn rồi bắt đầu lại.") -> None:
        super().__init__(message, advice=advice)
        self.vi, self.vi_advice = vi, vi_advice


class BadRun(EvalError):
    """A folder holds no run, or another one than is asked for."""

    advice = "Name the folder that `attache eval run` told, or give another one with --out."
