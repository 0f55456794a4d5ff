"""A test to print, its key behind it: one HTML file that needs nothing else, or Markdown."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant.study.item import Item

__all__ = ["as_html", "as_markdown"]

_WORDS = {
    "vi": ("Họ và tên", "Ngày", "Đáp án và căn cứ"),
    "en": ("Name", "Date", "Key and sources"),
}
_CSS = (
    "body{font:16px/1.5 'Noto Serif','Times New Roman',serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff}"
    "h1{font-size:1.5em}h2{break-before:page;font-size:1.2em}.head{display:flex;gap:2em}.head span{flex:1;border-bottom:1px solid #111}"
    "ol.test>li,ol.key>li{margin:0 0 1.1em;break-inside:avoid}.context{color:#444;font-size:.9em}ol.options{list-style:upper-alpha;margin:.3em 0 0}"
    "blockquote{margin:.2em 0 0 1em;color:#333;font-size:.9em}@media (max-width:30em){body{margin:1em auto}.head{flex-direction:column;gap:.6em}}"
)


def as_html(title: str, items: Sequence[Item], language: str) -> str:
    """Return a test as one HTML page; the key begins a new sheet."""
    name, day, key = _WORDS[language]
    asked = "".join(
        f'<li lang="{item.language}">{_context(item)}{escape(item.stem)}<ol class="options">'
        f"{''.join(f'<li>{escape(option)}</li>' for option in item.options)}</ol></li>"
        for item in items
    )
    solved = "".join(
        f'<li lang="{item.language}"><b>{_letter(item)}. {escape(item.right)}</b>'
        f"{''.join(f'<blockquote>{escape(c.title)}, {escape(c.locator)}: “{escape(c.quote)}”</blockquote>' for c in item.citations)}</li>"
        for item in items
    )
    return (
        f'<!doctype html><html lang="{language}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{escape(title)}</title><style>{_CSS}</style></head><body><h1>{escape(title)}</h1>"
        f'<p class="head"><span>{name}: </span><span>{day}: </span></p><ol class="test">{asked}</ol>'
        f'<h2>{key}</h2><ol class="key">{solved}</ol></body></html>\n'
    )


def as_markdown(title: str, items: Sequence[Item], language: str) -> str:
    """Return a test as Markdown, the key behind it."""
    name, day, key = _WORDS[language]
    lines = [f"# {_plain(title)}", "", f"{name}: ____________________  {day}: __________", ""]
    for number, item in enumerate(items, 1):
        context = f"{_plain(item.context)}. " if item.context else ""
        lines += [f"{number}. {context}{_plain(item.stem)}", ""]
        lines += [f"   - {chr(65 + at)}. {_plain(option)}" for at, option in enumerate(item.options)] + [""]
    lines += [f"## {key}", ""]
    for number, item in enumerate(items, 1):
        sources = "; ".join(f"{_plain(c.title)}, {_plain(c.locator)}: “{_plain(c.quote)}”" for c in item.citations)
        lines.append(f"{number}. **{_letter(item)}**. {_plain(item.right)} ({sources})")
    return "\n".join(lines) + "\n"


def _letter(item: Item) -> str:
    """Return the letter of the right option."""
    return chr(65 + item.answer)


def _context(item: Item) -> str:
    """Return what an item is taken from, as HTML."""
    return f'<div class="context">{escape(item.context)}</div>' if item.context else ""


def _plain(text: str) -> str:
    """Return words of a document with what Markdown would take for its own signs escaped."""
    return re.sub(r"([\\`*_\[\]<>#|])", r"\\\1", " ".join(text.split()))
