"""The vectors of phrases and sentences by one encoder; those seen lately are kept, for the same ones recur."""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from threading import Lock
from typing import Any

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
            found: dict[str, Any] = {phrase: self._known.get(phrase) for phrase in phrases}
        new = [phrase for phrase, vector in found.items() if vector is None]
        if new:  # others need not wait for the encoder; each row is copied, for a view of it would keep its whole batch
            found.update((phrase, vector.copy()) for phrase, vector in zip(new, self._encoder.encode_documents(new), strict=True))
        with self._lock:
            for phrase, vector in found.items():
                self._known[phrase] = vector
                self._known.move_to_end(phrase)
            while len(self._known) > _CACHED:
                self._known.popitem(last=False)
        return np.stack([found[phrase] for phrase in phrases])
