"""The whole page as a person starts it, `attache ui`, over the tiny library and a PDF that was taken in; for tests in a browser."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from assistant.compose import ingest_paths
from assistant.settings import Settings
from tests.format_files import pdf, print_lines

__all__ = ["PRINTED", "QUOTED", "Tab", "serving", "tabs"]

TINY = Path(__file__).parent / "data" / "library"
QUOTED = "Khinh khí cầu quan sát chỉ được thả tại vịnh Xuân Đài vào buổi sáng."
PRINTED = pdf(
    lambda canvas: print_lines(
        canvas,
        ["QUY CHẾ", "Thử nghiệm về khinh khí cầu", "Số: 77/2026/QĐ-TNKC", "Ngày 05 tháng 02 năm 2026", "", "Điều 1. Phạm vi điều chỉnh",
         "1. Quy chế này quy định việc thử nghiệm khinh khí cầu.", f"2. {QUOTED}", "Điều 2. Hiệu lực",
         "Quy chế này có hiệu lực từ ngày 01 tháng 3 năm 2026."],
    ),
)  # fmt: skip
"""A rule of two articles, the second clause of the first being `QUOTED`."""


@contextmanager
def serving(home: Path, *further: str, library: Path = TINY) -> Iterator[str]:
    """Run `attache ui` on a free port and give its address."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    environment = {
        **os.environ, "PYTHONPATH": str(Path(__file__).parents[1]), "PYTHONUTF8": "1", "ATTACHE_HOME": str(home), "ATTACHE_LIBRARY": str(library),
    }  # fmt: skip
    printed = home / "khinh-khi-cau.pdf"
    printed.write_bytes(PRINTED)
    assert ingest_paths(Settings(home=home, library=library), [printed]).added == 1
    command = [sys.executable, "-m", "ui.cli", "ui", "--port", str(port), *further]
    with (home / "stderr").open("w") as errors:
        process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, text=True, env=environment)
    assert process.stdout is not None
    address = f"http://127.0.0.1:{port}/"
    try:
        if address not in process.stdout.readline():
            process.kill()
            pytest.fail((home / "stderr").read_text("utf-8"))
        urllib.request.urlopen(address, timeout=60).close()
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


@dataclass
class Tab:
    """A page with all that it asked of the network, complained of, and put up as dialogs."""

    page: Any
    requests: list[str] = field(default_factory=list)
    complaints: list[str] = field(default_factory=list)
    dialogs: list[str] = field(default_factory=list)

    def ask(self, question: str) -> None:
        """Type a question, press Enter, and wait for the answer."""
        self.page.locator("#question").fill(question)
        self.page.keyboard.press("Enter")
        self.answer(question)

    def answer(self, question: str) -> None:
        """Wait until the newest exchange is this question, whole."""
        self.page.locator("#live .exchange:is([data-state=done], [data-state=failed])", has_text=question.strip()).wait_for()

    def go(self, view: str) -> None:
        """Go to a page by its link."""
        self.page.locator(f"a[data-view={view}]").click()

    def shown(self, selector: str) -> str:
        """Return the words that a person sees."""
        return str(self.page.locator(selector).inner_text())

    def fits(self) -> bool:
        """Tell whether nothing scrolls sideways."""
        return bool(self.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))

    @property
    def hosts(self) -> set[str | None]:
        """The hosts that the page spoke to."""
        return {urlsplit(url).hostname for url in self.requests if not url.startswith(("data:", "blob:"))}


@contextmanager
def tabs(browser: Any, address: str) -> Iterator[Callable[..., Tab]]:
    """Give what opens tabs; at the end none has spoken to another host, put up a dialog or complained."""
    made: list[Tab] = []

    def opened(path: str = "", **options: Any) -> Tab:
        context = browser.new_context(**{"viewport": {"width": 1280, "height": 800}, "locale": "en-US", **options})
        tab = Tab(context.new_page())
        made.append(tab)
        tab.page.set_default_timeout(20000)
        context.on("request", lambda request: tab.requests.append(request.url))
        tab.page.on("console", lambda message: tab.complaints.append(message.text) if message.type == "error" else None)
        tab.page.on("pageerror", lambda error: tab.complaints.append(str(error)))
        tab.page.on("dialog", lambda dialog: (tab.dialogs.append(dialog.message), dialog.dismiss()))
        tab.page.goto(address + path)
        tab.page.locator("body[data-ready]").wait_for()
        return tab

    yield opened
    for tab in made:
        assert tab.hosts <= {"127.0.0.1"} and tab.dialogs == [] and tab.complaints == []
        tab.page.context.close()
