"""Names of the same things, found whatever their case and diacritics."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.bundle import LIBRARY
from corpus.errors import BadLibraryFile
from corpus.glossary import Glossary, Term
from corpus.normalise import fold, tokens

ECONOMY = Term("kinh tế số", "digital economy", ("KTS",), (), ("économie numérique",))
DIGITAL = Term("số", "digital")
SHARE = Term("tỷ trọng kinh tế số", "share of the digital economy")
GLOSSARY = Glossary((ECONOMY, DIGITAL, SHARE))


def test_the_names_of_a_term_begin_with_the_main_one() -> None:
    assert ECONOMY.names("vi") == ("kinh tế số", "KTS")
    assert ECONOMY.names("en") == ("digital economy",)
    assert ECONOMY.names("fr") == ("économie numérique",)


@pytest.mark.parametrize("text", ["kinh tế số", "KINH TẾ SỐ", "kinh te so", "Kinh tế – số", "kts"])
def test_a_name_is_found_in_any_spelling(text: str) -> None:
    (found,) = GLOSSARY.find(text, "vi")
    assert found == (ECONOMY, 0, len(tokens(text)))


def test_the_longest_name_wins_and_spans_count_tokens() -> None:
    assert GLOSSARY.find("Tăng tỷ trọng kinh tế số, số hóa và kinh tế số", "vi") == [(SHARE, 1, 6), (DIGITAL, 6, 7), (ECONOMY, 9, 12)]
    assert GLOSSARY.find("the digital economy is digital", "en") == [(ECONOMY, 1, 3), (DIGITAL, 4, 5)]
    assert GLOSSARY.find("l'économie numérique", "fr") == [(ECONOMY, 1, 3)]
    assert GLOSSARY.find("nothing of it", "en") == GLOSSARY.find("", "vi") == []


def test_a_name_of_two_things_names_both() -> None:
    number = Term("con số", "figure", ("số",))
    assert GLOSSARY.find("số", "vi") == [(DIGITAL, 0, 1)]
    assert Glossary((DIGITAL, number)).find("số", "vi") == [(DIGITAL, 0, 1), (number, 0, 1)]


def test_a_name_does_not_cross_languages() -> None:
    assert GLOSSARY.find("kinh tế số", "en") == []


def test_the_tiny_glossary_is_read(library_folder: Path) -> None:
    glossary = Glossary.read(library_folder / "glossary.yaml")
    assert glossary.terms[0] == Term("chuyển đổi số", "digital transformation", ("CĐS",), ("digitalisation",), ("transformation numérique",))
    assert glossary.terms[1].fr == ("Programme national de transformation numérique",)
    assert list(glossary.faults()) == []


@pytest.mark.parametrize(
    ("content", "line", "reason"),
    [
        (b"terms: {}\n", 1, "no list under terms"),
        (b"terms:\n  - 5\n", 1, "lacks vi or en"),
        (b"terms:\n- [\n", 3, "YAML"),
        (b"# a\n\xff", 2, "UTF-8"),
    ],
)
def test_a_broken_glossary_names_its_line_and_reason(tmp_path: Path, content: bytes, line: int, reason: str) -> None:
    path = tmp_path / "glossary.yaml"
    path.write_bytes(content)
    with pytest.raises(BadLibraryFile) as caught:
        Glossary.read(path)
    assert caught.value.line == line and reason in caught.value.reason


def test_faults() -> None:
    nfd = "so\u0302\u0301"
    assert list(Glossary((DIGITAL, Term("số", "number"))).faults()) == ["the term “số” stands twice"]
    assert list(Glossary((Term("một", "one", (), (nfd,)),)).faults()) == [f"the name “{nfd}” is not in NFC"]


def test_every_name_of_the_bundled_glossary_finds_its_term() -> None:
    glossary = Glossary.read(LIBRARY / "glossary.yaml")
    assert len(glossary.terms) > 50 and list(glossary.faults()) == []
    for term in glossary.terms:
        for language in ("vi", "en", "fr"):
            for name in term.names(language):
                assert term in [found for found, start, _ in glossary.find(name, language) if start == 0], (language, name, fold(name))
