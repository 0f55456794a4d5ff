"""Free answers marked, and drafts drilled."""

from __future__ import annotations

import json

import pytest

from assistant.assistant import Assistant
from assistant.compose import WEIGHTS
from assistant.study.drill import departures, drill, language_of
from assistant.study.marking import Finding, Mark, Marker, Place, points_of
from assistant.verification.judge import Limits, Verifier
from corpus.bundle import LIBRARY, read_library
from corpus.document import Document
from corpus.glossary import Glossary
from evals.marking import CASES, agreement
from index.embedding import open_encoder

GLOSSARY = Glossary.read(LIBRARY / "glossary.yaml")


@pytest.fixture(scope="module")
def marker() -> Marker:
    return Marker(Verifier(open_encoder(), GLOSSARY, Limits.read(WEIGHTS)))


@pytest.fixture(scope="module")
def shelf() -> dict[str, Document]:
    return {d.number: d for d in read_library(LIBRARY).documents}


@pytest.fixture(scope="module")
def goals(shelf: dict[str, Document]) -> Place:
    document = shelf["06/QĐ-TTg"]
    provision = document.find("Mục tiêu tổng thể")
    assert provision
    return Place(document, provision)


def test_nine_in_ten_of_our_answers_are_marked_as_a_teacher_would(marker: Marker, shelf: dict[str, Document]) -> None:
    cases = [json.loads(line) for line in CASES.read_text("utf-8").splitlines()]
    assert len(cases) == 150 and len({case["answer"] for case in cases}) == 150
    done = agreement(cases, shelf, marker)
    assert sum(found.mark == case["label"] for case, found in done) >= 135


def test_each_claim_has_its_finding_and_the_words_that_bear_it(marker: Marker, goals: Place) -> None:
    said = "Đề án 06 phục vụ 5 nhóm tiện ích. Đề án 06 phục vụ 9 nhóm tiện ích. Trời hôm nay có nắng."
    claims = marker.mark(said, "vi", [goals]).claims
    assert [claim.finding for claim in claims] == [Finding.SUPPORTED, Finding.CONTRADICTED, Finding.NOT_FOUND]
    for claim in claims[:2]:
        assert claim.cited and claim.cited.locator == "Mục tiêu tổng thể"
        assert goals.provision.text.vi[claim.cited.span[0] : claim.cited.span[1]] == claim.cited.quote
    assert claims[2].cited is None
    assert all(said[claim.span[0] : claim.span[1]].startswith(claim.text[:20]) for claim in claims)


def test_what_the_answer_leaves_out_is_told(marker: Marker, goals: Place) -> None:
    assert len(points_of(goals, "vi")) == 5
    marked = marker.mark("Đề án 06 phục vụ công dân số và chỉ đạo, điều hành.", "vi", [goals], goals)
    assert [point.text for point in marked.points if point.said] == ["công dân số", "chỉ đạo, điều hành"]
    assert marked.complete == (2, 5)


def test_what_is_asked_about_needs_not_be_said_again_but_its_figures_must(marker: Marker, shelf: dict[str, Document]) -> None:
    document = shelf["52-NQ/TW"]
    targets = Place(document, next(one for one in document.provisions if str(one.locator) == "III (mục tiêu 2025)"))
    for answer, said in (
        ("Kinh tế số chiếm khoảng 20% GDP. Năng suất lao động tăng bình quân trên 9% một năm.", ["20% GDP"]),
        ("Kinh tế số khoảng 20% GDP, năng suất lao động tăng trên 7% mỗi năm.", ["20% GDP", "7%/năm"]),
        ("Nghị quyết 52-NQ/TW đặt mục tiêu cho kinh tế số.", []),
    ):
        points = [point.text for point in marker.mark(answer, "vi", [targets], targets).points if point.said]
        assert len(points) == len(said) and all(words in point for words, point in zip(said, points, strict=True))


def test_an_answer_of_nothing_is_off_topic(marker: Marker, goals: Place) -> None:
    assert marker.mark("", "vi", [goals], goals).mark is Mark.OFF_TOPIC
    assert marker.mark("Đề án 06 phục vụ 5 nhóm tiện ích.", "vi", []).mark is Mark.OFF_TOPIC


def test_a_wrong_clause_is_told_from_a_right_one(marker: Marker, goals: Place) -> None:
    marked = marker.mark("Đề án 06 phục vụ nhóm tiện ích công dân số; Đề án 06 có 80 trang phụ lục màu xanh.", "vi", [goals])
    assert marked.mark is Mark.PARTLY and len(marked.claims) == 2


def test_a_draft_s_claims_are_held_against_what_search_finds(marker: Marker, attache: Assistant) -> None:
    def find(sentence: str) -> list[Place]:
        found = attache.search(sentence, 4)
        return [Place(attache.document(r.passage.document), attache.provision(r.passage.document, r.passage.locator)) for r in found]

    draft = "Luật Chuyển đổi số có hiệu lực từ ngày 1/7/2026.\nThe digitalization of diplomacy needs no budget at all, said Tô Lâm."
    drilled = drill(draft, marker, find, GLOSSARY)
    assert [part.language for part in drilled.parts] == ["vi", "en"]
    assert drilled.parts[0].marked.claims[0].finding is Finding.SUPPORTED
    assert drilled.parts[1].marked.claims[0].finding is not Finding.SUPPORTED
    assert [(d.kind, d.written, d.en) for d in drilled.departures if d.kind == "other"] == [("other", "digitalization", "digital transformation")]


@pytest.mark.parametrize(
    ("text", "language", "found"),
    [
        ("Việt Nam đẩy mạnh chuyển đổi kỹ thuật số.", "vi", [("other", "chuyển đổi kỹ thuật số")]),
        ("Việt Nam đẩy mạnh chuyển đổi số.", "vi", []),
        ("GDP tăng theo Nghị quyết 52-NQ/TW.", "vi", []),
        ("Digital platforms and digital services grow.", "en", []),
    ],
)  # fmt: skip
def test_departures_from_agreed_terms(text: str, language: str, found: list[tuple[str, str]]) -> None:
    assert [(d.kind, d.written) for d in departures([(language, text)], GLOSSARY)] == found


def test_a_term_that_one_language_lacks_is_told_once() -> None:
    both = [("vi", "Chuyển đổi số và kinh tế số đi cùng nhau. Kinh tế số tăng."), ("en", "Digital transformation goes on.")]
    assert [(d.kind, d.vi, d.en) for d in departures(both, GLOSSARY)] == [("missing", "kinh tế số", "digital economy")]


def test_a_few_names_do_not_make_a_paragraph_vietnamese() -> None:
    assert language_of("General Secretary Tô Lâm met the press in Hà Nội on Monday morning.") == "en"
    assert language_of("Tổng Bí thư Tô Lâm gặp báo chí.") == "vi"
