"""A case: one question with what a right answer must hold, and reading case files strictly.

One JSON object a line: `id`, `question`, `type` (one of TYPES), `lang` (vi, en, fr), `answer_short` (the expected answer in a
few words, may be empty), `gold` (a list of {"doc_number", "locator"}; without a locator any place of the document will do),
and, where needed, `history` (earlier questions), `as_of` (YYYY-MM-DD), `group` (cases that ask the same in other words) and
`without` (provisions that are treated as if they did not exist). Other keys are left alone. Everything that is wrong is told
at once, with file and line, before anything is asked.
"""

from __future__ import annotations

import hashlib
import json
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from corpus.errors import BadLocator
from corpus.locator import Locator
from corpus.normalise import nfc
from evals.errors import BadCases

__all__ = ["EVERY", "LANGUAGES", "TYPES", "EvalCase", "Gold", "Stands", "cases_hash", "read_cases"]

LANGUAGES = ("vi", "en", "fr")
TYPES = (
    "factoid", "list", "comparison", "multi-hop", "temporal", "no_diacritics", "adversarial", "follow_up", "unanswerable",
    "cloze", "figure", "retrieval", "official",
)  # fmt: skip
EVERY = ("list", "comparison", "multi-hop")
"""Types whose answer must cite every gold document rather than one."""
Stands = Callable[[str, str], bool]
"""Tells whether a document of that number has a provision at that locator; an empty locator asks for the document alone."""


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an answer stands: a document's number and a locator, empty when any place in the document will do."""

    document: str
    locator: str = ""

    @property
    def key(self) -> tuple[str, str]:
        """The place in the form in which places are compared: NFC, runs of spaces as one, letter case ignored."""
        return self.document, " ".join(nfc(self.locator).split()).casefold()


@dataclass(frozen=True, slots=True)
class EvalCase:
    """One question and what is expected; `set_name`, `file` and `line` tell where it comes from."""

    id: str
    question: str
    type: str
    language: str = "vi"
    expected: str = ""
    gold: tuple[Gold, ...] = ()
    history: tuple[str, ...] = ()
    as_of: date | None = None
    group: str = ""
    without: tuple[Gold, ...] = ()
    set_name: str = ""
    file: str = field(default="", compare=False)
    line: int = field(default=0, compare=False)

    @property
    def answerable(self) -> bool:
        """Whether the documents hold an answer."""
        return bool(self.gold) and self.type != "unanswerable"

    @property
    def key(self) -> str:
        """The name of the case among all sets."""
        return f"{self.set_name}/{self.id}"

    @property
    def accented(self) -> bool:
        """Whether the question is written with diacritics."""
        return any(unicodedata.combining(c) for c in unicodedata.normalize("NFD", self.question)) or "đ" in self.question.lower()

    def slices(self) -> Iterator[tuple[str, str]]:
        """Yield the (dimension, value) pairs of the slices that the case belongs to."""
        yield "set", self.set_name
        yield "language", self.language
        yield "type", self.type
        if self.language == "vi":
            yield "diacritics", "with" if self.accented else "without"
        for number in dict.fromkeys(gold.document for gold in self.gold):
            yield "document", number


def cases_hash(cases: Sequence[EvalCase]) -> str:
    """Return a hash of what is asked and expected, whatever file and order it came in."""
    rows = sorted(repr((c.set_name, c.id, c.question, c.type, c.language, c.expected, c.gold, c.history, c.as_of, c.group, c.without)) for c in cases)
    return hashlib.sha256("\n".join(rows).encode()).hexdigest()[:16]


def read_cases(paths: Sequence[Path], stands: Stands | None = None) -> tuple[EvalCase, ...]:
    """Read case files; raises BadCases with every fault found. `stands` looks gold places up, where there are documents to do so."""
    cases: list[EvalCase] = []
    faults: list[str] = []
    seen: dict[str, str] = {}
    for path in paths:
        try:
            lines = path.read_text("utf-8-sig").split("\n")
        except (OSError, UnicodeDecodeError):
            faults.append(f"{path.name}: the file cannot be read as UTF-8 text")
            continue
        for at, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                case = _case(line, path, at)
            except (ValueError, BadLocator) as error:
                faults.append(f"{path.name}:{at}: {error}")
                continue
            faults.extend(f"{path.name}:{at}: {fault}" for fault in _faults(case, seen, stands))
            seen.setdefault(case.key, f"{path.name}:{at}")
            cases.append(case)
    if not cases and not faults:
        faults.append("there is no case in " + ", ".join(path.name for path in paths))
    if faults:
        raise BadCases(faults)
    return tuple(cases)


def _faults(case: EvalCase, seen: dict[str, str], stands: Stands | None) -> Iterator[str]:
    """Yield what is wrong with a case that reads well."""
    if case.key in seen:
        yield f"the id “{case.id}” stands already at {seen[case.key]}"
    if case.type not in TYPES:
        yield f"“{case.type}” is no type; known are {', '.join(TYPES)}"
    if case.language not in LANGUAGES:
        yield f"“{case.language}” is no language; known are {', '.join(LANGUAGES)}"
    if stands is not None:
        for gold in (*case.gold, *case.without):
            if not stands(gold.document, gold.locator):
                yield f"there is no “{', '.join(part for part in (gold.document, gold.locator) if part)}” in the library"


def _case(line: str, path: Path, at: int) -> EvalCase:
    """Return the case of a line; raises ValueError with the reason."""
    try:
        row = json.loads(line)
    except (ValueError, RecursionError):
        raise ValueError("the line is not JSON") from None
    if not isinstance(row, dict):
        raise ValueError("the line is no JSON object")
    for name in ("id", "question", "type"):
        if not isinstance(row.get(name), str) or not row[name].strip():
            raise ValueError(f"the case lacks its {name}")
    return EvalCase(
        id=row["id"], question=nfc(row["question"]), type=row["type"], language=_text(row, "lang") or "vi", expected=nfc(_text(row, "answer_short")),
        gold=_places(row, "gold"), history=_history(row), as_of=_day(row), group=_text(row, "group"), without=_places(row, "without"),
        set_name=path.stem, file=path.name, line=at,
    )  # fmt: skip


def _text(row: dict[str, Any], name: str) -> str:
    """Return a text of the row, empty when there is none; raises ValueError."""
    value = row.get(name)
    if value is not None and not isinstance(value, str):
        raise ValueError(f"{name} is no text")
    return value or ""


def _places(row: dict[str, Any], name: str) -> tuple[Gold, ...]:
    """Return the places that a key names; raises ValueError."""
    places = row.get(name) or []
    if not isinstance(places, list):
        raise ValueError(f"{name} is no list")
    found = []
    for place in places:
        number = place.get("doc_number") if isinstance(place, dict) else None
        locator = (place.get("locator") or "") if isinstance(place, dict) else None
        if not isinstance(number, str) or not number or not isinstance(locator, str):
            raise ValueError(f"{name} holds something that is no {{doc_number, locator}}")
        found.append(Gold(nfc(number), str(Locator.parse(locator)) if locator else ""))
    return tuple(found)


def _history(row: dict[str, Any]) -> tuple[str, ...]:
    """Return the earlier questions; raises ValueError."""
    history = row.get("history") or []
    if not isinstance(history, list) or not all(isinstance(question, str) for question in history):
        raise ValueError("history is no list of questions")
    return tuple(history)


def _day(row: dict[str, Any]) -> date | None:
    """Return the day for which the answer must hold; raises ValueError."""
    try:
        return date.fromisoformat(row["as_of"]) if row.get("as_of") else None
    except (TypeError, ValueError):
        raise ValueError("as_of is no day in the form YYYY-MM-DD") from None
