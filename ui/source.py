"""A cited passage in the whole of its document: what stands around it, its parents, its chain of acts, its printed page.

The page's script asks for these when a card is opened and puts them around the words that the card already shows.
"""

from __future__ import annotations

import base64
from collections.abc import Callable, Iterator, Sequence

from ui.library import chain_items
from ui.library_ports import HeldView, PictureView, StepView
from ui.markup import both, escaped, fixed, paragraphs, spoken
from ui.ports import BilingualView, ProvisionView
from ui.source_words import SOURCE
from ui.words import Phrase

__all__ = ["around", "chain_html", "picture_html"]

_AROUND = 300
"""How many passages are shown before and after the cited one: more than all but the longest codes have."""


def around(document: HeldView, locator: str, language: str) -> str:
    """Return the parents of a passage, what stands before it and what stands after it, each in a part of its own."""
    provisions = list(document.provisions)
    at = next((n for n, one in enumerate(provisions) if str(one.locator).casefold() == locator.casefold()), None)
    if at is None:
        return ""
    before, after = provisions[max(0, at - _AROUND) : at], provisions[at + 1 : at + 1 + _AROUND]
    early, late = at - len(before), len(provisions) - at - 1 - len(after)
    parts = {
        "parents": "".join(_parent(one) for one in _parents(provisions[:at], str(provisions[at].locator))),
        "before": _rest("earlier", early) + _passages(before, None, language),
        "after": _passages(after, provisions[at], language) + _rest("later", late),
    }
    return "".join(f'<div data-part="{name}">{inner}</div>' for name, inner in parts.items())


def _parents(before: Sequence[ProvisionView], locator: str) -> Iterator[ProvisionView]:
    """Yield the passages whose address the given one continues, the outermost first."""
    return (one for one in before if locator.casefold().startswith(f"{str(one.locator).casefold()}, "))


def _parent(one: ProvisionView) -> str:
    """Return a parent's address and heading."""
    heading = both(_phrase(one.heading)) if one.heading.vi or one.heading.en else ""
    return f"<li><b>{escaped(str(one.locator))}</b> {heading}</li>"


def _rest(word: str, count: int) -> str:
    """Return how many passages are not shown, nothing when all are."""
    return f'<p class="flag flag-note">{both(SOURCE[word], n=str(count))}</p>' if count > 0 else ""


def _passages(ones: Sequence[ProvisionView], above: ProvisionView | None, language: str) -> str:
    """Return passages that are not the cited one; the clauses of an article bear its heading once."""
    made = []
    for one in ones:
        made.append(_passage(one, language, above is None or _phrase(one.heading) != _phrase(above.heading)))
        above = one
    return "".join(made)


def _passage(one: ProvisionView, language: str, headed: bool) -> str:
    """Return a passage, with its heading or without."""
    text = getattr(one.text, fixed(language)) or one.text.vi or one.text.en
    spoken_in = fixed(language) if getattr(one.text, fixed(language)) else ("vi" if one.text.vi else "en")
    heading = f'<p class="heading">{both(_phrase(one.heading))}</p>' if headed and (one.heading.vi or one.heading.en) else ""
    return (
        f'<section class="passage"><p class="locator">{escaped(str(one.locator))}</p>{heading}'
        f'<div class="text" lang="{spoken_in}">{paragraphs(text)}</div></section>'
    )


def chain_html(document: HeldView, steps: Sequence[StepView], known: Callable[[str], HeldView | None]) -> str:
    """Return the chain of what replaced and changed what, folded away."""
    if not steps:
        return ""
    return (
        f'<div data-part="chain"><details class="chain"><summary>{both(SOURCE["chain"])} <span class="quiet">({len(steps)})</span></summary>'
        f'<ol class="steps-list">{chain_items(steps, known)}</ol></details></div>'
    )


def picture_html(picture: PictureView) -> str:
    """Return a page of the original with the boxes of the cited words."""
    size = f"0 0 {picture.width:.1f} {picture.height:.1f}"
    boxes = "".join(
        f'<rect x="{left - 1.5:.1f}" y="{top - 1.5:.1f}" width="{right - left + 3:.1f}" height="{bottom - top + 3:.1f}" rx="1.5"/>'
        for left, top, right, bottom in picture.boxes
    )
    told = SOURCE["printed_marked" if picture.boxes else "printed_unmarked"]
    alt = Phrase(*(words.replace("{n}", str(picture.number)) for words in (SOURCE["printed_alt"].vi, SOURCE["printed_alt"].en)))
    data = base64.b64encode(picture.png).decode("ascii")
    return (
        f'<figure class="printed"><div class="sheet"><img src="data:image/png;base64,{data}" {spoken("alt", alt)}>'
        f'<svg viewBox="{size}" preserveAspectRatio="none" aria-hidden="true">{boxes}</svg></div>'
        f"<figcaption>{both(SOURCE['printed_no'], n=str(picture.number), all=str(picture.pages))}; {both(told)}.</figcaption></figure>"
    )


def _phrase(text: BilingualView) -> Phrase:
    """Return words in both languages, the one standing in for the other where it is missing."""
    return Phrase(text.vi or text.en, text.en or text.vi)
