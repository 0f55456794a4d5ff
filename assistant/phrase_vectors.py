"""The vectors of short phrases by one encoder; those seen lately are kept, for the same phrases recur."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock

import numpy as np
from numpy.typing import NDArray

from index.embedding import Encoder

__all__ = ["PhraseVectors"]

_CACHED = 20_000


class PhraseVectors:
    """Gives unit vectors of phrases; may be used from several threads."""

    def __init__(self, encoder: Encoder) -> None:
        self._encoder = encoder
        self._known: OrderedDict[str, NDArray[np.float32]] = OrderedDict()
        self._lock = Lock()

    def of(self, phrases: Sequence[str]) -> NDArray[np.float32]:
        """Return a row for each phrase, computing those not seen lately in one batch; `phrases` must not be empty."""
        with self._lock:
            new = [phrase for phrase in phrases if phrase not in self._known]
            if new:
                for phrase, vector in zip(new, self._encoder.encode_documents(new), strict=True):
                    self._known[phrase] = vector
            found = np.stack([self._known[phrase] for phrase in phrases])
            for phrase in phrases:
                self._known.move_to_end(phrase)
            while len(self._known) > _CACHED:
                self._known.popitem(last=False)
        return found
