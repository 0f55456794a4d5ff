"""Items about documents as such: who issued one, when, since when it is in force, and which one replaces or amends another."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.study.checking import joined
from assistant.study.distractor import Distractors, filled
from assistant.study.ground import Ground
from assistant.study.item import Item, Kind
from assistant.study.slot import Slot, date_like
from assistant.study.statement import Statement, label, number_in, year_of
from assistant.study.wording import word
from assistant.verification.quantities import Act, acts
from corpus.document import Document

__all__ = ["dated_by", "issuer", "subject_of", "when", "which"]

_DAYS = {
    "vi": (
        ("issued", r"ban hành(?: vào)?(?: ngày)? $"), ("adopted", r"thông qua(?: vào)?(?: ngày)? $"), ("signed", r"ký(?: vào)?(?: ngày)? $"),
        ("effect", r"có hiệu lực(?: thi hành)?(?: kể)?(?: từ)?(?: ngày)? $"), ("dated", r"ngày $"),
    ),
    "en": (
        ("issued", r"issued(?: on)? $"), ("adopted", r"(?:adopted|passed)(?: on)? $"), ("signed", r"signed(?: on)? $"),
        ("effect", r"(?:in force|effective|into force|takes effect)(?: since)?(?: from| on)? $"), ("dated", r" of $"),
    ),
}  # fmt: skip
_ISSUE = re.compile(r"ban hành|thông qua|ký|phê duyệt|của|issue|adopt|pass|approv|sign|of the|by the", re.I)
_DEEDS = {
    "vi": (("replaces", "thay thế"), ("repeals", "bãi bỏ"), ("amends", "sửa đổi|sửa"), ("guides", "quy định chi tiết|hướng dẫn")),
    "en": (
        ("replaces", "replaces?|replacing"), ("repeals", "repeals?"), ("amends", "amends?|amending"), ("guides", "guid(?:es|ing)|detail(?:s|ing)"),
    ),
}  # fmt: skip
_BACK = re.compile(r"(?:được|bị) .{0,30}(?:bởi|bằng)|(?:is|are|was|been) \w+ (?:by|with)|theo", re.I)


def subject_of(statement: Statement, before: int) -> bool:
    """Tell whether the last act that is named before a place, and the only one, is the statement's own document."""
    named = [act for act in statement.reading.acts if act.start < before]
    mine = acts(statement.document.number)
    return bool(named and mine) and all(act.may_be(mine[0]) and (act.letters or act.kind) for act in named)


def dated_by(statement: Statement, found: Sequence[Slot]) -> tuple[str, Slot] | None:
    """Return how a statement gives a day of its document (issued, adopted, signed, dated, effect) and where; None where it does not."""
    document = statement.document
    for slot in found:
        if slot.kind is not Kind.DATE or slot.group != "day" or not subject_of(statement, slot.start):
            continue
        before = statement.text[max(0, slot.start - 40) : slot.start]
        for deed, pattern in _DAYS[statement.language]:
            if not re.search(pattern, before):
                continue
            if deed == "dated" and not _beside_number(statement, slot, pattern):
                break
            if slot.value == (document.effective_from if deed == "effect" else document.issued):
                return deed, slot
            break
    return None


def _beside_number(statement: Statement, slot: Slot, pattern: str) -> bool:
    """Tell whether a date stands right behind the number of the act."""
    last = [act for act in statement.reading.acts if act.end <= slot.start][-1]
    return re.fullmatch(" ?" + pattern.lstrip(), statement.text[last.end : slot.start]) is not None


def when(statement: Statement, found: Sequence[Slot], distractors: Distractors, chance: Random) -> Iterator[Item]:
    """Yield an item for the day on which the statement's document was issued or comes into force."""
    told = dated_by(statement, found)
    if told is None:
        return
    deed, slot = told
    wrong = distractors.choose(statement, slot, chance)
    if not wrong:
        return
    name, language = label(statement.document, statement.language), statement.language
    options = [date_like(slot.value, slot.words, language), *wrong]
    right = options[0]
    chance.shuffle(options)
    claims = tuple(word(f"claim_{deed}", language, label=name, value=option) for option in options)
    stem = word(f"when_{deed}", language, label=name)
    yield Item(Kind.WHEN, language, stem, tuple(options), options.index(right), (statement.cited(),), "", claims)


def issuer(statement: Statement, found: Sequence[Slot], distractors: Distractors, chance: Random) -> Iterator[Item]:
    """Yield an item for the body that issued the statement's document, where the statement names it."""
    language, document = statement.language, statement.document
    issued_by = joined(document.issuer.only(language))
    for slot in found:
        if slot.kind is not Kind.NAME or slot.group not in ("body", "office") or joined(slot.words) != issued_by:
            continue
        if not subject_of(statement, len(statement.text)) or not _ISSUE.search(statement.text[max(0, slot.start - 40) : slot.start + 60]):
            continue
        name = label(document, language)
        wrong = distractors.choose(statement, slot, chance)
        if not wrong or slot.words.casefold() in name.casefold():
            continue
        options = [slot.words, *wrong]
        chance.shuffle(options)
        claims = tuple(filled(statement, slot, option) for option in options)
        stem = word("who_issued", language, label=name)
        yield Item(Kind.WHO, language, stem, tuple(options), options.index(slot.words), (statement.cited(),), "", claims)
        return


def which(statement: Statement, ground: Ground, chance: Random) -> Iterator[Item]:
    """Yield an item for the act that replaces, repeals, amends or guides another one, where the statement names both and no third."""
    named = statement.reading.acts
    if len(named) != 2:
        return
    first, second = named
    between = statement.text[first.end : second.start]
    deed = next((deed for deed, pattern in _DEEDS[statement.language] if re.search(rf"(?<!\w)(?:{pattern})(?!\w)", between)), None)
    if deed is None or len(between) > 90 or re.search(r"không|chưa|not|;|\. ", between):
        return
    doer, done_to = (second, first) if _BACK.search(between) else (first, second)
    doing, other = _document(doer, ground), _document(done_to, ground)
    if doing is None or other is None or doing is other:
        return
    language = statement.language
    options = [doing, *_beside(doing, other, ground, chance)]
    if len(options) < 3:
        return
    chance.shuffle(options)
    claims = tuple(_with(statement, doer, d) for d in options)
    names = tuple(label(d, language) for d in options)
    stem = word(deed, language, label=label(other, language))
    yield Item(Kind.WHICH, language, stem, names, options.index(doing), (statement.cited(),), "", claims)


def _with(statement: Statement, act: Act, document: Document) -> str:
    """Return a statement with another document's number in the place of an act's."""
    start = act.end - len(act.words.split()[-1])
    return statement.text[:start] + number_in(document, statement.language) + statement.text[act.end :]


def _document(act: Act, ground: Ground) -> Document | None:
    """Return the only document studied that an act can be."""
    found = [d for _, d in ground.documents if any(act.may_be(mine) for mine in acts(d.number)[:1])]
    return found[0] if len(found) == 1 else None


def _beside(doing: Document, other: Document, ground: Ground, chance: Random) -> list[Document]:
    """Return three documents that nobody names together with the other one, of the same kind first, the nearest in time first."""
    named = {d.number for d in ground.naming(other)}
    known = [d for _, d in ground.documents if d.number not in named and d is not doing and d is not other and acts(d.number)]
    known.sort(key=lambda d: (d.kind != doing.kind, abs(year_of(d) - year_of(doing)), d.number))
    first = known[:6]
    chance.shuffle(first)
    return first[:3]
