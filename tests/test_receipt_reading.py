"""A file that is no receipt is refused in one clear sentence with its name, whatever is in it, and nothing that it names is opened."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Citation, Evidence, Outcome
from assistant.errors import BadReceipt
from assistant.receipt import Receipt
from assistant.receipt_reading import LARGEST, parse, read
from assistant.receipts import Origin, Receipts
from assistant.verification.judge import Verifier
from corpus.document import Document

QUOTE = "Mục tiêu kép của Chương trình là phát triển Chính phủ số"


@pytest.fixture(scope="module")
def receipt(documents: dict[str, Document]) -> Receipt:
    act = documents["749/QĐ-TTg"]
    provision = act.provisions[1]
    start = provision.text.vi.index(QUOTE)
    citation = Citation(
        1, act.number, act.title.vi, str(provision.locator), QUOTE, "digest", "in_force", "", "p", True, (start, start + len(QUOTE)), "vi",
        "provision",
    )  # fmt: skip
    text = f"{QUOTE} [1]."
    answer = Answer("Mục tiêu?", "vi", date(2026, 9, 1), Outcome.ANSWERED, text, (citation,), (Evidence(act.number, "Điều 1", "p", 1.0),))
    return Receipts(documents, Verifier(), Origin("0", "0001", "l", "e", "w", {})).issue(answer)


def with_(receipt: Receipt, change: Callable[[dict[str, Any]], object]) -> bytes:
    body = json.loads(receipt.to_bytes())
    body.pop("sha256")
    change(body)
    return Receipt.seal(body).to_bytes()


def refused(data: bytes, name: str = "r.json") -> str:
    with pytest.raises(BadReceipt) as error:
        parse(data, name)
    said = str(error.value)
    assert said.startswith(name) and said.endswith(".") and "\n" not in said and error.value.advice
    return said


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"", "not JSON"),
        (b"%PDF-1.7", "not JSON"),
        (b"\xff\xfe{", "not JSON"),
        (b'{"format": "attache-receipt/1", "x": ' + b"9" * 5000 + b"}", "not JSON"),
        (b"[]", "no receipt"),
        (b"null", "no receipt"),
        (b'{"question": "x"}', "no receipt"),
        (b'{"format": 1}', "no receipt"),
        (b'{"format": "attache-receipt/9"}', "reads attache-receipt/1"),
        (b'{"format": "attache-receipt/1"}', "no hash"),
        (b'{"format": "attache-receipt/1", "sha256": 5}', "no hash"),
        (b'{"format": "attache-receipt/1", "sha256": "0"}', "lacks the field “question”"),
        (b'{"format": "attache-receipt/1", "format": "attache-receipt/1"}', "twice"),
        (b"[" * 100_000, "nested too deeply"),
        (b"[" * 100 + b"]" * 100, "nested too deeply"),
        (b'{"a":' * 100_000, "nested too deeply"),
        (b" " * (LARGEST + 1), "larger than"),
    ],
)
def test_what_is_no_receipt_is_refused_in_a_sentence(data: bytes, reason: str) -> None:
    assert reason in refused(data)


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        (lambda b: b.pop("passages"), "lacks the field “passages”"),
        (lambda b: b["answer"].pop("text"), "lacks the field “answer.text”"),
        (lambda b: b["answer"].update(text=None), "“answer.text” that is not a text"),
        (lambda b: b.update(history="x"), "“history” that is not a list"),
        (lambda b: b.update(history=[1]), "“history” that is not an object"),
        (lambda b: b.update(question="Another?"), "contradicts itself"),
        (lambda b: (b.update(language="fr"), b["answer"].update(language="fr")), "language"),
        (lambda b: (b.update(as_of="soon"), b["answer"].update(as_of="soon")), "day or time"),
        (lambda b: b["answer"]["citations"][0].pop("quote"), "lacks the field “answer.citations.quote”"),
        (lambda b: b["answer"]["citations"][0].update(mark=True), "“answer.citations.mark” that is not a number"),
        (lambda b: b["answer"]["citations"][0].update(span=[5, 1]), "no span"),
        (lambda b: b["answer"]["citations"][0].update(span=["a", "b"]), "no span"),
        (lambda b: b["passages"][0].update(sha256=1), "“passages.sha256” that is not a text"),
        (lambda b: b["sentences"][0].pop("marks"), "lacks the field “sentences.marks”"),
    ],
)
def test_a_field_that_is_missing_or_wrong_is_named(change: Callable[[dict[str, Any]], object], reason: str, receipt: Receipt) -> None:
    assert reason in refused(with_(receipt, change))


@pytest.mark.parametrize("path", ["/etc/passwd", "../../secret", "a/../../b", "~/x", "file:///etc/passwd", "C:\\x", "\\\\host\\x", "x\x00y"])
@pytest.mark.parametrize("where", ["document", "held_as"])
def test_a_path_in_the_place_of_a_document_is_refused(path: str, where: str, receipt: Receipt) -> None:
    assert "names a path" in refused(with_(receipt, lambda b: b["answer"]["citations"][0].update({where: path})))
    assert "names a path" in refused(with_(receipt, lambda b: b["passages"][0].update({where: path})))


def test_numbers_of_documents_are_no_paths(receipt: Receipt) -> None:
    for number in ("148/2025/QH15", "50/NQ-CP (2020)", "TĐNGS-02/11/2022", "749/QĐ-TTg~official"):
        assert parse(with_(receipt, lambda b, n=number: b["passages"][0].update(document=n)), "r.json")  # type: ignore[misc]


@pytest.mark.parametrize("word", [b"NaN", b"Infinity", b"1e999", b'"\\ud800"'])
def test_what_json_does_not_allow_is_refused(word: bytes, receipt: Receipt) -> None:
    assert "does not allow" in refused(receipt.to_bytes().replace(b'"seconds": 0.0', b'"seconds": ' + word))


def test_what_is_no_file_is_refused(tmp_path: Path) -> None:
    for bad in (tmp_path, tmp_path / "none.json"):
        with pytest.raises(BadReceipt, match="is no file that exists"):
            read(bad)


@given(st.binary(max_size=200))
def test_no_bytes_end_in_another_error(data: bytes) -> None:
    refused(data)


@given(data=st.data())
def test_a_receipt_any_of_whose_values_is_another_is_refused_or_fails(data: st.DataObject, receipt: Receipt, documents: dict[str, Document]) -> None:
    body = json.loads(receipt.to_bytes())
    row: Any = body
    while True:
        key = data.draw(st.sampled_from(sorted(row) if isinstance(row, dict) else range(len(row))))
        if not isinstance(row[key], dict | list) or not row[key] or data.draw(st.booleans()):
            break
        row = row[key]
    before = row[key]
    row[key] = data.draw(st.none() | st.integers(-3, 3) | st.text(max_size=5) | st.just([]) | st.just({}))
    try:
        again = parse(json.dumps(body).encode(), "r.json")
    except BadReceipt:
        return
    checked = Receipts(documents, Verifier(), Origin("0", "0001", "l", "e", "w", {})).check(again, date(2026, 9, 1))
    # true, 1 and 1.0 are equal in Python and three things in JSON
    assert checked.stands == (row[key] == before and type(row[key]) is type(before))
