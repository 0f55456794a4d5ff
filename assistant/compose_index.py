"""The index kept in order: an earlier generation made current again. What `assistant.compose` is for answers, this is for operation."""

from __future__ import annotations

from assistant.compose import Parts
from assistant.settings import Settings
from index.build import Progress
from index.mending import roll_back

__all__ = ["roll_back_index"]


def roll_back_index(settings: Settings, progress: Progress | None = None) -> str:
    """Make the generation before the current one answer again; returns its name. Raises NoIndex, StaleIndex, StoreFailed, IndexBusy."""
    parts = Parts(settings)
    return roll_back(parts.home, parts.catalogue, parts.encoder, progress).name
