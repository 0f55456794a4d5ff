"""Our retrieval as a LangChain retriever, so that LangChain users can plug it into their own chains.

Each document that it returns carries the provision's words as content and its address, status and official address as
metadata. With a budget of tokens the list ends before the budget is passed.
"""

from __future__ import annotations

from datetime import date
from typing import Any

from langchain_core.callbacks import CallbackManagerForRetrieverRun
from langchain_core.documents import Document as LangChainDocument
from langchain_core.retrievers import BaseRetriever

from assistant.assistant import Assistant
from corpus.tokens import open_counter

__all__ = ["AttacheRetriever"]


class AttacheRetriever(BaseRetriever):
    """Finds provisions for a query: `k` at most, and no more than `max_tokens` in all when that is given."""

    assistant: Any
    k: int = 8
    max_tokens: int | None = None

    def __init__(self, assistant: Assistant, *, k: int = 8, max_tokens: int | None = None) -> None:
        super().__init__(assistant=assistant, k=k, max_tokens=max_tokens)  # type: ignore[call-arg]

    def _get_relevant_documents(self, query: str, *, run_manager: CallbackManagerForRetrieverRun) -> list[LangChainDocument]:
        """Return the provisions found, best first."""
        found: list[LangChainDocument] = []
        counter, left = (open_counter(), self.max_tokens) if self.max_tokens is not None else (None, 0)
        for retrieved in self.assistant.search(query, self.k):
            passage = retrieved.passage
            if counter is not None:
                left -= counter.count(passage.text)
                if left < 0:
                    break
            document = self.assistant.document(passage.document)
            metadata = {
                "document": passage.document,
                "locator": passage.locator,
                "passage_id": passage.id,
                "title": document.title.get(passage.language),
                "status": document.status_on(date.today()),
                "url": document.urls[0] if document.urls else "",
                "score": retrieved.score,
            }
            found.append(LangChainDocument(page_content=passage.text, metadata=metadata, id=passage.id))
        return found
