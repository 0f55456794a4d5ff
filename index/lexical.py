"""The lexical index: BM25 over syllable terms, in Tantivy. The only module that imports tantivy.

Two fields hold the same words, with and without diacritics; a query typed without diacritics uses the stripped one (an
accented-only index falls from 85 to 15 nDCG points on such queries). Terms are made by `index.analysis`, so Tantivy
itself only splits at spaces. Text lives in the catalogue; this index can always be rebuilt from it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

from corpus.normalise import has_diacritics
from corpus.passages import Passage
from index.analysis import accented_terms, plain_terms
from index.errors import StoreFailed

if TYPE_CHECKING:
    from tantivy import Query

__all__ = ["LexicalIndex", "TantivyIndex"]

_PLAIN_SHARE = 0.25
_HEAP = 50_000_000


class LexicalIndex(Protocol):
    """Finds passage ids by words."""

    def search(
        self, query: str, *, serves: str, k: int, also: Sequence[tuple[str, float]] = (), documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, BM25 score) pairs, best first.

        `serves` is the question's language; `also` are further phrases with weights (glossary expansion); `documents`
        limits the search to those numbers when given.
        """
        ...

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold a term without diacritics."""
        ...

    def size(self) -> int:
        """Return the number of passages."""
        ...


class TantivyIndex:
    """A lexical index in a folder of its own."""

    def __init__(self, folder: Path) -> None:
        import tantivy

        self._t = tantivy
        builder = tantivy.SchemaBuilder()
        builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
        builder.add_text_field("document", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("serves", tokenizer_name="raw", index_option="basic")
        builder.add_text_field("accented", tokenizer_name="whitespace", index_option="freq")
        builder.add_text_field("plain", tokenizer_name="whitespace", index_option="freq")
        self._schema = builder.build()
        folder.mkdir(parents=True, exist_ok=True)
        try:
            self._index = tantivy.Index(self._schema, path=str(folder))
        except ValueError as error:
            raise StoreFailed(f"The lexical index in {folder.name} cannot be opened.") from error
        self._searcher = self._index.searcher()

    def write(self, passages: Iterable[Passage]) -> None:
        """Add passages and commit them all at once."""
        writer = self._index.writer(_HEAP, 1)
        for passage in passages:
            text = passage.embedding_text
            writer.add_document(
                self._t.Document(
                    id=[passage.id],
                    document=[passage.document],
                    serves=[passage.serves],
                    accented=[" ".join(accented_terms(text))],
                    plain=[" ".join(plain_terms(text))],
                )
            )
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def search(
        self, query: str, *, serves: str, k: int, also: Sequence[tuple[str, float]] = (), documents: Sequence[str] = ()
    ) -> list[tuple[str, float]]:
        """Return up to `k` (passage id, BM25 score) pairs, best first (see LexicalIndex)."""
        wanted = [*self._clauses(query, 1.0)]
        for phrase, weight in also:
            wanted.extend(self._clauses(phrase, weight))
        if not wanted:
            return []
        occur, make = self._t.Occur, self._t.Query
        limits = [(occur.Must, make.boost_query(self._any("serves", (serves, "any")), 0.0))]
        if documents:
            limits.append((occur.Must, make.boost_query(self._any("document", documents), 0.0)))
        whole = make.boolean_query([(occur.Must, make.boolean_query([(occur.Should, q) for q in wanted])), *limits])
        hits = self._searcher.search(whole, k, count=False).hits
        return [(str(self._searcher.doc(address)["id"][0]), float(score)) for score, address in hits]

    def _any(self, field: str, values: Sequence[str]) -> Query:
        """Return a query for any of the values of a raw field."""
        return self._t.Query.term_set_query(self._schema, field, list(values))

    def _clauses(self, text: str, weight: float) -> list[Any]:
        """Return one weighted clause a distinct term."""
        fields = [("plain", plain_terms(text, spaced_dates=True), weight)]
        if has_diacritics(text):
            fields = [
                ("accented", accented_terms(text, spaced_dates=True), weight),
                ("plain", plain_terms(text, spaced_dates=True), weight * _PLAIN_SHARE),
            ]
        make = self._t.Query
        return [
            make.boost_query(make.term_query(self._schema, field, term, index_option="freq"), share)
            for field, terms, share in fields
            for term in dict.fromkeys(terms)
        ]

    def frequency(self, term: str) -> int:
        """Return the number of passages that hold a term without diacritics."""
        return int(self._searcher.doc_freq("plain", term))

    def size(self) -> int:
        """Return the number of passages."""
        return int(self._searcher.num_docs)
