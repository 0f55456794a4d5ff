"""What a sentence holds, and the candidates made of what was retrieved."""

from __future__ import annotations

import pytest

from assistant.assistant import Assistant
from assistant.evidence import FEATURES, Candidate, Weighing, satisfied, surroundings
from assistant.question import Want
from corpus.document import Document

NONE: frozenset[str] = frozenset()
HELD = [
    (Want.WHEN, "Hội nghị khai mạc ngày 03/4/2021.", "Hội nghị khai mạc trọng thể."),
    (Want.WHEN, "It lasts 30 days.", "It lasts long."),
    (Want.PERCENT, "Tỷ lệ đạt 12,5%.", "Tỷ lệ đạt 12,5 điểm."),
    (Want.PERCENT, "It is 20 percent of the whole.", "It is 20 pages long."),
    (Want.MONEY, "Kinh phí là 3 tỷ đồng.", "Kinh phí là 3 lần."),
    (Want.MONEY, "It costs 25 million US dollars.", "It has 25 million readers."),
    (Want.FUNDS, "Chi 2% GDP.", "Chi theo quy định."),
    (Want.COUNT, "Chương trình có 8 mục tiêu.", "Chương trình ban hành ngày 08/8/2020."),
    (Want.COUNT, "Đề án có ba trụ cột.", "Quyết định 749/QĐ-TTg nêu trụ cột."),
    (Want.DOCUMENT, "Việc này theo Nghị định 45/2026/NĐ-CP.", "Việc này theo một nghị định."),
    (Want.VALIDITY, "Nghị định hết hiệu lực từ đầu năm.", "Nghị định gồm năm chương."),
    (Want.WHO, "Kế hoạch do Bộ Công an chủ trì.", "Kế hoạch được duyệt sớm."),
    (Want.WHERE, "Lễ ký diễn ra tại Huế.", "Lễ ký diễn ra trọng thể."),
    (Want.ARTICLE, "Việc này ghi ở khoản 3.", "Việc này ghi rõ."),
]


@pytest.mark.parametrize(("want", "holding", "empty"), HELD)
def test_a_sentence_holds_what_is_wanted(want: Want, holding: str, empty: str) -> None:
    assert satisfied(want, holding, NONE, ())
    assert not satisfied(want, empty, NONE, ())


def test_what_the_question_says_itself_is_no_answer() -> None:
    assert not satisfied(Want.COUNT, "Có 8 mục tiêu.", frozenset({"8"}), ())
    assert not satisfied(Want.DOCUMENT, "Nghị quyết 52-NQ/TW nêu.", NONE, ["52-NQ/TW"])
    assert not satisfied(Want.WHO, "Việc do Bộ Công an làm.", NONE, (), frozenset({"bo", "cong", "an"}))


def test_a_count_must_be_of_the_thing_asked_for() -> None:
    assert satisfied(Want.COUNT, "Việt Nam có 96 đại sứ quán.", NONE, (), NONE, ["dai", "su"])
    assert not satisfied(Want.COUNT, "Việt Nam có 15 hiệp định.", NONE, (), NONE, ["dai", "su"])


def test_a_weighing_needs_a_weight_for_every_feature() -> None:
    assert len(Weighing().weights) == len(FEATURES)
    assert Weighing((2.0, *[0.0] * (len(FEATURES) - 1))).score([0.5] * len(FEATURES)) == 1.0
    with pytest.raises(ValueError):
        Weighing((1.0,)).score([0.5] * len(FEATURES))


def test_surroundings_name_the_document_and_the_place(documents: dict[str, Document]) -> None:
    document = documents["20/2023/QH15"]
    words = surroundings(document, document.provisions[1], "vi")
    assert all(part in words for part in ("20/2023/QH15", "Điều 4, khoản 2", "Luật Giao dịch điện tử", "Tự nguyện", "Luật GDĐT"))
    assert "Law on E-Transactions" not in words.split("\n")[0]


@pytest.fixture(scope="module")
def candidates(tiny_assistant: Assistant) -> tuple[Candidate, ...]:
    (look,) = tiny_assistant.look("Nghị quyết 52-NQ/TW do ai ký ban hành ngày nào?")
    return look.candidates


def test_candidates_come_best_first_and_once(candidates: tuple[Candidate, ...]) -> None:
    assert len(candidates) > 3
    assert [c.score for c in candidates] == sorted((c.score for c in candidates), reverse=True)
    assert len({c.key for c in candidates}) == len(candidates)


def test_sentences_stand_where_they_say(candidates: tuple[Candidate, ...]) -> None:
    for candidate in candidates:
        words = candidate.provision.text.only(candidate.language)
        for sentence in candidate.sentences:
            assert words[sentence.start : sentence.end] == sentence.text
            assert len(sentence.features) == len(FEATURES)
        assert candidate.best().score == candidate.score == max(s.score for s in candidate.sentences)


def test_the_best_sentence_holds_what_is_asked(candidates: tuple[Candidate, ...]) -> None:
    assert candidates[0].key == ("52-NQ/TW", "Thuộc tính")
    assert candidates[0].best().holds == {Want.WHO, Want.WHEN}


def test_a_year_decides_between_two_places(tiny_assistant: Assistant) -> None:
    for year in ("2025", "2030"):
        (look,) = tiny_assistant.look(f"Kinh tế số chiếm bao nhiêu phần trăm GDP năm {year} theo Nghị quyết 52-NQ/TW?")
        best = look.candidates[0]
        assert best.key[1] == f"III (mục tiêu {year})"
        assert best.best().features[FEATURES.index("year")] == 1.0


def test_a_provision_left_out_is_no_candidate(tiny_assistant: Assistant) -> None:
    question = "Nghị quyết 52-NQ/TW do ai ký ban hành ngày nào?"
    (look,) = tiny_assistant.look(question, leave_out=frozenset({("52-NQ/TW", "thuộc tính")}))
    assert ("52-NQ/TW", "Thuộc tính") not in {c.key for c in look.candidates}
