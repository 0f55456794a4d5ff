"""The chat page in a real browser: asked, cited, switched, attacked, cut off; and nothing ever leaves loopback."""

from __future__ import annotations

import unicodedata
import urllib.error
import urllib.request
from ast import literal_eval
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.fake_assistant import HOSTILE
from tests.served import Served, code_served
from tests.watched import Watched as Tab
from tests.watched import watching
from ui.words import OUTCOMES, WORDS

FIRST = "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"

SERVER = """
import socket, sys, threading
from pathlib import Path
from tests.fake_assistant import FakeAssistant
from ui.web import serve
service = FakeAssistant(left_out=("Tệp x.md bị lỗi / The file x.md is broken",))
def orders():
    for line in sys.stdin:
        if line.strip() == "open":
            service.gate.set()
        elif line.strip() == "asked":
            sys.stdout.write(repr([(q, [t.question for t in h], str(d)) for q, h, d in service.asked]) + "\\n")
            sys.stdout.flush()
        elif line.strip() == "closed":
            sys.stdout.write(str(service.closed.wait(10)) + "\\n")
            sys.stdout.flush()
threading.Thread(target=orders, daemon=True).start()
serve(service, port=int(sys.argv[1]), temp=Path(sys.argv[2]))
"""


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("page")
    with code_served(folder, SERVER, folder / "gradio") as made:
        yield made


def get(url: str, **headers: str) -> tuple[int, Any, str]:
    """Return status, headers and text of one request."""
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=headers), timeout=20) as reply:
            return reply.status, reply.headers, reply.read().decode("utf-8", "replace")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, ""


def test_the_page_runs_nothing_without_its_nonce(server: Served) -> None:
    policy, page = get(server.url)[1]["content-security-policy"], get(server.url)[2]
    for rule in ("default-src 'none'", "img-src 'self' data:", "connect-src 'self'", "frame-ancestors 'none'", "object-src 'none'"):
        assert rule in policy
    rules = {name: rest for name, _, rest in (rule.strip().partition(" ") for rule in policy.split(";"))}
    for name in ("script-src", "style-src"):
        assert "'unsafe-inline'" not in rules[name] and "'nonce-" in rules[name] and "http" not in rules[name]
    assert page.count("<script") == page.count("<script nonce=") and page.count("<style") == page.count("<style nonce=")
    assert policy != get(server.url)[1]["content-security-policy"]


def test_the_page_names_no_foreign_address_and_its_language(server: Served) -> None:
    _, _, page = get(server.url)
    assert "githubusercontent" not in page and "fonts.g" not in page and "og:" not in page
    assert '<html\n\tlang="vi"' in page and '<html\n\tlang="en"' in get(server.url + "?lang=en")[2] and WORDS["needs_script"].vi in page


def test_foreign_names_and_closed_paths_are_refused(server: Served) -> None:
    assert get(server.url, Host="attacker.example")[0] == 421
    assert get(server.url, Host=urlsplit(server.url).netloc)[0] == 200
    for path in (
        "gradio_api/upload", "gradio_api/file=/etc/passwd", "gradio_api/file=..%2F..%2Fetc%2Fpasswd", "file=/etc/passwd", "docs",
        "gradio_api/proxy=http://127.0.0.1:1/", "gradio_api/runs", "monitoring", "page/..%2Fweb.py", "page/../web.py", "%2e%2e/etc/passwd",
    ):  # fmt: skip
        assert get(server.url + path)[0] == 404, path


@pytest.fixture
def open_tab(chromium: Any, server: Served) -> Iterator[Callable[..., Tab]]:
    with watching(chromium, Tab, server.url, "body[data-ready]", may_complain=True) as opened:
        yield opened



def test_a_typed_question_is_answered_and_its_chips_open_the_words(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.ask(FIRST)
    assert "kinh tế số chiếm trên 30% GDP [1]." in tab.shown("#live .words")
    assert tab.page.locator("#shown mark").inner_text() == "Kinh tế số chiếm trên 30% GDP"  # the first one is shown by itself
    tab.page.locator("#live .words .chip").nth(2).click()
    assert tab.page.locator("#shown mark").inner_text() == "do Bộ Chính trị ban hành ngày 27/9/2019"
    for words in ("52-NQ/TW", "Bộ Chính trị, ngày 27 tháng 9 năm 2019", "Còn hiệu lực", "Thuộc tính", "Bản tóm lược của thư viện"):
        assert words in tab.shown("#shown")
    assert tab.shown("#pane-label") == "[3]" and tab.page.evaluate("document.activeElement.id") == "pane-name"
    tab.page.locator("#next").click()
    assert tab.shown("#pane-label") == "[4]" and WORDS["note_role"].vi in tab.shown("#shown")
    assert tab.page.locator("#next").is_disabled()
    tab.page.locator("#previous").click()
    assert tab.shown("#count") == "3 / 4"
    link = tab.page.locator("#shown .address a")
    assert link.get_attribute("rel") == "noopener noreferrer" and link.get_attribute("href") == "https://tulieuvankien.dangcongsan.vn/52-nq-tw"
    assert tab.complaints == []


def test_the_keyboard_is_enough(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.page.locator("#question").focus()
    tab.page.keyboard.type("dòng một")
    tab.page.keyboard.press("Shift+Enter")
    tab.page.keyboard.type("kinh tế số")
    assert tab.page.locator("#question").input_value() == "dòng một\nkinh tế số"
    tab.page.keyboard.press("Enter")
    tab.answer("dòng một")
    tab.page.locator("#live .words .chip").nth(1).focus()
    tab.page.keyboard.press("Enter")
    assert tab.shown("#pane-label") == "[2]"


def test_enter_during_composition_sends_nothing(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.page.locator("#question").fill("kinh te")
    press = "(e) => e.dispatchEvent(new KeyboardEvent('keydown', {key: 'Enter', bubbles: true, cancelable: true, isComposing: true}))"
    tab.page.locator("#question").evaluate(press)
    assert tab.page.locator("#question").input_value() == "kinh te" and tab.page.locator(".exchange").count() == 0


def test_the_language_switch_changes_every_word_at_once(open_tab: Callable[..., Tab], server: Served) -> None:
    tab = open_tab()
    tab.ask("Luật An ninh mạng 2018 có hiệu lực từ ngày nào?")
    before = tab.shown("#shell")
    for phrase in (WORDS["name"], WORDS["ask"], OUTCOMES["superseded_only"], WORDS["notes"], WORDS["evidence"], WORDS["private"]):
        assert phrase.vi in before and phrase.en not in before
    said = tab.shown("#say")
    tab.page.get_by_role("button", name="EN – English").click()
    after = tab.shown("#shell")
    for phrase in (WORDS["name"], WORDS["ask"], OUTCOMES["superseded_only"], WORDS["notes"], WORDS["evidence"], WORDS["private"]):
        assert phrase.en in after and phrase.vi not in after
    assert "Law on Cybersecurity (2018)" in after and "12 June 2018" in after and "Official text" in after
    assert tab.page.locator("#question").get_attribute("placeholder") == WORDS["ask_placeholder"].en
    assert tab.page.title() == WORDS["page_title"].en and tab.page.url == server.url + "?lang=en"
    assert tab.page.evaluate("document.documentElement.lang") == "en"
    tab.page.get_by_role("button", name="VI – Tiếng Việt").click()
    assert tab.shown("#shell").strip() == before.replace(said, "").strip() and tab.page.url == server.url


def test_an_english_address_opens_in_english_and_an_example_asks(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("?lang=en")
    assert WORDS["welcome"].en in tab.shown("#welcome") and WORDS["welcome"].vi not in tab.shown("#welcome")
    tab.page.get_by_role("button", name="Compare Resolutions 52 and 57").click()
    tab.answer("Compare Resolutions 52 and 57")
    assert tab.page.locator("#live table tbody td").count() == 2 and tab.page.locator("#welcome").is_hidden()
    tab.page.locator("#live td .chip").nth(1).click()
    assert tab.page.locator("#shown mark").inner_text() == "The digital economy is to reach at least 30% of GDP by 2030."


def test_attacks_stay_words(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.ask(f"xss {HOSTILE}")
    assert HOSTILE in tab.shown("#live .question") and HOSTILE in tab.shown("#live .words")
    assert tab.page.locator("#live :is(script, img, svg, iframe)").count() == 0
    assert tab.complaints == []


def test_even_markup_that_slipped_in_would_stay_dead(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    slip = "(markup) => document.body.append(document.createRange().createContextualFragment(markup))"
    for markup in ("<img src='x' onerror='window.hacked=1'>", "<script>window.hacked=1</script>", "<iframe src='https://evil.example/'></iframe>"):
        with tab.page.expect_console_message(lambda message: "Content Security Policy" in message.text):
            tab.page.evaluate(slip, markup)
    assert tab.page.evaluate("window.hacked === undefined")


def test_decomposed_letters_are_composed_and_the_conversation_is_remembered(open_tab: Callable[..., Tab], server: Served) -> None:
    tab = open_tab()
    tab.ask("Mục tiêu kinh tế số năm 2030?")
    tab.page.locator("#question").fill(unicodedata.normalize("NFD", "Còn Luật An ninh mạng thì sao?"))
    tab.page.locator("#as-of").fill("2020-02-29")
    tab.page.keyboard.press("Tab")
    tab.page.locator("#send").click()
    tab.answer("Còn Luật An ninh mạng thì sao?")
    question, history, day = literal_eval(server.order("asked"))[-1]
    assert question == "Còn Luật An ninh mạng thì sao?" and history == ["Mục tiêu kinh tế số năm 2030?"] and day == "2020-02-29"
    assert "ngày 29 tháng 02 năm 2020" in tab.shown("#live .small") and tab.page.locator("#past .exchange").count() == 1
    assert "Còn hiệu lực" in tab.shown("#shown")
    tab.page.locator("#past .chip").first.click()  # an older answer keeps its evidence
    assert tab.page.locator("#shown mark").inner_text() == "Kinh tế số chiếm trên 30% GDP"


def test_a_new_conversation_forgets(open_tab: Callable[..., Tab], server: Served) -> None:
    tab = open_tab()
    tab.ask("Mục tiêu kinh tế số năm 2030?")
    tab.page.locator("#new").click()
    assert tab.page.locator("#welcome").is_visible() and tab.page.locator("#shown").inner_text() == ""
    tab.page.locator(".exchange").first.wait_for(state="detached")
    tab.ask("So sánh hai nghị quyết")
    assert literal_eval(server.order("asked"))[-1][1] == [] and tab.page.locator(".exchange").count() == 1


def test_an_empty_question_does_nothing(open_tab: Callable[..., Tab], server: Served) -> None:
    before = server.order("asked")
    tab = open_tab()
    tab.page.locator("#question").fill("  \n ")
    tab.page.keyboard.press("Enter")
    tab.page.locator("#send").click()
    assert tab.page.locator(".exchange").count() == 0 and tab.page.locator("#welcome").is_visible()
    tab.ask("Mục tiêu kinh tế số?")
    assert len(literal_eval(server.order("asked"))) == len(literal_eval(before)) + 1


def test_an_error_is_a_sentence_and_a_next_step(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.ask("hỏng rồi")
    shown = tab.shown("#live .reply")
    assert WORDS["failed"].vi in shown and "does not answer <b>at all</b>." in shown and "Bước tiếp theo: Check the model’s address." in shown
    tab.ask("nổ rồi")
    assert WORDS["failed_unknown"].vi in tab.shown("#live .reply") and "shadow" not in tab.shown("#shell")


def test_an_answer_can_be_stopped_and_the_next_one_works(open_tab: Callable[..., Tab], server: Served) -> None:
    tab = open_tab()
    tab.page.locator("#question").fill("chậm: mục tiêu kinh tế số?")
    tab.page.keyboard.press("Enter")
    tab.page.locator("#live .exchange[data-state=writing]").wait_for()
    assert tab.page.locator("#live .chip").count() == 0 and tab.page.locator("#say").inner_text() == WORDS["working"].vi
    tab.page.locator("#stop").click()
    assert WORDS["stopped"].vi in tab.shown("#past .exchange")
    assert server.order("closed") == "True"  # the assistant's stream was closed too
    tab.ask("Mục tiêu kinh tế số?")
    assert tab.page.locator("#past .exchange").count() == 1 and tab.page.locator("#live .chip").count() > 3


def test_two_people_do_not_wait_for_each_other_and_the_answer_is_said_once(open_tab: Callable[..., Tab], server: Served) -> None:
    slow, quick = open_tab(), open_tab()
    slow.page.evaluate(
        "() => { const say = document.getElementById('say'); window.said = [];"
        " new MutationObserver(() => said.push(say.innerText)).observe(say, {childList: true}); }"
    )
    slow.page.locator("#question").fill("chậm: mục tiêu kinh tế số?")
    slow.page.keyboard.press("Enter")
    slow.page.locator("#live .exchange[data-state=writing]").wait_for()
    quick.ask("Mục tiêu kinh tế số?")
    server.order("open")
    slow.answer("chậm")
    said = slow.page.evaluate("window.said")
    assert [s for s in said if "30% GDP" in s] == [said[-1]] and len(said) == 2
    assert slow.page.locator("#live").get_attribute("aria-live") is None


@pytest.mark.parametrize("width", [390, 768, 1280, 1920])
def test_nothing_scrolls_sideways(open_tab: Callable[..., Tab], width: int) -> None:
    tab = open_tab(viewport={"width": width, "height": 844})
    assert tab.fits()
    tab.ask(f"So sánh {'dài' * 60}")
    assert tab.fits()
    tab.page.locator("#live .chip").first.click()
    assert tab.fits()
    if width < 900:
        assert 0 < tab.page.locator("#shown mark").bounding_box()["y"] < 844  # the cited words were brought into view
        tab.page.locator("#back").click()
        assert tab.page.evaluate("document.activeElement.className").startswith("chip")


def test_the_footer_tells_the_truth_and_notices_stand_above(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    assert WORDS["private"].vi in tab.shown(".who") and WORDS["left_out_one"].vi in tab.shown(".notice")
    assert tab.page.locator("footer:visible").count() == 0
    tab.page.locator(".library summary").click()
    assert "57-NQ/TW" in tab.shown(".library") and WORDS["library_count"].vi.replace("{n}", "3") in tab.shown(".library")


def test_a_lost_server_is_told_in_our_words(open_tab: Callable[..., Tab], tmp_path: Path) -> None:
    with code_served(tmp_path, SERVER, tmp_path / "gradio") as other:
        tab = open_tab(url=other.url)
        other.process.kill()
        other.process.wait(timeout=20)
        tab.page.locator("#question").fill("Mục tiêu kinh tế số?")
        tab.page.keyboard.press("Enter")
        tab.page.locator("#lost").wait_for()
        assert (
            tab.shown("#lost") == WORDS["lost"].vi
            and tab.page.locator("#question").input_value() == "Mục tiêu kinh tế số?"
            and tab.page.locator("#send").is_visible()
        )
        assert tab.page.locator(".toast-body:visible").count() == 0
