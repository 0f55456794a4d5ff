"""The instrument on the product and on broken ones: a retriever that fails English, a generator that lies; each is caught where it is broken."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest

from assistant.answer import Answer, Turn
from assistant.assistant import Assistant, Tuning
from assistant.compose import WEIGHTS
from assistant.settings import Settings
from assistant.understand import Understander
from assistant.verification.judge import Verifier
from corpus.bundle import LIBRARY, library_hash
from corpus.glossary import Glossary
from evals.asking import AsksQuestions, ask_case
from evals.case import read_cases
from evals.compare import compare
from evals.errors import BadGates
from evals.evaluate import CASES
from evals.gates import Floor, missed, read_gates
from evals.opening import Plan, open_asked
from evals.row import Row
from index.build import open_retriever
from index.catalogue import Catalogue
from index.embedding import open_encoder
from index.home import Home
from index.lexicon import Lexicon
from index.retrieve import HybridRetriever, Query, Retrieved

DAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def asked_of(attache: Assistant, attache_home: Path) -> Callable[..., list[Row]]:
    """Ask 30 cases of an assistant, half of them English."""
    every = read_cases([CASES / "own_dev.jsonl"])
    cases = [case for case in every if case.language == "en" and case.answerable][:15] + [case for case in every if case.language == "vi"][:15]
    asked = open_asked(Plan(Settings(home=attache_home), DAY, curve=False), attache)

    def ask(assistant: AsksQuestions) -> list[Row]:
        return [ask_case(case, replace(asked, assistant=assistant)) for case in cases]

    return ask


@pytest.fixture(scope="module")
def unchanged(attache: Assistant, asked_of: Callable[..., list[Row]]) -> list[Row]:
    return asked_of(attache)


@pytest.fixture(scope="module")
def floors(root: Path) -> tuple[Floor, ...]:
    """The shipped floors that hold for any sample; those for one set of a hundred questions are left out."""
    return tuple(floor for floor in read_gates(root / "gates.toml") if not dict(floor.where).get("set") and floor.measure != "parity_gap")


class Backwards:
    """A retriever that finds the right provisions for Vietnamese and the worst of a hundred for English."""

    def __init__(self, real: HybridRetriever) -> None:
        self._real = real
        self.documents, self.names, self.lexical = real.documents, real.names, real.lexical

    def retrieve(self, query: Query) -> tuple[Retrieved, ...]:
        if query.language != "en":
            return self._real.retrieve(query)
        found = self._real.retrieve(replace(query, documents=(), k=100))[::-1][: query.k]
        return tuple(replace(one, rank=place, score=1 / place) for place, one in enumerate(found, 1))


@dataclass(frozen=True)
class Liar:
    """A generator that raises every figure of its Vietnamese answers by one and keeps the citations."""

    honest: AsksQuestions

    def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
        answer = self.honest.ask(question, history, as_of, language)
        if answer.language == "en":
            return answer
        return replace(answer, text=re.sub(r"(?<![\[\d])\d{2,}(?!\])", lambda m: str(int(m.group()) + 1), answer.text))


def test_the_product_holds_its_floors(unchanged: list[Row], floors: tuple[Floor, ...]) -> None:
    assert missed(floors, unchanged) == ()


def test_the_same_product_asked_again_is_the_same(unchanged: list[Row], attache: Assistant, asked_of: Callable[..., list[Row]]) -> None:
    again = asked_of(attache)
    found = compare(again, unchanged)
    assert found.verdict == "same" and found.changes == () and {d.verdict for d in found.differences.values()} == {"same"}


def test_a_broken_retriever_is_caught_in_the_slice_where_it_is_broken(
    unchanged: list[Row], attache_home: Path, asked_of: Callable[..., list[Row]], floors: tuple[Floor, ...]
) -> None:
    home, tuning = Home(attache_home), Tuning.read(WEIGHTS)
    catalogue, encoder = Catalogue.open(home.catalogue_url), open_encoder(None)
    retriever = open_retriever(home, catalogue, encoder, library_hash(LIBRARY), tuning.fusion)
    understander = Understander(retriever.documents, retriever.names, Glossary.read(LIBRARY / "glossary.yaml"), Lexicon.read())
    broken = Assistant(Backwards(retriever), retriever.lexical, encoder, understander, Verifier(), tuning=tuning)  # type: ignore[arg-type]  # a second implementation
    rows = asked_of(broken)
    catalogue.close()
    fallen = missed(floors, rows)
    places = {(one.floor.measure, one.floor.place) for one in fallen}
    assert ("recall@5", "language en") in places and ("right", "language en") in places
    assert not any("vi" in place for _, place in places)
    assert any(str(one).startswith("recall@5 on language en: 0.") for one in fallen)
    found = compare(rows, unchanged)
    assert found.verdict == "worse" and all(not change.gained for change in found.changes)
    assert {row.case.language for row in rows if row.case.key in {change.key for change in found.changes}} == {"en"}


def test_a_lying_generator_is_caught_in_the_slice_where_it_lies(
    attache: Assistant, asked_of: Callable[..., list[Row]], floors: tuple[Floor, ...]
) -> None:
    rows = asked_of(Liar(attache))
    places = {(one.floor.measure, one.floor.place) for one in missed(floors, rows)}
    assert {("citation_recall", "language vi"), ("figures_supported", "all cases")} <= places
    assert not any(place == "language en" for _, place in places)
    assert any(reason for row in rows for statement in row.statements for reason in statement.reasons)


def test_a_question_that_breaks_the_assistant_is_a_row_that_counts_nought(attache: Assistant, asked_of: Callable[..., list[Row]]) -> None:
    class Breaks:
        def ask(self, question: str, history: Sequence[Turn] = (), as_of: date | None = None, language: str | None = None) -> Answer:
            raise RuntimeError("the disk is full")

    rows = asked_of(Breaks())
    assert all(row.error == "RuntimeError: the disk is full" and not row.right and row.outcome == "failed" for row in rows)
    fallen = {one.floor.measure: one for one in missed((Floor("failed", most=0), Floor("right", least=0.5)), rows)}
    assert fallen["failed"].value == len(rows) and fallen["right"].value == 0.0


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", "no [[floor]]"),
        ("x = [", "cannot be read"),
        ('[[floor]]\nmeasure = "luck"\nleast = 1', "no measure"),
        ('[[floor]]\nmeasure = "right"', "either least or most"),
        ('[[floor]]\nmeasure = "right"\nleast = 1\nmost = 1', "either least or most"),
        ('[[floor]]\nmeasure = "right"\nleast = true', "either least or most"),
        ('[[floor]]\nmeasure = "right"\nleast = 1\nwhere = {moon = "full"}', "where takes"),
        ('[[floor]]\nmeasure = "right"\nleast = 1\nwhy = "x"', "means nothing"),
    ],
)
def test_a_bad_file_of_floors_is_told(tmp_path: Path, text: str, reason: str) -> None:
    (tmp_path / "gates.toml").write_text(text, "utf-8")
    with pytest.raises(BadGates, match=re.escape(reason)):
        read_gates(tmp_path / "gates.toml")


def test_a_floor_whose_slice_was_not_asked_is_passed_over(unchanged: list[Row]) -> None:
    assert missed((Floor("right", (("set", "never"),), least=1.0), Floor("consistency", (("set", "never"),), least=1.0)), unchanged) == ()


def test_rows_go_to_json_and_back(unchanged: list[Row]) -> None:
    assert [Row.from_json(json.loads(row.line())) for row in unchanged] == unchanged
