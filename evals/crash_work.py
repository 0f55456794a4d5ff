"""What the crash test lets other processes do: take documents in, take them away, rebuild, go back, back up; and look afterwards.

A made-up law of a number and a version bears a word of both in every clause, so that half of one version is told from another.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from assistant.compose import ingest_paths, open_assistant, original_of, rebuild, verify_index
from assistant.compose_backup import check_backup, make_backup
from assistant.compose_index import roll_back_index
from assistant.errors import AttacheError
from assistant.settings import Settings
from index.build import Progress

__all__ = ["Found", "found_after", "law", "mark", "number_of", "work"]

_MARK = re.compile(r"\bzq(\d+)v(\d+)\b")


@dataclass(frozen=True, slots=True)
class Found:
    """What a fresh process found: the version of every law by number (0: a half one), the failed checks, what else is wrong."""

    versions: Mapping[int, int]
    failed: tuple[str, ...]
    wrong: tuple[str, ...]


def number_of(law: int) -> str:
    """Return a law's number as it is printed."""
    return f"{law}/2024/QH15"


def mark(law: int, version: int) -> str:
    """Return the word that every clause of a version bears and nothing else."""
    return f"zq{law}v{version}"


def law(number: int, version: int, articles: int) -> str:
    """Return the text of a made-up law."""
    word = mark(number, version)
    body = "\n".join(
        f"Điều {at}. Trách nhiệm thứ {at}\n1. Cơ quan thứ {at} báo cáo về {word} hằng năm.\n2. Thời hạn báo cáo về {word} là {at} ngày làm việc."
        for at in range(1, articles + 1)
    )
    head = "QUỐC HỘI\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n---------------"
    day = "ngày 10 tháng 6 năm 2024"
    return f"{head}\nLuật số: {number_of(number)}\nHà Nội, {day}\n\nLUẬT\nTHỬ NGHIỆM SỐ {number}\n\nQuốc hội ban hành Luật này.\n\n{body}\n"


def work(told: Connection, action: str, settings: Settings, paths: Sequence[Path]) -> None:
    """Do one action; tell when it begins and begins to write, each path that was accepted, the end or the sentence of an error."""
    told.send("begun")

    def progress(stage: str, done: int, total: int) -> None:
        if stage == "passages":
            told.send("writing")

    try:
        if action in ("ingest", "replace"):
            for path in paths:
                report = ingest_paths(settings, [path], progress)
                told.send(f"failed: {report.failed[0].reason}" if report.failed else path.name)
        elif action == "delete":
            ingest_paths(settings, [paths[0].parent], progress)
            for path in paths:
                told.send(path.name)
        elif action == "backup":
            make_backup(settings, paths[0])
            told.send(paths[0].name)
        else:
            _ACTIONS[action](settings, progress)
        told.send("ended")
    except AttacheError as error:
        told.send(f"failed: {error}")


_ACTIONS: Mapping[str, Callable[[Settings, Progress], Any]] = {"rebuild": rebuild, "rollback": roll_back_index}


def found_after(told: Connection, settings: Settings, laws: Mapping[int, tuple[int, str]], backup: Path | None = None) -> None:
    """Open the index as a user would, and tell what is in it; `laws` are (articles, hash of the file) by number and version.

    A `backup` that is there must be whole.
    """
    try:
        assistant = open_assistant(settings)
        versions: dict[int, int] = {}
        wrong: list[str] = []
        for document in assistant.documents():
            clauses = [_MARK.findall(provision.text.vi) for provision in document.provisions]
            marks = {one for clause in clauses for one in clause}
            if not marks:
                continue
            (number, version), *others = sorted((int(n), int(v)) for n, v in marks)
            articles, digest = laws.get(number * 1000 + version, (0, ""))
            whole = not others and sum(map(bool, clauses)) >= 2 * articles > 0
            versions[number] = version if whole else 0
            # in it alone: a word that nearly every passage bears, as in a small library, tells nothing to a search of all
            found = assistant.search(f"báo cáo về {mark(number, version)}", 3, documents=[document.number])
            if not any(mark(number, version) in one.passage.text for one in found):
                wrong.append(f"{number_of(number)} is not found by its words")
            original = original_of(settings, digest)
            if whole and original is None:
                wrong.append(f"the original of {number_of(number)} is gone")
        if backup is not None and backup.exists():
            check_backup(backup)
        told.send(Found(versions, tuple(check for check, passed in verify_index(settings).checks if not passed), tuple(wrong)))
    except AttacheError as error:
        told.send(Found({}, (), (f"{error}",)))
