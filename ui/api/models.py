"""The shapes of requests and replies, for checking what comes in and for the description of the API."""

from __future__ import annotations

import re
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints

from assistant.answer import Outcome, Turn
from assistant.bounds import Bounds
from ui.page import LONGEST_QUESTION

__all__ = [
    "MOST_TURNS", "PROBLEM", "AnswerReply", "AskRequest", "CitationReply", "Day", "DocumentHead", "DocumentList", "DocumentReply", "Found",
    "ProblemReply", "ProvisionReply",
]  # fmt: skip

MOST_TURNS = 40
_ISO_DAY = re.compile(r"\d{4}-\d{2}-\d{2}")


def _iso(given: object) -> object:
    """Pass on a day in the form YYYY-MM-DD alone; numbers, which would be read as seconds, are refused."""
    if given is None or isinstance(given, date) or (isinstance(given, str) and _ISO_DAY.fullmatch(given)):
        return given
    raise ValueError("YYYY-MM-DD")


Day = Annotated[date, BeforeValidator(_iso)]
"""A day in ISO form."""
_Question = Annotated[str, StringConstraints(min_length=1, max_length=LONGEST_QUESTION)]
_Name = Annotated[str, StringConstraints(min_length=1, max_length=200)]


class _Strict(BaseModel):
    """A request of ours: a field that is not known is a mistake and told."""

    model_config = ConfigDict(extra="forbid")


class Earlier(_Strict):
    """An earlier question of the conversation; its documents and answer when they are known."""

    question: _Question
    documents: list[_Name] = Field(default=[], max_length=50)
    answer: Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)] = ""


class AskRequest(_Strict):
    """A question. `stream` asks for server-sent events, as does the header `Accept: text/event-stream`.

    `documents`, `issuers`, `kinds`, `years` and `valid_on` limit what the answer may rest on, as they do in a search.
    """

    question: _Question = Field(examples=["Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"])
    history: list[_Question | Earlier] = Field(default=[], max_length=MOST_TURNS)
    as_of: Day | None = None
    language: Literal["auto", "vi", "en"] = "auto"
    documents: list[_Name] = Field(default=[], max_length=20)
    issuers: list[_Name] = Field(default=[], max_length=20)
    kinds: list[_Name] = Field(default=[], max_length=20)
    years: list[Annotated[int, Field(ge=1000, le=9999)]] = Field(default=[], max_length=20)
    valid_on: Day | None = None
    stream: bool = False
    id: Annotated[str, StringConstraints(max_length=200)] | None = None

    def limits(self) -> Bounds:
        """Return what the answer is limited to."""
        return Bounds(tuple(self.documents), tuple(self.issuers), tuple(self.kinds), tuple(self.years), self.valid_on)

    def turns(self) -> tuple[Turn, ...]:
        """Return the history as the assistant takes it."""
        return tuple(Turn(one) if isinstance(one, str) else Turn(one.question, tuple(one.documents), one.answer) for one in self.history)


class CitationReply(BaseModel):
    """Where a sentence's words stand."""

    mark: int
    document: str
    title: str
    locator: str
    quote: str
    text_kind: str
    status: str
    url: str
    passage_id: str
    verified: bool


class EvidenceReply(BaseModel):
    """A provision that was looked at."""

    document: str
    locator: str
    passage_id: str
    score: float


class AnswerReply(BaseModel):
    """An answer, as `attache ask --json` prints it; `text` carries marks such as [1] that name citations."""

    id: str | None = None
    question: str
    language: str
    as_of: date
    outcome: Outcome
    text: str
    citations: list[CitationReply]
    evidence: list[EvidenceReply]
    notes: list[str]
    generator: str
    seconds: float


class Found(BaseModel):
    """A passage that was found, best first."""

    document: str
    locator: str
    passage_id: str
    score: float
    text: str


class Words(BaseModel):
    """A text in both languages, empty where one is missing."""

    vi: str
    en: str


class RelationReply(BaseModel):
    """What a document is to another."""

    type: str
    target: str
    since: str | None
    note: Words


class DocumentHead(BaseModel):
    """A document without its words; `status_on` is its status on the day `as_of`."""

    number: str
    title: Words
    issuer: Words
    kind: str
    issued: str | None
    status: str
    status_note: Words
    effective_from: str | None
    effective_to: str | None
    relations: list[RelationReply]
    aliases: list[str]
    urls: list[str]
    text_kind: str
    sha256: str
    status_on: str
    as_of: date


class ProvisionReply(BaseModel):
    """A provision's words at its address."""

    locator: str
    heading: Words
    text: Words
    role: str
    facts: list[str]
    confidence: str
    span: list[int]
    page: int | None


class DocumentReply(DocumentHead):
    """A document with its provisions, or with those at the address asked for."""

    provisions: list[ProvisionReply]


class DocumentList(BaseModel):
    """Some of the documents, in order, and how many there are in all."""

    total: int
    documents: list[DocumentHead]


class ProblemWords(BaseModel):
    """What went wrong: a name for programs, a sentence with the next step, the status."""

    type: str
    message: str
    code: int


class ProblemReply(BaseModel):
    """The body of every answer that is no success."""

    error: ProblemWords


PROBLEM: dict[int | str, dict[str, Any]] = {
    status: {"model": ProblemReply, "description": described}
    for status, described in (
        (400, "Không đúng định dạng / Not well formed"),
        (401, "Chưa đăng nhập / Not signed in"),
        (403, "Không có quyền / Not allowed"),
        (404, "Không có / Not found"),
        (413, "Quá lớn / Too large"),
        (422, "Không đúng định dạng / Not well formed"),
        (500, "Lỗi máy chủ / Failed"),
        (503, "Hãy thử lại / Try again"),
    )
}
"""What every operation may answer besides its success."""
