"""The page as a person has it: `attache ui` in a process of its own, and a headless Chromium that looks at it.

The page is started by its command, for the benchmarks know nothing of it. Playwright comes with the development packages; the browser
is the system's.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from corpus.errors import AttacheError
from evals.own_server import free_port
from evals.provenance import ROOT

__all__ = ["NoBrowser", "chromium", "serving"]

_FLAGS = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run")
_CALLS_HOME = (
    "update.googleapis.com", "clients1.google.com", "clients2.google.com", "clients4.google.com", "edgedl.me.gvt1.com", "redirector.gvt1.com",
    "content-autofill.googleapis.com", "optimizationguide-pa.googleapis.com", "safebrowsing.googleapis.com", "accounts.google.com",
    "android.clients.google.com", "mtalk.google.com",
)  # fmt: skip
"""Whom Chromium by itself looks for, whatever page it shows: newer parts of itself, what unknown forms are for, lists, accounts."""
_PATIENCE = 180


class NoBrowser(AttacheError):
    """There is no browser, no Playwright, or no page to look at."""

    advice = "Install chromium (Debian: apt install chromium) and the development packages (make test), then run this again."


@contextmanager
def serving(home: Path, start: Sequence[str] = ("-m", "ui.cli"), **environment: str) -> Iterator[str]:
    """Run the page over the data folder `home` on a free port and give its address; raises NoBrowser when it does not come up.

    `start` is what Python is given to be the command line, `environment` changes variables; an empty one is none.
    """
    port = free_port()
    paths = os.pathsep.join(filter(None, (str(ROOT), os.environ.get("PYTHONPATH"))))
    surroundings = {**os.environ, "ATTACHE_HOME": str(home), "PYTHONUTF8": "1", "PYTHONPATH": paths, **environment}
    process = subprocess.Popen([sys.executable, *start, "ui", "--port", str(port)], stdout=subprocess.PIPE, text=True, env=surroundings)
    assert process.stdout is not None
    address = f"http://127.0.0.1:{port}/"
    try:
        if address not in process.stdout.readline():
            raise NoBrowser("The page did not start.", advice="Run `attache ui` to see why.")
        urllib.request.urlopen(address, timeout=_PATIENCE).close()
        yield address
    finally:
        process.terminate()
        process.communicate(timeout=20)


@contextmanager
def chromium() -> Iterator[Any]:
    """Give a headless browser that does not call its makers; raises NoBrowser when there is none."""
    program = shutil.which("chromium") or shutil.which("chromium-browser")
    if program is None:
        raise NoBrowser("Chromium is not installed.")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError as error:
        raise NoBrowser("Playwright is not installed.") from error
    with sync_playwright() as playwright:
        nowhere = "--host-resolver-rules=" + ", ".join(f"MAP {host} ~NOTFOUND" for host in _CALLS_HOME)
        browser = playwright.chromium.launch(executable_path=program, args=[*_FLAGS, nowhere])
        yield browser
        browser.close()
