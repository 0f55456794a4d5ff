"""The evidence pane's cards: the document, where in it, and the whole provision with the cited words highlighted."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from assistant.answer import Answer, Citation, Evidence
from assistant.errors import AttacheError
from ui.markup import address_link, both, escaped, fixed, paragraphs
from ui.ports import BilingualView, DocumentView, ProvisionView
from ui.struck import ENDED, SUCCESSION, has_ended
from ui.words import CONFIDENCE, KINDS, RELATIONS, STATUSES, TEXT_KINDS, TONES, WORDS, Phrase, date_phrase, named

__all__ = ["NEAREST", "Lookup", "Source", "cited", "in_place_of", "looked_at", "source_html", "span_of", "status_label"]

NEAREST = 4
Lookup = Callable[[str], DocumentView | None]


@dataclass(frozen=True, slots=True)
class Source:
    """What one card shows; `citation` is None for a passage that was looked at without being cited.

    `instead` tells that it is the card of an act that stands in place of one that is cited, with no provision of it.
    """

    label: str
    number: str
    locator: str
    document: DocumentView | None
    provision: ProvisionView | None
    citation: Citation | None = None
    heading: str = ""
    instead: bool = False


def cited(answer: Answer, lookup: Lookup) -> tuple[Source, ...]:
    """Return a source for each citation of the answer, in the order of their marks."""
    return tuple(
        Source(f"[{c.mark}]", c.document, c.locator, *_found(c.text_name, c.provision_at, lookup), citation=c)
        for c in sorted(answer.citations, key=lambda c: c.mark)
    )


def looked_at(answer: Answer, lookup: Lookup) -> tuple[Source, ...]:
    """Return the nearest passages of an answer that cites none, without repeats."""
    if answer.citations:
        return ()
    seen: dict[tuple[str, str], Evidence] = {}
    for e in answer.evidence:
        seen.setdefault((e.text_name, e.locator), e)
    return tuple(Source("", e.document, e.locator, *_found(e.text_name, e.locator, lookup), heading=e.heading) for e in list(seen.values())[:NEAREST])


def in_place_of(sources: Iterable[Source], lookup: Lookup) -> tuple[Source, ...]:
    """Return a card for every act that stands in place of a cited one that has ended, over as many steps as it takes."""
    waiting = [s.document for s in sources if s.document and s.citation and s.citation.status in ENDED]
    found: dict[str, Source] = {}
    while waiting and len(found) < NEAREST:
        for relation in waiting.pop(0).related(*SUCCESSION):
            document = None if relation.target in found else _document(relation.target, lookup)
            if document is not None:
                found[relation.target] = Source("", document.number, "", document, None, instead=True)
                waiting.append(document)
    return tuple(found.values())


def _document(number: str, lookup: Lookup) -> DocumentView | None:
    """Return a document, None for one that is not there."""
    try:
        return lookup(number)
    except AttacheError:
        return None


def _found(number: str, locator: str, lookup: Lookup) -> tuple[DocumentView | None, ProvisionView | None]:
    """Return the document and the provision, None for what is not there."""
    document = lookup(number)
    if document is None:
        return None, None
    try:
        return document, document.find(locator)
    except AttacheError:
        return document, None


def span_of(text: str, citation: Citation) -> tuple[int, int] | None:
    """Return where the quote stands in `text`: at its span when that holds, else where it is found, else None."""
    start, end = citation.span
    if 0 <= start < end and text[start:end] == citation.quote:
        return start, end
    at = text.find(citation.quote) if citation.quote else -1
    return (at, at + len(citation.quote)) if at >= 0 else None


def status_label(status: str, day: Phrase | None = None) -> str:
    """Return a status, on `day` when given, as words on a colour that only supports them."""
    on = f' <span class="on">{both(WORDS["on_date"], date=day)}</span>' if day else ""
    return f'<span class="status tone-{TONES.get(status, "plain")}">{both(named(STATUSES, status))}{on}</span>'


def source_html(source: Source, anchor: str, as_of: date, cards: Mapping[str, str] | None = None) -> str:
    """Return the hidden card of one source; the page's script shows it in the pane.

    `cards` names the cards of the acts that stand in place of others, by number: they open where these are named.
    """
    label, name = escaped(source.label), escaped(", ".join(part for part in (source.number, source.locator) if part))
    place = () if source.instead else _provision(source)
    head, words = "".join(_card(source, as_of, cards or {})), "".join([*place, _about(source)])
    inner = f'{head}<div class="whole">{words}</div>' if words else head
    near = " data-near" if source.citation is None else ""
    data = f'data-label="{label}" data-number="{escaped(source.number)}" data-name="{name}"{near}{_asks(source)}'
    return f'<div class="ev" id="{escaped(anchor)}" {data} hidden>{inner}</div>'


def _asks(source: Source) -> str:
    """Return by what the page's script asks for the document around the passage, nothing where it is not there."""
    if source.provision is None or source.document is None:
        return ""
    citation = source.citation
    text = citation.text_name if citation else source.document.number
    language = fixed(citation.language) if citation else ("vi" if source.provision.text.vi else "en")
    span = (span_of(getattr(source.provision.text, language), citation) if citation else None) or (0, 0)
    return f' data-text="{escaped(text)}" data-at="{escaped(str(source.provision.locator))}" data-lang="{language}" data-span="{span[0]}-{span[1]}"'


def _card(source: Source, as_of: date, cards: Mapping[str, str]) -> Iterator[str]:
    """Yield the document's card: what it is, who issued it when, whether it is in force, whose words these are, where it stands."""
    document, citation = source.document, source.citation
    title = both(_phrase(document.title)) if document else escaped(citation.title if citation else source.number)
    kind = both(named(KINDS, document.kind)) + " " if document and document.kind in KINDS else ""
    yield f'<div class="card"><p class="docno">{kind}<b>{escaped(source.number)}</b></p><h3 class="doctitle">{title}</h3>'
    if document:
        issuer = both(_phrase(document.issuer)) + ", " if document.issuer.vi or document.issuer.en else ""
        issued = date_phrase(document.issued)
        yield f'<p class="by">{issuer}{both(issued if issuer else _sentence(issued))}</p>'
    status = citation.status if citation else document.status_on(as_of) if document else "unknown"
    text_kind = _text_kind(source)
    label = f'<span class="kind kind-{escaped(text_kind)}">{both(named(TEXT_KINDS, text_kind))}</span>'
    yield f'<p class="labels">{status_label(status, date_phrase(as_of.isoformat()))} {label}</p>{_relations(document, cards)}'
    addresses = [citation.url] if citation and citation.url else list(document.urls) if document else []
    links = [link for link in map(address_link, addresses) if link]
    if links:
        yield f'<p class="address">{both(WORDS["address"])}: {links[0]} <span class="quiet">({both(WORDS["address_hint"])})</span></p>'
    yield "</div>"


def _text_kind(source: Source) -> str:
    """Return whose words the passage holds."""
    return source.citation.text_kind if source.citation else source.document.text_kind if source.document else "card"


def _relations(document: DocumentView | None, cards: Mapping[str, str]) -> str:
    """Return which documents replaced or amended this one, those that have a card as buttons that open it."""
    made = []
    for relation in document.related(*RELATIONS) if document else ():
        since = f" {both(WORDS['since'], date=date_phrase(relation.since))}" if relation.since else ""
        made.append(f'<p class="line">{both(named(RELATIONS, relation.type))} {_opening(relation.target, cards)}{since}</p>')
    return "".join(made)


def _opening(number: str, cards: Mapping[str, str]) -> str:
    """Return a document's number, as a button where it has a card."""
    if number not in cards:
        return f"<b>{escaped(number)}</b>"
    return (
        f'<button type="button" class="chip-wide" data-ev="{escaped(cards[number])}" aria-controls="evidence-pane"><b>{escaped(number)}</b></button>'
    )


def _about(source: Source) -> str:
    """Return what is known about the passage beside its words: the note on its force and what a digest rests on."""
    rows = []
    note = source.document.status_note if source.document else None
    if note and (note.vi or note.en):
        rows.append(("status", both(_phrase(note))))
    if source.provision and _text_kind(source) == "digest" and source.provision.role != "note":
        rows.append(("basis", both(named(CONFIDENCE, source.provision.confidence))))
    lines = "".join(f"<div><dt>{both(WORDS[word])}</dt><dd>{value}</dd></div>" for word, value in rows)
    return f'<dl class="about">{lines}</dl>' if lines else ""


def _provision(source: Source) -> Iterator[str]:
    """Yield the locator, the heading and the whole text with the cited words highlighted."""
    provision, citation = source.provision, source.citation
    page = f' <span class="quiet">({both(WORDS["page"], n=str(provision.page))})</span>' if provision and provision.page else ""
    yield f'<div class="here"><div class="place"><ol class="parents" hidden></ol><p class="locator">{escaped(source.locator)}{page}</p>'
    if provision and (provision.heading.vi or provision.heading.en):
        yield f'<h4 class="heading">{both(_phrase(provision.heading))}</h4>'
    elif source.heading:
        yield f'<h4 class="heading">{escaped(source.heading)}</h4>'
    role = citation.role if citation else provision.role if provision else ""
    if role == "note":
        yield f'<p class="flag flag-note">{both(WORDS["note_role"])}</p>'
    if citation is None:
        yield f'<p class="flag flag-care">{both(WORDS["near"])}</p>'
    elif not citation.verified:
        yield f'<p class="flag flag-care">{both(WORDS["not_verified"])}</p>'
    yield "</div>"
    yield from _text(provision, citation)
    yield "</div>"


def _text(provision: ProvisionView | None, citation: Citation | None) -> Iterator[str]:
    """Yield the provision's words; when they or the quote in them cannot be found, the quote stands alone and says so."""
    if provision is None:
        yield f'<p class="flag flag-care">{both(WORDS["no_text"])}</p>'
        if citation:
            yield f'<blockquote class="text" lang="{fixed(citation.language)}">{paragraphs(citation.quote)}</blockquote>'
        return
    texts = {"vi": provision.text.vi, "en": provision.text.en}
    language = fixed(citation.language) if citation else ("vi" if texts["vi"] else "en")
    span = span_of(texts[language], citation) if citation else None
    struck = citation is not None and has_ended(citation)
    if citation and span is None:
        yield f'<blockquote class="text" lang="{language}">{paragraphs(citation.quote)}</blockquote>'
        yield f'<p class="flag flag-care">{both(WORDS["not_verified"])}</p>'
    yield f'<div class="text" lang="{language}">{paragraphs(texts[language], span, struck=struck)}</div>'
    other = "en" if language == "vi" else "vi"
    if texts[other] and texts[language]:
        words = both(WORDS[f"other_{other}"])
        yield f'<details class="other"><summary>{words}</summary><div class="text" lang="{other}">{paragraphs(texts[other])}</div></details>'


def _phrase(text: BilingualView) -> Phrase:
    """Return a document's words in both languages, the one standing in for the other where it is missing."""
    return Phrase(text.vi or text.en, text.en or text.vi)


def _sentence(phrase: Phrase) -> Phrase:
    """Return the phrase with a capital at its start, as a value that stands alone."""
    return Phrase(*(words[:1].upper() + words[1:] for words in (phrase.vi, phrase.en)))
