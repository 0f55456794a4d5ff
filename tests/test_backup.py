"""A backup is one file that is whole or refused, made while questions are answered, and restored beside what is there."""

from __future__ import annotations

import io
import json
import os
import shutil
import sqlite3
import stat
import zipfile
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from assistant.compose import open_assistant, verify_index
from assistant.compose_backup import check_backup, make_backup, restore_backup
from assistant.errors import BadSettings
from assistant.settings import Settings
from index.archive import Part, check_archive, write_archive
from index.backup import is_saved, save
from index.errors import BadBackup, StoreFailed
from index.home import Home
from index.swapping import BEFORE, BOX, finish_swap, new_place, swap


@pytest.fixture(scope="module")
def saved(tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, Path]:
    """A data folder over the tiny library with some things of its user's in it, and its backup, made while it was open."""
    root = tmp_path_factory.mktemp("saved")
    settings = Settings(home=root / "home", library=Path(__file__).parent / "data" / "library")
    assistant = open_assistant(settings)
    with closing(sqlite3.connect(settings.home / "study.sqlite3")) as open_all_along:
        open_all_along.execute("pragma journal_mode = wal")
        open_all_along.execute("create table kept (word text)")
        open_all_along.execute("insert into kept values ('tiến độ')")
        open_all_along.commit()
        (settings.home / "originals").mkdir()
        (settings.home / "originals" / f"{'a' * 64}.txt").write_text("nguyên văn", "utf-8")
        (settings.home / "gradio").mkdir()
        (settings.home / "gradio" / "passing").write_text("x")
        os.symlink("/etc/passwd", settings.home / "link")
        make_backup(settings, root / "one.attache")
    assert assistant.ask("Luật Giao dịch điện tử số có hiệu lực từ ngày nào?").text
    return settings, root / "one.attache"


def test_what_cannot_be_made_again_is_saved_and_no_more(saved: tuple[Settings, Path]) -> None:
    names = {part.name for part in check_backup(saved[1]).parts}
    assert names == {"catalogue.sqlite", "study.sqlite3", f"originals/{'a' * 64}.txt"}
    assert list(saved[1].parent.glob(".one*")) == list(saved[1].parent.glob("*.part*")) == []


def test_it_is_restored_on_another_machine(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "other", library=saved[0].library)
    contents, documents = restore_backup(settings, saved[1])
    assert documents == 4 and len(contents.parts) == 3 and verify_index(settings).sound
    with closing(sqlite3.connect(settings.home / "study.sqlite3")) as file:
        assert file.execute("select word from kept").fetchone() == ("tiến độ",)
    assert (settings.home / "originals" / f"{'a' * 64}.txt").read_text("utf-8") == "nguyên văn"


def test_what_was_there_before_is_kept_aside(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", library=saved[0].library)
    for name in ("first", "second"):
        settings.home.mkdir(exist_ok=True)
        (settings.home / name).write_text(name)
        restore_backup(settings, saved[1])
        assert not (settings.home / name).exists() and (settings.home / BEFORE / name).read_text() == name
        assert not (settings.home / BOX).exists()
    assert not (settings.home / BEFORE / "first").exists() and verify_index(settings).sound


def test_any_changed_byte_is_refused(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    whole, copy = saved[1].read_bytes(), tmp_path / "copy"
    for place in (0, 11, 40, len(whole) // 2, len(whole) - 200, len(whole) - 70, len(whole) - 1):
        copy.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
        with pytest.raises(BadBackup, match=r"byte of it has changed"):
            check_backup(copy)
    for part in (whole[:-1], whole[: len(whole) // 2], whole + b"x", b"", b"0" * 64):
        copy.write_bytes(part)
        with pytest.raises(BadBackup):
            check_backup(copy)
    home = tmp_path / "home"
    with pytest.raises(BadBackup):
        restore_backup(Settings(home=home), copy)
    assert not home.exists()
    with pytest.raises(BadBackup, match="cannot be read"):
        check_backup(tmp_path / "none")


def _sealed(path: Path, parts: dict[str, bytes], said: list[list[object]], mode: int = 0) -> Path:
    """Write an archive as an attacker would, who knows how to seal it."""
    import hashlib

    told = io.BytesIO()
    with zipfile.ZipFile(told, "w") as archive:
        for name, content in parts.items():
            info = zipfile.ZipInfo(name)
            info.external_attr = mode << 16
            archive.writestr(info, content)
        archive.writestr("backup.json", json.dumps({"form": 1, "parts": said}))
        archive.comment = b"0" * 64
    body = told.getvalue()[:-64]
    path.write_bytes(body + hashlib.sha256(body).hexdigest().encode())
    return path


_X = "2d711642b726b04401627ca9fbac32f5c8530fb1903cc4db02258717921a4881"  # of the letter x


@pytest.mark.parametrize("name", ["../out", "/etc/out", "a/../../out", "a\\out", "c:out", "a//b", "./a", "", "a\x01"])
def test_no_path_leaves_the_data_folder(tmp_path: Path, name: str) -> None:
    archive = _sealed(tmp_path / "bad", {f"data/{name}": b"x"}, [[name, 1, _X]])
    with pytest.raises(BadBackup):
        check_archive(archive)


def test_links_other_parts_and_other_sizes_are_refused(tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="may not be restored"):
        check_archive(_sealed(tmp_path / "link", {"data/a": b"x"}, [["a", 1, _X]], stat.S_IFLNK | 0o777))
    with pytest.raises(BadBackup, match="other parts than it says"):
        check_archive(_sealed(tmp_path / "more", {"data/a": b"x", "data/b": b"x"}, [["a", 1, _X]]))
    with pytest.raises(BadBackup, match="may not be restored"):
        check_archive(_sealed(tmp_path / "size", {"data/a": b"x" * 9}, [["a", 1, _X]]))
    with pytest.raises(BadBackup, match="no backup of a data folder"):
        check_backup(_sealed(tmp_path / "caches", {"data/generations/0001/x": b"x"}, [["generations/0001/x", 1, _X]]))


def test_a_part_that_is_not_what_its_hash_says_is_refused_and_nothing_changes(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    settings = Settings(home=tmp_path / "home", library=saved[0].library)
    settings.home.mkdir()
    (settings.home / "mine").write_text("mine")
    archive = _sealed(tmp_path / "bad", {"data/catalogue.sqlite": b"y"}, [["catalogue.sqlite", 1, _X]])
    with pytest.raises(BadBackup, match="is damaged"):
        restore_backup(settings, archive)
    archive = _sealed(tmp_path / "bad", {"data/catalogue.sqlite": b"x"}, [["catalogue.sqlite", 1, _X]])
    with pytest.raises(BadBackup, match="damaged: catalogue"):
        restore_backup(settings, archive)
    assert (settings.home / "mine").read_text() == "mine" and not (settings.home / BEFORE).exists() and not (settings.home / BOX).exists()


def test_where_a_backup_may_lie(saved: tuple[Settings, Path], tmp_path: Path) -> None:
    with pytest.raises(BadBackup, match="there already"):
        make_backup(saved[0], saved[1])
    with pytest.raises(BadBackup, match="lies in the data folder"):
        make_backup(saved[0], saved[0].home / "x")
    with pytest.raises(StoreFailed, match="cannot be written"):
        make_backup(saved[0], tmp_path / "none" / "x")
    with pytest.raises(BadSettings, match="nothing to back up"):
        make_backup(Settings(home=tmp_path / "empty"), tmp_path / "x")
    with pytest.raises(BadSettings) as caught:
        make_backup(Settings(home=tmp_path, database="postgresql://x"), tmp_path / "x")
    assert "pg_dump" in caught.value.advice


@pytest.mark.parametrize(
    ("name", "expected"),
    [("catalogue.sqlite", True), ("originals/records.json", True), ("generations/0001/manifest.json", False), ("lock", False),
     ("x.sqlite3-wal", False), ("before-restore/catalogue.sqlite", False), ("originals/new-12", False), ("evals/run/new.json", True)],
)  # fmt: skip
def test_what_belongs_into_a_backup(name: str, expected: bool) -> None:
    assert is_saved(name) is expected


def test_a_database_that_is_damaged_is_not_saved(tmp_path: Path) -> None:
    home = Home(tmp_path / "home")
    home.root.mkdir()
    (home.root / "study.sqlite3").write_bytes(b"SQLite format 3\x00" + b"\xff" * 4000)
    with pytest.raises(StoreFailed):
        save(home, tmp_path / "x", {})
    assert not (tmp_path / "x").exists()


def test_the_same_files_make_the_same_archive(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("x")
    for name in ("one", "two"):
        assert write_archive(tmp_path / name, [("a", tmp_path / "a")], {}).parts == (Part("a", 1, _X),)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def _interrupted_after(count: int) -> Callable[..., None]:
    left = [count]
    rename = os.rename

    def step(*names: object) -> None:
        if not left[0]:
            raise KeyboardInterrupt
        left[0] -= 1
        rename(*names)  # type: ignore[call-overload]

    return step


@pytest.mark.parametrize("steps", range(8))
def test_a_swap_that_is_broken_off_anywhere_is_gone_on_with(tmp_path: Path, steps: int, monkeypatch: pytest.MonkeyPatch) -> None:
    home = Home(tmp_path)
    for name in ("a", "b", "c"):
        (tmp_path / name).write_text("old")
    place = new_place(home)
    for name in ("b", "c", "d"):
        (place / name).write_text("new")
    with monkeypatch.context() as patch, home.writing():
        patch.setattr(os, "rename", _interrupted_after(steps))
        try:
            swap(home)
        except KeyboardInterrupt:
            assert steps < 7
    finish_swap(home)
    assert {path.name: path.read_text() for path in tmp_path.iterdir() if path.is_file() and path.name != "lock"} == dict.fromkeys("bcd", "new")
    assert {path.name: path.read_text() for path in (tmp_path / BEFORE).iterdir()} == dict.fromkeys("abc", "old")
    finish_swap(home)
    assert not (tmp_path / BOX).exists()
    shutil.rmtree(tmp_path / BEFORE)
