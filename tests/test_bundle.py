"""The library's files become documents; a broken file names its line and reason and stops no other."""

from __future__ import annotations

import unicodedata
from pathlib import Path

import pytest

from corpus.bundle import INVERSE, KINDS, STATUSES, Library, library_hash, load_yaml, read_document, read_library
from corpus.document import Bilingual, Document, Relation
from corpus.errors import BadLibraryFile

FILE = "749-qd-ttg.md"


def _line(text: str, part: str) -> int:
    """The line on which the first `part` begins."""
    return text[: text.index(part)].count("\n") + 1


def _spoil(folder: Path, old: str, new: str, name: str = FILE) -> None:
    """Replace the first `old` of a file."""
    path = folder / name
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")


def test_the_tiny_library_is_read_whole(library: Library, documents: dict[str, Document]) -> None:
    assert library.broken == ()
    assert list(documents) == ["20/2023/QH15", "51/2005/QH11", "52-NQ/TW", "749/QĐ-TTg"]
    decision = documents["749/QĐ-TTg"]
    assert (decision.kind, decision.issued, decision.status, decision.text_kind) == ("decision", "2020-06-03", "in_force", "digest")
    assert decision.issuer == Bilingual("Thủ tướng Chính phủ", "Prime Minister")
    assert decision.effective_to is None and decision.urls[0].startswith("https://")
    assert [str(p.locator) for p in decision.provisions] == ["Thuộc tính", "Điều 1, II (mục tiêu kép)", "Điều 1, II.1.a (2025)"]
    goal = decision.provisions[1]
    assert goal.heading.en == "The Programme's dual goal" and goal.facts == ("T-QD749-2",) and goal.role == "provision"
    assert goal.text.vi.startswith("Mục tiêu kép") and goal.text.en.endswith("go global.")


def test_spans_cut_the_provisions_out_of_the_file(library_folder: Path) -> None:
    text = (library_folder / FILE).read_text("utf-8")
    provisions = read_document(library_folder / FILE).provisions
    for provision, following in zip(provisions, [*provisions[1:], None], strict=True):
        start, end = provision.span
        assert text[:start].endswith(f"## {provision.locator}")
        assert provision.text.vi in text[start:end] and provision.text.en in text[start:end]
        assert end == (text.index(f"## {following.locator}") if following else len(text))


def test_a_relation_is_known_at_both_ends_once_and_with_its_day(documents: dict[str, Document]) -> None:
    note = Bilingual("căn cứ của Quyết định", "the Decision's basis")
    assert documents["749/QĐ-TTg"].relations == (Relation("based_on", "52-NQ/TW", "2020-06-03", note),)
    assert Relation("basis_of", "749/QĐ-TTg", "2020-06-03", note) in documents["52-NQ/TW"].relations
    assert Relation("implemented_by", "50/NQ-CP (2020)", "2020-04-17") in documents["52-NQ/TW"].relations
    assert documents["51/2005/QH11"].relations == (Relation("replaced_by", "20/2023/QH15", "2024-07-01"),)


def test_every_relation_has_an_inverse() -> None:
    assert all(INVERSE[INVERSE[name]] == name for name in INVERSE)
    assert INVERSE["amends"] == "amended_by" and INVERSE["related"] == "related"


def test_dates_stay_the_strings_they_are() -> None:
    assert load_yaml("a: 2024-07-01\nb: 2024-12\nc: '2017'", Path("x.yaml")) == {"a": "2024-07-01", "b": "2024-12", "c": "2017"}


FAULTS = [
    # what is replaced, by what, where the fault is found (text on its line in the spoilt file), the reason
    ('vi: "Thủ tướng Chính phủ"', 'vi: "Thủ tướng', 'en: "Prime Minister"', "the YAML cannot be read"),
    ("kind: decision", "kind: novel", 'number: "', "kind: novel is none of"),
    ("status: in_force", "status: asleep", 'number: "', "status: asleep is none of"),
    ("text_kind: digest", "text_kind: rumour", 'number: "', "text_kind: rumour is none of"),
    ('issued: "2020-06-03"', 'issued: "2020-02-30"', 'number: "', "issued: 2020-02-30 is no date"),
    ('issued: "2020-06-03"', 'issued: "03/6/2020"', 'number: "', "issued: 03/6/2020 is no date"),
    ('effective_from: "2020-06-03"', 'effective_from: "2020-13"', 'number: "', "effective_from: 2020-13 is no date"),
    ('number: "749/QĐ-TTg"', "number:", "number:", "the document has no number"),
    ('number: "749/QĐ-TTg"', 'number: "52-NQ/TW"', "---", "the number 52-NQ/TW stands in another file too"),
    ('  en: "Prime Minister"\n', "", 'number: "', "issuer lacks English"),
    ('  vi: "Thủ tướng Chính phủ"\n', "", 'number: "', "issuer lacks Vietnamese"),
    ('issuer:\n  vi: "Thủ tướng Chính phủ"\n  en: "Prime Minister"', "issuer: Thủ tướng", 'number: "', "issuer must have vi and en"),
    ("{type: based_on, target: ", "{type: inspired_by, target: ", 'number: "', "a relation must have a type among"),
    ('{type: based_on, target: "52-NQ/TW"}', "{type: based_on}", 'number: "', "the relation based_on has no target"),
    ('target: "52-NQ/TW"}', 'target: "52-NQ/TW", since: soon}', 'number: "', "since: soon is no date"),
    ('relations:\n  - {type: based_on, target: "52-NQ/TW"}', "relations: 5", 'number: "', "relations must be a list"),
    ('aliases: ["Chương trình Chuyển đổi số quốc gia", ', 'aliases: "Chương trình 749" # [', 'number: "', "aliases must be a list"),
    ("---\nnumber", "number", "number", "there is no front matter"),
    ("---\nnumber", "---\n- number", "title:", "cannot be read"),
    ("## Điều 1, II (mục tiêu kép)", "## Điều 1,, II", "## Điều 1,, II", "a step is empty"),
    ("## Điều 1, II (mục tiêu kép)", "## thuộc TÍNH", "## thuộc TÍNH", "“thuộc TÍNH” stands twice"),
    ("```yaml\nheading: {vi: \"Mục tiêu kép", "heading: {vi: \"Mục tiêu kép", "## Điều 1, II (mục", "has no YAML block"),
    ("role: provision\nfacts: [T-QD749-2]", "role: judge\nfacts: [T-QD749-2]", "heading: {vi: \"Mục tiêu kép", "role must be provision or note"),
    ("facts: [T-QD749-2]", "facts: T-QD749-2", "heading: {vi: \"Mục tiêu kép", "facts must be a list"),
    ("facts: [T-QD749-2]", "facts: a: b", "facts: a: b", "the YAML cannot be read"),
    ('heading: {vi: "Mục tiêu kép của Chương trình", en', "heading: {xx", "heading: {xx", "heading lacks Vietnamese"),
    ("### en\n\nThe Programme's", "The Programme's", "## Điều 1, II (mục", "“Điều 1, II (mục tiêu kép)” lacks English"),
    ("### vi\n\nMục tiêu kép", "### xx\n\nMục tiêu kép", "## Điều 1, II (mục", "“Điều 1, II (mục tiêu kép)” lacks Vietnamese"),
]  # fmt: skip


@pytest.mark.parametrize(("old", "new", "where", "reason"), FAULTS, ids=[f"{i}-{fault[3]}" for i, fault in enumerate(FAULTS)])
def test_a_broken_file_names_its_line_and_reason_and_stops_no_other(library_copy: Path, old: str, new: str, where: str, reason: str) -> None:
    _spoil(library_copy, old, new)
    library = read_library(library_copy)
    (error,) = library.broken
    assert reason in error.reason and "\n" not in error.reason
    text = (library_copy / FILE).read_text("utf-8")
    assert error.line == _line(text, where)
    assert str(error) == f"{FILE}:{error.line}: {error.reason}" and error.path.name == FILE and "attache corpus check" in error.advice
    assert [d.number for d in library.documents] == ["20/2023/QH15", "51/2005/QH11", "52-NQ/TW"]


def test_bytes_that_are_not_utf_8(library_copy: Path) -> None:
    path = library_copy / FILE
    raw = path.read_bytes()
    path.write_bytes(raw.replace("Điều 1, II.1.a".encode(), "Điều 1, II.1.a".encode("utf-16-le"), 1))
    library = read_library(library_copy)
    (error,) = library.broken
    assert (error.reason, error.line) == ("the file is not UTF-8", _line(raw.decode(), "Điều 1, II.1.a")) and len(library.documents) == 3


def test_text_that_is_not_composed(library_copy: Path) -> None:
    decomposed = unicodedata.normalize("NFD", "Mục tiêu kép của Chương trình là")
    _spoil(library_copy, "Mục tiêu kép của Chương trình là", decomposed)
    library = read_library(library_copy)
    (error,) = library.broken
    assert (error.reason, error.line) == ("the text is not in NFC", _line((library_copy / FILE).read_text("utf-8"), decomposed))
    assert len(library.documents) == 3


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"relations:\n  - {from: A, to: B, type: amends}\n  - {from: \xe9}\n", 3, "the file is not UTF-8"),
        (unicodedata.normalize("NFD", "# một\nrelations: []\n").encode(), 1, "the text is not in NFC"),
        (b"relations: [\n", 2, "the YAML cannot be read"),
        (b"- 1\n- 2\n", 1, "there is no list under relations:"),
        (b"relations: 5\n", 1, "relations must be a list"),
        (b"relations:\n  - {from: A, type: amends}\n", 1, "a relation lacks from or to"),
        (b"relations:\n  - {from: A, to: B, type: likes}\n", 2, "a relation must have a type among"),
        (b"relations:\n  - {from: A, to: B, type: amends, since: soon}\n", 2, "since: soon is no date"),
    ],
)
def test_a_broken_file_of_relations_leaves_every_document(library_copy: Path, content: bytes, line: int, reason: str) -> None:
    (library_copy / "relations.yaml").write_bytes(content)
    library = read_library(library_copy)
    (error,) = library.broken
    assert (error.path.name, error.line) == ("relations.yaml", line) and reason in error.reason
    assert len(library.documents) == 4
    assert [r.type for r in library.documents[3].relations] == ["based_on"]


def test_a_library_without_relations_or_documents(tmp_path: Path) -> None:
    (tmp_path / "relations.yaml").write_text("# none yet\n", "utf-8")
    library = read_library(tmp_path)
    assert (library.documents, library.broken) == ((), ())


def test_the_hash_changes_with_every_byte_and_name(library_copy: Path, library: Library) -> None:
    assert library_hash(library_copy) == library.sha256
    seen = {library.sha256}
    for change in (
        lambda: _spoil(library_copy, "go global.", "go global!"),
        lambda: _spoil(library_copy, "2020-04-17", "2020-04-18", "relations.yaml"),
        lambda: (library_copy / FILE).rename(library_copy / "749.md"),
        lambda: (library_copy / "749.md").unlink(),
    ):
        change()
        assert library_hash(library_copy) not in seen
        seen.add(library_hash(library_copy))


def test_a_document_knows_the_hash_of_its_bytes(library_copy: Path) -> None:
    before = read_document(library_copy / FILE).sha256
    _spoil(library_copy, "go global.", "go global!")
    after = read_document(library_copy / FILE).sha256
    assert len(before) == len(after) == 64 and before != after


def test_the_bundled_library_is_read_whole() -> None:
    library = read_library()
    assert library.broken == () and len(library.documents) > 60
    assert all(d.kind in KINDS and d.status in STATUSES and d.provisions for d in library.documents)


def test_yaml_makes_no_objects(tmp_path: Path) -> None:
    with pytest.raises(BadLibraryFile, match="cannot be read"):
        load_yaml(f"!!python/object/apply:pathlib.Path.touch [!!python/object/apply:pathlib.Path ['{tmp_path}/x']]", Path("x.yaml"))
    assert not list(tmp_path.iterdir())


@pytest.mark.parametrize("text", ["a: 0x_", "a: \x01", "? [1]\n: 2", "a: *nowhere"])
def test_yaml_of_every_bad_kind_is_one_error_on_one_line(text: str) -> None:
    with pytest.raises(BadLibraryFile) as caught:
        load_yaml(text, Path("x.yaml"), 7)
    assert caught.value.line >= 7 and "\n" not in str(caught.value)
