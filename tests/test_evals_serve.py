"""The line protocol: one line out for every line in, whatever comes; and the real thing as a process."""

from __future__ import annotations

import io
import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import AttacheError
from evals.product import open_search
from evals.serve import MOST, serve

ROWS = [
    {"id": "hộ-chiếu", "title": "Hộ chiếu", "text": "Hộ chiếu phổ thông có thời hạn mười năm."},
    {"id": 7, "title": "Thị thực", "text": "Thị thực điện tử có giá trị một lần hoặc nhiều lần."},
]


def _found(query: str, k: int) -> list[str]:
    """A search that tells what it was asked."""
    if query == "fault":
        raise AttacheError("The index is gone.", advice="Make it again.")
    return [query, str(k)] if query else []


def _served(*lines: bytes) -> tuple[list[Any], list[str]]:
    """What comes out for lines, and the complaints."""
    sink, complaints = io.BytesIO(), list[str]()
    serve(_found, io.BytesIO(b"".join(lines)), sink, complaints.append)
    return [json.loads(line) for line in sink.getvalue().splitlines()], complaints


def _line(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode() + b"\n"


def test_questions_are_answered_in_order() -> None:
    out, complaints = _served(_line({"query": "hộ chiếu", "k": 3}), _line({"query": "b", "more": 1}), b'{"query": "c", "k": 1}')
    assert out == [["hộ chiếu", "3"], ["b", "10"], ["c", "1"]] and complaints == []


def test_an_empty_query_finds_nothing_and_is_no_fault() -> None:
    assert _served(_line({"query": "", "k": 5})) == ([[]], [])


def test_no_more_is_given_than_is_sensible() -> None:
    assert _served(_line({"query": "a", "k": 10**12}))[0] == [["a", str(MOST)]]


def test_a_mark_at_the_start_and_windows_line_ends_are_borne() -> None:
    assert _served(b'\xef\xbb\xbf{"query": "a", "k": 1}\r\n') == ([["a", "1"]], [])


@pytest.mark.parametrize(
    ("line", "said"),
    [
        (b"nonsense\n", "not JSON"),
        (b"\n", "not JSON"),
        (b"[" * 100_000 + b"\n", "not JSON"),
        (b'{"query": "a", "k": ' + b"9" * 5000 + b"}\n", "not JSON"),
        (b"\xff\xfe\n", "not UTF-8"),
        (_line([]), "not of the form"),
        (_line("a"), "not of the form"),
        (_line({"k": 3}), "not of the form"),
        (_line({"query": None}), "not of the form"),
        (_line({"query": ["a"]}), "not of the form"),
        (_line({"query": "a", "k": 0}), "k is no whole number"),
        (_line({"query": "a", "k": "3"}), "k is no whole number"),
        (_line({"query": "a", "k": True}), "k is no whole number"),
        (_line({"query": "a", "k": 2.5}), "k is no whole number"),
        (b'{"query": "\\ud800"}\n', "half a character"),
        (b'{"query": "' + b"a" * (1 << 20) + b'"}\n', "longer than 1 MB"),
        (b"a" * (3 << 20) + b"\n", "longer than 1 MB"),
        (_line({"query": "fault"}), "The index is gone. Make it again."),
    ],
)
def test_what_is_no_question_gets_an_empty_list_and_the_next_is_answered(line: bytes, said: str) -> None:
    out, complaints = _served(line, _line({"query": "a", "k": 1}))
    assert out == [[], ["a", "1"]]
    assert len(complaints) == 1 and complaints[0].startswith("line 1: ") and said in complaints[0]


@given(st.lists(st.binary(max_size=60).filter(lambda line: b"\n" not in line), max_size=6))
def test_as_many_lines_come_out_as_go_in(lines: list[bytes]) -> None:
    out, _ = _served(*(line + b"\n" for line in lines))
    assert len(out) == len(lines) and all(isinstance(row, list) for row in out)


def _corpus(folder: Path, *rows: object) -> Path:
    path = folder / "corpus.jsonl"
    path.write_text("".join(f"{row if isinstance(row, str) else json.dumps(row, ensure_ascii=False)}\n" for row in rows), "utf-8")
    return path


@pytest.fixture
def environment(tmp_path: Path, library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, str]:
    """A data folder of its own and the tiny library, for this process and those that it starts."""
    for name in [name for name in os.environ if name.startswith("ATTACHE_")]:
        monkeypatch.delenv(name)
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(library_folder))
    monkeypatch.delenv("BENCH_CORPUS", raising=False)
    return dict(os.environ)


def test_the_product_s_search_gives_ids_of_the_file_alone(tmp_path: Path, environment: dict[str, str]) -> None:
    complaints: list[str] = []
    search = open_search(_corpus(tmp_path, *ROWS, "nonsense", {"text": "no id"}), complaints.append)
    assert search("thị thực điện tử", 1) == ["7"] and set(search("hộ chiếu và thị thực", 10)) == {"hộ-chiếu", "7"}
    assert search("", 5) == search(" \n", 5) == []
    assert complaints[0] == "skipped corpus.jsonl:3: the line is not JSON." and complaints[1].startswith("skipped corpus.jsonl:4: the line lacks")
    assert complaints[2:] == ["lines of corpus.jsonl that are not searched: 2."]


@pytest.mark.parametrize("by_variable", [False, True])
def test_attache_eval_serve_is_a_process_that_answers_line_by_line(
    root: Path, tmp_path: Path, environment: dict[str, str], by_variable: bool
) -> None:
    corpus = str(_corpus(tmp_path, *ROWS))
    command = [sys.executable, "-m", "ui.cli", "eval", "serve", *([] if by_variable else ["--corpus", corpus])]
    # the streams are UTF-8 whatever the locale is
    surroundings = environment | {"LC_ALL": "C", "PYTHONIOENCODING": "ascii"} | ({"BENCH_CORPUS": corpus} if by_variable else {})
    with subprocess.Popen(command, cwd=root, env=surroundings, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as child:
        assert child.stdin and child.stdout and child.stderr

        def ask(line: bytes) -> Any:
            """One line in, and its answer before the next is sent."""
            assert child.stdin and child.stdout
            child.stdin.write(line)
            child.stdin.flush()
            return json.loads(child.stdout.readline())

        assert ask(_line({"query": "hộ chiếu phổ thông", "k": 1})) == ["hộ-chiếu"]
        assert ask(b"nonsense\n") == [] and ask(_line({"k": 2})) == [] and ask(_line({"query": ""})) == []
        assert ask(_line({"query": "thi thuc dien tu", "k": 5}))[0] == "7"
        child.stdin.close()
        rest, complaints = child.stdout.read(), child.stderr.read().decode()
        assert child.wait(60) == 0
    assert rest == b"" and "line 2: the line is not JSON." in complaints and "line 3: the line is not of the form" in complaints


def test_a_corpus_that_is_not_there_is_one_line_and_no_traceback(root: Path, tmp_path: Path, environment: dict[str, str]) -> None:
    command = [sys.executable, "-m", "ui.cli", "eval", "serve", "--corpus", str(tmp_path / "none.jsonl")]
    done = subprocess.run(command, cwd=root, env=environment, stdin=subprocess.DEVNULL, capture_output=True, timeout=120, check=False)
    assert done.returncode == 1 and done.stdout == b"" and b"none.jsonl" in done.stderr and b"Traceback" not in done.stderr
