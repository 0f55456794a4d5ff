"""What tries to leave the machine: everything is done once with nothing but loopback in reach, and each attempt is told.

    attache eval offline        import, take in, ask, open, measure, look at the page

The network is shut before (`evals.shut`). The work is done on a data folder that is thrown away. A chat model of the settings that is
elsewhere is asked, and that is an attempt.
"""

from __future__ import annotations

import json
import pkgutil
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from importlib import import_module
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from urllib.parse import urlsplit

from assistant.answer import EXTRACTIVE
from assistant.compose import EXAMPLES, ingest_paths, open_assistant
from assistant.generation import ChatModel, ModelSpec, address_of, is_this_machine
from assistant.settings import Settings
from corpus.errors import AttacheError
from corpus.tokens import open_counter
from evals.browser import NoBrowser, chromium, serving
from evals.provenance import ROOT
from evals.shut import Said, Watch

__all__ = ["STEPS", "Place", "Step", "look", "offline", "walk"]

_NUMBER = "01/2026/QĐ-KTM"
_LAW = f"""QUYẾT ĐỊNH
Về việc thử khi không có mạng
Số: {_NUMBER}
Ngày 05 tháng 02 năm 2026

Điều 1. Phạm vi điều chỉnh
Quyết định này quy định việc thử chương trình khi không có mạng.

Điều 2. Thời hạn thử
Thời hạn thử là 37 ngày kể từ ngày Quyết định này có hiệu lực.
"""
_QUESTION = f"Thời hạn thử trong Quyết định {_NUMBER} là bao nhiêu ngày?"
_SERVER = """
import sys
from assistant.doctor import refuse_for_good
told = open(sys.argv.pop(1), "a", encoding="utf-8")
refuse_for_good(lambda attempt: (told.write(attempt + "\\n"), told.flush()))
from ui.cli import main
sys.exit(main(sys.argv[1:]))
"""
_BLOCKED = "document.addEventListener('securitypolicyviolation', (event) => window.attacheBlocked(event.blockedURI));"


@dataclass
class Place:
    """Where the work is done; `model` words the answers in the place of what the settings name."""

    settings: Settings
    watch: Watch
    model: ChatModel | None = None
    assistant: Any = field(default=None, init=False)


Step = Callable[[Place], str]
"""Does one thing, and returns the sentence that tells what was done. Raises AttacheError, AssertionError."""


def walk(place: Place, steps: Sequence[Step]) -> Iterator[Said]:
    """Do the steps one after the other and yield what each came to, with the attempts to leave during it."""
    place.watch.taken()
    for step in steps:
        try:
            said, passed = step(place), True
        except AttacheError as error:
            said, passed = f"{step.__name__}: {error} {error.advice}", False
        except AssertionError as error:
            said, passed = f"{step.__name__}: {error}", False
        attempts = place.watch.taken()
        yield said, passed
        yield from ((f"{step.__name__}: tried to leave the machine: {attempt}", False) for attempt in attempts)


def imports(place: Place) -> str:
    """Import every module of ours that is not for training, and the vocabulary of chat models."""
    names = [
        found.name for folder in ("corpus", "index", "assistant", "evals", "ui")
        for found in pkgutil.walk_packages([str(ROOT / folder)], f"{folder}.") if not found.name.startswith(("index.train_", "index.migrations"))
    ]  # fmt: skip
    for name in names:
        import_module(name)
    return f"{len(names)} modules imported; tokens are {'counted' if open_counter().exact else 'estimated, for the vocabulary is not installed'}"


def takes_in(place: Place) -> str:
    """Build the index of the library and take in a file of our own."""
    file = place.settings.home / "thu-khong-mang.txt"
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(_LAW, "utf-8")
    assert ingest_paths(place.settings, [file]).added == 1, "the file was not taken in"
    return f"the index was made and {file.name} taken in"


def asks(place: Place) -> str:
    """Ask after the file, and an example of the library in each language."""
    place.assistant = open_assistant(place.settings, model=place.model)
    answer = place.assistant.ask(_QUESTION)
    assert {one.document for one in answer.citations} == {_NUMBER} and "37" in answer.text, "the file is not cited"
    for language, questions in EXAMPLES.items():
        assert place.assistant.ask(questions[0]).citations, f"an example in {language} has no citation"
    return f"{1 + len(EXAMPLES)} questions answered with citations, by {answer.generator}"


def opens(place: Place) -> str:
    """Open the provision that was cited."""
    document, provisions = place.assistant.place(_NUMBER, "Điều 2")
    assert "37 ngày" in provisions[0].text.vi, "the words are not there"
    return f"{document.number}, {provisions[0].locator} opened"


def measures(place: Place) -> str:
    """Measure a few answers."""
    from evals.evaluate import start_run

    cases = place.settings.home / "cases.jsonl"
    asked = ((_QUESTION, _NUMBER), *((questions[0], "52-NQ/TW") for questions in EXAMPLES.values()))
    cases.write_text("".join(json.dumps({
        "id": f"W{n}", "lang": "vi", "question": question, "answer_short": "", "gold": [{"doc_number": number}], "type": "factoid",
    }, ensure_ascii=False) + "\n" for n, (question, number) in enumerate(asked)), "utf-8")  # fmt: skip
    _, report = start_run(place.settings, [cases], out=place.settings.home / "run", jobs=1, curve=False)
    assert not report.failed, f"{report.failed} of {len(asked)} cases failed"
    return f"{len(report.rows)} cases measured"


def pages(place: Place) -> str:
    """Serve the page, and ask there in a browser."""
    told = place.settings.home / "attempts"
    told.touch()
    unset = {"ATTACHE_DATABASE": "", "ATTACHE_METRICS": ""}
    with serving(place.settings.home, ("-c", _SERVER, str(told)), ATTACHE_MODEL=place.settings.model, **unset) as address:
        try:
            said = look(place.watch, address, _QUESTION)
        except NoBrowser as error:
            said = f"the page was served, but not looked at in a browser: {error}"
    for attempt in told.read_text("utf-8").splitlines():
        place.watch.tell(attempt)
    return said


def look(watch: Watch, address: str, question: str = "") -> str:
    """Load a page and ask there, if there is a question to be asked; all that the page wants of elsewhere is told. Raises NoBrowser."""
    seen: list[str] = []
    with chromium() as browser:
        context = browser.new_context()
        context.on("request", lambda request: seen.append(request.url))
        context.expose_binding("attacheBlocked", lambda _, url: seen.append(url))
        context.add_init_script(_BLOCKED)
        page = context.new_page()
        page.goto(address)
        if question:
            page.locator("body[data-ready]").wait_for(state="attached")
            page.locator("#question").fill(question)
            page.keyboard.press("Enter")
            page.locator("#live .exchange[data-state=done]").wait_for()
        else:
            page.wait_for_load_state("networkidle")
        context.close()
    own = urlsplit(address).netloc
    for url in seen:
        if urlsplit(url).netloc not in ("", own) and not url.startswith(("blob:", "data:")):
            watch.tell(f"the page asks for {url}")
    return f"the page was looked at in a browser: {len(seen)} requests"


STEPS: tuple[Step, ...] = (imports, takes_in, asks, opens, measures, pages)


def offline(settings: Settings, watch: Watch, steps: Sequence[Step] = STEPS, model: ChatModel | None = None) -> Iterator[Said]:
    """Do everything once, in a process whose network `evals.shut` has shut; yields a sentence for each thing and for each attempt."""
    if settings.model != EXTRACTIVE and is_this_machine(urlsplit(address_of(ModelSpec(settings.model, settings.model_url))[2]).hostname or ""):
        yield f"{settings.model} on this machine cannot be reached from here; answers are quoted instead", True
        settings = replace(settings, model=EXTRACTIVE)
    with TemporaryDirectory(prefix="attache-") as folder:
        yield from walk(Place(replace(settings, home=Path(folder), database=None), watch, model), steps)
