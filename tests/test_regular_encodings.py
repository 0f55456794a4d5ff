"""Old Vietnamese files read as what they say; good text never harmed."""

from __future__ import annotations

import os
import random
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import NotText
from corpus.regular.charmaps import TCVN, VISCII, vni
from corpus.regular.encodings import decode
from corpus.regular.fonts import recode, recode_lines
from corpus.regular.syllables import syllables

SHARED = Path(__file__).parents[2] / "shared"
LETTERS = "aàáảãạăằắẳẵặâầấẩẫậđeèéẻẽẹêềếểễệiìíỉĩịoòóỏõọôồốổỗộơờớởỡợuùúủũụưừứửữựyỳýỷỹỵ"
CONTEXT = "Điều 5. Nguyên tắc chuyển đổi số trong hoạt động ngoại giao: bảo đảm chủ quyền quốc gia, lợi ích của công dân và sự an toàn của dữ liệu. "
FRENCH = (
    "Là où il va, l’été dernier, très près de la Côte d’Azur : « Bé, ça suffit ! »",
    "Le présent décret entre en vigueur à la date de sa publication.",
    "L’Agence a été créée où l’on sait ; la Hà Nội d’où vient le thé.",
    "où",
    "Übergabe der Akten, Müller & Söhne; España, niño, São Tomé, 38 °C, §5, © 2024, ±2 µm",
)


def _by_table(table: dict[int, str]) -> dict[str, bytes]:
    """The byte of every character of a table."""
    return {character: bytes([at]) for at, character in reversed(sorted(table.items()))}


def _encode(text: str, name: str) -> bytes:
    """Write text as an old program did."""
    if name in ("tcvn3", "viscii"):
        codes = _by_table(dict(TCVN if name == "tcvn3" else VISCII))
        return b"".join(codes.get(c) or c.encode("ascii") for c in text)
    if name == "vni":
        signs = {letter: sign for sign, letter in vni().items() if sign == sign.upper() or sign == sign.lower()}
        return "".join(signs.get(c, c) for c in text).encode("cp1252")
    if name == "cp1258":
        return b"".join(_cp1258(c) for c in text)
    return text.encode(name)


def _cp1258(letter: str) -> bytes:
    """A letter of cp1258: what it has whole, else letter and tone."""
    try:
        return letter.encode("cp1258")
    except UnicodeEncodeError:
        apart = unicodedata.normalize("NFD", letter)
        tone = next(c for c in apart if c in "\u0300\u0301\u0303\u0309\u0323")
        return (unicodedata.normalize("NFC", apart.replace(tone, "")) + tone).encode("cp1258")


def _shared(name: str) -> Path:
    """A folder beside the checkout; without it the test is skipped, except under CI."""
    path = SHARED / name
    if not path.exists():
        (pytest.fail if os.environ.get("CI") == "true" else pytest.skip)(f"{path} is not there")
    return path


ENCODINGS = ("utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "tcvn3", "viscii", "vni", "cp1258")


@pytest.mark.parametrize("name", ENCODINGS)
def test_every_letter_comes_back(name: str) -> None:
    text = CONTEXT * 4 + " ".join(LETTERS + LETTERS.upper())
    assert decode(_encode(text, name)) == (text, name)


@pytest.mark.parametrize("name", ENCODINGS)
@given(data=st.data())
def test_what_was_written_is_read(name: str, data: st.DataObject) -> None:
    chosen = st.lists(st.sampled_from(sorted(syllables())), min_size=1, max_size=30)
    text = CONTEXT + " ".join(word.title() if data.draw(st.booleans()) else word for word in data.draw(chosen)) + "\r\n"
    assert decode(_encode(text, name)) == (text, name)


@given(st.lists(st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=6), max_size=12))
def test_good_vietnamese_is_left_alone(words: list[str]) -> None:
    text = CONTEXT + " ".join(words)
    assert recode(text) == text


@pytest.mark.parametrize("text", FRENCH)
def test_other_languages_are_left_alone(text: str) -> None:
    assert recode(text) == text
    assert decode(text.replace("ộ", "o").encode("cp1252"))[0] == text.replace("ộ", "o")


def test_french_beside_an_old_font_is_left_alone() -> None:
    old = _encode(CONTEXT.lower(), "vni").decode("cp1252")
    assert recode_lines([old, *FRENCH, "coù traùch nhieäm gì?"]) == [CONTEXT.lower(), *FRENCH, "có trách nhiệm gì?"]


def test_a_short_line_follows_the_others() -> None:
    assert recode("nµo") == "nµo"
    assert recode("Hµnh vi nµo sau ®©y bÞ nghiªm cÊm\nnµo") == "Hành vi nào sau đây bị nghiêm cấm\nnào"


def test_the_library_and_the_official_texts_are_left_alone() -> None:
    folder = _shared("official")
    for path in [
        *(Path(__file__).parents[1] / "corpus" / "library").glob("*.md"),
        *folder.glob("*.txt"),
        *folder.glob("*.md"),
        *folder.glob("laws/*"),
    ]:
        text = unicodedata.normalize("NFC", path.read_text("utf-8"))
        assert recode(text) == text, path.name


@pytest.mark.parametrize(
    ("file", "name"),
    [
        ("nfc.utf8", "utf-8"), ("nfd.utf8", "utf-8"), ("utf8_bom", "utf-8-sig"), ("utf16le_bom", "utf-16"), ("viscii", "viscii"),
        ("tcvn5712-1", "tcvn3"), ("cp1258", "cp1258"), ("tcvn3_abc_as_latin1.utf8", "utf-8"), ("vni_windows_as_latin1.utf8", "utf-8"),
        ("utf8_read_as_latin1.utf8", "utf-8"),
    ],
)  # fmt: skip
def test_three_hundred_questions_in_every_dress(file: str, name: str) -> None:
    folder = _shared("hostile/vi_encodings")
    text, found = decode((folder / f"{file}.txt").read_bytes())
    assert found == name
    assert recode(text) == (folder / "nfc.utf8.txt").read_text("utf-8")


@pytest.mark.parametrize("file", ["viscii", "tcvn5712-1", "cp1258", "nfc.utf8"])
def test_bytes_that_a_reader_took_for_windows_1252(file: str) -> None:
    folder = _shared("hostile/vi_encodings")
    data = (folder / f"{file}.txt").read_bytes()
    text = "".join(bytes([byte]).decode("cp1252", "replace").replace("\ufffd", chr(byte)) for byte in data)
    wanted = (folder / "nfc.utf8.txt").read_text("utf-8").split("\n")
    got = recode(unicodedata.normalize("NFC", text)).split("\n")
    assert sum(a == b for a, b in zip(got, wanted, strict=True)) >= 0.9 * len(wanted)  # the reader had better ask `decode`


def test_what_is_no_text_is_refused() -> None:
    for data in (b"\x7fELF\x02\x01\x00\x00\x03", b"%PNG\x00\x01\x02\x03", b"\xff\xfe\x00\xd8", random.Random(5).randbytes(4000).replace(b"\0", b"")):
        with pytest.raises(NotText):
            decode(data)
    assert decode(b"") == ("", "utf-8")


def test_utf_8_with_a_broken_byte_says_so() -> None:
    text, name = decode((CONTEXT * 2).encode()[:-1] + b"\xe1\xbb")
    assert name == "utf-8 (damaged)" and text.startswith(CONTEXT)
