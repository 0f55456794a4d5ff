"""Conversations kept: whole, found without diacritics, of one user alone, renamed, and gone from the file when deleted."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Evidence, Judged, ModelReply, Outcome
from assistant.compose_history import open_history
from assistant.history.answers import answer_of, plain
from assistant.history.errors import BadReport, BadTitle, HistoryFailed, UnknownConversation
from assistant.history.store import History
from assistant.history.values import title_of, turns_of
from assistant.settings import Settings
from tests.fake_assistant import FakeAssistant

NOON = datetime(2026, 3, 1, 12, tzinfo=UTC)
DAY = date(2026, 3, 1)
QUESTION = "Nghị quyết 52-NQ/TW đặt mục tiêu kinh tế số đến năm 2030 là bao nhiêu?"
SECRET = "zebrafinch quetzalcoatl"


@pytest.fixture
def history(tmp_path: Path) -> Iterator[History]:
    made = open_history(Settings(home=tmp_path / "home"))
    yield made
    made.close()


def ask(question: str = QUESTION) -> Answer:
    return FakeAssistant().ask(question, as_of=DAY)


def test_a_conversation_comes_back_as_it_was(history: History) -> None:
    first = history.keep("an", ask(), now=NOON)
    second = history.keep("an", ask("Luật An ninh mạng 2018 có hiệu lực từ ngày nào?"), first.conversation, NOON + timedelta(minutes=5))
    head, kept = history.conversation("an", first.conversation)
    assert (head.title, head.turns, head.created, head.changed) == (QUESTION, 2, NOON, NOON + timedelta(minutes=5))
    assert kept == (first, second) and [one.place for one in kept] == [1, 2]
    assert [t.documents for t in turns_of(kept)] == [("52-NQ/TW",), ("24/2018/QH14",)] and turns_of(kept)[0].question == QUESTION


def test_a_restart_forgets_nothing_and_makes_nothing_twice(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    kept = open_history(settings).keep("an", ask(), now=NOON)
    again = open_history(settings)
    assert again.conversation("an", kept.conversation)[1] == (kept,)


@pytest.mark.parametrize("words", ["kinh te so", "KINH TẾ SỐ", "52-NQ/TW", "nang suat 7,5%", "muc tieu   52"])
def test_words_are_found_with_and_without_their_marks(history: History, words: str) -> None:
    kept = history.keep("an", ask(), now=NOON)
    history.keep("an", ask("Luật An ninh mạng 2018 có hiệu lực từ ngày nào?"), now=NOON)
    assert [c.id for c in history.search("an", words)] == [kept.conversation]
    assert history.search("an", "đường sắt") == () and len(history.search("an", "")) == 2 and history.search("an", "%") == history.search("an", "")


def test_a_title_is_renamed_found_and_never_empty(history: History) -> None:
    kept = history.keep("an", ask(), now=NOON)
    assert history.rename("an", kept.conversation, "  Chuẩn bị\u202e hội đàm\n tháng 6 ") == "Chuẩn bị hội đàm tháng 6"
    assert [c.title for c in history.search("an", "chuan bi hoi dam")] == ["Chuẩn bị hội đàm tháng 6"]
    for nothing in ("", " \u200b ", "***"):
        with pytest.raises(BadTitle):
            history.rename("an", kept.conversation, nothing)
    assert len(title_of("chữ " * 300, whole=True)) <= 201 and title_of("a" * 90) == "a" * 80 + "…"


def test_another_user_sees_nothing_and_changes_nothing(history: History) -> None:
    kept = history.keep("an", ask(), now=NOON)
    assert history.conversations("binh") == () == history.search("binh", "kinh te") == history.reports("binh")
    for trying in (
        lambda: history.conversation("binh", kept.conversation),
        lambda: history.turn("binh", kept.id),
        lambda: history.keep("binh", ask(), kept.conversation),
        lambda: history.rename("binh", kept.conversation, "Của tôi"),
        lambda: history.delete("binh", kept.conversation),
        lambda: history.cut("binh", kept.conversation, kept.id),
        lambda: history.report("binh", kept.id, "up"),
    ):
        with pytest.raises(UnknownConversation):
            trying()
    history.report("an", kept.id, "up", now=NOON)
    history.withdraw("binh", kept.id, "up")
    assert history.forget("binh") == 0 and len(history.reports("an")) == 1
    assert history.conversation("an", kept.conversation)[1] == (kept,)


@pytest.mark.parametrize("how", ["delete", "cut", "forget"])
def test_what_is_deleted_is_gone_from_the_files(tmp_path: Path, how: str) -> None:
    history = open_history(Settings(home=tmp_path))
    other = history.keep("binh", ask(), now=NOON)
    first = history.keep("an", ask("Mục tiêu kinh tế số?"), now=NOON)
    secret = replace(ask(f"{SECRET} kinh tế số?"), notes=(SECRET * 400,))
    kept = history.keep("an", secret, first.conversation, NOON)
    history.report("an", kept.id, "wrong_evidence", 1, f"not this: {SECRET}", NOON)
    held = b"".join(path.read_bytes() for path in tmp_path.iterdir())
    assert SECRET.encode() in held
    if how == "delete":
        history.delete("an", first.conversation)
    elif how == "cut":
        history.cut("an", first.conversation, kept.id)
    else:
        assert history.forget("an") == 1
    left = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert b"zebrafinch" not in left and b"quetzal" not in left  # before the connections are closed, and so after a crash too
    assert history.reports(None) == () and history.conversation("binh", other.conversation)[1] == (other,)
    assert len(history.conversations("an")) == (how == "cut")
    history.close()


def test_deleted_rows_are_gone_from_a_database_that_is_shared_too(tmp_path: Path) -> None:
    shared = tmp_path / "shared.sqlite3"
    with sqlite3.connect(shared) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
    history = open_history(Settings(home=tmp_path, database=f"sqlite:///{shared}"))
    kept = history.keep("an", ask(f"{SECRET} kinh tế số?"), now=NOON)
    history.delete("an", kept.conversation)
    assert all(b"zebrafinch" not in path.read_bytes() for path in tmp_path.iterdir())
    history.close()


def test_two_who_write_at_once_lose_nothing(tmp_path: Path) -> None:
    settings = Settings(home=tmp_path)
    begun = open_history(settings).keep("an", ask(), now=NOON)

    def write() -> None:
        mine = open_history(settings)
        for _ in range(5):
            mine.keep("an", ask(), begun.conversation, NOON)

    threads = [threading.Thread(target=write) for _ in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [one.place for one in open_history(settings).conversation("an", begun.conversation)[1]] == list(range(1, 17))


def test_reports_are_kept_once_and_of_what_there_is(history: History) -> None:
    kept = history.keep("an", ask(), now=NOON)
    history.report("an", kept.id, "up", now=NOON)
    history.report("an", kept.id, "down", words="sai\x00 năm", now=NOON)
    history.report("an", kept.id, "wrong_evidence", 2, "không phải đoạn này", NOON)
    history.report("an", kept.id, "wrong_evidence", 2, "đoạn khác", NOON)
    assert [(r.kind, r.mark, r.words) for r, _ in history.reports("an")] == [("down", 0, "sai năm"), ("wrong_evidence", 2, "đoạn khác")]
    for kind, mark in (("great", 0), ("up", 1), ("wrong_evidence", 9), ("wrong_evidence", -1)):
        with pytest.raises(BadReport):
            history.report("an", kept.id, kind, mark)
    history.withdraw("an", kept.id, "down")
    assert [kept for _, kept in history.reports(None)] == [kept]


def test_a_later_version_and_a_broken_file_are_refused_in_one_sentence(tmp_path: Path) -> None:
    open_history(Settings(home=tmp_path)).close()
    with sqlite3.connect(tmp_path / "history.sqlite3") as connection:
        connection.execute("INSERT INTO history_version VALUES (99)")
    with pytest.raises(HistoryFailed, match="later version"):
        open_history(Settings(home=tmp_path))
    (tmp_path / "history.sqlite3").write_bytes(b"no database at all" * 100)
    with pytest.raises(HistoryFailed):
        open_history(Settings(home=tmp_path))
    with pytest.raises(HistoryFailed):
        open_history(Settings(home=tmp_path, database="postgresql+nodriver://localhost/x"))


anything = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)


@given(anything, anything, st.lists(anything, max_size=3), st.booleans())
def test_every_answer_comes_back_equal(question: str, text: str, notes: list[str], worded: bool) -> None:
    said = ModelReply("m", "", "", (Evidence("d", "l", "p", 0.5, "h", "d~official"),), text, (Judged(text, False, ("no mark",)),))
    given_ = replace(ask(), question=question, text=text, notes=tuple(notes), outcome=Outcome.PARTIAL, reply=said if worded else None)
    assert answer_of(plain(given_)) == given_


def test_half_a_letter_and_a_nought_do_not_stop_it(history: History) -> None:
    kept = history.keep("an", replace(ask(), question="\ud800 kinh tế\x00", text="\udfff"), now=NOON)
    assert history.turn("an", kept.id).answer.question == "? kinh tế\x00" and history.conversations("an")[0].title == "kinh tế"
