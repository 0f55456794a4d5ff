"""The page's HTML is built from escaped parts only, and shows exactly the cited words."""

from __future__ import annotations

import html
import json
import re
from dataclasses import replace
from datetime import date
from html.parser import HTMLParser
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Evidence, Outcome
from corpus.document import Bilingual
from tests.fake_assistant import DOCUMENTS, HOSTILE, FakeAssistant, cite
from ui import words
from ui.evidence import cited, source_html, span_of
from ui.markup import address_link, answer_html, both, escaped, paragraphs
from ui.page import shell
from ui.render import answered, failed, library, plain_copy, working
from ui.words import OUTCOMES, STATUSES, TEXT_KINDS, WORDS, Phrase, date_phrase, named

DAY = date(2026, 8, 22)
SHARED = Path(__file__).parents[2] / "shared" / "hostile"
TAGS = frozenset(
    "article ol div h2 h3 h4 p span ul li button pre b br table thead tbody tr th td blockquote details summary dl dt dd mark a s".split()
)
ATTRIBUTES = frozenset(
    "class id lang dir hidden type title aria-label aria-controls aria-hidden data-key data-state data-outcome data-ev data-label "
    "data-name data-number data-near data-text data-at data-lang data-span href target rel scope tabindex".split()
)


class Seen(HTMLParser):
    """Reads HTML as a browser would and keeps its tags, attributes and words."""

    def __init__(self, source: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.open: list[str] = []
        self.text = ""
        self.marked = ""
        self.feed(source)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data
        if "mark" in self.open:
            self.marked += data


def only_ours(source: str) -> Seen:
    """Assert that the HTML is well nested and holds nothing but our own tags and attributes."""
    seen = Seen(source)
    assert not seen.open
    for tag, attributes in seen.tags:
        assert tag in TAGS
        assert set(attributes) <= ATTRIBUTES
        assert tag != "a" or re.match(r"https?://", attributes["href"] or "")
    return seen


ATTACKS = (HOSTILE, "</pre></div><script>1</script>", '" onmouseover="alert(1)', "&lt;b&gt;", "\x00<\x00b>", "\ud800x", "| <b> | [1] |", "- <i>",
           "\r\n<p>")  # fmt: skip


def everything(text: str) -> str:
    """Return an exchange with `text` at every place that takes words from outside."""
    citation = replace(
        cite(1, "52-NQ/TW", "Thuộc tính", "do Bộ Chính trị", "vi", DAY),
        title=text, quote=text, url=text, status=text, text_kind=text, document=text, locator=text, language=text, role=text,
    )  # fmt: skip
    answer = Answer(
        text, text, DAY, Outcome.PARTIAL, f"{text} [1]\n- {text}\n| {text} | [1] |", (citation,), (Evidence(text, text, text, 1.0, text),),
        (text,), text,
    )  # fmt: skip
    document = replace(
        DOCUMENTS[0], number=text, title=Bilingual(text, text), issuer=Bilingual(text), kind=text, issued=text, urls=(text,),
        status_note=Bilingual(text),
        provisions=(replace(DOCUMENTS[0].provisions[0], heading=Bilingual(text), text=Bilingual(text, text), confidence=text),),
    )  # fmt: skip
    view = SimpleNamespace(**{name: getattr(document, name) for name in ("number", "title", "issuer", "kind", "issued", "urls", "text_kind")})
    view.status_note, view.find = document.status_note, lambda _: document.provisions[0]
    view.related, view.status_on = document.related, DOCUMENTS[0].status_on
    parts = [answered("k", text, answer, lambda _: view), answered("k", text, replace(answer, citations=()), lambda _: view)]
    return "".join([*parts, failed("k", text, text, text), working("k", text, text), library([view], DAY)])


@pytest.mark.parametrize("text", ATTACKS)
def test_attack_strings_stay_words_everywhere(text: str) -> None:
    seen = only_ours(everything(text))
    first = text.replace("\x00", "").encode("utf-8", "replace").decode().split("\n")[-1]
    assert first in seen.text


@pytest.mark.skipif(not SHARED.exists(), reason="../shared/hostile is not there")
def test_the_shared_attack_lists_stay_words() -> None:
    found = json.loads((SHARED / "blns" / "blns.json").read_text("utf-8"))
    found += [line for file in sorted((SHARED / "xss").rglob("*.txt")) for line in file.read_text("utf-8", "replace").splitlines()[:300]]
    assert len(found) > 500
    for text in found:
        only_ours(everything(text))


@given(st.text())
def test_any_text_stays_text(text: str) -> None:
    only_ours(everything(text))
    assert Seen(escaped(text)).text == text.replace("\x00", "")


@given(st.text(alphabet="ab[]12| -\n•:<&", max_size=60))
def test_answer_text_loses_no_word(text: str) -> None:
    seen = only_ours(answer_html(text, {1: "<b>[1]</b>"}))
    assert re.findall("[ab<&]", text) == re.findall("[ab<&]", seen.text)


@given(st.text(alphabet="đế a\n<", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_the_highlight_is_the_span(text: str, start: int, length: int) -> None:
    end = min(len(text), start + length)
    seen = only_ours(paragraphs(text, (start, end)))
    lines = [line for line in text.split("\n") if line.strip()]
    assert seen.text == "".join(lines)
    at, marked = 0, ""
    for line in text.split("\n"):
        if line.strip():
            marked += text[max(at, start) : max(max(at, start), min(at + len(line), end))]
        at += len(line) + 1
    assert seen.marked == marked


def test_marks_become_buttons_that_open_their_card() -> None:
    answer = FakeAssistant().ask("Mục tiêu kinh tế số?", as_of=DAY)
    source = answered("k", answer.question, answer, FakeAssistant().document)
    chips = re.findall(r'<button type="button" class="chip" data-ev="(ev-k-\d)"[^>]*>\[(\d)\]</button>', source)
    assert chips[:4] == [("ev-k-0", "1"), ("ev-k-1", "2"), ("ev-k-2", "3"), ("ev-k-3", "4")]
    assert all(f'<div class="ev" id="{anchor}"' in source for anchor, _ in chips)
    assert "chip" not in answer_html("Thừa [9].", {}) and "[9]" in answer_html("Thừa [9].", {})
    assert "<button" not in working("k", "?", "Một câu [1]")


def test_a_mark_keeps_to_the_word_before_it() -> None:
    assert answer_html("trên 30% GDP [1][2].", {1: "<i>1</i>", 2: "<i>2</i>"}) == '<p>trên 30% <span class="nb">GDP <i>1</i><i>2</i>.</span></p>'


def test_lists_and_tables() -> None:
    made = answer_html("Gồm:\n- một\n  tiếp\n- hai\n\n| A | B |\n| --- | :-: |\n| a\\|a | b [1] |\n| c |\nHết", {1: "<b>[1]</b>"})
    assert "<p>Gồm:</p><ul><li>một<br>tiếp</li><li>hai</li></ul>" in made
    assert '<thead><tr><th scope="col">A</th><th scope="col">B</th></tr></thead>' in made
    assert '<td>a|a</td><td><span class="nb">b <b>[1]</b></span></td>' in made
    assert "<tr><td>c</td><td></td></tr>" in made and made.endswith("<p>Hết</p>")
    assert "<thead>" not in answer_html("| a | b |\n| c | d |")
    assert answer_html("a-b\n1. Điều") == "<p>a-b<br>1. Điều</p>"


def test_no_markdown_comes_alive() -> None:
    only_ours(answer_html("![x](http://evil.example/p.png) [a](javascript:alert(1)) <http://evil.example> **x**"))
    assert "href" not in answer_html("[a](http://evil.example) http://evil.example")


@pytest.mark.parametrize(
    "url",
    ["javascript:alert(1)", "data:text/html,x", "//evil.example", "http://a b", "https://", "http://u:p@h/", 'http://a/"x', "file:///etc/passwd",
     "http://[", "", "\thttp://a", "http://a\\b", "vbscript:x", "ftp://h/x"],
)  # fmt: skip
def test_only_plain_web_addresses_become_links(url: str) -> None:
    assert address_link(url) is None


def test_an_official_address_is_a_quiet_link() -> None:
    link = address_link("https://vanban.chinhphu.vn/?pageid=27160&docid=1")
    assert link is not None
    assert 'href="https://vanban.chinhphu.vn/?pageid=27160&amp;docid=1"' in link and 'rel="noopener noreferrer"' in link


def test_the_card_shows_the_document_and_highlights_the_quote() -> None:
    answer = FakeAssistant().ask("Mục tiêu kinh tế số?", as_of=DAY)
    first, *_, note = cited(answer, FakeAssistant().document)
    seen = only_ours(source_html(first, "a", DAY))
    assert seen.marked == answer.citations[0].quote == "Kinh tế số chiếm trên 30% GDP"
    for shown in ("52-NQ/TW", "Nghị quyết", "Politburo", "ngày 27 tháng 9 năm 2019", "27 September 2019", "Còn hiệu lực", "In force"):
        assert shown in seen.text
    assert TEXT_KINDS["digest"].vi in seen.text and "II (mục tiêu 2030)" in seen.text and "5G phủ sóng toàn quốc" in seen.text
    assert "keep Viet Nam among the top 40" in seen.text  # the other language, folded away
    assert WORDS["note_role"].en in only_ours(source_html(note, "a", DAY)).text
    assert WORDS["note_role"].en not in seen.text


def test_a_replaced_act_names_its_successor() -> None:
    answer = FakeAssistant().ask("Luật An ninh mạng 2018?", as_of=DAY)
    seen = only_ours(answered("k", "?", answer, FakeAssistant().document))
    for shown in (OUTCOMES["superseded_only"].vi, OUTCOMES["superseded_only"].en, "Replaced by", "116/2025/QH15", TEXT_KINDS["official"].en):
        assert shown in seen.text
    assert STATUSES["in_force"].en in only_ours(answered("k", "?", _on(date(2025, 1, 1)), FakeAssistant().document)).text


def _on(day: date) -> Answer:
    return FakeAssistant().ask("Luật An ninh mạng 2018?", as_of=day)


def test_a_quote_is_found_by_its_words_when_its_span_is_wrong_and_said_when_it_is_not_there() -> None:
    citation = cite(1, "52-NQ/TW", "Thuộc tính", "do Bộ Chính trị", "vi", DAY)
    text = DOCUMENTS[0].provisions[0].text.vi
    assert span_of(text, citation) == citation.span == span_of(text, replace(citation, span=(0, 5)))
    assert span_of(text, replace(citation, quote="không có")) is None and span_of(text, replace(citation, quote="")) is None
    answer = Answer("?", "vi", DAY, Outcome.ANSWERED, "x [1]", (replace(citation, quote="không có", verified=False),))
    seen = only_ours(answered("k", "?", answer, FakeAssistant().document))
    assert seen.marked == "" and "không có" in seen.text and WORDS["not_verified"].vi in seen.text


def test_a_missing_document_or_provision_leaves_the_quote() -> None:
    citation = cite(1, "52-NQ/TW", "Thuộc tính", "do Bộ Chính trị", "vi", DAY)
    for lost, lookup in ((citation, lambda _: None), (replace(citation, locator="Điều 99"), FakeAssistant().document)):
        answer = Answer("?", "vi", DAY, Outcome.ANSWERED, "x [1]", (lost,))
        seen = only_ours(answered("k", "?", answer, lookup))
        assert WORDS["no_text"].vi in seen.text and "do Bộ Chính trị" in seen.text
    assert "x" in only_ours(answered("k", "?", replace(answer, citations=(replace(citation, locator=","),)), FakeAssistant().document)).text


def test_nearest_passages_are_offered_and_called_so() -> None:
    answer = FakeAssistant().ask("Giá vàng?", as_of=DAY)
    source = answered("k", "?", answer, FakeAssistant().document)
    seen = only_ours(source)
    assert OUTCOMES["not_in_corpus"].vi in seen.text and WORDS["nearest"].en in seen.text and WORDS["near"].en in seen.text
    assert source.count('class="chip-wide"') == 2 and source.count(" data-near ") == 2 and "<mark>" not in source


def test_the_copy_carries_sources() -> None:
    answer = FakeAssistant().ask("Luật An ninh mạng 2018?", as_of=DAY)
    copied = plain_copy(answer)
    assert "[1] 24/2018/QH14, Điều 43, khoản 1 (Luật An ninh mạng (2018)): “Luật này có hiệu lực" in copied
    assert "https://vanban.chinhphu.vn/?docid=206114" in copied and "- 24/2018/QH14 đã được thay thế" in copied


@pytest.mark.parametrize(
    ("iso", "vi", "en"),
    [
        ("2019-09-27", "ngày 27 tháng 9 năm 2019", "27 September 2019"),
        ("2026-02-05", "ngày 05 tháng 02 năm 2026", "5 February 2026"),
        ("2024-12", "tháng 12 năm 2024", "December 2024"),
        ("2024-01", "tháng 01 năm 2024", "January 2024"),
        ("2017", "năm 2017", "2017"),
        (None, "chưa rõ ngày", "date not known"),
        ("", "chưa rõ ngày", "date not known"),
        ("2024-13", "2024-13", "2024-13"),
        ("khoảng 2020", "khoảng 2020", "khoảng 2020"),
    ],
)
def test_dates_in_both_languages(iso: str | None, vi: str, en: str) -> None:
    assert date_phrase(iso) == Phrase(vi, en)


def test_every_word_is_there_in_both_languages_and_frozen() -> None:
    tables = [getattr(words, name) for name in words.__all__ if name.isupper() and name != "TONES"]
    assert len(tables) == 7
    for table in tables:
        for key, phrase in table.items():
            assert phrase.vi.strip() and phrase.en.strip(), key
            assert re.findall(r"{\w+}", phrase.vi) == re.findall(r"{\w+}", phrase.en), key
        with pytest.raises(TypeError):
            table["x"] = Phrase("", "")
    assert set(OUTCOMES) == {str(outcome) for outcome in Outcome}
    assert named(STATUSES, "no_such_thing") == Phrase("no such thing", "no such thing")


def test_words_fill_their_gaps_in_the_right_language() -> None:
    assert both(Phrase("từ {date}", "from {date}"), date=Phrase("<hôm nay>", "today")) == (
        '<span class="w" lang="vi">từ &lt;hôm nay&gt;</span><span class="w" lang="en">from today</span>'
    )


def test_every_word_of_the_page_is_used() -> None:
    source = "".join(path.read_text("utf-8") for path in (Path(words.__file__).parent).rglob("*.*") if path.suffix in (".py", ".js"))
    unused = [key for key in WORDS if not re.search(rf"[\"']{key}[\"'](?!: \()", source) and not key.startswith("other_")]
    assert unused == []


def test_the_line_under_the_page_promises_only_what_is_true() -> None:
    assert WORDS["private"].vi in shell(FakeAssistant())
    assert WORDS["private"].vi in shell(FakeAssistant(generator="ollama:small"))
    remote = shell(FakeAssistant(generator="openai:gpt <x>", sends_to="llm.example"))
    assert WORDS["private"].vi not in remote and WORDS["sent"].en.replace("{host}", "llm.example") in remote and "openai:gpt &lt;x&gt;" in remote


def test_the_notice_tells_which_files_were_left_out() -> None:
    assert 'class="notice"' not in shell(FakeAssistant())
    one, two = shell(FakeAssistant(left_out=("a <b>",))), shell(FakeAssistant(left_out=("a", "b")))
    assert "a &lt;b&gt;" in one and html.escape(WORDS["left_out_one"].vi) in one and "2 library files" in two
