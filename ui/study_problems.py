"""What goes wrong on the page for learning, told in one sentence in both languages."""

from __future__ import annotations

from ui.study_words import PROBLEMS

__all__ = ["Told", "problem_of"]


class Told(Exception):
    """An order that cannot be done; `key` names the sentence that is told."""

    def __init__(self, key: str) -> None:
        super().__init__(key)
        self.key = key


def problem_of(error: Exception) -> str:
    """Return the key of the sentence for an error: by its class or one that it descends from, `unknown` for any other."""
    if isinstance(error, Told):
        return error.key
    return next((kind.__name__ for kind in type(error).__mro__ if kind.__name__ in PROBLEMS), "unknown")
