"""Countries that a text names, in Vietnamese or English, with or without diacritics, also by their capitals.

An answer on France does not answer a question on Japan however alike the words are. The names are those of the Unicode CLDR,
read through Babel, and the short ones that people write (Mỹ, Anh, Hàn). Names of one syllable are told from common words (anh,
pháp luật) by their capital letter and marks alone.
"""

from __future__ import annotations

import itertools
from collections.abc import Mapping
from functools import lru_cache

from corpus.normalise import fold

__all__ = ["countries_in", "country_names"]

_HOME = "VN"
_SHORTEST = 3  # “US” and “Ý” are common words in small letters
# What the CLDR does not list among its names; those of one word are found as written here, the others in any case.
_SHORT: Mapping[str, str] = {
    "Mỹ": "US", "US": "US", "USA": "US", "U.S": "US", "Anh": "GB", "UK": "GB", "Britain": "GB", "Hàn": "KR", "Nhật": "JP", "Úc": "AU",
    "Korea": "KR", "EU": "EU", "UAE": "AE", "Brasil": "BR", "Turkey": "TR", "Czech Republic": "CZ", "Liên bang Nga": "RU", "Xinh-ga-po": "SG",
    "Ý": "IT", "Cam-pu-chia": "KH", "Hồng Kông": "HK", "Hong Kong": "HK", "Đài Loan": "TW", "Myanmar": "MM", "Ukraine": "UA",
    "In-đô-nê-xi-a": "ID", "Ma-lai-xi-a": "MY", "Phi-líp-pin": "PH", "Ôt-xtrây-li-a": "AU", "Ca-na-đa": "CA", "Bra-xin": "BR", "Hà Lan": "NL",
}  # fmt: skip
# Diplomats call a government by the seat of it or by its people.
_SEATS: Mapping[str, str] = {
    "London": "GB", "Whitehall": "GB", "Luân Đôn": "GB", "Washington": "US", "Nhà Trắng": "US", "White House": "US", "Foggy Bottom": "US",
    "Paris": "FR", "Quai d'Orsay": "FR", "Quai d’Orsay": "FR", "Elysée": "FR", "Berlin": "DE", "Copenhagen": "DK", "Tallinn": "EE", "Canberra": "AU",
    "New Delhi": "IN", "Delhi": "IN", "Tokyo": "JP", "Seoul": "KR", "Bắc Kinh": "CN", "Beijing": "CN", "Moscow": "RU", "Mát-xcơ-va": "RU",
    "Kremlin": "RU", "Brussels": "EU", "Bruxelles": "EU", "Ottawa": "CA", "Wellington": "NZ", "Stockholm": "SE", "Oslo": "NO", "Helsinki": "FI",
    "Madrid": "ES", "Rome": "IT", "Bangkok": "TH", "Băng Cốc": "TH", "Jakarta": "ID", "Gia-các-ta": "ID", "Manila": "PH", "Kuala Lumpur": "MY",
    "British": "GB", "French": "FR", "American": "US", "Danish": "DK", "Danes": "DK", "Estonian": "EE", "Australian": "AU", "Indian": "IN",
    "Japanese": "JP", "Korean": "KR", "Chinese": "CN", "Russian": "RU", "German": "DE", "Swiss": "CH", "Dutch": "NL", "Singaporean": "SG",
    "Canadian": "CA", "Thai": "TH", "Indonesian": "ID", "Malaysian": "MY", "Swedish": "SE", "Norwegian": "NO", "Finnish": "FI",
    "Viêng Chăn": "LA", "Vientiane": "LA", "Phnôm Pênh": "KH", "Phnom Penh": "KH", "Kyiv": "UA", "Ankara": "TR", "Bern": "CH",
}  # fmt: skip
# Without marks and capitals these are common words as well: ai cấp, ba lần, thủy điện, án đó, năm phí.
_COMMON = frozenset({("ai", "cap"), ("ba", "lan"), ("thuy", "dien"), ("an", "do"), ("nam", "phi")})
# In these a country's name says something else: a language, the first word of an address to a person.
_NOT_AFTER = frozenset({"tiếng", "Tiếng"})
_EDGES = ".,;:?!()[]“”\"'’"


@lru_cache(maxsize=1)
def _names() -> tuple[Mapping[str, tuple[str, bool]], Mapping[str, Mapping[tuple[str, ...], tuple[str, bool]]]]:
    """Return the names of one word as written and those of several in small letters by their first word.

    Each has its country and whether it is a seat of its government. The names of several words are there with their marks and without.
    """
    from babel import Locale

    written = {name: (code, seat) for names, seat in ((_SHORT, False), (_SEATS, True)) for name, code in names.items()}
    for language in ("vi", "en"):
        for code, name in Locale(language).territories.items():
            if len(code) == 2 and code.isalpha() and code not in ("UN", "XA", "XB", "ZZ", "EZ", "QO"):
                written.setdefault(name, (code, False))
    single = {name: meant for name, meant in written.items() if " " not in name}
    several: dict[str, dict[tuple[str, ...], tuple[str, bool]]] = {}
    for name, meant in written.items():
        for row in (tuple(name.lower().split()), tuple(fold(name).split())):
            if len(row) > 1:
                several.setdefault(row[0], {})[row] = meant
    return single, several


@lru_cache(maxsize=1)
def _called() -> Mapping[str, tuple[str, ...]]:
    """Return what each country is called in Vietnamese and in English, then its short names, those too short to be found by left out."""
    from babel import Locale

    rows = [*(Locale(language).territories.items() for language in ("vi", "en")), ((code, name) for name, code in _SHORT.items())]
    called: dict[str, list[str]] = {}
    for code, name in itertools.chain.from_iterable(rows):
        if len(name) >= _SHORTEST:
            called.setdefault(code, []).append(name)
    return {code: tuple(names) for code, names in called.items()}


def _named(text: str) -> list[tuple[str, str, bool]]:
    """Return the countries that a text names: the code, how it is written there, and whether that is a seat of its government.

    A word that opens the text counts only as part of a longer name, since “Anh” may address a person.
    """
    single, several = _names()
    words = text.split()
    written = [word.removesuffix("'s").removesuffix("’s").strip(_EDGES) for word in words]
    lowered = [word.lower() for word in written]
    found: list[tuple[str, str, bool]] = []
    for at, word in enumerate(written):
        if word in single:
            long = len(fold(word)) > 4  # “Lào Cai” and “Đức Thọ” are no countries, “Estonia Ministry” is
            longer_name = at + 1 < len(written) and words[at][-1:].isalpha() and written[at + 1][:1].isupper()
            if long or (at and written[at - 1] not in _NOT_AFTER and not longer_name):
                code, seat = single[word]
                found.append((code, word, seat))
        for name, (code, seat) in several.get(lowered[at], {}).items():
            if tuple(lowered[at : at + len(name)]) != name:
                continue
            if name not in _COMMON or all(part[:1].isupper() for part in written[at : at + len(name)]):
                found.append((code, " ".join(name), seat))
    return [row for row in found if row[0] != _HOME]


def countries_in(text: str, *, seats: bool = True) -> frozenset[str]:
    """Return the ISO 3166 codes (EU for the Union) of the countries that `text` names, Vietnam left out; without `seats` not by a capital."""
    return frozenset(code for code, _, seat in _named(text) if seats or not seat)


def country_names(text: str) -> tuple[tuple[str, ...], ...]:
    """Return for each country that `text` names, Vietnam left out, how it does and what the country is called in both languages."""
    written: dict[str, list[str]] = {}
    for code, name, _ in _named(text):
        written.setdefault(code, []).append(name)
    return tuple(tuple(dict.fromkeys((*names, *_called().get(code, ())))) for code, names in written.items())
