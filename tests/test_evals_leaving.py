"""The walk with the network shut: what leaves is told and fails it, by whatever way, and what is well is not."""

from __future__ import annotations

import http.server
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from assistant.doctor import refuse_for_good
from assistant.settings import Settings
from corpus.errors import AttacheError
from evals.browser import NoBrowser
from evals.leaving import Place, look, walk
from evals.shut import Watch, told

ROOT = Path(__file__).parents[1]
LEAVING = """
import sys
from evals.shut import Watch, shut, told
watch = Watch()
first = shut(watch)
from pathlib import Path
from assistant.settings import Settings
from evals.leaving import Place, walk
def calls_home(place):
    import ctypes, socket, struct
    libc = ctypes.CDLL(None)
    to = struct.pack("=H", socket.AF_INET) + struct.pack("!H4s8x", 443, socket.inet_aton("192.0.2.44"))
    libc.connect(libc.socket(socket.AF_INET, socket.SOCK_STREAM, 0), to, len(to))
    return "called"
def asks_python(place):
    import socket
    try:
        socket.create_connection(("telemetry.example.org", 443), 1)
    except OSError:
        pass
    return "asked"
sys.exit(told([first, *walk(Place(Settings(Path(sys.argv[1])), watch), [calls_home, asks_python])]))
"""


def place(tmp_path: Path) -> Place:
    return Place(Settings(home=tmp_path), Watch())


def test_a_step_that_fails_is_told_and_the_others_are_done(tmp_path: Path) -> None:
    def falls(_: Place) -> str:
        raise AttacheError("It does not work.", advice="Mend it.")

    def doubts(_: Place) -> str:
        raise AssertionError("nothing is cited")

    def works(_: Place) -> str:
        return "done"

    said = list(walk(place(tmp_path), [falls, doubts, works]))
    assert said == [("falls: It does not work. Mend it.", False), ("doubts: nothing is cited", False), ("done", True)]


def test_each_attempt_is_told_once_by_the_step_that_made_it(tmp_path: Path) -> None:
    here = place(tmp_path)
    here.watch.tell("before the first step")

    def leaves(_: Place) -> str:
        here.watch.tell("connect to 192.0.2.1:443")
        here.watch.tell("connect to 192.0.2.1:443")
        return "left"

    said = list(walk(here, [leaves, lambda _: "stayed"]))
    assert said == [("left", True), ("leaves: tried to leave the machine: connect to 192.0.2.1:443", False), ("stayed", True)]


def test_the_exit_status_tells_whether_all_was_well(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    assert told([("một", True)]) == 0 and told([("one", True), ("two", False), ("three", True)]) == 1
    assert capsysbinary.readouterr().out.decode() == "ok  một\nok  one\nNOT two\nok  three\n"


def test_what_native_code_and_python_try_in_a_process_of_its_own_fails_it(tmp_path: Path) -> None:
    run = [sys.executable, "-c", LEAVING, str(tmp_path)]
    done = subprocess.run(run, capture_output=True, text=True, cwd=ROOT, check=False, timeout=60)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "asks_python: tried to leave the machine: look up telemetry.example.org" in done.stdout
    if "by the kernel" not in done.stdout:
        pytest.skip("this machine gives no network of one's own")
    assert "calls_home: tried to leave the machine: connect to 192.0.2.44:443" in done.stdout


def test_python_is_refused_for_good_by_any_of_its_ways() -> None:
    script = f"""
import socket
from {refuse_for_good.__module__} import {refuse_for_good.__name__}
refuse_for_good(print)
from socket import create_connection, getaddrinfo
kept = socket.socket.connect
for way in (lambda: create_connection(("192.0.2.1", 80), 1), lambda: getaddrinfo("example.org", 80), lambda: kept(socket.socket(), ("192.0.2.2", 81)),
            lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).sendto(b"x", ("192.0.2.3", 82)),
            lambda: socket.gethostbyname("example.net")):
    try:
        way()
    except OSError as error:
        assert str(error).startswith("offline: "), error
with socket.create_server(("127.0.0.1", 0)) as server:
    create_connection(server.getsockname(), 1).close()
"""
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, cwd=ROOT, check=False)
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines() == [
        "look up 192.0.2.1", "look up example.org", "connect ('192.0.2.2', 81)", "sendto ('192.0.2.3', 82)", "look up example.net",
    ]  # fmt: skip


@contextmanager
def page(body: str, policy: str = "") -> Iterator[str]:
    """Serve one page on loopback."""

    class Handler(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("content-type", "text/html")
            if policy:
                self.send_header("content-security-policy", policy)
            self.end_headers()
            self.wfile.write(f"<!doctype html><link rel=icon href=data:,>{body}".encode())

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True).start()
    yield f"http://127.0.0.1:{server.server_address[1]}/"
    server.shutdown()
    server.server_close()


@pytest.mark.parametrize(("body", "policy", "tried"), [
    ("<p>quiet</p>", "", ()),
    ("<img src=https://pictures.example.invalid/a.png>", "", ("the page asks for https://pictures.example.invalid/a.png",)),
    ("<img src=https://pictures.example.invalid/a.png>", "default-src 'self'", ("the page asks for https://pictures.example.invalid/a.png",)),
    ("<script>fetch('http://127.0.0.1:1/other').catch(() => 0)</script>", "", ("the page asks for http://127.0.0.1:1/other",)),
])  # fmt: skip
def test_what_a_page_wants_of_elsewhere_is_told_blocked_or_not(body: str, policy: str, tried: tuple[str, ...]) -> None:
    watch = Watch()
    with page(body, policy) as address:
        try:
            look(watch, address)
        except NoBrowser as error:
            (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(str(error))
    assert set(watch.taken()) == set(tried)


