"""One exchange of the conversation as HTML: the question, and its answer while it comes, whole, or failed.

Every answer carries the cards of its sources, hidden; the page's script shows one of them in the evidence pane. Words of
the interface stand in both languages, of which the style sheet shows one.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date

from assistant.answer import Answer, Outcome
from assistant.history.values import Kept
from ui.evidence import Lookup, Source, cited, in_place_of, looked_at, source_html, status_label
from ui.history_words import KEPT
from ui.markup import answer_html, both, escaped, fixed, line_html, spoken
from ui.ports import DocumentView
from ui.struck import ended_marks, struck
from ui.words import OUTCOMES, WORDS, Phrase, date_phrase, named

__all__ = ["answered", "failed", "library", "plain_copy", "working"]

_OUTCOME_TONES = {
    Outcome.PARTIAL: "care", Outcome.SUPERSEDED_ONLY: "ended", Outcome.CONFLICT: "care", Outcome.NOT_IN_CORPUS: "plain",
    Outcome.UNCLEAR: "plain", Outcome.OUT_OF_SCOPE: "plain", Outcome.REFUSED: "plain",
}  # fmt: skip

_THUMB = {
    "up": "M2 7 H4.5 V13.5 H2 Z M4.5 7.5 L7.5 2 A1.6 1.6 0 0 1 9 4 L8.6 6.5 H12.6 A1.3 1.3 0 0 1 13.9 8 L12.9 12.4 A1.4 1.4 0 0 1 11.5 13.5 H4.5",
    "down": "M2 9 H4.5 V2.5 H2 Z M4.5 8.5 L7.5 14 A1.6 1.6 0 0 0 9 12 L8.6 9.5 H12.6 A1.3 1.3 0 0 0 13.9 8 L12.9 3.6 A1.4 1.4 0 0 0 11.5 2.5 H4.5",
}


def working(key: str, question: str, text: str = "") -> str:
    """Return the exchange while its answer is being looked up or written; marks do nothing yet."""
    words = WORDS["writing"] if text.strip() else WORDS["working"]
    written = f'<div class="words">{answer_html(text)}</div>' if text.strip() else ""
    state = "writing" if text.strip() else "working"
    return _exchange(key, state, question, f'{written}<p class="progress"><span class="dots" aria-hidden="true"></span>{both(words)}</p>')


def failed(key: str, question: str, message: str, advice: str) -> str:
    """Return the exchange of a question that could not be answered: what happened in one sentence, then the next step."""
    said = escaped(message) if message else both(WORDS["failed_unknown"])
    step = escaped(advice) if advice else both(WORDS["failed_next"])
    inner = (
        f'<p class="outcome tone-fault">{both(WORDS["failed"])}</p><p class="words">{said}</p>'
        f'<p class="notes-one"><b>{both(WORDS["next_step"])}:</b> {step}</p>'
    )
    return _exchange(key, "failed", question, inner)


def answered(
    key: str, question: str, answer: Answer, lookup: Lookup, kept: Kept | None = None, *, lost: bool = False, reported: Collection[str] = ()
) -> str:
    """Return the whole exchange: the answer with working chips, its notes, and the hidden cards of its sources.

    `kept` is what was kept of it, which can be reported on and asked again in other words; `lost` tells that it should have been.
    `reported` are the kinds of reports that there are on it.
    """
    sources = cited(answer, lookup)
    near = looked_at(answer, lookup)
    instead = in_place_of(sources, lookup)
    anchors = {id(source): f"ev-{key}-{at}" for at, source in enumerate([*sources, *near, *instead])}
    inner = "".join(_answer(answer, sources, near, anchors)) + _kept(answer, kept, lost, reported)
    opened = {source.number: anchors[id(source)] for source in instead}
    cards = "".join(source_html(source, anchors[id(source)], answer.as_of, opened) for source in [*sources, *near, *instead])
    names = f' data-conversation="{escaped(kept.conversation)}" data-turn="{escaped(kept.id)}"' if kept else ""
    data = f' data-outcome="{escaped(str(answer.outcome))}"{names}'
    return _exchange(key, "done", question, inner, cards, data, fixed(answer.language))


def _exchange(key: str, state: str, question: str, inner: str, cards: str = "", more: str = "", language: str = "") -> str:
    """Return the frame that all states of an exchange share."""
    lang = f' lang="{language}"' if language else ""
    return (
        f'<article class="exchange" id="x-{escaped(key)}" data-key="{escaped(key)}" data-state="{state}"{more}>'
        f'<div class="question"><h3 class="vh">{both(WORDS["you"])}</h3><p dir="auto">{escaped(question)}</p></div>'
        f'<div class="reply"{lang}><h3 class="vh">{both(WORDS["answer"])}</h3>{inner}</div>'
        f'<div class="sources" hidden>{cards}</div></article>'
    )


def _answer(answer: Answer, sources: tuple[Source, ...], near: tuple[Source, ...], anchors: dict[int, str]) -> Iterator[str]:
    """Yield the parts of a whole answer, from its label to its small print."""
    if answer.outcome != Outcome.ANSWERED:
        tone = _OUTCOME_TONES.get(answer.outcome, "plain")
        yield f'<p class="outcome tone-{tone}">{both(named(OUTCOMES, str(answer.outcome)))}</p>'
    conflict = answer.outcome is Outcome.CONFLICT
    chips: dict[int, str] = {}
    for source in sources:
        if source.citation:
            chips.setdefault(source.citation.mark, _chip(source, anchors[id(source)]))
    yield f'<div class="words">{answer_html(answer.text, chips, ended_marks(answer), sides=conflict)}</div>'
    if answer.notes:
        items = "".join(f"<li>{line_html(note, chips)}</li>" for note in answer.notes)
        yield f'<div class="notes"><h4>{both(WORDS["notes"])}</h4><ul>{items}</ul></div>'
    if near:
        items = "".join(f"<li>{_near(source, anchors[id(source)])}</li>" for source in near)
        yield f'<div class="near"><h4>{both(WORDS["nearest"])}</h4><ul>{items}</ul></div>'
    yield _small_print(answer)


def _kept(answer: Answer, kept: Kept | None, lost: bool, reported: Collection[str]) -> str:
    """Return what may be said of an answer that is kept, and how to ask again; a sentence when it could not be kept."""
    if kept is None:
        return f'<p class="flag flag-care">{both(KEPT["not_kept"])}</p>' if lost else ""
    thumbs = "".join(
        f'<button type="button" class="thumb" data-report="{kind}" aria-pressed="{str(kind in reported).lower()}" {spoken("aria-label", KEPT[kind])} '
        f'{spoken("title", KEPT[kind])}><svg viewBox="0 0 16 16" width="16" height="16" aria-hidden="true"><path d="{_THUMB[kind]}"/></svg></button>'
        for kind in ("up", "down")
    )
    wrong = f'<button type="button" class="quiet-button" data-report="wrong_evidence">{both(KEPT["wrong"])}</button>' if answer.citations else ""
    edit = f'<button type="button" class="quiet-button" data-edit>{both(KEPT["edit"])}</button>'
    return f'<div class="small said">{thumbs}{wrong}{edit}</div>'


def _chip(source: Source, anchor: str) -> str:
    """Return a mark as a button that opens its source."""
    name = escaped(f"{source.label} {source.number}, {source.locator}")
    flaw = "" if source.citation is None or source.citation.verified else " chip-care"
    return (
        f'<button type="button" class="chip{flaw}" data-ev="{escaped(anchor)}" aria-controls="evidence-pane" '
        f'aria-label="{name}" title="{name}">{escaped(source.label)}</button>'
    )


def _near(source: Source, anchor: str) -> str:
    """Return a passage that was only looked at as a button that opens it."""
    return (
        f'<button type="button" class="chip-wide" data-ev="{escaped(anchor)}" aria-controls="evidence-pane">'
        f"<b>{escaped(source.number)}</b> {escaped(source.locator)}</button>"
    )


def _small_print(answer: Answer) -> str:
    """Return the line under an answer: the day it is read as of, the time it took, and the copy button."""
    day = both(WORDS["read_as_of"], date=date_phrase(answer.as_of.isoformat()))
    quick = answer.seconds < 0.1
    seconds = "0.1" if quick else f"{answer.seconds:.1f}"
    took = both(WORDS["quick" if quick else "seconds"], n=Phrase(seconds.replace(".", ","), seconds))
    copy = ""
    if answer.citations:
        copy = (
            f'<button type="button" class="quiet-button copy"><span class="before">{both(WORDS["copy"])}</span>'
            f'<span class="after" hidden>{both(WORDS["copied"])}</span></button>'
            f'<pre class="copytext" hidden>{escaped(plain_copy(answer))}</pre>'
        )
    return f'<div class="small"><span>{day}</span><span>{took}</span>{copy}</div>'


def plain_copy(answer: Answer) -> str:
    """Return the answer as plain text with its sources, for pasting into a letter; what has ended is struck as in Markdown."""
    lines = [struck(answer.text.strip(), ended_marks(answer), lambda words: f"~~{words}~~"), ""]
    for c in sorted(answer.citations, key=lambda c: c.mark):
        title = f" ({c.title})" if c.title else ""
        address = f" {c.url}" if c.url else ""
        lines.append(f"[{c.mark}] {c.document}, {c.locator}{title}: “{c.quote}”{address}")
    if answer.notes:
        lines += ["", *(f"- {note}" for note in answer.notes)]
    return "\n".join(lines)


def library(documents: Iterable[DocumentView], day: date) -> str:
    """Return the list of the library's documents, folded away, for the empty evidence pane."""
    rows = []
    for d in documents:
        title = both(Phrase(d.title.vi or d.title.en, d.title.en or d.title.vi))
        rows.append(f"<li><b>{escaped(d.number)}</b> {status_label(d.status_on(day))}<span>{title}</span></li>")
    count = both(WORDS["library_count"], n=str(len(rows)))
    summary = f'{both(WORDS["library"])} <span class="quiet">{count}</span>'
    return f'<details class="library"><summary>{summary}</summary><ul>{"".join(rows)}</ul></details>'
