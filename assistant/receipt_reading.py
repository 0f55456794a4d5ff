"""A receipt is read from bytes that anybody may have written: bounded, typed, and nothing in it is ever opened or followed.

What a receipt names (documents, addresses) is only ever looked up in the catalogue.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path
from typing import Any

from assistant.answer import Citation
from assistant.errors import BadReceipt
from assistant.receipt import FORMAT, SEAL, Receipt, canonical
from assistant.verification.values import Source
from corpus.document import LANGUAGES

__all__ = ["LARGEST", "Contents", "Passage", "contents", "parse", "read"]

LARGEST = 16 * 1024 * 1024
_DEEPEST = 16
_PATH = re.compile(r"^(?:[/~\\]|[A-Za-z]:[/\\]|file:)|(?:^|[/\\])\.\.(?:[/\\]|$)|[\x00-\x1f\x7f]", re.I)
_KINDS = {str: "a text", int: "a number", bool: "true or false", list: "a list", dict: "an object"}


@dataclass(frozen=True, slots=True)
class Passage:
    """A provision as it stood when it was cited: the name of its text, its address, its words, and what is known of its document.

    `sha256` is the hash of the words, `document_sha256` that of the file that the document was read from.
    """

    held_as: str
    document: str
    locator: str
    language: str
    text: str
    sha256: str
    about: str
    issuer: str
    issued: str
    effective: str
    document_sha256: str

    @property
    def key(self) -> tuple[str, str, str]:
        """What tells these words from all others, as `Citation.stands_in` does: text, address, language."""
        return self.held_as, self.locator, self.language

    def source(self, words: str) -> Source:
        """Return some of its words as what a sentence rests on."""
        return Source(words, self.document, self.locator, self.about, self.language, self.issuer, self.issued, self.effective)


@dataclass(frozen=True, slots=True)
class Contents:
    """What a receipt says, as far as it is checked again.

    `then` gives for each mark the status of its document on the day on which the receipt was made, `recorded` the sentences that
    were judged, `places` the provisions looked at, as they are printed.
    """

    questions: tuple[str, ...]
    language: str
    as_of: date
    made: datetime
    outcome: str
    generator: str
    text: str
    citations: tuple[Citation, ...]
    then: Mapping[int, str]
    passages: tuple[Passage, ...]
    recorded: tuple[str, ...]
    places: frozenset[str]


def read(path: Path) -> Receipt:
    """Read a receipt from a file; raises BadReceipt."""
    if not path.is_file():
        raise BadReceipt(path.name or str(path), "is no file that exists")
    try:
        with path.open("rb") as file:
            data = file.read(LARGEST + 1)
    except OSError as error:
        raise BadReceipt(path.name, f"cannot be read: {error.strerror or type(error).__name__}") from error
    return parse(data, path.name)


def parse(data: bytes, name: str) -> Receipt:
    """Read a receipt from the bytes of the file called `name`; raises BadReceipt. Whether it is intact, the receipt itself tells."""
    if len(data) > LARGEST:
        raise BadReceipt(name, f"is larger than the {LARGEST // 1024 // 1024} MB that a receipt may have")
    try:
        body = json.loads(data.decode("utf-8"), object_pairs_hook=_object)
    except RecursionError as error:
        raise BadReceipt(name, "is nested too deeply to be a receipt") from error
    except _Twice as error:
        raise BadReceipt(name, f"says “{error}” twice in one object") from error
    except ValueError as error:
        raise BadReceipt(name, "is not JSON in UTF-8") from error
    if _depth(body) > _DEEPEST:
        raise BadReceipt(name, "is nested too deeply to be a receipt")
    if not isinstance(body, dict) or not isinstance(body.get("format"), str):
        raise BadReceipt(name, "is JSON, but no receipt")
    if body["format"] != FORMAT:
        raise BadReceipt(name, f"has the format “{body['format'][:40]}”, and this version reads {FORMAT}")
    seal = body.pop(SEAL, None)
    if not isinstance(seal, str):
        raise BadReceipt(name, f"has no hash “{SEAL}” over its content")
    receipt = Receipt(body, seal)
    try:
        canonical(body)
        contents(receipt)
    except ValueError as error:
        raise BadReceipt(name, str(error) if isinstance(error, _Wrong) else "holds text or a number that JSON does not allow") from error
    return receipt


def contents(receipt: Receipt) -> Contents:
    """Return what a receipt says in its types; raises ValueError that names the first field that is missing or wrong."""
    body = receipt.body
    _need(body, "", question=str, language=str, as_of=str, made=str, history=list, answer=dict, passages=list, sentences=list, index=dict)
    answer = body["answer"]
    _need(answer, "answer.", text=str, outcome=str, generator=str, citations=list, evidence=list, language=str, as_of=str, question=str)
    if any(answer[name] != body[name] for name in ("question", "language", "as_of")):
        raise _Wrong("contradicts itself about question, language or day")
    if body["language"] not in LANGUAGES:
        raise _Wrong("has a language other than vi or en")
    try:
        day, made = date.fromisoformat(body["as_of"]), datetime.fromisoformat(body["made"])
    except ValueError as error:
        raise _Wrong("has a day or time that is none") from error
    earlier = [_row(turn, "history", question=str)["question"] for turn in body["history"]]
    rows = [_row(row, "answer.citations", status_when_made=str) for row in answer["citations"]]
    passages = tuple(_passage(row) for row in body["passages"])
    places = (_row(row, "answer.evidence", document=str, locator=str) for row in answer["evidence"])
    sentences = (_row(row, "sentences", text=str, marks=list, verified=bool) for row in body["sentences"])
    return Contents(
        (body["question"], *earlier), body["language"], day, made, answer["outcome"], answer["generator"], answer["text"],
        tuple(_citation(row) for row in rows), {row["mark"]: row["status_when_made"] for row in rows}, passages,
        tuple(row["text"] for row in sentences),
        frozenset(f"{place['document']}, {place['locator']}" for place in places),
    )  # fmt: skip


class _Wrong(ValueError):
    """What is wrong with a receipt, as the end of a sentence."""


class _Twice(ValueError):
    """A key that an object has twice: which of the two is meant, nobody can tell."""


def _object(pairs: Sequence[tuple[str, Any]]) -> dict[str, Any]:
    """Return an object each of whose keys stands once."""
    found: dict[str, Any] = {}
    for key, value in pairs:
        if key in found:
            raise _Twice(key[:40])
        found[key] = value
    return found


def _depth(value: Any) -> int:
    """Return how deep lists and objects lie in one another, without recursion."""
    level, deep = [value], 0
    while level and deep <= _DEEPEST:
        level = [inner for v in level if isinstance(v, dict | list) for inner in (v.values() if isinstance(v, dict) else v)]
        deep += 1
    return deep


def _need(row: Mapping[str, Any], where: str, **kinds: type) -> None:
    """Raise ValueError when a field is missing or of another kind."""
    for name, kind in kinds.items():
        if name not in row:
            raise _Wrong(f"lacks the field “{where}{name}”")
        if not isinstance(row[name], kind) or (kind is int and isinstance(row[name], bool)):
            raise _Wrong(f"has a field “{where}{name}” that is not {_KINDS[kind]}")


def _row(row: Any, where: str, **kinds: type) -> dict[str, Any]:
    """Return an object of a list, its fields being of their kinds."""
    if not isinstance(row, dict):
        raise _Wrong(f"has an entry of “{where}” that is not an object")
    _need(row, f"{where}.", **kinds)
    return row


def _passage(row: Any) -> Passage:
    """Return one passage; raises ValueError."""
    names = [field.name for field in fields(Passage)]
    found = Passage(**{name: value for name, value in _row(row, "passages", **dict.fromkeys(names, str)).items() if name in names})
    _no_path("passages.document", found.document, found.held_as)
    if found.language not in LANGUAGES:
        raise _Wrong("has a passage in a language other than vi or en")
    return found


def _citation(row: dict[str, Any]) -> Citation:
    """Return one citation; raises ValueError."""
    names = [field.name for field in fields(Citation)]
    kinds: dict[str, type] = {**dict.fromkeys(names, str), "mark": int, "verified": bool, "span": list}
    _need(row, "answer.citations.", **kinds)
    span = row["span"]
    if len(span) != 2 or not all(type(n) is int for n in span) or not 0 <= span[0] <= span[1]:
        raise _Wrong("has a field “answer.citations.span” that is no span")
    _no_path("answer.citations.document", row["document"], row["held_as"])
    return Citation(**{**{name: row[name] for name in names}, "span": (span[0], span[1])})


def _no_path(where: str, *names: str) -> None:
    """Raise ValueError when a document is named by a path: nothing in a receipt is a file to be opened."""
    if any(_PATH.search(name) for name in names):
        raise _Wrong(f"names a path in “{where}” where the number of a document belongs")
