"""What the library holds, for the people who keep it: its documents found by words, and what is not in order with them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from corpus.document import RECORD, Document
from corpus.errors import Fault
from corpus.normalise import fold

__all__ = ["Dangling", "Health", "chosen", "health_of"]


@dataclass(frozen=True, slots=True)
class Dangling:
    """A relation to an act that the library does not hold."""

    document: str
    type: str
    target: str


@dataclass(frozen=True, slots=True)
class Health:
    """What is not in order: files and pages that could not be read, documents without a date, relations that lead nowhere."""

    unread: tuple[Fault, ...]
    undated: tuple[str, ...]
    dangling: tuple[Dangling, ...]


def chosen(
    documents: Iterable[Document], words: str = "", status: str = "", day: date | None = None, most: int = 500
) -> tuple[tuple[Document, ...], int]:
    """Return the documents whose number, name, issuer or aliases hold all the words and that have a status on a day, and how many there are.

    No more than `most` are returned, all are counted. Diacritics and letter case do not matter.
    """
    wanted = fold(words).split()
    on = day or date.today()
    found: list[Document] = []
    count = 0
    for document in documents:
        if wanted and not _holds(document, wanted):
            continue
        if status and document.status_on(on) != status:
            continue
        count += 1
        if len(found) < most:
            found.append(document)
    return tuple(found), count


def _holds(document: Document, wanted: Sequence[str]) -> bool:
    """Tell whether what a document is known by holds all words."""
    named = (document.number, document.title.vi, document.title.en, document.issuer.vi, document.issuer.en, document.issued or "", *document.aliases)
    known = fold(" ".join(named))
    return all(word in known for word in wanted)


def health_of(documents: Iterable[Document], held: Callable[[str], bool], unread: Sequence[Fault] = ()) -> Health:
    """Return what is not in order with some documents; `held` tells whether there is an act of a number or name."""
    undated: list[str] = []
    dangling: dict[tuple[str, str, str], Dangling] = {}
    for document in documents:
        if document.kind == RECORD:
            continue
        if not document.issued and not document.effective_from:
            undated.append(document.number)
        for relation in document.relations:
            if relation.target and not held(relation.target):
                dangling[document.number, relation.type, relation.target] = Dangling(document.number, relation.type, relation.target)
    return Health(tuple(unread), tuple(dict.fromkeys(undated)), tuple(dangling.values()))
