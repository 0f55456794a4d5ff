"""The page of the library as HTML: the list, one document with its chain, its contents and its relations, and the library's health."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date

from assistant.holdings import Health
from ui.evidence import status_label
from ui.library_ports import HeldView, StepView
from ui.library_words import HELD, LINKS
from ui.markup import address_link, both, escaped, paragraphs, spoken
from ui.timeline import Span, chart
from ui.words import KINDS, STATUSES, TEXT_KINDS, Phrase, date_phrase, named

__all__ = ["card", "chain_items", "frame", "health_html", "hits", "listing", "provision_html"]

_SHOWN = 400
_CHOICES = ("in_force", "amended", "not_yet_in_force", "replaced", "expired", "repealed", "unknown")


def frame(adding: str = "") -> str:
    """Return the still parts of the page; `adding` is the place where files are given."""
    options = "".join(
        f'<option value="{name}" {spoken("label", STATUSES[name])}>{escaped(STATUSES[name].vi)}</option>' for name in _CHOICES
    )  # fmt: skip
    every = f'<option value="" {spoken("label", HELD["any"])}>{escaped(HELD["any"].vi)}</option>'
    words = "".join(f'<i data-key="{key}" data-vi="{escaped(HELD[key].vi)}" data-en="{escaped(HELD[key].en)}"></i>' for key in ("failed", "gone"))
    return (
        f'<h2 id="held-name" tabindex="-1">{both(HELD["title"])}</h2><p class="lead">{both(HELD["intro"])}</p>'
        f'<p class="problem" id="held-problem" role="alert" hidden></p>'
        f'<div id="held-all"><form class="find" id="held-find" role="search"><p><label for="held-words">{both(HELD["search"])}</label>'
        '<input type="search" id="held-words" autocomplete="off" maxlength="200" enterkeyhint="search"></p>'
        f'<p><label for="held-status">{both(HELD["status"])}</label><select id="held-status">{every}{options}</select></p></form>'
        f'{adding}<div id="held-list"></div><div id="held-health"></div></div><div id="held-one" hidden></div>'
        f'<template id="held-said">{words}</template>'
    )


def listing(documents: Sequence[HeldView], count: int, day: date) -> str:
    """Return the list of documents, of `count` that there are."""
    if not documents:
        return f'<p class="hint">{both(HELD["none"])}</p>'
    told = both(HELD["count"], n=str(count)) if count == len(documents) else both(HELD["shown"], n=str(len(documents)), all=str(count))
    return f'<p class="hint" role="status">{told}</p><ul class="kept held">{"".join(_row(document, day) for document in documents)}</ul>'


def _row(document: HeldView, day: date) -> str:
    """Return a document in the list; its name opens it."""
    kind = both(named(KINDS, document.kind)) + " " if document.kind in KINDS else ""
    issued = f"<span>{both(date_phrase(document.issued))}</span>" if document.issued else ""
    return (
        f'<li><button type="button" class="open" data-document="{escaped(document.number)}"><b>{escaped(document.number)}</b> '
        f'{both(_phrase(document.title.vi, document.title.en))}</button><p class="hint"><span>{kind}</span>{issued}'
        f'<span>{both(named(TEXT_KINDS, document.text_kind))}</span></p><p class="tools">{status_label(document.status_on(day))}</p></li>'
    )


def _phrase(vi: str, en: str) -> Phrase:
    """Return words in both languages, the one standing in for the other where it is missing."""
    return Phrase(vi or en, en or vi)


def card(document: HeldView, steps: Sequence[StepView], known: Callable[[str], HeldView | None], day: date, tools: str = "") -> str:
    """Return one document: what is known of it, its chain, its relations, a search inside it, and its contents."""
    kind = both(named(KINDS, document.kind)) + " " if document.kind in KINDS else ""
    rows = [("issuer", both(_phrase(document.issuer.vi, document.issuer.en)))] if document.issuer.vi or document.issuer.en else []
    rows += [
        (key, both(date_phrase(value)))
        for key, value in (("issued", document.issued), ("from", document.effective_from), ("to", document.effective_to))
        if value
    ]
    facts = "".join(f"<div><dt>{both(HELD[key])}</dt><dd>{value}</dd></div>" for key, value in rows)
    links = " ".join(link for link in map(address_link, document.urls) if link)
    note = f"<p>{both(_phrase(document.status_note.vi, document.status_note.en))}</p>" if document.status_note.vi or document.status_note.en else ""
    labels = f'<p class="labels">{status_label(document.status_on(day), date_phrase(day.isoformat()))} <span class="kind">'
    return (
        f'<p><button type="button" class="link" id="held-back">← {both(HELD["back"])}</button></p>'
        f'<p class="docno">{kind}<b>{escaped(document.number)}</b></p>'
        f'<h3 id="held-title" tabindex="-1">{both(_phrase(document.title.vi, document.title.en))}</h3>'
        f'{labels}{both(named(TEXT_KINDS, document.text_kind))}</span></p>{note}<dl class="facts">{facts}</dl><p>{links}</p>{tools}'
        f"{_chain(document, steps, known, day)}{_relations(document, known)}{_inside(document)}{_contents(document)}"
    )


def _opener(number: str, known: Callable[[str], HeldView | None]) -> str:
    """Return a document's number: a button where it is held, with a word where it is not."""
    if known(number) is None:
        return f'<b>{escaped(number)}</b> <span class="hint">({both(HELD["missing"])})</span>'
    return f'<button type="button" class="link" data-document="{escaped(number)}">{escaped(number)}</button>'


def _chain(document: HeldView, steps: Sequence[StepView], known: Callable[[str], HeldView | None], day: date) -> str:
    """Return the chain as a chart and in words."""
    head = f"<h4>{both(HELD['chain'])}</h4>"
    if not steps:
        return f'{head}<p class="hint">{both(HELD["chain_none"])}</p>'
    names = dict.fromkeys([document.number, *(name for step in steps for name in (step.target, step.document))])
    spans = sorted((_span(name, document.number, steps, known(name)) for name in names), key=lambda span: (span.start or date.max, span.name))
    drawn = f'<div class="wide" tabindex="0" role="group" {spoken("aria-label", HELD["chart"])}>{chart(spans, day)}</div>'
    return f'{head}{drawn}<ol class="steps-list">{chain_items(steps, known)}</ol>'


def chain_items(steps: Sequence[StepView], known: Callable[[str], HeldView | None]) -> str:
    """Return what each act of a chain did to another, and from when; the acts that are held as buttons."""
    return "".join(
        f"<li>{_opener(step.document, known)} {both(_lower(named(LINKS, step.type)))} {_opener(step.target, known)}"
        f"{', ' + both(date_phrase(step.since)) if step.since else ''}</li>"
        for step in steps
    )


def _lower(phrase: Phrase) -> Phrase:
    """Return a phrase that stands inside a sentence."""
    return Phrase(phrase.vi[:1].lower() + phrase.vi[1:], phrase.en[:1].lower() + phrase.en[1:])


def _span(name: str, own: str, steps: Sequence[StepView], document: HeldView | None) -> Span:
    """Return from when to when an act is in force, as far as it or its chain tells."""
    start = _day(document.effective_from or document.issued) if document else None
    ends = [_day(step.since) for step in steps if step.target == name and step.type in ("replaces", "repeals")]
    ends += [_day(document.effective_to)] if document else []
    begins = [_day(step.since) for step in steps if step.document == name]
    return Span(name, start or min((b for b in begins if b), default=None), min((e for e in ends if e), default=None), name == own)


def _day(iso: str | None) -> date | None:
    """Return the first day that a full or partial date can mean, None for none."""
    parts = (iso or "").split("-")
    try:
        return date(int(parts[0]), int(parts[1]) if len(parts) > 1 else 1, int(parts[2]) if len(parts) > 2 else 1)
    except ValueError:
        return None


def _relations(document: HeldView, known: Callable[[str], HeldView | None]) -> str:
    """Return all relations of a document."""
    items = "".join(f"<li>{both(named(LINKS, one.type))}: {_opener(one.target, known)}</li>" for one in document.relations)
    return f"<h4>{both(HELD['relations'])}</h4><ul class='links'>{items}</ul>" if items else ""


def _inside(document: HeldView) -> str:
    """Return the search inside a document."""
    return (
        f'<form class="find" id="held-inside" role="search" data-document="{escaped(document.number)}"><p><label for="held-query">'
        f'{both(HELD["inside"])}</label><input type="search" id="held-query" autocomplete="off" maxlength="300" enterkeyhint="search"></p>'
        f'<p class="act"><button type="submit" class="second">{both(HELD["inside_go"])}</button></p></form><div id="held-hits" role="status"></div>'
    )


def _contents(document: HeldView) -> str:
    """Return the provisions by address and heading; their words come when one is opened."""
    provisions = document.provisions[:_SHOWN]
    items = "".join(
        f'<details data-locator="{escaped(str(one.locator))}"><summary><b>{escaped(str(one.locator))}</b> '
        f"{both(_phrase(one.heading.vi, one.heading.en))}</summary></details>"
        for one in provisions
    )
    rest = len(document.provisions) - len(provisions)
    more = f'<p class="hint">{both(HELD["more"], n=str(rest))}</p>' if rest > 0 else ""
    count = both(HELD["provisions"], n=str(len(document.provisions)))
    return f'<h4>{both(HELD["contents"])} <span class="hint">{count}</span></h4><div class="contents">{items}</div>{more}' if items else ""


def provision_html(vi: str, en: str) -> str:
    """Return the words of a provision in the languages it has."""
    return "".join(f'<div class="text" lang="{language}">{paragraphs(text)}</div>' for language, text in (("vi", vi), ("en", en)) if text)


def hits(found: Sequence[tuple[str, str]]) -> str:
    """Return passages that were found, each (address, words)."""
    if not found:
        return f'<p class="hint">{both(HELD["inside_none"])}</p>'
    return "".join(
        f'<article class="hit"><p class="locator">{escaped(where)}</p><p dir="auto">{escaped(text[:600])}</p></article>' for where, text in found
    )


def health_html(health: Health) -> str:
    """Return what is not in order, folded away under how many things that are."""
    parts = (
        ("unread", [f"{escaped(fault.name)}: {escaped(fault.reason)}" for fault in health.unread]),
        ("undated", [f'<button type="button" class="link" data-document="{escaped(name)}">{escaped(name)}</button>' for name in health.undated]),
        ("dangling", [f"{escaped(one.document)}: {both(_lower(named(LINKS, one.type)))} <b>{escaped(one.target)}</b>" for one in health.dangling]),
    )
    told = "".join(
        f"<details><summary>{both(HELD[name])} <span class='hint'>({len(lines)})</span></summary><ul class='links'>"
        f"{''.join(f'<li>{line}</li>' for line in lines[:_SHOWN])}</ul></details>"
        for name, lines in parts
        if lines
    )
    good = f"<p>{both(HELD['health_good'])}</p>"
    return f"<h3>{both(HELD['health'])}</h3>{told or good}"
