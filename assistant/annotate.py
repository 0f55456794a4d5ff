"""Notes under an answer: what is replaced, amended, expired or not yet in force on the as-of date, and editor's notes."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, timedelta

from assistant.answer import Citation, Outcome
from assistant.phrases import phrase
from assistant.writing import day_in_words
from corpus.document import Document, Relation, first_day

__all__ = ["notes_on_time", "outcome_on_time"]

_ENDED = ("replaced", "expired")
_BY = {
    "replaced": (("replaced_by", "replaced"),),
    "expired": (("repealed_by", "repealed"),),
    "amended": (("amended_by", "amended"), ("partially_repealed_by", "partially_repealed")),
}


def notes_on_time(
    citations: Sequence[Citation], documents: Mapping[str, Document], as_of: date, language: str, aside: Sequence[Document] = ()
) -> tuple[str, ...]:
    """Return one sentence for each cited document whose status on `as_of` a reader must know, then on editor's notes.

    `aside` are documents that would have answered too, but for their status: they are told of in the same way.
    """
    found: dict[str, None] = {}
    for citation in citations:
        found.update(dict.fromkeys(_status_notes(documents[citation.text_name], as_of, language)))
        if citation.text_kind == "card":
            found[phrase("card_only", language, document=citation.document)] = None
    for document in aside:
        found.update(dict.fromkeys(_status_notes(document, as_of, language)))
    for citation in citations:
        if citation.role == "note" and citation.text_kind != "card":
            found[phrase("note", language, mark=citation.mark)] = None
    return tuple(found)


def outcome_on_time(citations: Sequence[Citation]) -> Outcome:
    """Return superseded_only when every cited document has ended by the as-of date, else answered."""
    if citations and all(c.status in _ENDED for c in citations):
        return Outcome.SUPERSEDED_ONLY
    return Outcome.ANSWERED


def _after(last: str | None) -> str | None:
    """Return the day after an act's last one, from which it has ended; a month or a year stays as it is."""
    return (date.fromisoformat(last) + timedelta(days=1)).isoformat() if last and len(last) == 10 else last


def _status_notes(document: Document, as_of: date, language: str) -> list[str]:
    """Return what to know of one document's status, nothing when there is nothing."""
    status = document.status_on(as_of)
    if status in _BY:
        told = [(name, by) for kind, name in _BY[status] if (by := [r for r in document.related(kind) if _begun(r, as_of)])]
        return [_by(document, status, name, by, language) for name, by in told] or [_by(document, status, status, (), language)]
    if status == "not_yet_in_force":
        day = document.effective_from or document.issued
        since = phrase("to_be", language, day=day_in_words(day, language)) if day else ""
        return [phrase(status, language, document=document.number, day=day_in_words(as_of.isoformat(), language), since=since)]
    note = document.status_note.get(language)
    return [note] if note and document.status == "in_force" and "2025" in note else []


def _begun(relation: Relation, as_of: date) -> bool:
    """Tell whether a relation holds by that day, as far as its date is known."""
    since = first_day(relation.since)
    return since is None or since <= as_of


def _by(document: Document, status: str, name: str, relations: Sequence[Relation], language: str) -> str:
    """Return the sentence on what has ended or changed a document, by which acts and since when."""
    by = phrase("by", language, numbers=", ".join(dict.fromkeys(r.target for r in relations))) if relations else ""
    day = next((r.since for r in relations if r.since), _after(document.effective_to) if status != "amended" else None)
    since = phrase("since", language, day=day_in_words(day, language)) if day else ""
    return phrase(name, language, document=document.number, by=by, since=since)
