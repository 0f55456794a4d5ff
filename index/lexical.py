"""The lexical index: BM25 over syllable terms, in Tantivy. The only module that imports tantivy.

Two fields hold the same words, with and without diacritics; a query typed without diacritics uses the stripped one (an
accented-only index falls from 85 to 15 nDCG points on such queries). Terms are made by `index.analysis`, so Tantivy
itself only splits at spaces. Text lives in the catalogue; this index can always be rebuilt from it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

from corpus.normalise import has_diacritics
from index.analysis import both_terms, plain_terms
from index.entry import NO_FILTERS, Entry, Filters
from index.errors import StoreFailed

if TYPE_CHECKING:
    from tantivy import DocAddress, Document, IndexWriter, Query

__all__ = ["LexicalIndex", "TantivyIndex"]

_PLAIN_SHARE = 0.25
_HEAP = 50_000_000
_READ = 150_000
"""How many (term, passage) pairs a search may walk through: some 1.5 ms."""
_SATURATED = 2.2
"""What BM25 multiplies a word's rarity with in a passage that is full of it: k1 + 1, and Tantivy's k1 is 1.2."""


class _Term(NamedTuple):
    """A term of a query: its field, its words, its weight, how many passages hold it, and whether the question itself has it."""

    field: str
    text: str
    weight: float
    held_by: int
    own: bool


class LexicalIndex(Protocol):
    """Finds passages by words."""

    def write(self, entries: Iterable[Entry]) -> None:
        """Add entries and commit them all at once; a key that is there is replaced."""
        ...

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys and commit; those that are not there are no error."""
        ...

    def search(
        self, query: str, *, serves: str, k: int, also: Sequence[tuple[str, float]] = (), filters: Filters = NO_FILTERS
    ) -> list[tuple[str, float]]:
        """Return up to `k` (key, score) pairs, best first.

        A score is the passage's BM25 as a share of the best possible: of what a passage full of every word would have, a word
        of the question that no passage holds included. `serves` is the question's language; `also` are further phrases with
        weights (glossary expansion); `filters` limit what is found and leave the scores as they are.
        """
        ...

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold a term without diacritics."""
        ...

    def keys(self) -> Iterator[str]:
        """Yield every key, in no order."""
        ...

    def size(self) -> int:
        """Return the number of passages."""
        ...


class TantivyIndex:
    """A lexical index in a folder of its own; a search walks through at most `read` (term, passage) pairs."""

    def __init__(self, folder: Path, *, read: int = _READ) -> None:
        import tantivy

        self._t, self._read = tantivy, read
        builder = tantivy.SchemaBuilder()
        for field in ("key", "serves", "document", "issuers", "kind"):
            builder.add_text_field(field, stored=True, tokenizer_name="raw", index_option="basic")
        for field in ("year", "valid_from", "valid_to"):
            builder.add_unsigned_field(field, stored=True, indexed=True, fast=True)
        builder.add_text_field("accented", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("plain", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError as error:
            raise StoreFailed(f"The lexical index in {folder.name} cannot be opened.") from error
        self._searcher = self._index.searcher()

    @contextmanager
    def _writing(self) -> Iterator[IndexWriter]:
        """Give a writer, commit what it wrote and read that; nothing is written when an error comes."""
        writer = None
        try:
            writer = self._index.writer(_HEAP, 1)
            yield writer
            writer.commit()
            writer.wait_merging_threads()
            self._index.reload()
        except BaseException as error:
            if writer is not None:
                with suppress(Exception):  # a writer that failed may be unable to go back; what it did not commit is lost anyway
                    writer.rollback()
                    writer.wait_merging_threads()
            if isinstance(error, (ValueError, OSError)):
                raise StoreFailed(f"The lexical index cannot be written ({type(error).__name__}).") from error
            raise
        self._searcher = self._index.searcher()

    def write(self, entries: Iterable[Entry]) -> None:
        """Add entries and commit them all at once."""
        written: set[str] = set()
        with self._writing() as writer:
            for entry in entries:
                if entry.key in written or self._searcher.doc_freq("key", entry.key):
                    writer.delete_documents_by_term("key", entry.key)
                written.add(entry.key)
                writer.add_document(self._document(entry))

    def _document(self, entry: Entry) -> Document:
        """Return an entry as Tantivy takes it."""
        accented, plain = both_terms(entry.text)
        return self._t.Document.from_dict(
            {
                "key": entry.key,
                "serves": entry.serves,
                "document": entry.document,
                "issuers": list(entry.issuers),
                "kind": entry.kind,
                "year": entry.year,
                "valid_from": entry.valid_from,
                "valid_to": entry.valid_to,
                "accented": " ".join(accented),
                "plain": " ".join(plain),
            },
            self._schema,
        )

    def delete(self, keys: Sequence[str]) -> None:
        """Remove keys and commit."""
        with self._writing() as writer:
            for key in keys:
                writer.delete_documents_by_term("key", key)

    def search(
        self, query: str, *, serves: str, k: int, also: Sequence[tuple[str, float]] = (), filters: Filters = NO_FILTERS
    ) -> list[tuple[str, float]]:
        """Return up to `k` (key, score) pairs, best first (see LexicalIndex)."""
        # A term counts once, at its greatest weight: five synonyms of one phrase share most of their words, and would
        # otherwise count for more than the word that tells the passages apart.
        own = {(field, term): share for field, term, share in _weighted(query, 1.0)}
        wanted = dict(own)
        for text, weight in also:
            for field, term, share in _weighted(text, weight):
                wanted[field, term] = max(share, wanted.get((field, term), 0.0))
        words, best = self._words([_Term(*term, weight, self._searcher.doc_freq(*term), term in own) for term, weight in wanted.items()])
        if words is None:
            return []
        # Limits make Tantivy walk through whole lists of passages: twice the time. So first the best of all are looked
        # through, and only when too few of them are within the limits are the limits made part of the query.
        depth = (4 if filters else 2) * k
        hits = self._searcher.search(words, depth, count=False).hits
        within = [*islice((hit for hit in self._read_out(hits) if _is_within(hit[0], serves, filters)), k)]
        if len(within) < k and len(hits) == depth:
            occur, make = self._t.Occur, self._t.Query
            limits = [self._any("serves", (serves, "any")), *self._limits(filters)]
            whole = make.boolean_query([(occur.Must, words), *((occur.Must, make.boost_query(limit, 0.0)) for limit in limits)])
            within = [*self._read_out(self._searcher.search(whole, k, count=False).hits)]
        return [(str(doc["key"][0]), score / best) for doc, score in within]

    def _read_out(self, hits: Sequence[tuple[float, DocAddress]]) -> Iterator[tuple[Document, float]]:
        """Yield the documents of hits with their scores; each is read, which takes its time, when it is asked for."""
        return ((self._searcher.doc(address), float(score)) for score, address in hits)

    def _words(self, terms: Sequence[_Term]) -> tuple[Query | None, float]:
        """Return a query for weighted terms, None when no passage holds any, and the best score that they allow.

        Tantivy walks through the passages of every term. Of the terms, most telling first, as many are taken as the
        limit allows: of a long question over a great library its commonest words are left out.
        """
        whole = self._searcher.num_docs
        rarity = {term: math.log1p((max(whole - term.held_by, 0) + 0.5) / (term.held_by + 0.5)) for term in terms}  # as in Tantivy
        best = sum(_SATURATED * term.weight * rarity[term] for term in terms if term.held_by or term.own)
        make, left = self._t.Query, self._read
        taken: list[Query] = []
        for term in sorted((term for term in terms if term.held_by), key=lambda term: -term.weight * rarity[term]):
            if term.held_by <= left or not taken:
                left -= term.held_by
                taken.append(make.boost_query(make.term_query(self._schema, term.field, term.text, index_option="freq"), term.weight))
        return (make.boolean_query([(self._t.Occur.Should, query) for query in taken]) if taken else None), best

    def _limits(self, filters: Filters) -> Iterator[Query]:
        """Yield one query a limit."""
        for field, values in (("document", filters.documents), ("issuers", filters.issuers), ("kind", filters.kinds), ("year", filters.years)):
            if values:
                yield self._any(field, values)
        if filters.valid_on is not None:
            number, make = self._t.FieldType.Unsigned, self._t.Query
            yield make.range_query(self._schema, "valid_from", number, upper_bound=filters.valid_on)
            yield make.range_query(self._schema, "valid_to", number, lower_bound=filters.valid_on)

    def _any(self, field: str, values: Sequence[str] | Sequence[int]) -> Query:
        """Return a query for any of the values of a raw field."""
        return self._t.Query.term_set_query(self._schema, field, list(values))

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold a term without diacritics."""
        # Tantivy's own number counts what was deleted and lies there still.
        query = self._t.Query.term_query(self._schema, "plain", term, index_option="basic")
        found: Any = self._searcher.search(query, 1, count=True)  # Any: the declared type lacks the count
        return int(found.count)

    def keys(self) -> Iterator[str]:
        """Yield every key, in no order."""
        # Without a query the terms of what was deleted and lies there still come too.
        yield from (key for key, _ in self._searcher.terms_with_prefix("key", "", filter_query=self._t.Query.all_query()))

    def size(self) -> int:
        """Return the number of passages."""
        return int(self._searcher.num_docs)


def _weighted(text: str, weight: float) -> Iterator[tuple[str, str, float]]:
    """Yield the distinct terms of a phrase as (field, term, weight)."""
    if has_diacritics(text):
        accented, plain = both_terms(text, spaced_dates=True)
        yield from (("accented", term, weight) for term in dict.fromkeys(accented))
        weight *= _PLAIN_SHARE
    else:
        plain = plain_terms(text, spaced_dates=True)
    yield from (("plain", term, weight) for term in dict.fromkeys(plain))


def _is_within(doc: Document, serves: str, filters: Filters) -> bool:
    """Tell whether a document, as Tantivy gave it back, serves the language and is admitted by the filters."""
    if str(doc["serves"][0]) not in (serves, "any"):
        return False
    if not filters:
        return True
    key, document, kind, year, first, last = (doc[name][0] for name in ("key", "document", "kind", "year", "valid_from", "valid_to"))
    return filters.admit(Entry(str(key), serves, "", str(document), tuple(doc.get_all("issuers")), str(kind), int(year), int(first), int(last)))
