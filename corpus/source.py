"""What a reader gives: the printed lines of one file, before anybody knows what law they are.

    reader (corpus/formats)  →  Source of lines  →  regular (corpus/regular)  →  Source of paragraphs  →  structure (corpus/legal)  →  Document

Values only. A reader says what stands where; it joins nothing, drops nothing but what nobody can see, and knows no law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from corpus.errors import Fault

__all__ = ["Box", "Line", "Source"]

Box = tuple[float, float, float, float]
"""Left, top, right, bottom in points (1/72 inch) from the upper left corner of the page."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line or paragraph as it stands in the file, in the order of reading.

    `level` is the depth of a heading that the file itself declares (1 the outermost), 0 for none. `cells` are the cells of
    a table's row, empty for other lines; `text` then is the cells joined by ` | `. `label` is what the program that made
    the file counted by itself (“2.”, “a)”) and is already the beginning of `text`. `aside` names what stands outside the
    running text: `header`, `footer`, `footnote`, empty for the rest.
    """

    text: str
    page: int | None = None
    box: Box | None = None
    level: int = 0
    bold: bool = False
    centred: bool = False
    cells: tuple[str, ...] = ()
    label: str = ""
    aside: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The lines of one file and what is known of their reading.

    `wrapped` tells that a line is a line of print (PDF, scans, plain text broken by hand), not a paragraph. `confidence`
    holds one value a page from 0 to 1 where letters were recognised, None for a page that could not be read. `faults`
    names pages and parts that were left out, each with its reason. `title` is what the file calls itself, often wrong.
    """

    kind: str
    lines: tuple[Line, ...]
    wrapped: bool = False
    title: str = ""
    pages: int = 0
    confidence: tuple[float | None, ...] = ()
    faults: tuple[Fault, ...] = ()

    def is_recognised(self, page: int | None) -> bool:
        """Tell whether the letters of a page were recognised from its picture; a page of letters has a confidence of 1."""
        sure = self.confidence[page - 1] if page and 0 < page <= len(self.confidence) else None
        return sure is not None and sure < 1

    @property
    def characters(self) -> int:
        """The number of characters that are no white space."""
        return sum(not c.isspace() for line in self.lines for c in line.text)

    def to_json(self) -> dict[str, Any]:
        """Return a plain structure from which `from_json` makes an equal source."""
        return {
            "kind": self.kind, "wrapped": self.wrapped, "title": self.title, "pages": self.pages, "confidence": list(self.confidence),
            "faults": [list(fault) for fault in self.faults],
            "lines": [
                [line.text, line.page, line.box and list(line.box), line.level, line.bold, line.centred, list(line.cells), line.label, line.aside]
                for line in self.lines
            ],
        }  # fmt: skip

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Source:
        """Make a source from what `to_json` returned."""
        lines = (
            Line(text, page, box and tuple(box), level, bold, centred, tuple(cells), label, aside)
            for text, page, box, level, bold, centred, cells, label, aside in data["lines"]
        )
        return cls(
            data["kind"], tuple(lines), data["wrapped"], data["title"], data["pages"], tuple(data["confidence"]),
            tuple(Fault(*fault) for fault in data["faults"]),
        )  # fmt: skip
