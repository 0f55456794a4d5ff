"""The lexical index, on real Tantivy."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus.normalise import fold
from corpus.passages import Passage
from index.errors import StoreFailed
from index.lexical import TantivyIndex


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, passages: list[Passage]) -> TantivyIndex:
    index = TantivyIndex(tmp_path_factory.mktemp("lexical"))
    index.write(passages)
    return index


def _found(index: TantivyIndex, query: str, **limits: object) -> list[str]:
    return [name for name, _ in index.search(query, **{"serves": "vi", "k": 5, **limits})]  # type: ignore[arg-type]


GOAL = "749/QĐ-TTg#Điều 1, II (mục tiêu kép)/1@"
TARGETS = "52-NQ/TW#III (mục tiêu 2030)/1@"
SIGNATURE = "20/2023/QH15#Điều 4, khoản 2/1@"


@pytest.mark.parametrize(
    ("query", "language", "expected"),
    [
        ("doanh nghiệp công nghệ số đi ra toàn cầu", "vi", GOAL),
        ("doanh nghiep cong nghe so di ra toan cau", "vi", GOAL),
        ("DOANH NGHIỆP công nghệ số", "vi", GOAL),
        ("tăng khoảng 7.5%, mạng 5G", "vi", TARGETS),
        ("digital technology firms going global", "en", GOAL),
        ("loại chữ ký điện tử", "vi", SIGNATURE),
        ("kind of electronic signatures", "en", SIGNATURE),
        ("September 27, 2019", "en", "52-NQ/TW#Thuộc tính/1@"),
        ("ngay 27 9 2019", "vi", "52-NQ/TW#Thuộc tính/1@"),
    ],
)
def test_the_right_provision_comes_first(index: TantivyIndex, query: str, language: str, expected: str) -> None:
    assert _found(index, query, serves=language)[0] == expected + language


def test_every_passage_finds_itself_with_and_without_diacritics(index: TantivyIndex, passages: list[Passage]) -> None:
    for passage in passages:
        for query in (passage.text, fold(passage.text)):
            assert _found(index, query, serves=passage.language)[0] == passage.id


def test_scores_fall_and_are_above_nought(index: TantivyIndex) -> None:
    scores = [score for _, score in index.search("kinh tế số", serves="vi", k=10)]
    assert len(scores) > 2 and scores == sorted(scores, reverse=True) and scores[-1] > 0
    assert len(index.search("kinh tế số", serves="vi", k=2)) == 2


def test_diacritics_tell_words_apart(tmp_path: Path, passages: list[Passage]) -> None:
    index = TantivyIndex(tmp_path / "two")
    index.write([replace(passages[0], id="thu", text="thu phí"), replace(passages[0], id="thư", text="thư phí")])
    assert _found(index, "thư phí") == ["thư", "thu"]
    (_, one), (_, other) = index.search("thu phi", serves="vi", k=5)
    assert one == other


def test_only_passages_that_serve_the_language_are_found(tmp_path: Path, index: TantivyIndex, passages: list[Passage]) -> None:
    assert {name[-2:] for name in _found(index, "52-NQ/TW", k=50)} == {"vi"}
    assert {name[-2:] for name in _found(index, "52-NQ/TW", k=50, serves="en")} == {"en"}
    one = TantivyIndex(tmp_path / "any")
    one.write([replace(passages[0], serves="any")])
    assert _found(one, passages[0].text) == _found(one, passages[0].text, serves="en") == [passages[0].id]


def test_named_documents_limit_the_search_and_leave_the_scores(index: TantivyIndex) -> None:
    everywhere = dict(index.search("mục tiêu kinh tế số", serves="vi", k=50))
    for documents in (["749/QĐ-TTg"], ["749/QĐ-TTg", "20/2023/QH15"], ["no such"]):
        inside = dict(index.search("mục tiêu kinh tế số", serves="vi", k=50, documents=documents))
        assert set(inside) == {name for name in everywhere if name.split("#")[0] in documents}
        assert inside == pytest.approx({name: everywhere[name] for name in inside})


def test_expansions_add_what_the_words_do_not_find(index: TantivyIndex) -> None:
    assert _found(index, "e-sign", serves="vi") == []
    assert _found(index, "e-sign", serves="vi", also=[("chữ ký điện tử", 0.5)])[0] == SIGNATURE + "vi"
    plain = dict(index.search("doanh nghiệp", serves="vi", k=50))
    more = dict(index.search("doanh nghiệp", serves="vi", k=50, also=[("toàn cầu", 1.0)]))
    less = dict(index.search("doanh nghiệp", serves="vi", k=50, also=[("toàn cầu", 0.1)]))
    assert plain[GOAL + "vi"] < less[GOAL + "vi"] < more[GOAL + "vi"]


@pytest.mark.parametrize("query", ["", " ", "?!", "—", "\u200b"])
def test_a_query_without_words_finds_nothing(index: TantivyIndex, query: str) -> None:
    assert _found(index, query) == []


@pytest.mark.parametrize("query", ["(", "serves:en AND x", '"', "kinh tế* OR +số -tế", "a" * 5000, "số " * 3000])
def test_no_query_is_read_as_syntax(index: TantivyIndex, query: str) -> None:
    assert all(name.endswith("@vi") for name in _found(index, query))


def test_size_and_frequency(index: TantivyIndex, passages: list[Passage]) -> None:
    assert index.size() == len(passages)
    assert index.frequency("nghi_quyet") == sum("nghi quyet" in fold(p.embedding_text) for p in passages)
    assert index.frequency("nowhere") == 0


def test_a_second_opening_reads_what_was_written(tmp_path: Path, passages: list[Passage]) -> None:
    TantivyIndex(tmp_path / "x").write(passages)
    again = TantivyIndex(tmp_path / "x")
    assert again.size() == len(passages) and _found(again, "chữ ký điện tử")[0] == SIGNATURE + "vi"
    again.write([replace(passages[0], id="one more")])
    assert again.size() == len(passages) + 1


def test_a_damaged_folder_is_our_error(tmp_path: Path, passages: list[Passage]) -> None:
    TantivyIndex(tmp_path / "x").write(passages)
    (tmp_path / "x" / "meta.json").write_text("{", "utf-8")
    with pytest.raises(StoreFailed, match="cannot be opened") as caught:
        TantivyIndex(tmp_path / "x")
    assert "index rebuild" in caught.value.advice
