"""The library's page over the tiny library: listed, found, opened, its chain drawn and told, searched inside, its health."""

from __future__ import annotations

import os
import re
import socket
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest

from assistant.holdings import Dangling, chosen, health_of
from assistant.outlining import Outlined
from corpus.document import Bilingual, Document, Relation
from tests.fake_assistant import DOCUMENTS, HOSTILE
from tests.served import code_served
from tests.watched import Watched as Tab
from tests.watched import watching
from ui.adding import Pending, safe_name
from ui.adding_page import outline_html
from ui.adding_words import ADDED
from ui.library import card, health_html, listing
from ui.library_words import HELD
from ui.timeline import Span, chart
from ui.words import WORDS

DAY = date(2026, 8, 1)
TINY = Path(__file__).parent / "data" / "library"

SERVER = """
import sys
from pathlib import Path
from assistant.compose import open_assistant
from assistant.compose_history import open_history
from assistant.compose_library import open_keeper
from assistant.live import Live
from assistant.settings import Settings
from ui.keeping import Desk
from ui.web import serve
settings = Settings(home=Path(sys.argv[2]), library=Path(sys.argv[3]))
live = Live(open_assistant(settings), lambda: open_assistant(settings))
desk = Desk(open_history(settings), keeper=open_keeper(settings, live))
serve(live, port=int(sys.argv[1]), temp=settings.home / "gradio", kept=desk)
"""


def test_documents_are_chosen_by_words_and_status() -> None:
    assert [d.number for d in chosen(DOCUMENTS, "nghi quyet kinh te", day=DAY)[0]] == []
    assert [d.number for d in chosen(DOCUMENTS, "NGHI QUYET", day=DAY)[0]] == ["52-NQ/TW", "57-NQ/TW"]
    assert [d.number for d in chosen(DOCUMENTS, "", "replaced", DAY)[0]] == ["24/2018/QH14"]
    found, count = chosen(DOCUMENTS, most=1)
    assert len(found) == 1 and count == 3


def test_health_tells_undated_documents_and_relations_that_lead_nowhere() -> None:
    undated = replace(DOCUMENTS[0], number="1/X", issued=None, relations=(Relation("based_on", "52-NQ/TW"), Relation("implements", "9/Y")))
    health = health_of([*DOCUMENTS, undated], lambda name: name in {d.number for d in DOCUMENTS})
    assert health.undated == ("1/X",)
    assert health.dangling == (Dangling("24/2018/QH14", "replaced_by", "116/2025/QH15"), Dangling("1/X", "implements", "9/Y"))
    assert health_of(DOCUMENTS[:1], lambda name: True) == health_of((), lambda name: True)


def test_a_chart_has_a_bar_an_act_and_none_without_dates() -> None:
    drawn = chart([Span("24/2018/QH14", date(2019, 1, 1), date(2026, 7, 1), True), Span("116/2025/QH15", date(2026, 7, 1), None)], DAY)
    assert drawn.count("<rect") == 2 and 'class="bar own ended"' in drawn and 'class="bar open"' in drawn and 'role="img"' in drawn
    widths = [float(w) for w in re.findall(r'<rect[^>]* width="([\d.]+)"', drawn)]
    assert widths[0] > widths[1] > 0 and chart([Span("x", None, None)], DAY) == ""
    assert chart([Span("x", date(1, 1, 1), date(9999, 12, 31))], DAY).count("tick") < 12


def test_hostile_names_are_words() -> None:
    hostile = replace(
        DOCUMENTS[0], number=HOSTILE, title=Bilingual(HOSTILE, HOSTILE), relations=(Relation("replaced_by", HOSTILE, "2020"),),
        urls=("javascript:alert(1)", f"https://x/{HOSTILE}"), kind=HOSTILE, status=HOSTILE,
    )  # fmt: skip
    step = Relation("replaced_by", HOSTILE, "2020")

    @dataclass
    class Step:
        type: str = HOSTILE
        document: str = HOSTILE
        target: str = HOSTILE
        since: str | None = HOSTILE

    drawn = card(hostile, [Step()], lambda number: None, DAY) + listing([hostile], 1, DAY) + health_html(health_of([hostile], lambda name: False))
    assert step.target == HOSTILE and "<script" not in drawn and "<img" not in drawn and "<svg/" not in drawn and "javascript:" not in drawn
    plain = re.sub(r"<[^<>]*>", "", drawn)
    assert "<" not in plain and ">" not in plain


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    with code_served(home, SERVER, home, TINY) as made:
        yield made.url


@pytest.fixture
def open_tab(chromium: Any, url: str) -> Iterator[Callable[..., Tab]]:
    with watching(chromium, Tab, url, "body[data-ready][data-library]") as opened:
        yield opened


@pytest.mark.parametrize(("language", "width"), [("vi", 1280), ("en", 390)])
def test_the_library_is_found_opened_and_searched_inside(open_tab: Callable[..., Tab], library: Any, language: str, width: int) -> None:
    tab = open_tab(f"?lang={language}", viewport={"width": width, "height": 844})
    tab.page.get_by_role("link", name=getattr(WORDS["view_library"], language)).click()
    rows = tab.page.locator("#held-list li")
    rows.first.wait_for()
    assert tab.page.locator("#held-status option").first.get_attribute("label") == getattr(HELD["any"], language)
    assert rows.count() == len(library.documents) and tab.fits()
    tab.page.locator("#held-words").fill("khong co gi nhu vay")
    tab.page.get_by_text(getattr(HELD["none"], language)).wait_for()
    document = max(library.documents, key=lambda d: len(d.provisions))
    tab.page.locator("#held-words").fill(document.number)
    tab.page.locator(f'#held-list [data-document="{document.number}"]').click()
    tab.page.locator("#held-title").wait_for()
    assert tab.page.evaluate("document.activeElement.id") == "held-title" and tab.fits()
    assert getattr(document.title, language)[:30] in tab.page.locator("#held-one").inner_text()
    provision = document.provisions[0]
    tab.page.locator("#held-one .contents summary").first.click()
    tab.page.locator("#held-one .contents .text").first.wait_for()
    assert provision.text.vi[:40] in tab.page.locator("#held-one .contents").inner_text()
    tab.page.locator("#held-query").fill(provision.text.vi[:60])
    tab.page.keyboard.press("Enter")
    tab.page.locator("#held-hits .hit").first.wait_for()
    assert tab.fits()
    tab.page.locator("#held-back").click()
    assert tab.page.evaluate("document.activeElement.dataset.document") == document.number
    tab.page.locator("#held-health h3").wait_for()


NEW = """# Quy chế thử nghiệm về khinh khí cầu

Số: 77/2026/QĐ-TNKC

Ngày 05 tháng 02 năm 2026

Điều 1. Phạm vi điều chỉnh

Quy chế này quy định việc thả khinh khí cầu quan sát tại vịnh Xuân Đài.

Điều 2. Hiệu lực

Quy chế này có hiệu lực từ ngày 01 tháng 3 năm 2026.
"""


def test_a_file_is_dropped_looked_at_taken_in_answered_from_and_removed(open_tab: Callable[..., Tab], tmp_path: Path) -> None:
    file = tmp_path / f"khí cầu {'x' * 20}.md"
    file.write_text(NEW, "utf-8")
    tab = open_tab("?lang=en#library")
    tab.page.locator("#add-file").set_input_files(file)
    tab.page.locator("#add-form").wait_for()
    assert "Xuân Đài" in tab.page.locator("#add-form pre").inner_text()
    tab.page.locator("#add-form summary").click()
    tab.page.locator("#add-number").fill("77/2026/KC")
    tab.page.get_by_role("button", name=ADDED["take"].en).click()
    tab.page.locator("#add-told .good").wait_for()
    assert "1 added" in tab.page.locator("#add-told").inner_text()
    row = tab.page.locator('#held-list [data-document="77/2026/KC"]')
    row.wait_for()
    tab.page.get_by_role("link", name=WORDS["view_ask"].en).click()
    tab.page.locator("#question").fill("77/2026/KC quy định việc thả khinh khí cầu quan sát tại đâu?")
    tab.page.keyboard.press("Enter")
    tab.page.locator("#live .exchange[data-state=done]").wait_for()
    assert "Xuân Đài" in tab.page.locator("#live .words").inner_text()  # answered from at once, without a restart
    tab.page.get_by_role("link", name=WORDS["view_library"].en).click()
    row.click()
    tab.page.locator("#add-remove-it").click()
    tab.page.keyboard.press("Escape")
    tab.page.locator("#add-remove-it").click()
    tab.page.locator("#add-remove").get_by_role("button", name=ADDED["remove"].en).click()
    row.wait_for(state="detached")
    assert tab.page.locator("#held-list li").count() > 0


def test_a_hostile_file_is_words(open_tab: Callable[..., Tab], tmp_path: Path) -> None:
    file = tmp_path / "<img src=x onerror=alert(1)>.md"
    file.write_text(f"# {HOSTILE}\n\nĐiều 1. {HOSTILE}\n\n{HOSTILE}\n", "utf-8")
    tab = open_tab("#library", viewport={"width": 390, "height": 844})
    tab.page.locator("#add-file").set_input_files(file)
    tab.page.locator("#add-form").wait_for()
    assert tab.page.locator("#add-told :is(script, img, svg)").count() == 0 and tab.fits()
    tab.page.locator("#add-discard").click()
    tab.page.locator("#add-form").wait_for(state="detached")
    broken = tmp_path / "broken.pdf"
    broken.write_bytes(b"%PDF-1.7 nothing")
    tab.page.locator("#add-file").set_input_files(broken)
    tab.page.get_by_text(ADDED["nothing"].vi).wait_for()


def test_uploads_are_guarded(url: str) -> None:
    def post(path: str, body: bytes = b"x", **headers: str) -> int:
        request = urllib.request.Request(
            url + path, body, {"content-type": "application/octet-stream"} | {k.replace("_", "-"): v for k, v in headers.items()}
        )
        try:
            with urllib.request.urlopen(request, timeout=20) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            with error:
                return error.code

    json_kind = "application/json"
    assert post("library/upload?name=a.md", content_type="text/plain") == 415
    assert post("library/upload?name=a.md", origin="http://evil.example") == 403
    assert post("library/upload?name=a.md", Host="evil.example") == 421
    assert post("library/take", b'{"token": "00"}', content_type=json_kind) == 409
    assert post("library/take", b'{"token": "00", "given": {"sha256": "x"}}', content_type=json_kind) == 400
    assert post("library/remove", b'{"number": "nothing"}', content_type=json_kind) == 404
    assert post("library/remove", b'{"number": "52-NQ/TW"}', content_type=json_kind) == 404  # bundled, so no file of anybody
    with socket.create_connection((urlsplit(url).hostname, urlsplit(url).port)) as line:  # type: ignore[arg-type]  # a URL with a port
        line.sendall(f"POST /library/upload HTTP/1.1\r\nHost: {urlsplit(url).netloc}\r\nContent-Length: {65 << 20}\r\n\r\n".encode())
        assert b" 413 " in line.recv(100)


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/passwd", "passwd"), ("C:\\x\\y.docx", "y.docx"), ("..", "tep"), ("", "tep"), (".bashrc", "bashrc"), ("a\x00b\n.pdf", "ab.pdf"),
        ("Nghị định.PDF", "Nghị định.PDF"), ("x" * 500 + ".docx", "x" * 115 + ".docx"), ("/", "tep"), ("a/..", "tep"),
    ],
)  # fmt: skip
def test_a_file_s_name_is_made_safe(given: str, kept: str) -> None:
    assert safe_name(given) == kept


def test_every_naughty_name_stays_one_name_in_its_folder(root: Path, tmp_path: Path) -> None:
    lists = root.parent / "shared" / "hostile"
    if not lists.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{lists} is not there")
    names = [line for part in ("xss/xss-payload-list.txt", "blns/blns.txt") for line in (lists / part).read_text("utf-8", "replace").split("\n")]
    for name in names:
        path = tmp_path / safe_name(f"{name}.md")
        assert path.parent == tmp_path and path.resolve().parent == tmp_path.resolve() and len(path.name.encode()) <= 255
        drawn = outline_html(
            Pending("0" * 32, path, (Outlined(name, name, {"number": name, "title": {"vi": name, "en": ""}}), Outlined(name, reason=name)))
        )
        assert "<" not in _OURS.sub("", drawn)


_OURS = re.compile(r"</?(?:form|div|p|pre|b|details|summary|span|label|input|button)(?: [^<>]*)?>")


def get(url: str, path: str) -> tuple[int, str]:
    try:
        with urllib.request.urlopen(url + path, timeout=20) as reply:
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_what_is_not_there_is_told_in_one_sentence(url: str, library: Any) -> None:
    number = quote(library.documents[0].number, safe="")
    for path, status in (
        ("library/one", 400), ("library/one?number=nothing", 404), ("library/find?number=nothing&q=x", 404), (f"library/find?number={number}", 400),
        (f"library/provision?number={number}&locator=Điều+999".replace("Đ", quote("Đ")).replace("ề", quote("ề")), 404),
        ("library/..%2F..%2Fetc%2Fpasswd", 404), ("library/one?number=..%2F..%2Fetc%2Fpasswd", 404), (f"library/list?q={'x' * 5000}", 200),
    ):  # fmt: skip
        assert get(url, path)[0] == status, path


def test_every_document_of_the_library_can_be_drawn(documents: dict[str, Document]) -> None:
    for document in documents.values():
        assert card(document, (), documents.get, DAY).count("data-locator") == len(document.provisions)
