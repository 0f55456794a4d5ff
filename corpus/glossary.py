"""The glossary: Vietnamese, English and French names of the same things, with the abbreviations people write.

It serves search across languages (a question in one language finds provisions written in the other) and across
abbreviations (CĐS finds chuyển đổi số). It does not translate sentences.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus.bundle import decode, load_yaml
from corpus.errors import BadLibraryFile
from corpus.normalise import fold, nfc, tokens

__all__ = ["Glossary", "Term"]

_LONGEST = 14


@dataclass(frozen=True, slots=True)
class Term:
    """One concept: its main name in Vietnamese and English, further names, and French forms."""

    vi: str
    en: str
    also_vi: tuple[str, ...] = ()
    also_en: tuple[str, ...] = ()
    fr: tuple[str, ...] = ()

    def names(self, language: str) -> tuple[str, ...]:
        """Return all names in `language` (vi, en or fr), the main one first."""
        if language == "fr":
            return self.fr
        return (self.en, *self.also_en) if language == "en" else (self.vi, *self.also_vi)


class Glossary:
    """Terms by every one of their names, matched on folded tokens so that diacritics and case do not matter."""

    def __init__(self, terms: tuple[Term, ...]) -> None:
        self.terms = terms
        self._by_name: dict[str, dict[tuple[str, ...], list[Term]]] = {"vi": {}, "en": {}, "fr": {}}
        for term in terms:
            for language, names in self._by_name.items():
                for name in term.names(language):
                    key = _key(name)
                    if key and term not in names.setdefault(key, []):
                        names[key].append(term)

    @classmethod
    def read(cls, path: Path) -> Glossary:
        """Read a glossary file; raises BadLibraryFile with the line and reason."""
        data = load_yaml(decode(path.read_bytes(), path), path)
        rows = data.get("terms") if isinstance(data, dict) else None
        if not isinstance(rows, list):
            raise BadLibraryFile(path, 1, "there is no list under terms:")
        return cls(tuple(_term(row, path) for row in rows))

    def faults(self) -> Iterator[str]:
        """Yield duplicate main names and names that are not in NFC."""
        seen: set[str] = set()
        for term in self.terms:
            if term.vi in seen:
                yield f"the term “{term.vi}” stands twice"
            seen.add(term.vi)
            for name in (*term.names("vi"), *term.names("en"), *term.fr):
                if nfc(name) != name:
                    yield f"the name “{name}” is not in NFC"

    def find(self, text: str, language: str) -> list[tuple[Term, int, int]]:
        """Return the terms named in `text`, longest match first at each place, with their token spans [start, end)."""
        words = list(_key(text))
        names = self._by_name[language]
        found: list[tuple[Term, int, int]] = []
        at = 0
        while at < len(words):
            for length in range(min(_LONGEST, len(words) - at), 0, -1):
                terms = names.get(tuple(words[at : at + length]))
                if terms:
                    found.extend((term, at, at + length) for term in terms)
                    at += length - 1
                    break
            at += 1
        return found


def _key(name: str) -> tuple[str, ...]:
    """Return the folded tokens by which a name is matched."""
    return tuple(fold(token) for token in tokens(name))


def _term(row: Any, path: Path) -> Term:
    """Make a term from its YAML row."""
    if not isinstance(row, dict) or not row.get("vi") or not row.get("en"):
        raise BadLibraryFile(path, 1, f"a term lacks vi or en: {row}")

    def several(value: Any) -> tuple[str, ...]:
        values = value if isinstance(value, list) else [value] if value else []
        return tuple(str(v) for v in values)

    return Term(str(row["vi"]), str(row["en"]), several(row.get("also_vi")), several(row.get("also_en")), several(row.get("fr")))
