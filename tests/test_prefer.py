"""Of several texts that answer: the act in force on the day, and official words before a digest of the same act."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest

from assistant.answer import Answer, Outcome
from assistant.assistant import Assistant, Tuning
from assistant.compose import WEIGHTS
from assistant.understand import Understander
from assistant.verification.judge import Verifier
from corpus.bundle import Library
from corpus.document import Bilingual, Document, Provision, Relation
from corpus.errors import UnknownProvision
from corpus.glossary import Glossary
from corpus.locator import Locator
from index.build import build, open_retriever
from index.catalogue import Catalogue
from index.embedding import open_encoder
from index.home import Home
from index.ingest import ingest
from index.lexicon import Lexicon

DAYS = "Hồ sơ đăng ký tên miền quốc gia phải gửi trong thời hạn nào?"


def _act(number: str, title: str, begins: str, texts: dict[str, str], *relations: Relation, kind: str = "decree") -> Document:
    rows = tuple(Provision(Locator.parse(at), Bilingual(text.split(" phải ")[0][:40]), Bilingual(text)) for at, text in texts.items())
    return Document(
        number, Bilingual(title), Bilingual("Chính phủ"), kind, begins, "in_force", effective_from=begins, relations=relations,
        text_kind="official", provisions=rows,
    )  # fmt: skip


_OLD = _act(
    "11/2020/NĐ-CP", "Nghị định về quản lý tên miền", "2020-03-01",
    {"Điều 5": "Hồ sơ đăng ký tên miền quốc gia phải gửi trong 15 ngày kể từ ngày lựa chọn tên.", "Điều 6": "Tên miền được giữ trong một năm."},
)  # fmt: skip
_NEW = _act(
    "22/2026/NĐ-CP", "Nghị định về quản lý tên miền", "2026-01-01",
    {"Điều 7": "Hồ sơ đăng ký tên miền quốc gia phải gửi trong 5 ngày kể từ ngày lựa chọn tên.", "Điều 8": "Việc giữ tên do Bộ quy định."},
    Relation("replaces", "Nghị định số 11/2020/ND-CP"),
)  # fmt: skip
_LAW = _act(
    "20/2023/QH15", "Luật Giao dịch điện tử", "2024-07-01",
    {
        "Điều 4, khoản 2": "Các bên tự nguyện lựa chọn giao dịch điện tử, tự thỏa thuận về công nghệ, phương tiện và loại chữ ký điện tử.",
        "Điều 53": "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2024.",
    }, kind="law",
)  # fmt: skip


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory, library: Library) -> Iterator[Assistant]:
    """An assistant over the tiny library's digests and three official texts, one of which is of a digest's act."""
    home, encoder = Home(tmp_path_factory.mktemp("mixed")), open_encoder(None)
    catalogue = Catalogue.open(home.catalogue_url)
    build(home, catalogue, library.documents, encoder, "")
    for document in (_OLD, _NEW, _LAW):
        ingest(home, catalogue, encoder, [document], source=f"{document.number}.docx")
    retriever = open_retriever(home, catalogue, encoder, "")
    understander = Understander(retriever.documents, retriever.names, Glossary(()), Lexicon.empty())
    yield Assistant(retriever, retriever.lexical, encoder, understander, Verifier(encoder), tuning=Tuning.read(WEIGHTS))
    catalogue.close()


def _cited(answer: Answer) -> list[tuple[str, str, str]]:
    return [(c.document, c.text_kind, c.locator) for c in answer.citations]


def test_the_act_in_force_on_the_day_answers_and_the_other_is_only_told_of(mixed: Assistant) -> None:
    today = mixed.ask(DAYS, as_of=date(2026, 6, 1))
    assert "5 ngày" in today.text and "15 ngày" not in today.text and today.outcome is Outcome.ANSWERED
    assert {c.document for c in today.citations} == {_NEW.number} and all(c.verified for c in today.citations)
    before = mixed.ask(DAYS, as_of=date(2025, 6, 1))
    assert "15 ngày" in before.text and "trong 5 ngày" not in before.text and {c.status for c in before.citations} == {"in_force"}
    notes = {*today.notes, *before.notes}
    assert notes <= {
        "11/2020/NĐ-CP đã được thay thế bởi 22/2026/NĐ-CP từ ngày 1/1/2026; không dùng làm căn cứ hiện hành.",
        "22/2026/NĐ-CP chưa có hiệu lực vào ngày 1/6/2025, có hiệu lực từ 1/1/2026.",
    } and notes  # fmt: skip


def test_an_act_that_is_named_answers_whatever_its_status(mixed: Assistant) -> None:
    answer = mixed.ask("Theo Nghị định 11/2020/NĐ-CP, hồ sơ đăng ký tên miền quốc gia phải gửi trong thời hạn nào?", as_of=date(2026, 6, 1))
    assert answer.citations[0].document == _OLD.number and answer.citations[0].status == "replaced"
    assert any("đã được thay thế bởi 22/2026/NĐ-CP" in note for note in answer.notes)


def test_what_only_the_ended_act_says_is_still_found(mixed: Assistant) -> None:
    answer = mixed.ask("Tên miền được giữ trong bao lâu?", as_of=date(2026, 6, 1))
    assert answer.citations and answer.citations[0].quote == "Tên miền được giữ trong một năm."


def test_official_words_come_before_a_digest_of_the_same_act(mixed: Assistant) -> None:
    answer = mixed.ask("Các bên có được tự thỏa thuận loại chữ ký điện tử không theo Luật Giao dịch điện tử 2023?", as_of=date(2026, 6, 1))
    assert _cited(answer)[0] == ("20/2023/QH15", "official", "Điều 4, khoản 2") and answer.citations[0].text_name != "20/2023/QH15"
    assert answer.to_json()["citations"][0]["document"] == "20/2023/QH15"
    assert mixed.document(answer.citations[0].text_name).text_kind == "official"


def test_what_only_the_digest_says_is_still_found(mixed: Assistant) -> None:
    only = mixed.ask("Khi nào thông điệp dữ liệu có giá trị như văn bản?", as_of=date(2026, 6, 1))
    assert ("20/2023/QH15", "digest", "Điều 9, khoản 1") in _cited(only)
    english = mixed.ask("Can the parties agree on the kind of electronic signature?", as_of=date(2026, 6, 1))
    assert english.citations[0].text_kind == "digest" and english.citations[0].language == "en"


def test_either_text_is_shown_the_official_one_first(mixed: Assistant) -> None:
    assert [d.text_kind for d in mixed.texts("20/2023/QH15")] == ["official", "digest"]
    assert mixed.place("Luật Giao dịch điện tử 2023", "Điều 4, khoản 2")[0].text_kind == "official"
    assert mixed.place("20/2023/QH15", "điều 9, khoản 1")[0].text_kind == "digest"
    assert [d.text_kind for d in mixed.texts("20/2023/QH15~official")] == ["official"]
    with pytest.raises(UnknownProvision):
        mixed.place("20/2023/QH15", "Điều 999")


def test_a_search_gives_printed_numbers_and_both_texts(mixed: Assistant) -> None:
    found = mixed.search("tự thỏa thuận loại chữ ký điện tử", documents=["20/2023/QH15"])
    assert {r.passage.document for r in found} == {"20/2023/QH15"}
    assert len({r.passage.held_as for r in found if r.passage.locator == "Điều 4, khoản 2"}) == 2
    assert {r.passage.document for r in mixed.search("tên miền quốc gia", valid_on=date(2026, 6, 1), kinds=["decree"])} == {_NEW.number}


def test_the_official_text_shares_the_relations_of_the_digest(mixed: Assistant) -> None:
    steps = [(s.type, s.document, s.target, s.since) for s in mixed.chain(mixed.document("20/2023/QH15~official"))]
    assert steps == [("replaces", "20/2023/QH15", "51/2005/QH11", "2024-07-01")]
    assert mixed.chain(mixed.document(_OLD.number)) == mixed.chain(mixed.document(_NEW.number))
