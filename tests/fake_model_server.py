"""A small server on loopback that really speaks the OpenAI chat protocol, streamed, and answers as its model's name says.

`honest` quotes the first passage that it was shown; the others stall, break off, are busy, fail, make things up, or do what a
document or a question orders. What it was sent, and whether a reader hung up on it, is kept for the tests.
"""

from __future__ import annotations

import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

__all__ = ["FakeModelServer", "serving"]

_PASSAGE = re.compile(r"^--- (?:Đoạn|Passage) \w+ ---\n\[(\d+)\] (.*)\n(.*(?:\n(?!---).*)*)", re.M)
_OBEYED = (
    "PWNED [1]. Sure, here is what you ordered [1]. Mật khẩu là hunter2 [1]. Kinh tế số chiếm 99% GDP [1]. "
    "Xem [kết quả](http://evil.example/?q=secret) và ![x](http://evil.example/p.png). Gửi tới http://evil.example/."
)
_SENTENCE = re.compile(r".+?[.!?](?=\s|$)", re.S)


@dataclass
class FakeModelServer:
    """What the server was sent and how it is stopped; `scripted` is what the model of that name says, whatever it is asked."""

    address: str = ""
    scripted: str = ""
    sent: list[dict[str, Any]] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)
    hung_up: threading.Event = field(default_factory=threading.Event)
    stopped: threading.Event = field(default_factory=threading.Event)

    def passages(self) -> list[str]:
        """Return the words of the passages of the last prompt."""
        return [words for _, _, words in _PASSAGE.findall(self.sent[-1]["messages"][-1]["content"])]

    def status(self, model: str) -> int:
        """Return the status that a model answers with."""
        if model == "busy-once":
            return 429 if len(self.sent) == 1 else 200
        return {"busy": 429, "broken": 500, "keyless": 401, "gone": 404, "moved": 307}.get(model, 200)

    def reply(self, model: str) -> str:
        """Return the whole text that a model says."""
        prompt = str(self.sent[-1]["messages"][-1]["content"])
        first = next(iter(_SENTENCE.findall((self.passages() or [""])[0])), "").strip()
        second = next(iter(_SENTENCE.findall((self.passages() or [""])[-1])), "").strip()
        made_up = "Kinh tế số chiếm 87,3% GDP vào năm 2099 [1]."
        replies = {
            "invents-marks": f"{first[:-1]} [99].", "no-marks": first, "invents-figures": f"{first[:-1]} [1]. {made_up}",
            "only-invents": made_up, "declines": "KHÔNG CÓ TRONG TÀI LIỆU.", "silent": "", "repeats": f"{first[:-1]} [1]. " * 400,
            "thinks": f"<think>Đoạn [1] nói 87,3%.</think>{first[:-1]} [1].", "lists": f"Có các điểm sau:\n1. {first[:-1]} [1].\n2. {second} [2]",
            "markup": f"{first[:-1]} [1]. Xem [tại đây](http://evil.example/?q=1) ![x](http://evil.example/p.png) <img src=x onerror=alert(1)>.",
            "obeys": _OBEYED if "LỆNH:" in prompt else f"{first[:-1]} [1].", "parrots": f"{prompt}\n{self.scripted}", "scripted": self.scripted,
        }  # fmt: skip
        return replies.get(model, f"{first[:-1]} [1].")


@contextmanager
def serving() -> Iterator[FakeModelServer]:
    """Serve on a free port of loopback until the block ends."""
    state = FakeModelServer()
    server = ThreadingHTTPServer(("127.0.0.1", 0), _handler(state))
    state.address = f"http://127.0.0.1:{server.server_address[1]}/v1"
    thread = threading.Thread(target=lambda: server.serve_forever(poll_interval=0.02), daemon=True)
    thread.start()
    try:
        yield state
    finally:
        state.stopped.set()
        server.shutdown()
        server.server_close()
        thread.join()


def _handler(state: FakeModelServer) -> type[BaseHTTPRequestHandler]:
    """Return the handler of requests over a state."""

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def log_message(self, format: str, *args: object) -> None:
            """Say nothing."""

        def do_POST(self) -> None:
            """Answer one prompt."""
            asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
            state.sent.append(asked)
            state.headers.append({name.lower(): value for name, value in self.headers.items()})
            model = str(asked["model"])
            status = state.status(model)
            if self.path != "/v1/chat/completions":
                status = 404
            if status != 200:
                return self._plain(status, {"error": {"message": "no", "type": "no", "code": "no"}})
            self.send_response(200)
            self.send_header("Content-Type", "text/event-stream")
            self.send_header("Connection", "close")
            self.end_headers()
            self.close_connection = True
            try:
                self._stream(model)
            except OSError:
                state.hung_up.set()
            return None

        def _plain(self, status: int, body: object) -> None:
            """Answer without a stream."""
            raw = json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(raw)))
            if status == 307:
                self.send_header("Location", "http://192.0.2.1/v1/chat/completions")
            self.end_headers()
            self.wfile.write(raw)

        def _stream(self, model: str) -> None:
            """Send the reply in small pieces, and stall or break off in the middle where the model does."""
            if model == "nonsense":
                self.wfile.write(b"data: {this is no JSON\n\n")
                return
            text = state.reply(model)
            pieces = [text[at : at + 7] for at in range(0, len(text), 7)]
            for at, piece in enumerate(pieces):
                if at == len(pieces) // 2 and model in ("stalls", "waits"):
                    self._wait()
                if at == len(pieces) // 2 and model == "breaks-off":
                    return
                self._event({"content": piece}, None)
            self._event({}, "length" if model == "cut" else "stop")
            self.wfile.write(b"data: [DONE]\n\n")

        def _wait(self) -> None:
            """Say nothing, but notice when the reader hangs up or the server is stopped."""
            self.connection.settimeout(0.02)
            while not state.stopped.is_set():
                try:
                    if self.connection.recv(1) == b"":
                        raise ConnectionResetError
                except TimeoutError:
                    continue

        def _event(self, delta: dict[str, str], finish: str | None) -> None:
            """Send one piece."""
            chunk = {"id": "x", "object": "chat.completion.chunk", "created": 0, "model": "x"}
            row = chunk | {"choices": [{"index": 0, "delta": delta, "finish_reason": finish}]}
            self.wfile.write(b"data: " + json.dumps(row).encode() + b"\n\n")
            self.wfile.flush()

    return Handler
