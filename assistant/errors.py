"""Errors of the assistant.

AssistantError
├── BadSettings         a setting is unknown or has no sense
├── GeneratorUnknown    no such answer generator
└── GenerationFailed    a chat model failed or is not reachable
"""

from __future__ import annotations

from corpus.errors import AttacheError, NothingRead

__all__ = ["AssistantError", "AttacheError", "BadSettings", "GenerationFailed", "GeneratorUnknown", "NothingRead"]


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
