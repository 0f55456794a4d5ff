"""The way in: the lines of a reader made regular, in five steps that each can be left out without harm to the next.

    letters (encodings, fonts, marks)  →  furniture out  →  lines joined to paragraphs  →  garbled marks of recognised pages
    →  white space and signs nobody can see

Pure: a source in, a source out. What was left out stands among its faults.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.normalise import nfc
from corpus.regular.counts import recount
from corpus.regular.fonts import recode_lines
from corpus.regular.furniture import without_furniture
from corpus.regular.marks import mend_marks
from corpus.regular.paragraphs import join, join_pieces
from corpus.source import Line, Source

__all__ = ["regular"]

# Signs of the fonts Symbol and Wingdings, which Word puts into the private area, for bullets and dashes.
_BULLETS = str.maketrans({"\uf0b7": "•", "\uf0a7": "▪", "\uf02d": "-", "\uf0d8": "•", "\uf0fc": "•", "\uf076": "•", "\uf0be": "-", "\uf06f": "◦"})
_LABEL = re.compile(r"^\s*([a-zđ]|(?:Điều )?\d{1,3}[a-zđ]?) ([.)])\s+(?=\S)")  # “a ) Phát tán”
_SPACES = re.compile(r"[ \t\xa0\u1680\u2000-\u200a\u202f\u205f\u3000]+")
# Controls, joiners, directions, and the tags and variation selectors in whose letters an order to a model can be hidden.
_UNSEEN = re.compile(
    "[\\x00-\\x08\\x0b\\x0c\\x0e-\\x1f\\x7f-\\x9f\xad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\ufeff\ufff9-\ufffb"
    "\U000e0000-\U000e0fff]"
)


def regular(source: Source) -> Source:
    """Return the source as paragraphs in NFC, letters mended and furniture left out; `wrapped` is then false.

    Footnotes stand behind the paragraph in which they were met, still marked as such. Empty lines are gone.
    """
    source = without_furniture(replace(source, lines=_lettered(source.lines)))
    lines = source.lines
    if source.wrapped or source.kind == "plain":
        lines = join(lines) if source.wrapped else join_pieces(lines)
    lines, faults = recount(lines, source.is_recognised) if source.confidence else (lines, ())
    lines = tuple(line for line in map(_tidied, lines) if line.text)
    return replace(source, lines=lines, wrapped=False, title=_tidy(source.title), faults=(*source.faults, *faults))


def _lettered(lines: Sequence[Line]) -> tuple[Line, ...]:
    """Return the lines with their letters in Unicode and their syllables whole; texts and cells prove the font together."""
    texts = [part for line in lines for part in (line.text, *line.cells)]
    mended = iter([_LABEL.sub(r"\1\2 ", mend_marks(text)) for text in recode_lines([nfc(text) for text in texts])])
    return tuple(replace(line, text=next(mended), cells=tuple(next(mended) for _ in line.cells)) for line in lines)


def _tidied(line: Line) -> Line:
    """Return the line without what nobody can see and with single spaces."""
    return replace(line, text=_tidy(line.text), cells=tuple(map(_tidy, line.cells)), label=_tidy(line.label))


def _tidy(text: str) -> str:
    """Return one text so."""
    return nfc(_UNSEEN.sub("", _SPACES.sub(" ", text.translate(_BULLETS)))).strip()
