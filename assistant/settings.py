"""Settings: read once from the environment, unknown names refused, nothing built."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import platformdirs

from assistant.errors import BadSettings

__all__ = ["Settings"]

_KNOWN = (
    "ATTACHE_HOME", "ATTACHE_ENCODER", "ATTACHE_DATABASE", "ATTACHE_VECTORS",
    "ATTACHE_LIBRARY", "ATTACHE_MODEL", "ATTACHE_MODEL_URL", "ATTACHE_MODEL_KEY",
    "ATTACHE_MODEL_KEY_FILE", "ATTACHE_MODEL_TOKENS", "ATTACHE_MODEL_SECONDS", "ATTACHE_UNVERIFIED",
    "ATTACHE_METRICS", "ATTACHE_LOG", "ATTACHE_LOG_QUESTIONS", "ATTACHE_RATE",
)  # fmt: skip
_TOKENS = 4096
_SECONDS = 300


@dataclass(frozen=True, slots=True)
class Settings:
    """What a person may set.

    `home` is the data folder, `encoder` a local sentence-transformers folder (None: the bundled one), `database` an
    SQLAlchemy URL (None: SQLite in the data folder), `vectors` a Chroma server as http://host:8000/name (empty: Chroma in the
    data folder), `library` the folder of digests (None: the bundled one), `model` the
    answer generator: `extractive` or a chat model as `provider:name`, at `model_url` (None: the provider's own), with
    `model_key` or the key in `model_key_file`, a context of `model_tokens` tokens and `model_seconds` to answer in.
    `metrics` is where Prometheus is answered (empty:
    nowhere), `log` writes a line of JSON for each request, with `log_questions` the words of questions too, and `rate` is how many
    questions a minute a user may ask (0: any number).
    `show_unverified` shows sentences of a model that could not be verified, labelled, instead of dropping them.
    """

    home: Path
    encoder: Path | None = None
    database: str | None = field(default=None, repr=False)  # a password may stand in it
    vectors: str = ""
    library: Path | None = None
    model: str = "extractive"
    model_url: str = ""
    model_key: str = field(default="", repr=False)
    model_key_file: Path | None = None
    model_tokens: int = _TOKENS
    model_seconds: int = _SECONDS
    show_unverified: bool = False
    metrics: str = ""
    log: bool = False
    log_questions: bool = False
    rate: int = 0

    @classmethod
    def read(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """Read the settings; raises BadSettings for an ATTACHE_ variable that means nothing."""
        given = {k: v for k, v in (os.environ if environment is None else environment).items() if k.startswith("ATTACHE_") and v}
        for name in given:
            if name not in _KNOWN:
                raise BadSettings(f"{name} is no setting; known are {', '.join(_KNOWN)}.")

        def path(name: str) -> Path | None:
            return Path(given[name]).expanduser() if name in given else None

        def number(name: str, usual: int) -> int:
            if name in given and not (given[name].isascii() and given[name].isdigit() and int(given[name])):
                raise BadSettings(f"{name} must be a whole number above nought, not “{given[name]}”.")
            return int(given.get(name, usual))

        def one_of(name: str, *words: str) -> str:
            if given.get(name, words[0]) not in words:
                raise BadSettings(f"{name} must be {' or '.join(words)}, not “{given[name]}”.")
            return given.get(name, words[0])

        return cls(
            home=path("ATTACHE_HOME") or Path(platformdirs.user_data_dir("attache")),
            encoder=path("ATTACHE_ENCODER"),
            database=given.get("ATTACHE_DATABASE"),
            vectors=given.get("ATTACHE_VECTORS", ""),
            library=path("ATTACHE_LIBRARY"),
            model=given.get("ATTACHE_MODEL", "extractive"),
            model_url=given.get("ATTACHE_MODEL_URL", ""),
            model_key=given.get("ATTACHE_MODEL_KEY", ""),
            model_key_file=path("ATTACHE_MODEL_KEY_FILE"),
            model_tokens=number("ATTACHE_MODEL_TOKENS", _TOKENS),
            model_seconds=number("ATTACHE_MODEL_SECONDS", _SECONDS),
            show_unverified=one_of("ATTACHE_UNVERIFIED", "drop", "show") == "show",
            metrics=given.get("ATTACHE_METRICS", ""),
            log=one_of("ATTACHE_LOG", "off", "json") == "json",
            log_questions=one_of("ATTACHE_LOG_QUESTIONS", "no", "yes") == "yes",
            rate=number("ATTACHE_RATE", 0) if "ATTACHE_RATE" in given else 0,
        )
