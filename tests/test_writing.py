"""A draft becomes text with marks, and what does not stand is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from assistant.assistant import Assistant, Looked
from assistant.draft import Draft, Line, Quote
from assistant.verification.judge import Verifier
from assistant.verify import marks
from assistant.writing import day_in_words, write
from corpus.document import Document

DAY = date(2026, 9, 1)


@pytest.fixture(scope="module")
def look(tiny_assistant: Assistant) -> Looked:
    (only,) = tiny_assistant.look("Nghị quyết 52-NQ/TW đặt những mục tiêu gì đến năm 2030?")
    return only


@pytest.fixture(scope="module")
def quotes(look: Looked) -> list[Quote]:
    found = [Quote(c, s.text, (s.start, s.end)) for c in look.candidates for s in c.sentences]
    assert len(found) > 4
    return found


def test_marks_are_numbered_by_first_use(quotes: list[Quote], documents: dict[str, Document]) -> None:
    draft = Draft(tuple(Line((quotes[at],)) for at in (2, 0, 2, 1)))
    written = write(draft, documents, DAY, "vi", Verifier())
    assert marks(written.text) == (1, 2, 1, 3)
    assert [c.mark for c in written.citations] == [1, 2, 3]
    assert [c.quote for c in written.citations] == [quotes[at].shown for at in (2, 0, 1)]
    assert written.dropped == 0


def test_a_mark_stands_before_the_closing_stop(quotes: list[Quote], documents: dict[str, Document]) -> None:
    written = write(Draft((Line((quotes[0],)),)), documents, DAY, "vi", Verifier())
    assert written.text == f"{quotes[0].shown[:-1]} [1]."


def test_items_stand_on_lines_of_their_own(quotes: list[Quote], documents: dict[str, Document]) -> None:
    lines = (Line((quotes[0],)), Line((quotes[1],), bullet=True), Line((quotes[2],), bullet=True), Line((quotes[3],)))
    rows = write(Draft(lines, lead="Đối chiếu:"), documents, DAY, "vi", Verifier()).text.split("\n")
    assert rows[0] == "Đối chiếu:"
    assert [row.startswith("- ") for row in rows[1:]] == [False, True, True]


def test_words_changed_after_choosing_are_dropped(quotes: list[Quote], documents: dict[str, Document]) -> None:
    forged = replace(quotes[0], shown="Đến năm 2030, kinh tế số chiếm trên 95% GDP.")
    written = write(Draft((Line((forged,)), Line((quotes[1],)))), documents, DAY, "vi", Verifier())
    assert "95%" not in written.text
    assert written.dropped == 1
    assert [c.quote for c in written.citations] == [quotes[1].shown]
    assert set(marks(written.text)) == {c.mark for c in written.citations}


def test_a_span_outside_the_provision_is_dropped(quotes: list[Quote], documents: dict[str, Document]) -> None:
    written = write(Draft((Line((replace(quotes[0], span=(90_000, 90_010)),)),)), documents, DAY, "vi", Verifier())
    assert (written.text, written.citations, written.dropped) == ("", (), 1)


def test_a_table_has_a_row_a_line_and_no_stray_bar(quotes: list[Quote], documents: dict[str, Document]) -> None:
    lines = (Line((quotes[0], quotes[1]), label="2025"), Line((quotes[2],), label="2030"))
    rows = write(Draft(lines, table=True), documents, DAY, "vi", Verifier()).text.split("\n")
    assert rows[:2] == ["| Mốc | Nội dung |", "| --- | --- |"]
    assert [row.split("|")[1].strip() for row in rows[2:]] == ["2025", "2030"]
    assert all(row.count("|") == 3 for row in rows)
    named = write(Draft((Line((quotes[0],), label="52-NQ/TW"),), table=True), documents, DAY, "en", Verifier()).text
    assert named.startswith("| Document | Content |")


def test_a_bar_inside_a_cell_does_not_break_the_table(quotes: list[Quote], documents: dict[str, Document]) -> None:
    written = write(Draft((Line((replace(quotes[0], shown="kinh tế | số"),), label="a"),), table=True), documents, DAY, "vi", Verifier())
    assert written.text.split("\n")[-1] == "| a | kinh tế ¦ số [1] |"


def test_a_citation_tells_all_that_a_reader_checks(quotes: list[Quote], documents: dict[str, Document]) -> None:
    quote = next(q for q in quotes if q.candidate.document.number == "52-NQ/TW")
    (citation,) = write(Draft((Line((quote,)),)), documents, DAY, "en", Verifier()).citations
    assert citation.title == documents["52-NQ/TW"].title.en
    assert (citation.status, citation.text_kind, citation.verified) == ("in_force", "digest", True)
    assert citation.passage_id.startswith(f"52-NQ/TW#{citation.locator}/")
    words = quote.candidate.provision.text.only(citation.language)
    assert words[citation.span[0] : citation.span[1]] == citation.quote


def test_the_status_is_that_of_the_day(quotes: list[Quote], documents: dict[str, Document]) -> None:
    quote = next(q for q in quotes if q.candidate.document.number == "52-NQ/TW")
    (citation,) = write(Draft((Line((quote,)),)), documents, date(2019, 1, 1), "vi", Verifier()).citations
    assert citation.status == "not_yet_in_force"


@pytest.mark.parametrize(
    ("iso", "vi", "en"),
    [
        ("2019-09-27", "27/9/2019", "27 September 2019"),
        ("2026-07-01", "1/7/2026", "1 July 2026"),
        ("2024-12", "12/2024", "December 2024"),
        ("2017", "2017", "2017"),
    ],
)
def test_days_as_each_language_writes_them(iso: str, vi: str, en: str) -> None:
    assert (day_in_words(iso, "vi"), day_in_words(iso, "en")) == (vi, en)
