"""`/v1/chat/completions` and `/v1/models` in the OpenAI form, for programs that speak it: answers with footnotes and citations.

What follows the answer's text is one footnote a citation; `citations` and the whole answer under `attache` stand beside the
choices. Nothing here is made by a language model unless the server is set to use one.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator
from typing import Any

from fastapi import APIRouter, Request, Response
from fastapi.responses import JSONResponse

from assistant.answer import Answer
from ui.api.asking import composed
from ui.api.chat_models import ChatReply, ChatRequest, ModelList
from ui.api.models import PROBLEM
from ui.api.ports import LibraryService
from ui.api.problems import Problem, ToldRoute, problem_of, spoken, told
from ui.api.streaming import event, streamed
from ui.page import LONGEST_QUESTION

__all__ = ["compatible", "footnotes"]

NAME = "attache"
_CHUNKS = {"type": "object", "description": "chat.completion.chunk, …; [DONE]", "properties": {"data": {"type": "string", "description": "JSON"}}}


def footnotes(answer: Answer) -> str:
    """Return one line a citation and one a note, empty when there are none; it follows the text of the answer."""
    lines = [f"[{c.mark}] {c.document}, {c.locator}: “{c.quote}”" for c in answer.citations]
    return "\n\n" + "\n".join([*lines, *(f"· {note}" for note in answer.notes)]) if lines or answer.notes else ""


def compatible(service: LibraryService) -> APIRouter:
    """Return the routes that speak the OpenAI protocol."""
    router = APIRouter(route_class=ToldRoute, responses=PROBLEM)

    chunks: dict[int | str, dict[str, Any]] = {200: {"content": {"text/event-stream": {"schema": _CHUNKS}}}}

    @router.get("/v1/models", summary="Mô hình / Models (OpenAI)", response_model=ModelList)
    def models() -> dict[str, Any]:
        names = dict.fromkeys((NAME, service.generator))
        return {"object": "list", "data": [{"id": name, "object": "model", "created": 0, "owned_by": NAME} for name in names]}

    @router.post(
        "/v1/chat/completions",
        summary="Hội thoại theo giao thức OpenAI / Conversation in the OpenAI protocol",
        response_model=ChatReply,
        responses=chunks,
    )
    def complete(asked: ChatRequest, request: Request) -> Response:
        question, history = asked.asked()
        wrong = _refused(asked, question, service, spoken(request))
        if wrong:
            return JSONResponse(wrong.to_json(), wrong.status)
        language = None if asked.language == "auto" else asked.language
        if asked.stream:
            pieces = service.stream(composed(question), history, asked.as_of, language)
            return streamed(_chunks(pieces, spoken(request)))
        answer = service.ask(composed(question), history, asked.as_of, language)
        message = {"role": "assistant", "content": answer.text + footnotes(answer)}
        return JSONResponse(_head("chat.completion") | {"choices": [{"index": 0, "message": message, "finish_reason": "stop"}]} | _beside(answer))

    return router


def _refused(asked: ChatRequest, question: str, service: LibraryService, language: str) -> Problem | None:
    """Return why a conversation cannot be answered, None when it can."""
    if asked.model not in (NAME, service.generator):
        return told("unknown_model", 404, language, asked.model)
    if not question:
        return told("no_question", 422, language)
    if len(question) > LONGEST_QUESTION:
        return told("bad_request", 422, language, f"messages: > {LONGEST_QUESTION}")
    return None


def _head(kind: str) -> dict[str, Any]:
    """Return what every reply and chunk begins with."""
    return {"id": f"chatcmpl-{secrets.token_hex(12)}", "object": kind, "created": int(time.time()), "model": NAME}


def _beside(answer: Answer) -> dict[str, Any]:
    """Return what stands beside the choices: the citations, and the answer as the API gives it."""
    whole = answer.to_json()
    return {"citations": whole["citations"], "attache": whole}


def _chunks(pieces: Iterator[str | Answer], language: str) -> Iterator[str]:
    """Yield the chunks of a streamed reply; where the last word differs from what was streamed, it follows whole."""
    head = _head("chat.completion.chunk")

    def chunk(delta: dict[str, str], **more: Any) -> str:
        return event(head | {"choices": [{"index": 0, "delta": delta, "finish_reason": more.pop("finish_reason", None)}]} | more)

    said = ""
    try:
        yield chunk({"role": "assistant", "content": ""})
        for piece in pieces:
            if isinstance(piece, Answer):
                rest = piece.text[len(said) :] if piece.text.startswith(said) else f"\n\n{piece.text}"
                yield chunk({"content": rest + footnotes(piece)})
                yield chunk({}, finish_reason="stop", **_beside(piece))
            elif piece:
                said += piece
                yield chunk({"content": piece})
            else:
                yield ": \n\n"
    except Exception as error:  # the headers have gone: what failed is told in the stream
        yield event(problem_of(error, language).to_json())
    finally:
        pieces.close() if hasattr(pieces, "close") else None
    yield event("[DONE]")
