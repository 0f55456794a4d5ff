"""A briefing note as Markdown, its footnotes as `[^1]`."""

from __future__ import annotations

import re

from assistant.briefing.note import Note
from assistant.briefing.parts import address, annexed, facts, footnote, heads, row, visible
from assistant.briefing.words import LANGUAGES, word

__all__ = ["as_markdown"]

_SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~^$!&])")
_LEADING = re.compile(r"^(\s*)([-+=]|\d+[.)])(?=\s|$)")


def as_markdown(note: Note, lang: str) -> str:
    """Return the note with headings in `vi`, `en` or `both`."""
    languages = LANGUAGES[lang]
    lines = [f"# {_plain(note.title)}", "", f"*{word('note', languages)}*", ""]
    lines += [f"- {_plain(line)}" for line in facts(note, languages)]
    for at, section in enumerate(note.sections, 1):
        lines += ["", f"## {at}. {_plain(section.question)}", ""]
        for line in section.lines:
            marks = "".join(f"[^{one.number}]" for one in line.footnotes)
            lines += [f"{_plain(line.text)}{marks}", ""]
    if note.sources:
        lines += ["", f"## {word('sources', languages)}", "", _row(heads(note, languages)), _row(["---"] * 6)]
        lines += [_row([_plain(cell) for cell in row(at, source, note, languages)]) for at, source in enumerate(note.sources, 1)]
        lines += ["", f"## {word('annex', languages)}"]
    for excerpt in note.annex:
        one = annexed(excerpt, languages)
        lines += ["", f"### {_plain(one.name)}", "", *([f"**{_plain(one.heading)}**", ""] if one.heading else [])]
        lines += [part for _, text in one.paragraphs for part in (f"> {_plain(text)}", ">")][:-1]
    lines.append("")
    for one_note in note.footnotes:
        link = address(one_note.url)
        lines.append(f"[^{one_note.number}]: {_plain(footnote(one_note, languages))}{f' <{link}>' if link else ''}")
    return re.sub(r"\n{3,}", "\n\n", "\n".join(lines)).rstrip() + "\n"


def _plain(text: str) -> str:
    """Return words on one line in which Markdown finds nothing of its own."""
    line = _SPECIAL.sub(r"\\\1", " ".join(visible(text).split()))
    return re.sub(r"(?i)(https?|ftp|mailto)(:)", r"\1\\\2", _LEADING.sub(r"\1\\\2", line))


def _row(cells: list[str] | tuple[str, ...]) -> str:
    """Return a row of a table."""
    return f"| {' | '.join(cells)} |"
