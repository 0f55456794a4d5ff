"""The one entry of legal structure: a source of paragraphs becomes a document of official text."""

from __future__ import annotations

import re
from collections import Counter
from pathlib import PurePath

from corpus.document import Bilingual, Document
from corpus.errors import Fault
from corpus.legal.headings import Kind
from corpus.legal.metadata import Metadata, metadata
from corpus.legal.pieces import Piece, pieces
from corpus.legal.provisions import paragraphs, provisions
from corpus.legal.reading import Reading
from corpus.legal.relations import relations
from corpus.legal.tree import nodes
from corpus.normalise import fold, has_diacritics
from corpus.source import Source

__all__ = ["document_of", "is_english", "kept"]

_CODIFIED = re.compile(r"Điều \d+\.\d+\.[A-ZĐ]")
_NAMES = {
    "decree": "Nghị định", "resolution": "Nghị quyết", "circular": "Thông tư", "decision": "Quyết định", "directive": "Chỉ thị",
    "conclusion": "Kết luận", "law": "Luật", "ordinance": "Pháp lệnh", "plan": "Kế hoạch",
}  # fmt: skip


def document_of(source: Source, name: str, *, sha256: str) -> Reading:
    """Read a source of paragraphs as law.

    `name` is the name of the file: its stem is the document's number when none can be read. Nothing is raised for odd
    text: what has no structure becomes numbered paragraphs.
    """
    found = pieces(source)
    english = is_english(found)
    tree, faults = nodes(found, english)
    structured = any(node.kind not in (Kind.HEAD, Kind.PREAMBLE) for node in tree)
    codified = sum(bool(_CODIFIED.match(node.steps[0])) for node in tree) > 2
    stem = PurePath(name).stem
    known = metadata(tree, stem, english=english, codified=codified)
    parts = provisions(tree, english) if structured else paragraphs(found, english)
    title = known.title or _plain_title(known, stem, source.title)
    document = Document(
        number=known.number,
        title=Bilingual(en=title) if english else Bilingual(vi=title),
        issuer=known.issuer,
        kind=known.kind,
        issued=known.issued,
        status="in_force" if known.effective_from else "unknown",
        effective_from=known.effective_from,
        effective_to=known.effective_to,
        relations=() if english or codified else relations(tree, known),
        aliases=_aliases(known, title),
        text_kind="official",
        sha256=sha256,
        provisions=parts,
    )
    return Reading(document, known.understood, tuple(Fault(known.number, fault) for fault in faults), known.signer)


def is_english(found: tuple[Piece, ...]) -> bool:
    """Tell whether a text is not Vietnamese: few of its words have diacritics."""
    words = [word for piece in found for word in piece.text.split() if word.isalpha()][:4000]
    return bool(words) and sum(map(has_diacritics, words)) < 0.2 * len(words)


def kept(source: Source, document: Document) -> float:
    """Return the share of the source's characters, white space and furniture aside, that stand in the document.

    A line counts when the provision over whose place it stands holds its words, or when it is one that was counted before
    and is printed again; of any other line the words found there count.
    """
    total = held = 0
    parts = iter(document.provisions)
    part = next(parts, None)
    texts: tuple[str, Counter[str]] | None = None
    printed: set[str] = set()
    for piece in pieces(source):
        while part is not None and part.span[1] < piece.end:
            part, texts = next(parts, None), None
        size = sum(not c.isspace() for c in piece.text)
        total += size
        if part is None or piece.start < part.span[0]:
            continue
        if texts is None:
            steps = [step.text.partition("(")[0] for step in part.locator.steps]
            both = " ".join([*steps, *(f"{s} {h}" for s in steps for h in (part.heading.vi or part.heading.en,)), part.text.vi or part.text.en])
            texts = _letters(both), Counter(_words(both))
        bare = _letters(piece.text)
        if bare in texts[0] or bare in printed:
            held += size
            printed.add(bare)
        else:
            words = _words(piece.text)
            held += round(size * sum(word in texts[1] for word in words) / max(1, len(words)))
    return held / total if total else 1.0


def _letters(text: str) -> str:
    """Return the letters and digits of a text without diacritics, nothing between them."""
    return "".join(c for c in fold(text) if c.isalnum())


def _words(text: str) -> list[str]:
    """Return the words of a text without diacritics."""
    return re.findall(r"[^\W_]+", fold(text))


def _plain_title(known: Metadata, stem: str, title: str) -> str:
    """Return a title for an act that prints none."""
    if known.kind in _NAMES and known.number != stem:
        return f"{_NAMES[known.kind]} số {known.number}"
    return title.strip() or stem


def _aliases(known: Metadata, title: str) -> tuple[str, ...]:
    """Return the short names by which people call an act of this number and title."""
    year = (known.issued or "")[:4]
    if known.kind == "law" and known.title and year and len(title) <= 80 and not re.search(r"\d", title):
        return (f"{title} {year}", f"Luật {known.number}") if title.startswith("Luật") else (f"{title} {year}",)
    kind = _NAMES.get(known.kind)
    return (f"{kind} {known.number}",) if kind and re.search(r"\d", known.number) and "/" in known.number else ()
