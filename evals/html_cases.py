"""One case on the page: question, what was expected, the answer, its citations, and the verdict on each sentence."""

from __future__ import annotations

from collections.abc import Iterator
from html import escape

from evals.labels import label
from evals.measures import PARTS
from evals.row import Row

__all__ = ["case_html"]


def case_html(row: Row) -> str:
    """Return one case, folded until it is opened."""
    case, good = row.case, row.right
    tag = " · ".join(part for part in (case.id, case.type, case.language, row.outcome) if part)
    mark = '<span class="good" aria-label="right">✓</span>' if good else '<span class="bad" aria-label="wrong">✗</span>'
    return (
        f'<details class="{"right" if good else "wrong"}"><summary>{mark}<span>{escape(case.question)}</span>'
        f'<span class="tag">{escape(tag)}</span></summary><div class="inside">{"".join(_inside(row))}</div></details>'
    )


def _inside(row: Row) -> Iterator[str]:
    """Yield what an opened case shows."""
    case = row.case
    if case.history:
        yield _part("history", f"<p>{escape(' / '.join(case.history))}</p>")
    short = [name for name in PARTS if row.measures.get(name) == 0.0]
    if short:
        names = ", ".join(_label(name) for name in short)
        yield f'<p class="bad">{_label("failed_parts")}: {names}</p>'
    if row.error:
        yield _part("error", f'<p class="bad">{escape(row.error)}</p>')
    gold = "; ".join(", ".join(part for part in (g.document, g.locator) if part) for g in case.gold)
    expected = escape(case.expected) + (
        f'<br><span class="soft">{escape(gold)}</span>' if gold else f'<br><span class="soft">{_label("nothing")}</span>'
    )
    yield _part("expected", f"<p>{expected}</p>")
    if row.answer:
        belief = f' <span class="soft small">{row.chance:.2f}</span>' if row.chance is not None else ""
        yield _part("answer", f'<div class="said">{escape(row.answer["text"])}</div>', f" {row.seconds * 1000:.0f} ms{belief}")
    if row.answer.get("citations"):
        yield _part("citations", "<ol>" + "".join(_citation(c) for c in row.answer["citations"]) + "</ol>")
    if any(not s.supported or s.irrelevant for s in row.statements):
        yield _part("verdicts", "<ul>" + "".join(_verdicts(row)) + "</ul>")
    elif row.statements:
        yield f'<p class="small good">✓ {_label("verdicts")}: {len(row.statements)}</p>'


def _citation(citation: dict[str, str]) -> str:
    """Return one citation with its quote."""
    place = f"[{citation['mark']}] {citation['document']}, {citation['locator']} · {citation['status']}"
    return f"<li>{escape(place)}<blockquote>{escape(citation['quote'])}</blockquote></li>"


def _verdicts(row: Row) -> Iterator[str]:
    """Yield the verdict on each statement."""
    for s in row.statements:
        kind, mark = ("good", "✓") if s.supported else ("bad", "✗")
        idle = f" [{', '.join(map(str, s.irrelevant))}] –" if s.irrelevant else ""
        yield f'<li><span class="{kind}">{mark}</span> {escape(s.text)} <span class="soft">{escape("; ".join(s.reasons))}{idle}</span></li>'


def _part(name: str, inside: str, more: str = "") -> str:
    """Return a part of a case under its label."""
    return f'<div><div class="small soft">{_label(name)}{more}</div>{inside}</div>'


def _label(name: str) -> str:
    """Return a label in both languages."""
    vi, en = label(name)
    return f'<span class="vi" lang="vi">{escape(vi)}</span><span class="en" lang="en">{escape(en)}</span>'
