"""A chat model of the assistant as a judge's: one prompt in, one text out."""

from __future__ import annotations

from assistant.generation import ChatModel, ModelSpec, open_model

__all__ = ["Completion", "open_completion"]

_SYSTEM = "You are a strict and fair examiner. You follow the form that is asked for."


class Completion:
    """A streaming model whose reply is taken whole."""

    def __init__(self, model: ChatModel) -> None:
        self._model = model

    def complete(self, prompt: str) -> str:
        """Return what the model says; raises GenerationFailed."""
        return "".join(self._model.stream(_SYSTEM, prompt))


def open_completion(name: str, url: str = "") -> Completion:
    """Open the model `provider:name`; raises BadSettings, GeneratorUnknown."""
    return Completion(open_model(ModelSpec(name, url)))
