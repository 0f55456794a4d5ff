"""Items asked in the terminal: a quiz, a section read with its question, an exam. Letters are typed; nothing needs a mouse."""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from datetime import datetime

from rich.markup import escape

from assistant.study.errors import ExamClosed
from assistant.study.item import Item
from assistant.study.reading import Section
from assistant.study.studio import Studio
from ui.console import OUT
from ui.studying_words import say

__all__ = ["Stopped", "choose", "quiz", "read_path", "sit", "typed"]

_LETTERS = "ABCDEF"


class Stopped(Exception):
    """The person ended it, by q or by the end of the input."""


def typed(prompt: str) -> str:
    """Return a line that the person types; raises Stopped at the end of the input."""
    OUT.print(escape(prompt), end="")
    try:
        return input().strip()
    except EOFError as error:
        OUT.print()
        raise Stopped from error


def choose(item: Item, number: str, language: str, source: bool = True) -> int:
    """Print an item and return the place of the option that is chosen; raises Stopped. `source` lets its source be shown before."""
    OUT.print(f"\n[bold]{escape(number)}[/] [dim]{escape(item.context)}[/]".rstrip(), soft_wrap=True)
    OUT.print(escape(item.stem), soft_wrap=True)
    for letter, option in zip(_LETTERS, item.options, strict=False):
        OUT.print(f"  [bold]{letter}[/]  {escape(option)}", soft_wrap=True)
    letters = _LETTERS[: len(item.options)]
    while True:
        answer = typed(say("prompt", language)).upper()
        if answer == "Q":
            raise Stopped
        if answer == "?" and source:
            for cited in item.citations:
                OUT.print(f"  [dim]{escape(cited.title)}, {escape(cited.locator)}[/]", soft_wrap=True)
        elif len(answer) == 1 and answer in letters:
            return letters.index(answer)
        elif answer.isdigit() and 1 <= int(answer) <= len(letters):
            return int(answer) - 1
        else:
            OUT.print(escape(say("not_a_choice", language, letters=", ".join(letters))))


def _told(item: Item, chosen: int, language: str) -> None:
    """Tell whether the choice was right, with the words that prove it."""
    if chosen == item.answer:
        OUT.print(f"[green]{escape(say('right', language))}[/]")
    else:
        OUT.print(f"[yellow]{escape(say('wrong', language, answer=item.right))}[/]", soft_wrap=True)
    for cited in item.citations:
        OUT.print(f"  “{escape(cited.quote)}” [dim]{escape(cited.title)}, {escape(cited.locator)}[/]", soft_wrap=True)


def quiz(studio: Studio, user: str, deck: Sequence[Item], count: int, language: str, clock: Callable[[], datetime]) -> None:
    """Ask what is due, then what is new, until `count` or the person ends it; each answer is kept at once."""
    asked = studio.next(user, deck, clock(), count)
    if not asked:
        OUT.print(escape(say("nothing_due", language)))
    right = given = 0
    try:
        for place, item in enumerate(asked, 1):
            began = time.monotonic()
            chosen = choose(item, f"{place}/{len(asked)}", language)
            studio.answer(user, item, chosen, clock(), int(1000 * (time.monotonic() - began)))
            given, right = given + 1, right + (chosen == item.answer)
            _told(item, chosen, language)
    except Stopped:
        pass  # what was answered is kept, and the sum is told
    standing = studio.standing(user, clock(), deck)
    OUT.print("\n" + escape(say("sum", language, right=right, asked=given, done=standing.done, goal=standing.goal, streak=standing.streak)))


def read_path(studio: Studio, user: str, document: str, language: str, clock: Callable[[], datetime]) -> None:
    """Show the sections of a document one by one, what explains each, and its question."""
    sections = studio.path(document, language)
    read = 0
    try:
        for place, section in enumerate(sections, 1):
            OUT.print(f"\n[bold]{place}/{len(sections)} {escape(section.locator)}[/] {escape(section.heading)}", soft_wrap=True)
            OUT.print(escape(section.text), soft_wrap=True)
            simple = studio.explain(document, section.locator, language)
            if simple:
                OUT.print(f"  [italic]{escape(say('simple', language))}: {escape(simple)}[/]", soft_wrap=True)
            _explained(section, language)
            read += 1
            item = studio.question(document, section.locator, language)
            if item is not None:
                chosen = choose(item, "?", language)
                studio.answer(user, item, chosen, clock())
                _told(item, chosen, language)
            if place < len(sections) and typed(say("next", language)).lower() == "q":
                break
    except Stopped:
        pass  # how far one came is told
    OUT.print(escape(say("read", language, count=read, all=len(sections))))


def _explained(section: Section, language: str) -> None:
    """Print the terms of a section with their other names, and the documents it is tied to."""
    for term in section.terms:
        pair = (term.en, term.vi) if language == "en" else (term.vi, term.en)
        more = f" [dim]({escape(say('elsewhere', language))}: {escape('; '.join(term.elsewhere))})[/]" if term.elsewhere else ""
        OUT.print(f"  · [italic]{escape(pair[0])}[/] = {escape(pair[1])}{more}", soft_wrap=True)
    if section.related:
        OUT.print(f"  [dim]{escape(say('related', language))}: {escape('; '.join(section.related))}[/]", soft_wrap=True)


def sit(studio: Studio, name: str, user: str, language: str, clock: Callable[[], datetime]) -> None:
    """Sit an exam, or go on with it: no source is shown before the answer, and nothing is told before the end."""
    items, closes = studio.exams.begin(name, user, clock())
    OUT.print(escape(say("closes", language, time=f"{closes:%H:%M}")))
    try:
        for place, item in enumerate(items, 1):
            studio.exams.answer(name, user, item, choose(item, f"{place}/{len(items)}", language, source=False), clock())
    except ExamClosed:
        OUT.print(escape(say("time_over", language)))
    except Stopped:
        return  # a sitting may be gone on with while its time lasts
    mine = [given for given in studio.exams.given(name) if given.user == user]
    OUT.print(escape(say("handed_in", language, right=sum(g.right for g in mine), all=len(studio.exams.exam(name).items))))
