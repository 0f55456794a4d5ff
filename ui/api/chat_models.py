"""The shapes of the OpenAI protocol: a conversation that comes in, the answer and the names that go out."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints

from assistant.answer import Turn
from ui.api.models import MOST_TURNS, AnswerReply, CitationReply, Day
from ui.page import LONGEST_QUESTION

__all__ = ["ChatReply", "ChatRequest", "Message", "ModelList"]


class Part(BaseModel):
    """A part of a message; parts that are no text are not read."""

    type: str = Field(max_length=40)
    text: Annotated[str, StringConstraints(max_length=LONGEST_QUESTION)] = ""


class Message(BaseModel):
    """A message of a conversation, in the OpenAI form."""

    role: Literal["system", "developer", "user", "assistant", "tool", "function"]
    content: Annotated[str, StringConstraints(max_length=8 * LONGEST_QUESTION)] | list[Part] | None = None

    def text(self) -> str:
        """Return the words of the message."""
        if isinstance(self.content, list):
            return "\n".join(part.text for part in self.content if part.type == "text")
        return self.content or ""


class ChatRequest(BaseModel):
    """A conversation in the OpenAI form. Fields that only a language model has a use for are not read; `as_of` and `language` are ours."""

    model_config = ConfigDict(extra="ignore")

    model: Annotated[str, StringConstraints(max_length=200)] = "attache"
    messages: list[Message] = Field(min_length=1, max_length=4 * MOST_TURNS)
    stream: bool = False
    as_of: Day | None = None
    language: Literal["auto", "vi", "en"] = "auto"

    def asked(self) -> tuple[str, tuple[Turn, ...]]:
        """Return the last question and the turns before it; the question is empty when there is none."""
        turns: list[Turn] = []
        for message in self.messages:
            words = message.text().strip()
            if message.role == "user" and words:
                turns.append(Turn(words))
            elif message.role == "assistant" and turns:
                turns[-1] = Turn(turns[-1].question, (), words)
        return (turns[-1].question, tuple(turns[:-1])[-MOST_TURNS:]) if turns else ("", ())


class Said(BaseModel):
    """The answer in the words of the OpenAI protocol: its text with the footnotes."""

    role: Literal["assistant"]
    content: str


class Choice(BaseModel):
    """The one choice."""

    index: int
    message: Said
    finish_reason: Literal["stop"]


class ChatReply(BaseModel):
    """An answer in the OpenAI form; `citations` and the whole answer stand beside the choices."""

    id: str
    object: Literal["chat.completion"]
    created: int
    model: str
    choices: list[Choice]
    citations: list[CitationReply]
    attache: AnswerReply


class Model(BaseModel):
    """A name that a conversation may be asked of."""

    id: str
    object: Literal["model"]
    created: int
    owned_by: str


class ModelList(BaseModel):
    """All such names."""

    object: Literal["list"]
    data: list[Model]
