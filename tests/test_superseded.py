"""Time: a question about now never rests on ended text unsaid; a day in the past gives the text of that day."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Outcome
from assistant.assistant import Assistant, Tuning
from assistant.compose import WEIGHTS
from assistant.understand import Understander
from assistant.verification.judge import Verifier
from corpus.document import Bilingual, Document, Provision, Relation
from corpus.glossary import Glossary
from corpus.locator import Locator
from index.build import open_retriever
from index.catalogue import Catalogue
from index.embedding import open_encoder
from index.home import Home
from index.ingest import ingest
from index.lexicon import Lexicon

NOW, THEN = date(2026, 6, 1), date(2025, 6, 1)


def act(number: str, title: str, begins: str, text: str, *relations: Relation, ends: str | None = None) -> Document:
    row = Provision(Locator.parse("Điều 5"), Bilingual(title), Bilingual(text))
    return Document(
        number, Bilingual(title), Bilingual("Chính phủ"), "decree", begins, "in_force", effective_from=begins, effective_to=ends,
        relations=relations, text_kind="official", provisions=(row,),
    )  # fmt: skip


ACTS = (
    act("11/2020/NĐ-CP", "Nghị định về tên miền", "2020-03-01", "Tên miền quốc gia được giữ chỗ trong 60 ngày."),
    act("22/2026/NĐ-CP", "Nghị định về tên miền mới", "2026-01-01", "Việc giữ chỗ do Bộ quy định.", Relation("replaces", "11/2020/NĐ-CP")),
    act("12/2019/NĐ-CP", "Nghị định về hộ chiếu công vụ", "2019-01-01", "Hộ chiếu công vụ có thời hạn 5 năm.", ends="2025-12-31"),
    act("13/2020/NĐ-CP", "Nghị định về thư tín ngoại giao", "2020-01-01", "Túi ngoại giao phải được niêm phong bằng 2 con dấu."),
    act("23/2026/NĐ-CP", "Nghị định về túi thư ngoại giao", "2026-01-01", "Túi ngoại giao phải được niêm phong bằng 3 con dấu.",
        Relation("repeals", "13/2020/NĐ-CP")),
)  # fmt: skip


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    """An assistant over acts that have ended, two of them with another in their place."""
    home, encoder = Home(tmp_path_factory.mktemp("ended")), open_encoder(None)
    catalogue = Catalogue.open(home.catalogue_url)
    for document in ACTS:
        ingest(home, catalogue, encoder, [document], source=document.number)
    retriever = open_retriever(home, catalogue, encoder, "")
    understander = Understander(retriever.documents, retriever.names, Glossary(()), Lexicon.empty())
    yield Assistant(retriever, retriever.lexical, encoder, understander, Verifier(encoder), tuning=Tuning.read(WEIGHTS))
    catalogue.close()


@pytest.mark.parametrize(
    ("question", "words", "told"),
    [
        ("Tên miền quốc gia được giữ chỗ trong bao nhiêu ngày?", "60 ngày", "đã được thay thế bởi 22/2026/NĐ-CP từ ngày 1/1/2026"),
        ("Hộ chiếu công vụ có thời hạn mấy năm?", "5 năm", "12/2019/NĐ-CP đã hết hiệu lực từ ngày 1/1/2026"),
    ],
)
def test_what_only_an_ended_act_says_is_told_as_ended_since_when_and_by_what(assistant: Assistant, question: str, words: str, told: str) -> None:
    now, then = assistant.ask(question, as_of=NOW), assistant.ask(question, as_of=THEN)
    assert now.outcome is Outcome.SUPERSEDED_ONLY and words in now.text and any(told in note for note in now.notes)
    assert then.outcome is Outcome.ANSWERED and words in then.text and {c.status for c in then.citations} == {"in_force"}
    assert not any(told in note for note in then.notes)


def test_the_act_in_force_answers_and_the_ended_one_on_its_own_day(assistant: Assistant) -> None:
    question = "Túi ngoại giao phải được niêm phong bằng mấy con dấu?"
    now, then = assistant.ask(question, as_of=NOW), assistant.ask(question, as_of=THEN)
    assert now.outcome is then.outcome is Outcome.ANSWERED
    assert "3 con dấu" in now.text and "2 con dấu" not in now.text and {c.status for c in now.citations} == {"in_force"}
    assert "2 con dấu" in then.text and "3 con dấu" not in then.text and {c.status for c in then.citations} == {"in_force"}
