"""Items across documents: which of them says a thing, and in which order they were issued."""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from random import Random

from assistant.study.acting import dated_by
from assistant.study.ground import Ground
from assistant.study.item import BLANK, Item, Kind
from assistant.study.statement import Statement, label, number_in, year_of
from assistant.study.wording import word
from assistant.verification.quantities import acts
from corpus.document import Document
from corpus.figures import dates

__all__ = ["Dated", "dated", "order", "says"]

_LETTERS = "ABCD"
_NEAR = 6
_KIND = r"(?:Nghị quyết|Quyết định|Nghị định|Chỉ thị|Kết luận|Thông tư|Luật|Resolution|Decision|Decree|Directive|Conclusion|Circular|Law)"
_BEFORE = rf"(?:{_KIND}(?: số)? )?"
Dated = tuple[Document, Statement]


def says(statement: Statement, ground: Ground, chance: Random) -> Iterator[Item]:
    """Yield an item that hides the name of the statement's document and asks for it."""
    document, language = statement.document, statement.language
    hidden = _hidden(statement)
    if hidden is None:
        return
    kin = {s.document.number for s in ground.kin(statement)}
    known = [d for _, d in ground.documents if d is not document and d.number not in kin and acts(d.number) and _unsaid(d, statement)]
    known.sort(key=lambda d: (d.kind != document.kind, abs(year_of(d) - year_of(document)), d.number))
    first = known[:6]
    chance.shuffle(first)
    options = [document, *first[:3]]
    if len(options) < 4:
        return
    chance.shuffle(options)
    names = tuple(label(d, language) for d in options)
    claims = tuple(statement.text if d is document else hidden.replace(BLANK, name) for d, name in zip(options, names, strict=True))
    stem = word("says", language, text=hidden)
    yield Item(Kind.SAYS, language, stem, names, options.index(document), (statement.cited(),), "", claims)


def _unsaid(document: Document, statement: Statement) -> bool:
    """Tell whether a statement does not name a document."""
    return not any(act.may_be(acts(document.number)[0]) for act in statement.reading.acts)


def _hidden(statement: Statement) -> str | None:
    """Return the statement with a blank for the one naming of its document, None where it names it otherwise or not at all."""
    document, language = statement.document, statement.language
    mine = acts(document.number)
    if not mine:
        return None
    number = number_in(document, language)
    names = {label(document, language), document.title.only(language), number, *(a for a in document.aliases if len(a) > 9)}
    patterns = "|".join(re.escape(name) for name in sorted(names, key=len, reverse=True))
    text, count = re.subn(rf"(?<![\w/]){_BEFORE}(?:{patterns})(?![\w/])(?:(?:,| số)* {re.escape(number)},?)?", BLANK, statement.text)
    if count != 1 or any(act.may_be(mine[0]) for act in acts(text)) or str(mine[0].number) in re.findall(r"\d+", text):
        return None
    short = re.sub(rf"^{_KIND}(?: on| về)? ?", "", document.title.only(language))
    return text if len(re.sub(r"\W|_", "", text)) > 40 and short.casefold()[:24] not in text.casefold() else None


def dated(ground: Ground, language: str) -> tuple[Dated, ...]:
    """Return the documents whose day of issue is told by a statement that gives no earlier day, in the order of those days."""
    found: dict[str, Dated] = {}
    for statement in ground.statements:
        if statement.language == language and statement.document.number not in found:
            told = dated_by(statement, ground.slots(statement))
            if told and told[0] != "effect" and min(dates(statement.text)) == statement.document.issued:
                found[statement.document.number] = (statement.document, statement)
    return tuple(sorted(found.values(), key=lambda pair: (pair[0].issued or "", pair[0].number)))


def order(at: int, known: Sequence[Dated], chance: Random) -> Iterator[Item]:
    """Yield an item that puts one of the dated documents and three near it in the order of their days."""
    language = known[at][1].language
    near = [pair for pair in known[max(0, at - _NEAR) : at + _NEAR] if pair[0].issued != known[at][0].issued]
    chance.shuffle(near)
    chosen: list[Dated] = [known[at]]
    for pair in near:
        if len(chosen) < len(_LETTERS) and all(pair[0].issued != other[0].issued for other in chosen):
            chosen.append(pair)
    if len(chosen) < len(_LETTERS):
        return
    chance.shuffle(chosen)
    listed = "; ".join(f"{letter}. {label(document, language)}" for letter, (document, _) in zip(_LETTERS, chosen, strict=True))
    right = sorted(range(len(chosen)), key=lambda i: chosen[i][0].issued or "")
    others = [row for row in itertools.permutations(range(len(chosen))) if list(row) != right]
    options = [" – ".join(_LETTERS[i] for i in row) for row in (right, *chance.sample(others, 3))]
    answer = options[0]
    chance.shuffle(options)
    cited = tuple(chosen[i][1].cited() for i in right)
    yield Item(Kind.ORDER, language, word("order", language, text=listed), tuple(options), options.index(answer), cited)
