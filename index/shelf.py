"""The shelf: all documents of a catalogue as a mapping from number to document, read when they are asked for.

Where an act has several texts, each stands under the name it is held under; one of those names is mostly the number.

A bounded number of documents that were asked for lately is kept. Iterating over the shelf or taking its length reads no
document; `heads` are documents whose provisions are read only when they are looked at.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Iterator, Mapping
from threading import Lock

from corpus.document import Document
from index.catalogue import Catalogue

__all__ = ["Shelf"]

_KEPT = 512


class Shelf(Mapping[str, Document]):
    """The documents of a catalogue by number."""

    def __init__(self, catalogue: Catalogue, kept: int = _KEPT) -> None:
        self._catalogue = catalogue
        self._most = kept
        self._kept: OrderedDict[str, Document] = OrderedDict()
        self._lock = Lock()

    def __getitem__(self, number: str) -> Document:
        with self._lock:
            if number in self._kept:
                self._kept.move_to_end(number)
                return self._kept[number]
        document = self._catalogue.document(number)
        if document is None:
            raise KeyError(number)
        with self._lock:
            self._kept[number] = document
            while len(self._kept) > self._most:
                self._kept.popitem(last=False)
        return document

    def __iter__(self) -> Iterator[str]:
        return self._catalogue.numbers()

    def __len__(self) -> int:
        return self._catalogue.count()[0]

    def texts(self, number: str) -> tuple[str, ...]:
        """Return the names under which the texts of an act are held, official words first; none for no such number."""
        return tuple(text.held_as for text in self._catalogue.texts([number]).get(number, ()))

    def issuers(self) -> set[str]:
        """Return the names of all issuers, without diacritics."""
        return self._catalogue.issuers()

    def kinds(self) -> set[str]:
        """Return the kinds of all documents."""
        return self._catalogue.kinds()

    def heads(self, *, but: str | None = None) -> Iterator[Document]:
        """Yield all documents in order, their provisions unread; those of the kind `but` are passed over."""
        return self._catalogue.heads(but=but)
