"""Turns: readers share, a writer is alone, and a writer who waits is not passed by new readers; between processes too."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest

from index.locks import Turns

HELD = """
import sys
from pathlib import Path
from index.locks import Turns
with getattr(Turns(Path(sys.argv[1])), sys.argv[2])():
    print("in", flush=True)
    sys.stdin.readline()
"""


def within(turns: Turns, how: str, entered: threading.Event, leave: threading.Event) -> threading.Thread:
    """Take a turn in a thread."""

    def take() -> None:
        with getattr(turns, how)():
            entered.set()
            leave.wait(30)

    thread = threading.Thread(target=take)
    thread.start()
    return thread


def test_readers_share_and_a_writer_waits_for_all_of_them(tmp_path: Path) -> None:
    turns, leave, wrote = Turns(tmp_path), threading.Event(), threading.Event()
    readers = [(event, within(turns, "reading", event, leave)) for event in (threading.Event(), threading.Event())]
    assert all(event.wait(10) for event, _ in readers)
    writer = within(turns, "writing", wrote, leave)
    assert not wrote.wait(0.2)
    leave.set()
    assert wrote.wait(10)
    for thread in (writer, *(thread for _, thread in readers)):
        thread.join(10)


def test_a_new_reader_does_not_pass_a_writer_who_waits(tmp_path: Path) -> None:
    turns, leave_first, leave_writer, leave_late = Turns(tmp_path), threading.Event(), threading.Event(), threading.Event()
    first, wrote, late = threading.Event(), threading.Event(), threading.Event()
    threads = [within(turns, "reading", first, leave_first)]
    assert first.wait(10)
    threads.append(within(turns, "writing", wrote, leave_writer))
    assert not wrote.wait(0.2)  # it stands in the door
    threads.append(within(turns, "reading", late, leave_late))
    assert not late.wait(0.2)
    leave_first.set()
    assert wrote.wait(10) and not late.is_set()
    leave_writer.set()
    assert late.wait(10)
    leave_late.set()
    for thread in threads:
        thread.join(10)


@pytest.mark.parametrize("how", ["reading", "writing"])
def test_a_process_that_is_killed_lets_go(tmp_path: Path, root: Path, how: str) -> None:
    run = [sys.executable, "-c", HELD, str(tmp_path), how]
    with subprocess.Popen(run, cwd=root, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None and process.stdout.readline() == "in\n"
        wrote, leave = threading.Event(), threading.Event()
        thread = within(Turns(tmp_path), "writing", wrote, leave)
        assert not wrote.wait(0.2)
        process.kill()
        assert wrote.wait(10)
        leave.set()
        thread.join(10)
