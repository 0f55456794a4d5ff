"""What a person says of a document where its text does not say it, or says it badly: corrections of number, title and dates.

They stand in a small YAML file beside the original, `decree.docx.meta.yaml` or `decree.meta.yaml`, or are given on the
command line:

    number: 12/2026/NĐ-CP
    title: {vi: Nghị định về …, en: Decree on …}      or one text, which is taken as Vietnamese
    issuer: Chính phủ
    kind: decree
    issued: 2026-05-04
    effective_from: 2026-07-01
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import yaml

from corpus.document import Bilingual, Document, first_day
from corpus.errors import Unreadable
from corpus.normalise import clean

__all__ = ["FIELDS", "SUFFIX", "checked", "corrected", "find_sidecar", "read_sidecar"]

SUFFIX = ".meta.yaml"
_TWO = ("title", "issuer")
_DAYS = ("issued", "effective_from", "effective_to")
_MANY = ("aliases", "urls")
_STATUSES = ("in_force", "amended", "expired", "replaced", "not_yet_in_force", "unknown")
FIELDS = ("number", *_TWO, "kind", *_DAYS, "status", *_MANY)
"""What can be corrected."""
_DAY = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
_LARGEST = 64 << 10


def find_sidecar(path: Path) -> Path | None:
    """Return the file of corrections beside a file, that of its whole name before that of its stem; None when there is none."""
    places = (path.with_name(path.name + SUFFIX), path.with_name(path.stem + SUFFIX))
    return next((place for place in places if place.is_file()), None)


def read_sidecar(path: Path) -> Mapping[str, Any]:
    """Return the corrections in a file, each checked; raises Unreadable with the reason."""
    try:
        if path.stat().st_size > _LARGEST:
            raise Unreadable(path, "it is too large for a file of corrections")
        data = yaml.load(path.read_text("utf-8-sig"), Loader=yaml.BaseLoader)  # every value stays the text that it is
    except OSError as error:
        raise Unreadable(path, (error.strerror or type(error).__name__).lower()) from error
    except (yaml.YAMLError, UnicodeDecodeError, ValueError, RecursionError) as error:
        raise Unreadable(path, "it is not YAML in UTF-8") from error
    if not isinstance(data, dict):
        raise Unreadable(path, "it holds no fields such as `number: …`")
    try:
        return checked(data)
    except ValueError as error:
        raise Unreadable(path, str(error)) from error


def checked(data: Mapping[Any, Any]) -> Mapping[str, Any]:
    """Return corrections in their plain form; raises ValueError with what is wrong with them."""
    found: dict[str, Any] = {}
    for name, value in data.items():
        if name not in FIELDS:
            raise ValueError(f"“{str(name)[:40]}” is no field; there are {', '.join(FIELDS)}")
        try:
            found[name] = _checked(name, value)
        except ValueError as error:
            raise ValueError(f"{name.replace('_', '-')} {error}") from error
    return found


def _checked(name: str, value: Any) -> Any:
    """Return a value in its plain form; raises ValueError with what is wrong with it."""
    if name in _TWO:
        pair = value if isinstance(value, dict) else {"vi": value}
        if not pair or not pair.keys() <= {"vi", "en"}:
            raise ValueError("must be a text, or vi and en")
        return {language: _text(text) for language, text in pair.items()}
    if name in _MANY:
        if not isinstance(value, list):
            raise ValueError("must be a list")
        return [_text(text) for text in value]
    text = _text(value)
    if name in _DAYS:
        if not _DAY.fullmatch(text):
            raise ValueError("must be a date such as 2026-07-01")
        try:
            first_day(text)
        except ValueError as error:
            raise ValueError("is no day of the calendar") from error
    if name == "status" and text not in _STATUSES:
        raise ValueError(f"must be one of {', '.join(_STATUSES)}")
    return text


def _text(value: Any) -> str:
    """Return a cleaned text; raises ValueError for anything else, or nothing."""
    text = clean(value).strip() if isinstance(value, str) else ""
    if not text:
        raise ValueError("must be a text that is not empty")
    return text


def corrected(document: Document, said: Mapping[str, Any]) -> Document:
    """Return a document as corrected; the language of a title or issuer that is not given keeps its words.

    One that enters into force on a known day, by correction, is no longer of unknown status.
    """
    changes: dict[str, Any] = {name: value for name, value in said.items() if name not in (*_TWO, *_MANY)}
    for name in _TWO:
        if name in said:
            known: Bilingual = getattr(document, name)
            changes[name] = Bilingual(said[name].get("vi", known.vi), said[name].get("en", known.en))
    changes.update({name: tuple(said[name]) for name in _MANY if name in said})
    if "effective_from" in said and "status" not in said and document.status == "unknown":
        changes["status"] = "in_force"
    return replace(document, **changes) if changes else document
