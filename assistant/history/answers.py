"""A whole answer as a plain structure and back: what `to_json` of the command line leaves out is kept too, so that it can be checked again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, replace
from datetime import date
from typing import Any

from assistant.answer import Answer, Citation, Evidence, Judged, ModelReply, Outcome

__all__ = ["answer_of", "plain"]


def plain(answer: Answer) -> dict[str, Any]:
    """Return a structure of plain values from which `answer_of` makes an equal answer, but for the prompt of a chat model.

    A receipt keeps the prompt; a conversation does not, for it repeats the passages many times over.
    """
    reply = answer.reply and replace(answer.reply, system="", user="", boundary="")
    return asdict(replace(answer, reply=reply)) | {"as_of": answer.as_of.isoformat(), "outcome": str(answer.outcome)}


def answer_of(data: Mapping[str, Any]) -> Answer:
    """Return the answer of what `plain` returned. Raises KeyError, TypeError or ValueError for anything else."""
    fields = dict(data)
    fields["as_of"], fields["outcome"] = date.fromisoformat(data["as_of"]), Outcome(data["outcome"])
    fields["citations"] = tuple(Citation(**{**row, "span": (int(row["span"][0]), int(row["span"][1]))}) for row in data["citations"])
    fields["evidence"] = tuple(Evidence(**row) for row in data["evidence"])
    fields["notes"] = tuple(data["notes"])
    fields["reply"] = _reply(data["reply"]) if data.get("reply") else None
    return Answer(**fields)


def _reply(data: Mapping[str, Any]) -> ModelReply:
    """Return what a chat model said."""
    passages = tuple(Evidence(**row) for row in data["passages"])
    judged = tuple(Judged(row["text"], row["verified"], tuple(row["reasons"])) for row in data["judged"])
    return ModelReply(**{**data, "passages": passages, "judged": judged})
