"""The judge of one sentence: `Verifier.check` gives a typed verdict with reasons."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.verification.values import Source, Verdict
from corpus.glossary import Glossary
from index.embedding import Encoder

__all__ = ["Verifier"]


class Verifier:
    """Judges sentences of either language by the words that they cite; keeps nothing but vectors of words seen lately."""

    def __init__(self, encoder: Encoder | None = None, glossary: Glossary | None = None) -> None:
        self._encoder, self._glossary = encoder, glossary

    def check(self, sentence: str, cited: Sequence[Source], *, language: str) -> Verdict:
        """Tell whether `sentence` (marks or not) in `language` stands on the sources that its marks name, taken together."""
        raise NotImplementedError
