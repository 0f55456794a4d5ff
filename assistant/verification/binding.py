"""Does each figure of a claim belong to what the source gives it to? Two right figures may have changed places.

The words around a figure are compared with the words around the same figure in the source and around every other figure of
its kind there, near words counting more. A figure whose surroundings are clearly those of another one is a fault; where the
source gives the same surroundings twice, or too few words are to be compared, nothing is said.
"""

from __future__ import annotations

import bisect
import itertools
import re
from collections.abc import Iterator, Sequence

from assistant.verification.checks import Against
from assistant.verification.quantities import Quantity
from assistant.verification.reading import LITTLE, Reading
from assistant.verification.values import Fault, Reason

__all__ = ["order_faults"]

_REACH = 6
_CLEARLY = 0.2


def order_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every figure that stands where the source has another one of its kind."""
    if against.across:
        return
    there = [(q, _around(reading, q)) for reading in against.readings for q in reading.quantities]
    for quantity in claim.quantities:
        same = [around for q, around in there if q.value == quantity.value and _kind(q) == _kind(quantity)]
        others = [(q, around) for q, around in there if q.value != quantity.value and _kind(q) == _kind(quantity)]
        if not same or not others:
            continue
        mine = _around(claim, quantity)
        best = max(_likeness(mine, around) for around in same)
        other, reached = max(((q, _likeness(mine, around)) for q, around in others), key=lambda pair: pair[1])
        if reached > best + _CLEARLY:
            words = claim.text[quantity.start : quantity.end]
            yield Reason(Fault.ORDER, words, f"the figure {words} stands where {other.value} is cited")


def _kind(quantity: Quantity) -> str:
    """Return what figures can change places with each other: percentages, sums, years, and all other ones."""
    return "a year" if quantity.is_year else quantity.unit if quantity.unit in ("percent", "dong", "usd", "euro") else ""


def _around(reading: Reading, quantity: Quantity) -> dict[str, float]:
    """Return the words around a figure, up to the end of its sentence, with their side and weights that fall with distance."""
    words: Sequence[tuple[int, str]] = [(w.start, w.key) for w in reading.words if w.lower not in LITTLE]
    starts = [start for start, _ in words]
    first = bisect.bisect_left(starts, quantity.start)
    last = bisect.bisect_left(starts, quantity.end)
    span = _part(reading, quantity.start)
    found: dict[str, float] = {}
    for step in range(1, _REACH + 1):
        for at, side in ((first - step, "<"), (last + step - 1, ">")):
            if 0 <= at < len(words) and span[0] <= words[at][0] < span[1]:
                found.setdefault(side + words[at][1], 1 / step)
    return found


def _part(reading: Reading, place: int) -> tuple[int, int]:
    """Return the sentence around a place, or the item of it, for items may stand in any order."""
    start, end = next(((s.start, s.end) for s in reading.sentences if s.start <= place < s.end), (0, len(reading.text)))
    if ";" in reading.text[start:end]:
        cuts = [start, *(m.end() + start for m in re.finditer(r";|:(?=[^;]*;)", reading.text[start:end])), end]
        start, end = next((a, b) for a, b in itertools.pairwise(cuts) if a <= place < b)
    return start, end


def _likeness(mine: dict[str, float], other: dict[str, float]) -> float:
    """Return the share of the surroundings that are the other's too."""
    total = sum(mine.values())
    return sum(min(weight, other.get(word, 0.0)) for word, weight in mine.items()) / total if total else 0.0
