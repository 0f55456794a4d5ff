"""A real server with accounts, history, a library and the page for measuring, and raw requests to it that no client puts in order."""

from __future__ import annotations

import http.client
import json
import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlencode

import pytest

from assistant.compose_accounts import open_accounts
from assistant.compose_history import open_history
from assistant.settings import Settings

__all__ = ["PASSWORD", "Reply", "Site", "serving"]

PASSWORD = "một mật khẩu đủ dài 2026"
USERS = {"lan": "reader", "minh": "reader", "eva": "evaluator", "quan": "admin", "bi": "reader", "cu": "curator"}
HOSTILE_NAME = "<script>alert(1)</script>\"'><img src=x onerror=alert(2)>"

SERVER = """
import sys
from pathlib import Path
from assistant.briefing.making import Briefer
from assistant.compose import open_assistant
from assistant.compose_accounts import open_accounts
from assistant.compose_history import open_history
from assistant.compose_library import open_keeper
from assistant.live import Live
from assistant.settings import Settings
from evals.workbench import Workbench
from tests.fake_assistant import FakeAssistant
from ui.keeping import Desk
from ui.web import serve
settings = Settings(home=Path(sys.argv[2]), library=Path(sys.argv[3]))
with open_accounts(settings) as accounts:
    live = Live(open_assistant(settings), lambda: open_assistant(settings))
    kept = Desk(open_history(settings), Briefer(live.issuing), keeper=open_keeper(settings, live))
    serve(
        FakeAssistant(), port=int(sys.argv[1]), temp=settings.home / "gradio", bench=Workbench(settings), kept=kept, accounts=accounts,
        names=(f"10.9.8.7:{sys.argv[1]}",),
    )
"""


@dataclass(frozen=True)
class Reply:
    """What came back."""

    status: int
    headers: Mapping[str, str]
    text: str


@dataclass
class Site:
    """The server, its users' tokens and the names of their sessions."""

    home: Path
    port: int
    tokens: dict[str, str] = field(default_factory=dict)

    @property
    def settings(self) -> Settings:
        return Settings(home=self.home)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/"

    def send(self, method: str, path: str, body: object = None, user: str = "", **headers: str) -> Reply:
        """Send one request as it is written; `user` sends their token, a dict is sent as JSON."""
        given = {name.replace("_", "-"): value for name, value in headers.items()}
        if user:
            given["authorization"] = f"Bearer {self.tokens[user]}"
        content = json.dumps(body).encode() if isinstance(body, dict | list) else body.encode() if isinstance(body, str) else body
        if isinstance(body, dict | list):
            given.setdefault("content-type", "application/json")
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        try:
            connection.putrequest(method, path, skip_host="host" in given, skip_accept_encoding=True)
            for name, value in given.items():
                connection.putheader(name, value.encode("utf-8"))
            if content is not None and "content-length" not in given:
                connection.putheader("content-length", str(len(content)))  # type: ignore[arg-type]
            connection.endheaders(content)  # type: ignore[arg-type]
            reply = connection.getresponse()
            return Reply(reply.status, {k.lower(): v for k, v in reply.getheaders()}, reply.read().decode("utf-8", "replace"))
        finally:
            connection.close()

    def sign_in(self, name: str, password: str = PASSWORD, onward: str = "/", **headers: str) -> Reply:
        """Send the form of the sign-in page."""
        form = urlencode({"name": name, "password": password, "next": onward})
        return self.send("POST", "/sign-in", form, content_type="application/x-www-form-urlencoded", **headers)

    def cookie(self, name: str) -> str:
        """Return the cookie of a new session."""
        return self.sign_in(name).headers["set-cookie"].partition(";")[0]


@contextmanager
def serving(home: Path, library: Path) -> Iterator[Site]:
    """Make the users, each with a token, and serve until the caller is done."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        site = Site(home, free.getsockname()[1])
    open_history(site.settings).close()
    with open_accounts(site.settings) as accounts:
        for name, role in USERS.items():
            accounts.users.add(name, PASSWORD, role, HOSTILE_NAME if name == "minh" else "")
            site.tokens[name] = accounts.users.make_token(name, "test")
    command = [sys.executable, "-c", SERVER, str(site.port), str(home), str(library)]
    environment = {**os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1"}
    with (home / "stderr").open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, encoding="utf-8", env=environment)
    assert process.stdout is not None
    try:
        if site.url not in process.stdout.readline():
            pytest.fail((home / "stderr").read_text("utf-8"))
        urllib.request.urlopen(f"{site.url}sign-in", timeout=60).close()
        yield site
    finally:
        process.terminate()
        process.communicate(timeout=60)


def ask(site: Site, question: str, cookie: str, session: str = "s1", **extra: Any) -> Reply:
    """Ask through Gradio's own queue, as a program that knows its addresses would."""
    config = json.loads(site.send("GET", "/config", cookie=cookie).text)
    function = next(d["id"] for d in config["dependencies"] if d["targets"] and d["targets"][0][1] == "submit")
    body = {"data": [None], "fn_index": function, "session_hash": session, "event_data": {"question": question, **extra}}
    return site.send("POST", "/gradio_api/queue/join", body, cookie=cookie)
