"""The page for learning in a real browser: whole sessions by keyboard alone, in both languages, narrow; and nothing leaves loopback."""

from __future__ import annotations

import re
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from assistant.study.store import Progress
from assistant.study.studio import Studio
from tests.fake_assistant import FakeAssistant
from tests.served import code_served
from tests.study_room import HOSTILE, SERVER, many
from tests.watched import Watched, watching
from ui.page import shell
from ui.study_desk import Desk
from ui.study_page import taken
from ui.study_words import FINDINGS, PROBLEMS, STUDY
from ui.words import WORDS


@pytest.fixture(scope="module")
def url(tmp_path_factory: pytest.TempPathFactory, library_folder: Path) -> Iterator[str]:
    home = tmp_path_factory.mktemp("study")
    with code_served(home, SERVER, home, library_folder) as made:
        yield made.url


class Tab(Watched):
    """The page for learning."""

    def reach(self, selector: str, backwards: bool = False) -> None:
        """Go to an element by Tab alone."""
        for _ in range(90):
            self.page.keyboard.press("Shift+Tab" if backwards else "Tab")
            if self.page.evaluate("(selector) => document.activeElement?.matches(selector)", selector):
                return
        pytest.fail(f"{selector} is not reached by Tab")

    def part(self, name: str) -> None:
        """Open a part of the page and wait until it is shown."""
        self.page.locator(f".tabs [data-tab={name}]").click()
        self.page.locator(f"#study-room .turned[data-tab={name}]").wait_for()
        self.page.locator("#study-working").wait_for(state="hidden")

    def begin(self, deck: str, mode: str = "quiz", count: str = "10") -> None:
        """Begin a session of a kept deck."""
        self.page.locator("#study-deck").select_option(deck)
        self.page.locator(f"[name=mode][value={mode}]").check()
        self.page.locator("[name=more]").check()
        self.page.locator("#study-count").fill(count)
        self.page.locator("form[data-do=begin] [type=submit]").click()
        self.page.locator("#study-room .item").wait_for()

    def refused(self, key: str) -> None:
        """Wait until it is told what went wrong, in the language of the page."""
        language = self.page.evaluate("document.documentElement.lang")
        self.page.locator("#study-told .problem", has_text=getattr(PROBLEMS[key], language)).wait_for()


@pytest.fixture
def open_tab(chromium: Any, url: str) -> Iterator[Callable[..., Tab]]:
    made: list[Tab] = []

    def make(language: str = "vi", width: int = 1280) -> Tab:
        made.append(opened(f"?lang={language}#study", viewport={"width": width, "height": 844}))
        return made[-1]

    with watching(chromium, Tab, url, "#study-room form[data-do=begin]") as opened:
        yield make
        assert all(tab.page.locator(".study :is(script, img, iframe)").count() == 0 for tab in made)


@pytest.mark.parametrize("language", ["vi", "en"])
def test_a_session_of_ten_by_keyboard_alone_on_a_narrow_page(open_tab: Callable[..., Tab], axe: Any, language: str) -> None:
    tab = open_tab(language, 390)
    keys = tab.page.keyboard
    tab.reach("[name=source]")
    for _ in range(3):
        if not tab.page.locator("[name=source][value=deck]").is_checked():
            keys.press("ArrowDown")
    assert tab.page.locator("[name=source][value=deck]").is_checked()
    tab.reach("#study-deck")
    keys.press({"vi": "B", "en": "m"}[language])
    tab.reach("[name=more]")
    keys.press("Space")
    tab.reach("[type=submit]")
    keys.press("Enter")
    right = 0
    for at in range(10):
        tab.page.locator("button.option").first.wait_for()
        assert getattr(STUDY["place"], language).format(at=at + 1, n=10) in tab.shown("#study-room") and tab.fits()
        keys.press("AB1234"[at % 6])
        tab.page.locator(".verdict").wait_for()
        good = "good" in tab.page.locator(".verdict").get_attribute("class")
        right += good
        assert tab.shown(".verdict").lstrip("✓✗ ").startswith(getattr(STUDY["right" if good else "wrong"], language).split("{")[0].strip())
        assert "Nguyên văn số" in tab.shown(".cited blockquote")
        assert "Nghị quyết 52-NQ/TW" in tab.shown(".cited figcaption") and "Điều" in tab.shown(".cited .locator")
        assert tab.page.locator("#say").inner_text().strip() and tab.fits()
        if at == 0:
            assert axe.run(tab.page).violations_count == 0, axe.run(tab.page).generate_report()
        keys.press("Enter")
    tab.page.locator(".total").wait_for()
    assert 0 < right < 10 and getattr(STUDY["sum"], language).format(right=right, n=10) in tab.shown(".total")
    plot = tab.page.locator("svg.mastery").first
    assert plot.get_attribute("role") == "img" and plot.get_attribute("aria-label") == getattr(STUDY["mastery_document"], language)
    assert "52-NQ/TW" in plot.text_content() and "%" in plot.text_content() and tab.fits()
    tab.reach(".plot summary")
    keys.press("Enter")
    assert "52-NQ/TW" in tab.shown(".plot tbody") and tab.page.locator("svg.mastery").count() == 2
    tab.reach("a[download]")
    with tab.page.expect_download() as download:
        keys.press("Enter")
    assert download.value.suggested_filename.endswith(".apkg") and download.value.path().read_bytes()[:2] == b"PK"


def test_cards_are_turned_and_graded_by_key_and_come_due_accordingly(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.begin("thẻ", "cards", "4")
    for key in "1234":
        tab.page.locator("[data-do=turn]").wait_for()
        assert tab.page.locator(".cited").count() == 0
        tab.page.keyboard.press("Space")
        tab.page.locator(".grade").nth(3).wait_for()
        assert STUDY["answer_is"].vi in tab.shown(".verdict") and tab.page.locator(".cited").count() == 1
        assert "phút" in tab.shown(".grade")
        tab.page.keyboard.press(key)
    tab.page.locator(".total").wait_for()
    assert STUDY["graded"].vi.format(right=3, n=4) in tab.shown(".total") and tab.page.locator(".repeat > li").count() == 1


def test_hostile_words_are_words_in_items_cards_plots_answers_and_drafts(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("vi", 390)
    tab.begin("x hostile", count="2")
    assert HOSTILE in tab.shown(".stem") and HOSTILE in tab.shown(".option") and HOSTILE in tab.shown(".context")
    tab.page.keyboard.press("B")
    tab.page.locator(".verdict").wait_for()
    assert HOSTILE in tab.shown(".verdict") and HOSTILE in tab.shown(".cited blockquote") and HOSTILE in tab.shown(".cited .locator")
    tab.page.locator("[data-do=stop]").click()
    tab.page.locator("svg.mastery").first.wait_for()
    assert HOSTILE in tab.shown(".repeat") and "<script>" in tab.page.locator("svg.mastery").first.text_content() and tab.fits()
    tab.part("drill")
    tab.page.locator("#study-text").fill(f"Nghị quyết 52-NQ/TW {HOSTILE} đặt mục tiêu kinh tế số.\n</textarea>{HOSTILE}")
    tab.page.locator("form[data-do=drill] [type=submit]").click()
    tab.page.locator(".claim").first.wait_for()
    assert HOSTILE in tab.shown(".draft") and f"</textarea>{HOSTILE}" in tab.page.locator("#study-text").input_value() and tab.fits()
    tab.part("mark")
    tab.page.locator("#study-text").fill(f"Mục tiêu là {HOSTILE} năm 2030.")
    tab.page.locator("form[data-do=mark] [type=submit]").click()
    tab.page.locator(".claim").first.wait_for()
    assert HOSTILE in tab.shown(".claim")
    tab.part("progress")
    assert "<script>alert(1)</script>" in tab.shown(".plots") and tab.fits()


def test_an_answer_in_one_s_own_words_is_marked_claim_by_claim(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("en")
    tab.part("mark")
    tab.page.locator("#study-document").fill("52-NQ/TW")
    tab.page.locator("[data-do=mark_form].second").click()
    tab.page.locator("#study-locator").select_option("III (mục tiêu 2025)")
    answer = "Kinh tế số chiếm khoảng 20% GDP. Năng suất lao động tăng bình quân trên 9% một năm. Mèo thích ăn cá tươi ngoài chợ."
    tab.page.locator("#study-text").fill(answer)
    tab.page.locator("form[data-do=mark] [type=submit]").click()
    tab.page.locator(".claim").nth(2).wait_for()
    found = [claim.get_attribute("data-finding") for claim in tab.page.locator(".claim").all()]
    assert found == ["supported", "contradicted", "not_found"]
    assert "III (mục tiêu 2025)" in tab.shown(".claim .locator") and FINDINGS["contradicted"].en in tab.shown(".claims")
    assert "another figure: 9" in tab.shown(".claims").replace("%", "").replace(" .", ".")
    said = re.search(r"(\d+) of (\d+) points of the provision are there", tab.shown("#study-room"))
    assert said and 0 < int(said[1]) < int(said[2]) and STUDY["unsaid"].en in tab.shown(".points")


def test_a_draft_is_checked_and_its_terms_are_flagged(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab()
    tab.part("drill")
    tab.page.locator("#study-text").fill("Đến năm 2025, kinh tế số chiếm khoảng 20% GDP.\nBy 2025 the internet economy makes about 20% of GDP.")
    tab.page.locator("form[data-do=drill] [type=submit]").click()
    tab.page.locator(".claim").first.wait_for()
    assert tab.page.locator(".claim[data-finding=supported]").count() >= 1
    assert "kinh tế số" in tab.page.locator("mark").all_inner_texts() and "kinh tế số" in tab.shown(".terms")


def test_a_document_is_read_section_by_section_with_a_question_after_each(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("vi", 390)
    tab.part("read")
    tab.page.locator("#study-document").fill("52-NQ/TW")
    tab.page.locator("form[data-do=read_begin] [type=submit]").click()
    tab.page.locator("#study-section").wait_for()
    sections = int(re.search(r"Phần 1/(\d+)", tab.shown("#study-room"))[1])  # type: ignore[index]
    answered = 0
    for at in range(1, sections + 1):
        tab.page.locator(".count", has_text=f"Phần {at}/{sections}").wait_for()
        if not answered and tab.page.locator("button.option").count():
            tab.page.locator("button.option").first.click()
            tab.page.locator(".verdict").wait_for()
            assert tab.page.locator(".cited").count() and tab.page.evaluate("document.activeElement.dataset.do") == "next"
            answered += 1
        assert tab.fits()
        tab.page.locator("[data-do=next]").click()
    tab.page.locator(".total", has_text=STUDY["read_done"].vi.format(n=sections)).wait_for()
    assert answered


def test_an_exam_is_fixed_sat_and_told_as_a_table_to_who_may_see_it(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("en", 390)
    tab.part("exams")
    for name, value in (("name", f"Giữa kỳ {HOSTILE}"), ("group", "K50"), ("count", "3"), ("seed", "7")):
        tab.page.locator(f"form[data-do=fix] [name={name}]").fill(value)
    tab.page.locator("form[data-do=fix] select").select_option("many kinds")
    tab.page.locator("form[data-do=fix] [type=submit]").click()
    tab.page.locator("[data-do=sit]").click()
    for at in range(3):
        tab.page.locator(".count", has_text=f"Question {at + 1} of 3").wait_for()
        assert tab.page.locator(".cited, .verdict").count() == 0 and tab.page.locator("[role=timer]").inner_text()
        tab.page.keyboard.press("A")
    tab.page.locator(".total", has_text="Handed in").wait_for()
    tab.part("exams")
    assert STUDY["withheld"].en.format(n=1) in tab.shown("#study-room") and STUDY["none_missed"].en in tab.shown("#study-room") and tab.fits()
    tab.page.locator("[data-do=consent][data-given=yes]").click()
    tab.page.locator("[data-do=consent][data-given=no]").wait_for()
    with tab.page.expect_download() as download:
        tab.page.locator("a[href*=results]").click()
    table = download.value.path().read_text("utf-8-sig").splitlines()
    assert table[0].startswith("exam,class,trainee,right") and ",K50,local," in table[1]
    tab.page.locator("[data-do=sit]").click()
    tab.refused("ExamClosed")


def test_what_cannot_be_done_is_told_in_one_sentence_and_what_was_typed_stays(open_tab: Callable[..., Tab]) -> None:
    tab = open_tab("en")
    tab.page.locator("[name=source][value=new]").check()
    tab.page.locator("form[data-do=begin] [type=submit]").click()
    tab.refused("no_choice")
    tab.page.locator("#study-document").fill("No such law")
    tab.page.locator("form[data-do=begin] [type=submit]").click()
    tab.refused("UnknownDocument")
    tab.page.locator("#study-document").fill("52-NQ/TW")
    tab.page.locator("#study-about").fill("no such words")
    tab.page.locator("form[data-do=begin] [type=submit]").click()
    tab.refused("NothingToAsk")
    assert tab.page.locator("#study-about").input_value() == "no such words"
    tab.part("drill")
    assert tab.page.locator("#study-told .problem").count() == 0
    tab.page.locator("form[data-do=drill] [type=submit]").click()
    tab.refused("no_text")


@pytest.mark.parametrize(("language", "width"), [("vi", 390), ("en", 390), ("vi", 768), ("en", 1280)])
def test_every_part_is_shown_without_scrolling_sideways_and_keeps_nobody_out(
    open_tab: Callable[..., Tab], axe: Any, language: str, width: int
) -> None:
    tab = open_tab(language, width)
    for part in ("home", "read", "mark", "drill", "progress", "exams"):
        tab.part(part)
        assert tab.fits()
        if width == 390 and language == "vi":
            assert axe.run(tab.page).violations_count == 0, axe.run(tab.page).generate_report()
    tab.page.get_by_role("link", name=getattr(WORDS["view_ask"], language)).click()
    tab.page.locator("#question").wait_for()
    assert tab.page.locator("#study-room").is_hidden()


def get(address: str) -> tuple[int, Any, str]:
    """Return status, headers and text of one request."""
    try:
        with urllib.request.urlopen(address, timeout=30) as reply:
            return reply.status, reply.headers, reply.read().decode("utf-8")
    except urllib.error.HTTPError as error:
        with error:
            return error.code, error.headers, error.read().decode("utf-8")


def test_a_test_to_print_has_its_key_and_shows_hostile_words_as_words(url: str) -> None:
    status, headers, page = get(f"{url}study/test?{urllib.parse.urlencode({'deck': 'x hostile', 'lang': 'en'})}")
    assert status == 200 and "<script" not in page and "&lt;script&gt;" in page and "Key and sources" in page
    assert headers["content-security-policy"].startswith("sandbox; default-src 'none'") and headers["cache-control"] == "no-store"
    assert "filename*=UTF-8''x%20hostile.html" in headers["content-disposition"]


@pytest.mark.parametrize("path", ["test?deck=none", "test", "anki?deck=../x", "results?exam=none", "results"])
def test_what_is_not_kept_is_not_there(url: str, path: str) -> None:
    status, _, page = get(f"{url}study/{path}")
    assert status == 404 and STUDY["not_there"].vi in page and STUDY["not_there"].en in page


@pytest.mark.parametrize("path", ["study/", "study/secret", "study/test/x", "study.sqlite3"])
def test_no_other_path_is_open(url: str, path: str) -> None:
    assert get(url + path)[0] == 404


def test_without_a_study_room_there_is_no_such_page() -> None:
    assert "#study" not in shell(FakeAssistant()) and "#study" in shell(FakeAssistant(), ("study",))


def test_without_a_lecturer_s_right_no_exam_is_fixed_and_no_numbers_of_others_are_seen(tmp_path: Path) -> None:
    kept = Progress.open(f"sqlite:///{tmp_path / 'study.sqlite3'}", "here")
    studio = Studio(lambda: pytest.fail("no library is needed"), kept)
    studio.keep("bộ", many("vi", 3))
    ask = {"do": "fix", "turn": 1, "lang": "vi", "name": "thi", "group": "K50", "deck": "bộ", "count": "2"}
    trainee, lecturer = (Desk(studio, name, lambda: datetime(2026, 9, 1, tzinfo=UTC), name == "lecturer") for name in ("an", "lecturer"))
    assert PROBLEMS["no_lecturer"].vi in trainee.act(ask, None).told and studio.exams.exams() == ()
    seen = lecturer.act(ask, None).room or ""
    assert "./study/results" in seen and STUDY["missed"].vi.split("{")[0] in seen and studio.exams.exams() == ("thi",)
    plain = trainee.act({"do": "exams", "turn": 2, "lang": "vi"}, None).room or ""
    assert "data-exam=" in plain and "study/results" not in plain and STUDY["lecturer"].vi not in plain
    assert taken(lecturer, "results", {"exam": "thi"})[0] == "thi.csv"
    with pytest.raises(KeyError):
        taken(trainee, "results", {"exam": "thi"})
    kept.close()
