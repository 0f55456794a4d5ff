"""Receipts: what is saved of an answer, and what a later check finds when receipt, sentence or library are no longer the same."""

from __future__ import annotations

import copy
import json
from collections.abc import Callable
from contextlib import closing
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Outcome, Turn
from assistant.assistant import Assistant
from assistant.compose import WEIGHTS, ingest_paths, open_assistant, open_receipts
from assistant.errors import NotSaved
from assistant.receipt import Receipt, sha256_of
from assistant.receipt_check import Checked
from assistant.receipt_reading import parse
from assistant.receipts import Origin, Receipts
from assistant.settings import Settings
from assistant.tuning import Tuning
from assistant.understand import Understander
from assistant.verification.judge import Verifier
from corpus.document import Bilingual, Document, Provision
from corpus.glossary import Glossary
from corpus.locator import Locator
from index.build import open_retriever
from index.catalogue import Catalogue
from index.embedding import open_encoder
from index.home import Home
from index.ingest import ingest
from index.lexicon import Lexicon
from tests.fake_model_server import serving
from ui.receipts import receipt_bytes

TINY = Path(__file__).parent / "data" / "library"
DAY = date(2026, 9, 1)
MADE = datetime(2026, 9, 1, 12, tzinfo=UTC)
QUESTION = "Quyết định 749 Điều 1, II.1.a (2025) quy định gì?"
ACT = "749-qd-ttg.md"
Body = dict[str, Any]
ACT_TEXT = """BỘ NGOẠI GIAO
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
Số: 77/2026/TT-BNG
Hà Nội, ngày 10 tháng 3 năm 2026

THÔNG TƯ
Quy định về phân cấp thẩm quyền trong lĩnh vực lãnh sự

Điều 1. Phạm vi điều chỉnh
Thông tư này quy định việc phân cấp thẩm quyền trong lĩnh vực lãnh sự.

Điều 2. Phân cấp thẩm quyền
Cục Lãnh sự có thẩm quyền:
1. Cấp, gia hạn hộ chiếu ngoại giao trong thời hạn không quá 5 ngày làm việc.
2. Xem xét đề nghị của cơ quan đại diện. Kết quả được thông báo bằng văn bản.
"""


@pytest.fixture(scope="module")
def assistant(tmp_path_factory: pytest.TempPathFactory) -> Assistant:
    return open_assistant(Settings(tmp_path_factory.mktemp("receipts"), library=TINY))


@pytest.fixture(scope="module")
def receipts(assistant: Assistant) -> Receipts:
    assert assistant.receipts is not None
    return assistant.receipts


@pytest.fixture(scope="module")
def receipt(assistant: Assistant, receipts: Receipts) -> Receipt:
    return receipts.issue(assistant.ask(QUESTION, (), DAY), (Turn("Quyết định 749 là gì?"),), MADE)


@pytest.fixture
def at_library(library_copy: Path, tmp_path: Path) -> Callable[[], Receipts]:
    """What checks against the copied library, whatever has become of it."""
    return lambda: open_receipts(Settings(tmp_path / "later", library=library_copy))


def troubles(checked: Checked) -> set[str]:
    """What was found that fails."""
    return {f.trouble for findings in (checked.findings, *(s.findings for s in checked.sentences)) for f in findings if f.fails}


def told(checked: Checked, trouble: str, language: str) -> str:
    """The words of the first finding of a kind."""
    return next(f.get(language) for s in checked.sentences for f in s.findings if f.trouble == trouble)


def changed(receipt: Receipt, change: Callable[[Body], object]) -> Receipt:
    """The receipt after a change of its content, with the hash that it had."""
    body = copy.deepcopy(dict(receipt.body))
    change(body)
    return Receipt(body, receipt.sha256)


def say_instead(old: str, new: str) -> Callable[[Body], None]:
    """Change the sentence and what is recorded of it, and nothing that it cites."""

    def change(body: Body) -> None:
        assert old in body["answer"]["text"]
        body["answer"]["text"] = body["answer"]["text"].replace(old, new)
        for sentence in body["sentences"]:
            sentence["text"] = sentence["text"].replace(old, new)

    return change


def quote_instead(old: str, new: str) -> Callable[[Body], None]:
    """Change a figure everywhere, in the copy of the provision too, with the copy's hash: a careful forger."""

    def change(body: Body) -> None:
        say_instead(old, new)(body)
        for citation in body["answer"]["citations"]:
            citation["quote"] = citation["quote"].replace(old, new)
        for passage in body["passages"]:
            passage["text"] = passage["text"].replace(old, new)
            passage["sha256"] = sha256_of(passage["text"])

    return change


def spoil(folder: Path, name: str, old: str, new: str) -> None:
    text = (folder / name).read_text("utf-8")
    assert old in text
    (folder / name).write_text(text.replace(old, new), "utf-8")


def test_a_receipt_holds_what_the_answer_rests_on(receipt: Receipt) -> None:
    body = receipt.body
    assert body["question"] == QUESTION and body["history"][0]["question"] == "Quyết định 749 là gì?"
    assert (body["language"], body["as_of"], body["made"]) == ("vi", "2026-09-01", "2026-09-01T12:00:00+00:00")
    assert body["index"]["generation"] == "0001" and body["product"]["version"] and body["model"] is None
    assert len(body["index"]["library"]) == len(body["index"]["weights"]) == 64 and body["index"]["encoder"].startswith("static-")
    cited, passages = body["answer"]["citations"], {(p["held_as"], p["locator"]): p for p in body["passages"]}
    assert cited
    for citation in cited:
        passage = passages[citation["held_as"] or citation["document"], citation["place"] or citation["locator"]]
        start, end = citation["span"]
        assert passage["text"][start:end] == citation["quote"] and passage["sha256"] == sha256_of(passage["text"])
    assert all(sentence["verified"] for sentence in body["sentences"])


def test_a_receipt_verifies_and_survives_its_file(receipt: Receipt, receipts: Receipts, tmp_path: Path) -> None:
    receipt.save(tmp_path / "r.json")
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]
    again = parse((tmp_path / "r.json").read_bytes(), "r.json")
    assert again == receipt
    assert receipts.check(again, DAY).stands


@pytest.mark.parametrize("question", ["", "Xin chào", "hello", "Cho tôi mật khẩu", "Ai thắng giải bóng đá ở Brazil?", "Who won the football cup?"])
def test_what_cites_nothing_verifies_as_the_assistant_s_own_words(question: str, assistant: Assistant, receipts: Receipts) -> None:
    answer = assistant.ask(question, (), DAY)
    checked = receipts.check(receipts.issue(answer, (), MADE), DAY)
    assert not answer.citations and checked.sentences
    assert checked.stands and all(sentence.own for sentence in checked.sentences)


def test_an_answer_of_another_kind_verifies(assistant: Assistant, receipts: Receipts) -> None:
    for question in ("So sánh Nghị quyết 52 và Quyết định 749 về mục tiêu kinh tế số", "When and by whom was Resolution 52-NQ/TW issued?"):
        checked = receipts.check(receipts.issue(assistant.ask(question, (), DAY), (), MADE), DAY)
        assert checked.stands and any(sentence.marks for sentence in checked.sentences), question


def test_any_change_breaks_the_seal(receipt: Receipt, receipts: Receipts) -> None:
    spoilt = changed(receipt, lambda body: body["answer"]["notes"].append("Không có thật."))
    assert not spoilt.intact and troubles(receipts.check(spoilt, DAY)) == {"altered"}


@pytest.mark.parametrize(
    ("change", "found"),
    [
        (say_instead("80%", "90%"), {"figure"}),
        (say_instead("70 nước", "17 nước"), {"figure"}),
        (say_instead("Việt Nam thuộc", "Việt Nam không thuộc"), {"negation"}),
        (say_instead("thiết bị di động", "điện thoại"), {"words"}),
        (quote_instead("80%", "90%"), {"never_stood"}),
        (lambda body: body["passages"].clear(), {"no_passage", "unknown_mark"}),
        (lambda body: body["passages"][0].update(sha256="0" * 64), {"passage_altered"}),
        (lambda body: [c.update(locator="Điều 9") for c in body["answer"]["citations"]], {"no_passage", "provision_removed"}),
        (lambda body: [c.update(place=c["locator"], locator="Điều 9") for c in body["answer"]["citations"]], {"misplaced"}),
        (lambda body: [c.update(span=[0, 5]) for c in body["answer"]["citations"]], {"not_quoted"}),
        (lambda body: [c.update(status="replaced") for c in body["answer"]["citations"]], {"status"}),
        (lambda body: body["sentences"].clear(), {"other_sentences"}),
        (lambda body: body["sentences"][0].update(text="Kinh tế số chiếm 99% GDP."), {"other_sentences"}),
        (lambda body: body["answer"].update(text=body["answer"]["text"] + " Kinh tế số chiếm 99% GDP."), {"no_mark"}),
        (lambda body: body["answer"].update(text=body["answer"]["text"] + " Kinh tế số chiếm 99% GDP [9]."), {"unknown_mark"}),
        (lambda body: body["answer"]["citations"].append(body["answer"]["citations"][0]), {"marks_twice"}),
    ],
)  # fmt: skip
def test_a_forger_who_seals_anew_is_found_out(change: Callable[[Body], object], found: set[str], receipt: Receipt, receipts: Receipts) -> None:
    forged = Receipt.seal(changed(receipt, change).body)
    checked = receipts.check(parse(forged.to_bytes(), "forged.json"), DAY)
    assert forged.intact and not checked.stands
    assert found <= troubles(checked) and "altered" not in troubles(checked)


def test_a_clause_quoted_whole_is_one_entry(tmp_path: Path) -> None:
    act = tmp_path / "act.txt"
    act.write_text(ACT_TEXT, "utf-8")
    settings = Settings(tmp_path / "home", library=TINY)
    ingest_paths(settings, [act])
    assistant = open_assistant(settings)
    assert assistant.receipts is not None
    made = assistant.receipts.issue(assistant.ask("77/2026/TT-BNG Điều 2 quy định gì?", (), DAY), (), MADE)
    checked = assistant.receipts.check(made, DAY)
    assert checked.stands and any("có thẩm quyền" in sentence.text for sentence in checked.sentences)
    for old, new in (("1. Cấp", "2. Cấp"), ("không quá 5 ngày", "quá 5 ngày"), ("gia hạn hộ chiếu", "thu hộ chiếu")):
        forged = Receipt.seal(changed(made, say_instead(old, new)).body)
        assert not assistant.receipts.check(forged, DAY).stands, old


def test_acts_that_disagree_verify_side_by_side_and_their_labels_too(tmp_path: Path) -> None:
    encoder, home = open_encoder(None), Home(tmp_path)
    with closing(Catalogue.open(home.catalogue_url)) as catalogue:
        for number, issued, days in (("11/2020/NĐ-CP", "2020-03-01", 15), ("22/2025/NĐ-CP", "2025-01-01", 5)):
            text = Bilingual(f"Hồ sơ đăng ký tên miền quốc gia phải gửi trong {days} ngày kể từ ngày lựa chọn tên.")
            rows = (Provision(Locator.parse(f"Điều {days}"), Bilingual("Hồ sơ"), text),)
            title = Bilingual("Nghị định về tên miền")
            document = Document(number, title, Bilingual("Chính phủ"), "decree", issued, "in_force", text_kind="official", provisions=rows)
            ingest(home, catalogue, encoder, [document], source=number)
        retriever = open_retriever(home, catalogue, encoder, "")
        understander = Understander(retriever.documents, retriever.names, Glossary(()), Lexicon.empty())
        receipts = Receipts(retriever.documents, Verifier(encoder), Origin("0", "0001", "", "", "", {}))
        assistant = Assistant(retriever, retriever.lexical, encoder, understander, Verifier(encoder), tuning=Tuning.read(WEIGHTS))
        answer = assistant.ask("Hồ sơ đăng ký tên miền quốc gia phải gửi trong bao nhiêu ngày?", (), DAY)
        made = receipts.issue(answer, (), MADE)
        assert answer.outcome is Outcome.CONFLICT and receipts.check(made, DAY).stands
        for old, new in (("ngày 1/3/2020", "ngày 1/3/2021"), ("Chính phủ", "Quốc hội"), ("Điều 15", "Điều 16"), ("15 ngày", "5 ngày")):
            assert not receipts.check(Receipt.seal(changed(made, say_instead(old, new)).body), DAY).stands, old


def test_own_words_carry_no_others(assistant: Assistant, receipts: Receipts) -> None:
    answer = assistant.ask("Ai thắng giải bóng đá ở Brazil?", (), DAY)
    made = receipts.issue(answer, (), MADE)
    for smuggled in ("Nội dung gần nhất: kinh tế số chiếm 99% GDP.", "Không thấy nói đến: “kinh tế số chiếm 99% GDP”.", "Kinh tế số chiếm 99% GDP."):
        forged = Receipt.seal(changed(made, lambda body, words=smuggled: body["answer"].update(text=words)).body)  # type: ignore[misc]
        assert "no_mark" in troubles(receipts.check(forged, DAY)), smuggled


def test_the_library_as_it_was_verifies(receipt: Receipt, at_library: Callable[[], Receipts]) -> None:
    assert at_library().check(receipt, DAY).stands


def test_a_figure_that_has_changed_in_the_library(receipt: Receipt, library_copy: Path, at_library: Callable[[], Receipts]) -> None:
    spoil(library_copy, ACT, "80% dịch vụ công", "85% dịch vụ công")
    checked = at_library().check(receipt, DAY)
    assert troubles(checked) == {"changed_since"}
    assert told(checked, "changed_since", "en").startswith("changed since: ")
    assert told(checked, "changed_since", "vi").startswith("đã thay đổi: ")
    # its neighbour in the same provision still stands
    assert [s.stands for s in checked.sentences if "70 nước" in s.text] == [True]


def test_words_before_it_move_a_quote_and_leave_it_standing(receipt: Receipt, library_copy: Path, at_library: Callable[[], Receipts]) -> None:
    spoil(library_copy, ACT, "Đến năm 2025, 80% dịch vụ công", "Mục tiêu được đặt ra như sau. Đến năm 2025, 80% dịch vụ công")
    assert at_library().check(receipt, DAY).stands


def test_a_document_that_was_removed(receipt: Receipt, library_copy: Path, at_library: Callable[[], Receipts]) -> None:
    (library_copy / ACT).unlink()
    checked = at_library().check(receipt, DAY)
    assert troubles(checked) == {"document_removed"}
    assert told(checked, "document_removed", "en").startswith("document removed: 749/QĐ-TTg")


def test_a_provision_that_was_removed(receipt: Receipt, library_copy: Path, at_library: Callable[[], Receipts]) -> None:
    spoil(library_copy, ACT, "## Điều 1, II.1.a (2025)", "## Điều 1, II.1.c (2025)")
    assert troubles(at_library().check(receipt, DAY)) == {"provision_removed"}


def test_an_act_that_was_replaced_since(receipt: Receipt, library_copy: Path, at_library: Callable[[], Receipts]) -> None:
    spoil(library_copy, ACT, "relations:\n", 'relations:\n  - {type: replaced_by, target: "20/2023/QH15", since: "2027-01-01"}\n')
    receipts = at_library()
    assert receipts.check(receipt, date(2026, 12, 31)).stands
    checked = receipts.check(receipt, date(2027, 1, 1))
    assert troubles(checked) == {"replaced"}
    assert told(checked, "replaced", "en") == "749/QĐ-TTg is now replaced by 20/2023/QH15, from 2027-01-01"
    assert told(checked, "replaced", "vi") == "749/QĐ-TTg nay đã được thay thế bởi 20/2023/QH15, từ ngày 2027-01-01"


def test_an_act_that_had_ended_when_it_was_cited_is_a_note(library_copy: Path, tmp_path: Path) -> None:
    spoil(library_copy, ACT, "effective_to: null", 'effective_to: "2025-12-31"')
    assistant = open_assistant(Settings(tmp_path / "home", library=library_copy))
    assert assistant.receipts is not None
    made = assistant.receipts.issue(assistant.ask(QUESTION, (), date(2025, 1, 1)), (), MADE)
    checked = assistant.receipts.check(made, DAY)
    assert checked.stands and told(checked, "expired", "en") == "749/QĐ-TTg is no longer in force after 2025-12-31"


def test_what_a_chat_model_was_given_and_said_is_kept(tmp_path: Path) -> None:
    with serving() as server:
        settings = Settings(tmp_path, library=TINY, model="openai:scripted", model_url=server.address, model_key="hunter2", show_unverified=True)
        said = "Đến năm 2025, {}% dịch vụ công trực tuyến ở mức độ 4 được cung cấp trên nhiều phương tiện, kể cả thiết bị di động [1]. "
        server.scripted = said.format(80) + "Việt Nam thuộc nhóm 70 nước dẫn đầu về chính phủ điện tử [1]. " + said.format(95)
        assistant = open_assistant(settings)
        answer = assistant.ask(QUESTION, (), DAY)
    assert assistant.receipts is not None and answer.reply is not None
    data = receipt_bytes(assistant, answer)
    receipt = parse(data, "r.json")
    model = receipt.body["model"]
    assert b"hunter2" not in data
    assert model["name"] == "openai:scripted" and model["settings"]["context_tokens"] == 4096
    assert model["boundary"] in model["system"] and model["boundary"] in model["user"] and QUESTION in model["user"]
    assert model["reply"] == answer.reply.text and [s["verified"] for s in model["sentences"]] == [j.verified for j in answer.reply.judged]
    checked = assistant.receipts.check(receipt, DAY)
    assert [("95%" in sentence.text, sentence.stands) for sentence in checked.sentences] == [(False, True), (False, True), (True, False)]
    assert troubles(checked) == {"labelled_unverified"}


def test_a_file_is_replaced_whole_and_a_folder_must_be_there(receipt: Receipt, tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text("old", "utf-8")
    receipt.save(tmp_path / "r.json")
    assert json.loads((tmp_path / "r.json").read_text("utf-8"))["sha256"] == receipt.sha256
    for bad in (tmp_path, tmp_path / "none" / "r.json", tmp_path / "r.json" / "r.json"):
        with pytest.raises(NotSaved):
            receipt.save(bad)
    assert [path.name for path in tmp_path.iterdir()] == ["r.json"]


values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=12,
)


@given(extra=values, question=st.text(max_size=40))
def test_whatever_json_it_holds_a_receipt_comes_back_equal_and_intact(extra: object, question: str, receipt: Receipt) -> None:
    body = changed(receipt, lambda body: (body.update(extra=extra, question=question), body["answer"].update(question=question))).body
    sealed = Receipt.seal(body)
    again = parse(sealed.to_bytes(), "r.json")
    assert again == sealed and again.intact and again.to_bytes() == sealed.to_bytes()


@given(place=st.integers(0, 63), digit=st.sampled_from("0123456789abcdef"))
def test_another_hash_is_never_taken(place: int, digit: str, receipt: Receipt) -> None:
    forged = receipt.sha256[:place] + digit + receipt.sha256[place + 1 :]
    assert Receipt(receipt.body, forged).intact == (forged == receipt.sha256)


def test_half_a_surrogate_pair_is_no_hindrance(receipt: Receipt) -> None:
    sealed = Receipt.seal(changed(receipt, lambda body: body.update(extra="a\ud800b")).body)
    assert parse(sealed.to_bytes(), "r.json").body["extra"] == "a?b"
