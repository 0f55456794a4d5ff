"""Every page at once, as a person starts the program: no fault of accessibility, nothing leaves this machine, Vietnamese is typed,
payloads stay words, the keyboard is enough, an answer is told once."""

from __future__ import annotations

import json
import os
import re
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.history.values import Conversation
from assistant.outlining import Outlined
from corpus.document import Bilingual
from tests.fake_assistant import DOCUMENTS
from tests.page_server import QUOTED
from tests.watched import Watched as Tab
from ui.adding import Pending
from ui.adding_page import outline_html
from ui.guard import DISPLAY, MAY, _whose
from ui.history_page import listing as conversations
from ui.library import listing as documents
from ui.render import answered, failed, working
from ui.sign_in import SignIn
from ui.words import WORDS

NOON = datetime(2026, 11, 26, 12, tzinfo=UTC)
WHERE = "Khinh khí cầu quan sát được thả ở đâu?"
TARGET = "What target does Resolution 52-NQ/TW set for the digital economy by 2030?"
READY = {"library": "#held-health h3", "history": "#history-list .open", "ask": "#shown .here", "study": "#study-room form[data-do=begin]"}
FORMS = (
    ("", {}), ("?lang=en", {"viewport": {"width": 390, "height": 844}, "color_scheme": "dark", "has_touch": True}),
)  # fmt: skip


def faults(tab: Tab, where: str) -> list[str]:
    """Return the serious and critical faults that axe-core finds on the page as it is now."""
    from axe_playwright_python.sync_playwright import Axe

    found = Axe().run(tab.page, options={"resultTypes": ["violations"]}).response["violations"]
    return [f"{where}: {one['id']} {node['target']}" for one in found if one["impact"] in ("serious", "critical") for node in one["nodes"]]


def visited(tab: Tab) -> Iterator[str]:
    """Go through every page and the parts that open on it, and name each."""
    yield "ask"
    tab.ask(TARGET)
    tab.page.locator("#shown[data-whole]").wait_for()
    yield "answer"
    for view in tab.page.locator("a[data-view]").evaluate_all("(links) => links.map((link) => link.dataset.view)"):
        tab.go(view)
        tab.page.locator(f"html[data-view={view}]").wait_for(state="attached")
        tab.page.locator(READY.get(view, f"a[data-view={view}]")).first.wait_for()
        yield view
        if view == "library":
            tab.page.locator('#held-list .open[data-document="51/2005/QH11"]').click()
            tab.page.locator("#held-title").wait_for()
            yield "document"
        elif view == "history":
            tab.page.locator("#history-list [data-do=export]").first.click()
            tab.page.locator("#export-turns input").first.wait_for()
            yield "export"
            tab.page.keyboard.press("Escape")
        elif view == "study":
            tab.page.locator("#study-room form[data-do=begin] [type=submit]").click()
            tab.page.locator("#study-room .item").wait_for()
            yield "learning"


@pytest.mark.parametrize(("path", "options"), FORMS, ids=["vi-wide-light", "en-narrow-dark"])
def test_no_page_has_a_serious_fault_nor_scrolls_sideways_nor_leaves_this_machine(
    open_page: Callable[..., Tab], path: str, options: dict[str, Any]
) -> None:
    tab = open_page(path, **options)
    seen, found = [], []
    for where in visited(tab):
        seen.append(where)
        found += faults(tab, where)
        assert tab.fits(), where
        assert tab.page.locator(":is(.leaving, .who .promise):visible").count() == 1, where
        tab.page.set_viewport_size({"width": 920, "height": 1080})
        assert tab.fits(), where
        tab.page.set_viewport_size({"width": 1920, "height": 1080})
        assert tab.fits(), where
        tab.page.set_viewport_size(options.get("viewport", {"width": 1280, "height": 800}))
    assert {"ask", "answer", "library", "document", "history", "export", "study", "learning", "evaluate"} <= set(seen)
    assert found == []
    assert tab.hosts == {"127.0.0.1"} and len(tab.requests) > 20


@pytest.mark.parametrize("language", ["vi", "en"])
def test_the_page_to_sign_in_has_no_serious_fault(open_page: Callable[..., Tab], whole_page: str, language: str) -> None:
    opened = open_page(viewport={"width": 390, "height": 844}, color_scheme="dark" if language == "en" else "light")
    tab = Tab(opened.page.context.new_page())
    tab.page.route("**/sign-in", lambda route: route.fulfill(body=SignIn(language, "wrong").html(), content_type="text/html"))
    tab.page.goto(f"{whole_page}sign-in")
    assert faults(tab, "sign-in") == [] and tab.fits()


@pytest.mark.parametrize(("width", "scheme"), [(1280, "light"), (390, "dark")])
def test_the_page_that_describes_the_api_has_no_serious_fault(chromium: Any, whole_page: str, width: int, scheme: str) -> None:
    with urllib.request.urlopen(f"{whole_page}api/v1/docs", timeout=30) as reply:
        html = reply.read().decode()
    context = chromium.new_context(viewport={"width": width, "height": 844}, color_scheme=scheme)
    tab = Tab(context.new_page())
    tab.page.set_content(html)  # the checker is a script, and the page's own policy lets none run
    assert faults(tab, "docs") == [] and tab.fits()
    context.close()


def typed(tab: Tab, *steps: str) -> None:
    """Type as an input method does: each step takes the place of the one before, and the last is kept."""
    method = tab.page.context.new_cdp_session(tab.page)
    for step in steps:
        method.send("Input.imeSetComposition", {"text": step, "selectionStart": len(step), "selectionEnd": len(step)})
    method.send("Input.insertText", {"text": steps[-1]})
    method.detach()


@pytest.mark.parametrize(("path", "options"), FORMS, ids=["vi", "en"])
def test_vietnamese_is_typed_by_composition_everywhere(open_page: Callable[..., Tab], path: str, options: dict[str, Any]) -> None:
    tab = open_page(path, **options)
    tab.page.evaluate("() => (window.composed = 0, document.addEventListener('compositionend', () => window.composed++))")
    tab.page.locator("#question").focus()
    typed(tab, "K", "Kh", "Khi", "Khin", "Khinh")
    typed(tab, " khi", " khí")
    typed(tab, " c", " ca", " câ", " cầu")
    typed(tab, " quan sát được thả ở đâ", " quan sát được thả ở đâu")
    typed(tab, "?")
    assert tab.page.locator("#question").input_value() == WHERE
    method = tab.page.context.new_cdp_session(tab.page)
    method.send("Input.imeSetComposition", {"text": "x", "selectionStart": 1, "selectionEnd": 1})
    method.send("Input.dispatchKeyEvent", {"type": "rawKeyDown", "key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 229})
    assert tab.page.locator(".exchange").count() == 0  # Enter that ends a composition asks nothing
    method.send("Input.imeSetComposition", {"text": "", "selectionStart": 0, "selectionEnd": 0})
    method.detach()
    tab.page.keyboard.press("Enter")
    tab.answer(WHERE)
    assert QUOTED in tab.shown("#live .words").replace(" [1]", "") + "."
    tab.go("library")
    tab.page.locator("#held-list .open").first.wait_for()
    tab.page.locator("#held-words").focus()
    typed(tab, "giao di", "giao dị", "giao dịch")
    tab.page.wait_for_function("document.querySelectorAll('#held-list li').length === 2")
    tab.go("history")
    tab.page.locator("#history-words").focus()
    typed(tab, "khinh khi", "khinh khí")
    tab.page.locator("#history-list .open", has_text=WHERE).first.wait_for()
    assert tab.page.evaluate("window.composed") >= 6


def test_the_keyboard_alone_goes_through_every_page(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    press, focused = tab.page.keyboard.press, lambda: tab.page.evaluate("document.activeElement.id || document.activeElement.className")
    tab.page.evaluate("document.activeElement.blur()")
    press("Tab")
    assert focused() == "skip"
    press("Enter")
    assert focused() == "question"
    tab.page.keyboard.type(WHERE)
    press("Enter")
    tab.answer(WHERE)
    for _ in range(12):
        press("Shift+Tab")
        if focused().startswith("chip"):
            break
    press("Enter")
    assert focused() == "pane-name"
    reached = set()
    for _ in range(40):
        press("Tab")
        box = tab.page.evaluate("(e => [e.getBoundingClientRect().width, getComputedStyle(e).outlineStyle])(document.activeElement)")
        reached.add(focused())
        assert box[0] > 0, focused()
    assert {"back", "question", "send"} <= reached
    for view in ("library", "history", "evaluate"):
        tab.page.locator(f"a[data-view={view}]").focus()
        press("Enter")
        tab.page.locator(f"html[data-view={view}]").wait_for(state="attached")
        assert tab.page.locator(f"a[data-view={view}]").get_attribute("aria-current") == "page"


def test_a_complete_answer_is_told_once(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    tab.page.evaluate(
        "() => { window.said = []; for (const live of document.querySelectorAll('[aria-live], [role=status], [role=alert]'))"
        " new MutationObserver(() => live.innerText.trim() && said.push(live.innerText)).observe(live, {childList: true, subtree: true}); }"
    )
    tab.ask(WHERE)
    tab.page.locator("#shown[data-whole]").wait_for()
    said = tab.page.evaluate("window.said")
    assert [words for words in said if "Xuân Đài" in words] == [said[-1]] and said[-1].startswith(WORDS["answered_say"].vi) and len(said) == 2


def test_what_was_stopped_is_put_back_to_be_asked_in_other_words(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    tab.page.locator("#question").fill(WHERE)
    tab.page.evaluate("() => { document.getElementById('send').click(); document.getElementById('stop').click(); }")
    assert tab.page.locator("#question").input_value() == WHERE and tab.page.locator("#send").is_visible()
    assert WORDS["stopped_short"].vi in tab.shown("#say")
    tab.ask(f"{WHERE} Vịnh nào?")
    assert QUOTED[:-1] in tab.shown("#live .words")


def test_a_stop_ends_its_own_question_and_never_the_next_one(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    for turn in range(12):
        tab.page.locator("#question").fill(WHERE)
        tab.page.evaluate(
            "async pause => { document.getElementById('send').click(); await new Promise(go => setTimeout(go, pause)); "
            "document.getElementById('stop').click(); }",
            turn * 8,
        )
        tab.ask(f"{WHERE} Lần {turn}?")
        assert QUOTED[:-1] in tab.shown("#live .words")


# --- payloads ------------------------------------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def payloads(root: Path) -> list[str]:
    """All XSS payloads and naughty strings of the folder beside the checkout."""
    folder = root.parent / "shared" / "hostile"
    if not folder.is_dir():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{folder} is not there")
    lines = (folder / "xss" / "xss-payload-list.txt").read_text("utf-8", "replace").split("\n")
    naughty = [text for text in json.loads((folder / "blns" / "blns.json").read_text("utf-8")) if text.strip()]
    return [line for line in lines if line.strip()] + naughty


def surfaces(payloads: list[str]) -> Iterator[tuple[str, str, list[str]]]:
    """Yield each thing that a page draws of other people's words, drawn of all payloads (of some where it takes long), and which these are."""
    from tests.fake_assistant import FakeAssistant

    some = payloads[::8]
    answer = replace(FakeAssistant().ask("Mục tiêu kinh tế số?"), citations=(), evidence=())
    yield "question", "".join(working("k", text) for text in payloads), payloads
    yield "error", "".join(failed("k", "?", text, text) for text in some), some
    yield "answer", "".join(answered("k", "?", replace(answer, text=text, notes=(text,)), lambda number: None) for text in some), []
    yield "conversation", conversations(tuple(Conversation("a" * 32, "local", text, NOON, NOON, 1) for text in payloads), searched=False), payloads
    files = (Pending("0" * 32, Path("x"), (Outlined(text, reason=text),)) for text in payloads)
    yield "file", "".join(map(outline_html, files)), [re.split("/", plain(text).rstrip("/"))[-1] for text in payloads]
    read = (Pending("0" * 32, Path("x"), (Outlined(text, text, {"number": text, "title": {"vi": text, "en": ""}}),)) for text in some)
    yield "head", "".join(map(outline_html, read)), some
    titled = [replace(DOCUMENTS[0], title=Bilingual(text, "x"), number="1") for text in payloads]
    yield "title", documents(titled, len(payloads), date(2026, 11, 26)), payloads
    yield "name", "".join(f"<i{_whose({DISPLAY: text, MAY: ()})}></i>" for text in payloads), payloads


OURS = frozenset(
    "ARTICLE B BR BUTTON DETAILS DIV FORM H3 H4 I INPUT LABEL LI P PATH PRE S SPAN SUMMARY SVG TABLE TBODY TD TH THEAD TR UL".split()
)
PUT = """([html, wanted, name]) => {
  const place = document.createElement('div');
  place.innerHTML = html; // what would run does so before it stands on the page; drawing it all would take a minute
  const all = [...place.querySelectorAll('*')];
  const texts = place.textContent;
  let at = 0;
  return {
    tags: [...new Set(all.map((e) => e.tagName.toUpperCase()))],
    bad: all.flatMap((e) => e.getAttributeNames()).filter((name) => /^(on|style|src|href|srcdoc|xlink)/.test(name)),
    missing: wanted.filter((text, n) => name ? all[n].dataset.user !== text : (at = texts.indexOf(text, at)) < 0),
  };
}"""


def plain(text: str) -> str:
    """Return what HTML keeps of a text: without NUL, with one kind of line end, what UTF-8 cannot carry replaced."""
    return text.replace("\x00", "").encode("utf-8", "replace").decode().replace("\r\n", "\n").replace("\r", "\n")


def test_every_payload_is_text_wherever_it_is_shown(open_page: Callable[..., Tab], payloads: list[str]) -> None:
    assert len(payloads) > 6613
    tab = open_page()
    for name, html, wanted in surfaces(payloads):
        told = tab.page.evaluate(PUT, [html, [plain(text) for text in wanted], name == "name"])
        assert set(told["tags"]) <= OURS and told["bad"] == [] and told["missing"] == [], name
    assert tab.page.evaluate("Object.keys(window).filter((key) => /xss|hack|pwn/i.test(key))") == []


def test_payloads_go_the_whole_way_as_questions_and_as_a_file(open_page: Callable[..., Tab], payloads: list[str]) -> None:
    tab = open_page()
    step = len(payloads) // 400
    chosen = [re.sub(r"\s+", " ", plain(text)).strip() for text in payloads[::step]]
    asked, line = [], ""
    for text in chosen:
        if len(line) + len(text) > 3900:
            asked.append(line)
            line = ""
        line += f"{text[:1900]}\n"
    for question in asked[:4]:
        tab.ask(question)
        shown = tab.page.locator("#live .question p").evaluate("(p) => p.textContent")
        assert [row for row in question.strip().split("\n") if row.strip() not in shown] == []
        assert tab.page.locator("#live :is(script, img, iframe, object, embed, form, link, style)").count() == 0
        assert tab.page.locator("#live svg:not([aria-hidden=true])").count() == 0
    tab.go("history")
    tab.page.locator("#history-list .open").first.wait_for()
    assert tab.page.locator("#history-list :is(script, img, iframe, svg)").count() == 0
    tab.go("library")
    name = "'><img src=x onerror=alert(1)>;svg onload=alert(2).txt"
    hostile = "<script>alert(1)</script>\n\nSố: 1/2026/<img src=x onerror=alert(3)>\n\nĐiều 1. Một\n\nLời <svg/onload=alert(4)>.\n"
    tab.page.locator("#held input[type=file]").set_input_files({"name": name, "mimeType": "text/plain", "buffer": hostile.encode()})
    tab.page.locator("#add-discard, .outline").first.wait_for()
    assert "onerror=alert(1)" in tab.shown(".outline") and "<script>alert(1)</script>" in tab.shown(".outline")
    assert tab.page.locator(".outline :is(script, img, svg)").count() == 0
    tab.page.locator("#add-discard").click()
    tab.page.locator(".outline").wait_for(state="detached")
