"""A draft becomes text: citations numbered by first use, a mark behind every sentence, lists and tables as plain lines."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from assistant.answer import Citation
from assistant.draft import Draft, Line, Quote
from assistant.phrases import phrase
from assistant.verification.values import Judge
from assistant.verify import verify_sentence
from corpus.document import Document
from corpus.legal.address import within
from corpus.normalise import nfc

__all__ = ["Citations", "Written", "day_in_words", "marked", "write"]


@dataclass(frozen=True, slots=True)
class Written:
    """The text of an answer with its citations, and how many sentences failed verification and were left out."""

    text: str
    citations: tuple[Citation, ...]
    dropped: int


def day_in_words(iso: str, language: str) -> str:
    """Return a full or partial ISO date as each language writes it (`27/9/2019`, `27 September 2019`)."""
    parts = iso.split("-")
    if len(parts) == 1:
        return parts[0]
    month = int(parts[1])
    if language != "en":
        return f"{int(parts[2])}/{month}/{parts[0]}" if len(parts) == 3 else f"{month}/{parts[0]}"
    name = "January February March April May June July August September October November December".split()[month - 1]
    return f"{int(parts[2])} {name} {parts[0]}" if len(parts) == 3 else f"{name} {parts[0]}"


class Citations:
    """Citations numbered in the order of their first use; the same words get the same mark."""

    def __init__(self, as_of: date, language: str) -> None:
        self._as_of, self._language = as_of, language
        self.by_words: dict[tuple[str, str, int, int], Citation] = {}

    def mark(self, quote: Quote) -> Citation:
        """Return the citation of a quote, new or known."""
        candidate = quote.candidate
        key = (*candidate.key, *quote.span)
        if key not in self.by_words:
            document, provision = candidate.document, candidate.provision
            words = provision.text.only(candidate.language)
            official = document.text_kind == "official"
            locator = within(provision, *quote.span, candidate.language) if official else provision.locator
            self.by_words[key] = Citation(
                mark=len(self.by_words) + 1,
                document=document.number,
                title=document.title.get(self._language),
                locator=str(locator),
                quote=nfc(words[quote.span[0] : quote.span[1]]),
                text_kind=document.text_kind,
                status=document.status_on(self._as_of),
                url=document.urls[0] if document.urls else "",
                passage_id=candidate.found.passage.id,
                verified=True,
                span=quote.span,
                language=candidate.language,
                role=provision.role,
                held_as=candidate.found.passage.held_as,
                place=str(provision.locator) if locator != provision.locator else "",
            )
        return self.by_words[key]


def write(draft: Draft, documents: Mapping[str, Document], as_of: date, language: str, judge: Judge) -> Written:
    """Number, print and verify a draft; a sentence that fails verification is left out and counted."""
    numbered = Citations(as_of, language)
    rows: list[tuple[Line, list[str]]] = []
    dropped = 0
    for line in draft.lines:
        pieces = []
        for quote in line.quotes:
            citation = numbered.mark(quote)
            piece = marked(quote.shown, citation.mark)
            if verify_sentence(piece, {citation.mark: citation}, documents, judge).supported:
                pieces.append(piece)
            else:
                dropped += 1
        if pieces:
            rows.append((line, pieces))
    text = _table(rows, language, draft) if draft.table else _lines(rows)
    text, citations = _renumbered(f"{draft.lead}\n{text}" if draft.lead else text, numbered)
    return Written(text, citations, dropped)


def marked(words: str, mark: int) -> str:
    """Return words with their mark before the closing stop, so that the mark is part of its sentence."""
    bare = words.rstrip()
    if bare.endswith((".", "!", "?", ":", ";")) and not bare.endswith("..."):
        return f"{bare[:-1]} [{mark}]{bare[-1]}"
    return f"{bare} [{mark}]"


def _renumbered(text: str, numbered: Citations) -> tuple[str, tuple[Citation, ...]]:
    """Return text and the citations that it really uses (a dropped sentence leaves its number unused, which is no harm)."""
    return text, tuple(c for c in numbered.by_words.values() if f"[{c.mark}]" in text)


def _lines(rows: list[tuple[Line, list[str]]]) -> str:
    """Return sentences as running text and list items on lines of their own."""
    text = ""
    for line, pieces in rows:
        if line.bullet:
            text += ("\n" if text else "") + "- " + " ".join(pieces)
        else:
            text += (" " if text and not text.endswith("\n") else "") + " ".join(pieces)
    return text


def _table(rows: list[tuple[Line, list[str]]], language: str, draft: Draft) -> str:
    """Return a table with a row a line; bars inside cells would break it and become broken bars."""
    by_year = all(line.label.isdigit() for line in draft.lines if line.label)
    head = [phrase("period" if by_year else "subject", language), phrase("content", language)]
    out = [" ".join(pieces) for line, pieces in rows if not line.label]
    out += [f"| {head[0]} | {head[1]} |", "| --- | --- |"]
    out += [f"| {line.label} | {' '.join(pieces).replace('|', '¦')} |" for line, pieces in rows if line.label]
    return "\n".join(out)
