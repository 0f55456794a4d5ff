"""The forms of file that a briefing note is given in."""

from __future__ import annotations

from dataclasses import dataclass

from assistant.briefing.markdown import as_markdown
from assistant.briefing.note import Note
from assistant.briefing.page import as_html
from assistant.briefing.word import as_docx

__all__ = ["FORMATS", "File", "file_of"]

FORMATS = ("docx", "md", "html")
_KINDS = {
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "md": "text/markdown; charset=utf-8",
    "html": "text/html; charset=utf-8",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class File:
    """The bytes of a file, its kind, and the ending of its name."""

    data: bytes
    kind: str
    ending: str


def file_of(note: Note, form: str, lang: str) -> File:
    """Return a note as `docx`, `md` or `html`, its headings in `vi`, `en` or `both`. Raises KeyError for another form or language."""
    kind = _KINDS[form]
    data = as_docx(note, lang) if form == "docx" else (as_markdown(note, lang) if form == "md" else as_html(note, lang)).encode("utf-8")
    return File(data, kind, form)
