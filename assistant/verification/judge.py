"""The judge of one sentence: `Verifier.check` gives a typed verdict with reasons.

A sentence stands when its figures, dates, document numbers, names, units, modal verbs, bounds and denials agree with the
words that it cites, and when these say enough of what it says. It stands at once when it is printed there word for word.
What no check here can see is a wrong relation between right words in a sentence of another wording.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path

from assistant.phrase_vectors import PhraseVectors
from assistant.verification.binding import order_faults
from assistant.verification.checks import Against, act_faults, bound_faults, date_faults, figure_faults, modal_faults, negation_faults
from assistant.verification.claims import without_marks
from assistant.verification.copying import copy_faults
from assistant.verification.likeness import Likeness, Support
from assistant.verification.naming import name_faults
from assistant.verification.reading import Reading, read
from assistant.verification.values import Fault, Quoted, Reason, Source, Verdict
from corpus.glossary import Glossary
from corpus.normalise import nfc
from index.embedding import Encoder

__all__ = ["Limits", "Verifier"]

_EDGE = re.compile(r"(?:^|[.!?:;\n•“(]|(?:^|\n)\s*(?:[-–•]|\(?\w{1,2}[.)]))\s*$")
_CLOSING = " \n\t.;:,!?…”\"'"


@dataclass(frozen=True, slots=True)
class Limits:
    """The likeness under which a sentence says something else than its sources, of one language or across two.

    Fitted by `evals.perturb --fit`: one in a hundred true sentences of the development half falls under it.
    """

    same: float = 0.5
    across: float = 0.4

    @classmethod
    def read(cls, path: Path) -> Limits:
        """Read the limits that were fitted, the defaults where there are none."""
        data = json.loads(path.read_text("utf-8")).get("verification") if path.exists() else None
        return cls(float(data["same"]), float(data["across"])) if data else cls()

    def to_json(self) -> dict[str, float]:
        """Return the limits by name."""
        return asdict(self)


class Verifier:
    """Judges sentences of either language by the words that they cite; keeps nothing but vectors of phrases seen lately."""

    def __init__(self, encoder: Encoder | None = None, glossary: Glossary | None = None, limits: Limits | None = None) -> None:
        self._glossary = glossary
        self._limits = limits or Limits()
        self._likeness = Likeness(PhraseVectors(encoder) if encoder else None, glossary)

    def check(self, sentence: str, cited: Sequence[Source], *, language: str) -> Verdict:
        """Tell whether `sentence` (marks or not) in `language` stands on the sources that its marks name, taken together."""
        said = nfc(without_marks(sentence)).strip()
        if not cited:
            return Verdict(False, (Reason(Fault.NO_MARK, "", "no mark"),), None, 0.0)
        if not any(source.text for source in cited):
            return Verdict(False, (Reason(Fault.QUOTE, "", "what is cited has no words"),), None, 0.0)
        verbatim = _verbatim(said, cited)
        if verbatim:
            return Verdict(True, (), verbatim)
        claim = read(said, language)
        # a source in the claim's language is a fairer measure: the others are asked only where there is none
        readings = [read(source.text, source.language) for source in cited]
        across = all(reading.language != language for reading in readings)
        support = self._likeness.support(claim, readings, _given(cited))
        against = Against(cited, readings, _supporting(support, readings), across)
        reasons = [
            *figure_faults(claim, against), *date_faults(claim, against), *act_faults(claim, against),
            *name_faults(claim, against, self._glossary), *bound_faults(claim, against), *modal_faults(claim, against),
            *negation_faults(claim, against), *order_faults(claim, against), *copy_faults(claim, against),
        ]  # fmt: skip
        if support.likeness < (self._limits.across if across else self._limits.same):
            reasons.append(Reason(Fault.WORDS, said, "what is cited says something else"))
        quote = None
        if support.sentences:
            place, span = support.sentences[0]
            quote = Quoted(place, span.start, span.end, span.text)
        return Verdict(not reasons, tuple(dict.fromkeys(reasons)), quote, round(support.likeness, 4))


def _verbatim(said: str, cited: Sequence[Source]) -> Quoted | None:
    """Return where a sentence is printed word for word, from the beginning of a sentence, a clause or an item on."""
    bare = said.strip(_CLOSING)
    if len(bare) < 2:
        return None
    for place, source in enumerate(cited):
        start = source.text.find(bare)
        if (
            start >= 0
            and _EDGE.search(source.text[max(0, start - 12) : start])
            and not source.text[start + len(bare) : start + len(bare) + 1].isalnum()
        ):
            return Quoted(place, start, start + len(bare), bare)
    return None


def _given(cited: Sequence[Source]) -> frozenset[str]:
    """Return the words by which the documents cited are known."""
    return frozenset(w.key for source in cited for w in read(source.about, "vi").words)


def _supporting(support: Support, readings: Sequence[Reading]) -> tuple[Reading, ...]:
    """Return the supporting sentences as read, the best first."""
    return tuple(read(span.text, readings[place].language) for place, span in support.sentences)
