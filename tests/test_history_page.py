"""Kept conversations in a real browser and by direct requests: found, opened, gone on with, renamed, deleted, reported on, never another's."""

from __future__ import annotations

import json
import os
import re
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest

from assistant.compose_history import open_history
from assistant.history.store import History
from assistant.history.values import Conversation, Kept
from assistant.settings import Settings
from tests.fake_assistant import HOSTILE, FakeAssistant
from tests.served import code_served
from tests.watched import Watched, watching
from ui.history import conversation_html, listing
from ui.history_words import KEPT
from ui.words import WORDS

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
QUESTION = "Mục tiêu kinh tế số năm 2030?"

SERVER = """
import sys
from pathlib import Path
from assistant.compose_history import open_history
from assistant.settings import Settings
from assistant.briefing.making import Briefer
from assistant.receipts import Origin, Receipts
from assistant.suggesting import Suggester
from assistant.verification.judge import Limits, Verifier
from corpus.glossary import Glossary
from index.embedding import HashingEncoder
from tests.fake_assistant import DOCUMENTS, FakeAssistant
from ui.keeping import Desk
from ui.web import serve
class Knowing(FakeAssistant):
    def stream(self, question, *more):
        return super().stream(question + " (digital economy)" if "issued?" in question else question, *more)
home, service, known = Path(sys.argv[2]), Knowing(), {d.number: d for d in DOCUMENTS}
judge = Verifier(HashingEncoder(), Glossary(()), Limits())
receipts = Receipts(known, judge, Origin("0", "g", "l", "e", "w", {}))
briefer = Briefer(lambda: receipts)
suggester = Suggester(lambda question, day, language: service.ask(question, (), day, language), known.get)
serve(service, port=int(sys.argv[1]), temp=home / "gradio", kept=Desk(open_history(Settings(home=home)), briefer, suggester))
"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def url(home: Path) -> Iterator[str]:
    with code_served(home, SERVER, home) as made:
        yield made.url


@pytest.fixture
def history(home: Path, url: str) -> Iterator[History]:
    made = open_history(Settings(home=home))
    yield made
    made.close()


class Tab(Watched):
    """A page over kept conversations."""

    def row(self, title: str) -> Any:
        return self.page.locator("#history-list li", has_text=title)

    def said(self, words: str) -> None:
        self.page.wait_for_function("(words) => document.getElementById('say').textContent === words", arg=words)


@pytest.fixture
def open_tab(chromium: Any, url: str) -> Iterator[Callable[..., Tab]]:
    with watching(chromium, Tab, url, "body[data-ready][data-history]") as opened:
        yield opened


def test_a_conversation_is_kept_found_opened_and_gone_on_with(open_tab: Callable[..., Tab], history: History) -> None:
    tab = open_tab()
    tab.ask(QUESTION)
    tab.ask("So sánh hai nghị quyết")
    (head,) = [one for one in history.conversations("local") if one.title == QUESTION]
    assert head.turns == 2
    tab = open_tab()  # another visit
    tab.page.get_by_role("link", name=WORDS["view_history"].vi).click()
    tab.row(QUESTION).wait_for()
    assert KEPT["questions"].vi.replace("{n}", "2") in tab.row(QUESTION).inner_text()
    tab.page.locator("#history-words").fill("khong co chu nay")
    tab.page.get_by_text(KEPT["none_found"].vi).wait_for()
    tab.page.locator("#history-words").fill("kinh te so muc tieu 52")
    tab.row(QUESTION).get_by_role("button").first.click()
    tab.page.locator("#past .exchange").nth(1).wait_for()
    assert tab.page.locator("#shown mark").inner_text() == "Kinh tế số chiếm trên 30% GDP"
    tab.page.locator("#past .chip").nth(1).click()
    assert "7,5%" in tab.page.locator("#shown mark").inner_text()
    tab.ask("Luật An ninh mạng 2018 có hiệu lực từ ngày nào?")
    assert [one.place for one in history.conversation("local", head.id)[1]] == [1, 2, 3]
    tab.page.locator("#new").click()
    tab.ask("Một câu khác về kinh tế số")
    assert len(history.conversation("local", head.id)[1]) == 3


def test_a_question_asked_again_takes_the_place_of_what_followed(open_tab: Callable[..., Tab], history: History) -> None:
    tab = open_tab("?lang=en")
    for question in ("What is the digital economy target?", "Compare the two", "And Luật An ninh mạng?"):
        tab.ask(question)
    tab.page.locator("#past [data-edit]").nth(1).click()
    assert tab.page.locator("#question").input_value() == "Compare the two" and KEPT["editing"].en in tab.page.locator("#editing").inner_text()
    tab.page.locator("#leave").click()
    assert tab.page.locator("#editing").is_hidden()
    tab.page.locator("#past [data-edit]").nth(1).click()
    tab.ask("Compare the digital economy targets")
    assert tab.page.locator(".exchange").count() == 2 and tab.page.locator("#editing").is_hidden()
    (head,) = history.search("local", "compare the digital economy targets")
    asked = [one.answer.question for one in history.conversation("local", head.id)[1]]
    assert asked == ["What is the digital economy target?", "Compare the digital economy targets"]


def test_a_conversation_is_renamed_and_deleted_for_good_after_a_question(open_tab: Callable[..., Tab], history: History, home: Path) -> None:
    tab = open_tab("?lang=en")
    tab.ask("What of the digital economy, zebrafinch?")
    tab.page.get_by_role("link", name=WORDS["view_history"].en).click()
    tab.row("zebrafinch").get_by_role("button", name=KEPT["rename"].en).click()
    tab.page.locator("#history-title").fill(f"Quetzal {HOSTILE}")
    tab.page.keyboard.press("Enter")
    tab.said(KEPT["renamed"].en)
    assert HOSTILE in tab.row("Quetzal").locator(".open").inner_text() and tab.page.locator("#history-list :is(script, img, svg)").count() == 0
    tab.row("Quetzal").get_by_role("button", name=KEPT["delete"].en).click()
    assert HOSTILE in tab.page.locator("#history-which").inner_text()
    tab.page.keyboard.press("Escape")
    assert tab.row("Quetzal").count() == 1
    tab.row("Quetzal").get_by_role("button", name=KEPT["delete"].en).click()
    tab.page.get_by_role("button", name=KEPT["delete_yes"].en).click()
    tab.said(KEPT["deleted"].en)
    assert tab.row("Quetzal").count() == 0 and history.search("local", "zebrafinch") == ()
    assert b"zebrafinch" not in (home / "history.sqlite3").read_bytes()
    tab.page.get_by_role("link", name=WORDS["view_ask"].en).click()
    tab.page.locator("#welcome").wait_for()  # the one that was open is closed


def test_an_answer_is_praised_and_a_citation_reported(open_tab: Callable[..., Tab], history: History) -> None:
    tab = open_tab()
    tab.ask("Mục tiêu kinh tế số, chim sẻ?")
    tab.page.get_by_role("button", name=KEPT["down"].vi).click()
    tab.said(KEPT["thanks"].vi)
    tab.page.get_by_role("button", name=KEPT["up"].vi).click()
    tab.page.locator(".thumb[data-report=up][aria-pressed=true]").wait_for()
    assert tab.page.locator(".thumb[data-report=down]").get_attribute("aria-pressed") == "false"
    tab.page.get_by_role("button", name=KEPT["wrong"].vi).click()
    tab.page.locator("#wrong-mark").select_option("2")
    tab.page.locator("#wrong-words").fill(HOSTILE)
    tab.page.get_by_role("button", name=KEPT["send"].vi).click()
    tab.page.locator(".noted").wait_for()
    mine = [report for report, kept in history.reports("local") if "chim sẻ" in kept.answer.question]
    assert [(r.kind, r.mark, r.words) for r in mine] == [("up", 0, ""), ("wrong_evidence", 2, " ".join(HOSTILE.split()))]
    tab.page.goto(tab.page.url.split("#")[0] + "#history")
    tab.row("chim sẻ").locator(".open").click()
    tab.page.locator("#past .thumb[data-report=up][aria-pressed=true]").wait_for()


@pytest.mark.parametrize("language", ["vi", "en"])
def test_on_a_telephone_nothing_scrolls_sideways(open_tab: Callable[..., Tab], history: History, language: str) -> None:
    long = f"{language}{'dài' * 60}"
    history.keep("local", FakeAssistant().ask(f"{long} kinh tế số"), now=NOON)
    tab = open_tab(f"?lang={language}#history", viewport={"width": 390, "height": 844})
    tab.row(f"{language}dàidài").wait_for()
    assert tab.fits()
    shown = tab.page.locator("#history").inner_text()
    assert getattr(KEPT["title"], language) in shown and getattr(KEPT["title"], "en" if language == "vi" else "vi") not in shown
    tab.row(f"{language}dàidài").get_by_role("button", name=getattr(KEPT["delete"], language)).click()
    assert tab.fits() and tab.page.locator("#history-delete").is_visible()
    tab.page.keyboard.press("Escape")
    tab.row(f"{language}dàidài").locator(".open").click()
    tab.page.locator("#past .exchange").wait_for()
    assert tab.fits()


def test_answers_are_chosen_and_come_out_as_a_note(open_tab: Callable[..., Tab], history: History) -> None:
    begun = history.keep("local", FakeAssistant().ask("So sánh, để xuất"), now=NOON)
    history.keep("local", FakeAssistant().ask("Luật An ninh mạng, để xuất?"), begun.conversation, NOON)
    tab = open_tab("?lang=en#history", accept_downloads=True)
    tab.row("để xuất").get_by_role("button", name=KEPT["export"].en).click()
    tab.page.locator("#export-turns input").nth(1).uncheck()
    tab.page.locator("#export-title").fill(f"Note {HOSTILE}")
    tab.page.get_by_label(KEPT["form_md"].en).check()
    tab.page.get_by_label(KEPT["lang_both"].en).check()
    with tab.page.expect_download() as waiting:
        tab.page.get_by_role("button", name=KEPT["export_go"].en).click()
    text = Path(waiting.value.path()).read_text("utf-8")
    assert waiting.value.suggested_filename == f"attache-{begun.conversation[:8]}.md"
    assert len(re.findall(r"^\[\^\d\]: ", text, re.M)) == 2 and "BẢN TÓM TẮT / BRIEFING NOTE" in text and "Luật An ninh mạng" not in text
    assert KEPT["exported"].en.replace("{n}", "2") in tab.page.locator("#export-told").inner_text()
    tab.page.keyboard.press("Escape")
    assert tab.page.locator("#history-export").is_hidden()


def test_a_search_is_limited_and_says_how_many_limits_are_set(open_tab: Callable[..., Tab], history: History) -> None:
    tab = open_tab("?lang=en", viewport={"width": 390, "height": 844})
    tab.page.locator("#limits summary").click()
    tab.page.locator("#limit-documents").fill("no such document")
    tab.page.locator("#limit-force").check()
    assert tab.page.locator("#limits-count").inner_text() == "(2)" and tab.fits()
    tab.page.locator("#question").fill("The digital economy, limited?")
    tab.page.locator("#question").press("Enter")
    tab.page.locator("#live .exchange[data-state=failed]").wait_for()
    assert "There is no document “no such document”" in tab.page.locator("#live .reply").inner_text()
    tab.page.locator("#limit-documents").fill("52-NQ/TW")
    tab.ask("The digital economy, within limits?")


def test_questions_to_ask_next_are_answered_by_the_library(open_tab: Callable[..., Tab], history: History) -> None:
    tab = open_tab("?lang=en")
    tab.ask("Compare the digital economy targets, next")
    offered = tab.page.locator("#live .asknext .example")
    offered.first.wait_for()
    question = offered.first.inner_text()
    assert question == "When and by whom was 52-NQ/TW issued?" and offered.count() == 1  # what it cannot answer is not offered
    offered.first.click()
    tab.answer(question)
    assert tab.page.locator("#past .asknext").count() == 0 and tab.page.locator("#live .chip").count() > 0


def send(url: str, path: str, said: Any = None, **headers: str) -> tuple[int, str]:
    """Return status and text of a request, with JSON where something is said."""
    body = None if said is None else said if isinstance(said, bytes) else json.dumps(said).encode()
    request = urllib.request.Request(url + path, body, {"content-type": "application/json", **headers})
    try:
        with urllib.request.urlopen(request, timeout=20) as reply:
            assert reply.headers["cache-control"] == "no-store"
            return reply.status, reply.read().decode()
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.read().decode()


def test_another_user_s_conversation_is_as_unknown_as_none(url: str, history: History) -> None:
    theirs = history.keep("binh", FakeAssistant().ask("Mục tiêu kinh tế số, của Bình?"), now=NOON)
    for path, said in (
        (f"history/open?id={theirs.conversation}", None),
        ("history/rename", {"id": theirs.conversation, "title": "x"}),
        ("history/delete", {"id": theirs.conversation}),
        ("history/report", {"turn": theirs.id, "kind": "up"}),
        (f"history/choices?id={theirs.conversation}", None),
        (f"history/note?id={theirs.conversation}", None),
        (f"history/export?id={theirs.conversation}", None),
        (f"history/next?turn={theirs.id}", None),
    ):
        status, text = send(url, path, said)
        other = send(url, path.replace(theirs.conversation, "0" * 32), said and {**said, "id": "0" * 32, "turn": "0" * 32})
        assert status == 404 and json.loads(text)["error"]["code"] == 404 and other[0] == 404
    assert "của Bình" not in send(url, "history/list")[1] and "của Bình" not in send(url, f"history/list?q={quote('Bình')}")[1]
    head, kept = history.conversation("binh", theirs.conversation)
    assert (head.title, kept) == ("Mục tiêu kinh tế số, của Bình?", (theirs,)) and history.reports("binh") == ()
    for forged in ({"attache.user": "binh"}, {"x-user": "binh"}, {"x-forwarded-user": "binh"}, {"remote-user": "binh"}):
        assert send(url, f"history/open?id={theirs.conversation}", **forged)[0] == 404


def test_what_makes_no_sense_is_refused_in_one_sentence(url: str, history: History) -> None:
    kept = history.keep("local", FakeAssistant().ask(QUESTION), now=NOON)
    for path, said, status in (
        ("history/open", None, 400), ("history/rename", {"id": kept.conversation}, 400),
        ("history/rename", {"id": kept.conversation, "title": " "}, 400),
        ("history/rename", b"[1]", 400), ("history/rename", b"{", 400), ("history/rename", b"[" * 5000, 400), ("history/delete", {"id": 7}, 400),
        ("history/report", {"turn": kept.id, "kind": "great"}, 400), ("history/report", {"turn": kept.id, "kind": "up", "mark": True}, 400),
        (f"history/export?id={kept.conversation}&form=exe", None, 400), (f"history/export?id={kept.conversation}&lang=fr", None, 400),
        (f"history/export?id={kept.conversation}&turns={'0' * 32}", None, 400), ("history/export", None, 400),
        ("history/delete", None, 404), ("history/../web.py", None, 404), ("history/list/", None, 404),
    ):  # fmt: skip
        assert send(url, path, said)[0] == status, path
    assert send(url, "history/delete", {"id": kept.conversation}, **{"content-type": "text/plain"})[0] == 415  # what a foreign form may send
    assert send(url, "history/delete", {"id": kept.conversation}, Host="attacker.example")[0] == 421
    assert history.conversation("local", kept.conversation)[1] == (kept,)


def hostile(root: Path, name: str) -> list[str]:
    """The words of a list beside the checkout; its absence skips, except under CI."""
    path = root.parent / "shared" / "hostile" / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{path} is not there")
    return [line for line in path.read_text("utf-8", "replace").split("\n") if line.strip()]


_OURS = re.compile(r"<(/?)(ul|li|button|p|span)(?: [^<>]*)?>")


@pytest.mark.parametrize("name", ["xss/xss-payload-list.txt"])
def test_every_payload_is_text_as_a_title(root: Path, name: str) -> None:
    for payload in hostile(root, name):
        row = listing((Conversation("a" * 32, "local", payload, NOON, NOON, 1),), searched=False)
        assert "<" not in _OURS.sub("", row)


def test_a_payload_as_a_kept_question_is_text(root: Path, library: Any) -> None:
    service = FakeAssistant()
    kept = Kept("b" * 32, "a" * 32, 1, NOON, service.ask(f"xss {HOSTILE}"))
    html = conversation_html((kept,), lambda number: None, {})
    assert "<script" not in html and "<img" not in html and "&lt;script&gt;" in html
