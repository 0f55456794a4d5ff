"""Several workers over one PostgreSQL and one Chroma server: followed, killed, cut off from each server and back again."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import ExitStack, closing
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.compose import open_assistant
from assistant.history.store import History
from assistant.settings import Settings
from evals.crash_work import law, mark
from evals.postgres import Postgres, binaries, postgres
from evals.vector_server import VectorServer, vector_server
from tests.served import Served, served

ROOT = Path(__file__).parents[1]
TINY = Path(__file__).parent / "data" / "library"


@dataclass
class Office:
    """Two pages of a data folder each, and what they share."""

    folder: Path
    database: Postgres
    vectors: VectorServer
    pages: list[Served] = field(default_factory=list)

    def environment(self, name: str) -> dict[str, str]:
        """Return the settings of one data folder."""
        return {
            "ATTACHE_HOME": str(self.folder / name), "ATTACHE_LIBRARY": str(TINY), "ATTACHE_DATABASE": self.database.url,
            "ATTACHE_VECTORS": self.vectors.url,
        }  # fmt: skip

    def take(self, number: int, name: str = "desk") -> None:
        """Take a made-up law in, by a command of its own on some data folder."""
        path = self.folder / f"law{number}.txt"
        path.write_text(law(number, 1, 4), "utf-8")
        self.run(name, "ingest", str(path))

    def run(self, name: str, *arguments: str) -> str:
        """Run a command on a data folder; returns what it printed."""
        done = subprocess.run(
            [sys.executable, "-m", "ui.cli", *arguments], env={**os.environ, "PYTHONPATH": str(ROOT), **self.environment(name)},
            capture_output=True, text=True, encoding="utf-8", check=False,
        )  # fmt: skip
        assert done.returncode == 0, done.stdout + done.stderr
        return done.stdout


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Office]:
    if binaries() is None:
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)("PostgreSQL's server is not installed")
    folder = tmp_path_factory.mktemp("office")
    with ExitStack() as ending:
        made = Office(folder, ending.enter_context(postgres()), ending.enter_context(vector_server()))
        made.take(901)
        for name in ("one", "two"):
            (folder / f"{name}-log").mkdir()
            page = served(folder / f"{name}-log", "-m", "ui.cli", "ui", "--port", "PORT", **made.environment(name))
            made.pages.append(ending.enter_context(page))
        yield made


def get(page: Served, path: str) -> tuple[int, str]:
    """Return status and body of an address."""
    try:
        with urllib.request.urlopen(page.url + path, timeout=60) as reply:
            return int(reply.status), reply.read().decode()
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def ask(page: Served, number: int) -> tuple[int, str]:
    """Ask a page about a made-up law; returns the status and what was said."""
    body = json.dumps({"question": f"Cơ quan thứ 3 báo cáo về {mark(number, 1)} khi nào?", "language": "vi"}).encode()
    request = urllib.request.Request(f"{page.url}api/v1/ask", body, {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=60) as reply:
            return int(reply.status), str(json.load(reply)["text"])
    except urllib.error.HTTPError as error:
        return error.code, error.read().decode()


def an_answer(folder: Path) -> Answer:
    """Return an answer of an assistant that shares nothing with anybody."""
    return open_assistant(Settings(home=folder / "alone", library=TINY)).ask("Khinh khí cầu quan sát được thả ở đâu?")


def within(seconds: float, seen: Callable[[], bool]) -> float:
    """Wait until it is seen; returns after how many seconds, and fails when they are over."""
    began = time.monotonic()
    while not seen():
        assert time.monotonic() - began < seconds, f"not seen within {seconds} s"
        time.sleep(0.05)
    return time.monotonic() - began


def test_what_one_takes_in_is_answered_by_the_others_within_five_seconds(office: Office) -> None:
    for page in office.pages:
        within(5, lambda page=page: mark(901, 1) in ask(page, 901)[1])  # type: ignore[misc]
    office.take(902)
    for page in office.pages:
        within(5, lambda page=page: mark(902, 1) in ask(page, 902)[1])  # type: ignore[misc]


def test_conversations_are_shared_and_the_index_of_each_folder_is_sound(office: Office) -> None:
    with closing(History.open(office.database.url, own=False)) as history:
        conversation = history.keep("local", an_answer(office.folder), now=datetime(2026, 11, 27, tzinfo=UTC)).conversation
    for name in ("one", "two"):
        assert conversation[:8] in office.run(name, "history", "list", "--json")
    for name in ("desk", "one", "two"):
        assert "NOT" not in office.run(name, "index", "verify")


@pytest.mark.parametrize("which", ["database", "vectors"])
def test_a_server_that_is_stopped_is_named_and_its_return_is_found_by_itself(office: Office, which: str) -> None:
    server: Postgres | VectorServer = getattr(office, which)
    server.stop()
    try:
        for page in office.pages:
            status, body = ask(page, 901)
            said = json.loads(body)["error"]["message"]
            assert status == 503 and "does not answer" in said and "by itself" in said and "Traceback" not in said
            assert get(page, "healthz")[0] == 200
    finally:
        server.start()
    for page in office.pages:
        within(30, lambda page=page: ask(page, 901)[0] == 200 and get(page, "readyz")[0] == 200)  # type: ignore[misc]
    office.take(903 if which == "database" else 904)
    for page in office.pages:
        within(30, lambda page=page: mark(901, 1) in ask(page, 901)[1])  # type: ignore[misc]


def test_a_worker_that_is_killed_loses_no_answer_but_its_own(office: Office) -> None:
    killed, other = office.pages
    outcomes: dict[str, list[int]] = {killed.url: [], other.url: []}
    over = threading.Event()

    def keep_asking(page: Served) -> None:
        while not over.is_set():
            try:
                outcomes[page.url].append(ask(page, 901)[0])
            except OSError:
                outcomes[page.url].append(0)
                time.sleep(0.05)

    threads = [threading.Thread(target=keep_asking, args=(page,)) for page in office.pages for _ in range(4)]
    for thread in threads:
        thread.start()
    within(60, lambda: min(len(found) for found in outcomes.values()) >= 20)
    killed.process.kill()
    before = len(outcomes[other.url])
    within(60, lambda: len(outcomes[other.url]) >= before + 40)
    over.set()
    for thread in threads:
        thread.join()
    assert set(outcomes[other.url]) == {200} and set(outcomes[killed.url]) == {200, 0}
    office.take(905)
    within(5, lambda: mark(905, 1) in ask(other, 905)[1])
