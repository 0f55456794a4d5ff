"""The line protocol by which any outside harness can measure the product's own retrieval.

    in     {"query": text, "k": how many ids, 10 when not said}
    out    ["id", …]   best first; [] for a line that is no question, the reason being told on the error stream

One line out for every line in, in order and at once, UTF-8 both ways whatever the locale is. Ends when the input does.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from typing import BinaryIO

from corpus.errors import AttacheError
from evals.product import Search

__all__ = ["MOST", "serve"]

MOST = 1000
"""More ids than this are not given for one question, however many are asked for."""
_LONGEST = 1 << 20


class _Unusable(ValueError):
    """Why a line is no question."""


def serve(search: Search, source: BinaryIO, sink: BinaryIO, complain: Callable[[str], None]) -> None:
    """Answer the lines of `source` on `sink` until it ends; `complain` gets a sentence for each that cannot be answered."""
    for at, line in enumerate(_lines(source), 1):
        try:
            found = search(*_question(line))
        except _Unusable as reason:
            complain(f"line {at}: {reason}.")
            found = []
        except AttacheError as error:
            complain(f"line {at}: {error} {error.advice}".rstrip())
            found = []
        sink.write(json.dumps(found, ensure_ascii=False).encode("utf-8") + b"\n")
        sink.flush()


def _lines(source: BinaryIO) -> Iterator[bytes]:
    """Yield the lines of a stream; of one too long for a question only the beginning, which is more than `_LONGEST` bytes."""
    while line := source.readline(_LONGEST + 1):
        rest = line
        while rest and not rest.endswith(b"\n") and len(line) > _LONGEST:
            rest = source.readline(_LONGEST)
        yield line


def _question(line: bytes) -> tuple[str, int]:
    """Return the words and the number of ids wanted."""
    if len(line) > _LONGEST:
        raise _Unusable(f"the line is longer than {_LONGEST >> 20} MB")
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise _Unusable("the line is not UTF-8") from error
    except (ValueError, RecursionError) as error:  # a number of too many digits is a ValueError, a bottomless list the other
        raise _Unusable("the line is not JSON") from error
    if not isinstance(row, dict) or not isinstance(row.get("query"), str):
        raise _Unusable('the line is not of the form {"query": text, "k": number}')
    k = row.get("k", 10)
    if isinstance(k, bool) or not isinstance(k, int) or k < 1:
        raise _Unusable("k is no whole number above nought")
    try:
        row["query"].encode("utf-8")
    except UnicodeEncodeError as error:
        raise _Unusable("the query holds half a character") from error
    return row["query"], min(k, MOST)
