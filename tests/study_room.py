"""Decks for the page for learning: items of every kind, and items whose every word is hostile. Also the server of its tests."""

from __future__ import annotations

from assistant.study.item import Cited, Item, Kind

HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>${alert(3)}{{7*7}}"

SERVER = """
import sys
from pathlib import Path
from assistant.compose import open_assistant, open_study
from assistant.settings import Settings
from tests.study_room import hostile, many
from ui.web import serve
settings = Settings(home=Path(sys.argv[2]), library=Path(sys.argv[3]))
assistant = open_assistant(settings)
studio = open_study(settings, lambda: assistant)
studio.keep("Bộ nhiều loại", many("vi"))
studio.keep("many kinds", many("en"))
studio.keep("thẻ", many("vi", 4, "Thẻ"))
studio.keep("x hostile", hostile())
serve(assistant, port=int(sys.argv[1]), temp=settings.home / "gradio", study=studio)
"""


def many(language: str, count: int = 12, word: str = "Câu") -> tuple[Item, ...]:
    """Items of all kinds in turn; the right option stands in the place of the item's number, round and round."""
    return tuple(_item(at, kind, language, word) for at, kind in zip(range(count), [*Kind, *Kind], strict=False))


def _item(at: int, kind: Kind, language: str, word: str) -> Item:
    """One item of a kind."""
    options = ("Đúng", "Sai") if kind is Kind.TRUTH else tuple(f"{word} {at}" for word in ("một", "hai", "ba", "bốn"))
    cited = Cited("52-NQ/TW", "Nghị quyết 52-NQ/TW", f"Điều {at % 3 + 1}", f"Nguyên văn số {at}.", (0, 16), "vi")
    return Item(kind, language, f"{word} số {at} về _____?", options, at % len(options), (cited,), "Theo Nghị quyết 52-NQ/TW")


def hostile() -> tuple[Item, ...]:
    """Items of hostile words everywhere."""
    cited = Cited(f"1/{HOSTILE}", HOSTILE, f"Điều 1 {HOSTILE}", HOSTILE, (0, 9), "vi")
    return tuple(Item(Kind.FIGURE, "vi", f"{at} {HOSTILE}", (HOSTILE, "khác"), 0, (cited,), HOSTILE) for at in range(4))
