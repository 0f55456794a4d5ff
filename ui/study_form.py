"""The page for learning as HTML: its still frame, where one stands today, and the form of a session."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from assistant.study.wording import KIND_NAMES
from ui.markup import both, escaped
from ui.study_items import kind_phrase
from ui.study_words import PROBLEMS, STUDY, TABS

if TYPE_CHECKING:
    from assistant.study.studio import Standing
    from ui.ports import DocumentView

__all__ = ["begin_form", "documents_field", "frame", "languages_field", "problem", "today"]

_MOST_DOCUMENTS = 3000
_SHOWS = {"mark": "mark_form"}


def frame(documents: Sequence[DocumentView]) -> str:
    """Return the still frame: the name, the parts of the page, the list of documents that fields suggest, and what is told meanwhile."""
    tabs = "".join(
        f'<button type="button" data-do="{_SHOWS.get(name, name)}" data-tab="{name}">{both(phrase)}</button>' for name, phrase in TABS.items()
    )
    known = "".join(f'<option value="{escaped(one.number)}">{escaped(one.title.vi)}</option>' for one in documents[:_MOST_DOCUMENTS])
    label = STUDY["parts"]
    spoken = f'aria-label="{escaped(label.vi)}" data-aria-label-vi="{escaped(label.vi)}" data-aria-label-en="{escaped(label.en)}"'
    return (
        f'<h2 id="study-name" tabindex="-1">{both(STUDY["title"])}</h2><p class="lead">{both(STUDY["intro"])}</p>'
        f'<nav class="tabs" {spoken}>{tabs}</nav>'
        f'<datalist id="study-documents">{known}</datalist>'
        f'<p class="problem" id="study-lost" role="alert" hidden>{both(STUDY["lost"])}</p>'
        f'<p class="hint working" id="study-working" hidden>{both(STUDY["working"])}</p>'
    )


def problem(key: str) -> str:
    """Return what went wrong and what to do, in one sentence."""
    return f'<p class="problem" role="alert">{both(PROBLEMS[key])}</p>'


def today(standing: Standing) -> str:
    """Return where one stands today: answers of the goal, streak, what is due."""
    done = both(STUDY["today"], done=str(standing.done), goal=str(standing.goal))
    return (
        f'<div class="today"><p>{done}</p><progress max="{standing.goal}" value="{min(standing.done, standing.goal)}" '
        f'aria-label="{standing.done}/{standing.goal}"></progress><p>{both(STUDY["streak"], n=str(standing.streak))}</p>'
        f"<p>{both(STUDY['due'], n=str(standing.due))}</p></div>"
    )


def begin_form(standing: Standing, decks: Mapping[str, int]) -> str:
    """Return the form of a session: which items, of which kinds, how asked, how many."""
    start = "due" if standing.due else "all"
    kept = _choice("deck", start, both(STUDY["from_deck"]), _decks(decks)) if decks else ""
    named = f'<div class="pair">{documents_field()}{_topic()}</div>'
    choices = (
        _choice("due", start, both(STUDY["from_due"], n=str(standing.due))) + _choice("all", start, both(STUDY["from_all"]))
        + kept + _choice("new", start, both(STUDY["from_new"]), named)
    )  # fmt: skip
    kinds = "".join(
        f'<label class="box"><input type="checkbox" name="kinds" value="{kind}"><span>{both(kind_phrase(kind))}</span></label>' for kind in KIND_NAMES
    )
    return (
        f'<form data-do="begin" autocomplete="off"><fieldset><legend>{both(STUDY["what"])}</legend>{choices}</fieldset>'
        f"<fieldset><legend>{both(STUDY['how'])}</legend>{_modes()}{languages_field()}"
        f'<p class="field"><label for="study-count">{both(STUDY["count"])}</label> '
        f'<input type="number" id="study-count" name="count" min="1" max="50" value="10" inputmode="numeric"></p>'
        f'<label class="box"><input type="checkbox" name="more" value="yes"><span>{both(STUDY["more_new"])}</span></label>'
        f'<details><summary>{both(STUDY["kinds"])}</summary><div class="boxes">{kinds}</div></details></fieldset>'
        f'<p class="act"><button type="submit" class="go">{both(STUDY["begin"])}</button></p></form>'
    )


def documents_field(name: str = "document", label: str = "document", value: str = "") -> str:
    """Return a field for a document, which suggests the known ones."""
    hint = f"study-{name}-hint"
    return (
        f'<p class="field"><label for="study-{name}">{both(STUDY[label])}</label><input type="text" id="study-{name}" name="{name}" '
        f'list="study-documents" maxlength="160" value="{escaped(value)}" aria-describedby="{hint}">'
        f'<span class="hint" id="{hint}">{both(STUDY["document_hint"])}</span></p>'
    )


def languages_field(both_too: bool = True) -> str:
    """Return the choice of the language of items."""
    rows = [("page", both(STUDY["as_page"])), ("vi", "Tiếng Việt"), ("en", "English"), *([("both", both(STUDY["both"]))] if both_too else [])]
    boxes = "".join(
        f'<label class="box"><input type="radio" name="language" value="{value}"{" checked" if value == "page" else ""}><span>{words}</span></label>'
        for value, words in rows
    )
    head = f'<p class="sub" id="study-language">{both(STUDY["language"])}</p>'
    return f'<div role="group" aria-labelledby="study-language">{head}<div class="boxes">{boxes}</div></div>'


def _choice(value: str, start: str, words: str, more: str = "") -> str:
    """Return one way to choose items, with the fields that belong to it; the script ticks it when one of these is filled in."""
    box = f'<input type="radio" name="source" value="{value}"{" checked" if value == start else ""}>'
    fields = f'<div class="more">{more}</div>' if more else ""
    return f'<div class="choice"><label class="box">{box}<span>{words}</span></label>{fields}</div>'


def _decks(decks: Mapping[str, int]) -> str:
    """Return the choice of a kept deck."""
    rows = "".join(f'<option value="{escaped(name)}">{escaped(name)} ({count})</option>' for name, count in decks.items())
    label = f'<label class="vh" for="study-deck">{both(STUDY["from_deck"])}</label>'
    return f'<p class="field">{label}<select id="study-deck" name="deck">{rows}</select></p>'


def _topic() -> str:
    """Return the field for a topic."""
    return (
        f'<p class="field"><label for="study-about">{both(STUDY["topic"])}</label><input type="text" id="study-about" name="about" maxlength="60" '
        f'aria-describedby="study-about-hint"><span class="hint" id="study-about-hint">{both(STUDY["topic_hint"])}</span></p>'
    )


def _modes() -> str:
    """Return the choice between questions and cards."""
    return "".join(
        f'<label class="box"><input type="radio" name="mode" value="{mode}"{" checked" if mode == "quiz" else ""}>'
        f"<span>{both(STUDY[f'as_{mode}'])}</span></label>"
        for mode in ("quiz", "cards")
    )
