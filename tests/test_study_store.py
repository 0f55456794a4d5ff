"""Progress in SQL: it survives a restart, two devices merge it, exams keep their time, and numbers are seen only with consent."""

from __future__ import annotations

import csv
import io
import sqlite3
import zipfile
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect

from assistant.study.anki import write_anki
from assistant.study.classroom import paper
from assistant.study.errors import ExamClosed, NothingToAsk, ProgressFailed, StudyError, UnknownDeck, UnknownExam
from assistant.study.exams import Exams
from assistant.study.item import Cited, Item, Kind
from assistant.study.printing import as_html, as_markdown
from assistant.study.review import read_log, written
from assistant.study.schedule import Schedule
from assistant.study.store import Deck, Progress, device_of
from assistant.study.tables import META, MIGRATIONS

NOW = datetime(2026, 3, 1, 8, 0, tzinfo=UTC)


def items(count: int = 6) -> tuple[Item, ...]:
    """Items of two provisions, the first option right."""
    return tuple(
        Item(
            Kind.FIGURE, "vi", f"Câu {n} <b>&</b> *_____*?", ("một", "hai", "ba"), 0,
            (Cited("1/2026/NĐ-CP", "Nghị định 1", f"Điều {n % 2 + 1}", "một <hai>", (0, 9), "vi"),), "Theo Nghị định 1", ("a", "b", "c"),
        )
        for n in range(count)
    )  # fmt: skip


@pytest.fixture
def progress(tmp_path: Path) -> Iterator[Progress]:
    store = Progress.open(f"sqlite:///{tmp_path / 'study.sqlite3'}")
    yield store
    store.close()


def test_progress_survives_a_restart(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'study.sqlite3'}"
    first = Progress.open(url)
    first.keep(Deck("luật", items(), "về luật"))
    for at, item in enumerate(items()):
        first.record("an", item.id, 3, True, NOW + timedelta(minutes=at))
    first.set_goal("an", 7)
    kept = first.reviews("an")
    first.close()
    again = Progress.open(url)
    assert again.reviews("an") == kept and len(kept) == 6 and again.goal("an") == 7 and again.goal("binh") == 20
    assert again.deck("luật") == Deck("luật", items(), "về luật") and again.decks() == {"luật": 6}
    assert Schedule().cards(again.reviews("an")) == Schedule().cards(kept)
    again.close()


def test_two_devices_that_exchange_their_logs_agree(tmp_path: Path) -> None:
    here, there = (Progress.open(f"sqlite:///{tmp_path / name}") for name in ("here", "there"))
    a, b = items(2)
    here.record("an", a.id, 3, True, NOW)
    there.record("an", a.id, 1, False, NOW + timedelta(days=2))
    there.record("an", b.id, 4, True, NOW + timedelta(days=3))
    here.record("an", b.id, 3, True, NOW - timedelta(days=30))  # this clock was set back
    assert here.merge(read_log(written(there.reviews("an")))) == 2 and there.merge(read_log(written(here.reviews("an")))) == 2
    assert here.merge(there.reviews("an")) == 0
    assert here.reviews("an") == there.reviews("an") and len({r.device for r in here.reviews("an")}) == 2
    assert Schedule().cards(here.reviews("an")) == Schedule().cards(there.reviews("an"))
    here.close()
    there.close()


def test_a_clock_set_back_keeps_the_order_of_answers(progress: Progress) -> None:
    made = [
        progress.record("an", "a", 3, True, NOW + shift) for shift in (timedelta(0), timedelta(days=-90), timedelta(days=-90), timedelta(hours=1))
    ]
    assert [r.id for r in progress.reviews("an")] == [r.id for r in made]
    assert progress.reviews("binh") == []


def test_a_deck_is_replaced_whole_and_an_unknown_one_is_named(progress: Progress) -> None:
    progress.keep(Deck("d", items(6)))
    progress.keep(Deck("d", items(2)))
    progress.keep(Deck("leer", ()))
    assert len(progress.deck("d").items) == 2 and progress.decks() == {"d": 2, "leer": 0}
    assert len(progress.items()) == 6 and set(progress.items([items(1)[0].id, "gone"])) == {items(1)[0].id}
    with pytest.raises(UnknownDeck, match="fort"):
        progress.deck("fort")


def test_the_numbered_steps_make_the_tables_that_are_asked(progress: Progress) -> None:
    found = inspect(progress.engine)
    for name, table in META.tables.items():
        assert {c["name"] for c in found.get_columns(name)} == {c.name for c in table.columns}, name
        assert set(found.get_pk_constraint(name)["constrained_columns"]) == {c.name for c in table.primary_key}, name


def test_an_older_database_is_brought_up_to_date_and_a_newer_one_refused(tmp_path: Path) -> None:
    path = tmp_path / "old"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE study_version (number INTEGER PRIMARY KEY)")
    for statement in MIGRATIONS[0]:
        connection.execute(statement)
    connection.execute("INSERT INTO study_version VALUES (1)")
    connection.commit()
    Progress.open(f"sqlite:///{path}").close()
    assert "study_exams" in inspect(create_engine(f"sqlite:///{path}")).get_table_names()
    connection.execute("INSERT INTO study_version VALUES (99)")
    connection.commit()
    connection.close()
    with pytest.raises(ProgressFailed, match="later version"):
        Progress.open(f"sqlite:///{path}")


def test_two_processes_may_open_a_new_database_at_once(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'new'}"
    with ThreadPoolExecutor(4) as pool:
        stores = list(pool.map(Progress.open, [url] * 4))
    for at, store in enumerate(stores):
        store.record("an", "a", 3, True, NOW + timedelta(minutes=at))
    assert len(stores[0].reviews("an")) == 4
    for store in stores:
        store.close()


def test_a_database_that_cannot_be_opened_is_told_of(tmp_path: Path) -> None:
    with pytest.raises(ProgressFailed):
        Progress.open(f"sqlite:///{tmp_path / 'no' / 'such' / 'folder'}")
    assert device_of(tmp_path / "home") == device_of(tmp_path / "home")
    (tmp_path / "home" / "study-device").write_text("x")
    with pytest.raises(ProgressFailed, match="device"):
        device_of(tmp_path / "home")


# --- exams ---------------------------------------------------------------------------------------------------------------


@pytest.fixture
def exams(progress: Progress) -> Exams:
    progress.keep(Deck("d", items()))
    room = Exams(progress)
    room.fix("giữa kỳ", "K50", "d", seed=7, minutes=30)
    return room


def sat(exams: Exams, user: str, wrong: int) -> None:
    """Let one sit the exam, the first `wrong` items answered wrongly."""
    left, _ = exams.begin("giữa kỳ", user, NOW)
    for at, item in enumerate(sorted(left, key=lambda i: i.stem)):
        exams.answer("giữa kỳ", user, item, (item.answer + (at < wrong)) % 3, NOW + timedelta(minutes=at))


def test_a_paper_is_shuffled_by_seed_and_name_and_stays_right(exams: Exams) -> None:
    exam, known = exams.exam("giữa kỳ"), {item.id: item for item in items()}
    mine = paper(exam, known, "an")
    assert mine == paper(exam, known, "an") and {i.stem for i in mine} == {i.stem for i in items()}
    assert {tuple(i.stem for i in paper(exam, known, f"trainee {n}")) for n in range(9)} != {tuple(i.stem for i in mine)}
    assert {i.right for i in mine} == {"một"} and {i.claims[i.answer] for i in mine} == {"a"} and len({i.options for i in mine}) > 1


def test_an_answer_is_taken_once_and_in_time(exams: Exams) -> None:
    (first, second, *_), closes = exams.begin("giữa kỳ", "an", NOW)
    assert closes == NOW + timedelta(minutes=30)
    assert exams.answer("giữa kỳ", "an", first, first.answer, NOW)
    for item, when in ((first, NOW), (second, NOW + timedelta(minutes=31))):
        with pytest.raises(ExamClosed):
            exams.answer("giữa kỳ", "an", item, 0, when)
    with pytest.raises(ExamClosed):
        exams.answer("giữa kỳ", "nobody", first, 0, NOW)
    left, same = exams.begin("giữa kỳ", "an", NOW + timedelta(minutes=9))
    assert len(left) == 5 and same == closes
    with pytest.raises(ExamClosed):
        exams.begin("giữa kỳ", "an", NOW + timedelta(minutes=31))


def test_an_exam_that_was_sat_stays_as_it_is(exams: Exams) -> None:
    exams.fix("giữa kỳ", "K50", "d", seed=8, minutes=10)
    exams.begin("giữa kỳ", "an", NOW)
    with pytest.raises(ExamClosed, match="stays"):
        exams.fix("giữa kỳ", "K50", "d", seed=9, minutes=99)
    assert exams.exam("giữa kỳ").minutes == 10 and exams.exams() == ("giữa kỳ",)
    with pytest.raises(UnknownExam):
        exams.exam("cuối kỳ")
    with pytest.raises(UnknownDeck):
        exams.fix("x", "K50", "gone", 1, 1)


def test_an_empty_deck_makes_no_exam(progress: Progress) -> None:
    progress.keep(Deck("leer", ()))
    with pytest.raises(NothingToAsk):
        Exams(progress).fix("x", "K50", "leer", 1, 1)


def test_results_are_of_those_who_consent_and_no_formula(exams: Exams) -> None:
    for user, wrong in (("an", 2), ("=cmd|x", 1), ("binh", 6)):
        sat(exams, user, wrong)
    for user in ("an", "=cmd|x"):
        exams.consent(user, "K50", True)
    rows = list(csv.DictReader(io.StringIO(exams.results("giữa kỳ"))))
    assert [(r["trainee"], r["right"], r["percent"]) for r in rows] == [("'=cmd|x", "5", "83.3"), ("an", "4", "66.7")]
    assert exams.withheld("giữa kỳ") == 1
    exams.consent("an", "K50", False)
    assert "an," not in exams.results("giữa kỳ") and exams.withheld("giữa kỳ") == 2


def test_a_lecturer_sees_what_is_missed_once_three_consent(exams: Exams) -> None:
    for user in ("a", "b", "c"):
        sat(exams, user, 1)
    exams.consent("a", "K50", True)
    exams.consent("b", "K50", True)
    assert exams.missed("K50") == ()
    exams.consent("c", "K50", True)
    first, second = exams.missed("K50")
    assert (first.locator, first.trainees, first.answers, first.wrong) == ("Điều 1", 3, 9, 3) and second.wrong == 0
    assert exams.missed("K51") == ()


# --- on paper and in Anki ------------------------------------------------------------------------------------------------


def test_a_printed_test_needs_nothing_else_and_runs_nothing() -> None:
    page = as_html("Đề <1>", items(), "vi")
    assert page.count("<li lang") == 12 and "Đề &lt;1&gt;" in page and "Câu 0 &lt;b&gt;&amp;&lt;/b&gt;" in page
    assert not any(word in page for word in ("<b>&", "<script", "http://", "https://", "src="))
    text = as_markdown("Đề", items(), "en")
    assert text.count("- A. một") == 6 and "1. **A**. một" in text and "Key and sources" in text and r"\*\_\_\_\_\_\*" in text


def test_an_anki_package_holds_every_item_under_its_own_name(tmp_path: Path) -> None:
    path = write_anki(tmp_path / "d.apkg", "Bộ thẻ", items())
    with zipfile.ZipFile(path) as archive:
        assert set(archive.namelist()) == {"collection.anki2", "media"}
        archive.extract("collection.anki2", tmp_path)
    connection = sqlite3.connect(tmp_path / "collection.anki2")
    notes = connection.execute("SELECT guid, flds FROM notes").fetchall()
    assert {guid for guid, _ in notes} == {item.id for item in items()} and "&lt;b&gt;" in notes[0][1]
    assert connection.execute("SELECT count(*) FROM cards").fetchone() == (6,)
    connection.close()
    with pytest.raises(StudyError):
        write_anki(tmp_path / "no" / "d.apkg", "x", items())
