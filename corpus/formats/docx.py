"""Word files: paragraphs, tables, notes and the numbers that Word counts, in the order of reading.

python-docx opens the package and parses its parts; the parts are walked here, since its own objects know neither text
boxes nor notes, tracked changes or computed numbers. Insertions are read and deletions are not, as if all changes were
accepted. A note of the foot stands right after the paragraph that calls it. Comments are no part of the text.
Pages are not told: Word decides on them when it prints.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from corpus.errors import Fault, Unreadable
from corpus.formats.docx_styles import Look, Styles, is_shaded
from corpus.formats.limits import Limits
from corpus.formats.numbering import Numbering, W, attribute, child
from corpus.normalise import nfc
from corpus.source import Line, Source

__all__ = ["read_docx"]

_COMPATIBILITY = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_MATH_TEXT = "{http://schemas.openxmlformats.org/officeDocument/2006/math}t"
_RELATED = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
# What stands in the file and not on the paper: deletions, field codes, phonetic guides, properties.
_UNSEEN = frozenset(
    W + n for n in ("del", "moveFrom", "delText", "instrText", "delInstrText", "rt", "pPr", "rPr", "sdtPr", "sdtEndPr", "tblPr", "tblGrid", "sectPr")
)
_SIGNS = {W + "tab": " ", W + "ptab": " ", W + "noBreakHyphen": "-", W + "cr": "\n", W + "sym": "•"}
_TEXT, _PARAGRAPH, _TABLE, _RUN = W + "t", W + "p", W + "tbl", W + "r"
_RELATIONS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
_DEPTH = 60


@dataclass(slots=True)
class _Story:
    """A document being read: what its parts say, and what had to be left out."""

    styles: Styles
    numbering: Numbering
    notes: dict[tuple[str, str], Any]
    hidden: dict[str, int] = field(default_factory=dict)
    asides: set[str] = field(default_factory=set)


@dataclass(slots=True)
class _Paragraph:
    """A paragraph being read: its visible pieces, and what hangs on it."""

    base: Look
    pieces: list[tuple[str, bool]] = field(default_factory=list)
    boxes: list[Any] = field(default_factory=list)
    calls: list[tuple[str, str]] = field(default_factory=list)


def read_docx(data: bytes, path: Path, limits: Limits | None = None) -> Source:
    """Return the lines of a Word file; raises Unreadable when it is damaged, encrypted or unpacks beyond all measure."""
    import docx
    from docx.oxml.parser import parse_xml

    _check_package(data, path, limits or Limits())
    try:
        document = docx.Document(io.BytesIO(data))
        parts = {rel.reltype.removeprefix(_RELATIONS): rel.target_part for rel in document.part.rels.values() if not rel.is_external}

        def root(name: str) -> Any:
            part = parts.get(name)
            return None if part is None else part.element if hasattr(part, "element") else parse_xml(part.blob)

        notes = {
            (kind, attribute(note, "id") or ""): note
            for kind in ("footnote", "endnote") if (notes_root := root(kind + "s")) is not None
            for note in notes_root if attribute(note, "type") in (None, "normal")
        }  # fmt: skip
        story = _Story(Styles(root("styles")), Numbering(root("numbering")), notes)
        body = document.element.body
        lines = [] if body is None else list(_all_lines(body, document.part, story))
        title = nfc(document.core_properties.title or "")
    except MemoryError:
        raise
    except Exception as error:  # python-docx and lxml let through whatever a damaged package makes them stumble over
        raise Unreadable(path, f"it is damaged or no Word document ({_words(error)})") from error
    faults = [Fault(path.name, f"{count} characters that nobody can see were left out: {why}") for why, count in story.hidden.items()]
    if not any(line.text.strip() for line in lines) and "image" in parts:
        faults.append(Fault(path.name, "it holds pictures and no text; save it as PDF, whose pages are recognised"))
    return Source("docx", tuple(lines), title=title, faults=tuple(faults))


def _check_package(data: bytes, path: Path, limits: Limits) -> None:
    """Refuse a package before its parts are unpacked; raises Unreadable."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as package:
            entries = package.infolist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(path, "it is damaged: its table of contents is missing or broken off") from error
    if any(entry.flag_bits & 1 for entry in entries):
        raise Unreadable(path, "it is encrypted; save it without a password")
    if sum(entry.file_size for entry in entries) > limits.unpacked_bytes or len(entries) > 10 * limits.members:
        raise Unreadable(path, "it unpacks to far more than a document holds")


def _words(error: Exception) -> str:
    """Return an error's own words, short and on one line."""
    text = " ".join(str(error).split()) or type(error).__name__
    return text if len(text) <= 120 else text[:119] + "…"


def _all_lines(body: Any, part: Any, story: _Story) -> Iterator[Line]:
    """Yield the lines of the heads, of the body and of the feet of pages; each head and foot once."""
    for kind in ("header", "footer"):
        if kind == "footer":
            yield from _blocks(body, story)
        for reference in body.iter(f"{W}{kind}Reference"):
            related = part.rels.get(reference.get(_RELATED))
            if related is None or related.is_external:
                continue
            for line in _blocks(related.target_part.element, story):
                if line.text.strip() and line.text not in story.asides:
                    story.asides.add(line.text)
                    yield replace(line, aside=kind)


def _blocks(parent: Any, story: _Story, *, shaded: bool = False, depth: int = 0) -> Iterator[Line]:
    """Yield the lines of the paragraphs and tables in `parent`, looking through whatever wraps them."""
    if depth > _DEPTH:
        return
    for element in parent:
        if element.tag == _PARAGRAPH:
            yield from _paragraph(element, story, shaded, depth)
        elif element.tag == _TABLE:
            yield from _table(element, story, shaded, depth)
        elif element.tag == _COMPATIBILITY + "AlternateContent":
            yield from _blocks(_alternative(element), story, shaded=shaded, depth=depth + 1)
        elif isinstance(element.tag, str) and element.tag not in _UNSEEN:
            yield from _blocks(element, story, shaded=shaded, depth=depth + 1)


def _alternative(element: Any) -> Any:
    """Return the one branch that is shown: the first that holds text, for both say the same."""
    branches = [b for b in element if b.tag in (_COMPATIBILITY + "Choice", _COMPATIBILITY + "Fallback")]
    return next((b for b in branches if next(b.iter(_TEXT), None) is not None), branches[0] if branches else ())


def _paragraph(element: Any, story: _Story, shaded: bool, depth: int) -> Iterator[Line]:
    """Yield a paragraph, in parts where it breaks its line by hand, then its text boxes and the notes it calls."""
    properties = _properties(element, W + "pPr")
    style = attribute(child(properties, "pStyle"))
    look = story.styles.paragraph_look(style)
    if properties is not None:
        look = look.under(Look.of(None, properties))
    if shaded:
        look = replace(look, shaded=True)
    paragraph = _Paragraph(look)
    _inline(element, paragraph, story, depth)
    text = nfc("".join(piece for piece, _ in paragraph.pieces))
    label = ""
    if look.list_number not in (None, "0") and text.strip():
        number = look.list_number or ""
        level = look.list_level if look.list_level is not None else story.numbering.level_of_style(number, style)
        label, gap = story.numbering.label(number, level)
        label = nfc(label)
        text = label + gap + text.lstrip()
    seen = [bold for piece, bold in paragraph.pieces if piece.strip()]
    level = look.outline + 1 if look.outline is not None and look.outline < 9 and seen else 0
    for part in text.split("\n"):
        yield Line(part.strip(), level=level, bold=bool(seen) and all(seen), centred=bool(look.centred), label=label)
        label = ""
    for box in paragraph.boxes:
        yield from _blocks(box, story, depth=depth + 1)
    for call in paragraph.calls:
        yield from _note(call, story, depth)


def _inline(parent: Any, paragraph: _Paragraph, story: _Story, depth: int) -> None:
    """Collect the pieces of a paragraph from runs and whatever wraps them."""
    for element in parent:
        tag = element.tag
        if tag == _RUN:
            _run(element, paragraph, story, depth)
        elif tag == _MATH_TEXT:
            paragraph.pieces.append((element.text or "", False))
        elif tag == _COMPATIBILITY + "AlternateContent":
            paragraph.boxes += _alternative(element).iter(W + "txbxContent")
        elif isinstance(tag, str) and tag not in _UNSEEN and depth <= _DEPTH:
            _inline(element, paragraph, story, depth + 1)


def _run(run: Any, paragraph: _Paragraph, story: _Story, depth: int) -> None:
    """Collect the pieces of one run, unless nobody can see it."""
    look, properties = paragraph.base, _properties(run, W + "rPr")
    if properties is not None:
        if (style := child(properties, "rStyle")) is not None:
            look = look.under(story.styles.look(attribute(style)))
        look = look.under(Look.of(properties))
    for element in run:
        tag = element.tag
        if tag == _TEXT:
            _piece(element.text or "", look, paragraph, story)
        elif tag in _SIGNS:
            _piece(_SIGNS[tag], look, paragraph, story)
        elif tag == W + "br":
            _piece("\n" if attribute(element, "type") in (None, "textWrapping") else " ", look, paragraph, story)
        elif tag in (W + "footnoteReference", W + "endnoteReference"):
            paragraph.calls.append((tag.removeprefix(W).removesuffix("Reference"), attribute(element, "id") or ""))
        elif tag == _COMPATIBILITY + "AlternateContent":
            branch = _alternative(element)
            paragraph.boxes += _outermost(branch)
            if not paragraph.boxes:
                _inline([e for e in branch if e.tag == _RUN], paragraph, story, depth + 1)
        elif tag in (W + "drawing", W + "pict", W + "object"):
            paragraph.boxes += _outermost(element)


def _properties(element: Any, name: str) -> Any:
    """Return the properties of a paragraph or a run, which stand first in it; None when there are none."""
    first = next(iter(element), None)
    return first if first is not None and first.tag == name else None


def _outermost(element: Any) -> list[Any]:
    """Return the contents of the text boxes in an element, without those inside another."""
    found: list[Any] = []
    for box in element.iter(W + "txbxContent"):
        if not any(ancestor in found for ancestor in box.iterancestors(W + "txbxContent")):
            found.append(box)
    return found


def _piece(text: str, look: Look, paragraph: _Paragraph, story: _Story) -> None:
    """Take a piece of text in, or count it as hidden."""
    why = look.hidden
    if why and text.strip():
        story.hidden[why] = story.hidden.get(why, 0) + sum(not c.isspace() for c in text)
    elif not why:
        paragraph.pieces.append((text, bool(look.bold)))


def _note(call: tuple[str, str], story: _Story, depth: int) -> Iterator[Line]:
    """Yield the lines of a note, once, behind the number that the running text shows for it."""
    note = story.notes.pop(call, None)
    if note is None:
        return
    story.asides.add(f"note {call}")
    lines = [line for line in _blocks(note, story, depth=depth + 1) if line.text.strip()]
    for position, line in enumerate(lines):
        label = str(sum(a.startswith("note ") for a in story.asides)) if position == 0 else ""
        yield replace(line, text=f"{label} {line.text}".strip(), label=label or line.label, aside="footnote")


def _table(table: Any, story: _Story, shaded: bool, depth: int) -> Iterator[Line]:
    """Yield each row of a table as a line; a table of one column only frames its text, which is read as if unframed."""
    rows = [row for row in _children(table, W + "tr") if child(child(row, "trPr"), "del") is None]
    shaded = shaded or story.styles.paints(attribute(child(child(table, "tblPr"), "tblStyle")))
    cells = [list(_children(row, W + "tc")) for row in rows]
    if all(len(row) <= 1 for row in cells):
        for row in cells:
            for cell in row:
                yield from _blocks(cell, story, shaded=shaded or is_shaded(child(child(cell, "tcPr"), "shd")), depth=depth + 1)
        return
    for row in cells:
        notes: list[Line] = []
        texts = []
        for cell in row:
            lines = list(_cell(cell, story, shaded, depth))
            notes += [line for line in lines if line.aside]
            texts.append([line for line in lines if not line.aside and line.text])
        inside = [line for lines in texts for line in lines]
        if inside:
            written = tuple("\n".join(line.text for line in lines) for lines in texts)
            bold, centred = all(line.bold for line in inside), all(line.centred for line in inside)
            yield Line(" | ".join(t.replace("\n", " ") for t in written), bold=bold, centred=centred, cells=written)
        yield from notes


def _cell(cell: Any, story: _Story, shaded: bool, depth: int) -> Iterable[Line]:
    """Return the lines of a cell; none for one that a merged cell above covers."""
    properties = child(cell, "tcPr")
    merged = child(properties, "vMerge")
    if merged is not None and attribute(merged) != "restart":
        return ()
    return _blocks(cell, story, shaded=shaded or is_shaded(child(properties, "shd")), depth=depth + 1)


def _children(parent: Any, tag: str) -> Iterator[Any]:
    """Yield the rows of a table or the cells of a row, looking through content controls and tracked insertions."""
    for element in parent:
        if element.tag == tag:
            yield element
        elif element.tag in (W + "sdt", W + "sdtContent", W + "ins", W + "customXml"):
            yield from _children(element, tag)
