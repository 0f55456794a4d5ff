"""Is what was found good enough to answer? Otherwise a typed outcome that says what is missing and what is near.

The decision rests on how much of the question's subject the chosen words cover, on whether they hold the kind of thing
asked for, and on whether the question's own particulars (figures, years, names) stand in them. Thresholds are fitted on
our development questions and live in one value.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.draft import Draft
from assistant.evidence import Candidate
from assistant.question import Shape, Want
from assistant.relevance import Subject
from assistant.understand import Understanding
from corpus.figures import figures
from corpus.normalise import fold, tokens

__all__ = ["Support", "Thresholds", "support_of", "unsupported_particulars"]


@dataclass(frozen=True, slots=True)
class Thresholds:
    """Below `coverage` of the subject nothing is answered; `wanting` is the stricter bar when the thing wanted is absent."""

    coverage: float = 0.42
    wanting: float = 0.85
    particulars: float = 0.75
    meaning: float = 0.45


@dataclass(frozen=True, slots=True)
class Support:
    """How well a draft answers: covered share, words not said, things wanted and not held, particulars not found."""

    coverage: float
    missing: tuple[str, ...]
    unmet: frozenset[Want]
    strange: tuple[str, ...]

    def enough(self, understanding: Understanding, thresholds: Thresholds) -> bool:
        """Tell whether the draft may be shown."""
        bar = thresholds.coverage
        if self.unmet & {Want.MONEY, Want.PERCENT, Want.ARTICLE, Want.COUNT, Want.DOCUMENT, Want.WHEN}:
            bar = thresholds.wanting
        if self.strange and understanding.form.shape is not Shape.CLAIM:
            bar = max(bar, thresholds.particulars)
        return self.coverage >= bar


def support_of(understanding: Understanding, subject: Subject, draft: Draft) -> Support:
    """Return how well the chosen words and the headings and names around them answer the question."""
    chosen: dict[tuple[str, str], Candidate] = {}
    words: list[str] = []
    holds: set[Want] = set()
    for line in draft.lines:
        for quote in line.quotes:
            chosen[quote.candidate.key] = quote.candidate
            words.append(quote.candidate.provision.text.only(quote.candidate.language)[slice(*quote.span)])
            holds |= {w for s in quote.candidate.sentences if (s.start, s.end) == quote.span for w in s.holds}
    around = []
    for candidate in chosen.values():
        around.append(f"{candidate.provision.heading.get(candidate.language)}; {candidate.provision.locator}; {candidate.document.number}")
        around.append(f"{candidate.document.title.get(candidate.language)}; {'; '.join(candidate.document.aliases)}")
    coverage = subject.cover("\n".join((*words, *around)))
    strange = unsupported_particulars(understanding, "\n".join((*words, *around)))
    return Support(coverage.share, coverage.missing, understanding.form.wants - frozenset(holds), strange)


def unsupported_particulars(understanding: Understanding, said: str) -> tuple[str, ...]:
    """Return the question's figures and names that do not stand in `said`; years of documents named count as said."""
    have = {f.value for f in figures(said)} | {f.value for n in (*understanding.documents, *understanding.dated) for f in figures(n)}
    strange = [f.value for f in figures(understanding.text) if f.value not in have]
    words = {fold(token) for token in tokens(said)}
    strange += [name for name in _names(understanding.text) if not all(fold(t) in words for t in tokens(name))]
    return tuple(dict.fromkeys(strange))


def _names(text: str) -> Sequence[str]:
    """Return runs of two and more capitalised words, a question's first word left out."""
    found, run = [], []
    for i, word in enumerate(text.split()):
        bare = word.strip(".,;:?!()“”\"'")
        if i and bare[:1].isupper() and bare.isalpha():
            run.append(bare)
            if word[-1:] not in ".,;:?!":
                continue
        if len(run) > 1:
            found.append(" ".join(run))
        run = []
    if len(run) > 1:
        found.append(" ".join(run))
    return found
