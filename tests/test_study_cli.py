"""`attache study` in the terminal, over the bundled library: a whole session typed, in both languages."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.compose import open_study
from assistant.settings import Settings
from assistant.study.item import Item
from assistant.study.making import Wishes
from ui.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(attache: Assistant, attache_home: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]) -> Run:
    """Run one command with what is typed; returns exit status, output and errors."""
    monkeypatch.setenv("ATTACHE_HOME", str(attache_home))
    monkeypatch.setenv("COLUMNS", "200")

    def study(*arguments: str, typed: str = "") -> tuple[int, str, str]:
        monkeypatch.setattr("sys.stdin", io.StringIO(typed))
        status = main(["study", *arguments])
        out, err = capfd.readouterr()
        return status, out, err

    return study


@pytest.fixture(scope="module")
def deck(attache: Assistant, attache_home: Path) -> tuple[Item, ...]:
    """A deck of eight items that is kept as “luật”."""
    studio = open_study(Settings(home=attache_home), lambda: attache)
    items = studio.keep("luật", studio.make(Wishes(8, languages=("vi",)), ["Luật Chuyển đổi số"])).items
    studio.progress.close()
    return items


def test_items_are_made_printed_and_kept(run: Run) -> None:
    _, out, err = run("make", "--lang", "both", "-n", "4")
    assert out.count("●") == 4 and "“" in out and "4 câu" in err
    _, out, err = run("make", "--kind", "match", "--lang", "en", "-n", "3", "--json", "--deck", "terms")
    rows = [json.loads(line) for line in out.splitlines()]
    assert [row["kind"] for row in rows] == ["match"] * 3 and "terms" in err


def test_a_session_of_ten_is_asked_marked_and_kept(run: Run, deck: tuple[Item, ...]) -> None:
    before = json.loads(run("progress", "--user", "an", "--json")[1])
    typed = "".join(f"{'ABCDEF'[item.answer]}\n" for item in deck[:-1]) + "?\nnonsense\nq\n"
    status, out, _ = run("quiz", "luật", "-n", "8", "--user", "an", typed=typed)
    assert status == 0 and out.count("Đúng.") == 7 and "7/7 câu đúng" in out and "Xin gõ một trong các chữ" in out
    after = json.loads(run("progress", "--user", "an", "--json")[1])
    assert after["done"] == before["done"] + 7 and after["streak"] == 1 and after["decks"]["luật"] == 8


def test_the_end_of_the_input_ends_a_quiz(run: Run, deck: tuple[Item, ...]) -> None:
    status, out, _ = run("quiz", "luật", "--user", "eof", "--lang", "en", typed="a\n")
    assert status == 0 and "of 1 right" in out


def test_an_answer_of_one_s_own_is_marked(run: Run, tmp_path: Path) -> None:
    answer = tmp_path / "a.txt"
    answer.write_text("Đề án 06 phục vụ 5 nhóm tiện ích, trong đó có công dân số. Đề án 06 phục vụ 9 nhóm tiện ích.", "utf-8")
    place = ("--document", "06/QĐ-TTg", "--locator", "Mục tiêu tổng thể")
    _, out, _ = run("mark", str(answer), *place)
    assert "có căn cứ" in out and "trái với văn bản" in out and "Còn thiếu:" in out
    told = json.loads(run("mark", "-", *place, "--json", typed=answer.read_text("utf-8"))[1])
    assert told["mark"] == "partly" and [claim["finding"] for claim in told["claims"]] == ["supported", "contradicted"]
    _, found, _ = run("mark", "-", typed="Luật Chuyển đổi số có hiệu lực từ ngày 1/7/2026.")
    assert "có căn cứ" in found and "148/2025/QH15" in found


def test_a_press_line_is_drilled(run: Run) -> None:
    _, out, _ = run("drill", "-", typed="Luật Chuyển đổi số có hiệu lực từ ngày 1/7/2026.\nThe digitalization of the office goes on as planned.\n")
    assert "có căn cứ" in out and "Agreed term: “digital transformation”" in out
    assert json.loads(run("drill", "-", "--json", typed="Luật Chuyển đổi số có hiệu lực từ ngày 1/7/2026.")[1])["departures"] == []


@pytest.mark.parametrize(("form", "beginning"), [("anki", b"PK"), ("html", b"<!doctype html>"), ("md", b"# lu")])
def test_cards_are_exported(run: Run, deck: tuple[Item, ...], tmp_path: Path, form: str, beginning: bytes) -> None:
    path = tmp_path / "out"
    assert run("cards", "luật", "--export", form, "--out", str(path))[0] == 0
    assert path.read_bytes().startswith(beginning)


def test_progress_goes_from_device_to_device(run: Run, deck: tuple[Item, ...], tmp_path: Path) -> None:
    run("quiz", "luật", "--user", "binh", typed="a\nb\nq\n")
    log, plot = tmp_path / "log.jsonl", tmp_path / "plot.svg"
    _, out, _ = run("progress", "--user", "binh", "--export", str(log), "--svg", str(plot), "--goal", "5", "--deck", "luật")
    assert len(log.read_text("utf-8").splitlines()) == 2 and plot.read_text("utf-8").startswith("<svg") and "2/5" in out
    assert "Đã nhận 0 lượt" in run("progress", "--user", "binh", "--merge", str(log))[1]


def test_a_document_is_read_in_sections_with_questions(run: Run) -> None:
    status, out, _ = run("read", "25-CT/TW", "--lang", "en", "--user", "dung", typed="a\n\nb\nq\n")
    assert status == 0 and "1/" in out and "multilateral" in out and "sections read" in out
    assert {row["document"] for row in json.loads(run("progress", "--user", "dung", "--json")[1])["documents"]} == {"25-CT/TW"}


def test_an_exam_is_fixed_sat_and_told_with_consent(run: Run, deck: tuple[Item, ...], tmp_path: Path) -> None:
    assert "8 câu, 5 phút" in run("exam", "fix", "thi", "--deck", "luật", "--class", "K50", "--minutes", "5", "--seed", "3")[1]
    _, out, _ = run("exam", "take", "thi", "--user", "chi", typed="a\n" * 8)
    assert "Đã nộp bài" in out and "Đúng." not in out
    assert run("exam", "take", "thi", "--user", "chi")[0] == 1
    _, table, told = run("exam", "results", "thi")
    assert table.strip() == "exam,class,trainee,right,items,percent,started,ended" and "1 người chưa đồng ý" in told
    run("exam", "consent", "K50", "--user", "chi")
    path = tmp_path / "r.csv"
    run("exam", "results", "thi", "--out", str(path))
    assert "thi,K50,chi," in path.read_text("utf-8-sig")
    assert "đủ ba người" in run("exam", "missed", "K50")[1]
    assert "rút lại" in run("exam", "withdraw", "K50", "--user", "chi")[1]


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (("quiz", "no such deck"), "no such deck"), (("make", "--document", "9999-ZZ/QQ"), "9999-ZZ"), (("exam", "take", "no exam"), "no exam"),
        (("mark", "no such file"), "cannot be read"), (("mark", "-"), "nothing to check"), (("make", "--about", "qwertyuiop"), "No item"),
        (("progress", "--merge", "README.md"), "Line 1"),
    ],
)  # fmt: skip
def test_what_cannot_be_done_is_one_line_with_the_next_step(run: Run, arguments: tuple[str, ...], said: str) -> None:
    status, _, err = run(*arguments)
    assert status == 1 and said in err and "Traceback" not in err


def test_every_sentence_stands_in_both_languages() -> None:
    from assistant.study.item import Kind
    from assistant.study.wording import _WORDS as ASKED
    from assistant.study.wording import KIND_NAMES
    from ui.studying_words import _WORDS as SAID

    for words in (ASKED, SAID, KIND_NAMES):
        assert all(len(pair) == 2 and all(text.strip() for text in pair) for pair in words.values())
    assert set(KIND_NAMES) == set(map(str, Kind))
