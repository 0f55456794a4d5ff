"""A document or a user forgotten: nothing is left in any file, others stay, and a trace that is left is told."""

from __future__ import annotations

import gc
import json
import shutil
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from assistant.compose import ingest_paths, open_assistant, open_study, verify_index
from assistant.compose_accounts import open_accounts
from assistant.compose_forgetting import forget_document, forget_user, is_document, is_user
from assistant.compose_history import open_history
from assistant.errors import BadSettings, UnknownDocument
from assistant.settings import Settings
from assistant.study.making import Wishes
from evals.crash_work import law, mark, number_of
from index.caches import Caches
from index.home import Home
from tests.served import served
from ui.cli import main

NOW = datetime(2026, 11, 27, 8, tzinfo=UTC)
GONE, STAYS = number_of(905), number_of(906)
ASKED = f"Cơ quan thứ 3 báo cáo về {mark(905, 1)} khi nào?"


def grep(folder: Path, word: str) -> list[str]:
    """Return the files below a folder in which a word stands in any of the usual encodings."""
    forms = [word.encode(), word.encode("utf-16-le"), json.dumps(word)[1:-1].encode()]
    return [str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file() and any(form in path.read_bytes() for form in forms)]


def _used(settings: Settings) -> None:
    """Let two users ask about each law, report on the answers and learn it."""
    assistant = open_assistant(settings)
    with closing(open_history(settings)) as history:
        for user in ("lan.anh", "binh"):
            for number in (905, 906):
                question = f"Cơ quan thứ 3 báo cáo về {mark(number, 1)} khi nào? {user} hỏi để viết công văn trả lời Bộ."
                kept = history.keep(user, assistant.ask(question), now=NOW)
                history.report(user, kept.id, "down", words=f"Cần thêm điều của {mark(number, 1)} nói về thời hạn, {user} góp ý.")
    studio = open_study(settings, lambda: assistant)
    for number in (905, 906):
        items = studio.keep(f"luật {number}", studio.make(Wishes(4, languages=("vi",)), [number_of(number)])).items
        for user in ("lan.anh", "binh"):
            studio.progress.record(user, items[0].id, 3, True, NOW)
    studio.progress.close()


@pytest.fixture
def settings(tmp_path: Path, library_folder: Path) -> Settings:
    """A data folder with two laws, answers of two users about each, items of study, a run and a copy of everything."""
    files, settings = tmp_path / "files", Settings(home=tmp_path / "home", library=library_folder)
    files.mkdir()
    for number in (905, 906):
        (files / f"law{number}.txt").write_text(law(number, 1, 12), "utf-8")
    ingest_paths(settings, [files])
    _used(settings)
    gc.collect()  # an assistant lets go of its files when nobody uses it any more
    run = settings.home / "evals" / "run-1"
    run.mkdir(parents=True)
    (run / "answers.jsonl").write_text(json.dumps({"text": law(905, 1, 2)}), "utf-8")
    shutil.copytree(settings.home / "originals", settings.home / "before-restore" / "originals")
    return settings


@pytest.fixture
def with_users(settings: Settings) -> Iterator[Settings]:
    with open_accounts(settings) as accounts:
        for user in ("lan.anh", "binh"):
            accounts.users.add(user, "mật khẩu đủ dài 2026", "reader", f"Người tên {user} ở Vụ 1")
            accounts.users.make_token(user, "máy tính")
    yield settings


def test_nothing_of_a_document_is_left_and_the_other_one_answers(settings: Settings) -> None:
    word = mark(905, 1)
    before = {part.split("/")[0] for part in grep(settings.home, word)}
    assert before >= {"history.sqlite3", "originals", "evals", "before-restore"} and any(part.startswith("catalogue") for part in before)
    assert is_document(settings, GONE) and not is_user(settings, GONE)
    done = forget_document(settings, GONE)
    assert done.proven, [check for check, passed in done.checks if not passed]
    assert grep(settings.home, word) == [] and grep(settings.home, GONE) == []
    assert done.removed["texts"] == 1 and done.removed["answers that name it"] == 2 and done.removed["items of study"] == 4
    assert not is_document(settings, GONE) and verify_index(settings).sound
    assistant = open_assistant(settings)
    assert mark(906, 1) in assistant.ask(ASKED.replace("zq905v1", "zq906v1")).text and word not in assistant.ask(ASKED).text
    with closing(open_history(settings)) as history:
        assert [len(history.conversations(user)) for user in ("lan.anh", "binh")] == [1, 1] and len(history.reports(None)) == 2
    studio = open_study(settings, lambda: assistant)
    assert studio.progress.decks() == {"luật 905": 0, "luật 906": 4} and len(studio.progress.reviews("binh")) == 1
    with pytest.raises(UnknownDocument):
        forget_document(settings, GONE)


def test_one_record_of_a_file_goes_and_the_others_stay(tmp_path: Path, library_folder: Path) -> None:
    settings = Settings(home=tmp_path / "home", library=library_folder)
    rows = [{"id": f"đoạn-{n}", "text": f"Câu thứ {n} nói riêng về việc tiếp nhận hồ sơ số zx{n}y của cơ quan đại diện."} for n in range(3)]
    (tmp_path / "rows.jsonl").write_text("\n".join(json.dumps(row, ensure_ascii=False) for row in rows), "utf-8")
    ingest_paths(settings, [tmp_path / "rows.jsonl"])
    assert forget_document(settings, "đoạn-1").proven
    assert grep(settings.home, "zx1y") == [] and grep(settings.home, "zx2y") != [] and is_document(settings, "đoạn-2")


def test_a_trace_that_is_left_is_named_and_nothing_is_proven(
    settings: Settings, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    (settings.home / "notes.txt").write_text(law(905, 1, 12), "utf-16")
    monkeypatch.setenv("ATTACHE_HOME", str(settings.home))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(settings.library))
    assert main(["forget", GONE]) == 1 and "--yes" in capfd.readouterr().err and is_document(settings, GONE)
    assert main(["forget", GONE, "--yes", "--json"]) == 1
    told = json.loads(capfd.readouterr().out)
    assert [row["check"].split(" holds")[0] for row in told["checks"] if not row["passed"]] == ["notes.txt"] and not told["proven"]


def test_who_still_reads_the_old_index_is_told(settings: Settings) -> None:
    with closing(Caches(Home(settings.home).current())):
        done = forget_document(settings, GONE, patience=0.1)
    assert [passed for check, passed in done.checks if "still read" in check] == [False]


def test_a_page_that_serves_lets_go_of_what_is_forgotten(settings: Settings, tmp_path: Path) -> None:
    environment = {"ATTACHE_HOME": str(settings.home), "ATTACHE_LIBRARY": str(settings.library)}
    with served(tmp_path, "-m", "ui.cli", "ui", "--port", "PORT", **environment) as page:

        def ask() -> str:
            request = urllib.request.Request(f"{page.url}api/v1/ask", json.dumps({"question": ASKED}).encode(), {"content-type": "application/json"})
            with urllib.request.urlopen(request, timeout=60) as reply:
                return str(json.load(reply)["text"])

        assert mark(905, 1) in ask()
        done = forget_document(settings, GONE)
        assert done.proven, [check for check, passed in done.checks if not passed]
        assert mark(905, 1) not in ask()


def test_what_is_bundled_or_unknown_is_refused(settings: Settings) -> None:
    with pytest.raises(BadSettings, match="bundled library"):
        forget_document(settings, "52-NQ/TW")
    with pytest.raises(UnknownDocument):
        forget_document(settings, "1/1900/NĐ-CP")


def test_nothing_of_a_user_is_left_and_the_other_one_keeps_everything(with_users: Settings) -> None:
    home = with_users.home
    assert grep(home, "lan.anh hỏi") and grep(home, "lan.anh góp ý") and grep(home, "Người tên lan.anh")
    assert is_user(with_users, "lan.anh") and not is_user(with_users, "nobody") and not is_user(with_users, "a/b")
    done = forget_user(with_users, "lan.anh")
    assert done.proven and done.removed["conversations"] == 2 and done.removed["answers of study"] == 2
    assert grep(home, "lan.anh") == [] and not is_user(with_users, "lan.anh")
    with closing(open_history(with_users)) as history, open_accounts(with_users) as accounts:
        assert len(history.conversations("binh")) == 2 and len(history.reports("binh")) == 2 and len(accounts.users.tokens("binh")) == 1
        assert [user.name for user in accounts.users.all()] == ["binh"] and {entry.name for entry in accounts.users.log()} == {"binh", "-"}
