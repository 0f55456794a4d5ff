"""Guided reading as HTML: the choice of a document, a section with what explains it, and its question."""

from __future__ import annotations

from typing import TYPE_CHECKING

from ui.markup import both, escaped, fixed, paragraphs
from ui.study_form import documents_field, languages_field
from ui.study_items import answered, question
from ui.study_order import Reading
from ui.study_words import STUDY

if TYPE_CHECKING:
    from assistant.study.reading import Explained

__all__ = ["read_form", "read_through", "section"]


def read_form(document: str = "") -> str:
    """Return the choice of a document to be read."""
    return (
        f'<p class="lead">{both(STUDY["read_intro"])}</p><form data-do="read_begin" autocomplete="off">{documents_field(value=document)}'
        f'{languages_field(both_too=False)}<p class="act"><button type="submit" class="go">{both(STUDY["read_go"])}</button></p></form>'
    )


def section(reading: Reading, explains: bool, sends_to: str) -> str:
    """Return the present section, its terms, the documents it names, and its question; before words are sent to a host it is named."""
    one, count = reading.section, len(reading.sections)
    heading = f'<p class="heading" lang="{fixed(reading.language)}">{escaped(one.heading)}</p>' if one.heading else ""
    terms = "".join(_term(term, reading.language) for term in one.terms)
    told = f'<h4>{both(STUDY["terms"])}</h4><ul class="terms">{terms}</ul>' if terms else ""
    related = f"<p>{both(STUDY['related'])}: {escaped('; '.join(one.related))}</p>" if one.related else ""
    focus = "" if reading.chosen is not None or reading.told else " data-focus"
    return (
        f'<p class="count">{escaped(reading.document)} · {both(STUDY["section"], at=str(reading.at + 1), n=str(count))}</p>'
        f'<progress max="{count}" value="{reading.at + 1}" aria-label="{reading.at + 1}/{count}"></progress>'
        f'<section class="item" tabindex="-1"{focus} aria-labelledby="study-section">'
        f'<h3 id="study-section" class="locator">{escaped(one.locator)}</h3>{heading}'
        f'<div class="text" lang="{fixed(reading.language)}">{paragraphs(one.text)}</div>{told}{related}'
        f"{_simple(reading, explains, sends_to)}</section>"
        f"<h3>{both(STUDY['ask_section'])}</h3>{_question(reading)}{_on(reading)}"
    )


def read_through(reading: Reading) -> str:
    """Return that all is read."""
    return (
        f'<section class="done" tabindex="-1" data-focus><p class="total" data-say>{both(STUDY["read_done"], n=str(len(reading.sections)))}</p>'
        f'<p class="act"><button type="button" class="go" data-do="read">{both(STUDY["more"])}</button></p></section>'
    )


def _term(term: Explained, language: str) -> str:
    """Return a term with its other names and where else it stands."""
    first, second = (term.en, term.vi) if language == "en" else (term.vi, term.en)
    more = f' <span class="hint">({both(STUDY["see_also"])}: {escaped("; ".join(term.elsewhere))})</span>' if term.elsewhere else ""
    return f"<li><b>{escaped(first)}</b> = {escaped('; '.join((second, *term.also)))}{more}</li>"


def _simple(reading: Reading, explains: bool, sends_to: str) -> str:
    """Return the section in simple words, or the button that asks for them."""
    if reading.told:
        words = escaped(reading.simple) if reading.simple else both(STUDY["no_simple"])
        return f'<h4>{both(STUDY["simple"])}</h4><p tabindex="-1" data-focus>{words}</p>'
    if not explains:
        return ""
    sent = f'<span class="hint">{both(STUDY["sends_to"], host=sends_to)}</span>' if sends_to else ""
    return f'<p class="act"><button type="button" class="second" data-do="simple">{both(STUDY["simple"])}</button>{sent}</p>'


def _question(reading: Reading) -> str:
    """Return the question of the section, as it stands."""
    if reading.item is None:
        return f'<p class="hint">{both(STUDY["no_question"])}</p>'
    asking = question(reading.item).replace(" data-focus", "", 1)
    return asking if reading.chosen is None else answered(reading.item, reading.chosen)


def _on(reading: Reading) -> str:
    """Return the buttons that go on and end."""
    last = reading.at + 1 >= len(reading.sections)
    focus = " data-focus" if reading.chosen is not None else ""
    return (
        f'<p class="act"><button type="button" class="go" data-do="next"{focus}>{both(STUDY["finish" if last else "next_section"])}</button>'
        f'<button type="button" class="second" data-do="stop">{both(STUDY["stop"])}</button></p>'
    )
