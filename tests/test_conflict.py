"""Two acts in force that disagree: both are shown, and nothing is said where one has changed the other or is not in force."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import replace
from datetime import date

import pytest

from assistant.answer import Answer, Outcome, Turn
from assistant.assistant import Assistant, Tuning
from assistant.compose import WEIGHTS
from assistant.modelled import ModelComposer
from assistant.prompting import Prompter
from assistant.understand import Understander
from assistant.verification.judge import Verifier
from assistant.verify import marks
from corpus.document import Bilingual, Document, Provision, Relation
from corpus.glossary import Glossary
from corpus.locator import Locator
from corpus.tokens import open_counter
from index.build import open_retriever
from index.catalogue import Catalogue
from index.embedding import open_encoder
from index.home import Home
from index.ingest import ingest
from index.lexicon import Lexicon

DAY = date(2026, 6, 1)
DAYS = "Hồ sơ đăng ký tên miền quốc gia phải gửi trong bao nhiêu ngày?"
FINE = "Mức phạt tiền đối với hành vi phát tán thư rác là bao nhiêu?"
LICENCE = "Cơ quan nào cấp giấy phép trung tâm dữ liệu?"
ABROAD = "Doanh nghiệp có được chuyển dữ liệu nhật ký ra nước ngoài không?"
BREACH = "Within how many hours shall operators notify the authority of a data breach?"


def act(
    number: str, title: str, begins: str, texts: dict[str, str], *relations: Relation, kind: str = "decree", issuer: str = "Chính phủ",
    language: str = "vi", text_kind: str = "official",
) -> Document:  # fmt: skip
    def words(text: str) -> Bilingual:
        return Bilingual(en=text) if language == "en" else Bilingual(text)

    rows = tuple(Provision(Locator.parse(at), words(f"{title}, {at}"), words(text)) for at, text in texts.items())
    return Document(
        number, words(title), words(issuer), kind, begins, "in_force", effective_from=begins, relations=relations, text_kind=text_kind,
        provisions=rows,
    )  # fmt: skip


_NAMES = "Nghị định về quản lý tên miền"
_OLD = act("11/2020/NĐ-CP", _NAMES, "2020-03-01", {"Điều 5": "Hồ sơ đăng ký tên miền quốc gia phải gửi trong 15 ngày kể từ ngày lựa chọn tên."})
_NEW = act(
    "22/2025/NĐ-CP", "Nghị định về đăng ký tên miền", "2025-01-01",
    {"Điều 7": "Hồ sơ đăng ký tên miền quốc gia phải gửi trong 5 ngày kể từ ngày lựa chọn tên."},
)  # fmt: skip
_SPAM = (
    act("30/2021/NĐ-CP", "Nghị định xử phạt trong lĩnh vực thư rác", "2021-01-01",
        {"Điều 3": "Hành vi phát tán thư rác bị phạt tiền từ 10.000.000 đồng đến 20.000.000 đồng."}),
    act("31/2024/QH15", "Luật Phòng chống thư rác", "2024-01-01",
        {"Điều 8": "Phạt tiền từ 20.000.000 đồng đến 30.000.000 đồng đối với hành vi phát tán thư rác."}, kind="law", issuer="Quốc hội"),
)  # fmt: skip
_LICENCES = (
    act("40/2022/TT-BCA", "Thông tư về trung tâm dữ liệu", "2022-01-01", {"Điều 4": "Bộ Công an cấp giấy phép hoạt động trung tâm dữ liệu."},
        kind="circular", issuer="Bộ Công an"),
    act("41/2023/TT-BCT", "Thông tư về trung tâm dữ liệu thương mại", "2023-01-01",
        {"Điều 6": "Bộ Công Thương cấp giấy phép hoạt động trung tâm dữ liệu."}, kind="circular", issuer="Bộ Công Thương"),
)  # fmt: skip
_LOGS = (
    act("50/2022/NĐ-CP", "Nghị định về dữ liệu nhật ký", "2022-01-01", {"Điều 9": "Doanh nghiệp được chuyển dữ liệu nhật ký ra nước ngoài."}),
    act("51/2023/NĐ-CP", "Nghị định về dữ liệu nhật ký hệ thống", "2023-01-01",
        {"Điều 2": "Doanh nghiệp không được chuyển dữ liệu nhật ký ra nước ngoài."}),
)  # fmt: skip
_BREACH = (
    act("60/2023/ND-CP", "Decree on personal data protection", "2023-07-01",
        {"Article 23": "Operators shall notify the authority of a data breach within 72 hours."}, issuer="Government", language="en"),
    act("61/2025/ND-CP", "Decree on data security", "2025-07-01",
        {"Article 11": "Operators shall notify the authority of a data breach within 24 hours."}, issuer="Government", language="en"),
)  # fmt: skip


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[object]:
    """Makes an assistant over the acts given; each over a folder of its own."""
    encoder, opened = open_encoder(None), []

    def over(*documents: Document, composer: ModelComposer | None = None) -> Assistant:
        home = Home(tmp_path_factory.mktemp("conflict"))
        catalogue = Catalogue.open(home.catalogue_url)
        opened.append(catalogue)
        for document in documents:
            ingest(home, catalogue, encoder, [document], source=f"{document.number}-{document.text_kind}")
        retriever = open_retriever(home, catalogue, encoder, "")
        understander = Understander(retriever.documents, retriever.names, Glossary(()), Lexicon.empty())
        return Assistant(retriever, retriever.lexical, encoder, understander, Verifier(), tuning=Tuning.read(WEIGHTS), composer=composer)

    yield over
    for catalogue in opened:
        catalogue.close()


@pytest.fixture(scope="module")
def both(ask) -> Assistant:  # type: ignore[no-untyped-def]  # a factory
    """An assistant over pairs of acts that disagree."""
    return ask(_OLD, _NEW, *_SPAM, *_LICENCES, *_LOGS, *_BREACH)


def shown(answer: Answer) -> list[tuple[str, str]]:
    return [(c.document, c.locator) for c in answer.citations]


PAIRS = [
    (DAYS, (_NEW, _OLD), "thời hạn", "later"),
    (FINE, (_SPAM[1], _SPAM[0]), "số tiền", "higher"),
    (LICENCE, (_LICENCES[1], _LICENCES[0]), "cơ quan có thẩm quyền", "none"),
    (ABROAD, (_LOGS[1], _LOGS[0]), "việc được làm, phải làm hay không được làm", "later"),
    (BREACH, (_BREACH[1], _BREACH[0]), "a time limit", "later"),
]


@pytest.mark.parametrize(("question", "sides", "matter", "rule"), PAIRS)
def test_both_are_shown_with_what_they_disagree_on(both: Assistant, question: str, sides: tuple[Document, ...], matter: str, rule: str) -> None:
    answer = both.ask(question, as_of=DAY)
    assert answer.outcome is Outcome.CONFLICT
    assert shown(answer) == [(d.number, str(d.provisions[0].locator)) for d in sides]
    language = answer.language
    for citation, document in zip(answer.citations, sides, strict=True):
        assert citation.verified and citation.status == "in_force" and citation.quote == document.provisions[0].text.get(language)
        by = f"issued by {document.issuer.en} on" if language == "en" else f"{document.issuer.vi} ban hành ngày"
        row = next(line for line in answer.text.splitlines() if f"[{citation.mark}]" in line)
        assert row.startswith(f"| {document.number}, {document.provisions[0].locator} ({by} ")
    assert matter in answer.text.splitlines()[0] and set(marks(answer.text)) == {1, 2}
    note = {"higher": "hiệu lực pháp lý cao hơn", "later": "issued later" if language == "en" else "ban hành sau", "none": "Không có quy tắc chung"}
    assert any(note[rule] in n and (rule == "none" or sides[0].number in n) for n in answer.notes)
    data = answer.to_json()
    assert data["outcome"] == "conflict" and [c["quote"] for c in data["citations"]] == [c.quote for c in answer.citations]


def test_before_the_second_one_there_is_no_conflict(both: Assistant) -> None:
    answer = both.ask(DAYS, as_of=date(2024, 6, 1))
    assert answer.outcome is Outcome.ANSWERED and shown(answer) == [(_OLD.number, "Điều 5")]
    assert answer.notes == (f"{_NEW.number} chưa có hiệu lực vào ngày 1/6/2024, có hiệu lực từ 1/1/2025.",)


@pytest.mark.parametrize("kind", ["replaces", "repeals", "amends", "partially_repeals"])
def test_an_act_that_changes_the_other_does_not_disagree_with_it(ask, kind: str) -> None:  # type: ignore[no-untyped-def]  # a factory
    assistant = ask(_OLD, replace(_NEW, relations=(Relation(kind, _OLD.number),)))
    for day in (DAY, date(2024, 6, 1)):
        assert assistant.ask(DAYS, as_of=day).outcome is not Outcome.CONFLICT


def test_what_has_ended_does_not_disagree(ask) -> None:  # type: ignore[no-untyped-def]  # a factory
    ended = replace(_OLD, effective_to="2025-12-31")
    assistant = ask(ended, _NEW)
    assert assistant.ask(DAYS, as_of=date(2025, 6, 1)).outcome is Outcome.CONFLICT
    today = assistant.ask(DAYS, as_of=DAY)
    assert today.outcome is Outcome.ANSWERED and shown(today) == [(_NEW.number, "Điều 7")]


def test_notes_cards_and_acts_that_are_not_ours_do_not_disagree(ask) -> None:  # type: ignore[no-untyped-def]  # a factory
    row = replace(_NEW.provisions[0], role="note")
    others = (replace(_NEW, provisions=(row,)), replace(_NEW, text_kind="card"), replace(_NEW, kind="study"), replace(_NEW, number="EU 2025"))
    for other in others:
        assert ask(_OLD, other).ask(DAYS, as_of=DAY).outcome is not Outcome.CONFLICT


def test_the_same_words_in_two_fields_do_not_disagree(ask) -> None:  # type: ignore[no-untyped-def]  # a factory
    text = "Hồ sơ đề nghị kiểm tra định kỳ phải gửi trong {} ngày."
    radio = act("70/2020/NĐ-CP", "Nghị định về tần số vô tuyến điện", "2020-01-01", {"Điều 4": text.format(5)})
    drugs = act("71/2022/NĐ-CP", "Nghị định về kinh doanh dược phẩm", "2022-01-01", {"Điều 9": text.format(20)})
    assert ask(radio, drugs).ask("Hồ sơ đề nghị kiểm tra định kỳ phải gửi trong mấy ngày?", as_of=DAY).outcome is Outcome.ANSWERED


def test_an_act_that_is_named_answers_and_the_other_is_told_of(both: Assistant) -> None:
    answer = both.ask("Theo Nghị định 11/2020/NĐ-CP, hồ sơ đăng ký tên miền quốc gia phải gửi trong bao nhiêu ngày?", as_of=DAY)
    assert answer.outcome is Outcome.ANSWERED and {c.document for c in answer.citations} == {_OLD.number}
    note = next(n for n in answer.notes if "nói khác về thời hạn" in n)
    assert _NEW.number in note and _NEW.provisions[0].text.vi in note


def test_a_question_that_compares_wants_the_difference(both: Assistant) -> None:
    answer = both.ask("So sánh thời hạn gửi hồ sơ đăng ký tên miền quốc gia theo Nghị định 11/2020/NĐ-CP và Nghị định 22/2025/NĐ-CP", as_of=DAY)
    assert answer.outcome is Outcome.ANSWERED and {c.document for c in answer.citations} == {_OLD.number, _NEW.number}


def test_a_claim_is_held_against_both(both: Assistant) -> None:
    answer = both.ask("Hồ sơ đăng ký tên miền quốc gia phải gửi trong 15 ngày, đúng không?", as_of=DAY)
    assert answer.outcome is Outcome.CONFLICT and {c.document for c in answer.citations} == {_OLD.number, _NEW.number}


def test_one_part_of_two_and_a_conversation(both: Assistant) -> None:
    answer = both.ask(f"{LICENCE[:-1]}, và vé tàu Huế – Đà Nẵng giá bao nhiêu tiền?", as_of=DAY)
    assert answer.outcome is Outcome.PARTIAL and {c.document for c in answer.citations} == {d.number for d in _LICENCES}
    follow = both.ask("Ai cấp giấy phép trung tâm dữ liệu?", [Turn(DAYS)], DAY)
    assert {c.document for c in follow.citations} == {d.number for d in _LICENCES}


class Unasked:
    """A chat model that nobody may ask."""

    name, sends_to = "here:unasked", ""

    def stream(self, system: str, user: str) -> Generator[str, None, bool]:
        raise AssertionError("it was asked")
        yield ""


def test_a_chat_model_does_not_word_what_disagrees(ask) -> None:  # type: ignore[no-untyped-def]  # a factory
    composer = ModelComposer(Unasked(), Verifier(), Prompter(open_counter(), 4096, 700))
    answer = ask(_OLD, _NEW, composer=composer).ask(DAYS, as_of=DAY)
    assert answer.outcome is Outcome.CONFLICT and answer.generator == "extractive" and "here:unasked" in answer.notes[-1]


def test_a_digest_that_differs_is_told_of_and_the_official_words_are_used(ask) -> None:  # type: ignore[no-untyped-def]  # a factory
    digest = act(_OLD.number, _NAMES, "2020-03-01", {"Điều 5": "Hồ sơ đăng ký tên miền quốc gia phải gửi trong 10 ngày."}, text_kind="digest")
    answer = ask(digest, _OLD).ask(DAYS, as_of=DAY)
    assert answer.outcome is Outcome.ANSWERED and [c.text_kind for c in answer.citations] == ["official"] and "15 ngày" in answer.text
    assert any("bản tóm lược" in n.lower() and "10 ngày" in n for n in answer.notes)
