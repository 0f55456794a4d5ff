"""Pieces become nodes: a flat row of the parts of an act, each with its whole address, in the order of the source.

The walk decides what a line may open at its place: articles and clauses go up by one, an annex or an attached
regulation begins its own count, what is quoted opens nothing. What does not fit stays text of the node before it, so that
no words are lost; gaps and repetitions are reported as faults.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from corpus.legal.headings import Kind, Opening, is_capitals, opening_of, roman
from corpus.legal.pieces import Piece
from corpus.legal.place import Node, Place
from corpus.legal.titles import attached, enclosed, ends, is_preamble, mid, mid_title, title_of

__all__ = ["Walk", "nodes"]

_DIVISIONS = (Kind.PART, Kind.CHAPTER, Kind.SECTION, Kind.SUBSECTION)
_ANNEXED = (Kind.ATTACHED, Kind.ANNEX, Kind.FORM, Kind.FREE)
_NAMED = re.compile(r"nơi nhận|(?:điều|article|chương|chapter|mục|section|khoản)\s+[\dIVX]", re.I)
_ONE = re.compile(r"[lI|]\s?[.)]\s")
_SMUDGED = re.compile(r"[_'‘’.,~•*-]{0,2}\s?(?P<label>[1-9]\d?)(?P<mark>[.,]?)\s+(?=[A-ZĐÀ-Ỹ])")
_JUMP = 3
_GAP = 20
_BROKEN = 150
_FREE_TITLE = 80


class Walk:
    """One walk over the pieces of a source."""

    def __init__(self, found: Sequence[Piece], english: bool) -> None:
        self.found = found
        self.english = english
        self.nodes: list[Node] = []
        self.faults: list[str] = []
        self.main = Place()
        self.place = self.main
        self.free: Place | None = None
        self.held: list[Piece] = []
        self.echo = 0
        self.untitled = False
        self.kinds: set[Kind] = set()
        labels = [(o.kind, o.label) for piece in found if english and (o := opening_of(piece))]
        articled = any(kind is Kind.ARTICLE for kind, _ in labels)
        # an English act without articles counts its sections, or its paragraphs from the first to the last
        self.by_section = english and not articled and sum(kind is Kind.SECTION and label.isdigit() for kind, label in labels) > 2
        self.through = english and not articled and labels.count((Kind.NUMBER, "1")) == 1

    def run(self) -> tuple[tuple[Node, ...], tuple[str, ...]]:
        """Return the nodes and the faults of numbering."""
        for index, piece in enumerate(self.found):
            opening = opening_of(piece)
            if not self._titled(piece, opening, index) and not self._opened(piece, opening, index):
                self._appended(piece)
        return tuple(self.nodes), tuple(self.faults)

    # --- lines that open nothing -------------------------------------------------------------------------------------------

    def _appended(self, piece: Piece) -> None:
        """Add a line to the words of the node that is open."""
        self.untitled = False
        if not self.nodes:
            self.nodes.append(Node(Kind.HEAD, ("Title",) if self.english else ("Tiêu đề",)))
        if self.nodes[-1].kind is Kind.HEAD and self.nodes[-1].body and is_preamble(piece):
            self.nodes.append(Node(Kind.PREAMBLE, ("Preamble",) if self.english else ("Mở đầu",)))
        if not self._echoed(piece):
            self.nodes[-1].body.append(piece)

    def _echoed(self, piece: Piece) -> bool:
        """Tell whether a line prints the beginning of the open clause once more, as some programs do before each point."""
        node = self.nodes[-1]
        if node.kind is not Kind.NUMBER or self.echo >= len(node.body) or piece.text != node.body[self.echo].text or len(node.body) < 2:
            self.echo = 0
            return False
        self.echo += 1
        return True

    def _titled(self, piece: Piece, opening: Opening | None, index: int) -> bool:
        """Take a line as the heading, or more of the heading, of the node that was just opened."""
        if not self.untitled or not self.nodes:
            return False
        node = self.nodes[-1]
        if opening and not (opening.kind in (Kind.LETTER, Kind.SIGNATURE) and node.kind in (Kind.ATTACHED, Kind.ANNEX)):
            return False
        words = title_of(piece, node.heading, node.kind)
        if not words:
            return False
        node.heading = f"{node.heading} {words}".strip()
        node.opener.append(piece)
        self.place.heading = node.heading if node.kind is not Kind.ARTICLE else self.place.heading
        self.untitled = node.kind is not Kind.ARTICLE
        return True

    # --- lines that open a node --------------------------------------------------------------------------------------------

    def _opened(self, piece: Piece, opening: Opening | None, index: int) -> bool:
        """Open a node with a line if it may stand here; tells whether the line is taken."""
        before = self.found[index - 1] if index else None
        begun = self._begun()
        name = attached(self.found, index) if begun and not piece.inert and not (opening and opening.kind is Kind.ANNEX) else ""
        if name:
            return self._annexed(piece, Kind.ATTACHED, name, piece.text, outermost=True)
        opening = self._misread(piece, opening, index)
        if self.by_section and opening and opening.kind is Kind.SECTION:
            opening = replace(opening, kind=Kind.ARTICLE)
        if opening is None:
            return self._rowed(piece) or (begun and self._freed(piece, before))
        kind = opening.kind
        if kind is Kind.ARTICLE:
            return self._article(piece, opening, before)
        if kind is Kind.SIGNATURE:
            return self._signed(piece, begun)
        if self._closed() and kind not in (Kind.ANNEX, Kind.FORM):
            return False
        if kind in (Kind.ANNEX, Kind.FORM):
            return self._annex(piece, opening, before, index)
        if kind in _DIVISIONS:
            return self._division(piece, opening, before)
        if kind is Kind.NUMBER:
            return self._number(piece, opening, before, index)
        return self._roman(piece, opening, before)

    def _misread(self, piece: Piece, opening: Opening | None, index: int) -> Opening | None:
        """Return the awaited clause of an article for a line whose number was misread, where the clause after it follows.

        Recognition begins clause 1 with “l.” or “I.”, drops the point after a number or sees a speck before it.
        """
        match = _ONE.match(piece.text)
        if (
            match
            and not piece.inert
            and not piece.line.cells
            and self.place.article
            and not self.place.number
            and not self.place.roman
            and self._goes_on(index)
        ):
            return Opening(Kind.NUMBER, "1", "1", piece.text[match.end() :], mark=")" if ")" in match[0] else ".")
        last = self.place.number[0] if self.place.number else 0
        smudged = _SMUDGED.match(piece.text)
        if (
            smudged
            and int(smudged["label"]) == last + 1
            and opening is None
            and not piece.inert
            and not piece.line.cells
            and self.place.article
            and (smudged["mark"] or self._goes_on(index, after=last + 1))
        ):
            return Opening(Kind.NUMBER, smudged["label"], smudged["label"], piece.text[smudged.end() :], mark=self.place.mark or ".")
        return opening

    def _closed(self) -> bool:
        """Tell whether the closing block of the act is open, in which lists and names are no clauses."""
        return bool(self.nodes) and self.nodes[-1].kind is Kind.SIGNATURE

    def _broken(self, before: Piece | None) -> bool:
        """Tell whether the line before breaks off inside a sentence; a heading never does."""
        if before is None or not mid(before) or (self.nodes and before in self.nodes[-1].opener):
            return False
        # the recitals of resolutions end in commas
        return not (before.text.endswith(",") and self.nodes and self.nodes[-1].kind in (Kind.HEAD, Kind.PREAMBLE))

    def _signed(self, piece: Piece, begun: bool) -> bool:
        """Open the closing block after the words of the act or of an attached regulation."""
        if not begun or self._closed() or self.kinds & {Kind.ANNEX, Kind.FORM} or not self._worded():
            return False
        step = "Signature" if self.english else "Ký ban hành"
        self._add(Node(Kind.SIGNATURE, (*self.place.outer, step), "", [], [piece]))
        return True

    def _worded(self) -> bool:
        """Tell whether the body has an article, a clause or a section so far."""
        return bool(self.place.seen or self.place.number or self.place.roman)

    def _annex(self, piece: Piece, opening: Opening, before: Piece | None, index: int) -> bool:
        """Open an annex, or a form inside an annex."""
        inside = bool(self.kinds & {Kind.ANNEX, Kind.SIGNATURE}) or (opening.kind is Kind.ANNEX and not opening.rest and enclosed(self.found, index))
        if opening.kind is Kind.FORM:
            if not inside:
                return False
            annex = next((node.steps[-1:] for node in reversed(self.nodes) if node.kind is Kind.ANNEX), ())
            return self._annexed(piece, Kind.FORM, opening.step, opening.rest, outer=annex)
        strong = is_capitals(piece.text) or piece.line.centred or bool(piece.line.level) or piece.line.bold or inside
        if (
            not self.nodes
            or (before and not inside and not ends(before))
            or (opening.rest and opening.rest.endswith((";", ",")))
            or (not strong and opening.rest)
        ):
            return False
        return self._annexed(piece, Kind.ANNEX, opening.step, opening.rest, outermost=True)

    def _annexed(self, piece: Piece, kind: Kind, name: str, heading: str, *, outer: tuple[str, ...] = (), outermost: bool = False) -> bool:
        """Open what has its own count of articles and clauses: an annex, a form, an attached regulation."""
        steps = (name,) if outermost or not outer else (*outer, name)
        # a programme of sections I, II, III is cited without the words that it is attached
        alone = kind is Kind.ATTACHED and not self.main.roman and Kind.ATTACHED not in self.kinds
        self.place, self.free = Place(outer=steps, heading=heading, bare=alone), None
        self._add(Node(kind, steps, heading, [piece]), untitled=True)
        return True

    def _freed(self, piece: Piece, before: Piece | None) -> bool:
        """Open a section that the file itself declares by a heading without a number, once articles have begun."""
        short = len(piece.text) <= _FREE_TITLE and not piece.text.endswith((".", ";", ":", ",")) and any(c.isalpha() for c in piece.text)
        if not piece.line.level or piece.inert or piece.line.cells or not short or (not self._worded() and not self.place.outer):
            return False
        if self._broken(before) or Kind.ANNEX in self.kinds:
            return False
        if _NAMED.match(piece.text) and not self._closed():
            return False
        name = piece.text.replace(",", " -")
        self.place = self.free = Place(outer=(name,), heading=piece.text)
        self._add(Node(Kind.FREE, (name,), "", [], [piece]))
        return True

    def _division(self, piece: Piece, opening: Opening, before: Piece | None) -> bool:
        """Open a part, a chapter or a section; one printed again where it is open already is no new one."""
        if self._broken(before):
            return False
        self.place = place = self.free or self.place
        if place.divisions.get(opening.kind) == opening.step and not opening.rest:
            self.held.append(piece)
            return True
        place.divisions = {kind: step for kind, step in place.divisions.items() if kind < opening.kind} | {opening.kind: opening.step}
        place.article = place.letter = place.roman = ""
        place.number = ()
        place.heading = opening.rest
        self._add(Node(opening.kind, (*place.outer, *place.divisions.values()), opening.rest, [piece]), untitled=True)
        return True

    def _article(self, piece: Piece, opening: Opening, before: Piece | None) -> bool:
        """Open an article that goes on in the count, or that clearly stands as a heading out of it."""
        place, label = self.place, opening.label
        if place.article == opening.step and not place.number and self.nodes[-1].kind is Kind.ARTICLE and not self.nodes[-1].body:
            self.nodes[-1].opener.append(piece)
            self.nodes[-1].heading = self.nodes[-1].heading or opening.rest
            return True
        if self._broken(before):
            return False
        if before and before.text.rstrip().endswith("như sau:") and label != str(place.last + 1):
            return False
        codified = "." in label
        number = 0 if codified else int(re.match(r"\d+", label).group())  # type: ignore[union-attr]  # a label begins with a digit
        if self.free and codified:
            self.place = place = self.free if label in self.main.seen else self.main
        elif self.free and number == self.main.last + 1:
            self.place, self.free = self.main, None
            place = self.main
        if not codified and not self._countable(piece, opening, before, number):
            return False
        place = self.place
        self._report(opening, number, codified)
        place.seen.add(label)
        place.last = max(place.last, number)
        place.article, place.letter, place.roman, place.number, place.row = opening.step, "", "", (), 0
        self._add(
            Node(Kind.ARTICLE, (*place.outer, opening.step), opening.rest, [piece]),
            untitled=not opening.rest or (len(opening.rest) < _BROKEN and mid_title(opening.rest)),
        )
        return True

    def _countable(self, piece: Piece, opening: Opening, before: Piece | None, number: int) -> bool:
        """Tell whether an article of this number may stand here; a new count begins a text attached without a title."""
        place = self.place
        strong = piece.line.level > 0 or piece.line.bold or piece.line.centred or (opening.firm and bool(opening.rest))
        if number == place.last + 1:
            plain = len(opening.rest) <= 150 and not opening.rest.endswith((".", ";", ","))
            return opening.firm or piece.line.level > 0 or plain
        titled = opening.firm and bool(opening.rest) and place.last < number <= place.last + _GAP
        if not (opening.firm or piece.line.level) or (before and not ends(before) and not self.untitled and not titled):
            return False
        if number == 1 and place.last >= 2 and self._closed():
            name = "Attached text" if self.english else "Văn bản kèm theo"
            self.place = Place(outer=(name,))
            return True
        return number > place.last or strong or (not opening.rest and self._closed())

    def _report(self, opening: Opening, number: int, codified: bool) -> None:
        """Note a gap, a repetition or a step back in the count of articles."""
        place = self.place
        where = f"{', '.join(place.outer)}: " if place.outer else ""
        if opening.label in place.seen:
            self.faults.append(f"{where}{opening.step} stands more than once")
        elif not codified and number > place.last + 1:
            self.faults.append(f"{where}{opening.step} follows {place.last or 'nothing'}: articles are missing between them")
        elif not codified and number < place.last:
            self.faults.append(f"{where}{opening.step} comes after article {place.last}")

    def _roman(self, piece: Piece, opening: Opening, before: Piece | None) -> bool:
        """Open a lettered or Roman section that goes on in its count."""
        place = self.place
        if self._broken(before):
            return False
        if opening.kind is Kind.LETTER:
            letters = "ABCDĐEGHIKLM"
            expected = letters[letters.find(place.letter) + 1] if place.letter else "A"
            if opening.label not in (expected, chr(ord(place.letter or "@") + 1)):
                return False
            place.letter, place.roman = opening.label, ""
        else:
            value, current = roman(opening.label), roman(place.roman)
            if not (value == 1 or current < value <= current + _JUMP):
                return False
            place.roman = opening.label
        place.number = place.number if self.through else ()
        place.row, place.heading, place.row_section = 0, opening.rest, place.dotted()
        self._add(Node(opening.kind, (*place.prefix(), place.dotted()), opening.rest, [piece]), untitled=True)
        return True

    def _number(self, piece: Piece, opening: Opening, before: Piece | None, index: int) -> bool:
        """Open a clause that goes on in its count."""
        place = self.place
        counted = tuple(int(re.match(r"\d+", part).group()) for part in opening.label.split("."))  # type: ignore[union-attr]  # digits by the pattern
        current = place.number[0] if place.number else 0
        # recognition reads the stop before a clause as a comma
        comma = before is not None and before.text.endswith(",") and counted == (current + 1,) and current > 0 and opening.rest[:1].isupper()
        if (self._broken(before) and not comma) or (not opening.firm and not (self.english and place.article)):
            return False
        if not self._begun() and not (counted == (1,) and self._goes_on(index)):
            return False
        if len(counted) > 1:
            deeper = not place.article and len(place.number) >= len(counted) - 1 and place.number[: len(counted) - 1] == counted[:-1]
            if not deeper or not 0 < counted[-1] - (place.number[len(counted) - 1] if len(place.number) >= len(counted) else 0) <= _JUMP:
                return False
        else:
            if place.article and not place.roman and current and opening.mark != place.mark:
                return False
            inserted = counted[0] == current and not opening.label[-1].isdigit()
            if not (inserted or current < counted[0] <= current + _JUMP):
                return False
            if counted[0] > current + 1:
                self.faults.append(f"{', '.join(place.prefix()) or 'text'}: clause {counted[0]} follows {current or 'nothing'}")
        place.number, place.mark = counted, opening.mark
        self._add(Node(Kind.NUMBER, self._clause_steps(opening.label), self._clause_heading(), [], [piece]))
        return True

    def _begun(self) -> bool:
        """Tell whether anything but title and preamble has been opened."""
        return bool(self.kinds - {Kind.HEAD, Kind.PREAMBLE})

    def _goes_on(self, index: int, after: int = 1) -> bool:
        """Tell whether the next clause that opens is the one after this."""
        later = (opening_of(piece) for piece in self.found[index + 1 :])
        labels = (o.label if o.kind is Kind.NUMBER else "" for o in later if o and o.kind in (Kind.NUMBER, Kind.ARTICLE, Kind.CHAPTER))
        return next(labels, "") == str(after + 1)

    def _clause_steps(self, label: str) -> tuple[str, ...]:
        """Return the address of a clause as documents of its kind are cited."""
        place = self.place
        if place.dotted() and not self.through:
            return (*place.prefix(), f"{place.dotted()}.{label}")
        if place.article and self.english:
            return (*place.outer, f"{place.article}({label})")
        above = place.outer if self.through else place.prefix()
        return (*above, f"{'paragraph' if self.english else 'khoản'} {label}")

    def _clause_heading(self) -> str:
        """Return the heading over a clause: its article's, or that of its section."""
        place = self.place
        if place.article and not place.dotted():
            return next((node.heading for node in reversed(self.nodes) if node.kind is Kind.ARTICLE), "")
        return place.heading

    def _rowed(self, piece: Piece) -> bool:
        """Open a numbered row of a table in an annex, so that it can be cited alone."""
        place = self.place
        cells = piece.line.cells
        if not cells or not place.outer or place.article or Kind.ANNEX not in self.kinds:
            return False
        label = cells[0].strip(" *.")
        if roman(label) and len(label) < 6 and roman(label) in (1, roman(place.roman) + 1):
            place.roman, place.number = label, ()
            place.row_section = label if place.restarts else ""
            self._add(Node(Kind.ROMAN, (*place.outer, place.dotted()), place.heading, [], [piece]))
            return True
        match = re.fullmatch(r"(\d{1,4})(?:\.\d{1,3})*", label)
        if not match or sum(bool(cell.strip(" *")) for cell in cells) < 2:
            return False
        number = int(match[1])
        if place.roman and number == 1 and place.row > 1:
            place.restarts, place.row_section = True, place.roman
        place.row = number
        section = (place.row_section,) if place.row_section else ()
        step = f"{'row' if self.english else 'STT'} {label}"
        self._add(Node(Kind.ROW, (*place.outer, *place.divisions.values(), *section, step), place.heading, [], [piece]))
        return True

    def _add(self, node: Node, untitled: bool = False) -> None:
        """Open a node; `untitled` tells that the next lines may be its heading."""
        node.opener[:0] = self.held
        self.held = []
        self.kinds.add(node.kind)
        self.nodes.append(node)
        self.untitled = untitled


def nodes(found: Sequence[Piece], english: bool = False) -> tuple[tuple[Node, ...], tuple[str, ...]]:
    """Return the nodes of an act in the order of its source, and what is wrong with its numbering."""
    return Walk(found, english).run()
