"""Guided reading: a document as a path of short sections, with what explains each one.

The question after a section is made when it is asked for: a law has hundreds of sections.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from corpus.document import FRAME, Document
from corpus.glossary import Glossary, Term

__all__ = ["Explained", "Section", "path"]

_TERMS = 6


@dataclass(frozen=True, slots=True)
class Explained:
    """A term of a section with its agreed names, and the other provisions of the document that speak of it."""

    vi: str
    en: str
    also: tuple[str, ...]
    elsewhere: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One step of the path: the provision's address, heading and words, what explains it, and the documents it names."""

    locator: str
    heading: str
    text: str
    terms: tuple[Explained, ...]
    related: tuple[str, ...]


def path(document: Document, language: str, glossary: Glossary) -> tuple[Section, ...]:
    """Return a document as a path; provisions without words in the language are read in the other one."""
    read = [p for p in document.provisions if p.role != FRAME and p.text.get(language).strip()]
    terms = [{term.vi: term for term, _, _ in glossary.find(p.text.vi, "vi")} for p in read]
    named = {str(p.locator): frozenset(mine) for p, mine in zip(read, terms, strict=True)}
    related = tuple(dict.fromkeys(relation.target for relation in document.relations))
    return tuple(
        Section(
            str(p.locator), p.heading.get(language), p.text.get(language), _explained(str(p.locator), mine.values(), named),
            tuple(target for target in related if target in p.text.vi),
        )
        for p, mine in zip(read, terms, strict=True)
    )  # fmt: skip


def _explained(locator: str, terms: Iterable[Term], named: Mapping[str, frozenset[str]]) -> tuple[Explained, ...]:
    """Return the terms of a section, those of several words first, with where else they stand."""
    found = [term for term in terms if len(term.vi.split()) > 1]
    longest = sorted(found, key=lambda term: -len(term.vi.split()))[:_TERMS]
    return tuple(
        Explained(
            term.vi, term.en, (*term.also_vi, *term.also_en), tuple(other for other in named if other != locator and term.vi in named[other])[:3]
        )
        for term in longest
    )
