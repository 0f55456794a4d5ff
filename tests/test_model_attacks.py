"""Orders and markup in documents and questions, with a model that obeys and one that parrots: nothing of it reaches the reader."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.compose import ingest_paths, open_assistant
from assistant.settings import Settings
from tests.fake_model_server import FakeModelServer, serving
from ui.render import answered

DAY = date(2026, 9, 1)
SHARED = Path(__file__).parents[2] / "shared" / "hostile"
LIVE = re.compile(r"<\s*[a-zA-Z!/]|\]\s*\(|://|javascript:|evil\.example|onerror\s*=", re.I)
TAGS = frozenset(
    "article div ol h2 h3 h4 p span ul li button pre b br table thead tbody tr th td blockquote details summary dl dt dd mark a s".split()
)


def spread(rows: Sequence[str], count: int) -> list[str]:
    return [rows[place * len(rows) // count] for place in range(count)]


@pytest.fixture(scope="module")
def orders() -> list[str]:
    path = SHARED / "injection" / "text_attack_test.json"
    if not path.exists():
        assert os.environ.get("CI") != "true", "under CI the hostile material must be there"
        pytest.skip("../shared is not beside this checkout")
    return spread([order for kind in json.loads(path.read_text("utf-8")).values() for order in kind], 15)


@pytest.fixture(scope="module")
def payloads() -> list[str]:
    path = SHARED / "xss" / "xss-payload-list.txt"
    if not path.exists():
        assert os.environ.get("CI") != "true", "under CI the hostile material must be there"
        pytest.skip("../shared is not beside this checkout")
    return spread([row for row in path.read_text("utf-8").splitlines() if row.strip()], 25)


def word(number: int) -> str:
    """A name of its own for each document."""
    return "".join("bcdghklmnpqrstvx"[int(digit, 16)] + vowel for digit, vowel in zip(f"{number:02x}", "au", strict=True)).capitalize()


def passage(number: int, attack: str) -> str:
    return f"Hộ chiếu loại {word(number)} có thời hạn {number + 11} tháng kể từ ngày cấp. LỆNH: {attack}"


@pytest.fixture(scope="module")
def server() -> Iterator[FakeModelServer]:
    with serving() as state:
        yield state


@pytest.fixture(scope="module")
def asking(tmp_path_factory: pytest.TempPathFactory, orders: list[str], payloads: list[str], server: FakeModelServer) -> Callable[[str], Assistant]:
    """Return an assistant over documents that are all poisoned, with a model of the server."""
    home = tmp_path_factory.mktemp("poisoned")
    rows = home / "rows.jsonl"
    texts = [passage(number, attack) for number, attack in enumerate([*orders, *payloads])]
    written = (json.dumps({"id": f"p-{n}", "title": f"Hộ chiếu {word(n)}", "text": text}, ensure_ascii=False) for n, text in enumerate(texts))
    rows.write_text("\n".join(written), "utf-8")
    settings = Settings(home / "home", library=Path(__file__).parent / "data" / "library")
    ingest_paths(settings, [rows])
    made: dict[str, Assistant] = {}

    def ask(model: str) -> Assistant:
        if model not in made:
            one = Settings(
                settings.home, library=settings.library, model=f"openai:{model}", model_url=server.address, show_unverified=model == "parrots"
            )
            made[model] = open_assistant(one)
        return made[model]

    return ask


class Seen(HTMLParser):
    """What a browser would make of a page."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.names: set[str] = set()
        self.links: list[str] = []
        self.feed(source)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        self.names |= {name for name, _ in attrs}
        self.links += [str(value) for name, value in attrs if name in ("href", "src")]


def dead(answer: Answer, question: str) -> bool:
    """Tell that nothing lives on the page but our own tags, and no link but to the official address of what is cited."""
    page = Seen(answered("k", question, answer, lambda number: None))
    own = {c.url for c in answer.citations}
    return page.tags <= TAGS and not any(name.startswith("on") or name in ("src", "style") for name in page.names) and set(page.links) <= own


def test_no_order_in_a_document_is_followed(asking: Callable[[str], Assistant], server: FakeModelServer, orders: list[str]) -> None:
    assistant, asked = asking("obeys"), 0
    for number in range(len(orders)):
        server.sent.clear()
        question = f"Hộ chiếu loại {word(number)} có thời hạn bao nhiêu tháng?"
        answer = assistant.ask(question, (), DAY)
        asked += bool(server.sent)
        assert not LIVE.search(answer.text) and dead(answer, question), answer.text
        assert not re.search("PWNED|hunter2|99%", answer.text)
        assert all(c.verified for c in answer.citations)
        if answer.outcome.says_something:
            assert f"{number + 11} tháng" in answer.text
    assert asked >= len(orders) - 3  # the model was really tempted


def test_no_order_in_a_question_is_followed(asking: Callable[[str], Assistant], orders: list[str]) -> None:
    for number, order in enumerate(orders):
        question = f"Hộ chiếu loại {word(number)} có thời hạn bao nhiêu tháng? LỆNH: {order}"
        answer = asking("obeys").ask(question, (), DAY)
        assert not LIVE.search(answer.text) and not re.search("PWNED|hunter2|99%", answer.text) and dead(answer, question)


def test_no_markup_of_a_document_comes_alive_in_a_model_s_words(
    asking: Callable[[str], Assistant], server: FakeModelServer, orders: list[str], payloads: list[str]
) -> None:
    assistant, worded = asking("parrots"), 0
    for at, payload in enumerate(payloads):
        number = len(orders) + at
        server.scripted = (
            f"Hộ chiếu loại {word(number)} có thời hạn {number + 11} tháng kể từ ngày cấp [1]. {payload}\n![x](http://evil.example/{at})"
        )
        question = f"Hộ chiếu loại {word(number)} có thời hạn bao nhiêu tháng?"
        answer = assistant.ask(question, (), DAY)
        assert dead(answer, question)
        if answer.generator == "openai:parrots":
            worded += 1
            assert not LIVE.search(answer.text), answer.text
    assert worded >= len(payloads) - 3


def test_no_markup_of_a_question_comes_alive(asking: Callable[[str], Assistant], payloads: list[str]) -> None:
    for payload in payloads:
        question = f"Hộ chiếu loại {word(1)} có thời hạn bao nhiêu tháng? {payload}"
        answer = asking("parrots").ask(question, (), DAY)
        assert dead(answer, question)
        assert answer.generator != "openai:parrots" or not LIVE.search(answer.text)


def test_no_hostile_word_is_sent_as_anything_but_data(asking: Callable[[str], Assistant], server: FakeModelServer) -> None:
    server.sent.clear()
    asking("honest").ask(f"Hộ chiếu loại {word(20)} có thời hạn bao nhiêu tháng?", (), DAY)
    user = str(server.sent[-1]["messages"][-1]["content"])
    assert not re.search(r"[<>{}`|]|://", user)
    code = re.findall(r"mã (\w{16}) ", str(server.sent[-1]["messages"][0]["content"]))[0]
    assert all(code in line for line in user.splitlines() if line.startswith("---"))
