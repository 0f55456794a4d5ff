"""Names of a claim: bodies, persons, countries, programmes. Each must be named where it is cited, in either language.

In one language the words of a name must stand beside each other in the source. Across languages a name that the glossary has
must be named there by one of its names, and a Vietnamese person's name must be spelled there, with or without diacritics;
another name is left to the likeness of words, for nobody can say how it is translated.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Collection, Iterator, Sequence
from functools import lru_cache

from assistant.verification.checks import Against
from assistant.verification.likeness import key_of
from assistant.verification.reading import LITTLE, Reading, Word, read
from assistant.verification.values import Fault, Reason
from corpus.glossary import Glossary, Term

__all__ = ["SYLLABLE", "name_faults"]

SYLLABLE = re.compile(r"(?:ngh|ng|nh|ch|gh|gi|kh|ph|qu|th|tr|[bcdghklmnpqrstvx])?[aeiouy]{1,3}(?:ng|nh|ch|[cmnpt])?")
"""A syllable of Vietnamese without its marks."""
# Words that are written with a capital and name nobody, or that name the kind of what is cited.
_KINDS = frozenset(
    "nghị quyết định luật thông tư chỉ thị kết luận chương trình chiến lược kế hoạch đề án điều khoản điểm phụ lục văn bản bộ cơ quan mục tiêu "
    "resolution decision law decree circular directive conclusion programme program strategy plan article clause annex act document "
    "ông bà mr mrs ms".split()
)


# Names too short for the glossary, which looks for them without their capital.
_SHORT = {"United Kingdom": "Anh", "United States": "Mỹ", "Communist Party of Viet Nam": "Đảng", "Party": "Đảng"}
_ISSUE = re.compile(
    r"ban hành|thông qua|ký|phê duyệt|công bố|(?<!\w)của (?=[A-ZĐ])|issue|adopt|pass|approv|promulgat|sign|of the|by the|['’]s ", re.I
)
_RANKS = frozenset("phó tổng bộ thứ thủ chủ đại cục viện vụ ban ủy hội".split())


def name_faults(claim: Reading, against: Against, glossary: Glossary | None) -> Iterator[Reason]:
    """Yield a reason for every name of the claim that is not named where it is cited."""
    issue = bool(_ISSUE.search(claim.text))
    known = [
        f"{reading.text}\n{source.about}\n{source.issuer if issue else ''}" for reading, source in zip(against.readings, against.sources, strict=True)
    ]
    languages = {reading.language for reading in against.readings}
    explained: set[int] = set()
    if glossary is not None:
        for term, start, end in glossary.find(claim.text, claim.language):
            words = claim.words[start:end]
            if not words or not _proper(words, claim):
                continue
            names = {name for language in (*languages, claim.language) for name in term.names(language)}
            if any(_named(names, text, claim.language not in languages) for text in known) or any(
                _SHORT.get(term.en, "\0") in text for text in known
            ):
                explained |= set(range(start, end))
            elif _outstanding(term) and end - start > 1:
                said = claim.text[words[0].start : words[-1].end]
                yield Reason(Fault.NAME, said, f"“{said}” is not named where it is cited")
                explained |= set(range(start, end))
    if claim.language in languages:
        yield from _same_language(claim, known, explained)
    else:
        yield from _persons(claim, known, explained)


def _proper(words: Sequence[Word], claim: Reading) -> bool:
    """Tell whether a glossary name is written as a proper name: with a capital, in one piece, and not only as the sentence's first word."""
    several = sum(w.capital for w in words) > 1
    whole = not re.search(r"[()\[\];:]", claim.text[words[0].start : words[-1].end])
    return words[0].capital and whole and (several or words[0] is not claim.words[0])


def _outstanding(term: Term) -> bool:
    """Tell whether a term is a proper name in both languages."""
    return term.vi[:1].isupper() and term.en[:1].isupper()


def _named(names: Collection[str], text: str, loosely: bool) -> bool:
    """Tell whether a text has one of the names, whatever its diacritics and case; `loosely` with its words in any order."""
    joined = _joined(text)
    if any(f" {key_of(name)} " in joined for name in names):
        return True
    return loosely and any(all(f" {key} " in joined for key in key_of(name).split()) for name in names if len(name.split()) > 2)


@lru_cache(maxsize=2048)
def _joined(text: str) -> str:
    """Return a text as names are looked for in it."""
    return f" {' '.join(w.key for w in read(text, 'vi').words)} "


@lru_cache(maxsize=2048)
def _neighbours(text: str) -> tuple[frozenset[str], frozenset[tuple[str, str]]]:
    """Return the words of a text and its pairs of neighbours."""
    words = [w.key for w in read(text, "vi").words]
    return frozenset(words), frozenset(itertools.pairwise(words))


def _same_language(claim: Reading, known: Sequence[str], explained: set[int]) -> Iterator[Reason]:
    """Yield a reason for every capitalised word that stands nowhere, or beside other words only."""
    singles = frozenset().union(*(_neighbours(text)[0] for text in known)) if known else frozenset()
    pairs = frozenset().union(*(_neighbours(text)[1] for text in known)) if known else frozenset()
    starts = _first_words(claim)
    for at, word in enumerate(claim.words):
        if not word.capital or at in explained or word.lower in LITTLE or word.lower in _KINDS:
            continue
        after = claim.words[at + 1] if at + 1 < len(claim.words) else None
        joined = after is not None and claim.text[word.end : after.start] == " "
        if at in starts and not (joined and after is not None and after.capital):
            continue
        both = joined and after is not None and (after.capital or (claim.language == "vi" and at not in starts))
        if word.key not in singles:
            yield Reason(Fault.NAME, word.written, f"“{word.written}” is not named where it is cited")
        elif both and after is not None and after.capital and after.lower not in _KINDS and (word.key, after.key) not in pairs:
            said = f"{word.written} {after.written}"
            yield Reason(Fault.NAME, said, f"“{said}” is not named where it is cited")


def _first_words(claim: Reading) -> set[int]:
    """Return the places of the words that begin a sentence, a clause or an item, where a capital tells nothing."""
    found = set()
    for at, word in enumerate(claim.words):
        before = claim.text[: word.start].rstrip()
        if not before or before[-1] in '.:;!?“"(|-–•‘':
            found.add(at)
    return found


def _persons(claim: Reading, known: Sequence[str], explained: set[int]) -> Iterator[Reason]:
    """Yield a reason for every Vietnamese person's name (three capitalised syllables) of which no syllable is spelled there."""
    singles = frozenset().union(*(_neighbours(text)[0] for text in known)) if known else frozenset()
    run: list[Word] = []
    for at, word in enumerate((*claim.words, None)):
        if word is not None and word.capital and at not in explained and (not run or claim.text[run[-1].end : word.start] == " "):
            run.append(word)
            continue
        if (
            len(run) >= 3
            and not any(w.lower in _RANKS for w in run[-3:])
            and all(SYLLABLE.fullmatch(w.key) for w in run[-3:])
            and sum(w.key in singles for w in run[-3:]) < 2
        ):
            said = " ".join(w.written for w in run[-3:])
            yield Reason(Fault.NAME, said, f"“{said}” is not named where it is cited")
        run = [word] if word is not None and word.capital and at not in explained else []
