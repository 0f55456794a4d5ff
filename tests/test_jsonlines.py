"""JSON lines: records and provisions, streamed; what cannot be used is named and skipped."""

from __future__ import annotations

import gzip
import json
import lzma
import unicodedata
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.document import RECORD, Bilingual, Document
from corpus.errors import Fault, Unreadable
from corpus.jsonlines import _cleaned, read_json_lines
from corpus.normalise import clean
from corpus.passages import cut
from tests.strategies import policy_texts, texts

Write = Callable[..., Path]


@pytest.fixture
def write(tmp_path: Path) -> Write:
    """Writes a file of rows; a row that is text or bytes is written as it is."""

    def written(*rows: Any, name: str = "x.jsonl") -> Path:
        lines = [r if isinstance(r, bytes) else r.encode() if isinstance(r, str) else json.dumps(r, ensure_ascii=False).encode() for r in rows]
        (tmp_path / name).write_bytes(b"\n".join(lines))
        return tmp_path / name

    return written


def _read(path: Path) -> tuple[list[Document], list[Fault]]:
    faults: list[Fault] = []
    return list(read_json_lines(path, faults)), faults


def test_a_record_is_a_document_of_one_provision(write: Write) -> None:
    (document,), faults = _read(write({"id": "q-1", "title": "Hộ chiếu", "text": "Công dân có quyền được cấp hộ chiếu."}))
    assert (document.number, document.kind, document.title, faults) == ("q-1", RECORD, Bilingual("Hộ chiếu", ""), [])
    (provision,) = document.provisions
    assert provision.text == Bilingual("Công dân có quyền được cấp hộ chiếu.", "") and provision.heading == Bilingual()
    (passage,) = cut(document)
    assert (passage.document, passage.serves) == ("q-1", "any")
    assert passage.embedding_text == "Hộ chiếu\nCông dân có quyền được cấp hộ chiếu."


def test_a_record_without_title_is_searched_by_its_text_alone(write: Write) -> None:
    (document,), _ = _read(write({"id": 7, "title": None, "text": "One sentence."}))
    assert document.number == "7" and [p.embedding_text for p in cut(document)] == ["One sentence."]


def test_neighbouring_rows_of_one_document_are_joined(write: Write) -> None:
    path = write(
        {"topic": "a/b", "article": "1", "title": "Phạm vi", "text": "Một."},
        {"topic": "a/b", "article": "1.2.NĐ", "title": "Đối tượng", "text": "Hai."},
        {"topic": "c", "article": "1", "text": "Ba."},
        {"document": "12/2020/NĐ-CP", "locator": "Điều 5, khoản 2", "text": "Bốn.", "kind": "decree", "document_title": "Nghị định về phí"},
    )
    (first, second, third), faults = _read(path)
    assert faults == [] and [d.number for d in (first, second, third)] == ["a/b", "c", "12/2020/NĐ-CP"]
    assert [(str(p.locator), p.heading.vi) for p in first.provisions] == [("Điều 1", "Phạm vi"), ("Điều 1.2.NĐ", "Đối tượng")]
    assert [p.embedding_text for p in cut(first)] == ["Phạm vi\nMột.", "Đối tượng\nHai."]
    assert [p.embedding_text for p in cut(second)] == ["Ba."]
    assert third.kind == "decree" and cut(third)[0].breadcrumb == "12/2020/NĐ-CP · Nghị định về phí · Điều 5, khoản 2"


def test_a_locator_that_stands_twice_is_told_apart(write: Write) -> None:
    rows = [{"topic": "a", "article": label, "text": f"Câu {i}."} for i, label in enumerate(["1", "1", "1 (2)", "1"])]
    (document,), _ = _read(write(*rows))
    labels = [str(p.locator) for p in document.provisions]
    assert labels == ["Điều 1", "Điều 1 (2)", "Điều 1 (2) (2)", "Điều 1 (3)"]
    assert all(document.find(label) is p for label, p in zip(labels, document.provisions, strict=True))


def test_what_a_row_may_say_of_its_document(write: Write) -> None:
    row = {
        "id": "x", "text": "Chữ.", "issuer": "Bộ Ngoại giao", "kind": "circular", "issued": "2024-05", "effective_from": "2024-07-01",
        "effective_to": "2025-12-31", "url": "https://example.org/x", "number": "1/2024/TT-BNG", "lang": "vi", "further": [1],
    }  # fmt: skip
    (document,), faults = _read(write(row))
    assert faults == [] and document.valid_between() == (20240701, 20251231)
    assert (document.issuer, document.kind, document.issued, document.status) == (Bilingual("Bộ Ngoại giao"), "circular", "2024-05", "in_force")
    assert (document.urls, document.aliases) == (("https://example.org/x",), ("1/2024/TT-BNG",))


@pytest.mark.parametrize(
    ("row", "language"),
    [
        ({"text": "Nghị quyết"}, "vi"), ({"text": "Resolution"}, "en"), ({"text": "Une résolution à Genève"}, "en"),
        ({"text": "nghi quyet", "lang": "vi"}, "vi"), ({"text": "Nghị quyết", "lang": "fr"}, "vi"), ({"text": "văn", "lang": "en"}, "en"),
    ],
)  # fmt: skip
def test_the_language_of_a_row(write: Write, row: dict[str, str], language: str) -> None:
    (document,), _ = _read(write({"id": "x", **row}))
    assert document.provisions[0].text.only(language)


BAD: list[tuple[Any, str]] = [
    ("nonsense", "the line is not JSON"),
    ("[" * 100_000, "the line is not JSON"),
    ('{"id": "a", "text": "x"', "the line is not JSON"),
    (b'{"id": "\xff", "text": "x"}', "the line is not UTF-8"),
    ('"x"', "the line is no JSON object"),
    ("[1]", "the line is no JSON object"),
    ({"text": "x"}, "the line lacks id"),
    ({"id": "", "text": "x"}, "the line lacks id"),
    ({"id": True, "text": "x"}, "id is neither text nor a whole number"),
    ({"id": 1.5, "text": "x"}, "id is neither text nor a whole number"),
    ({"id": {"a": 1}, "text": "x"}, "id is neither text nor a whole number"),
    ({"id": "a\nb", "text": "x"}, "id is empty, longer than 500 characters or holds control characters"),
    ('{"id": "\\ud800", "text": "x"}', "id is empty, longer than 500 characters or holds control characters"),
    ({"id": "x" * 501, "text": "x"}, "id is empty, longer than 500 characters or holds control characters"),
    ({"id": "a"}, "the line lacks text"),
    ({"id": "a", "text": None}, "the line lacks text"),
    ({"id": "a", "text": " \u200b\n"}, "the line lacks text"),
    ({"id": "a", "text": ["x"]}, "text is no text"),
    ({"id": "a", "text": "x", "title": 5}, "title is no text"),
    ({"topic": "a", "text": "x"}, "the line lacks locator or article"),
    ({"article": "1", "text": "x"}, "the line lacks id"),
    ({"topic": "a", "locator": "Điều 1,", "text": "x"}, "“Điều 1,” is not an address: a step is empty."),
    ({"id": "a", "text": "x", "issued": "1/2/2024"}, "issued is no date in the form YYYY[-MM[-DD]]"),
    ({"id": "a", "text": "x", "effective_to": "2024-13"}, "effective_to is no date in the form YYYY[-MM[-DD]]"),
    ({"id": "a", "text": "x", "url": "javascript:alert(1)"}, "url is no http or https address"),
]


@pytest.mark.parametrize(("row", "reason"), BAD)
def test_a_line_that_cannot_be_used_is_named_and_skipped(write: Write, row: Any, reason: str) -> None:
    documents, faults = _read(write({"id": "before", "text": "x"}, row, {"id": "after", "text": "x"}))
    assert [d.number for d in documents] == ["before", "after"] and faults == [Fault("x.jsonl:2", reason)]


def test_a_bad_row_inside_a_document_does_not_part_it(write: Write) -> None:
    path = write({"topic": "a", "article": "1", "text": "Một."}, "nonsense", {"topic": "a", "article": "2", "text": "Hai."})
    (document,), faults = _read(path)
    assert len(document.provisions) == 2 and [f.name for f in faults] == ["x.jsonl:2"]


def test_empty_lines_and_a_byte_order_mark_are_nothing(write: Write) -> None:
    documents, faults = _read(write(b'\xef\xbb\xbf{"id": "a", "text": "x"}', "", "  \r", {"id": "b", "text": "y"}, ""))
    assert [d.number for d in documents] == ["a", "b"] and faults == []
    assert _read(write("")) == ([], [])


def test_text_is_composed_and_cleaned_at_the_door(write: Write) -> None:
    text = unicodedata.normalize("NFD", "Nghị  quyết\t52\u200b\r\n\n về số")
    (document,), _ = _read(write({"id": "x", "title": unicodedata.normalize("NFD", "Điều lệ"), "text": text}))
    assert document.title.vi == "Điều lệ" and document.provisions[0].text.vi == "Nghị quyết 52\nvề số"


@given(policy_texts | texts | st.text(st.sampled_from("aă \n\t\u200b\u0301\u2028")))
def test_the_quick_way_of_cleaning_is_the_slow_one(text: str) -> None:
    assert _cleaned(text) == clean(text)


@pytest.mark.parametrize(("suffix", "pack"), [(".xz", lzma.compress), (".gz", gzip.compress)])
def test_packed_files_read_the_same_and_tell_when_they_break_off(write: Write, suffix: str, pack: Callable[[bytes], bytes]) -> None:
    plain = write(*[{"id": str(n), "text": f"Câu {n} của một văn bản."} for n in range(3000)])
    packed = plain.with_name(f"x.jsonl{suffix}")
    packed.write_bytes(pack(plain.read_bytes()))
    assert _read(packed) == _read(plain) and len(_read(plain)[0]) == 3000
    packed.write_bytes(packed.read_bytes()[:-200])
    with pytest.raises(Unreadable, match="breaks off"):
        _read(packed)
    packed.write_bytes(b"no archive at all")
    with pytest.raises(Unreadable, match="cannot be read"):
        _read(packed)


def test_a_file_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(Unreadable, match="No such file") as caught:
        _read(tmp_path / "none.jsonl")
    assert "jsonl" in caught.value.advice


def test_progress_ends_at_the_size_of_the_file(write: Write) -> None:
    path = write(*[{"id": str(n), "text": "x"} for n in range(1000)])
    told: list[tuple[int, int]] = []
    list(read_json_lines(path, [], lambda done, total: told.append((done, total))))
    size = path.stat().st_size
    assert told == sorted(told) and told[-1] == (size, size) and len(told) > 2 and all(done <= size for done, _ in told)


def test_the_hash_of_a_document_follows_its_rows(write: Write) -> None:
    one = _read(write({"id": "a", "text": "x"}))[0][0]
    same = _read(write({"id": "a", "text": "x"}, {"id": "b", "text": "x"}))[0][0]
    other = _read(write({"id": "a", "text": "y"}))[0][0]
    assert one == same
    assert one.sha256 != other.sha256
