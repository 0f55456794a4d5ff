"""What goes wrong at the API, told as a status, one sentence and the next step, in the caller's language; never a traceback."""

from __future__ import annotations

import logging
from collections.abc import Callable, Coroutine, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from fastapi import Request, Response
from fastapi.exceptions import RequestValidationError
from fastapi.responses import JSONResponse
from fastapi.routing import APIRoute
from starlette.exceptions import HTTPException

from assistant.errors import AttacheError
from ui.words import Phrase

__all__ = ["PROBLEMS", "Problem", "ToldRoute", "problem_of", "spoken", "told"]

_LOG = logging.getLogger(__name__)

PROBLEMS: Mapping[str, Phrase] = MappingProxyType({
    "bad_request": Phrase(
        "Yêu cầu không đúng định dạng: {what}. Xem mô tả tại /api/v1/docs.", "The request is not well formed: {what}. See /api/v1/docs."
    ),
    "unknown_model": Phrase(
        "Không có mô hình “{what}”. Dùng “attache”; danh sách ở /v1/models.", "There is no model “{what}”. Use “attache”; /v1/models lists them."
    ),
    "no_question": Phrase(
        "Không có câu hỏi nào của người dùng. Gửi ít nhất một tin nhắn có role “user”.",
        "There is no question. Send at least one message whose role is “user”.",
    ),
    "failed": Phrase(
        "Có lỗi xảy ra ở máy chủ. Hãy thử lại; nếu vẫn lỗi, xem nhật ký.", "Something failed on the server. Try again, and see its log if it stays."
    ),
})  # fmt: skip


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that went wrong: its name for programs, the HTTP status, the sentence and the next step."""

    name: str
    status: int
    message: str
    advice: str = ""

    def to_json(self) -> dict[str, Any]:
        """Return the body of the answer, in the form that clients of the OpenAI protocol read too."""
        return {"error": {"type": self.name, "message": " ".join(part for part in (self.message, self.advice) if part), "code": self.status}}


def spoken(request: Request) -> str:
    """Return the language in which the caller wants to be told of problems: `vi` when it is asked for first, else `en`."""
    return "vi" if request.headers.get("accept-language", "").strip().lower().startswith("vi") else "en"


def told(name: str, status: int, language: str, what: str = "") -> Problem:
    """Return a problem of the table, `what` put into its sentence."""
    phrase = PROBLEMS[name]
    return Problem(name, status, (phrase.vi if language == "vi" else phrase.en).replace("{what}", what))


_STATUS = MappingProxyType({"UnknownDocument": 404, "UnknownProvision": 404, "UnknownFilter": 404, "BadLocator": 404})


def problem_of(error: Exception, language: str) -> Problem:
    """Return what an error of ours is to a caller; what is not ours is a failure without its words, which go to the log."""
    if isinstance(error, AttacheError):
        kind = type(error).__name__
        name = "".join(f"_{letter.lower()}" if letter.isupper() else letter for letter in kind).lstrip("_")
        return Problem(name, _STATUS.get(kind, 503 if error.retryable else 500), str(error), error.advice)
    _LOG.error("a request failed", exc_info=error)
    return told("failed", 500, language)


def _invalid(error: RequestValidationError, language: str) -> Problem:
    """Return what is wrong with a request: the first fault by its place, none of the values that were sent."""
    first: Mapping[str, Any] = next(iter(error.errors()), {})
    place = ".".join(str(step) for step in first.get("loc", ()) if step != "body")
    said = str(first.get("msg", ""))[:200]
    return told("bad_request", 422, language, f"{place[:80]}: {said}" if place else said)


class ToldRoute(APIRoute):
    """A route whose every failure is told as a `Problem`."""

    def get_route_handler(self) -> Callable[[Request], Coroutine[Any, Any, Response]]:
        """Return the handler with its failures caught."""
        inner = super().get_route_handler()

        async def handler(request: Request) -> Response:
            language = spoken(request)
            try:
                return await inner(request)
            except RequestValidationError as error:
                problem = _invalid(error, language)
            except HTTPException as error:
                problem = told("bad_request", error.status_code, language, str(error.detail)[:200])
            except Exception as error:  # whatever failed, the caller gets a sentence and the log the rest
                problem = problem_of(error, language)
            return JSONResponse(problem.to_json(), problem.status)

        return handler
