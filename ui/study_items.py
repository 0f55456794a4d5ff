"""Items as HTML: asked, marked with the words that prove the answer, turned as cards, summed up. All words pass `escaped`."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from assistant.study.wording import KIND_NAMES
from ui.markup import both, escaped, fixed
from ui.study_order import Asking
from ui.study_words import GRADES, STUDY
from ui.words import Phrase, date_phrase

if TYPE_CHECKING:
    from assistant.study.item import Cited, Item

__all__ = ["answered", "asked", "card", "exports", "kind_phrase", "marked", "question", "quoted", "spoken", "summed"]

_LETTERS = "ABCDEF"
_DAY = 24 * 60


def spoken(text: str, language: str, tag: str = "span", more: str = "") -> str:
    """Return other people's words in an element that tells their language."""
    return f'<{tag} lang="{fixed(language)}"{more}>{escaped(text)}</{tag}>'


def kind_phrase(kind: str) -> Phrase:
    """Return what a kind of item is called."""
    return Phrase(*KIND_NAMES[kind])


def quoted(citations: Iterable[Cited]) -> str:
    """Return the words that prove something, each with its document and address."""
    return "".join(
        f'<figure class="cited"><blockquote lang="{fixed(one.language)}">{escaped(one.quote)}</blockquote><figcaption>{escaped(one.title)}'
        f'<span class="number">{_number(one)}</span><span class="locator">{escaped(one.locator)}</span></figcaption></figure>'
        for one in citations
    )


def _number(one: Cited) -> str:
    """Return the number of a citation's document, nothing where its title tells it."""
    return "" if one.document in one.title else escaped(one.document)


def asked(session: Asking) -> str:
    """Return the present item of a session with its options to choose from."""
    return f"{_head(session)}{question(session.item)}{_stop()}"


def question(item: Item) -> str:
    """Return an item with its options to choose from, by mouse or key."""
    options = "".join(
        f'<li><button type="button" class="option" data-do="answer" data-item="{item.id}" data-chosen="{at}" '
        f'data-key="{_LETTERS[at]} {at + 1}"><kbd>{_LETTERS[at]}</kbd>{spoken(option, item.language)}</button></li>'
        for at, option in enumerate(item.options)
    )
    return _framed(f'{_stem(item)}<ol class="options">{options}</ol><p class="hint keys">{both(STUDY["keys_choose"])}</p>')


def marked(session: Asking, due: datetime | None) -> str:
    """Return the present item as it was answered, when it is asked again, and the way on."""
    again = f'<p class="hint">{_again(due)}</p>' if due else ""
    return f"{_head(session)}{answered(session.item, session.chosen, again + _next(session.last))}{_stop()}"


def answered(item: Item, chosen: int | None, more: str = "") -> str:
    """Return an item as it was answered: what was chosen, what is right, and the words that prove it."""
    right = chosen == item.answer
    words = both(STUDY["right"]) if right else both(STUDY["wrong"], answer=item.right)
    verdict = f'<p class="verdict {"good" if right else "care"}" data-say><span aria-hidden="true">{"✓" if right else "✗"}</span> {words}</p>'
    told = f'<ol class="options">{_chosen(item, chosen)}</ol>{verdict}<h4>{both(STUDY["source"])}</h4>{quoted(item.citations)}'
    return _framed(f"{_stem(item)}{told}{more}", focused=False)


def card(session: Asking, ahead: Sequence[datetime], now: datetime) -> str:
    """Return the present card: its front, or with what is on its back the four grades and when each would ask again."""
    item = session.item
    if session.chosen is None:
        turn = f'<button type="button" class="go" data-do="turn" data-item="{item.id}" data-key="Space">{both(STUDY["turn"])}</button>'
        inside = f'{_stem(item)}<p class="act">{turn}</p><p class="hint keys">{both(STUDY["keys_turn"])}</p>'
        return f"{_head(session)}{_framed(inside)}{_stop()}"
    grades = "".join(
        f'<button type="button" class="grade" data-do="grade" data-item="{item.id}" data-rating="{at}" data-key="{at}"><kbd>{at}</kbd> '
        f'{both(GRADES[str(at)])}<span class="hint">{_wait(due - now)}</span></button>'
        for at, due in enumerate(ahead, 1)
    )
    inside = (
        f'{_stem(item)}<p class="verdict good" data-say>{both(STUDY["answer_is"])}: {spoken(item.right, item.language)}</p>'
        f'<h4>{both(STUDY["source"])}</h4>{quoted(item.citations)}<div class="grades">{grades}</div>'
        f'<p class="hint keys">{both(STUDY["keys_grade"])}</p>'
    )
    return f"{_head(session)}{_framed(inside)}{_stop()}"


def summed(session: Asking, plots: str) -> str:
    """Return what a session came to, what is to be looked at again, and the plots."""
    words = both(STUDY["graded" if session.kind == "cards" else "sum"], right=str(session.right), n=str(session.at))
    again = "".join(
        f'<li>{_stem(item, "p")}<p class="verdict good">{spoken(item.right, item.language)}</p>{quoted(item.citations)}</li>'
        for item in session.missed
    )
    repeat = f'<h3>{both(STUDY["to_repeat"])}</h3><ol class="repeat">{again}</ol>' if again else ""
    more = f'<p class="act"><button type="button" class="go" data-do="home">{both(STUDY["more"])}</button></p>'
    return (
        f'<section class="done" tabindex="-1" data-focus aria-labelledby="study-done"><h3 id="study-done">{both(STUDY["done"])}</h3>'
        f'<p class="total" data-say>{words}</p>{more}</section>{repeat}{plots}{exports(session.name) if session.name else ""}'
    )


def exports(name: str) -> str:
    """Return the links by which a deck is taken along."""
    links = "".join(
        f'<a class="second" data-lang-link href="./study/{kind}?{escaped(urlencode({"deck": name}))}" {more}>{both(STUDY[kind])}</a>'
        for kind, more in (("anki", "download"), ("test", 'target="_blank" rel="noopener noreferrer"'))
    )
    return f'<p class="exports"><span>{both(STUDY["export"], name=name)}</span> {links}</p>'


def _head(session: Asking) -> str:
    """Return how far a session is, and when an exam ends."""
    words = both(STUDY["place"], at=str(session.at + 1), n=str(len(session.items)))
    done, count = session.at + (session.chosen is not None), len(session.items)
    bar = f'<progress max="{count}" value="{done}" aria-label="{done}/{count}"></progress>'
    if session.closes is None:
        return f'<p class="count">{words} · {both(kind_phrase(session.item.kind))}</p>{bar}'
    end = both(STUDY["closes"], time=f"{session.closes:%H:%M}")
    left = f'{both(STUDY["left"])} <span role="timer" data-closes="{escaped(session.closes.isoformat())}"></span>'
    return f'<p class="count">{words} · {end} · {left}</p>{bar}'


def _framed(inside: str, focused: bool = True) -> str:
    """Return the frame of an item, in which its keys work while it has the focus."""
    return f'<section class="item" tabindex="-1" data-keys{" data-focus" if focused else ""} aria-labelledby="study-stem">{inside}</section>'


def _stem(item: Item, tag: str = "h3") -> str:
    """Return what is asked, with what it is taken from above it."""
    context = spoken(item.context, item.language, "p", ' class="context"') if item.context else ""
    return context + spoken(item.stem, item.language, tag, ' class="stem" id="study-stem"' if tag == "h3" else ' class="stem"')


def _chosen(item: Item, chosen: int | None) -> str:
    """Return the options with what was chosen and what is right, in words and not by colour alone."""
    rows = []
    for at, option in enumerate(item.options):
        notes = [STUDY[key] for key, true in (("correct", at == item.answer), ("yours", at == chosen)) if true]
        kind = "good" if at == item.answer else "care" if at == chosen else ""
        told = "".join(f'<span class="note">{both(note)}</span>' for note in notes)
        rows.append(f'<li><span class="option {kind}"><kbd>{_LETTERS[at]}</kbd>{spoken(option, item.language)}{told}</span></li>')
    return "".join(rows)


def _next(last: bool) -> str:
    """Return the button that goes on; it takes the focus, so that Enter is enough."""
    return f'<p class="act"><button type="button" class="go" data-do="next" data-focus>{both(STUDY["finish" if last else "next"])}</button></p>'


def _stop() -> str:
    """Return the button that ends a session."""
    return f'<p class="act"><button type="button" class="second" data-do="stop">{both(STUDY["stop"])}</button></p>'


def _again(due: datetime) -> str:
    """Return when an item is asked again."""
    return both(STUDY["again_on"], day=date_phrase(due.astimezone().date().isoformat()))


def _wait(wait: timedelta) -> str:
    """Return a time to wait, in minutes or whole days."""
    minutes = max(1, round(wait.total_seconds() / 60))
    return both(STUDY["in_minutes"], n=str(minutes)) if minutes < _DAY else both(STUDY["in_days"], n=str(round(minutes / _DAY)))
