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

    question: _Question = Field(
        description="Câu hỏi / The question", examples=["Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"]
    )
    history: list[_Question | Earlier] = Field(
        default=[], max_length=MOST_TURNS, description="Các câu hỏi trước, cũ nhất trước / Earlier questions, the oldest first"
    )
    as_of: Day | None = Field(default=None, description="Trả lời theo quy định vào ngày này / Answer by what is in force on this day")
    language: Literal["auto", "vi", "en"] = Field(default="auto", description="Ngôn ngữ trả lời / The answer's language")
    documents: list[_Name] = Field(default=[], max_length=20, description="Chỉ các văn bản này / Only these documents")
    issuers: list[_Name] = Field(default=[], max_length=20, description="Chỉ của các cơ quan này / Only of these issuers")
    kinds: list[_Name] = Field(default=[], max_length=20, description="Chỉ các loại văn bản này / Only of these kinds")
    years: list[Annotated[int, Field(ge=1000, le=9999)]] = Field(
        default=[], max_length=20, description="Chỉ các năm ban hành này / Only of these years of issue"
    )
    valid_on: Day | None = Field(default=None, description="Chỉ văn bản còn hiệu lực vào ngày này / Only what is in force on this day")
    stream: bool = Field(default=False, description="Gửi dần từng phần / Send in parts as they are made")
    id: Annotated[str, StringConstraints(max_length=200)] | None = Field(
        default=None, description="Mã của bên hỏi, được trả lại / The asker's own mark, given back"
    )

    def limits(self) -> Bounds:
        """Return what the answer is limited to."""
        return Bounds(tuple(self.documents), tuple(self.issuers), tuple(self.kinds), tuple(self.years), self.valid_on)

    def turns(self) -> tuple[Turn, ...]:
        """Return the history as the assistant takes it."""
        return tuple(Turn(one) if isinstance(one, str) else Turn(one.question, tuple(one.documents), one.answer) for one in self.history)


class CitationReply(BaseModel):
    """Where a sentence's words stand."""

    mark: int = Field(description="Số dấu trong lời đáp / The mark in the answer")
    document: str = Field(description="Số hiệu văn bản / The document's number")
    title: str = Field(description="Tên văn bản / Its title")
    locator: str = Field(description="Địa chỉ điều khoản / The provision's address")
    quote: str = Field(description="Nguyên văn / The exact words")
    text_kind: str = Field(description="Toàn văn hay tóm lược / The whole text or a digest")
    status: str = Field(description="Hiệu lực vào ngày hỏi / In force or not on the day asked about")
    url: str = Field(description="Nơi đăng / Where it is published")
    passage_id: str = Field(description="Mã đoạn / The passage")
    verified: bool = Field(description="Câu đã được kiểm với nguyên văn / The sentence was checked against the words")


class EvidenceReply(BaseModel):
    """A provision that was looked at."""

    document: str = Field(description="Số hiệu văn bản / The document's number")
    locator: str = Field(description="Địa chỉ / Its address")
    passage_id: str = Field(description="Mã đoạn / The passage")
    score: float = Field(description="Mức phù hợp, càng lớn càng hợp / How well it fits; the greater the better")


class AnswerReply(BaseModel):
    """An answer, as `attache ask --json` prints it; `text` carries marks such as [1] that name citations."""

    id: str | None = Field(default=None, description="Mã của bên hỏi / The asker's own mark")
    question: str = Field(description="Câu hỏi / The question")
    language: str = Field(description="Ngôn ngữ trả lời, vi hoặc en / The answer's language, vi or en")
    as_of: date = Field(description="Ngày xét hiệu lực / The day by which it is answered")
    outcome: Outcome = Field(description="Trả lời được hay không / Whether it could be answered")
    text: str = Field(description="Lời đáp, có dấu [1] / The answer, with marks such as [1]")
    citations: list[CitationReply] = Field(description="Mỗi dấu dẫn tới đâu / Where each mark leads")
    evidence: list[EvidenceReply] = Field(description="Các điều khoản đã xem / The provisions that were looked at")
    notes: list[str] = Field(description="Lưu ý cho người đọc / Notes to the reader")
    generator: str = Field(description="Bộ soạn lời đáp / What composed the answer")
    seconds: float = Field(description="Thời gian soạn, giây / How long it took, in seconds")


class Found(BaseModel):
    """A passage that was found, best first."""

    document: str = Field(description="Số hiệu văn bản / The document's number")
    locator: str = Field(description="Địa chỉ điều khoản / The provision's address")
    passage_id: str = Field(description="Mã đoạn / The passage")
    score: float = Field(description="Càng lớn càng hợp / The greater the better")
    text: str = Field(description="Nguyên văn đoạn / The passage's words")


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

    number: str = Field(description="Số hiệu / Its number")
    title: Words = Field(description="Tên / Its title")
    issuer: Words = Field(description="Cơ quan ban hành / Who issued it")
    kind: str = Field(description="Loại văn bản / Its kind")
    issued: str | None = Field(description="Ngày ban hành / Its day of issue")
    status: str = Field(description="Hiệu lực hiện ghi / Its status as recorded")
    status_note: Words
    effective_from: str | None = Field(description="Có hiệu lực từ / In force from")
    effective_to: str | None = Field(description="Hết hiệu lực từ / No longer in force from")
    relations: list[RelationReply] = Field(description="Quan hệ với văn bản khác / What it is to others")
    aliases: list[str] = Field(description="Tên gọi khác / Other names")
    urls: list[str] = Field(description="Nơi đăng / Where it is published")
    text_kind: str = Field(description="Toàn văn hay tóm lược / The whole text or a digest")
    sha256: str = Field(description="Mã băm của tệp / The file's digest")
    status_on: str = Field(description="Hiệu lực vào ngày as_of / Its status on the day as_of")
    as_of: date = Field(description="Ngày xét hiệu lực / The day of that status")


class ProvisionReply(BaseModel):
    """A provision's words at its address."""

    locator: str = Field(description="Địa chỉ / Its address")
    heading: Words = Field(description="Tên / Its heading")
    text: Words = Field(description="Nguyên văn / Its words")
    role: str
    facts: list[str]
    confidence: str
    span: list[int]
    page: int | None = Field(description="Trang in / Its printed page")


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
