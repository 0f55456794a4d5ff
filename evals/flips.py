"""Sentences said otherwise by a script, which keeps them true; what makes them false is `assistant.study.flip`.

Every function takes a sentence, its language and a source of chance, and returns the changed sentence or None where there is
nothing of the kind to change.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from random import Random
from types import MappingProxyType

from assistant.study.flip import DAY, FLIPS, MONTHS, Changer, People, flip_swap, free_figures
from corpus.figures import canonical, dates

__all__ = ["FLIPS", "REWRITINGS", "Changer", "People", "flip_swap"]


def number_format(text: str, language: str, chance: Random, people: People) -> str | None:
    """Write the figures as they are written elsewhere: with or without grouping, with the other decimal sign, % in words."""
    changed = re.sub(r"(\d)%", rf"\1 {'per cent' if language == 'en' else 'phần trăm'}" if chance.random() < 0.5 else r"\1 %", text)
    for one in reversed(free_figures(changed)):
        value = one.group()
        plain = canonical(value)
        if "." in value or "," in value:
            other = plain.replace(".", "," if "." in value else ".") if "." in plain else plain
            changed = changed[: one.start()] + other + changed[one.end() :]
        elif len(value) > 4:
            grouped = f"{int(value):,}"
            changed = changed[: one.start()] + (grouped if language == "en" else grouped.replace(",", ".")) + changed[one.end() :]
    return changed if changed != text else None


def date_format(text: str, language: str, chance: Random, people: People) -> str | None:
    """Write the dates in another spelling of the language."""

    def other(match: re.Match[str]) -> str:
        iso = dates(match.group())
        if not iso:
            return match.group()
        year, month, day = (int(part) for part in iso[0].split("-"))
        if language == "en":
            return f"{MONTHS[month - 1]} {day}, {year}" if chance.random() < 0.6 else f"{year}-{month:02d}-{day:02d}"
        return f"{day} tháng {month} năm {year}" if chance.random() < 0.6 else f"{day:02d}-{month:02d}-{year}"

    changed = DAY.sub(other, text)
    return changed if changed != text else None


def list_order(text: str, language: str, chance: Random, people: People) -> str | None:
    """Turn the order of the items of an enumeration; their numbers go."""
    lead, colon, rest = text.partition(": ")
    items = [re.sub(r"^\(?[\da-zđ]{1,2}\)\s*|^(?:và|and)\s+", "", item.strip().rstrip(".")) for item in rest.split(";")]
    if not colon or len(items) < 2:
        return None
    chance.shuffle(items)
    return f"{lead}: {'; '.join(items)}."


def shortened(text: str, language: str, chance: Random, people: People) -> str | None:
    """Leave a bracket, a leading “under …,” or the last items out."""
    ways = [re.sub(r"\s*\([^()]*[^\W\d_]{3}[^()]*\)", "", text, count=1)]
    lead = re.match(r"(?:Theo|Trong|Tại|Under|In|According to) [^,;:]{5,90}, ", text)
    if lead:
        rest = text[lead.end() :]
        ways.append(rest[:1].upper() + rest[1:])
    parts = text.rstrip(".").split("; ")
    if len(parts) > 2:
        ways.append("; ".join(parts[:-1]) + ".")
    ways = [way for way in ways if way != text and len(way) > 25]
    return chance.choice(ways) if ways else None


def opened(text: str, language: str, chance: Random, people: People) -> str | None:
    """Put a phrase of a speaker before the sentence, as a chat model does."""
    openers = {
        "vi": ("Theo tài liệu, ", "Cụ thể, ", "Theo văn bản được dẫn, ", "Như vậy, "),
        "en": ("According to the document, ", "Specifically, ", "In short, ", "The source states that "),
    }
    keep = re.match(r"\w+", text)
    word = keep.group() if keep else ""
    lowered = text[:1].lower() + text[1:] if word in ("Theo", "Trong", "Tại", "Under", "In", "The", "Các", "Việc", "Mục") else text
    return chance.choice(openers[language]) + lowered


REWRITINGS: Mapping[str, Changer] = MappingProxyType({
    "number_format": number_format, "date_format": date_format, "list_order": list_order, "shortened": shortened, "opened": opened,
})  # fmt: skip
"""What keeps a true sentence true, by kind."""
