"""The library for the people who keep it: what is held, how acts hang together, what is not in order; files taken in and removed."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from datetime import date
from pathlib import Path
from threading import BoundedSemaphore

from assistant.assistant import Assistant
from assistant.compose import Parts, ingest_paths
from assistant.holdings import Health, chosen, health_of
from assistant.intake import Intake, Wishes, wishes_of
from assistant.live import Live
from assistant.outlining import Outlined, outline_paths
from assistant.settings import Settings
from corpus.document import Document
from corpus.errors import Fault, NothingRead, UnknownDocument, UnknownProvision
from corpus.formats.page_picture import PagePicture, picture_page
from index.build import Progress
from index.catalogue import LIBRARY, Catalogue
from index.chain import Step
from index.home import Home
from index.ingest import IngestReport
from index.originals import Originals

__all__ = ["Keeper", "open_keeper"]

_HITS = 12
_DRAWN = 2


class Keeper:
    """What an assistant's library holds."""

    def __init__(self, settings: Settings, current: Callable[[], Assistant], renew: Callable[[], None]) -> None:
        self._settings, self._current, self._renew = settings, current, renew
        self._drawing = BoundedSemaphore(_DRAWN)
        self._catalogue = Catalogue.open(settings.database or Home(settings.home).catalogue_url)
        self.uploads = settings.home / "uploads"

    @property
    def _assistant(self) -> Assistant:
        """The assistant that answers now."""
        return self._current()

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

    def original(self, document: Document) -> Path | None:
        """Return the PDF that a text was read from, None where there is none."""
        found = Originals(self._settings.home).find(document.sha256)
        return found if found and found.suffix == ".pdf" else None

    def picture(self, document: Document, page: int, words: str) -> PagePicture | None:
        """Return the page of the PDF that a text was read from, with where some words stand; None without a PDF. Raises Unreadable."""
        path = self.original(document)
        if path is None:
            return None
        with self._drawing:  # each is a process of its own
            return picture_page(path, page, words)

    def health(self) -> Health:
        """Return what is not in order with all that is held."""
        unread: list[Fault] = []
        for record in Originals(self._settings.home).records().values():
            unread += [*record.failed, *record.notes]
        return health_of(self._assistant.each_document(), lambda name: self.known(name) is not None, unread)

    # --- files taken in and removed --------------------------------------------------------------------------------------

    def sources(self, number: str) -> tuple[str, ...]:
        """Return the files that the texts of an act were read from, none for what is bundled."""
        return tuple(dict.fromkeys(text.source for text in self._catalogue.texts([number]).get(number, ()) if text.source != LIBRARY))

    def beside(self, number: str) -> tuple[str, ...]:
        """Return the other acts that came from the same files, which go when these are removed."""
        names = (name for source in self.sources(number) for name in self._catalogue.known(source))
        return tuple(name for name in dict.fromkeys(names) if name != number)

    def outline(self, path: Path) -> Sequence[Outlined]:
        """Return what a file would be taken in as; nothing is written."""
        return tuple(outline_paths([path]))

    def take(self, path: Path, given: Mapping[str, str], progress: Progress) -> IngestReport:
        """Take a file in, with corrections by field, and answer from it; raises AttacheError."""
        try:
            report = ingest_paths(self._settings, [path], progress, wishes_of(given, confirmed=True))
        except NothingRead as error:
            return IngestReport(failed=error.failed)
        if report.changed:
            self._renew()
        return report

    def remove(self, number: str) -> IngestReport:
        """Remove the files that an act came from, with all that they gave; raises UnknownDocument for one that is bundled or not held."""
        sources = self.sources(number)
        if not sources:
            raise UnknownDocument(number)
        parts = Parts(self._settings)
        total = IngestReport()
        with parts.home.ingesting(), closing(Intake(parts.home, parts.catalogue, parts.encoder, "", Wishes())) as intake:
            for source in sources:
                total += intake.remove(source)
        for path in (Path(source) for source in sources):
            if path.is_relative_to(self.uploads):  # a copy of ours; a person's own file stays where it is
                shutil.rmtree(path.parent, ignore_errors=True)
        self._renew()
        return total


def open_keeper(settings: Settings, live: Live) -> Keeper:
    """Return what tells of the library that an assistant answers from, takes files into it and removes them."""
    return Keeper(settings, live.current, live.renew)
