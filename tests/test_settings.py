"""Settings are read once, refused when unknown, and build nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.errors import BadSettings
from assistant.settings import Settings


def test_nothing_set() -> None:
    settings = Settings.read({"PATH": "/bin", "HOME": "/root"})
    assert (settings.encoder, settings.database, settings.library, settings.model) == (None, None, None, "extractive")
    assert settings.home.is_absolute()
    assert "attache" in settings.home.parts


def test_everything_set(tmp_path: Path) -> None:
    given = {"HOME": "home", "ENCODER": "encoder", "LIBRARY": "library"}
    environment = {f"ATTACHE_{name}": str(tmp_path / value) for name, value in given.items()}
    settings = Settings.read(environment | {"ATTACHE_DATABASE": "sqlite:///x", "ATTACHE_MODEL": "ollama:small"})
    assert settings == Settings(tmp_path / "home", tmp_path / "encoder", "sqlite:///x", "", tmp_path / "library", "ollama:small")
    assert not settings.home.exists()


def test_the_settings_of_a_chat_model(tmp_path: Path) -> None:
    given = {"URL": "http://127.0.0.1:1/v1", "KEY": "a-secret", "KEY_FILE": str(tmp_path / "key"), "TOKENS": "8192", "SECONDS": "60"}
    settings = Settings.read({f"ATTACHE_MODEL_{name}": value for name, value in given.items()} | {"ATTACHE_UNVERIFIED": "show"})
    assert (settings.model_url, settings.model_key, settings.model_key_file) == (given["URL"], "a-secret", tmp_path / "key")
    assert (settings.model_tokens, settings.model_seconds, settings.show_unverified) == (8192, 60, True)
    assert "a-secret" not in repr(settings)


@pytest.mark.parametrize(("name", "value"), [("MODEL_TOKENS", "0"), ("MODEL_SECONDS", "soon"), ("UNVERIFIED", "maybe"), ("MODEL_TOKENS", "-5")])
def test_a_setting_without_sense_is_refused(name: str, value: str) -> None:
    with pytest.raises(BadSettings, match=name):
        Settings.read({f"ATTACHE_{name}": value})


def test_an_empty_value_is_no_value() -> None:
    assert Settings.read({"ATTACHE_LIBRARY": "", "ATTACHE_MODEL": ""}) == Settings.read({})


def test_the_home_of_a_user_is_found() -> None:
    assert Settings.read({"ATTACHE_HOME": "~/data"}).home == Path.home() / "data"


def test_an_unknown_setting_is_refused_with_those_that_are_known() -> None:
    with pytest.raises(BadSettings, match=r"ATTACHE_HOEM is no setting; known are ATTACHE_HOME, .*ATTACHE_MODEL") as caught:
        Settings.read({"ATTACHE_HOEM": "/tmp"})
    assert caught.value.advice
