"""The lexical index, on real Tantivy."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import settings as rules
from hypothesis import strategies as st

from corpus.normalise import fold
from corpus.passages import Passage
from index.entry import NO_FILTERS, Entry, Filters
from index.errors import StoreFailed
from index.lexical import TantivyIndex
from tests.test_entry import limits, varied


@pytest.fixture(scope="module")
def entries(passages: list[Passage]) -> list[Entry]:
    return [Entry(p.id, p.serves, p.embedding_text, p.document) for p in passages]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory, entries: list[Entry]) -> TantivyIndex:
    index = TantivyIndex(tmp_path_factory.mktemp("lexical"))
    index.write(entries)
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


def test_diacritics_tell_words_apart(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "two")
    index.write([Entry("thu", "vi", "thu phí", "d"), Entry("thư", "vi", "thư phí", "d")])
    assert _found(index, "thư phí") == ["thư", "thu"]
    (_, one), (_, other) = index.search("thu phi", serves="vi", k=5)
    assert one == other


def test_only_passages_that_serve_the_language_are_found(tmp_path: Path, index: TantivyIndex, entries: list[Entry]) -> None:
    assert {name[-2:] for name in _found(index, "52-NQ/TW", k=50)} == {"vi"}
    assert {name[-2:] for name in _found(index, "52-NQ/TW", k=50, serves="en")} == {"en"}
    one = TantivyIndex(tmp_path / "any")
    one.write([replace(entries[0], serves="any")])
    assert _found(one, entries[0].text) == _found(one, entries[0].text, serves="en") == [entries[0].key]


def test_named_documents_limit_the_search_and_leave_the_scores(index: TantivyIndex) -> None:
    everywhere = dict(index.search("mục tiêu kinh tế số", serves="vi", k=50))
    for documents in (("749/QĐ-TTg",), ("749/QĐ-TTg", "20/2023/QH15"), ("no such",)):
        inside = dict(index.search("mục tiêu kinh tế số", serves="vi", k=50, filters=Filters(documents=documents)))
        assert set(inside) == {name for name in everywhere if name.split("#")[0] in documents}
        assert inside == pytest.approx({name: everywhere[name] for name in inside})


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> TantivyIndex:
    index = TantivyIndex(tmp_path_factory.mktemp("varied"))
    index.write(varied(90)[:50])
    index.write(varied(90)[50:])
    return index


@rules(max_examples=60)
@given(limits, st.integers(0, 89), st.sampled_from([1, 4, 10, 99]), st.sampled_from(["vi", "en"]))
def test_filters_agree_with_what_they_say(many: TantivyIndex, filters: Filters, at: int, k: int, serves: str) -> None:
    entries = {e.key: e for e in varied(90)}
    everywhere = {s: dict(many.search(f"kinh tế {at}", serves=s, k=99)) for s in ("vi", "en")}
    admitted = {key: score for key, score in everywhere[serves].items() if filters.admit(entries[key])}
    found = many.search(f"kinh tế {at}", serves=serves, k=k, filters=filters)
    assert set(everywhere[serves]) == {e.key for e in entries.values() if e.serves in (serves, "any")}
    assert dict(found) == pytest.approx({key: admitted[key] for key, _ in found}) and len(found) == min(k, len(admitted))
    assert [s for _, s in found] == pytest.approx(sorted(admitted.values(), reverse=True)[:k])


def test_what_serves_another_language_never_takes_the_place_of_what_is_sought(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "x")
    index.write([Entry(f"en{i}", "en", "5G 5G", "d") for i in range(30)] + [Entry(f"vi{i}", "vi", "mạng 5G ở Việt Nam", "d") for i in range(3)])
    for filters in (NO_FILTERS, Filters(documents=("d",))):
        assert sorted(_found(index, "5G", k=2, filters=filters)) == ["vi0", "vi1"]


def test_of_a_long_question_the_commonest_words_are_left_out_first(tmp_path: Path) -> None:
    entries = [Entry(f"k{i}", "vi", f"của các quy định hiếm{i} {'lạ' if i < 3 else 'quen'}", "d") for i in range(20)]
    whole, little = TantivyIndex(tmp_path / "x"), TantivyIndex(tmp_path / "y", read=10)
    for index in (whole, little):
        index.write(entries)
    question = "của các quy định lạ hiếm1"
    assert _found(whole, question)[0] == _found(little, question)[0] == "k1"
    assert set(_found(little, question)) == {"k0", "k1", "k2"} < set(_found(whole, question, k=20)) == {e.key for e in entries}
    assert len(_found(little, "của các", k=20)) == 20  # one word is always looked for
    assert [s for _, s in little.search("lạ", serves="vi", k=5)] == [s for _, s in whole.search("lạ", serves="vi", k=5)]


def test_expansions_add_what_the_words_do_not_find(index: TantivyIndex) -> None:
    assert _found(index, "e-sign", serves="vi") == []
    assert _found(index, "e-sign", serves="vi", also=[("chữ ký điện tử", 0.5)])[0] == SIGNATURE + "vi"
    ahead = []
    for weight in (0.1, 1.0):
        found = dict(index.search("doanh nghiệp", serves="vi", k=50, also=[("toàn cầu", weight)]))
        ahead.append(found[GOAL + "vi"] / min(found.values()))  # the last one holds none of the words added
    assert ahead[0] < ahead[1]


def test_scores_are_shares_of_what_the_question_allows(index: TantivyIndex) -> None:
    short, padded = (index.search(text, serves="vi", k=5) for text in ("chữ ký điện tử", "chữ ký điện tử của tàu ngầm bỏ túi mini"))
    assert all(0 < score < 1 for _, score in short)
    assert short[0][0] == padded[0][0] and padded[0][1] < short[0][1]  # what nobody wrote counts too


@pytest.mark.parametrize("query", ["", " ", "?!", "—", "\u200b"])
def test_a_query_without_words_finds_nothing(index: TantivyIndex, query: str) -> None:
    assert _found(index, query) == []


@pytest.mark.parametrize("query", ["(", "serves:en AND x", '"', "kinh tế* OR +số -tế", "a" * 5000, "số " * 3000])
def test_no_query_is_read_as_syntax(index: TantivyIndex, query: str) -> None:
    assert all(name.endswith("@vi") for name in _found(index, query))


def test_size_and_frequency(index: TantivyIndex, passages: list[Passage]) -> None:
    assert index.size() == len(passages) and set(index.keys()) == {p.id for p in passages}
    assert index.frequency("nghi_quyet") == sum("nghi quyet" in fold(p.embedding_text) for p in passages)
    assert index.frequency("nowhere") == 0


def test_what_is_deleted_is_gone_from_every_number(tmp_path: Path, entries: list[Entry]) -> None:
    index = TantivyIndex(tmp_path / "x")
    index.delete(["nothing is there"])
    index.write([*entries, Entry("last", "vi", "từ độc nhất vô nhị", "d")])
    gone = [entry.key for entry in entries[::2]]
    index.delete([*gone, "last", "last", "never was"])
    left = {entry.key for entry in entries[1::2]}
    assert set(index.keys()) == left and index.size() == len(left) and index.frequency("doc_nhat") == 0
    assert {name for s in ("vi", "en") for name in _found(index, entries[0].text, k=99, serves=s)} <= left
    assert set(TantivyIndex(tmp_path / "x").keys()) == left
    index.write(entries[:1])
    assert _found(index, entries[0].text, serves=entries[0].serves)[0] == entries[0].key


def test_the_same_key_is_replaced(tmp_path: Path) -> None:
    index = TantivyIndex(tmp_path / "x")
    index.write([Entry("k", "vi", "một", "d"), Entry("k", "vi", "hai", "d"), Entry("other", "vi", "hai", "d")])
    assert index.size() == 2 and index.frequency("mot") == 0 and sorted(_found(index, "hai")) == ["k", "other"]
    index.write([Entry("k", "en", "ba", "e")])
    assert index.size() == 2 and sorted(index.keys()) == ["k", "other"]
    assert _found(index, "hai") == ["other"] and _found(index, "ba", serves="en", filters=Filters(documents=("e",))) == ["k"]


_acts = st.lists(st.tuples(st.booleans(), st.lists(st.integers(0, 11), max_size=6)), max_size=5)


@rules(max_examples=15)
@given(_acts)
def test_after_any_history_it_holds_what_was_said_last(tmp_path_factory: pytest.TempPathFactory, acts: list[tuple[bool, list[int]]]) -> None:
    index = TantivyIndex(tmp_path_factory.mktemp("history"))
    held: dict[str, int] = {}
    for n, (write, rows) in enumerate(acts):
        keys = [f"k{i}" for i in rows]
        if write:
            index.write([Entry(key, "vi", f"lượt {n}", "d") for key in keys])
            held |= dict.fromkeys(keys, n)
        else:
            index.delete(keys)
            held = {key: n for key, n in held.items() if key not in keys}
    assert sorted(index.keys()) == sorted(held) and index.size() == len(held)
    assert sorted(_found(index, "lượt", k=99)) == sorted(held)
    for n in range(len(acts)):
        assert index.frequency(f"luot_{n}") == list(held.values()).count(n)


def test_a_writing_that_breaks_off_leaves_the_index_as_it_was(tmp_path: Path, entries: list[Entry]) -> None:
    def broken() -> Iterator[Entry]:
        yield entries[1]
        raise KeyError("no more")

    index = TantivyIndex(tmp_path / "x")
    index.write(entries[:1])
    with pytest.raises(KeyError):
        index.write(broken())
    assert list(index.keys()) == [entries[0].key]
    index.write(entries[2:3])
    assert index.size() == 2


def test_a_second_opening_reads_what_was_written(tmp_path: Path, entries: list[Entry]) -> None:
    TantivyIndex(tmp_path / "x").write(entries)
    again = TantivyIndex(tmp_path / "x")
    assert again.size() == len(entries) and _found(again, "chữ ký điện tử")[0] == SIGNATURE + "vi"
    again.write([replace(entries[0], key="one more")])
    assert again.size() == len(entries) + 1


def test_a_damaged_folder_is_our_error(tmp_path: Path, entries: list[Entry]) -> None:
    TantivyIndex(tmp_path / "x").write(entries)
    (tmp_path / "x" / "meta.json").write_text("{", "utf-8")
    with pytest.raises(StoreFailed, match="cannot be opened") as caught:
        TantivyIndex(tmp_path / "x")
    assert "index rebuild" in caught.value.advice


@pytest.mark.parametrize("damage", [lambda path: path.unlink(), lambda path: path.write_bytes(b"")], ids=["lost", "emptied"])
def test_damaged_parts_are_our_error(tmp_path: Path, entries: list[Entry], damage: Callable[[Path], object]) -> None:
    TantivyIndex(tmp_path / "x").write(entries)
    for part in (tmp_path / "x").glob("*.term"):
        damage(part)
    with pytest.raises(StoreFailed) as caught:
        _found(TantivyIndex(tmp_path / "x"), "chữ ký điện tử")
    assert "index rebuild" in caught.value.advice


def test_two_writers_at_once_are_our_error(tmp_path: Path, entries: list[Entry]) -> None:
    first, second = TantivyIndex(tmp_path / "x"), TantivyIndex(tmp_path / "x")

    def meanwhile() -> Iterator[Entry]:
        with pytest.raises(StoreFailed, match="cannot be written"):
            second.write(entries[:1])
        yield entries[1]

    first.write(meanwhile())
    assert list(first.keys()) == [entries[1].key]
