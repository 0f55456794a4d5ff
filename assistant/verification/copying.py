"""A claim that is nearly a copy of a cited sentence is compared with it word by word.

Where both run alike on either side of a place and differ there in a figure, a name or a denial, the claim says another thing,
even if its own word stands elsewhere in the source. Items in another order are no difference.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher

from assistant.verification.checks import Against
from assistant.verification.reading import LITTLE, Reading, Word, read
from assistant.verification.values import Fault, Reason

__all__ = ["copy_faults"]

_ALIKE = 0.6
_BESIDE = 2
_LONGEST = 8


def copy_faults(claim: Reading, against: Against) -> Iterator[Reason]:
    """Yield a reason for every figure, name or denial in which a near copy differs from the sentence it copies."""
    if against.across:
        return
    copied = _nearest(claim, against)
    if copied is None:
        return
    original, matcher = copied
    blocks = matcher.get_opcodes()
    for at, (tag, i1, i2, j1, j2) in enumerate(blocks):
        if tag == "equal" or i2 - i1 > _LONGEST or j2 - j1 > _LONGEST or not _flanked(blocks, at):
            continue
        mine, theirs = claim.words[i1:i2], original.words[j1:j2]
        if not _moved(mine, theirs, claim, original):
            yield from _difference(mine, theirs, claim, original, (i1, j1))


def _nearest(claim: Reading, against: Against) -> tuple[Reading, SequenceMatcher[str]] | None:
    """Return the cited sentence that the claim is most like, with the comparison, if it is nearly a copy."""
    keys = [w.key for w in claim.words]
    best: tuple[Reading, SequenceMatcher[str]] | None = None
    reached = _ALIKE
    for reading in against.readings:
        if reading.language != claim.language:
            continue
        for span in reading.sentences:
            sentence = read(span.text, reading.language)
            matcher = SequenceMatcher(None, keys, [w.key for w in sentence.words], autojunk=False)
            if matcher.real_quick_ratio() > reached and matcher.quick_ratio() > reached and matcher.ratio() > reached:
                best, reached = (sentence, matcher), matcher.ratio()
    return best


def _flanked(blocks: Sequence[tuple[str, int, int, int, int]], at: int) -> bool:
    """Tell whether both texts run alike before and behind a difference; one side may be the text's edge if the other is longer."""
    before = blocks[at - 1][2] - blocks[at - 1][1] if at else 0
    behind = blocks[at + 1][2] - blocks[at + 1][1] if at + 1 < len(blocks) else 0
    return (before >= _BESIDE and behind >= _BESIDE) or (
        before + behind >= 2 * _BESIDE and (not at or at + 1 == len(blocks) or min(before, behind) > 0)
    )


def _moved(mine: Sequence[Word], theirs: Sequence[Word], claim: Reading, original: Reading) -> bool:
    """Tell whether what differs only stands elsewhere: each side's words are all in the other text, and there are some."""
    here, there = {w.key for w in claim.words}, {w.key for w in original.words}
    several = bool(mine and theirs) or len(mine) + len(theirs) > _BESIDE
    return several and all(w.key in there for w in mine) and all(w.key in here for w in theirs)


def _difference(mine: Sequence[Word], theirs: Sequence[Word], claim: Reading, original: Reading, at: tuple[int, int]) -> Iterator[Reason]:
    """Yield what a difference turns: a figure, a name or a denial."""
    said, cited = " ".join(w.written for w in mine), " ".join(w.written for w in theirs)
    figures, others = _figures(mine, claim), _figures(theirs, original)
    if figures and others and not figures & others and len(mine) <= len(theirs) + 2:
        yield Reason(Fault.ORDER, said, f"“{said}” is said where “{cited}” is cited")
    elif _name(mine, at[0]) and _name(theirs, at[1]) and {w.key for w in mine}.isdisjoint(w.key for w in theirs):
        yield Reason(Fault.NAME, said, f"“{said}” is named where “{cited}” is cited")
    if bool(_denials(mine, claim)) != bool(_denials(theirs, original)) and (mine or len(theirs) <= _BESIDE + 1):
        yield Reason(Fault.NEGATION, said or cited, f"“{said}” is said where “{cited}” is cited")


def _figures(words: Sequence[Word], reading: Reading) -> set[str]:
    """Return the figures among words; dates are spelled in many ways and compared elsewhere."""
    return {w.key for w in words if w.written[0].isdigit() and not any(start <= w.start < end for _, start, end in reading.dates)}


def _name(words: Sequence[Word], at: int) -> bool:
    """Tell whether words begin with a name, and not only with the first word of a sentence."""
    return bool(words) and words[0].capital and words[0].lower not in LITTLE and (at > 0 or sum(w.capital for w in words) > 1)


def _denials(words: Sequence[Word], reading: Reading) -> list[str]:
    """Return the denials that stand among words."""
    if not words:
        return []
    return [cue.words for cue in reading.denials if words[0].start <= cue.start < words[-1].end]
