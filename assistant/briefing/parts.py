"""A note as parts in order, each words alone, so that every form of file says the same: head, sections, sources, annex."""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from urllib.parse import urlsplit

from assistant.briefing.note import Excerpt, Footnote, Note, SourceRow
from assistant.briefing.words import day, status, text_kind, word, written

__all__ = ["Annexed", "address", "annexed", "facts", "footnote", "heads", "row", "visible"]


@dataclass(frozen=True, slots=True)
class Annexed:
    """A provision of the annex: where it stands, and its paragraphs with their language."""

    name: str
    heading: str
    paragraphs: tuple[tuple[str, str], ...]


def visible(text: str) -> str:
    """Return text without the characters that a file of XML may not hold or that turn the direction of print."""
    kept = (c for c in text.replace("\t", " ") if c == "\n" or unicodedata.category(c) not in ("Cc", "Cs", "Cf", "Cn", "Co"))
    return "".join(kept).replace("\ufffe", "").replace("\uffff", "")


def facts(note: Note, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the lines under the title: the day, the as-of days, by whom, and how much was left out."""
    days = "; ".join(day(one.isoformat(), languages) for one in note.days)
    lines = [f"{word('made', languages)}: {day(note.made.isoformat(), languages)}"]
    lines += [f"{word('as_of', languages)}: {days}"] if days else [word("nothing", languages)]
    lines += [word("made_by", languages)] if days else []
    lines += [word("left_out", languages, n=str(len(note.left_out)))] if note.left_out else []
    return tuple(lines)


def footnote(note: Footnote, languages: tuple[str, ...]) -> str:
    """Return a footnote: the exact words, then where they stand, the status and whose words they are."""
    title = written(note.title.vi, note.title.en, languages)
    where = f"{note.document}, {note.locator}" + (f" ({title})" if title else "")
    told = [status(note.status, languages), word("editors", languages) if note.role == "note" else text_kind(note.text_kind, languages)]
    return visible(f"“{note.quote}” – {where}. {'; '.join(told)}.")


def heads(note: Note, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return the heads of the table of sources."""
    one_day = note.days[0].isoformat() if len(note.days) == 1 else ""
    told = [word("status", (one,), day=day(one_day, (one,))) if one_day else word("status_plain", (one,)) for one in languages]
    return "№", *(word(key, languages) for key in ("number", "title", "issued")), " / ".join(told), word("kind", languages)


def row(at: int, source: SourceRow, note: Note, languages: tuple[str, ...]) -> tuple[str, ...]:
    """Return a row of the table of sources, numbered from one."""
    told = status(source.status, languages)
    if len(note.days) > 1:
        told += f" ({day(source.as_of.isoformat(), languages)})"
    issuer = written(source.issuer.vi, source.issuer.en, languages)
    issued = day(source.issued, languages) + (f" – {issuer}" if issuer else "")
    title = written(source.title.vi, source.title.en, languages)
    return tuple(map(visible, (str(at), source.document, title, issued, told, text_kind(source.text_kind, languages))))


def annexed(excerpt: Excerpt, languages: tuple[str, ...]) -> Annexed:
    """Return a provision of the annex: in the language that is quoted, and in the others that are asked for."""
    shown = dict.fromkeys((excerpt.quoted_in, *languages)) if len(languages) > 1 else (excerpt.quoted_in,)
    texts = ((language, excerpt.text.only(language)) for language in shown)
    paragraphs = tuple((language, visible(line.strip())) for language, text in texts for line in text.split("\n") if line.strip())
    heading = visible(written(excerpt.heading.vi, excerpt.heading.en, languages))
    return Annexed(visible(f"{excerpt.document}, {excerpt.locator}"), heading, paragraphs)


def address(url: str) -> str:
    """Return an official address that may be a link, empty for anything but a plain http or https one."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return ""
    plain = parts.scheme in ("http", "https") and parts.hostname and "@" not in parts.netloc and not set(url) & set(" \t\n<>\"'\\`()[]{}|^")
    return url if plain and url.isprintable() else ""
