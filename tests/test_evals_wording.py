"""Words and figures of answers: by hand, by law, and against both outside scorers where they are beside the checkout."""

from __future__ import annotations

import importlib.util
import json
import os
import sys
from datetime import date
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.assistant import Assistant
from evals.case import EvalCase, Gold, read_cases
from evals.evaluate import CASES
from evals.measures import PARTS, measure_answer, unsupported_figures
from evals.wording import contains, exact, figures_of, says_half, token_f1

SAID = st.text(alphabet="aăâ bđếịo 0123456789.,%[]", max_size=40)


def outside(root: Path, name: str) -> ModuleType:
    folder = root.parent / "shared" / "bench"
    if not folder.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"the outside harness {folder} is not there")
    spec = importlib.util.spec_from_file_location(name, folder / f"{name}.py")
    assert spec and spec.loader
    module = importlib.util.module_from_spec(spec)
    kept = list(sys.path)
    try:
        spec.loader.exec_module(module)
    finally:
        sys.path[:] = kept
        sys.modules.pop("ir_eval", None)
    return module


@pytest.fixture(scope="module")
def qa_eval(root: Path) -> ModuleType:
    return outside(root, "qa_eval")


@pytest.fixture(scope="module")
def answer_score(root: Path) -> ModuleType:
    return outside(root, "answer_score")


@pytest.fixture(scope="module")
def answered(attache: Assistant) -> tuple[tuple[EvalCase, dict[str, Any], dict[str, Any]], ...]:
    """Some real cases of every type: ours, as the file has them, and the product's answers."""
    path = CASES / "own_dev.jsonl"
    rows = {row["id"]: row for row in map(json.loads, path.read_text("utf-8").splitlines())}
    chosen = [case for n, case in enumerate(read_cases([path])) if n % 3 == 0]
    return tuple((case, rows[case.id], attache.ask(case.question, (), date(2026, 11, 23)).to_json()) for case in chosen)


def test_numbers_in_any_spelling_are_one() -> None:
    assert figures_of("1.000 = 1,000 = 1000; 7,5 % và 7.5%") == ["1000", "1000", "1000", "7.5", "7.5"]
    assert figures_of("ngày 27/09/2019, mục 11.2.6") == ["27", "9", "2019", "11", "2", "6"]


def test_words_by_hand() -> None:
    assert exact("Trên 30% GDP.", "trên 30 % gdp") == 1.0 and exact("30%", "20%") == 0.0
    assert token_f1("kinh tế số", "kinh tế") == pytest.approx(0.8) and token_f1("", "") == 1.0 and token_f1("a", "") == 0.0
    assert contains("đạt tối thiểu 30% GDP vào năm 2030", "30% GDP") == 1.0 and contains("30 % của GDP", "30% GDP") == 0.0
    assert says_half("một hai ba", "một hai ba bốn năm sáu") == 1.0 and says_half("một hai", "một hai ba bốn năm sáu") == 0.0


@given(SAID, SAID)
def test_words_are_those_of_the_harness(qa_eval: ModuleType, said: str, expected: str) -> None:
    assert token_f1(said, expected) == pytest.approx(qa_eval.f1(said, expected), abs=1e-4)
    assert exact(said, expected) == float(qa_eval.norm(said) == qa_eval.norm(expected))
    assert contains(said, expected) == float(" ".join(qa_eval.norm(expected)) in " ".join(qa_eval.norm(said)))


@given(SAID)
def test_figures_are_those_of_the_scorer(answer_score: ModuleType, text: str) -> None:
    assert figures_of(text) == answer_score.numbers(text)


def test_real_answers_get_the_figures_of_the_scorer(answer_score: ModuleType, answered: tuple[tuple[EvalCase, Any, Any], ...]) -> None:
    for case, row, answer in answered:
        theirs, ours = answer_score.judge(row, answer), measure_answer(case, answer)
        assert {name: ours[name] for name in ("right", *PARTS)} == {name: float(theirs[name]) for name in ("right", *PARTS)}, case.id
        assert unsupported_figures(answer) == theirs["unsupported_figures"]
        if "cite_precision" in theirs:
            assert ours["document_precision"] == pytest.approx(theirs["cite_precision"], abs=1e-4)


def test_means_over_real_answers_are_those_that_the_harness_prints(
    qa_eval: ModuleType,
    answered: tuple[tuple[EvalCase, Any, Any], ...],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    there = [(case, answer) for case, _, answer in answered if case.answerable]
    rows = [{"id": c.id, "text": c.question, "answer": c.expected} for c, _ in there]
    (tmp_path / "queries.jsonl").write_text("".join(json.dumps(r) + "\n" for r in rows), "utf-8")
    (tmp_path / "corpus.jsonl").write_text("", "utf-8")
    (tmp_path / "qrels.tsv").write_text("q\td\tr\n" + "".join(f"{c.id}\t{g.document}\t1\n" for c, _ in there for g in c.gold), "utf-8")
    out = [{"id": c.id, "answer": a["text"], "citations": [x["document"] for x in a["citations"]]} for c, a in there]
    (tmp_path / "out.jsonl").write_text("".join(json.dumps(r) + "\n" for r in out), "utf-8")
    monkeypatch.setattr(sys, "argv", ["qa_eval", "--data", str(tmp_path), "--out", str(tmp_path / "out.jsonl")])
    qa_eval.main()
    printed = {line.split()[0]: float(line.split()[-1]) for line in capsys.readouterr().out.splitlines()}
    ours = [measure_answer(case, answer) for case, answer in there]
    names = {"document_hit": "cite_hit", "document_recall": "cite_recall", "document_precision": "cite_precision"}
    for mine, theirs in names.items():
        values = [figures[mine] for figures in ours if mine in figures]
        assert sum(values) / len(values) == pytest.approx(printed[theirs], abs=5.1e-4)  # it prints three places
    for case, answer in there:  # the harness leaves the marks of citations in the text; to four places on the same text
        bare = answer["text"]
        assert token_f1(bare, case.expected) == pytest.approx(qa_eval.f1(bare, case.expected), abs=1e-4)


def _answer(**given: object) -> dict[str, Any]:
    plain = {"outcome": "answered", "text": "", "citations": [], "evidence": [], "language": "vi", "as_of": "2026-01-01"}
    return plain | given


def test_abstention_counts_for_precision_where_it_abstained_and_for_recall_where_it_should_have() -> None:
    nothing, there = EvalCase("1", "?", "unanswerable"), EvalCase("2", "?", "factoid", gold=(Gold("d", "l"),))
    assert measure_answer(nothing, _answer(outcome="not_in_corpus"))["abstention_precision"] == 1.0
    assert measure_answer(there, _answer(outcome="not_in_corpus"))["abstention_precision"] == 0.0
    assert measure_answer(nothing, _answer())["abstention_recall"] == 0.0
    assert "abstention_recall" not in measure_answer(there, _answer())


def test_an_answer_for_another_day_is_not_right_as_of_the_day() -> None:
    case = EvalCase("1", "?", "temporal", as_of=date(2020, 1, 1), gold=(Gold("d", "l"),))
    cited = [{"mark": 1, "document": "d", "locator": "L", "quote": "x", "title": ""}]
    assert measure_answer(case, _answer(citations=cited, as_of="2020-01-01"))["as_of"] == 1.0
    assert measure_answer(case, _answer(citations=cited))["as_of"] == 0.0


def test_ranking_is_over_provisions_and_over_documents_where_no_locator_is_expected() -> None:
    looked = [{"document": "d", "locator": "A"}, {"document": "e", "locator": "B"}, {"document": "e", "locator": "C"}]
    exactly = EvalCase("1", "?", "factoid", gold=(Gold("e", "c"),))
    assert measure_answer(exactly, _answer(evidence=looked))["mrr@10"] == pytest.approx(1 / 3)
    assert measure_answer(EvalCase("1", "?", "retrieval", gold=(Gold("e"),)), _answer(evidence=looked))["mrr@10"] == 0.5


@given(st.lists(st.booleans(), max_size=30))
def test_figures_that_stand_in_no_quote_are_counted(known: list[bool]) -> None:
    text = " ".join(f"Số {n + 100} [1]." for n in range(len(known)))
    quote = " ".join(str(n + 100) for n, there in enumerate(known) if there)
    answer = _answer(text=text, citations=[{"mark": 1, "document": "d", "locator": "l", "quote": quote}])
    assert unsupported_figures(answer) == known.count(False)
