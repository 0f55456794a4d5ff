"""The checks of one claim against its sources, each a function that returns a reason for every fault of its kind.

Figures, dates and acts are looked for in all that is cited; small words in the sentences of it that support the claim, for a
“must” elsewhere in a long provision proves nothing. What a check cannot tell it lets pass.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from assistant.verification.cues import Cue
from assistant.verification.quantities import acts, addresses
from assistant.verification.reading import LITTLE, Reading, read
from assistant.verification.values import Fault, Reason, Source
from corpus.figures import number_set

__all__ = ["Against", "act_faults", "bound_faults", "date_faults", "figure_faults", "modal_faults", "negation_faults"]

_ISSUE = re.compile(
    r"ban hành|ngày|ký|thông qua|công bố|phê duyệt|ra đời|issu|adopt|sign|dated|approv|promulgat|pass|\bof\b|\bon\b|publish|announc", re.I
)
_EFFECT = re.compile(r"hiệu lực|áp dụng|thi hành|từ ngày|in force|into force|effect|appl(?:y|ies)", re.I)
_PLAIN = re.compile(r"\d")


@dataclass(frozen=True, slots=True)
class Against:
    """What a claim is checked against: the sources, their texts as read, and of these the sentences that support the claim.

    `across` tells that the sources are of another language than the claim: then small words are compared by class alone.
    """

    sources: Sequence[Source]
    readings: Sequence[Reading]
    support: Sequence[Reading]
    across: bool = False


# --- figures, dates, numbers ---------------------------------------------------------------------------------------------


def figure_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every figure that no source has, or has with another unit."""
    units: dict[str, set[str]] = {}
    for reading in against.readings:
        for q in reading.quantities:
            units.setdefault(q.value, set()).add(q.unit)
    known = _other_numbers(claim, against)
    items = {str(reading.text.count(";") + 1) for reading in against.readings if ";" in reading.text}
    marks = _item_marks(claim)
    for quantity in claim.quantities:
        words = claim.text[quantity.start : quantity.end]
        have = units.get(quantity.value)
        if have is None:
            counted = quantity.in_words and (against.across or quantity.value in items)
            if not counted and quantity.start not in marks and not (quantity.value in known and quantity.unit in ("", "day", "month", "year")):
                yield Reason(Fault.FIGURE, words, f"the figure {words} stands in no words that are cited")
        elif quantity.unit and quantity.unit not in have and not (have == {""} and quantity.unit != "percent"):
            said = f"{words}{claim.text[quantity.end : quantity.end + 12].split(',')[0]}".strip()
            yield Reason(Fault.UNIT, said, f"the figure {words} is cited with another unit")


def _item_marks(claim: Reading) -> frozenset[int]:
    """Return where the numbers of a claim's own items stand, if they count from one on: they tell nothing."""
    found = [(int(m.group(1)), m.start(1)) for m in re.finditer(r"\((\d{1,2})\)", claim.text)]
    counts = [number for number, _ in found] == list(range(1, len(found) + 1))
    return frozenset(start for _, start in found) if counts else frozenset()


def _other_numbers(claim: Reading, against: Against) -> frozenset[str]:
    """Return the numbers that may stand in the claim without being quantities of the source.

    Years of whatever dates and acts it has; numbers in addresses, titles and headings; the parts of a date where the claim
    gives a day without its year; those of the entry into force when the claim speaks of it.
    """
    known: set[str] = set()
    partly = bool(
        re.search(
            r"(?:ngày|tháng)\s*\d|\d{1,2}/\d{1,2}(?!/)|\d\s+(?:january|february|march|april|may|june|july|august|september|october|november|december)",
            claim.text,
            re.I,
        )
    )
    effect = bool(_EFFECT.search(claim.text))
    for source, reading in zip(against.sources, against.readings, strict=True):
        about = read(source.about, reading.language)
        days = [*(iso for iso, _, _ in (*reading.dates, *about.dates)), source.issued, source.effective if effect else ""]
        for day in filter(None, days):
            known.update(part.lstrip("0") for part in (day.split("-") if partly else [day[:4]]))
        known.update(act.year for act in (*reading.acts, *about.acts, *acts(source.document)) if act.year)
        known.update(quantity.value for quantity in about.quantities)
        for address in (*addresses(reading.text), source.locator):
            known |= _numbers_of(address)
        if re.search(r"(?<!\w)(?:kép|đôi|cả hai|song phương|dual|both|double|twin|bilateral)(?!\w)", reading.text, re.I):
            known.add("2")
    return frozenset(known)


def _numbers_of(text: str) -> frozenset[str]:
    """Return the numbers of a text, nothing when it has no figure."""
    return number_set(text) if _PLAIN.search(text) else frozenset()


def date_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every date that is not cited; a month may be said of a day in it.

    The days of issue and of entry into force may be said of the document only in so many words.
    """
    known = {iso for reading in against.readings for iso, _, _ in reading.dates}
    known |= {iso for source in against.sources for iso, _, _ in read(source.about, "vi").dates}
    for iso, start, end in claim.dates:
        before = claim.text[max(0, start - 60) : start]
        may = set(known)
        if _ISSUE.search(before) and not _EFFECT.search(before[-30:]):
            may |= {source.issued for source in against.sources if source.issued}
        if _EFFECT.search(before):
            may |= {source.effective for source in against.sources if source.effective}
        if not any(day.startswith(iso) for day in may):
            words = claim.text[start:end]
            yield Reason(Fault.DATE, words, f"the date {words} stands in no words that are cited")


def act_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every document number that the sources neither have nor are."""
    known = [act for reading in against.readings for act in reading.acts]
    for source in against.sources:
        known += acts(source.about) + acts(source.document)
    for act in claim.acts:
        same = [other for other in known if other.number == act.number]
        fits = [other for other in same if act.may_be(other)]
        # a short name (“Luật 148”) proves no year where the full number is known
        year = not act.year or not any(other.year for other in same) or any(other.year == act.year for other in fits)
        letters = not act.letters or not any(other.letters for other in same) or any(other.letters == act.letters for other in fits)
        if not (fits and year and letters):
            yield Reason(Fault.NUMBER, act.words, f"the number {act.words} stands in no words that are cited")


# --- small words -----------------------------------------------------------------------------------------------------------


def bound_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every “at least”, “at most” or “about” that the supporting sentences do not have."""
    have = {cue.kind for reading in against.support for cue in reading.bounds}
    for cue in claim.bounds:
        if cue.kind not in have and not (against.across and (cue.kind == "about" or _up_to(cue, claim, against.support))):
            yield Reason(Fault.QUALIFIER, cue.words, f"“{cue.words}” is not said where it is cited")


def modal_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every duty, permission, ban or advice of the claim that the supporting sentences do not have."""
    have = [(reading, cue) for reading in against.support for cue in reading.modals]
    kinds = {cue.kind for _, cue in have}
    said = {pair for reading in against.support for pair in _pairs(reading)}
    for cue in claim.modals:
        if cue.kind in kinds:
            # both a duty and a permission stand there: which of them governs these words?
            mine = {w.key for w in claim.after(cue.end, 3)}
            same = [mine & {w.key for w in reading.after(other.end, 3)} for reading, other in have if other.kind == cue.kind]
            others = [mine & {w.key for w in reading.after(other.end, 3)} for reading, other in have if other.kind != cue.kind]
            before = {w.key for w in claim.before(cue.start, 2)}
            moved = any(before & {w.key for w in reading.before(other.start, 2)} for reading, other in have if other.kind == cue.kind)
            elsewhere = not moved and tuple(w.key for w in claim.after(cue.end, 2)) in said
            if against.across or any(same) or (max(map(len, others), default=0) < 2 and not elsewhere):
                continue
        elif against.across and _said_otherwise(cue, kinds, against.support):
            continue
        yield Reason(Fault.MODALITY, cue.words, f"“{cue.words}” is not said where it is cited")


def _up_to(cue: Cue, claim: Reading, support: Sequence[Reading]) -> bool:
    """Tell whether “up to 5%” is said in Vietnamese by “đến 5%”, which alone tells no bound."""
    figures = [w.written for w in claim.words if cue.end <= w.start <= cue.end + 12 and w.written[0].isdigit()]
    return cue.kind == "most" and any(re.search(rf"(?:đến|tới|trong)\s+{re.escape(f)}", reading.text) for f in figures for reading in support)


# Words that deny by a syllable, and that say a duty or a right without a modal verb.
_WITHOUT = re.compile(
    r"(?<!\w)(?:un[a-z]+(?:ed|able|ible)|in(?:separable|divisible|complete|valid|eligible|sufficient|applicable|correct|accessible|ability)"
    r"|non-?[a-z]+|[a-z]{3,}less|irrespective|regardless|free of|free from|lacks?|lacking|disagree[a-z]*|fail[a-z]*|miễn|phi [^\W\d_]+|vô [^\W\d_]+)"
    r"(?!\w)"
)
_DUTY = re.compile(
    r"(?<!\w)(?:yêu cầu|bảo đảm|đòi hỏi|giao|nhiệm vụ|trách nhiệm|nghĩa vụ|thời hạn|"
    r"is to|are to|was to|were to|requires?|ensures?|assigns?|will|tasks?"
    r"|responsibility|responsibilities|obligations?|duty|duties|time limit|deadline)(?!\w)"
)
_RIGHT = re.compile(r"(?<!\w)(?:được|quyền|free to|options?|possible|possibility)(?!\w)")


def _said_otherwise(cue: Cue, kinds: set[str], support: Sequence[Reading]) -> bool:
    """Tell whether a modal verb can stand for a word of the other language that is none there (“is to”, “được”, “cần”)."""
    text = "\n".join(reading.text for reading in support).lower()
    if cue.kind == "oblige":
        return bool(kinds & {"need", "forbid"}) or (not kinds & {"permit", "urge"} and bool(_DUTY.search(text)))
    if cue.kind == "permit":
        return not kinds & {"oblige", "forbid"} and bool(_RIGHT.search(text))
    if cue.kind in ("forbid", "exempt"):
        return any(reading.denials for reading in support) or bool(_WITHOUT.search(text))
    return cue.kind == "need" and not kinds & {"permit"}


def negation_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every denial that is said and not cited, and for what is denied there and said without it."""
    if against.across:
        yield from _counted_denials(claim, against)
        return
    denied = [{w.key for w in reading.after(cue.end, 4)} for reading in against.readings for cue in reading.denials]
    for cue in claim.denials:
        mine = {w.key for w in claim.after(cue.end, 2)}
        if not any(mine & other for other in denied) and (mine or not denied):
            yield Reason(
                Fault.NEGATION, cue.words, f"“{cue.words} {' '.join(w.lower for w in claim.after(cue.end, 2))}” is not said where it is cited"
            )
    said = _pairs(claim)
    for reading in against.support:
        affirmed = {pair for other in against.readings for pair in _pairs(other)}
        for cue in reading.denials:
            after = reading.after(cue.end, 2)
            # the two words behind the denial, and the two on both its sides: “reply is not consent”
            for row in (after, (*reading.before(cue.start, 1), *after[:1])):
                pair = tuple(w.key for w in row)
                if len(pair) < 2 or pair not in said or pair in affirmed:
                    continue
                words = " ".join(w.lower for w in row)
                yield Reason(Fault.NEGATION, words, f"“{cue.words} {words}” is said without “{cue.words}”")


def _pairs(reading: Reading) -> set[tuple[str, ...]]:
    """Return the pairs of neighbouring words that say something and that no denial stands shortly before."""
    words = [w for w in reading.words if w.lower not in LITTLE]
    found: set[tuple[str, ...]] = set()
    for first, second in pairwise(words):
        if not any(0 <= first.start - cue.end <= 12 or cue.start <= first.start < cue.end for cue in reading.denials):
            found.add((first.key, second.key))
    return found


def _counted_denials(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason when one side denies and the other does not; which words are denied cannot be told across languages."""
    here = len(claim.denials)
    there = sum(len(reading.denials) for reading in against.support)
    exempt = any(cue.kind in ("exempt", "forbid") for reading in against.support for cue in reading.modals)
    if here and not there and not exempt and not any(_WITHOUT.search(reading.text) for reading in against.support):
        words = claim.denials[0].words
        yield Reason(Fault.NEGATION, words, f"“{words}” is not said where it is cited")
    elif not here and there and against.support and not _WITHOUT.search(claim.text.lower()):
        first = against.support[0]
        if first.denials and len(claim.words) >= 0.6 * _fair_length(first, claim.language):
            words = first.denials[0].words
            yield Reason(Fault.NEGATION, words, f"“{words}” is said there and not here")


def _fair_length(reading: Reading, language: str) -> float:
    """Return about how many words a text has in a language: Vietnamese writes a third more of them."""
    return len(reading.words) * (1.0 if reading.language == language else 0.75 if language == "en" else 1.33)
