"""What a file is, by its content. Names lie: a decree saved as `.doc` is often a web page."""

from __future__ import annotations

import io
import re
import zipfile
from pathlib import Path

from corpus.errors import Unreadable

__all__ = ["sniff"]

_IMAGES = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff", b"II*\x00", b"MM\x00*", b"BM", b"GIF8")
_REFUSED = (
    (b"{\\rtf", "it is a rich text file (RTF); save it as .docx and give that"),
    (b"\x1f\x8b", "it is compressed with gzip; unpack it, or make a .zip of it"),
    (b"7z\xbc\xaf\x27\x1c", "it is a 7-Zip archive; unpack it, or make a .zip of it"),
    (b"Rar!", "it is a RAR archive; unpack it, or make a .zip of it"),
    (b"\xfd7zXZ", "it is compressed with xz; unpack it, or make a .zip of it"),
    (b"\x7fELF", "it is a program, not a document"),
    (b"MZ", "it is a program, not a document"),
    (b"SQLite format 3", "it is a database, not a document"),
)
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_HTML = re.compile(rb"<(?:!doctype\s+html|html|head|body|div|p|table|h[1-6]|meta|article)[\s>/]", re.I)
_BOMS = (b"\xef\xbb\xbf", b"\xff\xfe", b"\xfe\xff")
_CONTROL = bytes(set(range(32)) - {9, 10, 11, 12, 13, 27})
_MARKDOWN = re.compile(r"^(?:#{1,6} \S|\s*\|?\s*:?-{3,}:?\s*\||```|\[[^\]]+\]: \S|---\n(?:\w+:.*\n)+---)", re.M)


def sniff(data: bytes, path: Path) -> str:
    """Return the kind of a file: docx, pdf, image, html, markdown, plain, epub or zip.

    Only between Markdown and plain text does the name help, since each is a text. Raises Unreadable with the reason when
    it is none of these.
    """
    if not data.strip(b"\0 \r\n\t"):
        raise Unreadable(path, "it is empty")
    head = data[:1024]
    if b"%PDF-" in head:
        return "pdf"
    if head.startswith(_IMAGES) and not (head.startswith(b"BM") and _is_text(data)):
        return "image"
    if head.startswith(b"PK\x03\x04") or head.startswith(b"PK\x05\x06"):
        return _zipped(data, path)
    if head.startswith(_OLE):
        raise Unreadable(path, _ole(data))
    for start, reason in _REFUSED:
        if head.startswith(start) and not (start == b"MZ" and _is_text(data)):
            raise Unreadable(path, reason)
    if not _is_text(data):
        raise Unreadable(path, "it is of a kind that is not read here")
    return _text_kind(data, path)


def _zipped(data: bytes, path: Path) -> str:
    """Return what kind of zipped format it is."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            names = set(archive.namelist())
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError) as error:
        raise Unreadable(path, "it is damaged: its table of contents is missing or broken off") from error
    if "[Content_Types].xml" in names:
        if any(name.startswith("word/") for name in names):
            return "docx"
        other = "an Excel workbook" if any(n.startswith("xl/") for n in names) else "an Office file that is no Word document"
        raise Unreadable(path, f"it is {other}; save it as PDF and give that")
    if "content.xml" in names and "META-INF/manifest.xml" in names:
        raise Unreadable(path, "it is an OpenDocument file; save it as .docx or PDF and give that")
    return "epub" if "META-INF/container.xml" in names else "zip"


def _ole(data: bytes) -> str:
    """Return why an OLE file is refused."""
    if "EncryptedPackage".encode("utf-16-le") in data:
        return "it is encrypted; save it without a password"
    return "it is in the old Word format (.doc); save it as .docx and give that"


def _is_text(data: bytes) -> bool:
    """Tell whether the bytes are a text in some encoding: nearly no control characters."""
    if data.startswith(_BOMS):
        return True
    sample = data[:65536]
    zeros = sample.count(0)
    if zeros > len(sample) // 5:  # UTF-16 without a mark has a zero in nearly every other byte, on one side
        if len(sample) < 8 or sample[::2].count(0) * sample[1::2].count(0):
            return False
        text = sample[: len(sample) // 2 * 2].decode("utf-16-le" if sample[1::2].count(0) else "utf-16-be", "replace")
        return sum(c.isprintable() or c.isspace() for c in text) > len(text) * 0.98
    # the old Vietnamese fonts put letters on control codes, a handful of them, so some are let pass
    return zeros == 0 and len(sample) - len(sample.translate(None, _CONTROL)) <= len(sample) // 25


def _text_kind(data: bytes, path: Path) -> str:
    """Tell a web page, Markdown and plain text apart."""
    head = data[:4096].replace(b"\0", b"").lstrip(b"\xef\xbb\xbf\xff\xfe \r\n\t")
    if head.startswith(b"<") and _HTML.search(head):
        return "html"
    if len(re.findall(rb"</(?:p|div|td|h[1-6]|span|body|html)>", data[:65536], re.I)) >= 3:
        return "html"
    if path.suffix.lower() in (".md", ".markdown"):
        return "markdown"
    if path.suffix.lower() == ".txt":
        return "plain"
    return "markdown" if _MARKDOWN.search(data[:65536].decode("utf-8", "replace")) else "plain"
