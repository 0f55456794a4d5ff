"""EPUB books: web pages in a ZIP archive, in the order of the book's spine."""

from __future__ import annotations

import posixpath
import re
from pathlib import Path
from urllib.parse import unquote

from corpus.errors import Fault, Unreadable
from corpus.formats.archive import Budget, members
from corpus.formats.html import html_lines
from corpus.formats.limits import Limits
from corpus.formats.plain import decode
from corpus.normalise import nfc
from corpus.source import Line, Source

__all__ = ["read_epub"]

_ROOT = re.compile(r'<rootfile\b[^>]*\bfull-path\s*=\s*["\']([^"\']+)')
_ITEM = re.compile(r"<(?:\w+:)?item\b[^>]*>")
_SPINE = re.compile(r'<(?:\w+:)?itemref\b[^>]*\bidref\s*=\s*["\']([^"\']+)')
_TITLE = re.compile(r"<dc:title[^>]*>([^<]*)<")
_ATTRIBUTE = re.compile(r'\b(id|href)\s*=\s*["\']([^"\']*)["\']')


def read_epub(data: bytes, path: Path, limits: Limits | None = None) -> Source:
    """Return the lines of a book; raises Unreadable when it is damaged or locked."""
    limits = limits or Limits()
    files = dict(m for m in members(data, path, limits, Budget(limits.unpacked_bytes)) if not isinstance(m, Fault))
    if "META-INF/encryption.xml" in files and "META-INF/rights.xml" in files:
        raise Unreadable(path, "it is encrypted")
    root = _ROOT.search(decode(files.get("META-INF/container.xml", b" "), path))
    book = decode(files.get(unquote(root.group(1)), b" "), path) if root else ""
    items = {found.get("id", ""): found.get("href", "") for tag in _ITEM.findall(book) if (found := dict(_ATTRIBUTE.findall(tag)))}
    folder = posixpath.dirname(root.group(1)) if root else ""
    lines: list[Line] = []
    faults: list[Fault] = []
    for reference in _SPINE.findall(book):
        name = nfc(posixpath.normpath(posixpath.join(folder, unquote(items.get(reference, "")))))
        if name not in files:
            faults.append(Fault(f"{path.name}/{name}", "the book names it and does not hold it"))
            continue
        try:
            lines += html_lines(decode(files[name], path), path)[0]
        except Unreadable:
            continue  # a page with a picture and no words, such as the cover
    if not lines:
        raise Unreadable(path, "there is no text in it, or its table of contents is damaged")
    title = _TITLE.search(book)
    return Source("epub", tuple(lines), title=nfc(title.group(1).strip()) if title else "", faults=tuple(faults))
