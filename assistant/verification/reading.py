"""A text read once for all checks: its words with their places, quantities, acts, dates and small words."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from assistant.verification.cues import BOUNDS, DENIALS, MODALS, Cue, cues
from assistant.verification.quantities import Act, Quantity, acts, quantities
from corpus.figures import canonical, dated
from corpus.normalise import fold, tone_style
from corpus.sentences import Span, sentences
from index.analysis import stem

__all__ = ["LITTLE", "Reading", "Word", "read"]

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+")  # the tokens of corpus.normalise, with their places
LITTLE = frozenset(
    "của và các những cho với trong trên tại từ đến để do bởi theo về là có được bị đã sẽ đang này đó khi thì mà cũng như ra vào lên nêu gồm ở một "
    "cùng đây ấy rằng qua việc sự cụ thể vậy tức hay hoặc nó họ "
    "the a an of and or to in on at by for with from as is are was were be been being it its this that these those which who whom there their they "
    "has have had will would into than then also under according such shall must may can could should not no do does did he she his her s t".split()
)
"""Words that say little of themselves, in both languages, with diacritics."""


@dataclass(frozen=True, slots=True)
class Word:
    """A word or figure: as written, in lower case, its folded stem for comparing, and where it stands."""

    written: str
    lower: str
    key: str
    start: int
    end: int

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.written[:1].isupper()


@dataclass(frozen=True, slots=True)
class Reading:
    """What the checks look at in one text of one language."""

    text: str
    language: str
    words: tuple[Word, ...]
    quantities: tuple[Quantity, ...]
    acts: tuple[Act, ...]
    dates: tuple[tuple[str, int, int], ...]
    denials: tuple[Cue, ...]
    modals: tuple[Cue, ...]
    bounds: tuple[Cue, ...]
    sentences: tuple[Span, ...]

    def after(self, place: int, count: int) -> tuple[Word, ...]:
        """Return up to `count` words that say something behind a place."""
        found = []
        for word in self.words:
            if word.start >= place and word.lower not in LITTLE:
                found.append(word)
                if len(found) == count:
                    break
        return tuple(found)

    def before(self, place: int, count: int) -> tuple[Word, ...]:
        """Return up to `count` words that say something before a place, in their order."""
        return tuple([word for word in self.words if word.end <= place and word.lower not in LITTLE][-count:])


_RANGE = re.compile(r"(?<![\d/.])(\d{1,2})(?:/(\d{1,2}))?\s?(?:-|–|to|and|đến|và)\s?(?=(\d{1,2})(?:/| tháng | [A-Z]))")


def _days(text: str) -> tuple[tuple[str, int, int], ...]:
    """Return the dates of a text, both ends of “13-17/8/2018” and of “13 to 17 August 2018” too."""
    found = list(dated(text))
    for match in _RANGE.finditer(text):
        last = dated(text[match.end() : match.end() + 30])
        if not last or last[0][1] != 0 or len(last[0][0]) != 10:
            continue
        iso, _, length = last[0]
        if (iso, match.end(), match.end() + length) not in found:
            found.append((iso, match.end(), match.end() + length))
        month = int(match.group(2) or iso[5:7])
        first = dated(f"{match.group(1)}/{month}/{iso[:4]}")
        if first:
            found.append((first[0][0], match.start(), match.end()))
    return tuple(found)


@lru_cache(maxsize=4096)
def read(text: str, language: str) -> Reading:
    """Read `text` (in NFC); remembered, since the same passages are cited again and again."""
    lowered = text.lower()
    if len(lowered) != len(text):  # İ and its like have a longer lower case, which would shift every place
        lowered = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    words = tuple(_word(m) for m in _WORD.finditer(text))
    return Reading(
        text, language, words, quantities(text, language), acts(text), _days(text), cues(DENIALS, lowered, language),
        cues(MODALS, lowered, language), cues(BOUNDS, lowered, language), sentences(text),
    )  # fmt: skip


def _word(match: re.Match[str]) -> Word:
    """Return a word found in a text."""
    written = match.group()
    key = canonical(written) if written[0].isdigit() else stem(fold(tone_style(written)))
    return Word(written, written.lower(), key, match.start(), match.end())
