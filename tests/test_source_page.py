"""A citation in the whole of its document: what stands around it, its parents, its chain, the printed page with its box."""

from __future__ import annotations

import json
import re
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlencode

import pytest

from corpus.document import Bilingual, Provision
from corpus.errors import Unreadable
from corpus.formats.page_picture import boxes_of, picture_page
from corpus.formats.pdf_words import PageContent, Word
from corpus.locator import Locator
from tests.fake_assistant import DOCUMENTS, HOSTILE
from tests.format_files import needs_tesseract
from tests.page_server import PRINTED, QUOTED
from tests.scanner import scan_of
from tests.watched import Watched as Tab
from ui.source import around
from ui.source_words import SOURCE
from ui.words import WORDS

WHERE = {"vi": "Khinh khí cầu quan sát được thả ở đâu?", "en": "What target does Resolution 52-NQ/TW set for the digital economy by 2030?"}


def part(html: str, name: str) -> str:
    found = re.search(rf'<div data-part="{name}">(.*?)</div>(?=<div data-part|$)', html, re.DOTALL)
    assert found
    return found[1]


def test_what_stands_around_is_given_in_order_with_the_parents() -> None:
    whole = around(DOCUMENTS[0], "II (mục tiêu 2030)", "vi")
    assert "Thuộc tính" in part(whole, "before") and "Ghi chú (mốc 2025)" in part(whole, "after") and "<li>" not in part(whole, "parents")
    rows = [
        Provision(Locator.parse(at), Bilingual(at, ""), Bilingual(f"lời {at}", ""))
        for at in ("Điều 1", "Điều 1, khoản 2", "Điều 1, khoản 2, điểm a", "Điều 12")
    ]
    law = replace(DOCUMENTS[2], provisions=tuple(rows))
    parents = part(around(law, "điều 1, khoản 2, điểm a", "en"), "parents")
    assert [found for found in re.findall(r"<b>(.*?)</b>", parents)] == ["Điều 1", "Điều 1, khoản 2"]
    assert 'lang="vi"' in part(around(law, "Điều 1", "en"), "after") and around(law, "Điều 9", "vi") == ""


def test_clauses_of_an_article_bear_its_heading_once() -> None:
    rows = tuple(Provision(Locator.parse(f"Điều 1, khoản {n}"), Bilingual("Phạm vi", "Scope"), Bilingual(f"lời {n}", "")) for n in range(1, 7))
    whole = around(replace(DOCUMENTS[0], provisions=rows), "Điều 1, khoản 4", "vi")
    assert part(whole, "before").count("Phạm vi") == 1 and "Phạm vi" not in part(whole, "after")


def test_the_middle_of_a_very_long_document_tells_what_is_left_out() -> None:
    rows = tuple(Provision(Locator.parse(f"Điều {n}"), Bilingual(), Bilingual(f"lời {n}", "")) for n in range(1, 1002))
    whole = around(replace(DOCUMENTS[0], provisions=rows), "Điều 501", "vi")
    assert all(SOURCE[word].vi.replace("{n}", "200") in whole for word in ("earlier", "later")) and whole.count("<section") == 600


def test_hostile_words_around_stay_words() -> None:
    rows = [Provision(Locator.parse(at), Bilingual(HOSTILE, HOSTILE), Bilingual(HOSTILE, HOSTILE)) for at in ("a", f"b {HOSTILE}", "c")]
    drawn = around(replace(DOCUMENTS[0], provisions=tuple(rows)), "c", "vi")
    assert "<script" not in drawn and "<img" not in drawn and "<svg" not in drawn and drawn.count("&lt;script") == 5


def test_boxes_are_those_of_the_words_and_not_of_the_same_words_elsewhere(tmp_path: Path) -> None:
    def line(text: str, top: float) -> list[Word]:
        return [Word(word, 10.0 + 30 * n, top, 35.0 + 30 * n, top + 10) for n, word in enumerate(text.split())]

    far = line("một hai", 10) + [word for n in range(20) for word in line("khác hẳn đi rồi", 30 + 12 * n)]
    share, boxes = boxes_of("Một hai ba bốn năm", PageContent(1, 500, 500, [*far, *line("MỘT hai ba", 400), *line("bốn năm", 412)]))
    assert share == 1 and boxes == ((10.0, 400, 95.0, 410), (10.0, 412, 65.0, 422))
    assert boxes_of("không có", PageContent(1, 500, 500)) == (0.0, ())


def test_a_page_is_drawn_with_the_box_of_its_words_and_a_broken_one_refused(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PRINTED)
    made = picture_page(tmp_path / "a.pdf", 1, QUOTED)
    assert (made.number, made.pages, len(made.boxes)) == (1, 1, 1) and made.png.startswith(b"\x89PNG") and len(made.png) < 100_000
    left, top, right, bottom = made.boxes[0]
    assert 50 < left < 90 and right - left > 200 and 150 < top < bottom < 220
    assert picture_page(tmp_path / "a.pdf", 7, "nothing of that").boxes == ()
    (tmp_path / "b.pdf").write_bytes(b"%PDF-1.4 broken")
    with pytest.raises(Unreadable):
        picture_page(tmp_path / "b.pdf", 1, QUOTED)


@needs_tesseract
def test_words_on_a_scanned_page_have_the_box_in_which_they_are_printed(tmp_path: Path) -> None:
    (tmp_path / "a.pdf").write_bytes(PRINTED)
    (tmp_path / "scan.pdf").write_bytes(scan_of(PRINTED))
    printed, found = (picture_page(tmp_path / name, 1, QUOTED) for name in ("a.pdf", "scan.pdf"))
    assert len(found.boxes) == len(printed.boxes) == 1
    assert all(abs(here - there) < 12 for here, there in zip(found.boxes[0], printed.boxes[0], strict=True))
    assert picture_page(tmp_path / "scan.pdf", 1, "Tàu ngầm chỉ được lặn vào ban đêm ở ngoài khơi.").boxes == ()


def test_an_answer_opens_its_words_in_the_whole_document_and_on_the_printed_page(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    tab.ask(WHERE["vi"])
    tab.page.locator("#shown[data-whole]").wait_for()
    assert QUOTED in tab.shown("#shown mark") and tab.page.locator("#shown mark").count() == 1
    whole = tab.shown("#shown .whole")
    assert whole.index("Điều 1, khoản 1") < whole.index("Điều 1, khoản 2") < whole.index("Điều 2") and "01 tháng 3 năm 2026" in whole
    mark, box = tab.page.locator("#shown mark").bounding_box(), tab.page.locator("#shown .whole").bounding_box()
    assert box["y"] <= mark["y"] and mark["y"] + mark["height"] <= box["y"] + box["height"]
    assert "Quy chế thử nghiệm về khinh khí cầu" in tab.shown("#shown .card") and "Còn hiệu lực" in tab.shown("#shown .card")
    tab.page.locator("#shown .original summary").click()
    tab.page.locator("#shown .printed img").wait_for()
    assert tab.page.locator("#shown .sheet rect").count() == 1 and SOURCE["printed_marked"].vi in tab.shown("#shown figcaption")
    assert tab.page.locator("#shown .printed img").evaluate("(i) => i.complete && i.naturalWidth > 500")
    assert tab.page.locator("#shown .printed img").get_attribute("alt") == SOURCE["printed_alt"].vi.replace("{n}", "1")


def test_english_and_narrow_the_pane_steps_from_citation_to_citation(open_page: Callable[..., Tab]) -> None:
    tab = open_page("?lang=en", viewport={"width": 390, "height": 844})
    tab.ask(WHERE["en"])
    tab.page.locator("#live .chip").first.click()
    tab.page.locator("#shown[data-whole]").wait_for()
    assert "Attributes of the Resolution" in tab.shown("#shown .passage >> nth=0") and tab.fits()
    assert 0 < tab.page.locator("#shown mark").bounding_box()["y"] < 844
    first = tab.shown("#shown .here")
    tab.page.locator("#next").click()
    tab.page.locator("#shown[data-whole]").wait_for()
    assert tab.shown("#shown .here") != first and tab.page.locator("#shown .here").count() == 1
    tab.page.locator("#previous").click()
    tab.page.locator("#shown[data-whole]").wait_for()
    assert tab.shown("#shown .here") == first and tab.fits()


def test_an_act_that_was_replaced_shows_its_chain_and_leads_to_the_library(open_page: Callable[..., Tab]) -> None:
    tab = open_page()
    tab.ask("Luật Giao dịch điện tử 51/2005/QH11 quy định gì?")
    tab.page.locator("#shown[data-whole]").wait_for()
    tab.page.locator("#shown .chain summary").click()
    assert "20/2023/QH15" in tab.shown("#shown .chain") and "51/2005/QH11" in tab.shown("#shown .chain")
    tab.page.locator('#shown .chain [data-document="20/2023/QH15"]').first.click()
    tab.page.locator("#held-title").wait_for()
    assert "20/2023/QH15" in tab.shown("#held-one .docno")


def test_an_answer_is_copied_with_its_footnotes_as_text_and_for_word_processors(open_page: Callable[..., Tab]) -> None:
    tab = open_page(permissions=["clipboard-read", "clipboard-write"])
    tab.ask(WHERE["vi"])
    tab.page.locator("#live .copy").click()
    tab.page.get_by_text(WORDS["copied"].vi, exact=True).wait_for()
    read = "async (kind) => (await (await navigator.clipboard.read())[0].getType(kind)).text()"
    plain, rich = (tab.page.evaluate(read, kind) for kind in ("text/plain", "text/html"))
    assert "[1] 77/2026/QĐ-TNKC, Điều 1, khoản 2" in plain and QUOTED in plain
    assert "<sup>1</sup>" in rich and QUOTED in rich


def test_what_is_not_there_is_refused_with_one_sentence(whole_page: str) -> None:
    def status(path: str, **said: str) -> int:
        try:
            with urllib.request.urlopen(f"{whole_page}source/{path}?{urlencode(said)}", timeout=20) as reply:
                return int(reply.status)
        except urllib.error.HTTPError as error:
            with error:
                assert json.loads(error.read())["error"]["message"]
                return error.code

    assert status("whole", number="52-NQ/TW", locator="Thuộc tính") == 200
    for path, said, wanted in (
        ("whole", {"number": "../../etc/passwd", "locator": "1"}, 404), ("whole", {"locator": "1"}, 400), ("whole", {"number": "52-NQ/TW"}, 400),
        ("printed", {"number": "52-NQ/TW", "locator": "Thuộc tính"}, 404), ("printed", {"number": "x", "locator": "y"}, 404),
        ("printed", {"number": "77/2026/QĐ-TNKC", "locator": "Điều 1, khoản 2", "start": "-1"}, 400),
        ("printed", {"number": "77/2026/QĐ-TNKC", "locator": "Điều 1, khoản 2", "start": "9" * 40}, 400),
    ):  # fmt: skip
        assert status(path, **said) == wanted, (path, said)
