"""Do two sentences say the same of one matter, but for one thing: a figure, a date, the body that is competent, or may and must?

Both are stripped of all in which they may differ without speaking of different things, and of the frame around it; what is
left must be the same words on both sides. A word more is a condition, another word is another matter: then nothing is said. Where
in doubt there is no disagreement, for a false alarm costs a reader more than one that stays unseen; a paraphrase stays unseen.
"""

from __future__ import annotations

import enum
import itertools
import re
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache

from assistant.conflict_words import (
    BODIES,
    COMPETENCE,
    CONDITIONS,
    FRAME,
    LABELS,
    LEANS,
    PLAIN,
    REFERS,
    START,
    SUCCESSORS,
    WORDED,
    own_act,
)
from assistant.verification.quantities import Quantity, addresses
from assistant.verification.reading import LITTLE, Reading, Word, read
from corpus.normalise import nfc, tone_style

__all__ = ["Matter", "Statement", "matter_between", "statement"]

_CLAUSE = re.compile(r"^\s*\d{1,3}(?:\.\d{1,2})*[.)]\s+")
_RANGE = re.compile(r"\s*(?:đến|-|–|to|and|và)\s*")
_HOURS = {"hour": 1, "day": 24, "week": 168}
_MONTHS = {"month": 1, "year": 12}
_LEAST = {"vi": 4, "en": 3}
"""Syllables or words that two sentences must share, beside all that is set apart, to speak of one matter."""


class Matter(enum.StrEnum):
    """In what two provisions disagree."""

    TIME = "time"
    MONEY = "money"
    SHARE = "share"
    FIGURE = "figure"
    DATE = "date"
    AUTHORITY = "authority"
    MODALITY = "modality"

    @property
    def is_figure(self) -> bool:
        """Whether figures differ that may be a target of some year."""
        return self in (Matter.SHARE, Matter.FIGURE)


_CLASS = {"time": Matter.TIME, "money": Matter.MONEY, "percent": Matter.SHARE}
_ORDER = (Matter.MONEY, Matter.TIME, Matter.SHARE, Matter.FIGURE)
_CONTRARY = frozenset(
    frozenset(pair) for pair in (("oblige", "permit"), ("oblige", "forbid"), ("oblige", "exempt"), ("permit", "forbid"), ("permit", "not"))
)
_ALONE = frozenset(("forbid", "exempt", "not"))
_NEUTRAL = frozenset(("oblige", "permit"))


@dataclass(frozen=True, slots=True)
class Statement:
    """A sentence taken apart: its words without what may differ, and each kind of what may.

    `fit` tells that it stands by itself, `start` from when its time runs. `figures` are (class, value), `run` is what its field may be
    named by, `stance` what it commands, permits, forbids or denies.
    """

    language: str
    fit: bool
    words: frozenset[str]
    run: frozenset[str]
    figures: tuple[tuple[str, str], ...]
    bounds: frozenset[str]
    dates: tuple[str, ...]
    years: frozenset[str]
    bodies: tuple[str, ...]
    stance: tuple[str, ...]
    conditions: tuple[str, ...]
    competent: bool
    start: frozenset[str]


def matter_between(one: Statement, other: Statement, given: tuple[Collection[str], Collection[str]] = ((), ())) -> Matter | None:
    """Return in what two statements on one matter disagree, None when they agree or are not on one matter.

    `given` are words that stand around each of them (heading, title): what one says and the other leaves to these is no difference.
    """
    if not (one.fit and other.fit) or one.years != other.years or one.conditions != other.conditions:
        return None
    if one.start and other.start and one.start != other.start:
        return None
    more, less = one.words - other.words, other.words - one.words
    if (more and less) or not more <= set(given[1]) or not less <= set(given[0]) or len(one.words & other.words) < _LEAST[one.language]:
        return None
    figures, commands = _figures(one, other), _stance(one, other)
    bodies = _bodies(one, other)
    days = one.dates != other.dates
    if commands is _UNLIKE or bodies is _UNLIKE or figures is _UNLIKE:
        return None
    found = [matter for matter in (figures, commands, bodies, _days(one, other) if days else None) if matter is not None]
    return found[0] if len(found) == 1 and isinstance(found[0], Matter) else None


class _Unlike(enum.Enum):
    """That two statements differ in a way that makes them speak of different things."""

    UNLIKE = 0


_UNLIKE = _Unlike.UNLIKE
_Found = Matter | _Unlike | None


def _figures(one: Statement, other: Statement) -> _Found:
    """Return the class in which figures differ: as many of each class on both sides, within the same bounds."""
    mine, others = Counter(one.figures), Counter(other.figures)
    if mine == others:
        return None if one.bounds == other.bounds else _UNLIKE
    if Counter(kind for kind, _ in one.figures) != Counter(kind for kind, _ in other.figures):
        return _UNLIKE
    kinds = {_CLASS.get(kind, Matter.FIGURE) for kind, _ in ((mine - others) + (others - mine))}
    # “in 5 days” is “in no more than 5 days”; of all else the least is not the most
    harmless = {"most"} if kinds == {Matter.TIME} else set()
    if one.bounds - harmless != other.bounds - harmless:
        return _UNLIKE
    return next(matter for matter in _ORDER if matter in kinds)


def _days(one: Statement, other: Statement) -> _Found:
    """Return that dates differ; days for which shares are aimed at are two targets."""
    shares = any(kind == "percent" for kind, _ in one.figures)
    return Matter.DATE if len(one.dates) == len(other.dates) and not shares else _UNLIKE


def _bodies(one: Statement, other: Statement) -> _Found:
    """Return that one body stands where another does, for what only one of them can do."""
    mine, others = Counter(one.bodies), Counter(other.bodies)
    if mine == others:
        return None
    left, right = mine - others, others - mine
    same = sum(left.values()) == sum(right.values()) == 1 and one.competent and other.competent
    return Matter.AUTHORITY if same else _UNLIKE


def _stance(one: Statement, other: Statement) -> _Found:
    """Return that one commands what the other permits or forbids; a command that is only left unsaid is no difference."""
    mine, others = Counter(one.stance), Counter(other.stance)
    left, right = list((mine - others).elements()), list((others - mine).elements())
    if not left and not right:
        return None
    if len(left) > 1 or len(right) > 1:
        return _UNLIKE
    if left and right:
        return Matter.MODALITY if frozenset((*left, *right)) in _CONTRARY else _UNLIKE
    alone = (left or right)[0]
    return Matter.MODALITY if alone in _ALONE else None if alone in _NEUTRAL else _UNLIKE


@lru_cache(maxsize=4096)
def statement(text: str, language: str, number: str) -> Statement:
    """Take a sentence of the act of that number apart; remembered, for the same sentences come again."""
    whole = _CLAUSE.sub("", WORDED.sub("", nfc(text)))
    bare = PLAIN.sub(" ", REFERS.sub(" ", own_act(number).sub(" ", whole)))
    start = START.search(bare)
    without = START.sub(" ", bare) if start else bare
    reading = read(without, language)
    bodies = [(m.start(), m.end(), _body(m.group())) for m in BODIES["en" if language == "en" else "vi"].finditer(without)]
    figures, labels = _quantities(reading)
    taken = [(start, end) for start, end, _ in bodies] + [(q.start, q.end) for q in reading.quantities]
    taken += [(start, end) for _, start, end in reading.dates] + [(c.start, c.end) for c in (*reading.modals, *reading.denials, *reading.bounds)]
    taken += [(a.start, a.end) for a in reading.acts]
    run = [_key(w, language) for w in reading.words if not any(a <= w.start < b for a, b in taken) and not w.written[0].isdigit()]
    words = {word for word in run if word not in FRAME and word not in LITTLE and len(word) > 1}
    named = {f"{a.number}/{a.year}/{a.letters or a.kind}" for a in reading.acts}
    return Statement(
        language="en" if language == "en" else "vi", fit=not LEANS.search(bare) and not addresses(bare),
        words=frozenset(words | named | labels), run=_pairs(run, language), figures=tuple(sorted(figures)),
        bounds=frozenset(cue.kind for cue in reading.bounds), dates=tuple(sorted(iso for iso, _, _ in reading.dates)),
        years=frozenset(q.value for q in reading.quantities if q.is_year), bodies=tuple(sorted(body for _, _, body in bodies)),
        stance=tuple(sorted(_stances(reading))), conditions=tuple(sorted(m.group().lower() for m in CONDITIONS.finditer(without))),
        competent=bool(COMPETENCE.search(without)), start=frozenset(tone_style(start.group().lower()).split()) if start else frozenset(),
    )  # fmt: skip


def _key(word: Word, language: str) -> str:
    """Return a word for comparing: with its diacritics in Vietnamese, its stem in English."""
    return word.key if language == "en" else tone_style(word.lower)


def _pairs(run: list[str], language: str) -> frozenset[str]:
    """Return what a field may be named by: pairs of neighbouring syllables, or single English words."""
    return frozenset(run) if language == "en" else frozenset(f"{a} {b}" for a, b in itertools.pairwise(run))


def _body(name: str) -> str:
    """Return the body of state that a name means: a minister is his ministry, a merged one what it was merged into."""
    plain = " ".join(re.findall(r"\w+", tone_style(name).lower()))
    plain = re.sub(r"^(?:the )|^bộ trưởng (?=bộ )", "", plain).replace("minister of", "ministry of") if plain != "prime minister" else plain
    plain = {"thủ tướng": "thủ tướng chính phủ"}.get(plain, plain)
    return SUCCESSORS.get(plain, plain)


def _stances(reading: Reading) -> Iterator[str]:
    """Yield what a sentence commands, permits, forbids, frees of, and denies."""
    yield from (cue.kind for cue in reading.modals)
    for cue in reading.denials:
        if not any(m.start < cue.end and cue.start < m.end for m in reading.modals):
            yield cue.kind


def _quantities(reading: Reading) -> tuple[list[tuple[str, str]], set[str]]:
    """Return the figures with their class (years left out), and the numbers that are names (“cấp độ 3”)."""
    figures, labels = [], set()
    rows = reading.quantities
    for place, quantity in enumerate(rows):
        if quantity.is_year:
            continue
        following = rows[place + 1] if place + 1 < len(rows) else None
        unit = quantity.unit
        if not unit and following and _RANGE.fullmatch(reading.text[quantity.end : following.start]):
            unit = following.unit  # “10 – 20 ngày”
        before = [word for word in reading.words if word.end <= quantity.start][-1:]
        if not unit and before and before[0].lower in LABELS:
            labels.add(f"{before[0].lower} {quantity.value}")
        else:
            figures.append(_figure(reading, quantity, unit))
    return figures, labels


def _figure(reading: Reading, quantity: Quantity, unit: str) -> tuple[str, str]:
    """Return a figure's class and value: times in hours or months, sums with their currency, else by the word that is counted."""
    if unit in _HOURS or unit in _MONTHS:
        scale = _HOURS.get(unit) or _MONTHS[unit]
        return "time", f"{Decimal(quantity.value) * scale:f} {'h' if unit in _HOURS else 'm'}"
    if unit in ("working_day", "minute"):
        return "time", f"{quantity.value} {unit}"
    if unit in ("dong", "usd", "euro"):
        return "money", f"{quantity.value} {unit}"
    if unit == "percent":
        return "percent", quantity.value
    after = reading.after(quantity.end, 1)
    return f"of {_key(after[0], reading.language) if after else ''}", quantity.value
