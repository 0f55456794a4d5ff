"""`POST /api/v1/ask` and `GET /api/v1/search`."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from typing import Annotated, Any

from fastapi import APIRouter, Query, Request, Response
from fastapi.responses import JSONResponse

from assistant.answer import Answer
from ui.api.models import PROBLEM, AnswerReply, AskRequest, Day, Found
from ui.api.ports import LibraryService
from ui.api.problems import ToldRoute, problem_of, spoken
from ui.api.streaming import event, streamed
from ui.found import found_row
from ui.page import LONGEST_QUESTION
from ui.ports import AskService

__all__ = ["asking", "composed"]

_EVENT = {
    "type": "object",
    "description": "piece {text}, …, answer {…}; problem {error} khi có lỗi / when it fails",
    "properties": {"event": {"enum": ["piece", "answer", "problem"]}, "data": {"type": "string", "description": "JSON"}},
}


def composed(words: str) -> str:
    """Return words in the composed form that documents are kept in, with nothing that UTF-8 cannot carry."""
    return unicodedata.normalize("NFC", words.encode("utf-8", "replace").decode()).strip()


def _language(given: str) -> str | None:
    """Return the language of the answer, None for the question's own."""
    return None if given == "auto" else given


def asking(service: LibraryService) -> APIRouter:
    """Return the routes that ask and search."""
    router = APIRouter(route_class=ToldRoute, responses=PROBLEM)
    stream_too: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": _EVENT}}}}

    @router.post("/api/v1/ask", summary="Hỏi một câu / Ask a question", response_model=AnswerReply, responses=stream_too)
    def ask(asked: AskRequest, request: Request) -> Response:
        limits = asked.limits()
        answering = service.within(limits) if limits else service
        if asked.stream or "text/event-stream" in request.headers.get("accept", ""):
            return streamed(_events(answering, asked, spoken(request)))
        answer = answering.ask(composed(asked.question), asked.turns(), asked.as_of, _language(asked.language))
        return JSONResponse(answer.to_json(asked.id))

    @router.get("/api/v1/search", summary="Tìm điều khoản / Find provisions", response_model=list[Found])
    def search(
        q: Annotated[str, Query(min_length=1, max_length=LONGEST_QUESTION, description="Từ cần tìm / What to look for")],
        k: Annotated[int, Query(ge=1, le=50, description="Số kết quả / How many")] = 10,
        document: Annotated[list[str], Query(max_length=20, description="Chỉ trong văn bản này / Only in this document")] = [],  # noqa: B006 - FastAPI copies it
        issuer: Annotated[list[str], Query(max_length=20, description="Chỉ của cơ quan này / Only of this issuer")] = [],  # noqa: B006 - as above
        kind: Annotated[list[str], Query(max_length=20, description="Chỉ loại văn bản này / Only of this kind")] = [],  # noqa: B006 - as above
        year: Annotated[list[Annotated[int, Query(ge=1000, le=9999)]], Query(max_length=20, description="Năm ban hành / Year of issue")] = [],  # noqa: B006 - as above
        valid_on: Annotated[Day | None, Query(description="Còn hiệu lực vào ngày này / In force on this day")] = None,
    ) -> Response:
        found = service.search(composed(q), k, documents=document, issuers=issuer, kinds=kind, years=year, valid_on=valid_on)
        return JSONResponse([found_row(hit) for hit in found])

    return router


def _events(service: AskService, asked: AskRequest, language: str) -> Iterator[str]:
    """Yield the answer's pieces, then the whole of it, which has the last word; a failure on the way is the last event."""
    pieces = service.stream(composed(asked.question), asked.turns(), asked.as_of, _language(asked.language))
    try:
        for piece in pieces:
            if isinstance(piece, Answer):
                yield event(piece.to_json(asked.id), "answer")
            else:
                yield event({"text": piece}, "piece") if piece else ": \n\n"
    except Exception as error:  # the headers have gone: what failed is told in the stream
        yield event(problem_of(error, language).to_json(), "problem")
    finally:
        pieces.close() if hasattr(pieces, "close") else None
