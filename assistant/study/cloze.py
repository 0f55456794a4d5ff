"""Items made of one statement: a blank for a figure, a date, a name or a term; who did it; true or false."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.study.distractor import Distractors, filled
from assistant.study.flip import FLIPS, People
from assistant.study.item import BLANK, Item, Kind
from assistant.study.slot import Slot, date_like
from assistant.study.statement import Statement, label
from assistant.study.wording import word

__all__ = ["cloze", "context_of", "true_or_false", "who"]

_LEAD = re.compile(r"(?:(?:Theo|Tại|Trong|Under|In|At|By|According to) [^,;]{4,90}, (?:the )?|The )?$")
_NOBODY = People((), {"vi": (), "en": ()})
_ODD = re.compile(
    r"(?:theo|trái|với|của|các|những|tại|về) không (?!những)|không có \d|không phải là không|không không|không được là"
    r"|not not|\ba (?:longer|more|later)\b|is not (?:to|not)\b"
)
"""What no one would say: a denial put where its words only looked like a verb."""


def context_of(statement: Statement) -> str:
    """Return what a statement is taken from; of an act's own words the provision too, which seldom names its act."""
    name = label(statement.document, statement.language)
    if statement.document.text_kind == "official":
        return word("from_at", statement.language, label=name, locator=str(statement.provision.locator))
    return word("from", statement.language, label=name)


def cloze(statement: Statement, found: Sequence[Slot], distractors: Distractors, chance: Random) -> Iterator[Item]:
    """Yield an item for each slot of a statement that has enough wrong options."""
    for slot in found:
        stem = word(slot.kind, statement.language, text=filled(statement, slot, BLANK))
        item = _item(slot.kind, statement, slot, stem, distractors, chance)
        if item:
            yield item


def who(statement: Statement, found: Sequence[Slot], distractors: Distractors, chance: Random) -> Iterator[Item]:
    """Yield an item for the person or body that a statement begins with."""
    for slot in found:
        if slot.kind is Kind.NAME and slot.group in ("body", "person", "foreign person", "office", "world", "country"):
            before = statement.text[: slot.start]
            titled = slot.group.endswith("person") and re.search(r"(?:[A-ZĐ]\w+ )+$", before)
            if not _LEAD.fullmatch(before[: titled.start()] if titled else before) or re.match(r"['’]s|[,;]| of ", statement.text[slot.end :]):
                continue
            stem = word("who", statement.language, text=filled(statement, slot, BLANK))
            item = _item(Kind.WHO, statement, slot, stem, distractors, chance)
            if item:
                yield item


def _item(kind: Kind, statement: Statement, slot: Slot, stem: str, distractors: Distractors, chance: Random) -> Item | None:
    """Return an item with its options shuffled, None where there are too few."""
    context = context_of(statement)
    wrong = distractors.choose(statement, slot, chance)
    if not wrong or slot.words.casefold() in context.casefold():
        return None
    right = date_like(slot.value, slot.words, statement.language) if slot.kind is Kind.DATE else slot.words
    options = [right, *wrong]
    chance.shuffle(options)
    claims = tuple(filled(statement, slot, option) for option in options)
    return Item(kind, statement.language, stem, tuple(options), options.index(right), (statement.cited(),), context, claims)


def true_or_false(statement: Statement, found: Sequence[Slot], distractors: Distractors, chance: Random) -> Iterator[Item]:
    """Yield a statement to be judged: as it stands, or with a figure, a date or a denial turned."""
    if chance.random() < 0.5:
        said: str | None = statement.text
        answer = 0
    else:
        said, answer = _falsified(statement, found, distractors, chance), 1
    if said:
        options = (word("true", statement.language), word("false", statement.language))
        stem = word(Kind.TRUTH, statement.language, text=said)
        yield Item(Kind.TRUTH, statement.language, stem, options, answer, (statement.cited(),), context_of(statement), (said,))


def _falsified(statement: Statement, found: Sequence[Slot], distractors: Distractors, chance: Random) -> str | None:
    """Return a statement made false by another figure or date from nearby, or by a denial; None where nothing can be turned."""
    turned = [slot for slot in found if slot.kind in (Kind.FIGURE, Kind.DATE)]
    chance.shuffle(turned)
    for slot in turned if chance.random() < 0.7 else ():
        wrong = distractors.choose(statement, slot, chance, 1)
        if wrong:
            return filled(statement, slot, wrong[0])
    said = FLIPS["negation"](statement.text, statement.language, chance, _NOBODY)
    return said if said and not _ODD.search(said) and not re.search(r"\bno\b", statement.text) else None
