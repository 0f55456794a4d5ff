"""Drafts of cases from a document that was taken in, for a person to edit: no model, only what stands in the provisions.

Four kinds. Cloze: a sentence with its figure blanked. Figure: which provision says how much of what. List: an enumeration
asked for by its introduction. Unanswerable: a figure question whose provision is treated as absent (`without`), kept only
where no other provision of the document holds that figure with half of its sentence's words. Questions are made from the
document's own words, so they are easier than people's: the drafts say so in `note`, and a person should reword them.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.document import LANGUAGES, Document, Provision
from corpus.figures import figures
from corpus.normalise import fold
from corpus.sentences import items, sentences
from evals.errors import BadSet

__all__ = ["KINDS", "draft_cases", "write_drafts"]

KINDS = ("cloze", "figure", "list", "unanswerable")
_BLANK = "____"
_SHORTEST, _LONGEST = 40, 320
_DATE_LIKE = re.compile(r"[\d/.-]+/[\d/.-]*|\d+-[A-ZĐ]|(?:ngày|tháng|năm|điều|khoản|số|article|clause|of|in|by|no\.?)\s+$", re.I)
_MONTH = re.compile(r"\s+(?:tháng|jan|feb|mar|apr|may|june|july|aug|sept|oct|nov|dec)", re.I)
_NOTE = "draft: reword the question as a person would ask it, and check the answer"


@dataclass(frozen=True, slots=True)
class _Found:
    """A sentence with a figure that can be asked for: where it stands, and the figure with the unit printed behind it."""

    provision: Provision
    language: str
    sentence: str
    start: int
    end: int

    @property
    def answer(self) -> str:
        """The figure as printed."""
        return self.sentence[self.start : self.end]


def draft_cases(document: Document, kinds: Sequence[str] = KINDS, *, most: int = 40, seed: int = 0) -> list[dict[str, Any]]:
    """Return up to `most` drafts as rows of a case file, the kinds in turn, always the same ones for one seed.

    A document gives fewer where it holds fewer figures and lists.
    """
    chance = random.Random(seed)
    found = list(_figures(document))
    made: dict[str, list[dict[str, Any]]] = {
        "cloze": [_cloze(document, one) for one in found],
        "figure": [_asked(document, one) for one in found],
        "list": list(_lists(document)),
        "unanswerable": [_removed(document, one) for one in found if not _elsewhere(document, one)],
    }
    for drafts in made.values():
        chance.shuffle(drafts)
    rows: list[dict[str, Any]] = []
    while len(rows) < most and any(made[kind] for kind in kinds):
        rows.extend(made[kind].pop() for kind in kinds if made[kind])
    return [{"id": f"draft-{place:03d}", **row} for place, row in enumerate(rows[:most], 1)]


def _figures(document: Document) -> Iterator[_Found]:
    """Yield the sentences that hold a figure which is no date and no number of an act, each once, by its first such figure."""
    for provision, language, sentence in _sentences(document):
        for figure in figures(sentence):
            before, around = sentence[: figure.start], sentence[max(0, figure.start - 12) : figure.end + 3]
            if (
                _MONTH.match(sentence[figure.end :])
                or _DATE_LIKE.search(around)
                or _DATE_LIKE.search(before[-8:])
                or re.fullmatch(r"(?:19|20)\d\d", figure.value)
            ):
                continue
            percent = re.match(r"\s?(?:%|phần trăm|percent|per cent)", sentence[figure.end :])
            yield _Found(provision, language, sentence, figure.start, figure.end + (percent.end() if percent else 0))
            break


def _sentences(document: Document) -> Iterator[tuple[Provision, str, str]]:
    """Yield the sentences that are neither too short nor too long to be asked about."""
    for provision in _asked_about(document):
        for language in LANGUAGES:
            for span in sentences(provision.text.only(language)):
                if _SHORTEST <= len(span.text) <= _LONGEST:
                    yield provision, language, span.text


def _asked_about(document: Document) -> Iterator[Provision]:
    """Yield the provisions that say something themselves: no editor's notes, no heads and signatures."""
    return (provision for provision in document.provisions if provision.role == "provision")


def _cloze(document: Document, one: _Found) -> dict[str, Any]:
    """Return a sentence with its figure blanked."""
    blanked = f"{one.sentence[: one.start]}{_BLANK}{one.sentence[one.end :]}"
    lead = "Điền vào chỗ trống" if one.language == "vi" else "Fill in the blank"
    return _row(document, one.provision, one.language, "cloze", f"{lead} ({document.number}): {blanked}", one.answer)


def _asked(document: Document, one: _Found) -> dict[str, Any]:
    """Return a question for a figure by the words before and behind it."""
    blanked = f"{one.sentence[: one.start]}… {one.sentence[one.end :].strip()}".rstrip(".;: ")
    if one.language == "vi":
        question = f"Theo {document.number}, con số còn thiếu là bao nhiêu: “{blanked}”?"
    else:
        question = f"According to {document.number}, what is the missing figure in “{blanked}”?"
    return _row(document, one.provision, one.language, "figure", question, one.answer)


def _lists(document: Document) -> Iterator[dict[str, Any]]:
    """Yield enumerations asked for by their introductions."""
    for provision in _asked_about(document):
        for language in LANGUAGES:
            for span in sentences(provision.text.only(language)):
                lead, found = items(span.text)
                if len(found) > 1:
                    asked = lead.rstrip(": ")
                    question = f"{asked} gồm những gì?" if language == "vi" else f"What does {document.number} list here: “{asked}”?"
                    yield _row(document, provision, language, "list", question, "; ".join(item.text for item in found))


def _removed(document: Document, one: _Found) -> dict[str, Any]:
    """Return a figure question whose provision is treated as absent."""
    row = _asked(document, one)
    nothing = "Không có trong kho tài liệu." if one.language == "vi" else "Not in the document base."
    return row | {"type": "unanswerable", "gold": [], "answer_short": nothing, "without": row["gold"]}


def _elsewhere(document: Document, one: _Found) -> bool:
    """Tell whether another provision says the figure too, with half of the words around it."""
    value = next((f.value for f in figures(one.answer)), "")
    around = set(fold(one.sentence).split())
    return any(
        2 * len(around & set(fold(sentence).split())) >= len(around)
        for provision, _, sentence in _sentences(document)
        if provision is not one.provision and any(f.value == value for f in figures(sentence))
    )


def _row(document: Document, provision: Provision, language: str, kind: str, question: str, expected: str) -> dict[str, Any]:
    """Return one draft."""
    gold = [{"doc_number": document.number, "locator": str(provision.locator)}]
    return {"lang": language, "question": question, "answer_short": expected, "gold": gold, "type": kind, "note": _NOTE}


def write_drafts(path: Path, rows: Sequence[dict[str, Any]]) -> None:
    """Write drafts to a new file; raises BadSet rather than write over one that a person may have edited."""
    try:
        with path.open("x", encoding="utf-8") as file:
            file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    except OSError as error:
        raise BadSet(f"{path} cannot be written: {error.strerror}.", advice="Give the name of a new file.") from error
