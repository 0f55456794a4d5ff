"""Words that mean nearly the same, across the two languages and within Vietnamese: what a question may also be asking for.

A table made by `index.train_lexicon` from a teacher's vectors. Lexical search gets the nearest words beside the question's
own, at smaller weights, so that an English question finds Vietnamese passages by their exact words (structured queries of
translations: Pirkola 1998, Darwish and Oard 2003). It is a dictionary made by a machine: right for two words of three, good
enough to find by, never shown and never quoted.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.normalise import tokens, tone_style
from index.analysis import stem
from index.errors import EncoderUnusable

__all__ = ["TABLE", "Lexicon"]

TABLE = Path(__file__).parent / "encoder" / "lexicon.json"
Near = Sequence[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class Lexicon:
    """For each unit of a language its near ones in the other language and in its own, with similarities from nought to one.

    Units are English stems, and Vietnamese words of one or two syllables.
    """

    across: Mapping[str, Mapping[str, Near]]
    within: Mapping[str, Mapping[str, Near]]

    @classmethod
    def empty(cls) -> Lexicon:
        """Return a lexicon that knows no word."""
        return cls({}, {})

    @classmethod
    def read(cls, path: Path = TABLE) -> Lexicon:
        """Read a table, by default the one that comes with the encoder; raises EncoderUnusable when it is missing or damaged."""
        try:
            data = json.loads(path.read_text("utf-8"))
            across, within = ({language: _rows(rows) for language, rows in data[part].items()} for part in ("across", "within"))
        except (OSError, ValueError, LookupError, TypeError, AttributeError) as error:
            raise EncoderUnusable(f"The lexicon {path.name} is missing or damaged.") from error
        return cls(across, within)

    def near(self, text: str, language: str) -> dict[str, float]:
        """Return words and phrases near to those of a text in `language` (vi or en), with weights; none for others."""
        found: dict[str, float] = {}
        for table, most in ((self.across, _ACROSS), (self.within, _WITHIN)):
            rows = table.get(language, {})
            for unit in _units(text, language, rows):
                for name, similarity in rows[unit]:
                    found[name] = max(found.get(name, 0.0), round(most * min(1.0, similarity / _SURE), 3))
        return found


_ACROSS, _WITHIN, _SURE = 0.5, 0.3, 0.8
"""Weights of the surest translation and the surest synonym beside a question's own word, and the similarity that is sure."""


def _rows(rows: Mapping[str, Sequence[tuple[str, int]]]) -> dict[str, Near]:
    """Return the rows of one language with similarities from nought to one."""
    return {unit: [(str(name), per_cent / 100) for name, per_cent in near] for unit, near in rows.items()}


def _units(text: str, language: str, rows: Mapping[str, Near]) -> list[str]:
    """Return the units of a text that the rows know, two syllables before one."""
    row = [stem(token) if language == "en" else token for token in tokens(tone_style(text))]
    found, at = [], 0
    while at < len(row):
        pair = " ".join(row[at : at + 2])
        if pair in rows:
            found.append(pair)
            at += 2
            continue
        if row[at] in rows:
            found.append(row[at])
        at += 1
    return list(dict.fromkeys(found))
