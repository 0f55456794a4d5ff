"""A chat model behind one small port: text streams in, or a sentence says why not. The only module that imports LangChain's models.

`open_model` takes `provider:name`. The names in `_OWN_ADDRESS` and `openai` speak the OpenAI protocol to the address given, or
to the one where such a server listens by default; any other provider is LangChain's, through its own package. Whether that
address is this machine is known before anything is sent (`sends_to`), and a proxy of the environment never carries a question
for this machine away. Tracing services are switched off.

What this does not do: it does not believe a word of what comes back. That is for `assistant.modelled`.
"""

from __future__ import annotations

import asyncio
import os
import threading
from collections.abc import AsyncIterator, Generator
from dataclasses import dataclass, field
from ipaddress import ip_address
from queue import Empty, SimpleQueue
from typing import Any, Protocol
from urllib.parse import urlsplit

from assistant.errors import BadSettings, GenerationFailed, GeneratorUnknown

__all__ = ["ANSWER_TOKENS", "SILENCE", "ChatModel", "ModelSpec", "address_of", "is_this_machine", "open_model"]

_OWN_ADDRESS = {
    "ollama": "http://127.0.0.1:11434/v1", "llamacpp": "http://127.0.0.1:8080/v1", "lmstudio": "http://127.0.0.1:1234/v1",
    "vllm": "http://127.0.0.1:8000/v1",
}  # fmt: skip
_OPENAI = "https://api.openai.com/v1"
_QUIET = {"LANGSMITH_TRACING": "false", "LANGCHAIN_TRACING_V2": "false"}
ANSWER_TOKENS = 700
SILENCE = 120.0
_HEARTBEAT = 0.1
_INSISTENCE = 20
_CONNECTING = 10.0
_PASSING = (408, 409, 425, 429)


class ChatModel(Protocol):
    """A model that answers one prompt."""

    @property
    def name(self) -> str:
        """Its name as `provider:model`."""
        ...

    @property
    def sends_to(self) -> str:
        """The host that prompts are sent to; empty when it is this machine."""
        ...

    def stream(self, system: str, user: str) -> Generator[str, None, bool]:
        """Yield pieces of the reply, empty ones while there is nothing new; return whether it came to its own end.

        Closing the generator stops the model. Raises GenerationFailed.
        """
        ...


@dataclass(frozen=True, slots=True)
class ModelSpec:
    """Which model, where, and how patient to be.

    `seconds` bounds the whole reply with all its attempts, `silence` the wait for the next piece, `retries` how often a busy
    or unreachable server is asked again (never once text has come), `pause` the seconds before the first of these, doubled each
    time; `answer_tokens` the length of a reply.
    """

    name: str
    url: str = ""
    key: str = field(default="", repr=False)
    seconds: float = 300.0
    silence: float = SILENCE
    retries: int = 2
    pause: float = 0.5
    answer_tokens: int = ANSWER_TOKENS


def is_this_machine(host: str) -> bool:
    """Tell whether a host name or address is this machine's loopback; a name other than localhost is not looked up."""
    if host.lower().rstrip(".") == "localhost":
        return True
    try:
        return ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def address_of(spec: ModelSpec) -> tuple[str, str, str]:
    """Return the provider as LangChain knows it, the model's name there, and the address, empty for the provider's own.

    Raises GeneratorUnknown, BadSettings.
    """
    provider, _, model = spec.name.partition(":")
    if not provider or not model:
        raise GeneratorUnknown(f"“{spec.name}” names no model.")
    url = spec.url or _OWN_ADDRESS.get(provider, _OPENAI if provider == "openai" else "")
    if url:
        parts = urlsplit(url)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.username:
            raise BadSettings(f"“{url}” is no address of a chat model.", advice="Set ATTACHE_MODEL_URL to one such as http://127.0.0.1:8080/v1.")
    return ("openai" if provider in _OWN_ADDRESS else provider), model, url.rstrip("/")


def open_model(spec: ModelSpec) -> ChatModel:
    """Return the model of a specification; nothing is sent yet. Raises GeneratorUnknown, BadSettings."""
    return _LangChainModel(spec)


class _LangChainModel:
    """A model of LangChain. A client is made for each prompt, so that one that is stopped closes its own connection alone."""

    def __init__(self, spec: ModelSpec) -> None:
        self.name = spec.name
        self._spec = spec
        self._provider, self._model, self._url = address_of(spec)
        host = urlsplit(self._url).hostname or ""
        self._local = bool(host) and is_this_machine(host)
        self.sends_to = "" if self._local else host or self._provider
        os.environ.update(_QUIET)
        self._client()  # a missing package or key is told of now, not at the first question

    def _client(self) -> Any:
        """Return LangChain's chat model, which opens no connection before it is asked."""
        from langchain.chat_models import init_chat_model

        options: dict[str, Any] = {"max_retries": 0, "timeout": self._spec.silence, "max_tokens": self._spec.answer_tokens}
        if self._spec.key:
            options["api_key"] = self._spec.key
        if self._url:
            options["base_url"] = self._url
        if self._provider == "openai":
            options |= self._over_openai()
        try:
            return init_chat_model(self._model, model_provider=self._provider, **options)
        except ImportError as error:
            raise GeneratorUnknown(
                f"The provider “{self._provider}” needs a package that is not installed.",
                advice=f"Install its LangChain package, or set ATTACHE_MODEL_URL to an OpenAI-compatible address and use openai:{self._model}.",
            ) from error
        except Exception as error:  # every provider has errors of its own for a missing key or a strange option
            raise GeneratorUnknown(f"The model “{self.name}” cannot be set up: {_first_line(error)}.") from error

    def _over_openai(self) -> dict[str, Any]:
        """Return what the OpenAI protocol wants: our own connection, and no key of the environment for another's address."""
        from openai import DefaultAsyncHttpxClient, Timeout

        patience = Timeout(self._spec.silence, connect=min(_CONNECTING, self._spec.silence))
        client = DefaultAsyncHttpxClient(trust_env=not self._local, follow_redirects=False, timeout=patience)
        own: dict[str, Any] = {
            "http_async_client": client,
            "timeout": patience,
            "openai_proxy": "",
            "stream_usage": False,
            "http_socket_options": (),
            "stream_chunk_timeout": None,
        }
        if self._url != _OPENAI:
            # older servers know `max_tokens` alone; a newer model of OpenAI's knows neither it nor a temperature
            own |= {"max_tokens": None, "temperature": 0.0, "extra_body": {"max_tokens": self._spec.answer_tokens}}
            own |= {"api_key": self._spec.key or "none"}
        return own

    def stream(self, system: str, user: str) -> Generator[str, None, bool]:
        """Yield pieces of the reply; return whether it came to its own end. Raises GenerationFailed."""
        news: SimpleQueue[str | bool | GenerationFailed] = SimpleQueue()
        run = _Run(self._reply(system, user), news)
        run.start()
        try:
            while True:
                try:
                    item = news.get(timeout=_HEARTBEAT)
                except Empty:
                    item = ""
                if isinstance(item, GenerationFailed):
                    raise item
                if isinstance(item, bool):
                    return item
                yield item
        finally:
            run.cancel()

    async def _reply(self, system: str, user: str) -> AsyncIterator[str | bool]:
        """Yield pieces and at last whether the reply is whole, asking again while nothing has come. Raises GenerationFailed."""
        try:
            async with asyncio.timeout(self._spec.seconds):
                for attempt in range(self._spec.retries + 1):
                    begun = False
                    try:
                        async for item in self._once(system, user):
                            begun = begun or isinstance(item, str)
                            yield item
                        return
                    except TimeoutError:
                        raise
                    except Exception as error:  # every provider has errors of its own; all end as GenerationFailed
                        failure = _failure(error)
                        if begun or not failure.retryable or attempt == self._spec.retries:
                            raise failure from error
                    await asyncio.sleep(self._spec.pause * 2**attempt)
        except TimeoutError as error:
            raise GenerationFailed("The chat model took too long to answer.") from error

    async def _once(self, system: str, user: str) -> AsyncIterator[str | bool]:
        """Yield the pieces of one attempt and whether the reply came to its own end."""
        client = self._client()
        reason = "" if self._provider == "openai" else "stop"
        pieces = client.astream([("system", system), ("human", user)])
        own = getattr(client, "http_async_client", None)
        try:
            while True:
                try:
                    async with asyncio.timeout(self._spec.silence):
                        chunk = await anext(pieces)
                except StopAsyncIteration:
                    break
                reason = str(chunk.response_metadata.get("finish_reason") or reason)
                text = str(chunk.text)
                if text:
                    yield text
        finally:
            await pieces.aclose()
            if own is not None:
                await own.aclose()
        if not reason:
            raise GenerationFailed("The chat model broke off in the middle of its reply.")
        yield reason == "stop"


class _Run:
    """An asynchronous reply drawn in a thread of its own, that can be stopped from outside at any moment."""

    def __init__(self, reply: AsyncIterator[str | bool], news: SimpleQueue[str | bool | GenerationFailed]) -> None:
        self._reply, self._news = reply, news
        self._loop = asyncio.new_event_loop()
        self._task: asyncio.Task[None] | None = None
        self._thread = threading.Thread(target=self._run, name="chat-model", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._task = self._loop.create_task(self._draw())
        self._thread.start()

    def cancel(self) -> None:
        """Stop, and close the connection; does nothing when the reply has ended."""
        for _ in range(_INSISTENCE):
            if self._task is None or not self._thread.is_alive():
                return
            try:
                self._loop.call_soon_threadsafe(self._task.cancel)
            except RuntimeError:  # the loop was closed between the question and the call: the reply has ended
                return
            # asked again, for Python 3.11 can lose a cancellation that meets the arrival of a piece
            self._thread.join(timeout=_HEARTBEAT)

    def _run(self) -> None:
        """Draw the whole reply in this thread."""
        try:
            self._loop.run_until_complete(asyncio.gather(self._task, return_exceptions=True))  # type: ignore[arg-type]  # set by start
            self._loop.run_until_complete(self._loop.shutdown_asyncgens())
        finally:
            self._loop.close()

    async def _draw(self) -> None:
        """Put every piece, the end and the failure into the queue."""
        try:
            async for item in self._reply:
                self._news.put(item)
        except GenerationFailed as failure:
            self._news.put(failure)


def _failure(error: Exception) -> GenerationFailed:
    """Return an error of a provider as ours: one sentence, and whether the same call may succeed later."""
    if isinstance(error, GenerationFailed):
        return error
    status = getattr(error, "status_code", None)
    if status == 429:
        made = GenerationFailed("The chat model has too much to do (429).")
    elif status in (401, 403):
        made = GenerationFailed(f"The chat model refused the key ({status}).", advice="Check ATTACHE_MODEL_KEY or ATTACHE_MODEL_KEY_FILE.")
    elif status == 404:
        made = GenerationFailed("There is no such chat model at that address (404).")
    elif isinstance(status, int):
        made = GenerationFailed(f"The chat model failed ({status}).")
    elif any("Timeout" in kind.__name__ for kind in type(error).__mro__):
        made = GenerationFailed("The chat model took too long to answer.")
        made.retryable = False
        return made
    else:
        made = GenerationFailed("The chat model cannot be reached, or its reply makes no sense.")
        made.retryable = isinstance(error, OSError) or any("Connect" in kind.__name__ for kind in type(error).__mro__)
        return made
    made.retryable = isinstance(status, int) and (status >= 500 or status in _PASSING)
    return made


def _first_line(error: Exception) -> str:
    """Return the first line of a foreign error, without the full stop."""
    return (str(error).strip().splitlines() or [type(error).__name__])[0].rstrip(".")[:200]
