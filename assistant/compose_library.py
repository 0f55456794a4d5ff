"""The library for the people who keep it: what is held, how acts hang together, and what is not in order."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from assistant.assistant import Assistant
from assistant.holdings import Health, chosen, health_of
from assistant.settings import Settings
from corpus.document import Document
from corpus.errors import Fault, UnknownDocument, UnknownProvision
from index.chain import Step
from index.originals import Originals

__all__ = ["Keeper", "open_keeper"]

_HITS = 12


class Keeper:
    """What an assistant's library holds."""

    def __init__(self, settings: Settings, assistant: Assistant) -> None:
        self._settings, self._assistant = settings, assistant

    def held(self, words: str, status: str, day: date) -> tuple[Sequence[Document], int]:
        """Return the documents with some words and a status on a day, and how many there are."""
        return chosen(self._assistant.each_document(), words, status, day)

    def one(self, number: str) -> Document:
        """Return the text of an act that is read first; raises UnknownDocument."""
        if self.known(number) is None:
            raise UnknownDocument(number)
        return self._assistant.texts(number)[0]

    def known(self, number: str) -> Document | None:
        """Return the document of exactly that number, None when it is not held."""
        return self._assistant.receipts.documents.get(number) if self._assistant.receipts else None

    def steps(self, document: Document) -> Sequence[Step]:
        """Return what replaced, repealed or amended what, the earliest first."""
        return self._assistant.chain(document)

    def inside(self, number: str, query: str) -> Sequence[tuple[str, str]]:
        """Return the passages of a document that answer a query best, each (address, words); raises UnknownDocument."""
        return [(hit.passage.locator, hit.passage.text) for hit in self._assistant.search(query, _HITS, documents=(self.one(number).number,))]

    def provision(self, number: str, locator: str) -> tuple[str, str]:
        """Return the words of a provision in Vietnamese and English; raises UnknownDocument, UnknownProvision."""
        found = self.one(number).find(locator)
        if found is None:
            raise UnknownProvision(number, locator)
        return found.text.vi, found.text.en

    def health(self) -> Health:
        """Return what is not in order with all that is held."""
        unread: list[Fault] = []
        for record in Originals(self._settings.home).records().values():
            unread += [*record.failed, *record.notes]
        return health_of(self._assistant.each_document(), lambda name: self.known(name) is not None, unread)


def open_keeper(settings: Settings, assistant: Assistant) -> Keeper:
    """Return what tells of the library that an assistant answers from."""
    return Keeper(settings, assistant)
