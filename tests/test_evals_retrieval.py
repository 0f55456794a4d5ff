"""`attache eval retrieval`: a search measured, its report, its table, its command; times are never looked at."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from rich.console import Console

from corpus.errors import AttacheError
from evals.command import parser, run
from evals.dataset import RetrievalSet, read_set
from evals.metrics import MEASURES
from evals.progress import progress
from evals.retrieval import measure
from evals.tables import print_retrieval
from evals.timing import Timing, disk_megabytes, memory_megabytes, timed

ROWS = [
    {"id": "a", "title": "Hộ chiếu", "text": "Hộ chiếu phổ thông có thời hạn mười năm."},
    {"id": "b", "title": "Thị thực", "text": "Thị thực điện tử có giá trị một lần hoặc nhiều lần."},
    {"id": "c", "title": "Lãnh sự", "text": "Lãnh sự quán cấp giấy thông hành."},
]
QUESTIONS = [{"id": "q1", "text": "Thời hạn hộ chiếu?"}, {"id": "q2", "text": "Giá trị thị thực điện tử?"}]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "set"
    place.mkdir()
    for name, rows in (("corpus", ROWS), ("queries", QUESTIONS)):
        (place / f"{name}.jsonl").write_text("".join(json.dumps(row, ensure_ascii=False) + "\n" for row in rows), "utf-8")
    (place / "qrels.tsv").write_text("query\tdoc\trel\nq1\ta\t1\nq2\tb\t1\nq2\tgone\t1\n", "utf-8")
    return place


@pytest.fixture
def data(folder: Path) -> RetrievalSet:
    return read_set(folder)


class Scripted:
    """A search that gives the same ids always and remembers what it was asked."""

    def __init__(self, *ids: str) -> None:
        self.ids, self.asked = list(ids), list[tuple[str, int]]()

    def __call__(self, query: str, k: int) -> list[str]:
        self.asked.append((query, k))
        return self.ids[:k]


def test_a_search_is_measured(data: RetrievalSet) -> None:
    search, told = Scripted("c", "a"), list[tuple[str, int, int]]()
    found = measure(search, data, k=7, transform="nodiac_lower", worst=5, progress=lambda *row: told.append(row))
    # the first question is asked once more, before the clock starts
    assert [query for query, _ in search.asked] == ["thoi han ho chieu?", "thoi han ho chieu?", "gia tri thi thuc dien tu?"]
    assert {k for _, k in search.asked} == {7} and told == [("questions", 1, 2), ("questions", 2, 2)]
    assert (found.n, found.documents, found.unreachable, found.run) == (2, 3, 1, {"q1": ("c", "a"), "q2": ("c", "a")})
    assert (found.scores["recall@1"].mean, found.scores["recall@5"].mean, found.scores["mrr@10"].mean) == (0.0, 0.5, 0.25)
    assert [(miss.id, miss.relevant, miss.found) for miss in found.worst] == [("q2", ("b", "gone"), ("c", "a")), ("q1", ("a",), ("c", "a"))]


def test_what_went_perfectly_is_no_miss(data: RetrievalSet) -> None:
    assert [miss.id for miss in measure(Scripted("a"), data, worst=5).worst] == ["q2"]
    assert measure(Scripted("a"), data).worst == ()


def test_a_report_is_json_and_a_table(data: RetrievalSet) -> None:
    found = measure(Scripted("a", "[b]"), data, worst=1)
    row = json.loads(json.dumps(found.to_json()))
    assert (row["data"], row["transform"], row["n"], row["k"]) == ("set", "none", 2, 10) and row.keys() >= set(MEASURES)
    assert row["recall@1"] == 0.5 and row["ci95"]["ndcg@10"][0] < 0.5 and row["worst"][0]["id"] == "q2"
    out = io.StringIO()
    print_retrieval(found, Console(file=out, width=120))
    said = out.getvalue()
    assert "set, questions as they are" in said and "2 questions over 3 documents" in said and "found a, [b]" in said
    assert "1 judgements name a document that is not in the corpus" in said
    for name in MEASURES:
        assert f"{name} " in said


@pytest.fixture
def product(tmp_path: Path, library_folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """A data folder of its own and the tiny library."""
    for name in ("ATTACHE_ENCODER", "ATTACHE_DATABASE", "ATTACHE_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("ATTACHE_HOME", str(tmp_path / "home"))
    monkeypatch.setenv("ATTACHE_LIBRARY", str(library_folder))


@pytest.mark.usefixtures("product")
def test_the_command_measures_the_product(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    def figures(*more: str) -> dict[str, Any]:
        assert run(["retrieval", str(folder), "--json", *more]) == 0
        found: dict[str, Any] = json.loads(capfd.readouterr().out)
        return found

    plain, bare = figures(), figures("--transform", "nodiac_lower")
    assert plain["hit@1"] == bare["hit@1"] == 1.0 and plain["recall@10"] == 0.75
    assert plain["ndcg@10"] == figures("--transform", "nfd")["ndcg@10"]
    assert figures("--limit", "1")["n"] == 1 and figures("-k", "1")["recall@10"] == 0.75
    assert run(["retrieval", str(folder), "--worst", "1"]) == 0
    assert "ndcg@10" in capfd.readouterr().out


def test_a_folder_that_is_no_set_is_refused(tmp_path: Path) -> None:
    with pytest.raises(AttacheError, match=r"no corpus\.jsonl"):
        run(["retrieval", str(tmp_path)])


@pytest.mark.parametrize(
    "arguments",
    ["", "nothing", "retrieval", "retrieval x -k 0", "retrieval x --limit two", "retrieval x --transform rot13", "serve"],
)
def test_bad_usage_ends_with_two(arguments: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv("BENCH_CORPUS", raising=False)
    with pytest.raises(SystemExit) as stopped:
        run(arguments.split())
    assert stopped.value.code == 2 and "usage: attache eval" in capsys.readouterr().err


def test_the_harness_s_variable_names_the_corpus(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BENCH_CORPUS", "there.jsonl")
    assert parser().parse_args(["serve"]).corpus == Path("there.jsonl")
    assert parser().parse_args(["serve", "--corpus", "here.jsonl"]).corpus == Path("here.jsonl")


def test_a_timing_is_mean_median_and_95th_percentile() -> None:
    assert Timing.of([float(n) for n in range(100, 0, -1)]) == Timing(100, 50.5, 50.0, 95.0)
    assert Timing.of([3.0]) == Timing(1, 3.0, 3.0, 3.0)
    search = Scripted("a")
    assert timed(lambda text: search(text, 1), ["x", "y"]).n == 2 and search.asked == [("x", 1), ("y", 1)]


def test_memory_and_disk_are_counted(tmp_path: Path) -> None:
    assert 0 < memory_megabytes() <= memory_megabytes("VmHWM") and memory_megabytes("VmNothing") == 0.0
    (tmp_path / "below").mkdir()
    (tmp_path / "below" / "file").write_bytes(b"x" * (1 << 20))
    assert 1.0 <= disk_megabytes(tmp_path) < 1.5


def test_where_nobody_watches_there_is_no_bar(capsys: pytest.CaptureFixture[str]) -> None:
    with progress() as bars:
        assert bars is None
    assert capsys.readouterr().err == ""
