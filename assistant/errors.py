"""Errors of the assistant.

AssistantError
├── BadSettings         a setting is unknown or has no sense
├── GeneratorUnknown    no such answer generator
├── GenerationFailed    a chat model failed or is not reachable
├── BadReceipt          a file is no receipt that can be checked; names file and reason
└── NotSaved            a receipt could not be written
"""

from __future__ import annotations

from corpus.errors import AttacheError, NothingRead, UnknownDocument, UnknownProvision, Unreadable

__all__ = [
    "AssistantError",
    "AttacheError",
    "BadReceipt",
    "BadSettings",
    "GenerationFailed",
    "GeneratorUnknown",
    "NotSaved",
    "NothingRead",
    "UnknownDocument",
    "UnknownProvision",
    "Unreadable",
]


class AssistantError(AttacheError):
    """A question cannot be answered for a reason that is not in the documents."""


class BadSettings(AssistantError):
    """A setting is unknown or has no sense."""

    advice = "See the table of settings in the README."


class GeneratorUnknown(AssistantError):
    """No answer generator has that name."""

    advice = "Use `extractive`, which quotes the documents and needs no model."


class GenerationFailed(AssistantError):
    """A chat model failed or is not reachable."""

    advice = "Check the model's address and name, or ask again with `--model extractive`."
    retryable = True


class BadReceipt(AssistantError):
    """A file is no receipt that can be checked; `reason` is the end of a sentence that begins with the file's name."""

    advice = "Give the file as `attache ask --receipt` wrote it."

    def __init__(self, name: str, reason: str) -> None:
        super().__init__(f"{name} {reason}.")
        self.name = name
        self.reason = reason


class NotSaved(AssistantError):
    """A receipt could not be written; nothing was left half written."""

    advice = "Name a file in a folder that exists and may be written to."
