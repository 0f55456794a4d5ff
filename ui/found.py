"""A passage that was found, as the command line, the API and the tools of other programs give it."""

from __future__ import annotations

from typing import Any

from ui.api.ports import HitView

__all__ = ["found_row"]


def found_row(hit: HitView) -> dict[str, Any]:
    """Return where a passage stands, how well it meets the query, and its words."""
    passage = hit.passage
    return {
        "document": passage.document, "locator": passage.locator, "passage_id": passage.id, "score": round(hit.score, 4), "text": passage.text,
    }  # fmt: skip
