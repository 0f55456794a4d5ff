"""Secrets of a server that is used and abused: in no line it writes, no number it tells, no answer it gives and no file it keeps."""

from __future__ import annotations

import http.client
import json
import re
import urllib.parse
from pathlib import Path

import pytest

from assistant.compose_accounts import open_accounts
from assistant.settings import Settings
from evals.own_server import free_port
from tests.fake_model_server import serving
from tests.served import served

KEY, PASSWORD, WRONG = "sk-7Qx2mL9vR4tW8zK1", "cau-thang-may-7719", "sai-roi-8823-abcd"


def said(port: int, method: str, path: str, body: object = None, form: bool = False, **headers: str) -> tuple[int, dict[str, str], str]:
    """Send one request and return status, headers and body."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
    content = urllib.parse.urlencode(body) if form else json.dumps(body) if body is not None else None  # type: ignore[arg-type]
    kind = {"content-type": "application/x-www-form-urlencoded" if form else "application/json"} if body is not None else {}
    connection.request(method, path, content, {**kind, **{name.replace("_", "-"): value for name, value in headers.items()}})
    reply = connection.getresponse()
    got = reply.status, {name.lower(): value for name, value in reply.getheaders()}, reply.read().decode("utf-8", "replace")
    connection.close()
    return got


def test_no_secret_is_written_told_or_kept(tmp_path: Path, library_folder: Path) -> None:
    home, key = tmp_path / "home", tmp_path / "key"
    key.write_text(KEY + "\n", "utf-8")
    with open_accounts(Settings(home=home)) as accounts:
        accounts.users.add("lan", PASSWORD)
        token = accounts.users.make_token("lan", "laptop")
    metrics = free_port()
    answers: list[str] = []
    with serving() as model:
        settings = {
            "ATTACHE_HOME": str(home), "ATTACHE_LIBRARY": str(library_folder), "ATTACHE_MODEL": "openai:broken", "ATTACHE_MODEL_URL": model.address,
            "ATTACHE_MODEL_KEY_FILE": str(key), "ATTACHE_LOG": "json", "ATTACHE_LOG_QUESTIONS": "yes", "ATTACHE_METRICS": f"127.0.0.1:{metrics}",
        }  # fmt: skip
        with served(tmp_path, "-m", "ui.cli", "ui", "--port", "PORT", **settings) as page:
            port = int(page.url.rstrip("/").rsplit(":", 1)[1])
            status, headers, _ = said(port, "POST", "/sign-in", {"name": "lan", "password": PASSWORD}, form=True)
            session = re.search(r"attache_session=([^;]+)", headers["set-cookie"])[1]  # type: ignore[index]
            assert status == 303 and session
            answers.append(said(port, "POST", "/sign-in", {"name": "lan", "password": WRONG}, form=True)[2])
            for asked in ({"question": "Nghị quyết 52 đặt mục tiêu kinh tế số năm 2030 là bao nhiêu?"}, {"question": 7}, {"question": "x" * 9999}):
                for way in ({"authorization": f"Bearer {token}"}, {"cookie": f"attache_session={session}"}, {"authorization": f"Bearer {WRONG}"}):
                    answers.append(said(port, "POST", "/api/v1/ask", asked, **way)[2])
            answers.append(said(port, "GET", f"/api/v1/search?q=khinh&token={WRONG}", authorization=f"Bearer {token}")[2])
            answers.append(said(port, "POST", "/v1/chat/completions", {"messages": "none"}, authorization=f"Bearer {token}")[2])
            for path in ("/", "/history", "/nowhere", "/healthz", "/readyz"):
                answers.append(said(port, "GET", path, cookie=f"attache_session={session}")[2])
            answers.append(said(metrics, "GET", "/metrics")[2])
            output = page.process.stdout
        went = [one.get("authorization", one.get("Authorization")) for one in model.headers]
        assert went and set(went) == {f"Bearer {KEY}"}  # to where it should
    lines = (tmp_path / "stderr").read_text("utf-8")
    assert output is not None and '"route": "/api/v1/ask"' in lines
    assert sum("Nghị quyết 52" in line for line in lines.splitlines()) >= 1  # words of questions were asked for
    kept = {path: path.read_bytes() for path in home.rglob("*") if path.is_file()}
    assert len(kept) > 5
    for name, secret in (("key", KEY), ("password", PASSWORD), ("wrong password", WRONG), ("token", token), ("session", session)):
        assert secret not in lines, f"the {name} is in the log"
        assert not [answer[:200] for answer in answers if secret in answer], f"the {name} is in an answer"
        assert not [path.name for path, content in kept.items() if secret.encode() in content], f"the {name} is in a file"


@pytest.mark.parametrize("values", [{"ATTACHE_MODEL_KEY": KEY}, {"ATTACHE_MODEL_KEY": KEY, "ATTACHE_DATABASE": f"postgresql://attache:{PASSWORD}@db/attache"}])
def test_settings_do_not_print_their_secrets(values: dict[str, str]) -> None:
    settings = Settings.read({**values, "ATTACHE_HOME": "somewhere"})
    assert KEY not in repr(settings) and PASSWORD not in repr(settings)
