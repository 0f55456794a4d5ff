"""The outline of a read document: the tree as a lawyer checks it, one line a provision, and what was understood beside it."""

from __future__ import annotations

from corpus.document import Document
from corpus.legal.reading import Reading

__all__ = ["outline"]

_WIDTH = 72


def outline(reading: Reading) -> str:
    """Return a text of the document's head, its provisions by address with their first words, its relations and faults."""
    document = reading.document
    lines = [f"{document.number} · {document.title.get('vi')}", *_facts(document), ""]
    above = ""
    for provision in document.provisions:
        depth = len(provision.locator.steps) - 1
        heading = provision.heading.vi or provision.heading.en
        words = " ".join((provision.text.vi or provision.text.en).split())
        short = words if len(words) <= _WIDTH else words[:_WIDTH].rsplit(" ", 1)[0] + " …"
        named = f" [{heading}]" if heading and (heading != above or not words) else ""
        lines.append(f"{'  ' * depth}{provision.locator}{named}" + (f" — {short}" if short else ""))
        above = heading
    lines += ["", *(f"{relation.type} {relation.target} ({relation.since or '?'})" for relation in document.relations)]
    lines += [f"! {fault.reason}" for fault in reading.faults]
    return "\n".join(lines).rstrip() + "\n"


def _facts(document: Document) -> list[str]:
    """Return what is known of the document, a line each."""
    known = (
        ("kind", document.kind), ("issuer", document.issuer.get("vi")), ("issued", document.issued), ("in force from", document.effective_from),
        ("until", document.effective_to), ("status", document.status),
    )  # fmt: skip
    return [f"{name}: {value}" for name, value in known if value]
