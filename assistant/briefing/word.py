"""A briefing note as a Word file with real footnotes, on A4 with the margins and the face of Vietnamese official papers.

python-docx knows no footnotes: `Footnotes` writes their part of the package by hand, nothing more.
"""

from __future__ import annotations

import io
from datetime import datetime, time
from typing import Any

from assistant.briefing.note import Footnote, Note
from assistant.briefing.parts import address, annexed, facts, footnote, heads, row, visible
from assistant.briefing.words import LANGUAGES, word

__all__ = ["as_docx"]

_FACE = "Times New Roman"
_W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_BREAKS = (("separator", -1), ("continuationSeparator", 0))


def as_docx(note: Note, lang: str) -> bytes:
    """Return the note with headings in `vi`, `en` or `both`."""
    from docx import Document
    from docx.enum.text import WD_ALIGN_PARAGRAPH

    languages = LANGUAGES[lang]
    document = Document()
    _dress(document, languages)
    footnotes = _Footnotes(document)
    document.core_properties.title, document.core_properties.author = visible(note.title)[:255], "Attaché (Tùy viên số)"
    document.core_properties.created = document.core_properties.modified = datetime.combine(note.made, time())
    document.add_paragraph(word("note", languages)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    document.add_paragraph(_flat(note.title), style="Title")
    for fact in facts(note, languages):
        document.add_paragraph(visible(fact)).alignment = WD_ALIGN_PARAGRAPH.CENTER
    for at, section in enumerate(note.sections, 1):
        document.add_paragraph(f"{at}. {_flat(section.question)}", style="Heading 1")
        for line in section.lines:
            paragraph = document.add_paragraph(_flat(line.text))
            for one in line.footnotes:
                footnotes.add(paragraph, one, languages)
    if note.sources:
        document.add_paragraph(word("sources", languages), style="Heading 1")
        _table(document, note, languages)
        document.add_paragraph(word("annex", languages), style="Heading 1")
    for one_part in (annexed(excerpt, languages) for excerpt in note.annex):
        document.add_paragraph(_flat(one_part.name), style="Heading 2")
        if one_part.heading:
            document.add_paragraph().add_run(_flat(one_part.heading)).bold = True
        for _, text in one_part.paragraphs:
            document.add_paragraph(text, style="Quote")
    footnotes.close()
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _flat(text: str) -> str:
    """Return words on one line."""
    return " ".join(visible(text).split())


def _dress(document: Any, languages: tuple[str, ...]) -> None:
    """Give the document its paper, face and language, a page number, and the styles of footnotes."""
    from docx.enum.style import WD_STYLE_TYPE
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn
    from docx.shared import Mm, Pt, RGBColor

    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(18)
    styles = document.styles
    note_text = styles.add_style("footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note_text.base_style = styles["Normal"]
    styles.add_style("footnote reference", WD_STYLE_TYPE.CHARACTER).font.superscript = True
    for name, size in (("Normal", 13), ("Title", 17), ("Heading 1", 14), ("Heading 2", 13), ("Quote", 12), ("footnote text", 10)):
        font = styles[name].font
        font.name, font.size, font.color.rgb = _FACE, Pt(size), RGBColor(0, 0, 0)
        fonts = styles[name].element.get_or_add_rPr().get_or_add_rFonts()
        for attribute in list(fonts.attrib):
            del fonts.attrib[attribute]
        for attribute in ("w:ascii", "w:hAnsi", "w:cs", "w:eastAsia"):
            fonts.set(qn(attribute), _FACE)
    spoken = OxmlElement("w:lang")
    spoken.set(qn("w:val"), "en-GB" if languages == ("en",) else "vi-VN")
    styles["Normal"].element.get_or_add_rPr().append(spoken)
    number = OxmlElement("w:fldSimple")
    number.set(qn("w:instr"), "PAGE")
    footer = section.footer.paragraphs[0]
    footer.alignment = 1
    footer._p.append(number)


def _table(document: Any, note: Note, languages: tuple[str, ...]) -> None:
    """Add the table of sources; its head is repeated on every page."""
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    rows = [heads(note, languages), *(row(at, source, note, languages) for at, source in enumerate(note.sources, 1))]
    table = document.add_table(len(rows), len(rows[0]), style="Table Grid")
    table.rows[0]._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    for place, cells in enumerate(rows):
        for cell, text in zip(table.rows[place].cells, cells, strict=True):
            run = cell.paragraphs[0].add_run(_flat(text))
            run.font.size, run.bold = Pt(10.5), place == 0


class _Footnotes:
    """The part of a Word file that holds its footnotes, and the marks in the text."""

    def __init__(self, document: Any) -> None:
        from docx.oxml import parse_xml

        self._document = document
        self._root = parse_xml(f'<w:footnotes xmlns:w="{_W}"/>')
        for kind, number in _BREAKS:
            self._root.append(parse_xml(f'<w:footnote xmlns:w="{_W}" w:type="{kind}" w:id="{number}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'))

    def add(self, paragraph: Any, note: Footnote, languages: tuple[str, ...]) -> None:
        """Mark the end of a paragraph with a footnote, and write it."""
        from docx.oxml import OxmlElement, parse_xml
        from docx.oxml.ns import qn

        reference = OxmlElement("w:footnoteReference")
        reference.set(qn("w:id"), str(note.number))
        paragraph.add_run(style="footnote reference")._r.append(reference)
        styles = self._document.styles
        link = address(note.url)
        shown, text = styles["footnote reference"].style_id, styles["footnote text"].style_id
        written = parse_xml(
            f'<w:footnote xmlns:w="{_W}" w:id="{note.number}"><w:p><w:pPr><w:pStyle w:val="{text}"/></w:pPr><w:r><w:rPr>'
            f'<w:rStyle w:val="{shown}"/></w:rPr><w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"/></w:r></w:p></w:footnote>'
        )
        written.findall(f".//{qn('w:t')}")[0].text = f" {footnote(note, languages)}{f' {link}' if link else ''}".replace("\n", " ")
        self._root.append(written)

    def close(self) -> None:
        """Put the part into the package and name its separators in the settings."""
        from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
        from docx.opc.packuri import PackURI
        from docx.opc.part import XmlPart
        from docx.oxml import parse_xml
        from docx.oxml.ns import qn

        main = self._document.part
        part = XmlPart(PackURI("/word/footnotes.xml"), CONTENT_TYPE.WML_FOOTNOTES, self._root, main.package)
        main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        names = "".join(f'<w:footnote w:id="{number}"/>' for _, number in _BREAKS)
        compat = self._document.settings.element.find(qn("w:compat"))
        compat.addprevious(parse_xml(f'<w:footnotePr xmlns:w="{_W}">{names}</w:footnotePr>'))
