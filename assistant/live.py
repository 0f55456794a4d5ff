"""An assistant that is opened anew when its library has changed, behind one name that stays."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.assistant import Assistant
from assistant.memory import give_back
from assistant.receipts import Receipts

__all__ = ["Live"]


class Live:
    """Whatever is asked of it, the current assistant does; `renew` opens another one over the library as it is now."""

    def __init__(self, opened: Assistant, again: Callable[[], Assistant]) -> None:
        self._assistant, self._again = opened, again

    def __getattr__(self, name: str) -> Any:
        return getattr(self._assistant, name)

    def current(self) -> Assistant:
        """Return the assistant that answers now."""
        return self._assistant

    def issuing(self) -> Receipts:
        """Return what it issues receipts by."""
        assert self._assistant.receipts is not None  # every assistant of the composition root has them
        return self._assistant.receipts

    def renew(self) -> None:
        """Let another assistant answer from now on; those that are answering finish."""
        self._assistant = self._again()
        give_back()  # what the one before held, and those before it
